// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: work that is drawn, the same way on every page that has tasks: a key, a tile of a mosaic, a block of a week.
#pragma once
#include "page.h"
#include "treemap.h"

struct carved_drawn_task {
	size_t number; // from 1: the same in mosaic, table and week
	size_t series; // of the job that it comes from: its pattern and colour
	const char *title;
	double hours;
};

// Its number on its pattern, read out with its title. On small screens too as large as on paper: a key does not scale with the page.
void carved_drawn_key(struct carved_page *page, const struct carved_drawn_task *task);

// The first cell of its row: key and title, and whether nobody does it today.
void carved_drawn_cell(struct carved_page *page, const struct carved_drawn_task *task, bool is_undone);

// ---- the mosaic: areas are hours, tasks of one series lie together

#define CARVED_DRAWN_GAP 2.0    // around each tile: the ground shows through
#define CARVED_DRAWN_MARGIN 9.0 // of the words in a tile

// Writes on a tile what fits there: the table below has it all.
typedef void carved_drawn_label_fn(
	struct carved_page *page, const struct carved_drawn_task *task, const struct carved_tile *tile);

void carved_drawn_mosaic(struct carved_page *page, const struct carved_drawn_task *tasks, size_t count, double height,
	const struct carved_node *hours, carved_drawn_label_fn *label);

// ---- the week as a calendar: a real table, days across and day parts down. The weekend is left out where nobody works in it, and so are other parts.

struct carved_drawn_week {
	bool (*part)(struct carved_page *page, const void *context,
		int part); // its blocks; `page` NULL: none. Returns whether it is worked
	void (*sum)(struct carved_page *page, const void *context, int day); // NULL: the week has no sums
	const void *context;
};
void carved_drawn_add_week(struct carved_page *page, const char *caption, const struct carved_drawn_week *week);

// What is worked at a task in one day part: `entry` has its `hours`. With a title the block may have to be higher than its hours, so that its stripe alone is as long as they are; without
// one (`title_class` NULL) the block is.
void carved_drawn_block(
	struct carved_page *page, const struct carved_drawn_task *task, const struct carved_node *entry, const char *title_class);
