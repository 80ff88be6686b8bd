// SPDX-License-Identifier: EUPL-1.2
// The server's limits over a real socket: bodies, time and connections. Who goes over one is told so, and nobody else is harmed.
#include "server_fixture.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void a_body_over_the_limit_is_refused_before_it_is_sent(void **state)
{
	struct fixture *f = *state;
	f->limits.body_bytes = 1000;
	server_start(f);
	char *answer = server_ask(f, "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
	assert_int_equal(status_of(answer), 413);
	assert_contains(answer, "Content-Language: en\r\n");
	assert_null(strstr(answer, "100 Continue"));
	free(answer);
}

static void a_refused_client_that_goes_on_sending_still_reads_the_answer(void **state)
{
	struct fixture *f = *state;
	f->limits.body_bytes = 1u << 20;
	server_start(f);
	int fd = server_connect(f);
	char *junk = carved_alloc_array(1, 900000);
	memset(junk, 'j', 900000);
	send_text(fd, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n");
	send_bytes(fd, junk, 900000);
	size_t length;
	shutdown(fd, SHUT_WR);
	char *answer = read_all(fd, &length);
	assert_int_equal(status_of(answer), 413);
	free(answer);
	free(junk);
}

static void slow_clients_are_told_so_and_closed(void **state)
{
	struct fixture *f = *state;
	size_t length;
	f->limits.idle_ms = 100, f->limits.header_ms = 100, f->limits.body_ms = 100, f->limits.write_ms = 200;
	server_start(f);
	int idle = server_connect(f), head = server_connect(f), body = server_connect(f), answer_ignored = server_connect(f);
	send_text(head, "GET / HTTP/1.1\r\nHo");
	send_text(body, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
	send_text(answer_ignored, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
	char *answer = read_all(idle, &length);
	assert_int_equal(length, 0);
	free(answer);
	answer = read_all(head, &length);
	assert_int_equal(status_of(answer), 408);
	free(answer);
	answer = read_all(body, &length);
	assert_int_equal(status_of(answer), 408);
	assert_contains(answer, "request-timeout");
	free(answer);
	usleep(400000);
	answer = read_all(answer_ignored, &length);
	assert_true(length < BIG_BYTES); // cut off
	free(answer);
	server_expect_healthy(f);
}

static void too_many_connections_of_one_user_are_refused(void **state)
{
	struct fixture *f = *state;
	size_t length;
	f->limits.connections_per_user = 2;
	server_start(f);
	int first = server_connect(f), second = server_connect(f), third = server_connect(f);
	char *answer = read_all(third, &length);
	assert_int_equal(status_of(answer), 429);
	assert_contains(answer, "too-many-connections");
	assert_contains(answer, "Retry-After: 1\r\n");
	free(answer);
	close(first);
	usleep(50000);
	server_expect_healthy(f);
	close(second);
}

static void floods_of_connections_are_cut_and_leave_the_server_well(void **state)
{
	struct fixture *f = *state;
	int fds[60];
	f->limits.connections = 10;
	server_start(f);
	for (size_t i = 0; i < 60; i++)
		fds[i] = server_connect(f);
	for (size_t i = 0; i < 60; i++)
		close(fds[i]);
	usleep(100000);
	server_expect_healthy(f);
}

// Turns the loop until so many clients were taken. Returns the most that came in one turn: libuv takes all who wait in one, and since 1.46 one only.
static uint64_t run_until_accepted(struct fixture *f, uint64_t count)
{
	struct carved_http_figures figures;
	uint64_t before = 0, most = 0;
	for (uint64_t turn = 0; turn < 2 * count && before < count; turn++) {
		uv_run(&f->loop, UV_RUN_NOWAIT);
		carved_http_server_get_figures(f->server, &figures);
		most = figures.accepted - before > most ? figures.accepted - before : most;
		before = figures.accepted;
	}
	assert_int_equal(before, count);
	return most;
}

// Two hundred knock at once: a turn of the loop takes 64 at most, so that whoever is in is served in between; all get in, in turn.
static void a_storm_of_clients_is_let_in_by_turns(void **state)
{
	struct fixture *f = *state;
	struct carved_http_figures figures;
	int clients[200];
	f->limits.connections = f->limits.connections_per_user = 200;
	server_listen(f);
	for (size_t i = 0; i < 200; i++)
		clients[i] = server_connect(f);
	assert_in_range(run_until_accepted(f, 200), 1, 64);
	carved_http_server_get_figures(f->server, &figures);
	assert_int_equal(figures.connections, 200);
	for (size_t i = 0; i < 200; i++)
		close(clients[i]);
	server_stop_listening(f);
}

// Those who are refused take no room: as soon as one of those inside leaves, the next one gets in, however many were turned away before.
static void who_is_turned_away_takes_no_room(void **state)
{
	struct fixture *f = *state;
	struct carved_http_figures figures;
	int clients[120];
	f->limits.connections = 8, f->limits.connections_per_user = 4;
	server_listen(f);
	for (size_t i = 0; i < 120; i++)
		clients[i] = server_connect(f);
	run_until_accepted(f, 120);
	carved_http_server_get_figures(f->server, &figures);
	assert_int_equal(figures.over_user_limit, 16);
	assert_int_equal(figures.over_limit, 0);
	assert_int_equal(figures.dropped, 100);
	assert_int_equal(figures.connections, 4 + 16);
	for (size_t i = 0; i < 120; i++)
		close(clients[i]);
	server_stop_listening(f);
}

// A user's bodies share a limit: the one that goes over it is refused, the others go on, and what is answered makes room.
static void bodies_of_one_user_share_a_limit(void **state)
{
	struct fixture *f = *state;
	static const char head[] = "PUT /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n";
	char bytes[1000], *answer;
	size_t length;
	memset(bytes, 'a', sizeof bytes);
	f->limits.body_bytes = 1000, f->limits.user_body_bytes = 1800;
	server_start(f);
	int first = server_connect(f), second = server_connect(f), third = server_connect(f);
	send_text(first, head);
	send_bytes(first, bytes, 900);
	server_expect_healthy(f); // by now the first one's bytes are counted
	send_text(second, head);
	send_bytes(second, bytes, 901);
	answer = read_all(second, &length);
	assert_int_equal(status_of(answer), 429);
	assert_contains(answer, "bodies-too-large");
	assert_contains(answer, "Retry-After: ");
	free(answer);
	answer = server_ask(f, "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_contains(answer, "[bodies_over_user_limit=1 over_user_limit=0]");
	free(answer);
	send_bytes(first, bytes, 100);
	answer = read_all(first, &length);
	assert_int_equal(status_of(answer), 200);
	free(answer);
	send_text(third, head);
	send_bytes(third, bytes, 1000);
	answer = read_all(third, &length);
	assert_int_equal(status_of(answer), 200);
	free(answer);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN); // as the server's contract asks
	const struct CMUnitTest tests[] = {
		SERVER_TEST(a_body_over_the_limit_is_refused_before_it_is_sent),
		SERVER_TEST(a_refused_client_that_goes_on_sending_still_reads_the_answer),
		SERVER_TEST(slow_clients_are_told_so_and_closed),
		SERVER_TEST(too_many_connections_of_one_user_are_refused),
		SERVER_TEST(floods_of_connections_are_cut_and_leave_the_server_well),
		SERVER_TEST(a_storm_of_clients_is_let_in_by_turns),
		SERVER_TEST(who_is_turned_away_takes_no_room),
		SERVER_TEST(bodies_of_one_user_share_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
