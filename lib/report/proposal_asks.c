// SPDX-License-Identifier: EUPL-1.2
// What coach and candidate have to talk about: risks that they took, and questions that nobody has answered yet.
#include "carved/data/icf.h"
#include "proposal.h"

static void add_risk(struct carved_page *page, const struct carved_node *e, const struct carved_node *risk)
{
	struct carved_markup *m = &page->markup;
	const int64_t slot = carved_node_get_integer(risk, "slot", 0);
	const char *code = carved_node_get_text(risk, "category", NULL);
	const carved_icf icf = code ? carved_icf_find(code) : CARVED_ICF_NONE;
	const char *label = icf == CARVED_ICF_NONE ? NULL : carved_icf_label(icf, page->language);
	carved_markup_open(m, "li");
	carved_proposal_add_key(page, e, slot);
	carved_markup_text(m, " ");
	carved_page_say(page, code ? "report.risk.category" : "report.risk",
		CARVED_SAY_WORDS("task", carved_proposal_task_title(carved_proposal_task(e, slot))),
		CARVED_SAY_LABEL("rule", carved_page_label(page, "carve.rule", carved_node_get_text(risk, "rule", "?"))),
		CARVED_SAY_WORDS("label", label ? label : code), CARVED_SAY_WORDS("code", code),
		CARVED_SAY_DATE("agreed", carved_node_get_text(risk, "agreed", NULL)),
		CARVED_SAY_WORDS("reason", carved_node_get_text(risk, "reason", NULL)));
	carved_markup_close(m, "li");
}

void carved_proposal_add_risks(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *risks = carved_node_get(e, "risks");
	if (!carved_node_first(risks))
		return;
	carved_page_section_open(page, "risks", "carve.proposal.risks");
	carved_markup_open(&page->markup, "ul");
	carved_markup_attribute(&page->markup, "class", "notice warn");
	for (const struct carved_node *risk = carved_node_first(risks); risk; risk = risk->next)
		add_risk(page, e, risk);
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}

static void add_question(struct carved_page *page, const struct carved_node *e, const struct carved_node *question)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "li");
	carved_page_words(page, carved_node_get_text(question, "text", "?"));
	carved_markup_open(m, "div");
	carved_markup_attribute(m, "class", "note");
	carved_proposal_add_keys(page, e, carved_node_get(question, "slots"));
	carved_markup_text(m, " ");
	carved_page_words(page, carved_node_get_text(question, "category", NULL));
	carved_markup_close(m, "div");
	carved_markup_close(m, "li");
}

void carved_proposal_add_questions(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *questions = carved_node_get(e, "questions");
	if (!carved_node_first(questions))
		return;
	carved_page_section_open(page, "questions", "carve.why.questions");
	carved_page_element(page, "p", "note", "report.questions.note");
	carved_markup_open(&page->markup, "ul");
	carved_markup_attribute(&page->markup, "class", "ticks");
	for (const struct carved_node *question = carved_node_first(questions); question; question = question->next)
		add_question(page, e, question);
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}
