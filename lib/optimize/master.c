// SPDX-License-Identifier: EUPL-1.2
// The programme of OPTIMIZER's theta over the packages added:
//
//     max  sum_q w_q theta_q    one: sum_{q of c} theta_q <= 1,    each resource r: sum_q x_qr theta_q <= b_r,    theta >= 0
//
// Most resources never bind (a slot that few want), so rows come when a solution violates them: primal simplex after columns, dual simplex after rows.
// A row left out has the price 0, which is what it would have. w is the worth before roundings, as in the bound, so that value and bound can meet.
#include "master.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAIN 1e8 // micro per unit of the objective: keeps GLPK's numbers near 1 to 1000

static bool is_stopped(void *context)
{
	return carved_problem_is_stopped_now(context);
}

void carved_master_init(
	struct carved_master *master, struct carved_problem *problem, const struct carved_columns *pool, const uint32_t *capacity)
{
	uint32_t candidates = problem->instance->candidates_count;
	*master = (struct carved_master){.problem = problem, .pool = pool, .capacity = capacity};
	master->lp = carved_lp_new(is_stopped, problem);
	master->row_of = carved_alloc_array(problem->resource_count, sizeof *master->row_of);
	memset(master->row_of, 0xFF, problem->resource_count * sizeof *master->row_of);
	master->row_of_one = carved_alloc_array(candidates, sizeof *master->row_of_one);
	memset(master->row_of_one, 0xFF, candidates * sizeof *master->row_of_one);
	master->used = carved_alloc_array(problem->resource_count, sizeof *master->used);
	master->in_use = carved_alloc_array(problem->resource_count, sizeof *master->in_use);
}

void carved_master_deinit(struct carved_master *master)
{
	carved_lp_free(master->lp);
	free(master->row_of);
	free(master->row_of_one);
	free(master->columns);
	free(master->used);
	free(master->in_use);
	free(master->row_columns);
	free(master->row_amounts);
}

void carved_master_add(struct carved_master *master, uint32_t column)
{
	const struct carved_column *of = &master->pool->columns[column];
	const struct carved_use *uses = carved_columns_uses(master->pool, of);
	if (master->row_of_one[of->candidate] == CARVED_NONE)
		master->row_of_one[of->candidate] = carved_lp_add_row(master->lp, 1, 0, NULL, NULL);
	if (master->count == master->column_capacity) {
		master->column_capacity = master->column_capacity ? master->column_capacity * 2 : 256;
		uint32_t capacity = master->column_capacity;
		master->columns = carved_realloc_array(master->columns, capacity, sizeof *master->columns);
		master->row_columns = carved_realloc_array(master->row_columns, capacity, sizeof *master->row_columns);
		master->row_amounts = carved_realloc_array(master->row_amounts, capacity, sizeof *master->row_amounts);
	}
	uint32_t *rows = carved_alloc_array(of->use_count + 1, sizeof *rows);
	double *amounts = carved_alloc_array(of->use_count + 1, sizeof *amounts);
	uint32_t count = 1;
	rows[0] = master->row_of_one[of->candidate];
	amounts[0] = 1;
	for (uint32_t u = 0; u < of->use_count; u++) {
		uint32_t row = master->row_of[uses[u].resource];
		if (row != CARVED_NONE) {
			rows[count] = row;
			amounts[count++] = uses[u].amount;
		}
	}
	carved_lp_add_column(master->lp, (double)of->worth / GAIN, count, rows, amounts);
	master->columns[master->count++] = column;
	free(rows);
	free(amounts);
}

static void add_row(struct carved_master *master, uint32_t resource)
{
	uint32_t count = 0;
	for (uint32_t j = 0; j < master->count; j++) {
		const struct carved_column *column = &master->pool->columns[master->columns[j]];
		const struct carved_use *uses = carved_columns_uses(master->pool, column);
		for (uint32_t u = 0; u < column->use_count; u++) {
			if (uses[u].resource == resource) {
				master->row_columns[count] = j;
				master->row_amounts[count++] = uses[u].amount;
			}
		}
	}
	master->row_of[resource] =
		carved_lp_add_row(master->lp, master->capacity[resource], count, master->row_columns, master->row_amounts);
}

// Adds rows for the resources in `used` that are used beyond their capacity, and clears `used`. Returns how many.
static uint32_t add_rows_beyond(struct carved_master *master, uint32_t in_use)
{
	uint32_t added = 0;
	for (uint32_t i = 0; i < in_use; i++) {
		uint32_t resource = master->in_use[i];
		if (master->row_of[resource] == CARVED_NONE && master->used[resource] > master->capacity[resource] + 1e-7) {
			add_row(master, resource);
			added++;
		}
		master->used[resource] = 0;
	}
	return added;
}

static uint32_t add_violated_rows(struct carved_master *master)
{
	uint32_t in_use = 0;
	for (uint32_t j = 0; j < master->count; j++) {
		const struct carved_column *column = &master->pool->columns[master->columns[j]];
		const struct carved_use *uses = carved_columns_uses(master->pool, column);
		double theta = carved_lp_primal(master->lp, j);
		for (uint32_t u = 0; theta > 1e-9 && u < column->use_count; u++) {
			if (master->used[uses[u].resource] == 0)
				master->in_use[in_use++] = uses[u].resource;
			master->used[uses[u].resource] += theta * uses[u].amount;
		}
	}
	return add_rows_beyond(master, in_use);
}

enum carved_lp_answer carved_master_solve(struct carved_master *master)
{
	enum carved_lp_answer answer = carved_lp_solve(master->lp, false);
	while (answer == CARVED_LP_OPTIMAL && add_violated_rows(master) > 0)
		answer = carved_lp_solve(master->lp, true);
	return answer;
}

int64_t carved_master_value(const struct carved_master *master)
{
	return llround(carved_lp_value(master->lp) * GAIN);
}

static int64_t price_of_row(const struct carved_master *master, uint32_t row)
{
	double dual = row == CARVED_NONE ? 0 : carved_lp_dual(master->lp, row) * GAIN;
	return dual > 0 ? llround(dual) : 0;
}

void carved_master_prices(const struct carved_master *master, int64_t *ret_prices)
{
	for (uint32_t r = 0; r < master->problem->resource_count; r++)
		ret_prices[r] = price_of_row(master, master->row_of[r]);
}

int64_t carved_master_price_of_one(const struct carved_master *master, uint32_t candidate)
{
	return price_of_row(master, master->row_of_one[candidate]);
}
