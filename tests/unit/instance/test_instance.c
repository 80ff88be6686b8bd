// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/budget.h"
#include "carved/instance/solution.h"
#include "support/carved_cmocka.h"
#include "support/small_instance.h"
#include <string.h>

static struct carved_instance instance;

static int setup(void **state)
{
	(void)state;
	small_instance_init(&instance);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	carved_instance_deinit(&instance);
	return 0;
}

static void assert_refused(const char *array, const char *reason)
{
	struct carved_error error;
	assert_false(carved_instance_check(&instance, &error));
	assert_int_equal(error.code, CARVED_INSTANCE_INVALID);
	assert_string_equal(carved_error_get(&error, "array"), array);
	assert_string_equal(carved_error_get(&error, "reason"), reason);
}

static void indices_and_ranges_outside_their_arrays_are_refused(void **state)
{
	(void)state;
	instance.candidates[0].coach = 1;
	assert_refused("candidates", "coach");
	instance.candidates[0].coach = 0;
	instance.candidates[0].limitations = (struct carved_range){.first = UINT32_MAX, .count = 2};
	assert_refused("candidates", "limitations");
	instance.candidates[0].limitations.count = 0;
	instance.candidates[0].limitations.first = 0;
	instance.slots[1].tags.count = 2;
	assert_refused("slots", "tags");
	instance.slots[1].tags.count = 1;
	instance.slots[1].job = 1;
	assert_refused("jobs", "a slot names another job");
	instance.slots[1].job = 0;
	instance.parents[1] = 1;
	assert_refused("parents", "a parent comes before its children");
}

static void numbers_out_of_range_are_refused(void **state)
{
	(void)state;
	instance.candidates[0].max_minutes = 0;
	assert_refused("candidates", "max_minutes");
	instance.candidates[0].max_minutes = 40;
	instance.candidates[0].available_q[2] = 4;
	assert_refused("candidates", "available");
	instance.candidates[0].available_q[2] = 0;
	instance.slots[0].chunk_q = 0;
	assert_refused("slots", "chunk");
	instance.slots[0].chunk_q = 4;
	instance.levels[8].level = 5;
	assert_refused("slots", "demands");
	instance.levels[8].level = 1;
	instance.travel_count = 3;
	assert_refused("travel", "size");
	instance.travel_count = 4;
	instance.weights.fit_wish++;
	assert_refused("weights", "the shares of fit add up to 100");
	instance.weights.fit_wish = instance.weights.fit_comfort = INT32_MAX;
	assert_refused("weights", "fit-comfort");
}

static void words_are_found_and_lists_meet(void **state)
{
	(void)state;
	uint32_t words[] = {1, 4, 9, 2, 4};
	instance.words = words;
	struct carved_range first = {0, 3}, second = {3, 2}, last = {3, 1};
	assert_true(carved_instance_has_word(&instance, first, 9));
	assert_false(carved_instance_has_word(&instance, first, 2));
	assert_true(carved_instance_words_meet(&instance, first, second));
	assert_false(carved_instance_words_meet(&instance, first, last));
}

static void minutes_of_the_matching_system_come_before_the_formula(void **state)
{
	(void)state;
	assert_int_equal(carved_instance_minutes(&instance, 0, 0), 10);
	struct carved_minutes given = {.place = 0, .minutes = 33};
	instance.minutes = &given;
	instance.minutes_count = instance.candidates[0].minutes.count = 1;
	assert_int_equal(carved_instance_minutes(&instance, 0, 0), 33);
}

// 40 x 5 + 36 x 7 + 40 x 2 + 2 x 1000 + 96 x 3; the coach has no reserve.
static void prices_times_capacities_add_up(void **state)
{
	(void)state;
	struct carved_prices prices;
	carved_prices_init(&prices, &instance, &instance.arena);
	assert_int_equal(carved_prices_capacity_value(&prices, &instance), 0);
	prices.slot[0] = 5;
	prices.donor[0] = 7;
	prices.supervision[0] = 2;
	prices.places[0] = 1000;
	prices.coach[0] = 3;
	prices.reserve[0] = 11;
	assert_int_equal(carved_prices_capacity_value(&prices, &instance), 200 + 252 + 80 + 2000 + 288);
	instance.coaches[0].reserve_q = 10;
	assert_int_equal(carved_prices_capacity_value(&prices, &instance), 200 + 252 + 80 + 2000 + 288 + 110);
}

static void presets_lie_in_their_ranges_and_are_found_by_name(void **state)
{
	(void)state;
	struct carved_budget budget;
	carved_budget_init(&budget);
	for (size_t i = 0; i < carved_weight_count; i++) {
		const struct carved_weight_info *info = &carved_weight_infos[i];
		assert_in_range(info->preset - info->lowest, 0, info->highest - info->lowest);
		assert_int_equal(carved_weight_get(&instance.weights, info), info->preset);
		assert_ptr_equal(carved_weight_find(info->name), info);
	}
	for (size_t i = 0; i < carved_budget_count; i++) {
		assert_in_range(carved_budget_infos[i].preset, carved_budget_infos[i].lowest, carved_budget_infos[i].highest);
		assert_int_equal(*(uint32_t *)((char *)&budget + carved_budget_infos[i].offset), carved_budget_infos[i].preset);
	}
	assert_null(carved_weight_find("no-such-weight"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(indices_and_ranges_outside_their_arrays_are_refused),
		TEST(numbers_out_of_range_are_refused),
		TEST(words_are_found_and_lists_meet),
		TEST(minutes_of_the_matching_system_come_before_the_formula),
		TEST(prices_times_capacities_add_up),
		TEST(presets_lie_in_their_ranges_and_are_found_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
