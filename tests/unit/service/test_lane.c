// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "service/lane.h"
#include "service/work.h"
#include <cmocka.h>
#include <stdlib.h>

#define ERRANDS 200

struct noted { // an errand that notes when it ran and was done
	struct carved_errand errand;
	int number, *ran, *done;
	int ran_as, done_as;
	uv_thread_t thread;
};

static void run(struct carved_errand *errand)
{
	struct noted *n = carved_container_of(errand, struct noted, errand);
	n->thread = uv_thread_self();
	n->ran_as = __atomic_fetch_add(n->ran, 1, __ATOMIC_SEQ_CST);
}

static void done(struct carved_errand *errand)
{
	struct noted *n = carved_container_of(errand, struct noted, errand);
	n->done_as = (*n->done)++;
}

static struct noted noted[ERRANDS];
static int ran, finished, stopped;
static uv_loop_t loop;

static int setup(void **state)
{
	(void)state;
	ran = finished = stopped = 0;
	for (int i = 0; i < ERRANDS; i++)
		noted[i] = (struct noted){.errand = {.run = run, .done = done}, .number = i, .ran = &ran, .done = &finished};
	return uv_loop_init(&loop);
}

static int teardown(void **state)
{
	(void)state;
	return uv_loop_close(&loop);
}

static void on_stopped(void *context)
{
	++*(int *)context;
}

static void a_lane_runs_errands_in_order_on_its_own_thread_and_gives_them_all_back(void **state)
{
	(void)state;
	struct carved_lane *lane = carved_lane_start(&loop, "test", 1000, 1000);
	for (int i = 0; i < ERRANDS; i++)
		assert_int_equal(carved_lane_add(lane, 0, &noted[i].errand), CARVED_ADMITTED);
	carved_lane_stop(lane, on_stopped, &stopped);
	uv_run(&loop, UV_RUN_DEFAULT);
	uv_thread_t self = uv_thread_self();
	for (int i = 0; i < ERRANDS; i++) {
		assert_int_equal(noted[i].ran_as, i);
		assert_int_equal(noted[i].done_as, i);
		assert_false(uv_thread_equal(&noted[i].thread, &self));
	}
	assert_int_equal(stopped, 1);
}

struct slow { // an errand that waits for leave to go on
	struct carved_errand errand;
	struct carved_lane *lane;
	uv_sem_t begun, beaten, may_beat, may_end;
};

static void run_slowly(struct carved_errand *errand)
{
	struct slow *slow = carved_container_of(errand, struct slow, errand);
	uv_sem_post(&slow->begun);
	uv_sem_wait(&slow->may_beat);
	carved_lane_beat(slow->lane);
	uv_sem_post(&slow->beaten);
	uv_sem_wait(&slow->may_end);
}

static void done_slowly(struct carved_errand *errand)
{
	(void)errand;
}

static void a_lane_stands_still_only_while_an_errand_gives_no_sign(void **state)
{
	(void)state;
	struct slow slow = {.errand = {.run = run_slowly, .done = done_slowly}};
	uv_sem_t *const semaphores[] = {&slow.begun, &slow.beaten, &slow.may_beat, &slow.may_end};
	for (size_t i = 0; i < 4; i++)
		uv_sem_init(semaphores[i], 0);
	slow.lane = carved_lane_start(&loop, "test", 1, 1000);
	assert_int_equal(carved_lane_still_ms(slow.lane, 1000), 0);
	assert_int_equal(carved_lane_still_ms(slow.lane, 90000), 0); // idle is no standstill
	assert_int_equal(carved_lane_add(slow.lane, 0, &slow.errand), CARVED_ADMITTED);
	uv_sem_wait(&slow.begun);
	assert_int_equal(carved_lane_still_ms(slow.lane, 91000), 0); // its beginning
	assert_int_equal(carved_lane_still_ms(slow.lane, 95000), 4000);
	uv_sem_post(&slow.may_beat);
	uv_sem_wait(&slow.beaten);
	assert_int_equal(carved_lane_still_ms(slow.lane, 99000), 0);
	assert_int_equal(carved_lane_still_ms(slow.lane, 99500), 500);
	uv_sem_post(&slow.may_end);
	carved_lane_stop(slow.lane, on_stopped, &stopped);
	uv_run(&loop, UV_RUN_DEFAULT);
	assert_int_equal(stopped, 1);
	for (size_t i = 0; i < 4; i++)
		uv_sem_destroy(semaphores[i]);
}

static void a_full_lane_refuses_all_but_what_is_owed(void **state)
{
	(void)state;
	struct carved_lane *lane = carved_lane_start(&loop, "test", 2, 1000);
	assert_int_equal(carved_lane_add(lane, 0, &noted[0].errand), CARVED_ADMITTED);
	assert_int_equal(carved_lane_add(lane, 0, &noted[1].errand), CARVED_ADMITTED);
	assert_int_equal(
		carved_lane_add(lane, 0, &noted[2].errand), CARVED_QUEUE_FULL); // not done yet, whatever the thread has run
	carved_lane_add_always(lane, &noted[3].errand);
	struct carved_queue_figures figures;
	carved_lane_get_figures(lane, &figures);
	assert_int_equal(figures.refused.full, 1);
	assert_int_equal(figures.refused.share_used, 0);
	assert_true(figures.waiting + figures.running <= 3);
	carved_lane_stop(lane, on_stopped, &stopped);
	uv_run(&loop, UV_RUN_DEFAULT);
	assert_int_equal(finished, 3);
}

static void work_takes_a_bounded_number_and_becomes_idle(void **state)
{
	(void)state;
	struct carved_work *work = carved_work_new(&loop, 2, 3, 1000);
	for (int i = 0; i < 5; i++)
		assert_int_equal(carved_work_add(work, 0, &noted[i].errand), CARVED_ADMITTED);
	assert_int_equal(carved_work_add(work, 0, &noted[5].errand), CARVED_QUEUE_FULL);
	carved_work_add_always(work, &noted[6].errand);
	assert_false(carved_work_is_idle(work));
	struct carved_queue_figures figures;
	carved_work_get_figures(work, &figures);
	assert_int_equal(figures.running, 2);
	assert_int_equal(figures.waiting, 4);
	assert_int_equal(figures.refused.full, 1);
	assert_int_equal(figures.refused.share_used, 0);
	uv_run(&loop, UV_RUN_DEFAULT);
	assert_int_equal(finished, 6);
	assert_int_equal(noted[5].ran_as, 0); // never ran
	carved_work_get_figures(work, &figures);
	assert_int_equal(figures.running + figures.waiting, 0);
	assert_int_equal(carved_histogram_read(figures.waits).cumulative[figures.waits->bound_count], 6);
	assert_true(carved_work_is_idle(work));
	carved_work_free(work);
}

static void one_user_has_a_share_and_the_others_go_on(void **state)
{
	(void)state;
	struct carved_lane *lane = carved_lane_start(&loop, "test", 1000, 2);
	struct carved_work *work = carved_work_new(&loop, 1, 1000, 2);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(carved_lane_add(lane, 7, &noted[i].errand), CARVED_ADMITTED);
		assert_int_equal(carved_work_add(work, 7, &noted[10 + i].errand), CARVED_ADMITTED);
	}
	assert_int_equal(carved_lane_add(lane, 7, &noted[2].errand), CARVED_SHARE_USED);
	assert_int_equal(carved_work_add(work, 7, &noted[12].errand), CARVED_SHARE_USED);
	struct carved_queue_figures figures;
	carved_lane_get_figures(lane, &figures);
	assert_int_equal(figures.refused.share_used, 1);
	assert_int_equal(figures.refused.full, 0);
	carved_work_get_figures(work, &figures);
	assert_int_equal(figures.refused.share_used, 1);
	assert_int_equal(figures.refused.full, 0);
	assert_int_equal(carved_lane_add(lane, 8, &noted[3].errand), CARVED_ADMITTED);
	assert_int_equal(carved_work_add(work, 8, &noted[13].errand), CARVED_ADMITTED);
	carved_lane_stop(lane, on_stopped, &stopped);
	uv_run(&loop, UV_RUN_DEFAULT);
	assert_int_equal(finished, 6);
	assert_int_equal(carved_work_add(work, 7, &noted[14].errand), CARVED_ADMITTED); // what is done does not count any more
	uv_run(&loop, UV_RUN_DEFAULT);
	carved_work_free(work);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_lane_runs_errands_in_order_on_its_own_thread_and_gives_them_all_back),
		TEST(a_lane_stands_still_only_while_an_errand_gives_no_sign),
		TEST(a_full_lane_refuses_all_but_what_is_owed),
		TEST(work_takes_a_bounded_number_and_becomes_idle),
		TEST(one_user_has_a_share_and_the_others_go_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
