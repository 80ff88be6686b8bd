// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/week.h"
#include <stdio.h>

static void day_parts_are_numbered_day_by_day(void **state)
{
	(void)state;
	for (int day = 0; day < CARVED_DAYS; day++) {
		for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
			char name[16];
			snprintf(name, sizeof name, "%s-%s", carved_day_names[day], carved_part_names[part]);
			assert_int_equal(carved_day_part_parse(name), day * CARVED_PARTS_PER_DAY + part);
			assert_string_equal(carved_day_part_names[day * CARVED_PARTS_PER_DAY + part], name);
		}
	}
	assert_int_equal(carved_day_part_parse("mon"), -1);
	assert_int_equal(carved_day_part_parse("MON-am"), -1);
	assert_int_equal(carved_day_part_parse(""), -1);
}

static void masks_name_the_evenings_nights_and_days(void **state)
{
	(void)state;
	for (int day = 0; day < CARVED_DAYS; day++) {
		assert_true(CARVED_EVENING_MASK >> (day * 4 + CARVED_EV) & 1);
		assert_true(CARVED_NIGHT_MASK >> (day * 4 + CARVED_NI) & 1);
		assert_int_equal(CARVED_DAY_MASK(day) >> (day * 4), 15);
	}
	assert_int_equal(__builtin_popcount(CARVED_EVENING_MASK), 7);
	assert_int_equal(__builtin_popcount(CARVED_NIGHT_MASK), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(day_parts_are_numbered_day_by_day),
		cmocka_unit_test(masks_name_the_evenings_nights_and_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
