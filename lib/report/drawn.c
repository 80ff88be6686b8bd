// SPDX-License-Identifier: EUPL-1.2
#include "drawn.h"
#include "carved/base/buffer.h"
#include <stdio.h>
#include <stdlib.h>

#define WIDTH 720.0

void carved_drawn_key(struct carved_page *page, const struct carved_drawn_task *task)
{
	struct carved_markup *m = &page->markup;
	struct carved_buffer name = CARVED_BUFFER_INIT; // titles may be long
	char number[24];
	snprintf(number, sizeof number, "%zu", task->number);
	carved_buffer_printf(&name, "%s: %s", number, task->title);
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "class", "key");
	carved_markup_attribute(m, "role", "img");
	carved_markup_attribute(m, "aria-label", name.data);
	carved_markup_attribute(m, "viewBox", "0 0 28 22");
	carved_page_rect(page, carved_page_series(task->series), 0.5, 0.5, 27, 21);
	carved_page_label_at(page, "strong middle haloed", 14, 16, number);
	carved_markup_close(m, "svg");
	carved_buffer_deinit(&name);
}

void carved_drawn_cell(struct carved_page *page, const struct carved_drawn_task *task, bool is_undone)
{
	struct carved_markup *m = &page->markup;
	carved_page_cell_open(page, true, false);
	carved_markup_open(m, "span");
	carved_markup_attribute(m, "class", "keyed");
	carved_drawn_key(page, task);
	carved_markup_open(m, "span");
	carved_page_words(page, task->title);
	if (is_undone) {
		carved_markup_text(m, " ");
		carved_page_element(page, "span", "tag", "report.undone");
	}
	carved_markup_close(m, "span");
	carved_markup_close(m, "span");
	carved_page_cell_close(page, true);
}

static void add_tile(struct carved_page *page, const struct carved_drawn_task *task, const struct carved_tile *tile,
	carved_drawn_label_fn *label)
{
	const double width = tile->width - 2 * CARVED_DRAWN_GAP, height = tile->height - 2 * CARVED_DRAWN_GAP;
	if (width <= 0 || height <= 0)
		return;
	carved_page_rect(
		page, carved_page_series(task->series), tile->x + CARVED_DRAWN_GAP, tile->y + CARVED_DRAWN_GAP, width, height);
	label(page, task, tile);
}

void carved_drawn_mosaic(struct carved_page *page, const struct carved_drawn_task *tasks, size_t count, double height,
	const struct carved_node *hours, carved_drawn_label_fn *label)
{
	double *weights = carved_alloc_array(count + 1, sizeof *weights);
	size_t *series = carved_alloc_array(count + 1, sizeof *series);
	struct carved_tile *tiles = carved_alloc_array(count + 1, sizeof *tiles);
	for (size_t i = 0; i < count; i++) {
		weights[i] = tasks[i].hours;
		series[i] = tasks[i].series;
	}
	carved_treemap_lay_groups(weights, series, count, (struct carved_tile){0, 0, WIDTH, height}, tiles);
	carved_page_drawing_open(page, "mosaic", WIDTH, height, "report.mosaic", "report.mosaic.description",
		(const struct carved_said[]){CARVED_SAY_VALUE("tasks", (double)count), CARVED_SAY_NUMBER("hours", hours), {0}});
	for (size_t i = 0; i < count; i++)
		add_tile(page, &tasks[i], &tiles[i], label);
	carved_page_drawing_close(page);
	free(weights);
	free(series);
	free(tiles);
}
