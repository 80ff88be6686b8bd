// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "system/watchdog.h"
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define WATCHDOG_MS 300 // the service manager's time: a period is 100 ms

struct fixture {
	int manager; // the other end of NOTIFY_SOCKET
	uv_loop_t loop;
	uv_timer_t end;
	struct carved_watchdog *watchdog;
	uint64_t still_ms;          // what the service is made to say
	bool grows;                 // still_ms follows the clock
	uint64_t still_from_ms;     // since then
	const char *status, *later; // the status at the start; all that is said after it
	char heard[4096];           // by the manager, a message a line
	size_t length;
};

// The kernel queues ten messages and then lets the sender wait: read them while they come.
static void hear(struct fixture *f)
{
	for (ssize_t got; (got = recv(f->manager, f->heard + f->length, sizeof f->heard - 2 - f->length, 0)) > 0;) {
		f->length += (size_t)got;
		f->heard[f->length++] = '\n';
	}
	f->heard[f->length] = '\0';
}

static uint64_t still_ms(void *context, const char **ret_part)
{
	struct fixture *f = context;
	*ret_part = "the store's writer";
	return f->grows ? uv_hrtime() / 1000000 - f->still_from_ms : f->still_ms;
}

static void describe(void *context, struct carved_buffer *status)
{
	struct fixture *f = context;
	hear(f);
	carved_buffer_add_text(status, f->status);
	f->status = f->later;
}

static int set_up(void **state)
{
	static struct fixture f;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char text[24];
	f = (struct fixture){.status = "fine", .later = "fine"};
	f.manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "carved-test-watchdog-%ld", (long)getpid());
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(address.sun_path + 1));
	if (f.manager < 0 || bind(f.manager, (struct sockaddr *)&address, size) != 0)
		return -1;
	address.sun_path[0] = '@';
	setenv("NOTIFY_SOCKET", address.sun_path, 1);
	snprintf(text, sizeof text, "%d", WATCHDOG_MS * 1000);
	setenv("WATCHDOG_USEC", text, 1);
	snprintf(text, sizeof text, "%ld", (long)getpid());
	setenv("WATCHDOG_PID", text, 1);
	uv_loop_init(&f.loop);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	close(f->manager);
	return uv_loop_close(&f->loop) == 0 ? 0 : -1;
}

static void on_end(uv_timer_t *end)
{
	struct fixture *f = end->data;
	carved_watchdog_stop(f->watchdog);
	uv_close((uv_handle_t *)end, NULL);
}

// What the manager hears within so many milliseconds, a message a line.
static const char *run_for(struct fixture *f, uint64_t milliseconds)
{
	const struct carved_watched watched = {.still_ms = still_ms, .describe = describe, .context = f};
	f->still_from_ms = uv_hrtime() / 1000000;
	f->watchdog = carved_watchdog_start(&f->loop, &watched);
	uv_update_time(&f->loop);
	uv_timer_init(&f->loop, &f->end);
	f->end.data = f;
	uv_timer_start(&f->end, on_end, milliseconds, 0);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	hear(f);
	return f->heard;
}

static unsigned count(const char *heard, const char *message)
{
	unsigned found = 0;
	for (; (heard = strstr(heard, message)); heard++)
		found++;
	return found;
}

static void a_service_that_goes_on_gives_signs_of_life(void **state)
{
	struct fixture *f = *state;
	f->still_ms = 40; // an errand of less than a period
	const char *heard = run_for(f, 5 * WATCHDOG_MS);
	assert_true(count(heard, "WATCHDOG=1\n") >= 2);
	assert_int_equal(count(heard, "WATCHDOG=trigger"), 0);
}

static void a_part_that_stands_still_stops_them_and_a_restart_is_asked_for_once(void **state)
{
	struct fixture *f = *state;
	f->still_ms = WATCHDOG_MS;
	const char *heard = run_for(f, 3 * WATCHDOG_MS);
	assert_int_equal(count(heard, "WATCHDOG=1\n"), 0);
	assert_int_equal(count(heard, "WATCHDOG=trigger\n"), 1);
}

static void a_standstill_that_grows_is_found(void **state)
{
	struct fixture *f = *state;
	f->grows = true;
	assert_int_equal(count(run_for(f, 10 * WATCHDOG_MS), "WATCHDOG=trigger\n"), 1);
}

static void the_status_is_told_when_it_changes(void **state)
{
	struct fixture *f = *state;
	f->later = "busy";
	const char *heard = run_for(f, 4 * WATCHDOG_MS);
	assert_int_equal(count(heard, "STATUS=busy\n"), 1);
	assert_int_equal(count(heard, "STATUS=fine"), 0);
}

static void the_status_that_being_ready_carried_is_not_told_again(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(count(run_for(f, 4 * WATCHDOG_MS), "STATUS"), 0);
}

static void a_slow_start_is_no_part_of_the_first_period(void **state)
{
	struct fixture *f = *state;
	usleep(2 * WATCHDOG_MS * 1000); // the loop has not looked at the clock since it was made
	assert_int_equal(count(run_for(f, 1), "WATCHDOG"), 0);
}

static void without_a_watchdog_only_the_status_is_told(void **state)
{
	struct fixture *f = *state;
	unsetenv("WATCHDOG_USEC");
	f->still_ms = 1000000;
	assert_int_equal(count(run_for(f, 300), "WATCHDOG"), 0); // no period ends: it is 5 s
}

static void without_a_service_manager_there_is_no_timer(void **state)
{
	struct fixture *f = *state;
	const struct carved_watched watched = {.still_ms = still_ms, .describe = describe, .context = f};
	unsetenv("NOTIFY_SOCKET");
	assert_null(carved_watchdog_start(&f->loop, &watched));
	carved_watchdog_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_service_that_goes_on_gives_signs_of_life, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_part_that_stands_still_stops_them_and_a_restart_is_asked_for_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_standstill_that_grows_is_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_status_is_told_when_it_changes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_status_that_being_ready_carried_is_not_told_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_slow_start_is_no_part_of_the_first_period, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_a_watchdog_only_the_status_is_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_a_service_manager_there_is_no_timer, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
