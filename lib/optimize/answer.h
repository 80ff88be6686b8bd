// SPDX-License-Identifier: EUPL-1.2
// From a plan in columns to the solution that is handed out, added up once more in integers.
#pragma once
#include "draft.h"
#include "dual.h"
#include "sites.h"

// Fills *ret_solution with the plan, the bound and its prices. Values come from price/ anew; a package that would break a capacity, or is not what it was
// taken for, ends the process: it would be a fault of ours, and no plan is better than a wrong one.
void carved_answer_make(const struct carved_problem *problem, const struct carved_draft *plan, const struct carved_dual *dual,
	const struct carved_sites_proof *proof, enum carved_ended_by ended_by, struct carved_solution *ret_solution);
