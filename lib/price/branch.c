// SPDX-License-Identifier: EUPL-1.2
// Splitting a node. Every split is a partition of the node's packages; each child leaves fewer slots, hours, bits, supervisors or days to decide on, so the
// search ends.
//
//   supervisor  one that the solution uses and nobody has decided on: out, or let in
//   must        slots t1, t2, ... that meet the wish: child i uses t_i and none of those before it
//   load, over  a slot whose hours count, above what it has to give: fewer hours than it has now, or at least these. Where none can give way: nothing is left
//   under       a slot that helps and can give more: more hours than now, or at most these
//   choice      a day: worked or not
//   build-up    fewer hours in all than the step that has no valid part; else more hours than now of some slot that the step could use: child i has more of t_i and at
//               most as much as now of those before it. With no more of any of them there is no part for the step either
//   around      groups of slots alike g1, g2, ...: child i has the solution's hours of those before g_i, and fewer, or more, of g_i
//   bits        b1, b2, ... unpaid: child i pays those before b_i and does without b_i; the last one, which pays all, is solved
#include "pricing.h"
#include <stdlib.h>

static void split(struct carved_price_workspace *w, uint32_t node, enum price_decision one, uint32_t value_one,
	enum price_decision other, uint32_t value_other, uint32_t index)
{
	const int64_t bound = w->nodes[node].bound;
	carved_search_open(w, carved_search_link(w, node, one, index, value_one), bound);
	carved_search_open(w, carved_search_link(w, node, other, index, value_other), bound);
}

static void split_supervisors(struct carved_price_workspace *w, uint32_t node)
{
	int64_t most = INT64_MIN;
	uint16_t chosen = UINT16_MAX;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		const uint16_t s = w->slots[w->pieces[i].slot].supervisor;
		if (s == UINT16_MAX || w->domain.supervisor[s] != SUPERVISOR_OPEN)
			continue;
		int64_t worth = 0;
		for (uint32_t k = 0; k < w->piece_count; k++) {
			const struct price_slot *slot = &w->slots[w->pieces[k].slot];
			worth += slot->supervisor == s ? slot->gain * w->pieces[k].hours_q : 0;
		}
		if (worth > most) {
			most = worth;
			chosen = s;
		}
	}
	if (chosen == UINT16_MAX)
		abort(); // all decided, and still too many: settle_supervisors is wrong
	split(w, node, DECIDE_SUPERVISOR_OUT, 0, DECIDE_SUPERVISOR_IN, 0, chosen);
}

static void split_must(struct carved_price_workspace *w, uint32_t node, uint32_t must)
{
	const int64_t bound = w->nodes[node].bound;
	uint32_t chain = node;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		if (!w->domain.hi[t] || !(w->slots[t].must >> must & 1))
			continue;
		carved_search_open(w, carved_search_link(w, chain, DECIDE_SLOT_FORCE, t, 0), bound);
		chain = carved_search_link(w, chain, DECIDE_SLOT_OUT, t, 0);
	}
}

static void split_too_much(struct carved_price_workspace *w, uint32_t node, const struct price_violation *v)
{
	const struct price_domain *d = &w->domain;
	const struct price_piece *chosen = NULL;
	const uint32_t limit =
		v->verdict == VERDICT_LOAD ? w->instance->limits[w->person->limits.first + v->index].hours_q : v->row.limit_q;
	uint32_t most = 0, sum = 0;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		const struct price_piece *piece = &w->pieces[i];
		uint32_t can_give = piece->hours_q - (d->forced[piece->slot] ? (uint32_t)d->lo[piece->slot] : 0);
		if (!carved_rows_counts(w, v, piece->slot))
			continue;
		sum += piece->hours_q;
		if (can_give > most) {
			most = can_give;
			chosen = piece;
		}
	}
	if (!chosen)
		return;
	uint32_t give = sum - limit < most ? sum - limit : most, left = chosen->hours_q - give;
	if (left < d->lo[chosen->slot] && !d->forced[chosen->slot])
		left = 0;
	split(w, node, DECIDE_SLOT_MOST, left, DECIDE_SLOT_LEAST, left < d->lo[chosen->slot] ? d->lo[chosen->slot] : left + 1,
		chosen->slot);
}

static void split_too_little(struct carved_price_workspace *w, uint32_t node, const struct price_violation *v)
{
	const struct price_domain *d = &w->domain;
	uint32_t chosen = UINT32_MAX, most = 0, now = 0, next = 0;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		uint32_t hours = 0;
		for (uint32_t i = 0; i < w->piece_count; i++)
			hours += w->pieces[i].slot == t ? w->pieces[i].hours_q : 0;
		if (d->hi[t] > hours && d->hi[t] - hours > most && carved_rows_counts(w, v, t)) {
			most = d->hi[t] - hours;
			chosen = t;
			now = hours;
		}
	}
	if (chosen == UINT32_MAX)
		return;
	next = now ? now + 1 : d->lo[chosen];
	split(w, node, DECIDE_SLOT_MOST, now, DECIDE_SLOT_LEAST, next, chosen);
}

static void split_days(struct carved_price_workspace *w, uint32_t node)
{
	const days_mask open = DAYS_ALL & (days_mask) ~(w->domain.days_out | w->domain.days_in);
	if (!open)
		abort(); // days.c: with all days decided its rows are complete
	split(w, node, DECIDE_DAY_IN, 0, DECIDE_DAY_OUT, 0, (uint32_t)__builtin_ctz(open));
}

static uint32_t hours_now(const struct carved_price_workspace *w, uint32_t slot)
{
	for (uint32_t i = 0; i < w->piece_count; i++) {
		if (w->pieces[i].slot == slot)
			return w->pieces[i].hours_q;
	}
	return 0;
}

static void split_steps(struct carved_price_workspace *w, uint32_t node, uint32_t step)
{
	const struct price_domain *d = &w->domain;
	const int64_t bound = w->nodes[node].bound;
	const uint32_t hours = carved_steps_hours(w, step);
	uint32_t chain = node;
	if (d->min_q < hours) {
		split(w, node, DECIDE_HOURS_MOST, hours - 1, DECIDE_HOURS_LEAST, hours, 0);
		return;
	}
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		const uint32_t now = hours_now(w, t), least = now ? now + 1 : d->lo[t];
		if (d->hi[t] < least || now >= hours || w->pair->slots[t].chunk_q > hours)
			continue;
		carved_search_open(w, carved_search_link(w, chain, DECIDE_SLOT_LEAST, t, least), bound);
		chain = carved_search_link(w, chain, DECIDE_SLOT_MOST, t, now);
	}
}

void carved_branch_on_violation(struct carved_price_workspace *w, uint32_t node, const struct price_violation *violation)
{
	switch (violation->verdict) {
	case VERDICT_VALID:
		break;
	case VERDICT_SUPERVISORS:
		split_supervisors(w, node);
		break;
	case VERDICT_MUST:
		split_must(w, node, violation->index);
		break;
	case VERDICT_LOAD:
		split_too_much(w, node, violation);
		break;
	case VERDICT_DAYS:
		if (violation->days == DAYS_CHOICE)
			split_days(w, node);
		else if (violation->days == DAYS_OVER)
			split_too_much(w, node, violation);
		else
			split_too_little(w, node, violation);
		break;
	case VERDICT_BUILD_UP:
		split_steps(w, node, violation->index);
	}
}

// Quarters of the solution in slots alike, and the most that those left could give; `first`: of them.
static uint32_t hours_alike(const struct carved_price_workspace *w, uint32_t first, uint32_t *ret_most)
{
	uint32_t now = 0, most = 0;
	for (uint32_t t = first; t < w->pair->slot_count && w->slots[t].job == w->slots[first].job; t++) {
		if (w->slots[t].alike != first)
			continue;
		now += hours_now(w, t);
		most += w->domain.hi[t];
	}
	*ret_most = most < w->domain.alike_hi[first] ? most : w->domain.alike_hi[first];
	return now;
}

void carved_branch_around(struct carved_price_workspace *w, uint32_t node)
{
	const int64_t bound = w->nodes[node].bound;
	uint32_t chain = node;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		uint32_t most, now;
		if (w->slots[t].alike != t || !(now = hours_alike(w, t, &most), most))
			continue;
		if (now > w->domain.alike_lo[t])
			carved_search_open(w, carved_search_link(w, chain, DECIDE_ALIKE_MOST, t, now - 1), bound);
		if (now < most)
			carved_search_open(w, carved_search_link(w, chain, DECIDE_ALIKE_LEAST, t, now + 1), bound);
		chain = carved_search_link(w, chain, DECIDE_ALIKE_MOST, t, now);
		chain = carved_search_link(w, chain, DECIDE_ALIKE_LEAST, t, now);
	}
}

void carved_branch_on_bits(
	struct carved_price_workspace *w, uint32_t node, const struct price_bits *unpaid, int64_t solved, bool is_solved)
{
	const int64_t known = w->nodes[node].bound;
	int64_t bound = solved;
	uint32_t chain = node;
	for (uint32_t i = 0; i < PRICE_BIT_WORDS; i++) {
		for (uint64_t rest = unpaid->word[i]; rest; rest &= rest - 1) {
			uint32_t bit = i * 64 + (uint32_t)__builtin_ctzll(rest);
			carved_search_open(
				w, carved_search_link(w, chain, DECIDE_BIT_OUT, bit, 0), bound < known ? bound : known);
			chain = carved_search_link(w, chain, DECIDE_BIT_IN, bit, 0);
			bound -= i == 0 ? w->aid_cost : w->unknown_cost;
		}
	}
	if (!is_solved)
		carved_search_open(w, chain, bound < known ? bound : known);
}
