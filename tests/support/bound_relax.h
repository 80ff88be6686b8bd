// SPDX-License-Identifier: EUPL-1.2
// A node of the search, and its relaxation: an upper bound by a flow of greatest gain (bound_relax.c).
#pragma once
#include "support/bound_set.h"

enum { BOUND_ROWS = BOUND_LIMITS + 2 * BOUND_SLOTS }; // limits, then of each group the most and the least

struct bound_node {
	int low_q[BOUND_SLOTS], up_q[BOUND_SLOTS];
	int alike_low_q[BOUND_SLOTS], alike_up_q[BOUND_SLOTS]; // per group
	int day_low_q[CARVED_DAYS], day_up_q[CARVED_DAYS];
	uint64_t paid, banned;
	int64_t theta[BOUND_ROWS];
};

struct bound_relaxed {
	struct bound_flow_answer flow;  // keeps the limits where some flow does
	struct bound_flow_answer other; // breaks one, at nearly the same multipliers
	bool has_other;
	int64_t bound;
};

// A node that asks for nothing but what the pair's decisions ask of groups; no hours and no days are open yet.
struct bound_node bound_node_root(const struct bound_search *s);

// Returns false where nothing is in the node. Sets the node's multipliers.
bool bound_relax(const struct bound_search *s, struct bound_node *node, struct bound_relaxed *ret_relaxed);

// Whether the hours keep the limits, and what the node asks of groups.
bool bound_keeps_rows(const struct bound_search *s, const struct bound_node *node, const int *hours_q);
