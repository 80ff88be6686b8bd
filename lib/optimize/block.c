// SPDX-License-Identifier: EUPL-1.2
// After a search every site comes first by itself, with those who work there and a few unplaced people: how their hours go together is what the search, which fills
// rooms one person at a time, leaves undone. Such a program has few people, so its relaxation is priced until nothing is left to find. Where all packages that
// matter are few, everybody is in one program then.
#include "block.h"

#define SITE_COLUMNS_MOST 300
#define SITE_PRICING_ROUNDS 15
#define SITE_NODES_PART 4 // of budget.block_nodes
#define SITE_UNPLACED 4   // people
#define WHOLE_COLUMNS_MOST 1500
#define WHOLE_PRICING_ROUNDS 3
#define WHOLE_PAIRS_PRICED 10
#define WHOLE_NODES 2 // times budget.block_nodes

static bool is_over(const struct carved_recreate *search)
{
	return carved_problem_is_stopped_now(search->problem) || carved_problem_is_done(search->problem, search->plan->value);
}

static bool works_at(const struct carved_recreate *search, uint32_t candidate, uint32_t site)
{
	uint32_t column = search->plan->column[candidate];
	return column != CARVED_NONE && search->problem->pairs[search->plan->pool->columns[column].pair].site == site;
}

// Whether there could be hours of the candidate's coach: some are left, or one of the desk's people has some.
static bool has_coach(const struct carved_recreate *search, const struct carved_desk *desk, uint32_t candidate)
{
	const struct carved_instance_candidate *candidates = search->problem->instance->candidates;
	uint32_t coach = candidates[candidate].coach;
	bool shared = search->plan->left[search->problem->coaches + coach] >= candidates[candidate].coach_q;
	for (uint32_t i = 0; i < desk->people_count && !shared; i++)
		shared = candidates[desk->people[i]].coach == coach;
	return shared;
}

// Those who work at the site, and a few people who are unplaced.
static void choose_site(struct carved_recreate *search, struct carved_desk *desk, uint32_t site)
{
	const struct carved_range range = search->of_site[site];
	const uint32_t *people = search->site_list + range.first;
	desk->site = site;
	for (uint32_t i = 0; i < range.count; i++) {
		if (works_at(search, people[i], site))
			carved_desk_take_in(desk, people[i]);
	}
	uint32_t start = range.count > 0 ? carved_random_below(&search->random, range.count) : 0, unplaced = 0;
	for (uint32_t i = 0; i < range.count && unplaced < SITE_UNPLACED; i++) {
		uint32_t candidate = people[(start + i) % range.count];
		if (search->plan->column[candidate] == CARVED_NONE && has_coach(search, desk, candidate)) {
			carved_desk_take_in(desk, candidate);
			unplaced++;
		}
	}
}

// Returns whether the plan became better.
static bool solve(struct carved_desks *desks, struct carved_recreate *search, uint32_t count)
{
	const bool better = carved_desks_solve(desks, count) > 0;
	if (better)
		search->improved(search->context);
	carved_problem_report(search->problem);
	return better;
}

void carved_block_sites(struct carved_desks *desks, struct carved_recreate *search)
{
	const uint32_t sites = search->problem->instance->sites_count;
	search->problem->phase = "blocks";
	desks->manner = (struct carved_desks_manner){.columns_most = SITE_COLUMNS_MOST,
		.pricing_rounds = SITE_PRICING_ROUNDS,
		.nodes = search->problem->options->budget.block_nodes / SITE_NODES_PART + 1};
	for (uint32_t site = 0, count; site < sites && !is_over(search); site += count) {
		count = sites - site < desks->size ? sites - site : desks->size;
		for (uint32_t i = 0; i < count; i++)
			choose_site(search, &desks->desks[i], site + i);
		solve(desks, search, count);
	}
}

// Takes in everybody. Returns whether the packages that matter are few.
static bool choose_everybody(const struct carved_recreate *search, struct carved_desk *desk)
{
	for (uint32_t c = 0; c < search->problem->instance->candidates_count; c++)
		carved_desk_take_in(desk, c);
	carved_desk_rank_columns(desk);
	return desk->ranking.count <= WHOLE_COLUMNS_MOST;
}

void carved_block_everybody(struct carved_desks *desks, struct carved_recreate *search)
{
	const uint32_t nodes = search->problem->options->budget.block_nodes;
	struct carved_desk *desk = &desks->desks[0];
	search->problem->phase = "blocks";
	desks->manner = (struct carved_desks_manner){.columns_most = WHOLE_COLUMNS_MOST,
		.pricing_rounds = WHOLE_PRICING_ROUNDS,
		.pairs_priced = WHOLE_PAIRS_PRICED,
		.nodes = nodes < UINT32_MAX / WHOLE_NODES ? nodes * WHOLE_NODES : nodes};
	while (!is_over(search) && choose_everybody(search, desk) && solve(desks, search, 1))
		;
	carved_desk_empty(desk);
}
