// SPDX-License-Identifier: EUPL-1.2
// From documents to whole numbers: a region on a date as an instance for the optimiser.
#pragma once
#include "carved/instance/instance.h"
#include "carved/model/region.h"

// Requires: region passed carved_region_check; ret_instance zeroed. Deterministic: equal regions, dates and weights give equal bytes.
void carved_compile(const struct carved_region *region, carved_date date, const struct carved_weights *weights,
	struct carved_instance *ret_instance);

// The input's hash as it stands in a plan (FNV-1a, 64 bits, over documents, date and weights in order): the same plan for the same hash, seed and solver.
uint64_t carved_compile_hash(const struct carved_region *region, carved_date date, const struct carved_weights *weights);
