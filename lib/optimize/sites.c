// SPDX-License-Identifier: EUPL-1.2
// Sites know nothing of each other but the charges, so threads take them one by one; what they found joins pool and patterns afterwards, in the order of sites.
#include "sites.h"
#include <stdlib.h>
#include <string.h>

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
static int64_t sum_of_bounds(const struct carved_sites *sites)
{
	const struct carved_problem *problem = sites->problem;
	struct carved_prices named = carved_problem_named(problem, (int64_t *)(uintptr_t)sites->prices);
	int64_t sum = 0;
	for (uint32_t s = 0; s < problem->instance->sites_count; s++)
		sum += sites->trees[s].node_count ? sites->bounds[s] : carved_prices_site_value(&named, problem->instance, s);
	return sum;
}

bool carved_sites_grow(struct carved_sites *sites, const int64_t *charges, int64_t near, uint32_t nodes,
	const struct carved_beside *beside, int64_t *ret_bound)
{
	struct carved_problem *problem = sites->problem;
	struct task task = {.sites = sites,
		.work = {.charges = charges,
			.stamp = ++sites->stamp,
			.near = near,
			.nodes = nodes,
			.node_limit = problem->options->budget.pricer_nodes},
		.beside = *beside};
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
