// SPDX-License-Identifier: EUPL-1.2
// A circulation with lower bounds, for each choice of days D:
//
//   start -> need n [low_n, high_n] -> part p in P_n [0, hours of p] -> day d in D [least, per day] -> end -> start [T, T]
//
// least = per visit, or T where that is less, or nothing where D is a single day, which then has T anyway. An edge [l, u] is one of u - l, with l owed to its head and by its
// tail; a circulation exists exactly when all that is owed can be sent from a second start to a second end (Ford and Fulkerson 1962, Hoffman 1960).
#include "build_up_flow.h"
#include <string.h>

struct nodes { // numbers of the nodes
	size_t parts, days, end, start, owed, owing, count;
};

static struct nodes nodes_of(const struct carved_build_up_flow *flow)
{
	struct nodes n = {.parts = flow->count, .days = flow->count + CARVED_DAY_PARTS};
	n.end = n.days + CARVED_DAYS;
	n.start = n.end + 1;
	n.owed = n.end + 2;
	n.owing = n.end + 3;
	n.count = n.end + 4;
	return n;
}

void carved_build_up_flow_init(struct carved_build_up_flow *flow, const struct carved_candidate *candidate,
	const carved_parts_mask *parts, size_t count, struct carved_arena *arena)
{
	*flow = (struct carved_build_up_flow){.candidate = candidate, .parts = parts, .count = count};
	size_t nodes = nodes_of(flow).count;
	flow->low_q = carved_arena_array(arena, int, count);
	flow->high_q = carved_arena_array(arena, int, count);
	flow->hours_q = carved_arena_array(arena, int, count);
	flow->room_q = carved_arena_array(arena, int, nodes *nodes);
	flow->came_from = carved_arena_array(arena, int, nodes);
	flow->queue = carved_arena_array(arena, size_t, nodes);
}

static int *room(struct carved_build_up_flow *flow, size_t from, size_t to)
{
	return &flow->room_q[from * nodes_of(flow).count + to];
}

// Returns what becomes owed.
static int add_edge(struct carved_build_up_flow *flow, size_t from, size_t to, int low_q, int high_q)
{
	struct nodes n = nodes_of(flow);
	*room(flow, from, to) += high_q - low_q;
	*room(flow, n.owed, to) += low_q;
	*room(flow, from, n.owing) += low_q;
	return low_q;
}

// Sends along a shortest path from the owed to the owing. Returns the quarters sent.
static int send(struct carved_build_up_flow *flow)
{
	struct nodes n = nodes_of(flow);
	size_t queued = 1;
	for (size_t i = 0; i < n.count; i++)
		flow->came_from[i] = -1;
	flow->came_from[n.owed] = (int)n.owed;
	flow->queue[0] = n.owed;
	for (size_t at = 0; at < queued && flow->came_from[n.owing] < 0; at++) {
		for (size_t to = 0; to < n.count; to++) {
			if (flow->came_from[to] >= 0 || *room(flow, flow->queue[at], to) <= 0)
				continue;
			flow->came_from[to] = (int)flow->queue[at];
			flow->queue[queued++] = to;
		}
	}
	if (flow->came_from[n.owing] < 0)
		return 0;
	int most_q = INT32_MAX;
	for (size_t to = n.owing; to != n.owed; to = (size_t)flow->came_from[to]) {
		int here_q = *room(flow, (size_t)flow->came_from[to], to);
		most_q = here_q < most_q ? here_q : most_q;
	}
	for (size_t to = n.owing; to != n.owed; to = (size_t)flow->came_from[to]) {
		*room(flow, (size_t)flow->came_from[to], to) -= most_q;
		*room(flow, to, (size_t)flow->came_from[to]) += most_q;
	}
	return most_q;
}

// Whether exactly these days carry the hours.
static bool solve_days(struct carved_build_up_flow *flow, unsigned days, int total_q)
{
	struct nodes n = nodes_of(flow);
	const struct carved_candidate *c = flow->candidate;
	int least_q = __builtin_popcount(days) > 1 ? c->per_visit_q : 0, owed_q = 0, sent_q;
	memset(flow->room_q, 0, n.count * n.count * sizeof *flow->room_q);
	for (size_t i = 0; i < flow->count; i++) {
		owed_q += add_edge(flow, n.start, i, flow->low_q[i], flow->high_q[i]);
		for (size_t part = 0; part < CARVED_DAY_PARTS; part++)
			*room(flow, i, n.parts + part) = flow->parts[i] >> part & 1 ? flow->high_q[i] : 0;
	}
	for (size_t part = 0; part < CARVED_DAY_PARTS; part++)
		*room(flow, n.parts + part, n.days + part / CARVED_PARTS_PER_DAY) = c->available_q[part];
	for (size_t day = 0; day < CARVED_DAYS; day++) {
		if (days >> (CARVED_DAYS - 1 - day) & 1)
			owed_q += add_edge(flow, n.days + day, n.end, least_q, c->per_day_q);
	}
	owed_q += add_edge(flow, n.end, n.start, total_q, total_q);
	while (owed_q > 0 && (sent_q = send(flow)) > 0)
		owed_q -= sent_q;
	for (size_t i = 0; owed_q == 0 && i < flow->count; i++)
		flow->hours_q[i] = flow->high_q[i] - *room(flow, n.start, i);
	return owed_q == 0;
}

// The most hours of each day that the needs' parts reach.
static void measure_days(const struct carved_build_up_flow *flow, int day_q[CARVED_DAYS])
{
	const struct carved_candidate *c = flow->candidate;
	carved_parts_mask parts = 0;
	for (size_t i = 0; i < flow->count; i++)
		parts |= flow->high_q[i] > 0 ? flow->parts[i] : 0;
	for (int day = 0; day < CARVED_DAYS; day++) {
		day_q[day] = 0;
		for (int part = day * CARVED_PARTS_PER_DAY; part < (day + 1) * CARVED_PARTS_PER_DAY; part++)
			day_q[day] += parts >> part & 1 ? c->available_q[part] : 0;
		day_q[day] = day_q[day] < c->per_day_q ? day_q[day] : c->per_day_q;
	}
}

// Whether the days, each by itself, leave room for the hours: most choices of days need no flow.
static bool have_room(const struct carved_candidate *candidate, const int day_q[CARVED_DAYS], unsigned days, int total_q)
{
	int least_q = __builtin_popcount(days) > 1 ? candidate->per_visit_q : 0, sum_q = 0;
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (!(days >> (CARVED_DAYS - 1 - day) & 1))
			continue;
		if (day_q[day] < least_q)
			return false;
		sum_q += day_q[day];
	}
	return sum_q >= total_q;
}

// Monday is the highest bit of `days`, so that of two choices of as many days the earlier one is the larger number.
bool carved_build_up_flow_solve(struct carved_build_up_flow *flow, int total_q)
{
	const struct carved_candidate *c = flow->candidate;
	int day_q[CARVED_DAYS];
	measure_days(flow, day_q);
	for (int count = 1; count <= CARVED_DAYS; count++) {
		if ((count > 1 && count * c->per_visit_q > total_q) || count * c->per_day_q < total_q)
			continue;
		for (unsigned days = (1u << CARVED_DAYS) - 1; days > 0; days--) {
			if (__builtin_popcount(days) == count && have_room(c, day_q, days, total_q) &&
				solve_days(flow, days, total_q))
				return true;
		}
	}
	return false;
}
