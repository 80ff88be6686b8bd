// SPDX-License-Identifier: EUPL-1.2
// Centres of Dutch 4-digit postcodes and of towns (GeoNames, CC BY 4.0), and the travel time between two postcodes.
#pragma once
#include "carved/instance/instance.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Whether the number is a postcode that we know the centre of.
bool carved_postcode_is_known(uint16_t postcode);

struct carved_centre {
	double latitude, longitude; // degrees, WGS84
};

// Returns false, and leaves ret_centre, where the postcode is not known.
bool carved_postcode_centre(uint16_t postcode, struct carved_centre *ret_centre);

// All centres, in the order of their postcodes. Requires: index < carved_postcode_count().
size_t carved_postcode_count(void);
struct carved_centre carved_postcode_centre_at(size_t index);

struct carved_town {
	const char *name;
	struct carved_centre centre; // of its postcodes, by their inhabitants
};

// Towns and villages by which people find their way on a map, the largest first. Static storage.
const struct carved_town *carved_towns(size_t *ret_count);

// Travel minutes, DESIGN section 2.2: overhead + 60 x 1.3 x great-circle km / speed, whole minutes, halves up. Requires: both known.
uint16_t carved_postcode_minutes(uint16_t from, uint16_t to, enum carved_mode mode);
