// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/arena.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	unsigned char *before = NULL;
	(void)state;
	for (size_t size = 1; size < 3000; size += 7) {
		unsigned char *memory = carved_arena_alloc(&arena, size);
		assert_int_equal((uintptr_t)memory % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 0xAB, size);
		if (before)
			assert_int_equal(before[0], 0xAB);
		before = memory;
	}
	assert_true(arena.total > 3000);
	carved_arena_deinit(&arena);
	assert_null(arena.chunks);
	carved_arena_deinit(&arena); // again is legal
}

static void more_than_a_chunk_can_be_had_at_once(void **state)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	(void)state;
	char *large = carved_arena_alloc(&arena, 5u << 20);
	large[(5u << 20) - 1] = 'x';
	assert_non_null(carved_arena_array(&arena, int, 0));
	carved_arena_deinit(&arena);
}

static void texts_are_copied_with_their_end(void **state)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	(void)state;
	assert_string_equal(carved_arena_strdup(&arena, "abc"), "abc");
	assert_string_equal(carved_arena_strndup(&arena, "abcdef", 2), "ab");
	assert_string_equal(carved_arena_printf(&arena, "%s-%d", "x", 12), "x-12");
	char *long_text = carved_arena_printf(&arena, "%5000d", 1);
	assert_int_equal(strlen(long_text), 5000);
	carved_arena_deinit(&arena);
}

static void the_malloc_family_gives_memory_even_for_nothing(void **state)
{
	(void)state;
	char *nothing = carved_alloc(0), *text = carved_strdup("abc");
	int *numbers = carved_alloc_array(3, sizeof *numbers);
	assert_non_null(nothing);
	assert_int_equal(numbers[2], 0);
	numbers[0] = 7;
	numbers = carved_realloc_array(numbers, 1000, sizeof *numbers);
	assert_int_equal(numbers[0], 7);
	assert_string_equal(text, "abc");
	free(nothing);
	free(text);
	free(numbers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(more_than_a_chunk_can_be_had_at_once),
		cmocka_unit_test(texts_are_copied_with_their_end),
		cmocka_unit_test(the_malloc_family_gives_memory_even_for_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
