// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "malformed.h"
#include "server/parser.h"
#include <cmocka.h>
#include <stdlib.h>

struct reading {
	struct carved_http_limits limits;
	struct carved_parser *parser;
	struct carved_http_exchange *exchange;
};

static void begin(struct reading *r)
{
	carved_exchange_free(r->exchange);
	r->exchange = carved_exchange_new(NULL);
	carved_parser_begin(r->parser, r->exchange);
}

static int set_up(void **state)
{
	struct reading *r = carved_alloc_array(1, sizeof *r);
	carved_http_limits_init(&r->limits);
	r->parser = carved_parser_new(&r->limits);
	begin(r);
	*state = r;
	return 0;
}

static int tear_down(void **state)
{
	struct reading *r = *state;
	carved_exchange_free(r->exchange);
	carved_parser_free(r->parser);
	free(r);
	return 0;
}

// Feeds the bytes in pieces of `step`; returns the last answer and how many bytes it used.
static enum carved_parse_answer feed(struct reading *r, const char *bytes, size_t length, size_t step, size_t *ret_used)
{
	enum carved_parse_answer answer = CARVED_PARSE_MORE;
	size_t at = 0;
	while (at < length && answer == CARVED_PARSE_MORE) {
		size_t used, piece = length - at < step ? length - at : step;
		answer = carved_parser_feed(r->parser, bytes + at, piece, &used);
		if (answer == CARVED_PARSE_MORE)
			assert_int_equal(used, piece);
		at += used;
	}
	*ret_used = at;
	return answer;
}

static void every_malformed_request_is_refused_however_it_is_cut(void **state)
{
	struct reading *r = *state;
	for (size_t i = 0; i < MALFORMED_COUNT; i++) {
		for (size_t step = 1; step <= malformed[i].length; step++) {
			size_t used;
			begin(r);
			enum carved_parse_answer answer = feed(r, malformed[i].bytes, malformed[i].length, step, &used);
			if (answer != CARVED_PARSE_REFUSED || carved_parser_status(r->parser) != malformed[i].status)
				fail_msg("%s, in pieces of %zu: answer %d, status %d instead of %d", malformed[i].what, step,
					answer, answer == CARVED_PARSE_REFUSED ? carved_parser_status(r->parser) : 0,
					malformed[i].status);
		}
	}
}

static void pipelined_requests_come_out_one_by_one_however_they_are_cut(void **state)
{
	struct reading *r = *state;
	static const char text[] =
		"\r\nPUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhelloGET /b?c HTTP/1.1\r\nHOST: x\r\nX-Empty:\r\n\r\n"
		"POST /d HTTP/1.1\r\nhost:x\r\nTransfer-Encoding: chunked\r\nConnection: "
		"close\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
	for (size_t step = 1; step < sizeof text; step++) {
		size_t at = 0, used;
		begin(r);
		assert_int_equal(feed(r, text, sizeof text - 1, step, &used), CARVED_PARSE_DONE);
		assert_string_equal(r->exchange->request.method, "PUT");
		assert_string_equal(r->exchange->request.body, "hello");
		at += used;
		begin(r);
		if (feed(r, text + at, sizeof text - 1 - at, step, &used) != CARVED_PARSE_DONE)
			fail_msg("step %zu at %zu used %zu: %s", step, at, used,
				carved_code_name(carved_parser_error(r->parser)->code));
		assert_string_equal(r->exchange->request.path, "/b");
		assert_string_equal(r->exchange->request.query, "c");
		assert_string_equal(carved_http_exchange_header(r->exchange, "x-empty"), "");
		assert_true(r->exchange->keep_alive);
		at += used;
		begin(r);
		if (feed(r, text + at, sizeof text - 1 - at, step, &used) != CARVED_PARSE_DONE)
			fail_msg("step %zu at %zu used %zu: %s", step, at, used,
				carved_code_name(carved_parser_error(r->parser)->code));
		assert_string_equal(r->exchange->request.body, "abcd");
		assert_int_equal(r->exchange->request.body_length, 4);
		assert_false(r->exchange->keep_alive);
		assert_int_equal(at + used, sizeof text - 1);
	}
}

static void assert_refused(struct reading *r, const char *bytes, size_t length, int status, enum carved_code code)
{
	size_t used;
	begin(r);
	assert_int_equal(feed(r, bytes, length, 7, &used), CARVED_PARSE_REFUSED);
	assert_int_equal(carved_parser_status(r->parser), status);
	assert_int_equal(carved_parser_error(r->parser)->code, code);
}

static void each_limit_counts(void **state)
{
	struct reading *r = *state;
	static const char head[] = "PUT /0123456789 HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789";
	static const char chunked[] =
		"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n";
	size_t used;
	r->limits.header_bytes = sizeof head - 1 - 10, r->limits.body_bytes = 10, r->limits.header_count = 2,
	r->limits.target_bytes = 11;
	assert_int_equal(feed(r, head, sizeof head - 1, 7, &used), CARVED_PARSE_DONE);
	r->limits.header_bytes--;
	assert_refused(r, head, sizeof head - 1, 431, CARVED_HEAD_TOO_LARGE);
	assert_string_equal(carved_error_get(carved_parser_error(r->parser), "limit"), "56");
	r->limits.header_bytes++, r->limits.body_bytes--;
	assert_refused(r, head, sizeof head - 1, 413, CARVED_BODY_TOO_LARGE);
	r->limits.body_bytes++, r->limits.header_count--;
	assert_refused(r, head, sizeof head - 1, 431, CARVED_HEADERS_TOO_MANY);
	r->limits.header_count++, r->limits.target_bytes--;
	assert_refused(r, head, sizeof head - 1, 414, CARVED_TARGET_TOO_LONG);
	r->limits.target_bytes++, r->limits.header_bytes = 100;
	assert_refused(r, chunked, sizeof chunked - 1, 413, CARVED_BODY_TOO_LARGE);
}

static void a_head_of_spaces_without_end_meets_the_limit(void **state)
{
	struct reading *r = *state;
	char spaces[20000];
	memset(spaces, ' ', sizeof spaces);
	memcpy(spaces, "GET / HTTP/1.1\r\nHost:", 21);
	assert_refused(r, spaces, sizeof spaces, 431, CARVED_HEAD_TOO_LARGE);
}

static void a_chunked_body_of_framing_without_end_meets_the_limit(void **state)
{
	struct reading *r = *state;
	static const char head[] = "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
	char zeros[4096];
	memset(zeros, '0', sizeof zeros);
	memcpy(zeros, head, sizeof head - 1);
	r->limits.body_bytes = 100, r->limits.header_bytes = 200;
	assert_refused(r, zeros, sizeof zeros, 413, CARVED_BODY_TOO_LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_malformed_request_is_refused_however_it_is_cut, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pipelined_requests_come_out_one_by_one_however_they_are_cut, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_limit_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_head_of_spaces_without_end_meets_the_limit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_chunked_body_of_framing_without_end_meets_the_limit, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
