// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/arena.h"
#include "lp.h"
#include "support/carved_cmocka.h"
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct stop {
	uint32_t questions, after; // stops from this question on
};

static bool should_stop(void *context)
{
	struct stop *stop = context;
	return ++stop->questions > stop->after;
}

static void round_to_nothing(void *context, const double *x, bool *chosen)
{
	(void)context, (void)x;
	memset(chosen, 0, 3 * sizeof *chosen);
}

static void round_to_the_second(void *context, const double *x, bool *chosen)
{
	(void)context, (void)x;
	for (int j = 0; j < 3; j++)
		chosen[j] = j == 1;
}

static void assert_near(double found, double expected)
{
	assert_true(found > expected - 1e-6 && found < expected + 1e-6);
}

// max 3x + 2y: x + y <= 4, x <= 3
static void a_program_of_two_rows_has_its_value_and_prices(void **state)
{
	(void)state;
	struct stop stop = {.after = 100};
	struct carved_lp *lp = carved_lp_new(should_stop, &stop);
	const double ones[] = {1, 1};
	uint32_t both = carved_lp_add_row(lp, 4, 0, NULL, NULL), first = carved_lp_add_row(lp, 3, 0, NULL, NULL);
	uint32_t x = carved_lp_add_column(lp, 3, 2, (uint32_t[]){both, first}, ones);
	uint32_t y = carved_lp_add_column(lp, 2, 1, (uint32_t[]){both}, ones);
	assert_int_equal(carved_lp_solve(lp, false), CARVED_LP_OPTIMAL);
	assert_near(carved_lp_value(lp), 11);
	assert_near(carved_lp_primal(lp, x), 3);
	assert_near(carved_lp_primal(lp, y), 1);
	assert_near(carved_lp_dual(lp, both), 2);
	assert_near(carved_lp_dual(lp, first), 1);
	carved_lp_free(lp);
}

static void a_row_added_later_takes_hold_of_columns_that_are_there(void **state)
{
	(void)state;
	struct stop stop = {.after = 100};
	struct carved_lp *lp = carved_lp_new(should_stop, &stop);
	const double ones[] = {1, 1};
	uint32_t first = carved_lp_add_row(lp, 4, 0, NULL, NULL);
	uint32_t x = carved_lp_add_column(lp, 3, 1, &first, ones);
	assert_int_equal(carved_lp_solve(lp, false), CARVED_LP_OPTIMAL);
	assert_near(carved_lp_value(lp), 12);
	uint32_t later = carved_lp_add_row(lp, 1, 1, &x, (double[]){2});
	assert_int_equal(carved_lp_solve(lp, true), CARVED_LP_OPTIMAL);
	assert_near(carved_lp_value(lp), 1.5);
	assert_near(carved_lp_dual(lp, later), 1.5);
	carved_lp_free(lp);
}

// Three that exclude each other two by two: the relaxation takes half of each, whole numbers take the best one.
static struct carved_lp *new_triangle(struct stop *stop)
{
	struct carved_lp *lp = carved_lp_new(should_stop, stop);
	const double ones[] = {1, 1};
	uint32_t rows[3];
	for (int i = 0; i < 3; i++)
		rows[i] = carved_lp_add_row(lp, 1, 0, NULL, NULL);
	carved_lp_add_column(lp, 10, 2, (uint32_t[]){rows[0], rows[1]}, ones);
	carved_lp_add_column(lp, 11, 2, (uint32_t[]){rows[1], rows[2]}, ones);
	carved_lp_add_column(lp, 12, 2, (uint32_t[]){rows[0], rows[2]}, ones);
	return lp;
}

static void whole_numbers_are_found_from_a_start(void **state)
{
	(void)state;
	struct stop stop = {.after = 1000};
	bool chosen[] = {true, false, false};
	struct carved_lp *lp = new_triangle(&stop);
	assert_int_equal(carved_lp_solve(lp, false), CARVED_LP_OPTIMAL);
	assert_near(carved_lp_value(lp), 16.5);
	assert_true(carved_lp_solve_binary(lp, 100, round_to_nothing, NULL, chosen));
	assert_false(chosen[0] || chosen[1]);
	assert_true(chosen[2]);
	carved_lp_free(lp);
}

static void whole_numbers_are_found_without_cuts_and_forecasts(void **state)
{
	(void)state;
	struct stop stop = {.after = 1000};
	bool chosen[] = {true, false, false};
	struct carved_lp *lp = new_triangle(&stop);
	carved_lp_branch_plainly(lp);
	assert_int_equal(carved_lp_solve(lp, false), CARVED_LP_OPTIMAL);
	assert_true(carved_lp_solve_binary(lp, 100, round_to_nothing, NULL, chosen));
	assert_true(chosen[2] && !chosen[0] && !chosen[1]);
	carved_lp_free(lp);
}

static void a_start_that_is_the_best_stays(void **state)
{
	(void)state;
	struct stop stop = {.after = 1000};
	bool chosen[] = {false, false, true};
	struct carved_lp *lp = new_triangle(&stop);
	assert_int_equal(carved_lp_solve(lp, false), CARVED_LP_OPTIMAL);
	assert_false(carved_lp_solve_binary(lp, 100, round_to_nothing, NULL, chosen));
	assert_true(chosen[2] && !chosen[0] && !chosen[1]);
	carved_lp_free(lp);
}

static void what_rounding_finds_counts_where_the_tree_has_no_node_left(void **state)
{
	(void)state;
	struct stop stop = {.after = 1000};
	bool chosen[] = {true, false, false};
	struct carved_lp *lp = new_triangle(&stop);
	assert_int_equal(carved_lp_solve(lp, false), CARVED_LP_OPTIMAL);
	assert_true(carved_lp_solve_binary(lp, 1, round_to_the_second, NULL, chosen));
	assert_true(chosen[1] || chosen[2]);
	assert_false(chosen[0]);
	carved_lp_free(lp);
}

static void a_search_that_is_stopped_keeps_its_start(void **state)
{
	(void)state;
	struct stop stop = {.after = 0};
	bool chosen[] = {true, false, false};
	struct carved_lp *lp = new_triangle(&stop);
	assert_int_equal(carved_lp_solve(lp, false), CARVED_LP_OPTIMAL);
	assert_false(carved_lp_solve_binary(lp, 100, round_to_nothing, NULL, chosen));
	assert_true(chosen[0] && !chosen[1] && !chosen[2]);
	carved_lp_free(lp);
}

static void an_empty_program_fails_instead_of_ending_the_process(void **state)
{
	(void)state;
	struct stop stop = {.after = 100};
	struct carved_lp *lp = carved_lp_new(should_stop, &stop);
	assert_int_equal(carved_lp_solve(lp, false), CARVED_LP_FAILED);
	assert_false(carved_lp_solve_binary(lp, 100, round_to_nothing, NULL, NULL));
	carved_lp_free(lp);
}

// GLPK aborts where memory runs out; the process shall end as it does wherever else that happens.
static void memory_that_runs_out_within_glpk_is_told_apart_from_a_crash(void **state)
{
	(void)state;
#ifdef CARVED_NO_SANDBOX
	skip(); // a sanitizer's memory can't be limited, and counted lines would be lost
#endif
	int status;
	pid_t child = fork();
	if (child == 0) {
		const struct rlimit limit = {256 << 20, 256 << 20};
		struct stop stop = {.after = 0};
		setrlimit(RLIMIT_AS, &limit);
		struct carved_lp *lp = carved_lp_new(should_stop, &stop);
		for (;;)
			carved_lp_add_row(lp, 1, 0, NULL, NULL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), CARVED_EXIT_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_of_two_rows_has_its_value_and_prices),
		cmocka_unit_test(a_row_added_later_takes_hold_of_columns_that_are_there),
		cmocka_unit_test(whole_numbers_are_found_from_a_start),
		cmocka_unit_test(whole_numbers_are_found_without_cuts_and_forecasts),
		cmocka_unit_test(a_start_that_is_the_best_stays),
		cmocka_unit_test(what_rounding_finds_counts_where_the_tree_has_no_node_left),
		cmocka_unit_test(a_search_that_is_stopped_keeps_its_start),
		cmocka_unit_test(an_empty_program_fails_instead_of_ending_the_process),
		cmocka_unit_test(memory_that_runs_out_within_glpk_is_told_apart_from_a_crash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
