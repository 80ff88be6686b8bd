// SPDX-License-Identifier: EUPL-1.2
// One candidate at one site, as the check sees it. All amounts are millionths of a point times the candidate's maximum quarters, so that the
// division inside part `fit` never has to be carried out: integers throughout.
#pragma once
#include "support/bound_check.h"
#include "support/bound_flow.h"

enum { BOUND_BITS = 64, BOUND_LIMITS = 32 };

struct bound_slot {
	const struct carved_slot *slot;
	uint32_t number;     // of all slots of the region
	int64_t gain;        // per carved quarter: fit and relief less slot and donor price
	int64_t whole_gain;  // the same without the donor price
	int64_t fit, relief; // per quarter: what parts fit and relief are rounded down from, millionths x max quarters
	int up_q;            // of a carved package
	int least_q, most_q; // that a tree's decisions ask for; 0 and INT_MAX without
	size_t alike;  // number of its group: slots of a job that are worth the same to the person and bring the same with them
	bool counted;  // by the donor cap
	uint64_t bits; // unknown categories and aids that it brings with it
	uint32_t must, limits; // bits of `must`: the candidate's wishes, then what a tree's decisions ask for
};

struct bound_pair {
	const struct carved_candidate *candidate;
	const struct carved_site *site;
	struct bound_slot slots[BOUND_SLOTS]; // that fit, of jobs that may be used
	size_t slot_count, alike_count;
	int alike_least_q[BOUND_SLOTS],
		alike_most_q[BOUND_SLOTS]; // per group, of all its slots together: that a tree's decisions ask for
	int64_t constant;                  // what every package of the pair has: place, coach, buddy, prices of place and support
	int64_t extra_job;                 // per job beyond the first, <= 0
	int64_t bit_cost[BOUND_BITS];      // >= 0
	size_t bit_count;
	size_t must_count;
	const void *bit_names[BOUND_BITS];
	bool decided_alike;  // decisions ask something of groups
	bool rounded;        // packages are worth their values: fit and relief rounded down
	uint64_t nodes_most; // the search ends there; 0: no limit
	uint64_t nodes;
};

// What fit and relief of the hours lose by rounding down; 0 where the pair is not rounded. `slots`: numbers of the pair's.
int64_t bound_roundings(const struct bound_pair *pair, const size_t *slots, size_t count, const int *hours_q);

// Whether the groups have what decisions ask for. `hours_q`: of the slots whose numbers are in `slots`.
bool bound_keeps_alike(const struct bound_pair *pair, const size_t *slots, size_t count, const int *hours_q);

// The greatest value of a package of the pair if it is above `best`; `best` otherwise.
int64_t bound_search(struct bound_pair *pair, int64_t best);
