// SPDX-License-Identifier: EUPL-1.2
// A hostile worker: what it tries from inside the sandbox, each attempt in a process of its own, and what becomes of it. Three times: without walls, so that it is seen
// that the attempt would work; behind limits and Landlock; behind everything. Prints the table.
#include "carved/base/arena.h"
#include "hostile.h"
#include "solver/sandbox.h"
#include "support/carved_cmocka.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_STANDING = 200, ATTEMPTS_MAX = 100 }; // exit status where a wall is missing that was there before

static const struct carved_sandbox_limits limits = {.memory_bytes = HOSTILE_MEMORY, .processor_seconds = HOSTILE_SECONDS};
static struct hostile_aims *const aims = &hostile_aims;
static uint32_t walls; // that this kernel has
static char folder[] = "/tmp/carved-sandbox-XXXXXX";

static void make_file(const char *path)
{
	close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

static _Noreturn void be_hostile(const struct attempt *attempt, enum behind behind)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	hostile_prepare(attempt);
	if (behind >= LANDLOCK &&
		(carved_sandbox_limit(&limits) | carved_sandbox_close_files()) != (walls & ~(uint32_t)CARVED_WALL_CALLS))
		_exit(NOT_STANDING);
	if (behind == EVERYTHING && carved_sandbox_close_calls() != CARVED_WALL_CALLS)
		_exit(NOT_STANDING);
	_exit(attempt->attempt());
}

// How the child ended, as waitpid() has it.
static int run(const struct attempt *attempt, enum behind behind)
{
	int status;
	make_file(aims->existing);
	pid_t child = fork();
	if (child == 0)
		be_hostile(attempt, behind);
	assert_int_equal(waitpid(child, &status, 0), child);
	unlink(aims->existing);
	unlink(aims->absent);
	rmdir(aims->absent);
	return status;
}

static bool is_as_expected(enum expected expected, int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1, signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	switch (expected) {
	case ANYTHING:
		return code != NOT_STANDING;
	case WORKS:
		return code == 0;
	case REFUSED_ON_NETWORKS:
		return walls & CARVED_WALL_NETWORK ? code == EACCES : code == 0;
	case REFUSED_ON_SCOPES:
		return walls & CARVED_WALL_SCOPES ? code == EPERM : code == 0;
	case REFUSED:
		return code == EACCES || code == EPERM;
	case TOO_MANY:
		return code == EMFILE;
	case TOO_LARGE:
		return code == EFBIG;
	case NO_MEMORY:
		return code == ENOMEM;
	case ENDED_FOR_MEMORY:
		return code == CARVED_EXIT_MEMORY;
	case OUT_OF_TIME:
		return signal_number == SIGXCPU;
	case KILLED:
		return signal_number == SIGKILL;
	case ABORTED:
		return signal_number == SIGABRT;
	case TRESPASSED:
		return signal_number == SIGSYS;
	}
	return false;
}

static void describe(int status, bool exit_is_memory, char *text, size_t size)
{
	if (WIFSIGNALED(status))
		snprintf(text, size, "killed: SIG%s", sigabbrev_np(WTERMSIG(status)));
	else if (WEXITSTATUS(status) == 0)
		snprintf(text, size, "works");
	else if (exit_is_memory)
		snprintf(text, size, "ended: no memory");
	else
		snprintf(text, size, "%s", strerrorname_np(WEXITSTATUS(status)) ? strerrorname_np(WEXITSTATUS(status)) : "?");
}

static void nothing_gets_through(void **state)
{
	const struct attempt *attempt = *state;
	char texts[3][32];
	bool good[3];
	for (int behind = NOTHING; behind <= EVERYTHING; behind++) {
		int status = run(attempt, (enum behind)behind);
		good[behind] = is_as_expected(attempt->expected[behind], status);
		describe(status, attempt->expected[behind] == ENDED_FOR_MEMORY, texts[behind], sizeof texts[behind]);
	}
	printf("%-31s %-18s %-18s %s\n", attempt->name, texts[NOTHING], texts[LANDLOCK], texts[EVERYTHING]);
	for (int behind = NOTHING; behind <= EVERYTHING; behind++) {
		if (!good[behind])
			fail_msg("%s, behind %s: %s", attempt->name,
				behind == NOTHING    ? "nothing"
				: behind == LANDLOCK ? "limits and Landlock"
						     : "everything",
				texts[behind]);
	}
}

static int listen_at(int fd, const struct sockaddr *address, socklen_t length)
{
	assert_int_equal(bind(fd, address, length), 0);
	assert_int_equal(listen(fd, 64), 0);
	return fd;
}

static int set_up(void **state)
{
	(void)state;
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof here;
	int tcp = listen_at(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), (struct sockaddr *)&here, length);
	getsockname(tcp, (struct sockaddr *)&here, &length);
	aims->tcp_port = ntohs(here.sin_port);
	aims->abstract.sun_family = AF_UNIX;
	int path = snprintf(aims->abstract.sun_path, sizeof aims->abstract.sun_path, "%ccarved-sandbox-%d", 0, (int)getpid());
	aims->abstract_length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)path);
	listen_at(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), (struct sockaddr *)&aims->abstract, aims->abstract_length);
	assert_non_null(mkdtemp(folder));
	snprintf(aims->existing, sizeof aims->existing, "%s/existing", folder);
	snprintf(aims->absent, sizeof aims->absent, "%s/absent", folder);
	printf("%-31s %-18s %-18s %s\n", "", "without walls", "limits, Landlock", "everything");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return rmdir(folder);
}

// Which walls this kernel has, found out by a child.
static uint32_t find_walls(void)
{
	int status;
	pid_t child = fork();
	if (child == 0)
		_exit((int)(carved_sandbox_limit(&limits) | carved_sandbox_close_files() | carved_sandbox_close_calls()));
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? (uint32_t)WEXITSTATUS(status) : 0;
}

int main(void)
{
	struct CMUnitTest tests[ATTEMPTS_MAX];
	walls = find_walls();
	if (walls & CARVED_WALL_NOT_BUILT) {
		puts("this build counts lines or holds a sanitizer: it has no sandbox");
		return 77;
	}
	if (CARVED_WALLS_REQUIRED & ~walls) {
		puts("this kernel has no Landlock or no seccomp: nothing to try out here");
		return 77;
	}
	assert_true(hostile_attempt_count <= ATTEMPTS_MAX);
	for (size_t i = 0; i < hostile_attempt_count; i++)
		tests[i] = (struct CMUnitTest){
			hostile_attempts[i].name, nothing_gets_through, NULL, NULL, (void *)&hostile_attempts[i]};
	return _cmocka_run_group_tests("sandbox", tests, hostile_attempt_count, set_up, tear_down);
}
