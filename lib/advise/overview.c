// SPDX-License-Identifier: EUPL-1.2
#include "carved/advise/overview.h"
#include "carved/model/rules.h"
#include "overviewing.h"
#include <stdlib.h>
#include <string.h>

// ---- who is placed

static int compare_placed(const void *left, const void *right)
{
	const struct carved_overview_placed *a = left, *b = right;
	int order = strcmp(a->package->site, b->package->site);
	return order ? order : strcmp(a->package->candidate, b->package->candidate);
}

static void add_placed(struct carved_overview *o, const struct carved_record_package *package)
{
	const struct carved_document *candidate = carved_region_find(o->region, CARVED_KIND_CANDIDATE, package->candidate);
	const struct carved_document *site = carved_region_find(o->region, CARVED_KIND_SITE, package->site);
	struct carved_overview_placed *placed = &o->placed[o->placed_count++];
	if (!candidate || !site)
		abort(); // a contract: the region is the plan's
	*placed = (struct carved_overview_placed){.package = package,
		.candidate = &candidate->candidate,
		.site = &site->site,
		.minutes = carved_rules_minutes(&candidate->candidate, &site->site)};
	o->hours_q += package->hours_q;
	if (candidate->candidate.target_group) {
		o->target_people++;
		o->target_hours_q += package->hours_q;
	}
}

// ---- who is not, and why

static struct carved_overview_reason *find_reason(struct carved_overview *o, const char *reason)
{
	for (size_t i = 0; i < o->reason_count; i++) {
		if (strcmp(o->reasons[i].reason, reason) == 0)
			return &o->reasons[i];
	}
	return NULL;
}

static int compare_reasons(const void *left, const void *right)
{
	const struct carved_overview_reason *a = left, *b = right;
	return a->count != b->count ? (a->count < b->count) - (a->count > b->count) : strcmp(a->reason, b->reason);
}

// Counted first, then filled in: people of a record are sorted, so the refs are too. Reasons are rules, of which there are few.
static void add_reasons(struct carved_overview *o)
{
	const struct carved_record *record = o->record;
	o->reasons = carved_arena_array(&o->arena, struct carved_overview_reason, record->person_count);
	for (size_t p = 0; p < record->person_count; p++) {
		const char *why = record->people[p].reason;
		struct carved_overview_reason *reason = why ? find_reason(o, why) : NULL;
		if (why && !reason) {
			reason = &o->reasons[o->reason_count++];
			reason->reason = why;
		}
		if (reason)
			reason->count++;
	}
	if (o->reason_count > 0)
		qsort(o->reasons, o->reason_count, sizeof *o->reasons, compare_reasons);
	for (size_t i = 0; i < o->reason_count; i++) {
		o->reasons[i].candidates = carved_arena_array(&o->arena, const char *, o->reasons[i].count);
		o->reasons[i].count = 0;
	}
	for (size_t p = 0; p < record->person_count; p++) {
		struct carved_overview_reason *reason =
			record->people[p].reason ? find_reason(o, record->people[p].reason) : NULL;
		if (reason)
			reason->candidates[reason->count++] = record->people[p].candidate;
	}
}

// ---- who travels

static int compare_ends(const void *left, const void *right)
{
	const struct carved_overview_journey *a = left, *b = right;
	return a->from != b->from ? (a->from > b->from) - (a->from < b->from) : (a->to > b->to) - (a->to < b->to);
}

static int compare_journeys(const void *left, const void *right)
{
	const struct carved_overview_journey *a = left, *b = right;
	return a->people != b->people ? (a->people < b->people) - (a->people > b->people) : compare_ends(a, b);
}

static void add_journeys(struct carved_overview *o)
{
	struct carved_overview_journey *all = carved_arena_array(&o->arena, struct carved_overview_journey, o->placed_count);
	for (size_t p = 0; p < o->placed_count; p++)
		all[p] = (struct carved_overview_journey){.from = o->placed[p].candidate->home,
			.to = o->placed[p].site->place,
			.people = 1,
			.minutes = o->placed[p].minutes};
	if (o->placed_count > 0)
		qsort(all, o->placed_count, sizeof *all, compare_ends);
	o->journeys = all;
	for (size_t p = 0; p < o->placed_count; p++) {
		struct carved_overview_journey *last = o->journey_count > 0 ? &all[o->journey_count - 1] : NULL;
		if (last && compare_ends(last, &all[p]) == 0) {
			last->people++;
			last->minutes = last->minutes > all[p].minutes ? last->minutes : all[p].minutes;
		} else {
			all[o->journey_count++] = all[p];
		}
	}
	if (o->journey_count > 0)
		qsort(all, o->journey_count, sizeof *all, compare_journeys);
}

// ---- who guides

static void add_coaches(struct carved_overview *o)
{
	o->coach_count = o->region->count[CARVED_KIND_COACH];
	o->coaches = carved_arena_array(&o->arena, struct carved_overview_coach, o->coach_count);
	for (size_t k = 0; k < o->coach_count; k++)
		o->coaches[k].coach = carved_region_coach(o->region, k);
	for (size_t p = 0; p < o->placed_count; p++) {
		const struct carved_overview_placed *placed = &o->placed[p];
		size_t coach = carved_region_index(o->region, CARVED_KIND_COACH, placed->candidate->coach);
		if (coach == SIZE_MAX)
			continue;
		o->coaches[coach].people++;
		o->coaches[coach].used_q += placed->package->coach_q < 0 ? placed->candidate->coach_q : placed->package->coach_q;
	}
}

void carved_overview_make(
	const struct carved_record *record, const struct carved_region *region, struct carved_overview *ret_overview)
{
	struct carved_overview *o = ret_overview;
	*o = (struct carved_overview){.record = record, .region = region};
	o->placed = carved_arena_array(&o->arena, struct carved_overview_placed, record->person_count);
	for (size_t p = 0; p < record->person_count; p++) {
		if (record->people[p].package)
			add_placed(o, record->people[p].package);
	}
	if (o->placed_count > 0)
		qsort(o->placed, o->placed_count, sizeof *o->placed, compare_placed);
	add_reasons(o);
	carved_overview_add_sites(o);
	add_journeys(o);
	add_coaches(o);
}

void carved_overview_deinit(struct carved_overview *overview)
{
	carved_arena_deinit(&overview->arena);
	*overview = (struct carved_overview){0};
}
