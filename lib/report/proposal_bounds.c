// SPDX-License-Identifier: EUPL-1.2
// Hours and other limits: what the package uses of what there is, when the candidate could work, and which wishes had to be met.
#include "carved/base/week.h"
#include "proposal.h"
#include <string.h>

struct bound {
	const struct carved_node *used, *least, *most; // NULL: not stated
	double count;                                  // used, where no member says it
};

static double number_of(const struct carved_node *node)
{
	if (!node || (node->kind != CARVED_NODE_INTEGER && node->kind != CARVED_NODE_REAL))
		return -1;
	return node->kind == CARVED_NODE_INTEGER ? (double)node->integer : node->real;
}

// As wide as the most that there may be; a line where the least is.
static void add_bar(struct carved_page *page, const struct bound *bound)
{
	const double used = bound->used ? number_of(bound->used) : bound->count, most = number_of(bound->most),
		     least = number_of(bound->least);
	carved_page_cell_open(page, false, false);
	if (most > 0) {
		carved_page_bar_open(page, 14);
		carved_page_bar_piece(page, "whole", 0, 1, 1.5, 11);
		carved_page_bar_piece(page, "asks", 0, used > most ? 1 : used / most, 1.5, 11);
		if (least > 0)
			carved_page_bar_mark(page, "least", least / most, 0, 14);
		carved_page_bar_close(page);
	}
	carved_page_cell_close(page, false);
}

static void add_figures(struct carved_page *page, const struct bound *bound)
{
	add_bar(page, bound);
	carved_page_cell_open(page, false, true);
	if (bound->used)
		carved_page_number(page, bound->used);
	else
		carved_page_value(page, bound->count);
	carved_page_cell_close(page, false);
	carved_page_cell_number(page, bound->least);
	carved_page_cell_number(page, bound->most);
	carved_page_row_close(page);
}

static void add_bound(struct carved_page *page, const char *label, struct bound bound)
{
	carved_page_row_open(page);
	carved_page_cell_label(page, true, label);
	add_figures(page, &bound);
}

static void add_hours(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *wished = carved_node_get(e, "wished");
	add_bound(page, carved_text(page->language, "carve.why-bound.hours"),
		(struct bound){.used = carved_node_get(e, "hours"),
			.least = carved_node_get(wished, "min"),
			.most = carved_node_get(wished, "max")});
}

static void add_limits(struct carved_page *page, const struct carved_node *e)
{
	for (const struct carved_node *limit = carved_node_first(carved_node_get(e, "limits")); limit; limit = limit->next) {
		const struct bound bound = {.used = carved_node_get(limit, "used"), .most = carved_node_get(limit, "most")};
		carved_page_row_open(page);
		carved_page_cell_open(page, true, false);
		carved_page_say(page, "report.bounds.limit", CARVED_SAY_WORDS("label", carved_node_get_text(limit, "label", "")),
			CARVED_SAY_WORDS("code", carved_node_get_text(limit, "category", "?")),
			CARVED_SAY_NUMBER("level", carved_node_get(limit, "demand")));
		carved_page_cell_close(page, true);
		add_figures(page, &bound);
	}
}

static void add_supervisors(struct carved_page *page, const struct carved_node *supervisors)
{
	const struct carved_node *names = carved_node_get(supervisors, "names");
	const struct bound bound = {.count = names ? (double)names->count : 0, .most = carved_node_get(supervisors, "most")};
	const char *between = "";
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	carved_page_element(page, "span", NULL, "carve.why-bound.supervisors");
	carved_markup_open(&page->markup, "small");
	for (const struct carved_node *name = carved_node_first(names); name; name = name->next, between = ", ") {
		carved_markup_text(&page->markup, between);
		carved_page_words(page, name->text);
	}
	carved_markup_close(&page->markup, "small");
	carved_page_cell_close(page, true);
	add_figures(page, &bound);
}

static void add_rest(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *travel = carved_node_get(e, "travel"), *jobs = carved_node_get(e, "jobs"),
				 *support = carved_node_get(e, "support");
	add_bound(page, carved_text(page->language, "carve.why-bound.minutes"),
		(struct bound){.used = carved_node_get(travel, "minutes"), .most = carved_node_get(travel, "most")});
	add_bound(page, carved_text(page->language, "carve.why-bound.jobs"),
		(struct bound){.used = carved_node_get(jobs, "used"), .most = carved_node_get(jobs, "most")});
	add_supervisors(page, carved_node_get(e, "supervisors"));
	add_limits(page, e);
	add_bound(page, carved_text(page->language, "carve.why-bound.coach"),
		(struct bound){.used = carved_node_get(support, "coachHours"), .most = carved_node_get(support, "hoursOfCoach")});
	add_bound(page, carved_text(page->language, "carve.why-bound.buddy"),
		(struct bound){
			.used = carved_node_get(support, "buddyHours"), .most = carved_node_get(support, "hoursOfBuddies")});
}

static void add_coach_steps(struct carved_page *page, const struct carved_node *steps)
{
	if (!carved_node_first(steps))
		return;
	carved_page_element(page, "h3", NULL, "report.coach-steps");
	carved_markup_open(&page->markup, "ul");
	for (const struct carved_node *step = carved_node_first(steps); step; step = step->next) {
		carved_markup_open(&page->markup, "li");
		carved_page_say(page, "report.steps.from", CARVED_SAY_NUMBER("week", carved_node_get(step, "week")),
			CARVED_SAY_NUMBER("hours", carved_node_get(step, "hours")));
		carved_markup_close(&page->markup, "li");
	}
	carved_markup_close(&page->markup, "ul");
}

static void add_musts(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *musts = carved_node_get(e, "musts");
	if (!carved_node_first(musts))
		return;
	carved_page_element(page, "h3", NULL, "report.musts");
	carved_markup_open(&page->markup, "ul");
	carved_markup_attribute(&page->markup, "class", "ticks");
	for (const struct carved_node *must = carved_node_first(musts); must; must = must->next) {
		const int64_t slot = carved_node_get_integer(must, "slot", 0);
		carved_markup_open(&page->markup, "li");
		carved_markup_attribute(&page->markup, "class", "done");
		carved_page_words(page, carved_node_get_text(must, "label", carved_node_get_text(must, "wish", "?")));
		carved_markup_text(&page->markup, ": ");
		carved_proposal_add_key(page, e, slot);
		carved_markup_text(&page->markup, " ");
		carved_page_words(page, carved_proposal_task_title(carved_proposal_task(e, slot)));
		carved_markup_close(&page->markup, "li");
	}
	carved_markup_close(&page->markup, "ul");
}

// ---- availability: days across, day parts down

struct hours_free {
	const struct carved_node *parts[CARVED_DAY_PARTS]; // NULL: not available
	int day_count;                                     // shown
};

static bool is_worked_in(const struct hours_free *free_, int part)
{
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (free_->parts[day * CARVED_PARTS_PER_DAY + part])
			return true;
	}
	return false;
}

static void add_free_part(struct carved_page *page, const struct hours_free *free_, int part)
{
	carved_page_row_open(page);
	carved_page_cell_label(page, true, carved_page_label(page, "carve.part", carved_part_names[part]));
	for (int day = 0; day < free_->day_count; day++) {
		const struct carved_node *one = free_->parts[day * CARVED_PARTS_PER_DAY + part];
		carved_markup_open(&page->markup, "td");
		if (number_of(carved_node_get(one, "used")) > 0)
			carved_markup_attribute(&page->markup, "class", "taken");
		if (one)
			carved_page_say(page, "report.used-of", CARVED_SAY_NUMBER("used", carved_node_get(one, "used")),
				CARVED_SAY_NUMBER("available", carved_node_get(one, "available")));
		else
			carved_markup_text(&page->markup, "\u2013");
		carved_markup_close(&page->markup, "td");
	}
	carved_page_row_close(page);
}

// What each day holds, and what it may.
static void add_days(struct carved_page *page, const struct carved_node *e, int day_count)
{
	const struct carved_node *wished = carved_node_get(e, "wished");
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "sum");
	carved_page_cell_label(page, true, carved_text(page->language, "carve.value.total"));
	for (int index = 0; index < day_count; index++) {
		const struct carved_node *day = carved_node_first(carved_node_get(e, "week"));
		while (day && strcmp(carved_node_get_text(day, "day", ""), carved_day_names[index]) != 0)
			day = day->next;
		carved_page_cell_open(page, false, false);
		if (day)
			carved_page_number(page, carved_node_get(day, "hours"));
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
	carved_page_table_close(page);
	carved_markup_close(&page->markup, "div");
	carved_markup_open(&page->markup, "p");
	carved_markup_attribute(&page->markup, "class", "note");
	carved_page_say(page, "report.availability.note", CARVED_SAY_NUMBER("least", carved_node_get(wished, "perVisit")),
		CARVED_SAY_NUMBER("most", carved_node_get(wished, "perDay")));
	carved_markup_close(&page->markup, "p");
}

static void add_availability(struct carved_page *page, const struct carved_node *e)
{
	static const struct carved_page_column columns[1 + CARVED_DAYS] = {{"carve.column.part", false}, {"carve.day.mon", false},
		{"carve.day.tue", false}, {"carve.day.wed", false}, {"carve.day.thu", false}, {"carve.day.fri", false},
		{"carve.day.sat", false}, {"carve.day.sun", false}};
	struct hours_free free_ = {.day_count = CARVED_FRI + 1};
	for (const struct carved_node *one = carved_node_first(carved_node_get(e, "availability")); one; one = one->next) {
		int part = carved_day_part_parse(carved_node_get_text(one, "part", ""));
		if (part < 0)
			continue;
		free_.parts[part] = one;
		if (part / CARVED_PARTS_PER_DAY >= free_.day_count)
			free_.day_count = part / CARVED_PARTS_PER_DAY + 1;
	}
	carved_page_element(page, "h3", NULL, "report.availability");
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "week");
	carved_page_table_open(page, "report.availability", columns, 1 + (size_t)free_.day_count);
	for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
		if (is_worked_in(&free_, part))
			add_free_part(page, &free_, part);
	}
	add_days(page, e, free_.day_count);
}

void carved_proposal_add_bounds(struct carved_page *page, const struct carved_node *e)
{
	static const struct carved_page_column columns[] = {{"carve.column.what", false}, {"report.column.bound", false},
		{"carve.column.used", true}, {"carve.column.least", true}, {"carve.column.most", true}};
	carved_page_section_open(page, "bounds", "carve.why.bounds");
	carved_page_element(page, "p", "note", "report.bounds.note");
	carved_page_table_open(page, "carve.why.bounds", columns, 5);
	add_hours(page, e);
	add_rest(page, e);
	carved_page_table_close(page);
	add_coach_steps(page, carved_node_get(carved_node_get(e, "support"), "coachSteps"));
	add_musts(page, e);
	add_availability(page, e);
	carved_page_section_close(page);
}
