// SPDX-License-Identifier: EUPL-1.2
// One solve, from instance to solution:
//
//     prepare -> prices and bound -> proof of prices -> construction -> small regions: rounds of sites and plans (rounds.c); others: search, programs -> answer
//
// With a plan to start from, its prices and packages come first, and the programs around what has changed; where they reach the gap asked for, that is all. The plan of
// a large region is then renewed (recreate.h) and has programs everywhere, in turns. Where changes are limited or weighed, plans come from programs alone (repair.c).
// Single packages that weigh something (what people are looking at) have their programs last, wherever the plan came from.
//
// Each step works on what the former left and can be cut short: the bound of the last completed evaluation counts, the best plan so far counts. Work is
// counted (budget.h), dice are seeded, orders are by number: the same instance, budget and seed give the same solution wherever the clock does not cut in.
#include "carved/optimize/optimize.h"
#include "answer.h"
#include "block.h"
#include "learn.h"
#include "repair.h"
#include "rounds.h"
#include <stdlib.h>
#include <string.h>

#define ROUNDS_PER 100       // candidates: budget.search_rounds and block_rounds are meant for so many
#define CANDIDATES_LEAST 500 // a smaller region gets the rounds of one of so many: it costs seconds
#define SEARCHED_MOST 2000   // a larger one gets the search of one of so many: a minute and a half
#define DIVIDED_MOST 5000    // and the programs of one of so many
#define NEAR_MOST 1000       // near a plan that stands: of one of so many

#define PEOPLE_A_PROGRAM 2        // before anything else, a plan that stands is improved by programs: one for so many people
#define PEOPLE_A_FIRST_PROGRAM 10 // of a large region, whose plan is renewed then
#define RENEWAL_PART 5            // of the rounds of a search
#define RENEWALS_MOST 4           // in turns with programs

struct solve {
	struct carved_problem problem;
	struct carved_columns pool;
	struct carved_dual dual;
	struct carved_sites_proof proof;
	struct carved_draft plan;
	struct carved_restart restart; // the plan to start from
	struct carved_random random;   // seeds of programs
	int64_t told;                  // value of the last plan that the caller was told of
};

static void on_improved(void *context)
{
	struct solve *solve = context;
	const struct carved_optimize_options *options = solve->problem.options;
	if (solve->plan.value <= solve->told)
		return;
	solve->told = solve->problem.value = solve->plan.value;
	solve->problem.placed = solve->plan.placed;
	carved_problem_report(&solve->problem);
	if (!options->on_improved)
		return;
	struct carved_solution solution;
	carved_answer_make(&solve->problem, &solve->plan, &solve->dual, &solve->proof, CARVED_ENDED_BY_ITERATIONS, &solution);
	solution.changes = carved_restart_count_changes(&solve->restart, &solve->plan);
	options->on_improved(options->context, &solution);
	carved_solution_deinit(&solution);
}

// What a setting per 100 candidates comes to for this region, of whose candidates at most `most` count.
static uint32_t scaled(const struct solve *solve, uint32_t setting, uint32_t most)
{
	uint64_t candidates = solve->problem.instance->candidates_count;
	candidates = candidates < CANDIDATES_LEAST ? CANDIDATES_LEAST : candidates > most ? most : candidates;
	uint64_t rounds = setting * candidates / ROUNDS_PER;
	return rounds > UINT32_MAX ? UINT32_MAX : (uint32_t)rounds;
}

// Whether the simplex carries the region, so that sites can be asked one by one.
static bool is_small(const struct solve *solve)
{
	const struct carved_budget *budget = &solve->problem.options->budget;
	return solve->dual.has_bound && budget->site_rounds > 0 && budget->site_nodes > 0 &&
	       solve->problem.pair_count <= budget->simplex_pairs;
}

// Whether a plan that stands was mended to about the gap asked for. A search anew would bring the rest, and change most people's proposals for it.
static bool is_mended(const struct solve *solve)
{
	const struct carved_problem *problem = &solve->problem;
	const int64_t target = problem->options->budget.gap_target;
	return carved_restart_is_from(&solve->restart) &&
	       (problem->bound - solve->plan.value) * CARVED_MICRO <= target / 2 * 3 * problem->bound;
}

static void init_repair(struct solve *solve, struct carved_repair *repair)
{
	carved_repair_init(
		repair, &solve->restart, &solve->dual, &solve->plan, carved_random_next(&solve->random), on_improved, solve);
}

static bool is_done(const struct solve *solve)
{
	return carved_problem_is_done(&solve->problem, solve->plan.value);
}

// Whether the plan that stands, mended, is near enough to the bound. Without one there is a plan to be made, however far from the bound it may be.
static bool is_enough(const struct solve *solve)
{
	return carved_restart_is_from(&solve->restart) && solve->dual.has_bound && is_done(solve);
}

// The plan that stands, as far as it can stand, and programs around what has changed.
static void begin_from_start(struct solve *solve)
{
	const uint32_t candidates = solve->problem.instance->candidates_count;
	const bool renews = !is_small(solve) && !carved_restart_is_near(&solve->restart);
	struct carved_repair repair;
	carved_restart_lay(&solve->restart, &solve->plan);
	on_improved(solve);
	if (!carved_dual_begin(&solve->dual))
		return;
	init_repair(solve, &repair);
	carved_repair_touched(&repair);
	carved_repair_anywhere(&repair, candidates / (renews ? PEOPLE_A_FIRST_PROGRAM : PEOPLE_A_PROGRAM));
	carved_repair_deinit(&repair);
}

// A plan near the one that stands.
static void make_plan_near(struct solve *solve)
{
	struct carved_repair repair;
	init_repair(solve, &repair);
	carved_repair_anywhere(&repair, scaled(solve, solve->problem.options->budget.block_rounds, NEAR_MOST));
	carved_repair_deinit(&repair);
}

static void search_with_learner(
	struct carved_recreate *search, void (*run)(struct carved_recreate *search, uint32_t rounds), uint32_t rounds)
{
	struct carved_learner learner;
	carved_learner_init(&learner, search);
	run(search, rounds);
	carved_learner_deinit(&learner);
}

// Programs of each site, of everybody where that can be, and around anybody, until they bring nothing more.
static void divide(struct solve *solve, struct carved_recreate *search)
{
	const uint32_t rounds = scaled(solve, solve->problem.options->budget.block_rounds, DIVIDED_MOST);
	struct carved_repair repair;
	if (rounds == 0)
		return;
	init_repair(solve, &repair);
	carved_block_sites(&repair.desks, search);
	carved_block_everybody(&repair.desks, search);
	carved_repair_anywhere(&repair, rounds);
	carved_repair_deinit(&repair);
}

// A large region from nothing: ruin and recreate, then programs.
static void search_and_divide(struct solve *solve, struct carved_recreate *search)
{
	search_with_learner(
		search, carved_recreate_run, scaled(solve, solve->problem.options->budget.search_rounds, SEARCHED_MOST));
	on_improved(solve);
	divide(solve, search);
}

// A large region whose plan stands: the same, with a short search from that plan, as often as the gap asked for takes.
static void renew_and_divide(struct solve *solve, struct carved_recreate *search)
{
	const uint32_t candidates = solve->problem.instance->candidates_count;
	const uint32_t rounds = scaled(solve, solve->problem.options->budget.search_rounds, SEARCHED_MOST) / RENEWAL_PART;
	uint32_t *best = carved_alloc_array(candidates, sizeof *best);
	for (uint32_t cycle = 0; cycle < RENEWALS_MOST && !is_done(solve) && !solve->problem.stopped; cycle++) {
		const int64_t best_value = solve->plan.value;
		memcpy(best, solve->plan.column, candidates * sizeof *best);
		solve->problem.phase = "search";
		search_with_learner(search, carved_recreate_renew, rounds);
		divide(solve, search);
		if (solve->plan.value < best_value)
			carved_draft_assign(&solve->plan, best);
	}
	free(best);
}

// Construction, ruin and recreate, integer programs.
static void make_plan(struct solve *solve)
{
	const uint32_t candidates = solve->problem.instance->candidates_count;
	const int64_t former_value = solve->plan.value;
	uint32_t *former = carved_alloc_array(candidates, sizeof *former); // no plan, or the one that stands
	struct carved_fill fill;
	struct carved_recreate search;
	memcpy(former, solve->plan.column, candidates * sizeof *former);
	solve->problem.phase = "construction";
	carved_fill_init(&fill, &solve->dual.bounder, solve->dual.best, &solve->plan);
	carved_recreate_init(&search, &fill, is_small(solve) ? &carved_recreate_for_patterns : &carved_recreate_for_plans,
		solve->problem.options->seed, on_improved, solve);
	carved_recreate_construct(&search);
	on_improved(solve);
	solve->problem.phase = "search";
	if (!is_done(solve) && is_small(solve))
		carved_rounds_run(&solve->dual, &search, !carved_restart_is_from(&solve->restart), &solve->proof);
	else if (!is_done(solve) && is_mended(solve))
		renew_and_divide(solve, &search);
	else if (!is_done(solve))
		search_and_divide(solve, &search);
	if (solve->plan.value < former_value)
		carved_draft_assign(&solve->plan, former);
	on_improved(solve);
	carved_recreate_deinit(&search);
	carved_fill_deinit(&fill);
	free(former);
}

// Packages that people are looking at go back into the plan, where moving their people does not bring more than that weighs. The search knows nothing of such weights:
// it finds what is best without them, and what is given up for them is decided here.
static void put_back_kept(struct solve *solve)
{
	struct carved_repair repair;
	init_repair(solve, &repair);
	carved_repair_kept(&repair);
	carved_repair_deinit(&repair);
}

void carved_optimize(const struct carved_instance *instance, const struct carved_optimize_options *options,
	struct carved_solution *ret_solution)
{
	struct solve solve = {.told = -1, .random = {options->seed}, .proof = {.micro = INT64_MAX}};
	carved_problem_init(&solve.problem, instance, options);
	carved_columns_init(&solve.pool, &solve.problem);
	carved_dual_init(&solve.dual, &solve.problem, &solve.pool);
	carved_draft_init(&solve.plan, &solve.problem, &solve.pool);
	carved_restart_init(&solve.restart, &solve.dual);
	if (!solve.problem.stopped && carved_restart_is_from(&solve.restart))
		begin_from_start(&solve);
	if (!solve.problem.stopped && !is_enough(&solve)) {
		carved_dual_run(&solve.dual);
		carved_dual_prove(&solve.dual);
	}
	if (!solve.problem.stopped && !is_enough(&solve) && carved_restart_is_near(&solve.restart))
		make_plan_near(&solve);
	else if (!solve.problem.stopped && !is_enough(&solve))
		make_plan(&solve);
	const bool done = is_done(&solve);
	if (!solve.problem.stopped && solve.restart.has_keeps)
		put_back_kept(&solve);
	enum carved_ended_by ended_by = solve.problem.stopped == 1   ? CARVED_ENDED_BY_TIME
					: solve.problem.stopped != 0 ? CARVED_ENDED_BY_CANCEL
					: done                       ? CARVED_ENDED_BY_GAP
								     : CARVED_ENDED_BY_ITERATIONS;
	carved_answer_make(&solve.problem, &solve.plan, &solve.dual, &solve.proof, ended_by, ret_solution);
	ret_solution->changes = carved_restart_count_changes(&solve.restart, &solve.plan);
	carved_restart_deinit(&solve.restart);
	carved_draft_deinit(&solve.plan);
	carved_sites_proof_deinit(&solve.proof);
	carved_dual_deinit(&solve.dual);
	carved_columns_deinit(&solve.pool);
	carved_problem_deinit(&solve.problem);
}
