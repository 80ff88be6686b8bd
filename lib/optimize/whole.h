// SPDX-License-Identifier: EUPL-1.2
// The best plan that whole patterns make: one integer program over the patterns known. See whole.c.
#pragma once
#include "pattern.h"

// Replaces the plan where patterns known make a better one. `charges` per candidate, micro: where there are more than `most` patterns, those with the least
// loss at these take part, those of the plan in any case. Returns whether the plan became better.
bool carved_whole_run(struct carved_problem *problem, struct carved_patterns *patterns, struct carved_draft *plan,
	const int64_t *charges, uint32_t most, uint32_t node_limit);
