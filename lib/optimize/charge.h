// SPDX-License-Identifier: EUPL-1.2
// What sites and coaches charge people for: who is worth how much elsewhere, hours of the coach included. See charge.c.
#pragma once
#include "caseload.h"
#include "lp.h"
#include "pattern.h"

// The programme over patterns and sets whose duals are the next charges to look at.
struct carved_charging {
	struct carved_problem *problem;
	const struct carved_patterns *patterns;
	struct carved_caseloads caseloads;
	struct carved_lp *lp;
	uint32_t *row_of;             // per candidate; CARVED_NONE: nobody can place it
	uint32_t *box_low, *box_high; // per candidate: columns that hold its dual in the box
	uint32_t *row_of_site, *row_of_coach;
	uint32_t taken;  // patterns in the programme
	int64_t *center; // per candidate, micro: the best charges
	int64_t *point;  // those at hand
	int64_t width;   // of the box, micro
	int64_t reached; // value of the programme, micro
	bool *set;       // scratch, per candidate
};

// Begins at the charges (per candidate, micro).
void carved_charging_init(struct carved_charging *charging, struct carved_problem *problem,
	const struct carved_patterns *patterns, const int64_t *charges);
void carved_charging_deinit(struct carved_charging *charging);

// Tells the bound at the point, and the best before, both micro. How wide the box is from then on follows from how much of the fall that was promised came true.
void carved_charging_judge(struct carved_charging *charging, int64_t before, int64_t bound);

// The box is around these charges from now on (per candidate, micro).
void carved_charging_center(struct carved_charging *charging, const int64_t *charges);

// Takes in new patterns and moves the point to the programme's optimum within the box. Returns false where there is none.
bool carved_charging_move(struct carved_charging *charging);
