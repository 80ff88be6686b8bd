// SPDX-License-Identifier: EUPL-1.2
// The best package of a site that is different from those already chosen there, by branch and bound over exact pricings.
//
//   q_1 .. q_m     the chosen packages, q_i with H_i quarters, q_it of slot t
//   p              a package, p_t quarters of slot t, H quarters in all
//   common_i(p)    sum over t of min(p_t, q_it)
//   wanted         the highest reduced value with  2 common_i(p) < H_i  and  2 common_i(p) < H  for each i
//
// price/ can keep rows "sum over some slots of p_t <= r" beside all rules of a package: they are limits of the person (rule `load`) with slots of our own
// choosing. A node of our tree has one row per chosen package, and a least number of hours:
//
//   row i          sum over the slots of q_i that are COUNTED of p_t  <=  r_i
//   COUNTED        where p_t can't exceed q_it from the start: the row is exact there. Else only after branching
//   OPEN           p_t may exceed q_it: not in the row, so that the node stays a relaxation
//   FULL           q_it was taken off r_i once and for all: whatever p_t is, it has no more in common than that
//   root           r_i = the most with 2 r_i < H_i; all that can exceed OPEN
//
// The pricer's optimum p of a node bounds every package of it. Where p is different from all, the node is solved. Else for some i:
//   - a slot of q_i that p uses is OPEN: either p_t <= q_it (then counting it is exact) or p_t >= q_it (then FULL is). Two children, which together hold every
//     different package of the node; counting and FULL only ever forbid more than is asked, so what a child finds is judged by the same test
//   - none is OPEN: the row makes 2 common_i < H_i, so it is H that is too small. Either a package has more than H hours (child: at least H + 1), or
//     2 common_i < H must do (child: r_i = the most with 2 r_i < H, FULL hours taken off as before). p is in neither
// Each child excludes p or settles a slot: the tree is finite. Best bound first; the first solved node whose bound no open node exceeds is the optimum.
// The nodes of all its pricings are limited (further_nodes): then the answer is LIMIT and the best bound that is left holds.
//
// Before the tree one pricing with every slot COUNTED and r_i as small as the person's least hours ask: different by construction. It gives the tree a bar.
#include "advisor.h"
#include <stdlib.h>
#include <string.h>

enum spot_state { COUNTED, OPEN, FULL };

struct spot {          // a piece of a chosen package
	uint32_t slot; // of the pair
	uint32_t hours_q;
	bool may_exceed;
};

struct chosen {
	uint32_t hours_q;
	uint32_t first, count; // spots
};

struct node {
	int64_t bound;
	uint32_t min_q;
	int64_t *row_q;  // per chosen
	uint8_t *states; // per spot
	bool closed;
};

struct hunt {
	struct carved_advisor *advisor;
	const struct carved_recommend_query *query;
	const struct carved_package *packages; // the chosen
	struct carved_pair pair;               // a copy whose slots we may mark
	struct chosen *chosen;
	struct spot *spots;
	uint32_t chosen_count, spot_count;
	struct node *nodes;
	uint32_t node_count, node_room;
	uint32_t pricer_nodes; // left for all pricings
	uint32_t own_limits;   // of the person
	int64_t bar;           // only above it
	int64_t left;          // highest bound of what was given up without being solved; CARVED_PRICE_NO_PACKAGE: none
	struct carved_arena scratch, *arena;
	struct advise_answer *answer;
};

static int64_t most_below_half(uint32_t hours_q)
{
	return ((int64_t)hours_q + 1) / 2 - 1;
}

static uint32_t most_hours(const struct hunt *h, const struct carved_pair_slot *slot)
{
	uint32_t unit_q = h->pair.jobs[slot->job].whole ? h->advisor->view.slots[slot->slot].unit_q : 0;
	return slot->max_q > unit_q ? slot->max_q : unit_q;
}

static void add_spot(struct hunt *h, const struct carved_piece *piece)
{
	for (uint32_t t = 0; t < h->pair.slot_count; t++) {
		if (h->pair.slots[t].slot != piece->slot)
			continue;
		h->spots[h->spot_count++] = (struct spot){
			.slot = t, .hours_q = piece->hours_q, .may_exceed = most_hours(h, &h->pair.slots[t]) > piece->hours_q};
	}
}

static void start(struct hunt *h, uint32_t site)
{
	const struct carved_pair *from = carved_advise_pair(h->advisor, site);
	uint32_t pieces = 0;
	h->pair = *from;
	h->pair.slots = carved_arena_array(&h->scratch, struct carved_pair_slot, from->slot_count);
	memcpy(h->pair.slots, from->slots, from->slot_count * sizeof *from->slots);
	for (uint32_t i = 0; i < h->chosen_count; i++)
		pieces += h->packages[i].piece_count;
	h->chosen = carved_arena_array(&h->scratch, struct chosen, h->chosen_count);
	h->spots = carved_arena_array(&h->scratch, struct spot, pieces);
	for (uint32_t i = 0; i < h->chosen_count; i++) {
		struct chosen *chosen = &h->chosen[i];
		chosen->first = h->spot_count;
		for (uint32_t k = 0; k < h->packages[i].piece_count; k++) {
			chosen->hours_q += h->packages[i].pieces[k].hours_q;
			add_spot(h, &h->packages[i].pieces[k]);
		}
		chosen->count = h->spot_count - chosen->first;
	}
}

static struct node *add_node(struct hunt *h, const struct node *parent)
{
	if (h->node_count == h->node_room) {
		h->node_room = h->node_room ? 2 * h->node_room : 32;
		h->nodes = carved_realloc_array(h->nodes, h->node_room, sizeof *h->nodes);
	}
	struct node *node = &h->nodes[h->node_count++];
	*node = (struct node){.bound = INT64_MAX,
		.row_q = carved_arena_array(&h->scratch, int64_t, h->chosen_count),
		.states = carved_arena_array(&h->scratch, uint8_t, h->spot_count)};
	if (parent) { // not one of h->nodes, which may have moved
		node->bound = parent->bound;
		node->min_q = parent->min_q;
		memcpy(node->row_q, parent->row_q, h->chosen_count * sizeof *node->row_q);
		memcpy(node->states, parent->states, h->spot_count);
	}
	return node;
}

// The pricer's answer for a node; above the bar only.
static void price(struct hunt *h, const struct node *node, struct carved_price_result *ret_result)
{
	struct carved_advisor *advisor = h->advisor;
	struct carved_price_query query = {
		.prices = h->query->prices, .place_value = advisor->place, .threshold = h->bar, .node_limit = h->pricer_nodes};
	const uint32_t least_q = advisor->person.min_q;
	for (uint32_t t = 0; t < h->pair.slot_count; t++)
		h->pair.slots[t].limits &= h->own_limits < 32 ? ((uint32_t)1 << h->own_limits) - 1 : UINT32_MAX;
	for (uint32_t i = 0; i < h->chosen_count; i++) {
		advisor->limits[h->own_limits + i] = (struct carved_limit){.hours_q = (uint32_t)node->row_q[i]};
		for (uint32_t k = h->chosen[i].first; k < h->chosen[i].first + h->chosen[i].count; k++) {
			if (node->states[k] == COUNTED)
				h->pair.slots[h->spots[k].slot].limits |= (uint32_t)1 << (h->own_limits + i);
		}
	}
	advisor->person.limits.count = h->own_limits + h->chosen_count;
	advisor->person.min_q = node->min_q;
	carved_price_best(advisor->workspace, &h->pair, &query, ret_result);
	advisor->person.limits.count = h->own_limits;
	advisor->person.min_q = least_q;
	uint32_t used = ret_result->nodes > 0 ? ret_result->nodes : 1;
	h->pricer_nodes -= used < h->pricer_nodes ? used : h->pricer_nodes;
}

// The first chosen package that it is too much like; chosen_count: none.
static uint32_t find_alike(const struct hunt *h, const struct carved_package *package)
{
	uint32_t i = 0;
	while (i < h->chosen_count && carved_advise_is_different(package, &h->packages[i]))
		i++;
	return i;
}

static void offer(struct hunt *h, const struct carved_price_result *result)
{
	if (result->package.piece_count == 0 || result->reduced <= h->bar || find_alike(h, &result->package) < h->chosen_count)
		return;
	h->bar = result->reduced;
	h->answer->found.reduced = result->reduced;
	carved_advise_keep(&result->package, h->arena, &h->answer->found.package);
}

static uint32_t hours_in(const struct carved_package *package, uint32_t slot)
{
	for (uint32_t i = 0; i < package->piece_count; i++) {
		if (package->pieces[i].slot == slot)
			return package->pieces[i].hours_q;
	}
	return 0;
}

// The OPEN spot that the package shares most with; UINT32_MAX: none.
static uint32_t find_open(const struct hunt *h, const struct node *node, uint32_t alike, const struct carved_package *package)
{
	uint32_t best = UINT32_MAX, most = 0;
	for (uint32_t k = h->chosen[alike].first; k < h->chosen[alike].first + h->chosen[alike].count; k++) {
		uint32_t hours_q = hours_in(package, h->pair.slots[h->spots[k].slot].slot);
		uint32_t common = hours_q < h->spots[k].hours_q ? hours_q : h->spots[k].hours_q;
		if (node->states[k] == OPEN && common > most) {
			most = common;
			best = k;
		}
	}
	return best;
}

static void branch_on_spot(struct hunt *h, const struct node *node, uint32_t alike, uint32_t spot)
{
	add_node(h, node)->states[spot] = COUNTED;
	if (node->row_q[alike] < h->spots[spot].hours_q)
		return; // as much as that in common is too much
	struct node *full = add_node(h, node);
	full->states[spot] = FULL;
	full->row_q[alike] -= h->spots[spot].hours_q;
}

static void branch_on_hours(struct hunt *h, const struct node *node, uint32_t alike, uint32_t hours_q)
{
	int64_t row_q = most_below_half(hours_q);
	for (uint32_t k = h->chosen[alike].first; k < h->chosen[alike].first + h->chosen[alike].count; k++)
		row_q -= node->states[k] == FULL ? h->spots[k].hours_q : 0;
	if (hours_q < h->advisor->person.max_q)
		add_node(h, node)->min_q = hours_q + 1;
	if (row_q >= 0)
		add_node(h, node)->row_q[alike] = row_q;
}

static void give_up(struct hunt *h, int64_t bound)
{
	h->left = bound > h->left ? bound : h->left;
}

static void visit(struct hunt *h, const struct node *node)
{
	struct carved_price_result result;
	struct node relaxed = *node;
	price(h, node, &result);
	offer(h, &result);
	if (result.answer == CARVED_PRICE_LIMIT)
		give_up(h, result.bound);
	if (result.answer != CARVED_PRICE_FOUND)
		return;
	uint32_t alike = find_alike(h, &result.package);
	if (alike == h->chosen_count)
		return; // solved
	uint32_t hours_q = 0, spot = find_open(h, node, alike, &result.package);
	for (uint32_t i = 0; i < result.package.piece_count; i++)
		hours_q += result.package.pieces[i].hours_q;
	relaxed.bound = result.reduced;
	if (spot != UINT32_MAX)
		branch_on_spot(h, &relaxed, alike, spot);
	else
		branch_on_hours(h, &relaxed, alike, hours_q);
}

// Different by construction: every slot of the chosen counts, and no more of them than the shortest package may share.
static void try_plain(struct hunt *h)
{
	struct carved_price_result result;
	struct node *node = add_node(h, NULL);
	node->closed = true;
	node->min_q = h->advisor->person.min_q;
	for (uint32_t i = 0; i < h->chosen_count; i++) {
		uint32_t shorter = h->chosen[i].hours_q < node->min_q ? h->chosen[i].hours_q : node->min_q;
		node->row_q[i] = shorter > 0 ? most_below_half(shorter) : 0;
	}
	price(h, node, &result); // states are zero: COUNTED
	offer(h, &result);
}

static void add_root(struct hunt *h)
{
	struct node *root = add_node(h, NULL);
	root->min_q = h->advisor->person.min_q;
	for (uint32_t i = 0; i < h->chosen_count; i++)
		root->row_q[i] = most_below_half(h->chosen[i].hours_q);
	for (uint32_t k = 0; k < h->spot_count; k++)
		root->states[k] = h->spots[k].may_exceed ? OPEN : COUNTED;
}

// The open node with the highest bound above the bar; NULL: none.
static struct node *next_node(struct hunt *h)
{
	struct node *best = NULL;
	for (uint32_t i = 0; i < h->node_count; i++) {
		struct node *node = &h->nodes[i];
		if (!node->closed && node->bound > h->bar && (!best || node->bound > best->bound))
			best = node;
	}
	return best;
}

static void search(struct hunt *h)
{
	struct node *node;
	try_plain(h);
	add_root(h);
	while ((node = next_node(h))) {
		struct node taken = *node; // children may move the array
		node->closed = true;
		if (h->pricer_nodes == 0)
			give_up(h, taken.bound);
		else
			visit(h, &taken);
	}
}

void carved_advise_find_different(struct carved_advisor *advisor, uint32_t site, const struct carved_recommend_query *query,
	const struct carved_package *chosen, uint32_t chosen_count, int64_t threshold, struct carved_arena *arena,
	struct advise_answer *ret_answer)
{
	struct advise_answer answer = {.answer = CARVED_PRICE_NONE, .bound = CARVED_PRICE_NO_PACKAGE};
	struct hunt h = {.advisor = advisor,
		.query = query,
		.packages = chosen,
		.chosen_count = chosen_count,
		.own_limits = advisor->person.limits.count,
		.pricer_nodes = query->further_nodes,
		.bar = threshold,
		.left = CARVED_PRICE_NO_PACKAGE,
		.arena = arena,
		.answer = &answer};
	if (h.own_limits + chosen_count > ADVISE_ROWS) { // no row left
		answer.answer = CARVED_PRICE_LIMIT;
		answer.bound = INT64_MAX;
		*ret_answer = answer;
		return;
	}
	start(&h, site);
	search(&h);
	bool found = answer.found.package.piece_count > 0;
	if (h.left > h.bar)
		answer.answer = CARVED_PRICE_LIMIT;
	else if (found)
		answer.answer = CARVED_PRICE_FOUND;
	answer.bound = h.left > h.bar ? h.left : found ? answer.found.reduced : threshold;
	free(h.nodes);
	carved_arena_deinit(&h.scratch);
	*ret_answer = answer;
}
