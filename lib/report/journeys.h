// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: journeys on a map. Where they are too many to be told apart they are bundled: those from one part of the map to another become one line,
// from the middle of the homes there to the middle of the work.
#pragma once
#include "map.h"

struct carved_journey {
	struct carved_map_point from, to;
	double people;
};

// Bundles `journeys` in place where they are more than `most`: returns how many are left, those with most people first, never more than `most`. `part` is the
// width of a part of the map, in units. Those within one part are left out.
size_t carved_journeys_bundle(struct carved_journey *journeys, size_t count, size_t most, double part);
