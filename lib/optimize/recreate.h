// SPDX-License-Identifier: EUPL-1.2
// Ruin and recreate: take part of a plan apart and fill it again, many times.
#pragma once
#include "fill.h"
#include "random.h"

typedef void (*carved_recreate_improved_fn)(void *context); // the plan is the best so far

// How plans are taken apart. See recreate.c.
struct carved_recreate_style {
	double heat;            // first temperature, of a mean package's value
	double warm;            // that of a polish and of a renewal
	uint32_t sites_most;    // that one round empties, >= 1
	uint32_t unplaced_most; // people without a package who would like one of them: so many of each join the round
	uint32_t people_most;   // of a handful, >= 3
	uint32_t priced_round;  // one round in so many prices packages, >= 1
};
extern const struct carved_recreate_style carved_recreate_for_patterns, carved_recreate_for_plans;

struct carved_learner;

struct carved_recreate {
	struct carved_problem *problem;
	struct carved_fill *fill;
	struct carved_draft *plan; // on return of carved_recreate_run: the best plan seen
	struct carved_recreate_style style;
	struct carved_random random;
	uint32_t *best;                 // its columns, per candidate
	int64_t best_value, told_value; // told: of the best that the caller was told of, or began with
	struct carved_range *of_coach;  // -> coach_list: who could be placed, by coach
	uint32_t *coach_list;
	struct carved_range *of_site; // -> site_list: who has the site among the prospects
	uint32_t *site_list;
	uint32_t *list; // scratch: candidates to insert
	int64_t *noise;
	uint32_t count;
	bool *listed; // per candidate: is in `list`
	carved_recreate_improved_fn improved;
	void *context;
	void (*visited)(void *visitor); // told of plans on the way, the best and now and then another; may be NULL
	void *visitor;
	struct carved_learner *learner; // prices beside the search, see learn.h; NULL: the search prices for itself
};

enum carved_recreate_looks {
	CARVED_RECREATE_MIXED, // one round in style.priced_round prices
	CARVED_RECREATE_KNOWN, // none does
	CARVED_RECREATE_PRICED,
};

struct carved_recreate_pace {
	double heat, cooling; // temperature in points, and what it is multiplied with after each round
	double mean;          // value of a package, points
	enum carved_recreate_looks looks;
};

void carved_recreate_init(struct carved_recreate *search, struct carved_fill *fill, const struct carved_recreate_style *style,
	uint64_t seed, carved_recreate_improved_fn improved, void *context);
void carved_recreate_deinit(struct carved_recreate *search);

// A search over the lists of another one, which must live as long, in the plan that `fill` fills.
void carved_recreate_init_beside(struct carved_recreate *search, const struct carved_recreate *of, struct carved_fill *fill);
void carved_recreate_deinit_beside(struct carved_recreate *search);

// Everyone who is not placed, best first, into the room that there is, with packages that are known.
void carved_recreate_construct(struct carved_recreate *search);

// `rounds` of ruin and recreate from the plan as it is; stops early where it is told to. The plan ends as the best seen.
void carved_recreate_run(struct carved_recreate *search, uint32_t rounds);

// Rounds at a pace, which goes on cooling. The plan stays where they leave it, the best is kept.
void carved_recreate_rounds(struct carved_recreate *search, uint32_t rounds, struct carved_recreate_pace *pace);

// carved_recreate_run from a lower temperature: the plan is good already, and is to stay much as it is.
void carved_recreate_polish(struct carved_recreate *search, uint32_t rounds);

// The same for a plan that programs have brought to a standstill. It ends as another one about as good, from which they go on: the best seen in the second half of
// the rounds, which may be a little worse than it was.
void carved_recreate_renew(struct carved_recreate *search, uint32_t rounds);
