// SPDX-License-Identifier: EUPL-1.2
// Travel time (DESIGN section 2.2): overhead + 60 x 1.3 x km / speed, km the great-circle distance by the haversine formula on a sphere of 6371 km. Doubles,
// each step in the order of the formula: minutes are compared with limits, so a last bit must not decide otherwise elsewhere.
#include "carved/data/postcode.h"
#include "tables.h"
#include <math.h>
#include <stdlib.h>

static const double EARTH_RADIUS_KM = 6371.0, DETOUR = 1.3;

static const struct {
	double overhead_minutes, km_per_hour;
} modes[CARVED_MODES] = {
	[CARVED_WALK] = {0, 5}, [CARVED_BICYCLE] = {3, 15}, [CARVED_PUBLIC_TRANSPORT] = {10, 22}, [CARVED_CAR] = {3, 40}};

static const struct carved_postcode_row *find(uint16_t postcode)
{
	size_t low = 0, high = carved_postcode_row_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct carved_postcode_row *row = &carved_postcode_rows[middle];
		if (row->postcode == postcode)
			return row;
		if (row->postcode < postcode)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool carved_postcode_is_known(uint16_t postcode)
{
	return find(postcode) != NULL;
}

bool carved_postcode_centre(uint16_t postcode, struct carved_centre *ret_centre)
{
	const struct carved_postcode_row *row = find(postcode);
	if (row)
		*ret_centre = (struct carved_centre){row->latitude, row->longitude};
	return row != NULL;
}

size_t carved_postcode_count(void)
{
	return carved_postcode_row_count;
}

struct carved_centre carved_postcode_centre_at(size_t index)
{
	return (struct carved_centre){carved_postcode_rows[index].latitude, carved_postcode_rows[index].longitude};
}

const struct carved_town *carved_towns(size_t *ret_count)
{
	*ret_count = carved_town_row_count;
	return carved_town_rows;
}

static double radians(double degrees)
{
	return degrees * (M_PI / 180.0);
}

static double distance_km(const struct carved_postcode_row *from, const struct carved_postcode_row *to)
{
	double latitude = radians(from->latitude), longitude = radians(from->longitude);
	double latitude2 = radians(to->latitude), longitude2 = radians(to->longitude);
	double h = pow(sin((latitude2 - latitude) / 2), 2) +
		   cos(latitude) * cos(latitude2) * pow(sin((longitude2 - longitude) / 2), 2);
	return 2 * EARTH_RADIUS_KM * asin(sqrt(h));
}

uint16_t carved_postcode_minutes(uint16_t from, uint16_t to, enum carved_mode mode)
{
	const struct carved_postcode_row *home = find(from), *place = find(to);
	if (!home || !place)
		abort(); // both must be known
	double travel = 60 * DETOUR * distance_km(home, place) / modes[mode].km_per_hour;
	return (uint16_t)floor(modes[mode].overhead_minutes + travel + .5);
}
