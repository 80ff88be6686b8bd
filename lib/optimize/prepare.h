// SPDX-License-Identifier: EUPL-1.2
// The instance as the optimiser works on it: the pairs that can have a package, and every scarce thing as a numbered resource.
//
// Glossary
//   pair       a candidate and a site that could have a package together (fit/), numbered by candidate, then site. There are millions in a large region: only a
//              few bytes of each are kept, and what is priced is worked out anew when it is
//   resource   a scarce thing with a capacity and a price per unit: quarters of a slot (supply), carved quarters of a job (donor), buddy quarters and
//              places of a site, quarters of a coach, and those of the easy half of the caseload. One number for all, in the order of struct carved_prices:
//              slots, donors, supervision, places, coaches, reserves. A vector of prices is an int64_t per resource.
//   use        so many units of a resource
//   micro      millionths of a point, as prices and reduced values are
#pragma once
#include "carved/base/crew.h"
#include "carved/fit/fit.h"
#include "carved/optimize/optimize.h"
#include "carved/price/price.h"
#include <pthread.h>

struct carved_use {
	uint32_t resource;
	uint32_t amount;
};

struct carved_pair_brief {
	uint32_t candidate, site;
	uint16_t most_q; // no package of it has more quarters
};

#define CARVED_FIXED_USES 4 // what every package of a pair uses: place, buddy, coach, reserve

struct carved_problem {
	const struct carved_instance *instance;
	const struct carved_optimize_options *options;
	struct carved_arena arena;
	struct carved_crew *crew;
	bool owns_crew;
	struct carved_price_workspace **workspaces; // one per worker of the crew
	struct carved_pair_scratch **scratches;     // likewise

	struct carved_asks *asks;
	struct carved_profile **profiles; // per candidate; NULL without pairs
	struct carved_pair_brief *pairs;
	uint32_t pair_count, pair_capacity;
	int64_t *pair_worth;                  // per pair: no package of it is worth more, fixed charges aside, micro
	struct carved_range *candidate_pairs; // per candidate: its pairs
	int64_t *place;                       // per candidate: part `place` of its packages, points

	uint32_t resource_count;
	uint32_t donors, supervision, places, coaches, reserves; // first resource of each kind (slots begin at 0)
	uint32_t *capacity;                                      // per resource; UINT32_MAX: no limit, and nothing uses it

	const char *phase; // for progress
	uint64_t iterations;
	int64_t value, bound; // for progress, points
	uint32_t placed;
	pthread_t asker;     // the thread that asks should_stop: who called carved_problem_init
	uint32_t calls;      // of the stop question's gate
	_Atomic int stopped; // what should_stop answered; 0 while it goes on
};

// Prepares everything. Where `stopped` is set afterwards, the pairs are not complete.
void carved_problem_init(
	struct carved_problem *problem, const struct carved_instance *instance, const struct carved_optimize_options *options);
void carved_problem_deinit(struct carved_problem *problem);

// The pair as the pricer takes it. It lives until the worker asks for its next one.
const struct carved_pair *carved_problem_pair(const struct carved_problem *problem, uint32_t worker, uint32_t pair);

// The pair's number; CARVED_NONE: there is none.
uint32_t carved_problem_find_pair(const struct carved_problem *problem, uint32_t candidate, uint32_t site);

// Whether to stop: asks the caller at every 16th call, and remembers a yes. `now` asks at once. On other threads than the one that began they only look
// whether that one has got a yes.
bool carved_problem_is_stopped(struct carved_problem *problem);
bool carved_problem_is_stopped_now(struct carved_problem *problem);
// The same for a pricing that takes long. Requires: a struct carved_problem.
bool carved_problem_ask_to_stop(void *problem);

// Whether a plan of the value (points) is near enough to the bound (budget.gap_target).
bool carved_problem_is_done(const struct carved_problem *problem, int64_t value);

// Tells the caller how far it is. On other threads than the one that began it says nothing.
void carved_problem_report(struct carved_problem *problem);

// Uses that every package of the pair has. Returns how many.
uint32_t carved_problem_fixed_uses(
	const struct carved_problem *problem, uint32_t candidate, uint32_t site, struct carved_use uses[CARVED_FIXED_USES]);

// Whether those uses are left (units per resource): a pair that can't have them all at once has no package there.
bool carved_problem_has_fixed_room(const struct carved_problem *problem, uint32_t candidate, uint32_t site, const uint32_t *left);

// What is left of slots and donors, for the pricer. Lives as long as `left`.
struct carved_room carved_problem_room(const struct carved_problem *problem, const uint32_t *left);

// Prices x those uses, micro.
int64_t carved_problem_fixed_charge(const struct carved_problem *problem, uint32_t pair, const int64_t *prices);

// The vector seen as named prices. Lives as long as the vector.
struct carved_prices carved_problem_named(const struct carved_problem *problem, int64_t *prices);

// Prices x capacities, micro.
int64_t carved_problem_capacity_value(const struct carved_problem *problem, const int64_t *prices);

// An upper bound of every package of the candidate, micro, without any search.
int64_t carved_problem_ceiling(const struct carved_problem *problem, uint32_t candidate);
