// SPDX-License-Identifier: EUPL-1.2
// Every way in which a solver can end, with a double that behaves as its name says. Whatever it does: one `done`, no child, no descriptor, no memory left behind.
#include "pool/pool.h"
#include "support/carved_cmocka.h"
#include "support/folder.h"
#include "support/small_instance.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { FRAME_BYTES = 1 << 20 };

struct solving { // one solve and what became of it
	struct fixture *fixture;
	struct carved_solve *solve;
	int progresses, dones;
	int64_t progress_value, value;
	enum carved_ended_by ended_by;
	enum carved_solve_end end;
	struct carved_error error; // code CARVED_OK where none was given
	int rank;                  // how many were done before it
	bool cancel_at_progress, kill_at_progress;
};

struct fixture {
	struct test_folder folder;
	uv_loop_t loop;
	struct carved_pool_options options;
	struct carved_pool *pool;
	int done_count, stopped_count;
	bool stop_at_done, start_at_done;
	struct solving again; // started from inside `done`
};

static void on_stopped(void *context)
{
	((struct fixture *)context)->stopped_count++;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	test_folder_make(&f->folder);
	uv_loop_init(&f->loop);
	f->options = (struct carved_pool_options){.workers = 1, .queue = 10, .grace_seconds = 1, .frame_bytes = FRAME_BYTES};
	*state = f;
	return 0;
}

static int open_descriptors(void)
{
	int count = 0;
	DIR *folder = opendir("/proc/self/fd");
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static void open_pool(struct fixture *f, const char *behaviour)
{
	f->options.solver = test_folder_file(&f->folder, behaviour);
	assert_int_equal(symlink(FAKE_SOLVER, f->options.solver), 0);
	f->pool = carved_pool_new(&f->loop, &f->options);
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	if (f->pool && !f->stop_at_done) {
		carved_pool_stop(f->pool, on_stopped, f);
		uv_run(&f->loop, UV_RUN_DEFAULT);
	}
	assert_int_equal(f->stopped_count, f->pool ? 1 : 0);
	assert_int_equal(uv_loop_close(&f->loop), 0);                   // no handle left
	assert_true(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD); // no child left
	test_folder_remove(&f->folder);
	free(f);
	return 0;
}

static void on_progress(void *context, const struct carved_wire_progress *progress)
{
	struct solving *s = context;
	s->progresses++;
	s->progress_value = progress->value;
	if (s->cancel_at_progress)
		carved_solve_cancel(s->solve);
	if (s->kill_at_progress && s->progresses == 1)
		kill(carved_solve_pid(s->solve), SIGKILL);
}

static struct carved_solve *start(struct fixture *f, struct solving *s, uint64_t seed, struct carved_error *error);

static void on_done(void *context, enum carved_solve_end end, struct carved_solution *solution, const struct carved_error *error)
{
	struct solving *s = context;
	struct fixture *f = s->fixture;
	s->dones++;
	s->end = end;
	s->rank = f->done_count++;
	assert_true((solution == NULL) == (end == CARVED_SOLVE_FAILED));
	assert_true((error == NULL) == (end == CARVED_SOLVE_DONE));
	if (error)
		s->error = *error;
	if (solution) {
		s->value = solution->value;
		s->ended_by = solution->ended_by;
		carved_solution_deinit(solution);
	}
	if (f->stop_at_done)
		carved_pool_stop(f->pool, on_stopped, f);
	if (f->start_at_done) {
		f->start_at_done = false;
		assert_non_null(start(f, &f->again, 5, NULL));
	}
}

static struct carved_solve *start_with(
	struct fixture *f, struct solving *s, uint64_t seed, uint32_t safety_seconds, struct carved_error *error)
{
	struct carved_instance instance;
	struct carved_solve_request request = {.seed = seed, .safety_seconds = safety_seconds};
	const struct carved_solve_callbacks callbacks = {.progress = on_progress, .done = on_done, .context = s};
	small_instance_init(&instance);
	carved_budget_init(&request.budget);
	s->fixture = f;
	s->solve = carved_pool_start(f->pool, &instance, &request, &callbacks, error);
	carved_instance_deinit(&instance); // empty where it was taken over
	return s->solve;
}

static struct carved_solve *start(struct fixture *f, struct solving *s, uint64_t seed, struct carved_error *error)
{
	return start_with(f, s, seed, 20, error);
}

// Starts one and waits until nothing is left to do. Looks that no descriptor stays open.
static void solve(struct fixture *f, struct solving *s, uint32_t safety_seconds)
{
	assert_non_null(start_with(f, s, 1000, safety_seconds, NULL));
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s->dones, 1);
}

static void expect_failed(const struct solving *s, enum carved_code code, const char *name, const char *value)
{
	assert_int_equal(s->end, CARVED_SOLVE_FAILED);
	assert_int_equal(s->error.code, code);
	if (name)
		assert_string_equal(carved_error_get(&s->error, name), value);
}

static void expect_kept(const struct solving *s, enum carved_code code)
{
	assert_int_equal(s->end, CARVED_SOLVE_KEPT);
	assert_int_equal(s->value, 1000);
	assert_int_equal(s->error.code, code);
}

// ---- ways to end

static void a_solve_runs_to_its_last_word(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "done");
	struct solving first = {0}, s = {0};
	solve(f, &first, 20);
	int before = open_descriptors();
	solve(f, &s, 20);
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
	open_pool(f, "done-and-chatty");
	struct solving s = {0};
	solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(s.value, 1001);
}

static void a_solver_that_stays_behind_its_last_word_is_killed_and_its_plan_counts(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "done-and-stay");
	struct solving s = {0};
	solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(s.value, 1001);
}

static void a_solver_that_can_not_be_started_is_told_through_done(void **state)
{
	struct fixture *f = *state;
	f->options.solver = "/nowhere/carved-solver";
	f->pool = carved_pool_new(&f->loop, &f->options);
	struct solving s = {0};
	assert_non_null(start(f, &s, 1, NULL));
	assert_int_equal(s.dones, 0); // not before the caller has what it started
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s.dones, 1);
	expect_failed(&s, CARVED_SOLVER_UNAVAILABLE, "file", "/nowhere/carved-solver");
	assert_string_equal(carved_error_get(&s.error, "reason"), "no such file or directory");
}

static void a_crash_is_a_failed_solve_that_names_the_signal(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "crash");
	struct solving s = {0};
	solve(f, &s, 20);
	expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "signal 6 (Aborted)");
}

static void a_crash_behind_a_plan_keeps_the_plan(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "plan-and-crash");
	struct solving s = {0};
	solve(f, &s, 20);
	expect_kept(&s, CARVED_SOLVER_CRASHED);
}

static void a_solver_killed_by_hand_is_a_failed_solve(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "polite"); // waits for a word from us
	struct solving s = {.kill_at_progress = true};
	solve(f, &s, 20);
	expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "signal 9 (Killed)");
}

static void an_exit_without_a_last_word_is_a_failed_solve(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "status-3");
	struct solving s = {0};
	solve(f, &s, 20);
	expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "exit status 3");
}

static void an_orderly_exit_without_a_last_word_is_no_better(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "wordless");
	struct solving s = {0};
	solve(f, &s, 20);
	expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "exit status 0");
}

static void a_silent_solver_is_killed_at_its_deadline(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "hang");
	struct solving s = {0};
	solve(f, &s, 0);
	expect_failed(&s, CARVED_SOLVER_DEADLINE, "seconds", "1");
}

static void a_plan_from_before_the_deadline_is_kept(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "plan-and-hang");
	struct solving s = {0};
	solve(f, &s, 0);
	expect_kept(&s, CARVED_SOLVER_DEADLINE);
}

static void a_solver_that_never_greets_is_killed_at_its_deadline(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "mute");
	struct solving s = {0};
	solve(f, &s, 0);
	expect_failed(&s, CARVED_SOLVER_DEADLINE, "seconds", "1");
}

static void a_solver_that_does_not_read_holds_nobody_up(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "deaf");
	struct carved_instance instance;
	struct carved_solve_request request = {.safety_seconds = 0};
	struct solving s = {.fixture = f};
	small_instance_init(&instance); // far more travel times than a pipe holds
	carved_budget_init(&request.budget);
	instance.place_count = 1000000;
	instance.travel_count = CARVED_MODES * instance.place_count;
	instance.travel = carved_arena_array(&instance.arena, uint16_t, instance.travel_count);
	const struct carved_solve_callbacks callbacks = {.done = on_done, .context = &s};
	assert_non_null(carved_pool_start(f->pool, &instance, &request, &callbacks, NULL));
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s.dones, 1);
	expect_failed(&s, CARVED_SOLVER_DEADLINE, "seconds", "1");
}

static void a_flood_of_progress_ends_at_the_deadline(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "flooding");
	struct solving s = {0};
	solve(f, &s, 0);
	expect_failed(&s, CARVED_SOLVER_DEADLINE, "seconds", "1");
	assert_true(s.progresses > 100);
}

static void a_solver_that_closes_its_output_and_stays_is_killed(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "silent-but-there");
	struct solving s = {0};
	solve(f, &s, 20);
	expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", "it closed its output and stayed");
}

static void a_pipe_that_a_stranger_keeps_open_is_not_waited_for(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "a-parent");
	struct solving s = {0};
	solve(f, &s, 20);
	expect_kept(&s, CARVED_SOLVER_CRASHED);
	assert_string_equal(carved_error_get(&s.error, "reason"), "exit status 5");
}

// ---- nonsense

static void expect_nonsense(struct fixture *f, const char *behaviour, const char *reason)
{
	open_pool(f, behaviour);
	struct solving s = {0};
	solve(f, &s, 20);
	expect_failed(&s, CARVED_FRAME_INVALID, "reason", reason);
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
	open_pool(f, "plan-and-garbage");
	struct solving s = {0};
	solve(f, &s, 20);
	expect_kept(&s, CARVED_FRAME_INVALID);
	assert_string_equal(carved_error_get(&s.error, "reason"), "a frame of an unknown type");
}

// ---- cancelling

static void a_cancelled_solver_says_its_last_word(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "polite");
	struct solving s = {.cancel_at_progress = true};
	solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(s.ended_by, CARVED_ENDED_BY_CANCEL);
	assert_int_equal(s.value, 4711);
}

static void a_cancelled_solver_that_goes_on_is_killed_after_the_grace(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "flooding");
	struct solving s = {.cancel_at_progress = true};
	solve(f, &s, 20);
	expect_failed(&s, CARVED_SOLVER_CANCELLED, NULL, NULL);
}

static void cancelling_before_the_solver_has_greeted_ends_it(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "done");
	struct solving s = {0};
	assert_non_null(start(f, &s, 1, NULL));
	carved_solve_cancel(s.solve);
	carved_solve_cancel(s.solve);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s.dones, 1);
	expect_failed(&s, CARVED_SOLVER_CANCELLED, NULL, NULL);
}

static void a_solve_cancelled_in_the_queue_is_never_started(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "slow");
	struct solving s[3] = {0};
	for (int i = 0; i < 3; i++)
		assert_non_null(start(f, &s[i], 100, NULL));
	assert_int_equal(carved_solve_pid(s[1].solve), 0);
	assert_true(carved_solve_pid(s[0].solve) > 0);
	carved_solve_cancel(s[1].solve);
	assert_int_equal(s[1].dones, 0);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	expect_failed(&s[1], CARVED_SOLVER_CANCELLED, NULL, NULL);
	assert_int_equal(s[1].rank, 0);
	assert_int_equal(s[0].end, CARVED_SOLVE_DONE);
	assert_int_equal(s[2].end, CARVED_SOLVE_DONE);
}

// ---- queue

static void those_who_wait_longest_come_first(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "slow");
	struct solving s[5] = {0};
	for (int i = 0; i < 5; i++)
		assert_non_null(start(f, &s[i], (uint64_t)(50 - 10 * i), NULL));
	uv_run(&f->loop, UV_RUN_DEFAULT);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(s[i].end, CARVED_SOLVE_DONE);
		assert_int_equal(s[i].rank, i);
		assert_int_equal(s[i].value, 51 - 10 * i);
	}
}

static void two_workers_run_side_by_side(void **state)
{
	struct fixture *f = *state;
	f->options.workers = 2;
	open_pool(f, "slow");
	struct solving s[3] = {0};
	assert_non_null(start(f, &s[0], 600, NULL));
	assert_non_null(start(f, &s[1], 100, NULL));
	assert_non_null(start(f, &s[2], 100, NULL));
	assert_true(carved_solve_pid(s[1].solve) > 0);
	assert_int_equal(carved_solve_pid(s[2].solve), 0);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s[1].rank, 0);
	assert_int_equal(s[2].rank, 1);
	assert_int_equal(s[0].rank, 2);
}

static void a_full_queue_refuses_and_leaves_the_instance(void **state)
{
	struct fixture *f = *state;
	f->options.queue = 1;
	open_pool(f, "slow");
	struct solving s[2] = {0};
	assert_non_null(start(f, &s[0], 50, NULL));
	assert_non_null(start(f, &s[1], 50, NULL));
	struct carved_instance instance;
	small_instance_init(&instance);
	struct carved_error error;
	struct carved_solve_request request = {.safety_seconds = 1};
	assert_null(carved_pool_start(f->pool, &instance, &request, &(struct carved_solve_callbacks){0}, &error));
	assert_int_equal(error.code, CARVED_POOL_FULL);
	assert_string_equal(carved_error_get(&error, "queue"), "1");
	assert_int_equal(instance.slots_count, 2);
	carved_instance_deinit(&instance);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s[0].dones + s[1].dones, 2);
}

static void a_pool_without_a_queue_still_works(void **state)
{
	struct fixture *f = *state;
	f->options.queue = 0;
	open_pool(f, "done");
	struct solving s = {0};
	solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
}

static void done_may_start_the_next_one(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "done");
	f->start_at_done = true;
	struct solving s = {0};
	solve(f, &s, 20);
	assert_int_equal(f->again.dones, 1);
	assert_int_equal(f->again.value, 6);
}

// ---- stopping the pool

static void stopping_ends_what_runs_and_what_waits(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "plan-and-hang");
	struct solving s[3] = {0};
	for (int i = 0; i < 3; i++)
		assert_non_null(start(f, &s[i], 1000, NULL));
	for (int i = 0; i < 50; i++) { // until its plan is likely to be here
		usleep(10000);
		uv_run(&f->loop, UV_RUN_NOWAIT);
	}
	carved_pool_stop(f->pool, on_stopped, f);
	struct carved_error error;
	struct solving late = {0};
	assert_null(start(f, &late, 1, &error));
	assert_int_equal(error.code, CARVED_SOLVER_CANCELLED);
	assert_int_equal(f->stopped_count, 0);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	f->stop_at_done = true; // it has been stopped: nothing left for teardown
	assert_int_equal(f->stopped_count, 1);
	expect_kept(&s[0], CARVED_SOLVER_CANCELLED);
	for (int i = 1; i < 3; i++) {
		assert_int_equal(s[i].dones, 1);
		expect_failed(&s[i], CARVED_SOLVER_CANCELLED, NULL, NULL);
	}
}

static void the_pool_may_be_stopped_from_inside_done(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "done");
	f->stop_at_done = true;
	struct solving s = {0};
	solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(f->stopped_count, 1);
}

static void an_idle_pool_keeps_no_loop_alive(void **state)
{
	struct fixture *f = *state;
	open_pool(f, "done");
	assert_int_equal(uv_run(&f->loop, UV_RUN_DEFAULT), 0);
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
	open_pool(f, "counting");
	uv_pipe_t socket;
	char expected[32];
	snprintf(expected, sizeof expected, "exit status %d", inheritable_descriptors());
	int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
	uv_pipe_init(&f->loop, &socket, 0);
	assert_int_equal(uv_pipe_bind(&socket, test_folder_file(&f->folder, "socket")), 0);
	assert_int_equal(uv_listen((uv_stream_t *)&socket, 1, on_connection), 0);
	uv_unref((uv_handle_t *)&socket);
	struct solving s = {0};
	solve(f, &s, 20);
	expect_failed(&s, CARVED_SOLVER_CRASHED, "reason", expected);
	uv_close((uv_handle_t *)&socket, NULL);
	uv_run(&f->loop, UV_RUN_DEFAULT); // it lies on this stack
	close(file);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_solve_runs_to_its_last_word),
		TEST(what_comes_behind_the_last_word_counts_for_nothing),
		TEST(a_solver_that_stays_behind_its_last_word_is_killed_and_its_plan_counts),
		TEST(a_solver_that_can_not_be_started_is_told_through_done),
		TEST(a_crash_is_a_failed_solve_that_names_the_signal),
		TEST(a_crash_behind_a_plan_keeps_the_plan),
		TEST(a_solver_killed_by_hand_is_a_failed_solve),
		TEST(an_exit_without_a_last_word_is_a_failed_solve),
		TEST(an_orderly_exit_without_a_last_word_is_no_better),
		TEST(a_silent_solver_is_killed_at_its_deadline),
		TEST(a_plan_from_before_the_deadline_is_kept),
		TEST(a_solver_that_never_greets_is_killed_at_its_deadline),
		TEST(a_solver_that_does_not_read_holds_nobody_up),
		TEST(a_flood_of_progress_ends_at_the_deadline),
		TEST(a_solver_that_closes_its_output_and_stays_is_killed),
		TEST(a_pipe_that_a_stranger_keeps_open_is_not_waited_for),
		TEST(no_greeting_ends_the_solver),
		TEST(another_version_ends_the_solver),
		TEST(a_frame_over_the_limit_ends_the_solver),
		TEST(a_plan_that_can_not_be_ends_the_solver),
		TEST(a_frame_of_ours_from_the_solver_ends_it),
		TEST(a_complaint_of_the_solver_is_told),
		TEST(nonsense_behind_a_plan_keeps_the_plan),
		TEST(a_cancelled_solver_says_its_last_word),
		TEST(a_cancelled_solver_that_goes_on_is_killed_after_the_grace),
		TEST(cancelling_before_the_solver_has_greeted_ends_it),
		TEST(a_solve_cancelled_in_the_queue_is_never_started),
		TEST(those_who_wait_longest_come_first),
		TEST(two_workers_run_side_by_side),
		TEST(a_full_queue_refuses_and_leaves_the_instance),
		TEST(a_pool_without_a_queue_still_works),
		TEST(done_may_start_the_next_one),
		TEST(stopping_ends_what_runs_and_what_waits),
		TEST(the_pool_may_be_stopped_from_inside_done),
		TEST(an_idle_pool_keeps_no_loop_alive),
		TEST(a_solver_inherits_no_descriptor_no_environment_and_no_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
