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

#define CARVED_FILL_WHOLE 1024 // the prices' parts are given in 1024ths
#define CARVED_FILL_LEVELS 6   // parts of the prices that packages are priced at: multiples of a fifth

struct carved_prospect {
	int64_t most;   // best reduced value of the pair in the empty region, micro, or an upper bound of it
	int64_t charge; // micro: prices of place, buddy, coach and reserve
	uint32_t pair, site;
};

struct carved_known {
	int64_t worth, charge; // micro; the charge is for slots and donors
	uint32_t column;
};

struct carved_shelf { // of a pair
	struct carved_known *known;
	uint32_t count, capacity;
};

struct carved_fill_manner {
	uint32_t hours_part, fixed_part; // of the prices of slots and donors, and of all others
	uint32_t level; // CARVED_NONE: packages known; else hours_part is that of the level, and packages are priced
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
	struct carved_range *prospects_of; // per candidate, best first
	uint32_t prospect_count;
	struct carved_shelf *shelves; // per pair
	uint32_t shelved;             // columns of the pool that are on shelves
	int64_t accept;               // lowest score that is taken, micro
	struct carved_fill_manner manner;
	int64_t *level_prices[CARVED_FILL_LEVELS];
	struct carved_prices named[CARVED_FILL_LEVELS];
	struct carved_fill_offer *offers[CARVED_FILL_LEVELS]; // per prospect
	struct carved_fill_entry *heap;                       // scratch
	uint64_t calls;                                       // of the pricer
};

// The bounder's last evaluation says which prospects there are. `prices` and `plan` must live as long as this.
void carved_fill_init(
	struct carved_fill *fill, const struct carved_bounder *bounder, const int64_t *prices, struct carved_draft *plan);
void carved_fill_deinit(struct carved_fill *fill);

// The part of the prices that packages of a level pay for hours.
uint32_t carved_fill_part_of_level(uint32_t level);

// Sets how packages are compared from now on, and takes up what the pool has learnt.
void carved_fill_set_manner(struct carved_fill *fill, const struct carved_fill_manner *manner);

// Inserts as many of the people as find a package, highest score (plus `noise`, per entry of the list, micro) first. Requires: none of them is placed.
void carved_fill_insert(struct carved_fill *fill, const uint32_t *people, const int64_t *noise, uint32_t count);
