// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "system/inherited.h"
#include <cmocka.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST 3 // where the protocol puts the first descriptor

// Puts a descriptor where the service manager would, for one call.
static void hand_over(int fd, int count)
{
	char text[24];
	if (fd >= 0 && fd != FIRST) {
		assert_int_equal(dup2(fd, FIRST), FIRST);
		close(fd);
	}
	snprintf(text, sizeof text, "%ld", (long)getpid());
	setenv("LISTEN_PID", text, 1);
	snprintf(text, sizeof text, "%d", count);
	setenv("LISTEN_FDS", text, 1);
}

static int unix_socket(int type, bool listens)
{
	struct sockaddr_un any = {.sun_family = AF_UNIX}; // the kernel picks an abstract name
	int fd = socket(AF_UNIX, type, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&any, sizeof any.sun_family), 0);
	if (listens)
		assert_int_equal(listen(fd, 4), 0);
	return fd;
}

static void assert_refused(const char *reason)
{
	struct carved_error error;
	int listener = 77;
	assert_false(carved_inherited_listener(&listener, &error));
	assert_int_equal(error.code, CARVED_LISTEN_FAILED);
	assert_string_equal(carved_error_get(&error, "reason"), reason);
	assert_int_equal(listener, 77);
	close(FIRST);
}

static void without_a_service_manager_there_is_none(void **state)
{
	(void)state;
	struct carved_error error;
	int listener = 77;
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	assert_true(carved_inherited_listener(&listener, &error));
	assert_int_equal(listener, -1);
}

static void what_was_meant_for_another_process_is_not_taken(void **state)
{
	(void)state;
	struct carved_error error;
	int listener = 77;
	hand_over(-1, 1);
	setenv("LISTEN_PID", "1", 1);
	assert_true(carved_inherited_listener(&listener, &error));
	assert_int_equal(listener, -1);
}

static void a_listening_unix_stream_socket_is_taken_and_not_passed_on(void **state)
{
	(void)state;
	struct carved_error error;
	int listener;
	hand_over(unix_socket(SOCK_STREAM, true), 1);
	assert_true(carved_inherited_listener(&listener, &error));
	assert_int_equal(listener, FIRST);
	assert_true(fcntl(listener, F_GETFD) & FD_CLOEXEC);
	assert_null(getenv("LISTEN_FDS"));
	close(listener);
}

static void any_other_descriptor_is_refused(void **state)
{
	(void)state;
	static const char no_listener[] = "it is no listening Unix stream socket";
	hand_over(unix_socket(SOCK_STREAM, false), 1);
	assert_refused(no_listener);
	hand_over(unix_socket(SOCK_DGRAM, false), 1);
	assert_refused(no_listener);
	hand_over(unix_socket(SOCK_SEQPACKET, true), 1);
	assert_refused(no_listener);
	hand_over(open("/dev/null", O_RDWR), 1);
	assert_refused(no_listener);
	int inet = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in local = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (inet >= 0 && bind(inet, (struct sockaddr *)&local, sizeof local) == 0 && listen(inet, 4) == 0) {
		hand_over(inet, 1);
		assert_refused(no_listener);
	}
}

static void several_are_refused(void **state)
{
	(void)state;
	int second = unix_socket(SOCK_STREAM, true);
	assert_int_equal(dup2(second, FIRST + 1), FIRST + 1);
	hand_over(unix_socket(SOCK_STREAM, true), 2);
	assert_refused("carved listens on one socket, these are several");
	close(FIRST + 1);
}

int main(void)
{
	for (int fd = FIRST; fd < 16; fd++) // what the caller left open must not stand where ours come
		close(fd);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_service_manager_there_is_none),
		cmocka_unit_test(what_was_meant_for_another_process_is_not_taken),
		cmocka_unit_test(a_listening_unix_stream_socket_is_taken_and_not_passed_on),
		cmocka_unit_test(any_other_descriptor_is_refused),
		cmocka_unit_test(several_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
