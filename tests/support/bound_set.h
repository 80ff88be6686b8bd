// SPDX-License-Identifier: EUPL-1.2
// What the halves of the search share: bound_sets.c chooses jobs, supervisors and lengths, bound_search.c finds the best hours in such a set, bound_hours.c says what
// hours come to.
#pragma once
#include "support/bound_pair.h"

struct bound_search {
	struct bound_pair *pair;
	size_t slots[BOUND_SLOTS]; // of the pair, in the set of jobs and supervisors at hand
	size_t slot_count;
	int job_of[BOUND_SLOTS]; // per slot of the search: whose cap counts it, -1 none
	int cap_q[BOUND_JOBS];
	size_t job_count;
	int min_q, max_q;
	int visit_q;      // least hours of a day worked
	int64_t constant; // of every package in the set
	int64_t best;
};

static inline const struct bound_slot *bound_slot_of(const struct bound_search *s, size_t t)
{
	return &s->pair->slots[s->slots[t]];
}

// In all of these `hours_q` is per slot of the search.

// What the bits cost, what hours gain before that and before roundings, and the bits that they bring with them.
int64_t bound_cost_of(const struct bound_pair *pair, uint64_t bits);
int64_t bound_own_gain(const struct bound_search *s, const int *hours_q);
uint64_t bound_bits_used(const struct bound_search *s, const int *hours_q);

// The bits of `must` that no slot in use has.
uint32_t bound_must_missing(const struct bound_search *s, const int *hours_q);

// The first slot with less than its chunk; the first day worked for less than a visit; -1 where there is none.
int bound_short_piece(const struct bound_search *s, const int *hours_q);
int bound_short_day(const struct bound_search *s, const struct bound_flow_answer *flow);

bool bound_keeps_limits(const struct bound_search *s, const int *hours_q);

// Whether the hours have a schedule, also where a flow of them has a short day; whether they have a part for each step of the person's build-up.
bool bound_can_be_laid(const struct bound_search *s, const int *hours_q);
bool bound_can_grow(const struct bound_search *s, const int *hours_q);

// Raises `best` to the best package of the set that has min_q to max_q quarters, on the days (bits from Monday on), each worked day with visit_q at least.
void bound_search_set(struct bound_search *s, int min_q, int max_q, int visit_q, unsigned days);

// Whether some package of the set could be above `best` at all, by one relaxation.
bool bound_search_is_worth_it(struct bound_search *s);
