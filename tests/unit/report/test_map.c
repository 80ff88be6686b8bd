// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "map.h"
#include <math.h>

static void expect_near(double value, double expected, double margin)
{
	if (fabs(value - expected) > margin)
		fail_msg("%g is not %g", value, expected);
}

static const struct carved_centre amersfoort = {52.16, 5.39}, utrecht = {52.09, 5.11};

static void what_is_shown_lies_on_the_drawing_with_room_around(void **state)
{
	const struct carved_centre both[] = {amersfoort, utrecht};
	struct carved_map map = carved_map_around(both, 2, 720, 640);
	(void)state;
	struct carved_map_point east = carved_map_place(&map, amersfoort), west = carved_map_place(&map, utrecht);
	assert_true(map.height >= 320 && map.height <= 640);
	assert_true(east.x > west.x && east.y < west.y); // north is up
	expect_near(east.x, 720 - west.x, 1e-6);         // the middle in the middle
	expect_near((east.x + west.x) / 2, 360, 1e-6);
	assert_true(west.x > 30 && east.x < 690);
	assert_true(carved_map_has(&map, east) && carved_map_has(&map, west));
	assert_false(carved_map_has(&map, carved_map_place(&map, (struct carved_centre){53.2, 6.57})));
}

// 20.6 km by the haversine formula, as travel minutes are reckoned.
static void distances_are_those_of_the_sphere_to_within_a_percent(void **state)
{
	const struct carved_centre both[] = {amersfoort, utrecht};
	struct carved_map map = carved_map_around(both, 2, 720, 640);
	(void)state;
	struct carved_map_point a = carved_map_place(&map, amersfoort), b = carved_map_place(&map, utrecht);
	expect_near(hypot(a.x - b.x, a.y - b.y) / map.scale, 20.65, 0.1);
}

static void a_tall_region_is_as_high_as_the_drawing_and_no_higher(void **state)
{
	const struct carved_centre both[] = {{51, 5}, {53, 5.1}};
	struct carved_map map = carved_map_around(both, 2, 720, 640);
	(void)state;
	expect_near(map.height, 640, 1e-6);
	assert_true(carved_map_place(&map, both[1]).y > 20 && carved_map_place(&map, both[0]).y < 620);
}

static void a_single_place_stands_in_the_middle_of_some_kilometres(void **state)
{
	struct carved_map map = carved_map_around(&amersfoort, 1, 720, 640);
	(void)state;
	struct carved_map_point at = carved_map_place(&map, amersfoort);
	expect_near(at.x, 360, 1e-6);
	expect_near(at.y, map.height / 2, 1e-6);
	assert_true(720 / map.scale >= 6 && 720 / map.scale < 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_shown_lies_on_the_drawing_with_room_around),
		cmocka_unit_test(distances_are_those_of_the_sphere_to_within_a_percent),
		cmocka_unit_test(a_tall_region_is_as_high_as_the_drawing_and_no_higher),
		cmocka_unit_test(a_single_place_stands_in_the_middle_of_some_kilometres),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
