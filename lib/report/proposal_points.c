// SPDX-License-Identifier: EUPL-1.2
// Where the value comes from: its parts with their lines, each with a bar to one scale that grows to the left below zero. Lines add up to their part, parts to the value.
#include "proposal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

struct scale {
	double zero, unit; // where nothing is, and how much of the width a point is
};

static double points_of(const struct carved_node *line)
{
	return carved_node_get_real(line, "points", 0);
}

static bool is_part(const struct carved_node *line, const char *part)
{
	return strcmp(carved_node_get_text(line, "part", ""), part) == 0;
}

// How many sites would do says something when it gives nothing too.
static bool is_options(const struct carved_node *line)
{
	return strcmp(carved_node_get_text(line, "line", ""), "options") == 0;
}

// Whether a part or one of its lines gives or takes something.
static bool says_something(const struct carved_node *e, const struct carved_node *part)
{
	const struct carved_node *line = carved_node_first(carved_node_get(e, "points"));
	bool says = carved_node_get_real(carved_node_get(e, "parts"), part->key, 0) != 0;
	for (; line; line = line->next)
		says |= is_part(line, part->key) && points_of(line) != 0;
	return says;
}

static struct scale scale_of(const struct carved_node *e)
{
	const struct carved_node *parts = carved_node_get(e, "parts");
	double least = 0, most = 1;
	for (const struct carved_node *part = carved_node_first(parts); part; part = part->next) {
		least = fmin(least, carved_node_get_real(parts, part->key, 0));
		most = fmax(most, carved_node_get_real(parts, part->key, 0));
	}
	for (const struct carved_node *line = carved_node_first(carved_node_get(e, "points")); line; line = line->next) {
		least = fmin(least, points_of(line));
		most = fmax(most, points_of(line));
	}
	return (struct scale){.zero = -least / (most - least), .unit = 1 / (most - least)};
}

static void add_bar(struct carved_page *page, const struct scale *scale, double points, const char *class)
{
	const double end = scale->zero + points * scale->unit;
	carved_page_cell_open(page, false, false);
	carved_page_bar_open(page, 14);
	if (points < 0)
		carved_page_bar_piece(page, "minus", end, scale->zero, 2, 10);
	else if (points > 0)
		carved_page_bar_piece(page, class, scale->zero, end, 2, 10);
	carved_page_bar_mark(page, "zero", scale->zero, 0, 14);
	carved_page_bar_close(page);
	carved_page_cell_close(page, false);
}

// ---- what a line is about

static const char *label_in(const struct carved_node *list, const char *member, const char *name)
{
	const struct carved_node *item = carved_node_first(list);
	while (item && strcmp(carved_node_get_text(item, member, ""), name) != 0)
		item = item->next;
	return carved_node_get_text(item, "label", name);
}

static void describe_task(struct carved_page *page, const struct carved_node *e, const struct carved_node *line)
{
	const int64_t slot = carved_node_get_integer(line, "slot", 0);
	carved_proposal_add_key(page, e, slot);
	carved_markup_text(&page->markup, " ");
	carved_proposal_add_title(page, e, carved_proposal_task(e, slot));
	carved_markup_text(&page->markup, " ");
	carved_page_say(page, is_part(line, "relief") ? "report.line.relief" : "report.hours-short",
		CARVED_SAY_NUMBER("hours", carved_node_get(line, "hours")),
		CARVED_SAY_NUMBER("relief", carved_node_get(carved_proposal_task(e, slot), "relief")));
}

static void describe(struct carved_page *page, const struct carved_node *e, const struct carved_node *line)
{
	static const char *const counts[] = {"months", "options", "jobs", "hours"};
	const char *kind = carved_node_get_text(line, "line", "?"), *aid = carved_node_get_text(line, "aid", ""),
		   *category = carved_node_get_text(line, "category", ""), *suffix = "";
	const struct carved_node *count = NULL;
	const char *group = "carve.why-line";
	char msgid[64];
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		count = count ? count : carved_node_get(line, counts[i]);
	if (is_options(line) && (!count || count->kind == CARVED_NODE_NULL))
		suffix = "-unknown";
	else if (is_options(line) && points_of(line) == 0)
		group = "report.line";
	snprintf(msgid, sizeof msgid, "%s.%s%s", group, kind, suffix);
	if (strcmp(kind, "task") == 0)
		describe_task(page, e, line);
	else if (*category)
		carved_page_words(page, label_in(carved_node_get(e, "questions"), "category", category));
	else
		carved_page_say(page, msgid, CARVED_SAY_NUMBER("what", count),
			CARVED_SAY_WORDS("aid", label_in(carved_node_get(e, "aids"), "aid", aid)));
}

// ---- the table

static void add_line(
	struct carved_page *page, const struct carved_node *e, const struct carved_node *line, const struct scale *scale)
{
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	describe(page, e, line);
	carved_page_cell_close(page, true);
	add_bar(page, scale, points_of(line), "line");
	carved_page_cell_number(page, carved_node_get(line, "points"));
	carved_page_row_close(page);
}

static void add_part(
	struct carved_page *page, const struct carved_node *e, const struct carved_node *part, const struct scale *scale)
{
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "part");
	carved_page_cell_label(page, true, carved_page_label(page, "carve.value", part->key));
	add_bar(page, scale, carved_node_get_real(carved_node_get(e, "parts"), part->key, 0), "plus");
	carved_page_cell_number(page, part);
	carved_page_row_close(page);
	for (const struct carved_node *line = carved_node_first(carved_node_get(e, "points")); line; line = line->next) {
		if (is_part(line, part->key) && (points_of(line) != 0 || is_options(line)))
			add_line(page, e, line, scale);
	}
}

static void add_total(struct carved_page *page, const struct carved_node *e)
{
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "sum");
	carved_page_cell_label(page, true, carved_text(page->language, "carve.value.total"));
	carved_page_cell_label(page, false, "");
	carved_page_cell_number(page, carved_node_get(e, "value"));
	carved_page_row_close(page);
}

// Parts that give and take nothing are named in a sentence.
static void add_silent(struct carved_page *page, const struct carved_node *e)
{
	const char *between = " ";
	bool any = false;
	for (const struct carved_node *part = carved_node_first(carved_node_get(e, "parts")); part; part = part->next) {
		if (says_something(e, part))
			continue;
		if (!any) {
			carved_markup_open(&page->markup, "p");
			carved_markup_attribute(&page->markup, "class", "note");
			carved_markup_text(&page->markup, carved_text(page->language, "report.points.silent"));
		}
		carved_markup_text(&page->markup, between);
		carved_markup_text(&page->markup, carved_page_label(page, "carve.value", part->key));
		between = ", ";
		any = true;
	}
	if (any) {
		carved_markup_text(&page->markup, ".");
		carved_markup_close(&page->markup, "p");
	}
}

void carved_proposal_add_points(struct carved_page *page, const struct carved_node *e)
{
	static const struct carved_page_column columns[] = {
		{"carve.column.value-part", false}, {"report.column.points", false}, {"carve.column.points", true}};
	const struct scale scale = scale_of(e);
	carved_page_section_open(page, "points", "report.points");
	carved_page_element(page, "p", "note", "report.points.note");
	carved_page_table_open(page, "report.points", columns, 3);
	for (const struct carved_node *part = carved_node_first(carved_node_get(e, "parts")); part; part = part->next) {
		if (says_something(e, part))
			add_part(page, e, part, &scale);
	}
	add_total(page, e);
	carved_page_table_close(page);
	add_silent(page, e);
	carved_page_section_close(page);
}
