// SPDX-License-Identifier: EUPL-1.2
// What the long checks begin with: a region, and a plan of it made in this process.
#pragma once
#include "carved/model/plan.h"
#include "carved/optimize/optimize.h"
#include <stdbool.h>

struct planned {
	const char *name; // small, medium, large, xlarge (from ../shared), or a file's path
	struct carved_optimize_options options;
	struct carved_region *region;
	struct carved_slot_table *table;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_solution solution;
};

// The default budget and seed 1; nothing loaded yet.
void planned_init(struct planned *planned);
// Reads "REGION" or "--SETTING=N" of the budget. Returns false where it is neither.
bool planned_read(struct planned *planned, const char *argument);
// Loads and optimises, and says so. Returns false where the region is absent.
bool planned_make(struct planned *planned);
void planned_deinit(struct planned *planned);
// Seconds on the clock.
double planned_now(void);
