// SPDX-License-Identifier: EUPL-1.2
// Best-first branch and bound over nodes (domain.c), each bounded by the quick bound and then by the dynamic programme.
//
// The node with the highest bound goes first (the newest of equals), so when the search is cut short the bound that stands is as low as can be proven with
// so many nodes. A node is done when its bound is not above the bar, or its solution is valid and pays all it uses.
#include "carved/base/arena.h"
#include "pricing.h"
#include <string.h>

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

static void close_node(struct carved_price_workspace *w, int64_t bound)
{
	w->closed_bound = bound > w->closed_bound ? bound : w->closed_bound;
}

void carved_search_open(struct carved_price_workspace *w, uint32_t node, int64_t bound)
{
	w->nodes[node].bound = bound;
	if (bound <= w->bar) {
		close_node(w, bound);
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

// The relaxation's solution as pieces; their bits into ret_bits. Returns what the package is worth in full.
static int64_t read_solution(struct carved_price_workspace *w, struct price_bits *ret_bits)
{
	const struct relax *r = &w->relax;
	int64_t worth = w->constant + w->job_cost;
	uint32_t last_job = UINT32_MAX;
	w->piece_count = 0;
	*ret_bits = (struct price_bits){0};
	for (uint32_t s = 0; s < r->slot_count; s++) {
		const uint16_t t = r->slots[s].index;
		if (!w->hours[s])
			continue;
		w->pieces[w->piece_count++] = (struct price_piece){.slot = t, .hours_q = w->hours[s]};
		worth += w->slots[t].gain * w->hours[s];
		worth -= w->slots[t].job != last_job ? w->job_cost : 0; // slots of one job stand together
		last_job = w->slots[t].job;
		for (int i = 0; i < PRICE_BIT_WORDS; i++)
			ret_bits->word[i] |= w->slots[t].bits.word[i];
	}
	return worth - carved_query_bits_cost(w, ret_bits);
}

// What is left of a node whose relaxation is solved: its solution is the answer, or it splits.
static void settle(struct carved_price_workspace *w, uint32_t node, int64_t solved)
{
	struct price_bits bits;
	struct days_week week = w->week;
	const int64_t worth = read_solution(w, &bits);
	week.in = w->domain.days_in;
	week.out = w->domain.days_out;
	struct price_violation violation = carved_verdict_find(w, &week);
	if (violation.verdict != VERDICT_VALID) {
		carved_branch_on_violation(w, node, &violation);
		return;
	}
	if (worth <= w->bar)
		close_node(w, worth);
	carved_search_offer(w, worth, false);
	for (int i = 0; i < PRICE_BIT_WORDS; i++)
		bits.word[i] &= w->domain.free.word[i];
	carved_branch_on_bits(w, node, &bits, solved);
}

static void process(struct carved_price_workspace *w, uint32_t node)
{
	const int64_t known = w->nodes[node].bound;
	if (!carved_domain_build(w, node))
		return;
	int64_t bound = carved_relax_bound(&w->relax, w->bar - w->domain.constant);
	if (bound <= CARVED_RELAX_IMPOSSIBLE)
		return;
	bound += w->domain.constant;
	bound = bound < known ? bound : known;
	w->nodes[node].bound = bound;
	if (bound <= w->bar) {
		close_node(w, bound);
		return;
	}
	if (w->relax.dropped_bound > CARVED_RELAX_IMPOSSIBLE)
		close_node(w, w->relax.dropped_bound + w->domain.constant);
	int64_t solved = carved_relax_solve(&w->relax, w->hours);
	if (solved <= CARVED_RELAX_IMPOSSIBLE)
		return;
	solved += w->domain.constant;
	w->nodes[node].bound = solved < bound ? solved : bound;
	if (w->nodes[node].bound <= w->bar)
		close_node(w, w->nodes[node].bound);
	else
		settle(w, node, solved);
}

bool carved_search_run(struct carved_price_workspace *w)
{
	w->node_count = w->heap_count = 0;
	carved_search_open(w, carved_search_link(w, NODE_NONE, DECIDE_ROOT, 0, 0), INT64_MAX / 2);
	while (w->heap_count && carved_search_open_bound(w) > w->bar) {
		if (w->nodes_done >= w->query->node_limit)
			return false;
		uint32_t node = pop(w);
		w->nodes_done++;
		process(w, node);
	}
	if (w->heap_count)
		close_node(w, carved_search_open_bound(w));
	return true;
}
