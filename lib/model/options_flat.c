// SPDX-License-Identifier: EUPL-1.2
// The part of options that depends on sites alone: texts get numbers, slots stand in a row, and what each asks of a person is a set of bits.
#include "options.h"
#include <stdlib.h>
#include <string.h>

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

static void list_homes(struct carved_options *o)
{
	bool *seen = carved_alloc_array((size_t)UINT16_MAX + 1, sizeof *seen); // per postcode
	for (size_t c = 0; c < o->region->count[CARVED_KIND_CANDIDATE]; c++) {
		uint16_t home = carved_region_candidate(o->region, c)->home;
		o->home_count += !seen[home];
		seen[home] = true;
	}
	o->homes = carved_arena_array(&o->arena, uint16_t, o->home_count);
	for (size_t home = 0, at = 0; at < o->home_count; home++) {
		if (seen[home])
			o->homes[at++] = (uint16_t)home;
	}
	free(seen);
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
		flat->gives = !flat->displaced && (flat->is_vacancy || job->has_carve);
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

// ---- what slots ask, as bits

static size_t level_key(bool is_exposure, struct carved_qualifier level)
{
	return ((is_exposure ? carved_icf_count() : 0) + level.icf) * (CARVED_FLAT_LEVELS) + level.value;
}

// Numbers the levels of a span that have none yet. `numbers`: per key, from 1.
static void list_levels(struct carved_options *o, struct carved_flat_span span, bool is_exposure, uint32_t *numbers)
{
	for (uint32_t i = span.first; i < span.first + span.count; i++) {
		uint32_t *number = &numbers[level_key(is_exposure, o->levels[i])];
		if (*number)
			continue;
		o->asked_levels[o->asked_level_count++] = (struct carved_flat_level){o->levels[i], is_exposure};
		*number = o->asked_level_count;
	}
}

static void add_need(const struct carved_flat_slot *slot, size_t number)
{
	slot->needs[number / 64] |= UINT64_C(1) << number % 64;
}

static void add_needs(struct carved_options *o, const struct carved_flat_slot *slot, const uint32_t *numbers)
{
	size_t skills = o->tags.count, levels = skills + o->skills.count - 1; // whose numbers begin at 1
	for (uint32_t i = 0; i < slot->tags.count; i++)
		add_need(slot, o->words[slot->tags.first + i]);
	for (uint32_t i = 0; i < slot->skills.count; i++)
		add_need(slot, skills + o->words[slot->skills.first + i]);
	for (uint32_t i = 0; i < slot->demands.count; i++)
		add_need(slot, levels + numbers[level_key(false, o->levels[slot->demands.first + i])]);
	for (uint32_t i = 0; i < slot->exposures.count; i++)
		add_need(slot, levels + numbers[level_key(true, o->levels[slot->exposures.first + i])]);
}

// What all slots of a site ask for: nobody who lacks it has a slot there.
static void list_common_needs(struct carved_options *o)
{
	size_t sites = o->region->count[CARVED_KIND_SITE];
	uint64_t *needs = carved_arena_array(&o->arena, uint64_t, sites * o->need_words);
	for (size_t s = 0; s < sites; s++) {
		const struct carved_flat_span *jobs = &o->sites[s].jobs;
		o->sites[s].needs = needs + s * o->need_words;
		for (size_t w = 0; w < o->need_words; w++) {
			o->sites[s].needs[w] = jobs->count ? UINT64_MAX : 0;
			for (uint32_t j = jobs->first; j < jobs->first + jobs->count; j++) {
				const struct carved_flat_span *slots = &o->jobs[j].slots;
				for (uint32_t t = slots->first; t < slots->first + slots->count; t++)
					o->sites[s].needs[w] &= o->slots[t].needs[w];
			}
		}
	}
}

static void list_needs(struct carved_options *o)
{
	uint32_t *numbers = carved_alloc_array(2 * carved_icf_count() * CARVED_FLAT_LEVELS, sizeof *numbers);
	o->asked_levels = carved_arena_array(&o->arena, struct carved_flat_level, o->level_count);
	for (uint32_t t = 0; t < o->slot_count; t++) {
		list_levels(o, o->slots[t].demands, false, numbers);
		list_levels(o, o->slots[t].exposures, true, numbers);
	}
	o->need_words = (o->tags.count + o->skills.count + o->asked_level_count + 63) / 64;
	uint64_t *needs = carved_arena_array(&o->arena, uint64_t, o->slot_count * o->need_words);
	for (uint32_t t = 0; t < o->slot_count; t++) {
		o->slots[t].needs = needs + t * o->need_words;
		add_needs(o, &o->slots[t], numbers);
	}
	list_common_needs(o);
	free(numbers);
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
	o->minutes = carved_arena_array(&o->arena, uint16_t *, o->home_count * CARVED_MODES);
	o->near = carved_arena_array(&o->arena, bool, o->region->count[CARVED_KIND_SITE]);
	o->lacks = carved_arena_array(&o->arena, uint64_t, o->need_words);
	o->lost = carved_arena_array(&o->arena, uint64_t, o->need_words);
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
	for (size_t s = 0; s < site_count; s++)
		flatten_site(o, s, &slots[s]);
	number_places(o);
	list_homes(o);
	list_asked(o);
	list_needs(o);
	reserve_person(o);
	return o;
}

struct carved_options *carved_options_share(const struct carved_options *options)
{
	struct carved_options *o = carved_alloc_array(1, sizeof *o);
	*o = *options;
	o->arena = (struct carved_arena)CARVED_ARENA_INIT; // the other's stays its own
	o->candidate = o->counted_for = NULL;
	reserve_person(o);
	for (size_t i = 0; i < o->home_count * CARVED_MODES; i++)
		o->minutes[i] = options->minutes[i]; // what is known is only read from now on
	return o;
}

void carved_options_free(struct carved_options *options)
{
	if (!options)
		return;
	carved_arena_deinit(&options->arena);
	free(options);
}
