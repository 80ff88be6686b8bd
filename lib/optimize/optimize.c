// SPDX-License-Identifier: EUPL-1.2
// One solve, from instance to solution:
//
//     prepare -> prices and bound -> proof -> construction -> search -> blocks -> answer
//
// Each step works on what the former left and can be cut short: the bound of the last completed evaluation counts, the best plan so far counts. Work is
// counted (budget.h), dice are seeded, orders are by number: the same instance, budget and seed give the same solution wherever the clock does not cut in.
#include "carved/optimize/optimize.h"
#include "answer.h"
#include "block.h"

#define ROUNDS_PER 100 // candidates: budget.search_rounds and block_rounds are meant for so many, and grow with the region

struct solve {
	struct carved_problem problem;
	struct carved_columns pool;
	struct carved_dual dual;
	struct carved_draft plan;
};

static void on_improved(void *context)
{
	struct solve *solve = context;
	const struct carved_optimize_options *options = solve->problem.options;
	solve->problem.value = solve->plan.value;
	solve->problem.placed = solve->plan.placed;
	carved_problem_report(&solve->problem);
	if (!options->on_improved)
		return;
	struct carved_solution solution;
	carved_answer_make(&solve->problem, &solve->plan, &solve->dual, CARVED_ENDED_BY_ITERATIONS, &solution);
	options->on_improved(options->context, &solution);
	carved_solution_deinit(&solution);
}

// What a setting comes to for this region.
static uint32_t scaled(const struct solve *solve, uint32_t setting)
{
	uint64_t candidates = solve->problem.instance->candidates_count;
	uint64_t rounds = setting * (candidates < ROUNDS_PER ? ROUNDS_PER : candidates) / ROUNDS_PER;
	return rounds > UINT32_MAX ? UINT32_MAX : (uint32_t)rounds;
}

// Construction, search and blocks. Returns whether the gap asked for was reached.
static bool make_plan(struct solve *solve, uint64_t seed)
{
	const struct carved_budget *budget = &solve->problem.options->budget;
	struct carved_guide guide;
	struct carved_recreate search;
	struct carved_block block;
	solve->problem.phase = "construction";
	carved_guide_init(&guide, &solve->dual.bounder, solve->dual.best);
	carved_recreate_init(&search, &guide, &solve->plan, seed, on_improved, solve);
	carved_block_init(&block, &solve->dual, &search);
	carved_recreate_construct(&search);
	on_improved(solve);
	solve->problem.phase = "search";
	if (!carved_block_is_done(&block))
		carved_recreate_run(&search, scaled(solve, budget->search_rounds));
	carved_block_run(&block, scaled(solve, budget->block_rounds));
	bool done = carved_block_is_done(&block);
	carved_block_deinit(&block);
	carved_recreate_deinit(&search);
	carved_guide_deinit(&guide);
	return done;
}

void carved_optimize(const struct carved_instance *instance, const struct carved_optimize_options *options,
	struct carved_solution *ret_solution)
{
	struct solve solve;
	bool done = false;
	carved_problem_init(&solve.problem, instance, options);
	carved_columns_init(&solve.pool, &solve.problem);
	carved_dual_init(&solve.dual, &solve.problem, &solve.pool);
	carved_draft_init(&solve.plan, &solve.problem, &solve.pool);
	if (!solve.problem.stopped) {
		carved_dual_run(&solve.dual);
		carved_dual_prove(&solve.dual);
	}
	if (!solve.problem.stopped)
		done = make_plan(&solve, options->seed);
	enum carved_ended_by ended_by = solve.problem.stopped == 1   ? CARVED_ENDED_BY_TIME
					: solve.problem.stopped != 0 ? CARVED_ENDED_BY_CANCEL
					: done                       ? CARVED_ENDED_BY_GAP
								     : CARVED_ENDED_BY_ITERATIONS;
	carved_answer_make(&solve.problem, &solve.plan, &solve.dual, ended_by, ret_solution);
	carved_draft_deinit(&solve.plan);
	carved_dual_deinit(&solve.dual);
	carved_columns_deinit(&solve.pool);
	carved_problem_deinit(&solve.problem);
}
