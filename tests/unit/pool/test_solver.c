// SPDX-License-Identifier: EUPL-1.2
// carved-solver's own side of the conversation: its main around an optimiser that does as told.
#include "carved/base/arena.h"
#include "solver_fixture.h"
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void a_solve_is_hello_done_and_a_good_exit(void **state)
{
	struct fixture *f = *state;
	solver_ask(f, SCRIPT_EMPTY, 60);
	solver_expect_hello(f);
	assert_int_equal(solver_expect_solution(f, CARVED_FRAME_DONE, CARVED_ENDED_BY_ITERATIONS), 0);
	solver_expect_exit(f, 0);
}

// The only candidate there is fits both slots, so any plan worth its name places it.
static void the_real_one_places_the_small_candidate(void **state)
{
	struct fixture *f = *state;
	f->program = CARVED_SOLVER;
	solver_ask(f, 1, 60);
	solver_expect_hello(f);
	struct carved_frame frame;
	while ((frame = solver_next(f)).type != CARVED_FRAME_DONE)
		assert_true(frame.type == CARVED_FRAME_PROGRESS || frame.type == CARVED_FRAME_PLAN);
	struct carved_solution solution;
	assert_true(carved_wire_read_solution(&frame, &f->instance, &solution, NULL));
	assert_int_equal(solution.package_count, 1);
	assert_true(solution.value == solution.packages[0].value && solution.value > 0);
	assert_true(solution.bound >= solution.value);
	carved_solution_deinit(&solution);
	solver_expect_exit(f, 0);
}

static void plans_come_at_most_once_a_second_and_the_best_is_never_left_out(void **state)
{
	struct fixture *f = *state;
	solver_ask(f, SCRIPT_MANY, 60);
	solver_expect_hello(f);
	int plans = 0, progresses = 0;
	int64_t last = 0, begin = now_ms();
	for (;;) {
		struct carved_frame frame = solver_next(f);
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
	solver_expect_exit(f, 0);
}

static void a_plan_that_waits_goes_out_though_no_better_one_comes(void **state)
{
	struct fixture *f = *state;
	solver_ask(f, SCRIPT_TWO_WAIT, 60);
	solver_expect_hello(f);
	int64_t begin = now_ms();
	assert_int_equal(solver_expect_solution(f, CARVED_FRAME_PLAN, CARVED_ENDED_BY_ITERATIONS), 1);
	assert_int_equal(solver_expect_solution(f, CARVED_FRAME_PLAN, CARVED_ENDED_BY_ITERATIONS), 2);
	assert_in_range(now_ms() - begin, 900, 9000);
}

static void cancel_ends_in_a_last_word(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	solver_ask(f, SCRIPT_TWO_WAIT, 60);
	solver_expect_hello(f);
	assert_int_equal(solver_expect_solution(f, CARVED_FRAME_PLAN, CARVED_ENDED_BY_ITERATIONS), 1);
	carved_wire_add_cancel(&frames);
	solver_tell(f, &frames);
	assert_int_equal(solver_expect_solution(f, CARVED_FRAME_PLAN, CARVED_ENDED_BY_ITERATIONS), 2); // the one that waited
	assert_int_equal(solver_expect_solution(f, CARVED_FRAME_DONE, CARVED_ENDED_BY_CANCEL), 3);
	solver_expect_exit(f, 0);
}

// Returns after how many milliseconds from `begin` on its last word came.
static int64_t expect_end_by_time(struct fixture *f, int64_t begin)
{
	struct carved_frame frame;
	struct carved_solution solution;
	solver_expect_hello(f);
	while ((frame = solver_next(f)).type == CARVED_FRAME_PLAN)
		;
	assert_int_equal(frame.type, CARVED_FRAME_DONE);
	assert_true(carved_wire_read_solution(&frame, &f->instance, &solution, NULL));
	assert_int_equal(solution.ended_by, CARVED_ENDED_BY_TIME);
	carved_solution_deinit(&solution);
	int64_t taken_ms = now_ms() - begin;
	solver_expect_exit(f, 0);
	return taken_ms;
}

static void the_safety_clock_ends_in_a_last_word(void **state)
{
	struct fixture *f = *state;
	int64_t begin = now_ms();
	solver_ask(f, SCRIPT_TWO_WAIT, 1);
	assert_in_range(expect_end_by_time(f, begin), 1000, 9000);
}

static void with_a_package_it_leaves_the_daemon_its_part_of_the_time(void **state)
{
	struct fixture *f = *state;
	int64_t begin = now_ms();
	solver_ask_to_end(f, SCRIPT_TWO_WAIT, 60, 59000);
	assert_in_range(expect_end_by_time(f, begin), 1000, 9000);
}

static void with_nothing_it_takes_all_of_the_time(void **state)
{
	struct fixture *f = *state;
	int64_t begin = now_ms();
	solver_ask_to_end(f, SCRIPT_WAIT, 2, 2000);
	assert_in_range(expect_end_by_time(f, begin), 2000, 9000);
}

static void a_daemon_that_is_gone_ends_it_at_once_whatever_it_does(void **state)
{
	struct fixture *f = *state;
	solver_ask(f, SCRIPT_HOLD, 60);
	solver_expect_hello(f);
	usleep(100000);
	close(f->in);
	f->in = -1;
	int64_t begin = now_ms();
	solver_expect_exit(f, 1);
	assert_true(now_ms() - begin < 5000);
}

static void what_a_library_prints_does_not_come_among_the_frames(void **state)
{
	struct fixture *f = *state;
	solver_ask(f, SCRIPT_PRINT, 60);
	solver_expect_hello(f);
	assert_int_equal(solver_expect_solution(f, CARVED_FRAME_DONE, CARVED_ENDED_BY_ITERATIONS), 0);
	solver_expect_exit(f, 0);
}

static void an_instance_that_does_not_add_up_is_an_error_frame(void **state)
{
	struct fixture *f = *state;
	f->instance.candidates[0].coach = 5;
	solver_ask(f, SCRIPT_EMPTY, 60);
	solver_expect_hello(f);
	struct carved_frame frame = solver_next(f);
	enum carved_code code = CARVED_OK;
	assert_true(carved_wire_read_error(&frame, &code, NULL));
	assert_int_equal(code, CARVED_FRAME_INVALID);
	solver_expect_exit(f, 1);
}

static void bytes_that_are_no_frame_are_an_error_frame(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	solver_start(f, getpid());
	carved_buffer_add_text(&frames, "GET /v1/health HTTP/1.1\r\n\r\n");
	solver_tell(f, &frames);
	solver_expect_hello(f);
	struct carved_frame frame = solver_next(f);
	enum carved_code code = CARVED_OK;
	assert_true(carved_wire_read_error(&frame, &code, NULL));
	assert_int_equal(code, CARVED_FRAME_INVALID);
	solver_expect_exit(f, 1);
}

static void taken_back_before_the_instance_it_just_leaves(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	solver_start(f, getpid());
	carved_wire_add_hello(&frames, 0);
	carved_wire_add_cancel(&frames);
	solver_tell(f, &frames);
	solver_expect_hello(f);
	solver_expect_exit(f, 0);
}

static void it_runs_for_nobody_but_its_parent(void **state)
{
	struct fixture *f = *state;
	solver_start(f, 1);
	solver_expect_exit(f, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SOLVER_TEST(a_solve_is_hello_done_and_a_good_exit),
		SOLVER_TEST(the_real_one_places_the_small_candidate),
		SOLVER_TEST(plans_come_at_most_once_a_second_and_the_best_is_never_left_out),
		SOLVER_TEST(a_plan_that_waits_goes_out_though_no_better_one_comes),
		SOLVER_TEST(cancel_ends_in_a_last_word),
		SOLVER_TEST(the_safety_clock_ends_in_a_last_word),
		SOLVER_TEST(with_a_package_it_leaves_the_daemon_its_part_of_the_time),
		SOLVER_TEST(with_nothing_it_takes_all_of_the_time),
		SOLVER_TEST(a_daemon_that_is_gone_ends_it_at_once_whatever_it_does),
		SOLVER_TEST(what_a_library_prints_does_not_come_among_the_frames),
		SOLVER_TEST(an_instance_that_does_not_add_up_is_an_error_frame),
		SOLVER_TEST(bytes_that_are_no_frame_are_an_error_frame),
		SOLVER_TEST(taken_back_before_the_instance_it_just_leaves),
		SOLVER_TEST(it_runs_for_nobody_but_its_parent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
