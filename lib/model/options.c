// SPDX-License-Identifier: EUPL-1.2
// "Options" of DESIGN section 3: in how many sites a person could work on the documents alone.
//
//   options(c) = number of sites s in reach and not excluded with  sum over jobs j of s, not displaced, of hours(c, j) >= min hours of c
//   hours(c, j) = undone hours that fit + max(min(other hours that fit, donor cap of j), a whole opening, where all of it fits)
//
// Method: what depends on sites alone is written flat once (levels, tags and certificates as numbers); what depends on the person alone becomes three small
// tables (capacity per category, refused tags, certificates), and a set of bits: what slots ask for and the person lacks. Then a slot is a few words of bits, and a
// site is left as soon as it counts.
#include "options.h"
#include "carved/data/postcode.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { COMPLETE = 4 };

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

static void add_lack(struct carved_options *o, size_t number, bool for_good)
{
	o->lacks[number / 64] |= UINT64_C(1) << number % 64;
	if (for_good)
		o->lost[number / 64] |= UINT64_C(1) << number % 64;
}

// Whether any aid of the person would do for the level, if a site had what it takes.
static bool has_aid(const struct carved_candidate *candidate, struct carved_qualifier level)
{
	for (size_t i = 0; i < candidate->supported_count; i++) {
		const struct carved_supported *aid = &candidate->supported[i];
		if (carved_icf_is_below(level.icf, aid->icf) && level.value <= COMPLETE - aid->limitation)
			return true;
	}
	return false;
}

// Requires: capacities, tags and certificates are taken up.
static void list_lacks(struct carved_options *o)
{
	bool is_overruled = o->candidate->override_count > 0; // somewhere
	size_t skills = o->tags.count, levels = skills + o->skills.count;
	memset(o->lacks, 0, o->need_words * sizeof *o->lacks);
	memset(o->lost, 0, o->need_words * sizeof *o->lost);
	for (size_t i = 0; i < o->tags.count; i++) {
		if (o->refused_tags[i])
			add_lack(o, i, !is_overruled);
	}
	for (size_t i = 0; i < o->skills.count; i++) {
		if (!o->skills_had[i])
			add_lack(o, skills + i, !is_overruled);
	}
	for (size_t i = 0; i < o->asked_level_count; i++) {
		const struct carved_flat_level *asked = &o->asked_levels[i];
		const int8_t *can = asked->is_exposure ? o->can_bear : o->can_do;
		if (asked->level.value > can[asked->level.icf])
			add_lack(o, levels + i, !is_overruled && !has_aid(o->candidate, asked->level));
	}
}

static int compare_postcodes(const void *a, const void *b)
{
	return *(const uint16_t *)a - *(const uint16_t *)b;
}

// To each place; most people live where somebody else does. NULL where the home is not one of the region's.
static const uint16_t *minutes_from(struct carved_options *o, uint16_t home, enum carved_mode mode)
{
	const uint16_t *at = o->home_count ? bsearch(&home, o->homes, o->home_count, sizeof *o->homes, compare_postcodes) : NULL;
	if (!at)
		return NULL;
	uint16_t **minutes = &o->minutes[(size_t)(at - o->homes) * CARVED_MODES + mode];
	if (!*minutes) {
		*minutes = carved_arena_array(&o->arena, uint16_t, o->place_count);
		for (uint32_t p = 0; p < o->place_count; p++)
			(*minutes)[p] = carved_postcode_minutes(home, o->places[p]->place, mode);
	}
	return *minutes;
}

static void list_near(struct carved_options *o)
{
	const struct carved_candidate *candidate = o->candidate;
	const uint16_t *minutes =
		candidate->minutes_count ? NULL : minutes_from(o, candidate->home, candidate->mode); // some have their own
	for (uint32_t p = 0; p < o->place_count; p++)
		o->near[p] = (minutes ? minutes[p] : carved_rules_minutes(candidate, o->places[p])) <= candidate->max_minutes;
}

void carved_options_take(struct carved_options *o, const struct carved_candidate *candidate)
{
	if (o->candidate == candidate)
		return;
	o->candidate = candidate;
	o->parts = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		o->parts |= (carved_parts_mask)(candidate->available_q[part] > 0) << part;
	list_near(o);
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
	list_lacks(o);
}

bool carved_options_is_near(const struct carved_options *o, size_t site)
{
	return o->near[o->sites[site].place];
}

bool carved_options_could_fit(const struct carved_options *o, size_t site)
{
	for (size_t w = 0; w < o->need_words; w++) {
		if (o->sites[site].needs[w] & o->lost[w])
			return false;
	}
	return true;
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

enum need { MET, LOST, AT_SITE };

// As far as the site does not matter: mostly it doesn't.
static enum need meets_needs(const struct carved_options *o, const struct carved_flat_slot *slot)
{
	uint64_t lacks = 0, lost = 0;
	for (size_t w = 0; w < o->need_words; w++) {
		lacks |= slot->needs[w] & o->lacks[w];
		lost |= slot->needs[w] & o->lost[w];
	}
	return !lacks ? MET : lost ? LOST : AT_SITE;
}

// What the person lacks has to be made good at this site, one by one.
static bool fits_here(const struct carved_options *o, const struct carved_site *site, const struct carved_flat_slot *slot)
{
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

bool carved_options_fits(const struct carved_options *o, const struct carved_site *site, const struct carved_flat_slot *slot)
{
	if (!(slot->parts & o->parts))
		return false;
	enum need need = meets_needs(o, slot);
	return need == MET || (need == AT_SITE && fits_here(o, site, slot));
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
	if (!carved_options_is_near(o, site) || !carved_options_could_fit(o, site) ||
		carved_rules_is_excluded(o->region, candidate, flat->site))
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
