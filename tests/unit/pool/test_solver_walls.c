// SPDX-License-Identifier: EUPL-1.2
// What carved-solver puts up around itself before it reads a byte, and what becomes of it where its daemon dies.
#include "carved/base/arena.h"
#include "solver_fixture.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool file_says(pid_t pid, const char *name, const char *words)
{
	char path[64], text[8192];
	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
	FILE *file = fopen(path, "re");
	size_t length = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[length] = '\0';
	return strstr(text, words);
}

static void it_can_open_next_to_nothing_and_gain_no_rights(void **state)
{
	struct fixture *f = *state;
	solver_ask(f, SCRIPT_TWO_WAIT, 60);
	solver_expect_hello(f);
	assert_int_equal(solver_next(f).type, CARVED_FRAME_PLAN);
	assert_true(file_says(f->solver, "limits", "Max open files            8                    8 "));
	assert_true(file_says(f->solver, "limits", "Max core file size        0                    0 "));
	assert_true(file_says(f->solver, "status", "NoNewPrivs:\t1"));
	if (f->walls & CARVED_WALL_NOT_BUILT)
		return;
	assert_true(file_says(f->solver, "limits", "Max address space         4294967296           4294967296 "));
	assert_true(file_says(f->solver, "limits", "Max cpu time              60                   61 "));
	assert_true(file_says(f->solver, "limits", "Max file size             0                    0 "));
	assert_true(file_says(f->solver, "limits", "Max processes             0                    0 "));
	assert_true(file_says(f->solver, "status", "CapEff:\t0000000000000000"));
	assert_int_equal(f->walls & CARVED_WALLS_REQUIRED, CARVED_WALLS_REQUIRED);
	assert_true(file_says(f->solver, "status", "Seccomp:\t2"));
	assert_true(file_says(f->solver, "status", "Threads:\t3"));
}

#ifdef CARVED_NO_SANDBOX
#define SKIP_WITHOUT_SANDBOX() skip()
#else
#define SKIP_WITHOUT_SANDBOX() (void)0
#endif

static void expect_walls(struct fixture *f, const char *lacks, uint32_t there, uint32_t missing)
{
	f->lacks = lacks;
	solver_ask(f, SCRIPT_EMPTY, 60);
	solver_expect_hello(f);
	assert_int_equal(f->walls & there, there);
	assert_int_equal(f->walls & missing, 0);
	assert_int_equal(solver_expect_solution(f, CARVED_FRAME_DONE, CARVED_ENDED_BY_ITERATIONS), 0);
	solver_expect_exit(f, 0);
}

static void it_names_all_walls_that_are_required_where_the_kernel_has_them(void **state)
{
	SKIP_WITHOUT_SANDBOX();
	expect_walls(*state, NULL, CARVED_WALLS_REQUIRED, CARVED_WALL_NOT_BUILT);
}

static void it_goes_on_without_landlock_and_says_so(void **state)
{
	SKIP_WITHOUT_SANDBOX();
	expect_walls(*state, "landlock", CARVED_WALL_LIMITS | CARVED_WALL_CALLS,
		CARVED_WALL_FILES | CARVED_WALL_NETWORK | CARVED_WALL_SCOPES);
}

static void it_goes_on_without_seccomp_and_says_so(void **state)
{
	SKIP_WITHOUT_SANDBOX();
	expect_walls(*state, "seccomp", CARVED_WALL_LIMITS | CARVED_WALL_FILES, CARVED_WALL_CALLS);
}

static void a_build_without_a_sandbox_says_so(void **state)
{
#ifdef CARVED_NO_SANDBOX
	expect_walls(*state, NULL, CARVED_WALL_NOT_BUILT, CARVED_WALLS_ALL);
#else
	(void)state;
	skip();
#endif
}

static void told_to_it_puts_up_nothing_but_limits(void **state)
{
	SKIP_WITHOUT_SANDBOX();
	struct fixture *f = *state;
	f->sandbox = "off";
	expect_walls(f, NULL, CARVED_WALL_LIMITS, CARVED_WALLS_ALL & ~CARVED_WALL_LIMITS);
}

static void memory_beyond_its_limit_ends_it_with_a_status_of_its_own(void **state)
{
	SKIP_WITHOUT_SANDBOX();
	struct fixture *f = *state;
	solver_ask(f, SCRIPT_GREEDY, 60);
	solver_expect_hello(f);
	solver_expect_exit(f, CARVED_EXIT_MEMORY);
}

// A daemon in between is killed; the pipes stay open, since the test holds them too.
static void it_dies_with_its_parent(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	struct carved_solve_request request = {.seed = SCRIPT_HOLD, .safety_ms = 60000};
	int in[2], out[2];
	carved_budget_init(&request.budget);
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	f->solver = fork(); // the daemon in between
	if (f->solver == 0) {
		if (fork() == 0)
			solver_become(f, in, out, getppid());
		for (;;)
			pause();
	}
	close(in[0]);
	close(out[1]);
	f->in = in[1];
	f->out = out[0];
	carved_wire_add_hello(&frames, 0);
	carved_wire_add_instance(&frames, &f->instance, &request);
	solver_tell(f, &frames);
	solver_expect_hello(f);
	kill(f->solver, SIGKILL);
	assert_int_equal(solver_next(f).type, 0); // its output ends, so it is gone
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SOLVER_TEST(it_can_open_next_to_nothing_and_gain_no_rights),
		SOLVER_TEST(it_names_all_walls_that_are_required_where_the_kernel_has_them),
		SOLVER_TEST(it_goes_on_without_landlock_and_says_so),
		SOLVER_TEST(it_goes_on_without_seccomp_and_says_so),
		SOLVER_TEST(a_build_without_a_sandbox_says_so),
		SOLVER_TEST(told_to_it_puts_up_nothing_but_limits),
		SOLVER_TEST(memory_beyond_its_limit_ends_it_with_a_status_of_its_own),
		SOLVER_TEST(it_dies_with_its_parent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
