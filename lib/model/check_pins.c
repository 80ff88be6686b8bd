// SPDX-License-Identifier: EUPL-1.2
// Rule `pinned`: packages that are in the plan as they are. Work that people have stands even where today's documents say otherwise; what it uses is used, and the
// others get what is left of that, if anything is.
#include "check_state.h"
#include <string.h>

static bool is_same(const struct carved_pin *pin, const struct carved_proposal *proposal)
{
	if (pin->site != proposal->site || pin->kind != proposal->kind || pin->piece_count != proposal->piece_count)
		return false;
	for (size_t i = 0; i < pin->piece_count; i++) {
		if (pin->pieces[i].slot != proposal->pieces[i].slot || pin->pieces[i].hours_q != proposal->pieces[i].hours_q)
			return false;
	}
	return true;
}

bool carved_check_stands(const struct carved_checking *c, const struct carved_proposal *proposal)
{
	const struct carved_pin *pin = carved_pins_find(&c->plan->pins, proposal->candidate);
	return pin && pin->stands && is_same(pin, proposal);
}

static size_t sites_of(const struct carved_checking *c)
{
	return c->region->count[CARVED_KIND_SITE];
}

static int64_t *copy(struct carved_checking *c, const int64_t *sums, size_t count)
{
	int64_t *copied = carved_arena_array(&c->arena, int64_t, count);
	if (count)
		memcpy(copied, sums, count * sizeof *copied);
	return copied;
}

static void sum_up_pin(struct carved_checking *c, const struct carved_pin *pin)
{
	const struct carved_proposal proposal = {.candidate = pin->candidate,
		.site = pin->site,
		.kind = pin->kind,
		.pieces = (struct carved_proposal_piece *)(uintptr_t)pin->pieces,
		.piece_count = pin->piece_count};
	if (pin->site == SIZE_MAX) { // of the work nothing is left to be counted, but the coach still guides the person
		carved_checking_sum_up_coach(c, pin->candidate);
		return;
	}
	struct carved_checked_proposal checked = carved_checked_open(c, &proposal);
	carved_checking_sum_up(&checked);
	carved_arena_deinit(&checked.arena);
}

void carved_check_sum_up_standing(struct carved_checking *c)
{
	size_t coaches = c->region->count[CARVED_KIND_COACH], count = 0;
	for (size_t i = 0; i < c->plan->pins.count; i++) {
		if (!c->plan->pins.items[i].stands)
			continue;
		sum_up_pin(c, &c->plan->pins.items[i]);
		count++;
	}
	if (count == 0)
		return;
	c->least = (struct carved_sums_used){.slot_q = copy(c, c->slot_q, carved_checking_slot(c, sites_of(c))),
		.carved_q = copy(c, c->carved_q, carved_checking_job(c, sites_of(c))),
		.places = copy(c, c->places, sites_of(c)),
		.buddy_q = copy(c, c->buddy_q, sites_of(c)),
		.coach_q = copy(c, c->coach_q, coaches),
		.easy_q = copy(c, c->easy_q, coaches)};
}

static const struct carved_proposal *find_proposal(const struct carved_plan *plan, size_t candidate)
{
	for (size_t p = 0; p < plan->proposal_count; p++) {
		if (plan->proposals[p].candidate == candidate)
			return &plan->proposals[p];
	}
	return NULL;
}

void carved_check_pins(struct carved_checking *c)
{
	for (size_t i = 0; i < c->plan->pins.count; i++) {
		const struct carved_pin *pin = &c->plan->pins.items[i];
		const struct carved_proposal *proposal = find_proposal(c->plan, pin->candidate);
		bool kept = pin->site == SIZE_MAX ? !proposal : proposal && is_same(pin, proposal);
		const struct carved_violation violation = {
			.rule = CARVED_RULE_PINNED, .candidate = pin->candidate, .site = pin->site, .slot = SIZE_MAX, .found = 1};
		if (!kept)
			carved_checking_add(c, &violation);
	}
}
