// SPDX-License-Identifier: EUPL-1.2
//     max  sum_q (v_q + w former_q) theta_q          former_q = 1 where q is the former package of its person, w the weight for leaving things as they are (of the person)
//     one:        sum_{q of c} theta_q <= 1
//     resources:  sum_q x_qr theta_q <= what the fixed people leave of r
//     changes:    sum_{c had a package} (1 - theta_{former of c}) + sum_{c had none} sum_q theta_q <= n      (people who had to program are in neither sum)
//
// A resource has a row where one package a person, the largest use each, could take more than there is; columns come in rounds, and rows with them.
#include "program.h"
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

// The row of changes begins with what is a constant in it: everybody who had a package counts until that package is chosen.
static void add_row_of_changes(struct carved_program *program)
{
	double limit = (double)program->most;
	program->row_of_changes = CARVED_NONE;
	if (program->most == INT64_MAX)
		return;
	for (uint32_t i = 0; i < program->people_count; i++)
		limit -= program->people[i].counts && program->people[i].former != CARVED_NONE;
	program->row_of_changes = carved_lp_add_row(program->lp, limit, 0, NULL, NULL);
}

void carved_program_init(struct carved_program *program, struct carved_problem *problem, const struct carved_columns *pool,
	const uint32_t *left, const struct carved_program_person *people, uint32_t people_count, int64_t most)
{
	*program = (struct carved_program){.problem = problem,
		.pool = pool,
		.left = left,
		.people = people,
		.people_count = people_count,
		.most = most,
		.lp = carved_lp_new(is_stopped, problem)};
	program->row_of = carved_alloc_array(problem->resource_count, sizeof *program->row_of);
	memset(program->row_of, 0xFF, problem->resource_count * sizeof *program->row_of);
	program->most_of = carved_alloc_array(problem->resource_count, sizeof *program->most_of);
	program->row_of_one = carved_alloc_array(people_count, sizeof *program->row_of_one);
	for (uint32_t i = 0; i < people_count; i++)
		program->row_of_one[i] = carved_lp_add_row(program->lp, 1, 0, NULL, NULL);
	add_row_of_changes(program);
}

void carved_program_deinit(struct carved_program *program)
{
	carved_lp_free(program->lp);
	free(program->columns);
	free(program->row_of);
	free(program->row_of_one);
	free(program->most_of);
}

static uint32_t place_of(const struct carved_program *program, uint32_t candidate)
{
	uint32_t low = 0, high = program->people_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (program->people[middle].candidate < candidate)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct carved_program_person *person_of(const struct carved_program *program, uint32_t column)
{
	return &program->people[place_of(program, program->pool->columns[column].candidate)];
}

// How a package counts in the row of changes.
static double changes_of(const struct carved_program *program, uint32_t column)
{
	const struct carved_program_person *person = person_of(program, column);
	if (!person->counts)
		return 0;
	return person->former == CARVED_NONE ? 1 : person->former == column ? -1 : 0;
}

static const struct carved_column *column_of(const struct carved_program *program, uint32_t number)
{
	return &program->pool->columns[program->columns[number]];
}

static bool has(const struct carved_program *program, uint32_t column)
{
	for (uint32_t j = 0; j < program->count; j++) {
		if (program->columns[j] == column)
			return true;
	}
	return false;
}

void carved_program_add(struct carved_program *program, uint32_t column)
{
	const struct carved_column *of = &program->pool->columns[column];
	const struct carved_use *uses = carved_columns_uses(program->pool, of);
	const struct carved_program_person *person = person_of(program, column);
	if (has(program, column))
		return;
	uint32_t *rows = carved_alloc_array(of->use_count + 2, sizeof *rows);
	double *amounts = carved_alloc_array(of->use_count + 2, sizeof *amounts);
	uint32_t count = 0;
	if (program->count == program->capacity) {
		program->capacity = program->capacity ? program->capacity * 2 : 256;
		program->columns = carved_realloc_array(program->columns, program->capacity, sizeof *program->columns);
	}
	rows[count] = program->row_of_one[person - program->people];
	amounts[count++] = 1;
	if (program->row_of_changes != CARVED_NONE && changes_of(program, column) != 0) {
		rows[count] = program->row_of_changes;
		amounts[count++] = changes_of(program, column);
	}
	for (uint32_t u = 0; u < of->use_count; u++) {
		if (program->row_of[uses[u].resource] != CARVED_NONE) {
			rows[count] = program->row_of[uses[u].resource];
			amounts[count++] = uses[u].amount;
		}
	}
	int64_t gain = of->value + (person->former == column ? person->keep : 0);
	carved_lp_add_column(program->lp, (double)gain / GAIN, count, rows, amounts);
	program->columns[program->count++] = column;
	free(rows);
	free(amounts);
}

static void add_row(struct carved_program *program, uint32_t resource, uint32_t *columns, double *amounts)
{
	uint32_t count = 0;
	for (uint32_t j = 0; j < program->count; j++) {
		const struct carved_use *uses = carved_columns_uses(program->pool, column_of(program, j));
		for (uint32_t u = 0; u < column_of(program, j)->use_count; u++) {
			if (uses[u].resource == resource) {
				columns[count] = j;
				amounts[count++] = uses[u].amount;
			}
		}
	}
	program->row_of[resource] = carved_lp_add_row(program->lp, program->left[resource], count, columns, amounts);
}

// Rows for what whole packages could take more of than there is.
static uint32_t add_possible_rows(struct carved_program *program)
{
	const struct carved_columns *pool = program->pool;
	uint32_t *columns = carved_alloc_array(program->count, sizeof *columns), added = 0;
	double *amounts = carved_alloc_array(program->count, sizeof *amounts);
	struct most *most = program->most_of;
	memset(most, 0, program->problem->resource_count * sizeof *most);
	for (uint32_t i = 0; i < program->people_count; i++) {
		for (uint32_t j = 0; j < program->count; j++) {
			const struct carved_use *uses = carved_columns_uses(pool, column_of(program, j));
			if (column_of(program, j)->candidate != program->people[i].candidate)
				continue;
			for (uint32_t u = 0; u < column_of(program, j)->use_count; u++) {
				struct most *of = &most[uses[u].resource];
				uint32_t before = of->person == i + 1 ? of->largest : 0;
				of->largest = uses[u].amount > before ? uses[u].amount : before;
				of->person = i + 1;
				of->sum += of->largest - before;
			}
		}
	}
	for (uint32_t r = 0; r < program->problem->resource_count; r++) {
		if (program->row_of[r] == CARVED_NONE && most[r].sum > program->left[r]) {
			add_row(program, r, columns, amounts);
			added++;
		}
	}
	free(columns);
	free(amounts);
	return added;
}

enum carved_lp_answer carved_program_solve(struct carved_program *program, int64_t *ret_prices)
{
	bool rows = add_possible_rows(program) > 0 && program->solved;
	enum carved_lp_answer answer = carved_lp_solve(program->lp, rows);
	program->solved = true;
	for (uint32_t r = 0; answer == CARVED_LP_OPTIMAL && r < program->problem->resource_count; r++) {
		double dual =
			program->row_of[r] == CARVED_NONE ? 0 : carved_lp_dual(program->lp, program->row_of[r]) * GAIN_MICRO;
		ret_prices[r] = dual > 0 ? llround(dual) : 0;
	}
	return answer;
}

int64_t carved_program_threshold(const struct carved_program *program, uint32_t person)
{
	const struct carved_program_person *of = &program->people[person];
	double dual = carved_lp_dual(program->lp, program->row_of_one[person]);
	if (program->row_of_changes != CARVED_NONE && of->counts && of->former == CARVED_NONE)
		dual += carved_lp_dual(program->lp, program->row_of_changes);
	return dual > 0 ? llround(dual * GAIN_MICRO) : 0;
}

bool carved_program_promises_more(const struct carved_program *program, uint32_t present)
{
	double gain = 0;
	for (uint32_t j = 0; j < present; j++)
		gain += carved_lp_gain(program->lp, j);
	return carved_lp_value(program->lp) > gain + 1 / GAIN;
}

// Rounding a relaxation: packages in falling order of theta, then of what they bring, each where it still fits; all as it was where that changes too much.
struct rounding {
	const struct carved_program *program;
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
	difference = carved_lp_gain(rounding->program->lp, left) - carved_lp_gain(rounding->program->lp, right);
	if (difference > 1e-6 || difference < -1e-6)
		return difference > 0 ? -1 : 1;
	return left < right ? -1 : left > right;
}

static bool take_if_it_fits(struct rounding *rounding, uint32_t number)
{
	const struct carved_column *of = column_of(rounding->program, number);
	const struct carved_use *uses = carved_columns_uses(rounding->program->pool, of);
	uint32_t place = place_of(rounding->program, of->candidate);
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

static bool changes_too_much(const struct carved_program *program, const bool *chosen)
{
	double changes = 0;
	if (program->row_of_changes == CARVED_NONE)
		return false;
	for (uint32_t i = 0; i < program->people_count; i++)
		changes += program->people[i].counts && program->people[i].former != CARVED_NONE;
	for (uint32_t j = 0; j < program->count; j++)
		changes += chosen[j] ? changes_of(program, program->columns[j]) : 0;
	return changes > (double)program->most;
}

static void round_theta(void *context, const double *theta, bool *chosen)
{
	struct rounding *rounding = context;
	const struct carved_program *program = rounding->program;
	rounding->theta = theta;
	for (uint32_t j = 0; j < program->count; j++)
		rounding->order[j] = j;
	qsort_r(rounding->order, program->count, sizeof *rounding->order, by_theta, rounding);
	for (uint32_t i = 0; i < program->count; i++)
		chosen[rounding->order[i]] = take_if_it_fits(rounding, rounding->order[i]);
	for (uint32_t j = 0; j < program->count; j++) { // puts back what was taken, for the next time
		const struct carved_use *uses = carved_columns_uses(program->pool, column_of(program, j));
		for (uint32_t u = 0; chosen[j] && u < column_of(program, j)->use_count; u++)
			rounding->left[uses[u].resource] += uses[u].amount;
	}
	memset(rounding->placed, 0, program->people_count * sizeof *rounding->placed);
	if (changes_too_much(program, chosen))
		memcpy(chosen, rounding->start, program->count * sizeof *chosen);
}

bool carved_program_solve_binary(struct carved_program *program, uint32_t node_limit, bool *chosen)
{
	size_t resources = program->problem->resource_count;
	bool *start = carved_alloc_array(program->count, sizeof *start);
	struct rounding rounding = {.program = program, .start = start};
	memcpy(start, chosen, program->count * sizeof *start);
	rounding.order = carved_alloc_array(program->count, sizeof *rounding.order);
	rounding.placed = carved_alloc_array(program->people_count, sizeof *rounding.placed);
	rounding.left = carved_alloc_array(resources, sizeof *rounding.left);
	memcpy(rounding.left, program->left, resources * sizeof *rounding.left);
	bool better = carved_lp_solve_binary(program->lp, node_limit, round_theta, &rounding, chosen);
	free(start);
	free(rounding.order);
	free(rounding.placed);
	free(rounding.left);
	return better;
}
