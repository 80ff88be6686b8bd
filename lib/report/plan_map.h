// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: what the map of a plan shows, gathered from the overview.
#pragma once
#include "journeys.h"
#include "plan.h"

struct carved_plan_place { // all sites of one postcode
	const char *postcode;
	const struct carved_node *largest; // its site with most hours
	size_t sites;
	double people, hours;
	bool is_known; // its centre is
	struct carved_centre centre;
};

struct carved_plan_map {
	struct carved_plan_place *places; // most hours first
	size_t place_count;
	const struct carved_node **journeys; // of the overview, with most people first
	size_t journey_count;
	struct carved_centre *centres; // of all ends that are known
	size_t centre_count;
};

void carved_plan_map_init(struct carved_plan_map *map, const struct carved_node *overview);
void carved_plan_map_deinit(struct carved_plan_map *map);

// The centre of a postcode as documents have it: "3811".
bool carved_plan_map_find(const char *postcode, struct carved_centre *ret_centre);

// The tables behind the drawing, and which places are not on it.
void carved_plan_map_add_tables(struct carved_page *page, const struct carved_plan_map *map);
