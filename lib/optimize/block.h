// SPDX-License-Identifier: EUPL-1.2
// Behind the search of a region without trees: integer programs (desks.h) of every site by itself, and of everybody at once where that can be. See block.c.
#pragma once
#include "desks.h"
#include "recreate.h"

// Improves the search's plan by a program for every site. Each improvement is told through search->improved. Stops early where it is told to, or at the gap.
void carved_block_sites(struct carved_desks *desks, struct carved_recreate *search);

// Improves the search's plan by programs of everybody, as long as they do; none where too many packages matter. Told and stopped as above.
void carved_block_everybody(struct carved_desks *desks, struct carved_recreate *search);
