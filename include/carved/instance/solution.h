// SPDX-License-Identifier: EUPL-1.2
// What the optimiser answers: packages by number, their value, and the prices that prove the bound.
#pragma once
#include "carved/base/arena.h"
#include "carved/instance/instance.h"
#include <stdbool.h>
#include <stdint.h>

#define CARVED_MICRO 1000000 // millionths of a point: the unit of prices and reduced values

struct carved_piece {
	uint32_t slot; // of the instance
	uint32_t hours_q;
};

// The eight parts of a value, in points; they add up to it.
#define CARVED_VALUE_PARTS(X) X(place) X(fit) X(relief) X(jobs) X(aids) X(unknown) X(coach) X(buddy)

struct carved_value_parts {
#define X(part) int64_t part;
	CARVED_VALUE_PARTS(X)
#undef X
};

enum carved_package_kind { CARVED_CARVED, CARVED_WHOLE_VACANCY };

struct carved_package {
	uint32_t candidate, site;
	enum carved_package_kind kind;
	uint32_t piece_count;
	const struct carved_piece *pieces; // sorted by slot; in the owner's arena
	struct carved_value_parts parts;
	int64_t value;
};

// Each kind of price once: X(member, array of the instance that it runs along)
#define CARVED_PRICE_KINDS(X)                                                                                                    \
	X(slot, slots) X(donor, jobs) X(supervision, sites) X(places, sites) X(coach, coaches) X(reserve, coaches)

// Prices per unit of each scarce thing, in millionths of a point, all >= 0. DESIGN's names: lambda, mu, sigma, eta, kappa, rho.
struct carved_prices {
	int64_t *slot;        // per quarter of slot t (supply)
	int64_t *donor;       // per carved quarter of job j (donor)
	int64_t *supervision; // per buddy quarter at site s
	int64_t *places;      // per package at site s
	int64_t *coach;       // per quarter of coach k
	int64_t *reserve;     // per quarter of coach k for the easy half
};

// What makes the bound smaller than prices alone can: for each site a tree that proves how much the site can hold at all (lib/optimize/site.c has the
// mathematics). Empty (node_count 0) where the bound rests on prices alone.
//
//   charges   per candidate: what a package must bring before it counts at a site, millionths, >= 0
//   tree      nodes of one site stand together, the root first, parents before children. An inner node branches on a candidate: `in` works at the site,
//             `out` does not; or `in` works at the site with more than hours_q of a slot, a job or slots alike, `out` has at most so many, or does not work there.
//             Slots are alike for a candidate where they are of one job, fit equally well, have the same relief, need the same aids, ask the same things that are not
//             known of the candidate, and are both left undone today or neither: whoever changes hours between them is worth the same. A leaf
//             has prices of its own for the site's slots, jobs (donor), supervision and places, in that order; and of coaches where their hours are short for
//             the site alone, else zero
//   leaf      with prices p, at most  p x capacities + sum over who is in of (best - charge) + sum over who is undecided of max(0, best - charge),
//             best: the candidate's best reduced value at the site, of the packages that the decisions leave, at p
//   coach     at most the greatest sum of charges of people for whom the coach has hours: sum of hours needed <= the coach's, of the easy half's <= the reserve
//   bound     floor(sum over sites of the largest leaf + sum over coaches of that); a site without a tree is one leaf with the solution's prices
struct carved_proof_node {
	uint32_t site;
	uint32_t candidate; // CARVED_NONE: a leaf
	uint32_t job;       // of the site; CARVED_NONE: it branches on whether the candidate works here
	uint32_t
		slot; // of the job; CARVED_NONE: on whether the candidate has anything of the job (hours_q 0); else on its hours of the slot
	uint32_t alike; // 1: on its hours of all slots that are alike to the slot for the candidate, the slot among them
	uint32_t hours_q;
	uint32_t in, out; // nodes; CARVED_NONE in a leaf
	uint32_t prices;  // a leaf's first price in `prices`; CARVED_NONE in an inner node
};

// Prices of a coach in one leaf: no site has more people of a coach than the coach has hours for.
struct carved_proof_coach {
	uint32_t node; // a leaf
	uint32_t coach;
	int64_t hours, reserve; // millionths a quarter; reserve 0 where there is no limit
};

struct carved_proof {
	int64_t *charges; // per candidate; NULL where node_count is 0
	struct carved_proof_node *nodes;
	int64_t *prices;                    // of the leaves
	struct carved_proof_coach *coaches; // likewise; by node, then by coach
	uint32_t node_count, price_count, coach_count;
	uint32_t rounded; // 1: reduced values in it are of values as plans add them up; 0: before their two roundings down
};

enum carved_ended_by { CARVED_ENDED_BY_GAP, CARVED_ENDED_BY_ITERATIONS, CARVED_ENDED_BY_TIME, CARVED_ENDED_BY_CANCEL };

struct carved_solution {
	struct carved_package *packages; // sorted by candidate
	uint32_t package_count;
	int64_t value; // sum of the packages' values, points
	int64_t bound; // no plan of this instance is worth more, points; value <= bound
	struct carved_prices
		prices; // the certificate: without a proof, `bound` = floor(sum over candidates of max(0, best reduced value) + prices x capacities)
	struct carved_proof proof; // with one, it is as struct carved_proof says
	uint64_t pairs_bounded;    // pairs whose exact search hit its limit and count with an upper bound
	uint64_t iterations;       // of the search, all phases
	enum carved_ended_by ended_by;
	uint32_t changes; // where it began from a plan that stands: people who have another package and did not have to (start.h)
	struct carved_arena arena; // owns all of it
};

// Whether all pieces are of the site's slots, each at most once and in their order, with hours that a week has.
bool carved_pieces_are_sound(
	const struct carved_piece *pieces, uint32_t count, const struct carved_instance *instance, uint32_t site);

// All-zero prices for the instance, in the arena.
void carved_prices_init(struct carved_prices *prices, const struct carved_instance *instance, struct carved_arena *arena);
void carved_prices_copy(struct carved_prices *to, const struct carved_prices *from, const struct carved_instance *instance);

// Prices x capacities in millionths of a point: the part of the bound that no candidate decides.
int64_t carved_prices_capacity_value(const struct carved_prices *prices, const struct carved_instance *instance);
// Its terms: one site's slots, donors, supervision and places; all coaches with their reserves.
int64_t carved_prices_site_value(const struct carved_prices *prices, const struct carved_instance *instance, uint32_t site);
int64_t carved_prices_coaches_value(const struct carved_prices *prices, const struct carved_instance *instance);

// Whether no price is negative and prices x capacities are less than `most`, whatever the figures are. What there is none of counts as so many as `none`.
bool carved_prices_are_below(
	const struct carved_prices *prices, const struct carved_instance *instance, uint32_t none, int64_t most);

// How many prices a leaf of the site has: slots, jobs, supervision, places.
uint32_t carved_proof_prices_of_site(const struct carved_instance *instance, uint32_t site);

// Whether every index leads somewhere, trees are trees, and prices are >= 0 and below a billion points: what can be seen without any pricing.
bool carved_proof_is_sound(const struct carved_proof *proof, const struct carved_instance *instance);

// A copy in the arena; `candidates` is their number.
void carved_proof_copy(
	struct carved_proof *ret_to, const struct carved_proof *from, size_t candidates, struct carved_arena *arena);

void carved_solution_deinit(struct carved_solution *solution);
