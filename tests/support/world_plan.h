// SPDX-License-Identifier: EUPL-1.2
// Plans for small regions: packages given by hand, figures filled in from the documents.
#pragma once
#include "carved/model/check.h"
#include "support/world.h"

struct world_package {
	const char *candidate, *site;
	enum carved_package_kind kind;
	struct {
		size_t slot; // of the site
		int hours_q; // 0 ends the list
	} pieces[8];
};

// A plan of the packages (sorted by candidate), with the right values and a bound that equals them; NULL prices. Aborts where it can't be laid out.
void world_plan_make(struct world *world, const struct carved_slot_table *table, const struct carved_weights *weights,
	const struct world_package *packages, size_t count, struct carved_plan *ret_plan);

// The solution as the solver would hand it over: without values.
struct carved_solution world_solution(
	struct world *world, const struct carved_slot_table *table, const struct world_package *packages, size_t count);
