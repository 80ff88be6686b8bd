// SPDX-License-Identifier: EUPL-1.2
// The best package of a pair in the room that a plan leaves.
#pragma once
#include "prepare.h"

struct carved_pricing {
	struct carved_problem *problem;
	uint32_t worker;      // of the crew, whose scratch memory it takes
	int64_t *prices;      // per resource, micro
	const uint32_t *left; // per resource
	uint32_t node_limit;
};

// Returns whether one was found whose reduced value is above the threshold (micro): the best of all, or where the search was cut short the best seen. It lives
// until the worker prices again.
bool carved_pricing_best(
	const struct carved_pricing *pricing, uint32_t pair, int64_t threshold, struct carved_price_result *ret_result);
