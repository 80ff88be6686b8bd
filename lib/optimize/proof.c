// SPDX-License-Identifier: EUPL-1.2
// pi: what each candidate is worth at the dual's prices, so that at these prices no site holds more than its capacities are worth; the trees can only lower it.
#include "proof.h"
#include <stdlib.h>
#include <string.h>

// Adds a site's tree behind those of the sites before it. `tree` has parents before children, as the proof wants.
static void add_tree(struct carved_sites_proof *to, uint32_t site, uint32_t prices_of_leaf, const struct carved_site_tree *tree)
{
	struct carved_proof *proof = &to->proof;
	uint32_t first = proof->node_count;
	for (uint32_t n = 0; n < tree->count; n++) {
		const struct carved_site_node *from = &tree->nodes[n];
		struct carved_proof_node *node = &proof->nodes[proof->node_count++];
		bool leaf = from->candidate == CARVED_NONE;
		*node = (struct carved_proof_node){.site = site,
			.candidate = from->candidate,
			.in = leaf ? CARVED_NONE : first + from->in,
			.out = leaf ? CARVED_NONE : first + from->out,
			.prices = leaf ? proof->price_count : CARVED_NONE};
		if (leaf) {
			memcpy(proof->prices + proof->price_count, from->prices, prices_of_leaf * sizeof *from->prices);
			proof->price_count += prices_of_leaf;
		}
	}
}

// Solves all sites. Returns false where it was stopped.
static bool solve_sites(struct carved_sites *sites, struct carved_site_tree *trees)
{
	struct carved_problem *problem = sites->problem;
	for (uint32_t s = 0; s < problem->instance->sites_count; s++) {
		if (sites->of_site[s].count == 0)
			continue;
		carved_sites_solve(sites, s, &trees[s]);
		problem->iterations++;
		carved_problem_report(problem);
		if (problem->stopped)
			return false;
	}
	return true;
}

static void collect(struct carved_sites_proof *proof, const struct carved_sites *sites, const struct carved_site_tree *trees)
{
	const struct carved_problem *problem = sites->problem;
	const struct carved_instance *in = problem->instance;
	struct carved_prices named = carved_problem_named(problem, (int64_t *)(uintptr_t)sites->prices);
	uint32_t nodes = 0, prices = 0;
	proof->micro = carved_prices_coaches_value(&named, in);
	for (uint32_t c = 0; c < in->candidates_count; c++)
		proof->micro += sites->gains[c];
	for (uint32_t s = 0; s < in->sites_count; s++) {
		proof->micro += trees[s].count ? trees[s].bound : carved_prices_site_value(&named, in, s);
		nodes += trees[s].count;
		prices += (trees[s].count + 1) / 2 * carved_proof_prices_of_site(in, s); // a binary tree's leaves
	}
	proof->proof.pi = carved_arena_array(&proof->arena, int64_t, in->candidates_count);
	memcpy(proof->proof.pi, sites->gains, in->candidates_count * sizeof *sites->gains);
	proof->proof.nodes = carved_arena_array(&proof->arena, struct carved_proof_node, nodes);
	proof->proof.prices = carved_arena_array(&proof->arena, int64_t, prices);
	for (uint32_t s = 0; s < in->sites_count; s++)
		add_tree(proof, s, carved_proof_prices_of_site(in, s), &trees[s]);
}

// Trees pay where a site has few people to choose from; beyond the size that the simplex carries there are too many.
static bool is_worthwhile(const struct carved_problem *problem, const struct carved_dual *dual)
{
	const struct carved_budget *budget = &problem->options->budget;
	return dual->has_bound && !problem->stopped && budget->site_nodes > 0 && problem->pair_count <= budget->simplex_pairs;
}

void carved_sites_prove(struct carved_problem *problem, struct carved_dual *dual, struct carved_sites_proof *ret_proof)
{
	*ret_proof = (struct carved_sites_proof){.micro = INT64_MAX};
	if (!is_worthwhile(problem, dual))
		return;
	struct carved_sites_proof proof = {.micro = INT64_MAX};
	uint32_t sites_count = problem->instance->sites_count;
	struct carved_site_tree *trees = carved_alloc_array(sites_count, sizeof *trees);
	struct carved_sites sites;
	problem->phase = "proof";
	carved_sites_init(&sites, problem, dual->bounder.pool, dual->best, dual->bounder.gains);
	if (solve_sites(&sites, trees)) {
		collect(&proof, &sites, trees);
		proof.pairs_bounded = sites.pairs_bounded;
	}
	for (uint32_t s = 0; s < sites_count; s++)
		carved_site_tree_deinit(&trees[s]);
	carved_sites_deinit(&sites);
	free(trees);
	if (proof.micro >= dual->bound.micro)
		carved_sites_proof_deinit(&proof);
	else
		problem->bound = proof.micro / CARVED_MICRO;
	*ret_proof = proof;
}

void carved_sites_proof_deinit(struct carved_sites_proof *proof)
{
	carved_arena_deinit(&proof->arena);
	*proof = (struct carved_sites_proof){.micro = INT64_MAX};
}
