// SPDX-License-Identifier: EUPL-1.2
// Round: (1) p = prices that are best for the packages known (the restricted dual): by averaged subgradients (ascent.c), and where the region is small
// enough then by GLPK's simplex (master.c). (2) Next point = KEEP x best point + (1 - KEEP) x p: duals of a restricted master jump, and the bound at the
// jumping point is poor (smoothing after P. Wentges, 1997). (3) The exact bound L there (bound.c), which brings every package that beats its candidate's
// best known one. The restricted value is below the least possible L and rises, the best L falls: they meet at the LP value of the whole programme.
//
// L holds at any prices, so nothing in (1) or (2) needs to be right for the bound to be.
#include "dual.h"
#include "ascent.h"
#include "master.h"
#include <stdlib.h>
#include <string.h>

#define KEEP_TENTHS 4         // of the best point, in tenths
#define COLUMNS_PER_ROUND 6   // packages that a candidate may add in one round
#define ASCENT_ITERATIONS 400 // of a round, once the bound is near the pool's value
#define ASCENT_ROUNDS 15      // before the simplex takes over, where it does
#define NEAR_THOUSANDTHS 5    // of its worth: a package that far below its candidate's best is in the first master
#define PROOF_MILLIONTHS 10   // of the bound: what is less is not worth a long search in the proof
#define MEET_MILLIONTHS 20    // of the bound: closer than this, it has met the pool's value
#define ASCENT_MEET_MILLIONTHS 200
#define ASCENT_MEET_BEFORE_SIMPLEX 500 // which brings the rest sooner
#define STILL_ROUNDS 3                 // in a row that lower the bound by less than what is close: then ascent ends

void carved_dual_init(struct carved_dual *dual, struct carved_problem *problem, struct carved_columns *pool)
{
	*dual = (struct carved_dual){.pool_value = 0};
	carved_bounder_init(&dual->bounder, problem, pool);
	dual->best = carved_alloc_array(problem->resource_count, sizeof *dual->best);
	carved_bound_without_search(problem, &dual->bound);
	problem->bound = dual->bound.micro / CARVED_MICRO;
}

void carved_dual_deinit(struct carved_dual *dual)
{
	carved_bounder_deinit(&dual->bounder);
	free(dual->best);
}

// Evaluates the bound at a point and keeps it where it is the best. Returns false where it was stopped.
static bool try_point(struct carved_dual *dual, const int64_t *point)
{
	struct carved_problem *problem = dual->bounder.problem;
	struct carved_bound bound;
	if (!carved_bounder_evaluate(
		    &dual->bounder, point, problem->options->budget.pricer_nodes, INT64_MAX, COLUMNS_PER_ROUND, &bound))
		return false;
	if (!dual->has_bound || bound.micro < dual->bound.micro) {
		dual->has_bound = true;
		dual->bound = bound;
		memcpy(dual->best, point, problem->resource_count * sizeof *point);
		problem->bound = bound.micro / CARVED_MICRO;
	}
	problem->iterations++;
	carved_problem_report(problem);
	return true;
}

bool carved_dual_begin(struct carved_dual *dual)
{
	return try_point(dual, dual->best);
}

static void move_towards(const struct carved_dual *dual, int64_t *point)
{
	for (uint32_t r = 0; r < dual->bounder.problem->resource_count; r++)
		point[r] = (dual->best[r] * KEEP_TENTHS + point[r] * (10 - KEEP_TENTHS)) / 10;
}

// Whether the best bound has come down to what the packages known are worth.
static bool has_met(const struct carved_dual *dual, int64_t millionths)
{
	return dual->bound.micro - dual->pool_value <= dual->bound.micro / CARVED_MICRO * millionths;
}

// Of the bound, from it to what the packages known are worth.
static double gap_of(const struct carved_dual *dual)
{
	return dual->bound.micro > 0 ? (double)(dual->bound.micro - dual->pool_value) / (double)dual->bound.micro : 0;
}

// While the pool is poor its best prices are only a direction.
static uint32_t iterations_for(double gap)
{
	return gap > 0.05 ? ASCENT_ITERATIONS / 5 : gap > 0.01 ? ASCENT_ITERATIONS / 2 : ASCENT_ITERATIONS;
}

// Rounds with averaged subgradients until the bound has met the pool's value or stands still. Returns how many were used.
static uint32_t run_ascent(struct carved_dual *dual, uint32_t rounds, int64_t meet, int64_t *point)
{
	struct carved_problem *problem = dual->bounder.problem;
	uint32_t round = 0, still = 0;
	if (!try_point(dual, dual->best)) // all prices zero: every candidate's best package of all
		return 0;
	for (round = 1; round < rounds && still < STILL_ROUNDS; round++) {
		const int64_t before = dual->bound.micro;
		dual->pool_value =
			carved_ascent_run(problem, dual->bounder.pool, dual->best, iterations_for(gap_of(dual)), point);
		if (has_met(dual, meet))
			break;
		move_towards(dual, point);
		if (!try_point(dual, point))
			break;
		still = before - dual->bound.micro < before / CARVED_MICRO * MEET_MILLIONTHS ? still + 1 : 0;
	}
	return round;
}

// A master that takes packages of the pool as it needs them.
struct growing {
	struct carved_master master;
	bool *taken; // per column of the pool
	uint32_t taken_capacity;
};

static void take(struct growing *growing, uint32_t column)
{
	growing->taken[column] = true;
	carved_master_add(&growing->master, column);
}

static void make_room(struct growing *growing, uint32_t columns)
{
	if (columns <= growing->taken_capacity)
		return;
	growing->taken = carved_realloc_array(growing->taken, columns * 2, sizeof *growing->taken);
	memset(growing->taken + growing->taken_capacity, 0, (columns * 2 - growing->taken_capacity) * sizeof *growing->taken);
	growing->taken_capacity = columns * 2;
}

// To begin with: packages that are nearly their candidate's best at the best prices known.
static void take_near(const struct carved_dual *dual, struct growing *growing)
{
	const struct carved_columns *pool = dual->bounder.pool;
	make_room(growing, pool->count);
	for (uint32_t q = 0; q < pool->count; q++) {
		uint32_t column;
		int64_t best = carved_columns_best(pool, pool->columns[q].candidate, dual->best, &column);
		int64_t loss = best - pool->columns[q].worth + carved_columns_charge(pool, q, dual->best);
		if (loss <= pool->columns[q].worth / 1000 * NEAR_THOUSANDTHS)
			take(growing, q);
	}
}

// Then: packages that are worth more than their candidate's price at the master's prices. Returns how many.
static uint32_t take_better(const struct carved_dual *dual, struct growing *growing, const int64_t *prices)
{
	const struct carved_columns *pool = dual->bounder.pool;
	uint32_t taken = 0;
	make_room(growing, pool->count);
	for (uint32_t q = 0; q < pool->count; q++) {
		if (growing->taken[q])
			continue;
		int64_t price = carved_master_price_of_one(&growing->master, pool->columns[q].candidate);
		if (pool->columns[q].worth - carved_columns_charge(pool, q, prices) > price + CARVED_MICRO / 100) {
			take(growing, q);
			taken++;
		}
	}
	return taken;
}

// One round: the master's optimum, the bound at a point towards it. Returns false where nothing more is to be had.
static bool run_simplex_round(struct carved_dual *dual, struct growing *growing, int64_t *point, int64_t *prices)
{
	size_t size = dual->bounder.problem->resource_count * sizeof *prices;
	if (carved_master_solve(&growing->master) != CARVED_LP_OPTIMAL)
		return false;
	carved_master_prices(&growing->master, prices);
	if (take_better(dual, growing, prices) > 0)
		return true; // known ones first, before any pricing
	dual->pool_value = carved_master_value(&growing->master);
	if (has_met(dual, MEET_MILLIONTHS))
		return false;
	memcpy(point, prices, size);
	move_towards(dual, point);
	if (!try_point(dual, point))
		return false;
	if (take_better(dual, growing, prices) > 0)
		return true;
	return try_point(dual, prices) && take_better(dual, growing, prices) > 0; // the point brought nothing: the master's own
}

static void run_simplex(struct carved_dual *dual, uint32_t rounds, int64_t *point)
{
	struct carved_problem *problem = dual->bounder.problem;
	int64_t *prices = carved_alloc_array(problem->resource_count, sizeof *prices);
	struct growing growing = {.taken = NULL};
	carved_master_init(&growing.master, problem, dual->bounder.pool, problem->capacity);
	take_near(dual, &growing);
	for (uint32_t round = 0; round < rounds && !problem->stopped; round++) {
		if (!run_simplex_round(dual, &growing, point, prices))
			break;
	}
	carved_master_deinit(&growing.master);
	free(growing.taken);
	free(prices);
}

void carved_dual_run(struct carved_dual *dual)
{
	struct carved_problem *problem = dual->bounder.problem;
	const struct carved_budget *budget = &problem->options->budget;
	int64_t *point = carved_alloc_array(problem->resource_count, sizeof *point);
	const bool simplex = problem->pair_count <= budget->simplex_pairs;
	const uint32_t rounds = budget->price_rounds;
	const uint32_t used =
		simplex ? run_ascent(dual, rounds < ASCENT_ROUNDS ? rounds : ASCENT_ROUNDS, ASCENT_MEET_BEFORE_SIMPLEX, point)
			: run_ascent(dual, rounds, ASCENT_MEET_MILLIONTHS, point);
	if (simplex && used < rounds && !problem->stopped)
		run_simplex(dual, rounds - used, point);
	free(point);
}

void carved_dual_prove(struct carved_dual *dual)
{
	struct carved_problem *problem = dual->bounder.problem;
	struct carved_bound bound;
	const int64_t negligible = dual->bound.micro / CARVED_MICRO * PROOF_MILLIONTHS;
	problem->phase = "proof";
	if (!dual->has_bound || problem->stopped ||
		!carved_bounder_evaluate(&dual->bounder, dual->best, problem->options->budget.proof_nodes, negligible, 1, &bound))
		return;
	dual->bound = bound;
	problem->bound = bound.micro / CARVED_MICRO;
	carved_problem_report(problem);
}
