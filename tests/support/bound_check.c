// SPDX-License-Identifier: EUPL-1.2
#include "support/bound_check.h"
#include "carved/base/quarters.h"
#include "support/bound_pair.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

// A decision of a tree about the hours of one person.
struct limit {
	const struct carved_candidate *candidate;
	uint32_t job;
	uint32_t slot; // CARVED_NONE: the job as a whole
	bool alike;    // all slots that are alike to it
	int least_q, most_q;
};

enum { LIMITS = 256 };

struct run {
	const struct carved_region *region;
	const struct carved_slot_table *table;
	carved_date date;
	const struct carved_weights *weights;
	const struct carved_prices *prices;
	struct carved_options *options;
	int *median_q, *reserve_q; // per coach: carved_rules_reserve_q
	struct bound_check *result;
	struct limit limits[LIMITS]; // of the leaf at hand
	size_t limit_count;
	bool rounded;        // packages are worth what plans add up
	uint64_t nodes_most; // of a search with roundings
	uint64_t *nodes;     // of the last search
};

struct person { // who may have a package anywhere
	const struct carved_candidate *candidate;
	size_t coach;
	bool easy;
	int64_t points; // parts place, coach and buddy
};

static struct run start_run(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, struct bound_check *result)
{
	struct run run = {.region = region,
		.table = table,
		.date = date,
		.weights = weights,
		.prices = prices,
		.options = carved_options_new(region, date),
		.result = result};
	size_t coaches = region->count[CARVED_KIND_COACH];
	run.median_q = carved_alloc_array(coaches, sizeof *run.median_q);
	run.reserve_q = carved_alloc_array(coaches, sizeof *run.reserve_q);
	for (size_t k = 0; k < coaches; k++)
		run.reserve_q[k] = carved_rules_reserve_q(region, carved_region_coach(region, k), weights, &run.median_q[k]);
	return run;
}

static void end_run(struct run *run)
{
	carved_options_free(run->options);
	free(run->median_q);
	free(run->reserve_q);
}

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

// How many things a package must have: wishes, and what decisions ask for.
static size_t count_musts(const struct run *run, const struct carved_candidate *candidate)
{
	size_t count = candidate->must.count;
	for (size_t i = 0; i < run->limit_count; i++)
		count += run->limits[i].candidate == candidate && run->limits[i].least_q > 0;
	if (count > 31)
		abort(); // more decisions about one person than this check was made for
	return count;
}

static bool are_alike(const struct bound_slot *a, const struct bound_slot *b)
{
	return a->slot->job == b->slot->job && a->fit == b->fit && a->relief == b->relief && a->bits == b->bits &&
	       a->counted == b->counted;
}

static void set_groups(struct bound_pair *pair)
{
	for (size_t t = 0; t < pair->slot_count; t++) {
		size_t like = 0;
		while (!are_alike(&pair->slots[like], &pair->slots[t]))
			like++;
		pair->slots[t].alike = like < t ? pair->slots[like].alike : pair->alike_count++;
		pair->alike_most_q[pair->slots[t].alike] = INT_MAX;
	}
}

// Whether a decision is about the slot, by itself or together with others.
static bool is_about(const struct bound_pair *pair, const struct limit *limit, const struct bound_slot *slot, uint32_t job)
{
	bool alike = false;
	for (size_t t = 0; limit->alike && t < pair->slot_count; t++)
		alike = alike || (pair->slots[t].number == limit->slot && pair->slots[t].alike == slot->alike);
	return alike || (limit->slot == CARVED_NONE ? limit->job == job : limit->slot == slot->number);
}

static void raise(int *least_q, int wanted_q)
{
	*least_q = wanted_q > *least_q ? wanted_q : *least_q;
}

static void lower(int *most_q, int wanted_q)
{
	*most_q = wanted_q < *most_q ? wanted_q : *most_q;
}

// What the tree's decisions ask of the slot. A decision that asks for something is one more thing that a package must have.
static void set_decisions(const struct run *run, struct bound_pair *pair, struct bound_slot *slot, uint32_t job)
{
	size_t bit = pair->candidate->must.count;
	for (size_t i = 0; i < run->limit_count; i++) {
		const struct limit *limit = &run->limits[i];
		if (limit->candidate != pair->candidate)
			continue;
		bool counts = is_about(pair, limit, slot, job);
		if (counts && limit->alike) {
			pair->decided_alike = true;
			raise(&pair->alike_least_q[slot->alike], limit->least_q);
			lower(&pair->alike_most_q[slot->alike], limit->most_q);
		} else if (counts) {
			raise(&slot->least_q, limit->slot == CARVED_NONE ? 0 : limit->least_q);
			lower(&slot->most_q, limit->most_q);
		}
		slot->must |= counts && limit->least_q > 0 ? (uint32_t)1 << bit : 0;
		bit += limit->least_q > 0;
	}
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
	*added = (struct bound_slot){.slot = slot,
		.number = (uint32_t)(carved_slot_table_first_slot(run->table, site) + index),
		.most_q = INT_MAX,
		.counted = slot->job->kind == CARVED_VACANCY || !slot->task->undone};
	added->fit = (int64_t)answer.fit * w->full_week * (CARVED_MICRO / 1000);
	added->relief = max_q * slot->task->relief * w->relief * (CARVED_MICRO / 4);
	added->whole_gain = added->fit + added->relief - max_q * slot_price;
	added->gain = added->whole_gain - (added->counted ? max_q * donor_price : 0);
	added->up_q = slot->job->has_carve ? slot->hours_q : 0;
	set_bits(pair, added, &answer, w);
	set_wishes_and_limits(pair->candidate, added);
}

// Whether the person could be there alone in the region: what a plan's own rules ask of one package.
static bool could_be_alone(const struct carved_region *region, const struct carved_candidate *c, const struct carved_site *site)
{
	return carved_rules_minutes(c, site) <= c->max_minutes && !carved_rules_is_excluded(region, c, site) &&
	       site->places >= 1 && c->buddy_q <= site->supervision_q;
}

// Whether the person may have a package anywhere.
static bool know_person(const struct run *run, const struct carved_candidate *c, struct person *ret_person)
{
	const struct carved_weights *w = run->weights;
	size_t coach = carved_region_index(run->region, CARVED_KIND_COACH, c->coach);
	if (coach == SIZE_MAX || !carved_rules_may_be_matched(c, run->date))
		return false;
	bool easy = c->coach_q <= run->median_q[coach];
	if (c->coach_q > carved_region_coach(run->region, coach)->hours_q ||
		(easy && run->reserve_q[coach] >= 0 && c->coach_q > run->reserve_q[coach]))
		return false;
	int options = carved_options_count_up_to(run->options, c, carved_weights_options_most(w));
	int64_t place = (int64_t)w->place * carved_rules_priority(c, options, run->date, w);
	*ret_person = (struct person){.candidate = c,
		.coach = coach,
		.easy = easy,
		.points = place + carved_floor_div((int64_t)w->coach_hour * c->coach_q, 4) +
			  carved_floor_div((int64_t)w->buddy_hour * c->buddy_q, 4)};
	return true;
}

static int64_t constant_of(const struct run *run, const struct person *person, size_t site)
{
	const struct carved_candidate *c = person->candidate;
	const struct carved_prices *p = run->prices;
	int64_t prices = p->places[site] + p->supervision[site] * c->buddy_q + p->coach[person->coach] * c->coach_q +
			 (person->easy ? p->reserve[person->coach] * c->coach_q : 0);
	return (person->points * CARVED_MICRO - prices) * c->max_q;
}

static void fill_pair(const struct run *run, const struct person *person, size_t site, struct bound_pair *pair)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_slots *slots = carved_slot_table_site(run->table, site);
	*pair = (struct bound_pair){.candidate = person->candidate, .site = carved_region_site(run->region, site)};
	pair->must_count = count_musts(run, person->candidate);
	pair->constant = constant_of(run, person, site);
	pair->extra_job = (int64_t)CARVED_MICRO * person->candidate->max_q * run->weights->extra_job;
	for (size_t t = 0; t < slots->count; t++) {
		if (!carved_rules_displaces(pair->site, slots->items[t].job, run->date))
			add_slot(run, pair, site, t, &slots->items[t], &arena);
	}
	set_groups(pair);
	for (size_t t = 0; t < pair->slot_count; t++)
		set_decisions(run, pair, &pair->slots[t],
			(uint32_t)(carved_slot_table_first_job(run->table, site) + pair->slots[t].slot->job_index));
	carved_arena_deinit(&arena);
}

enum { BOUND_JOBS_QUICK = 64 }; // of jobs beyond it caps are not looked at

static int compare_gains(const void *a, const void *b)
{
	int64_t x = ((const struct bound_slot *)a)->whole_gain, y = ((const struct bound_slot *)b)->whole_gain;
	return (x < y) - (x > y);
}

// Hours of the person's week on the day parts of the pair's slots.
static int week_hours(const struct bound_pair *pair)
{
	const struct carved_candidate *c = pair->candidate;
	carved_parts_mask parts = 0;
	int sum_q = 0;
	for (size_t t = 0; t < pair->slot_count; t++)
		parts |= pair->slots[t].slot->parts;
	for (int day = 0; day < CARVED_DAYS; day++) {
		int day_q = 0;
		for (int part = day * CARVED_PARTS_PER_DAY; part < (day + 1) * CARVED_PARTS_PER_DAY; part++)
			day_q += parts >> part & 1 ? c->available_q[part] : 0;
		sum_q += day_q < c->per_day_q ? day_q : c->per_day_q;
	}
	return sum_q;
}

// No package of the pair is above it: all hours at the best gains, with nothing but the week's hours, the slots' own and donor caps in the way. INT64_MIN: there
// is none.
static int64_t quick_bound(struct bound_pair *pair)
{
	int64_t bound = pair->constant;
	int most_q = week_hours(pair), taken_q[BOUND_JOBS_QUICK] = {0};
	most_q = most_q < pair->candidate->max_q ? most_q : pair->candidate->max_q;
	if (pair->slot_count == 0 || most_q < pair->candidate->min_q)
		return INT64_MIN;
	qsort(pair->slots, pair->slot_count, sizeof *pair->slots, compare_gains); // whole_gain is the higher of the two
	int sum_q = 0;
	for (size_t t = 0; t < pair->slot_count; t++) {
		const struct bound_slot *slot = &pair->slots[t];
		int wanted_q = (slot->whole_gain > 0 ? most_q : pair->candidate->min_q) - sum_q;
		int give_q = slot->up_q > slot->slot->unit_q ? slot->up_q : slot->slot->unit_q;
		size_t job = slot->slot->job_index;
		bool capped = slot->slot->job->kind == CARVED_JOB && slot->counted && job < BOUND_JOBS_QUICK;
		if (capped) { // a vacancy may be filled whole, which its cap does not count
			int cap_q = carved_job_cap_q(slot->slot->job) - taken_q[job];
			give_q = cap_q < give_q ? cap_q : give_q;
		}
		int used_q = give_q < wanted_q ? give_q : wanted_q;
		if (used_q <= 0)
			continue;
		if (capped)
			taken_q[job] += used_q;
		bound += slot->whole_gain * used_q;
		sum_q += used_q;
	}
	return bound;
}

static int64_t best_at_site(const struct run *run, const struct person *person, size_t site, int64_t best)
{
	struct bound_pair *pair = carved_alloc_array(1, sizeof *pair);
	fill_pair(run, person, site, pair);
	pair->rounded = run->rounded;
	pair->nodes_most = run->nodes_most;
	if (pair->slot_count)
		best = bound_search(pair, best);
	run->result->searched++;
	if (run->nodes)
		*run->nodes = pair->nodes;
	run->result->nodes += pair->nodes;
	free(pair);
	return best;
}

// The person's greatest reduced value at one site, in millionths, rounded up; `otherwise` (millionths) where no package is worth more.
static int64_t best_there(const struct run *run, const struct person *person, size_t site, int64_t otherwise)
{
	const struct carved_candidate *c = person->candidate;
	if (!could_be_alone(run->region, c, carved_region_site(run->region, site)))
		return otherwise;
	run->result->pairs++;
	return carved_ceil_div(best_at_site(run, person, site, otherwise * c->max_q), c->max_q);
}

struct prospect {
	size_t site;
	int64_t bound; // quick
};

static int compare_prospects(const void *a, const void *b)
{
	int64_t x = ((const struct prospect *)a)->bound, y = ((const struct prospect *)b)->bound;
	return (x < y) - (x > y);
}

// The same over all sites, those that promise most first; `otherwise` where no package is worth more.
static int64_t best_of(const struct run *run, const struct person *person, int64_t otherwise)
{
	const struct carved_candidate *c = person->candidate;
	size_t sites = run->region->count[CARVED_KIND_SITE], count = 0;
	struct prospect *prospects = carved_alloc_array(sites, sizeof *prospects);
	struct bound_pair *pair = carved_alloc_array(1, sizeof *pair);
	int64_t best = otherwise * c->max_q;
	for (size_t s = 0; s < sites; s++) {
		if (!could_be_alone(run->region, c, carved_region_site(run->region, s)))
			continue;
		run->result->pairs++;
		fill_pair(run, person, s, pair);
		int64_t bound = quick_bound(pair);
		if (bound > best)
			prospects[count++] = (struct prospect){s, bound};
	}
	if (count)
		qsort(prospects, count, sizeof *prospects, compare_prospects);
	for (size_t i = 0; i < count && prospects[i].bound > best; i++)
		best = best_at_site(run, person, prospects[i].site, best);
	free(pair);
	free(prospects);
	return carved_ceil_div(best, c->max_q);
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
		sum += run->prices->coach[k] * coach->hours_q;
		sum += run->reserve_q[k] >= 0 ? run->prices->reserve[k] * run->reserve_q[k] : 0;
	}
	return sum;
}

void bound_check_part(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const int64_t *claims, size_t first,
	size_t step, struct bound_check *ret_check)
{
	size_t candidates = region->count[CARVED_KIND_CANDIDATE];
	*ret_check = (struct bound_check){.best_reduced = carved_alloc_array(candidates, sizeof(int64_t))};
	struct run run = start_run(region, table, date, weights, prices, ret_check);
	ret_check->capacities = value_of_coaches(&run);
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++)
		ret_check->capacities += value_of_site(&run, s);
	for (size_t c = first; c < candidates; c += step) {
		struct person person;
		if (know_person(&run, carved_region_candidate(region, c), &person))
			ret_check->best_reduced[c] = best_of(&run, &person, claims ? claims[c] : 0);
		ret_check->candidates += ret_check->best_reduced[c];
	}
	end_run(&run);
}

void bound_check_run(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, struct bound_check *ret_check)
{
	bound_check_part(region, table, date, weights, prices, NULL, 0, 1, ret_check);
	ret_check->bound = carved_floor_div(ret_check->capacities + ret_check->candidates, CARVED_MICRO);
}

enum decision { UNDECIDED, IN, OUT };

struct tree_walk {
	const struct carved_proof *proof;
	struct run run;              // its prices are those of `leaf_prices`
	struct carved_prices prices; // copies, the site's own replaced by a leaf's
	struct person *persons;      // per candidate; `candidate` NULL: no package anywhere
	uint8_t *decisions;          // per candidate
	int64_t largest;             // leaf so far
	int64_t target;              // of a rounded proof: no leaf is asked to be smaller, millionths
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

static int64_t best_of_one(const struct tree_walk *walk, size_t candidate, size_t site, int64_t otherwise)
{
	const struct person *person = &walk->persons[candidate];
	return person->candidate ? best_there(&walk->run, person, site, otherwise) : otherwise;
}

enum { FIRST_NODES = 200, NODES_STEP = 8, TURNS = 6 }; // of searches with roundings; the last turn has no limit

// A rounded proof says what packages are worth once fit and relief are rounded down. That takes long to find out exactly; here each person's best is only followed
// down as far as the leaf has to fall to be no larger than the walk's target, and those go first whose search ends soon.
static void sharpen(struct tree_walk *walk, const struct carved_proof_node *leaf, int64_t *best, int64_t *sum)
{
	size_t candidates = walk->run.region->count[CARVED_KIND_CANDIDATE];
	uint64_t nodes = 0, most = FIRST_NODES;
	bool *settled = carved_alloc_array(candidates, sizeof *settled);
	walk->run.rounded = true;
	walk->run.nodes = &nodes;
	for (int turn = 0; turn < TURNS; turn++, most *= NODES_STEP) {
		walk->run.nodes_most = turn + 1 < TURNS ? most : 0;
		for (size_t c = 0; c<candidates && * sum> walk->target; c++) {
			int64_t charge = walk->proof->charges[c], over = *sum - walk->target;
			int64_t least = walk->decisions[c] == IN ? charge + IMPOSSIBLE : charge;
			if (settled[c] || walk->decisions[c] == OUT || best[c] <= least)
				continue;
			least = best[c] - over > least ? best[c] - over : least;
			int64_t rounded = best_of_one(walk, c, leaf->site, least);
			if (walk->run.nodes_most && nodes > walk->run.nodes_most)
				continue;
			settled[c] = true;
			*sum -= best[c] - rounded;
			best[c] = rounded;
		}
	}
	walk->run.rounded = false;
	walk->run.nodes = NULL;
	walk->run.nodes_most = 0;
	free(settled);
}

// Prices x capacities of coaches that the leaf has prices for.
static int64_t take_coaches(struct tree_walk *walk, uint32_t leaf)
{
	int64_t sum = 0;
	memset(walk->prices.coach, 0, walk->run.region->count[CARVED_KIND_COACH] * sizeof *walk->prices.coach);
	memset(walk->prices.reserve, 0, walk->run.region->count[CARVED_KIND_COACH] * sizeof *walk->prices.reserve);
	for (uint32_t i = 0; i < walk->proof->coach_count; i++) {
		const struct carved_proof_coach *of = &walk->proof->coaches[i];
		if (of->node != leaf)
			continue;
		walk->prices.coach[of->coach] = of->hours;
		walk->prices.reserve[of->coach] = of->reserve;
		sum += of->hours * carved_region_coach(walk->run.region, of->coach)->hours_q;
		sum += of->reserve ? of->reserve * walk->run.reserve_q[of->coach] : 0;
	}
	return sum;
}

static void walk_leaf(struct tree_walk *walk, uint32_t index)
{
	const struct carved_proof_node *leaf = &walk->proof->nodes[index];
	size_t candidates = walk->run.region->count[CARVED_KIND_CANDIDATE];
	int64_t *best = carved_alloc_array(candidates, sizeof *best);
	take_leaf_prices(walk, leaf);
	int64_t sum = take_coaches(walk, index) + value_of_site(&walk->run, leaf->site);
	for (size_t c = 0; c < candidates; c++) {
		int64_t charge = walk->proof->charges[c];
		if (walk->decisions[c] == OUT)
			continue;
		best[c] = best_of_one(walk, c, leaf->site, walk->decisions[c] == IN ? charge + IMPOSSIBLE : charge);
		sum += best[c] - charge;
	}
	if (walk->proof->rounded && sum > walk->target)
		sharpen(walk, leaf, best, &sum);
	if (sum > walk->largest)
		walk->largest = sum;
	free(best);
}

static void walk_tree(struct tree_walk *walk, uint32_t index);

// Goes down where the person works here (IN), or does not (OUT), or where nothing is said of that (UNDECIDED).
static void walk_child(struct tree_walk *walk, uint32_t candidate, uint8_t decision, uint32_t child)
{
	uint8_t before = walk->decisions[candidate];
	if (decision != UNDECIDED) {
		if (before == OUT || (before == IN && decision == OUT))
			abort(); // a proof decides on nobody twice
		walk->decisions[candidate] = decision;
	}
	walk_tree(walk, child);
	walk->decisions[candidate] = before;
}

// Two children that differ in the hours of the person's work, of a job, a slot, or slots alike: more than so many in one, at most so many in the other, or no work here at all.
static void walk_hours(struct tree_walk *walk, const struct carved_proof_node *node)
{
	struct limit *limit = &walk->run.limits[walk->run.limit_count++];
	if (walk->run.limit_count == LIMITS)
		abort(); // a deeper tree than this check was made for
	*limit = (struct limit){.candidate = carved_region_candidate(walk->run.region, node->candidate),
		.job = node->job,
		.slot = node->slot,
		.alike = node->alike,
		.least_q = (int)node->hours_q + 1,
		.most_q = INT_MAX};
	walk_child(walk, node->candidate, IN, node->in);
	limit->least_q = 0;
	limit->most_q = (int)node->hours_q;
	walk_child(walk, node->candidate, UNDECIDED, node->out);
	walk->run.limit_count--;
}

static void walk_tree(struct tree_walk *walk, uint32_t index)
{
	const struct carved_proof_node *node = &walk->proof->nodes[index];
	if (node->candidate == CARVED_NONE) {
		walk_leaf(walk, index);
	} else if (node->job == CARVED_NONE) {
		walk_child(walk, node->candidate, IN, node->in);
		walk_child(walk, node->candidate, OUT, node->out);
	} else {
		walk_hours(walk, node);
	}
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
	size_t sites = region->count[CARVED_KIND_SITE], coaches = region->count[CARVED_KIND_COACH];
	walk->prices = (struct carved_prices){
		.slot = copy_prices(prices->slot, carved_slot_table_first_slot(walk->run.table, sites)),
		.donor = copy_prices(prices->donor, carved_slot_table_first_job(walk->run.table, sites)),
		.supervision = copy_prices(prices->supervision, sites),
		.places = copy_prices(prices->places, sites),
		.coach = carved_alloc_array(coaches, sizeof(int64_t)), // charges pay for the hours of coaches: zero
		.reserve = carved_alloc_array(coaches, sizeof(int64_t)),
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
			walk->largest += best_of_one(walk, c, site, walk->proof->charges[c]) - walk->proof->charges[c];
	}
	free(walk->prices.slot);
	free(walk->prices.donor);
	free(walk->prices.supervision);
	free(walk->prices.places);
	free(walk->prices.coach);
	free(walk->prices.reserve);
	return walk->largest;
}

// The greatest sum of charges of people for whom the coach has hours: by quarters of all and quarters of the easy half together, one person after the other.
static int64_t most_of_caseload(const struct run *run, const int64_t *charges, size_t coach)
{
	const struct carved_region *region = run->region;
	const struct carved_coach *document = carved_region_coach(region, coach);
	size_t candidates = region->count[CARVED_KIND_CANDIDATE], all_q = 0;
	for (size_t c = 0; c < candidates; c++) {
		const struct carved_candidate *person = carved_region_candidate(region, c);
		all_q += strcmp(person->coach, document->ref) == 0 ? (size_t)person->coach_q : 0;
	}
	size_t hours_q = all_q < (size_t)document->hours_q ? all_q : (size_t)document->hours_q;
	size_t easy_q =
		run->reserve_q[coach] < 0 || (size_t)run->reserve_q[coach] > hours_q ? hours_q : (size_t)run->reserve_q[coach];
	int64_t *most = carved_alloc_array((hours_q + 1) * (easy_q + 1), sizeof *most); // [hours][easy]
	for (size_t c = 0; c < candidates; c++) {
		const struct carved_candidate *person = carved_region_candidate(region, c);
		size_t need_q = (size_t)person->coach_q, of_easy_q = person->coach_q <= run->median_q[coach] ? need_q : 0;
		if (strcmp(person->coach, document->ref) != 0)
			continue;
		for (size_t h = hours_q + 1; h-- > need_q;) {
			for (size_t e = easy_q + 1; e-- > of_easy_q;) {
				int64_t with = most[(h - need_q) * (easy_q + 1) + e - of_easy_q] + charges[c];
				int64_t *best = &most[h * (easy_q + 1) + e];
				*best = with > *best ? with : *best;
			}
		}
	}
	int64_t greatest = most[hours_q * (easy_q + 1) + easy_q];
	free(most);
	return greatest;
}

static struct tree_walk start_walk(const struct run *run, const struct carved_proof *proof)
{
	size_t candidates = run->region->count[CARVED_KIND_CANDIDATE];
	struct tree_walk walk = {.proof = proof, .run = *run};
	walk.decisions = carved_alloc_array(candidates, sizeof *walk.decisions);
	walk.persons = carved_alloc_array(candidates, sizeof *walk.persons);
	for (size_t c = 0; c < candidates; c++)
		know_person(run, carved_region_candidate(run->region, c), &walk.persons[c]);
	return walk;
}

static void end_walk(struct tree_walk *walk)
{
	end_run(&walk->run);
	free(walk->persons);
	free(walk->decisions);
}

int64_t bound_check_site(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const struct carved_proof *proof, size_t site)
{
	struct bound_check counts = {0};
	struct run run = start_run(region, table, date, weights, prices, &counts);
	struct tree_walk walk = start_walk(&run, proof);
	walk.target = INT64_MAX;
	int64_t largest = largest_leaf(&walk, prices, site);
	end_walk(&walk);
	return largest;
}

int64_t bound_check_proof(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const struct carved_proof *proof, int64_t claim)
{
	struct bound_check counts = {0};
	struct run run = start_run(region, table, date, weights, prices, &counts);
	struct tree_walk walk = start_walk(&run, proof);
	int64_t sum = 0;
	for (size_t k = 0; k < region->count[CARVED_KIND_COACH]; k++)
		sum += most_of_caseload(&run, proof->charges, k);
	walk.target = (claim + 1) * CARVED_MICRO - 1 - sum; // of the only tree of a rounded proof
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++)
		sum += largest_leaf(&walk, prices, s);
	end_walk(&walk);
	return carved_floor_div(sum, CARVED_MICRO);
}
