// SPDX-License-Identifier: EUPL-1.2
// How long the optimiser tries: settings of the daemon, part of the request to a solver. Work is counted, not timed, so that plans can be reproduced.
#pragma once
#include <stddef.h>
#include <stdint.h>

// How long to try. Every one is a setting; 0 leaves the phase out. What grows with the region is given per 100 candidates; of how many at least and at most,
// config/carved.yaml says.
// CARVED_BUDGET(member, setting's name, default, lowest, highest)
#define CARVED_BUDGETS(X)                                                                                                        \
	X(gap_target, "gap-target", 1000, 0, 1000000)  /* stop once (bound - value) / bound is at most so many millionths */     \
	X(price_rounds, "price-rounds", 60, 1, 100000) /* rounds of column generation or dual ascent */                          \
	X(search_rounds, "search-rounds", 100000, 0, 100000000) /* ruin and recreate rounds, per 100 candidates */               \
	X(block_rounds, "block-rounds", 50, 0, 1000000)     /* integer programs of a few people, per 100 candidates, at most */  \
	X(block_nodes, "block-nodes", 200, 1, 100000000)    /* branch-and-bound nodes of each integer program */                 \
	X(pricer_nodes, "pricer-nodes", 2000, 1, 100000000) /* nodes of one exact pricing while searching */                     \
	X(site_rounds, "site-rounds", 40, 0,                                                                                     \
		100000) /* times that all sites are asked what they can hold by themselves; 0: price bound only */               \
	X(site_nodes, "site-nodes", 600, 0,                                                                                      \
		10000000) /* programmes that the trees of all sites together solve each time; 0: price bound only */             \
	X(proof_nodes, "proof-nodes", 200000, 1, 100000000) /* nodes of one exact pricing for the certificate */                 \
	X(simplex_pairs, "simplex-pairs", 6000, 0,                                                                               \
		100000000)              /* regions with more pairs than this use dual ascent instead of GLPK's simplex */        \
	X(threads, "threads", 2, 1, 64) /* of a solver; no plan depends on it */

struct carved_budget {
#define X(member, name, value, lowest, highest) uint32_t member;
	CARVED_BUDGETS(X)
#undef X
};

struct carved_budget_info {
	const char *name;
	size_t offset; // of the uint32_t in struct carved_budget
	uint32_t preset, lowest, highest;
};

extern const struct carved_budget_info carved_budget_infos[];
extern const size_t carved_budget_count;

// Fills in the defaults.
void carved_budget_init(struct carved_budget *budget);
