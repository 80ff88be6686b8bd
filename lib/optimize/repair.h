// SPDX-License-Identifier: EUPL-1.2
// From a plan that stands to a better one near it: integer programs of the people whom a change touches, and of those around them. See repair.c.
#pragma once
#include "change.h"
#include "random.h"

typedef void (*carved_repair_improved_fn)(void *context); // the plan is the best so far

struct carved_repair {
	struct carved_problem *problem;
	struct carved_restart *restart;
	struct carved_dual *dual;
	struct carved_draft *plan;
	int64_t most; // changes; INT64_MAX: any number
	struct carved_random random;
	uint32_t *people, people_count;  // of the program being made
	bool *inside;                    // per candidate
	struct carved_repair_item *list; // scratch: people, pairs or columns by worth
	uint32_t list_capacity;
	int64_t *prices; // scratch, per resource
	carved_repair_improved_fn improved;
	void *context;
};

// Requires: the restart has a start and was laid; the dual has a bound.
void carved_repair_init(struct carved_repair *repair, struct carved_restart *restart, struct carved_dual *dual,
	struct carved_draft *plan, carved_repair_improved_fn improved, void *context);
void carved_repair_deinit(struct carved_repair *repair);

// Puts in who has no package, as far as there is room, then solves the programs around those who had to change and around the most promising of those without.
// Returns whether the gap asked for is reached.
bool carved_repair_touched(struct carved_repair *repair);

// Programs around those whose former package weighs something by itself (start.h: keep) and who have another in the plan, until none brings anything.
void carved_repair_kept(struct carved_repair *repair);

// `rounds` programs around anybody, until a long run of them brings nothing.
void carved_repair_anywhere(struct carved_repair *repair, uint32_t rounds);

// Whether the plan's value is near enough to the bound (budget.gap_target).
bool carved_repair_is_done(const struct carved_repair *repair);
