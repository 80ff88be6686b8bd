// SPDX-License-Identifier: EUPL-1.2
// One person before all sites: where the person fits, what stands in the way elsewhere, and which kinds of single changes would open most sites. Each site that a
// change is said to open was tried as in mend.h.
#pragma once
#include "carved/advise/mend.h"

enum { CARVED_OPENING_EXAMPLES = 3 };

struct carved_opening {
	struct carved_mend_change
		change; // its kind, `what` of an aid, and the hours of the person; the rest differs from site to site
	size_t sites;   // that it opens
	int hours_q;    // of the best package at each of them, added up
	const char *examples[CARVED_OPENING_EXAMPLES]; // refs of sites, the nearest first; NULL: no more
};

struct carved_openings {
	size_t out_of_reach, excluded, looked_at, not_looked_at, fit; // sites
	size_t *fit_sites;                                            // in the region, the nearest first
	size_t rule_sites
		[CARVED_RULE_COUNT];  // of those looked at where the person does not fit: in how many the rule stands in the way
	struct carved_opening *items; // most sites first, then most hours, then as mends are preferred
	size_t count;
	bool complete; // every single change was looked at, at every site that was looked at
	uint32_t tries;
	struct carved_arena arena;
};

// question->site, job and task are not looked at; tries and items are for all sites together. At most `sites` in reach are looked at, the nearest first. Hours of the
// person are told once for each figure that opens more sites than the one before: with all sites that it opens.
// Requires: ret zeroed. Deterministic.
void carved_openings_find(const struct carved_advise_question *question, size_t sites, struct carved_openings *ret_openings);
void carved_openings_deinit(struct carved_openings *openings); // legal on a zeroed one
