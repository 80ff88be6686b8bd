// SPDX-License-Identifier: EUPL-1.2
// What can be said of everybody in a region on a date before there is a plan: how many options each person has, and whom no plan could place, and why. It takes
// as long as laying out and checking a plan: so the daemon has it worked out while the solver works.
#pragma once
#include "carved/instance/weights.h"
#include "carved/model/region.h"
#include <stdatomic.h>

struct carved_outlook;

// Borrows the region. One thread at a time. `stop` is looked at before each person, and another thread may set it; NULL: nobody will.
// Returns NULL where it was stopped: there is no half an outlook.
struct carved_outlook *carved_outlook_new(
	const struct carved_region *region, carved_date date, const struct carved_weights *weights, const atomic_bool *stop);
void carved_outlook_free(struct carved_outlook *outlook); // NULL is legal
