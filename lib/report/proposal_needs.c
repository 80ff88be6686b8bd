// SPDX-License-Identifier: EUPL-1.2
// What has to be there and what has to be done before somebody starts.
#include "proposal.h"

static void add_aid(struct carved_page *page, const struct carved_node *view, const struct carved_node *aid)
{
	carved_page_row_open(page);
	carved_page_cell_words(page, true, carved_node_get_text(aid, "label", carved_node_get_text(aid, "aid", "?")));
	carved_page_cell_open(page, false, false);
	carved_proposal_add_keys(page, view, carved_node_get(aid, "slots"));
	carved_page_cell_close(page, false);
	carved_page_cell_words(page, false, carved_node_get_text(aid, "text", ""));
	carved_page_row_close(page);
}

void carved_proposal_add_aids(struct carved_page *page, const struct carved_node *view)
{
	static const struct carved_page_column columns[] = {
		{"report.column.aid", false}, {"report.column.for-tasks", false}, {"carve.column.in-practice", false}};
	const struct carved_node *aids = carved_node_get(view, "aids");
	if (!carved_node_first(aids))
		return;
	carved_page_section_open(page, "aids", "report.aids");
	carved_page_table_open(page, "report.aids", columns, 3);
	for (const struct carved_node *aid = carved_node_first(aids); aid; aid = aid->next)
		add_aid(page, view, aid);
	carved_page_table_close(page);
	carved_page_section_close(page);
}

static void add_condition(struct carved_page *page, const struct carved_node *condition)
{
	struct carved_markup *m = &page->markup;
	const bool met = carved_node_get_bool(condition, "met", false);
	const char *since = carved_node_get_text(condition, "since", NULL);
	carved_markup_open(m, "li");
	if (met)
		carved_markup_attribute(m, "class", "done");
	carved_markup_element(m, "strong", NULL, carved_text(page->language, met ? "carve.why.met" : "carve.why.open"));
	carved_markup_text(m, ": ");
	carved_page_words(page, carved_node_get_text(condition, "text", "?"));
	if (met && since) {
		carved_markup_text(m, " ");
		carved_page_say(page, "report.since", CARVED_SAY_DATE("date", since));
	}
	carved_markup_close(m, "li");
}

void carved_proposal_add_conditions(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *conditions = carved_node_get(view, "conditions");
	if (!carved_node_first(conditions))
		return;
	carved_page_section_open(page, "conditions", "report.conditions");
	carved_markup_open(&page->markup, "ul");
	carved_markup_attribute(&page->markup, "class", "ticks");
	for (const struct carved_node *one = carved_node_first(conditions); one; one = one->next)
		add_condition(page, one);
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}
