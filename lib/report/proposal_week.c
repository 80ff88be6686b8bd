// SPDX-License-Identifier: EUPL-1.2
// The week as a calendar: a real table, days across and day parts down, whose cells hold blocks with a stripe as long as their hours.
#include "carved/base/week.h"
#include "proposal.h"

#define REM_PER_HOUR 1.4 // of a stripe

struct calendar {
	const struct carved_node *view;
	const struct carved_node *days[CARVED_DAYS];       // of the week; NULL: not worked
	const struct carved_node *parts[CARVED_DAY_PARTS]; // NULL: not worked
	int day_count;                                     // shown: the working week, and the weekend where somebody works in it
};

static void read_parts(struct calendar *calendar, const struct carved_node *day)
{
	for (const struct carved_node *part = carved_node_first(carved_node_get(day, "parts")); part; part = part->next) {
		int index = carved_day_part_parse(carved_node_get_text(part, "part", ""));
		if (index < 0)
			continue;
		calendar->parts[index] = part;
		calendar->days[index / CARVED_PARTS_PER_DAY] = day;
		if (index / CARVED_PARTS_PER_DAY >= calendar->day_count)
			calendar->day_count = index / CARVED_PARTS_PER_DAY + 1;
	}
}

static struct calendar read_calendar(const struct carved_node *view)
{
	struct calendar calendar = {.view = view, .day_count = CARVED_FRI + 1};
	for (const struct carved_node *day = carved_node_first(carved_node_get(view, "week")); day; day = day->next)
		read_parts(&calendar, day);
	return calendar;
}

static bool has_part(const struct calendar *calendar, int part)
{
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (calendar->parts[day * CARVED_PARTS_PER_DAY + part])
			return true;
	}
	return false;
}

// A block's ground is its job's colour, as large as its words need; the pattern at its left is as long as its hours.
static void add_ground(struct carved_page *page, const struct carved_node *view, const struct carved_node *task, double hours)
{
	struct carved_markup *m = &page->markup;
	const size_t series = carved_proposal_series(view, carved_proposal_work_ref(task));
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "aria-hidden", "true");
	carved_markup_attribute(m, "width", "100%");
	carved_markup_attribute(m, "height", "100%");
	carved_markup_open(m, "rect");
	carved_markup_attribute(m, "class", carved_page_tint(series));
	carved_markup_attribute(m, "width", "100%");
	carved_markup_attribute(m, "height", "100%");
	carved_markup_close(m, "rect");
	carved_markup_open(m, "rect");
	carved_markup_attribute(m, "class", carved_page_series(series));
	carved_markup_attribute(m, "width", "10");
	carved_markup_attribute_printf(m, "height", "%.4grem", hours * REM_PER_HOUR);
	carved_markup_close(m, "rect");
	carved_markup_close(m, "svg");
}

static void add_block(struct carved_page *page, const struct carved_node *view, const struct carved_node *piece)
{
	struct carved_markup *m = &page->markup;
	const int64_t slot = carved_node_get_integer(piece, "slot", 0);
	const struct carved_node *task = carved_proposal_task(view, slot);
	const double hours = carved_node_get_real(piece, "hours", 0);
	carved_markup_open(m, "div");
	carved_markup_attribute(m, "class", "block");
	carved_markup_attribute_printf(m, "style", "min-height:%.4grem", hours * REM_PER_HOUR);
	add_ground(page, view, task, hours);
	carved_markup_open(m, "p");
	carved_proposal_add_key(page, view, slot);
	carved_markup_text(m, " ");
	carved_page_say(page, "report.hours-short", CARVED_SAY_NUMBER("hours", carved_node_get(piece, "hours")));
	carved_markup_text(m, " ");
	carved_proposal_add_title(page, view, task);
	carved_markup_close(m, "p");
	carved_markup_close(m, "div");
}

static void add_part(struct carved_page *page, const struct calendar *calendar, int part)
{
	carved_page_row_open(page);
	carved_page_cell_label(page, true, carved_page_label(page, "carve.part", carved_part_names[part]));
	for (int day = 0; day < calendar->day_count; day++) {
		const struct carved_node *cell = calendar->parts[day * CARVED_PARTS_PER_DAY + part];
		carved_page_cell_open(page, false, false);
		for (const struct carved_node *piece = carved_node_first(carved_node_get(cell, "slots")); piece;
			piece = piece->next)
			add_block(page, calendar->view, piece);
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
}

static void add_sum(struct carved_page *page, const struct calendar *calendar)
{
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "sum");
	carved_page_cell_label(page, true, carved_text(page->language, "carve.column.hours"));
	for (int day = 0; day < calendar->day_count; day++) {
		carved_page_cell_open(page, false, false);
		if (calendar->days[day])
			carved_page_number(page, carved_node_get(calendar->days[day], "hours"));
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
}

void carved_proposal_add_week(struct carved_page *page, const struct carved_node *view)
{
	static const struct carved_page_column columns[1 + CARVED_DAYS] = {{"carve.column.part", false}, {"carve.day.mon", false},
		{"carve.day.tue", false}, {"carve.day.wed", false}, {"carve.day.thu", false}, {"carve.day.fri", false},
		{"carve.day.sat", false}, {"carve.day.sun", false}};
	const struct calendar calendar = read_calendar(view);
	if (!carved_node_first(carved_node_get(view, "week")))
		return;
	carved_page_section_open(page, "week", "report.week");
	carved_page_element(page, "p", "note", "report.week.note");
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "week");
	carved_page_table_open(page, "report.week", columns, 1 + (size_t)calendar.day_count);
	for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
		if (has_part(&calendar, part))
			add_part(page, &calendar, part);
	}
	add_sum(page, &calendar);
	carved_page_table_close(page);
	carved_markup_close(&page->markup, "div");
	carved_page_section_close(page);
}
