// SPDX-License-Identifier: EUPL-1.2
// The pieces of a role, drawn: a mosaic whose areas are hours, and a week as a calendar.
#include "carved/base/week.h"
#include "site.h"
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
	const struct carved_node *task = find(carved_node_get(work, "tasks"), carved_node_get_text(slot, "task", ""));
	return (struct carved_site_piece){.work = work,
		.task = task,
		.is_fixed = carved_node_get(slot, "part") != NULL,
		.drawn = {.title = carved_site_title(task),
			.series = job ? index_of(jobs, work) : jobs->count + index_of(vacancies, work)}};
}

void carved_site_pieces_init(struct carved_site_pieces *pieces, const struct carved_node *answer, const struct carved_node *role)
{
	const struct carved_node *slots = carved_node_get(role, "slots");
	size_t index = 0;
	*pieces = (struct carved_site_pieces){.items = carved_alloc_array(slots->count + 1, sizeof *pieces->items),
		.of_slot = carved_alloc_array(slots->count + 1, sizeof *pieces->of_slot)};
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next, index++) {
		struct carved_site_piece piece = piece_of(answer, slot);
		if (pieces->count == 0 || pieces->items[pieces->count - 1].task != piece.task) {
			piece.drawn.number = pieces->count + 1;
			pieces->items[pieces->count++] = piece;
		}
		pieces->items[pieces->count - 1].drawn.hours += carved_node_get_real(slot, "hours", 0);
		pieces->of_slot[index] = pieces->count - 1;
	}
}

void carved_site_pieces_deinit(struct carved_site_pieces *pieces)
{
	free(pieces->items);
	free(pieces->of_slot);
}

// ---- the mosaic

enum { HEIGHT = 150, SMALL = 22, DIGIT = 13 };

// Number and hours, as large as small screens show them, and the title on larger ones. What does not fit is left out: the table has it.
static void add_labels(struct carved_page *page, const struct carved_drawn_task *task, const struct carved_tile *tile)
{
	const double gap = CARVED_DRAWN_GAP, margin = gap + CARVED_DRAWN_MARGIN;
	char text[24], hours[CARVED_PAGE_NUMBER_MAX], both[CARVED_PAGE_NUMBER_MAX + 64];
	const double x = tile->x + margin, room = tile->width - 2 * margin, y = tile->y + gap + SMALL;
	snprintf(text, sizeof text, "%zu", task->number);
	snprintf(both, sizeof both, "%s: %s %s", text, carved_page_format(page, task->hours, hours),
		carved_text(page->language, "report.unit.hours"));
	if (tile->height < SMALL + 4 * gap || room < DIGIT * (double)strlen(text))
		return;
	carved_page_label_at(page, "strong haloed", x, y, room < DIGIT * (double)strlen(both) ? text : both);
	int lines = (int)((tile->height - SMALL - 6 * gap) / 17);
	if (lines > 0)
		carved_page_label_lines(page, "wide haloed", x, y + 19, task->title, 13, room, lines);
}

void carved_site_add_mosaic(struct carved_page *page, const struct carved_site_pieces *pieces, const struct carved_node *role)
{
	struct carved_drawn_task *drawn = carved_alloc_array(pieces->count + 1, sizeof *drawn);
	for (size_t i = 0; i < pieces->count; i++)
		drawn[i] = pieces->items[i].drawn;
	carved_drawn_mosaic(page, drawn, pieces->count, HEIGHT, carved_node_get(role, "hours"), add_labels);
	free(drawn);
}

// ---- the week

struct role_pieces {
	const struct carved_node *role;
	const struct carved_site_pieces *pieces;
};

static bool add_part(struct carved_page *page, const void *context, int part)
{
	const struct role_pieces *of = context;
	bool any = false;
	const struct carved_node *entry = carved_node_first(carved_node_get(of->role, "schedule"));
	for (; entry; entry = entry->next) {
		if (carved_day_part_parse(carved_node_get_text(entry, "part", "")) != part)
			continue;
		any = true;
		size_t piece = of->pieces->of_slot[carved_node_get_integer(entry, "slot", 0)];
		if (page)
			carved_drawn_block(page, &of->pieces->items[piece].drawn, entry, NULL);
	}
	return any;
}

void carved_site_add_week(struct carved_page *page, const struct carved_site_pieces *pieces, const struct carved_node *role)
{
	const struct role_pieces of = {role, pieces};
	const struct carved_drawn_week week = {.part = add_part, .context = &of};
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "week");
	carved_page_element(page, "h4", NULL, "report.site.role.week");
	carved_drawn_add_week(page, "report.site.role.week", &week);
	carved_markup_close(&page->markup, "div");
}
