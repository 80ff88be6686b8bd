// SPDX-License-Identifier: EUPL-1.2
// The pieces of a role, drawn: a mosaic whose areas are hours, and a week as a calendar.
#include "carved/base/buffer.h"
#include "carved/base/week.h"
#include "site.h"
#include "treemap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct carved_node *find(const struct carved_node *list, const char *ref)
{
	const struct carved_node *item = carved_node_first(list);
	while (item && strcmp(carved_node_get_text(item, "ref", ""), ref) != 0)
		item = item->next;
	return item;
}

static size_t index_of(const struct carved_node *list, const struct carved_node *item)
{
	size_t index = 0;
	for (const struct carved_node *other = carved_node_first(list); other != item; other = other->next)
		index++;
	return index;
}

static struct carved_site_piece piece_of(const struct carved_node *answer, const struct carved_node *slot)
{
	const struct carved_node *jobs = carved_node_get(answer, "jobs"), *vacancies = carved_node_get(answer, "vacancies");
	const char *job = carved_node_get_text(slot, "job", NULL);
	const struct carved_node *work = find(job ? jobs : vacancies, job ? job : carved_node_get_text(slot, "vacancy", ""));
	return (struct carved_site_piece){.work = work,
		.task = find(carved_node_get(work, "tasks"), carved_node_get_text(slot, "task", "")),
		.series = job ? index_of(jobs, work) : jobs->count + index_of(vacancies, work),
		.is_fixed = carved_node_get(slot, "part") != NULL};
}

void carved_site_pieces_init(struct carved_site_pieces *pieces, const struct carved_node *answer, const struct carved_node *role)
{
	const struct carved_node *slots = carved_node_get(role, "slots");
	size_t index = 0;
	*pieces = (struct carved_site_pieces){.items = carved_alloc_array(slots->count + 1, sizeof *pieces->items),
		.of_slot = carved_alloc_array(slots->count + 1, sizeof *pieces->of_slot)};
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next, index++) {
		struct carved_site_piece piece = piece_of(answer, slot);
		if (pieces->count == 0 || pieces->items[pieces->count - 1].task != piece.task)
			pieces->items[pieces->count++] = piece;
		pieces->items[pieces->count - 1].hours += carved_node_get_real(slot, "hours", 0);
		pieces->of_slot[index] = pieces->count - 1;
	}
}

void carved_site_pieces_deinit(struct carved_site_pieces *pieces)
{
	free(pieces->items);
	free(pieces->of_slot);
}

void carved_site_add_key(struct carved_page *page, const struct carved_site_pieces *pieces, size_t index)
{
	struct carved_markup *m = &page->markup;
	struct carved_buffer name = CARVED_BUFFER_INIT;
	char number[24];
	snprintf(number, sizeof number, "%zu", index + 1);
	carved_buffer_printf(&name, "%s: %s", number, carved_site_title(pieces->items[index].task));
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "class", "key");
	carved_markup_attribute(m, "role", "img");
	carved_markup_attribute(m, "aria-label", name.data);
	carved_markup_attribute(m, "viewBox", "0 0 28 22");
	carved_page_rect(page, carved_page_series(pieces->items[index].series), 0.5, 0.5, 27, 21);
	carved_page_label_at(page, "strong middle haloed", 14, 16, number);
	carved_markup_close(m, "svg");
	carved_buffer_deinit(&name);
}

// ---- the mosaic

enum { WIDTH = 720, HEIGHT = 150, GAP = 2, MARGIN = 9, SMALL = 22, DIGIT = 13 };

// Number and hours, as large as small screens show them, and the title on larger ones. What does not fit is left out: the table has it.
static void add_labels(
	struct carved_page *page, const struct carved_site_piece *piece, size_t number, const struct carved_tile *tile)
{
	char text[24], hours[CARVED_PAGE_NUMBER_MAX], both[CARVED_PAGE_NUMBER_MAX + 64];
	const double x = tile->x + GAP + MARGIN, room = tile->width - 2 * (GAP + MARGIN), y = tile->y + GAP + SMALL;
	snprintf(text, sizeof text, "%zu", number);
	snprintf(both, sizeof both, "%s: %s %s", text, carved_page_format(page, piece->hours, hours),
		carved_text(page->language, "report.unit.hours"));
	if (tile->height < SMALL + 4 * GAP || room < DIGIT * (double)strlen(text))
		return;
	carved_page_label_at(page, "strong haloed", x, y, room < DIGIT * (double)strlen(both) ? text : both);
	int lines = (int)((tile->height - SMALL - 6 * GAP) / 17);
	if (lines > 0)
		carved_page_label_lines(page, "wide haloed", x, y + 19, carved_site_title(piece->task), 13, room, lines);
}

void carved_site_add_mosaic(struct carved_page *page, const struct carved_site_pieces *pieces, const struct carved_node *role)
{
	double *hours = carved_alloc_array(pieces->count + 1, sizeof *hours);
	size_t *series = carved_alloc_array(pieces->count + 1, sizeof *series);
	struct carved_tile *tiles = carved_alloc_array(pieces->count + 1, sizeof *tiles);
	for (size_t i = 0; i < pieces->count; i++) {
		hours[i] = pieces->items[i].hours;
		series[i] = pieces->items[i].series;
	}
	carved_treemap_lay_groups(hours, series, pieces->count, (struct carved_tile){0, 0, WIDTH, HEIGHT}, tiles);
	carved_page_drawing_open(page, "mosaic", WIDTH, HEIGHT, "report.mosaic", "report.mosaic.description",
		(const struct carved_said[]){CARVED_SAY_VALUE("tasks", (double)pieces->count),
			CARVED_SAY_NUMBER("hours", carved_node_get(role, "hours")), {0}});
	for (size_t i = 0; i < pieces->count; i++) {
		const struct carved_tile *tile = &tiles[i];
		if (tile->width <= 2 * GAP || tile->height <= 2 * GAP)
			continue;
		carved_page_rect(page, carved_page_series(series[i]), tile->x + GAP, tile->y + GAP, tile->width - 2 * GAP,
			tile->height - 2 * GAP);
		add_labels(page, &pieces->items[i], i + 1, tile);
	}
	carved_page_drawing_close(page);
	free(hours);
	free(series);
	free(tiles);
}

// ---- the week

#define REM_PER_HOUR 1.2 // of a block

static void add_pane(struct carved_page *page, const char *class, const char *width)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "rect");
	carved_markup_attribute(m, "class", class);
	carved_markup_attribute(m, "width", width);
	carved_markup_attribute(m, "height", "100%");
	carved_markup_close(m, "rect");
}

static void add_block(
	struct carved_page *page, const struct carved_site_pieces *pieces, size_t index, const struct carved_node *hours)
{
	struct carved_markup *m = &page->markup;
	const struct carved_site_piece *piece = &pieces->items[index];
	double number = hours->kind == CARVED_NODE_REAL ? hours->real : (double)hours->integer;
	carved_markup_open(m, "div");
	carved_markup_attribute(m, "class", "block");
	carved_markup_attribute_printf(m, "style", "min-height:%.4grem", number * REM_PER_HOUR);
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "aria-hidden", "true");
	carved_markup_attribute(m, "width", "100%");
	carved_markup_attribute(m, "height", "100%");
	add_pane(page, carved_page_tint(piece->series), "100%");
	add_pane(page, carved_page_series(piece->series), "10");
	carved_markup_close(m, "svg");
	carved_markup_open(m, "p");
	carved_site_add_key(page, pieces, index);
	carved_markup_text(m, " ");
	carved_page_say(page, "report.hours-short", CARVED_SAY_NUMBER("hours", hours));
	carved_markup_close(m, "p");
	carved_markup_close(m, "div");
}

// The entries of a day part; none where page is NULL. Returns whether there are any.
static bool add_entries(
	struct carved_page *page, const struct carved_site_pieces *pieces, const struct carved_node *role, int part)
{
	bool any = false;
	const struct carved_node *entry = carved_node_first(carved_node_get(role, "schedule"));
	for (; entry; entry = entry->next) {
		if (carved_day_part_parse(carved_node_get_text(entry, "part", "")) != part)
			continue;
		any = true;
		if (page)
			add_block(page, pieces, pieces->of_slot[carved_node_get_integer(entry, "slot", 0)],
				carved_node_get(entry, "hours"));
	}
	return any;
}

static bool is_worked(const struct carved_node *role, int day, int part)
{
	return add_entries(NULL, NULL, role, day * CARVED_PARTS_PER_DAY + part);
}

// The working week, and the weekend as far as it is worked.
static int days_of(const struct carved_node *role)
{
	int days = CARVED_FRI + 1;
	for (int day = days; day < CARVED_DAYS; day++) {
		for (int part = 0; part < CARVED_PARTS_PER_DAY; part++)
			days = is_worked(role, day, part) ? day + 1 : days;
	}
	return days;
}

static void add_part(
	struct carved_page *page, const struct carved_site_pieces *pieces, const struct carved_node *role, int part, int days)
{
	carved_page_row_open(page);
	carved_page_cell_label(page, true, carved_page_label(page, "carve.part", carved_part_names[part]));
	for (int day = 0; day < days; day++) {
		carved_page_cell_open(page, false, false);
		add_entries(page, pieces, role, day * CARVED_PARTS_PER_DAY + part);
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
}

void carved_site_add_week(struct carved_page *page, const struct carved_site_pieces *pieces, const struct carved_node *role)
{
	static const struct carved_page_column columns[1 + CARVED_DAYS] = {{"carve.column.part", false}, {"carve.day.mon", false},
		{"carve.day.tue", false}, {"carve.day.wed", false}, {"carve.day.thu", false}, {"carve.day.fri", false},
		{"carve.day.sat", false}, {"carve.day.sun", false}};
	int days = days_of(role);
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "week");
	carved_page_element(page, "h4", NULL, "report.site.role.week");
	carved_page_table_open(page, "report.site.role.week", columns, 1 + (size_t)days);
	for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
		bool any = false;
		for (int day = 0; day < days; day++)
			any |= is_worked(role, day, part);
		if (any)
			add_part(page, pieces, role, part, days);
	}
	carved_page_table_close(page);
	carved_markup_close(&page->markup, "div");
}
