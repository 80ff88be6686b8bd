// SPDX-License-Identifier: EUPL-1.2
// The map of a plan: where the work is (circles, by area) and where its people come from (lines). There is no base map to fetch: the centres of all postcodes show
// where people live and where water is, and the names of towns where one is.
#include "plan_map.h"
#include "carved/base/arena.h"
#include "labels.h"
#include "scale.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 720, HEIGHT = 640, FOOT = 64, JOURNEYS_MOST = 300, CIRCLES_KEPT = 40 };
enum { TOWNS = 16, TOWNS_ALWAYS = 4, SITES = 12, SITES_ALWAYS = 5 }; // labels at most; those that narrow screens show too
static const double CIRCLE_MOST = 30, CIRCLE_LEAST = 1.5, CIRCLE_INK = 0.07, CIRCLE_KEPT = 7, LINE_MOST = 12,
		    LINE_PER_PERSON = 2.2, LINE_INK = 0.09, LINE_LEAST = 0.6, PART = WIDTH / 16.0;
static const double WIDE_SIZE = 13, NARROW_SIZE = 22, NAME_MOST = 230; // of letters, as in report.css; how long a name may be
static const double TOWN_AWAY = 48;                                    // from its middle

struct sketch {
	struct carved_page *page;
	const struct carved_plan_map *data;
	struct carved_map map;
	struct carved_labels labels;
	struct carved_journey *journeys;
	size_t journey_count;
	size_t towns_named;              // so many of carved_towns were looked at
	double circle_scale, line_scale; // radius by the root of hours; width by people
};

static double radius_of(const struct sketch *s, const struct carved_plan_place *place)
{
	return fmax(CIRCLE_LEAST, s->circle_scale * sqrt(place->hours));
}

static void add_circle(struct carved_page *page, const char *class, double x, double y, double radius)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "circle");
	carved_markup_attribute(m, "class", class);
	carved_markup_attribute_number(m, "cx", x);
	carved_markup_attribute_number(m, "cy", y);
	carved_markup_attribute_number(m, "r", radius);
	carved_markup_close(m, "circle");
}

static void add_path(struct carved_page *page, const char *class, double width, const struct carved_buffer *d)
{
	struct carved_markup *m = &page->markup;
	if (d->length == 0)
		return;
	carved_markup_open(m, "path");
	carved_markup_attribute(m, "class", class);
	if (width > 0)
		carved_markup_attribute_number(m, "stroke-width", width);
	carved_markup_attribute(m, "d", d->data);
	carved_markup_close(m, "path");
}

// Each a stroke of no length with round ends.
static void add_postcodes(struct sketch *s)
{
	struct carved_buffer d = CARVED_BUFFER_INIT;
	for (size_t i = 0; i < carved_postcode_count(); i++) {
		struct carved_map_point point = carved_map_place(&s->map, carved_postcode_centre_at(i));
		if (carved_map_has(&s->map, point))
			carved_buffer_printf(&d, "M%.0f %.0fh0", point.x, point.y);
	}
	add_path(s->page, "postcodes", 0, &d);
	carved_buffer_deinit(&d);
}

// ---- journeys

// So wide that one person can be seen and the most people don't hide what lies below; all lines together leave most of the map free.
static double line_scale(const struct sketch *s)
{
	double ink = 0; // of lines as wide as their people
	for (size_t i = 0; i < s->journey_count; i++) {
		const struct carved_journey *j = &s->journeys[i];
		ink += j->people * hypot(j->to.x - j->from.x, j->to.y - j->from.y);
	}
	double most = s->journey_count > 0 ? s->journeys[0].people : 1;
	return fmin(fmin(LINE_PER_PERSON, LINE_MOST / most), LINE_INK * s->map.width * s->map.height / fmax(1, ink));
}

static void gather_journeys(struct sketch *s)
{
	s->journeys = carved_alloc_array(s->data->journey_count + 1, sizeof *s->journeys);
	for (size_t i = 0; i < s->data->journey_count; i++) {
		const struct carved_node *node = s->data->journeys[i];
		struct carved_centre from, to;
		if (carved_plan_map_find(carved_node_get_text(node, "from", NULL), &from) &&
			carved_plan_map_find(carved_node_get_text(node, "to", NULL), &to))
			s->journeys[s->journey_count++] = (struct carved_journey){carved_map_place(&s->map, from),
				carved_map_place(&s->map, to), carved_node_get_real(node, "people", 0)};
	}
	s->journey_count = carved_journeys_bundle(s->journeys, s->journey_count, JOURNEYS_MOST, PART);
	s->line_scale = line_scale(s);
}

// Most people come first: those of equal width follow each other and become one path.
static void add_journeys(struct sketch *s)
{
	struct carved_buffer d = CARVED_BUFFER_INIT;
	for (size_t i = 0; i < s->journey_count; i++) {
		const struct carved_journey *j = &s->journeys[i];
		carved_buffer_printf(&d, "M%.0f %.0fL%.0f %.0f", j->from.x, j->from.y, j->to.x, j->to.y);
		if (i + 1 == s->journey_count || s->journeys[i + 1].people != j->people) {
			add_path(s->page, "journey", fmax(LINE_LEAST, s->line_scale * j->people), &d);
			carved_buffer_clear(&d);
		}
	}
	for (size_t i = 0; i < s->journey_count; i++)
		carved_buffer_printf(&d, "M%.0f %.0fh0", s->journeys[i].from.x, s->journeys[i].from.y);
	add_path(s->page, "homes", 0, &d);
	carved_buffer_deinit(&d);
}

// ---- places

// By area: all circles together leave most of the map free.
static double circle_scale(const struct sketch *s)
{
	double hours = 0, most = s->data->place_count > 0 ? s->data->places[0].hours : 1;
	for (size_t i = 0; i < s->data->place_count; i++)
		hours += s->data->places[i].hours;
	return fmin(CIRCLE_MOST / sqrt(fmax(1, most)), sqrt(CIRCLE_INK * s->map.width * s->map.height / M_PI / fmax(1, hours)));
}

static void add_places(struct sketch *s)
{
	int kept = 0;
	s->circle_scale = circle_scale(s);
	for (size_t i = 0; i < s->data->place_count; i++) {
		const struct carved_plan_place *place = &s->data->places[i];
		if (!place->is_known)
			continue;
		struct carved_map_point at = carved_map_place(&s->map, place->centre);
		double radius = radius_of(s, place), side = 1.6 * radius;
		add_circle(s->page, carved_page_series(0), at.x, at.y, radius);
		if (radius >= CIRCLE_KEPT && kept++ < CIRCLES_KEPT)
			carved_labels_keep(&s->labels, &(struct carved_box){at.x - side / 2, at.y - side / 2, side, side});
	}
}

// ---- names

// The letters of a name at one of the two sizes.
static void add_name(struct sketch *s, const char *class, double size, const char *name, double x, double middle)
{
	carved_page_label_within(s->page, class, x, middle + 0.36 * size, name, size, NAME_MOST);
}

// In the box that was found, towards the circle. What narrow screens show as well stands there twice: with large letters for them.
static void add_names(struct sketch *s, bool is_town, bool is_always, const char *name, const struct carved_box *box,
	enum carved_label_side side)
{
	static const char *const anchors[CARVED_LABEL_SIDES] = {"", " end", " middle", " middle"};
	static const double shares[CARVED_LABEL_SIDES] = {0, 1, 0.5, 0.5};
	const double x = box->x + shares[side] * box->width, middle = box->y + box->height / 2;
	char class[64];
	snprintf(class, sizeof class, "haloed wide%s%s", is_town ? " town" : "", anchors[side]);
	add_name(s, class, WIDE_SIZE, name, x, middle);
	snprintf(class, sizeof class, "haloed narrow%s%s", is_town ? " town" : "", anchors[side]);
	if (is_always)
		add_name(s, class, NARROW_SIZE, name, x, middle);
}

// Names that narrow screens show as well take the room that they take there. Returns whether there was room.
static bool name_at(struct sketch *s, bool is_town, bool is_always, const char *name, struct carved_map_point at, double radius)
{
	struct carved_box box;
	enum carved_label_side side;
	double size = is_always ? NARROW_SIZE : WIDE_SIZE;
	double width = fmin(NAME_MOST, carved_page_label_width(name, size)), height = 1.25 * size;
	if (!carved_labels_beside(&s->labels, at.x, at.y, radius, width, height, &box, &side))
		return false;
	add_names(s, is_town, is_always, name, &box, side);
	return true;
}

// A town has no circle of its own: its name stands where there is room, not far from its middle.
static bool name_town(struct sketch *s, bool is_always, const struct carved_town *town)
{
	struct carved_map_point at = carved_map_place(&s->map, town->centre);
	bool is_named = false;
	if (!carved_map_has(&s->map, at))
		return false;
	for (double away = 0; !is_named && away <= TOWN_AWAY; away += TOWN_AWAY / 4)
		is_named = name_at(s, true, is_always, town->name, at, away);
	return is_named;
}

// Those that have a name already are passed over.
static void name_towns(struct sketch *s, bool is_always, int most)
{
	size_t count;
	const struct carved_town *towns = carved_towns(&count);
	for (size_t i = s->towns_named; i < count && most > 0; i++) {
		most -= name_town(s, is_always, &towns[i]) || (is_always && name_town(s, false, &towns[i]));
		s->towns_named = i + 1;
	}
}

// By its largest site, and how many more there are.
static void name_place(struct sketch *s, bool is_always, const struct carved_plan_place *place)
{
	struct carved_buffer name = CARVED_BUFFER_INIT;
	const char *ref = carved_node_get_text(place->largest, "site", "?");
	carved_buffer_add_text(&name, carved_node_get_text(place->largest, "name", ref));
	if (place->sites > 1)
		carved_buffer_printf(&name, " +%zu", place->sites - 1);
	name_at(s, false, is_always, name.data, carved_map_place(&s->map, place->centre), radius_of(s, place));
	carved_buffer_deinit(&name);
}

static void name_places(struct sketch *s, bool is_always, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < s->data->place_count; i++) {
		if (s->data->places[i].is_known)
			name_place(s, is_always, &s->data->places[i]);
	}
}

// ---- the foot: how far, how much, how many

static void add_amount(struct sketch *s, double x, double amount, const char *msgid)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	char number[CARVED_PAGE_NUMBER_MAX];
	carved_buffer_printf(&text, "%s %s", carved_page_format(s->page, amount, number), carved_text(s->page->language, msgid));
	carved_page_label_at(s->page, "soft", x, s->map.height + 44, text.data);
	carved_buffer_deinit(&text);
}

static void add_foot(struct sketch *s)
{
	const double y = s->map.height + 38;
	const double km = carved_scale_below(WIDTH / 5 / s->map.scale), length = km * s->map.scale;
	carved_page_line(s->page, "axis", 0, s->map.height + 6, WIDTH, s->map.height + 6);
	carved_page_line(s->page, "bar-of-scale", 8, y, 8 + length, y);
	add_amount(s, 16 + length, km, "report.plan.map-km");
	if (s->data->place_count > 0) {
		double hours = carved_scale_below(fmax(1, s->data->places[0].hours / 3));
		double radius = fmax(CIRCLE_LEAST, s->circle_scale * sqrt(hours));
		add_circle(s->page, carved_page_series(0), 320, y, radius);
		add_amount(s, 328 + radius, hours, "report.plan.map-hours");
	}
	if (s->journey_count > 0) {
		double people = carved_scale_below(fmax(1, s->journeys[0].people));
		struct carved_buffer d = CARVED_BUFFER_INIT;
		carved_buffer_printf(&d, "M530 %.0fh40", y);
		add_path(s->page, "journey", s->line_scale * people, &d);
		add_amount(s, 580, people, carved_plan_one(people, "report.plan.map-people", "report.plan.map-person"));
		carved_buffer_deinit(&d);
	}
}

// An arrow in the upper right corner.
static void add_north(struct sketch *s)
{
	struct carved_buffer d = CARVED_BUFFER_INIT;
	carved_buffer_printf(&d, "M%d 30l7 22l-7 -5l-7 5z", WIDTH - 20);
	add_path(s->page, "north", 0, &d);
	carved_page_label_at(s->page, "strong middle", WIDTH - 20, 24, carved_text(s->page->language, "report.plan.map-north"));
	carved_labels_keep(&s->labels, &(struct carved_box){WIDTH - 36, 0, 36, 56});
	carved_buffer_deinit(&d);
}

static void draw(struct sketch *s)
{
	const struct carved_said said[] = {CARVED_SAY_VALUE("places", (double)s->data->place_count),
		CARVED_SAY_VALUE("journeys", (double)s->data->journey_count), {0}};
	carved_page_drawing_open(
		s->page, "map", WIDTH, s->map.height + FOOT, "report.plan.map-title", "report.plan.map-description", said);
	add_postcodes(s);
	add_journeys(s);
	add_places(s);
	add_north(s);
	name_towns(s, true, TOWNS_ALWAYS);
	name_places(s, true, 0, SITES_ALWAYS);
	name_places(s, false, SITES_ALWAYS, SITES);
	name_towns(s, false, TOWNS - TOWNS_ALWAYS);
	add_foot(s);
	carved_page_drawing_close(s->page);
}

void carved_plan_add_map(struct carved_page *page, const struct carved_node *overview)
{
	struct carved_plan_map data;
	carved_plan_map_init(&data, overview);
	carved_page_element(page, "p", "note", "report.plan.map-note");
	if (data.centre_count > 0) {
		struct sketch sketch = {.page = page, .data = &data};
		sketch.map = carved_map_around(data.centres, data.centre_count, WIDTH, HEIGHT);
		sketch.labels.width = sketch.map.width;
		sketch.labels.height = sketch.map.height;
		gather_journeys(&sketch);
		if (data.journey_count > JOURNEYS_MOST)
			carved_plan_paragraph(page, "note", "report.plan.map-bundled",
				CARVED_SAY_VALUE("journeys", (double)data.journey_count),
				CARVED_SAY_VALUE("lines", (double)sketch.journey_count));
		draw(&sketch);
		free(sketch.journeys);
	}
	carved_plan_map_add_tables(page, &data);
	carved_plan_map_deinit(&data);
}
