// SPDX-License-Identifier: EUPL-1.2
// The tasks of a package, by the job that they come from: a mosaic whose areas are hours, and the table of it.
#include "carved/base/arena.h"
#include "proposal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TALL 24.0  // a line of words on the smallest screens, in units of the drawing: what stands there has to fit there
#define DIGIT 13.0 // width of a letter of it
#define SMALL 8.5  // and of one on larger screens
#define LINE 17.0  // a line of words there
#define TITLE 70.0 // less says nothing of a title

// ---- the mosaic

// More tasks, more room: to the page's width and about half as high.
static double height_of(size_t count)
{
	return 200 + 16.0 * (double)(count < 12 ? count : 12);
}

// The hours of a tile behind its number, or below it where they fit on the smallest screens there only. Returns where the title may begin.
static double add_hours(
	struct carved_page *page, const struct carved_drawn_task *task, double digits, double x, double y, double room)
{
	char hours[CARVED_PROPOSAL_HOURS_MAX];
	carved_proposal_hours(page, task->hours, hours);
	const double length = (double)strlen(hours);
	if (room >= digits + DIGIT * (length + 1))
		carved_page_label_at(page, "haloed", x + digits + 8, y, hours);
	else if (room >= digits + SMALL * (length + 1))
		carved_page_label_at(page, "wide haloed", x + digits + 8, y, hours);
	else if (room >= SMALL * length) {
		carved_page_label_at(page, "wide haloed", x, y + LINE, hours);
		return y + 2 * LINE + 2;
	}
	return y + LINE + 3;
}

// Number and hours, and below them the title where the screen is large. What does not fit is left out: the table has it.
static void add_labels(struct carved_page *page, const struct carved_drawn_task *task, const struct carved_tile *tile)
{
	char text[24];
	const double x = tile->x + CARVED_DRAWN_GAP + CARVED_DRAWN_MARGIN, y = tile->y + CARVED_DRAWN_GAP + TALL - 2,
		     room = tile->width - 2 * (CARVED_DRAWN_GAP + CARVED_DRAWN_MARGIN);
	snprintf(text, sizeof text, "%zu", task->number);
	const double digits = DIGIT * (double)strlen(text), bottom = tile->y + tile->height - CARVED_DRAWN_GAP - 6;
	if (room < digits || tile->height < TALL + 2 * CARVED_DRAWN_GAP)
		return;
	carved_page_label_at(page, "strong haloed", x, y, text);
	const double top = add_hours(page, task, digits, x, y, room);
	if (room >= TITLE && bottom >= top)
		carved_page_label_lines(page, "wide haloed", x, top, task->title, 13, room, (int)((bottom - top) / LINE) + 1);
}

static void add_mosaic(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *tasks = carved_node_get(view, "tasks");
	size_t count = tasks ? tasks->count : 0;
	struct carved_drawn_task *drawn = carved_alloc_array(count + 1, sizeof *drawn);
	for (size_t i = 0; i < count; i++)
		drawn[i] = carved_proposal_drawn(view, (int64_t)i);
	carved_drawn_mosaic(page, drawn, count, height_of(count), carved_node_get(view, "hours"), add_labels);
	free(drawn);
}

// ---- the table

static bool any_has_text(const struct carved_node *tasks, const char *member)
{
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next) {
		if (*carved_node_get_text(task, member, ""))
			return true;
	}
	return false;
}

static void add_row(struct carved_page *page, const struct carved_node *view, const struct carved_node *task, int64_t index,
	bool has_parts, bool has_guides)
{
	const struct carved_drawn_task drawn = carved_proposal_drawn(view, index);
	const char *part = carved_node_get_text(task, "part", NULL);
	carved_page_row_open(page);
	carved_drawn_cell(page, &drawn, carved_node_get_bool(task, "undone", false));
	carved_page_cell_number(page, carved_node_get(task, "hours"));
	carved_page_cell_words(page, false, carved_proposal_work_title(task));
	if (has_parts)
		carved_page_cell_label(page, false,
			part ? carved_page_label(page, "carve.day-part", part) : carved_text(page->language, "report.any-part"));
	if (has_guides)
		carved_page_cell_words(page, false, carved_node_get_text(task, "supervisor", ""));
	carved_page_row_close(page);
}

static void add_sum(struct carved_page *page, const struct carved_node *view, size_t columns)
{
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "sum");
	carved_page_cell_label(page, true, carved_text(page->language, "carve.value.total"));
	carved_page_cell_number(page, carved_node_get(view, "hours"));
	for (size_t i = 2; i < columns; i++)
		carved_page_cell_label(page, false, "");
	carved_page_row_close(page);
}

static void add_table(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *tasks = carved_node_get(view, "tasks");
	bool has_parts = any_has_text(tasks, "part"), has_guides = any_has_text(tasks, "supervisor");
	struct carved_page_column columns[5] = {
		{"carve.column.task", false}, {"carve.column.hours", true}, {"report.column.from-job", false}};
	size_t count = 3;
	if (has_parts)
		columns[count++] = (struct carved_page_column){"report.column.when", false};
	if (has_guides)
		columns[count++] = (struct carved_page_column){"report.column.guide", false};
	carved_page_table_open(page, "report.tasks", columns, count);
	int64_t index = 0;
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next)
		add_row(page, view, task, index++, has_parts, has_guides);
	add_sum(page, view, count);
	carved_page_table_close(page);
}

void carved_proposal_add_tasks(struct carved_page *page, const struct carved_node *view)
{
	carved_page_section_open(page, "tasks", "report.tasks");
	carved_page_element(page, "p", "note", "report.mosaic.note");
	add_mosaic(page, view);
	add_table(page, view);
	carved_page_section_close(page);
}
