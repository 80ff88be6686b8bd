// SPDX-License-Identifier: EUPL-1.2
// What hours of slots come to: whether they are a package, what they are worth, and what they miss.
#include "carved/base/quarters.h"
#include "carved/model/build_up.h"
#include "support/bound_set.h"

int64_t bound_cost_of(const struct bound_pair *pair, uint64_t bits)
{
	int64_t cost = 0;
	for (size_t bit = 0; bit < pair->bit_count; bit++)
		cost += bits >> bit & 1 ? pair->bit_cost[bit] : 0;
	return cost;
}

int64_t bound_own_gain(const struct bound_search *s, const int *hours_q)
{
	int64_t gain = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		gain += bound_slot_of(s, t)->gain * hours_q[t];
	return gain;
}

int64_t bound_roundings(const struct bound_pair *pair, const size_t *slots, size_t count, const int *hours_q)
{
	int64_t fit = 0, relief = 0, point = (int64_t)CARVED_MICRO * pair->candidate->max_q;
	for (size_t t = 0; t < count && pair->rounded; t++) {
		fit += pair->slots[slots[t]].fit * hours_q[t];
		relief += pair->slots[slots[t]].relief * hours_q[t];
	}
	return fit - carved_floor_div(fit, point) * point + relief - carved_floor_div(relief, point) * point;
}

uint64_t bound_bits_used(const struct bound_search *s, const int *hours_q)
{
	uint64_t bits = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		bits |= hours_q[t] > 0 ? bound_slot_of(s, t)->bits : 0;
	return bits;
}

bool bound_keeps_alike(const struct bound_pair *pair, const size_t *slots, size_t count, const int *hours_q)
{
	int sum_q[BOUND_SLOTS] = {0};
	bool keeps = true;
	for (size_t t = 0; t < count; t++)
		sum_q[pair->slots[slots[t]].alike] += hours_q[t];
	for (size_t g = 0; g < pair->alike_count; g++)
		keeps = keeps && sum_q[g] >= pair->alike_least_q[g] && sum_q[g] <= pair->alike_most_q[g];
	return keeps;
}

static uint32_t must_met(const struct bound_search *s, const int *hours_q)
{
	uint32_t met = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		met |= hours_q[t] > 0 ? bound_slot_of(s, t)->must : 0;
	return met;
}

uint32_t bound_must_missing(const struct bound_search *s, const int *hours_q)
{
	size_t wishes = s->pair->must_count;
	uint32_t wanted = wishes >= 32 ? UINT32_MAX : ((uint32_t)1 << wishes) - 1;
	return wanted & ~must_met(s, hours_q);
}

int bound_short_piece(const struct bound_search *s, const int *hours_q)
{
	for (size_t t = 0; t < s->slot_count; t++) {
		if (hours_q[t] > 0 && hours_q[t] < bound_slot_of(s, t)->slot->chunk_q)
			return (int)t;
	}
	return -1;
}

int bound_short_day(const struct bound_search *s, const struct bound_flow_answer *flow)
{
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (flow->day_q[day] > 0 && flow->day_q[day] < s->visit_q)
			return day;
	}
	return -1;
}

bool bound_can_be_laid(const struct bound_search *s, const int *hours_q)
{
	const struct carved_candidate *c = s->pair->candidate;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_schedule_need needs[BOUND_SLOTS];
	struct carved_schedule schedule;
	size_t count = 0;
	for (size_t t = 0; t < s->slot_count; t++) {
		if (hours_q[t] > 0)
			needs[count++] = (struct carved_schedule_need){hours_q[t], bound_slot_of(s, t)->slot->parts};
	}
	bool laid = carved_schedule_make(needs, count, c->available_q, c->per_day_q, c->per_visit_q, &arena, &schedule);
	carved_arena_deinit(&arena);
	return laid;
}

bool bound_can_grow(const struct bound_search *s, const int *hours_q)
{
	const struct carved_candidate *c = s->pair->candidate;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_build_up_need needs[BOUND_SLOTS];
	size_t count = 0;
	for (size_t t = 0; t < s->slot_count; t++) {
		if (hours_q[t] > 0)
			needs[count++] = carved_build_up_need_of(c, bound_slot_of(s, t)->slot, hours_q[t]);
	}
	struct carved_build_up_step *steps = carved_arena_array(&arena, struct carved_build_up_step, c->build_up_count);
	bool grows = carved_build_up_make(c, needs, count, &arena, steps);
	carved_arena_deinit(&arena);
	return grows;
}
