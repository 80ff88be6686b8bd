// SPDX-License-Identifier: EUPL-1.2
// What the parts of a plan's page share: bars, legends, folds.
#include "carved/base/arena.h"
#include "plan.h"

enum { BAR_HEIGHT = 13 };

void carved_plan_bar_open(struct carved_page *page, bool is_below)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "th");
	carved_markup_attribute(m, "scope", "row");
	carved_markup_attribute(m, "class", is_below ? "named below" : "named");
	carved_markup_open(m, "div");
	carved_markup_open(m, "span");
}

static void add_bar(struct carved_page *page, const struct carved_plan_stretch *stretches, size_t count, double whole)
{
	double from = 0;
	carved_page_bar_open(page, BAR_HEIGHT);
	for (size_t i = 0; i < count; i++) {
		if (stretches[i].amount > 0)
			carved_page_bar_piece(
				page, stretches[i].class, from / whole, (from + stretches[i].amount) / whole, 0, BAR_HEIGHT);
		from += stretches[i].amount;
	}
	carved_page_bar_close(page);
}

void carved_plan_bar_close(struct carved_page *page, const struct carved_plan_stretch *stretches, size_t count, double whole)
{
	struct carved_markup *m = &page->markup;
	carved_markup_close(m, "span");
	if (whole > 0)
		add_bar(page, stretches, count, whole);
	carved_markup_close(m, "div");
	carved_markup_close(m, "th");
}

void carved_plan_legend(struct carved_page *page, const struct carved_plan_key *keys, size_t count)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "ul");
	carved_markup_attribute(m, "class", "legend");
	for (size_t i = 0; i < count; i++) {
		carved_markup_open(m, "li");
		carved_page_swatch(page, keys[i].series);
		carved_markup_text(m, carved_text(page->language, keys[i].msgid));
		carved_markup_close(m, "li");
	}
	carved_markup_close(m, "ul");
}

void carved_plan_paragraph_all(struct carved_page *page, const char *class, const char *msgid, const struct carved_said *said)
{
	carved_markup_open(&page->markup, "p");
	if (class)
		carved_markup_attribute(&page->markup, "class", class);
	carved_page_say_all(page, msgid, said);
	carved_markup_close(&page->markup, "p");
}

void carved_plan_fold_open(
	struct carved_page *page, const char *class, bool is_open, const char *msgid, const struct carved_said *said)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "details");
	if (class)
		carved_markup_attribute(m, "class", class);
	if (is_open)
		carved_markup_attribute(m, "open", "");
	carved_markup_open(m, "summary");
	carved_page_say_all(page, msgid, said);
	carved_markup_close(m, "summary");
}

void carved_plan_fold_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "details");
}

const struct carved_node **carved_plan_children(const struct carved_node *list, size_t *ret_count)
{
	size_t count = 0, room = list ? list->count : 0;
	const struct carved_node **children = carved_alloc_array(room + 1, sizeof(struct carved_node *));
	for (const struct carved_node *child = carved_node_first(list); child && count < room; child = child->next)
		children[count++] = child;
	*ret_count = count;
	return children;
}

void carved_plan_cell_value(struct carved_page *page, double value)
{
	carved_page_cell_open(page, false, true);
	carved_page_value(page, value);
	carved_page_cell_close(page, false);
}

const char *carved_plan_one(double number, const char *msgid, const char *msgid_one)
{
	return number == 1 ? msgid_one : msgid;
}
