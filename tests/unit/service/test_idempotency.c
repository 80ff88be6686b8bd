// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "service/idempotency.h"
#include <cmocka.h>

static void a_key_may_be_in_quotes_or_bare(void **state)
{
	(void)state;
	static const struct {
		const char *header, *key;
	} right[] = {{"\"8e03978e-40d5\"", "8e03978e-40d5"}, {"8e03978e-40d5", "8e03978e-40d5"}, {"\"a b, c; d\"", "a b, c; d"},
		{"\"a\\\"b\\\\c\"", "a\"b\\c"}, {"x", "x"}, {"a/b+c=", "a/b+c="}};
	struct carved_arena arena = CARVED_ARENA_INIT;
	for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
		const char *key = carved_idempotency_parse(right[i].header, &arena);
		assert_non_null(key);
		assert_string_equal(key, right[i].key);
	}
	carved_arena_deinit(&arena);
}

static void what_is_no_key_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "\"\"", "\"a", "a\"", "a b", "a, b", "\"a\", \"b\"", "\"a\";x=1", "\"a\\b\"",
		"\"a\\", "\xc3\xa9", "\"\xc3\xa9\"", "a\tb", "\"a\x7f\""};
	struct carved_arena arena = CARVED_ARENA_INIT;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		if (carved_idempotency_parse(wrong[i], &arena))
			fail_msg("taken: %s", wrong[i]);
	}
	carved_arena_deinit(&arena);
}

static void a_key_has_a_longest_length(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	char text[CARVED_IDEMPOTENCY_KEY_MAX + 2] = "";
	memset(text, 'k', CARVED_IDEMPOTENCY_KEY_MAX);
	assert_non_null(carved_idempotency_parse(text, &arena));
	text[CARVED_IDEMPOTENCY_KEY_MAX] = 'k';
	assert_null(carved_idempotency_parse(text, &arena));
	carved_arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_may_be_in_quotes_or_bare),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(a_key_has_a_longest_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
