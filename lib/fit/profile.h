// SPDX-License-Identifier: EUPL-1.2
// Inside fit/ only: a person's capacities, resolved once, and the answer for one slot.
#pragma once
#include "carved/fit/fit.h"

// What counts for one category: DESIGN `capacity` and `environment` after the search up and down the hierarchy.
struct carved_resolved {
	uint8_t limitation; // that can refuse; 0 where nothing is known
	bool unknown;       // where it does not refuse, the category is a question to ask
};

struct carved_profile {
	const struct carved_instance *instance; // borrowed
	const struct carved_instance_candidate *candidate;
	uint32_t index;
	struct carved_resolved *limitations, *barriers; // per category
	struct carved_arena arena;                      // owns the tables
	struct carved_pair_slot *slots;                 // scratch of carved_profile_prepare, grown as sites need
	size_t slots_capacity;
};

// One slot for one person. `unknown` and `aids` are written to `seen` as they are met.
struct carved_slot_seen {
	uint32_t *unknown; // categories; room for all demands and exposures of the slot
	uint32_t *aids;
	uint32_t unknown_count, aid_count;
};

// Whether the slot rules admit the slot; then *ret_fit is its fit. `seen` may be NULL.
bool carved_profile_admits(const struct carved_profile *profile, const struct carved_instance_slot *slot, uint32_t minutes,
	struct carved_slot_seen *seen, uint16_t *ret_fit);
