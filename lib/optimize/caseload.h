// SPDX-License-Identifier: EUPL-1.2
// What the people of each coach can pay together, when only so many of them get hours of the coach. See caseload.c.
//
// Glossary
//   charge    of a candidate, micro, >= 0: what a package must bring before it counts at a site (site.h)
//   set       candidates of one coach for whom the coach has hours, those of the reserve included
#pragma once
#include "prepare.h"

struct carved_caseloads {
	const struct carved_problem *problem;
	uint32_t *people; // by coach
	struct carved_range *of_coach;
};

void carved_caseloads_init(struct carved_caseloads *caseloads, const struct carved_problem *problem);
void carved_caseloads_deinit(struct carved_caseloads *caseloads);

// The most that a set of the coach's people pays at the charges (per candidate), micro. ret_set, one flag per candidate of the instance or NULL: those of such a
// set become true, those of the coach's others false.
int64_t carved_caseload_most(const struct carved_caseloads *caseloads, uint32_t coach, const int64_t *charges, bool *ret_set);

// The sum over all coaches.
int64_t carved_caseloads_most(const struct carved_caseloads *caseloads, const int64_t *charges);
