// SPDX-License-Identifier: EUPL-1.2
// Rule `schedule`: laying the hours of a package into day parts, a flow problem for each choice of days (the flow: Ford and Fulkerson 1956).
#pragma once
#include "carved/base/arena.h"
#include "carved/base/week.h"
#include <stdbool.h>
#include <stddef.h>

struct carved_schedule_need { // one slot of the package
	int hours_q;
	carved_parts_mask parts;
};

struct carved_schedule_entry {
	size_t need; // index
	int part;    // day part
	int hours_q;
};

struct carved_schedule {
	struct carved_schedule_entry *entries; // sorted by part, then need; in the arena
	size_t count;
};

// Lays `needs` so that each day part holds at most available_q, each day worked between min(per_visit_q, all hours) and per_day_q.
// Fewest days first, then the earliest choice of days, then as early in the week as the flow allows: always the same answer.
// Returns false where there is none.
bool carved_schedule_make(const struct carved_schedule_need *needs, size_t count, const uint16_t available_q[CARVED_DAY_PARTS],
	int per_day_q, int per_visit_q, struct carved_arena *arena, struct carved_schedule *ret_schedule);
