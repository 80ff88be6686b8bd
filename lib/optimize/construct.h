// SPDX-License-Identifier: EUPL-1.2
// Filling a plan at guidance prices: the best package of a candidate in the room that is left, and greedy insertion of many.
#pragma once
#include "bound.h"
#include "draft.h"

struct carved_offer {     // what a pair can bring, as last computed
	uint32_t version; // of its site then; 0: never
	uint32_t column;  // CARVED_NONE: nothing above what was asked
	int64_t most;     // reduced value of the column, or an upper bound of what there is
};

struct carved_choice { // a pair on a candidate's list
	int64_t most;  // its best reduced value in the empty region, or an upper bound of it
	uint32_t pair;
};

struct carved_guide {
	struct carved_problem *problem;
	struct carved_columns *pool;
	int64_t *prices;
	struct carved_prices named;
	int64_t accept; // lowest reduced value that is taken, micro
	struct carved_choice *choices;
	struct carved_range *choices_of; // per candidate, best first
	struct carved_offer *offers;     // per pair
	uint64_t calls;                  // of the pricer
};

// Guidance prices are `prices` x tenths / 10; see construct.c.
void carved_guide_init(struct carved_guide *guide, const struct carved_bounder *bounder, const int64_t *prices, uint32_t tenths);
void carved_guide_deinit(struct carved_guide *guide);

// The candidate's best column in the room that the plan leaves, by reduced value at the guidance prices; CARVED_NONE where there is none.
// Requires: the candidate is not placed.
uint32_t carved_guide_find(struct carved_guide *guide, const struct carved_draft *plan, uint32_t candidate, int64_t *ret_reduced);

// Inserts as many of the candidates as find a package, those with the highest reduced value (plus `noise`, per entry of the list, micro) first.
void carved_guide_insert(
	struct carved_guide *guide, struct carved_draft *plan, const uint32_t *candidates, const int64_t *noise, uint32_t count);
