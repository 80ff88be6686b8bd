// SPDX-License-Identifier: EUPL-1.2
// Site programs: the most that one site can hold when each candidate pays a charge, proven by a tree that is kept and grown from round to round. See site.c.
//
// Glossary
//   charge   of a candidate, micro: what it must bring here before it counts: its pi, and its hours of coach and reserve at their prices
//   own      a resource of the site by the site's own number: slots, donors (jobs), supervision, places, then hours and reserves of coaches where they are
//            short for the site alone
//   pattern  packages that fit at the site together, one a candidate at most
#pragma once
#include "pattern.h"

// What the children of a node differ in. Low: at most hours_q quarters of the slot or the job, or the candidate not here at all; high: here, and more than that.
struct carved_site_branch {
	uint32_t pair; // of the site's list; CARVED_NONE: nothing
	uint32_t job;  // of the instance; CARVED_NONE: whether the candidate works here is all that is asked
	uint32_t slot; // of the instance; CARVED_NONE: the job as a whole, with hours_q 0
	bool alike;    // with a slot: all slots of the job that are alike to it for the candidate, together
	uint32_t hours_q;
};

struct carved_site_node {
	uint32_t parent;    // CARVED_NONE: the root
	uint32_t low, high; // CARVED_NONE: a leaf
	bool is_high;
	struct carved_site_branch branch; // of an inner node; of a leaf what to branch on, once its programme was solved
	uint64_t solved_for;              // stamp of the charges that its programme was solved for; 0: never
	int64_t *prices;                  // per own resource, micro, >= 0
	int64_t bound;                    // of a leaf at the charges looked at last, micro
	int64_t *best;                    // per pair of the site: no package allowed here is worth more, less those prices, micro
};

// A package at the site, with its uses in own numbers; the first `pieces` of them are slots.
struct carved_site_column {
	uint32_t pair; // of the site's list
	uint32_t first, uses, pieces;
	enum carved_package_kind kind;
	int64_t value;   // points
	int64_t worth;   // micro; of a rounded tree the value
	uint32_t number; // in the pool; CARVED_NONE: not there yet
};

struct carved_site_pattern {
	uint32_t first, count; // of pattern_columns
	int64_t worth;         // micro
};

struct carved_site_tree {
	struct carved_problem *problem;
	uint32_t site;
	const uint32_t *pairs; // of the problem
	uint32_t pair_count, resource_count;
	uint32_t *coaches; // the last own resources: those of the problem
	uint32_t coach_count;
	uint32_t *
		alike; // of a rounded tree per pair and slot of the site: the first slot alike to it for the candidate, by the site's numbers
	struct carved_site_node *nodes; // the root first, parents before children
	uint32_t node_count, node_capacity;
	struct carved_site_column *columns;
	uint32_t column_count, column_capacity;
	struct carved_use *uses; // by own numbers
	uint32_t use_count, use_capacity;
	struct carved_site_pattern *patterns;
	uint32_t pattern_count, pattern_capacity, pattern_sent; // so many are among the region's patterns
	uint32_t *pattern_columns;
	uint32_t pattern_column_count, pattern_column_capacity;
	bool rounded;       // worth is the value with its roundings, as plans add it up
	uint64_t cut_short; // pricings that were, in the last proof
	struct carved_arena arena;
	struct carved_site_node *saved; // nodes as they were at some time
	uint32_t saved_count;
	struct carved_arena saved_arena;
};

// `prices`: of all resources; the root begins with those of the site.
void carved_site_tree_init(struct carved_site_tree *tree, struct carved_problem *problem, uint32_t site, const uint32_t *pairs,
	uint32_t pair_count, const int64_t *prices);
void carved_site_tree_deinit(struct carved_site_tree *tree);

// Takes in a package of the pool, whose pair is the site's. Returns its number here.
uint32_t carved_site_tree_take(struct carved_site_tree *tree, const struct carved_columns *pool, uint32_t column);

// From here on packages are worth what plans add up: no more than a point below bounds is then a proof that nothing is better. Pricing takes longer so. And the tree
// decides on hours of slots alike together before it decides on slots. To be called before it grows.
void carved_site_tree_round(struct carved_site_tree *tree);

// The most that a pattern known brings at the charges, micro, at least 0.
int64_t carved_site_tree_reached(const struct carved_site_tree *tree, const int64_t *charges);

struct carved_site_work {
	uint32_t worker;        // of the crew
	const int64_t *charges; // per candidate
	uint64_t stamp;         // names the charges; > 0
	int64_t near; // micro: so near, bound and pattern have met; below 0: patterns that are so much worse than the best are looked for too
	int64_t reached;     // micro: of a pattern that the tree need not know
	uint32_t nodes;      // programmes of leaves that may be solved
	uint32_t node_limit; // of a pricing
};

// What the leaves are worth at most at the charges, by what is known of them.
int64_t carved_site_tree_bound(struct carved_site_tree *tree, const int64_t *charges);

// Grows the tree until bound and pattern meet, or the work is done. Returns the bound at the charges.
int64_t carved_site_tree_grow(struct carved_site_tree *tree, const struct carved_site_work *work);

// Makes the tree as small as its bound at the charges allows, and prices the leaf that the bound hangs on once more. Returns the bound.
int64_t carved_site_tree_prove(struct carved_site_tree *tree, const struct carved_site_work *work);

// Keeps the nodes as they are now, in the place of those kept before; goes back to them.
void carved_site_tree_save(struct carved_site_tree *tree);
void carved_site_tree_restore(struct carved_site_tree *tree);

// Adds columns and patterns that pool and patterns do not know.
void carved_site_tree_send(struct carved_site_tree *tree, struct carved_columns *pool, struct carved_patterns *patterns);

// --- inside the trees: site_own.c

// Lists the coaches whose hours are short for the site alone, as the last of its resources.
void carved_site_list_coaches(struct carved_site_tree *tree);
// A resource of the site by its own number, and by the problem's (CARVED_NONE: it is none of the tree's).
uint32_t carved_site_resource(const struct carved_site_tree *tree, uint32_t own);
uint32_t carved_site_own_number(const struct carved_site_tree *tree, uint32_t resource);

// --- site.c

// The first slot that is alike to it for the candidate; itself where the tree does not look at that.
static inline uint32_t carved_site_alike(const struct carved_site_tree *tree, uint32_t pair, uint32_t own_slot)
{
	return !tree->alike ? own_slot : tree->alike[pair * tree->problem->instance->sites[tree->site].slots.count + own_slot];
}

static inline uint32_t carved_site_candidate(const struct carved_site_tree *tree, uint32_t pair)
{
	return tree->problem->pairs[tree->pairs[pair]].candidate;
}

// `reduced`: the package's reduced value at `prices`, which are per own resource. Returns its number.
uint32_t carved_site_add_column(struct carved_site_tree *tree, uint32_t pair, const struct carved_package *package,
	int64_t reduced, const int64_t *prices);
// Sorts the columns. Columns that are a pattern already, or none at all, are no new one.
void carved_site_add_pattern(struct carved_site_tree *tree, uint32_t *columns, uint32_t count);

// --- site_node.c

// What a leaf must be worth more than, to be looked at: the most that a pattern brings, and as much as is near enough.
int64_t carved_site_cutoff(const struct carved_site_tree *tree, const struct carved_site_work *work);

enum carved_site_state { CARVED_SITE_FREE, CARVED_SITE_IN, CARVED_SITE_OUT };

void carved_site_read_states(const struct carved_site_tree *tree, uint32_t node, uint8_t *ret_state);

// What the node is worth at most at the charges, by what is known of it. `state`: scratch, one per pair.
int64_t carved_site_node_bound(const struct carved_site_tree *tree, uint32_t node, const int64_t *charges, uint8_t *state);

// Column generation in a leaf: lowers its bound at the charges as far as its linear programme goes, finds patterns, and says what to branch on.
void carved_site_node_solve(struct carved_site_tree *tree, const struct carved_site_work *work, uint32_t node);

// Prices everybody whose best is not yet known at the leaf's prices, with roundings as far as a bound not above `cutoff` needs them.
void carved_site_node_prove(struct carved_site_tree *tree, const struct carved_site_work *work, uint32_t node, int64_t cutoff);
