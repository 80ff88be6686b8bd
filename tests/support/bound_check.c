// SPDX-License-Identifier: EUPL-1.2
#include "support/bound_check.h"
#include "carved/base/quarters.h"
#include "support/bound_run.h"
#include <stdlib.h>

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

static int64_t best_at_site(const struct bound_run *run, const struct bound_person *person, size_t site, int64_t best)
{
	struct bound_pair *pair = carved_alloc_array(1, sizeof *pair);
	bound_pair_init(run, person, site, pair);
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

int64_t bound_best_at(const struct bound_run *run, const struct bound_person *person, size_t site, int64_t otherwise)
{
	const struct carved_candidate *c = person->candidate;
	if (!bound_could_be_alone(run->region, c, carved_region_site(run->region, site)))
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

// The person's greatest reduced value over all sites, in millionths, rounded up, those that promise most first; `otherwise` where no package is worth more.
static int64_t best_of(const struct bound_run *run, const struct bound_person *person, int64_t otherwise)
{
	const struct carved_candidate *c = person->candidate;
	size_t sites = run->region->count[CARVED_KIND_SITE], count = 0;
	struct prospect *prospects = carved_alloc_array(sites, sizeof *prospects);
	struct bound_pair *pair = carved_alloc_array(1, sizeof *pair);
	int64_t best = otherwise * c->max_q;
	for (size_t s = 0; s < sites; s++) {
		if (!bound_could_be_alone(run->region, c, carved_region_site(run->region, s)))
			continue;
		run->result->pairs++;
		bound_pair_init(run, person, s, pair);
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

int64_t bound_site_capacities(const struct bound_run *run, size_t s)
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

static int64_t value_of_coaches(const struct bound_run *run)
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
	struct bound_run run = bound_run_start(region, table, date, weights, prices, ret_check);
	ret_check->capacities = value_of_coaches(&run);
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++)
		ret_check->capacities += bound_site_capacities(&run, s);
	for (size_t c = first; c < candidates; c += step) {
		struct bound_person person;
		if (bound_person_find(&run, carved_region_candidate(region, c), &person))
			ret_check->best_reduced[c] = best_of(&run, &person, claims ? claims[c] : 0);
		ret_check->candidates += ret_check->best_reduced[c];
	}
	bound_run_end(&run);
}

void bound_check_run(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, struct bound_check *ret_check)
{
	bound_check_part(region, table, date, weights, prices, NULL, 0, 1, ret_check);
	ret_check->bound = carved_floor_div(ret_check->capacities + ret_check->candidates, CARVED_MICRO);
}
