// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "server/target.h"
#include <cmocka.h>

static void a_target_is_split_and_decoded(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	const char *path, *query;
	assert_null(carved_target_split("/v1/sites/S%2D014%20%c3%A9?a=b%20c&d", &arena, &path, &query));
	assert_string_equal(path, "/v1/sites/S-014 \xc3\xa9");
	assert_string_equal(query, "a=b%20c&d");
	assert_null(carved_target_split("/", &arena, &path, &query));
	assert_string_equal(query, "");
	carved_arena_deinit(&arena);
}

static void a_plus_is_a_space_in_a_query_and_a_plus_in_a_path(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	const char *path, *query;
	assert_null(carved_target_split("/a+b?c=d+e", &arena, &path, &query));
	assert_string_equal(path, "/a+b");
	assert_string_equal(carved_target_query(query, "c", &arena, NULL), "d e");
	carved_arena_deinit(&arena);
}

static void a_query_key_is_found_by_its_whole_name(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	bool valid = false;
	assert_string_equal(carved_target_query("limits=1&limit=20&limit=30", "limit", &arena, &valid), "20");
	assert_true(valid);
	assert_null(carved_target_query("limits=1", "limit", &arena, &valid));
	assert_true(valid);
	assert_string_equal(carved_target_query("a&limit", "limit", &arena, &valid), "");
	assert_string_equal(carved_target_query("%6cimit=%31", "limit", &arena, &valid), "1");
	assert_null(carved_target_query("limit=%zz", "limit", &arena, &valid));
	assert_false(valid);
	carved_arena_deinit(&arena);
}

static void broken_encodings_are_refused(void **state)
{
	(void)state;
	static const char *const broken[] = {"%", "%4", "%4x", "%x4", "%00", "%0a", "%7f", "%80", "%c3", "%c3%28", "%e0%80%80",
		"%ed%a0%80", "%f0%80%80%80", "%f4%90%80%80", "%f5%80%80%80", "%c0%80"};
	struct carved_arena arena = CARVED_ARENA_INIT;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_null(carved_target_decode(broken[i], strlen(broken[i]), false, &arena));
	assert_string_equal(carved_target_decode("%f0%9f%8c%b7", 12, false, &arena), "\xf0\x9f\x8c\xb7");
	carved_arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_target_is_split_and_decoded),
		cmocka_unit_test(a_plus_is_a_space_in_a_query_and_a_plus_in_a_path),
		cmocka_unit_test(a_query_key_is_found_by_its_whole_name),
		cmocka_unit_test(broken_encodings_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
