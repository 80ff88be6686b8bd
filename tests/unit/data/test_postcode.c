// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/data/postcode.h"
#include <stdio.h>
#include <string.h>

static enum carved_mode mode_of(const char *name)
{
	static const char *const names[CARVED_MODES] = {"walk", "bicycle", "public-transport", "car"};
	for (int mode = 0; mode < CARVED_MODES; mode++) {
		if (strcmp(name, names[mode]) == 0)
			return (enum carved_mode)mode;
	}
	fail_msg("no mode: %s", name);
	return CARVED_WALK;
}

// The file was computed once by a program in another language, straight from the formula.
static void a_thousand_journeys_take_the_minutes_that_an_independent_program_computed(void **state)
{
	FILE *file = fopen(CARVED_SOURCE_DIR "/tests/support/travel_minutes.csv", "r");
	unsigned from, to, minutes;
	char mode[32], heading[64];
	int rows = 0;
	(void)state;
	assert_non_null(file);
	assert_non_null(fgets(heading, sizeof heading, file));
	for (; fscanf(file, "%u,%u,%31[^,],%u\n", &from, &to, mode, &minutes) == 4; rows++) {
		unsigned found = carved_postcode_minutes((uint16_t)from, (uint16_t)to, mode_of(mode));
		if (found != minutes)
			fail_msg("%u to %u by %s: %u, not %u", from, to, mode, found, minutes);
	}
	fclose(file);
	assert_int_equal(rows, 1000);
}

static void a_journey_within_a_postcode_takes_the_overhead(void **state)
{
	(void)state;
	assert_int_equal(carved_postcode_minutes(3811, 3811, CARVED_WALK), 0);
	assert_int_equal(carved_postcode_minutes(3811, 3811, CARVED_BICYCLE), 3);
	assert_int_equal(carved_postcode_minutes(3811, 3811, CARVED_PUBLIC_TRANSPORT), 10);
	assert_int_equal(carved_postcode_minutes(3811, 3811, CARVED_CAR), 3);
}

static void only_postcodes_in_use_are_known(void **state)
{
	(void)state;
	assert_true(carved_postcode_is_known(1011));
	assert_true(carved_postcode_is_known(3811));
	assert_false(carved_postcode_is_known(0));
	assert_false(carved_postcode_is_known(999));
	assert_false(carved_postcode_is_known(1000));
	assert_false(carved_postcode_is_known(UINT16_MAX));
}

static void postcodes_have_their_centres_and_towns_come_by_size(void **state)
{
	struct carved_centre centre = {1, 2};
	size_t count;
	(void)state;
	assert_true(carved_postcode_centre(1011, &centre));
	assert_true(centre.latitude == 52.371 && centre.longitude == 4.9042);
	assert_false(carved_postcode_centre(1000, &centre));
	assert_true(centre.latitude == 52.371);
	assert_true(carved_postcode_count() > 4000);
	assert_true(carved_postcode_centre_at(0).longitude == 4.9042);
	const struct carved_town *towns = carved_towns(&count);
	assert_true(count > 700);
	assert_string_equal(towns[0].name, "Amsterdam");
	assert_string_equal(towns[1].name, "Rotterdam");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thousand_journeys_take_the_minutes_that_an_independent_program_computed),
		cmocka_unit_test(a_journey_within_a_postcode_takes_the_overhead),
		cmocka_unit_test(only_postcodes_in_use_are_known),
		cmocka_unit_test(postcodes_have_their_centres_and_towns_come_by_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
