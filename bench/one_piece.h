// SPDX-License-Identifier: EUPL-1.2
// A region's plan as one mixed-integer program, as one would write it for a general solver: what carved is measured against. bench/one_piece.c has the
// mathematics.
#pragma once
#include "carved/instance/instance.h"
#include "carved/instance/solution.h"
#include "program.h"

// Adds columns and rows to an empty program.
void one_piece_make(struct program *program, const struct carved_instance *instance);

// Fixes who works where and for how many hours as the packages have it; what follows from that stays free. Returns false where the program has no column for a
// package, or not so many hours in it.
bool one_piece_fix(
	struct program *program, const struct carved_instance *instance, const struct carved_package *packages, uint32_t count);
