// SPDX-License-Identifier: EUPL-1.2
// Small regions of documents by seed: 2 coaches, 5 candidates, 2 sites with jobs and a vacancy, drawn so that plans hold packages of several jobs, whole vacancies,
// aids, unknown categories and shared coaches. The same seed gives the same region.
#pragma once
#include "support/random_instance.h"
#include "support/world.h"

// world_deinit frees it.
void random_world_init(struct world *world, uint64_t seed);
