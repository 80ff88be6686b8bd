// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "scale.h"
#include <math.h>

static void expect_near(double value, double expected)
{
	assert_true(fabs(value - expected) <= fabs(expected) * 1e-6 + 1e-9);
}

static void check(double low, double high, int ticks, double from, double to, double step)
{
	struct carved_scale scale = carved_scale_around(low, high, ticks);
	expect_near(scale.low, from);
	expect_near(scale.high, to);
	expect_near(scale.step, step);
}

static void ticks_are_multiples_of_one_two_or_five_around_what_is_shown(void **state)
{
	(void)state;
	check(808047, 930689, 6, 800000, 950000, 50000);
	check(0, 1.204, 9, 0, 1.4, 0.2);
	check(0, 900, 9, 0, 1000, 200);
	check(-3, 4, 5, -4, 4, 2);
}

static void what_lies_on_ticks_is_not_widened(void **state)
{
	(void)state;
	check(0, 10, 6, 0, 10, 2);
	check(0, 0.3, 4, 0, 0.3, 0.1);
}

static void a_single_value_has_an_axis_too(void **state)
{
	(void)state;
	check(0, 0, 3, 0, 0.5, 0.5);
	struct carved_scale scale = carved_scale_around(889047, 889047, 6);
	assert_true(scale.low <= 889047 && scale.high >= 889047 && scale.high > scale.low);
}

static void there_are_never_more_ticks_than_asked_for(void **state)
{
	(void)state;
	for (int i = 1; i < 2000; i++) {
		double low = i * 37.7, high = low + i * i * 0.13;
		for (int ticks = 2; ticks < 12; ticks++) {
			struct carved_scale scale = carved_scale_around(low, high, ticks);
			assert_true(round((scale.high - scale.low) / scale.step) + 1 <= ticks);
			assert_true(scale.low <= low + scale.step * 1e-6 && scale.high >= high - scale.step * 1e-6);
		}
	}
}

static void the_length_of_a_bar_that_fits_is_one_two_or_five(void **state)
{
	(void)state;
	expect_near(carved_scale_below(9.9), 5);
	expect_near(carved_scale_below(10), 10);
	expect_near(carved_scale_below(2), 2);
	expect_near(carved_scale_below(0.19), 0.1);
}

static void values_lie_where_their_share_of_the_scale_says(void **state)
{
	struct carved_scale scale = {.low = 100, .high = 200, .step = 50};
	(void)state;
	expect_near(carved_scale_at(&scale, 100, 300, 0), 300);
	expect_near(carved_scale_at(&scale, 150, 300, 0), 150);
	expect_near(carved_scale_at(&scale, 200, 300, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ticks_are_multiples_of_one_two_or_five_around_what_is_shown),
		cmocka_unit_test(what_lies_on_ticks_is_not_widened),
		cmocka_unit_test(a_single_value_has_an_axis_too),
		cmocka_unit_test(there_are_never_more_ticks_than_asked_for),
		cmocka_unit_test(the_length_of_a_bar_that_fits_is_one_two_or_five),
		cmocka_unit_test(values_lie_where_their_share_of_the_scale_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
