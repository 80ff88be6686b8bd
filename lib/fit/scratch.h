// SPDX-License-Identifier: EUPL-1.2
// Inside fit/ only: the memory that one pair is worked out in.
#pragma once
#include "profile.h"

// A growing set of numbers with their local places.
struct carved_local_set {
	uint32_t *items;
	uint32_t count, capacity;
};

struct carved_pair_scratch {
	struct carved_pair pair; // the last one
	struct carved_pair_slot *slots;
	struct carved_pair_job *jobs;
	size_t slots_capacity, jobs_capacity;
	struct carved_local_set unknown, aids, supervisors;
	struct carved_slot_seen seen;
};

// Room for all slots and jobs of the site.
void carved_pair_scratch_reserve(struct carved_pair_scratch *scratch, const struct carved_instance_site *site);
