// SPDX-License-Identifier: EUPL-1.2
// The proposals, by site: at once where they are few, else in folds.
#include "plan.h"
#include <stdlib.h>
#include <string.h>

enum { OPEN = 60, IN_A_FOLD = 250 };

// What is special about it: no carved job but a whole vacancy, what must be met first, what it takes.
static void add_remarks(struct carved_page *page, const struct carved_node *p)
{
	const char *before = "", *kind = carved_node_get_text(p, "kind", "?");
	carved_page_cell_open(page, false, false);
	if (strcmp(kind, "carved") != 0) {
		carved_markup_text(&page->markup, carved_page_label(page, "carve.package", kind));
		before = "; ";
	}
	for (const struct carved_node *c = carved_node_first(carved_node_get(p, "conditions")); c; c = c->next, before = "; ") {
		carved_markup_text(&page->markup, before);
		carved_markup_text(&page->markup, carved_page_label(page, "carve.condition", c->text));
	}
	for (const struct carved_node *aid = carved_node_first(carved_node_get(p, "aids")); aid; aid = aid->next, before = "; ") {
		carved_markup_text(&page->markup, before);
		carved_page_say(page, "report.plan.with-aid", CARVED_SAY_WORDS("aid", aid->text));
	}
	carved_page_cell_close(page, false);
}

static void add_proposal(struct carved_page *page, const struct carved_node *p)
{
	carved_page_row_open(page);
	carved_page_cell_words(page, true, carved_node_get_text(p, "proposal", NULL));
	carved_page_cell_words(page, false, carved_node_get_text(p, "candidate", NULL));
	carved_page_cell_words(page, false, carved_node_get_text(p, "site", NULL));
	carved_page_cell_number(page, carved_node_get(p, "hours"));
	carved_page_cell_number(page, carved_node_get(p, "value"));
	carved_page_cell_number(page, carved_node_get(p, "minutes"));
	carved_page_cell_label(page, false, carved_page_label(page, "carve.state", carved_node_get_text(p, "state", "?")));
	carved_page_cell_number(page, carved_node_get(p, "questions"));
	add_remarks(page, p);
	carved_page_row_close(page);
}

static void add_table(struct carved_page *page, const struct carved_node *const *proposals, size_t count)
{
	static const struct carved_page_column columns[] = {{"report.plan.column.proposal", false},
		{"carve.column.candidate", false}, {"carve.column.site", false}, {"carve.column.hours", true},
		{"carve.column.value", true}, {"report.plan.column.minutes", true}, {"carve.column.state", false},
		{"carve.column.questions", true}, {"report.plan.column.remarks", false}};
	carved_page_table_open(page, "report.plan.proposals", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++)
		add_proposal(page, proposals[i]);
	carved_page_table_close(page);
}

static void add_fold(struct carved_page *page, const struct carved_node *const *proposals, size_t count)
{
	const struct carved_said said[] = {CARVED_SAY_VALUE("count", (double)count),
		CARVED_SAY_WORDS("first", carved_node_get_text(proposals[0], "site", NULL)),
		CARVED_SAY_WORDS("last", carved_node_get_text(proposals[count - 1], "site", NULL)), {0}};
	carved_plan_fold_open(page, NULL, false, "report.plan.proposals-fold", said);
	add_table(page, proposals, count);
	carved_plan_fold_close(page);
}

void carved_plan_add_proposals(struct carved_page *page, const struct carved_node *overview)
{
	size_t count;
	const struct carved_node **proposals = carved_plan_children(carved_node_get(overview, "proposals"), &count);
	if (count <= OPEN) {
		add_table(page, proposals, count);
	} else {
		carved_page_element(page, "p", "note", "report.plan.folded");
		for (size_t at = 0; at < count; at += IN_A_FOLD)
			add_fold(page, proposals + at, count - at < IN_A_FOLD ? count - at : IN_A_FOLD);
	}
	free(proposals);
}
