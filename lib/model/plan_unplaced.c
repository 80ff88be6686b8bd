// SPDX-License-Identifier: EUPL-1.2
// The reason of a person without a package, in this order:
//
//   consent; travel or excluded, where no site is left; then the rule that stops the sites which come closest; and where some site would do in an empty region,
//   what the plan itself has used up: the coach's hours, places, a buddy's time, the slots' hours or what their jobs may give.
#include "plan_unplaced.h"
#include "plan_look.h"

static const enum carved_rule stage_rules[] = {
	[CARVED_LOOK_HOURS] = CARVED_RULE_HOURS,
	[CARVED_LOOK_MUST] = CARVED_RULE_MUST,
	[CARVED_LOOK_LOAD] = CARVED_RULE_LOAD,
	[CARVED_LOOK_JOBS] = CARVED_RULE_JOBS,
	[CARVED_LOOK_SUPERVISOR] = CARVED_RULE_SUPERVISOR,
	[CARVED_LOOK_SCHEDULE] = CARVED_RULE_SCHEDULE,
	[CARVED_LOOK_BUILD_UP] = CARVED_RULE_BUILD_UP,
};

struct search {
	const struct carved_region *region;
	struct carved_options *options;
	const struct carved_plan_room *room;
	const struct carved_candidate *candidate;
	size_t no_place, no_buddy;  // sites that would do but are full
	size_t no_supply, no_donor; // sites that would do but have given away what it takes
	bool open;                  // a site would do even now, as far as a look tells
	bool lost_donor;            // and a job there has given hours
};

static bool has_given(const struct search *s, size_t site)
{
	const struct carved_flat_span jobs = s->options->sites[site].jobs;
	for (uint32_t j = jobs.first; j < jobs.first + jobs.count; j++) {
		if (s->room->donor_q[j] < s->options->jobs[j].cap_q)
			return true;
	}
	return false;
}

static bool has_room(const struct search *s, size_t site)
{
	return s->room->places[site] >= 1 && s->room->supervision_q[site] >= s->candidate->buddy_q;
}

// What keeps the person out of a site with room that would do in an empty region.
static void look_at_rest(struct search *s, size_t site)
{
	const struct carved_look left = {.options = s->options, .slot_q = s->room->slot_q, .donor_q = s->room->donor_q};
	const struct carved_look uncapped = {.options = s->options, .slot_q = s->room->slot_q};
	if (carved_look_at_site(&left, site) == CARVED_LOOK_WOULD_DO) {
		s->open = true;
		s->lost_donor = has_given(s, site);
	} else if (carved_look_at_site(&uncapped, site) == CARVED_LOOK_WOULD_DO) {
		s->no_donor++;
	} else {
		s->no_supply++;
	}
}

// Rules `coach` and `reserve`: CARVED_RULE_COUNT where there are hours left for the person.
static enum carved_rule coach_stops(const struct search *s)
{
	size_t coach = carved_region_index(s->region, CARVED_KIND_COACH, s->candidate->coach);
	int need_q = s->candidate->coach_q;
	if (coach == SIZE_MAX || need_q > s->room->coach_q[coach])
		return CARVED_RULE_COACH;
	if (need_q <= s->room->median_q[coach] && need_q > s->room->easy_q[coach])
		return CARVED_RULE_RESERVE;
	return CARVED_RULE_COUNT;
}

// Requires: some site would do in an empty region, and the coach has hours.
static enum carved_rule binding(const struct search *s)
{
	if (s->open)
		return s->lost_donor ? CARVED_RULE_DONOR : CARVED_RULE_SUPPLY;
	if (s->no_donor || s->no_supply)
		return s->no_donor >= s->no_supply ? CARVED_RULE_DONOR : CARVED_RULE_SUPPLY;
	return s->no_place >= s->no_buddy ? CARVED_RULE_PLACES : CARVED_RULE_SUPERVISION;
}

// The slot rule that refuses most slots of the sites in reach; the first of those that refuse as many.
static enum carved_rule most_refusing(const struct carved_options *options, const struct carved_weights *weights)
{
	size_t refusals[CARVED_RULE_COUNT] = {0}, most = 0, displaced = 0;
	enum carved_rule rule = CARVED_RULE_DONOR; // nothing there may be carved
	struct carved_arena scratch = CARVED_ARENA_INIT;
	for (size_t site = 0; site < options->region->count[CARVED_KIND_SITE]; site++) {
		const struct carved_flat_site *flat = &options->sites[site];
		if (!carved_options_is_near(options, site) ||
			carved_rules_is_excluded(options->region, options->candidate, flat->site))
			continue;
		for (uint32_t j = flat->jobs.first; j < flat->jobs.first + flat->jobs.count; j++) {
			const struct carved_flat_job *job = &options->jobs[j];
			displaced += job->displaced;
			for (uint32_t t = 0; job->gives && t < job->slots.count; t++) {
				struct carved_slot_answer answer;
				carved_rules_slot(options->region, options->candidate, flat->site,
					options->slots[job->slots.first + t].slot, weights, &scratch, &answer);
				for (int r = 0; r < CARVED_RULE_COUNT; r++)
					refusals[r] += answer.refused[r];
			}
		}
	}
	carved_arena_deinit(&scratch);
	if (displaced)
		rule = CARVED_RULE_DISPLACEMENT;
	for (int r = 0; r < CARVED_RULE_COUNT; r++) {
		if (refusals[r] > most) {
			most = refusals[r];
			rule = (enum carved_rule)r;
		}
	}
	return rule;
}

enum carved_rule carved_plan_unplaced_anyhow(
	struct carved_options *options, const struct carved_weights *weights, size_t candidate, size_t *ret_site)
{
	const struct carved_region *region = options->region;
	const struct carved_candidate *person = carved_region_candidate(region, candidate);
	const struct carved_look empty = {.options = options};
	enum carved_look_stage best = CARVED_LOOK_SLOTS;
	size_t near = 0, excluded = 0;
	if (!carved_rules_may_be_matched(person, options->date))
		return CARVED_RULE_CONSENT;
	carved_options_take(options, person);
	for (size_t site = 0; site < region->count[CARVED_KIND_SITE]; site++) {
		if (!carved_options_is_near(options, site))
			continue;
		if (carved_rules_is_excluded(region, person, carved_region_site(region, site))) {
			excluded++;
			continue;
		}
		near++;
		enum carved_look_stage stage = carved_look_at_site(&empty, site);
		if (stage == CARVED_LOOK_WOULD_DO) {
			*ret_site = site;
			return CARVED_RULE_COUNT;
		}
		if (stage > best)
			best = stage;
	}
	if (near == 0)
		return excluded ? CARVED_RULE_EXCLUDED : CARVED_RULE_TRAVEL;
	return best == CARVED_LOOK_SLOTS ? most_refusing(options, weights) : stage_rules[best];
}

// Nobody has a package there.
static bool is_as_before(const struct search *s, size_t site)
{
	int places = carved_region_site(s->region, site)->places;
	return places > 0 && s->room->places[site] == places;
}

static bool would_do_empty(const struct search *s, size_t site)
{
	const struct carved_look empty = {.options = s->options};
	return carved_options_would_do(s->options, site) && carved_look_at_site(&empty, site) == CARVED_LOOK_WOULD_DO;
}

// From the first site that would do in an empty region. Full sites are looked at only where those with room don't settle it: late in a plan most are full.
static void look_around(struct search *s, size_t first)
{
	size_t sites = s->region->count[CARVED_KIND_SITE];
	for (size_t site = first; site < sites && !s->open; site++) {
		if (has_room(s, site) && would_do_empty(s, site))
			look_at_rest(s, site);
	}
	if (s->open || s->no_donor || s->no_supply)
		return;
	for (size_t site = first; site < sites; site++) {
		if (!has_room(s, site) && would_do_empty(s, site))
			*(s->room->places[site] < 1 ? &s->no_place : &s->no_buddy) += 1;
	}
}

enum carved_rule carved_plan_unplaced_by_plan(
	struct carved_options *options, const struct carved_plan_room *room, size_t candidate, size_t site)
{
	struct search s = {.region = options->region, .options = options, .room = room};
	s.candidate = carved_region_candidate(options->region, candidate);
	enum carved_rule coach = coach_stops(&s);
	if (coach != CARVED_RULE_COUNT)
		return coach;
	if (is_as_before(&s, site) && room->supervision_q[site] >= s.candidate->buddy_q)
		return CARVED_RULE_SUPPLY; // as look_at_rest would find, without a look
	carved_options_take(options, s.candidate);
	look_around(&s, site);
	return binding(&s);
}
