// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/quarters.h"

static void hours_are_read_as_whole_quarters(void **state)
{
	static const struct {
		const char *text;
		int quarters;
	} table[] = {{"0", 0}, {"0.25", 1}, {"7.5", 30}, {"7.50", 30}, {"7.750", 31}, {"12", 48}, {"12.0", 48}, {"10000", 40000},
		{"-0", 0}, {"012", 48}};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		int quarters = -1;
		assert_true(carved_quarters_parse(table[i].text, &quarters, NULL));
		assert_int_equal(quarters, table[i].quarters);
	}
}

static void what_is_no_number_of_quarters_is_refused_with_its_reason(void **state)
{
	static const struct {
		const char *text;
		enum carved_code code;
	} table[] = {
		{"", CARVED_HOURS_NOT_A_NUMBER},
		{"x", CARVED_HOURS_NOT_A_NUMBER},
		{"7,5", CARVED_HOURS_NOT_A_NUMBER},
		{"7.", CARVED_HOURS_NOT_A_NUMBER},
		{".5", CARVED_HOURS_NOT_A_NUMBER},
		{"1e1", CARVED_HOURS_NOT_A_NUMBER},
		{" 7", CARVED_HOURS_NOT_A_NUMBER},
		{"7.1", CARVED_HOURS_NOT_A_QUARTER},
		{"7.251", CARVED_HOURS_NOT_A_QUARTER},
		{"-1", CARVED_HOURS_OUT_OF_RANGE},
		{"-0.001", CARVED_HOURS_OUT_OF_RANGE},
		{"10000.25", CARVED_HOURS_OUT_OF_RANGE},
		{"99999999999999999999", CARVED_HOURS_OUT_OF_RANGE},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct carved_error error;
		int quarters = 5;
		assert_false(carved_quarters_parse(table[i].text, &quarters, &error));
		assert_int_equal(quarters, 5);
		assert_int_equal(error.code, table[i].code);
		assert_string_equal(carved_error_get(&error, "text"), table[i].text);
	}
}

static void quarters_are_written_as_hours_that_read_back(void **state)
{
	char text[CARVED_HOURS_TEXT_MAX];
	(void)state;
	for (int quarters = 0; quarters <= CARVED_QUARTERS_MAX; quarters++) {
		int again = -1;
		assert_true(carved_quarters_parse(carved_quarters_format(quarters, text), &again, NULL));
		assert_int_equal(again, quarters);
	}
	assert_string_equal(carved_quarters_format(7, text), "1.75");
	assert_string_equal(carved_quarters_format(-7, text), "-1.75");
	assert_string_equal(carved_quarters_format(8, text), "2");
}

static void divisions_floor_and_ceil_on_both_sides_of_zero(void **state)
{
	(void)state;
	assert_int_equal(carved_floor_div(7, 2), 3);
	assert_int_equal(carved_floor_div(-7, 2), -4);
	assert_int_equal(carved_floor_div(-8, 2), -4);
	assert_int_equal(carved_ceil_div(7, 2), 4);
	assert_int_equal(carved_ceil_div(-7, 2), -3);
	assert_int_equal(carved_ceil_div(8, 2), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_are_read_as_whole_quarters),
		cmocka_unit_test(what_is_no_number_of_quarters_is_refused_with_its_reason),
		cmocka_unit_test(quarters_are_written_as_hours_that_read_back),
		cmocka_unit_test(divisions_floor_and_ceil_on_both_sides_of_zero),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
