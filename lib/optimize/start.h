// SPDX-License-Identifier: EUPL-1.2
// A plan that stands, taken into the optimiser: where the prices begin, packages for the pool, the first plan. See start.c.
#pragma once
#include "draft.h"
#include "dual.h"

struct carved_restart {
	struct carved_problem *problem;
	struct carved_columns *pool;
	const struct carved_start *start; // NULL: there is none, and nobody has a former package
	uint32_t *former;      // per candidate: the column of the former package; CARVED_NONE: none, or it can't stand any more
	uint32_t *former_site; // per candidate: where the former package was; CARVED_NONE: none
	uint32_t *keep;        // per candidate: points for leaving the former package, beside those for everybody
	bool has_keeps;        // one of them has any
	bool *had_to;          // per candidate: had a package that can't stand any more, by itself or beside the others
};

// Whether the plan is made from one that stands: there is a start, and it is no fresh one.
bool carved_restart_is_from(const struct carved_restart *restart);

// Changes that are allowed; INT64_MAX: any number.
int64_t carved_restart_most_changes(const struct carved_restart *restart);

// What leaving a person's former package counts for, points.
int64_t carved_restart_keep(const struct carved_restart *restart, uint32_t candidate);

// Reads problem->options->start; the dual begins at its prices. Requires: the dual has not run.
void carved_restart_init(struct carved_restart *restart, struct carved_dual *dual);
void carved_restart_deinit(struct carved_restart *restart);

// Lays the former packages that go together into the empty plan; the others had to change. Marks the plan.
void carved_restart_lay(struct carved_restart *restart, struct carved_draft *plan);

// Whether changes are limited or weighed.
bool carved_restart_is_near(const struct carved_restart *restart);

// Whether a person who did not have to change has another package in the plan than the former one.
bool carved_restart_is_changed(const struct carved_restart *restart, const struct carved_draft *plan, uint32_t candidate);

// The plan's value and, for everybody who has the former package, the weight for leaving it: what plans are compared by. Points.
int64_t carved_restart_score(const struct carved_restart *restart, const struct carved_draft *plan);

// People whose package in the plan is not the former one, of those who did not have to change; 0 without a start.
uint32_t carved_restart_count_changes(const struct carved_restart *restart, const struct carved_draft *plan);
