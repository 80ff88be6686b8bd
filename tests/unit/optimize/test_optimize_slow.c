// SPDX-License-Identifier: EUPL-1.2
// The real regions small and medium with the whole budget, where ../shared is present. Labelled slow.
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/model/plan.h"
#include "carved/optimize/optimize.h"
#include "support/carved_cmocka.h"
#include "support/region_file.h"
#include <stdio.h>

// Solves a region with the preset budget, which counts work and not time, and asks for a gap of so many thousandths at most.
static void assert_solved(const char *name, uint32_t thousandths)
{
	struct carved_region *region = region_file_load(name);
	if (!region)
		skip();
	struct carved_weights weights;
	struct carved_instance instance = {0};
	struct carved_solution solution = {0};
	struct carved_optimize_options options = {.seed = 1};
	struct carved_plan plan;
	struct carved_error error;
	struct carved_violations violations = {0};
	carved_weights_init(&weights);
	carved_budget_init(&options.budget);
	options.budget.gap_target = thousandths * 1000; // no longer than it takes to be shown
	carved_compile(region, region_file_date(), &weights, &instance);
	carved_optimize(&instance, &options, &solution);
	printf("%s: value %lld, bound %lld, placed %u\n", name, (long long)solution.value, (long long)solution.bound,
		solution.package_count);
	assert_true((solution.bound - solution.value) * 1000 <= solution.bound * thousandths);
	struct carved_slot_table *table = carved_slot_table_new(region);
	assert_true(carved_plan_make(region, table, region_file_date(), &weights, &solution, &plan, &error));
	assert_true(carved_check_plan(region, table, &plan, &violations));
	assert_int_equal(violations.count, 0);
	carved_violations_deinit(&violations);
	carved_plan_deinit(&plan);
	carved_slot_table_free(table);
	carved_solution_deinit(&solution);
	carved_instance_deinit(&instance);
	carved_region_unref(region);
}

static void small_is_solved_within_half_a_percent(void **state)
{
	(void)state;
	assert_solved("small", 5);
}

static void medium_is_solved_within_three_percent(void **state)
{
	(void)state;
	assert_solved("medium", 30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_is_solved_within_half_a_percent),
		cmocka_unit_test(medium_is_solved_within_three_percent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
