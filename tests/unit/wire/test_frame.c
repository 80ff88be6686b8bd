// SPDX-License-Identifier: EUPL-1.2
#include "carved/wire/wire.h"
#include "support/carved_cmocka.h"
#include <string.h>

enum { LIMIT = 64 };

static struct carved_frame_reader reader;
static struct carved_buffer bytes;

static int setup(void **state)
{
	(void)state;
	carved_frame_reader_init(&reader, LIMIT);
	bytes = (struct carved_buffer)CARVED_BUFFER_INIT;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	carved_frame_reader_deinit(&reader);
	carved_buffer_deinit(&bytes);
	return 0;
}

static void expect_frame(enum carved_frame_type type, size_t length)
{
	struct carved_frame frame;
	struct carved_error error;
	assert_int_equal(carved_frame_reader_next(&reader, &frame, &error), CARVED_FRAME_READY);
	assert_int_equal(frame.type, type);
	assert_int_equal(frame.length, length);
}

static void expect_more(void)
{
	struct carved_frame frame;
	struct carved_error error;
	assert_int_equal(carved_frame_reader_next(&reader, &frame, &error), CARVED_FRAME_MORE);
}

static void expect_bad(const void *fed, size_t length, const char *reason)
{
	struct carved_frame frame;
	struct carved_error error;
	carved_frame_reader_feed(&reader, fed, length);
	assert_int_equal(carved_frame_reader_next(&reader, &frame, &error), CARVED_FRAME_BAD);
	assert_int_equal(error.code, CARVED_FRAME_INVALID);
	assert_string_equal(carved_error_get(&error, "reason"), reason);
}

static void a_frame_is_length_type_and_payload(void **state)
{
	(void)state;
	carved_wire_add_error(&bytes, CARVED_FRAME_INVALID);
	const uint8_t expected[] = {5, 0, 0, 0, CARVED_FRAME_ERROR, CARVED_FRAME_INVALID & 0xFF, CARVED_FRAME_INVALID >> 8, 0, 0};
	assert_int_equal(bytes.length, sizeof expected);
	assert_memory_equal(bytes.data, expected, sizeof expected);
}

static void frames_come_out_whole_however_the_bytes_come_in(void **state)
{
	(void)state;
	carved_wire_add_hello(&bytes, 0);
	carved_wire_add_cancel(&bytes);
	carved_wire_add_error(&bytes, CARVED_FRAME_INVALID);
	for (size_t step = 1; step <= bytes.length; step++) {
		size_t seen = 0;
		static const enum carved_frame_type types[] = {CARVED_FRAME_HELLO, CARVED_FRAME_CANCEL, CARVED_FRAME_ERROR};
		for (size_t at = 0; at < bytes.length; at += step) {
			size_t left = bytes.length - at;
			carved_frame_reader_feed(&reader, bytes.data + at, left < step ? left : step);
			struct carved_frame frame;
			while (carved_frame_reader_next(&reader, &frame, NULL) == CARVED_FRAME_READY)
				assert_int_equal(frame.type, types[seen++]);
		}
		assert_int_equal(seen, 3);
		expect_more();
	}
}

static void nothing_yet_is_more(void **state)
{
	(void)state;
	expect_more();
	carved_frame_reader_feed(&reader, "\1\0\0", 3);
	expect_more();
	carved_frame_reader_feed(&reader, "\0", 1);
	expect_more();
	carved_frame_reader_feed(&reader, "\7", 1);
	expect_frame(CARVED_FRAME_CANCEL, 0);
	expect_more();
}

static void a_frame_of_the_largest_length_is_taken(void **state)
{
	(void)state;
	uint8_t frame[4 + LIMIT] = {LIMIT, 0, 0, 0, CARVED_FRAME_PLAN};
	carved_frame_reader_feed(&reader, frame, sizeof frame);
	expect_frame(CARVED_FRAME_PLAN, LIMIT - 1);
}

static void a_frame_over_the_limit_is_refused_before_it_is_there(void **state)
{
	(void)state;
	expect_bad("\x41\0\0\0", 4, "a frame over the limit");
}

static void a_length_that_fills_all_bits_is_refused(void **state)
{
	(void)state;
	expect_bad("\xff\xff\xff\xff", 4, "a frame over the limit");
}

static void a_frame_of_no_length_is_refused(void **state)
{
	(void)state;
	expect_bad("\0\0\0\0", 4, "a frame of no length");
}

static void an_unknown_type_is_refused_before_its_bytes_are_there(void **state)
{
	(void)state;
	expect_bad("\x20\0\0\0\x08", 5, "a frame of an unknown type");
}

static void type_zero_is_refused(void **state)
{
	(void)state;
	expect_bad("\x20\0\0\0\0", 5, "a frame of an unknown type");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_frame_is_length_type_and_payload, setup, teardown),
		cmocka_unit_test_setup_teardown(frames_come_out_whole_however_the_bytes_come_in, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_yet_is_more, setup, teardown),
		cmocka_unit_test_setup_teardown(a_frame_of_the_largest_length_is_taken, setup, teardown),
		cmocka_unit_test_setup_teardown(a_frame_over_the_limit_is_refused_before_it_is_there, setup, teardown),
		cmocka_unit_test_setup_teardown(a_length_that_fills_all_bits_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_frame_of_no_length_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(an_unknown_type_is_refused_before_its_bytes_are_there, setup, teardown),
		cmocka_unit_test_setup_teardown(type_zero_is_refused, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
