// SPDX-License-Identifier: EUPL-1.2
// Inside price/ only: the relaxed problem of one node, without schedule, load limits, supervisors and must-wishes. See relax.c for the method.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CARVED_RELAX_NONE (INT64_MIN / 4)       // "impossible": far below every value, and two of them add up without overflow
#define CARVED_RELAX_IMPOSSIBLE (INT64_MIN / 8) // anything below is impossible
#define CARVED_RELAX_JOBS_SORTED 16             // with more jobs allowed than this, the quick bound forgets the limit

struct relax_slot {
	int64_t gain;    // units per quarter
	int64_t setup;   // units, >= 0, once the slot is used
	int64_t rate;    // gain less setup per quarter of a full use, rounded up: the quick bound's
	uint16_t lo, hi; // quarters when used; 1 <= lo <= hi
	uint16_t index;  // of the pair's slot
	uint16_t group;  // RELAX_NO_GROUP: none
	bool forced;     // must be used
};

#define RELAX_GROUPS (1u << 16) // from here on a number is a group's
#define RELAX_NO_GROUP UINT16_MAX

struct relax_group {     // slots of one job, all of them capped or none
	uint16_t lo, hi; // quarters of all together
	uint16_t index;  // of the pair's first slot
};

struct relax_job {
	int64_t setup;         // units, >= 0, once the job is used
	uint32_t cap;          // quarters of its first `capped` slots together
	uint16_t first, count; // slots
	uint16_t capped;       // the first so many count for the cap
	uint16_t longest;      // quarters of the job together at most
	uint16_t index;        // of the pair's job
	bool forced;           // must be used
};

struct relax {
	struct relax_slot *slots; // by job; capped ones first
	struct relax_job *jobs;
	struct relax_group *groups;
	uint32_t slot_count, job_count, group_count;
	uint32_t jobs_max;     // >= 1
	uint32_t min_q, max_q; // hours of all together
	int64_t job_cost;      // units, >= 0, for each job beyond the first
	int64_t dropped_bound; // set by carved_relax_bound: no package that uses what was dropped is above it
	// scratch, grown where needed
	int64_t *cells;
	size_t cell_count;
	uint32_t *slot_layer; // start of each slot's row of cells
	uint16_t *slot_length;
	uint32_t *group_layer; // likewise, with what comes before the group in its job
	uint16_t *group_length;
	uint32_t *order;       // of each job, from its first slot on: slots, and groups (+ RELAX_GROUPS), in the order of rows
	uint16_t *order_count; // per job
	uint16_t *queue;
	int64_t *job_value;
	size_t slot_room, job_room, queue_room;
};

void carved_relax_reserve(struct relax *relax, size_t slots, size_t jobs, size_t quarters);
void carved_relax_deinit(struct relax *relax);

// An upper bound in about a microsecond; then drops the slots and jobs that no package above `bar` can use. Sets `rate` of the slots.
// Returns a value below CARVED_RELAX_IMPOSSIBLE where the hours can't be reached.
int64_t carved_relax_bound(struct relax *relax, int64_t bar);

// The exact optimum; hours of each slot (by place in `slots`) into `hours`. Below CARVED_RELAX_IMPOSSIBLE: none.
int64_t carved_relax_solve(struct relax *relax, uint16_t *hours);
