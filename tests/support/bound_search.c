// SPDX-License-Identifier: EUPL-1.2
// The best hours in one set of jobs and supervisors, exactly: branch and bound over structure, with a flow of greatest gain as the relaxation.
//
// A search's nodes bound the hours of slots, the days and the paid bits (unknown categories, aids). A node's bound is the flow's gain less what is paid for
// already; entries of `limits` enter with multipliers (any multiplier >= 0 gives an upper bound; the best is where the two nearest flows meet). What a node's
// flow breaks is branched on:
//   a piece below its chunk       used with at least the chunk | not used
//   a day below a visit           worked with at least a visit | not worked
//   a must-wish not met           one branch for each slot that meets it
//   no part for a step            other hours of the first slot | these, and other hours of the second | ...
//   a bit not paid for            paid | its slots not used
//   limits, or a gap they leave   hours of a slot up to k | from k + 1 on
//   roundings of a valid flow     fewer or more hours of the first group of slots alike | as many, and of the second | ...
// Packages with the same hours of each group round alike. What groups are to have at most and at least enters with multipliers as limits do.
#include "support/bound_relax.h"
#include <string.h>

static int hours_of_group(const struct bound_search *s, const int *hours_q, size_t group)
{
	int sum_q = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		sum_q += bound_slot_of(s, t)->alike == group ? hours_q[t] : 0;
	return sum_q;
}

// Slots whose bits are banned are out, and what a slot in use brings with it is paid for. Returns false where that can't be.
static bool settle_bits(const struct bound_search *s, struct bound_node *node)
{
	for (size_t t = 0; t < s->slot_count; t++) {
		uint64_t bits = bound_slot_of(s, t)->bits;
		if (node->low_q[t] > 0)
			node->paid |= bits;
		else if (bits & node->banned)
			node->up_q[t] = 0;
	}
	return !(node->paid & node->banned);
}

static void explore(struct bound_search *s, const struct bound_node *from);

static void explore_slot(struct bound_search *s, const struct bound_node *from, size_t t, int low_q, int up_q)
{
	struct bound_node child = *from;
	int chunk_q = bound_slot_of(s, t)->slot->chunk_q;
	child.low_q[t] = low_q > 0 && low_q < chunk_q ? chunk_q : low_q;
	child.up_q[t] = up_q < chunk_q ? 0 : up_q;
	if (child.low_q[t] <= child.up_q[t])
		explore(s, &child);
}

static void branch_on_day(struct bound_search *s, const struct bound_node *node, int day)
{
	struct bound_node child = *node;
	child.day_low_q[day] = s->visit_q;
	if (child.day_low_q[day] <= child.day_up_q[day])
		explore(s, &child);
	child = *node;
	child.day_up_q[day] = 0;
	if (child.day_low_q[day] == 0)
		explore(s, &child);
}

static void branch_on_bit(struct bound_search *s, const struct bound_node *node, uint64_t bits)
{
	struct bound_node child = *node;
	uint64_t bit = bits & (~bits + 1);
	child.paid |= bit;
	explore(s, &child);
	child = *node;
	child.banned |= bit;
	explore(s, &child);
}

// The wish's slots one after the other: used, those before it not.
static void branch_on_must(struct bound_search *s, const struct bound_node *node, uint32_t missing)
{
	struct bound_node rest = *node;
	uint32_t wish = missing & (~missing + 1);
	for (size_t t = 0; t < s->slot_count; t++) {
		if (!(bound_slot_of(s, t)->must & wish) || rest.up_q[t] == 0)
			continue;
		explore_slot(s, &rest, t, 1, rest.up_q[t]);
		rest.up_q[t] = 0;
	}
}

// Whether the slot counts in a row that could be broken.
static bool is_limited(const struct bound_search *s, const struct bound_node *node, const struct bound_slot *slot)
{
	return slot->limits || node->alike_low_q[slot->alike] > 0 || node->alike_up_q[slot->alike] < s->max_q;
}

// Splits the hours of a slot: one in which the two flows differ, else any of a limit that is open still.
static void branch_on_hours(struct bound_search *s, const struct bound_node *node, const struct bound_relaxed *relaxed)
{
	for (size_t t = 0; relaxed->has_other && t < s->slot_count; t++) {
		int a = relaxed->flow.hours_q[t], b = relaxed->other.hours_q[t];
		if (a == b)
			continue;
		int middle_q = (a + b) / 2; // between them: each flow is left out of one branch
		explore_slot(s, node, t, node->low_q[t], middle_q);
		explore_slot(s, node, t, middle_q + 1, node->up_q[t]);
		return;
	}
	for (size_t t = 0; t < s->slot_count; t++) {
		int middle_q = node->low_q[t] + (node->up_q[t] - node->low_q[t]) / 2;
		if (!is_limited(s, node, bound_slot_of(s, t)) || node->low_q[t] == node->up_q[t])
			continue;
		explore_slot(s, node, t, node->low_q[t], middle_q);
		explore_slot(s, node, t, middle_q + 1, node->up_q[t]);
		return;
	}
}

// Others may round to more: other hours of one group, or these and other hours of the next.
static void branch_on_groups(struct bound_search *s, const struct bound_node *node, const int *hours_q)
{
	struct bound_node rest = *node;
	for (size_t g = 0; g < s->pair->alike_count; g++) {
		int now_q = hours_of_group(s, hours_q, g);
		struct bound_node child = rest;
		child.alike_up_q[g] = now_q - 1;
		if (now_q > rest.alike_low_q[g])
			explore(s, &child);
		child = rest;
		child.alike_low_q[g] = now_q + 1;
		if (now_q < rest.alike_up_q[g])
			explore(s, &child);
		rest.alike_low_q[g] = rest.alike_up_q[g] = now_q;
	}
}

static bool are_groups_fixed(const struct bound_search *s, const struct bound_node *node)
{
	bool fixed = true;
	for (size_t t = 0; t < s->slot_count; t++) {
		size_t group = bound_slot_of(s, t)->alike;
		fixed = fixed && node->alike_low_q[group] == node->alike_up_q[group];
	}
	return fixed;
}

// These hours won't do: other hours of one slot, or these and other hours of the next.
static void branch_on_any_hours(struct bound_search *s, const struct bound_node *node, const int *hours_q)
{
	struct bound_node rest = *node;
	for (size_t t = 0; t < s->slot_count; t++) {
		if (rest.low_q[t] == rest.up_q[t])
			continue;
		if (hours_q[t] > rest.low_q[t])
			explore_slot(s, &rest, t, rest.low_q[t], hours_q[t] - 1);
		if (hours_q[t] < rest.up_q[t])
			explore_slot(s, &rest, t, hours_q[t] + 1, rest.up_q[t]);
		rest.low_q[t] = rest.up_q[t] = hours_q[t];
	}
}

static void explore(struct bound_search *s, const struct bound_node *from)
{
	struct bound_node node = *from;
	struct bound_relaxed relaxed;
	s->pair->nodes++;
	if (s->pair->nodes_most && s->pair->nodes > s->pair->nodes_most)
		return;
	if (!settle_bits(s, &node) || !bound_relax(s, &node, &relaxed))
		return;
	int64_t bound = s->constant + relaxed.bound - bound_cost_of(s->pair, node.paid);
	if (bound <= s->best)
		return;
	const int *hours_q = relaxed.flow.hours_q;
	uint32_t missing = bound_must_missing(s, hours_q);
	uint64_t used = bound_bits_used(s, hours_q);
	int piece = bound_short_piece(s, hours_q), day = bound_short_day(s, &relaxed.flow);
	bool keeps = bound_keeps_rows(s, &node, hours_q);
	bool valid = piece < 0 && !missing && keeps && (day < 0 || bound_can_be_laid(s, hours_q));
	bool grows = !valid || bound_can_grow(s, hours_q);
	valid = valid && grows;
	int64_t roundings = bound_roundings(s->pair, s->slots, s->slot_count, hours_q);
	int64_t value = s->constant + bound_own_gain(s, hours_q) - bound_cost_of(s->pair, used) - roundings;
	if (valid && value > s->best)
		s->best = value;
	bool fixed = valid && are_groups_fixed(s, &node);
	bound -= fixed ? roundings : 0; // of every package of the node
	if (bound <= s->best)
		return;
	if (piece >= 0) {
		explore_slot(s, &node, (size_t)piece, 1, node.up_q[piece]);
		explore_slot(s, &node, (size_t)piece, node.low_q[piece], 0);
	} else if (missing) {
		branch_on_must(s, &node, missing);
	} else if (!grows) {
		branch_on_any_hours(s, &node, hours_q);
	} else if (used & ~node.paid) {
		branch_on_bit(s, &node, used & ~node.paid);
	} else if (day >= 0 && !valid && keeps) {
		branch_on_day(s, &node, day);
	} else if (valid && roundings && !fixed) {
		branch_on_groups(s, &node, hours_q);
	} else {
		branch_on_hours(s, &node, &relaxed);
	}
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

void bound_search_set(struct bound_search *s, int min_q, int max_q, int visit_q, unsigned days)
{
	struct bound_node root = bound_node_root(s);
	s->min_q = min_q;
	s->max_q = max_q;
	s->visit_q = visit_q;
	if (min_q > max_q)
		return;
	for (int day = 0; day < CARVED_DAYS; day++)
		root.day_up_q[day] = days >> day & 1 ? s->pair->candidate->per_day_q : 0;
	for (size_t t = 0; t < s->slot_count; t++) {
		const struct bound_slot *slot = bound_slot_of(s, t);
		int up_q = smaller(smaller(slot->up_q, slot->most_q), max_q), chunk_q = slot->slot->chunk_q;
		root.up_q[t] = up_q < chunk_q ? 0 : up_q;
		root.low_q[t] = slot->least_q > 0 && slot->least_q < chunk_q ? chunk_q : slot->least_q;
		if (root.low_q[t] > root.up_q[t])
			return;
	}
	explore(s, &root);
}

bool bound_search_is_worth_it(struct bound_search *s)
{
	struct bound_node root = bound_node_root(s);
	struct bound_relaxed relaxed;
	for (int day = 0; day < CARVED_DAYS; day++)
		root.day_up_q[day] = s->pair->candidate->per_day_q;
	for (size_t t = 0; t < s->slot_count; t++)
		root.up_q[t] = smaller(bound_slot_of(s, t)->up_q, s->max_q);
	return bound_relax(s, &root, &relaxed) && s->constant + relaxed.bound > s->best;
}
