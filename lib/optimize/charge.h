// SPDX-License-Identifier: EUPL-1.2
// What links sites, and what it costs: who is worth how much elsewhere (pi), and what coach hours are worth. See charge.c.
//
// Glossary
//   link    a thing that sites share: a candidate, the hours of a coach, its reserve; numbered in that order
//   charge  of a candidate: its pi, and its hours of coach and reserve at their prices
#pragma once
#include "lp.h"
#include "pattern.h"

// Capacity of a link: 1 for a candidate, quarters for the rest; CARVED_NONE: no limit.
uint32_t carved_link_capacity(const struct carved_problem *problem, uint32_t link);
uint32_t carved_link_count(const struct carved_problem *problem);

// Per candidate its charge at a point (per link, micro).
void carved_link_charges(const struct carved_problem *problem, const int64_t *point, int64_t *ret_charges);

// Point x capacities, micro.
int64_t carved_link_value(const struct carved_problem *problem, const int64_t *point);

// What a pattern uses of links, as rows and amounts of a programme: `row_of` per link. Returns how many, at most CARVED_LINKS_OF(count of its columns).
#define CARVED_LINKS_OF(columns) (3 * (columns))
uint32_t carved_link_uses(const struct carved_patterns *patterns, uint32_t pattern, const uint32_t *row_of, uint32_t *ret_rows,
	double *ret_amounts);

// The programme over patterns whose duals are the next point to look at.
struct carved_charging {
	struct carved_problem *problem;
	const struct carved_patterns *patterns;
	struct carved_lp *lp;
	uint32_t *row_of;             // per link; CARVED_NONE: none
	uint32_t *box_low, *box_high; // per link: columns that hold its dual in the box
	uint32_t *row_of_site;
	uint32_t taken;  // patterns in the programme
	int64_t *center; // per link, micro: the best point
	int64_t *point;  // the one at hand
	int64_t width;   // of the box, micro
	int64_t reached; // value of the programme, micro
};

// Begins at `gains` (per candidate: pi) and `prices` (of all resources; those of coaches and reserves are read).
void carved_charging_init(struct carved_charging *charging, struct carved_problem *problem,
	const struct carved_patterns *patterns, const int64_t *gains, const int64_t *prices);
void carved_charging_deinit(struct carved_charging *charging);

// Tells whether the bound at the point is the best so far: the box moves there and widens, or narrows.
void carved_charging_judge(struct carved_charging *charging, bool is_best);

// Takes in new patterns and moves the point to the programme's optimum within the box. Returns false where there is none.
bool carved_charging_move(struct carved_charging *charging);
