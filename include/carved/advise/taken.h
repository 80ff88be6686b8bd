// SPDX-License-Identifier: EUPL-1.2
// Whether what a person needs at a site is still free beside a plan that stands: for somebody who would fit in an empty region.
#pragma once
#include "carved/advise/advise.h"
#include "carved/advise/obstacle.h"

enum { CARVED_TAKEN_MOST = 6 };

// The rules by which other people's packages keep the person out, with what the person needs (found) and what is left (allowed): places, supervision, coach,
// reserve; where none of them does, donor or supply (0, 0) where no package is left of the hours that are. `own`: the person's own holding, which does not count;
// CARVED_NONE: none. `asks` may be NULL. Returns how many; 0: there is room.
// Requires: standing is laid over the instance; weights and documents leave a package for the person at the site in an empty region.
size_t carved_advise_taken(const struct carved_instance *instance, const struct carved_asks *asks, uint32_t candidate,
	uint32_t site, const struct carved_standing *standing, uint32_t own, uint32_t node_limit,
	struct carved_obstacle ret_rules[CARVED_TAKEN_MOST]);
