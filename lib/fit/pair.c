// SPDX-License-Identifier: EUPL-1.2
// A candidate and a site prepared for pricing, and the count of options.
#include "profile.h"
#include <stdlib.h>
#include <string.h>

// A growing set of numbers with their local places.
struct local_set {
	uint32_t *items;
	uint32_t count, capacity;
};

static uint32_t local_of(struct local_set *set, uint32_t item)
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
	struct carved_profile *profile; // its scratch is used
	const struct carved_instance *instance;
	uint32_t minutes;
	struct local_set unknown, aids, supervisors;
	struct carved_slot_seen seen;
	struct carved_pair_job *jobs; // scratch, one per job of the site
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
	for (uint32_t i = 0; i < p->seen.unknown_count; i++) {
		uint32_t bit = local_of(&p->unknown, p->seen.unknown[i]);
		if (bit >= 64 * CARVED_UNKNOWN_WORDS)
			abort(); // documents with so many categories at one site are refused
		slot->unknown[bit / 64] |= (uint64_t)1 << bit % 64;
	}
	for (uint32_t i = 0; i < p->seen.aid_count; i++)
		slot->aids |= (uint64_t)1 << local_of(&p->aids, p->seen.aids[i]); // at most 64 aids per candidate
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
	p->seen.unknown_count = p->seen.aid_count = 0;
	if (!carved_profile_admits(p->profile, from, p->minutes, &p->seen, &slot.fit))
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
		slot.supervisor = (uint16_t)local_of(&p->supervisors, from->supervisor);
	set_bits(&slot, p);
	set_wishes_and_limits(&slot, p, from);
	p->profile->slots[p->slot_count++] = slot;
	return true;
}

// Drops the job's slots that no carved package can hold. Requires: the job is not filled whole.
static void drop_useless(struct preparation *p, uint32_t first)
{
	struct carved_pair_slot *slots = p->profile->slots;
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
		*(p->profile->slots[i].undone ? &undone : &counted) += p->profile->slots[i].max_q;
	uint32_t cap = job->carvable ? job->cap_q : 0;
	p->reachable_q += undone + (counted < cap ? counted : cap);
	p->whole = p->whole || whole;
	p->jobs[p->job_count++] = (struct carved_pair_job){
		.job = index, .cap_q = cap, .first = (uint16_t)first, .count = (uint16_t)(p->slot_count - first), .whole = whole};
}

static void reserve_scratch(struct carved_profile *profile, uint32_t count)
{
	if (profile->slots_capacity >= count)
		return;
	profile->slots_capacity = count;
	profile->slots = carved_realloc_array(profile->slots, count, sizeof *profile->slots);
}

static void *copy_array(struct carved_arena *arena, const void *from, size_t count, size_t size)
{
	void *to = carved_arena_alloc_array(arena, count, size);
	if (count)
		memcpy(to, from, count * size);
	return to;
}

static void finish_pair(const struct preparation *p, uint32_t site, struct carved_arena *arena, struct carved_pair *ret_pair)
{
	*ret_pair = (struct carved_pair){
		.candidate = p->profile->index,
		.site = site,
		.minutes = p->minutes,
		.slot_count = (uint16_t)p->slot_count,
		.job_count = (uint16_t)p->job_count,
		.unknown_count = (uint16_t)p->unknown.count,
		.aid_count = (uint16_t)p->aids.count,
		.supervisor_count = (uint16_t)p->supervisors.count,
		.slots = copy_array(arena, p->profile->slots, p->slot_count, sizeof *p->profile->slots),
		.jobs = copy_array(arena, p->jobs, p->job_count, sizeof *p->jobs),
		.unknown = copy_array(arena, p->unknown.items, p->unknown.count, sizeof *p->unknown.items),
		.aids = copy_array(arena, p->aids.items, p->aids.count, sizeof *p->aids.items),
	};
}

bool carved_profile_prepare(
	struct carved_profile *profile, uint32_t site, struct carved_arena *arena, struct carved_pair *ret_pair)
{
	const struct carved_instance *in = profile->instance;
	const struct carved_instance_site *s = &in->sites[site];
	struct preparation p = {.profile = profile, .instance = in};
	bool useful = false;
	if (!carved_profile_is_in_reach(profile, site, &p.minutes))
		return false;
	reserve_scratch(profile, s->slots.count);
	p.jobs = carved_alloc_array(s->jobs.count, sizeof *p.jobs);
	p.seen.unknown = carved_alloc_array(2 * (size_t)in->parents_count, sizeof *p.seen.unknown);
	p.seen.aids = carved_alloc_array(2 * (size_t)in->parents_count, sizeof *p.seen.aids);
	for (uint32_t j = 0; j < s->jobs.count; j++)
		add_job(&p, s->jobs.first + j);
	useful = p.slot_count && (p.whole || p.reachable_q >= profile->candidate->min_q);
	if (useful)
		finish_pair(&p, site, arena, ret_pair);
	free(p.jobs);
	free(p.seen.unknown);
	free(p.seen.aids);
	free(p.unknown.items);
	free(p.aids.items);
	free(p.supervisors.items);
	return useful;
}

// Hours of one job or vacancy that fit the person, as "options" counts them.
static uint64_t option_hours(const struct carved_profile *profile, uint32_t minutes, const struct carved_instance_job *job)
{
	const struct carved_instance *in = profile->instance;
	uint64_t counted = 0, undone = 0, opening = 0;
	bool whole = job->kind == CARVED_VACANCY;
	for (uint32_t t = job->slots.first; t < job->slots.first + job->slots.count; t++) {
		const struct carved_instance_slot *slot = &in->slots[t];
		uint16_t fit;
		if (!carved_profile_admits(profile, slot, minutes, NULL, &fit)) {
			whole = false;
			continue;
		}
		*(slot->undone && job->carvable ? &undone : &counted) += slot->hours_q;
		opening += slot->unit_q;
	}
	uint64_t carved = counted < job->cap_q ? counted : job->cap_q;
	return undone + (whole && opening > carved ? opening : carved);
}

uint32_t carved_profile_options(const struct carved_profile *profile)
{
	const struct carved_instance *in = profile->instance;
	uint32_t options = profile->candidate->options_elsewhere, minutes;
	for (uint32_t s = 0; s < in->sites_count; s++) {
		uint64_t hours = 0;
		if (!carved_profile_is_in_reach(profile, s, &minutes))
			continue;
		for (uint32_t j = in->sites[s].jobs.first; j < in->sites[s].jobs.first + in->sites[s].jobs.count; j++) {
			if (!in->jobs[j].blocked)
				hours += option_hours(profile, minutes, &in->jobs[j]);
		}
		options += hours >= profile->candidate->min_q;
	}
	return options;
}

int64_t carved_fit_place(const struct carved_instance *instance, uint32_t candidate, uint32_t options)
{
	const struct carved_weights *w = &instance->weights;
	int64_t priority = instance->candidates[candidate].priority;
	if ((int64_t)options <= w->few_options)
		priority += w->priority_few;
	else if ((int64_t)options <= w->some_options)
		priority += w->priority_some;
	return priority * w->place;
}
