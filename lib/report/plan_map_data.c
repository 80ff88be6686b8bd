// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/arena.h"
#include "plan_map.h"
#include <stdlib.h>
#include <string.h>

enum { ROWS_OPEN = 10, JOURNEYS_SHOWN = 200 };

bool carved_plan_map_find(const char *postcode, struct carved_centre *ret_centre)
{
	return postcode && carved_postcode_centre((uint16_t)strtoul(postcode, NULL, 10), ret_centre);
}

static int compare_postcodes(const void *a, const void *b)
{
	return strcmp(((const struct carved_plan_place *)a)->postcode, ((const struct carved_plan_place *)b)->postcode);
}

static int compare_hours(const void *a, const void *b)
{
	const struct carved_plan_place *first = a, *second = b;
	if (first->hours != second->hours)
		return first->hours > second->hours ? -1 : 1;
	return compare_postcodes(a, b);
}

static void add_to(struct carved_plan_place *place, const struct carved_plan_place *other)
{
	if (carved_node_get_real(other->largest, "hours", 0) > carved_node_get_real(place->largest, "hours", 0))
		place->largest = other->largest;
	place->sites += other->sites;
	place->people += other->people;
	place->hours += other->hours;
}

static void gather_places(struct carved_plan_map *map, const struct carved_node *sites)
{
	size_t count = 0;
	map->places = carved_alloc_array((sites ? sites->count : 0) + 1, sizeof *map->places);
	for (const struct carved_node *s = carved_node_first(sites); s; s = s->next)
		map->places[count++] = (struct carved_plan_place){.postcode = carved_node_get_text(s, "place", "?"),
			.largest = s,
			.sites = 1,
			.people = carved_node_get_real(s, "people", 0),
			.hours = carved_node_get_real(s, "hours", 0)};
	qsort(map->places, count, sizeof *map->places, compare_postcodes);
	for (size_t i = 0; i < count; i++) {
		struct carved_plan_place *last = map->places + map->place_count - 1;
		if (map->place_count > 0 && compare_postcodes(last, &map->places[i]) == 0)
			add_to(last, &map->places[i]);
		else
			map->places[map->place_count++] = map->places[i];
	}
	qsort(map->places, map->place_count, sizeof *map->places, compare_hours);
}

static void add_centre(struct carved_plan_map *map, const char *postcode)
{
	struct carved_centre centre;
	if (carved_plan_map_find(postcode, &centre))
		map->centres[map->centre_count++] = centre;
}

void carved_plan_map_init(struct carved_plan_map *map, const struct carved_node *overview)
{
	*map = (struct carved_plan_map){0};
	gather_places(map, carved_node_get(overview, "sites"));
	map->journeys = carved_plan_children(carved_node_get(overview, "journeys"), &map->journey_count);
	map->centres = carved_alloc_array(map->place_count + 2 * map->journey_count + 1, sizeof *map->centres);
	for (size_t i = 0; i < map->place_count; i++) {
		struct carved_plan_place *place = &map->places[i];
		place->is_known = carved_plan_map_find(place->postcode, &place->centre);
		add_centre(map, place->postcode);
	}
	for (size_t i = 0; i < map->journey_count; i++) {
		add_centre(map, carved_node_get_text(map->journeys[i], "from", NULL));
		add_centre(map, carved_node_get_text(map->journeys[i], "to", NULL));
	}
}

void carved_plan_map_deinit(struct carved_plan_map *map)
{
	free(map->places);
	free(map->journeys);
	free(map->centres);
}

static void add_place(struct carved_page *page, const struct carved_plan_place *place)
{
	const char *ref = carved_node_get_text(place->largest, "site", NULL);
	carved_page_row_open(page);
	carved_page_cell_words(page, true, place->postcode);
	carved_page_cell_open(page, false, false);
	carved_page_words(page, carved_node_get_text(place->largest, "name", ref));
	carved_page_cell_close(page, false);
	carved_plan_cell_value(page, (double)place->sites);
	carved_plan_cell_value(page, place->people);
	carved_plan_cell_value(page, place->hours);
	carved_page_row_close(page);
}

static void add_places(struct carved_page *page, const struct carved_plan_map *map)
{
	static const struct carved_page_column columns[] = {{"report.plan.column.postcode", false},
		{"report.plan.column.largest-site", false}, {"report.plan.column.sites", true}, {"carve.column.people", true},
		{"carve.column.hours", true}};
	const struct carved_said said[] = {CARVED_SAY_VALUE("count", (double)map->place_count), {0}};
	carved_plan_fold_open(page, NULL, map->place_count <= ROWS_OPEN, "report.plan.map-places", said);
	carved_page_table_open(page, "report.plan.map-places-caption", columns, 5);
	for (size_t i = 0; i < map->place_count; i++)
		add_place(page, &map->places[i]);
	carved_page_table_close(page);
	carved_plan_fold_close(page);
}

static void add_journey(struct carved_page *page, const struct carved_node *journey)
{
	carved_page_row_open(page);
	carved_page_cell_words(page, true, carved_node_get_text(journey, "from", NULL));
	carved_page_cell_words(page, false, carved_node_get_text(journey, "to", NULL));
	carved_page_cell_number(page, carved_node_get(journey, "people"));
	carved_page_cell_number(page, carved_node_get(journey, "minutes"));
	carved_page_row_close(page);
}

static void add_journeys(struct carved_page *page, const struct carved_plan_map *map)
{
	static const struct carved_page_column columns[] = {{"report.plan.column.from", false}, {"report.plan.column.to", false},
		{"carve.column.people", true}, {"report.plan.column.minutes", true}};
	const size_t shown = map->journey_count < JOURNEYS_SHOWN ? map->journey_count : JOURNEYS_SHOWN;
	const struct carved_said said[] = {CARVED_SAY_VALUE("count", (double)map->journey_count), {0}};
	carved_plan_fold_open(page, NULL, map->journey_count <= ROWS_OPEN, "report.plan.map-journeys", said);
	if (shown < map->journey_count)
		carved_plan_paragraph(page, "note", "report.plan.map-journeys-most", CARVED_SAY_VALUE("shown", (double)shown));
	carved_page_table_open(page, "report.plan.map-journeys-caption", columns, 4);
	for (size_t i = 0; i < shown; i++)
		add_journey(page, map->journeys[i]);
	carved_page_table_close(page);
	carved_plan_fold_close(page);
}

static void add_unknown(struct carved_page *page, const struct carved_plan_map *map)
{
	struct carved_markup *m = &page->markup;
	bool is_any = false;
	for (size_t i = 0; i < map->place_count; i++) {
		const struct carved_plan_place *place = &map->places[i];
		if (place->is_known)
			continue;
		if (!is_any) {
			carved_page_element(page, "p", "note", "report.plan.map-unknown");
			carved_markup_open(m, "ul");
		}
		is_any = true;
		carved_markup_open(m, "li");
		carved_page_say(page,
			carved_plan_one(place->people, "report.plan.map-unknown-place", "report.plan.map-unknown-place-one"),
			CARVED_SAY_WORDS("place", place->postcode), CARVED_SAY_VALUE("people", place->people),
			CARVED_SAY_VALUE("hours", place->hours));
		carved_markup_close(m, "li");
	}
	if (is_any)
		carved_markup_close(m, "ul");
}

void carved_plan_map_add_tables(struct carved_page *page, const struct carved_plan_map *map)
{
	add_unknown(page, map);
	add_places(page, map);
	add_journeys(page, map);
}
