// SPDX-License-Identifier: EUPL-1.2
// Cancelling, the queue, and how all of it stops.
#include "pool_fixture.h"
#include <unistd.h>

// ---- cancelling

static void a_cancelled_solver_says_its_last_word(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "polite");
	struct solving s = {.cancel_at_progress = true};
	pool_solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(s.ended_by, CARVED_ENDED_BY_CANCEL);
	assert_int_equal(s.value, 4711);
}

static void a_cancelled_solver_that_goes_on_is_killed_after_the_grace(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "flooding");
	struct solving s = {.cancel_at_progress = true};
	pool_solve(f, &s, 20);
	pool_expect_failed(&s, CARVED_SOLVER_CANCELLED, NULL, NULL);
}

static void cancelling_before_the_solver_has_greeted_ends_it(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "done");
	struct solving s = {0};
	assert_non_null(pool_start(f, &s, 1, NULL));
	carved_solve_cancel(s.solve);
	carved_solve_cancel(s.solve);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s.dones, 1);
	pool_expect_failed(&s, CARVED_SOLVER_CANCELLED, NULL, NULL);
}

static void a_solve_cancelled_in_the_queue_is_never_started(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "slow");
	struct solving s[3] = {0};
	for (int i = 0; i < 3; i++)
		assert_non_null(pool_start(f, &s[i], 100, NULL));
	assert_int_equal(carved_solve_pid(s[1].solve), 0);
	assert_true(carved_solve_pid(s[0].solve) > 0);
	carved_solve_cancel(s[1].solve);
	assert_int_equal(s[1].dones, 0);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	pool_expect_failed(&s[1], CARVED_SOLVER_CANCELLED, NULL, NULL);
	assert_int_equal(s[1].rank, 0);
	assert_int_equal(s[0].end, CARVED_SOLVE_DONE);
	assert_int_equal(s[2].end, CARVED_SOLVE_DONE);
}

// ---- queue

static void those_who_wait_longest_come_first(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "slow");
	struct solving s[5] = {0};
	for (int i = 0; i < 5; i++)
		assert_non_null(pool_start(f, &s[i], (uint64_t)(50 - 10 * i), NULL));
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
	pool_open(f, "slow");
	struct solving s[3] = {0};
	assert_non_null(pool_start(f, &s[0], 600000, NULL)); // until the others are done
	assert_non_null(pool_start(f, &s[1], 100, NULL));
	assert_non_null(pool_start(f, &s[2], 100, NULL));
	s[2].cancels = s[0].solve;
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
	pool_open(f, "slow");
	struct solving s[2] = {0};
	assert_non_null(pool_start(f, &s[0], 50, NULL));
	assert_non_null(pool_start(f, &s[1], 50, NULL));
	struct carved_instance instance;
	small_instance_init(&instance);
	struct carved_error error;
	struct carved_solve_request request = {.safety_ms = 1000};
	assert_null(carved_pool_start(f->pool, 0, &instance, &request, &(struct carved_solve_callbacks){0}, &error));
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
	pool_open(f, "done");
	struct solving s = {0};
	pool_solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
}

static void done_may_start_the_next_one(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "done");
	f->start_at_done = true;
	struct solving s = {0};
	pool_solve(f, &s, 20);
	assert_int_equal(f->again.dones, 1);
	assert_int_equal(f->again.value, 6);
}

// ---- stopping the pool

static void stopping_ends_what_runs_and_what_waits(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "plan-and-hang");
	struct solving s[3] = {0};
	for (int i = 0; i < 3; i++)
		assert_non_null(pool_start(f, &s[i], 1000, NULL));
	for (int i = 0; i < 50; i++) { // until its plan is likely to be here
		usleep(10000);
		uv_run(&f->loop, UV_RUN_NOWAIT);
	}
	carved_pool_stop(f->pool, pool_on_stopped, f);
	struct carved_error error;
	struct solving late = {0};
	assert_null(pool_start(f, &late, 1, &error));
	assert_int_equal(error.code, CARVED_SOLVER_CANCELLED);
	assert_int_equal(f->stopped_count, 0);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	f->stop_at_done = true; // it has been stopped: nothing left for teardown
	assert_int_equal(f->stopped_count, 1);
	pool_expect_kept(&s[0], CARVED_SOLVER_CANCELLED);
	for (int i = 1; i < 3; i++) {
		assert_int_equal(s[i].dones, 1);
		pool_expect_failed(&s[i], CARVED_SOLVER_CANCELLED, NULL, NULL);
	}
}

static void the_pool_may_be_stopped_from_inside_done(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "done");
	f->stop_at_done = true;
	struct solving s = {0};
	pool_solve(f, &s, 20);
	assert_int_equal(s.end, CARVED_SOLVE_DONE);
	assert_int_equal(f->stopped_count, 1);
}

static void an_idle_pool_keeps_no_loop_alive(void **state)
{
	struct fixture *f = *state;
	pool_open(f, "done");
	assert_int_equal(uv_run(&f->loop, UV_RUN_DEFAULT), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		POOL_TEST(a_cancelled_solver_says_its_last_word),
		POOL_TEST(a_cancelled_solver_that_goes_on_is_killed_after_the_grace),
		POOL_TEST(cancelling_before_the_solver_has_greeted_ends_it),
		POOL_TEST(a_solve_cancelled_in_the_queue_is_never_started),
		POOL_TEST(those_who_wait_longest_come_first),
		POOL_TEST(two_workers_run_side_by_side),
		POOL_TEST(a_full_queue_refuses_and_leaves_the_instance),
		POOL_TEST(a_pool_without_a_queue_still_works),
		POOL_TEST(done_may_start_the_next_one),
		POOL_TEST(stopping_ends_what_runs_and_what_waits),
		POOL_TEST(the_pool_may_be_stopped_from_inside_done),
		POOL_TEST(an_idle_pool_keeps_no_loop_alive),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
