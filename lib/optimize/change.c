// SPDX-License-Identifier: EUPL-1.2
//     max  sum_q (v_q + w former_q) theta_q          former_q = 1 where q is the former package of its person, w the weight for leaving things as they are (of the person)
//     one:        sum_{q of c} theta_q <= 1
//     resources:  sum_q x_qr theta_q <= what the fixed people leave of r
//     changes:    sum_{c had a package} (1 - theta_{former of c}) + sum_{c had none} sum_q theta_q <= n      (people who had to change are in neither sum)
//
// A resource has a row where one package a person, the largest use each, could take more than there is; columns come in rounds, and rows with them.
#include "change.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAIN 1e2       // points per unit of the objective: keeps GLPK's numbers near 1 to 1000
#define GAIN_MICRO 1e8 // the same in micro

struct most {             // of one resource, while it is added up what whole packages could take
	uint32_t person;  // place in `people` plus 1 of who was counted last
	uint32_t largest; // that person's largest use
	uint64_t sum;     // everybody's largest uses
};

static bool is_stopped(void *context)
{
	return carved_problem_is_stopped_now(context);
}

static bool counts(const struct carved_change *change, uint32_t candidate)
{
	return !change->restart->had_to[candidate];
}

// The row of changes begins with what is a constant in it: everybody who had a package counts until that package is chosen.
static void add_row_of_changes(struct carved_change *change)
{
	double limit = (double)change->most;
	change->row_of_changes = CARVED_NONE;
	if (change->most == INT64_MAX)
		return;
	for (uint32_t i = 0; i < change->people_count; i++)
		limit -= counts(change, change->people[i]) && change->restart->former[change->people[i]] != CARVED_NONE;
	change->row_of_changes = carved_lp_add_row(change->lp, limit, 0, NULL, NULL);
}

void carved_change_init(struct carved_change *change, struct carved_problem *problem, const struct carved_restart *restart,
	const struct carved_draft *plan, uint32_t *people, uint32_t people_count, int64_t most)
{
	*change = (struct carved_change){.problem = problem,
		.restart = restart,
		.plan = plan,
		.most = most,
		.people = people,
		.people_count = people_count,
		.lp = carved_lp_new(is_stopped, problem)};
	change->row_of = carved_alloc_array(problem->resource_count, sizeof *change->row_of);
	memset(change->row_of, 0xFF, problem->resource_count * sizeof *change->row_of);
	change->most_of = carved_alloc_array(problem->resource_count, sizeof *change->most_of);
	change->row_of_one = carved_alloc_array(people_count, sizeof *change->row_of_one);
	for (uint32_t i = 0; i < people_count; i++)
		change->row_of_one[i] = carved_lp_add_row(change->lp, 1, 0, NULL, NULL);
	add_row_of_changes(change);
}

void carved_change_deinit(struct carved_change *change)
{
	carved_lp_free(change->lp);
	free(change->columns);
	free(change->row_of);
	free(change->row_of_one);
	free(change->most_of);
}

static uint32_t place_of(const struct carved_change *change, uint32_t candidate)
{
	uint32_t low = 0, high = change->people_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (change->people[middle] < candidate)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

// How a package counts in the row of changes.
static double changes_of(const struct carved_change *change, uint32_t column)
{
	uint32_t candidate = change->plan->pool->columns[column].candidate, former = change->restart->former[candidate];
	if (!counts(change, candidate))
		return 0;
	return former == CARVED_NONE ? 1 : former == column ? -1 : 0;
}

static const struct carved_column *column_of(const struct carved_change *change, uint32_t number)
{
	return &change->plan->pool->columns[change->columns[number]];
}

void carved_change_add(struct carved_change *change, uint32_t column)
{
	const struct carved_column *of = &change->plan->pool->columns[column];
	const struct carved_use *uses = carved_columns_uses(change->plan->pool, of);
	uint32_t *rows = carved_alloc_array(of->use_count + 2, sizeof *rows);
	double *amounts = carved_alloc_array(of->use_count + 2, sizeof *amounts);
	uint32_t count = 0;
	if (change->count == change->capacity) {
		change->capacity = change->capacity ? change->capacity * 2 : 256;
		change->columns = carved_realloc_array(change->columns, change->capacity, sizeof *change->columns);
	}
	rows[count] = change->row_of_one[place_of(change, of->candidate)];
	amounts[count++] = 1;
	if (change->row_of_changes != CARVED_NONE && changes_of(change, column) != 0) {
		rows[count] = change->row_of_changes;
		amounts[count++] = changes_of(change, column);
	}
	for (uint32_t u = 0; u < of->use_count; u++) {
		if (change->row_of[uses[u].resource] != CARVED_NONE) {
			rows[count] = change->row_of[uses[u].resource];
			amounts[count++] = uses[u].amount;
		}
	}
	bool former = change->restart->former[of->candidate] == column;
	int64_t gain = of->value + (former ? carved_restart_keep(change->restart, of->candidate) : 0);
	carved_lp_add_column(change->lp, (double)gain / GAIN, count, rows, amounts);
	change->columns[change->count++] = column;
	free(rows);
	free(amounts);
}

bool carved_change_has(const struct carved_change *change, uint32_t column)
{
	for (uint32_t j = 0; j < change->count; j++) {
		if (change->columns[j] == column)
			return true;
	}
	return false;
}

static void add_row(struct carved_change *change, uint32_t resource, uint32_t *columns, double *amounts)
{
	uint32_t count = 0;
	for (uint32_t j = 0; j < change->count; j++) {
		const struct carved_use *uses = carved_columns_uses(change->plan->pool, column_of(change, j));
		for (uint32_t u = 0; u < column_of(change, j)->use_count; u++) {
			if (uses[u].resource == resource) {
				columns[count] = j;
				amounts[count++] = uses[u].amount;
			}
		}
	}
	change->row_of[resource] = carved_lp_add_row(change->lp, change->plan->left[resource], count, columns, amounts);
}

// Rows for what whole packages could take more of than there is.
static uint32_t add_possible_rows(struct carved_change *change)
{
	const struct carved_columns *pool = change->plan->pool;
	uint32_t *columns = carved_alloc_array(change->count, sizeof *columns), added = 0;
	double *amounts = carved_alloc_array(change->count, sizeof *amounts);
	struct most *most = change->most_of;
	memset(most, 0, change->problem->resource_count * sizeof *most);
	for (uint32_t i = 0; i < change->people_count; i++) {
		for (uint32_t j = 0; j < change->count; j++) {
			const struct carved_use *uses = carved_columns_uses(pool, column_of(change, j));
			if (column_of(change, j)->candidate != change->people[i])
				continue;
			for (uint32_t u = 0; u < column_of(change, j)->use_count; u++) {
				struct most *of = &most[uses[u].resource];
				uint32_t before = of->person == i + 1 ? of->largest : 0;
				of->largest = uses[u].amount > before ? uses[u].amount : before;
				of->person = i + 1;
				of->sum += of->largest - before;
			}
		}
	}
	for (uint32_t r = 0; r < change->problem->resource_count; r++) {
		if (change->row_of[r] == CARVED_NONE && most[r].sum > change->plan->left[r]) {
			add_row(change, r, columns, amounts);
			added++;
		}
	}
	free(columns);
	free(amounts);
	return added;
}

enum carved_lp_answer carved_change_solve(struct carved_change *change, int64_t *ret_prices)
{
	bool rows = add_possible_rows(change) > 0 && change->solved;
	enum carved_lp_answer answer = carved_lp_solve(change->lp, rows);
	change->solved = true;
	for (uint32_t r = 0; answer == CARVED_LP_OPTIMAL && r < change->problem->resource_count; r++) {
		double dual = change->row_of[r] == CARVED_NONE ? 0 : carved_lp_dual(change->lp, change->row_of[r]) * GAIN_MICRO;
		ret_prices[r] = dual > 0 ? llround(dual) : 0;
	}
	return answer;
}

int64_t carved_change_threshold(const struct carved_change *change, uint32_t person)
{
	double dual = carved_lp_dual(change->lp, change->row_of_one[place_of(change, person)]);
	if (change->row_of_changes != CARVED_NONE && counts(change, person) && change->restart->former[person] == CARVED_NONE)
		dual += carved_lp_dual(change->lp, change->row_of_changes);
	return dual > 0 ? llround(dual * GAIN_MICRO) : 0;
}

// Rounding a relaxation: packages in falling order of theta, each where it still fits; all as it was where that changes too much.
struct rounding {
	const struct carved_change *change;
	const double *theta;
	const bool *start;
	uint32_t *order, *left; // left: per resource
	bool *placed;           // per place in `people`
};

static int by_theta(const void *a, const void *b, void *context)
{
	const struct rounding *rounding = context;
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	double difference = rounding->theta[left] - rounding->theta[right];
	if (difference > 1e-6 || difference < -1e-6)
		return difference > 0 ? -1 : 1;
	return left < right ? -1 : left > right;
}

static bool take_if_it_fits(struct rounding *rounding, uint32_t number)
{
	const struct carved_column *of = column_of(rounding->change, number);
	const struct carved_use *uses = carved_columns_uses(rounding->change->plan->pool, of);
	uint32_t place = place_of(rounding->change, of->candidate);
	if (rounding->placed[place])
		return false;
	for (uint32_t u = 0; u < of->use_count; u++) {
		if (uses[u].amount > rounding->left[uses[u].resource])
			return false;
	}
	for (uint32_t u = 0; u < of->use_count; u++)
		rounding->left[uses[u].resource] -= uses[u].amount;
	rounding->placed[place] = true;
	return true;
}

static bool changes_too_much(const struct carved_change *change, const bool *chosen)
{
	double changes = 0;
	if (change->row_of_changes == CARVED_NONE)
		return false;
	for (uint32_t i = 0; i < change->people_count; i++)
		changes += counts(change, change->people[i]) && change->restart->former[change->people[i]] != CARVED_NONE;
	for (uint32_t j = 0; j < change->count; j++)
		changes += chosen[j] ? changes_of(change, change->columns[j]) : 0;
	return changes > (double)change->most;
}

static void round_theta(void *context, const double *theta, bool *chosen)
{
	struct rounding *rounding = context;
	const struct carved_change *change = rounding->change;
	rounding->theta = theta;
	for (uint32_t j = 0; j < change->count; j++)
		rounding->order[j] = j;
	qsort_r(rounding->order, change->count, sizeof *rounding->order, by_theta, rounding);
	for (uint32_t i = 0; i < change->count; i++)
		chosen[rounding->order[i]] = take_if_it_fits(rounding, rounding->order[i]);
	for (uint32_t j = 0; j < change->count; j++) { // puts back what was taken, for the next time
		const struct carved_use *uses = carved_columns_uses(change->plan->pool, column_of(change, j));
		for (uint32_t u = 0; chosen[j] && u < column_of(change, j)->use_count; u++)
			rounding->left[uses[u].resource] += uses[u].amount;
	}
	memset(rounding->placed, 0, change->people_count * sizeof *rounding->placed);
	if (changes_too_much(change, chosen))
		memcpy(chosen, rounding->start, change->count * sizeof *chosen);
}

bool carved_change_solve_binary(struct carved_change *change, uint32_t node_limit, bool *chosen)
{
	size_t resources = change->problem->resource_count;
	bool *start = carved_alloc_array(change->count, sizeof *start);
	struct rounding rounding = {.change = change, .start = start};
	memcpy(start, chosen, change->count * sizeof *start);
	rounding.order = carved_alloc_array(change->count, sizeof *rounding.order);
	rounding.placed = carved_alloc_array(change->people_count, sizeof *rounding.placed);
	rounding.left = carved_alloc_array(resources, sizeof *rounding.left);
	memcpy(rounding.left, change->plan->left, resources * sizeof *rounding.left);
	bool better = carved_lp_solve_binary(change->lp, node_limit, round_theta, &rounding, chosen);
	free(start);
	free(rounding.order);
	free(rounding.placed);
	free(rounding.left);
	return better;
}
