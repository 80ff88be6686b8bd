// SPDX-License-Identifier: EUPL-1.2
// Inside model/ only: hours of a step as a flow with least and most amounts.
#pragma once
#include "carved/model/document.h"

struct carved_build_up_flow {
	const struct carved_candidate *candidate;
	const carved_parts_mask *parts; // per need
	size_t count;
	int *low_q, *high_q; // per need: what is asked
	int *hours_q;        // per need: the answer
	int *room_q;         // what edges still take, [node][node]
	int *came_from;      // per node, of the search
	size_t *queue;
};

// Arrays live in the arena; `parts` is borrowed.
void carved_build_up_flow_init(struct carved_build_up_flow *flow, const struct carved_candidate *candidate,
	const carved_parts_mask *parts, size_t count, struct carved_arena *arena);

// Hours low_q <= hours_q <= high_q, `total_q` together, that can be laid into the week: fewest days first, of those the earliest. Returns false where there are
// none.
bool carved_build_up_flow_solve(struct carved_build_up_flow *flow, int total_q);
