// SPDX-License-Identifier: EUPL-1.2
// The real region small, where ../shared is present: solved with a short budget, and held against the documents by the checker that shares nothing with the
// optimiser. What the whole budget brings is test_optimize_slow's.
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/model/plan.h"
#include "carved/optimize/optimize.h"
#include "support/carved_cmocka.h"
#include "support/region_file.h"
#include <stdio.h>
#include <string.h>

struct solved {
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_solution solution;
};

static bool solve(struct solved *solved, const char *name, uint64_t seed, uint32_t threads)
{
	struct carved_optimize_options options = {.seed = seed};
	*solved = (struct solved){.region = region_file_load(name)};
	if (!solved->region)
		return false;
	carved_weights_init(&solved->weights);
	carved_budget_init(&options.budget);
	options.budget.threads = threads;
	options.budget.search_rounds = 60;
	options.budget.block_rounds = 1;
	options.budget.block_nodes = 20;
	carved_compile(solved->region, region_file_date(), &solved->weights, &solved->instance);
	carved_optimize(&solved->instance, &options, &solved->solution);
	return true;
}

static void deinit(struct solved *solved)
{
	carved_solution_deinit(&solved->solution);
	carved_instance_deinit(&solved->instance);
	carved_region_unref(solved->region);
}

static void assert_right_on_documents(const struct solved *solved)
{
	struct carved_plan plan;
	struct carved_error error;
	struct carved_violations violations = {0};
	struct carved_slot_table *table = carved_slot_table_new(solved->region);
	assert_true(
		carved_plan_make(solved->region, table, region_file_date(), &solved->weights, &solved->solution, &plan, &error));
	assert_true(carved_check_plan(solved->region, table, &plan, &violations));
	assert_int_equal(violations.count, 0);
	carved_violations_deinit(&violations);
	carved_plan_deinit(&plan);
	carved_slot_table_free(table);
}

static void small_has_a_plan_near_its_bound_in_which_nothing_is_wrong_on_the_documents(void **state)
{
	(void)state;
	struct solved solved;
	if (!solve(&solved, "small", 1, 2))
		skip();
	const struct carved_solution *solution = &solved.solution;
	printf("small: value %lld, bound %lld, placed %u\n", (long long)solution->value, (long long)solution->bound,
		solution->package_count);
	assert_true((solution->bound - solution->value) * 100 <= solution->bound * 15);
	assert_int_equal(solution->pairs_bounded, 0);
	assert_right_on_documents(&solved);
	deinit(&solved);
}

static void small_twice_with_one_seed_is_the_same_plan_with_one_thread_and_with_three(void **state)
{
	(void)state;
	struct solved first, second;
	if (!solve(&first, "small", 3, 1) || !solve(&second, "small", 3, 3))
		skip();
	assert_int_equal(first.solution.value, second.solution.value);
	assert_int_equal(first.solution.bound, second.solution.bound);
	assert_int_equal(first.solution.iterations, second.solution.iterations);
	assert_int_equal(first.solution.package_count, second.solution.package_count);
	for (uint32_t p = 0; p < first.solution.package_count; p++) {
		const struct carved_package *a = &first.solution.packages[p], *b = &second.solution.packages[p];
		assert_int_equal(a->candidate, b->candidate);
		assert_int_equal(a->piece_count, b->piece_count);
		assert_memory_equal(a->pieces, b->pieces, a->piece_count * sizeof *a->pieces);
	}
	assert_memory_equal(first.solution.prices.slot, second.solution.prices.slot,
		first.instance.slots_count * sizeof *first.solution.prices.slot);
	deinit(&first);
	deinit(&second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_has_a_plan_near_its_bound_in_which_nothing_is_wrong_on_the_documents),
		cmocka_unit_test(small_twice_with_one_seed_is_the_same_plan_with_one_thread_and_with_three),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
