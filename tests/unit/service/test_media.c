// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "service/media.h"
#include <cmocka.h>

static void each_type_is_known_with_and_without_its_charset(void **state)
{
	(void)state;
	enum carved_format format;
	assert_true(carved_media_format("application/yaml", false, &format));
	assert_int_equal(format, CARVED_FORMAT_YAML);
	assert_true(carved_media_format("Application/JSON; charset=UTF-8", false, &format));
	assert_int_equal(format, CARVED_FORMAT_JSON);
	assert_true(carved_media_format("application/x-ndjson;charset=\"utf-8\"", true, &format));
	assert_int_equal(format, CARVED_FORMAT_NDJSON);
}

static void other_types_are_refused(void **state)
{
	(void)state;
	static const char *const types[] = {"", "text/plain", "application/yam", "application/yamls",
		"application/json; charset=latin1", "application/json; version=2", "application/x-ndjson",
		"application/x-www-form-urlencoded"};
	enum carved_format format;
	assert_false(carved_media_format(NULL, true, &format));
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		assert_false(carved_media_format(types[i], false, &format));
}

static void expect_choice(const char *accept, const char *expected)
{
	char media[CARVED_MEDIA_MAX];
	const char *chosen = carved_media_choose(accept, "application/json application/yaml", media);
	if (expected && !chosen)
		fail_msg("%s: nothing", accept ? accept : "no Accept");
	if (expected)
		assert_string_equal(chosen, expected);
	else
		assert_null(chosen);
}

static void an_answer_is_in_the_type_that_the_caller_gives_the_most_weight(void **state)
{
	(void)state;
	expect_choice(NULL, "application/json");
	expect_choice("", "application/json");
	expect_choice("*/*", "application/json");
	expect_choice("application/yaml", "application/yaml");
	expect_choice("Application/YAML;charset=utf-8", "application/yaml");
	expect_choice("application/*", "application/json");
	expect_choice("application/yaml, application/json", "application/json"); // equal: the one that we like best
	expect_choice("application/yaml;q=0.9, application/json;q=0.8", "application/yaml");
	expect_choice("application/yaml; q=0.9,*/*;q=0.95", "application/json");
	expect_choice("text/html, application/yaml;q=0.001", "application/yaml");
	expect_choice(" , application/yaml ,", "application/yaml");
}

static void the_most_exact_range_counts(void **state)
{
	(void)state;
	expect_choice("*/*, application/json;q=0", "application/yaml");
	expect_choice("application/json;q=0.1, application/*;q=0.5, */*;q=1.0", "application/yaml");
	expect_choice("application/*;q=0, application/json", "application/json");
}

static void where_nothing_fits_nothing_is_chosen(void **state)
{
	(void)state;
	static const char *const headers[] = {"text/html", "application/yam", "text/*",
		"application/json;q=0, application/yaml;q=0.0", "application/json;version=2", "application/json;q=2",
		"application/json;q=0.12345", "application/json;q=x", "json", "*", "application/json oops", "application/", "/*"};
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		expect_choice(headers[i], NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_in_the_type_that_the_caller_gives_the_most_weight),
		cmocka_unit_test(the_most_exact_range_counts),
		cmocka_unit_test(where_nothing_fits_nothing_is_chosen),
		cmocka_unit_test(each_type_is_known_with_and_without_its_charset),
		cmocka_unit_test(other_types_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
