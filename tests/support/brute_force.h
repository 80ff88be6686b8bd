// SPDX-License-Identifier: EUPL-1.2
// Every package of a tiny instance, by the plainest code that follows DESIGN section 3, and the best plan over all of them. Shares nothing with lib/fit and
// lib/price: those are held against it.
//
// A package that breaks rules is kept with the set of rules it breaks, so that the optimum without one rule can be had from the same list: a rule *binds*
// where leaving it out changes the best plan.
#pragma once
#include "carved/instance/solution.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BRUTE_SLOTS 6 // of an instance, at most
#define BRUTE_CANDIDATES 4

#define BRUTE_RULES(X)                                                                                                           \
	X(capacity)                                                                                                              \
	X(environment)                                                                                                           \
	X(requirement)                                                                                                           \
	X(never)                                                                                                                 \
	X(availability)                                                                                                          \
	X(hours)                                                                                                                 \
	X(chunk)                                                                                                                 \
	X(schedule)                                                                                                              \
	X(load)                                                                                                                  \
	X(jobs)                                                                                                                  \
	X(supervisor)                                                                                                            \
	X(travel)                                                                                                                \
	X(excluded)                                                                                                              \
	X(must)                                                                                                                  \
	X(build_up)                                                                                                              \
	X(consent)                                                                                                               \
	X(one)                                                                                                                   \
	X(supply)                                                                                                                \
	X(donor)                                                                                                                 \
	X(displacement)                                                                                                          \
	X(places)                                                                                                                \
	X(supervision)                                                                                                           \
	X(coach)                                                                                                                 \
	X(reserve)

enum brute_rule {
#define X(name) BRUTE_##name,
	BRUTE_RULES(X)
#undef X
		BRUTE_structure, // no `carve`: nothing but whole openings; not a rule to leave out
	BRUTE_RULE_COUNT,
};

#define BRUTE_BIT(rule) ((uint32_t)1 << BRUTE_##rule)

extern const char *const brute_rule_names[];

struct brute_package {
	uint32_t candidate, site;
	enum carved_package_kind kind;
	uint32_t broken; // rules, bits; by itself in the empty region
	uint32_t hours_q[BRUTE_SLOTS];
	int64_t fit_sum, relief_sum; // quarters x fit, quarters x relief
	struct carved_value_parts parts;
	int64_t value;
};

struct brute_force {
	const struct carved_instance *instance;
	struct brute_package *packages; // those that break two rules or more are left out
	size_t count, room;
};

// Requires: at most BRUTE_SLOTS slots and BRUTE_CANDIDATES candidates, and few hours.
void brute_force_init(struct brute_force *all, const struct carved_instance *instance);
void brute_force_deinit(struct brute_force *all);

// Millionths, rounded up: price.h's objective. prices may be NULL.
int64_t brute_force_reduced(
	const struct brute_force *all, const struct brute_package *package, const struct carved_prices *prices);

// Value of the best plan. `without`: a rule left out (BRUTE_RULE_COUNT: none).
int64_t brute_force_best_plan(const struct brute_force *all, enum brute_rule without);

// DESIGN's "options" of a candidate.
uint32_t brute_force_options(const struct carved_instance *instance, uint32_t candidate);
