// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "journeys.h"
#include <stdlib.h>

static void few_journeys_stay_as_they_are_with_most_people_first(void **state)
{
	struct carved_journey journeys[] = {{{1, 1}, {200, 1}, 1}, {{5, 5}, {6, 6}, 4}, {{9, 9}, {1, 9}, 2}};
	(void)state;
	assert_int_equal(carved_journeys_bundle(journeys, 3, 3, 50), 3);
	assert_true(journeys[0].people == 4 && journeys[1].people == 2 && journeys[2].people == 1);
	assert_true(journeys[0].from.x == 5 && journeys[0].to.x == 6);
}

static void journeys_between_the_same_parts_become_one_from_middle_to_middle(void **state)
{
	struct carved_journey journeys[] = {{{10, 10}, {110, 10}, 1}, {{30, 20}, {130, 40}, 3}, {{110, 10}, {10, 10}, 2}};
	(void)state;
	assert_int_equal(carved_journeys_bundle(journeys, 3, 2, 50), 2);
	assert_true(journeys[0].people == 4);
	assert_true(journeys[0].from.x == 25 && journeys[0].from.y == 17.5); // each home counts as often as people live there
	assert_true(journeys[0].to.x == 125 && journeys[0].to.y == 32.5);
	assert_true(journeys[1].people == 2 && journeys[1].from.x == 110); // the way back is another journey
}

static void journeys_within_a_part_are_left_out_of_bundles(void **state)
{
	struct carved_journey journeys[] = {{{10, 10}, {40, 40}, 5}, {{10, 10}, {60, 10}, 1}};
	(void)state;
	assert_int_equal(carved_journeys_bundle(journeys, 2, 1, 50), 1);
	assert_true(journeys[0].people == 1);
}

static void there_are_never_more_than_asked_for_and_nobody_is_counted_twice(void **state)
{
	enum { COUNT = 5000, MOST = 300 };
	struct carved_journey *journeys = calloc(COUNT, sizeof *journeys);
	double people = 0;
	(void)state;
	srand(5);
	for (int i = 0; i < COUNT; i++)
		journeys[i] = (struct carved_journey){{rand() % 720, rand() % 600}, {rand() % 720, rand() % 600}, 1};
	size_t left = carved_journeys_bundle(journeys, COUNT, MOST, 45);
	assert_int_equal(left, MOST);
	for (size_t i = 0; i < left; i++) {
		people += journeys[i].people;
		assert_true(i == 0 || journeys[i].people <= journeys[i - 1].people);
		assert_true(journeys[i].from.x >= 0 && journeys[i].from.x <= 720);
	}
	assert_true(people <= COUNT);
	free(journeys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_journeys_stay_as_they_are_with_most_people_first),
		cmocka_unit_test(journeys_between_the_same_parts_become_one_from_middle_to_middle),
		cmocka_unit_test(journeys_within_a_part_are_left_out_of_bundles),
		cmocka_unit_test(there_are_never_more_than_asked_for_and_nobody_is_counted_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
