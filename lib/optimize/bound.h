// SPDX-License-Identifier: EUPL-1.2
// The Lagrangian bound at given prices, by exact pricing of every pair that could matter.
#pragma once
#include "columns.h"
#include "falls.h"

struct carved_bound {
	int64_t micro;          // no plan is worth more
	uint64_t pairs_bounded; // pairs that count with an upper bound since their search was cut short
	uint32_t new_columns;   // packages that the pool did not know
};

// What is known of every pair, kept from one evaluation to the next.
struct carved_bounder {
	struct carved_problem *problem;
	struct carved_columns *pool;
	int64_t *prices; // of the last evaluation
	struct carved_falls falls;
	int64_t *
		most; // per pair: no package of it is worth more than this before the fixed charges, at the prices when it was set
	uint8_t *when;            // per pair: their number among `falls`
	uint8_t *effort;          // per pair: how often its search was cut short where it mattered; the next one may go further
	int64_t *gains;           // per candidate: its best reduced value in the last evaluation
	struct bound_task *tasks; // per candidate: what its evaluation has found
	struct bound_worker *workers; // per worker of the crew
};

void carved_bounder_init(struct carved_bounder *bounder, struct carved_problem *problem, struct carved_columns *pool);
void carved_bounder_deinit(struct carved_bounder *bounder);

// Evaluates the bound at the prices (micro, >= 0). Every package found that beats the candidate's best known one joins the pool, up to `columns` a candidate.
// A search begins with few nodes; where it is cut short and matters, the next one of that pair goes further, up to node_limit: in a later evaluation, or
// in this one where more than `negligible` (micro) hangs on it.
// Returns false, with *ret_bound untouched, where it was stopped half way.
bool carved_bounder_evaluate(struct carved_bounder *bounder, const int64_t *prices, uint32_t node_limit, int64_t negligible,
	uint32_t columns, struct carved_bound *ret_bound);

// An upper bound of the pair's best reduced value at the prices of the last evaluation, micro.
int64_t carved_bounder_most(const struct carved_bounder *bounder, uint32_t pair);

// What can be said without any search: every candidate at its ceiling, all prices zero.
void carved_bound_without_search(const struct carved_problem *problem, struct carved_bound *ret_bound);
