// SPDX-License-Identifier: EUPL-1.2
// The value of a package by hand: DESIGN section 3, on the small instance.
#include "carved/price/price.h"
#include "support/carved_cmocka.h"
#include "support/small_instance.h"

struct given {
	struct carved_instance instance;
	struct carved_arena arena;
	struct carved_prices prices;
	struct carved_pair pair;
	struct carved_price_workspace *workspace;
	int64_t place_value;
};

static int setup(void **state)
{
	static struct given given;
	given = (struct given){0};
	small_instance_init(&given.instance);
	struct carved_profile *profile = carved_profile_new(&given.instance, 0);
	given.place_value = carved_fit_place(&given.instance, 0, carved_profile_options(profile));
	carved_prices_init(&given.prices, &given.instance, &given.arena);
	bool prepared = carved_profile_prepare(profile, 0, &given.arena, &given.pair);
	carved_profile_free(profile);
	given.workspace = carved_price_workspace_new(&given.instance);
	*state = &given;
	return prepared ? 0 : -1;
}

static int teardown(void **state)
{
	struct given *given = *state;
	carved_price_workspace_free(given->workspace);
	carved_arena_deinit(&given->arena);
	carved_instance_deinit(&given->instance);
	return 0;
}

static const struct carved_piece pieces[] = {{.slot = 0, .hours_q = 21}, {.slot = 1, .hours_q = 12}};

static struct carved_package package_of(uint32_t count)
{
	return (struct carved_package){.piece_count = count, .pieces = pieces};
}

// Place: 12 x (1050 + 300, one option) = 16,200. Fit: (21 x 660 + 12 x 725) x 20,000 / (1000 x 64) = 22,560 x 0.3125 = 7,050.
// Relief: 21 x 3 x 25 / 4 = 393.75 -> 393. One job, lifting unknown: -100.
static void the_parts_of_a_value_are_those_worked_out_by_hand(void **state)
{
	struct given *given = *state;
	struct carved_package package = package_of(2);
	carved_price_value(&given->instance, &given->pair, given->place_value, &package);
	assert_int_equal(package.parts.place, 16200);
	assert_int_equal(package.parts.fit, 7050);
	assert_int_equal(package.parts.relief, 393);
	assert_int_equal(package.parts.jobs, 0);
	assert_int_equal(package.parts.aids, 0);
	assert_int_equal(package.parts.unknown, -100);
	assert_int_equal(package.parts.coach + package.parts.buddy, 0);
	assert_int_equal(package.value, 23543);
}

// coach 4 quarters at -51 an hour: -51; buddy 8 quarters at -7: -14; with 7 quarters -12.25 -> -13.
static void parts_that_cost_are_rounded_down_too(void **state)
{
	struct given *given = *state;
	struct carved_package package = package_of(1);
	given->instance.weights.coach_hour = -51;
	given->instance.weights.buddy_hour = -7;
	given->instance.candidates[0].buddy_q = 7;
	carved_price_value(&given->instance, &given->pair, given->place_value, &package);
	assert_int_equal(package.parts.coach, -51);
	assert_int_equal(package.parts.buddy, -13);
}

// The fractions that rounding took away count: relief 393.75, so 23,543.75 points before prices. Prices: linen 21 quarters at 2 points and at 0.5 for the
// donor (42 + 10.5), the garden is undone and pays no donor; buddy 8 at 1, a place 100, coach 4 at 3: 172.5 in all.
static void reduced_value_is_exact_value_less_prices(void **state)
{
	struct given *given = *state;
	struct carved_package package = package_of(2);
	carved_price_value(&given->instance, &given->pair, given->place_value, &package);
	assert_int_equal(carved_price_reduced(&given->instance, &given->pair, &given->prices, &package), 23543750000);
	given->prices.slot[0] = 2 * CARVED_MICRO;
	given->prices.donor[0] = CARVED_MICRO / 2;
	given->prices.supervision[0] = CARVED_MICRO;
	given->prices.places[0] = 100 * CARVED_MICRO;
	given->prices.coach[0] = 3 * CARVED_MICRO;
	given->prices.reserve[0] = 1000 * CARVED_MICRO; // not among the easy half
	assert_int_equal(carved_price_reduced(&given->instance, &given->pair, &given->prices, &package), 23371250000);
	package.kind = CARVED_WHOLE_VACANCY; // pays no donor
	assert_int_equal(carved_price_reduced(&given->instance, &given->pair, &given->prices, &package), 23381750000);
}

// A third of a millionth is rounded up, so that a bound made of it holds: 1 quarter of fit 1 is 20,000 / 64,000 points, 312,500 millionths; a week of 48
// quarters makes it 416,666.67.
static void a_fraction_of_a_millionth_is_rounded_up(void **state)
{
	struct given *given = *state;
	const struct carved_piece one = {.slot = 1, .hours_q = 1};
	struct carved_package package = {.piece_count = 1, .pieces = &one};
	given->pair.slots[1].fit = 1;
	given->instance.candidates[0].max_q = 48;
	carved_price_value(&given->instance, &given->pair, 0, &package);
	assert_int_equal(package.value, 0);
	assert_int_equal(carved_price_reduced(&given->instance, &given->pair, NULL, &package), 416667);
}

// Linen up to the cap of 36, garden up to 24, 64 in all, but Monday and Tuesday hold no more than 6 h each: 48. The garden is worth more an hour (725 x 0.3125 =
// 226.56 against 660 x 0.3125 + 3 x 6.25 = 225): 24 of it and 24 of linen.
static void the_best_package_is_the_one_worked_out_by_hand(void **state)
{
	struct given *given = *state;
	struct carved_price_query query = {.place_value = given->place_value, .node_limit = 100};
	struct carved_price_result result;
	carved_price_best(given->workspace, &given->pair, &query, &result);
	assert_int_equal(result.answer, CARVED_PRICE_FOUND);
	assert_int_equal(result.package.piece_count, 2);
	assert_int_equal(result.package.pieces[0].hours_q, 24);
	assert_int_equal(result.package.pieces[1].hours_q, 24);
	assert_int_equal(result.package.value, 16200 + 24 * 725 * 5 / 16 + 24 * 660 * 5 / 16 + 24 * 75 / 4 - 100);
}

static void nothing_is_said_to_be_left_where_the_coach_has_no_time(void **state)
{
	struct given *given = *state;
	struct carved_price_query query = {.place_value = given->place_value, .node_limit = 100};
	struct carved_price_result result;
	given->instance.coaches[0].hours_q = 3;
	carved_price_best(given->workspace, &given->pair, &query, &result);
	assert_int_equal(result.answer, CARVED_PRICE_NONE);
	assert_true(result.bound == CARVED_PRICE_NO_PACKAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_parts_of_a_value_are_those_worked_out_by_hand, setup, teardown),
		cmocka_unit_test_setup_teardown(parts_that_cost_are_rounded_down_too, setup, teardown),
		cmocka_unit_test_setup_teardown(reduced_value_is_exact_value_less_prices, setup, teardown),
		cmocka_unit_test_setup_teardown(a_fraction_of_a_millionth_is_rounded_up, setup, teardown),
		cmocka_unit_test_setup_teardown(the_best_package_is_the_one_worked_out_by_hand, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_is_said_to_be_left_where_the_coach_has_no_time, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
