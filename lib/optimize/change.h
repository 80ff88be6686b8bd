// SPDX-License-Identifier: EUPL-1.2
// The integer program of a few people of a plan, everybody else fixed, with a limit on how many packages may change. See change.c.
#pragma once
#include "draft.h"
#include "lp.h"
#include "start.h"

struct carved_change {
	struct carved_problem *problem;
	const struct carved_restart *restart;
	const struct carved_draft *plan; // without the program's people: what is left is theirs
	int64_t most;                    // changes among these people; INT64_MAX: any number
	uint32_t *people;                // sorted; borrowed
	uint32_t people_count;
	struct carved_lp *lp;
	uint32_t *columns; // of the pool, by column of the program
	uint32_t count, capacity;
	uint32_t *row_of;     // per resource: its row; CARVED_NONE: it can't run short
	uint32_t *row_of_one; // per place in `people`
	uint32_t row_of_changes;
	struct most *most_of; // scratch, per resource
	bool solved;          // the relaxation, at least once
};

void carved_change_init(struct carved_change *change, struct carved_problem *problem, const struct carved_restart *restart,
	const struct carved_draft *plan, uint32_t *people, uint32_t people_count, int64_t most);
void carved_change_deinit(struct carved_change *change);

// Adds a package of one of the people. Requires: not added before, and it fits in the plan.
void carved_change_add(struct carved_change *change, uint32_t column);
bool carved_change_has(const struct carved_change *change, uint32_t column);

// Solves the relaxation; its prices (all resources) into ret_prices, micro.
enum carved_lp_answer carved_change_solve(struct carved_change *change, int64_t *ret_prices);

// Of the last relaxation: what a package must be worth beyond the prices of what it uses to be of any use, micro. Not for former packages.
int64_t carved_change_threshold(const struct carved_change *change, uint32_t person);

// Whole packages. `chosen`, a flag per column, is a start that keeps every row on entry and the best found on return. Returns whether that is better.
bool carved_change_solve_binary(struct carved_change *change, uint32_t node_limit, bool *chosen);
