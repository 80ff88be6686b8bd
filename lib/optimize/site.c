// SPDX-License-Identifier: EUPL-1.2
// The price bound lets a person work a third here and two thirds there, so that sites look fuller than they can be. Here each site is asked by itself.
//
// Sets        pairs i of site s; packages q of i worth w_q, using x_qr of the site's own resources r (slots, donors, supervision, places)
// Given       a charge phi_i >= 0 of each candidate: its pi, and its coach hours at their prices
// Site's most z_s(phi) = max sum_q (w_q - phi_i(q)) theta_q,  one package a candidate, resources within capacity, theta binary
//
// z_s is bounded by a tree. Children differ in whether a candidate works here, or in how many hours of a slot it gets. A leaf with prices p of the site's
// resources is worth at most
//     U(phi) = p . capacities + sum_{i in} (b_i - phi_i) + sum_{i free} max(0, b_i - phi_i),      b_i = most that a package allowed in the leaf is worth, less p x
// and z_s(phi) <= the largest U over the leaves. The b_i know nothing of phi: what was proven once bounds the site at any other charges, by adding up. So the
// tree is kept while the charges move, and only leaves that matter at the charges of the day are solved anew (site_node.c) or branched on.
//
// Source: Dantzig-Wolfe over site patterns, see docs/optimizer.md; branching on what pricing can honour (F. Vanderbeck, "On Dantzig-Wolfe decomposition in
// integer programming and ways to perform branching", 2000).
#include "site.h"
#include <stdlib.h>
#include <string.h>

#define ALIKE CARVED_MICRO // bounds that differ by less than a point
#define NODES_MOST 4000    // of a tree: one that has not closed by then does not close

void carved_site_tree_deinit(struct carved_site_tree *tree)
{
	free(tree->coaches);
	free(tree->alike);
	free(tree->nodes);
	free(tree->columns);
	free(tree->uses);
	free(tree->patterns);
	free(tree->pattern_columns);
	free(tree->saved);
	carved_arena_deinit(&tree->arena);
	carved_arena_deinit(&tree->saved_arena);
	*tree = (struct carved_site_tree){0};
}

static uint32_t add_node(struct carved_site_tree *tree, uint32_t parent, bool is_high)
{
	if (tree->node_count == tree->node_capacity) {
		tree->node_capacity = tree->node_capacity ? tree->node_capacity * 2 : 8;
		tree->nodes = carved_realloc_array(tree->nodes, tree->node_capacity, sizeof *tree->nodes);
	}
	struct carved_site_node *node = &tree->nodes[tree->node_count];
	*node = (struct carved_site_node){
		.parent = parent, .low = CARVED_NONE, .high = CARVED_NONE, .is_high = is_high, .branch = {.pair = CARVED_NONE}};
	node->prices = carved_arena_array(&tree->arena, int64_t, tree->resource_count);
	node->best = carved_arena_array(&tree->arena, int64_t, tree->pair_count);
	if (parent != CARVED_NONE) {
		memcpy(node->prices, tree->nodes[parent].prices, tree->resource_count * sizeof *node->prices);
		memcpy(node->best, tree->nodes[parent].best, tree->pair_count * sizeof *node->best);
	}
	return tree->node_count++;
}

void carved_site_tree_init(struct carved_site_tree *tree, struct carved_problem *problem, uint32_t site, const uint32_t *pairs,
	uint32_t pair_count, const int64_t *prices)
{
	const struct carved_instance_site *of = &problem->instance->sites[site];
	*tree = (struct carved_site_tree){.problem = problem, .site = site, .pairs = pairs, .pair_count = pair_count};
	tree->resource_count = of->slots.count + of->jobs.count + 2;
	carved_site_list_coaches(tree);
	add_node(tree, CARVED_NONE, false);
	for (uint32_t own = 0; own < tree->resource_count - tree->coach_count; own++) // charges pay for coaches, to begin with
		tree->nodes[0].prices[own] = prices[carved_site_resource(tree, own)];
	for (uint32_t i = 0; i < pair_count; i++)
		tree->nodes[0].best[i] = carved_problem_ceiling(problem, carved_site_candidate(tree, i));
}

static bool is_same(const struct carved_site_tree *tree, uint32_t a, uint32_t b)
{
	const struct carved_site_column *left = &tree->columns[a], *right = &tree->columns[b];
	return left->pair == right->pair && left->kind == right->kind && left->pieces == right->pieces &&
	       memcmp(tree->uses + left->first, tree->uses + right->first, left->pieces * sizeof *tree->uses) == 0;
}

// The column whose uses stand last: it stays where it is new. Returns its number.
static uint32_t keep_column(struct carved_site_tree *tree, const struct carved_site_column *column)
{
	if (tree->column_count == tree->column_capacity) {
		tree->column_capacity = tree->column_capacity ? tree->column_capacity * 2 : 64;
		tree->columns = carved_realloc_array(tree->columns, tree->column_capacity, sizeof *tree->columns);
	}
	tree->columns[tree->column_count] = *column;
	for (uint32_t j = 0; j < tree->column_count; j++) {
		if (is_same(tree, j, tree->column_count))
			return j;
	}
	tree->use_count += column->uses;
	return tree->column_count++;
}

static struct carved_use *reserve_uses(struct carved_site_tree *tree, uint32_t most)
{
	if (tree->use_capacity - tree->use_count < most) {
		tree->use_capacity = tree->use_capacity * 2 + most + 256;
		tree->uses = carved_realloc_array(tree->uses, tree->use_capacity, sizeof *tree->uses);
	}
	return tree->uses + tree->use_count;
}

uint32_t carved_site_tree_take(struct carved_site_tree *tree, const struct carved_columns *pool, uint32_t number)
{
	const struct carved_column *from = &pool->columns[number];
	const struct carved_use *of = carved_columns_uses(pool, from);
	struct carved_use *uses = reserve_uses(tree, from->use_count);
	struct carved_site_column column = {.first = tree->use_count,
		.pieces = from->piece_count,
		.kind = from->kind,
		.value = from->value,
		.worth = tree->rounded ? from->value * CARVED_MICRO : from->worth,
		.number = number};
	while (tree->pairs[column.pair] != from->pair)
		column.pair++;
	for (uint32_t u = 0; u < from->use_count; u++) {
		uint32_t own = carved_site_own_number(tree, of[u].resource);
		if (own != CARVED_NONE)
			uses[column.uses++] = (struct carved_use){own, of[u].amount};
	}
	return keep_column(tree, &column);
}

uint32_t carved_site_add_column(struct carved_site_tree *tree, uint32_t pair, const struct carved_package *package,
	int64_t reduced, const int64_t *prices)
{
	const struct carved_problem *problem = tree->problem;
	const struct carved_instance_site *site = &problem->instance->sites[tree->site];
	struct carved_use *uses = reserve_uses(tree, package->piece_count * 2 + CARVED_FIXED_USES), fixed[CARVED_FIXED_USES];
	uint32_t count = 0, donors;
	for (; count < package->piece_count; count++)
		uses[count] =
			(struct carved_use){package->pieces[count].slot - site->slots.first, package->pieces[count].hours_q};
	donors = count;
	for (uint32_t p = 0; p < package->piece_count && package->kind != CARVED_WHOLE_VACANCY; p++) {
		const struct carved_instance_slot *slot = &problem->instance->slots[package->pieces[p].slot];
		uint32_t own = site->slots.count + slot->job - site->jobs.first;
		if (slot->undone)
			continue;
		if (count > donors && uses[count - 1].resource == own)
			uses[count - 1].amount += package->pieces[p].hours_q;
		else
			uses[count++] = (struct carved_use){own, package->pieces[p].hours_q};
	}
	uint32_t fixed_count = carved_problem_fixed_uses(problem, package->candidate, tree->site, fixed);
	for (uint32_t u = 0; u < fixed_count; u++) {
		uint32_t own = carved_site_own_number(tree, fixed[u].resource);
		if (own != CARVED_NONE)
			uses[count++] = (struct carved_use){own, fixed[u].amount};
	}
	struct carved_site_column column = {.pair = pair,
		.first = tree->use_count,
		.uses = count,
		.pieces = package->piece_count,
		.kind = package->kind,
		.value = package->value,
		.worth = reduced,
		.number = CARVED_NONE};
	for (uint32_t u = 0; u < count; u++)
		column.worth += prices[uses[u].resource] * uses[u].amount;
	if (tree->rounded)
		column.worth = column.value * CARVED_MICRO;
	return keep_column(tree, &column);
}

static bool has_pattern(const struct carved_site_tree *tree, const uint32_t *columns, uint32_t count)
{
	for (uint32_t p = 0; p < tree->pattern_count; p++) {
		if (tree->patterns[p].count == count &&
			memcmp(tree->pattern_columns + tree->patterns[p].first, columns, count * sizeof *columns) == 0)
			return true;
	}
	return false;
}

static int by_number(const void *a, const void *b)
{
	const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return left < right ? -1 : left > right;
}

void carved_site_add_pattern(struct carved_site_tree *tree, uint32_t *columns, uint32_t count)
{
	struct carved_site_pattern pattern = {.first = tree->pattern_column_count, .count = count};
	if (count)
		qsort(columns, count, sizeof *columns, by_number);
	if (count == 0 || has_pattern(tree, columns, count))
		return;
	if (tree->pattern_count == tree->pattern_capacity) {
		tree->pattern_capacity = tree->pattern_capacity ? tree->pattern_capacity * 2 : 16;
		tree->patterns = carved_realloc_array(tree->patterns, tree->pattern_capacity, sizeof *tree->patterns);
	}
	if (tree->pattern_column_capacity - tree->pattern_column_count < count) {
		tree->pattern_column_capacity = tree->pattern_column_capacity * 2 + count + 32;
		tree->pattern_columns =
			carved_realloc_array(tree->pattern_columns, tree->pattern_column_capacity, sizeof *tree->pattern_columns);
	}
	for (uint32_t i = 0; i < count; i++) {
		tree->pattern_columns[tree->pattern_column_count++] = columns[i];
		pattern.worth += tree->columns[columns[i]].worth;
	}
	tree->patterns[tree->pattern_count++] = pattern;
}

// Which slots are alike, for each pair.
static void list_alike(struct carved_site_tree *tree)
{
	const struct carved_range slots = tree->problem->instance->sites[tree->site].slots;
	tree->alike = carved_alloc_array((size_t)tree->pair_count * slots.count, sizeof *tree->alike);
	for (uint32_t i = 0; i < tree->pair_count; i++) {
		const struct carved_pair *pair = carved_problem_pair(tree->problem, 0, tree->pairs[i]);
		for (uint32_t own = 0; own < slots.count; own++) // those that do not fit too
			tree->alike[i * slots.count + own] = own;
		for (uint32_t t = 0; t < pair->slot_count; t++) {
			uint32_t first = pair->jobs[pair->slots[t].job].first;
			while (first < t && !carved_pair_slots_are_alike(&pair->slots[first], &pair->slots[t]))
				first++;
			tree->alike[i * slots.count + pair->slots[t].slot - slots.first] = pair->slots[first].slot - slots.first;
		}
	}
}

void carved_site_tree_round(struct carved_site_tree *tree)
{
	tree->rounded = true;
	list_alike(tree);
	for (uint32_t j = 0; j < tree->column_count; j++)
		tree->columns[j].worth = tree->columns[j].value * CARVED_MICRO;
	for (uint32_t p = 0; p < tree->pattern_count; p++) {
		struct carved_site_pattern *of = &tree->patterns[p];
		of->worth = 0;
		for (uint32_t i = 0; i < of->count; i++)
			of->worth += tree->columns[tree->pattern_columns[of->first + i]].worth;
	}
}

int64_t carved_site_tree_reached(const struct carved_site_tree *tree, const int64_t *charges)
{
	int64_t most = 0;
	for (uint32_t p = 0; p < tree->pattern_count; p++) {
		int64_t reached = tree->patterns[p].worth;
		for (uint32_t i = 0; i < tree->patterns[p].count; i++) {
			uint32_t pair = tree->columns[tree->pattern_columns[tree->patterns[p].first + i]].pair;
			reached -= charges[carved_site_candidate(tree, pair)];
		}
		most = reached > most ? reached : most;
	}
	return most;
}

int64_t carved_site_cutoff(const struct carved_site_tree *tree, const struct carved_site_work *work)
{
	int64_t reached = carved_site_tree_reached(tree, work->charges);
	return (reached > work->reached ? reached : work->reached) + work->near;
}

// What every leaf is worth at most at the charges, into its `bound`.
static void bound_leaves(struct carved_site_tree *tree, const int64_t *charges, uint8_t *state)
{
	for (uint32_t n = 0; n < tree->node_count; n++) {
		if (tree->nodes[n].low == CARVED_NONE)
			tree->nodes[n].bound = carved_site_node_bound(tree, n, charges, state);
	}
}

static uint32_t find_highest(const struct carved_site_tree *tree)
{
	uint32_t top = CARVED_NONE;
	for (uint32_t n = 0; n < tree->node_count; n++) {
		if (tree->nodes[n].low == CARVED_NONE && (top == CARVED_NONE || tree->nodes[n].bound > tree->nodes[top].bound))
			top = n;
	}
	return top;
}

int64_t carved_site_tree_bound(struct carved_site_tree *tree, const int64_t *charges)
{
	uint8_t *state = carved_alloc_array(tree->pair_count, sizeof *state);
	bound_leaves(tree, charges, state);
	free(state);
	return tree->nodes[find_highest(tree)].bound;
}

// Whether it is a leaf with something to learn: not one that is whole at the charges named by `passed_over` (0: none is).
static bool is_open(const struct carved_site_node *node, uint64_t passed_over)
{
	return node->low == CARVED_NONE &&
	       (passed_over == 0 || node->solved_for != passed_over || node->branch.pair != CARVED_NONE);
}

// The leaf to go on with: of those about as high as the highest, and above the cutoff, the newest. Bounds stand still where slots are alike, and patterns are found
// far down. CARVED_NONE: none is above the cutoff.
static uint32_t find_next(const struct carved_site_tree *tree, int64_t cutoff, uint64_t passed_over)
{
	int64_t high = INT64_MIN;
	uint32_t next = tree->node_count - 1;
	for (uint32_t n = 0; n < tree->node_count; n++) {
		if (is_open(&tree->nodes[n], passed_over) && tree->nodes[n].bound > high)
			high = tree->nodes[n].bound;
	}
	if (high <= cutoff)
		return CARVED_NONE;
	high = high - ALIKE > cutoff ? high - ALIKE : cutoff + 1;
	while (!is_open(&tree->nodes[next], passed_over) || tree->nodes[next].bound < high)
		next--;
	return next;
}

static void solve_leaf(struct carved_site_tree *tree, const struct carved_site_work *work, uint32_t leaf, uint8_t *state)
{
	carved_site_node_solve(tree, work, leaf);
	tree->nodes[leaf].bound = carved_site_node_bound(tree, leaf, work->charges, state);
}

static void split_leaf(struct carved_site_tree *tree, const struct carved_site_work *work, uint32_t leaf, uint8_t *state)
{
	uint32_t low = add_node(tree, leaf, false), high = add_node(tree, leaf, true);
	tree->nodes[leaf].low = low;
	tree->nodes[leaf].high = high;
	solve_leaf(tree, work, low, state);
	solve_leaf(tree, work, high, state);
}

int64_t carved_site_tree_grow(struct carved_site_tree *tree, const struct carved_site_work *work)
{
	uint8_t *state = carved_alloc_array(tree->pair_count, sizeof *state);
	bound_leaves(tree, work->charges, state);
	const uint64_t passed_over = work->near < 0 ? work->stamp : 0;
	for (uint32_t n = 0; n < work->nodes && tree->node_count < NODES_MOST; n++) {
		uint32_t next = find_next(tree, carved_site_cutoff(tree, work), passed_over);
		if (next == CARVED_NONE || carved_problem_is_stopped_now(tree->problem))
			break;
		const struct carved_site_node *leaf = &tree->nodes[next];
		if (leaf->solved_for != work->stamp)
			solve_leaf(tree, work, next, state);
		else if (leaf->branch.pair != CARVED_NONE)
			split_leaf(tree, work, next, state);
		else
			break;
	}
	free(state);
	return tree->nodes[find_highest(tree)].bound;
}

// Whoever is below a node that is no better than the whole tree anyway proves nothing: such a node becomes a leaf.
static void prune(struct carved_site_tree *tree, uint32_t node, int64_t bound, const int64_t *charges, uint8_t *state)
{
	struct carved_site_node *of = &tree->nodes[node];
	if (of->low == CARVED_NONE)
		return;
	if (carved_site_node_bound(tree, node, charges, state) <= bound) {
		of->low = of->high = CARVED_NONE;
		return;
	}
	prune(tree, of->low, bound, charges, state);
	prune(tree, of->high, bound, charges, state);
}

// The highest leaf below a node, by what is known of them. `ret_bound`: its bound at the charges.
static uint32_t find_highest_below(
	const struct carved_site_tree *tree, uint32_t node, const int64_t *charges, uint8_t *state, int64_t *ret_bound)
{
	const struct carved_site_node *of = &tree->nodes[node];
	if (of->low == CARVED_NONE) {
		*ret_bound = carved_site_node_bound(tree, node, charges, state);
		return node;
	}
	int64_t of_high;
	uint32_t low = find_highest_below(tree, of->low, charges, state, ret_bound);
	uint32_t high = find_highest_below(tree, of->high, charges, state, &of_high);
	if (of_high <= *ret_bound)
		return low;
	*ret_bound = of_high;
	return high;
}

// Pricings inside trees are cut short early. Where one was in the leaf that the bound hangs on, it is asked once more, until that leaf has nobody to ask about.
int64_t carved_site_tree_prove(struct carved_site_tree *tree, const struct carved_site_work *work)
{
	uint8_t *state = carved_alloc_array(tree->pair_count, sizeof *state);
	bound_leaves(tree, work->charges, state);
	int64_t before = tree->nodes[find_highest(tree)].bound, bound;
	prune(tree, 0, before, work->charges, state);
	tree->cut_short = 0;
	for (;;) {
		uint32_t top = find_highest_below(tree, 0, work->charges, state, &bound);
		if (tree->nodes[top].solved_for == work->stamp)
			break;
		carved_site_node_prove(tree, work, top, before);
		tree->nodes[top].solved_for = work->stamp;
	}
	free(state);
	return bound;
}

void carved_site_tree_save(struct carved_site_tree *tree)
{
	carved_arena_deinit(&tree->saved_arena);
	tree->saved_arena = (struct carved_arena)CARVED_ARENA_INIT;
	tree->saved = carved_realloc_array(tree->saved, tree->node_count, sizeof *tree->saved);
	tree->saved_count = tree->node_count;
	for (uint32_t n = 0; n < tree->node_count; n++) {
		struct carved_site_node *to = &tree->saved[n];
		*to = tree->nodes[n];
		to->prices = carved_arena_array(&tree->saved_arena, int64_t, tree->resource_count);
		to->best = carved_arena_array(&tree->saved_arena, int64_t, tree->pair_count);
		memcpy(to->prices, tree->nodes[n].prices, tree->resource_count * sizeof *to->prices);
		memcpy(to->best, tree->nodes[n].best, tree->pair_count * sizeof *to->best);
	}
}

void carved_site_tree_restore(struct carved_site_tree *tree)
{
	struct carved_arena arena = tree->arena;
	free(tree->nodes);
	tree->nodes = tree->saved;
	tree->node_count = tree->node_capacity = tree->saved_count;
	tree->arena = tree->saved_arena;
	tree->saved = NULL;
	tree->saved_count = 0;
	tree->saved_arena = (struct carved_arena)CARVED_ARENA_INIT;
	carved_arena_deinit(&arena);
}

static uint32_t send_column(struct carved_site_tree *tree, uint32_t column, struct carved_columns *pool, const int64_t *no_prices)
{
	struct carved_site_column *of = &tree->columns[column];
	uint32_t first_slot = tree->problem->instance->sites[tree->site].slots.first;
	if (of->number != CARVED_NONE)
		return of->number;
	struct carved_piece *pieces = carved_alloc_array(of->pieces, sizeof *pieces);
	for (uint32_t u = 0; u < of->pieces; u++)
		pieces[u] =
			(struct carved_piece){first_slot + tree->uses[of->first + u].resource, tree->uses[of->first + u].amount};
	struct carved_package package = {.candidate = carved_site_candidate(tree, of->pair),
		.site = tree->site,
		.kind = of->kind,
		.piece_count = of->pieces,
		.pieces = pieces,
		.value = of->value};
	of->number = carved_columns_add(pool, tree->pairs[of->pair], &package, of->worth, no_prices, NULL);
	free(pieces);
	return of->number;
}

void carved_site_tree_send(struct carved_site_tree *tree, struct carved_columns *pool, struct carved_patterns *patterns)
{
	int64_t *no_prices = carved_alloc_array(tree->problem->resource_count, sizeof *no_prices);
	uint32_t *columns = carved_alloc_array(tree->pair_count, sizeof *columns);
	for (; tree->pattern_sent < tree->pattern_count; tree->pattern_sent++) {
		const struct carved_site_pattern *pattern = &tree->patterns[tree->pattern_sent];
		for (uint32_t i = 0; i < pattern->count; i++)
			columns[i] = send_column(tree, tree->pattern_columns[pattern->first + i], pool, no_prices);
		carved_patterns_add(patterns, tree->site, columns, pattern->count);
	}
	free(columns);
	free(no_prices);
}
