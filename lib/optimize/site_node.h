// SPDX-License-Identifier: EUPL-1.2
// Inside site trees only: one leaf while its programme is solved. site_node.c solves it, site_branch.c reads what is to be had from its solution.
#pragma once
#include "lp.h"
#include "site.h"

#define CARVED_SITE_WHOLE 1e-5 // so near to 0 or 1 a sum of theta is whole

struct carved_site_node_work {
	struct carved_site_tree *tree;
	const struct carved_site_work *work;
	uint8_t *state; // per pair
	struct carved_price_limit *limits;
	uint32_t *limit_pair;
	uint32_t limit_count;
	uint32_t in_count;
	int64_t *prices, *best; // of the point at hand
	int64_t *known;         // per pair
	uint32_t *known_column; // per pair
	bool *in_lp;            // per column of the tree
	uint32_t in_lp_room;
	int64_t *scratch; // prices of all resources, for the pricer
	struct carved_lp *lp;
	uint32_t *row_of_one; // per pair
	uint32_t *of_lp;      // column of the tree, per column of the programme
	uint32_t lp_count, lp_capacity;
};

// --- site_price.c

// For a candidate who must work here: more than any package is worth.
#define CARVED_SITE_BONUS (INT64_C(200000) * CARVED_MICRO)

// Whether the leaf's decisions leave the package.
bool carved_site_is_allowed(const struct carved_site_node_work *work, const struct carved_site_column *column);

// What package j of the tree brings at work->prices.
int64_t carved_site_reduced_at(const struct carved_site_node_work *work, uint32_t j);

// Per pair the most that a package known and allowed brings at work->prices; -CARVED_SITE_BONUS without one.
void carved_site_find_known(struct carved_site_node_work *work);

// What a package of the pair must bring before it matters: more than those known, and, of who need not be here, more than the charge.
int64_t carved_site_least_of(const struct carved_site_node_work *work, uint32_t i);

// The most that a package of the pair is worth less the site's prices, as far as it matters at the charges. A package that brings it joins the tree's; CARVED_NONE:
// none does.
int64_t carved_site_price_pair(struct carved_site_node_work *work, uint32_t i, uint32_t *ret_column);

// The pair's work->best with roundings, where that can take off up to `over`: nothing is asked that is further below. Returns whether nothing is left to ask.
bool carved_site_price_rounded(
	struct carved_site_node_work *work, uint32_t i, int64_t over, uint32_t node_limit, uint32_t *ret_column);

// --- site_branch.c

// What to branch on, by the programme's solution: a candidate who is here in part; else a job, then a slot, then hours that a candidate has in part.
// Returns false where all is whole.
bool carved_site_find_branch(const struct carved_site_node_work *work, struct carved_site_branch *ret_branch);

// Makes a pattern of the solution: packages in falling order of theta, each where it still fits.
void carved_site_round(struct carved_site_node_work *work);
