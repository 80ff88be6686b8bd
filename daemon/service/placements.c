// SPDX-License-Identifier: EUPL-1.2
#include "placements.h"
#include "carved/model/rules.h"
#include <stdlib.h>

#define DAY_MS INT64_C(86400000)

struct reading {
	struct carved_past *past;
	struct carved_error *error;
	bool failed;
};

static bool read_one(void *context, const struct carved_store_proposal *proposal)
{
	struct reading *r = context;
	r->failed = !carved_past_read_proposal(r->past, proposal->id, proposal->json, proposal->json_length, r->error);
	return !r->failed;
}

bool carved_placements_read(
	struct carved_store *store, enum carved_store_proposal_state state, struct carved_past *past, struct carved_error *error)
{
	struct reading reading = {.past = past, .error = error};
	return carved_store_proposals_in(store, state, read_one, &reading, error) && !reading.failed;
}

static bool set_started(void *context, const struct carved_store_decision *decision)
{
	carved_past_set_started(context, decision->proposal, (carved_date)(decision->when / DAY_MS));
	return true;
}

bool carved_placements_read_standing(struct carved_store *store, struct carved_past **ret_past, struct carved_error *error)
{
	struct carved_past *past = carved_past_new("");
	bool good = carved_placements_read(store, CARVED_STORE_ACCEPTED, past, error) &&
		    carved_placements_read(store, CARVED_STORE_STARTED, past, error) &&
		    carved_store_starts(store, set_started, past, error);
	if (good)
		*ret_past = past;
	else
		carved_past_unref(past);
	return good;
}

int carved_placement_coach_q(const struct carved_past_package *package, const struct carved_region *region, carved_date date)
{
	const struct carved_candidate *candidate = carved_region_candidate(region, package->candidate);
	bool began = package->started != CARVED_DATE_NONE && package->started <= date;
	return began ? carved_coach_hours_at(candidate, (int)(date - package->started) / 7) : candidate->coach_q;
}

static int by_candidate(const void *a, const void *b)
{
	const struct carved_pin *x = a, *y = b;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

static void pin_all(struct carved_placements *p, const struct carved_region *region)
{
	size_t count = p->plan.proposal_count;
	p->pins = carved_arena_array(&p->plan.arena, struct carved_pin, count);
	for (size_t i = 0; i < count; i++)
		p->pins[i] = (struct carved_pin){.candidate = p->plan.proposals[i].candidate,
			.coach_q = carved_placement_coach_q(&p->packages[p->of[i]], region, p->plan.date)};
	if (count > 1)
		qsort(p->pins, count, sizeof *p->pins, by_candidate);
	p->plan.pins = (struct carved_pins){.items = p->pins, .count = count};
}

void carved_placements_lay(const struct carved_past *past, const struct carved_region *region,
	const struct carved_slot_table *table, carved_date date, const struct carved_weights *weights,
	struct carved_placements *ret_placements)
{
	struct carved_placements p = {.count = carved_past_count(past), .plan = {.date = date, .weights = *weights}};
	p.packages = carved_past_lay_packages(past, region, table, &p.plan.arena);
	p.of = carved_arena_array(&p.plan.arena, size_t, p.count);
	p.plan.proposals = carved_arena_array(&p.plan.arena, struct carved_proposal, p.count);
	for (size_t i = 0; i < p.count; i++) {
		const struct carved_past_package *package = &p.packages[i];
		if (package->candidate == SIZE_MAX || package->piece_count == 0)
			continue;
		p.of[p.plan.proposal_count] = i;
		p.plan.proposals[p.plan.proposal_count++] = (struct carved_proposal){.candidate = package->candidate,
			.site = package->site,
			.kind = package->kind,
			.pieces = package->pieces,
			.piece_count = package->piece_count};
	}
	pin_all(&p, region);
	carved_check_packages(region, table, &p.plan, &p.violations);
	*ret_placements = p;
}

void carved_placements_deinit(struct carved_placements *placements)
{
	carved_violations_deinit(&placements->violations);
	carved_plan_deinit(&placements->plan);
	*placements = (struct carved_placements){0};
}

size_t carved_placements_find(const struct carved_placements *placements, size_t package)
{
	for (size_t i = 0; i < placements->plan.proposal_count; i++) {
		if (placements->of[i] == package)
			return i;
	}
	return SIZE_MAX;
}
