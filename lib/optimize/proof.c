// SPDX-License-Identifier: EUPL-1.2
// The certificate of the trees, as struct carved_proof has it.
#include "sites.h"
#include <stdlib.h>
#include <string.h>

static uint32_t count_nodes(const struct carved_site_tree *tree, uint32_t node)
{
	if (tree->nodes[node].low == CARVED_NONE)
		return 1;
	return 1 + count_nodes(tree, tree->nodes[node].low) + count_nodes(tree, tree->nodes[node].high);
}

// Adds the node and what is below it. Returns its number.
static uint32_t add_node(struct carved_proof *proof, const struct carved_site_tree *tree, uint32_t node)
{
	const struct carved_site_node *from = &tree->nodes[node];
	uint32_t number = proof->node_count++;
	struct carved_proof_node *to = &proof->nodes[number];
	*to = (struct carved_proof_node){.site = tree->site,
		.candidate = CARVED_NONE,
		.job = CARVED_NONE,
		.slot = CARVED_NONE,
		.in = CARVED_NONE,
		.out = CARVED_NONE,
		.prices = CARVED_NONE};
	if (from->low == CARVED_NONE) {
		to->prices = proof->price_count;
		memcpy(proof->prices + proof->price_count, from->prices, tree->resource_count * sizeof *from->prices);
		proof->price_count += tree->resource_count;
		return number;
	}
	to->candidate = carved_site_candidate(tree, from->branch.pair);
	to->job = from->branch.job;
	to->slot = from->branch.slot;
	to->hours_q = from->branch.hours_q;
	uint32_t in = add_node(proof, tree, from->high), out = add_node(proof, tree, from->low);
	proof->nodes[number].in = in;
	proof->nodes[number].out = out;
	return number;
}

static void collect(const struct carved_sites *sites, const int64_t *charges, struct carved_sites_proof *proof)
{
	const struct carved_problem *problem = sites->problem;
	uint32_t candidates = problem->instance->candidates_count, nodes = 0;
	uint64_t prices = 0;
	for (uint32_t s = 0; s < problem->instance->sites_count; s++) {
		const struct carved_site_tree *tree = &sites->trees[s];
		uint32_t of_tree = tree->node_count ? count_nodes(tree, 0) : 0;
		nodes += of_tree;
		prices += (uint64_t)(of_tree + 1) / 2 * tree->resource_count; // a binary tree's leaves
		proof->pairs_bounded += tree->cut_short;
	}
	proof->proof.charges = carved_arena_array(&proof->arena, int64_t, candidates);
	memcpy(proof->proof.charges, charges, candidates * sizeof *charges);
	proof->proof.nodes = carved_arena_array(&proof->arena, struct carved_proof_node, nodes);
	proof->proof.prices = carved_arena_array(&proof->arena, int64_t, prices);
	for (uint32_t s = 0; s < problem->instance->sites_count; s++) {
		if (sites->trees[s].node_count)
			add_node(&proof->proof, &sites->trees[s], 0);
	}
}

void carved_sites_prove(struct carved_sites *sites, const struct carved_caseloads *caseloads, const int64_t *charges,
	struct carved_sites_proof *ret_proof)
{
	int64_t bound;
	*ret_proof = (struct carved_sites_proof){.micro = INT64_MAX};
	carved_sites_price_leaves(sites, charges, &bound);
	collect(sites, charges, ret_proof);
	ret_proof->micro = carved_caseloads_most(caseloads, charges) + bound;
}

void carved_sites_proof_deinit(struct carved_sites_proof *proof)
{
	carved_arena_deinit(&proof->arena);
	*proof = (struct carved_sites_proof){.micro = INT64_MAX};
}
