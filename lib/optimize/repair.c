// SPDX-License-Identifier: EUPL-1.2
// A program takes a person in focus, those at the sites that this person held or would like best, and those of the same coach: who could make room, and who could
// take room. With a limit on changes each program may spend what the people outside of it leave of the limit, and takes in some who have changed already, so that a
// change can be given back for one that brings more.
#include "repair.h"
#include <stdlib.h>

#define PEOPLE_MOST 36      // of a program
#define COLUMNS_MOST 260    // known packages in a program
#define PRICING_ROUNDS 3    // of a program
#define PAIRS_PRICED 8      // of a person, in a round
#define NODES_PART 8        // of budget.block_nodes, where several programs are solved at a time: more improve none of them
#define SITES_AROUND 3      // best sites of the person in focus
#define OF_A_SITE 7         // people placed at a site
#define WITHOUT_OF_A_SITE 3 // people without a package who would like the site
#define OF_A_COACH 12       // people of the coach
#define CHANGED_MOST 8      // people changed already, in a program with a limit
#define GUIDE_TENTHS 9      // of the bound's prices, when room is filled
#define LEAST_MOST (-1000 * CARVED_MICRO) // at the bound's prices: a pair that can bring less is not asked then
#define FRUITLESS_MOST 40                 // programs in a row that bring nothing: then it ends
#define FOCUS_LEAST 6                     // people without a package in focus, beside those who had to change
#define LOTS 4                            // people drawn for a focus

void carved_repair_init(struct carved_repair *repair, const struct carved_restart *restart, const struct carved_dual *dual,
	struct carved_draft *plan, uint64_t seed, carved_repair_improved_fn improved, void *context)
{
	struct carved_problem *problem = restart->problem;
	const uint32_t nodes = problem->options->budget.block_nodes;
	*repair = (struct carved_repair){
		.problem = problem, .restart = restart, .plan = plan, .random = {seed}, .improved = improved, .context = context};
	carved_desks_init(&repair->desks, restart, dual, plan);
	repair->desks.manner = (struct carved_desks_manner){.columns_most = COLUMNS_MOST,
		.pricing_rounds = PRICING_ROUNDS,
		.pairs_priced = PAIRS_PRICED,
		.nodes = repair->desks.size > 1 ? nodes / NODES_PART + 1 : nodes};
}

void carved_repair_deinit(struct carved_repair *repair)
{
	carved_desks_deinit(&repair->desks);
	carved_ranking_deinit(&repair->ranking);
}

static bool is_over(struct carved_repair *repair)
{
	return carved_problem_is_stopped_now(repair->problem) || carved_problem_is_done(repair->problem, repair->plan->value);
}

// ---- who takes part

static void take_in(struct carved_desk *desk, uint32_t candidate)
{
	if (desk->people_count < PEOPLE_MOST)
		carved_desk_take_in(desk, candidate);
}

static uint32_t site_of(const struct carved_repair *repair, uint32_t candidate)
{
	uint32_t column = repair->plan->column[candidate];
	return column == CARVED_NONE ? CARVED_NONE : repair->problem->pairs[repair->plan->pool->columns[column].pair].site;
}

// The most that a candidate's pair at the site can bring; CARVED_PRICE_NO_PACKAGE without such a pair.
static int64_t most_at(const struct carved_repair *repair, uint32_t candidate, uint32_t site)
{
	uint32_t pair = carved_problem_find_pair(repair->problem, candidate, site);
	return pair == CARVED_NONE ? CARVED_PRICE_NO_PACKAGE : carved_bounder_most(&repair->desks.dual->bounder, pair);
}

// Takes in the first of the ranking whose worth is above the threshold, up to `most`.
static void take_first(struct carved_repair *repair, struct carved_desk *desk, uint32_t most, int64_t threshold)
{
	const struct carved_ranking *ranking = &repair->ranking;
	carved_ranking_sort(&repair->ranking);
	for (uint32_t i = 0; i < ranking->count && i < most && ranking->items[i].worth > threshold; i++)
		take_in(desk, ranking->items[i].index);
}

static void take_in_site(struct carved_repair *repair, struct carved_desk *desk, uint32_t site)
{
	const uint32_t candidates = repair->problem->instance->candidates_count;
	carved_ranking_clear(&repair->ranking);
	for (uint32_t c = 0; c < candidates; c++) {
		if (site_of(repair, c) == site)
			carved_ranking_add(&repair->ranking, carved_desks_promise(&repair->desks, c), c);
	}
	take_first(repair, desk, OF_A_SITE, INT64_MIN);
	carved_ranking_clear(&repair->ranking);
	for (uint32_t c = 0; c < candidates; c++) {
		if (repair->plan->column[c] == CARVED_NONE && repair->problem->candidate_pairs[c].count > 0)
			carved_ranking_add(&repair->ranking, most_at(repair, c, site), c);
	}
	take_first(repair, desk, WITHOUT_OF_A_SITE, 0);
}

static void take_in_coach(struct carved_repair *repair, struct carved_desk *desk, uint32_t coach)
{
	const struct carved_instance *in = repair->problem->instance;
	carved_ranking_clear(&repair->ranking);
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (in->candidates[c].coach == coach)
			carved_ranking_add(&repair->ranking, carved_desks_promise(&repair->desks, c), c);
	}
	take_first(repair, desk, OF_A_COACH, INT64_MIN);
}

// Some who have changed already, from a candidate by lot on.
static void take_in_changed(struct carved_repair *repair, struct carved_desk *desk)
{
	uint32_t candidates = repair->problem->instance->candidates_count;
	uint32_t start = carved_random_below(&repair->random, candidates), taken = 0;
	for (uint32_t i = 0; i < candidates && taken < CHANGED_MOST; i++) {
		uint32_t candidate = (start + i) % candidates;
		if (carved_restart_is_changed(repair->restart, repair->plan, candidate)) {
			take_in(desk, candidate);
			taken++;
		}
	}
}

static void choose_around(struct carved_repair *repair, struct carved_desk *desk, uint32_t focus)
{
	uint32_t sites[SITES_AROUND + 2], count = 0;
	const uint32_t former = repair->restart->former_site[focus];
	take_in(desk, focus);
	if (repair->desks.most != INT64_MAX)
		take_in_changed(repair, desk);
	carved_desks_rank_pairs(&repair->desks, focus, &repair->ranking);
	const struct carved_ranking *pairs = &repair->ranking;
	if (former != CARVED_NONE)
		sites[count++] = former;
	if (repair->plan->column[focus] != CARVED_NONE)
		sites[count++] = site_of(repair, focus);
	for (uint32_t i = 0; i < pairs->count && i < SITES_AROUND && pairs->items[i].worth > 0; i++)
		sites[count++] = repair->problem->pairs[pairs->items[i].index].site;
	if (count > 0)
		take_in_site(repair, desk, sites[0]);
	take_in_coach(repair, desk, repair->problem->instance->candidates[focus].coach);
	for (uint32_t i = 1; i < count; i++)
		take_in_site(repair, desk, sites[i]);
}

// ---- programs

// Solves what the first `count` desks have. Returns how many programs made the plan better.
static uint32_t solve(struct carved_repair *repair, uint32_t count)
{
	const uint32_t better = carved_desks_solve(&repair->desks, count);
	if (better > 0)
		repair->improved(repair->context);
	carved_problem_report(repair->problem);
	return better;
}

// Programs around everybody in the list.
static void solve_around(struct carved_repair *repair, const uint32_t *people, uint32_t count)
{
	for (uint32_t done = 0, batch; done < count && !is_over(repair); done += batch) {
		batch = count - done < repair->desks.size ? count - done : repair->desks.size;
		for (uint32_t i = 0; i < batch; i++)
			choose_around(repair, &repair->desks.desks[i], people[done + i]);
		solve(repair, batch);
	}
}

// The best package in the room that is left, for somebody without one.
static void put_in(struct carved_repair *repair, uint32_t candidate, int64_t *prices)
{
	const struct carved_pricing pricing = {
		repair->problem, 0, prices, repair->plan->left, repair->problem->options->budget.pricer_nodes};
	uint32_t best = CARVED_NONE;
	int64_t threshold = 0;
	carved_desks_rank_pairs(&repair->desks, candidate, &repair->ranking);
	for (uint32_t n = 0; n < repair->ranking.count && repair->ranking.items[n].worth > LEAST_MOST; n++) {
		const uint32_t pair = repair->ranking.items[n].index;
		struct carved_price_result result;
		if (!carved_pricing_best(&pricing, pair, threshold, &result))
			continue;
		threshold = result.reduced;
		best = carved_columns_add(repair->desks.pool, pair, &result.package, result.reduced, prices, NULL);
	}
	if (best != CARVED_NONE)
		carved_draft_add(repair->plan, best);
}

// People without a package, most promising first, those who had to change before all others. Returns a list that the caller frees.
static uint32_t *list_without(struct carved_repair *repair, uint32_t *ret_count)
{
	const struct carved_problem *problem = repair->problem;
	uint32_t candidates = problem->instance->candidates_count;
	uint32_t *people = carved_alloc_array(candidates, sizeof *people);
	carved_ranking_clear(&repair->ranking);
	for (uint32_t c = 0; c < candidates; c++) {
		if (repair->plan->column[c] != CARVED_NONE || problem->candidate_pairs[c].count == 0)
			continue;
		int64_t first = repair->restart->had_to[c] ? INT64_MAX / 2 : 0;
		carved_ranking_add(&repair->ranking, first + carved_desks_promise(&repair->desks, c), c);
	}
	carved_ranking_sort(&repair->ranking);
	*ret_count = repair->ranking.count;
	for (uint32_t i = 0; i < *ret_count; i++)
		people[i] = repair->ranking.items[i].index;
	return people;
}

static void fill_room(struct carved_repair *repair)
{
	const struct carved_desks *desks = &repair->desks;
	uint32_t resources = repair->problem->resource_count, count;
	uint32_t *people = list_without(repair, &count);
	int64_t *prices = carved_alloc_array(resources, sizeof *prices);
	for (uint32_t r = 0; r < resources; r++)
		prices[r] = desks->dual->best[r] / 10 * GUIDE_TENTHS;
	carved_draft_mark(repair->plan);
	for (uint32_t i = 0; i < count && !carved_problem_is_stopped(repair->problem); i++) {
		int64_t changes = desks->most == INT64_MAX ? 0 : carved_restart_count_changes(repair->restart, repair->plan);
		if (repair->restart->had_to[people[i]] || changes < desks->most)
			put_in(repair, people[i], prices);
	}
	carved_draft_mark(repair->plan);
	repair->improved(repair->context);
	free(prices);
	free(people);
}

void carved_repair_touched(struct carved_repair *repair)
{
	uint32_t candidates = repair->problem->instance->candidates_count, touched = 0, count;
	uint32_t *people = carved_alloc_array(candidates, sizeof *people);
	repair->problem->phase = "blocks";
	fill_room(repair);
	for (uint32_t c = 0; c < candidates; c++) {
		if (repair->restart->had_to[c])
			people[touched++] = c;
	}
	solve_around(repair, people, touched);
	free(people);
	people = list_without(repair, &count);
	solve_around(repair, people, count < touched + FOCUS_LEAST ? count : touched + FOCUS_LEAST);
	free(people);
}

// Of a few by lot the one who promises most.
static uint32_t draw_focus(struct carved_repair *repair)
{
	const uint32_t candidates = repair->problem->instance->candidates_count;
	uint32_t best = carved_random_below(&repair->random, candidates);
	for (int lot = 1; lot < LOTS; lot++) {
		uint32_t other = carved_random_below(&repair->random, candidates);
		if (carved_desks_promise(&repair->desks, other) > carved_desks_promise(&repair->desks, best))
			best = other;
	}
	return best;
}

void carved_repair_anywhere(struct carved_repair *repair, uint32_t rounds)
{
	repair->problem->phase = "blocks";
	for (uint32_t done = 0, fruitless = 0, batch; done < rounds && fruitless < FRUITLESS_MOST && !is_over(repair);
		done += batch) {
		batch = rounds - done < repair->desks.size ? rounds - done : repair->desks.size;
		for (uint32_t i = 0; i < batch; i++)
			choose_around(repair, &repair->desks.desks[i], draw_focus(repair));
		fruitless = solve(repair, batch) > 0 ? 0 : fruitless + batch;
	}
}

// ---- packages that are to stay

static uint32_t use_of(const struct carved_columns *pool, uint32_t column, uint32_t resource)
{
	if (column == CARVED_NONE)
		return 0;
	const struct carved_use *uses = carved_columns_uses(pool, &pool->columns[column]);
	for (uint32_t u = 0; u < pool->columns[column].use_count; u++) {
		if (uses[u].resource == resource)
			return uses[u].amount;
	}
	return 0;
}

// Those who have what a person's former package lacks.
static void take_in_holders(struct carved_repair *repair, struct carved_desk *desk, uint32_t focus)
{
	const struct carved_draft *plan = repair->plan;
	const struct carved_columns *pool = plan->pool;
	const struct carved_column *former = &pool->columns[repair->restart->former[focus]];
	const struct carved_use *uses = carved_columns_uses(pool, former);
	for (uint32_t u = 0; u < former->use_count; u++) {
		uint32_t resource = uses[u].resource;
		if (plan->left[resource] + use_of(pool, plan->column[focus], resource) >= uses[u].amount)
			continue;
		for (uint32_t c = 0; c < repair->problem->instance->candidates_count; c++) {
			if (c != focus && use_of(pool, plan->column[c], resource) > 0)
				take_in(desk, c);
		}
	}
}

void carved_repair_kept(struct carved_repair *repair)
{
	const struct carved_restart *restart = repair->restart;
	struct carved_desk *desk = &repair->desks.desks[0];
	uint32_t candidates = repair->problem->instance->candidates_count;
	repair->problem->phase = "blocks";
	for (bool better = true; better && !carved_problem_is_stopped_now(repair->problem);) {
		better = false;
		for (uint32_t c = 0; c < candidates && !carved_problem_is_stopped_now(repair->problem); c++) {
			bool moved = restart->former[c] != CARVED_NONE && repair->plan->column[c] != restart->former[c];
			if (restart->keep[c] == 0 || !moved)
				continue;
			take_in(desk, c);
			take_in_holders(repair, desk, c);
			choose_around(repair, desk, c);
			better = solve(repair, 1) > 0 || better;
		}
	}
}
