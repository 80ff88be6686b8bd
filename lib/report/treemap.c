// SPDX-License-Identifier: EUPL-1.2
#include "treemap.h"
#include "carved/base/arena.h"
#include <stdbool.h>
#include <stdlib.h>

struct ranked {
	double area;
	size_t index;
};

// The largest first; equal ones in their order, so that a page is always the same.
static int compare(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;
	if (a->area != b->area)
		return a->area < b->area ? 1 : -1;
	return a->index < b->index ? -1 : a->index > b->index;
}

static double shorter_side(const struct carved_tile *rest)
{
	return rest->width < rest->height ? rest->width : rest->height;
}

// How long the longest tile of a row is for its width: the paper's `worst`.
static double longest(double largest, double smallest, double row_area, double side)
{
	double wide = side * side * largest / (row_area * row_area), high = row_area * row_area / (side * side * smallest);
	return wide > high ? wide : high;
}

// How many of the tiles, the largest first, make the next row.
static size_t count_row(const struct ranked *tiles, size_t count, double side, double *ret_area)
{
	double area = tiles[0].area, worst = longest(tiles[0].area, tiles[0].area, area, side);
	size_t row = 1;
	for (; row < count; row++) {
		double next = longest(tiles[0].area, tiles[row].area, area + tiles[row].area, side);
		if (next > worst)
			break;
		area += tiles[row].area;
		worst = next;
	}
	*ret_area = area;
	return row;
}

// Lays a row along the shorter side and takes it off the rest.
static void lay_row(
	const struct ranked *tiles, size_t count, double row_area, struct carved_tile *rest, struct carved_tile *ret_tiles)
{
	bool standing = rest->height <= rest->width; // the row stands at the left, its tiles one below the other
	double side = shorter_side(rest), thickness = row_area / side, at = 0;
	for (size_t i = 0; i < count; i++) {
		double length = tiles[i].area / thickness;
		ret_tiles[tiles[i].index] = standing ? (struct carved_tile){rest->x, rest->y + at, thickness, length}
						     : (struct carved_tile){rest->x + at, rest->y, length, thickness};
		at += length;
	}
	if (standing) {
		rest->x += thickness;
		rest->width -= thickness;
	} else {
		rest->y += thickness;
		rest->height -= thickness;
	}
}

void carved_treemap_lay(const double *weights, size_t count, struct carved_tile frame, struct carved_tile *ret_tiles)
{
	struct ranked *tiles = carved_alloc_array(count + 1, sizeof *tiles);
	double sum = 0;
	size_t used = 0;
	for (size_t i = 0; i < count; i++)
		sum += weights[i];
	for (size_t i = 0; i < count; i++) {
		ret_tiles[i] = (struct carved_tile){.x = frame.x, .y = frame.y};
		if (weights[i] > 0)
			tiles[used++] = (struct ranked){weights[i] / sum * frame.width * frame.height, i};
	}
	qsort(tiles, used, sizeof *tiles, compare);
	for (size_t i = 0; i < used;) {
		double area;
		size_t row = count_row(tiles + i, used - i, shorter_side(&frame), &area);
		lay_row(tiles + i, row, area, &frame, ret_tiles);
		i += row;
	}
	free(tiles);
}

static void lay_group(const double *weights, const size_t *groups, size_t count, size_t group, struct carved_tile frame,
	struct carved_tile *ret_tiles)
{
	double *own = carved_alloc_array(count, sizeof *own);
	struct carved_tile *tiles = carved_alloc_array(count, sizeof *tiles);
	for (size_t i = 0; i < count; i++)
		own[i] = groups[i] == group ? weights[i] : 0;
	carved_treemap_lay(own, count, frame, tiles);
	for (size_t i = 0; i < count; i++) {
		if (groups[i] == group)
			ret_tiles[i] = tiles[i];
	}
	free(own);
	free(tiles);
}

void carved_treemap_lay_groups(
	const double *weights, const size_t *groups, size_t count, struct carved_tile frame, struct carved_tile *ret_tiles)
{
	size_t group_count = 0;
	for (size_t i = 0; i < count; i++)
		group_count = groups[i] >= group_count ? groups[i] + 1 : group_count;
	double *sums = carved_alloc_array(group_count + 1, sizeof *sums);
	struct carved_tile *frames = carved_alloc_array(group_count + 1, sizeof *frames);
	for (size_t i = 0; i < count; i++)
		sums[groups[i]] += weights[i];
	carved_treemap_lay(sums, group_count, frame, frames);
	for (size_t group = 0; group < group_count; group++)
		lay_group(weights, groups, count, group, frames[group], ret_tiles);
	free(sums);
	free(frames);
}
