// SPDX-License-Identifier: EUPL-1.2
// Each round ruins one of three neighbourhoods: a few sites that share candidates (their work can be divided anew), the caseload of a coach (whose hours decide
// who is placed at all), or a handful of people anywhere. The removed and the unplaced who could take their room are then inserted greedily, with some noise on
// the order, and with a part of the prices (fill.h) that is thrown anew: rounds at low prices fill the last hours, rounds at high ones make room for one more.
// One round in fifty or a hundred prices packages of just the shape that fits; the others look up what such rounds have found so far. Where two threads search, one
// looks up and the other one prices: learn.c.
//
// A worse plan is kept with probability exp(loss / temperature); the temperature falls from a large part of a mean package's value to a small one: a plan is a
// few hundred people who stand in each other's way, and better ones lie beyond several that are worse. A short annealing comes first: it teaches the pool, and
// whoever stops early has a plan.
//
// Sources: G. Schrimpf et al., "Record breaking optimization results using the ruin and recreate principle" (2000); simulated annealing's rule of acceptance.
#include "recreate.h"
#include "learn.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LIST_MOST 48   // people that one round inserts at most
#define COLD 0.02      // last temperature, of a mean package's value
#define PEOPLE_LEAST 3 // of a handful
#define VISIT_ROUNDS 250
#define NOISE 0.2           // of a mean package's value: how far the order of insertion is shaken
#define HOURS_PART_MOST 1.2 // part of the prices of hours: 0 to this
#define FIXED_PART_LEAST 0.6
#define FIXED_PART_MOST 1.2
#define NEAR_PROSPECTS 8    // of a person's: from site to site
#define REPORTS 40          // times that an annealing tells of improvements and progress
#define REPORT_ROUNDS 50000 // at least so often
#define FIRST_CYCLE 40      // rounds of the first annealing, per candidate
#define FIRST_PART 8        // at most such a part of all rounds
#define CYCLE_GROWTH 25

// Where whole sites are put together afterwards, the search is there for their patterns: hot, and with much taken apart at a time, it meets more of them.
const struct carved_recreate_style carved_recreate_for_patterns = {
	.heat = 0.3, .warm = 0.08, .sites_most = 4, .unplaced_most = 12, .people_most = 12, .priced_round = 50};
// Where its best plan is what counts, less heat and smaller rounds bring the same in a third of the rounds.
const struct carved_recreate_style carved_recreate_for_plans = {
	.heat = 0.15, .warm = 0.06, .sites_most = 2, .unplaced_most = 24, .people_most = 22, .priced_round = 100};

// Inverts lists: for each candidate `count_of` keys. Both passes walk the same way.
static void index_coaches(struct carved_recreate *search)
{
	const struct carved_instance *in = search->problem->instance;
	search->of_coach = carved_alloc_array(in->coaches_count, sizeof *search->of_coach);
	search->coach_list = carved_alloc_array(in->candidates_count, sizeof *search->coach_list);
	for (uint32_t c = 0; c < in->candidates_count; c++)
		search->of_coach[in->candidates[c].coach].count += search->fill->prospects_of[c].count > 0;
	uint32_t first = 0;
	for (uint32_t k = 0; k < in->coaches_count; k++) {
		search->of_coach[k].first = first;
		first += search->of_coach[k].count;
		search->of_coach[k].count = 0;
	}
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		struct carved_range *range = &search->of_coach[in->candidates[c].coach];
		if (search->fill->prospects_of[c].count > 0)
			search->coach_list[range->first + range->count++] = c;
	}
}

static void index_sites(struct carved_recreate *search)
{
	const struct carved_problem *problem = search->problem;
	const struct carved_fill *fill = search->fill;
	uint32_t sites = problem->instance->sites_count, candidates = problem->instance->candidates_count, all = 0;
	search->of_site = carved_alloc_array(sites, sizeof *search->of_site);
	for (uint32_t c = 0; c < candidates; c++) {
		for (uint32_t i = 0; i < fill->prospects_of[c].count; i++, all++)
			search->of_site[fill->site[fill->prospects_of[c].first + i]].count++;
	}
	search->site_list = carved_alloc_array(all, sizeof *search->site_list);
	uint32_t first = 0;
	for (uint32_t s = 0; s < sites; s++) {
		search->of_site[s].first = first;
		first += search->of_site[s].count;
		search->of_site[s].count = 0;
	}
	for (uint32_t c = 0; c < candidates; c++) {
		for (uint32_t i = 0; i < fill->prospects_of[c].count; i++) {
			struct carved_range *range = &search->of_site[fill->site[fill->prospects_of[c].first + i]];
			search->site_list[range->first + range->count++] = c;
		}
	}
}

static void alloc_scratch(struct carved_recreate *search, uint32_t candidates)
{
	search->best = carved_alloc_array(candidates, sizeof *search->best);
	search->list = carved_alloc_array(candidates, sizeof *search->list);
	search->noise = carved_alloc_array(candidates, sizeof *search->noise);
	search->listed = carved_alloc_array(candidates, sizeof *search->listed);
}

void carved_recreate_init(struct carved_recreate *search, struct carved_fill *fill, const struct carved_recreate_style *style,
	uint64_t seed, carved_recreate_improved_fn improved, void *context)
{
	uint32_t candidates = fill->problem->instance->candidates_count;
	*search = (struct carved_recreate){.problem = fill->problem,
		.fill = fill,
		.plan = fill->plan,
		.style = *style,
		.random = {seed},
		.improved = improved,
		.context = context};
	alloc_scratch(search, candidates);
	index_coaches(search);
	index_sites(search);
}

void carved_recreate_init_beside(struct carved_recreate *search, const struct carved_recreate *of, struct carved_fill *fill)
{
	*search = *of;
	search->fill = fill;
	search->plan = fill->plan;
	alloc_scratch(search, of->problem->instance->candidates_count);
}

void carved_recreate_deinit_beside(struct carved_recreate *search)
{
	free(search->best);
	free(search->list);
	free(search->noise);
	free(search->listed);
}

void carved_recreate_deinit(struct carved_recreate *search)
{
	carved_recreate_deinit_beside(search);
	free(search->of_coach);
	free(search->coach_list);
	free(search->of_site);
	free(search->site_list);
}

static void list_add(struct carved_recreate *search, uint32_t candidate)
{
	if (search->listed[candidate])
		return;
	search->listed[candidate] = true;
	search->list[search->count++] = candidate;
}

static void list_clear(struct carved_recreate *search)
{
	for (uint32_t i = 0; i < search->count; i++)
		search->listed[search->list[i]] = false;
	search->count = 0;
}

void carved_recreate_construct(struct carved_recreate *search)
{
	uint32_t candidates = search->problem->instance->candidates_count;
	for (uint32_t c = 0; c < candidates; c++) {
		if (search->fill->prospects_of[c].count > 0 && search->plan->column[c] == CARVED_NONE)
			list_add(search, c);
	}
	memset(search->noise, 0, candidates * sizeof *search->noise);
	carved_fill_set_manner(search->fill, &(struct carved_fill_manner){CARVED_FILL_WHOLE, CARVED_FILL_WHOLE, CARVED_NONE});
	carved_fill_insert(search->fill, search->list, search->noise, search->count);
	list_clear(search);
}

static void remove_listed(struct carved_recreate *search, uint32_t candidate)
{
	carved_draft_remove(search->plan, candidate);
	list_add(search, candidate);
}

// Adds unplaced people of a list, beginning somewhere, until the list of the round is full.
static void list_unplaced(struct carved_recreate *search, const uint32_t *people, struct carved_range range, uint32_t most)
{
	if (range.count == 0)
		return;
	uint32_t start = carved_random_below(&search->random, range.count);
	for (uint32_t i = 0; i < range.count && search->count < most; i++) {
		uint32_t candidate = people[range.first + (start + i) % range.count];
		if (search->plan->column[candidate] == CARVED_NONE)
			list_add(search, candidate);
	}
}

static uint32_t site_of(const struct carved_recreate *search, uint32_t candidate)
{
	uint32_t column = search->plan->column[candidate];
	return search->problem->pairs[search->plan->pool->columns[column].pair].site;
}

// Empties a site, each package with the given probability.
static void ruin_site(struct carved_recreate *search, uint32_t site, double part)
{
	struct carved_range range = search->of_site[site];
	for (uint32_t i = 0; i < range.count && search->count < LIST_MOST; i++) {
		uint32_t candidate = search->site_list[range.first + i];
		if (search->plan->column[candidate] != CARVED_NONE && site_of(search, candidate) == site &&
			carved_random_unit(&search->random) < part)
			remove_listed(search, candidate);
	}
}

static void ruin_sites(struct carved_recreate *search)
{
	const struct carved_fill *fill = search->fill;
	uint32_t site = carved_random_below(&search->random, search->problem->instance->sites_count);
	uint32_t sites = 1 + carved_random_below(&search->random, search->style.sites_most);
	double part = 0.4 + 0.6 * carved_random_unit(&search->random);
	for (uint32_t i = 0; i < sites; i++) {
		struct carved_range range = search->of_site[site];
		if (range.count == 0)
			return;
		ruin_site(search, site, part);
		list_unplaced(search, search->site_list, range, search->count + search->style.unplaced_most);
		// walk on to a site that somebody of this one could go to as well
		uint32_t candidate = search->site_list[range.first + carved_random_below(&search->random, range.count)];
		struct carved_range prospects = fill->prospects_of[candidate];
		uint32_t near = prospects.count < NEAR_PROSPECTS ? prospects.count : NEAR_PROSPECTS;
		site = fill->site[prospects.first + carved_random_below(&search->random, near)];
	}
}

static void ruin_coach(struct carved_recreate *search)
{
	struct carved_range range =
		search->of_coach[carved_random_below(&search->random, search->problem->instance->coaches_count)];
	double part = 0.2 + 0.6 * carved_random_unit(&search->random);
	for (uint32_t i = 0; i < range.count && search->count < LIST_MOST; i++) {
		uint32_t candidate = search->coach_list[range.first + i];
		if (search->plan->column[candidate] != CARVED_NONE && carved_random_unit(&search->random) < part)
			remove_listed(search, candidate);
	}
	list_unplaced(search, search->coach_list, range, LIST_MOST);
}

static void ruin_people(struct carved_recreate *search)
{
	const struct carved_instance *in = search->problem->instance;
	uint32_t wanted = PEOPLE_LEAST + carved_random_below(&search->random, search->style.people_most - PEOPLE_LEAST + 1);
	for (uint32_t tries = 0; tries < wanted * 3 && search->count < wanted; tries++) {
		uint32_t candidate = carved_random_below(&search->random, in->candidates_count);
		if (search->plan->column[candidate] != CARVED_NONE)
			remove_listed(search, candidate);
	}
	uint32_t removed = search->count;
	for (uint32_t i = 0; i < removed; i++) {
		uint32_t coach = in->candidates[search->list[i]].coach;
		list_unplaced(search, search->coach_list, search->of_coach[coach], search->count + 3);
	}
}

static uint32_t throw_part(struct carved_recreate *search, double least, double most)
{
	return (uint32_t)((least + (most - least) * carved_random_unit(&search->random)) * CARVED_FILL_WHOLE);
}

static bool throw_priced(struct carved_recreate *search, enum carved_recreate_looks looks)
{
	if (looks == CARVED_RECREATE_MIXED)
		return carved_random_below(&search->random, search->style.priced_round) == 0;
	return looks == CARVED_RECREATE_PRICED;
}

static void throw_manner(struct carved_recreate *search, enum carved_recreate_looks looks)
{
	struct carved_fill_manner manner = {.level = CARVED_NONE};
	if (throw_priced(search, looks)) {
		manner.level = carved_random_below(&search->random, CARVED_FILL_LEVELS);
		manner.hours_part = carved_fill_part_of_level(manner.level);
	} else {
		manner.hours_part = throw_part(search, 0, HOURS_PART_MOST);
	}
	manner.fixed_part = throw_part(search, FIXED_PART_LEAST, FIXED_PART_MOST);
	carved_fill_set_manner(search->fill, &manner);
}

// One round from the plan at the mark. Returns the change of value.
static int64_t run_round(struct carved_recreate *search, const struct carved_recreate_pace *pace)
{
	int64_t before = search->plan->value;
	uint32_t kind = carved_random_below(&search->random, 4);
	carved_draft_mark(search->plan);
	throw_manner(search, pace->looks);
	if (kind <= 1)
		ruin_sites(search);
	else if (kind == 2)
		ruin_coach(search);
	else
		ruin_people(search);
	for (uint32_t i = 0; i < search->count; i++)
		search->noise[i] = (int64_t)((carved_random_unit(&search->random) - 0.5) * 2 * NOISE * pace->mean * CARVED_MICRO);
	carved_fill_insert(search->fill, search->list, search->noise, search->count);
	list_clear(search);
	return search->plan->value - before;
}

static void visit(struct carved_recreate *search)
{
	if (search->visited)
		search->visited(search->visitor);
}

static void keep_best(struct carved_recreate *search)
{
	search->best_value = search->plan->value;
	memcpy(search->best, search->plan->column, search->problem->instance->candidates_count * sizeof *search->best);
}

static void report(struct carved_recreate *search)
{
	if (search->best_value > search->told_value) {
		search->told_value = search->best_value;
		carved_draft_mark(search->plan);
		carved_draft_assign(search->plan, search->best);
		search->improved(search->context);
		carved_draft_go_back(search->plan);
	}
	carved_problem_report(search->problem);
}

void carved_recreate_rounds(struct carved_recreate *search, uint32_t rounds, struct carved_recreate_pace *pace)
{
	struct carved_draft *plan = search->plan;
	for (uint32_t round = 0; round < rounds && !carved_problem_is_stopped(search->problem);
		round++, pace->heat *= pace->cooling) {
		int64_t change = run_round(search, pace);
		bool kept = change >= 0 || carved_random_unit(&search->random) < exp((double)change / pace->heat);
		if (!kept || carved_problem_is_stopped(search->problem))
			carved_draft_go_back(plan);
		else if (plan->value > search->best_value)
			keep_best(search);
	}
}

// One annealing from the plan as it is, between two temperatures (of a mean package's value).
static void anneal(struct carved_recreate *search, uint32_t rounds, double first_heat, double last_heat)
{
	if (search->plan->placed == 0 || rounds == 0)
		return;
	double mean = (double)search->plan->value / search->plan->placed;
	struct carved_recreate_pace pace = {.heat = first_heat * mean,
		.cooling = pow(last_heat / first_heat, 1.0 / rounds),
		.mean = mean,
		.looks = CARVED_RECREATE_MIXED};
	uint32_t period = rounds / REPORTS < REPORT_ROUNDS ? rounds / REPORTS + 1 : REPORT_ROUNDS;
	uint32_t turn = search->learner ? CARVED_LEARN_ROUNDS : VISIT_ROUNDS;
	if (search->told_value < search->best_value)
		search->told_value = search->best_value; // which is where it begins, and known
	for (uint32_t done = 0, count; done < rounds && !carved_problem_is_stopped(search->problem); done += count) {
		count = turn < rounds - done ? turn : rounds - done;
		if (search->learner)
			carved_learner_run(search->learner, count, &pace);
		else
			carved_recreate_rounds(search, count, &pace);
		visit(search);
		search->problem->iterations += count;
		if (done / period != (done + count) / period)
			report(search);
	}
}

void carved_recreate_run(struct carved_recreate *search, uint32_t rounds)
{
	if (search->plan->placed == 0 || rounds == 0)
		return;
	keep_best(search);
	uint64_t cycle = FIRST_CYCLE * (uint64_t)search->problem->instance->candidates_count;
	cycle = cycle < rounds / FIRST_PART ? cycle : rounds / FIRST_PART + 1;
	while (rounds > 0 && search->plan->placed > 0 && !carved_problem_is_stopped_now(search->problem)) {
		uint32_t count = cycle < rounds ? (uint32_t)cycle : rounds;
		anneal(search, count, search->style.heat, COLD);
		rounds -= count;
		cycle *= CYCLE_GROWTH;
	}
	carved_draft_mark(search->plan);
	carved_draft_assign(search->plan, search->best);
}

void carved_recreate_polish(struct carved_recreate *search, uint32_t rounds)
{
	keep_best(search);
	anneal(search, rounds, search->style.warm, COLD);
	carved_draft_mark(search->plan);
	carved_draft_assign(search->plan, search->best);
	visit(search);
}

void carved_recreate_renew(struct carved_recreate *search, uint32_t rounds)
{
	const double middle = sqrt(search->style.warm * COLD);
	const uint32_t priced_round = search->style.priced_round;
	keep_best(search);
	search->style.priced_round = priced_round / 2 + 1; // few packages are known where a plan stands
	anneal(search, rounds / 2, search->style.warm, middle);
	keep_best(search);
	anneal(search, rounds - rounds / 2, middle, COLD);
	search->style.priced_round = priced_round;
	carved_draft_mark(search->plan);
	carved_draft_assign(search->plan, search->best);
}
