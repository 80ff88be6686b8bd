// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/date.h"
#include <string.h>

static carved_date date(const char *text)
{
	carved_date result = 0;
	if (!carved_date_parse(text, &result, NULL))
		fail_msg("%s is no date", text);
	return result;
}

static void dates_count_from_1970(void **state)
{
	(void)state;
	assert_int_equal(date("1970-01-01"), 0);
	assert_int_equal(date("1969-12-31"), -1);
	assert_int_equal(date("2000-03-01"), 11017);
	assert_int_equal(date("2026-11-22"), 20779);
}

static void every_day_of_three_centuries_reads_back(void **state)
{
	char text[CARVED_DATE_TEXT_MAX];
	(void)state;
	for (carved_date day = date("1900-01-01"); day <= date("2199-12-31"); day++)
		assert_int_equal(date(carved_date_format(day, text)), day);
}

static void what_is_no_date_is_refused_with_the_text(void **state)
{
	static const char *const wrong[] = {"", "2026", "2026-1-1", "2026-02-29", "2100-02-29", "2026-04-31", "2026-00-10",
		"2026-13-01", "2026-01-00", "22-11-2026", "2026/11/22", "1899-12-31", "2200-01-01", "2026-11-22 ", "2026-1a-22"};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct carved_error error;
		carved_date result = 77;
		assert_false(carved_date_parse(wrong[i], &result, &error));
		assert_int_equal(result, 77);
		assert_int_equal(error.code, CARVED_DATE_INVALID);
		assert_string_equal(carved_error_get(&error, "text"), wrong[i]);
	}
	assert_int_equal(date("2024-02-29") - date("2024-02-28"), 1);
	assert_int_equal(date("2000-02-29") - date("2000-02-28"), 1);
}

static void a_month_is_whole_once_its_day_has_come(void **state)
{
	static const struct {
		const char *since, *until;
		int months;
	} table[] = {
		{"2026-01-15", "2026-02-14", 0},
		{"2026-01-15", "2026-02-15", 1},
		{"2025-11-22", "2026-11-22", 12},
		{"2025-11-23", "2026-11-22", 11},
		{"2026-01-31", "2026-02-28", 0},
		{"2027-01-01", "2026-01-01", 0},
		{"2026-01-01", "2026-01-01", 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(carved_date_months_between(date(table[i].since), date(table[i].until)), table[i].months);
	assert_int_equal(carved_date_months_between(CARVED_DATE_NONE, date("2026-01-01")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_count_from_1970),
		cmocka_unit_test(every_day_of_three_centuries_reads_back),
		cmocka_unit_test(what_is_no_date_is_refused_with_the_text),
		cmocka_unit_test(a_month_is_whole_once_its_day_has_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
