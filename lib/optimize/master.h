// SPDX-License-Identifier: EUPL-1.2
// The restricted master: the linear programme over packages known so far, by GLPK's simplex.
#pragma once
#include "columns.h"
#include "lp.h"

struct carved_master {
	struct carved_problem *problem;
	const struct carved_columns *pool;
	const uint32_t *capacity; // per resource: what there is for these packages; borrowed
	struct carved_lp *lp;
	uint32_t *row_of;     // per resource: its row, CARVED_NONE while it does not bind
	uint32_t *row_of_one; // per candidate: the row of rule `one`
	uint32_t *columns;    // pool columns, by column of the program
	uint32_t count, column_capacity;
	double *used;          // scratch, per resource
	uint32_t *in_use;      // scratch: resources that `used` is not 0 for
	uint32_t *row_columns; // scratch
	double *row_amounts;   // scratch
};

void carved_master_init(struct carved_master *master, struct carved_problem *problem, const struct carved_columns *pool,
	const uint32_t *capacity);
void carved_master_deinit(struct carved_master *master);

// Adds a package of the pool. Requires: not added before.
void carved_master_add(struct carved_master *master, uint32_t column);

// Solves the programme, adding the rows that its solution violates until none is.
enum carved_lp_answer carved_master_solve(struct carved_master *master);

// Optimal value, micro, and prices of the resources, rounded to whole millionths >= 0, into ret_prices (all resources; 0 for rows that never bound).
int64_t carved_master_value(const struct carved_master *master);
void carved_master_prices(const struct carved_master *master, int64_t *ret_prices);

// The price of rule `one` for a candidate, micro.
int64_t carved_master_price_of_one(const struct carved_master *master, uint32_t candidate);
