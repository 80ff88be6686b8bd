// SPDX-License-Identifier: EUPL-1.2
// Asks a solver which version it is: a process of its own, a pipe, a deadline.
#include "pool.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 5000 };

static bool unavailable(struct carved_error *error, const char *solver, const char *reason)
{
	carved_fail(error, CARVED_SOLVER_UNAVAILABLE, "file", solver);
	carved_error_add(error, "reason", reason);
	return false;
}

static long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Reads until the end, until `room` is full, or until it takes too long.
static void read_all(int from, char *text, size_t room)
{
	struct pollfd look = {.fd = from, .events = POLLIN};
	long until = now_ms() + WAIT_MS, left;
	size_t length = 0;
	ssize_t count = 1;
	while (count > 0 && length + 1 < room && (left = until - now_ms()) > 0) {
		if (poll(&look, 1, (int)left) <= 0)
			continue;
		count = read(from, text + length, room - 1 - length);
		length += count > 0 ? (size_t)count : 0;
	}
	text[length] = '\0';
}

static int spawn(const char *solver, int out, pid_t *ret_pid)
{
	char *arguments[] = {(char *)solver, "--version", NULL}, *environment[] = {NULL};
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	int result = posix_spawn(ret_pid, solver, &actions, NULL, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	return result;
}

bool carved_pool_ask_version(const char *solver, struct carved_solver_version *ret_version, struct carved_error *error)
{
	struct carved_solver_version version;
	char text[128];
	int ends[2], status;
	pid_t pid;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return unavailable(error, solver, strerrordesc_np(errno));
	int result = spawn(solver, ends[1], &pid);
	close(ends[1]);
	if (result == 0) {
		read_all(ends[0], text, sizeof text);
		kill(pid, SIGKILL); // whatever it is that does not answer, or does not end
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	close(ends[0]);
	if (result != 0)
		return unavailable(error, solver, strerrordesc_np(result));
	if (sscanf(text, "carved-solver %31s GLPK %31s", version.solver, version.glpk) != 2)
		return unavailable(error, solver, "it does not say its version");
	*ret_version = version;
	return true;
}
