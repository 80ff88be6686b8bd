// SPDX-License-Identifier: EUPL-1.2
// The most that slots can give one person, as a flow of greatest gain: the relaxation inside bound_check.c.
//
//   source -> total -> job (donor cap) -> slot -> day part -> day -> sink;  a slot that its job's cap does not count hangs on `total` itself
//
// Lower bounds (hours in all, of a slot, of a day) are the first units of their arcs with a bonus that outweighs every gain; a flow misses one only where none
// exists that has them all. Method: successive paths of greatest gain (Busacker and Gowen 1961), found by a queue-based Bellman-Ford; it starts from no flow,
// which has no cycle to gain by.
#pragma once
#include "carved/base/week.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BOUND_SLOTS = 128, BOUND_JOBS = 32 };

struct bound_flow_slot {
	int64_t gain; // per quarter
	int low_q, up_q;
	int job; // whose cap counts it; -1 none
	carved_parts_mask parts;
};

struct bound_flow {
	struct bound_flow_slot slots[BOUND_SLOTS];
	size_t slot_count;
	int cap_q[BOUND_JOBS];
	size_t job_count;
	int min_q, max_q;
	int part_q[CARVED_DAY_PARTS];
	int day_low_q[CARVED_DAYS], day_up_q[CARVED_DAYS];
};

struct bound_flow_answer {
	int64_t gain; // of the flow
	int hours_q[BOUND_SLOTS];
	int day_q[CARVED_DAYS];
};

// Returns false where the lower bounds can't be met.
bool bound_flow_solve(const struct bound_flow *flow, struct bound_flow_answer *ret_answer);
