// SPDX-License-Identifier: EUPL-1.2
// Best-first branch and bound over nodes (node.c).
//
// The node with the highest bound goes first (the newest of equals), so when the search is cut short the bound that stands is as low as can be proven with
// so many nodes.
#include "carved/base/arena.h"
#include "pricing.h"
#include <string.h>

enum { SLICE = 16 }; // nodes between two questions whether to stop

uint32_t carved_search_link(
	struct carved_price_workspace *w, uint32_t parent, enum price_decision decision, uint32_t index, uint32_t value)
{
	if (w->node_count == w->node_room) {
		w->node_room = w->node_room ? w->node_room * 2 : 256;
		w->nodes = carved_realloc_array(w->nodes, w->node_room, sizeof *w->nodes);
		w->heap = carved_realloc_array(w->heap, w->node_room, sizeof *w->heap);
	}
	w->nodes[w->node_count] = (struct price_node){
		.parent = parent, .decision = (uint8_t)decision, .index = (uint16_t)index, .value = (uint16_t)value};
	return w->node_count++;
}

static bool before(const struct carved_price_workspace *w, uint32_t a, uint32_t b)
{
	return w->nodes[a].bound != w->nodes[b].bound ? w->nodes[a].bound > w->nodes[b].bound : a > b;
}

void carved_search_close(struct carved_price_workspace *w, int64_t bound)
{
	w->closed_bound = bound > w->closed_bound ? bound : w->closed_bound;
}

void carved_search_open(struct carved_price_workspace *w, uint32_t node, int64_t bound)
{
	w->nodes[node].bound = bound;
	if (bound <= w->bar) {
		carved_search_close(w, bound);
		return;
	}
	uint32_t at = w->heap_count++;
	for (; at > 0 && before(w, node, w->heap[(at - 1) / 2]); at = (at - 1) / 2)
		w->heap[at] = w->heap[(at - 1) / 2];
	w->heap[at] = node;
}

static uint32_t pop(struct carved_price_workspace *w)
{
	const uint32_t top = w->heap[0], last = w->heap[--w->heap_count];
	uint32_t at = 0;
	for (;;) {
		uint32_t child = 2 * at + 1;
		if (child >= w->heap_count)
			break;
		if (child + 1 < w->heap_count && before(w, w->heap[child + 1], w->heap[child]))
			child++;
		if (!before(w, w->heap[child], last))
			break;
		w->heap[at] = w->heap[child];
		at = child;
	}
	w->heap[at] = last;
	return top;
}

int64_t carved_search_open_bound(const struct carved_price_workspace *w)
{
	return w->heap_count ? w->nodes[w->heap[0]].bound : CARVED_RELAX_NONE;
}

void carved_search_offer(struct carved_price_workspace *w, int64_t worth, bool whole)
{
	if (worth <= w->bar)
		return;
	w->bar = worth;
	w->best_whole = whole;
	w->best_count = w->piece_count;
	memcpy(w->best, w->pieces, w->piece_count * sizeof *w->pieces);
}

static bool must_end(struct carved_price_workspace *w)
{
	const struct carved_price_query *query = w->query;
	if (w->nodes_done >= query->node_limit)
		return true;
	return query->is_stopped && w->nodes_done > 0 && w->nodes_done % SLICE == 0 && query->is_stopped(query->context);
}

bool carved_search_run(struct carved_price_workspace *w)
{
	w->node_count = w->heap_count = 0;
	carved_rows_start(w);
	carved_search_open(w, carved_search_link(w, NODE_NONE, DECIDE_ROOT, 0, 0), INT64_MAX / 2);
	while (w->heap_count && carved_search_open_bound(w) > w->bar) {
		if (must_end(w))
			return false;
		uint32_t node = pop(w);
		w->nodes_done++;
		carved_node_visit(w, node);
	}
	if (w->heap_count)
		carved_search_close(w, carved_search_open_bound(w));
	return true;
}
