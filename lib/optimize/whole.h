// SPDX-License-Identifier: EUPL-1.2
// The best plan that whole patterns make: one integer program over the patterns known. See whole.c.
#pragma once
#include "pattern.h"

// Replaces the plan where patterns known make a better one. `charges` per candidate, micro: where there are more than `most` patterns, those with the least
// loss at these take part, those of the plan in any case. `most_loss`, micro: patterns that lose more take no part; with the bound at these charges less the plan's value
// none of them is in a better plan. Returns whether the plan became better.
bool carved_whole_run(struct carved_problem *problem, struct carved_patterns *patterns, struct carved_draft *plan,
	const int64_t *charges, int64_t most_loss, uint32_t most, uint32_t node_limit);
