// SPDX-License-Identifier: EUPL-1.2
// The server's socket, from where it listens, and may not, to how it stops.
#include "server_fixture.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void the_socket_is_for_owner_and_group_only(void **state)
{
	struct fixture *f = *state;
	struct stat found;
	server_start(f);
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
	server_start(f);
	server_expect_healthy(f);
}

static void expect_start_fails(struct fixture *f, const char *reason)
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
	server_start(f);
	expect_start_fails(f, "another carved listens there");
	server_expect_healthy(f);
}

static void somebody_elses_socket_or_file_is_left_alone(void **state)
{
	struct fixture *f = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, f->path);
	int other = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(other, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(other, 1), 0);
	expect_start_fails(f, "somebody listens there");
	close(other);
	unlink(f->path);
	fclose(fopen(f->path, "w"));
	expect_start_fails(f, "the file is not a socket");
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
	int early = server_connect(f);
	send_text(early, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	server_start(f);
	size_t length;
	char *answer = read_all(early, &length);
	assert_int_equal(status_of(answer), 200);
	free(answer);
	server_expect_healthy(f);
	server_stop(f);
	close(server_connect(f)); // who comes now waits for the next server
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
	server_start(f);
	int owed = server_connect(f), idle = server_connect(f), half = server_connect(f), late = server_connect(f);
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

int main(void)
{
	signal(SIGPIPE, SIG_IGN); // as the server's contract asks
	const struct CMUnitTest tests[] = {
		SERVER_TEST(the_socket_is_for_owner_and_group_only),
		SERVER_TEST(a_stale_socket_is_replaced),
		SERVER_TEST(a_living_daemon_is_not_pushed_aside),
		SERVER_TEST(somebody_elses_socket_or_file_is_left_alone),
		SERVER_TEST(an_inherited_listener_is_served_and_its_file_left_alone),
		SERVER_TEST(a_path_too_long_for_a_socket_is_refused),
		SERVER_TEST(a_stop_lets_owed_answers_out_and_takes_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
