// SPDX-License-Identifier: EUPL-1.2
// The server over a real socket, with raw bytes. The loop runs in a thread of its own; the test is the client.
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "malformed.h"
#include "server/http.h"
#include <cmocka.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define BIG_BYTES (20u << 20)

struct fixture {
	uv_loop_t loop;
	uv_async_t stop;
	struct carved_http_server *server;
	struct carved_http_limits limits;
	struct carved_http_handler handler;
	pthread_t thread;
	bool running, stopped;
	char folder[64], path[96];
	struct carved_http_exchange *held; // the last of "/hold"
	int gone;
	int listener; // inherited; -1: none
};

static void reply_text(struct carved_http_exchange *exchange, const char *text)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_http_header header = {"X-Test", "yes"};
	carved_buffer_add_text(&body, text);
	carved_http_reply(exchange, 200, "text/plain", &header, 1, &body);
}

static void on_gone(void *context)
{
	struct fixture *f = context;
	struct carved_http_exchange *held = f->held;
	f->held = NULL;
	f->gone++;
	reply_text(held, "nobody reads this");
}

static void on_late(uv_timer_t *timer)
{
	reply_text(timer->data, "late");
	uv_close((uv_handle_t *)timer, (uv_close_cb)free);
}

static void reply_late(struct fixture *f, struct carved_http_exchange *exchange)
{
	uv_timer_t *timer = carved_alloc(sizeof *timer);
	uv_timer_init(&f->loop, timer);
	timer->data = exchange;
	uv_timer_start(timer, on_late, 150, 0);
}

static void reply_big(struct carved_http_exchange *exchange)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	memset(carved_buffer_extend(&body, BIG_BYTES), 'x', BIG_BYTES);
	carved_http_reply(exchange, 200, "text/plain", NULL, 0, &body);
}

static void handle(void *context, struct carved_http_exchange *exchange)
{
	struct fixture *f = context;
	const struct carved_http_request *request = carved_http_exchange_request(exchange);
	if (strcmp(request->path, "/late") == 0) {
		reply_late(f, exchange);
	} else if (strcmp(request->path, "/big") == 0) {
		reply_big(exchange);
	} else if (strcmp(request->path, "/hold") == 0) {
		f->held = exchange;
		carved_http_exchange_on_gone(exchange, on_gone, f);
	} else if (strcmp(request->path, "/gone") == 0) {
		reply_text(exchange, f->gone ? "gone" : "here");
	} else {
		const char *query = carved_http_exchange_query(exchange, "q", NULL);
		reply_text(
			exchange, carved_arena_printf(carved_http_exchange_arena(exchange),
					  "[%s %s q=%s user=%s uid=%u body=%zu:%.20s]", request->method, request->path,
					  query ? query : "-", request->user, request->uid, request->body_length, request->body));
	}
}

static const char *refuse(
	void *context, int status, const struct carved_error *error, const char *accept_language, struct carved_buffer *body)
{
	(void)context;
	carved_buffer_printf(body, "{\"status\":%d,\"code\":\"%s\",\"language\":\"%s\"}", status, carved_code_name(error->code),
		accept_language ? accept_language : "");
	return "en";
}

static void on_stopped(void *context)
{
	struct fixture *f = context;
	f->stopped = true;
	uv_close((uv_handle_t *)&f->stop, NULL);
}

static void on_stop(uv_async_t *stop)
{
	struct fixture *f = stop->data;
	carved_http_server_stop(f->server, on_stopped, f);
}

static void *run(void *context)
{
	struct fixture *f = context;
	uv_run(&f->loop, UV_RUN_DEFAULT);
	return NULL;
}

static int set_up(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	strcpy(f->folder, "/tmp/carved-server-XXXXXX");
	if (!mkdtemp(f->folder))
		return -1;
	snprintf(f->path, sizeof f->path, "%s/carved.sock", f->folder);
	carved_http_limits_init(&f->limits);
	static const struct carved_http_header common = {"API-Version", "1.0.0"};
	f->handler = (struct carved_http_handler){
		.handle = handle, .refuse = refuse, .context = f, .headers = &common, .header_count = 1};
	uv_loop_init(&f->loop);
	f->listener = -1;
	*state = f;
	return 0;
}

static void start(struct fixture *f)
{
	struct carved_error error;
	const struct carved_http_place place = {.listener = f->listener, .path = f->path, .mode = 0660, .gid = (gid_t)-1};
	assert_true(carved_http_server_start(&f->loop, &place, &f->limits, &f->handler, &f->server, &error));
	uv_async_init(&f->loop, &f->stop, on_stop);
	f->stop.data = f;
	assert_int_equal(pthread_create(&f->thread, NULL, run, f), 0);
	f->running = true;
}

static void stop(struct fixture *f)
{
	uv_async_send(&f->stop);
	pthread_join(f->thread, NULL);
	f->running = false;
	assert_true(f->stopped);
	assert_int_equal(access(f->path, F_OK), f->listener < 0 ? -1 : 0);
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	char lock[128];
	if (f->running)
		stop(f);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	int closed = uv_loop_close(&f->loop);
	snprintf(lock, sizeof lock, "%s.lock", f->path);
	unlink(lock);
	int removed = rmdir(f->folder);
	free(f);
	return closed || removed;
}

static int client(const struct fixture *f)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct timeval patience = {.tv_sec = 10};
	strcpy(address.sun_path, f->path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static void send_bytes(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
		if (sent <= 0)
			return; // the server had heard enough
		bytes += sent;
		length -= (size_t)sent;
	}
}

static void send_text(int fd, const char *text)
{
	send_bytes(fd, text, strlen(text));
}

// recv that goes on where it was interrupted: a newer libuv works through io_uring, whose completions interrupt calls with a timeout.
static ssize_t receive(int fd, char *room, size_t size)
{
	ssize_t length;
	do
		length = recv(fd, room, size, 0);
	while (length < 0 && errno == EINTR);
	return length;
}

// Reads until the server closes; the text is the caller's.
static char *read_all(int fd, size_t *ret_length)
{
	struct carved_buffer all = CARVED_BUFFER_INIT;
	char room[65536];
	ssize_t length;
	while ((length = receive(fd, room, sizeof room)) > 0)
		carved_buffer_add(&all, room, (size_t)length);
	assert_int_equal(length, 0);
	close(fd);
	return carved_buffer_take(&all, ret_length);
}

// Reads until the text holds `end`.
static char *read_until(int fd, const char *end)
{
	struct carved_buffer all = CARVED_BUFFER_INIT;
	char room[4096];
	while (!all.data || !strstr(all.data, end)) {
		ssize_t length = receive(fd, room, sizeof room);
		if (length <= 0)
			fail_msg("no '%s' in '%s'", end, all.data ? all.data : "");
		carved_buffer_add(&all, room, (size_t)length);
	}
	return carved_buffer_take(&all, NULL);
}

static char *ask(const struct fixture *f, const char *request)
{
	size_t length;
	int fd = client(f);
	send_text(fd, request);
	return read_all(fd, &length);
}

static int status_of(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0;
}

static void assert_contains(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in '%s'", part, text);
}

static void assert_healthy(const struct fixture *f)
{
	char *answer = ask(f, "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_int_equal(status_of(answer), 200);
	assert_contains(answer, "[GET /health");
	free(answer);
}

static void a_request_is_answered_with_the_peers_name_and_all_headers(void **state)
{
	struct fixture *f = *state;
	start(f);
	char *answer = ask(f, "PUT /a%20b?q=%C3%A9 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
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
	start(f);
	for (size_t i = 0; i < MALFORMED_COUNT; i++) {
		size_t length;
		int fd = client(f);
		send_bytes(fd, malformed[i].bytes, malformed[i].length);
		shutdown(fd, SHUT_WR);
		char *answer = read_all(fd, &length);
		if (status_of(answer) != malformed[i].status)
			fail_msg("%s: %.60s", malformed[i].what, answer);
		assert_contains(answer, "Content-Type: application/problem+json\r\n");
		assert_contains(answer, "Connection: close\r\n");
		assert_contains(answer, "API-Version: 1.0.0\r\n");
		free(answer);
		assert_healthy(f);
	}
}

static void a_refusal_knows_the_language_asked_for(void **state)
{
	struct fixture *f = *state;
	start(f);
	char *answer = ask(f, "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nAccept-Language: nl\r\n\r\n");
	assert_contains(answer, "{\"status\":400,\"code\":\"request-malformed\",\"language\":\"nl\"}");
	free(answer);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
	struct fixture *f = *state;
	start(f);
	char *answer = ask(f, "GET /late HTTP/1.1\r\nHost: x\r\n\r\nPUT /two HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
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
	start(f);
	int fd = client(f);
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
	free(answer);
	carved_buffer_deinit(&all);
}

static void head_answers_with_the_length_and_no_body(void **state)
{
	struct fixture *f = *state;
	start(f);
	char *answer = ask(f, "HEAD /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_int_equal(status_of(answer), 200);
	assert_contains(answer, "Content-Length: 20971520\r\n");
	assert_string_equal(strstr(answer, "\r\n\r\n"), "\r\n\r\n");
	free(answer);
}

static void a_client_that_expects_it_is_told_to_continue(void **state)
{
	struct fixture *f = *state;
	start(f);
	int fd = client(f);
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

static void a_body_over_the_limit_is_refused_before_it_is_sent(void **state)
{
	struct fixture *f = *state;
	f->limits.body_bytes = 1000;
	start(f);
	char *answer = ask(f, "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
	assert_int_equal(status_of(answer), 413);
	assert_contains(answer, "Content-Language: en\r\n");
	assert_null(strstr(answer, "100 Continue"));
	free(answer);
}

static void a_refused_client_that_goes_on_sending_still_reads_the_answer(void **state)
{
	struct fixture *f = *state;
	f->limits.body_bytes = 1u << 20;
	start(f);
	int fd = client(f);
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

static void a_half_closed_client_still_gets_its_answer(void **state)
{
	struct fixture *f = *state;
	start(f);
	int fd = client(f);
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
	start(f);
	int fd = client(f);
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
	start(f);
	int fd = client(f);
	send_text(fd, "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
	usleep(50000);
	close(fd);
	for (int i = 0; i < 20; i++) { // and while a big answer is under way
		fd = client(f);
		send_text(fd, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
		if (i % 2)
			receive(fd, &(char){0}, 1);
		close(fd);
	}
	char *answer = ask(f, "GET /gone HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_contains(answer, "gone");
	free(answer);
}

static void a_big_answer_arrives_whole_while_another_client_reads_nothing(void **state)
{
	struct fixture *f = *state;
	start(f);
	int lazy = client(f);
	size_t length;
	send_text(lazy, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
	int fd = client(f);
	send_text(fd, "GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	char *answer = read_all(fd, &length);
	size_t head = (size_t)(strstr(answer, "\r\n\r\n") + 4 - answer);
	assert_int_equal(length - head, BIG_BYTES);
	free(answer);
	close(lazy);
}

static void slow_clients_are_told_so_and_closed(void **state)
{
	struct fixture *f = *state;
	size_t length;
	f->limits.idle_ms = 100, f->limits.header_ms = 100, f->limits.body_ms = 100, f->limits.write_ms = 200;
	start(f);
	int idle = client(f), head = client(f), body = client(f), answer_ignored = client(f);
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
	assert_healthy(f);
}

static void too_many_connections_of_one_user_are_refused(void **state)
{
	struct fixture *f = *state;
	size_t length;
	f->limits.connections_per_user = 2;
	start(f);
	int first = client(f), second = client(f), third = client(f);
	char *answer = read_all(third, &length);
	assert_int_equal(status_of(answer), 429);
	assert_contains(answer, "too-many-connections");
	assert_contains(answer, "Retry-After: 1\r\n");
	assert_contains(answer, "Retry-After: 1\r\n");
	free(answer);
	close(first);
	usleep(50000);
	assert_healthy(f);
	close(second);
}

static void floods_of_connections_are_cut_and_leave_the_server_well(void **state)
{
	struct fixture *f = *state;
	int fds[60];
	f->limits.connections = 10;
	start(f);
	for (size_t i = 0; i < 60; i++)
		fds[i] = client(f);
	for (size_t i = 0; i < 60; i++)
		close(fds[i]);
	usleep(100000);
	assert_healthy(f);
}

static void the_socket_is_for_owner_and_group_only(void **state)
{
	struct fixture *f = *state;
	struct stat found;
	start(f);
	assert_int_equal(stat(f->path, &found), 0);
	assert_true(S_ISSOCK(found.st_mode));
	assert_int_equal(found.st_mode & 07777, 0660);
}

static void a_stale_socket_is_replaced(void **state)
{
	struct fixture *f = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, f->path);
	int dead = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(dead, (struct sockaddr *)&address, sizeof address), 0);
	close(dead);
	start(f);
	assert_healthy(f);
}

static void assert_start_fails(struct fixture *f, const char *reason)
{
	uv_loop_t loop;
	struct carved_http_server *server;
	struct carved_error error;
	uv_loop_init(&loop);
	const struct carved_http_place place = {.listener = -1, .path = f->path, .mode = 0660, .gid = (gid_t)-1};
	assert_false(carved_http_server_start(&loop, &place, &f->limits, &f->handler, &server, &error));
	assert_int_equal(error.code, CARVED_LISTEN_FAILED);
	assert_string_equal(carved_error_get(&error, "path"), f->path);
	assert_string_equal(carved_error_get(&error, "reason"), reason);
	uv_run(&loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&loop), 0);
}

static void a_living_daemon_is_not_pushed_aside(void **state)
{
	struct fixture *f = *state;
	start(f);
	assert_start_fails(f, "another carved listens there");
	assert_healthy(f);
}

static void somebody_elses_socket_or_file_is_left_alone(void **state)
{
	struct fixture *f = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, f->path);
	int other = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(other, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(other, 1), 0);
	assert_start_fails(f, "somebody listens there");
	close(other);
	unlink(f->path);
	fclose(fopen(f->path, "w"));
	assert_start_fails(f, "the file is not a socket");
	assert_int_equal(unlink(f->path), 0);
}

// A socket that systemd made and keeps: clients that came before the server are answered, and the file stays.
static void an_inherited_listener_is_served_and_its_file_left_alone(void **state)
{
	struct fixture *f = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, f->path);
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listener, 8), 0);
	f->listener = fcntl(listener, F_DUPFD_CLOEXEC, 0);
	int early = client(f);
	send_text(early, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	start(f);
	size_t length;
	char *answer = read_all(early, &length);
	assert_int_equal(status_of(answer), 200);
	free(answer);
	assert_healthy(f);
	stop(f);
	close(client(f)); // who comes now waits for the next server
	char lock[sizeof f->path + 8];
	snprintf(lock, sizeof lock, "%s.lock", f->path);
	assert_int_equal(access(lock, F_OK), -1);
	close(listener);
	unlink(f->path);
}

static void a_path_too_long_for_a_socket_is_refused(void **state)
{
	struct fixture *f = *state;
	struct carved_http_server *server;
	struct carved_error error;
	char path[200];
	memset(path, 'p', sizeof path - 1);
	path[0] = '/', path[sizeof path - 1] = '\0';
	const struct carved_http_place place = {.listener = -1, .path = path, .mode = 0660, .gid = (gid_t)-1};
	assert_false(carved_http_server_start(&f->loop, &place, &f->limits, &f->handler, &server, &error));
	assert_int_equal(error.code, CARVED_LISTEN_FAILED);
}

static void a_stop_lets_owed_answers_out_and_takes_no_more(void **state)
{
	struct fixture *f = *state;
	size_t length;
	start(f);
	int owed = client(f), idle = client(f), half = client(f), late = client(f);
	send_text(owed, "GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
	send_text(half, "GET /half HTTP/1.1\r\n");
	usleep(50000);
	uv_async_send(&f->stop);
	usleep(50000);
	send_text(late, "GET /late HTTP/1.1\r\nHost: x\r\n\r\n"); // it had connected before
	char *answer = read_all(late, &length);
	assert_int_equal(status_of(answer), 200);
	assert_contains(answer, "Connection: close\r\n");
	free(answer);
	answer = read_all(owed, &length);
	assert_contains(answer, "late");
	assert_contains(answer, "Connection: close\r\n");
	free(answer);
	answer = read_all(idle, &length);
	assert_int_equal(length, 0);
	free(answer);
	answer = read_all(half, &length);
	assert_int_equal(status_of(answer), 503);
	free(answer);
	pthread_join(f->thread, NULL);
	f->running = false;
	assert_true(f->stopped);
	assert_int_equal(access(f->path, F_OK), -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

// A user's bodies share a limit: the one that goes over it is refused, the others go on, and what is answered makes room.
static void bodies_of_one_user_share_a_limit(void **state)
{
	struct fixture *f = *state;
	static const char head[] = "PUT /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n";
	char bytes[1000], *answer;
	size_t length;
	memset(bytes, 'a', sizeof bytes);
	f->limits.body_bytes = 1000, f->limits.user_body_bytes = 1800;
	start(f);
	int first = client(f), second = client(f), third = client(f);
	send_text(first, head);
	send_bytes(first, bytes, 900);
	assert_healthy(f); // by now the first one's bytes are counted
	send_text(second, head);
	send_bytes(second, bytes, 901);
	answer = read_all(second, &length);
	assert_int_equal(status_of(answer), 429);
	assert_contains(answer, "bodies-too-large");
	assert_contains(answer, "Retry-After: ");
	free(answer);
	struct carved_http_figures figures;
	carved_http_server_get_figures(f->server, &figures);
	assert_int_equal(figures.bodies_over_user_limit, 1);
	assert_int_equal(figures.over_user_limit, 0);
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

// Two hundred knock at once: a turn of the loop takes 64, so that whoever is in is served in between; all get in, in turn.
static void a_storm_of_clients_is_let_in_by_turns(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	struct carved_http_figures figures;
	const struct carved_http_place place = {.listener = -1, .path = f->path, .mode = 0660, .gid = (gid_t)-1};
	int clients[200];
	f->limits.connections = f->limits.connections_per_user = 200;
	assert_true(carved_http_server_start(&f->loop, &place, &f->limits, &f->handler, &f->server, &error));
	for (size_t i = 0; i < 200; i++)
		clients[i] = client(f);
	uv_run(&f->loop, UV_RUN_NOWAIT);
	carved_http_server_get_figures(f->server, &figures);
	assert_int_equal(figures.accepted, 64);
	for (int turn = 0; turn < 5; turn++)
		uv_run(&f->loop, UV_RUN_NOWAIT);
	carved_http_server_get_figures(f->server, &figures);
	assert_int_equal(figures.accepted, 200);
	assert_int_equal(figures.connections, 200);
	for (size_t i = 0; i < 200; i++)
		close(clients[i]);
	uv_async_init(&f->loop, &f->stop, on_stop); // on_stopped closes it
	carved_http_server_stop(f->server, on_stopped, f);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_true(f->stopped);
}

// Those who are refused take no room: as soon as one of those inside leaves, the next one gets in, however many were turned away before.
static void who_is_turned_away_takes_no_room(void **state)
{
	struct fixture *f = *state;
	struct carved_http_figures figures;
	struct carved_error error;
	const struct carved_http_place place = {.listener = -1, .path = f->path, .mode = 0660, .gid = (gid_t)-1};
	int clients[120];
	f->limits.connections = 8, f->limits.connections_per_user = 4;
	assert_true(carved_http_server_start(&f->loop, &place, &f->limits, &f->handler, &f->server, &error));
	for (size_t i = 0; i < 120; i++)
		clients[i] = client(f);
	for (int turn = 0; turn < 5; turn++)
		uv_run(&f->loop, UV_RUN_NOWAIT);
	carved_http_server_get_figures(f->server, &figures);
	assert_int_equal(figures.accepted, 120);
	assert_int_equal(figures.over_user_limit, 16);
	assert_int_equal(figures.over_limit, 0);
	assert_int_equal(figures.dropped, 100);
	assert_int_equal(figures.connections, 4 + 16);
	for (size_t i = 0; i < 120; i++)
		close(clients[i]);
	uv_async_init(&f->loop, &f->stop, on_stop);
	carved_http_server_stop(f->server, on_stopped, f);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_true(f->stopped);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN); // as the server's contract asks
	const struct CMUnitTest tests[] = {
		TEST(a_request_is_answered_with_the_peers_name_and_all_headers),
		TEST(every_malformed_request_is_refused_and_the_next_client_unharmed),
		TEST(a_refusal_knows_the_language_asked_for),
		TEST(pipelined_requests_are_answered_in_order),
		TEST(many_pipelined_requests_go_through_a_bounded_buffer),
		TEST(head_answers_with_the_length_and_no_body),
		TEST(a_client_that_expects_it_is_told_to_continue),
		TEST(a_body_over_the_limit_is_refused_before_it_is_sent),
		TEST(a_refused_client_that_goes_on_sending_still_reads_the_answer),
		TEST(a_half_closed_client_still_gets_its_answer),
		TEST(a_request_that_ends_too_early_is_refused),
		TEST(a_client_that_vanishes_is_noticed_and_harms_nobody),
		TEST(a_big_answer_arrives_whole_while_another_client_reads_nothing),
		TEST(slow_clients_are_told_so_and_closed),
		TEST(too_many_connections_of_one_user_are_refused),
		TEST(floods_of_connections_are_cut_and_leave_the_server_well),
		TEST(the_socket_is_for_owner_and_group_only),
		TEST(a_stale_socket_is_replaced),
		TEST(a_living_daemon_is_not_pushed_aside),
		TEST(somebody_elses_socket_or_file_is_left_alone),
		TEST(an_inherited_listener_is_served_and_its_file_left_alone),
		TEST(a_path_too_long_for_a_socket_is_refused),
		TEST(a_stop_lets_owed_answers_out_and_takes_no_more),
		TEST(a_storm_of_clients_is_let_in_by_turns),
		TEST(bodies_of_one_user_share_a_limit),
		TEST(who_is_turned_away_takes_no_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
