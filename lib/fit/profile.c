// SPDX-License-Identifier: EUPL-1.2
// Capacities and the fit of one slot: DESIGN section 3, "A slot is fit for a candidate" and "fit of a slot", on integers.
#include "profile.h"
#include <stdlib.h>
#include <string.h>

enum { NOT_STATED = 255, COMPLETE = 4 };

// Resolves one table of qualifiers for every category in use. A category takes what is stated for it or its nearest broader category; a stated 8 ends the search
// as unknown. Where nothing is stated upwards, the highest qualifier stated below it can refuse and leaves the category unknown otherwise.
static void resolve(
	const struct carved_instance *in, struct carved_range stated, bool unknown_when_silent, struct carved_resolved *table)
{
	uint8_t *found = carved_alloc_array(in->parents_count, 1); // qualifier that counts from above, or NOT_STATED
	uint8_t *below = carved_alloc_array(in->parents_count, 1); // highest stated below, or NOT_STATED
	memset(found, NOT_STATED, in->parents_count);
	memset(below, NOT_STATED, in->parents_count);
	for (uint32_t i = 0; i < stated.count; i++) {
		const struct carved_level *entry = &in->levels[stated.first + i];
		found[entry->category] = (uint8_t)entry->level;
		if (entry->level == CARVED_NOT_ASSESSED)
			continue;
		for (uint32_t up = in->parents[entry->category]; up != CARVED_NONE; up = in->parents[up]) {
			if (below[up] == NOT_STATED || below[up] < entry->level)
				below[up] = (uint8_t)entry->level;
		}
	}
	for (uint32_t c = 0; c < in->parents_count; c++) { // parents come before their children
		if (found[c] == NOT_STATED && in->parents[c] != CARVED_NONE)
			found[c] = found[in->parents[c]];
		if (found[c] == CARVED_NOT_ASSESSED)
			table[c] = (struct carved_resolved){.unknown = true};
		else if (found[c] != NOT_STATED)
			table[c] = (struct carved_resolved){.limitation = found[c]};
		else if (below[c] != NOT_STATED)
			table[c] = (struct carved_resolved){.limitation = below[c], .unknown = true};
		else
			table[c] = (struct carved_resolved){.unknown = unknown_when_silent};
	}
	free(found);
	free(below);
}

// Whether the aid makes `asked` possible somewhere.
static bool aid_helps(const struct carved_profile *profile, const struct carved_aid *aid, const struct carved_level *asked)
{
	return asked->level <= COMPLETE - aid->limitation &&
	       carved_instance_is_below(profile->instance, asked->category, aid->category);
}

// Whether the ask is more than the person can at any site.
static bool refuses(const struct carved_profile *profile, const struct carved_ask *ask)
{
	const struct carved_resolved *table = ask->exposure ? profile->barriers : profile->limitations;
	const struct carved_range aids = profile->candidate->aids;
	if (COMPLETE - table[ask->asked.category].limitation >= (int32_t)ask->asked.level)
		return false;
	for (uint32_t i = 0; i < aids.count; i++) {
		if (aid_helps(profile, &profile->instance->aids[aids.first + i], &ask->asked))
			return false;
	}
	return true;
}

static struct carved_profile *make(const struct carved_instance *instance, const struct carved_asks *asks, uint32_t candidate)
{
	const size_t words = asks ? asks->words : 0, categories = instance->parents_count;
	struct carved_profile *profile = carved_alloc_array(
		1, sizeof *profile + words * sizeof *profile->refused + 2 * categories * sizeof(struct carved_resolved));
	profile->instance = instance;
	profile->asks = asks;
	profile->candidate = &instance->candidates[candidate];
	profile->index = candidate;
	profile->wishes = carved_asks_signature(instance, profile->candidate->like) |
			  carved_asks_signature(instance, profile->candidate->avoid);
	profile->never = carved_asks_signature(instance, profile->candidate->never);
	profile->limitations = (struct carved_resolved *)(void *)(profile->refused + words);
	profile->barriers = profile->limitations + categories;
	resolve(instance, profile->candidate->limitations, true, profile->limitations);
	resolve(instance, profile->candidate->barriers, false, profile->barriers);
	for (uint32_t i = 0; asks && i < asks->count; i++)
		profile->refused[i / 64] |= (uint64_t)refuses(profile, &asks->list[i]) << i % 64;
	return profile;
}

struct carved_profile *carved_profile_new(const struct carved_instance *instance, uint32_t candidate)
{
	return make(instance, NULL, candidate);
}

struct carved_profile *carved_profile_new_from(const struct carved_asks *asks, uint32_t candidate)
{
	return make(asks->instance, asks, candidate);
}

void carved_profile_free(struct carved_profile *profile)
{
	if (!profile)
		return;
	carved_pair_scratch_free(profile->scratch);
	free(profile);
}

bool carved_profile_is_in_reach(const struct carved_profile *profile, uint32_t site, uint32_t *ret_minutes)
{
	uint32_t minutes = carved_instance_minutes(profile->instance, profile->index, site);
	if (minutes > profile->candidate->max_minutes ||
		carved_instance_has_word(profile->instance, profile->candidate->excluded, site))
		return false;
	if (ret_minutes)
		*ret_minutes = minutes;
	return true;
}

// The aid that makes `asked` possible at this site: of those that suffice the lowest limitation, then the first in the document. NULL: none.
static const struct carved_aid *find_aid(const struct carved_profile *profile, uint32_t site, const struct carved_level *asked)
{
	const struct carved_instance *in = profile->instance;
	const struct carved_aid *best = NULL;
	for (uint32_t i = 0; i < profile->candidate->aids.count; i++) {
		const struct carved_aid *aid = &in->aids[profile->candidate->aids.first + i];
		if (!aid_helps(profile, aid, asked))
			continue;
		if (aid->needs_facility && !carved_instance_has_word(in, in->sites[site].facilities, aid->by))
			continue;
		if (!best || aid->limitation < best->limitation)
			best = aid;
	}
	return best;
}

// Adds the comfort of each level asked to *sum. Returns false where one is more than the person can, aids included, and nobody agreed to it.
static bool add_comfort(
	const struct carved_profile *profile, uint32_t slot, bool exposures, struct carved_slot_seen *seen, int32_t *sum)
{
	const struct carved_weights *w = &profile->instance->weights;
	const struct carved_instance_slot *of = &profile->instance->slots[slot];
	const struct carved_range asked = exposures ? of->exposures : of->demands;
	const struct carved_resolved *table = exposures ? profile->barriers : profile->limitations;
	for (uint32_t i = 0; i < asked.count; i++) {
		const struct carved_level *level = &profile->instance->levels[asked.first + i];
		struct carved_resolved can = table[level->category];
		int32_t margin = COMPLETE - can.limitation - (int32_t)level->level;
		if (margin < 0) {
			const struct carved_aid *aid = find_aid(profile, of->site, level);
			if (!aid && carved_instance_overrules(profile->instance, profile->candidate, slot,
					    exposures ? CARVED_OVERRULE_ENVIRONMENT : CARVED_OVERRULE_CAPACITY, level->category))
				continue; // no comfort
			if (!aid)
				return false;
			margin = COMPLETE - (int32_t)aid->limitation - (int32_t)level->level;
			if (seen)
				seen->aids[seen->aid_count++] = aid->by;
		} else if (can.unknown) {
			*sum += w->comfort_unknown;
			if (seen)
				seen->unknown[seen->unknown_count++] = level->category;
			continue;
		}
		*sum += margin == 0 ? w->comfort_margin_0 : margin == 1 ? w->comfort_margin_1 : w->comfort_margin_2;
	}
	return true;
}

static int32_t wish_part(const struct carved_profile *profile, const struct carved_instance_slot *slot)
{
	const struct carved_weights *w = &profile->instance->weights;
	bool liked = carved_instance_words_meet(profile->instance, slot->tags, profile->candidate->like);
	bool avoided = carved_instance_words_meet(profile->instance, slot->tags, profile->candidate->avoid);
	return liked == avoided ? w->wish_neutral : liked ? w->wish_liked : w->wish_avoided;
}

static int32_t challenge_part(const struct carved_profile *profile, const struct carved_instance_slot *slot)
{
	const struct carved_weights *w = &profile->instance->weights;
	const struct carved_instance_candidate *c = profile->candidate;
	if (!c->level || !slot->level || c->challenge == CARVED_CHALLENGE_NOT_STATED)
		return w->challenge_not_stated;
	const int32_t grow[] = {w->grow_minus_2, w->grow_minus_1, w->grow_0, w->grow_plus_1, w->grow_plus_2};
	const int32_t steady[] = {w->steady_minus_2, w->steady_minus_1, w->steady_0, w->steady_plus_1, w->steady_plus_2};
	int32_t difference = (int32_t)slot->level - (int32_t)c->level;
	difference = difference < -2 ? -2 : difference > 2 ? 2 : difference;
	return (c->challenge == CARVED_GROW ? grow : steady)[difference + 2];
}

static int32_t setting_part(const struct carved_profile *profile, const struct carved_instance_slot *slot)
{
	const struct carved_weights *w = &profile->instance->weights;
	if (!profile->candidate->company || !slot->company)
		return w->setting_not_stated;
	int steps = abs((int)slot->company - (int)profile->candidate->company);
	return steps == 0 ? w->setting_same : steps == 1 ? w->setting_one_off : w->setting_two_off;
}

// What can be said without a look at the lists of the slot: it is refused for what it asks. ret_tags: its tags' signature.
static bool asks_too_much(const struct carved_profile *profile, uint32_t slot, uint64_t *ret_tags)
{
	const struct carved_asks *asks = profile->asks;
	const uint64_t *set = asks->of_slot + (size_t)slot * asks->words;
	for (uint32_t i = 0; i < asks->words; i++) {
		if (set[i] & profile->refused[i])
			return true;
	}
	*ret_tags = asks->tags[slot];
	return false;
}

static bool has_overrule(const struct carved_profile *profile, uint32_t slot)
{
	const struct carved_range range = profile->candidate->overrules;
	for (uint32_t i = 0; i < range.count; i++) {
		if (profile->instance->overrules[range.first + i].slot == slot)
			return true;
	}
	return false;
}

bool carved_profile_admits(
	const struct carved_profile *profile, uint32_t index, uint32_t minutes, struct carved_slot_seen *seen, uint16_t *ret_fit)
{
	const struct carved_instance *in = profile->instance;
	const struct carved_weights *w = &in->weights;
	const struct carved_instance_candidate *c = profile->candidate;
	const struct carved_instance_slot *slot = &in->slots[index];
	const bool quick = profile->asks && !(c->overrules.count && has_overrule(profile, index));
	uint64_t tags = UINT64_MAX;
	if (!(slot->parts & c->parts) || (quick && asks_too_much(profile, index, &tags)) ||
		((tags & profile->never) && carved_instance_words_meet(in, slot->tags, c->never) &&
			!carved_instance_overrules(in, c, index, CARVED_OVERRULE_NEVER, CARVED_NONE)))
		return false;
	for (uint32_t i = 0; i < slot->skills.count; i++) {
		if (!carved_instance_has_word(in, c->skills, in->words[slot->skills.first + i]) &&
			!carved_instance_overrules(in, c, index, CARVED_OVERRULE_REQUIREMENT, CARVED_NONE))
			return false;
	}
	int32_t comfort = 0, asked = (int32_t)(slot->demands.count + slot->exposures.count);
	if (!add_comfort(profile, index, false, seen, &comfort) || !add_comfort(profile, index, true, seen, &comfort))
		return false;
	comfort = asked ? comfort / asked : w->comfort_none;
	int32_t travel = (int32_t)(1000 * (c->max_minutes - minutes) / c->max_minutes);
	int32_t wish = tags & profile->wishes ? wish_part(profile, slot) : w->wish_neutral;
	*ret_fit = (uint16_t)((w->fit_comfort * comfort + w->fit_wish * wish + w->fit_challenge * challenge_part(profile, slot) +
				      w->fit_setting * setting_part(profile, slot) + w->fit_travel * travel) /
			      100);
	return true;
}

bool carved_profile_slot(const struct carved_profile *profile, uint32_t slot, uint32_t minutes, uint16_t *ret_fit)
{
	return carved_profile_admits(profile, slot, minutes, NULL, ret_fit);
}
