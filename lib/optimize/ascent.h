// SPDX-License-Identifier: EUPL-1.2
// Prices that are nearly the best for the packages known so far, without simplex: for regions that GLPK's simplex does not carry.
#pragma once
#include "columns.h"

// Runs `iterations` of the method from `start` (micro, one per resource). Writes the best point found to ret_prices, which may be `start`, and returns the
// pool's dual value there, micro; it bounds nothing but the packages known. Where it is stopped, the best so far counts.
int64_t carved_ascent_run(struct carved_problem *problem, const struct carved_columns *pool, const int64_t *start,
	uint32_t iterations, int64_t *ret_prices);
