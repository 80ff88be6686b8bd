// SPDX-License-Identifier: EUPL-1.2
// The Lagrangian bound at given prices, by exact pricing of every pair that could matter.
#pragma once
#include "columns.h"

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
	int64_t *
		most; // per pair: no package of it is worth more than this before the fixed charges, at the prices when it was set
	int64_t *then;   // per pair: `fallen` of its site when `most` was set
	int64_t *fallen; // per site: how far the price of a quarter has fallen, all falls added up
	uint8_t *effort; // per pair: how often its search was cut short where it mattered; the next one may go further
	int64_t *gains;  // per candidate: its best reduced value in the last evaluation
	struct candidate_pair *list; // scratch
	int64_t *cut_short;          // scratch
};

void carved_bounder_init(struct carved_bounder *bounder, struct carved_problem *problem, struct carved_columns *pool);
void carved_bounder_deinit(struct carved_bounder *bounder);

// Evaluates the bound at the prices (micro, >= 0). Every package found that beats the candidate's best known one joins the pool, up to `columns` a candidate.
// Returns false, with *ret_bound untouched, where it was stopped half way.
bool carved_bounder_evaluate(struct carved_bounder *bounder, const int64_t *prices, uint32_t node_limit, uint32_t columns,
	struct carved_bound *ret_bound);

// An upper bound of the pair's best reduced value at the prices of the last evaluation, micro.
int64_t carved_bounder_most(const struct carved_bounder *bounder, uint32_t pair);

// What can be said without any search: every candidate at its ceiling, all prices zero.
void carved_bound_without_search(const struct carved_problem *problem, struct carved_bound *ret_bound);
