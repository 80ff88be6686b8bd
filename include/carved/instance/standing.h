// SPDX-License-Identifier: EUPL-1.2
// A plan that stands already, laid over an instance by number: its prices, and what each of its packages holds of the region.
#pragma once
#include "carved/instance/solution.h"

struct carved_holding { // one package of the plan
	uint32_t site;  // CARVED_NONE: not in the instance any more; then only hours of the coach are held
	enum carved_package_kind kind;
	uint32_t piece_count;
	const struct carved_piece *pieces; // of slots that are still there; sorted by slot; in the owner's arena
	uint32_t buddy_q;
	uint32_t coach; // CARVED_NONE: not in the instance; then none of its hours are held
	uint32_t coach_q;
	bool easy;     // counts for rule `reserve`
	int64_t value; // points, as the plan has it
};

struct carved_standing {
	struct carved_prices prices; // numbered as the instance
	struct carved_holding *holdings;
	uint32_t holding_count;
	struct carved_arena arena; // owns all of it
};
