// SPDX-License-Identifier: EUPL-1.2
// Centres of Dutch 4-digit postcodes (GeoNames, CC BY 4.0) and the travel time between two of them.
#pragma once
#include "carved/instance/instance.h"
#include <stdbool.h>
#include <stdint.h>

// Whether the number is a postcode that we know the centre of.
bool carved_postcode_is_known(uint16_t postcode);

// Travel minutes, DESIGN section 2.2: overhead + 60 x 1.3 x great-circle km / speed, whole minutes, halves up. Requires: both known.
uint16_t carved_postcode_minutes(uint16_t from, uint16_t to, enum carved_mode mode);
