// SPDX-License-Identifier: EUPL-1.2
// One leaf of a site's tree: its linear programme over the packages known, grown by exact pricing at its duals.
//
// Whoever must work here gets a bonus on every package, more than any package is worth, so that the programme has a solution from the first package on; the
// bonus is taken off again in what is handed on. A leaf where somebody must work who can't has a bound far below zero, and is never looked at again.
#include "site_node.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAIN 1e8                               // micro per unit of the linear programme's objective
#define BONUS (INT64_C(200000) * CARVED_MICRO) // for a candidate who must work here: more than any package is worth
#define ROUNDS 30                              // of column generation
#define NEAR (2 * CARVED_MICRO)                // bound and linear programme have met
#define LIMITS_MOST 64
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

static bool is_allowed(const struct carved_site_node_work *work, const struct carved_site_column *column)
{
	const struct carved_site_tree *tree = work->tree;
	uint32_t first_slot = tree->problem->instance->sites[tree->site].slots.first;
	if (work->state[column->pair] == CARVED_SITE_OUT)
		return false;
	for (uint32_t l = 0; l < work->limit_count; l++) {
		uint32_t hours_q = 0;
		if (work->limit_pair[l] != column->pair)
			continue;
		for (uint32_t u = 0; u < column->pieces; u++) {
			uint32_t slot = tree->uses[column->first + u].resource + first_slot;
			if (work->limits[l].slot == slot ||
				(work->limits[l].slot == CARVED_NONE &&
					tree->problem->instance->slots[slot].job == work->limits[l].job))
				hours_q += tree->uses[column->first + u].amount;
		}
		if (hours_q < work->limits[l].least_q || hours_q > work->limits[l].most_q)
			return false;
	}
	return true;
}

static int64_t reduced_at(const struct carved_site_node_work *work, uint32_t j)
{
	const struct carved_site_tree *tree = work->tree;
	const struct carved_site_column *column = &tree->columns[j];
	int64_t reduced = column->worth;
	for (uint32_t u = 0; u < column->uses; u++)
		reduced -= work->prices[tree->uses[column->first + u].resource] * tree->uses[column->first + u].amount;
	return reduced;
}

// Per pair the most that a package known and allowed brings at work->prices; -BONUS without one.
static void find_known(struct carved_site_node_work *work)
{
	const struct carved_site_tree *tree = work->tree;
	for (uint32_t i = 0; i < tree->pair_count; i++) {
		work->known[i] = -BONUS;
		work->known_column[i] = CARVED_NONE;
	}
	for (uint32_t j = 0; j < tree->column_count; j++) {
		const struct carved_site_column *column = &tree->columns[j];
		int64_t reduced = reduced_at(work, j);
		if (reduced > work->known[column->pair] && is_allowed(work, column)) {
			work->known[column->pair] = reduced;
			work->known_column[column->pair] = j;
		}
	}
}

// The most that a package of the pair is worth less the site's prices, as far as it matters at the charges. A package that brings it joins the columns.
static int64_t price_pair(struct carved_site_node_work *work, uint32_t i, uint32_t *ret_column)
{
	struct carved_site_tree *tree = work->tree;
	const struct carved_problem *problem = tree->problem;
	uint32_t candidate = carved_site_candidate(tree, i);
	struct carved_prices named = carved_problem_named(problem, work->scratch);
	struct carved_price_limit limits[LIMITS_MOST];
	int64_t charge = work->work->charges[candidate];
	struct carved_price_query query = {.prices = &named,
		.place_value = problem->place[candidate],
		.threshold = work->state[i] == CARVED_SITE_IN ? -BONUS : charge,
		.limits = limits,
		.node_limit = work->work->node_limit,
		.is_stopped = carved_problem_ask_to_stop,
		.context = tree->problem};
	if (work->known[i] > query.threshold)
		query.threshold = work->known[i];
	for (uint32_t l = 0; l < work->limit_count && query.limit_count < LIMITS_MOST;
		l++) { // more are forgotten: then the bound is weaker
		if (work->limit_pair[l] == i)
			limits[query.limit_count++] = work->limits[l];
	}
	struct carved_price_result result;
	*ret_column = CARVED_NONE;
	carved_price_best(problem->workspaces[work->work->worker],
		carved_problem_pair(problem, work->work->worker, tree->pairs[i]), &query, &result);
	if (result.answer == CARVED_PRICE_LIMIT)
		tree->cut_short++;
	if (result.answer == CARVED_PRICE_FOUND || (result.answer == CARVED_PRICE_LIMIT && result.package.piece_count > 0)) {
		*ret_column = carved_site_add_column(tree, i, &result.package, result.reduced, work->prices);
	}
	return result.bound > work->known[i] ? result.bound : work->known[i];
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
	gain += work->state[column->pair] == CARVED_SITE_IN ? BONUS : 0;
	carved_lp_add_column(work->lp, (double)gain / GAIN, count, rows, amounts);
	free(rows);
	free(amounts);
}

static bool is_stopped(void *context)
{
	return carved_problem_is_stopped_now(context);
}

// Packages that are nearly their pair's best at the prices to begin with; others join as they turn out to be the best.
static void open_programme(struct carved_site_node_work *work)
{
	const struct carved_site_tree *tree = work->tree;
	work->lp = carved_lp_new(is_stopped, tree->problem);
	for (uint32_t own = 0; own < tree->resource_count; own++)
		carved_lp_add_row(work->lp, tree->problem->capacity[carved_site_resource(tree, own)], 0, NULL, NULL);
	for (uint32_t i = 0; i < tree->pair_count; i++)
		work->row_of_one[i] = carved_lp_add_row(work->lp, 1, 0, NULL, NULL);
	find_known(work);
	for (uint32_t j = 0; j < tree->column_count; j++) {
		uint32_t i = tree->columns[j].pair;
		if (reduced_at(work, j) >= work->known[i] - WINDOW && is_allowed(work, &tree->columns[j]))
			add_to_programme(work, j);
	}
}

// Prices everybody at work->prices; fills in work->best. Packages that the programme does not know join it. Returns how many.
static uint32_t price_all(struct carved_site_node_work *work)
{
	struct carved_site_tree *tree = work->tree;
	uint32_t added = 0;
	for (uint32_t own = 0; own < tree->resource_count; own++)
		work->scratch[carved_site_resource(tree, own)] = work->prices[own];
	find_known(work);
	for (uint32_t i = 0; i < tree->pair_count; i++) {
		uint32_t column;
		if (work->state[i] == CARVED_SITE_OUT)
			continue;
		work->best[i] = price_pair(work, i, &column);
		if (column == CARVED_NONE &&
			work->known[i] >
				(work->state[i] == CARVED_SITE_IN ? -BONUS : work->work->charges[carved_site_candidate(tree, i)]))
			column = work->known_column[i];
		make_room(work);
		if (work->lp && column != CARVED_NONE && !work->in_lp[column]) {
			add_to_programme(work, column);
			added++;
		}
	}
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
	price_all(work);
	keep_point(work, node);
	open_programme(work);
	for (uint32_t round = 0; round < ROUNDS && added > 0 && !tree->problem->stopped; round++) {
		if (carved_lp_solve(work->lp, false) != CARVED_LP_OPTIMAL)
			break;
		int64_t reached = llround(carved_lp_value(work->lp) * GAIN) - work->in_count * BONUS;
		struct carved_site_node *of_tree = &tree->nodes[node];
		int64_t bound = add_up(tree, of_tree->prices, of_tree->best, work->state, work->work->charges),
			over = reached - cutoff;
		if (bound <= cutoff || bound - reached <= NEAR || bound - reached <= over / 4)
			break;
		read_duals(work);
		added = price_all(work);
		keep_point(work, node);
	}
}

void carved_site_node_solve(struct carved_site_tree *tree, const struct carved_site_work *of, uint32_t node)
{
	struct carved_site_node_work work;
	work_init(&work, tree, of, node);
	generate(&work, node, carved_site_tree_reached(tree, of->charges) + of->near);
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

int64_t carved_site_node_prove(struct carved_site_tree *tree, const struct carved_site_work *of, uint32_t node)
{
	struct carved_site_node_work work;
	work_init(&work, tree, of, node);
	memcpy(work.prices, tree->nodes[node].prices, tree->resource_count * sizeof *work.prices);
	if (!carved_problem_is_stopped_now(tree->problem)) {
		price_all(&work);
		if (!carved_problem_is_stopped_now(tree->problem))
			memcpy(tree->nodes[node].best, work.best, tree->pair_count * sizeof *work.best);
	}
	int64_t bound = add_up(tree, work.prices, tree->nodes[node].best, work.state, of->charges);
	work_deinit(&work);
	return bound;
}
