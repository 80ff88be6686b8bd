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

static int by_coach(const void *a, const void *b)
{
	const struct carved_proof_coach *left = a, *right = b;
	return left->coach < right->coach ? -1 : left->coach > right->coach;
}

// The prices of coaches in a leaf, those that are not zero: hours and reserve of a coach stand apart in the tree.
static void add_coaches(struct carved_proof *proof, const struct carved_site_tree *tree, uint32_t leaf, const int64_t *prices)
{
	const struct carved_problem *problem = tree->problem;
	uint32_t first = proof->coach_count;
	for (uint32_t k = 0; k < tree->coach_count; k++) {
		bool is_reserve = tree->coaches[k] >= problem->reserves;
		uint32_t coach = tree->coaches[k] - (is_reserve ? problem->reserves : problem->coaches), at = first;
		if (prices[k] == 0)
			continue;
		while (at < proof->coach_count && proof->coaches[at].coach != coach)
			at++;
		if (at == proof->coach_count)
			proof->coaches[proof->coach_count++] = (struct carved_proof_coach){.node = leaf, .coach = coach};
		*(is_reserve ? &proof->coaches[at].reserve : &proof->coaches[at].hours) = prices[k];
	}
	if (proof->coach_count > first)
		qsort(proof->coaches + first, proof->coach_count - first, sizeof *proof->coaches, by_coach);
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
		uint32_t of_site = tree->resource_count - tree->coach_count;
		memcpy(proof->prices + proof->price_count, from->prices, of_site * sizeof *from->prices);
		proof->price_count += of_site;
		add_coaches(proof, tree, number, from->prices + of_site);
		return number;
	}
	to->candidate = carved_site_candidate(tree, from->branch.pair);
	to->job = from->branch.job;
	to->slot = from->branch.slot;
	to->alike = from->branch.alike;
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
	uint64_t prices = 0, coaches = 0;
	for (uint32_t s = 0; s < problem->instance->sites_count; s++) {
		const struct carved_site_tree *tree = &sites->trees[s];
		uint32_t of_tree = tree->node_count ? count_nodes(tree, 0) : 0;
		nodes += of_tree;
		prices += (uint64_t)(of_tree + 1) / 2 * (tree->resource_count - tree->coach_count); // a binary tree's leaves
		coaches += (uint64_t)(of_tree + 1) / 2 * tree->coach_count;
		proof->pairs_bounded += tree->cut_short;
	}
	proof->proof.rounded = sites->rounded;
	proof->proof.charges = carved_arena_array(&proof->arena, int64_t, candidates);
	memcpy(proof->proof.charges, charges, candidates * sizeof *charges);
	proof->proof.nodes = carved_arena_array(&proof->arena, struct carved_proof_node, nodes);
	proof->proof.prices = carved_arena_array(&proof->arena, int64_t, prices);
	proof->proof.coaches = carved_arena_array(&proof->arena, struct carved_proof_coach, coaches);
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
