// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/histogram.h"
#include <pthread.h>

static const uint64_t bounds[] = {10, 20, 50};

static void a_value_counts_up_to_the_first_bound_that_is_not_below_it(void **state)
{
	static const uint64_t values[] = {0, 10, 11, 20, 50, 51, 1000000};
	struct carved_histogram histogram;
	uint64_t sum = 0;
	(void)state;
	carved_histogram_init(&histogram, bounds, 3);
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		carved_histogram_add(&histogram, values[i]);
		sum += values[i];
	}
	struct carved_histogram_reading reading = carved_histogram_read(&histogram);
	assert_int_equal(reading.cumulative[0], 2);
	assert_int_equal(reading.cumulative[1], 4);
	assert_int_equal(reading.cumulative[2], 5);
	assert_int_equal(reading.cumulative[3], 7);
	assert_int_equal(reading.sum, sum);
}

static void the_moments_ascend_and_fit(void **state)
{
	struct carved_histogram histogram;
	(void)state;
	carved_histogram_init_moments(&histogram); // would abort
	for (size_t i = 1; i < histogram.bound_count; i++)
		assert_true(histogram.bounds[i - 1] < histogram.bounds[i]);
}

#define TIMES 100000

static void *add_many(void *argument)
{
	for (uint64_t i = 0; i < TIMES; i++)
		carved_histogram_add(argument, i % 60);
	return NULL;
}

static void four_threads_lose_nothing_and_a_reader_never_sees_less_than_before(void **state)
{
	struct carved_histogram histogram;
	pthread_t threads[4];
	uint64_t seen = 0;
	(void)state;
	carved_histogram_init(&histogram, bounds, 3);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, add_many, &histogram), 0);
	for (int i = 0; i < 1000; i++) {
		struct carved_histogram_reading reading = carved_histogram_read(&histogram);
		assert_true(reading.cumulative[3] >= seen);
		assert_true(reading.cumulative[0] <= reading.cumulative[1] && reading.cumulative[2] <= reading.cumulative[3]);
		seen = reading.cumulative[3];
	}
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(carved_histogram_read(&histogram).cumulative[3], 4 * TIMES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_counts_up_to_the_first_bound_that_is_not_below_it),
		cmocka_unit_test(the_moments_ascend_and_fit),
		cmocka_unit_test(four_threads_lose_nothing_and_a_reader_never_sees_less_than_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
