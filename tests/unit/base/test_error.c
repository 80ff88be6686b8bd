// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/error.h"
#include <string.h>

static void parameters_are_found_by_name(void **state)
{
	struct carved_error error;
	(void)state;
	carved_error_set(&error, CARVED_PLAN_INVALID);
	carved_error_add(&error, "candidate", "K-1");
	carved_error_add_number(&error, "site", -12);
	carved_error_add_hours(&error, "rule", 7);
	assert_int_equal(error.code, CARVED_PLAN_INVALID);
	assert_string_equal(carved_error_get(&error, "candidate"), "K-1");
	assert_string_equal(carved_error_get(&error, "site"), "-12");
	assert_string_equal(carved_error_get(&error, "rule"), "1.75");
	assert_null(carved_error_get(&error, "K-1"));
	struct carved_error copy = error;
	carved_error_set(&error, CARVED_OK);
	assert_null(carved_error_get(&error, "site"));
	assert_string_equal(carved_error_get(&copy, "site"), "-12");
}

static void a_value_too_long_is_cut_between_characters(void **state)
{
	struct carved_error error;
	char text[1001];
	(void)state;
	for (size_t shift = 0; shift < 2; shift++) {
		memset(text, 'x', shift);
		for (size_t i = shift; i + 1 < sizeof text; i += 2)
			memcpy(text + i, "\xC3\xA9", 2);
		text[1000 - shift] = '\0';
		carved_error_set(&error, CARVED_SYNTAX_INVALID);
		carved_error_add(&error, "reason", text);
		const char *kept = carved_error_get(&error, "reason");
		size_t length = strlen(kept);
		assert_true(length > 400 && length < CARVED_ERROR_TEXT_MAX);
		assert_string_equal(kept + length - 3, "...");
		assert_memory_equal(kept, text, length - 3);
		assert_int_equal((length - 3 - shift) % 2, 0);
		carved_error_add(&error, "late", "no room is left for this one");
		assert_true(error.used <= CARVED_ERROR_TEXT_MAX);
	}
}

static void nobody_needs_to_care_why(void **state)
{
	(void)state;
	carved_error_set(NULL, CARVED_OK);
	carved_error_add(NULL, "a", "b");
	carved_error_add_number(NULL, "a", 1);
	carved_error_add_hours(NULL, "a", 1);
	assert_false(carved_fail(NULL, CARVED_SYNTAX_EXPECTED, "expected", "x"));
}

static void every_code_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int code = 0; code < CARVED_CODE_COUNT; code++) {
		const char *name = carved_code_name((enum carved_code)code);
		assert_true(name && *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name));
		for (int other = 0; other < code; other++)
			assert_string_not_equal(name, carved_code_name((enum carved_code)other));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_are_found_by_name),
		cmocka_unit_test(a_value_too_long_is_cut_between_characters),
		cmocka_unit_test(nobody_needs_to_care_why),
		cmocka_unit_test(every_code_has_a_name_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
