// SPDX-License-Identifier: EUPL-1.2
// A tiny random instance with its prices and a plan, for tests of what improves plans. Tests that use it may look into lib/optimize.
#pragma once
#include "draft.h"
#include "dual.h"

struct tiny_plan {
	struct carved_instance instance;
	struct carved_optimize_options options;
	struct carved_problem problem;
	struct carved_columns pool;
	struct carved_dual dual;
	struct carved_draft plan;
};

// The plan is empty, the prices are proven. Not to be moved afterwards.
void tiny_plan_init(struct tiny_plan *tiny, uint64_t seed, uint32_t threads);
void tiny_plan_deinit(struct tiny_plan *tiny);

// Adds up the plan's packages: what is left of everything, and the value, are what the plan says.
void tiny_plan_assert_room(const struct tiny_plan *tiny);
