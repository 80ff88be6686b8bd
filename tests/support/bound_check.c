// SPDX-License-Identifier: EUPL-1.2
#include "support/bound_check.h"
#include "carved/base/quarters.h"
#include "support/bound_pair.h"
#include <stdlib.h>
#include <string.h>

struct run {
	const struct carved_region *region;
	const struct carved_slot_table *table;
	carved_date date;
	const struct carved_weights *weights;
	const struct carved_prices *prices;
	struct carved_options *options;
	struct bound_check *result;
};

static uint64_t bit_of(struct bound_pair *pair, const void *name, int64_t cost)
{
	size_t bit = 0;
	while (bit < pair->bit_count && pair->bit_names[bit] != name)
		bit++;
	if (bit == BOUND_BITS)
		abort(); // more aids and questions at one site than this check was made for
	if (bit == pair->bit_count) {
		pair->bit_names[pair->bit_count] = name;
		pair->bit_cost[pair->bit_count++] = cost;
	}
	return (uint64_t)1 << bit;
}

// The first text of the candidate's document that says the same: names of aids are compared as texts.
static const char *aid_name(const struct carved_candidate *candidate, const char *by)
{
	for (size_t i = 0; i < candidate->supported_count; i++) {
		if (strcmp(candidate->supported[i].by, by) == 0)
			return candidate->supported[i].by;
	}
	return by;
}

static void set_bits(
	struct bound_pair *pair, struct bound_slot *slot, const struct carved_slot_answer *answer, const struct carved_weights *w)
{
	int64_t unit = (int64_t)CARVED_MICRO * pair->candidate->max_q;
	for (size_t i = 0; i < answer->level_count; i++) {
		const struct carved_level_answer *level = &answer->levels[i];
		if (carved_rules_is_unknown(level))
			slot->bits |= bit_of(pair, carved_icf_code(level->icf), -unit * w->unknown);
		if (level->aid)
			slot->bits |= bit_of(pair, aid_name(pair->candidate, level->aid->by), -unit * w->aid);
	}
}

static void set_wishes_and_limits(const struct carved_candidate *candidate, struct bound_slot *slot)
{
	for (size_t i = 0; i < candidate->must.count; i++)
		slot->must |= (uint32_t)carved_wish_matches_any(candidate->must.items[i], &slot->slot->tags) << i;
	for (size_t i = 0; i < candidate->limit_count; i++)
		slot->limits |= (uint32_t)carved_rules_counts_for_limit(slot->slot, &candidate->limits[i]) << i;
}

static void add_slot(const struct run *run, struct bound_pair *pair, size_t site, size_t index, const struct carved_slot *slot,
	struct carved_arena *arena)
{
	const struct carved_weights *w = run->weights;
	struct carved_slot_answer answer;
	carved_rules_slot(run->region, pair->candidate, pair->site, slot, w, arena, &answer);
	if (!answer.fits)
		return;
	if (pair->slot_count == BOUND_SLOTS)
		abort(); // more slots at one site than this check was made for
	struct bound_slot *added = &pair->slots[pair->slot_count++];
	int64_t slot_price = run->prices->slot[carved_slot_table_first_slot(run->table, site) + index];
	int64_t donor_price = run->prices->donor[carved_slot_table_first_job(run->table, site) + slot->job_index];
	int64_t max_q = pair->candidate->max_q;
	*added = (struct bound_slot){.slot = slot, .counted = slot->job->kind == CARVED_VACANCY || !slot->task->undone};
	added->whole_gain = (int64_t)answer.fit * w->full_week * (CARVED_MICRO / 1000) +
			    max_q * ((int64_t)slot->task->relief * w->relief * (CARVED_MICRO / 4) - slot_price);
	added->gain = added->whole_gain - (added->counted ? max_q * donor_price : 0);
	added->up_q = slot->job->has_carve ? slot->hours_q : 0;
	set_bits(pair, added, &answer, w);
	set_wishes_and_limits(pair->candidate, added);
}

static int64_t constant_of(const struct run *run, const struct carved_candidate *c, size_t site, size_t coach, bool easy)
{
	const struct carved_weights *w = run->weights;
	const struct carved_prices *p = run->prices;
	int64_t place = (int64_t)w->place * carved_rules_priority(c, carved_options_count(run->options, c), run->date, w);
	int64_t points = place + carved_floor_div((int64_t)w->coach_hour * c->coach_q, 4) +
			 carved_floor_div((int64_t)w->buddy_hour * c->buddy_q, 4);
	int64_t prices = p->places[site] + p->supervision[site] * c->buddy_q + p->coach[coach] * c->coach_q +
			 (easy ? p->reserve[coach] * c->coach_q : 0);
	return (points * CARVED_MICRO - prices) * c->max_q;
}

// Whether the person could be there alone in the region: what a plan's own rules ask of one package.
static bool could_be_alone(const struct carved_candidate *c, const struct carved_site *site)
{
	return carved_rules_minutes(c, site) <= c->max_minutes && !carved_rules_is_excluded(c, site) && site->places >= 1 &&
	       c->buddy_q <= site->supervision_q;
}

static int64_t best_at_site(
	const struct run *run, const struct carved_candidate *candidate, size_t site, int64_t constant, int64_t best)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct bound_pair *pair = carved_alloc_array(1, sizeof *pair);
	const struct carved_slots *slots = carved_slot_table_site(run->table, site);
	pair->candidate = candidate;
	pair->site = carved_region_site(run->region, site);
	pair->constant = constant;
	pair->extra_job = (int64_t)CARVED_MICRO * candidate->max_q * run->weights->extra_job;
	for (size_t t = 0; t < slots->count; t++) {
		if (!carved_rules_displaces(pair->site, slots->items[t].job, run->date))
			add_slot(run, pair, site, t, &slots->items[t], &arena);
	}
	if (pair->slot_count)
		best = bound_search(pair, best);
	run->result->pairs++;
	run->result->nodes += pair->nodes;
	free(pair);
	carved_arena_deinit(&arena);
	return best;
}

// Whether the person may have a package anywhere; then *ret_coach and *ret_easy are set.
static bool may_work(const struct run *run, const struct carved_candidate *c, size_t *ret_coach, bool *ret_easy)
{
	size_t coach = carved_region_index(run->region, CARVED_KIND_COACH, c->coach);
	if (coach == SIZE_MAX || !carved_rules_may_be_matched(c, run->date))
		return false;
	const struct carved_coach *k = carved_region_coach(run->region, coach);
	int median, reserve_q = carved_rules_reserve_q(run->region, k, run->weights, &median);
	*ret_coach = coach;
	*ret_easy = c->coach_q <= median;
	return c->coach_q <= k->hours_q && !(*ret_easy && reserve_q >= 0 && c->coach_q > reserve_q);
}

// The candidate's greatest reduced value at one site, in millionths, rounded up; `otherwise` (millionths) where no package is worth more.
static int64_t best_there(const struct run *run, const struct carved_candidate *c, size_t site, int64_t otherwise)
{
	size_t coach;
	bool easy;
	if (!may_work(run, c, &coach, &easy) || !could_be_alone(c, carved_region_site(run->region, site)))
		return otherwise;
	int64_t best = best_at_site(run, c, site, constant_of(run, c, site, coach, easy), otherwise * c->max_q);
	return carved_ceil_div(best, c->max_q);
}

// The same over all sites; 0 where no package is worth more.
static int64_t best_of(const struct run *run, const struct carved_candidate *c)
{
	int64_t best = 0;
	for (size_t s = 0; s < run->region->count[CARVED_KIND_SITE]; s++)
		best = best_there(run, c, s, best);
	return best;
}

// Prices x capacities of one site, and of all coaches.
static int64_t value_of_site(const struct run *run, size_t s)
{
	const struct carved_prices *p = run->prices;
	const struct carved_site *site = carved_region_site(run->region, s);
	const struct carved_slots *slots = carved_slot_table_site(run->table, s);
	int64_t sum = p->places[s] * site->places + p->supervision[s] * site->supervision_q;
	for (size_t t = 0; t < slots->count; t++)
		sum += p->slot[carved_slot_table_first_slot(run->table, s) + t] * slots->items[t].hours_q;
	for (size_t j = 0; j < site->job_count; j++)
		sum += p->donor[carved_slot_table_first_job(run->table, s) + j] * carved_job_cap_q(&site->jobs[j]);
	return sum;
}

static int64_t value_of_coaches(const struct run *run)
{
	int64_t sum = 0;
	for (size_t k = 0; k < run->region->count[CARVED_KIND_COACH]; k++) {
		const struct carved_coach *coach = carved_region_coach(run->region, k);
		int median, reserve_q = carved_rules_reserve_q(run->region, coach, run->weights, &median);
		sum += run->prices->coach[k] * coach->hours_q + (reserve_q >= 0 ? run->prices->reserve[k] * reserve_q : 0);
	}
	return sum;
}

void bound_check_run(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, struct bound_check *ret_check)
{
	struct run run = {region, table, date, weights, prices, carved_options_new(region, date), ret_check};
	size_t candidates = region->count[CARVED_KIND_CANDIDATE];
	*ret_check = (struct bound_check){.best_reduced = carved_alloc_array(candidates, sizeof(int64_t))};
	int64_t sum = value_of_coaches(&run);
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++)
		sum += value_of_site(&run, s);
	for (size_t c = 0; c < candidates; c++) {
		ret_check->best_reduced[c] = best_of(&run, carved_region_candidate(region, c));
		sum += ret_check->best_reduced[c];
	}
	ret_check->bound = carved_floor_div(sum, CARVED_MICRO);
	carved_options_free(run.options);
}

enum decision { UNDECIDED, IN, OUT };

struct tree_walk {
	const struct carved_proof *proof;
	struct run run;              // its prices are those of `leaf_prices`
	struct carved_prices prices; // copies, the site's own replaced by a leaf's
	uint8_t *decisions;          // per candidate
	int64_t largest;             // leaf so far
};

// Less than any sum of reduced values: who must work there and can't has no package to show.
#define IMPOSSIBLE (INT64_C(-1000000) * CARVED_MICRO)

static void take_leaf_prices(struct tree_walk *walk, const struct carved_proof_node *leaf)
{
	const int64_t *from = walk->proof->prices + leaf->prices;
	size_t slots = carved_slot_table_site(walk->run.table, leaf->site)->count;
	size_t jobs = carved_region_site(walk->run.region, leaf->site)->job_count;
	memcpy(walk->prices.slot + carved_slot_table_first_slot(walk->run.table, leaf->site), from, slots * sizeof *from);
	memcpy(walk->prices.donor + carved_slot_table_first_job(walk->run.table, leaf->site), from + slots, jobs * sizeof *from);
	walk->prices.supervision[leaf->site] = from[slots + jobs];
	walk->prices.places[leaf->site] = from[slots + jobs + 1];
}

static void walk_leaf(struct tree_walk *walk, const struct carved_proof_node *leaf)
{
	take_leaf_prices(walk, leaf);
	int64_t sum = value_of_site(&walk->run, leaf->site);
	for (size_t c = 0; c < walk->run.region->count[CARVED_KIND_CANDIDATE]; c++) {
		int64_t pi = walk->proof->pi[c];
		if (walk->decisions[c] == OUT)
			continue;
		int64_t least = walk->decisions[c] == IN ? pi + IMPOSSIBLE : pi;
		sum += best_there(&walk->run, carved_region_candidate(walk->run.region, c), leaf->site, least) - pi;
	}
	if (sum > walk->largest)
		walk->largest = sum;
}

static void walk_tree(struct tree_walk *walk, uint32_t index)
{
	const struct carved_proof_node *node = &walk->proof->nodes[index];
	if (node->candidate == CARVED_NONE) {
		walk_leaf(walk, node);
		return;
	}
	if (walk->decisions[node->candidate] != UNDECIDED)
		abort(); // a proof decides on nobody twice
	walk->decisions[node->candidate] = IN;
	walk_tree(walk, node->in);
	walk->decisions[node->candidate] = OUT;
	walk_tree(walk, node->out);
	walk->decisions[node->candidate] = UNDECIDED;
}

static int64_t *copy_prices(const int64_t *from, size_t count)
{
	int64_t *copy = carved_alloc_array(count, sizeof *copy);
	if (count)
		memcpy(copy, from, count * sizeof *copy);
	return copy;
}

// The most that one site can hold: its largest leaf. A site without a tree is one leaf with the region's prices.
static int64_t largest_leaf(struct tree_walk *walk, const struct carved_prices *prices, size_t site)
{
	const struct carved_region *region = walk->run.region;
	size_t sites = region->count[CARVED_KIND_SITE];
	walk->prices = (struct carved_prices){
		.slot = copy_prices(prices->slot, carved_slot_table_first_slot(walk->run.table, sites)),
		.donor = copy_prices(prices->donor, carved_slot_table_first_job(walk->run.table, sites)),
		.supervision = copy_prices(prices->supervision, sites),
		.places = copy_prices(prices->places, sites),
		.coach = prices->coach,
		.reserve = prices->reserve,
	};
	walk->run.prices = &walk->prices;
	walk->largest = INT64_MIN;
	uint32_t root = 0;
	while (root < walk->proof->node_count && walk->proof->nodes[root].site != site)
		root++;
	if (root < walk->proof->node_count) {
		walk_tree(walk, root);
	} else {
		walk->largest = value_of_site(&walk->run, site);
		for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c++)
			walk->largest += best_there(&walk->run, carved_region_candidate(region, c), site, walk->proof->pi[c]) -
					 walk->proof->pi[c];
	}
	free(walk->prices.slot);
	free(walk->prices.donor);
	free(walk->prices.supervision);
	free(walk->prices.places);
	return walk->largest;
}

int64_t bound_check_proof(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const struct carved_proof *proof)
{
	struct bound_check counts = {0};
	struct tree_walk walk = {
		.proof = proof, .run = {region, table, date, weights, prices, carved_options_new(region, date), &counts}};
	int64_t sum = value_of_coaches(&walk.run);
	walk.decisions = carved_alloc_array(region->count[CARVED_KIND_CANDIDATE], sizeof *walk.decisions);
	for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c++)
		sum += proof->pi[c];
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++)
		sum += largest_leaf(&walk, prices, s);
	carved_options_free(walk.run.options);
	free(walk.decisions);
	return carved_floor_div(sum, CARVED_MICRO);
}
