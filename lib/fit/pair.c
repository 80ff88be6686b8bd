// SPDX-License-Identifier: EUPL-1.2
// A candidate and a site prepared for pricing.
#include "scratch.h"
#include <stdlib.h>
#include <string.h>

static uint32_t local_of(struct carved_local_set *set, uint32_t item)
{
	for (uint32_t i = 0; i < set->count; i++) {
		if (set->items[i] == item)
			return i;
	}
	if (set->count == set->capacity) {
		set->capacity = set->capacity ? set->capacity * 2 : 16;
		set->items = carved_realloc_array(set->items, set->capacity, sizeof *set->items);
	}
	set->items[set->count] = item;
	return set->count++;
}

struct preparation {
	const struct carved_profile *profile;
	const struct carved_instance *instance;
	struct carved_pair_scratch *scratch;
	uint32_t minutes;
	uint32_t slot_count, job_count;
	uint64_t reachable_q; // hours that carved packages could add up to, donor caps respected
	bool whole;           // some vacancy may be filled whole
};

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void set_bits(struct carved_pair_slot *slot, struct preparation *p)
{
	struct carved_pair_scratch *scratch = p->scratch;
	for (uint32_t i = 0; i < scratch->seen.unknown_count; i++) {
		uint32_t bit = local_of(&scratch->unknown, scratch->seen.unknown[i]);
		if (bit >= 64 * CARVED_UNKNOWN_WORDS)
			abort(); // documents with so many categories at one site are refused
		slot->unknown[bit / 64] |= (uint64_t)1 << bit % 64;
	}
	for (uint32_t i = 0; i < scratch->seen.aid_count; i++)
		slot->aids |= (uint64_t)1 << local_of(&scratch->aids, scratch->seen.aids[i]); // at most 64 aids per candidate
}

// The highest level asked in the category of a limit or below it.
static uint32_t level_below(const struct carved_instance *in, const struct carved_instance_slot *slot, uint32_t category)
{
	uint32_t highest = 0;
	const struct carved_range lists[] = {slot->demands, slot->exposures};
	for (int list = 0; list < 2; list++) {
		for (uint32_t i = 0; i < lists[list].count; i++) {
			const struct carved_level *asked = &in->levels[lists[list].first + i];
			if (asked->level > highest && carved_instance_is_below(in, asked->category, category))
				highest = asked->level;
		}
	}
	return highest;
}

static void set_wishes_and_limits(
	struct carved_pair_slot *slot, const struct preparation *p, const struct carved_instance_slot *from)
{
	const struct carved_instance *in = p->instance;
	const struct carved_instance_candidate *c = p->profile->candidate;
	for (uint32_t i = 0; i < c->must.count; i++) {
		if (carved_instance_words_meet(in, from->tags, in->must_groups[c->must.first + i]))
			slot->must |= (uint32_t)1 << i;
	}
	for (uint32_t i = 0; i < c->limits.count; i++) {
		const struct carved_limit *limit = &in->limits[c->limits.first + i];
		if (level_below(in, from, limit->category) >= limit->level)
			slot->limits |= (uint32_t)1 << i;
	}
}

// Adds a slot that fits. Returns false where it does not fit.
static bool add_slot(struct preparation *p, uint32_t index, const struct carved_instance_job *job)
{
	const struct carved_instance_slot *from = &p->instance->slots[index];
	const struct carved_instance_candidate *c = p->profile->candidate;
	struct carved_pair_slot slot = {.slot = index, .job = (uint16_t)p->job_count, .supervisor = UINT16_MAX};
	struct carved_slot_seen *seen = &p->scratch->seen;
	seen->unknown_count = seen->aid_count = 0;
	if (!carved_profile_admits(p->profile, index, p->minutes, seen, &slot.fit))
		return false;
	uint32_t most = smaller(from->hours_q, c->max_q);
	if (!from->undone)
		most = smaller(most, job->cap_q);
	slot.max_q = (uint16_t)(job->carvable ? most : 0);
	slot.chunk_q = (uint16_t)smaller(from->chunk_q, UINT16_MAX);
	slot.relief = (uint8_t)from->relief;
	slot.undone = from->undone;
	slot.parts = from->parts & c->parts;
	if (from->supervisor != CARVED_NONE)
		slot.supervisor = (uint16_t)local_of(&p->scratch->supervisors, from->supervisor);
	set_bits(&slot, p);
	set_wishes_and_limits(&slot, p, from);
	p->scratch->slots[p->slot_count++] = slot;
	return true;
}

// Drops the job's slots that no carved package can hold. Requires: the job is not filled whole.
static void drop_useless(struct preparation *p, uint32_t first)
{
	struct carved_pair_slot *slots = p->scratch->slots;
	uint32_t kept = first;
	for (uint32_t i = first; i < p->slot_count; i++) {
		if (slots[i].max_q >= slots[i].chunk_q)
			slots[kept++] = slots[i];
	}
	p->slot_count = kept;
}

static void add_job(struct preparation *p, uint32_t index)
{
	const struct carved_instance_job *job = &p->instance->jobs[index];
	uint32_t first = p->slot_count;
	bool all = true;
	if (job->blocked || (!job->carvable && job->kind != CARVED_VACANCY))
		return;
	for (uint32_t t = 0; t < job->slots.count; t++)
		all = add_slot(p, job->slots.first + t, job) && all;
	bool whole = job->kind == CARVED_VACANCY && all && job->slots.count > 0;
	if (!whole)
		drop_useless(p, first);
	if (p->slot_count == first)
		return;
	uint64_t counted = 0, undone = 0;
	for (uint32_t i = first; i < p->slot_count; i++)
		*(p->scratch->slots[i].undone ? &undone : &counted) += p->scratch->slots[i].max_q;
	uint32_t cap = job->carvable ? job->cap_q : 0;
	p->reachable_q += undone + (counted < cap ? counted : cap);
	p->whole = p->whole || whole;
	p->scratch->jobs[p->job_count++] = (struct carved_pair_job){
		.job = index, .cap_q = cap, .first = (uint16_t)first, .count = (uint16_t)(p->slot_count - first), .whole = whole};
}

struct carved_pair_scratch *carved_pair_scratch_new(const struct carved_instance *instance)
{
	struct carved_pair_scratch *scratch = carved_alloc_array(1, sizeof *scratch);
	scratch->seen.unknown = carved_alloc_array(2 * (size_t)instance->parents_count, sizeof *scratch->seen.unknown);
	scratch->seen.aids = carved_alloc_array(2 * (size_t)instance->parents_count, sizeof *scratch->seen.aids);
	return scratch;
}

void carved_pair_scratch_free(struct carved_pair_scratch *scratch)
{
	if (!scratch)
		return;
	void *owned[] = {scratch->slots, scratch->jobs, scratch->seen.unknown, scratch->seen.aids, scratch->unknown.items,
		scratch->aids.items, scratch->supervisors.items};
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
	free(scratch);
}

void carved_pair_scratch_reserve(struct carved_pair_scratch *scratch, const struct carved_instance_site *site)
{
	if (scratch->slots_capacity < site->slots.count) {
		scratch->slots_capacity = site->slots.count;
		scratch->slots = carved_realloc_array(scratch->slots, scratch->slots_capacity, sizeof *scratch->slots);
	}
	if (scratch->jobs_capacity < site->jobs.count) {
		scratch->jobs_capacity = site->jobs.count;
		scratch->jobs = carved_realloc_array(scratch->jobs, scratch->jobs_capacity, sizeof *scratch->jobs);
	}
}

static void finish_pair(const struct preparation *p, uint32_t site)
{
	struct carved_pair_scratch *scratch = p->scratch;
	scratch->pair = (struct carved_pair){
		.candidate = p->profile->index,
		.site = site,
		.minutes = p->minutes,
		.slot_count = (uint16_t)p->slot_count,
		.job_count = (uint16_t)p->job_count,
		.unknown_count = (uint16_t)scratch->unknown.count,
		.aid_count = (uint16_t)scratch->aids.count,
		.supervisor_count = (uint16_t)scratch->supervisors.count,
		.slots = scratch->slots,
		.jobs = scratch->jobs,
		.unknown = scratch->unknown.items,
		.aids = scratch->aids.items,
	};
}

const struct carved_pair *carved_profile_expand(
	const struct carved_profile *profile, uint32_t site, struct carved_pair_scratch *scratch)
{
	const struct carved_instance_site *s = &profile->instance->sites[site];
	struct preparation p = {.profile = profile, .instance = profile->instance, .scratch = scratch};
	if (!carved_profile_is_in_reach(profile, site, &p.minutes))
		return NULL;
	carved_pair_scratch_reserve(scratch, s);
	scratch->unknown.count = scratch->aids.count = scratch->supervisors.count = 0;
	for (uint32_t j = 0; j < s->jobs.count; j++)
		add_job(&p, s->jobs.first + j);
	if (!p.slot_count || (!p.whole && p.reachable_q < profile->candidate->min_q))
		return NULL;
	finish_pair(&p, site);
	return &scratch->pair;
}

static void *copy_array(struct carved_arena *arena, const void *from, size_t count, size_t size)
{
	void *to = carved_arena_alloc_array(arena, count, size);
	if (count)
		memcpy(to, from, count * size);
	return to;
}

bool carved_profile_prepare(
	struct carved_profile *profile, uint32_t site, struct carved_arena *arena, struct carved_pair *ret_pair)
{
	if (!profile->scratch)
		profile->scratch = carved_pair_scratch_new(profile->instance);
	const struct carved_pair *pair = carved_profile_expand(profile, site, profile->scratch);
	if (!pair)
		return false;
	*ret_pair = *pair;
	ret_pair->slots = copy_array(arena, pair->slots, pair->slot_count, sizeof *pair->slots);
	ret_pair->jobs = copy_array(arena, pair->jobs, pair->job_count, sizeof *pair->jobs);
	ret_pair->unknown = copy_array(arena, pair->unknown, pair->unknown_count, sizeof *pair->unknown);
	ret_pair->aids = copy_array(arena, pair->aids, pair->aid_count, sizeof *pair->aids);
	return true;
}
