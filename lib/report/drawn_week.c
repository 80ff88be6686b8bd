// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/week.h"
#include "drawn.h"

static bool is_worked(const struct carved_drawn_week *week, int day, int part)
{
	return week->part(NULL, week->context, day * CARVED_PARTS_PER_DAY + part);
}

static bool is_part_worked(const struct carved_drawn_week *week, int part)
{
	bool is = false;
	for (int day = 0; day < CARVED_DAYS; day++)
		is = is || is_worked(week, day, part);
	return is;
}

static int count_days(const struct carved_drawn_week *week)
{
	int days = CARVED_FRI + 1;
	for (int day = days; day < CARVED_DAYS; day++) {
		for (int part = 0; part < CARVED_PARTS_PER_DAY; part++)
			days = is_worked(week, day, part) ? day + 1 : days;
	}
	return days;
}

static void add_part(struct carved_page *page, const struct carved_drawn_week *week, int part, int days)
{
	carved_page_row_open(page);
	carved_page_cell_label(page, true, carved_page_label(page, "carve.part", carved_part_names[part]));
	for (int day = 0; day < days; day++) {
		carved_page_cell_open(page, false, false);
		week->part(page, week->context, day * CARVED_PARTS_PER_DAY + part);
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
}

static void add_sums(struct carved_page *page, const struct carved_drawn_week *week, int days)
{
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "sum");
	carved_page_cell_label(page, true, carved_text(page->language, "carve.column.hours"));
	for (int day = 0; day < days; day++) {
		carved_page_cell_open(page, false, false);
		week->sum(page, week->context, day);
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
}

void carved_drawn_add_week(struct carved_page *page, const char *caption, const struct carved_drawn_week *week)
{
	static const struct carved_page_column columns[1 + CARVED_DAYS] = {{"carve.column.part", false}, {"carve.day.mon", false},
		{"carve.day.tue", false}, {"carve.day.wed", false}, {"carve.day.thu", false}, {"carve.day.fri", false},
		{"carve.day.sat", false}, {"carve.day.sun", false}};
	int days = count_days(week);
	carved_page_table_open(page, caption, columns, 1 + (size_t)days);
	for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
		if (is_part_worked(week, part))
			add_part(page, week, part, days);
	}
	if (week->sum)
		add_sums(page, week, days);
	carved_page_table_close(page);
}

// The ground is the job's colour, as large as the words need.
static void add_ground(struct carved_page *page, const struct carved_drawn_task *task, double stripe_rem)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "aria-hidden", "true");
	carved_markup_attribute(m, "width", "100%");
	carved_markup_attribute(m, "height", "100%");
	carved_markup_open(m, "rect");
	carved_markup_attribute(m, "class", carved_page_tint(task->series));
	carved_markup_attribute(m, "width", "100%");
	carved_markup_attribute(m, "height", "100%");
	carved_markup_close(m, "rect");
	carved_markup_open(m, "rect");
	carved_markup_attribute(m, "class", carved_page_series(task->series));
	carved_markup_attribute(m, "width", "10");
	if (stripe_rem > 0)
		carved_markup_attribute_printf(m, "height", "%.4grem", stripe_rem);
	else
		carved_markup_attribute(m, "height", "100%");
	carved_markup_close(m, "rect");
	carved_markup_close(m, "svg");
}

void carved_drawn_block(
	struct carved_page *page, const struct carved_drawn_task *task, const struct carved_node *entry, const char *title_class)
{
	struct carved_markup *m = &page->markup;
	const double rem = carved_node_get_real(entry, "hours", 0) * (title_class ? 1.4 : 1.2);
	carved_markup_open(m, "div");
	carved_markup_attribute(m, "class", "block");
	carved_markup_attribute_printf(m, "style", "min-height:%.4grem", rem);
	add_ground(page, task, title_class ? rem : 0);
	carved_markup_open(m, "p");
	carved_drawn_key(page, task);
	carved_markup_text(m, " ");
	carved_page_say(page, "report.hours-short", CARVED_SAY_NUMBER("hours", carved_node_get(entry, "hours")));
	if (title_class) {
		carved_markup_text(m, " ");
		carved_markup_open(m, "span");
		carved_markup_attribute(m, "class", title_class);
		carved_page_words(page, task->title);
		carved_markup_close(m, "span");
	}
	carved_markup_close(m, "p");
	carved_markup_close(m, "div");
}
