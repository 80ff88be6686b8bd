// SPDX-License-Identifier: EUPL-1.2
// Answers that stay open, over a real socket.
#include "server_fixture.h"
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PIECE_BYTES (1u << 20)

// What the handler streams; one stream at a time.
struct source {
	struct fixture *f;
	struct carved_http_stream *stream;
	uv_timer_t timer;
	int pieces;         // to be written in all; then the body ends
	size_t piece_bytes; // 0: "piece N\n"
	unsigned pause_ms;  // before each piece
	atomic_int asked, written, ended, why;
	atomic_bool refused; // begin returned NULL
};

static void write_piece(struct source *s)
{
	struct carved_buffer bytes = CARVED_BUFFER_INIT;
	int number = atomic_fetch_add(&s->written, 1);
	if (s->piece_bytes > 0)
		memset(carved_buffer_extend(&bytes, s->piece_bytes), 'p', s->piece_bytes);
	else
		carved_buffer_printf(&bytes, "piece %d\n", number);
	carved_http_stream_write(s->stream, &bytes);
	assert_int_equal(bytes.length, 0);
}

static void on_pause(uv_timer_t *timer)
{
	write_piece(timer->data);
}

static void drained(void *context)
{
	struct source *s = context;
	s->asked++;
	if (s->written == s->pieces) {
		uv_close((uv_handle_t *)&s->timer, NULL);
		carved_http_stream_end(s->stream);
	} else if (s->pause_ms > 0) {
		uv_timer_start(&s->timer, on_pause, s->pause_ms, 0);
	} else {
		write_piece(s);
	}
}

static void ended(void *context, enum carved_http_stream_end why)
{
	struct source *s = context;
	uv_close((uv_handle_t *)&s->timer, NULL);
	atomic_store(&s->why, (int)why);
	s->ended++;
}

static void handle(void *context, struct carved_http_exchange *exchange)
{
	struct source *s = context;
	if (strcmp(carved_http_exchange_request(exchange)->path, "/stream") != 0) {
		carved_http_reply(exchange, 204, NULL, NULL, 0, NULL);
		return;
	}
	const struct carved_http_stream_owner owner = {.drained = drained, .ended = ended, .context = s};
	const struct carved_http_header header = {"X-Test", "yes"};
	uv_timer_init(&s->f->loop, &s->timer);
	s->timer.data = s;
	s->stream = carved_http_stream_begin(exchange, "text/event-stream", &header, 1, &owner);
	if (!s->stream) {
		uv_close((uv_handle_t *)&s->timer, NULL);
		s->refused = true;
	}
}

static const char *refuse(
	void *context, int status, const struct carved_error *error, const char *accept_language, struct carved_buffer *body)
{
	(void)context, (void)status, (void)error, (void)accept_language, (void)body;
	return "en";
}

static struct source *last; // outlives the loop, which may still be closing its timer

static int teardown(void **state)
{
	int result = server_teardown(state);
	free(last);
	last = NULL;
	return result;
}
#define STREAM_TEST(name) cmocka_unit_test_setup_teardown(name, server_setup, teardown)

static struct source *start(struct fixture *f, const struct source *asked)
{
	struct source *s = last = carved_alloc(sizeof *s);
	memcpy(s, asked, sizeof *s);
	s->f = f;
	f->handler.handle = handle;
	f->handler.refuse = refuse;
	f->handler.context = s;
	server_start(f);
	return s;
}

static int ask(const struct fixture *f, const char *method)
{
	char request[100];
	int fd = server_connect(f);
	snprintf(request, sizeof request, "%s /stream HTTP/1.1\r\nHost: x\r\n\r\n", method);
	send_text(fd, request);
	return fd;
}

static void wait_for(const atomic_int *number, int least)
{
	for (int i = 0; i < 1000 && atomic_load(number) < least; i++)
		usleep(10000);
	assert_true(atomic_load(number) >= least);
}

static void what_is_written_comes_in_chunks_and_the_last_one_ends_the_body(void **state)
{
	struct fixture *f = *state;
	const struct source asked = {.pieces = 3};
	size_t length;
	const struct source *s = start(f, &asked);
	char *answer = read_all(ask(f, "GET"), &length);
	assert_int_equal(status_of(answer), 200);
	assert_contains(answer, "Content-Type: text/event-stream\r\n");
	assert_contains(answer, "Transfer-Encoding: chunked\r\nConnection: close\r\n");
	assert_contains(answer, "X-Test: yes\r\n");
	assert_null(strstr(answer, "Content-Length"));
	assert_contains(answer, "\r\n\r\n8\r\npiece 0\n\r\n8\r\npiece 1\n\r\n8\r\npiece 2\n\r\n0\r\n\r\n");
	assert_int_equal(s->asked, 4);
	assert_int_equal(s->ended, 0); // its owner ended it
	free(answer);
}

static void a_stream_without_a_word_is_neither_idle_nor_slow(void **state)
{
	struct fixture *f = *state;
	const struct source asked = {.pieces = 2, .pause_ms = 150};
	size_t length;
	f->limits.idle_ms = f->limits.header_ms = f->limits.body_ms = f->limits.write_ms = 50;
	start(f, &asked);
	char *answer = read_all(ask(f, "GET"), &length);
	assert_contains(answer, "8\r\npiece 0\n\r\n8\r\npiece 1\n\r\n0\r\n\r\n");
	free(answer);
}

// What waits for it stays at one piece, however much there would be.
static void a_client_that_does_not_read_is_asked_for_no_more_and_cut_off(void **state)
{
	struct fixture *f = *state;
	const struct source asked = {.pieces = 1000, .piece_bytes = PIECE_BYTES};
	size_t length;
	f->limits.write_ms = 200;
	const struct source *s = start(f, &asked);
	int fd = ask(f, "GET");
	wait_for(&s->ended, 1);
	assert_int_equal(s->why, CARVED_STREAM_SLOW);
	assert_true(s->written <= 2);
	char *answer = read_all(fd, &length);
	assert_true(length < 2 * PIECE_BYTES);
	free(answer);
	assert_int_equal(s->ended, 1);
}

static void a_client_that_leaves_is_noticed_without_a_write(void **state)
{
	struct fixture *f = *state;
	const struct source asked = {.pieces = 2, .pause_ms = 60000};
	const struct source *s = start(f, &asked);
	int fd = ask(f, "GET");
	free(read_until(fd, "\r\n\r\n"));
	wait_for(&s->asked, 1);
	close(fd);
	wait_for(&s->ended, 1);
	assert_int_equal(s->why, CARVED_STREAM_LEFT);
}

static void a_client_that_has_said_all_it_will_still_reads_on(void **state)
{
	struct fixture *f = *state;
	const struct source asked = {.pieces = 2, .pause_ms = 50};
	size_t length;
	start(f, &asked);
	int fd = ask(f, "GET");
	send_text(fd, "more that nobody asked for");
	shutdown(fd, SHUT_WR);
	char *answer = read_all(fd, &length);
	assert_contains(answer, "piece 1\n\r\n0\r\n\r\n");
	free(answer);
}

static void a_server_that_stops_brings_the_body_to_its_end(void **state)
{
	struct fixture *f = *state;
	const struct source asked = {.pieces = 2, .pause_ms = 60000};
	size_t length;
	const struct source *s = start(f, &asked);
	int fd = ask(f, "GET");
	wait_for(&s->asked, 1);
	server_stop(f);
	assert_int_equal(s->ended, 1);
	assert_int_equal(s->why, CARVED_STREAM_STOPPING);
	char *answer = read_all(fd, &length);
	assert_contains(answer, "\r\n\r\n0\r\n\r\n");
	free(answer);
}

static void a_server_that_stops_does_not_wait_for_a_client_that_does_not_read(void **state)
{
	struct fixture *f = *state;
	const struct source asked = {.pieces = 1000, .piece_bytes = 8 * PIECE_BYTES};
	f->limits.write_ms = 3600000;
	const struct source *s = start(f, &asked);
	int fd = ask(f, "GET");
	wait_for(&s->written, 1);
	server_stop(f);
	assert_int_equal(s->why, CARVED_STREAM_STOPPING);
	close(fd);
}

static void whoever_asks_for_the_head_gets_no_stream(void **state)
{
	struct fixture *f = *state;
	const struct source asked = {.pieces = 2};
	size_t length;
	const struct source *s = start(f, &asked);
	char *answer = read_all(ask(f, "HEAD"), &length);
	assert_int_equal(status_of(answer), 200);
	assert_contains(answer, "Transfer-Encoding: chunked\r\n");
	assert_string_equal(strstr(answer, "\r\n\r\n"), "\r\n\r\n");
	assert_true(s->refused);
	free(answer);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN); // as the server's contract asks
	const struct CMUnitTest tests[] = {
		STREAM_TEST(what_is_written_comes_in_chunks_and_the_last_one_ends_the_body),
		STREAM_TEST(a_stream_without_a_word_is_neither_idle_nor_slow),
		STREAM_TEST(a_client_that_does_not_read_is_asked_for_no_more_and_cut_off),
		STREAM_TEST(a_client_that_leaves_is_noticed_without_a_write),
		STREAM_TEST(a_client_that_has_said_all_it_will_still_reads_on),
		STREAM_TEST(a_server_that_stops_brings_the_body_to_its_end),
		STREAM_TEST(a_server_that_stops_does_not_wait_for_a_client_that_does_not_read),
		STREAM_TEST(whoever_asks_for_the_head_gets_no_stream),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
