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
#include "carved/base/quarters.h"
#include "carved/model/build_up.h"
#include "support/bound_set.h"
#include <stdlib.h>
#include <string.h>

enum { ROWS = BOUND_LIMITS + 2 * BOUND_SLOTS }; // limits, then of each group the most and the least

struct node {
	int low_q[BOUND_SLOTS], up_q[BOUND_SLOTS];
	int alike_low_q[BOUND_SLOTS], alike_up_q[BOUND_SLOTS]; // per group
	int day_low_q[CARVED_DAYS], day_up_q[CARVED_DAYS];
	uint64_t paid, banned;
	int64_t theta[ROWS];
};

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

static int64_t most_of(const struct bound_search *s, const struct node *node, size_t row)
{
	size_t limits = s->pair->candidate->limit_count;
	if (row < limits)
		return s->pair->candidate->limits[row].hours_q;
	return (row - limits) % 2 ? -node->alike_low_q[(row - limits) / 2] : node->alike_up_q[(row - limits) / 2];
}

static struct node root_of(const struct bound_search *s)
{
	struct node root = {0};
	memcpy(root.alike_low_q, s->pair->alike_least_q, sizeof root.alike_low_q);
	memcpy(root.alike_up_q, s->pair->alike_most_q, sizeof root.alike_up_q);
	return root;
}

int64_t bound_cost_of(const struct bound_pair *pair, uint64_t bits)
{
	int64_t cost = 0;
	for (size_t bit = 0; bit < pair->bit_count; bit++)
		cost += bits >> bit & 1 ? pair->bit_cost[bit] : 0;
	return cost;
}

static int64_t load_of(const struct bound_search *s, const int *hours_q, size_t row)
{
	int64_t sum_q = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		sum_q += weight_of(s, bound_slot_of(s, t), row) * hours_q[t];
	return sum_q;
}

static int hours_of_group(const struct bound_search *s, const int *hours_q, size_t group)
{
	int sum_q = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		sum_q += bound_slot_of(s, t)->alike == group ? hours_q[t] : 0;
	return sum_q;
}

bool bound_keeps_alike(const struct bound_pair *pair, const size_t *slots, size_t count, const int *hours_q)
{
	int sum_q[BOUND_SLOTS] = {0};
	bool keeps = true;
	for (size_t t = 0; t < count; t++)
		sum_q[pair->slots[slots[t]].alike] += hours_q[t];
	for (size_t g = 0; g < pair->alike_count; g++)
		keeps = keeps && sum_q[g] >= pair->alike_least_q[g] && sum_q[g] <= pair->alike_most_q[g];
	return keeps;
}

// A flow at the multipliers; *ret_bound: no package of the node is worth more (constant and paid bits left out).
static bool relax(const struct bound_search *s, const struct node *node, const int64_t *theta,
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

static int64_t own_gain(const struct bound_search *s, const int *hours_q)
{
	int64_t gain = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		gain += bound_slot_of(s, t)->gain * hours_q[t];
	return gain;
}

int64_t bound_roundings(const struct bound_pair *pair, const size_t *slots, size_t count, const int *hours_q)
{
	int64_t fit = 0, relief = 0, point = (int64_t)CARVED_MICRO * pair->candidate->max_q;
	for (size_t t = 0; t < count && pair->rounded; t++) {
		fit += pair->slots[slots[t]].fit * hours_q[t];
		relief += pair->slots[slots[t]].relief * hours_q[t];
	}
	return fit - carved_floor_div(fit, point) * point + relief - carved_floor_div(relief, point) * point;
}

struct relaxed {
	struct bound_flow_answer flow;  // keeps the limits where some flow does
	struct bound_flow_answer other; // breaks one, at nearly the same multipliers
	bool has_other;
	int64_t bound;
};

bool bound_keeps_limits(const struct bound_search *s, const int *hours_q)
{
	const struct carved_candidate *c = s->pair->candidate;
	for (size_t k = 0; k < c->limit_count; k++) {
		if (load_of(s, hours_q, k) > c->limits[k].hours_q)
			return false;
	}
	return true;
}

static bool keeps_rows(const struct bound_search *s, const struct node *node, const int *hours_q)
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
static void fit_multiplier(const struct bound_search *s, struct node *node, size_t k, struct relaxed *relaxed)
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
		int64_t gains = own_gain(s, above.hours_q) - own_gain(s, below.hours_q);
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

// The node's relaxation. Returns false where nothing is in the node.
static bool relax_node(const struct bound_search *s, struct node *node, struct relaxed *relaxed)
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

// Slots whose bits are banned are out, and what a slot in use brings with it is paid for. Returns false where that can't be.
static bool settle_bits(const struct bound_search *s, struct node *node)
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

uint64_t bound_bits_used(const struct bound_search *s, const int *hours_q)
{
	uint64_t bits = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		bits |= hours_q[t] > 0 ? bound_slot_of(s, t)->bits : 0;
	return bits;
}

static uint32_t must_met(const struct bound_search *s, const int *hours_q)
{
	uint32_t met = 0;
	for (size_t t = 0; t < s->slot_count; t++)
		met |= hours_q[t] > 0 ? bound_slot_of(s, t)->must : 0;
	return met;
}

static uint32_t must_missing(const struct bound_search *s, const int *hours_q)
{
	size_t wishes = s->pair->must_count;
	uint32_t wanted = wishes >= 32 ? UINT32_MAX : ((uint32_t)1 << wishes) - 1;
	return wanted & ~must_met(s, hours_q);
}

bool bound_meets_must(const struct bound_search *s, const int *hours_q)
{
	return must_missing(s, hours_q) == 0;
}

static int short_piece(const struct bound_search *s, const int *hours_q)
{
	for (size_t t = 0; t < s->slot_count; t++) {
		if (hours_q[t] > 0 && hours_q[t] < bound_slot_of(s, t)->slot->chunk_q)
			return (int)t;
	}
	return -1;
}

static int short_day(const struct bound_search *s, const struct bound_flow_answer *flow)
{
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (flow->day_q[day] > 0 && flow->day_q[day] < s->visit_q)
			return day;
	}
	return -1;
}

// Whether the hours can be laid although this flow has a short day.
bool bound_can_be_laid(const struct bound_search *s, const int *hours_q)
{
	const struct carved_candidate *c = s->pair->candidate;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_schedule_need needs[BOUND_SLOTS];
	struct carved_schedule schedule;
	size_t count = 0;
	for (size_t t = 0; t < s->slot_count; t++) {
		if (hours_q[t] > 0)
			needs[count++] = (struct carved_schedule_need){hours_q[t], bound_slot_of(s, t)->slot->parts};
	}
	bool laid = carved_schedule_make(needs, count, c->available_q, c->per_day_q, c->per_visit_q, &arena, &schedule);
	carved_arena_deinit(&arena);
	return laid;
}

// Whether the hours have a part for each step of the person's build-up.
bool bound_can_grow(const struct bound_search *s, const int *hours_q)
{
	const struct carved_candidate *c = s->pair->candidate;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_build_up_need needs[BOUND_SLOTS];
	size_t count = 0;
	for (size_t t = 0; t < s->slot_count; t++) {
		if (hours_q[t] > 0)
			needs[count++] = carved_build_up_need_of(c, bound_slot_of(s, t)->slot, hours_q[t]);
	}
	struct carved_build_up_step *steps = carved_arena_array(&arena, struct carved_build_up_step, c->build_up_count);
	bool grows = carved_build_up_make(c, needs, count, &arena, steps);
	carved_arena_deinit(&arena);
	return grows;
}

static void explore(struct bound_search *s, const struct node *from);

static void explore_slot(struct bound_search *s, const struct node *from, size_t t, int low_q, int up_q)
{
	struct node child = *from;
	int chunk_q = bound_slot_of(s, t)->slot->chunk_q;
	child.low_q[t] = low_q > 0 && low_q < chunk_q ? chunk_q : low_q;
	child.up_q[t] = up_q < chunk_q ? 0 : up_q;
	if (child.low_q[t] <= child.up_q[t])
		explore(s, &child);
}

static void branch_on_day(struct bound_search *s, const struct node *node, int day)
{
	struct node child = *node;
	child.day_low_q[day] = s->visit_q;
	if (child.day_low_q[day] <= child.day_up_q[day])
		explore(s, &child);
	child = *node;
	child.day_up_q[day] = 0;
	if (child.day_low_q[day] == 0)
		explore(s, &child);
}

static void branch_on_bit(struct bound_search *s, const struct node *node, uint64_t bits)
{
	struct node child = *node;
	uint64_t bit = bits & (~bits + 1);
	child.paid |= bit;
	explore(s, &child);
	child = *node;
	child.banned |= bit;
	explore(s, &child);
}

// The wish's slots one after the other: used, those before it not.
static void branch_on_must(struct bound_search *s, const struct node *node, uint32_t missing)
{
	struct node rest = *node;
	uint32_t wish = missing & (~missing + 1);
	for (size_t t = 0; t < s->slot_count; t++) {
		if (!(bound_slot_of(s, t)->must & wish) || rest.up_q[t] == 0)
			continue;
		explore_slot(s, &rest, t, 1, rest.up_q[t]);
		rest.up_q[t] = 0;
	}
}

// Whether the slot counts in a row that could be broken.
static bool is_limited(const struct bound_search *s, const struct node *node, const struct bound_slot *slot)
{
	return slot->limits || node->alike_low_q[slot->alike] > 0 || node->alike_up_q[slot->alike] < s->max_q;
}

// Splits the hours of a slot: one in which the two flows differ, else any of a limit that is open still.
static void branch_on_hours(struct bound_search *s, const struct node *node, const struct relaxed *relaxed)
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
static void branch_on_groups(struct bound_search *s, const struct node *node, const int *hours_q)
{
	struct node rest = *node;
	for (size_t g = 0; g < s->pair->alike_count; g++) {
		int now_q = hours_of_group(s, hours_q, g);
		struct node child = rest;
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

static bool are_groups_fixed(const struct bound_search *s, const struct node *node)
{
	bool fixed = true;
	for (size_t t = 0; t < s->slot_count; t++) {
		size_t group = bound_slot_of(s, t)->alike;
		fixed = fixed && node->alike_low_q[group] == node->alike_up_q[group];
	}
	return fixed;
}

// These hours won't do: other hours of one slot, or these and other hours of the next.
static void branch_on_any_hours(struct bound_search *s, const struct node *node, const int *hours_q)
{
	struct node rest = *node;
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

static void explore(struct bound_search *s, const struct node *from)
{
	struct node node = *from;
	struct relaxed relaxed;
	s->pair->nodes++;
	if (s->pair->nodes_most && s->pair->nodes > s->pair->nodes_most)
		return;
	if (!settle_bits(s, &node) || !relax_node(s, &node, &relaxed))
		return;
	int64_t bound = s->constant + relaxed.bound - bound_cost_of(s->pair, node.paid);
	if (bound <= s->best)
		return;
	const int *hours_q = relaxed.flow.hours_q;
	uint32_t missing = must_missing(s, hours_q);
	uint64_t used = bound_bits_used(s, hours_q);
	int piece = short_piece(s, hours_q), day = short_day(s, &relaxed.flow);
	bool keeps = keeps_rows(s, &node, hours_q);
	bool valid = piece < 0 && !missing && keeps && (day < 0 || bound_can_be_laid(s, hours_q));
	bool grows = !valid || bound_can_grow(s, hours_q);
	valid = valid && grows;
	int64_t roundings = bound_roundings(s->pair, s->slots, s->slot_count, hours_q);
	int64_t value = s->constant + own_gain(s, hours_q) - bound_cost_of(s->pair, used) - roundings;
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
	struct node root = root_of(s);
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
	struct node root = root_of(s);
	struct relaxed relaxed;
	for (int day = 0; day < CARVED_DAYS; day++)
		root.day_up_q[day] = s->pair->candidate->per_day_q;
	for (size_t t = 0; t < s->slot_count; t++)
		root.up_q[t] = smaller(bound_slot_of(s, t)->up_q, s->max_q);
	return relax_node(s, &root, &relaxed) && s->constant + relaxed.bound > s->best;
}
