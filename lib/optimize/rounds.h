// SPDX-License-Identifier: EUPL-1.2
// Small regions, to a small gap: sites as wholes, plans made of their patterns, and ruin and recreate, in turns. See rounds.c.
#pragma once
#include "charge.h"
#include "recreate.h"
#include "sites.h"

// Improves the search's plan (told through search->improved) and the bound for budget.site_rounds rounds, or until the gap asked for is reached. Leaves the
// certificate in *ret_proof where it is better than the dual's. Returns whether the gap was reached.
// `anneal`: the plan is new; otherwise it stands already, and a polish is enough.
bool carved_rounds_run(
	struct carved_dual *dual, struct carved_recreate *search, bool anneal, struct carved_sites_proof *ret_proof);
