// SPDX-License-Identifier: EUPL-1.2
// Pricing inside a leaf of a site's tree: what it allows, what is known, and the pricer asked for more, with the leaf's decisions about hours as limits.
#include "site_node.h"
#include <stdlib.h>

#define LIMITS_MOST 64

// Whether hours of the slot, by the site's number, count for the limit.
static bool counts(const struct carved_site_node_work *work, const struct carved_price_limit *limit, uint32_t pair, uint32_t own)
{
	const struct carved_instance *in = work->tree->problem->instance;
	const uint32_t first = in->sites[work->tree->site].slots.first;
	if (limit->slot == CARVED_NONE)
		return in->slots[first + own].job == limit->job;
	if (!limit->alike)
		return limit->slot == first + own;
	return carved_site_alike(work->tree, pair, own) == carved_site_alike(work->tree, pair, limit->slot - first);
}

bool carved_site_is_allowed(const struct carved_site_node_work *work, const struct carved_site_column *column)
{
	const struct carved_site_tree *tree = work->tree;
	if (work->state[column->pair] == CARVED_SITE_OUT)
		return false;
	for (uint32_t l = 0; l < work->limit_count; l++) {
		uint32_t hours_q = 0;
		if (work->limit_pair[l] != column->pair)
			continue;
		for (uint32_t u = 0; u < column->pieces; u++) {
			if (counts(work, &work->limits[l], column->pair, tree->uses[column->first + u].resource))
				hours_q += tree->uses[column->first + u].amount;
		}
		if (hours_q < work->limits[l].least_q || hours_q > work->limits[l].most_q)
			return false;
	}
	return true;
}

int64_t carved_site_reduced_at(const struct carved_site_node_work *work, uint32_t j)
{
	const struct carved_site_tree *tree = work->tree;
	const struct carved_site_column *column = &tree->columns[j];
	int64_t reduced = column->worth;
	for (uint32_t u = 0; u < column->uses; u++)
		reduced -= work->prices[tree->uses[column->first + u].resource] * tree->uses[column->first + u].amount;
	return reduced;
}

// Per pair the most that a package known and allowed brings at work->prices; -CARVED_SITE_BONUS without one.
void carved_site_find_known(struct carved_site_node_work *work)
{
	const struct carved_site_tree *tree = work->tree;
	for (uint32_t i = 0; i < tree->pair_count; i++) {
		work->known[i] = -CARVED_SITE_BONUS;
		work->known_column[i] = CARVED_NONE;
	}
	for (uint32_t j = 0; j < tree->column_count; j++) {
		const struct carved_site_column *column = &tree->columns[j];
		int64_t reduced = carved_site_reduced_at(work, j);
		if (reduced > work->known[column->pair] && carved_site_is_allowed(work, column)) {
			work->known[column->pair] = reduced;
			work->known_column[column->pair] = j;
		}
	}
}

static struct carved_price_workspace *problem_workspace(const struct carved_site_node_work *work)
{
	return work->tree->problem->workspaces[work->work->worker];
}

// What a package of the pair must bring before it matters: more than those known, and, of who need not be here, more than the charge.
int64_t carved_site_least_of(const struct carved_site_node_work *work, uint32_t i)
{
	int64_t charge = work->work->charges[carved_site_candidate(work->tree, i)];
	int64_t least = work->state[i] == CARVED_SITE_IN ? -CARVED_SITE_BONUS : charge;
	return work->known[i] > least ? work->known[i] : least;
}

static struct carved_price_query query_of(const struct carved_site_node_work *work, uint32_t i,
	const struct carved_prices *prices, struct carved_price_limit *limits)
{
	const struct carved_problem *problem = work->tree->problem;
	uint32_t candidate = carved_site_candidate(work->tree, i);
	struct carved_price_query query = {.prices = prices,
		.place_value = problem->place[candidate],
		.threshold = carved_site_least_of(work, i),
		.limits = limits,
		.node_limit = work->work->node_limit,
		.is_stopped = carved_problem_ask_to_stop,
		.context = work->tree->problem};
	for (uint32_t l = 0; l < work->limit_count && query.limit_count < LIMITS_MOST;
		l++) { // more are forgotten: then the bound is weaker
		if (work->limit_pair[l] == i)
			limits[query.limit_count++] = work->limits[l];
	}
	return query;
}

// A package that pricing found joins the columns. Returns its number; CARVED_NONE where there is none.
static uint32_t take_found(struct carved_site_node_work *work, uint32_t i, const struct carved_price_result *result)
{
	if (result->answer == CARVED_PRICE_NONE || result->package.piece_count == 0)
		return CARVED_NONE;
	return carved_site_add_column(work->tree, i, &result->package, result->reduced, work->prices);
}

// The most that a package of the pair is worth less the site's prices, as far as it matters at the charges. A package that brings it joins the columns.
int64_t carved_site_price_pair(struct carved_site_node_work *work, uint32_t i, uint32_t *ret_column)
{
	struct carved_site_tree *tree = work->tree;
	struct carved_prices named = carved_problem_named(tree->problem, work->scratch);
	struct carved_price_limit limits[LIMITS_MOST];
	struct carved_price_query query = query_of(work, i, &named, limits);
	struct carved_price_result result;
	carved_price_best(
		problem_workspace(work), carved_problem_pair(tree->problem, work->work->worker, tree->pairs[i]), &query, &result);
	tree->cut_short += result.answer == CARVED_PRICE_LIMIT;
	*ret_column = take_found(work, i, &result);
	return result.bound > work->known[i] ? result.bound : work->known[i];
}

// One person's best with roundings, where that can take off up to `over`: nothing is asked that is further below. Returns whether nothing is left to ask.
bool carved_site_price_rounded(
	struct carved_site_node_work *work, uint32_t i, int64_t over, uint32_t node_limit, uint32_t *ret_column)
{
	struct carved_site_tree *tree = work->tree;
	struct carved_prices named = carved_problem_named(tree->problem, work->scratch);
	struct carved_price_limit limits[LIMITS_MOST];
	struct carved_price_query query = query_of(work, i, &named, limits);
	struct carved_price_result result;
	int64_t *best = &work->best[i];
	query.threshold = *best - over > query.threshold ? *best - over : query.threshold; // otherwise the least that matters
	query.node_limit = node_limit;
	query.rounded = true;
	carved_price_best(
		problem_workspace(work), carved_problem_pair(tree->problem, work->work->worker, tree->pairs[i]), &query, &result);
	*ret_column = take_found(work, i, &result);
	int64_t bound = result.bound > query.threshold ? result.bound : query.threshold;
	*best = bound < *best ? bound : *best;
	return result.answer != CARVED_PRICE_LIMIT;
}
