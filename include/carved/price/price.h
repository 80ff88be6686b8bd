// SPDX-License-Identifier: EUPL-1.2
// The exact pricer: the best package of one candidate at one site at given prices. No GLPK here.
//
// Objective. A package's *reduced value* is its value before the two roundings down (fit and relief as exact fractions) less the prices of what it uses.
// It is an upper bound on value less prices and above it by less than two points; it is what the bound sums, so the bound holds. Reported in millionths of a
// point, rounded up. A query can ask for the value as it is instead (`rounded`): slower, since packages between the two have to be told apart one by one.
//
// Packages. All that could stand in a plan by themselves: every package rule, and donor cap, supply, buddy hours, coach hours and reserve of the empty region.
//
// Consent is not looked at (as in fit/): who may not be matched can be priced all the same.
//
// Answers are honest (after SCIP's pricers): FOUND and NONE are exact; LIMIT says that the search was cut short and `bound` still holds.
#pragma once
#include "carved/fit/fit.h"
#include "carved/instance/solution.h"

enum carved_price_answer {
	CARVED_PRICE_FOUND, // the best package, exactly; its reduced value is above the threshold
	CARVED_PRICE_NONE,  // no package has a reduced value above the threshold
	CARVED_PRICE_LIMIT, // node limit, or stopped: no package is above `bound`; `package` is the best seen, if piece_count > 0
};

// The bound of a pair that has no package at all, whatever the prices. Far below any value; prices can be added to it without overflow.
#define CARVED_PRICE_NO_PACKAGE (INT64_MIN / 4)

// What is left of a region while a plan is being built. NULL members: all of it.
struct carved_room {
	const uint32_t *slot_q;  // per slot of the instance: quarters left
	const uint32_t *donor_q; // per job of the instance: carved quarters left
};

// Packages are asked for that hold so many quarters of a slot, or anything of a job at all: branching.
struct carved_price_limit {
	uint32_t job;  // of the instance
	uint32_t slot; // of the job; CARVED_NONE: all of it together, where least_q is 0 or 1, and most_q 0 or no limit
	bool alike; // with a slot of the pair: the hours of all slots that are alike to it for the candidate (carved_pair_slots_are_alike) together
	uint32_t least_q; // 0: it may also be left out
	uint32_t most_q;  // 0: it must be left out
};

struct carved_price_query {
	const struct carved_prices *prices; // NULL: all zero
	struct carved_room room;
	int64_t place_value; // part `place`, points (carved_fit_place)
	int64_t threshold;   // millionths: only packages above it matter
	uint32_t node_limit; // >= 1: nodes of the search
	bool rounded;        // reduced values are of values with their two roundings: exactly what plans add up
	const struct carved_price_limit *limits; // all of them hold; several may speak of one slot
	uint32_t limit_count;
	bool (*is_stopped)(
		void *context); // asked at every 16th node (some 0.2 ms); true: cut short, as by the limit. NULL: nobody asks
	void *context;
};

struct carved_price_result {
	enum carved_price_answer answer;
	int64_t reduced; // of `package`, millionths, rounded up; meaningless without one
	int64_t bound; // millionths: no package is above it (FOUND: equals reduced; NONE: at most the threshold, and CARVED_PRICE_NO_PACKAGE where there is none)
	struct carved_package package; // pieces live in the workspace until its next use; parts and value exact (with roundings)
	uint32_t nodes;
};

// Scratch memory, one per thread.
struct carved_price_workspace;
struct carved_price_workspace *carved_price_workspace_new(const struct carved_instance *instance);
void carved_price_workspace_free(struct carved_price_workspace *workspace);

// Requires: the pair was prepared from the workspace's instance; at the query's prices no package pays more than 10^9 points.
void carved_price_best(struct carved_price_workspace *workspace, const struct carved_pair *pair,
	const struct carved_price_query *query, struct carved_price_result *ret_result);

// Whether a package that is given (kind, pieces) is one that the pair could have in the query's room: every rule of packages, tested as the search tests them.
// Of the query only `room` counts. Requires: as carved_price_best; package->candidate and site are the pair's.
bool carved_price_check(struct carved_price_workspace *workspace, const struct carved_pair *pair,
	const struct carved_price_query *query, const struct carved_package *package);

// Parts and value of a package (kind, pieces, candidate, site set; pieces sorted by slot), exact with roundings.
// Requires: every piece's slot is in the pair.
void carved_price_value(const struct carved_instance *instance, const struct carved_pair *pair, int64_t place_value,
	struct carved_package *package);

// The reduced value of a package at prices, millionths, rounded up. Requires: as carved_price_value, and parts set.
int64_t carved_price_reduced(const struct carved_instance *instance, const struct carved_pair *pair,
	const struct carved_prices *prices, const struct carved_package *package);
