// SPDX-License-Identifier: EUPL-1.2
// How a plan's value and bound went while it was made: kept with it, so that people can see how much time has brought, and when nothing came any more.
#pragma once
#include "carved/base/json.h"
#include <stdbool.h>

enum { CARVED_PLAN_COURSE_MOST = 200 }; // points, the end included

struct carved_plan_point {
	int64_t ms;           // since the plan was asked for
	int64_t value, bound; // points; -1: not known
};

// Zeroed: nothing is known. Whatever comes, the first point stays, and the others lie about evenly over those that came.
struct carved_plan_course {
	struct carved_plan_point points[CARVED_PLAN_COURSE_MOST];
	unsigned count;
	unsigned passed, pause; // points passed over since the last that was kept; how many to pass over between two
};

// Adds what is known at a moment, where it says something new. Requires: moments don't go back.
void carved_plan_course_add(struct carved_plan_course *course, const struct carved_plan_point *point);

// Writes the points as a list, and the end behind them.
void carved_plan_course_format(const struct carved_plan_course *course, const struct carved_plan_point *end,
	struct carved_json_writer *writer, const char *key);
