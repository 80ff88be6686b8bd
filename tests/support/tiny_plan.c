// SPDX-License-Identifier: EUPL-1.2
#include "support/tiny_plan.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <stdlib.h>
#include <string.h>

void tiny_plan_init(struct tiny_plan *tiny, uint64_t seed, uint32_t threads)
{
	*tiny = (struct tiny_plan){.options = {.seed = seed}};
	random_instance_init(&tiny->instance, seed);
	carved_budget_init(&tiny->options.budget);
	tiny->options.budget.threads = threads;
	carved_problem_init(&tiny->problem, &tiny->instance, &tiny->options);
	carved_columns_init(&tiny->pool, &tiny->problem);
	carved_dual_init(&tiny->dual, &tiny->problem, &tiny->pool);
	carved_draft_init(&tiny->plan, &tiny->problem, &tiny->pool);
	carved_dual_run(&tiny->dual);
	carved_dual_prove(&tiny->dual);
}

void tiny_plan_deinit(struct tiny_plan *tiny)
{
	carved_draft_deinit(&tiny->plan);
	carved_dual_deinit(&tiny->dual);
	carved_columns_deinit(&tiny->pool);
	carved_problem_deinit(&tiny->problem);
	carved_instance_deinit(&tiny->instance);
}

void tiny_plan_assert_room(const struct tiny_plan *tiny)
{
	const struct carved_draft *plan = &tiny->plan;
	const size_t size = tiny->problem.resource_count * sizeof *plan->left;
	int64_t value = 0;
	uint32_t *left = carved_alloc_array(1, size);
	memcpy(left, tiny->problem.capacity, size);
	for (uint32_t c = 0; c < tiny->instance.candidates_count; c++) {
		if (plan->column[c] == CARVED_NONE)
			continue;
		const struct carved_column *column = &tiny->pool.columns[plan->column[c]];
		const struct carved_use *uses = carved_columns_uses(&tiny->pool, column);
		assert_int_equal(column->candidate, c);
		value += column->value;
		for (uint32_t u = 0; u < column->use_count; u++) {
			assert_true(uses[u].amount <= left[uses[u].resource]);
			left[uses[u].resource] -= uses[u].amount;
		}
	}
	assert_int_equal(plan->value, value);
	assert_memory_equal(plan->left, left, size);
	free(left);
}
