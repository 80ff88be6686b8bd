// SPDX-License-Identifier: EUPL-1.2
#include "service/plan_course.h"
#include "support/carved_cmocka.h"

static void add(struct carved_plan_course *course, int64_t ms, int64_t value, int64_t bound)
{
	carved_plan_course_add(course, &(struct carved_plan_point){.ms = ms, .value = value, .bound = bound});
}

static void what_is_not_known_is_null_and_the_end_comes_last(void **state)
{
	struct carved_plan_course course = {0};
	struct carved_plan_point end = {.ms = 12003, .value = 90, .bound = 96};
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
	(void)state;
	add(&course, 7, -1, -1);
	add(&course, 45, -1, 100);
	add(&course, 1200, 80, 100);
	carved_plan_course_format(&course, &end, &writer, NULL);
	assert_string_equal(text.data, "[{\"seconds\":0.007,\"value\":null,\"bound\":null,\"gap\":null},"
				       "{\"seconds\":0.045,\"value\":null,\"bound\":100,\"gap\":null},"
				       "{\"seconds\":1.200,\"value\":80,\"bound\":100,\"gap\":0.200000},"
				       "{\"seconds\":12.003,\"value\":90,\"bound\":96,\"gap\":0.062500}]");
	carved_buffer_deinit(&text);
}

static void what_says_nothing_new_is_passed_over(void **state)
{
	struct carved_plan_course course = {0};
	(void)state;
	add(&course, 1, 80, 100);
	add(&course, 2, 80, 100);
	add(&course, 3, 81, 100);
	add(&course, 4, 81, 99);
	assert_int_equal(course.count, 3);
	assert_int_equal(course.points[2].ms, 4);
}

// However many come: the first stays, there is room for the end, and no stretch is told much less than another.
static void of_many_points_some_from_all_along_are_kept(void **state)
{
	(void)state;
	for (int many = 150; many < 100000; many = many * 3 + 1) {
		struct carved_plan_course course = {0};
		int longest = 0;
		for (int i = 0; i < many; i++)
			add(&course, i, i, 1000000);
		assert_int_equal(course.points[0].ms, 0);
		assert_true(course.count < CARVED_PLAN_COURSE_MOST);
		assert_true(many < CARVED_PLAN_COURSE_MOST || course.count >= CARVED_PLAN_COURSE_MOST / 2 - 1);
		for (unsigned i = 1; i <= course.count; i++) {
			int gap = (int)((i < course.count ? course.points[i].ms : many) - course.points[i - 1].ms);
			assert_true(gap > 0);
			longest = gap > longest ? gap : longest;
		}
		assert_true(longest <= 2 * many / (CARVED_PLAN_COURSE_MOST / 2) + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_known_is_null_and_the_end_comes_last),
		cmocka_unit_test(what_says_nothing_new_is_passed_over),
		cmocka_unit_test(of_many_points_some_from_all_along_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
