// SPDX-License-Identifier: EUPL-1.2
// What a package takes over from each job, and what stays there: a bar for each, to one scale.
#include "proposal.h"

static double largest_of(const struct carved_node *donors)
{
	double largest = 0;
	for (const struct carved_node *donor = carved_node_first(donors); donor; donor = donor->next) {
		double before = carved_node_get_real(donor, "before", 0);
		largest = before > largest ? before : largest;
	}
	return largest > 0 ? largest : 1;
}

// From the left: what this package takes over, what others of the plan do, what stays.
static void add_bar(struct carved_page *page, const struct carved_node *view, const struct carved_node *donor, double largest)
{
	double before = carved_node_get_real(donor, "before", 0) / largest,
	       carved = carved_node_get_real(donor, "carved", 0) / largest,
	       left = carved_node_get_real(donor, "left", 0) / largest;
	carved_page_cell_open(page, false, false);
	carved_page_bar_open(page, 18);
	carved_page_bar_piece(page, "stays", before - left, before, 0.5, 17);
	carved_page_bar_piece(page, "others", carved, before - left, 0.5, 17);
	carved_page_bar_piece(
		page, carved_page_series(carved_proposal_series(view, carved_proposal_work_ref(donor))), 0, carved, 0.5, 17);
	carved_page_bar_close(page);
	carved_page_cell_close(page, false);
}

static void add_donor(struct carved_page *page, const struct carved_node *view, const struct carved_node *donor, double largest,
	bool has_people)
{
	struct carved_markup *m = &page->markup;
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	carved_page_words(page, carved_proposal_work_title(donor));
	carved_markup_open(m, "div");
	carved_proposal_add_keys(page, view, carved_node_get(donor, "slots"));
	carved_markup_close(m, "div");
	carved_page_cell_close(page, true);
	add_bar(page, view, donor, largest);
	carved_page_cell_number(page, carved_node_get(donor, "before"));
	carved_page_cell_number(page, carved_node_get(donor, "carved"));
	carved_page_cell_number(page, carved_node_get(donor, "left"));
	if (has_people)
		carved_page_cell_number(page, carved_node_get(donor, "incumbents"));
	carved_page_row_close(page);
}

static bool any_has_people(const struct carved_node *donors)
{
	for (const struct carved_node *donor = carved_node_first(donors); donor; donor = donor->next) {
		if (carved_node_get(donor, "incumbents"))
			return true;
	}
	return false;
}

static bool any_undone(const struct carved_node *view)
{
	for (const struct carved_node *task = carved_node_first(carved_node_get(view, "tasks")); task; task = task->next) {
		if (carved_node_get_bool(task, "undone", false))
			return true;
	}
	return false;
}

void carved_proposal_add_donors(struct carved_page *page, const struct carved_node *view)
{
	static const struct carved_page_column columns[] = {{"carve.column.work-title", false}, {"report.column.share", false},
		{"report.column.before", true}, {"report.column.carved", true}, {"report.column.left", true},
		{"report.column.incumbents", true}};
	const struct carved_node *donors = carved_node_get(view, "donors");
	if (!carved_node_first(donors))
		return;
	const bool has_people = any_has_people(donors);
	carved_page_section_open(page, "donors", "report.donors");
	carved_page_element(page, "p", "note", "report.donors.note");
	carved_page_table_open(page, "report.donors", columns, has_people ? 6 : 5);
	for (const struct carved_node *donor = carved_node_first(donors); donor; donor = donor->next)
		add_donor(page, view, donor, largest_of(donors), has_people);
	carved_page_table_close(page);
	if (any_undone(view))
		carved_page_element(page, "p", "note", "report.donors.undone");
	carved_page_section_close(page);
}
