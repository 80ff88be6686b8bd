// SPDX-License-Identifier: EUPL-1.2
// A plan being built: one column or none per candidate, and what is left of every resource.
#pragma once
#include "columns.h"

struct carved_step { // one addition or removal, so that it can be taken back
	uint32_t column;
	uint32_t version; // of its site before
	bool added;
};

struct carved_draft {
	const struct carved_problem *problem;
	const struct carved_columns *pool;
	uint32_t *column;  // per candidate, CARVED_NONE: not placed
	uint32_t *left;    // per resource
	uint32_t *version; // per site: equal numbers mean equal room at the site
	uint32_t next_version;
	int64_t value; // points
	uint32_t placed;
	struct carved_step *steps; // since the last mark
	uint32_t step_count, step_capacity;
};

void carved_draft_init(struct carved_draft *plan, const struct carved_problem *problem, const struct carved_columns *pool);
void carved_draft_deinit(struct carved_draft *plan);

bool carved_draft_fits(const struct carved_draft *plan, uint32_t column);

// Requires: the column's candidate is not placed, and the column fits.
void carved_draft_add(struct carved_draft *plan, uint32_t column);

// Requires: the candidate is placed.
void carved_draft_remove(struct carved_draft *plan, uint32_t candidate);

// Marks where carved_draft_go_back returns to.
void carved_draft_mark(struct carved_draft *plan);
void carved_draft_go_back(struct carved_draft *plan);

// Makes the plan the one that `columns` (per candidate) says. Requires: such a plan exists.
void carved_draft_assign(struct carved_draft *plan, const uint32_t *columns);
