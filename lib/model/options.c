// SPDX-License-Identifier: EUPL-1.2
// "Options" of DESIGN section 3: in how many sites a person could work on the documents alone.
//
//   options(c) = number of sites s in reach and not excluded with  sum over jobs j of s, not displaced, of hours(c, j) >= min hours of c
//   hours(c, j) = undone hours that fit + max(min(other hours that fit, donor cap of j), a whole opening, where all of it fits)
//
// Method: what depends on sites alone is written flat once (levels, tags and certificates as numbers); what depends on the person alone becomes three small
// tables (capacity per category, refused tags, certificates). Then a slot is a few look-ups, the cheapest first, and a site is left as soon as it counts.
#include "options.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { COMPLETE = 4 };

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void number(struct carved_flat_texts *texts)
{
	size_t kept = 0;
	if (texts->count)
		qsort(texts->items, texts->count, sizeof *texts->items, compare_texts);
	for (size_t i = 0; i < texts->count; i++) {
		if (kept == 0 || strcmp(texts->items[i], texts->items[kept - 1]) != 0)
			texts->items[kept++] = texts->items[i];
	}
	texts->count = kept;
}

static uint32_t number_of(const struct carved_flat_texts *texts, const char *text)
{
	const char **at = bsearch(&text, texts->items, texts->count, sizeof *texts->items, compare_texts);
	if (!at)
		abort(); // every text was collected before
	return (uint32_t)(at - texts->items);
}

struct sizes {
	size_t jobs, slots, tags, skills, levels;
};

static struct sizes measure(const struct carved_region *region, const struct carved_slots *slots)
{
	struct sizes sizes = {0};
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++) {
		sizes.jobs += carved_region_site(region, s)->job_count;
		sizes.slots += slots[s].count;
		for (size_t t = 0; t < slots[s].count; t++) {
			const struct carved_slot *slot = &slots[s].items[t];
			sizes.tags += slot->tags.count;
			sizes.skills += slot->task->requires.count;
			sizes.levels += slot->demands.count + slot->exposures.count;
		}
	}
	return sizes;
}

static void collect(struct carved_options *o, const struct carved_slots *slots)
{
	for (size_t s = 0; s < o->region->count[CARVED_KIND_SITE]; s++) {
		for (size_t t = 0; t < slots[s].count; t++) {
			const struct carved_slot *slot = &slots[s].items[t];
			for (size_t i = 0; i < slot->tags.count; i++)
				o->tags.items[o->tags.count++] = slot->tags.items[i];
			for (size_t i = 0; i < slot->task->requires.count; i++)
			o->skills.items[o->skills.count++] = slot->task->requires.items[i];
		}
	}
	number(&o->tags);
	number(&o->skills);
}

static struct carved_flat_span flat_words(
	struct carved_options *o, const struct carved_flat_texts *numbers, const struct carved_texts *texts)
{
	struct carved_flat_span span = {.first = o->word_count, .count = (uint32_t)texts->count};
	for (size_t i = 0; i < texts->count; i++)
		o->words[o->word_count++] = number_of(numbers, texts->items[i]);
	return span;
}

static struct carved_flat_span flat_levels(struct carved_options *o, const struct carved_qualifiers *levels)
{
	struct carved_flat_span span = {.first = o->level_count, .count = (uint32_t)levels->count};
	for (size_t i = 0; i < levels->count; i++)
		o->levels[o->level_count++] = levels->items[i];
	return span;
}

static void flatten_slot(struct carved_options *o, const struct carved_slot *slot)
{
	o->slots[o->slot_count++] = (struct carved_flat_slot){
		.slot = slot,
		.parts = slot->parts,
		.hours_q = slot->hours_q,
		.unit_q = slot->unit_q,
		.free = slot->job->kind == CARVED_JOB && slot->job->has_carve && slot->task->undone,
		.tags = flat_words(o, &o->tags, &slot->tags),
		.skills = flat_words(o, &o->skills, &slot->task->requires),
		.demands = flat_levels(o, &slot->demands),
		.exposures = flat_levels(o, &slot->exposures),
	};
}

static uint32_t number_place(struct carved_options *o, const struct carved_site *site, uint32_t *numbers)
{
	uint32_t *number = &numbers[site->place];
	if (*number == 0) {
		o->places[o->place_count++] = site;
		*number = o->place_count;
	}
	return *number - 1;
}

static void number_places(struct carved_options *o)
{
	uint32_t *numbers = carved_alloc_array((size_t)UINT16_MAX + 1, sizeof *numbers); // per postcode, from 1
	for (size_t s = 0; s < o->region->count[CARVED_KIND_SITE]; s++)
		o->sites[s].place = number_place(o, o->sites[s].site, numbers);
	free(numbers);
}

static void flatten_site(struct carved_options *o, size_t index, const struct carved_slots *slots)
{
	const struct carved_site *site = carved_region_site(o->region, index);
	size_t next = 0;
	o->sites[index] =
		(struct carved_flat_site){.site = site, .jobs = {.first = o->job_count, .count = (uint32_t)site->job_count}};
	for (size_t j = 0; j < site->job_count; j++) {
		const struct carved_job *job = &site->jobs[j];
		struct carved_flat_job *flat = &o->jobs[o->job_count++];
		flat->slots.first = o->slot_count;
		for (; next < slots->count && slots->items[next].job_index == j; next++)
			flatten_slot(o, &slots->items[next]);
		flat->slots.count = o->slot_count - flat->slots.first;
		flat->cap_q = carved_job_cap_q(job);
		flat->is_vacancy = job->kind == CARVED_VACANCY;
		flat->displaced = carved_rules_displaces(site, job, o->date);
	}
}

static void list_asked(struct carved_options *o)
{
	size_t categories = carved_icf_count();
	bool *seen = carved_arena_array(&o->arena, bool, categories);
	o->asked = carved_arena_array(&o->arena, carved_icf, categories);
	for (uint32_t i = 0; i < o->level_count; i++) {
		if (!seen[o->levels[i].icf])
			o->asked[o->asked_count++] = o->levels[i].icf;
		seen[o->levels[i].icf] = true;
	}
}

static void reserve_tables(struct carved_options *o, const struct sizes *sizes)
{
	struct carved_arena *arena = &o->arena;
	o->sites = carved_arena_array(arena, struct carved_flat_site, o->region->count[CARVED_KIND_SITE]);
	o->places = carved_arena_array(arena, const struct carved_site *, o->region->count[CARVED_KIND_SITE]);
	o->jobs = carved_arena_array(arena, struct carved_flat_job, sizes->jobs);
	o->slots = carved_arena_array(arena, struct carved_flat_slot, sizes->slots);
	o->words = carved_arena_array(arena, uint32_t, sizes->tags + sizes->skills);
	o->levels = carved_arena_array(arena, struct carved_qualifier, sizes->levels);
	o->tags.items = carved_arena_array(arena, const char *, sizes->tags);
	o->skills.items = carved_arena_array(arena, const char *, sizes->skills);
}

static void reserve_person(struct carved_options *o)
{
	o->can_do = carved_arena_array(&o->arena, int8_t, carved_icf_count());
	o->can_bear = carved_arena_array(&o->arena, int8_t, carved_icf_count());
	o->refused_tags = carved_arena_array(&o->arena, bool, o->tags.count);
	o->skills_had = carved_arena_array(&o->arena, bool, o->skills.count);
	o->near = carved_arena_array(&o->arena, bool, o->region->count[CARVED_KIND_SITE]);
}

struct carved_options *carved_options_new(const struct carved_region *region, carved_date date)
{
	struct carved_options *o = carved_alloc_array(1, sizeof *o);
	size_t site_count = region->count[CARVED_KIND_SITE];
	o->region = region;
	o->date = date;
	struct carved_slots *slots = carved_arena_array(&o->arena, struct carved_slots, site_count);
	for (size_t s = 0; s < site_count; s++)
		slots[s] = carved_slots_make(carved_region_site(region, s), &o->arena);
	struct sizes sizes = measure(region, slots);
	reserve_tables(o, &sizes);
	collect(o, slots);
	reserve_person(o);
	for (size_t s = 0; s < site_count; s++)
		flatten_site(o, s, &slots[s]);
	number_places(o);
	list_asked(o);
	return o;
}

struct carved_options *carved_options_share(const struct carved_options *options)
{
	struct carved_options *o = carved_alloc_array(1, sizeof *o);
	*o = *options;
	o->arena = (struct carved_arena)CARVED_ARENA_INIT; // the other's stays its own
	reserve_person(o);
	return o;
}

void carved_options_free(struct carved_options *options)
{
	if (!options)
		return;
	carved_arena_deinit(&options->arena);
	free(options);
}

// Capacity in a category: the plain one, or that with an aid which needs no facility, whichever is more.
static int8_t capacity(const struct carved_candidate *candidate, const struct carved_qualifiers *stated, carved_icf icf)
{
	enum carved_capacity_basis basis;
	int least = carved_rules_limitation(stated, icf, CARVED_UNKNOWN, &basis);
	for (size_t i = 0; i < candidate->supported_count; i++) {
		const struct carved_supported *aid = &candidate->supported[i];
		if (aid->kind != CARVED_TECHNIQUE && aid->limitation < least && carved_icf_is_below(icf, aid->icf))
			least = aid->limitation;
	}
	return (int8_t)(COMPLETE - least);
}

void carved_options_take(struct carved_options *o, const struct carved_candidate *candidate)
{
	if (o->candidate == candidate)
		return;
	o->candidate = candidate;
	o->parts = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		o->parts |= (carved_parts_mask)(candidate->available_q[part] > 0) << part;
	for (uint32_t p = 0; p < o->place_count; p++)
		o->near[p] = carved_rules_minutes(candidate, o->places[p]) <= candidate->max_minutes;
	for (size_t i = 0; i < o->asked_count; i++) {
		carved_icf icf = o->asked[i];
		o->can_do[icf] = capacity(candidate, &candidate->limitations, icf);
		o->can_bear[icf] = capacity(candidate, &candidate->barriers, icf);
	}
	for (size_t i = 0; i < o->tags.count; i++) {
		o->refused_tags[i] = false;
		for (size_t w = 0; w < candidate->never.count; w++)
			o->refused_tags[i] =
				o->refused_tags[i] || carved_wish_matches(candidate->never.items[w], o->tags.items[i]);
	}
	for (size_t i = 0; i < o->skills.count; i++)
		o->skills_had[i] = carved_rules_has_certificate(o->region, &candidate->has, o->skills.items[i]);
}

bool carved_options_is_near(const struct carved_options *o, size_t site)
{
	return o->near[o->sites[site].place];
}

static bool is_overruled(const struct carved_options *o, const struct carved_site *site, const struct carved_flat_slot *slot,
	enum carved_override_rule rule, carved_icf icf)
{
	return o->candidate->override_count && carved_rules_find_override(o->candidate, site, slot->slot, rule, icf);
}

static bool can_all(const struct carved_options *o, const struct carved_site *site, const struct carved_flat_slot *slot,
	struct carved_flat_span span, const int8_t *can, enum carved_override_rule rule)
{
	for (const struct carved_qualifier *level = &o->levels[span.first], *end = level + span.count; level < end; level++) {
		if (level->value > can[level->icf] && !carved_rules_find_aid(o->candidate, site, level->icf, level->value) &&
			!is_overruled(o, site, slot, rule, level->icf))
			return false;
	}
	return true;
}

bool carved_options_fits(const struct carved_options *o, const struct carved_site *site, const struct carved_flat_slot *slot)
{
	if (!(slot->parts & o->parts))
		return false;
	for (uint32_t i = slot->tags.first; i < slot->tags.first + slot->tags.count; i++) {
		if (o->refused_tags[o->words[i]] && !is_overruled(o, site, slot, CARVED_OVERRULES_NEVER, CARVED_ICF_NONE))
			return false;
	}
	for (uint32_t i = slot->skills.first; i < slot->skills.first + slot->skills.count; i++) {
		if (!o->skills_had[o->words[i]] && !is_overruled(o, site, slot, CARVED_OVERRULES_REQUIREMENT, CARVED_ICF_NONE))
			return false;
	}
	return can_all(o, site, slot, slot->demands, o->can_do, CARVED_OVERRULES_CAPACITY) &&
	       can_all(o, site, slot, slot->exposures, o->can_bear, CARVED_OVERRULES_ENVIRONMENT);
}

static int hours_of_job(const struct carved_options *o, const struct carved_site *site, const struct carved_flat_job *job)
{
	int free_q = 0, carved_q = 0, opening_q = 0;
	bool whole = job->is_vacancy;
	for (uint32_t t = job->slots.first; t < job->slots.first + job->slots.count; t++) {
		const struct carved_flat_slot *slot = &o->slots[t];
		if (!carved_options_fits(o, site, slot)) {
			whole = false;
			continue;
		}
		*(slot->free ? &free_q : &carved_q) += slot->hours_q;
		opening_q += slot->unit_q;
	}
	int best_q = carved_q < job->cap_q ? carved_q : job->cap_q;
	if (whole && opening_q > best_q)
		best_q = opening_q;
	return free_q + best_q;
}

bool carved_options_would_do(const struct carved_options *o, size_t site)
{
	const struct carved_flat_site *flat = &o->sites[site];
	const struct carved_candidate *candidate = o->candidate;
	if (!carved_options_is_near(o, site) || carved_rules_is_excluded(o->region, candidate, flat->site))
		return false;
	int hours_q = 0;
	for (uint32_t j = flat->jobs.first; j < flat->jobs.first + flat->jobs.count && hours_q < candidate->min_q; j++) {
		if (!o->jobs[j].displaced)
			hours_q += hours_of_job(o, flat->site, &o->jobs[j]);
	}
	return hours_q >= candidate->min_q;
}

int carved_options_count(struct carved_options *options, const struct carved_candidate *candidate)
{
	return carved_options_count_up_to(options, candidate, INT_MAX);
}

int carved_options_count_up_to(struct carved_options *options, const struct carved_candidate *candidate, int most)
{
	if (options->counted_for == candidate && options->counted_to == most)
		return options->counted;
	options->counted = 0;
	options->counted_for = candidate;
	options->counted_to = most;
	carved_options_take(options, candidate);
	for (size_t s = 0; s < options->region->count[CARVED_KIND_SITE] && options->counted < most; s++)
		options->counted += carved_options_would_do(options, s);
	return options->counted;
}
