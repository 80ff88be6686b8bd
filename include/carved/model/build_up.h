// SPDX-License-Identifier: EUPL-1.2
// Rule `build-up`: with which part of a package somebody starts, and how it grows to the whole.
//
// Glossary
//   step      from a week on, so many hours: the step's own or the package's, whichever is less
//   learnt    a slot that a step has, every later step has too (its hours may change: a task is learnt, not its hours)
#pragma once
#include "carved/model/document.h"
#include "carved/model/schedule.h"
#include "carved/model/slot.h"

struct carved_build_up_need { // one slot of the package
	int least_q;          // smallest piece, in a step as well; at most most_q
	int most_q;           // hours of the package
	carved_parts_mask parts;
	uint32_t meets; // must-wishes that it meets, bit = position in the candidate's list
};

struct carved_build_up_step {
	int *hours_q;                    // per need; 0: not in this step
	struct carved_schedule schedule; // `need` is the position among the needs
};

// What `hours_q` of a slot come to: the smallest piece is the slot's chunk, or all of `hours_q` where that is less (a task of a whole opening).
struct carved_build_up_need carved_build_up_need_of(
	const struct carved_candidate *candidate, const struct carved_slot *slot, int hours_q);

// The steps of the candidate's build-up, one for each entry of the document, in its order: for each the fewest slots that do, of those choices the earliest in
// the document, and no fewer hours of a slot than the step before had wherever that can be. A step with the whole package's hours is the package.
// Always the same answer. `ret_steps` holds candidate->build_up_count steps, filled in from `arena`.
// Must-wishes that no need meets are left out: rule `must` is about the package.
// Requires: needs' most_q add up to the package's hours; the package itself can be laid into the candidate's week.
// Returns false where some step has no valid part (or where none was found in CARVED_BUILD_UP_TRIES layings).
#define CARVED_BUILD_UP_TRIES 20000
bool carved_build_up_make(const struct carved_candidate *candidate, const struct carved_build_up_need *needs, size_t count,
	struct carved_arena *arena, struct carved_build_up_step *ret_steps);

// Whether the steps could have a valid part as far as each rule by itself tells: too generous, never too strict. For slots of a whole site, where most_q is
// what a package could have of each.
bool carved_build_up_could(const struct carved_candidate *candidate, const struct carved_build_up_need *needs, size_t count,
	struct carved_arena *arena);
