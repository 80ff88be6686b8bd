// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: the parts of a plan's page, each from the overview that it is given; a part of which the overview knows nothing is left out.
//
//   bar     one or more stretches on one line, the whole being as wide as its cell: it stands in the table that holds its figures, beside the name of its row or below it
//   fold    a list that is too long to be read at once: its summary stands, the rest opens. What is folded is not printed
#pragma once
#include "page.h"

void carved_plan_add_people(struct carved_page *page, const struct carved_node *overview);
void carved_plan_add_map(struct carved_page *page, const struct carved_node *overview);
void carved_plan_add_sites(struct carved_page *page, const struct carved_node *overview);
void carved_plan_add_sectors(struct carved_page *page, const struct carved_node *overview);
void carved_plan_add_coaches(struct carved_page *page, const struct carved_node *overview);
void carved_plan_add_fairness(struct carved_page *page, const struct carved_node *overview);
void carved_plan_add_progress(struct carved_page *page, const struct carved_node *overview);
void carved_plan_add_proposals(struct carved_page *page, const struct carved_node *overview);

// ---- shared by these parts

struct carved_plan_stretch {
	const char *class; // of carved_page_series
	double amount;
};

// The head of a row with a bar of stretches, one behind the other, of which `whole` fills the width: nothing is drawn where that is 0. What the row is about is put
// between open and close. The bar says nothing to a screen reader: its figures stand in the row. is_below: the row is a part of the one above.
void carved_plan_bar_open(struct carved_page *page, bool is_below);
void carved_plan_bar_close(struct carved_page *page, const struct carved_plan_stretch *stretches, size_t count, double whole);

// What the series of the bars below it stand for.
struct carved_plan_key {
	size_t series;
	const char *msgid;
};
void carved_plan_legend(struct carved_page *page, const struct carved_plan_key *keys, size_t count);

// A sentence as a paragraph; `class` may be NULL.
#define carved_plan_paragraph(page, class, msgid, ...)                                                                           \
	carved_plan_paragraph_all((page), (class), (msgid), (const struct carved_said[]){__VA_ARGS__, {0}})
void carved_plan_paragraph_all(struct carved_page *page, const char *class, const char *msgid, const struct carved_said *said);

// A fold: what is put between is its content. `msgid` with `said`: the summary.
void carved_plan_fold_open(
	struct carved_page *page, const char *class, bool is_open, const char *msgid, const struct carved_said *said);
void carved_plan_fold_close(struct carved_page *page);

// The children of a list as an array, so that they can be put in another order. Released by free(); never NULL.
const struct carved_node **carved_plan_children(const struct carved_node *list, size_t *ret_count);

// Which of two texts fits the number: that for one, or that for none and for many.
const char *carved_plan_one(double number, const char *msgid, const char *msgid_one);

// A count or a sum, which no member states by itself, in a cell.
void carved_plan_cell_value(struct carved_page *page, double value);
