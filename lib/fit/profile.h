// SPDX-License-Identifier: EUPL-1.2
// Inside fit/ only: a person's capacities, resolved once, and the answer for one slot.
#pragma once
#include "asks.h"

// What counts for one category: DESIGN `capacity` and `environment` after the search up and down the hierarchy.
struct carved_resolved {
	uint8_t limitation; // that can refuse; 0 where nothing is known
	bool unknown;       // where it does not refuse, the category is a question to ask
};

// One block of memory.
struct carved_profile {
	const struct carved_instance *instance; // borrowed
	const struct carved_instance_candidate *candidate;
	const struct carved_asks *asks; // borrowed; NULL: slots are looked at one by one
	uint32_t index;
	uint64_t wishes, never;                         // signatures of tags that are liked or avoided, and that are never worked
	struct carved_pair_scratch *scratch;            // owned, of carved_profile_prepare; NULL until it is needed
	struct carved_resolved *limitations, *barriers; // per category
	uint64_t refused[];                             // set of asks that are more than the person can, at any site
};

// One slot for one person. `unknown` and `aids` are written to `seen` as they are met.
struct carved_slot_seen {
	uint32_t *unknown; // categories; room for all demands and exposures of the slot
	uint32_t *aids;
	uint32_t unknown_count, aid_count;
};

// Whether the slot rules admit the slot of the instance; then *ret_fit is its fit. `seen` may be NULL.
bool carved_profile_admits(
	const struct carved_profile *profile, uint32_t slot, uint32_t minutes, struct carved_slot_seen *seen, uint16_t *ret_fit);
