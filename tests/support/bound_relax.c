// SPDX-License-Identifier: EUPL-1.2
// The relaxation of a node: the flow's gain. Entries of `limits`, and what groups of slots alike are to have at most and at least, are rows that a flow may break: they
// enter with multipliers. Any multiplier >= 0 gives an upper bound; the best is where the two nearest flows meet.
#include "support/bound_relax.h"
#include <stdlib.h>
#include <string.h>

static size_t count_rows(const struct bound_search *s)
{
	bool grouped = s->pair->rounded || s->pair->decided_alike;
	return s->pair->candidate->limit_count + (grouped ? 2 * s->pair->alike_count : 0);
}

// How an hour of the slot counts in a row: 0, 1, or -1 where the row asks for a least.
static int weight_of(const struct bound_search *s, const struct bound_slot *slot, size_t row)
{
	size_t limits = s->pair->candidate->limit_count;
	if (row < limits)
		return slot->limits >> row & 1;
	return slot->alike != (row - limits) / 2 ? 0 : (row - limits) % 2 ? -1 : 1;
}

static int64_t most_of(const struct bound_search *s, const struct bound_node *node, size_t row)
{
	size_t limits = s->pair->candidate->limit_count;
	if (row < limits)
		return s->pair->candidate->limits[row].hours_q;
	return (row - limits) % 2 ? -node->alike_low_q[(row - limits) / 2] : node->alike_up_q[(row - limits) / 2];
}

struct bound_node bound_node_root(const struct bound_search *s)
{
	struct bound_node root = {0};
	memcpy(root.alike_low_q, s->pair->alike_least_q, sizeof root.alike_low_q);
	memcpy(root.alike_up_q, s->pair->alike_most_q, sizeof root.alike_up_q);
	return root;
}

static int64_t load_of(const struct bound_search *s, const int *hours_q, size_t row)
{
	int64_t sum_q = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		sum_q += weight_of(s, bound_slot_of(s, t), row) * hours_q[t];
	return sum_q;
}

// A flow at the multipliers; *ret_bound: no package of the node is worth more (constant and paid bits left out).
static bool relax(const struct bound_search *s, const struct bound_node *node, const int64_t *theta,
	struct bound_flow_answer *ret_answer, int64_t *ret_bound)
{
	static _Thread_local struct bound_flow flow;
	const struct carved_candidate *c = s->pair->candidate;
	flow = (struct bound_flow){.slot_count = s->slot_count, .job_count = s->job_count, .min_q = s->min_q, .max_q = s->max_q};
	*ret_bound = 0;
	for (size_t t = 0; t < s->slot_count; t++) {
		const struct bound_slot *slot = bound_slot_of(s, t);
		int64_t gain = slot->gain;
		for (size_t k = 0; k < count_rows(s); k++)
			gain -= theta[k] ? weight_of(s, slot, k) * theta[k] : 0;
		flow.slots[t] = (struct bound_flow_slot){gain, node->low_q[t], node->up_q[t], s->job_of[t], slot->slot->parts};
	}
	memcpy(flow.cap_q, s->cap_q, sizeof flow.cap_q);
	memcpy(flow.day_low_q, node->day_low_q, sizeof flow.day_low_q);
	memcpy(flow.day_up_q, node->day_up_q, sizeof flow.day_up_q);
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		flow.part_q[part] = c->available_q[part];
	if (!bound_flow_solve(&flow, ret_answer))
		return false;
	*ret_bound = ret_answer->gain;
	for (size_t k = 0; k < count_rows(s); k++)
		*ret_bound += theta[k] ? theta[k] * most_of(s, node, k) : 0;
	return true;
}

bool bound_keeps_limits(const struct bound_search *s, const int *hours_q)
{
	const struct carved_candidate *c = s->pair->candidate;
	for (size_t k = 0; k < c->limit_count; k++) {
		if (load_of(s, hours_q, k) > c->limits[k].hours_q)
			return false;
	}
	return true;
}

bool bound_keeps_rows(const struct bound_search *s, const struct bound_node *node, const int *hours_q)
{
	for (size_t k = 0; k < count_rows(s); k++) {
		if (load_of(s, hours_q, k) > most_of(s, node, k))
			return false;
	}
	return true;
}

static int64_t largest_gain(const struct bound_search *s)
{
	int64_t largest = 1;
	for (size_t t = 0; t < s->slot_count; t++)
		largest = llabs(bound_slot_of(s, t)->gain) > largest ? llabs(bound_slot_of(s, t)->gain) : largest;
	return largest;
}

// The multiplier of one limit, the others standing: where the flow that breaks the limit and the one that keeps it are worth the same.
static void fit_multiplier(const struct bound_search *s, struct bound_node *node, size_t k, struct bound_relaxed *relaxed)
{
	int64_t limit_q = most_of(s, node, k), low = 0, high = 4 * largest_gain(s), bound;
	struct bound_flow_answer above, below, middle; // breaks the limit; keeps it
	node->theta[k] = 0;
	if (!relax(s, node, node->theta, &above, &bound))
		return;
	relaxed->bound = bound < relaxed->bound ? bound : relaxed->bound;
	if (load_of(s, above.hours_q, k) <= limit_q) {
		relaxed->flow = above;
		return;
	}
	node->theta[k] = high;
	relax(s, node, node->theta, &below, &bound);
	relaxed->bound = bound < relaxed->bound ? bound : relaxed->bound;
	while (load_of(s, below.hours_q, k) <= limit_q && high - low > 1) {
		// both flows' values as lines in theta: their crossing, or the middle where that does not lie between
		int64_t loads = load_of(s, above.hours_q, k) - load_of(s, below.hours_q, k);
		int64_t gains = bound_own_gain(s, above.hours_q) - bound_own_gain(s, below.hours_q);
		for (size_t o = 0; o < count_rows(s); o++) {
			if (o != k && node->theta[o])
				gains -= node->theta[o] * (load_of(s, above.hours_q, o) - load_of(s, below.hours_q, o));
		}
		int64_t theta = loads > 0 ? gains / loads : low + (high - low) / 2;
		if (theta <= low || theta >= high)
			break;
		node->theta[k] = theta;
		relax(s, node, node->theta, &middle, &bound);
		bool better = bound < relaxed->bound;
		relaxed->bound = better ? bound : relaxed->bound;
		if (load_of(s, middle.hours_q, k) > limit_q) {
			low = theta;
			above = middle;
		} else {
			high = theta;
			below = middle;
		}
		if (!better)
			break;
	}
	relaxed->flow = below;
	relaxed->other = above;
	relaxed->has_other = true;
}

bool bound_relax(const struct bound_search *s, struct bound_node *node, struct bound_relaxed *relaxed)
{
	memset(node->theta, 0, sizeof node->theta);
	relaxed->has_other = false;
	if (!relax(s, node, node->theta, &relaxed->flow, &relaxed->bound))
		return false;
	for (size_t k = 0; k < count_rows(s); k++) {
		if (load_of(s, relaxed->flow.hours_q, k) > most_of(s, node, k))
			fit_multiplier(s, node, k, relaxed);
	}
	return true;
}
