// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "service/page.h"
#include <cmocka.h>

static void a_cursor_gives_its_key_back(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	static const char *const keys[] = {"K-0001", "PL-17", "\xc3\xa9 \"<&%", "x"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *cursor = carved_page_cursor(CARVED_PAGE_CANDIDATES, keys[i], &arena);
		assert_int_equal(strspn(cursor, "0123456789abcdef"), strlen(cursor));
		assert_string_equal(carved_page_key(CARVED_PAGE_CANDIDATES, cursor, &arena), keys[i]);
	}
	carved_arena_deinit(&arena);
}

static void a_cursor_of_another_list_is_none(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	for (int of = CARVED_PAGE_CANDIDATES; of <= CARVED_PAGE_PROPOSALS; of++) {
		const char *cursor = carved_page_cursor((enum carved_page_of)of, "C-01", &arena);
		for (int other = CARVED_PAGE_CANDIDATES; other <= CARVED_PAGE_PROPOSALS; other++)
			assert_int_equal(carved_page_key((enum carved_page_of)other, cursor, &arena) != NULL, other == of);
	}
	carved_arena_deinit(&arena);
}

static void a_broken_cursor_is_none(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	static const char *const broken[] = {"", "6", "6b", "6b4", "6b4g", "6B41", "K-0001", "6b00", "6b410041", "6b41 "};
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_null(carved_page_key(CARVED_PAGE_CANDIDATES, broken[i], &arena));
	assert_string_equal(carved_page_key(CARVED_PAGE_CANDIDATES, "6b41", &arena), "A");
	carved_arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cursor_gives_its_key_back),
		cmocka_unit_test(a_cursor_of_another_list_is_none),
		cmocka_unit_test(a_broken_cursor_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
