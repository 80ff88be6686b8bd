// SPDX-License-Identifier: EUPL-1.2
// Charges that make the bound of the trees as they are as small as can be, without any pricing. See descent.c.
#pragma once
#include "sites.h"

// Lowers `bound`, that of the trees at the charges, by moving the charges. Returns the bound at those that it leaves, at most `bound`; all micro.
int64_t carved_descent_run(
	const struct carved_sites *sites, const struct carved_caseloads *caseloads, int64_t bound, int64_t *charges);
