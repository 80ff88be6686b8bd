// SPDX-License-Identifier: EUPL-1.2
// What the parts of the check have in common: one region with its prices, and who may have a package in it. bound_pair.c reads documents, bound_check.c adds up what
// prices prove, bound_proof.c what trees of sites prove.
#pragma once
#include "support/bound_pair.h"

// A decision of a tree about the hours of one person.
struct bound_limit {
	const struct carved_candidate *candidate;
	uint32_t job;
	uint32_t slot; // CARVED_NONE: the job as a whole
	bool alike;    // all slots that are alike to it
	int least_q, most_q;
};

enum { BOUND_DECISIONS = 256 };

struct bound_run {
	const struct carved_region *region;
	const struct carved_slot_table *table;
	carved_date date;
	const struct carved_weights *weights;
	const struct carved_prices *prices;
	struct carved_options *options;
	int *median_q, *reserve_q; // per coach: carved_rules_reserve_q
	struct bound_check *result;
	struct bound_limit limits[BOUND_DECISIONS]; // of the leaf at hand
	size_t limit_count;
	bool rounded;        // packages are worth what plans add up
	uint64_t nodes_most; // of a search with roundings
	uint64_t *nodes;     // of the last search
};

struct bound_person { // who may have a package anywhere
	const struct carved_candidate *candidate;
	size_t coach;
	bool easy;
	int64_t points; // parts place, coach and buddy
};

// The counts of the run go to `result`, which must stay as long. Release with bound_run_end.
struct bound_run bound_run_start(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, struct bound_check *result);
void bound_run_end(struct bound_run *run);

// Returns false where the person may have a package nowhere.
bool bound_person_find(const struct bound_run *run, const struct carved_candidate *c, struct bound_person *ret_person);

// Whether the person could be there alone in the region: what a plan's own rules ask of one package.
bool bound_could_be_alone(const struct carved_region *region, const struct carved_candidate *c, const struct carved_site *site);

// The person at the site with the run's prices and decisions.
void bound_pair_init(const struct bound_run *run, const struct bound_person *person, size_t site, struct bound_pair *ret_pair);

// The person's greatest reduced value at one site, in millionths, rounded up; `otherwise` (millionths) where no package is worth more.
int64_t bound_best_at(const struct bound_run *run, const struct bound_person *person, size_t site, int64_t otherwise);

// Prices x capacities of one site, millionths.
int64_t bound_site_capacities(const struct bound_run *run, size_t site);
