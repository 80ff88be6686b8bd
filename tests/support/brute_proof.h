// SPDX-License-Identifier: EUPL-1.2
// A certificate's bounds of a tiny instance, by listing every package: in points, rounded down as the optimiser does.
#pragma once
#include "brute_force.h"
#include "carved/instance/solution.h"

// What prices alone prove: capacities at their prices, and everybody's best package at these.
int64_t brute_price_bound(const struct carved_instance *in, const struct brute_force *all, const struct carved_prices *prices);

// What the trees of sites prove: the most that coaches have hours for at everybody's charge, and each site's greatest leaf. Fails the test where a tree is none.
int64_t brute_proven_bound(
	const struct carved_instance *in, const struct brute_force *all, const struct carved_solution *solution);
