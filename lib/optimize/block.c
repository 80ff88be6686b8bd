// SPDX-License-Identifier: EUPL-1.2
// A block frees some people F of the plan, fixes everybody else, and solves
//
//     max sum_q v_q theta_q   over packages q of F that fit in the room left, one each, resources within that room, theta binary
//
// with GLPK's branch and bound, the present packages of F as its start. Which packages take part: every plan with package q of candidate c is worth at most
// bound - loss_q, where loss_q = (best reduced value of c) - (reduced value of q), both at the bound's prices; so only packages with loss below
// bound - value can be part of a better plan (reduced cost fixing), and of those the ones with the least loss are taken, up to a number that GLPK carries.
// Before that a few rounds of column generation inside the block, at the duals of its own relaxation and with the room that the fixed packages leave:
// packages of just the shape that is missing here.
//
// Blocks are a group of sites that share people, or the caseloads of some coaches; where all packages that matter are few, everybody at once. After a search every
// site comes first by itself, with those who work there and a few unplaced people: how their hours go together is what the search, which fills rooms one person at a
// time, leaves undone. Such a program has few people, so its relaxation is priced until nothing is left to find.
// What GLPK calls a solution is added up again in integers before it replaces anything.
#include "block.h"
#include "master.h"
#include <stdlib.h>
#include <string.h>

#define COLUMNS_MOST 450   // of a block
#define NODES_WHOLE 2      // times budget.block_nodes
#define COLUMNS_WHOLE 1500 // of everybody at once
#define PEOPLE_MOST 40
#define SITES_LEAST 8
#define SITES_SPREAD 12   // so many more at most
#define FAILURES_LEAST 12 // programs in a row that bring nothing, plus one for every two sites: then it ends
#define PRICING_ROUNDS 3
#define CHOICES_PRICED 10      // of a person's list of choices
#define SITE_PRICING_ROUNDS 15 // of a site by itself
#define SITE_COLUMNS_MOST 300
#define SITE_NODES_PART 4 // of budget.block_nodes
#define SITE_UNPLACED 4   // people

struct block_column {
	int64_t loss;
	uint32_t column;
};

void carved_block_init(struct carved_block *block, const struct carved_dual *dual, struct carved_recreate *search)
{
	uint32_t candidates = search->problem->instance->candidates_count;
	*block = (struct carved_block){
		.problem = search->problem, .pool = search->fill->pool, .dual = dual, .search = search, .site = CARVED_NONE};
	block->people = carved_alloc_array(candidates, sizeof *block->people);
	block->inside = carved_alloc_array(candidates, sizeof *block->inside);
}

void carved_block_deinit(struct carved_block *block)
{
	free(block->people);
	free(block->inside);
	free(block->columns);
}

bool carved_block_is_done(const struct carved_block *block)
{
	int64_t bound = block->problem->bound;
	int64_t target = block->problem->options->budget.gap_target;
	return (bound - block->search->plan->value) * CARVED_MICRO <= target * bound;
}

static void take_in(struct carved_block *block, uint32_t candidate)
{
	if (block->inside[candidate] || block->search->fill->prospects_of[candidate].count == 0)
		return;
	block->inside[candidate] = true;
	block->people[block->people_count++] = candidate;
}

static void empty(struct carved_block *block)
{
	for (uint32_t i = 0; i < block->people_count; i++)
		block->inside[block->people[i]] = false;
	block->people_count = 0;
}

// Whether packages of the pair take part in the program at hand.
static bool is_asked(const struct carved_block *block, uint32_t pair)
{
	return block->site == CARVED_NONE || block->problem->pairs[pair].site == block->site;
}

static int by_loss(const void *a, const void *b)
{
	const struct block_column *left = a, *right = b;
	if (left->loss != right->loss)
		return left->loss < right->loss ? -1 : 1;
	return left->column < right->column ? -1 : left->column > right->column;
}

// The packages of the block's people that could be part of a better plan and fit in the room without them, least loss first. Returns how many.
static uint32_t list_columns(struct carved_block *block)
{
	const struct carved_columns *pool = block->pool;
	int64_t most = block->dual->bound.micro - block->search->plan->value * CARVED_MICRO;
	uint32_t count = 0;
	if (block->column_capacity < pool->count) {
		block->column_capacity = pool->count * 2;
		block->columns = carved_realloc_array(block->columns, block->column_capacity, sizeof *block->columns);
	}
	for (uint32_t i = 0; i < block->people_count; i++) {
		uint32_t candidate = block->people[i];
		int64_t gain = block->dual->bounder.gains[candidate];
		for (uint32_t q = pool->of_candidate[candidate]; q != CARVED_NONE; q = pool->columns[q].next) {
			if (!is_asked(block, pool->columns[q].pair))
				continue;
			int64_t loss = gain - pool->columns[q].worth + carved_columns_charge(pool, q, block->dual->best);
			if (loss < most)
				block->columns[count++] = (struct block_column){loss, q};
		}
	}
	qsort(block->columns, count, sizeof *block->columns, by_loss);
	return count;
}

// Fills the master with the present packages and the listed ones that fit, up to `most`.
static void fill_master(
	struct carved_block *block, struct carved_master *master, const uint32_t *present, uint32_t listed, uint32_t most)
{
	for (uint32_t i = 0; i < block->people_count; i++) {
		if (present[i] != CARVED_NONE)
			carved_master_add(master, present[i]);
	}
	uint32_t fixed = master->count;
	for (uint32_t i = 0; i < listed && master->count < most; i++) {
		bool known = false;
		for (uint32_t j = 0; j < fixed && !known; j++)
			known = master->columns[j] == block->columns[i].column;
		if (!known && carved_draft_fits(block->search->plan, block->columns[i].column))
			carved_master_add(master, block->columns[i].column);
	}
}

static bool is_in(const struct carved_master *master, uint32_t column)
{
	for (uint32_t j = 0; j < master->count; j++) {
		if (master->columns[j] == column)
			return true;
	}
	return false;
}

// Prices a pair at the block's duals in the block's room. Returns whether the program has got a package more.
static bool price_pair(struct carved_block *block, struct carved_master *master, uint32_t pair, int64_t *prices)
{
	struct carved_problem *problem = block->problem;
	struct carved_prices named = carved_problem_named(problem, prices);
	uint32_t candidate = problem->pairs[pair].candidate;
	struct carved_price_query query = {.prices = &named,
		.room = carved_draft_room(block->search->plan),
		.place_value = problem->place[candidate],
		.threshold = carved_master_price_of_one(master, candidate) + CARVED_MICRO,
		.node_limit = problem->options->budget.pricer_nodes,
		.is_stopped = carved_problem_ask_to_stop,
		.context = problem};
	struct carved_price_result result;
	bool is_new;
	carved_price_best(problem->workspaces[0], carved_problem_pair(problem, 0, pair), &query, &result);
	if (result.answer != CARVED_PRICE_FOUND)
		return false;
	uint32_t column = carved_columns_add(block->pool, pair, &result.package, result.reduced, prices, &is_new);
	if (!carved_draft_fits(block->search->plan, column) || (!is_new && is_in(master, column)))
		return false;
	carved_master_add(master, column);
	return true;
}

// One round of pricing. Returns how many packages it added.
static uint32_t price_people(struct carved_block *block, struct carved_master *master, int64_t *prices)
{
	const struct carved_fill *fill = block->search->fill;
	uint32_t added = 0;
	carved_master_prices(master, prices);
	for (uint32_t i = 0; i < block->people_count; i++) {
		struct carved_range prospects = fill->prospects_of[block->people[i]];
		for (uint32_t n = 0; n < prospects.count && (n < CHOICES_PRICED || block->site != CARVED_NONE); n++) {
			uint32_t pair = fill->prospects[prospects.first + n].pair;
			if (!is_asked(block, pair))
				continue;
			if (carved_problem_is_stopped(block->problem))
				return 0;
			added += price_pair(block, master, pair, prices);
		}
	}
	return added;
}

static bool relax(struct carved_block *block, struct carved_master *master)
{
	int64_t *prices = carved_alloc_array(block->problem->resource_count, sizeof *prices);
	const uint32_t rounds = block->site == CARVED_NONE ? PRICING_ROUNDS : SITE_PRICING_ROUNDS;
	bool optimal = carved_master_solve(master) == CARVED_LP_OPTIMAL;
	for (uint32_t round = 0; optimal && round < rounds && price_people(block, master, prices) > 0; round++)
		optimal = carved_master_solve(master) == CARVED_LP_OPTIMAL;
	free(prices);
	return optimal;
}

// Puts the chosen packages into the plan, in integers. Returns false where one does not fit.
static bool take_over(struct carved_block *block, const struct carved_master *master, const bool *chosen)
{
	struct carved_draft *plan = block->search->plan;
	for (uint32_t j = 0; j < master->count; j++) {
		uint32_t column = master->columns[j];
		if (!chosen[j])
			continue;
		if (plan->column[block->pool->columns[column].candidate] != CARVED_NONE || !carved_draft_fits(plan, column))
			return false;
		carved_draft_add(plan, column);
	}
	return true;
}

// Whether the relaxation is a point above the present packages, the program's first columns: without that there is no better plan in it.
static bool promises_more(const struct carved_master *master, uint32_t present_count)
{
	int64_t worth = 0;
	for (uint32_t j = 0; j < present_count; j++)
		worth += master->pool->columns[master->columns[j]].worth;
	return carved_master_value(master) > worth + CARVED_MICRO;
}

// Solves the block. Returns whether the plan became better; otherwise it is as it was.
static bool solve(struct carved_block *block, uint32_t most, uint32_t nodes)
{
	struct carved_draft *plan = block->search->plan;
	int64_t before = plan->value;
	uint32_t listed = list_columns(block), present_count = 0;
	uint32_t *present = carved_alloc_array(block->people_count, sizeof *present);
	struct carved_master master;
	carved_draft_mark(plan);
	for (uint32_t i = 0; i < block->people_count; i++) {
		present[i] = plan->column[block->people[i]];
		if (present[i] != CARVED_NONE) {
			carved_draft_remove(plan, block->people[i]);
			present_count++;
		}
	}
	carved_master_init(&master, block->problem, block->pool, plan->left);
	fill_master(block, &master, present, listed, most);
	bool better = false;
	if (relax(block, &master) && promises_more(&master, present_count)) {
		bool *chosen = carved_alloc_array(master.count, sizeof *chosen);
		memset(chosen, true, present_count * sizeof *chosen);
		better = carved_master_solve_binary(&master, nodes, chosen) && take_over(block, &master, chosen) &&
			 plan->value > before;
		free(chosen);
	}
	if (!better)
		carved_draft_go_back(plan);
	carved_master_deinit(&master);
	free(present);
	return better;
}

static void choose_sites(struct carved_block *block)
{
	struct carved_recreate *search = block->search;
	const struct carved_fill *fill = search->fill;
	uint32_t sites_count = block->problem->instance->sites_count;
	uint32_t wanted = SITES_LEAST + carved_random_below(&search->random, SITES_SPREAD);
	uint32_t site = carved_random_below(&search->random, sites_count);
	for (uint32_t n = 0; n < wanted && search->of_site[site].count > 0; n++) {
		struct carved_range range = search->of_site[site];
		uint32_t start = carved_random_below(&search->random, range.count), unplaced = 0;
		for (uint32_t i = 0; i < range.count && block->people_count < PEOPLE_MOST; i++) {
			uint32_t candidate = search->site_list[range.first + (start + i) % range.count];
			uint32_t column = search->plan->column[candidate];
			if (column != CARVED_NONE && block->problem->pairs[block->pool->columns[column].pair].site == site)
				take_in(block, candidate);
			else if (column == CARVED_NONE && unplaced++ < 4)
				take_in(block, candidate);
		}
		uint32_t candidate = search->site_list[range.first + carved_random_below(&search->random, range.count)];
		struct carved_range prospects = fill->prospects_of[candidate];
		uint32_t choice =
			prospects.first + carved_random_below(&search->random, prospects.count < 6 ? prospects.count : 6);
		site = block->problem->pairs[fill->prospects[choice].pair].site;
	}
}

static void choose_coaches(struct carved_block *block)
{
	struct carved_recreate *search = block->search;
	uint32_t coaches = block->problem->instance->coaches_count;
	uint32_t coach = carved_random_below(&search->random, coaches);
	for (uint32_t n = 0; n < coaches && n < 3; n++, coach = (coach + 1) % coaches) {
		struct carved_range range = search->of_coach[coach];
		for (uint32_t i = 0; i < range.count && block->people_count < PEOPLE_MOST; i++)
			take_in(block, search->coach_list[range.first + i]);
	}
}

// Everybody at once, where the packages that matter are few. Returns whether that is so.
static bool choose_everybody(struct carved_block *block)
{
	for (uint32_t c = 0; c < block->problem->instance->candidates_count; c++)
		take_in(block, c);
	if (list_columns(block) <= COLUMNS_WHOLE)
		return true;
	empty(block);
	return false;
}

// One program, of everybody at once where `whole` and that is possible. Returns whether the plan became better.
static bool run_round(struct carved_block *block, uint32_t round, bool whole)
{
	uint32_t nodes = block->problem->options->budget.block_nodes;
	if (whole && choose_everybody(block)) {
		bool better = solve(block, COLUMNS_WHOLE, nodes < UINT32_MAX / NODES_WHOLE ? nodes * NODES_WHOLE : nodes);
		empty(block);
		return better;
	}
	if (round % 2 == 0)
		choose_sites(block);
	else
		choose_coaches(block);
	bool better = solve(block, COLUMNS_MOST, nodes);
	empty(block);
	return better;
}

static bool works_at(const struct carved_block *block, uint32_t candidate, uint32_t site)
{
	uint32_t column = block->search->plan->column[candidate];
	return column != CARVED_NONE && block->problem->pairs[block->pool->columns[column].pair].site == site;
}

// Whether there could be hours of the candidate's coach: some are left, or one of the block's people has some.
static bool has_coach(const struct carved_block *block, uint32_t candidate)
{
	const struct carved_instance_candidate *candidates = block->problem->instance->candidates;
	uint32_t coach = candidates[candidate].coach;
	bool shared = block->search->plan->left[block->problem->coaches + coach] >= candidates[candidate].coach_q;
	for (uint32_t i = 0; i < block->people_count && !shared; i++)
		shared = candidates[block->people[i]].coach == coach;
	return shared;
}

// Those who work at the site, and a few people who are unplaced.
static void choose_site(struct carved_block *block, uint32_t site)
{
	const struct carved_recreate *search = block->search;
	struct carved_range range = search->of_site[site];
	for (uint32_t i = range.first; i < range.first + range.count; i++) {
		if (works_at(block, search->site_list[i], site))
			take_in(block, search->site_list[i]);
	}
	uint32_t start = range.count > 0 ? carved_random_below(&block->search->random, range.count) : 0, unplaced = 0;
	for (uint32_t i = 0; i < range.count && unplaced < SITE_UNPLACED; i++) {
		uint32_t candidate = search->site_list[range.first + (start + i) % range.count];
		if (search->plan->column[candidate] == CARVED_NONE && has_coach(block, candidate)) {
			take_in(block, candidate);
			unplaced++;
		}
	}
}

void carved_block_sites(struct carved_block *block)
{
	struct carved_problem *problem = block->problem;
	const uint32_t nodes = problem->options->budget.block_nodes / SITE_NODES_PART + 1;
	problem->phase = "blocks";
	for (uint32_t site = 0; site < problem->instance->sites_count; site++) {
		if (carved_problem_is_stopped_now(problem) || carved_block_is_done(block))
			break;
		block->site = site;
		choose_site(block, site);
		if (block->people_count > 0 && solve(block, SITE_COLUMNS_MOST, nodes))
			block->search->improved(block->search->context);
		empty(block);
		problem->iterations++;
		carved_problem_report(problem);
	}
	block->site = CARVED_NONE;
}

void carved_block_run(struct carved_block *block, uint32_t rounds)
{
	struct carved_problem *problem = block->problem;
	uint32_t failures = 0, failures_most = FAILURES_LEAST + problem->instance->sites_count / 2;
	bool whole = true; // until one of everybody brings nothing
	problem->phase = "blocks";
	for (uint32_t round = 0; round < rounds && failures < failures_most; round++) {
		if (carved_problem_is_stopped_now(problem) || carved_block_is_done(block))
			break;
		bool better = run_round(block, round, whole);
		whole = whole && better;
		failures = better ? 0 : failures + 1;
		problem->iterations++;
		if (better)
			block->search->improved(block->search->context);
		carved_problem_report(problem);
	}
}
