// SPDX-License-Identifier: EUPL-1.2
// carved-solver's own side of the conversation: its main around an optimiser that does as told. The test is the daemon.
#include "carved/base/arena.h"
#include "carved/wire/wire.h"
#include "support/carved_cmocka.h"
#include "support/scripted_optimize.h"
#include "support/small_instance.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct fixture {
	struct carved_instance instance;
	struct carved_frame_reader reader;
	const char *program, *sandbox, *lacks; // lacks: what the kernel shall not have, or NULL
	pid_t solver;
	int in, out;    // its standard input and output
	uint32_t walls; // as it said
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	small_instance_init(&f->instance);
	carved_frame_reader_init(&f->reader, 1 << 20);
	f->in = f->out = -1;
	f->program = SCRIPTED_SOLVER;
	f->sandbox = "on";
	signal(SIGPIPE, SIG_IGN);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	if (f->solver > 0) {
		kill(f->solver, SIGKILL);
		waitpid(f->solver, NULL, 0);
	}
	close(f->in);
	close(f->out);
	carved_frame_reader_deinit(&f->reader);
	carved_instance_deinit(&f->instance);
	free(f);
	return 0;
}

static _Noreturn void become_solver(const struct fixture *f, const int in[2], const int out[2], pid_t parent)
{
	char text[24];
	snprintf(text, sizeof text, "%d", (int)parent);
	dup2(in[0], STDIN_FILENO);
	dup2(out[1], STDOUT_FILENO);
	if (f->lacks)
		execl(POOR_KERNEL, "poor-kernel", f->lacks, f->program, text, f->sandbox, "4294967296", "60", "2", (char *)NULL);
	execl(f->program, "carved-solver", text, f->sandbox, "4294967296", "60", "2", (char *)NULL);
	_exit(127);
}

static void start(struct fixture *f, pid_t parent)
{
	int in[2], out[2];
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	f->solver = fork();
	if (f->solver == 0)
		become_solver(f, in, out, parent);
	close(in[0]);
	close(out[1]);
	f->in = in[1];
	f->out = out[0];
}

static void tell(struct fixture *f, struct carved_buffer *frames)
{
	assert_int_equal(write(f->in, frames->data, frames->length), frames->length);
	carved_buffer_deinit(frames);
}

static void ask_to_end(struct fixture *f, enum scripted_optimize script, uint32_t safety_seconds, uint32_t end_ms)
{
	struct carved_solve_request request = {.seed = script, .safety_ms = safety_seconds * 1000, .end_ms = end_ms};
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	carved_budget_init(&request.budget);
	start(f, getpid());
	carved_wire_add_hello(&frames, 0);
	carved_wire_add_instance(&frames, &f->instance, &request);
	tell(f, &frames);
}

static void ask(struct fixture *f, enum scripted_optimize script, uint32_t safety_seconds)
{
	ask_to_end(f, script, safety_seconds, 0);
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The next frame within ten seconds; type 0 at the end of the solver's output.
static struct carved_frame next(struct fixture *f)
{
	struct carved_frame frame = {0};
	enum carved_frame_answer answer;
	while ((answer = carved_frame_reader_next(&f->reader, &frame, NULL)) == CARVED_FRAME_MORE) {
		char bytes[4096];
		struct pollfd ready = {.fd = f->out, .events = POLLIN};
		if (poll(&ready, 1, 10000) != 1)
			fail_msg("no word from the solver within ten seconds");
		ssize_t got = read(f->out, bytes, sizeof bytes);
		if (got == 0)
			return (struct carved_frame){0};
		carved_frame_reader_feed(&f->reader, bytes, (size_t)got);
	}
	assert_int_equal(answer, CARVED_FRAME_READY);
	return frame;
}

static void expect_hello(struct fixture *f)
{
	struct carved_frame frame = next(f);
	assert_true(carved_wire_read_hello(&frame, &f->walls, NULL));
}

static int64_t expect_solution(struct fixture *f, enum carved_frame_type type, enum carved_ended_by ended_by)
{
	struct carved_frame frame = next(f);
	struct carved_solution solution;
	assert_int_equal(frame.type, type);
	assert_true(carved_wire_read_solution(&frame, &f->instance, &solution, NULL));
	int64_t value = solution.value;
	assert_int_equal(solution.ended_by, ended_by);
	carved_solution_deinit(&solution);
	return value;
}

static void expect_exit(struct fixture *f, int status)
{
	int how;
	assert_int_equal(next(f).type, 0);
	waitpid(f->solver, &how, 0);
	f->solver = 0;
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), status);
}

static void a_solve_is_hello_done_and_a_good_exit(void **state)
{
	struct fixture *f = *state;
	ask(f, SCRIPT_EMPTY, 60);
	expect_hello(f);
	assert_int_equal(expect_solution(f, CARVED_FRAME_DONE, CARVED_ENDED_BY_ITERATIONS), 0);
	expect_exit(f, 0);
}

// The only candidate there is fits both slots, so any plan worth its name places it.
static void the_real_one_places_the_small_candidate(void **state)
{
	struct fixture *f = *state;
	f->program = CARVED_SOLVER;
	ask(f, 1, 60);
	expect_hello(f);
	struct carved_frame frame;
	while ((frame = next(f)).type != CARVED_FRAME_DONE)
		assert_true(frame.type == CARVED_FRAME_PROGRESS || frame.type == CARVED_FRAME_PLAN);
	struct carved_solution solution;
	assert_true(carved_wire_read_solution(&frame, &f->instance, &solution, NULL));
	assert_int_equal(solution.package_count, 1);
	assert_true(solution.value == solution.packages[0].value && solution.value > 0);
	assert_true(solution.bound >= solution.value);
	carved_solution_deinit(&solution);
	expect_exit(f, 0);
}

static void plans_come_at_most_once_a_second_and_the_best_is_never_left_out(void **state)
{
	struct fixture *f = *state;
	ask(f, SCRIPT_MANY, 60);
	expect_hello(f);
	int plans = 0, progresses = 0;
	int64_t last = 0, begin = now_ms();
	for (;;) {
		struct carved_frame frame = next(f);
		if (frame.type == CARVED_FRAME_PROGRESS) {
			struct carved_wire_progress progress;
			assert_true(carved_wire_read_progress(&frame, &progress, NULL));
			assert_string_equal(carved_phase_names[progress.phase], "search");
			progresses++;
			continue;
		}
		struct carved_solution solution;
		assert_true(carved_wire_read_solution(&frame, &f->instance, &solution, NULL));
		assert_true(solution.value > last);
		last = solution.value;
		carved_solution_deinit(&solution);
		if (frame.type == CARVED_FRAME_DONE)
			break;
		if (plans++ == 0)
			assert_int_equal(last, 1); // the first one at once
	}
	assert_int_equal(last, 51);
	int64_t took_ms = now_ms() - begin;            // 2.5 s where nobody else is busy
	assert_in_range(plans, 3, 2 + took_ms / 1000); // at 0, 1 and 2 s, and what waited at the end
	assert_in_range(progresses, 5, 2 + took_ms / 200);
	expect_exit(f, 0);
}

static void a_plan_that_waits_goes_out_though_no_better_one_comes(void **state)
{
	struct fixture *f = *state;
	ask(f, SCRIPT_TWO_WAIT, 60);
	expect_hello(f);
	int64_t begin = now_ms();
	assert_int_equal(expect_solution(f, CARVED_FRAME_PLAN, CARVED_ENDED_BY_ITERATIONS), 1);
	assert_int_equal(expect_solution(f, CARVED_FRAME_PLAN, CARVED_ENDED_BY_ITERATIONS), 2);
	assert_in_range(now_ms() - begin, 900, 9000);
}

static void cancel_ends_in_a_last_word(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	ask(f, SCRIPT_TWO_WAIT, 60);
	expect_hello(f);
	assert_int_equal(expect_solution(f, CARVED_FRAME_PLAN, CARVED_ENDED_BY_ITERATIONS), 1);
	carved_wire_add_cancel(&frames);
	tell(f, &frames);
	assert_int_equal(expect_solution(f, CARVED_FRAME_PLAN, CARVED_ENDED_BY_ITERATIONS), 2); // the one that waited
	assert_int_equal(expect_solution(f, CARVED_FRAME_DONE, CARVED_ENDED_BY_CANCEL), 3);
	expect_exit(f, 0);
}

// Returns after how many milliseconds from `begin` on its last word came.
static int64_t expect_end_by_time(struct fixture *f, int64_t begin)
{
	struct carved_frame frame;
	struct carved_solution solution;
	expect_hello(f);
	while ((frame = next(f)).type == CARVED_FRAME_PLAN)
		;
	assert_int_equal(frame.type, CARVED_FRAME_DONE);
	assert_true(carved_wire_read_solution(&frame, &f->instance, &solution, NULL));
	assert_int_equal(solution.ended_by, CARVED_ENDED_BY_TIME);
	carved_solution_deinit(&solution);
	int64_t taken_ms = now_ms() - begin;
	expect_exit(f, 0);
	return taken_ms;
}

static void the_safety_clock_ends_in_a_last_word(void **state)
{
	struct fixture *f = *state;
	int64_t begin = now_ms();
	ask(f, SCRIPT_TWO_WAIT, 1);
	assert_in_range(expect_end_by_time(f, begin), 1000, 9000);
}

static void with_a_package_it_leaves_the_daemon_its_part_of_the_time(void **state)
{
	struct fixture *f = *state;
	int64_t begin = now_ms();
	ask_to_end(f, SCRIPT_TWO_WAIT, 60, 59000);
	assert_in_range(expect_end_by_time(f, begin), 1000, 9000);
}

static void with_nothing_it_takes_all_of_the_time(void **state)
{
	struct fixture *f = *state;
	int64_t begin = now_ms();
	ask_to_end(f, SCRIPT_WAIT, 2, 2000);
	assert_in_range(expect_end_by_time(f, begin), 2000, 9000);
}

static void a_daemon_that_is_gone_ends_it_at_once_whatever_it_does(void **state)
{
	struct fixture *f = *state;
	ask(f, SCRIPT_HOLD, 60);
	expect_hello(f);
	usleep(100000);
	close(f->in);
	f->in = -1;
	int64_t begin = now_ms();
	expect_exit(f, 1);
	assert_true(now_ms() - begin < 5000);
}

static void what_a_library_prints_does_not_come_among_the_frames(void **state)
{
	struct fixture *f = *state;
	ask(f, SCRIPT_PRINT, 60);
	expect_hello(f);
	assert_int_equal(expect_solution(f, CARVED_FRAME_DONE, CARVED_ENDED_BY_ITERATIONS), 0);
	expect_exit(f, 0);
}

static void an_instance_that_does_not_add_up_is_an_error_frame(void **state)
{
	struct fixture *f = *state;
	f->instance.candidates[0].coach = 5;
	ask(f, SCRIPT_EMPTY, 60);
	expect_hello(f);
	struct carved_frame frame = next(f);
	enum carved_code code = CARVED_OK;
	assert_true(carved_wire_read_error(&frame, &code, NULL));
	assert_int_equal(code, CARVED_FRAME_INVALID);
	expect_exit(f, 1);
}

static void bytes_that_are_no_frame_are_an_error_frame(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	start(f, getpid());
	carved_buffer_add_text(&frames, "GET /v1/health HTTP/1.1\r\n\r\n");
	tell(f, &frames);
	expect_hello(f);
	struct carved_frame frame = next(f);
	enum carved_code code = CARVED_OK;
	assert_true(carved_wire_read_error(&frame, &code, NULL));
	assert_int_equal(code, CARVED_FRAME_INVALID);
	expect_exit(f, 1);
}

static void taken_back_before_the_instance_it_just_leaves(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	start(f, getpid());
	carved_wire_add_hello(&frames, 0);
	carved_wire_add_cancel(&frames);
	tell(f, &frames);
	expect_hello(f);
	expect_exit(f, 0);
}

static void it_runs_for_nobody_but_its_parent(void **state)
{
	struct fixture *f = *state;
	start(f, 1);
	expect_exit(f, 2);
}

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
	ask(f, SCRIPT_TWO_WAIT, 60);
	expect_hello(f);
	assert_int_equal(next(f).type, CARVED_FRAME_PLAN);
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

// ---- the sandbox

#ifdef CARVED_NO_SANDBOX
#define SKIP_WITHOUT_SANDBOX() skip()
#else
#define SKIP_WITHOUT_SANDBOX() (void)0
#endif

static void expect_walls(struct fixture *f, const char *lacks, uint32_t there, uint32_t missing)
{
	f->lacks = lacks;
	ask(f, SCRIPT_EMPTY, 60);
	expect_hello(f);
	assert_int_equal(f->walls & there, there);
	assert_int_equal(f->walls & missing, 0);
	assert_int_equal(expect_solution(f, CARVED_FRAME_DONE, CARVED_ENDED_BY_ITERATIONS), 0);
	expect_exit(f, 0);
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
	ask(f, SCRIPT_GREEDY, 60);
	expect_hello(f);
	expect_exit(f, CARVED_EXIT_MEMORY);
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
			become_solver(f, in, out, getppid());
		for (;;)
			pause();
	}
	close(in[0]);
	close(out[1]);
	f->in = in[1];
	f->out = out[0];
	carved_wire_add_hello(&frames, 0);
	carved_wire_add_instance(&frames, &f->instance, &request);
	tell(f, &frames);
	expect_hello(f);
	kill(f->solver, SIGKILL);
	assert_int_equal(next(f).type, 0); // its output ends, so it is gone
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_solve_is_hello_done_and_a_good_exit),
		TEST(the_real_one_places_the_small_candidate),
		TEST(plans_come_at_most_once_a_second_and_the_best_is_never_left_out),
		TEST(a_plan_that_waits_goes_out_though_no_better_one_comes),
		TEST(cancel_ends_in_a_last_word),
		TEST(the_safety_clock_ends_in_a_last_word),
		TEST(with_a_package_it_leaves_the_daemon_its_part_of_the_time),
		TEST(with_nothing_it_takes_all_of_the_time),
		TEST(a_daemon_that_is_gone_ends_it_at_once_whatever_it_does),
		TEST(what_a_library_prints_does_not_come_among_the_frames),
		TEST(an_instance_that_does_not_add_up_is_an_error_frame),
		TEST(bytes_that_are_no_frame_are_an_error_frame),
		TEST(taken_back_before_the_instance_it_just_leaves),
		TEST(it_runs_for_nobody_but_its_parent),
		TEST(it_can_open_next_to_nothing_and_gain_no_rights),
		TEST(it_names_all_walls_that_are_required_where_the_kernel_has_them),
		TEST(it_goes_on_without_landlock_and_says_so),
		TEST(it_goes_on_without_seccomp_and_says_so),
		TEST(a_build_without_a_sandbox_says_so),
		TEST(told_to_it_puts_up_nothing_but_limits),
		TEST(memory_beyond_its_limit_ends_it_with_a_status_of_its_own),
		TEST(it_dies_with_its_parent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
