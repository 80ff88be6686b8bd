// SPDX-License-Identifier: EUPL-1.2
// Events out of a stream, in whatever pieces it comes.
#include "event_reader.h"
#include "support/carved_cmocka.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct heard {
	char text[1000];
	int most; // events that are wanted; 0: all
};

static bool hear(void *context, const struct carve_event *event)
{
	struct heard *heard = context;
	size_t used = strlen(heard->text);
	snprintf(heard->text + used, sizeof heard->text - used, "[%lld %.*s]", (long long)event->id,
		event->data ? (int)event->data_length : 1, event->data ? event->data : "-");
	return heard->most == 0 || --heard->most > 0;
}

static const char stream[] = "retry: 2000\nid: 7\n\nid: 8\nevent: decision\ndata: {\"n\":1}\n\n:\n\n:\nid: 9\n\nid: "
			     "10\ndata:{}\n\nid: 11\ndata: {\"cut off\"";
static const char expected[] = "[7 -][8 {\"n\":1}][9 -][10 {}]";

static void the_same_is_heard_in_whatever_pieces_it_comes(void **state)
{
	(void)state;
	for (size_t piece = 1; piece <= sizeof stream; piece++) {
		struct heard heard = {0};
		struct carve_event_reader *reader = carve_event_reader_new(hear, &heard);
		for (size_t at = 0; at < sizeof stream - 1; at += piece) {
			size_t left = sizeof stream - 1 - at;
			assert_true(carve_event_reader_feed(reader, stream + at, left < piece ? left : piece));
		}
		assert_string_equal(heard.text, expected);
		carve_event_reader_free(reader);
	}
}

static void what_was_cut_off_is_forgotten_where_a_new_stream_begins(void **state)
{
	(void)state;
	struct heard heard = {0};
	struct carve_event_reader *reader = carve_event_reader_new(hear, &heard);
	assert_true(carve_event_reader_feed(reader, stream, sizeof stream - 1));
	carve_event_reader_clear(reader);
	heard.text[0] = '\0';
	assert_true(carve_event_reader_feed(reader, "id: 11\ndata: {}\n\n", 17));
	assert_string_equal(heard.text, "[11 {}]");
	carve_event_reader_free(reader);
}

static void it_ends_where_no_more_is_wanted(void **state)
{
	(void)state;
	struct heard heard = {.most = 2};
	struct carve_event_reader *reader = carve_event_reader_new(hear, &heard);
	assert_false(carve_event_reader_feed(reader, stream, sizeof stream - 1));
	assert_string_equal(heard.text, "[7 -][8 {\"n\":1}]");
	assert_false(carve_event_reader_is_lost(reader));
	carve_event_reader_free(reader);
}

static void a_line_without_end_is_no_stream_of_carved(void **state)
{
	(void)state;
	struct heard heard = {0};
	struct carve_event_reader *reader = carve_event_reader_new(hear, &heard);
	size_t megabyte = 1u << 20, fed = 0;
	char *junk = malloc(megabyte);
	assert_non_null(junk);
	memset(junk, 'x', megabyte);
	while (fed < 100 && carve_event_reader_feed(reader, junk, megabyte))
		fed++;
	assert_int_equal(fed, 16);
	assert_true(carve_event_reader_is_lost(reader));
	free(junk);
	carve_event_reader_free(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_is_heard_in_whatever_pieces_it_comes),
		cmocka_unit_test(what_was_cut_off_is_forgotten_where_a_new_stream_begins),
		cmocka_unit_test(it_ends_where_no_more_is_wanted),
		cmocka_unit_test(a_line_without_end_is_no_stream_of_carved),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
