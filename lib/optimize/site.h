// SPDX-License-Identifier: EUPL-1.2
// Site programs: the most that one site can hold, at the prices of its candidates and coaches, proven by a tree. See site.c.
#pragma once
#include "dual.h"

// A node of a site's tree. Inner nodes branch on a candidate; leaves carry the prices that prove their bound.
struct carved_site_node {
	uint32_t candidate; // branched on; CARVED_NONE: a leaf
	uint32_t in, out;   // children: the candidate works here, or does not
	uint32_t parent;    // CARVED_NONE: the root
	uint32_t decided;   // candidate that this node decided on in its parent; CARVED_NONE at the root
	bool is_in;         // how
	uint32_t
		fraction; // candidate to branch on; CARVED_NONE: its relaxation has every candidate whole, and branching brings no more
	int64_t bound;   // micro: no choice of packages in this node is worth more
	int64_t *prices; // of the site's resources, in the order slots, donors, supervision, places; in the tree's arena
};

struct carved_site_tree {
	struct carved_site_node *nodes; // owned; the root first
	uint32_t count, capacity;
	int64_t bound; // micro: the largest of the leaves
	struct carved_arena arena;
};

struct carved_sites {
	struct carved_problem *problem;
	struct carved_columns *pool;
	const int64_t *prices;        // of all resources; those of coaches and reserves stay, the site's own are replaced
	const int64_t *gains;         // per candidate: what it is worth elsewhere, pi
	int64_t *scratch;             // prices, with the site's own replaced
	struct carved_range *of_site; // per site -> pairs
	uint32_t *pairs;              // by site
	uint32_t node_limit;          // of one site's tree
	uint64_t pairs_bounded;
};

void carved_sites_init(struct carved_sites *sites, struct carved_problem *problem, struct carved_columns *pool,
	const int64_t *prices, const int64_t *gains);
void carved_sites_deinit(struct carved_sites *sites);

// Solves the site's program as far as the node limit goes. Whatever happens, ret_tree->bound is a bound.
void carved_sites_solve(struct carved_sites *sites, uint32_t site, struct carved_site_tree *ret_tree);
void carved_site_tree_deinit(struct carved_site_tree *tree);
