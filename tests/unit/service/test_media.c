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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_type_is_known_with_and_without_its_charset),
		cmocka_unit_test(other_types_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
