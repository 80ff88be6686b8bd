// SPDX-License-Identifier: EUPL-1.2
// What documents, date, weights and prices make of a candidate at a site, by the rules on documents.
#include "carved/base/quarters.h"
#include "support/bound_run.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct bound_run bound_run_start(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, struct bound_check *result)
{
	struct bound_run run = {.region = region,
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

void bound_run_end(struct bound_run *run)
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
static size_t count_musts(const struct bound_run *run, const struct carved_candidate *candidate)
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
static bool is_about(const struct bound_pair *pair, const struct bound_limit *limit, const struct bound_slot *slot, uint32_t job)
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
static void set_decisions(const struct bound_run *run, struct bound_pair *pair, struct bound_slot *slot, uint32_t job)
{
	size_t bit = pair->candidate->must.count;
	for (size_t i = 0; i < run->limit_count; i++) {
		const struct bound_limit *limit = &run->limits[i];
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

static void add_slot(const struct bound_run *run, struct bound_pair *pair, size_t site, size_t index,
	const struct carved_slot *slot, struct carved_arena *arena)
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

bool bound_could_be_alone(const struct carved_region *region, const struct carved_candidate *c, const struct carved_site *site)
{
	return carved_rules_minutes(c, site) <= c->max_minutes && !carved_rules_is_excluded(region, c, site) &&
	       site->places >= 1 && c->buddy_q <= site->supervision_q;
}

bool bound_person_find(const struct bound_run *run, const struct carved_candidate *c, struct bound_person *ret_person)
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
	*ret_person = (struct bound_person){.candidate = c,
		.coach = coach,
		.easy = easy,
		.points = place + carved_floor_div((int64_t)w->coach_hour * c->coach_q, 4) +
			  carved_floor_div((int64_t)w->buddy_hour * c->buddy_q, 4)};
	return true;
}

static int64_t constant_of(const struct bound_run *run, const struct bound_person *person, size_t site)
{
	const struct carved_candidate *c = person->candidate;
	const struct carved_prices *p = run->prices;
	int64_t prices = p->places[site] + p->supervision[site] * c->buddy_q + p->coach[person->coach] * c->coach_q +
			 (person->easy ? p->reserve[person->coach] * c->coach_q : 0);
	return (person->points * CARVED_MICRO - prices) * c->max_q;
}

void bound_pair_init(const struct bound_run *run, const struct bound_person *person, size_t site, struct bound_pair *pair)
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
