// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: where places lie on a drawing: equirectangular around the middle, north up. A region is small: within 100 km the scale is off by less than 2%.
#pragma once
#include "carved/data/postcode.h"

struct carved_map {
	struct carved_centre middle;
	double width, height; // of the drawing, in units
	double scale;         // units per km, the same in all directions
};

struct carved_map_point {
	double x, y; // y downwards
};

// A map `width` wide and at most `height` high that shows all centres with some room around them, and no less than a few km. Requires: count > 0.
struct carved_map carved_map_around(const struct carved_centre *centres, size_t count, double width, double height);

struct carved_map_point carved_map_place(const struct carved_map *map, struct carved_centre centre);
bool carved_map_has(const struct carved_map *map, struct carved_map_point point); // whether it lies on the drawing
