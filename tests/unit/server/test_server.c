// SPDX-License-Identifier: EUPL-1.2
// The server over a real socket, with raw bytes: requests and what they are answered.
#include "malformed.h"
#include "server_fixture.h"
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_request_is_answered_with_the_peers_name_and_all_headers(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	char *answer =
		server_ask(f, "PUT /a%20b?q=%C3%A9 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
	assert_int_equal(status_of(answer), 200);
	char expected[256];
	struct passwd *me = getpwuid(getuid());
	snprintf(
		expected, sizeof expected, "[PUT /a b q=\xc3\xa9 user=%s uid=%u body=5:hello]", me ? me->pw_name : "?", getuid());
	assert_contains(answer, expected);
	assert_contains(answer, "\r\nDate: ");
	assert_contains(answer, " GMT\r\n");
	assert_contains(answer, "\r\nAPI-Version: 1.0.0\r\n");
	assert_contains(answer, "\r\nX-Test: yes\r\n");
	assert_contains(answer, "\r\nContent-Type: text/plain\r\n");
	assert_contains(answer, "\r\nConnection: close\r\n");
	free(answer);
}

static void every_malformed_request_is_refused_and_the_next_client_unharmed(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	for (size_t i = 0; i < MALFORMED_COUNT; i++) {
		size_t length;
		int fd = server_connect(f);
		send_bytes(fd, malformed[i].bytes, malformed[i].length);
		shutdown(fd, SHUT_WR);
		char *answer = read_all(fd, &length);
		if (status_of(answer) != malformed[i].status)
			fail_msg("%s: %.60s", malformed[i].what, answer);
		assert_contains(answer, "Content-Type: application/problem+json\r\n");
		assert_contains(answer, "Connection: close\r\n");
		assert_contains(answer, "API-Version: 1.0.0\r\n");
		free(answer);
		server_expect_healthy(f);
	}
}

static void a_refusal_knows_the_language_asked_for(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	char *answer = server_ask(f, "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nAccept-Language: nl\r\n\r\n");
	assert_contains(answer, "{\"status\":400,\"code\":\"request-malformed\",\"language\":\"nl\"}");
	free(answer);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	char *answer =
		server_ask(f, "GET /late HTTP/1.1\r\nHost: x\r\n\r\nPUT /two HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
			      "chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
			      "GET /three HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /four HTTP/1.1\r\nHost: x\r\n\r\n");
	const char *late = strstr(answer, "late"), *two = strstr(answer, "[PUT /two"), *three = strstr(answer, "[GET /three");
	assert_non_null(late);
	assert_true(late < two && two < three);
	assert_contains(two, "body=2:ab]");
	assert_null(strstr(answer, "/four")); // after Connection: close nothing counts
	free(answer);
}

static void many_pipelined_requests_go_through_a_bounded_buffer(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	int fd = server_connect(f);
	struct carved_buffer all = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&all, "GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
	for (int i = 0; i < 5000; i++)
		carved_buffer_printf(&all, "GET /%d HTTP/1.1\r\nHost: x\r\n%s\r\n", i, i == 4999 ? "Connection: close\r\n" : "");
	size_t length, answers = 0;
	pid_t writer = fork(); // the client must read while it writes
	if (writer == 0) {
		send_bytes(fd, all.data, all.length);
		_exit(0);
	}
	char *answer = read_all(fd, &length);
	for (const char *at = answer; (at = strstr(at, "[GET /")); at++)
		assert_int_equal(atoi(at + 6), answers++);
	assert_int_equal(answers, 5000);
	assert_int_equal(waitpid(writer, NULL, 0), writer);
	free(answer);
	carved_buffer_deinit(&all);
}

static void head_answers_with_the_length_and_no_body(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	char *answer = server_ask(f, "HEAD /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_int_equal(status_of(answer), 200);
	assert_contains(answer, "Content-Length: 20971520\r\n");
	assert_string_equal(strstr(answer, "\r\n\r\n"), "\r\n\r\n");
	free(answer);
}

static void a_client_that_expects_it_is_told_to_continue(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	int fd = server_connect(f);
	send_text(fd, "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n");
	char *first = read_until(fd, "\r\n\r\n");
	assert_string_equal(first, "HTTP/1.1 100 Continue\r\n\r\n");
	free(first);
	send_text(fd, "abc");
	size_t length;
	char *answer = read_all(fd, &length);
	assert_contains(answer, "body=3:abc]");
	free(answer);
}

static void a_half_closed_client_still_gets_its_answer(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	int fd = server_connect(f);
	size_t length;
	send_text(fd, "GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
	shutdown(fd, SHUT_WR);
	char *answer = read_all(fd, &length);
	assert_contains(answer, "late");
	free(answer);
}

static void a_request_that_ends_too_early_is_refused(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	int fd = server_connect(f);
	size_t length;
	send_text(fd, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
	shutdown(fd, SHUT_WR);
	char *answer = read_all(fd, &length);
	assert_int_equal(status_of(answer), 400);
	free(answer);
}

static void a_client_that_vanishes_is_noticed_and_harms_nobody(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	int fd = server_connect(f);
	send_text(fd, "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
	usleep(50000);
	close(fd);
	for (int i = 0; i < 20; i++) { // and while a big answer is under way
		fd = server_connect(f);
		send_text(fd, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
		if (i % 2)
			receive(fd, &(char){0}, 1);
		close(fd);
	}
	char *answer = server_ask(f, "GET /gone HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_contains(answer, "gone");
	free(answer);
}

static void a_big_answer_arrives_whole_while_another_client_reads_nothing(void **state)
{
	struct fixture *f = *state;
	server_start(f);
	int lazy = server_connect(f);
	size_t length;
	send_text(lazy, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
	int fd = server_connect(f);
	send_text(fd, "GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	char *answer = read_all(fd, &length);
	size_t head = (size_t)(strstr(answer, "\r\n\r\n") + 4 - answer);
	assert_int_equal(length - head, BIG_BYTES);
	free(answer);
	close(lazy);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN); // as the server's contract asks
	const struct CMUnitTest tests[] = {
		SERVER_TEST(a_request_is_answered_with_the_peers_name_and_all_headers),
		SERVER_TEST(every_malformed_request_is_refused_and_the_next_client_unharmed),
		SERVER_TEST(a_refusal_knows_the_language_asked_for),
		SERVER_TEST(pipelined_requests_are_answered_in_order),
		SERVER_TEST(many_pipelined_requests_go_through_a_bounded_buffer),
		SERVER_TEST(head_answers_with_the_length_and_no_body),
		SERVER_TEST(a_client_that_expects_it_is_told_to_continue),
		SERVER_TEST(a_half_closed_client_still_gets_its_answer),
		SERVER_TEST(a_request_that_ends_too_early_is_refused),
		SERVER_TEST(a_client_that_vanishes_is_noticed_and_harms_nobody),
		SERVER_TEST(a_big_answer_arrives_whole_while_another_client_reads_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
