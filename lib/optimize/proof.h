// SPDX-License-Identifier: EUPL-1.2
// The proof of all sites together: struct carved_proof, built.
#pragma once
#include "site.h"

struct carved_sites_proof {
	struct carved_proof proof; // node_count 0: there is none
	int64_t micro;             // its bound; INT64_MAX without one
	uint64_t pairs_bounded;
	struct carved_arena arena; // owns the proof
};

// Asks every site by itself at the dual's best prices. Packages found on the way join the pool. Leaves no proof where it was stopped, where the region is
// too large for it (budget.simplex_pairs), or where it proves no more than the prices do.
void carved_sites_prove(struct carved_problem *problem, struct carved_dual *dual, struct carved_sites_proof *ret_proof);
void carved_sites_proof_deinit(struct carved_sites_proof *proof);
