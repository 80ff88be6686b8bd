// SPDX-License-Identifier: EUPL-1.2
// How the hours of a build-up grow: a staircase over the weeks, and a table with what is done at each step and when.
#include "proposal.h"
#include <stdio.h>

#define WIDTH 720.0
#define HEIGHT 190.0
#define FLOOR 150.0   // where no hours are
#define CEILING 38.0  // where all hours are
#define STEPS_SHOWN 5 // beside the whole: hours and week of each fit on the smallest screens. Further ones are in the table only

// A step that is told last has the whole package, or the package follows on it at a time that nobody has fixed.
static bool ends_whole(const struct carved_node *view)
{
	const struct carved_node *step = carved_node_first(carved_node_get(view, "steps"));
	while (step && step->next)
		step = step->next;
	return carved_node_get_real(step, "hours", 0) >= carved_node_get_real(view, "hours", 0);
}

static void add_stair(struct carved_page *page, double x, double width, double hours, double whole, const char *when)
{
	char text[CARVED_PROPOSAL_HOURS_MAX];
	double top = FLOOR - (FLOOR - CEILING) * (whole > 0 ? hours / whole : 0);
	carved_page_rect(page, carved_page_series(0), x, top, width, FLOOR - top);
	carved_page_label_at(page, "strong", x + 4, top - 10, carved_proposal_hours(page, hours, text));
	carved_page_label_at(page, "soft", x + 4, FLOOR + 28, when);
}

static void add_stairs(struct carved_page *page, const struct carved_node *view, size_t count)
{
	const bool whole_later = !ends_whole(view);
	const double whole = carved_node_get_real(view, "hours", 0), stairs = (double)(count + (whole_later ? 1 : 0));
	const double width = WIDTH / stairs;
	size_t at = 0;
	for (const struct carved_node *step = carved_node_first(carved_node_get(view, "steps")); step && at < count;
		step = step->next) {
		char week[96], number[CARVED_PAGE_NUMBER_MAX];
		snprintf(week, sizeof week, "%s %s", carved_text(page->language, "report.unit.week"),
			carved_page_format(page, (double)carved_node_get_integer(step, "week", 0), number));
		add_stair(page, width * (double)at++, width - 3, carved_node_get_real(step, "hours", 0), whole, week);
	}
	if (whole_later)
		add_stair(page, width * (double)at, width - 3, whole, whole, carved_text(page->language, "report.steps.later"));
	carved_page_line(page, "axis", 0, FLOOR, WIDTH, FLOOR);
}

static void add_drawing(struct carved_page *page, const struct carved_node *view, const struct carved_node *steps)
{
	const size_t count = steps->count < STEPS_SHOWN ? steps->count : STEPS_SHOWN;
	const struct carved_node *first = carved_node_first(steps);
	carved_page_drawing_open(page, "steps", WIDTH, HEIGHT, "report.steps.drawing", "report.steps.description",
		(const struct carved_said[]){CARVED_SAY_NUMBER("first", carved_node_get(first, "hours")),
			CARVED_SAY_NUMBER("hours", carved_node_get(view, "hours")), {0}});
	add_stairs(page, view, count);
	carved_page_drawing_close(page);
}

// "Monday morning 4, Tuesday morning 4".
static void add_times(struct carved_page *page, const struct carved_node *step, int64_t slot)
{
	struct carved_markup *m = &page->markup;
	const char *between = "";
	for (const struct carved_node *piece = carved_node_first(carved_node_get(step, "schedule")); piece; piece = piece->next) {
		if (carved_node_get_integer(piece, "slot", -1) != slot)
			continue;
		carved_markup_text(m, between);
		carved_markup_text(m, carved_page_label(page, "carve.day-part", carved_node_get_text(piece, "part", "?")));
		carved_markup_text(m, " ");
		carved_page_number(page, carved_node_get(piece, "hours"));
		between = ", ";
	}
}

static void add_week_cell(struct carved_page *page, const struct carved_node *step)
{
	carved_page_cell_open(page, true, false);
	carved_page_say(page, "report.steps.from", CARVED_SAY_NUMBER("week", carved_node_get(step, "week")),
		CARVED_SAY_NUMBER("hours", carved_node_get(step, "hours")));
	carved_page_cell_close(page, true);
}

static void add_step(struct carved_page *page, const struct carved_node *view, const struct carved_node *step)
{
	bool first = true;
	for (const struct carved_node *piece = carved_node_first(carved_node_get(step, "slots")); piece; piece = piece->next) {
		int64_t slot = carved_node_get_integer(piece, "slot", 0);
		carved_page_row_open(page);
		if (first)
			add_week_cell(page, step);
		else
			carved_page_cell_label(page, false, "");
		carved_page_cell_open(page, false, false);
		carved_markup_open(&page->markup, "span");
		carved_markup_attribute(&page->markup, "class", "keyed");
		carved_proposal_add_key(page, view, slot);
		carved_proposal_add_title(page, view, carved_proposal_task(view, slot));
		carved_markup_close(&page->markup, "span");
		carved_page_cell_close(page, false);
		carved_page_cell_number(page, carved_node_get(piece, "hours"));
		carved_page_cell_open(page, false, false);
		add_times(page, step, slot);
		carved_page_cell_close(page, false);
		carved_page_row_close(page);
		first = false;
	}
}

void carved_proposal_add_steps(struct carved_page *page, const struct carved_node *view)
{
	static const struct carved_page_column columns[] = {{"report.column.from-week", false}, {"carve.column.task", false},
		{"carve.column.hours", true}, {"report.column.when", false}};
	const struct carved_node *steps = carved_node_get(view, "steps");
	if (!carved_node_first(steps))
		return;
	carved_page_section_open(page, "steps", "report.steps");
	add_drawing(page, view, steps);
	carved_page_table_open(page, "report.steps", columns, 4);
	for (const struct carved_node *step = carved_node_first(steps); step; step = step->next)
		add_step(page, view, step);
	carved_page_table_close(page);
	carved_markup_open(&page->markup, "p");
	carved_page_say(page, ends_whole(view) ? "report.steps.whole" : "report.steps.whole-later",
		CARVED_SAY_NUMBER("hours", carved_node_get(view, "hours")));
	carved_markup_close(&page->markup, "p");
	carved_page_section_close(page);
}
