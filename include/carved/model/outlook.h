// SPDX-License-Identifier: EUPL-1.2
// What can be said of everybody in a region on a date before there is a plan: how many options each person has, and whom no plan could place, and why. It takes
// as long as laying out and checking a plan: so the daemon has it worked out while the solver works.
#pragma once
#include "carved/instance/weights.h"
#include "carved/model/region.h"

struct carved_outlook;

// Borrows the region. One thread at a time.
struct carved_outlook *carved_outlook_new(
	const struct carved_region *region, carved_date date, const struct carved_weights *weights);
void carved_outlook_free(struct carved_outlook *outlook); // NULL is legal
