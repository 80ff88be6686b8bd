// SPDX-License-Identifier: EUPL-1.2
// A program frees some people F of the plan, fixes everybody else, and solves
//
//     max sum_q v_q theta_q   over packages q of F that fit in the room left, one each, resources within that room, theta binary
//
// with GLPK's branch and bound, the present packages of F as its start. Which packages take part: every plan with package q of candidate c is worth at most
// bound - loss_q, where loss_q = (best reduced value of c) - (reduced value of q), both at the bound's prices; so only packages with loss below bound - value can be
// part of a better plan (reduced cost fixing), and of those the ones with the least loss are taken, up to a number that GLPK carries. Then come a few rounds of column
// generation inside the program, at its own prices and in its own room: packages of just the shape that is missing here.
//
// Programs of a large region have little to do with each other, so several are made from the same plan and solved at a time. Each has what it needs at its desk and
// reads nothing that another one writes; what they bring is put into the plan one after the other, where it still fits and still makes the plan better. So the
// plan depends on how many desks there are, but not on how many threads sit at them.
//
// What GLPK calls a solution is added up again in integers before it replaces anything. A plan counts as better by its value and what it keeps (carved_restart_score).
#include "desks.h"
#include <stdlib.h>
#include <string.h>

#define PEOPLE_A_DESK 300     // of a region: smaller ones have fewer desks, for their programs would be in each other's way
#define PRICING_NODES_PART 20 // of pricer_nodes: one pricing in fifty needs more, and they would take most of the time
#define ROUNDED_POINTS 2      // a package's value is up to that much below its worth

static void init_desk(struct carved_desk *desk, struct carved_desks *of)
{
	const struct carved_problem *problem = of->problem;
	const uint32_t candidates = problem->instance->candidates_count;
	*desk = (struct carved_desk){.of = of, .site = CARVED_NONE};
	desk->people = carved_alloc_array(candidates, sizeof *desk->people);
	desk->inside = carved_alloc_array(candidates, sizeof *desk->inside);
	desk->kept = carved_alloc_array(candidates, sizeof *desk->kept);
	desk->choice = carved_alloc_array(candidates, sizeof *desk->choice);
	desk->left = carved_alloc_array(problem->resource_count, sizeof *desk->left);
	desk->prices = carved_alloc_array(problem->resource_count, sizeof *desk->prices);
	carved_columns_init(&desk->pool, problem);
}

static void deinit_desk(struct carved_desk *desk)
{
	free(desk->people);
	free(desk->inside);
	free(desk->kept);
	free(desk->choice);
	free(desk->left);
	free(desk->prices);
	carved_columns_deinit(&desk->pool);
	carved_ranking_deinit(&desk->ranking);
}

void carved_desks_init(struct carved_desks *desks, const struct carved_restart *restart, const struct carved_dual *dual,
	struct carved_draft *plan)
{
	const uint32_t size = restart->problem->instance->candidates_count / PEOPLE_A_DESK;
	*desks = (struct carved_desks){.problem = restart->problem,
		.restart = restart,
		.dual = dual,
		.plan = plan,
		.pool = restart->pool,
		.most = carved_restart_most_changes(restart)};
	desks->size = size < 1 || desks->most != INT64_MAX ? 1 : size < CARVED_DESKS_MOST ? size : CARVED_DESKS_MOST;
	for (uint32_t i = 0; i < CARVED_DESKS_MOST; i++)
		init_desk(&desks->desks[i], desks);
}

void carved_desks_deinit(struct carved_desks *desks)
{
	for (uint32_t i = 0; i < CARVED_DESKS_MOST; i++)
		deinit_desk(&desks->desks[i]);
}

void carved_desk_take_in(struct carved_desk *desk, uint32_t candidate)
{
	if (desk->inside[candidate] || desk->of->problem->candidate_pairs[candidate].count == 0)
		return;
	desk->inside[candidate] = true;
	desk->people[desk->people_count++] = candidate;
}

void carved_desk_empty(struct carved_desk *desk)
{
	for (uint32_t i = 0; i < desk->people_count; i++)
		desk->inside[desk->people[i]] = false;
	desk->people_count = desk->choice_count = 0;
	desk->site = CARVED_NONE;
	carved_columns_clear(&desk->pool);
}

// ---- what could be

void carved_desks_rank_pairs(const struct carved_desks *desks, uint32_t candidate, struct carved_ranking *ranking)
{
	const struct carved_range range = desks->problem->candidate_pairs[candidate];
	carved_ranking_clear(ranking);
	for (uint32_t p = range.first; p < range.first + range.count; p++)
		carved_ranking_add(ranking, carved_bounder_most(&desks->dual->bounder, p), p);
	carved_ranking_sort(ranking);
}

int64_t carved_desks_promise(const struct carved_desks *desks, uint32_t candidate)
{
	const uint32_t column = desks->plan->column[candidate];
	const int64_t gain = desks->dual->bounder.gains[candidate];
	if (column == CARVED_NONE)
		return gain;
	return gain - desks->pool->columns[column].worth + carved_columns_charge(desks->pool, column, desks->dual->best);
}

void carved_desk_rank_columns(struct carved_desk *desk)
{
	const struct carved_desks *desks = desk->of;
	const struct carved_columns *pool = desks->pool;
	const int64_t most = desks->dual->bound.micro - desks->plan->value * CARVED_MICRO;
	carved_ranking_clear(&desk->ranking);
	for (uint32_t i = 0; i < desk->people_count; i++) {
		const int64_t gain = desks->dual->bounder.gains[desk->people[i]];
		for (uint32_t q = pool->of_candidate[desk->people[i]]; q != CARVED_NONE; q = pool->columns[q].next) {
			if (desk->site != CARVED_NONE && desks->problem->pairs[pool->columns[q].pair].site != desk->site)
				continue;
			int64_t loss = gain - pool->columns[q].worth + carved_columns_charge(pool, q, desks->dual->best);
			if (loss < most)
				carved_ranking_add(&desk->ranking, -loss, q);
		}
	}
	carved_ranking_sort(&desk->ranking);
}

// ---- one program, by whichever thread

// A column of the plan's pool takes part, where it fits.
static void add(struct carved_desk *desk, struct carved_program *program, uint32_t column)
{
	if (column != CARVED_NONE && carved_columns_fit(desk->of->pool, column, desk->left))
		carved_program_add(program, carved_columns_copy(&desk->pool, desk->of->pool, column));
}

// The present packages, the former ones, then those of the plan's pool that lose least.
static void fill(struct carved_desk *desk, struct carved_program *program)
{
	const struct carved_desks *desks = desk->of;
	for (uint32_t i = 0; i < desk->people_count; i++)
		add(desk, program, desks->plan->column[desk->people[i]]);
	for (uint32_t i = 0; i < desk->people_count; i++)
		add(desk, program, desks->restart->former[desk->people[i]]);
	carved_desk_rank_columns(desk);
	for (uint32_t i = 0; i < desk->ranking.count && program->count < desks->manner.columns_most; i++)
		add(desk, program, desk->ranking.items[i].index);
}

// The pair's best package at the program's prices and in its room joins, where there is one above the threshold.
static void price(struct carved_desk *desk, struct carved_program *program, uint32_t pair, int64_t threshold)
{
	struct carved_problem *problem = desk->of->problem;
	const struct carved_pricing pricing = {
		problem, desk->worker, desk->prices, desk->left, problem->options->budget.pricer_nodes / PRICING_NODES_PART + 1};
	struct carved_price_result result;
	if (carved_pricing_best(&pricing, pair, threshold, &result))
		carved_program_add(
			program, carved_columns_add(&desk->pool, pair, &result.package, result.reduced, desk->prices, NULL));
}

static void price_person(struct carved_desk *desk, struct carved_program *program, uint32_t person)
{
	const struct carved_desks *desks = desk->of;
	const uint32_t candidate = desk->people[person];
	const int64_t threshold = carved_program_threshold(program, person) + ROUNDED_POINTS * CARVED_MICRO;
	if (desk->site != CARVED_NONE) {
		uint32_t pair = carved_problem_find_pair(desks->problem, candidate, desk->site);
		if (pair != CARVED_NONE)
			price(desk, program, pair, threshold);
		return;
	}
	carved_desks_rank_pairs(desks, candidate, &desk->ranking);
	for (uint32_t n = 0; n < desk->ranking.count && n < desks->manner.pairs_priced; n++)
		price(desk, program, desk->ranking.items[n].index, threshold);
}

// One round of pricing at the program's prices. Returns how many packages it added.
static uint32_t price_people(struct carved_desk *desk, struct carved_program *program)
{
	const uint32_t before = program->count;
	for (uint32_t i = 0; i < desk->people_count; i++)
		price_person(desk, program, i);
	return program->count - before;
}

static bool relax(struct carved_desk *desk, struct carved_program *program)
{
	bool optimal = carved_program_solve(program, desk->prices) == CARVED_LP_OPTIMAL;
	for (uint32_t round = 0; optimal && round < desk->of->manner.pricing_rounds && price_people(desk, program) > 0; round++)
		optimal = carved_program_solve(program, desk->prices) == CARVED_LP_OPTIMAL;
	return optimal && !desk->of->problem->stopped;
}

static void solve(void *context, uint32_t worker, uint32_t index)
{
	struct carved_desk *desk = &((struct carved_desks *)context)->desks[index];
	struct carved_program program;
	uint32_t present = 0;
	desk->worker = worker;
	for (uint32_t i = 0; i < desk->people_count; i++)
		present += desk->of->plan->column[desk->people[i]] != CARVED_NONE;
	carved_program_init(&program, desk->of->problem, &desk->pool, desk->left, desk->kept, desk->people_count, desk->most);
	fill(desk, &program);
	if (program.count > 0 && relax(desk, &program) && carved_program_promises_more(&program, present)) {
		bool *chosen = carved_alloc_array(program.count, sizeof *chosen);
		memset(chosen, true, present * sizeof *chosen); // they were added first
		bool better = carved_program_solve_binary(&program, desk->of->manner.nodes, chosen);
		for (uint32_t j = 0; better && j < program.count; j++) {
			if (chosen[j])
				desk->choice[desk->choice_count++] = program.columns[j];
		}
		free(chosen);
	}
	carved_program_deinit(&program);
}

// ---- before and after

static int by_number(const void *a, const void *b)
{
	const uint32_t *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

static void give_back(const struct carved_columns *pool, uint32_t column, uint32_t *left)
{
	const struct carved_use *uses = carved_columns_uses(pool, &pool->columns[column]);
	for (uint32_t u = 0; u < pool->columns[column].use_count; u++)
		left[uses[u].resource] += uses[u].amount;
}

// What a program takes from the plan, which is the same for all desks.
static void prepare(struct carved_desk *desk)
{
	const struct carved_desks *desks = desk->of;
	const struct carved_restart *restart = desks->restart;
	if (desk->people_count > 0)
		qsort(desk->people, desk->people_count, sizeof *desk->people, by_number);
	memcpy(desk->left, desks->plan->left, desks->problem->resource_count * sizeof *desk->left);
	desk->most = desks->most;
	for (uint32_t c = 0; desk->most != INT64_MAX && c < desks->problem->instance->candidates_count; c++)
		desk->most -= !desk->inside[c] && carved_restart_is_changed(restart, desks->plan, c);
	for (uint32_t i = 0; i < desk->people_count; i++) {
		const uint32_t candidate = desk->people[i], column = desks->plan->column[candidate],
			       former = restart->former[candidate];
		if (column != CARVED_NONE)
			give_back(desks->pool, column, desk->left);
		desk->kept[i] = (struct carved_program_person){.candidate = candidate,
			.former = former == CARVED_NONE ? CARVED_NONE : carved_columns_copy(&desk->pool, desks->pool, former),
			.keep = carved_restart_keep(restart, candidate),
			.counts = !restart->had_to[candidate]};
	}
}

// Puts a desk's choice in the place of what its people have. Returns false where it does not fit.
static bool put_in(struct carved_desk *desk)
{
	struct carved_draft *plan = desk->of->plan;
	for (uint32_t i = 0; i < desk->people_count; i++) {
		if (plan->column[desk->people[i]] != CARVED_NONE)
			carved_draft_remove(plan, desk->people[i]);
	}
	for (uint32_t i = 0; i < desk->choice_count; i++) {
		const uint32_t column = carved_columns_copy(desk->of->pool, &desk->pool, desk->choice[i]);
		if (plan->column[desk->of->pool->columns[column].candidate] != CARVED_NONE || !carved_draft_fits(plan, column))
			return false;
		carved_draft_add(plan, column);
	}
	return true;
}

// Returns whether the plan became better; otherwise it is as it was.
static bool adopt(struct carved_desk *desk)
{
	struct carved_desks *desks = desk->of;
	const int64_t before = carved_restart_score(desks->restart, desks->plan);
	if (desk->choice_count == 0)
		return false;
	carved_draft_mark(desks->plan);
	const bool better =
		put_in(desk) && carved_restart_score(desks->restart, desks->plan) > before &&
		(desks->most == INT64_MAX || carved_restart_count_changes(desks->restart, desks->plan) <= desks->most);
	if (!better)
		carved_draft_go_back(desks->plan);
	return better;
}

uint32_t carved_desks_solve(struct carved_desks *desks, uint32_t count)
{
	uint32_t better = 0;
	for (uint32_t i = 0; i < count; i++)
		prepare(&desks->desks[i]);
	carved_crew_run(desks->problem->crew, count, solve, desks);
	for (uint32_t i = 0; i < count; i++) {
		better += adopt(&desks->desks[i]);
		carved_desk_empty(&desks->desks[i]);
	}
	desks->problem->iterations += count;
	return better;
}
