// SPDX-License-Identifier: EUPL-1.2
// The bound of a plan, worked out again from documents, date, weights and the certificate's prices by a method of its own: it shares no code with lib/fit,
// lib/price and lib/optimize, only the rules on documents (model/rules.h, model/schedule.h).
//
//   L = sum over candidates of max(0, greatest reduced value of any package, rounded up) + sum of prices x capacities, in millionths; bound = floor(L / 10^6)
//
// Reduced value and packages: as carved/price/price.h defines them.
#pragma once
#include "carved/model/plan.h"

struct bound_check {
	int64_t bound;                   // points
	int64_t *best_reduced;           // per candidate, millionths, rounded up, at least 0; allocated, the caller frees it
	int64_t candidates, capacities;  // millionths: the two sums of L
	uint64_t pairs, searched, nodes; // in reach; of these, searched; of all searches
};

// Requires: prices numbered as carved_slot_table has it.
void bound_check_run(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, struct bound_check *ret_check);

// The same for every step-th candidate from `first` on: the others are not looked at, `bound` is not set. Several processes can share a large region so.
// `claims` says what each candidate's best is at most (millionths, >= 0; NULL: nothing is claimed): then it is only shown that no package is above it, which is
// much faster, and best_reduced is the claim where it is right and what was found where it is not.
void bound_check_part(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const int64_t *claims, size_t first,
	size_t step, struct bound_check *ret_check);

// What one site can hold at most as the proof has it: its largest leaf, millionths. The same requirements.
int64_t bound_check_site(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const struct carved_proof *proof, size_t site);

// The bound that a proof of sites gives (struct carved_proof), by the same method. Of a rounded proof it is only shown that the bound is at most `claim`, which is
// much faster: the answer is then between the exact bound and the claim, and above the claim where the claim is wrong.
// Requires: proof->node_count > 0, and it is sound (carved_proof_is_sound).
int64_t bound_check_proof(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const struct carved_proof *proof,
	int64_t claim);
