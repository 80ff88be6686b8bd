// SPDX-License-Identifier: EUPL-1.2
// One leaf of a site's tree: its linear programme over the packages known, grown by exact pricing at its duals.
//
// Whoever must work here gets a bonus on every package, more than any package is worth, so that the programme has a solution from the first package on; the
// bonus is taken off again in what is handed on. A leaf where somebody must work who can't has a bound far below zero, and is never looked at again.
#include "site_node.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAIN 1e8                           // micro per unit of the linear programme's objective
#define ROUNDS 30                          // of column generation
#define NEAR (2 * CARVED_MICRO)            // bound and linear programme have met
#define NEAR_ROUNDED (CARVED_MICRO / 1000) // likewise, where every point counts
#define FIRST_LIMIT 500                    // nodes of a pricing with roundings, so many times as many in the next turn
#define LIMIT_STEP 8
#define LIMIT_MOST 32000
#define WINDOW (1500 * (int64_t)CARVED_MICRO)

void carved_site_read_states(const struct carved_site_tree *tree, uint32_t node, uint8_t *ret_state)
{
	memset(ret_state, CARVED_SITE_FREE, tree->pair_count);
	for (; tree->nodes[node].parent != CARVED_NONE; node = tree->nodes[node].parent) {
		const struct carved_site_branch *branch = &tree->nodes[tree->nodes[node].parent].branch;
		if (tree->nodes[node].is_high)
			ret_state[branch->pair] = CARVED_SITE_IN;
		else if (branch->job == CARVED_NONE)
			ret_state[branch->pair] = CARVED_SITE_OUT;
	}
}

// U of site.c.
static int64_t add_up(const struct carved_site_tree *tree, const int64_t *prices, const int64_t *best, const uint8_t *state,
	const int64_t *charges)
{
	int64_t sum = 0;
	for (uint32_t own = 0; own < tree->resource_count; own++) {
		if (prices[own])
			sum += prices[own] * tree->problem->capacity[carved_site_resource(tree, own)];
	}
	for (uint32_t i = 0; i < tree->pair_count; i++) {
		int64_t gain = best[i] - charges[carved_site_candidate(tree, i)];
		if (state[i] == CARVED_SITE_IN)
			sum += gain; // of a package; or so far below zero that the leaf is done with
		else if (state[i] == CARVED_SITE_FREE && gain > 0)
			sum += gain;
	}
	return sum;
}

int64_t carved_site_node_bound(const struct carved_site_tree *tree, uint32_t node, const int64_t *charges, uint8_t *state)
{
	carved_site_read_states(tree, node, state);
	return add_up(tree, tree->nodes[node].prices, tree->nodes[node].best, state, charges);
}

static void read_limits(struct carved_site_node_work *work, uint32_t node)
{
	const struct carved_site_tree *tree = work->tree;
	for (; tree->nodes[node].parent != CARVED_NONE; node = tree->nodes[node].parent) {
		const struct carved_site_branch *branch = &tree->nodes[tree->nodes[node].parent].branch;
		if (branch->job == CARVED_NONE)
			continue;
		work->limit_pair[work->limit_count] = branch->pair;
		bool high = tree->nodes[node].is_high;
		work->limits[work->limit_count++] = (struct carved_price_limit){.job = branch->job,
			.slot = branch->slot,
			.alike = branch->alike,
			.least_q = high ? branch->hours_q + 1 : 0,
			.most_q = high ? UINT32_MAX : branch->hours_q};
	}
}

static uint32_t depth_of(const struct carved_site_tree *tree, uint32_t node)
{
	uint32_t depth = 0;
	for (; tree->nodes[node].parent != CARVED_NONE; node = tree->nodes[node].parent)
		depth++;
	return depth;
}

static void work_init(
	struct carved_site_node_work *work, struct carved_site_tree *tree, const struct carved_site_work *of, uint32_t node)
{
	*work = (struct carved_site_node_work){.tree = tree, .work = of};
	uint32_t depth = depth_of(tree, node);
	work->limits = carved_alloc_array(depth, sizeof *work->limits);
	work->limit_pair = carved_alloc_array(depth, sizeof *work->limit_pair);
	work->state = carved_alloc_array(tree->pair_count, sizeof *work->state);
	work->row_of_one = carved_alloc_array(tree->pair_count, sizeof *work->row_of_one);
	work->prices = carved_alloc_array(tree->resource_count, sizeof *work->prices);
	work->best = carved_alloc_array(tree->pair_count, sizeof *work->best);
	work->known_column = carved_alloc_array(tree->pair_count, sizeof *work->known_column);
	work->known = carved_alloc_array(tree->pair_count, sizeof *work->known);
	work->scratch = carved_alloc_array(tree->problem->resource_count, sizeof *work->scratch);
	carved_site_read_states(tree, node, work->state);
	read_limits(work, node);
	for (uint32_t i = 0; i < tree->pair_count; i++)
		work->in_count += work->state[i] == CARVED_SITE_IN;
}

static void work_deinit(struct carved_site_node_work *work)
{
	void *owned[] = {work->limits, work->limit_pair, work->state, work->row_of_one, work->prices, work->best, work->known,
		work->known_column, work->in_lp, work->scratch, work->of_lp};
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
	carved_lp_free(work->lp);
}

static void make_room(struct carved_site_node_work *work)
{
	if (work->tree->column_count <= work->in_lp_room)
		return;
	uint32_t room = work->tree->column_count * 2;
	work->in_lp = carved_realloc_array(work->in_lp, room, sizeof *work->in_lp);
	memset(work->in_lp + work->in_lp_room, 0, (room - work->in_lp_room) * sizeof *work->in_lp);
	work->in_lp_room = room;
}

static void add_to_programme(struct carved_site_node_work *work, uint32_t number)
{
	const struct carved_site_tree *tree = work->tree;
	const struct carved_site_column *column = &tree->columns[number];
	uint32_t *rows = carved_alloc_array(column->uses + 1, sizeof *rows), count = 1;
	double *amounts = carved_alloc_array(column->uses + 1, sizeof *amounts);
	int64_t gain = column->worth - work->work->charges[carved_site_candidate(tree, column->pair)];
	if (work->row_of_one[column->pair] == CARVED_NONE)
		work->row_of_one[column->pair] = carved_lp_add_row(work->lp, 1, 0, NULL, NULL);
	rows[0] = work->row_of_one[column->pair];
	amounts[0] = 1;
	for (uint32_t u = 0; u < column->uses; u++) {
		rows[count] = tree->uses[column->first + u].resource;
		amounts[count++] = tree->uses[column->first + u].amount;
	}
	if (work->lp_count == work->lp_capacity) {
		work->lp_capacity = work->lp_capacity ? work->lp_capacity * 2 : 128;
		work->of_lp = carved_realloc_array(work->of_lp, work->lp_capacity, sizeof *work->of_lp);
	}
	work->of_lp[work->lp_count++] = number;
	make_room(work);
	work->in_lp[number] = true;
	gain += work->state[column->pair] == CARVED_SITE_IN ? CARVED_SITE_BONUS : 0;
	carved_lp_add_column(work->lp, (double)gain / GAIN, count, rows, amounts);
	free(rows);
	free(amounts);
}

static bool is_stopped(void *context)
{
	return carved_problem_is_stopped_now(context);
}

// Packages that are nearly their pair's best at the prices to begin with, and nearly worth the charge of who need not be here; others join as they turn out to be the best.
static void open_programme(struct carved_site_node_work *work)
{
	const struct carved_site_tree *tree = work->tree;
	work->lp = carved_lp_new(is_stopped, tree->problem);
	for (uint32_t own = 0; own < tree->resource_count; own++)
		carved_lp_add_row(work->lp, tree->problem->capacity[carved_site_resource(tree, own)], 0, NULL, NULL);
	for (uint32_t i = 0; i < tree->pair_count; i++)
		work->row_of_one[i] = CARVED_NONE; // until there is a package
	carved_site_find_known(work);
	for (uint32_t j = 0; j < tree->column_count; j++) {
		uint32_t i = tree->columns[j].pair;
		if (carved_site_reduced_at(work, j) >= carved_site_least_of(work, i) - WINDOW &&
			carved_site_is_allowed(work, &tree->columns[j]))
			add_to_programme(work, j);
	}
}

static uint32_t offer_to_programme(struct carved_site_node_work *work, uint32_t column)
{
	make_room(work);
	if (!work->lp || column == CARVED_NONE || work->in_lp[column])
		return 0;
	add_to_programme(work, column);
	return 1;
}

struct doubt { // what roundings may take off a person's best
	uint32_t pair;
	int64_t least; // not below this
	int64_t most;  // that they take off
};

static int by_most(const void *a, const void *b)
{
	const struct doubt *left = a, *right = b;
	if (left->most != right->most)
		return left->most > right->most ? -1 : 1;
	return left->pair < right->pair ? -1 : left->pair > right->pair;
}

// Whose best may be less once values are rounded, in falling order of how much less. Returns how many; *ret_sum: all of it together.
static uint32_t list_doubts(struct carved_site_node_work *work, struct doubt *doubts, int64_t *ret_sum)
{
	uint32_t count = 0;
	*ret_sum = 0;
	carved_site_find_known(work); // with what was just found
	for (uint32_t i = 0; i < work->tree->pair_count; i++) {
		int64_t least = carved_site_least_of(work, i);
		if (work->state[i] == CARVED_SITE_OUT || work->best[i] <= least)
			continue;
		doubts[count++] = (struct doubt){i, least, work->best[i] - least};
		*ret_sum += work->best[i] - least;
	}
	if (count)
		qsort(doubts, count, sizeof *doubts, by_most);
	return count;
}

// Bests are of values before their roundings, up to two points a package too high. Where it would bring the bound down to the cutoff, they are asked with roundings,
// which takes the longer the further they may fall; so as few people as needed are asked, no further down than needed, and first those who answer soon;
// where there is something to branch on, that comes before long searches.
static uint32_t sharpen(struct carved_site_node_work *work, int64_t cutoff)
{
	const struct carved_site_tree *tree = work->tree;
	struct carved_site_branch branch;
	struct doubt *doubts = carved_alloc_array(tree->pair_count, sizeof *doubts);
	bool *settled = carved_alloc_array(tree->pair_count, sizeof *settled);
	int64_t sum, over = add_up(tree, work->prices, work->best, work->state, work->work->charges) - cutoff;
	uint32_t count = list_doubts(work, doubts, &sum), added = 0;
	uint32_t most = work->lp && carved_site_find_branch(work, &branch) ? FIRST_LIMIT : LIMIT_MOST;
	for (uint32_t limit = FIRST_LIMIT; over > 0 && sum >= over && limit <= most; limit *= LIMIT_STEP) {
		for (uint32_t d = 0; d < count && over > 0 && sum >= over && !tree->problem->stopped; d++) {
			uint32_t column;
			int64_t before = work->best[doubts[d].pair];
			if (settled[d])
				continue;
			settled[d] = carved_site_price_rounded(work, doubts[d].pair, over, limit, &column);
			int64_t fell = before - work->best[doubts[d].pair];
			over -= fell;
			sum -= settled[d] ? before - doubts[d].least : fell;
			added += offer_to_programme(work, column);
		}
	}
	free(doubts);
	free(settled);
	return added;
}

// Prices everybody at work->prices; fills in work->best, with roundings as far as a bound not above `cutoff` needs them: where the programme has nothing more
// to learn, or there is none (`is_last`). Packages that the programme does not know join it. Returns how many. `known_best`: what is known of everybody's best at these
// prices (NULL: nothing); whoever reaches it already is not asked.
static uint32_t price_all(struct carved_site_node_work *work, const int64_t *known_best, int64_t cutoff, bool is_last)
{
	struct carved_site_tree *tree = work->tree;
	uint32_t added = 0;
	for (uint32_t own = 0; own < tree->resource_count; own++)
		work->scratch[carved_site_resource(tree, own)] = work->prices[own];
	carved_site_find_known(work);
	for (uint32_t i = 0; i < tree->pair_count; i++) {
		uint32_t column;
		if (work->state[i] == CARVED_SITE_OUT)
			continue;
		if (known_best && known_best[i] <= carved_site_least_of(work, i)) {
			work->best[i] = known_best[i];
			continue;
		}
		work->best[i] = carved_site_price_pair(work, i, &column);
		bool knows = work->known_column[i] != CARVED_NONE && carved_site_least_of(work, i) == work->known[i];
		if (knows && (column == CARVED_NONE || tree->rounded)) // what is found may be less with roundings
			added += offer_to_programme(work, work->known_column[i]);
		added += offer_to_programme(work, column);
	}
	if (tree->rounded && added == 0 && (work->lp || is_last))
		added = sharpen(work, cutoff);
	return added;
}

static void keep_point(struct carved_site_node_work *work, uint32_t node)
{
	struct carved_site_node *of = &work->tree->nodes[node];
	const int64_t *charges = work->work->charges;
	if (add_up(work->tree, work->prices, work->best, work->state, charges) >=
		add_up(work->tree, of->prices, of->best, work->state, charges))
		return;
	memcpy(of->prices, work->prices, work->tree->resource_count * sizeof *of->prices);
	memcpy(of->best, work->best, work->tree->pair_count * sizeof *of->best);
}

static void read_duals(struct carved_site_node_work *work)
{
	for (uint32_t own = 0; own < work->tree->resource_count; own++) {
		double dual = carved_lp_dual(work->lp, own) * GAIN;
		work->prices[own] = dual > 0 ? llround(dual) : 0;
	}
}

// Column generation at the node's decisions, until its bound is near what its programme reaches, or not above `cutoff`.
static void generate(struct carved_site_node_work *work, uint32_t node, int64_t cutoff)
{
	struct carved_site_tree *tree = work->tree;
	uint32_t added = 1;
	memcpy(work->prices, tree->nodes[node].prices, tree->resource_count * sizeof *work->prices);
	price_all(work, tree->nodes[node].best, cutoff, false);
	keep_point(work, node);
	open_programme(work);
	for (uint32_t round = 0; round < ROUNDS && added > 0 && !tree->problem->stopped; round++) {
		if (carved_lp_solve(work->lp, false) != CARVED_LP_OPTIMAL)
			break;
		int64_t reached = llround(carved_lp_value(work->lp) * GAIN) - work->in_count * CARVED_SITE_BONUS;
		struct carved_site_node *of_tree = &tree->nodes[node];
		int64_t bound = add_up(tree, of_tree->prices, of_tree->best, work->state, work->work->charges),
			over = reached - cutoff;
		struct carved_site_branch branch;
		if (bound <= cutoff || bound - reached <= (tree->rounded ? NEAR_ROUNDED : NEAR))
			break;
		if (bound - reached <= over / 4 && carved_site_find_branch(work, &branch))
			break; // the children see to the rest
		read_duals(work);
		added = price_all(work, NULL, cutoff, false);
		keep_point(work, node);
	}
}

void carved_site_node_solve(struct carved_site_tree *tree, const struct carved_site_work *of, uint32_t node)
{
	struct carved_site_node_work work;
	work_init(&work, tree, of, node);
	generate(&work, node, carved_site_cutoff(tree, of));
	tree->nodes[node].branch = (struct carved_site_branch){.pair = CARVED_NONE};
	if (work.lp_count > 0) {
		struct carved_site_branch branch;
		carved_site_round(&work);
		if (carved_site_find_branch(&work, &branch))
			tree->nodes[node].branch = branch;
	}
	tree->nodes[node].solved_for = of->stamp;
	work_deinit(&work);
}

void carved_site_node_prove(struct carved_site_tree *tree, const struct carved_site_work *of, uint32_t node, int64_t cutoff)
{
	struct carved_site_node_work work;
	work_init(&work, tree, of, node);
	memcpy(work.prices, tree->nodes[node].prices, tree->resource_count * sizeof *work.prices);
	if (!carved_problem_is_stopped_now(tree->problem)) {
		price_all(&work, tree->nodes[node].best, cutoff, true);
		if (!carved_problem_is_stopped_now(tree->problem))
			memcpy(tree->nodes[node].best, work.best, tree->pair_count * sizeof *work.best);
	}
	work_deinit(&work);
}
