// SPDX-License-Identifier: EUPL-1.2
#include "draft.h"
#include <stdlib.h>
#include <string.h>

void carved_draft_init(struct carved_draft *plan, const struct carved_problem *problem, const struct carved_columns *pool)
{
	const struct carved_instance *in = problem->instance;
	*plan = (struct carved_draft){.problem = problem, .pool = pool, .next_version = 1};
	plan->column = carved_alloc_array(in->candidates_count, sizeof *plan->column);
	memset(plan->column, 0xFF, in->candidates_count * sizeof *plan->column);
	plan->left = carved_alloc_array(problem->resource_count, sizeof *plan->left);
	memcpy(plan->left, problem->capacity, problem->resource_count * sizeof *plan->left);
	plan->version = carved_alloc_array(in->sites_count, sizeof *plan->version);
}

void carved_draft_deinit(struct carved_draft *plan)
{
	free(plan->column);
	free(plan->left);
	free(plan->version);
	free(plan->steps);
}

static uint32_t site_of(const struct carved_draft *plan, uint32_t column)
{
	return plan->problem->pairs[plan->pool->columns[column].pair].site;
}

static void note_step(struct carved_draft *plan, uint32_t column, bool added)
{
	if (plan->step_count == plan->step_capacity) {
		plan->step_capacity = plan->step_capacity ? plan->step_capacity * 2 : 256;
		plan->steps = carved_realloc_array(plan->steps, plan->step_capacity, sizeof *plan->steps);
	}
	uint32_t *version = &plan->version[site_of(plan, column)];
	plan->steps[plan->step_count++] = (struct carved_step){column, *version, added};
	*version = plan->next_version++;
}

bool carved_draft_fits(const struct carved_draft *plan, uint32_t column)
{
	return carved_columns_fit(plan->pool, column, plan->left);
}

void carved_draft_add(struct carved_draft *plan, uint32_t column)
{
	const struct carved_column *of = &plan->pool->columns[column];
	const struct carved_use *uses = carved_columns_uses(plan->pool, of);
	if (plan->column[of->candidate] != CARVED_NONE || !carved_draft_fits(plan, column))
		abort();
	for (uint32_t u = 0; u < of->use_count; u++)
		plan->left[uses[u].resource] -= uses[u].amount;
	plan->column[of->candidate] = column;
	note_step(plan, column, true);
	plan->value += of->value;
	plan->placed++;
}

void carved_draft_remove(struct carved_draft *plan, uint32_t candidate)
{
	uint32_t column = plan->column[candidate];
	const struct carved_column *of = &plan->pool->columns[column];
	const struct carved_use *uses = carved_columns_uses(plan->pool, of);
	for (uint32_t u = 0; u < of->use_count; u++)
		plan->left[uses[u].resource] += uses[u].amount;
	plan->column[candidate] = CARVED_NONE;
	note_step(plan, column, false);
	plan->value -= of->value;
	plan->placed--;
}

void carved_draft_mark(struct carved_draft *plan)
{
	plan->step_count = 0;
}

void carved_draft_go_back(struct carved_draft *plan)
{
	uint32_t count = plan->step_count;
	for (uint32_t i = count; i-- > 0;) {
		struct carved_step step = plan->steps[i];
		if (step.added)
			carved_draft_remove(plan, plan->pool->columns[step.column].candidate);
		else
			carved_draft_add(plan, step.column);
		plan->version[site_of(plan, step.column)] = step.version; // the same room again
		plan->step_count = i;
	}
}

void carved_draft_assign(struct carved_draft *plan, const uint32_t *columns)
{
	uint32_t candidates = plan->problem->instance->candidates_count;
	for (uint32_t c = 0; c < candidates; c++) {
		if (plan->column[c] != CARVED_NONE && plan->column[c] != columns[c])
			carved_draft_remove(plan, c);
	}
	for (uint32_t c = 0; c < candidates; c++) {
		if (columns[c] != CARVED_NONE && plan->column[c] == CARVED_NONE)
			carved_draft_add(plan, columns[c]);
	}
}
