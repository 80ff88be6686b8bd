// SPDX-License-Identifier: EUPL-1.2
// Work that people have: the packages that were accepted or have started, from whichever plan they come.
#pragma once
#include "carved/model/check.h"
#include "carved/model/past.h"
#include "store/store.h"

// Reads the proposals that are in a state now, with their ids; they are added to `past`. Returns false with PLAN_UNREADABLE or a code of the store.
bool carved_placements_read(
	struct carved_store *store, enum carved_store_proposal_state state, struct carved_past *past, struct carved_error *error);

// The same for both states of standing work, into a new one: the caller unrefs it.
bool carved_placements_read_standing(struct carved_store *store, struct carved_past **ret_past, struct carved_error *error);

// What a person needs of the coach for a package on a date: all, or what is left of it weeks after the work began.
int carved_placement_coach_q(const struct carved_past_package *package, const struct carved_region *region, carved_date date);

// Standing work on a region's documents: packages, without figures.
struct carved_placements {
	struct carved_past_package *packages; // as they were read
	size_t count;
	struct carved_plan plan; // those of which something is left, as its proposals; proposals[i] is packages[of[i]]
	size_t *of;
	struct carved_pin *pins;             // of those in the plan, for what they need of their coaches; sorted by candidate
	struct carved_violations violations; // rules that they break, alone or together
};

void carved_placements_lay(const struct carved_past *past, const struct carved_region *region,
	const struct carved_slot_table *table, carved_date date, const struct carved_weights *weights,
	struct carved_placements *ret_placements);
void carved_placements_deinit(struct carved_placements *placements); // legal on a zeroed one

// The place in plan.proposals of a package; SIZE_MAX: nothing of it is left.
size_t carved_placements_find(const struct carved_placements *placements, size_t package);
