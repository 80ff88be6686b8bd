// SPDX-License-Identifier: EUPL-1.2
// Sites know nothing of each other but the charges, so threads take them one by one; what they found joins pool and patterns afterwards, in the order of sites.
#include "sites.h"
#include <stdlib.h>
#include <string.h>

#define PRICER_PART 4 // of budget.pricer_nodes: one pricing in a thousand goes further, and those took half of the time

static void list_pairs(struct carved_sites *sites)
{
	const struct carved_problem *problem = sites->problem;
	uint32_t count = problem->instance->sites_count, first = 0;
	sites->of_site = carved_alloc_array(count, sizeof *sites->of_site);
	sites->pairs = carved_alloc_array(problem->pair_count, sizeof *sites->pairs);
	for (uint32_t p = 0; p < problem->pair_count; p++)
		sites->of_site[problem->pairs[p].site].count++;
	for (uint32_t s = 0; s < count; s++) {
		sites->of_site[s].first = first;
		first += sites->of_site[s].count;
		sites->of_site[s].count = 0;
	}
	for (uint32_t p = 0; p < problem->pair_count; p++) {
		struct carved_range *range = &sites->of_site[problem->pairs[p].site];
		sites->pairs[range->first + range->count++] = p;
	}
}

void carved_sites_init(struct carved_sites *sites, struct carved_problem *problem, struct carved_columns *pool,
	struct carved_patterns *patterns, const int64_t *prices)
{
	uint32_t count = problem->instance->sites_count;
	*sites = (struct carved_sites){.problem = problem, .pool = pool, .patterns = patterns, .prices = prices};
	list_pairs(sites);
	sites->trees = carved_alloc_array(count, sizeof *sites->trees);
	sites->bounds = carved_alloc_array(count, sizeof *sites->bounds);
	sites->reached = carved_alloc_array(count, sizeof *sites->reached);
	sites->nodes = carved_alloc_array(count, sizeof *sites->nodes);
	for (uint32_t s = 0; s < count; s++) {
		if (sites->of_site[s].count > 0)
			carved_site_tree_init(&sites->trees[s], problem, s, sites->pairs + sites->of_site[s].first,
				sites->of_site[s].count, prices);
	}
	for (uint32_t q = 0; q < pool->count; q++)
		carved_site_tree_take(&sites->trees[problem->pairs[pool->columns[q].pair].site], pool, q);
}

void carved_sites_deinit(struct carved_sites *sites)
{
	for (uint32_t s = 0; sites->trees && s < sites->problem->instance->sites_count; s++)
		carved_site_tree_deinit(&sites->trees[s]);
	free(sites->trees);
	free(sites->bounds);
	free(sites->reached);
	free(sites->nodes);
	free(sites->pairs);
	free(sites->of_site);
}

struct task {
	struct carved_sites *sites;
	struct carved_site_work work;
	bool is_proof;
	struct carved_beside beside;
};

static void run_site(void *context, uint32_t worker, uint32_t site)
{
	const struct task *task = context;
	struct carved_site_tree *tree = &task->sites->trees[site];
	struct carved_site_work work = task->work;
	work.worker = worker;
	if (tree->node_count == 0)
		return;
	work.nodes = task->sites->nodes[site];
	work.reached = task->sites->reached[site];
	task->sites->bounds[site] = task->is_proof ? carved_site_tree_prove(tree, &work) : carved_site_tree_grow(tree, &work);
}

// The work beside comes first: it takes longest.
static void run_site_or_beside(void *context, uint32_t worker, uint32_t index)
{
	const struct task *task = context;
	if (index > 0)
		run_site(context, worker, index - 1);
	else if (task->beside.run)
		task->beside.run(task->beside.context, worker);
}

// Sites without anybody hold what the prices say: the certificate has no tree for them.
int64_t carved_sites_held(const struct carved_sites *sites, uint32_t site)
{
	const struct carved_problem *problem = sites->problem;
	struct carved_prices named = carved_problem_named(problem, (int64_t *)(uintptr_t)sites->prices);
	return carved_prices_site_value(&named, problem->instance, site);
}

static int64_t sum_of_bounds(const struct carved_sites *sites)
{
	int64_t sum = 0;
	for (uint32_t s = 0; s < sites->problem->instance->sites_count; s++)
		sum += sites->trees[s].node_count ? sites->bounds[s] : carved_sites_held(sites, s);
	return sum;
}

// The best that a pattern known brings at each site.
static void find_reached(struct carved_sites *sites, const int64_t *charges)
{
	memset(sites->reached, 0, sites->problem->instance->sites_count * sizeof *sites->reached);
	for (uint32_t p = 0; p < sites->patterns->count && !sites->rounded; p++) { // rounded trees know the patterns that count
		int64_t reached = carved_patterns_reduced(sites->patterns, p, charges);
		int64_t *most = &sites->reached[sites->patterns->patterns[p].site];
		*most = reached > *most ? reached : *most;
	}
}

// Programmes go where the slack is: few sites have most of it.
static void allot(struct carved_sites *sites, const struct carved_sites_work *work)
{
	const uint32_t count = sites->problem->instance->sites_count;
	int64_t *slack = carved_alloc_array(count, sizeof *slack);
	double sum = 0;
	for (uint32_t s = 0; s < count; s++) {
		struct carved_site_tree *tree = &sites->trees[s];
		slack[s] = tree->node_count ? carved_site_tree_bound(tree, work->charges) - sites->reached[s] - work->near : 0;
		slack[s] = slack[s] > 0 ? slack[s] : 0;
		sum += (double)slack[s];
	}
	for (uint32_t s = 0; s < count; s++)
		sites->nodes[s] = work->nodes_least + (sum > 0 ? (uint32_t)(work->nodes * ((double)slack[s] / sum)) : 0);
	free(slack);
}

bool carved_sites_grow(struct carved_sites *sites, const struct carved_sites_work *work, int64_t *ret_bound)
{
	struct carved_problem *problem = sites->problem;
	struct task task = {.sites = sites,
		.work = {.charges = work->charges,
			.stamp = ++sites->stamp,
			.near = work->near,
			.node_limit = sites->rounded ? problem->options->budget.pricer_nodes
						     : problem->options->budget.pricer_nodes / PRICER_PART + 1},
		.beside = work->beside};
	find_reached(sites, work->charges);
	allot(sites, work);
	carved_crew_run(problem->crew, problem->instance->sites_count + 1, run_site_or_beside, &task);
	for (uint32_t s = 0; s < problem->instance->sites_count; s++) {
		if (sites->trees[s].node_count)
			carved_site_tree_send(&sites->trees[s], sites->pool, sites->patterns);
	}
	*ret_bound = sum_of_bounds(sites);
	return !carved_problem_is_stopped_now(problem);
}

void carved_sites_price_leaves(struct carved_sites *sites, const int64_t *charges, int64_t *ret_bound)
{
	struct carved_problem *problem = sites->problem;
	struct task task = {.sites = sites,
		.work = {.charges = charges, .stamp = ++sites->stamp, .node_limit = problem->options->budget.proof_nodes},
		.is_proof = true};
	carved_crew_run(problem->crew, problem->instance->sites_count, run_site, &task);
	*ret_bound = sum_of_bounds(sites);
}

void carved_sites_take_plan(struct carved_sites *sites, const struct carved_draft *plan)
{
	const struct carved_problem *problem = sites->problem;
	uint32_t *columns = carved_alloc_array(problem->instance->candidates_count, sizeof *columns);
	for (uint32_t s = 0; s < problem->instance->sites_count; s++) {
		uint32_t count = 0;
		for (uint32_t i = sites->of_site[s].first; i < sites->of_site[s].first + sites->of_site[s].count; i++) {
			uint32_t column = plan->column[problem->pairs[sites->pairs[i]].candidate];
			if (column != CARVED_NONE && sites->pool->columns[column].pair == sites->pairs[i])
				columns[count++] = carved_site_tree_take(&sites->trees[s], sites->pool, column);
		}
		carved_site_add_pattern(&sites->trees[s], columns, count);
	}
	free(columns);
}

uint64_t carved_sites_nodes(const struct carved_sites *sites)
{
	uint64_t count = 0;
	for (uint32_t s = 0; s < sites->problem->instance->sites_count; s++)
		count += sites->trees[s].node_count;
	return count;
}

void carved_sites_round(struct carved_sites *sites)
{
	sites->rounded = true;
	for (uint32_t s = 0; s < sites->problem->instance->sites_count; s++) {
		if (sites->trees[s].node_count)
			carved_site_tree_round(&sites->trees[s]);
	}
}

void carved_sites_save(struct carved_sites *sites)
{
	for (uint32_t s = 0; s < sites->problem->instance->sites_count; s++) {
		if (sites->trees[s].node_count)
			carved_site_tree_save(&sites->trees[s]);
	}
}

void carved_sites_restore(struct carved_sites *sites)
{
	for (uint32_t s = 0; s < sites->problem->instance->sites_count; s++) {
		if (sites->trees[s].saved_count)
			carved_site_tree_restore(&sites->trees[s]);
	}
}
