// SPDX-License-Identifier: EUPL-1.2
#include "map.h"
#include <math.h>

// Of a degree of latitude on the sphere by which travel minutes are reckoned.
static const double KM_PER_DEGREE = 6371.0 * M_PI / 180, LEAST_KM = 6, MARGIN = 1.14;

static double km_per_degree_east(double latitude)
{
	return KM_PER_DEGREE * cos(latitude * M_PI / 180);
}

struct carved_map carved_map_around(const struct carved_centre *centres, size_t count, double width, double height)
{
	double south = centres[0].latitude, north = south, west = centres[0].longitude, east = west;
	for (size_t i = 1; i < count; i++) {
		south = fmin(south, centres[i].latitude);
		north = fmax(north, centres[i].latitude);
		west = fmin(west, centres[i].longitude);
		east = fmax(east, centres[i].longitude);
	}
	struct carved_map map = {.middle = {(south + north) / 2, (west + east) / 2}, .width = width};
	double km_east = fmax(LEAST_KM, (east - west) * km_per_degree_east(map.middle.latitude)) * MARGIN;
	double km_north = fmax(LEAST_KM, (north - south) * KM_PER_DEGREE) * MARGIN;
	map.scale = fmin(width / km_east, height / km_north);
	map.height = fmin(height, fmax(height / 2, km_north * map.scale));
	return map;
}

struct carved_map_point carved_map_place(const struct carved_map *map, struct carved_centre centre)
{
	double km_east = (centre.longitude - map->middle.longitude) * km_per_degree_east(map->middle.latitude);
	double km_south = (map->middle.latitude - centre.latitude) * KM_PER_DEGREE;
	return (struct carved_map_point){map->width / 2 + km_east * map->scale, map->height / 2 + km_south * map->scale};
}

bool carved_map_has(const struct carved_map *map, struct carved_map_point point)
{
	return point.x >= 0 && point.x <= map->width && point.y >= 0 && point.y <= map->height;
}
