// SPDX-License-Identifier: EUPL-1.2
// Prices and bound: the Lagrangian dual over all packages, by rounds of (prices of the pool, exact pricing of all pairs).
#pragma once
#include "bound.h"

struct carved_dual {
	struct carved_bounder bounder;
	int64_t *best;             // prices of the best bound
	struct carved_bound bound; // at those prices
	bool has_bound;            // false: `bound` is the one without search and prices are zero
	int64_t pool_value;        // dual value of the pool in the last round: what the bound can fall to, about
};

void carved_dual_init(struct carved_dual *dual, struct carved_problem *problem, struct carved_columns *pool);
void carved_dual_deinit(struct carved_dual *dual);

// Evaluates the bound at the prices that `best` holds: a place to begin that is better than zero prices. Returns false where it was stopped.
bool carved_dual_begin(struct carved_dual *dual);

// Lowers the bound for budget.price_rounds rounds, or until it meets the pool's value.
void carved_dual_run(struct carved_dual *dual);

// Prices all pairs once more at the best prices with budget.proof_nodes: afterwards as few pairs as possible count with an upper bound.
void carved_dual_prove(struct carved_dual *dual);
