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

// What to branch on, by the programme's solution: a candidate who is here in part; else a job, then a slot, then hours that a candidate has in part.
// Returns false where all is whole.
bool carved_site_find_branch(const struct carved_site_node_work *work, struct carved_site_branch *ret_branch);

// Makes a pattern of the solution: packages in falling order of theta, each where it still fits.
void carved_site_round(struct carved_site_node_work *work);
