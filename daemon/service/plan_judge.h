// SPDX-License-Identifier: EUPL-1.2
// From a solver's answer to a plan that people may see: what of it is believed. Plans and the question about a site share this.
#pragma once
#include "carved/model/plan.h"
#include "pool/pool.h"

// Whether an answer is worth judging: the solver's last word, or the best so far of what was cancelled or ran out of time (`why`). Of a solver that crashed
// nothing is kept: whatever broke it may have broken its plan, and people must hear of it.
bool carved_plan_is_kept(enum carved_solve_end end, bool has_solution, enum carved_code why);

struct carved_plan_case { // what a solver was asked; all borrowed
	const char *name; // in the log
	const char *plan; // its id; NULL where the store has none
	const struct carved_region *region;
	const struct carved_slot_table *table;
	carved_date date;
	const struct carved_weights *weights;
	const struct carved_outlook *outlook; // of that region and date; NULL: worked out here, and nothing is pinned
	const struct carved_pins *pins;       // that the solution was made around; NULL: none
	bool early;                           // the solver was stopped before it had a package: then it is a plan of nothing
};

// Lays a solution out on the documents and has the checker judge it; what the checker finds is logged. Slow: not for the loop thread.
// Returns false with PLAN_INVALID, and nothing in *ret_plan, where it is refused.
bool carved_plan_judge(const struct carved_plan_case *asked, const struct carved_solution *solution, struct carved_plan *ret_plan,
	struct carved_error *error);
