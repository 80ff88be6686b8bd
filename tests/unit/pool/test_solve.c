// SPDX-License-Identifier: EUPL-1.2
// Every way in which a solver can end, and every kind of nonsense that it can talk.
#include "pool_fixture.h"
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

static int open_descriptors(void)
{
	int count = 0;
	DIR *folder = opendir("/proc/self/fd");
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

// ---- ways to end

static void a_solve_runs_to_its_last_word(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "done");
	struct solving first = {0}, s = {0};
	pool_solve(f, &first, 20);
	int before = open_descriptors();
	pool_solve(f, &s, 20);
	assert_int_equal(open_descriptors(), before);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(s.value, 1001);
	assert_int_equal(s.ended_by, CARVED_ENDED_BY_ITERATIONS);
	assert_int_equal(s.progresses, 1);
	assert_int_equal(s.progress_value, 1000);
}

static void what_comes_behind_the_last_word_counts_for_nothing(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "done-and-chatty");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(s.value, 1001);
}

static void a_solver_that_stays_behind_its_last_word_is_killed_and_its_plan_counts(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "done-and-stay");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(s.value, 1001);
}

static void a_solver_that_can_not_be_started_is_told_through_done(void **state)
{
	struct fixture *f = *state;
	f->options.solver = "/nowhere/carved-solver";
	f->pool = carved_pool_new(&f->loop, &f->options);
	struct solving s = {0};
	assert_non_null(pool_start(f, &s, 1, NULL));
	assert_int_equal(s.dones, 0); // not before the caller has what it started
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s.dones, 1);
	pool_expect_failed(&s, CARVED_SOLVER_UNAVAILABLE, "file", "/nowhere/carved-solver");
	assert_string_equal(carved_error_get(&s.error, "reason"), "no such file or directory");
}

static void a_crash_is_a_failed_solve_that_names_the_signal(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "crash");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "signal 6 (Aborted)");
}

static void a_crash_behind_a_plan_keeps_the_plan(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "plan-and-crash");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_kept(&s, CARVED_SOLVER_CRASHED);
}

static void a_solver_killed_by_hand_is_a_failed_solve(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "polite"); // waits for a word from us
	struct solving s = {.kill_at_progress = true};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "signal 9 (Killed)");
}

static void an_exit_without_a_last_word_is_a_failed_solve(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "status-3");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "exit status 3");
}

static void a_solver_without_memory_is_a_failed_solve_that_says_so(void **state)
{
	struct fixture *f = *state;
	f->options.memory_bytes = (uint64_t)3 << 30;
	pool_open(f, "starved");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_OUT_OF_MEMORY, "mebibytes", "3072");
}

static void a_solver_that_touched_its_walls_is_a_failed_solve_that_says_so(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "trespassing");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_failed(
		&s, CARVED_SOLVER_CRASHED, "reason", "signal 31: it made a call to the kernel that its sandbox forbids");
}

static void a_solver_without_walls_gets_no_instance_where_they_are_required(void **state)
{
	struct fixture *f = *state;
	f->options.sandbox = CARVED_SANDBOX_REQUIRE;
	pool_open(f, "done");
	struct solving s = {.walls = 77};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_UNPROTECTED, "missing", "limits landlock-files seccomp");
	assert_int_equal(s.progresses, 0);
	assert_int_equal(s.walls, 0); // told all the same
}

static void an_orderly_exit_without_a_last_word_is_no_better(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "wordless");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "exit status 0");
}

static void a_silent_solver_is_killed_at_its_deadline(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "hang");
	struct solving s = {0};
	pool_solve(f, &s, 0);
	pool_expect_failed(&s, CARVED_SOLVER_DEADLINE, "seconds", "1");
}

static void a_plan_from_before_the_deadline_is_kept(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "plan-and-hang");
	struct solving s = {0};
	pool_solve(f, &s, 0);
	pool_expect_kept(&s, CARVED_SOLVER_DEADLINE);
}

static void a_solver_that_never_greets_is_killed_at_its_deadline(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "mute");
	struct solving s = {0};
	pool_solve(f, &s, 0);
	pool_expect_failed(&s, CARVED_SOLVER_DEADLINE, "seconds", "1");
}

static void a_solver_that_does_not_read_holds_nobody_up(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "deaf");
	struct carved_instance instance;
	struct carved_solve_request request = {.safety_ms = 0};
	struct solving s = {.fixture = f};
	small_instance_init(&instance); // far more travel times than a pipe holds
	carved_budget_init(&request.budget);
	instance.place_count = 1000000;
	instance.travel_count = CARVED_MODES * instance.place_count;
	instance.travel = carved_arena_array(&instance.arena, uint16_t, instance.travel_count);
	const struct carved_solve_callbacks callbacks = {.done = pool_on_done, .context = &s};
	assert_non_null(carved_pool_start(f->pool, 0, &instance, &request, &callbacks, NULL));
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s.dones, 1);
	pool_expect_failed(&s, CARVED_SOLVER_DEADLINE, "seconds", "1");
}

static void a_flood_of_progress_ends_at_the_deadline(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "flooding");
	struct solving s = {0};
	pool_solve(f, &s, 0);
	pool_expect_failed(&s, CARVED_SOLVER_DEADLINE, "seconds", "1");
	assert_true(s.progresses > 100);
}

static void a_solver_that_closes_its_output_and_stays_is_killed(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "silent-but-there");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "it closed its output and stayed");
}

static void a_pipe_that_a_stranger_keeps_open_is_not_waited_for(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "a-parent");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_kept(&s, CARVED_SOLVER_CRASHED);
	assert_string_equal(carved_error_get(&s.error, "reason"), "exit status 5");
}

// ---- nonsense

static void expect_nonsense(struct fixture *f, const char *behaviour, const char *reason)
{
	pool_open(f, behaviour);
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_FRAME_INVALID, "reason", reason);
}

static void no_greeting_ends_the_solver(void **state)
{
	expect_nonsense(*state, "rude", "a frame over the limit");
}

static void another_version_ends_the_solver(void **state)
{
	expect_nonsense(*state, "stranger", "the other side is of another version");
}

static void a_frame_over_the_limit_ends_the_solver(void **state)
{
	expect_nonsense(*state, "oversize", "a frame over the limit");
}

static void a_plan_that_can_not_be_ends_the_solver(void **state)
{
	expect_nonsense(*state, "impossible", "a plan with a package that can't be");
}

static void a_frame_of_ours_from_the_solver_ends_it(void **state)
{
	expect_nonsense(*state, "turned-round", "a frame that only the daemon sends");
}

static void a_complaint_of_the_solver_is_told(void **state)
{
	expect_nonsense(*state, "complaining", "the solver says instance-invalid");
}

static void nonsense_behind_a_plan_keeps_the_plan(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "plan-and-garbage");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_kept(&s, CARVED_FRAME_INVALID);
	assert_string_equal(carved_error_get(&s.error, "reason"), "a frame of an unknown type");
}

// ---- what a solver gets

static void on_connection(uv_stream_t *server, int status)
{
	(void)server, (void)status;
}

// Those that whoever runs this test has left open: a program we start gets them whatever we do.
static int inheritable_descriptors(void)
{
	int count = 0;
	for (int fd = STDERR_FILENO + 1; fd < 1024; fd++) {
		int flags = fcntl(fd, F_GETFD);
		count += flags >= 0 && !(flags & FD_CLOEXEC);
	}
	return count;
}

static void a_solver_inherits_no_descriptor_no_environment_and_no_folder(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "counting");
	uv_pipe_t socket;
	char expected[32];
	snprintf(expected, sizeof expected, "exit status %d", inheritable_descriptors());
	int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
	uv_pipe_init(&f->loop, &socket, 0);
	assert_int_equal(uv_pipe_bind(&socket, test_folder_file(&f->folder, "socket")), 0);
	assert_int_equal(uv_listen((uv_stream_t *)&socket, 1, on_connection), 0);
	uv_unref((uv_handle_t *)&socket);
	struct solving s = {0};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", expected);
	uv_close((uv_handle_t *)&socket, NULL);
	uv_run(&f->loop, UV_RUN_DEFAULT); // it lies on this stack
	close(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		POOL_TEST(a_solve_runs_to_its_last_word),
		POOL_TEST(what_comes_behind_the_last_word_counts_for_nothing),
		POOL_TEST(a_solver_that_stays_behind_its_last_word_is_killed_and_its_plan_counts),
		POOL_TEST(a_solver_that_can_not_be_started_is_told_through_done),
		POOL_TEST(a_crash_is_a_failed_solve_that_names_the_signal),
		POOL_TEST(a_crash_behind_a_plan_keeps_the_plan),
		POOL_TEST(a_solver_killed_by_hand_is_a_failed_solve),
		POOL_TEST(an_exit_without_a_last_word_is_a_failed_solve),
		POOL_TEST(a_solver_without_memory_is_a_failed_solve_that_says_so),
		POOL_TEST(a_solver_that_touched_its_walls_is_a_failed_solve_that_says_so),
		POOL_TEST(a_solver_without_walls_gets_no_instance_where_they_are_required),
		POOL_TEST(an_orderly_exit_without_a_last_word_is_no_better),
		POOL_TEST(a_silent_solver_is_killed_at_its_deadline),
		POOL_TEST(a_plan_from_before_the_deadline_is_kept),
		POOL_TEST(a_solver_that_never_greets_is_killed_at_its_deadline),
		POOL_TEST(a_solver_that_does_not_read_holds_nobody_up),
		POOL_TEST(a_flood_of_progress_ends_at_the_deadline),
		POOL_TEST(a_solver_that_closes_its_output_and_stays_is_killed),
		POOL_TEST(a_pipe_that_a_stranger_keeps_open_is_not_waited_for),
		POOL_TEST(no_greeting_ends_the_solver),
		POOL_TEST(another_version_ends_the_solver),
		POOL_TEST(a_frame_over_the_limit_ends_the_solver),
		POOL_TEST(a_plan_that_can_not_be_ends_the_solver),
		POOL_TEST(a_frame_of_ours_from_the_solver_ends_it),
		POOL_TEST(a_complaint_of_the_solver_is_told),
		POOL_TEST(nonsense_behind_a_plan_keeps_the_plan),
		POOL_TEST(a_solver_inherits_no_descriptor_no_environment_and_no_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
