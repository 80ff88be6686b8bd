// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/buffer.h"
#include <stdlib.h>
#include <string.h>

static void what_is_added_stands_in_order_and_ends_with_a_nul(void **state)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	(void)state;
	carved_buffer_add_text(&buffer, "ab");
	carved_buffer_add(&buffer, "c\0d", 3);
	carved_buffer_add(&buffer, NULL, 0);
	carved_buffer_printf(&buffer, "%d", 42);
	memcpy(carved_buffer_extend(&buffer, 2), "yz", 2);
	assert_int_equal(buffer.length, 9);
	assert_memory_equal(buffer.data, "abc\0d42yz", 10);
	carved_buffer_deinit(&buffer);
	carved_buffer_deinit(&buffer);
}

static void it_grows_as_needed(void **state)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	(void)state;
	for (int i = 0; i < 100000; i++)
		carved_buffer_add(&buffer, "0123456789", 10);
	assert_int_equal(buffer.length, 1000000);
	assert_memory_equal(buffer.data + 999990, "0123456789", 11);
	carved_buffer_printf(&buffer, "%3000d", 1);
	assert_int_equal(buffer.length, 1003000);
	carved_buffer_deinit(&buffer);
}

static void clearing_keeps_the_memory_and_taking_hands_it_over(void **state)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	size_t length = 7;
	(void)state;
	carved_buffer_clear(&buffer);
	carved_buffer_add_text(&buffer, "abc");
	size_t capacity = buffer.capacity;
	carved_buffer_clear(&buffer);
	assert_string_equal(buffer.data, "");
	assert_int_equal(buffer.capacity, capacity);
	carved_buffer_add_text(&buffer, "xy");
	char *text = carved_buffer_take(&buffer, &length);
	assert_string_equal(text, "xy");
	assert_int_equal(length, 2);
	assert_null(buffer.data);
	free(text);
	text = carved_buffer_take(&buffer, NULL); // of an empty one: never NULL
	assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_added_stands_in_order_and_ends_with_a_nul),
		cmocka_unit_test(it_grows_as_needed),
		cmocka_unit_test(clearing_keeps_the_memory_and_taking_hands_it_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
