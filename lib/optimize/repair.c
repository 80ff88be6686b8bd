// SPDX-License-Identifier: EUPL-1.2
// A program (change.c) takes a person in focus, those at the sites that this person held or would like best, and those of the same coach: who could make room, and
// who could take room. Its packages are those of the pool that lose least at the bound's prices, and what pricing finds at the program's own prices in the room
// that the others leave.
//
// A plan counts as better by its value and what it keeps (carved_restart_score); with a limit on changes each program may spend what the people outside of it leave
// of the limit, and takes in some who have changed already, so that a change can be given back for one that brings more.
#include "repair.h"
#include <stdlib.h>
#include <string.h>

#define PEOPLE_MOST 36      // of a program
#define COLUMNS_MOST 260    // known packages in a program, at first
#define PRICING_ROUNDS 3    // of a program
#define PAIRS_PRICED 8      // of a person, in a round
#define SITES_AROUND 3      // best sites of the person in focus
#define OF_A_SITE 7         // people placed at a site
#define WITHOUT_OF_A_SITE 3 // people without a package who would like the site
#define OF_A_COACH 12       // people of the coach
#define CHANGED_MOST 8      // people changed already, in a program with a limit
#define GUIDE_TENTHS 9      // of the bound's prices, when room is filled
#define FAILURES_LEAST 24   // programs in a row that bring nothing, plus one for every hundred people: then it ends
#define FOCUS_LEAST 6       // people without a package in focus, beside those who had to change

struct carved_repair_item {
	int64_t worth; // micro
	uint32_t index;
};

void carved_repair_init(struct carved_repair *repair, struct carved_restart *restart, struct carved_dual *dual,
	struct carved_draft *plan, carved_repair_improved_fn improved, void *context)
{
	struct carved_problem *problem = restart->problem;
	uint32_t candidates = problem->instance->candidates_count;
	*repair = (struct carved_repair){.problem = problem,
		.restart = restart,
		.dual = dual,
		.plan = plan,
		.most = restart->start->most_changes == CARVED_NONE ? INT64_MAX : restart->start->most_changes,
		.random = {problem->options->seed},
		.improved = improved,
		.context = context};
	repair->people = carved_alloc_array(candidates, sizeof *repair->people);
	repair->inside = carved_alloc_array(candidates, sizeof *repair->inside);
	repair->prices = carved_alloc_array(problem->resource_count, sizeof *repair->prices);
}

void carved_repair_deinit(struct carved_repair *repair)
{
	free(repair->people);
	free(repair->inside);
	free(repair->list);
	free(repair->prices);
}

bool carved_repair_is_done(const struct carved_repair *repair)
{
	int64_t bound = repair->problem->bound, target = repair->problem->options->budget.gap_target;
	return (bound - repair->plan->value) * CARVED_MICRO <= target * bound;
}

// ---- lists, best first

static int by_worth(const void *a, const void *b)
{
	const struct carved_repair_item *left = a, *right = b;
	if (left->worth != right->worth)
		return left->worth < right->worth ? 1 : -1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static struct carved_repair_item *reserve(struct carved_repair *repair, uint32_t count)
{
	if (repair->list_capacity < count) {
		repair->list_capacity = count * 2;
		repair->list = carved_realloc_array(repair->list, repair->list_capacity, sizeof *repair->list);
	}
	return repair->list;
}

static void sort(struct carved_repair_item *list, uint32_t count)
{
	if (count)
		qsort(list, count, sizeof *list, by_worth);
}

// A person's pairs by what they can bring at the bound's prices. Returns how many.
static uint32_t list_pairs(struct carved_repair *repair, uint32_t candidate)
{
	struct carved_range range = repair->problem->candidate_pairs[candidate];
	struct carved_repair_item *list = reserve(repair, range.count);
	for (uint32_t i = 0; i < range.count; i++)
		list[i] = (struct carved_repair_item){
			carved_bounder_most(&repair->dual->bounder, range.first + i), range.first + i};
	sort(list, range.count);
	return range.count;
}

// What a person could bring beyond what the plan has of them, at the bound's prices.
static int64_t promise(const struct carved_repair *repair, uint32_t candidate)
{
	const struct carved_columns *pool = repair->plan->pool;
	uint32_t column = repair->plan->column[candidate];
	int64_t has =
		column == CARVED_NONE ? 0 : pool->columns[column].worth - carved_columns_charge(pool, column, repair->dual->best);
	return repair->dual->bounder.gains[candidate] - has;
}

// ---- who takes part

static void take_in(struct carved_repair *repair, uint32_t candidate)
{
	if (repair->inside[candidate] || repair->people_count == PEOPLE_MOST ||
		repair->problem->candidate_pairs[candidate].count == 0)
		return;
	repair->inside[candidate] = true;
	repair->people[repair->people_count++] = candidate;
}

static void empty(struct carved_repair *repair)
{
	for (uint32_t i = 0; i < repair->people_count; i++)
		repair->inside[repair->people[i]] = false;
	repair->people_count = 0;
}

static uint32_t site_of(const struct carved_repair *repair, uint32_t candidate)
{
	uint32_t column = repair->plan->column[candidate];
	return column == CARVED_NONE ? CARVED_NONE : repair->problem->pairs[repair->plan->pool->columns[column].pair].site;
}

// The most that a candidate's pair at the site can bring; CARVED_PRICE_NO_PACKAGE without such a pair.
static int64_t most_at(const struct carved_repair *repair, uint32_t candidate, uint32_t site)
{
	uint32_t pair = carved_restart_find_pair(repair->problem, candidate, site);
	return pair == CARVED_NONE ? CARVED_PRICE_NO_PACKAGE : carved_bounder_most(&repair->dual->bounder, pair);
}

// Takes in the first of the list whose worth is above the threshold, up to `most`.
static void take_first(struct carved_repair *repair, uint32_t count, uint32_t most, int64_t threshold)
{
	sort(repair->list, count);
	for (uint32_t i = 0; i < count && i < most && repair->list[i].worth > threshold; i++)
		take_in(repair, repair->list[i].index);
}

static void take_in_site(struct carved_repair *repair, uint32_t site)
{
	uint32_t candidates = repair->problem->instance->candidates_count, placed = 0, without = 0;
	reserve(repair, candidates);
	for (uint32_t c = 0; c < candidates; c++) {
		if (site_of(repair, c) == site)
			repair->list[placed++] = (struct carved_repair_item){promise(repair, c), c};
	}
	take_first(repair, placed, OF_A_SITE, INT64_MIN);
	for (uint32_t c = 0; c < candidates; c++) {
		if (repair->plan->column[c] == CARVED_NONE && repair->problem->candidate_pairs[c].count > 0)
			repair->list[without++] = (struct carved_repair_item){most_at(repair, c, site), c};
	}
	take_first(repair, without, WITHOUT_OF_A_SITE, 0);
}

static void take_in_coach(struct carved_repair *repair, uint32_t coach)
{
	const struct carved_instance *in = repair->problem->instance;
	uint32_t count = 0;
	reserve(repair, in->candidates_count);
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (in->candidates[c].coach == coach)
			repair->list[count++] = (struct carved_repair_item){promise(repair, c), c};
	}
	take_first(repair, count, OF_A_COACH, INT64_MIN);
}

static bool is_changed(const struct carved_repair *repair, uint32_t candidate)
{
	return !repair->restart->had_to[candidate] && repair->plan->column[candidate] != repair->restart->former[candidate];
}

// Some who have changed already, from a candidate by lot on.
static void take_in_changed(struct carved_repair *repair)
{
	uint32_t candidates = repair->problem->instance->candidates_count;
	uint32_t start = carved_random_below(&repair->random, candidates), taken = 0;
	for (uint32_t i = 0; i < candidates && taken < CHANGED_MOST; i++) {
		uint32_t candidate = (start + i) % candidates;
		if (is_changed(repair, candidate)) {
			take_in(repair, candidate);
			taken++;
		}
	}
}

static void choose_around(struct carved_repair *repair, uint32_t focus)
{
	uint32_t sites[SITES_AROUND + 2], count = 0;
	uint32_t former = repair->restart->former_site[focus];
	take_in(repair, focus);
	if (repair->most != INT64_MAX)
		take_in_changed(repair);
	uint32_t pairs = list_pairs(repair, focus);
	if (former != CARVED_NONE)
		sites[count++] = former;
	if (repair->plan->column[focus] != CARVED_NONE)
		sites[count++] = site_of(repair, focus);
	for (uint32_t i = 0; i < pairs && i < SITES_AROUND && repair->list[i].worth > 0; i++)
		sites[count++] = repair->problem->pairs[repair->list[i].index].site;
	if (count > 0)
		take_in_site(repair, sites[0]);
	take_in_coach(repair, repair->problem->instance->candidates[focus].coach);
	for (uint32_t i = 1; i < count; i++)
		take_in_site(repair, sites[i]);
}

// ---- one program

static int by_number(const void *a, const void *b)
{
	const uint32_t *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

static void add_if_possible(struct carved_change *change, uint32_t column)
{
	if (column != CARVED_NONE && !carved_change_has(change, column) && carved_draft_fits(change->plan, column))
		carved_change_add(change, column);
}

// The present packages, the former ones, then those of the pool that lose least and could be part of a better plan: whoever has package q of candidate c gives up
// loss_q of the bound.
static void fill(struct carved_repair *repair, struct carved_change *change, const uint32_t *present)
{
	const struct carved_columns *pool = repair->plan->pool;
	int64_t most = repair->dual->bound.micro - repair->plan->value * CARVED_MICRO;
	uint32_t count = 0;
	for (uint32_t i = 0; i < repair->people_count; i++)
		add_if_possible(change, present[i]);
	for (uint32_t i = 0; i < repair->people_count; i++)
		add_if_possible(change, repair->restart->former[repair->people[i]]);
	reserve(repair, pool->count);
	for (uint32_t i = 0; i < repair->people_count; i++) {
		uint32_t candidate = repair->people[i];
		for (uint32_t q = pool->of_candidate[candidate]; q != CARVED_NONE; q = pool->columns[q].next) {
			int64_t loss = repair->dual->bounder.gains[candidate] - pool->columns[q].worth +
				       carved_columns_charge(pool, q, repair->dual->best);
			if (loss < most)
				repair->list[count++] = (struct carved_repair_item){-loss, q};
		}
	}
	sort(repair->list, count);
	for (uint32_t i = 0; i < count && change->count < COLUMNS_MOST; i++)
		add_if_possible(change, repair->list[i].index);
}

static bool has_fixed_room(const struct carved_draft *plan, uint32_t candidate, uint32_t site)
{
	struct carved_use uses[CARVED_FIXED_USES];
	uint32_t count = carved_problem_fixed_uses(plan->problem, candidate, site, uses);
	for (uint32_t u = 0; u < count; u++) {
		if (uses[u].amount > plan->left[uses[u].resource])
			return false;
	}
	return true;
}

// The pair's best package at prices in the room that the plan leaves; CARVED_NONE: none above the threshold.
static uint32_t price(struct carved_repair *repair, uint32_t pair, int64_t *prices, int64_t threshold, int64_t *ret_reduced)
{
	struct carved_problem *problem = repair->problem;
	const struct carved_pair_brief *of = &problem->pairs[pair];
	struct carved_prices named = carved_problem_named(problem, prices);
	struct carved_price_query query = {.prices = &named,
		.room = carved_draft_room(repair->plan),
		.place_value = problem->place[of->candidate],
		.threshold = threshold,
		.node_limit = problem->options->budget.pricer_nodes,
		.is_stopped = carved_problem_ask_to_stop,
		.context = problem};
	struct carved_price_result result;
	if (!has_fixed_room(repair->plan, of->candidate, of->site) || carved_problem_is_stopped(problem))
		return CARVED_NONE;
	carved_price_best(problem->workspaces[0], carved_problem_pair(problem, 0, pair), &query, &result);
	bool has = result.answer == CARVED_PRICE_FOUND ||
		   (result.answer == CARVED_PRICE_LIMIT && result.package.piece_count > 0 && result.reduced > threshold);
	*ret_reduced = has ? result.reduced : threshold;
	return has ? carved_columns_add(repair->restart->pool, pair, &result.package, result.reduced, prices, NULL) : CARVED_NONE;
}

// One round of pricing at the program's prices. Returns how many packages it added.
static uint32_t price_people(struct carved_repair *repair, struct carved_change *change)
{
	uint32_t before = change->count;
	for (uint32_t i = 0; i < repair->people_count; i++) {
		uint32_t candidate = repair->people[i], count = list_pairs(repair, candidate);
		int64_t threshold = carved_change_threshold(change, candidate) + CARVED_MICRO, reduced;
		for (uint32_t n = 0; n < count && n < PAIRS_PRICED; n++)
			add_if_possible(change, price(repair, repair->list[n].index, repair->prices, threshold, &reduced));
	}
	return change->count - before;
}

static bool relax(struct carved_repair *repair, struct carved_change *change)
{
	bool optimal = carved_change_solve(change, repair->prices) == CARVED_LP_OPTIMAL;
	for (uint32_t round = 0; optimal && round < PRICING_ROUNDS && price_people(repair, change) > 0; round++)
		optimal = carved_change_solve(change, repair->prices) == CARVED_LP_OPTIMAL;
	return optimal && !repair->problem->stopped;
}

// Puts the chosen packages into the plan, in integers. Returns false where one does not fit.
static bool take_over(struct carved_repair *repair, const struct carved_change *change, const bool *chosen)
{
	struct carved_draft *plan = repair->plan;
	for (uint32_t j = 0; j < change->count; j++) {
		uint32_t column = change->columns[j];
		if (!chosen[j])
			continue;
		if (plan->column[plan->pool->columns[column].candidate] != CARVED_NONE || !carved_draft_fits(plan, column))
			return false;
		carved_draft_add(plan, column);
	}
	return true;
}

static bool keeps_the_limit(const struct carved_repair *repair)
{
	return repair->most == INT64_MAX || carved_restart_count_changes(repair->restart, repair->plan) <= repair->most;
}

// Changes left to the people of the program by those outside of it.
static int64_t changes_left(const struct carved_repair *repair)
{
	int64_t left = repair->most;
	for (uint32_t c = 0; left != INT64_MAX && c < repair->problem->instance->candidates_count; c++)
		left -= !repair->inside[c] && is_changed(repair, c);
	return left;
}

// Solves the program of repair->people and empties the list. Returns whether the plan became better.
static bool solve(struct carved_repair *repair)
{
	struct carved_draft *plan = repair->plan;
	struct carved_change change;
	uint32_t count = repair->people_count, *present = carved_alloc_array(count, sizeof *present);
	int64_t before = carved_restart_score(repair->restart, plan);
	bool better = false;
	qsort(repair->people, count, sizeof *repair->people, by_number);
	carved_draft_mark(plan);
	int64_t most = changes_left(repair);
	for (uint32_t i = 0; i < count; i++) {
		present[i] = plan->column[repair->people[i]];
		if (present[i] != CARVED_NONE)
			carved_draft_remove(plan, repair->people[i]);
	}
	carved_change_init(&change, repair->problem, repair->restart, plan, repair->people, count, most);
	fill(repair, &change, present);
	if (change.count > 0 && relax(repair, &change)) {
		bool *chosen = carved_alloc_array(change.count, sizeof *chosen);
		for (uint32_t j = 0, i = 0; i < count; i++) {
			if (present[i] != CARVED_NONE)
				chosen[j++] = true; // they were added first, in this order
		}
		better = carved_change_solve_binary(&change, repair->problem->options->budget.block_nodes, chosen) &&
			 take_over(repair, &change, chosen) && keeps_the_limit(repair) &&
			 carved_restart_score(repair->restart, plan) > before;
		free(chosen);
	}
	if (!better)
		carved_draft_go_back(plan);
	carved_change_deinit(&change);
	free(present);
	empty(repair);
	return better;
}

static bool run_program(struct carved_repair *repair, uint32_t focus)
{
	choose_around(repair, focus);
	bool better = repair->people_count > 0 && solve(repair);
	repair->problem->iterations++;
	if (better)
		repair->improved(repair->context);
	carved_problem_report(repair->problem);
	return better;
}

// ---- the run

// The best package in the room that is left, for somebody without one.
static void put_in(struct carved_repair *repair, uint32_t candidate, int64_t *prices)
{
	uint32_t count = list_pairs(repair, candidate), best = CARVED_NONE;
	int64_t threshold = 0;
	for (uint32_t n = 0; n < count && repair->list[n].worth > -CARVED_MICRO * 1000; n++) {
		int64_t reduced;
		uint32_t column = price(repair, repair->list[n].index, prices, threshold, &reduced);
		if (column != CARVED_NONE) {
			best = column;
			threshold = reduced;
		}
	}
	if (best != CARVED_NONE)
		carved_draft_add(repair->plan, best);
}

// People without a package, most promising first, those who had to change before all others. Returns a list that the caller frees.
static uint32_t *list_without(struct carved_repair *repair, uint32_t *ret_count)
{
	const struct carved_problem *problem = repair->problem;
	uint32_t candidates = problem->instance->candidates_count, count = 0;
	uint32_t *people = carved_alloc_array(candidates, sizeof *people);
	reserve(repair, candidates);
	for (uint32_t c = 0; c < candidates; c++) {
		if (repair->plan->column[c] != CARVED_NONE || problem->candidate_pairs[c].count == 0)
			continue;
		int64_t first = repair->restart->had_to[c] ? INT64_MAX / 2 : 0;
		repair->list[count++] = (struct carved_repair_item){first + repair->dual->bounder.gains[c], c};
	}
	sort(repair->list, count);
	for (uint32_t i = 0; i < count; i++)
		people[i] = repair->list[i].index;
	*ret_count = count;
	return people;
}

static void fill_room(struct carved_repair *repair)
{
	uint32_t resources = repair->problem->resource_count, count;
	uint32_t *people = list_without(repair, &count);
	int64_t *prices = carved_alloc_array(resources, sizeof *prices);
	for (uint32_t r = 0; r < resources; r++)
		prices[r] = repair->dual->best[r] / 10 * GUIDE_TENTHS;
	carved_draft_mark(repair->plan);
	for (uint32_t i = 0; i < count && !carved_problem_is_stopped(repair->problem); i++) {
		int64_t changes = repair->most == INT64_MAX ? 0 : carved_restart_count_changes(repair->restart, repair->plan);
		if (repair->restart->had_to[people[i]] || changes < repair->most)
			put_in(repair, people[i], prices);
	}
	carved_draft_mark(repair->plan);
	repair->improved(repair->context);
	free(prices);
	free(people);
}

bool carved_repair_touched(struct carved_repair *repair)
{
	uint32_t candidates = repair->problem->instance->candidates_count, focused = 0, extra = 0, count;
	repair->problem->phase = "blocks";
	fill_room(repair);
	for (uint32_t c = 0; c < candidates && !carved_repair_is_done(repair); c++) {
		if (carved_problem_is_stopped_now(repair->problem))
			break;
		if (repair->restart->had_to[c]) {
			run_program(repair, c);
			focused++;
		}
	}
	uint32_t *people = list_without(repair, &count);
	for (uint32_t i = 0; i < count && extra < focused + FOCUS_LEAST && !carved_repair_is_done(repair); i++, extra++) {
		if (carved_problem_is_stopped_now(repair->problem))
			break;
		run_program(repair, people[i]);
	}
	free(people);
	return carved_repair_is_done(repair);
}

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
static void take_in_holders(struct carved_repair *repair, uint32_t focus)
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
				take_in(repair, c);
		}
	}
}

void carved_repair_kept(struct carved_repair *repair)
{
	const struct carved_restart *restart = repair->restart;
	uint32_t candidates = repair->problem->instance->candidates_count;
	repair->problem->phase = "blocks";
	for (bool better = true; better && !carved_problem_is_stopped_now(repair->problem);) {
		better = false;
		for (uint32_t c = 0; c < candidates && !carved_problem_is_stopped_now(repair->problem); c++) {
			bool moved = restart->former[c] != CARVED_NONE && repair->plan->column[c] != restart->former[c];
			if (restart->keep[c] == 0 || !moved)
				continue;
			take_in(repair, c);
			take_in_holders(repair, c);
			better = run_program(repair, c) || better;
		}
	}
}

void carved_repair_anywhere(struct carved_repair *repair, uint32_t rounds)
{
	uint32_t candidates = repair->problem->instance->candidates_count;
	uint32_t failures = 0, failures_most = FAILURES_LEAST + candidates / 100;
	for (uint32_t round = 0; round < rounds && failures < failures_most && !carved_repair_is_done(repair); round++) {
		if (carved_problem_is_stopped_now(repair->problem))
			break;
		uint32_t best = carved_random_below(&repair->random, candidates);
		for (int tries = 0; tries < 3; tries++) { // of a few by lot the most promising
			uint32_t other = carved_random_below(&repair->random, candidates);
			best = promise(repair, other) > promise(repair, best) ? other : best;
		}
		failures = run_program(repair, best) ? 0 : failures + 1;
	}
}
