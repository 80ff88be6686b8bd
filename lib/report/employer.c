// SPDX-License-Identifier: EUPL-1.2
// The employer's page of a proposal: the work, who guides, what has to be there, whom it frees from what, and what there is to say yes to. The view that it is
// made from says nothing of the person, and no sentence here does.
#include "proposal.h"
#include <stdio.h>
#include <string.h>

static const char *coach_of(const struct carved_node *view)
{
	return carved_node_get_text(carved_node_get(view, "contact"), "coach", NULL);
}

static bool has_guide(const struct carved_node *view)
{
	return carved_node_get_real(view, "buddyHours", 0) > 0;
}

// ---- head

static void add_head(struct carved_page *page, const struct carved_node *view)
{
	struct carved_markup *m = &page->markup;
	const char *kind = carved_node_get_text(view, "kind", "carved");
	char msgid[48];
	carved_markup_open(m, "header");
	carved_markup_open(m, "p");
	carved_markup_attribute(m, "class", "over");
	carved_page_say(page, "report.employer.over", CARVED_SAY_WORDS("proposal", carved_node_get_text(view, "proposal", NULL)),
		CARVED_SAY_WORDS("employer", carved_node_get_text(view, "employer", NULL)),
		CARVED_SAY_LABEL("state", carved_page_label(page, "carve.state", carved_node_get_text(view, "state", "?"))));
	carved_markup_close(m, "p");
	snprintf(msgid, sizeof msgid, "report.employer.title.%s", kind);
	carved_page_paragraph(page, "h1", NULL, msgid,
		CARVED_SAY_WORDS("site", carved_node_get_text(view, "name", carved_node_get_text(view, "site", NULL))));
	carved_markup_open(m, "p");
	carved_markup_attribute(m, "class", "lead");
	snprintf(msgid, sizeof msgid, "report.employer.lead.%s", kind);
	carved_page_say(page, msgid, CARVED_SAY_NUMBER("hours", carved_node_get(view, "hours")));
	carved_markup_close(m, "p");
	carved_proposal_facts_open(page);
	carved_proposal_fact_number(page, "report.box.hours", "report.box.hours-text", carved_node_get(view, "hours"));
	carved_proposal_fact_days(page, "report.box.days", view);
	carved_proposal_fact_number(
		page, "report.employer.fact.guidance", "report.box.hours-text", carved_node_get(view, "buddyHours"));
	carved_proposal_fact_open(page, "report.employer.fact.contact");
	carved_page_words(page, coach_of(view));
	carved_proposal_fact_close(page);
	carved_proposal_facts_close(page);
	carved_markup_close(m, "header");
}

// ---- who guides

static const char *supervisor_of(const struct carved_node *task)
{
	return carved_node_get_text(task, "supervisor", "");
}

static bool is_first_of_supervisor(const struct carved_node *tasks, const struct carved_node *task)
{
	const struct carved_node *other = carved_node_first(tasks);
	while (other != task && strcmp(supervisor_of(other), supervisor_of(task)) != 0)
		other = other->next;
	return other == task;
}

static void add_supervisor(struct carved_page *page, const struct carved_node *view, const char *name)
{
	struct carved_markup *m = &page->markup;
	int64_t index = 0;
	carved_markup_open(m, "li");
	carved_page_say(page, "report.employer.led-by", CARVED_SAY_WORDS("supervisor", name));
	carved_markup_text(m, " ");
	for (const struct carved_node *task = carved_node_first(carved_node_get(view, "tasks")); task;
		task = task->next, index++) {
		if (strcmp(supervisor_of(task), name) == 0)
			carved_proposal_add_key(page, view, index);
	}
	carved_markup_close(m, "li");
}

static void add_guidance(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *tasks = carved_node_get(view, "tasks");
	carved_page_section_open(page, "guidance", "report.employer.guidance");
	carved_markup_open(&page->markup, "ul");
	carved_page_paragraph(page, "li", NULL, has_guide(view) ? "report.employer.buddy" : "report.employer.no-buddy",
		CARVED_SAY_NUMBER("hours", carved_node_get(view, "buddyHours")));
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next) {
		if (*supervisor_of(task) && is_first_of_supervisor(tasks, task))
			add_supervisor(page, view, supervisor_of(task));
	}
	carved_page_paragraph(page, "li", NULL, "report.employer.coach", CARVED_SAY_WORDS("coach", coach_of(view)));
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}

// ---- what it frees from

static const char *done_today(const struct carved_node *task)
{
	if (carved_node_get_bool(task, "undone", false))
		return "report.employer.now.undone";
	return carved_node_get(task, "vacancy") ? "report.employer.now.vacancy" : "report.employer.now.staff";
}

// Whether both are pieces of one task: one with fixed times is a piece for each of them.
static bool is_same_task(const struct carved_node *a, const struct carved_node *b)
{
	return strcmp(carved_node_get_text(a, "task", ""), carved_node_get_text(b, "task", "")) == 0 &&
	       strcmp(carved_proposal_work_ref(a), carved_proposal_work_ref(b)) == 0;
}

static void add_relief(struct carved_page *page, const struct carved_node *view, const struct carved_node *task)
{
	const char *now = done_today(task);
	char relief[24];
	int64_t index = 0;
	snprintf(relief, sizeof relief, "%d", (int)carved_node_get_integer(task, "relief", 0));
	carved_page_row_open(page);
	carved_page_cell_words(page, true, carved_proposal_task_title(task));
	carved_page_cell_open(page, false, false);
	for (const struct carved_node *piece = carved_node_first(carved_node_get(view, "tasks")); piece;
		piece = piece->next, index++) {
		if (is_same_task(piece, task))
			carved_proposal_add_key(page, view, index);
	}
	carved_page_cell_close(page, false);
	carved_page_cell_label(page, false, carved_text(page->language, now));
	carved_page_cell_label(page, false,
		strcmp(now, "report.employer.now.staff") == 0 ? carved_page_label(page, "report.employer.relief", relief)
							      : "\u2013");
	carved_page_row_close(page);
}

static bool is_further_piece(const struct carved_node *view, const struct carved_node *task)
{
	const struct carved_node *other = carved_node_first(carved_node_get(view, "tasks"));
	while (other != task && !is_same_task(other, task))
		other = other->next;
	return other != task;
}

static void add_freed(struct carved_page *page, const struct carved_node *donor)
{
	int64_t people = carved_node_get_integer(donor, "incumbents", 0);
	bool takes = carved_node_get_real(donor, "carved", 0) > 0;
	const char *msgid = carved_node_get(donor, "vacancy") ? "report.employer.freed-vacancy"
			    : !takes || people == 0           ? "report.employer.freed-none"
			    : people == 1                     ? "report.employer.freed-one"
							      : "report.employer.freed";
	carved_page_paragraph(page, "li", NULL, msgid, CARVED_SAY_WORDS("job", carved_proposal_work_title(donor)),
		CARVED_SAY_NUMBER("people", carved_node_get(donor, "incumbents")),
		CARVED_SAY_NUMBER("hours", carved_node_get(donor, "carved")),
		CARVED_SAY_NUMBER("each", carved_node_get(donor, "freedEach")));
}

static void add_reliefs(struct carved_page *page, const struct carved_node *view)
{
	static const struct carved_page_column columns[] = {{"carve.column.task", false}, {"report.employer.column.key", false},
		{"report.employer.column.now", false}, {"report.employer.column.relief", false}};
	carved_page_section_open(page, "relief", "report.employer.relief");
	carved_markup_open(&page->markup, "ul");
	for (const struct carved_node *donor = carved_node_first(carved_node_get(view, "donors")); donor; donor = donor->next)
		add_freed(page, donor);
	carved_markup_close(&page->markup, "ul");
	carved_page_table_open(page, "report.employer.relief", columns, 4);
	for (const struct carved_node *task = carved_node_first(carved_node_get(view, "tasks")); task; task = task->next) {
		if (!is_further_piece(view, task))
			add_relief(page, view, task);
	}
	carved_page_table_close(page);
	carved_page_section_close(page);
}

// ---- what to say yes to, and how it goes on

static bool takes_from_staff(const struct carved_node *view)
{
	for (const struct carved_node *donor = carved_node_first(carved_node_get(view, "donors")); donor; donor = donor->next) {
		if (carved_node_get_integer(donor, "incumbents", 0) > 0)
			return true;
	}
	return false;
}

static void add_agreement(struct carved_page *page, const struct carved_node *view)
{
	carved_page_section_open(page, "agree", "report.employer.agree");
	carved_markup_open(&page->markup, "ul");
	carved_page_paragraph(
		page, "li", NULL, "report.employer.agree.work", CARVED_SAY_NUMBER("hours", carved_node_get(view, "hours")));
	if (carved_node_first(carved_node_get(view, "steps")))
		carved_page_element(page, "li", NULL, "report.employer.agree.steps");
	if (has_guide(view))
		carved_page_paragraph(page, "li", NULL, "report.employer.agree.guidance",
			CARVED_SAY_NUMBER("hours", carved_node_get(view, "buddyHours")));
	if (carved_node_first(carved_node_get(view, "aids")))
		carved_page_element(page, "li", NULL, "report.employer.agree.aids");
	if (takes_from_staff(view))
		carved_page_element(page, "li", NULL, "report.employer.agree.staff");
	carved_markup_close(&page->markup, "ul");
	carved_page_element(page, "p", NULL, "report.employer.agree.yes");
	carved_page_section_close(page);
}

static void add_way_on(struct carved_page *page, const struct carved_node *view)
{
	carved_page_section_open(page, "way-on", "report.way-on");
	carved_markup_open(&page->markup, "ol");
	carved_page_paragraph(page, "li", NULL, "report.employer.way.talk", CARVED_SAY_WORDS("coach", coach_of(view)));
	if (takes_from_staff(view))
		carved_page_element(page, "li", NULL, "report.employer.way.staff");
	carved_page_element(page, "li", NULL, "report.employer.way.meet");
	carved_page_element(page, "li", NULL, "report.employer.way.agree");
	carved_markup_close(&page->markup, "ol");
	carved_page_section_close(page);
}

void carved_proposal_write_employers(struct carved_page *page, const struct carved_node *view)
{
	add_head(page, view);
	carved_proposal_add_tasks(page, view);
	carved_page_pair_open(page);
	add_guidance(page, view);
	carved_proposal_add_conditions(page, view);
	carved_page_pair_close(page);
	carved_proposal_add_week(page, view);
	carved_proposal_add_steps(page, view);
	carved_proposal_add_aids(page, view);
	add_reliefs(page, view);
	carved_proposal_add_donors(page, view);
	carved_page_pair_open(page);
	add_agreement(page, view);
	add_way_on(page, view);
	carved_page_pair_close(page);
}
