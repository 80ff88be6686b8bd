// SPDX-License-Identifier: EUPL-1.2
// For how many there is a place, and why not for the others: a bar per reason, and who.
#include "plan.h"

enum { REFS_OPEN = 24 }; // so many people are named at once; more are folded

static double count_unplaced(const struct carved_node *overview)
{
	double count = 0;
	for (const struct carved_node *r = carved_node_first(carved_node_get(overview, "unplaced")); r; r = r->next)
		count += (double)carved_node_get(r, "candidates")->count;
	return count;
}

static void add_row(struct carved_page *page, const char *label, const char *class, double people, double whole)
{
	const struct carved_plan_stretch stretch = {class, people};
	carved_page_row_open(page);
	carved_plan_bar_open(page, false);
	carved_markup_text(&page->markup, label);
	carved_plan_bar_close(page, &stretch, 1, whole);
	carved_plan_cell_value(page, people);
	carved_page_row_close(page);
}

static void add_bars(struct carved_page *page, const struct carved_node *overview)
{
	static const struct carved_page_column columns[] = {{"report.plan.column.outcome", false}, {"carve.column.people", true}};
	double placed = carved_node_get_real(overview, "placed", 0), whole = placed + count_unplaced(overview);
	carved_page_table_open(page, "report.plan.placed-caption", columns, 2);
	add_row(page, carved_text(page->language, "report.plan.has-place"), carved_page_series(2), placed, whole);
	for (const struct carved_node *r = carved_node_first(carved_node_get(overview, "unplaced")); r; r = r->next)
		add_row(page, carved_page_label(page, "carve.rule", carved_node_get_text(r, "reason", "?")),
			carved_page_series(1), (double)carved_node_get(r, "candidates")->count, whole);
	carved_page_table_close(page);
}

static void add_refs(struct carved_page *page, const struct carved_node *candidates)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "ul");
	carved_markup_attribute(m, "class", "refs");
	for (const struct carved_node *c = carved_node_first(candidates); c; c = c->next) {
		carved_markup_open(m, "li");
		carved_page_words(page, c->text);
		carved_markup_close(m, "li");
	}
	carved_markup_close(m, "ul");
}

static void add_who(struct carved_page *page, const struct carved_node *reason)
{
	const struct carved_node *candidates = carved_node_get(reason, "candidates");
	const struct carved_said said[] = {
		CARVED_SAY_LABEL("reason", carved_page_label(page, "carve.rule", carved_node_get_text(reason, "reason", "?"))),
		CARVED_SAY_VALUE("people", (double)candidates->count), {0}};
	carved_plan_fold_open(page, NULL, candidates->count <= REFS_OPEN, "report.plan.who", said);
	add_refs(page, candidates);
	carved_plan_fold_close(page);
}

void carved_plan_add_people(struct carved_page *page, const struct carved_node *overview)
{
	const struct carved_node *unplaced = carved_node_get(overview, "unplaced");
	add_bars(page, overview);
	if (!carved_node_first(unplaced))
		return;
	carved_page_element(page, "h3", NULL, "report.plan.who-heading");
	for (const struct carved_node *reason = carved_node_first(unplaced); reason; reason = reason->next)
		add_who(page, reason);
}
