// SPDX-License-Identifier: EUPL-1.2
#include "brute_slot.h"
#include <stdlib.h>

static int stated(const struct carved_instance *in, struct carved_range list, uint32_t category)
{
	for (uint32_t i = 0; i < list.count; i++) {
		if (in->levels[list.first + i].category == category)
			return (int)in->levels[list.first + i].level;
	}
	return -1;
}

// The limitation (or barrier) of a category: itself, else the nearest broader one. -1: unknown. ret_below: the highest stated below it, -1 none;
// ret_stated: something was stated on the way up, be it 8.
static int limitation(
	const struct carved_instance *in, struct carved_range list, uint32_t category, int *ret_below, bool *ret_stated)
{
	*ret_below = -1;
	*ret_stated = false;
	for (uint32_t c = category; c != CARVED_NONE; c = in->parents[c]) {
		int level = stated(in, list, c);
		*ret_stated = level >= 0;
		if (level >= 0)
			return level == CARVED_NOT_ASSESSED ? -1 : level;
	}
	for (uint32_t i = 0; i < list.count; i++) {
		const struct carved_level *l = &in->levels[list.first + i];
		bool below = false;
		for (uint32_t c = in->parents[l->category]; c != CARVED_NONE; c = in->parents[c])
			below = below || c == category;
		if (below && l->level != CARVED_NOT_ASSESSED && (int)l->level > *ret_below)
			*ret_below = (int)l->level;
	}
	return -1;
}

bool brute_has(const struct carved_instance *in, struct carved_range words, uint32_t word)
{
	for (uint32_t i = 0; i < words.count; i++) {
		if (in->words[words.first + i] == word)
			return true;
	}
	return false;
}

bool brute_any_of(const struct carved_instance *in, struct carved_range words, struct carved_range of)
{
	for (uint32_t i = 0; i < words.count; i++) {
		if (brute_has(in, of, in->words[words.first + i]))
			return true;
	}
	return false;
}

// The best aid for a category, -1 none.
static int best_aid(const struct carved_instance *in, const struct carved_instance_candidate *c,
	const struct carved_instance_site *s, const struct carved_level *asked)
{
	int best = -1;
	for (uint32_t i = 0; i < c->aids.count; i++) {
		const struct carved_aid *aid = &in->aids[c->aids.first + i];
		bool covers = false;
		for (uint32_t k = asked->category; k != CARVED_NONE; k = in->parents[k])
			covers = covers || k == aid->category;
		if (!covers || asked->level > 4 - aid->limitation ||
			(aid->needs_facility && !brute_has(in, s->facilities, aid->by)))
			continue;
		if (best < 0 || aid->limitation < in->aids[c->aids.first + (uint32_t)best].limitation)
			best = (int)i;
	}
	return best;
}

static int64_t comfort_of_margin(const struct carved_weights *w, int margin)
{
	return margin >= 2 ? w->comfort_margin_2 : margin == 1 ? w->comfort_margin_1 : w->comfort_margin_0;
}

static bool overruled(const struct carved_instance *in, const struct carved_instance_candidate *c,
	const struct carved_instance_slot *t, uint32_t rule, uint32_t category)
{
	for (uint32_t i = 0; i < c->overrules.count; i++) {
		const struct carved_overrule *o = &in->overrules[c->overrules.first + i];
		bool covers = category == CARVED_NONE;
		for (uint32_t k = category; k != CARVED_NONE; k = in->parents[k])
			covers = covers || k == o->category;
		if (covers && o->rule == rule && &in->slots[o->slot] == t)
			return true;
	}
	return false;
}

// Adds the comfort of a list of demands (or exposures).
static uint32_t look_at(const struct carved_instance *in, const struct carved_instance_candidate *c,
	const struct carved_instance_site *s, const struct carved_instance_slot *t, bool exposures, struct brute_seen *seen,
	int64_t *comfort)
{
	const struct carved_range asked = exposures ? t->exposures : t->demands;
	for (uint32_t i = 0; i < asked.count; i++) {
		const struct carved_level *a = &in->levels[asked.first + i];
		int below, found;
		bool was_stated;
		found = limitation(in, exposures ? c->barriers : c->limitations, a->category, &below, &was_stated);
		int refuses = found >= 0 ? found : below;
		if (refuses >= 0 && (int)a->level > 4 - refuses) {
			int aid = best_aid(in, c, s, a);
			if (aid < 0 && overruled(in, c, t, exposures ? CARVED_OVERRULE_ENVIRONMENT : CARVED_OVERRULE_CAPACITY,
					       a->category))
				continue;
			int aided = aid >= 0 ? (int)in->aids[c->aids.first + (uint32_t)aid].limitation : 4 - (int)a->level;
			if (aid >= 0)
				seen->aids |= (uint64_t)1 << in->aids[c->aids.first + (uint32_t)aid].by;
			else
				seen->broken |= exposures ? BRUTE_BIT(environment) : BRUTE_BIT(capacity);
			*comfort += comfort_of_margin(&in->weights, 4 - aided - (int)a->level);
		} else if (found >= 0) {
			*comfort += comfort_of_margin(&in->weights, 4 - found - (int)a->level);
		} else if (exposures && !was_stated && below < 0) {
			*comfort += comfort_of_margin(&in->weights, 4 - (int)a->level);
		} else {
			seen->unknown |= (uint64_t)1 << a->category;
			*comfort += in->weights.comfort_unknown;
		}
	}
	return asked.count;
}

static int64_t challenge(
	const struct carved_weights *w, const struct carved_instance_candidate *c, const struct carved_instance_slot *t)
{
	if (!c->level || !t->level || c->challenge == CARVED_CHALLENGE_NOT_STATED)
		return w->challenge_not_stated;
	int d = (int)t->level - (int)c->level;
	const int32_t grow[] = {w->grow_minus_2, w->grow_minus_1, w->grow_0, w->grow_plus_1, w->grow_plus_2};
	const int32_t steady[] = {w->steady_minus_2, w->steady_minus_1, w->steady_0, w->steady_plus_1, w->steady_plus_2};
	d = d < -2 ? -2 : d > 2 ? 2 : d;
	return c->challenge == CARVED_GROW ? grow[d + 2] : steady[d + 2];
}

static int64_t setting(
	const struct carved_weights *w, const struct carved_instance_candidate *c, const struct carved_instance_slot *t)
{
	if (!c->company || !t->company)
		return w->setting_not_stated;
	int apart = abs((int)c->company - (int)t->company);
	return apart == 0 ? w->setting_same : apart == 1 ? w->setting_one_off : w->setting_two_off;
}

uint32_t brute_minutes(
	const struct carved_instance *in, const struct carved_instance_candidate *c, const struct carved_instance_site *s)
{
	for (uint32_t i = 0; i < c->minutes.count; i++) {
		if (in->minutes[c->minutes.first + i].place == s->place)
			return in->minutes[c->minutes.first + i].minutes;
	}
	return in->travel[(c->mode * in->home_count + c->home) * in->place_count + s->place];
}

struct brute_seen brute_see(
	const struct carved_instance *in, const struct carved_instance_candidate *c, const struct carved_instance_slot *t)
{
	const struct carved_weights *w = &in->weights;
	const struct carved_instance_site *s = &in->sites[t->site];
	struct brute_seen seen = {0};
	int64_t comfort = 0, minutes = brute_minutes(in, c, s);
	uint32_t count = look_at(in, c, s, t, false, &seen, &comfort);
	count += look_at(in, c, s, t, true, &seen, &comfort);
	comfort = count ? comfort / count : w->comfort_none;
	const bool skills = !overruled(in, c, t, CARVED_OVERRULE_REQUIREMENT, CARVED_NONE);
	for (uint32_t i = 0; i < t->skills.count && skills; i++)
		seen.broken |= brute_has(in, c->skills, in->words[t->skills.first + i]) ? 0 : BRUTE_BIT(requirement);
	if (!overruled(in, c, t, CARVED_OVERRULE_NEVER, CARVED_NONE))
		seen.broken |= brute_any_of(in, t->tags, c->never) ? BRUTE_BIT(never) : 0;
	seen.broken |= t->parts & c->parts ? 0 : BRUTE_BIT(availability);
	bool liked = brute_any_of(in, t->tags, c->like), avoided = brute_any_of(in, t->tags, c->avoid);
	int64_t wish = liked == avoided ? w->wish_neutral : liked ? w->wish_liked : w->wish_avoided;
	int64_t travel = minutes <= c->max_minutes ? 1000 * (c->max_minutes - minutes) / c->max_minutes : 0;
	seen.fit = (w->fit_comfort * comfort + w->fit_wish * wish + w->fit_challenge * challenge(w, c, t) +
			   w->fit_setting * setting(w, c, t) + w->fit_travel * travel) /
		   100;
	return seen;
}

bool brute_counts_for_limit(
	const struct carved_instance *in, const struct carved_limit *limit, const struct carved_instance_slot *t)
{
	const struct carved_range lists[] = {t->demands, t->exposures};
	for (int k = 0; k < 2; k++) {
		for (uint32_t i = 0; i < lists[k].count; i++) {
			const struct carved_level *a = &in->levels[lists[k].first + i];
			for (uint32_t c = a->category; c != CARVED_NONE; c = in->parents[c]) {
				if (c == limit->category && a->level >= limit->level)
					return true;
			}
		}
	}
	return false;
}
