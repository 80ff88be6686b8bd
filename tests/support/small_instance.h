// SPDX-License-Identifier: EUPL-1.2
// An instance small enough to work out by hand: one candidate, one site with one carvable job of two slots. Tests change what they are about.
//
//   categories  0 lifting, 1 lifting-from-floor (below 0), 2 stress, 3 noise
//   tags        0 indoor, 1 cleaning, 2 plants
//   candidate   8 to 16 h, monday and tuesday am and pm (4 h each), 6 h a day, 2 h a visit, walks at most 40 minutes, level 2 grow, small team
//   slots       0 linen: 10 h, chunk 1 h, lifting 1, noise 1, indoor, relief 3, level 2, alone; 1 garden: 6 h, chunk 0.5 h, plants, undone
#pragma once
#include "carved/instance/instance.h"

// The instance owns nothing beside its arena: carved_instance_deinit frees it.
void small_instance_init(struct carved_instance *instance);

// Gives the candidate a list of qualifiers, replacing what was there. Room for 4.
void small_instance_limitations(struct carved_instance *instance, const struct carved_level *levels, uint32_t count);
void small_instance_barriers(struct carved_instance *instance, const struct carved_level *levels, uint32_t count);
