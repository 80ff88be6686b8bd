// SPDX-License-Identifier: EUPL-1.2
// Tasks of a crew: each is done once, by one worker at a time, and the crew can be asked again and again. Run it under the thread sanitizer.
#include "carved/base/crew.h"
#include "support/carved_cmocka.h"
#include <stdatomic.h>
#include <stdbool.h>

enum { TASKS = 1000, RUNS = 200 };

struct tally {
	uint32_t done[TASKS];                            // per task; no atomics: the thread sanitizer tells if two write
	uint64_t sum_of_worker[CARVED_CREW_THREADS_MAX]; // scratch of a worker, likewise
	uint32_t threads;
	atomic_bool bad_worker;
};

static void count_task(void *context, uint32_t worker, uint32_t index)
{
	struct tally *tally = context;
	if (worker >= tally->threads) {
		atomic_store(&tally->bad_worker, true);
		return;
	}
	tally->done[index]++;
	tally->sum_of_worker[worker] += index;
}

static void every_task_is_done_once_however_many_threads(void **state)
{
	(void)state;
	const uint32_t threads[] = {1, 2, 3, 7, CARVED_CREW_THREADS_MAX};
	for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
		struct carved_crew *crew = carved_crew_new(threads[i]);
		struct tally tally = {.threads = carved_crew_threads(crew)};
		assert_in_range(tally.threads, 1, threads[i]);
		carved_crew_run(crew, TASKS, count_task, &tally);
		uint64_t sum = 0;
		for (uint32_t t = 0; t < TASKS; t++)
			assert_int_equal(tally.done[t], 1);
		for (uint32_t w = 0; w < CARVED_CREW_THREADS_MAX; w++)
			sum += tally.sum_of_worker[w];
		assert_int_equal(sum, (uint64_t)TASKS * (TASKS - 1) / 2);
		assert_false(atomic_load(&tally.bad_worker));
		carved_crew_free(crew);
	}
}

static void a_crew_runs_again_and_again_with_more_and_with_fewer_tasks_than_threads(void **state)
{
	(void)state;
	struct carved_crew *crew = carved_crew_new(3);
	static struct tally tally;
	uint32_t expected[TASKS] = {0};
	tally.threads = carved_crew_threads(crew);
	for (uint32_t run = 0; run < RUNS; run++) {
		uint32_t count = run % 5 == 4 ? TASKS : run % 5; // 0, 1, 2, 3, many
		carved_crew_run(crew, count, count_task, &tally);
		for (uint32_t t = 0; t < count; t++)
			expected[t]++;
		assert_memory_equal(tally.done, expected, sizeof expected);
	}
	carved_crew_free(crew);
}

struct meeting {
	atomic_uint arrived;
	uint32_t needed;
};

// Ends once as many workers have come as there are: they do run at the same time.
static void meet(void *context, uint32_t worker, uint32_t index)
{
	struct meeting *meeting = context;
	(void)worker, (void)index;
	atomic_fetch_add(&meeting->arrived, 1);
	while (atomic_load(&meeting->arrived) < meeting->needed)
		;
}

static void workers_run_at_the_same_time(void **state)
{
	(void)state;
	struct carved_crew *crew = carved_crew_new(2);
	struct meeting meeting = {.needed = carved_crew_threads(crew)};
	assert_int_equal(meeting.needed, 2);
	carved_crew_run(crew, 2, meet, &meeting);
	assert_int_equal(atomic_load(&meeting.arrived), 2);
	carved_crew_free(crew);
}

struct waiting {
	atomic_bool other_began, may_end;
	uint32_t asked;
};

static void end_when_asked(void *context)
{
	struct waiting *waiting = context;
	waiting->asked++;
	atomic_store(&waiting->may_end, true);
}

// Worker 0 ends its task once the other one has begun, which ends only when worker 0 has been idle.
static void wait_for_the_idle(void *context, uint32_t worker, uint32_t index)
{
	struct waiting *waiting = context;
	(void)index;
	if (worker > 0)
		atomic_store(&waiting->other_began, true);
	while (!atomic_load(worker > 0 ? &waiting->may_end : &waiting->other_began))
		;
}

static void the_caller_asks_on_while_it_waits_for_the_others(void **state)
{
	(void)state;
	struct carved_crew *crew = carved_crew_new(2);
	struct waiting waiting = {.asked = 0};
	assert_int_equal(carved_crew_threads(crew), 2);
	carved_crew_set_idle(crew, end_when_asked, &waiting);
	carved_crew_run(crew, 2, wait_for_the_idle, &waiting);
	assert_true(waiting.asked > 0);
	carved_crew_free(crew);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_task_is_done_once_however_many_threads),
		cmocka_unit_test(a_crew_runs_again_and_again_with_more_and_with_fewer_tasks_than_threads),
		cmocka_unit_test(workers_run_at_the_same_time),
		cmocka_unit_test(the_caller_asks_on_while_it_waits_for_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
