// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "treemap.h"
#include <math.h>
#include <stdbool.h>

#define MOST 200
#define EXACT 1e-6
static const struct carved_tile frame = {10, 20, 720, 300};

static double area(const struct carved_tile *tile)
{
	return tile->width * tile->height;
}

static bool overlap(const struct carved_tile *a, const struct carved_tile *b)
{
	double width = fmin(a->x + a->width, b->x + b->width) - fmax(a->x, b->x);
	double height = fmin(a->y + a->height, b->y + b->height) - fmax(a->y, b->y);
	return width > EXACT && height > EXACT;
}

static bool is_inside(const struct carved_tile *tile, const struct carved_tile *whole)
{
	return tile->x >= whole->x - EXACT && tile->y >= whole->y - EXACT &&
	       tile->x + tile->width <= whole->x + whole->width + EXACT &&
	       tile->y + tile->height <= whole->y + whole->height + EXACT;
}

static void check_tiles(const double *weights, const struct carved_tile *tiles, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += weights[i];
	for (size_t i = 0; i < count; i++) {
		assert_true(fabs(area(&tiles[i]) / area(&frame) - weights[i] / sum) < EXACT);
		assert_true(is_inside(&tiles[i], &frame));
		for (size_t k = 0; k < i; k++)
			assert_false(overlap(&tiles[i], &tiles[k]));
	}
}

// Quarter hours from 0 to 12, always the same ones.
static void draw_weights(unsigned seed, double *weights, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		seed = seed * 1103515245u + 12345u;
		weights[i] = (seed >> 16) % 49 / 4.0;
	}
	weights[count / 2] = 3.25;
}

static void areas_are_as_the_weights_within_the_frame_and_apart(void **state)
{
	double weights[MOST];
	struct carved_tile tiles[MOST];
	(void)state;
	for (size_t count = 1; count <= MOST; count++) {
		draw_weights((unsigned)count, weights, count);
		carved_treemap_lay(weights, count, frame, tiles);
		check_tiles(weights, tiles, count);
	}
}

static void one_tile_is_the_frame(void **state)
{
	const double weight = 0.25;
	struct carved_tile tile;
	(void)state;
	carved_treemap_lay(&weight, 1, frame, &tile);
	assert_memory_equal(&tile, &frame, sizeof tile);
}

static void tiles_of_no_hours_have_no_area_and_take_none_from_others(void **state)
{
	const double weights[] = {0, 6, 0, 2}, none[] = {0, 0};
	struct carved_tile tiles[4];
	(void)state;
	carved_treemap_lay(weights, 4, frame, tiles);
	check_tiles(weights, tiles, 4);
	assert_true(area(&tiles[0]) == 0 && area(&tiles[2]) == 0);
	carved_treemap_lay(none, 2, frame, tiles);
	assert_true(area(&tiles[0]) == 0 && area(&tiles[1]) == 0);
	carved_treemap_lay(none, 0, frame, tiles);
}

// The example of the paper: 6 x 4 and weights 6 6 4 3 2 2 1; the worst of its rows is 25/9 long.
static void tiles_are_nearly_square(void **state)
{
	const double weights[] = {6, 6, 4, 3, 2, 2, 1};
	const struct carved_tile paper = {0, 0, 6, 4};
	struct carved_tile tiles[7];
	(void)state;
	carved_treemap_lay(weights, 7, paper, tiles);
	for (size_t i = 0; i < 7; i++)
		assert_true(fmax(tiles[i].width / tiles[i].height, tiles[i].height / tiles[i].width) <= 25.0 / 9 + EXACT);
	assert_true(fabs(tiles[0].width - 3) < EXACT && fabs(tiles[0].height - 2) < EXACT);
}

// The rectangle around the tiles of a group.
static struct carved_tile around(const struct carved_tile *tiles, const size_t *groups, size_t count, size_t group)
{
	double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
	for (size_t i = 0; i < count; i++) {
		if (groups[i] != group || area(&tiles[i]) == 0)
			continue;
		left = fmin(left, tiles[i].x);
		top = fmin(top, tiles[i].y);
		right = fmax(right, tiles[i].x + tiles[i].width);
		bottom = fmax(bottom, tiles[i].y + tiles[i].height);
	}
	return (struct carved_tile){left, top, right - left, bottom - top};
}

static void tiles_of_a_group_fill_one_rectangle(void **state)
{
	double weights[MOST];
	size_t groups[MOST];
	struct carved_tile tiles[MOST];
	(void)state;
	for (size_t count = 1; count <= MOST; count++) {
		double sums[7] = {0}, sum = 0;
		draw_weights(1000 + (unsigned)count, weights, count);
		for (size_t i = 0; i < count; i++) {
			groups[i] = i % 7;
			sums[i % 7] += weights[i];
			sum += weights[i];
		}
		carved_treemap_lay_groups(weights, groups, count, frame, tiles);
		check_tiles(weights, tiles, count);
		for (size_t group = 0; group < 7; group++) {
			struct carved_tile whole = around(tiles, groups, count, group);
			if (sums[group] > 0)
				assert_true(fabs(area(&whole) / area(&frame) - sums[group] / sum) < EXACT);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(areas_are_as_the_weights_within_the_frame_and_apart),
		cmocka_unit_test(one_tile_is_the_frame),
		cmocka_unit_test(tiles_of_no_hours_have_no_area_and_take_none_from_others),
		cmocka_unit_test(tiles_are_nearly_square),
		cmocka_unit_test(tiles_of_a_group_fill_one_rectangle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
