// SPDX-License-Identifier: EUPL-1.2
#include "support/bound_flow.h"
#include <stdlib.h>
#include <string.h>

enum { SOURCE, TOTAL, FIRST_JOB };
enum {
	NODES = FIRST_JOB + BOUND_JOBS + BOUND_SLOTS + CARVED_DAY_PARTS + CARVED_DAYS + 1,
	ARCS = 2 * (2 + BOUND_JOBS + BOUND_SLOTS * (2 + CARVED_DAY_PARTS) + CARVED_DAY_PARTS + 2 * CARVED_DAYS)
};

struct arc {
	int to, left_q, next; // the arc back is the one with the last bit flipped
	int64_t gain;
};

struct graph {
	struct arc arcs[ARCS];
	int arc_count, node_count, first[NODES];
	int64_t bonus, best[NODES];
	int came_by[NODES];
};

static void add_arc(struct graph *g, int from, int to, int most_q, int64_t gain)
{
	if (most_q <= 0)
		return;
	if (g->arc_count + 2 > ARCS)
		abort();
	g->arcs[g->arc_count] = (struct arc){.to = to, .left_q = most_q, .next = g->first[from], .gain = gain};
	g->first[from] = g->arc_count++;
	g->arcs[g->arc_count] = (struct arc){.to = from, .left_q = 0, .next = g->first[to], .gain = -gain};
	g->first[to] = g->arc_count++;
}

static void add_bounded(struct graph *g, int from, int to, int low_q, int up_q, int64_t gain)
{
	add_arc(g, from, to, low_q < up_q ? low_q : up_q, gain + g->bonus);
	add_arc(g, from, to, up_q - low_q, gain);
}

static int slot_node(const struct bound_flow *flow, size_t slot)
{
	return FIRST_JOB + (int)flow->job_count + (int)slot;
}

static int part_node(const struct bound_flow *flow, int part)
{
	return slot_node(flow, flow->slot_count) + part;
}

static int day_node(const struct bound_flow *flow, int day)
{
	return part_node(flow, CARVED_DAY_PARTS) + day;
}

static int64_t outweighing(const struct bound_flow *flow)
{
	int64_t largest = 1;
	for (size_t t = 0; t < flow->slot_count; t++) {
		int64_t size = flow->slots[t].gain < 0 ? -flow->slots[t].gain : flow->slots[t].gain;
		largest = size > largest ? size : largest;
	}
	return 4 * largest * (flow->max_q + 1);
}

static void build(struct graph *g, const struct bound_flow *flow)
{
	int sink = day_node(flow, CARVED_DAYS);
	g->arc_count = 0;
	g->node_count = sink + 1;
	memset(g->first, -1, sizeof g->first);
	g->bonus = outweighing(flow);
	add_bounded(g, SOURCE, TOTAL, flow->min_q, flow->max_q, 0);
	for (size_t j = 0; j < flow->job_count; j++)
		add_arc(g, TOTAL, FIRST_JOB + (int)j, flow->cap_q[j], 0);
	for (size_t t = 0; t < flow->slot_count; t++) {
		const struct bound_flow_slot *slot = &flow->slots[t];
		add_bounded(g, slot->job < 0 ? TOTAL : FIRST_JOB + slot->job, slot_node(flow, t), slot->low_q, slot->up_q,
			slot->gain);
		for (int part = 0; part < CARVED_DAY_PARTS; part++) {
			if (slot->up_q > 0 && (slot->parts >> part & 1) && flow->part_q[part] > 0)
				add_arc(g, slot_node(flow, t), part_node(flow, part), slot->up_q, 0);
		}
	}
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		add_arc(g, part_node(flow, part), day_node(flow, part / CARVED_PARTS_PER_DAY), flow->part_q[part], 0);
	for (int day = 0; day < CARVED_DAYS; day++)
		add_bounded(g, day_node(flow, day), sink, flow->day_low_q[day], flow->day_up_q[day], 0);
}

// The path of greatest gain to the sink. Returns false where there is none.
static bool find_path(struct graph *g)
{
	int queue[NODES], head = 0, queued = 0, sink = g->node_count - 1;
	bool waits[NODES] = {false};
	for (int n = 0; n < g->node_count; n++)
		g->best[n] = INT64_MIN;
	g->best[SOURCE] = 0;
	queue[queued++] = SOURCE;
	while (queued > 0) {
		int from = queue[head];
		head = (head + 1) % NODES;
		queued--;
		waits[from] = false;
		for (int a = g->first[from]; a >= 0; a = g->arcs[a].next) {
			const struct arc *arc = &g->arcs[a];
			if (arc->left_q == 0 || g->best[from] + arc->gain <= g->best[arc->to])
				continue;
			g->best[arc->to] = g->best[from] + arc->gain;
			g->came_by[arc->to] = a;
			if (!waits[arc->to])
				queue[(head + queued++) % NODES] = arc->to;
			waits[arc->to] = true;
		}
	}
	return g->best[sink] > INT64_MIN;
}

static void push(struct graph *g)
{
	int sink = g->node_count - 1, hours_q = INT32_MAX;
	for (int n = sink; n != SOURCE; n = g->arcs[g->came_by[n] ^ 1].to) {
		if (g->arcs[g->came_by[n]].left_q < hours_q)
			hours_q = g->arcs[g->came_by[n]].left_q;
	}
	for (int n = sink; n != SOURCE; n = g->arcs[g->came_by[n] ^ 1].to) {
		g->arcs[g->came_by[n]].left_q -= hours_q;
		g->arcs[g->came_by[n] ^ 1].left_q += hours_q;
	}
}

// What goes along all arcs into a node from nodes before it.
static int inflow(const struct graph *g, int node)
{
	int sum_q = 0;
	for (int a = g->first[node]; a >= 0; a = g->arcs[a].next)
		sum_q += a & 1 ? g->arcs[a].left_q : 0;
	return sum_q;
}

bool bound_flow_solve(const struct bound_flow *flow, struct bound_flow_answer *ret_answer)
{
	struct graph *g = malloc(sizeof *g);
	if (!g)
		abort();
	build(g, flow);
	while (find_path(g) && g->best[g->node_count - 1] > 0)
		push(g);
	bool met = inflow(g, TOTAL) >= flow->min_q;
	*ret_answer = (struct bound_flow_answer){0};
	for (size_t t = 0; t < flow->slot_count; t++) {
		ret_answer->hours_q[t] = inflow(g, slot_node(flow, t));
		ret_answer->gain += flow->slots[t].gain * ret_answer->hours_q[t];
		met = met && ret_answer->hours_q[t] >= flow->slots[t].low_q;
	}
	for (int day = 0; day < CARVED_DAYS; day++) {
		ret_answer->day_q[day] = inflow(g, day_node(flow, day));
		met = met && ret_answer->day_q[day] >= flow->day_low_q[day];
	}
	free(g);
	return met;
}
