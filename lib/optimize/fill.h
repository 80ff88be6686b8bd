// SPDX-License-Identifier: EUPL-1.2
// Filling the room that a plan leaves: people one by one, each with the best package known or the best that can be priced. See fill.c.
//
// Glossary
//   prospect   a pair on a person's list: a site where the person could go
//   known      a package of the pool on the shelf of its pair
//   manner     how packages are compared for a while: the part of the prices that they pay, and whether they are looked up or priced
#pragma once
#include "bound.h"
#include "draft.h"

#define CARVED_FILL_WHOLE 1024     // the prices' parts are given in 1024ths
#define CARVED_FILL_PART_MOST 1229 // largest part for hours
#define CARVED_FILL_LEVELS 6       // parts of the prices that packages are priced at: multiples of a fifth

struct carved_known {
	int64_t worth, charge;     // micro; the charge is for slots and donors
	uint32_t column;           // of the pool
	uint32_t first, use_count; // its uses of slots and donors there
};

struct carved_prospect {
	int64_t charge; // micro: prices of place, buddy, coach and reserve
	int64_t most,
		most_net; // no package of the pair is worth more, nor worth more than this beyond the prices of its hours; micro
	int64_t known, known_net; // the same over those on the shelf, where hours pay the largest part
	uint32_t pair;
	struct carved_known *shelf;
	uint32_t shelf_count, shelf_capacity;
};

struct carved_fill_manner {
	uint32_t hours_part; // of the prices of slots and donors, at most CARVED_FILL_PART_MOST
	uint32_t fixed_part; // of all others
	uint32_t level;      // CARVED_NONE: packages known; else hours_part is that of the level, and packages are priced
};

struct carved_fill_offer {
	uint32_t version; // of its site then; 0: never
	uint32_t column;  // CARVED_NONE: nothing above `most`
	int64_t most;     // worth less the level's prices of slots and donors, micro
};

struct carved_fill {
	struct carved_problem *problem;
	struct carved_columns *pool;
	struct carved_draft *plan;
	const int64_t *prices; // borrowed
	struct carved_prospect *prospects;
	uint32_t *site;                    // per prospect
	struct carved_range *prospects_of; // per candidate, best first
	uint32_t prospect_count;
	uint32_t *prospect_of; // per pair: its prospect, CARVED_NONE: it is none
	uint32_t shelved;      // columns of the pool that are on shelves
	int64_t accept;        // lowest score that is taken, micro
	struct carved_fill_manner manner;
	int64_t *level_prices[CARVED_FILL_LEVELS];
	struct carved_fill_offer *offers[CARVED_FILL_LEVELS]; // per prospect
	struct carved_fill_entry *heap;                       // scratch
	uint64_t calls;                                       // of the pricer
	uint32_t worker;                                      // of the crew, whose scratch memory it prices with
	bool is_beside;                                       // shelves, and the pool's memory, are another's
};

// The bounder's last evaluation says which prospects there are. `prices` and `plan` must live as long as this. Requires: that evaluation was at these prices.
void carved_fill_init(
	struct carved_fill *fill, const struct carved_bounder *bounder, const int64_t *prices, struct carved_draft *plan);
void carved_fill_deinit(struct carved_fill *fill);

// The same shelves for another plan, so that two threads can fill one each: one with packages that are known, the other one with packages that it prices. What
// that finds joins the pool as far as carved_columns_reserve made room, and the shelves at the next carved_fill_take_up. Requires: `of` lives as long; nobody takes
// up meanwhile.
void carved_fill_init_beside(struct carved_fill *fill, const struct carved_fill *of, struct carved_draft *plan);
void carved_fill_deinit_beside(struct carved_fill *fill);

// Forgets what pricing offered in the rooms of a plan, before another plan is priced for: both count their rooms from one.
void carved_fill_forget_offers(struct carved_fill *fill);

// Takes up what the pool has learnt: its packages can be looked up from here on.
void carved_fill_take_up(struct carved_fill *fill);

// The part of the prices that packages of a level pay for hours.
uint32_t carved_fill_part_of_level(uint32_t level);

// Sets how packages are compared from now on, and takes up what the pool has learnt (not where it is another's).
void carved_fill_set_manner(struct carved_fill *fill, const struct carved_fill_manner *manner);

// Inserts as many of the people as find a package, highest score (plus `noise`, per entry of the list, micro) first. Requires: none of them is placed.
void carved_fill_insert(struct carved_fill *fill, const uint32_t *people, const int64_t *noise, uint32_t count);
