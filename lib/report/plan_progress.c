// SPDX-License-Identifier: EUPL-1.2
// How the plan became good: the best value so far rises, the bound falls, and what lies between them is what could still be better. Below, the same as a share:
// by powers of ten, for the last tenth of a percent takes as long as the first ten.
#include "plan.h"
#include "scale.h"
#include <math.h>
#include <stdlib.h>

enum {
	WIDTH = 720,
	HEIGHT = 470,
	LEFT = 144,  // tens of millions, in the letters of small screens
	RIGHT = 676, // half a label of the axis fits behind it
	TOP = 34,
	MIDDLE = 262,
	GAP_TOP = 310,
	GAP_BOTTOM = 424,
	ROWS_OPEN = 12
};

struct chart {
	struct carved_page *page;
	const struct carved_node *const *points;
	size_t count;
	struct carved_scale seconds, value, decades; // decades: of the gap's logarithm
};

static bool is_known(const struct carved_node *point, const char *member)
{
	const struct carved_node *node = carved_node_get(point, member);
	return node && node->kind != CARVED_NODE_NULL;
}

static double x_of(const struct chart *c, size_t point)
{
	return carved_scale_at(&c->seconds, carved_node_get_real(c->points[point], "seconds", 0), LEFT, RIGHT);
}

static double value_y(const struct chart *c, double value)
{
	return carved_scale_at(&c->value, value, MIDDLE, TOP);
}

// A gap of nothing lies on the ground: it has no logarithm.
static double gap_y(const struct chart *c, double gap)
{
	double decade = gap > 0 ? log10(gap) : c->decades.low;
	return carved_scale_at(&c->decades, decade < c->decades.low ? c->decades.low : decade, GAP_BOTTOM, GAP_TOP);
}

static double y_of(const struct chart *c, size_t point, const char *member)
{
	double number = carved_node_get_real(c->points[point], member, 0);
	return member[0] == 'g' ? gap_y(c, number) : value_y(c, number);
}

static void add_path(const struct chart *c, const char *class, const struct carved_buffer *d)
{
	struct carved_markup *m = &c->page->markup;
	if (d->length == 0)
		return;
	carved_markup_open(m, "path");
	carved_markup_attribute(m, "class", class);
	carved_markup_attribute(m, "d", d->data);
	carved_markup_close(m, "path");
}

// In steps: what was reached holds until something better is found.
static void add_steps(const struct chart *c, const char *class, const char *member)
{
	struct carved_buffer d = CARVED_BUFFER_INIT;
	for (size_t i = 0; i < c->count; i++) {
		if (!is_known(c->points[i], member))
			continue;
		carved_buffer_printf(&d, d.length == 0 ? "M%.1f %.1f" : "H%.1fV%.1f", x_of(c, i), y_of(c, i, member));
	}
	add_path(c, class, &d);
	carved_buffer_deinit(&d);
}

// Forward along the bound, back along the value.
static void add_band(const struct chart *c)
{
	struct carved_buffer d = CARVED_BUFFER_INIT;
	size_t first = 0;
	while (first < c->count && !(is_known(c->points[first], "value") && is_known(c->points[first], "bound")))
		first++;
	for (size_t i = first; i < c->count; i++)
		carved_buffer_printf(&d, i == first ? "M%.1f %.1f" : "H%.1fV%.1f", x_of(c, i), y_of(c, i, "bound"));
	for (size_t i = c->count; i > first; i--) // stands at the right end of what point i - 1 begins
		carved_buffer_printf(&d, "V%.1fH%.1f", y_of(c, i - 1, "value"), x_of(c, i - 1));
	add_path(c, "band", &d);
	carved_buffer_deinit(&d);
}

static void add_axis_label(const struct chart *c, const char *class, double x, double y, double number, const char *unit)
{
	char text[CARVED_PAGE_NUMBER_MAX + 8];
	struct carved_buffer label = CARVED_BUFFER_INIT;
	carved_buffer_printf(&label, "%s%s", carved_page_format(c->page, number, text), unit);
	carved_page_label_at(c->page, class, x, y, label.data);
	carved_buffer_deinit(&label);
}

static void add_axes(const struct chart *c)
{
	const struct carved_scale *s = &c->seconds, *v = &c->value, *g = &c->decades;
	for (double at = v->low; at <= v->high + v->step / 2; at += v->step) {
		carved_page_line(c->page, "axis", LEFT, value_y(c, at), RIGHT, value_y(c, at));
		add_axis_label(c, "soft end", LEFT - 8, value_y(c, at) + 5, round(at * 1e6) / 1e6, "");
	}
	for (double at = g->low; at <= g->high + .5; at += g->step) {
		double y = carved_scale_at(g, at, GAP_BOTTOM, GAP_TOP);
		carved_page_line(c->page, "axis", LEFT, y, RIGHT, y);
		add_axis_label(c, "soft end", LEFT - 8, y + 5, pow(10, at + 2), "%");
	}
	for (double at = s->low; at <= s->high + s->step / 2; at += s->step) {
		double x = carved_scale_at(s, at, LEFT, RIGHT);
		carved_page_line(c->page, "axis", x, GAP_BOTTOM, x, GAP_BOTTOM + 6);
		add_axis_label(c, "soft middle", x, GAP_BOTTOM + 24, round(at * 1e6) / 1e6, "");
	}
	carved_page_label_at(c->page, "strong", 4, 16, carved_text(c->page->language, "report.plan.progress-points"));
	carved_page_label_at(c->page, "strong", 4, GAP_TOP - 18, carved_text(c->page->language, "report.plan.progress-gap"));
	carved_page_label_at(
		c->page, "soft end", RIGHT, HEIGHT - 4, carved_text(c->page->language, "report.plan.progress-seconds"));
}

static void measure(struct chart *c)
{
	double low = INFINITY, high = -INFINITY, least_gap = 1, most_gap = 0;
	for (size_t i = 0; i < c->count; i++) {
		const struct carved_node *p = c->points[i];
		double gap = carved_node_get_real(p, "gap", 0);
		low = is_known(p, "value") ? fmin(low, carved_node_get_real(p, "value", 0)) : low;
		high = is_known(p, "bound") ? fmax(high, carved_node_get_real(p, "bound", 0)) : high;
		high = is_known(p, "value") ? fmax(high, carved_node_get_real(p, "value", 0)) : high;
		low = is_known(p, "bound") ? fmin(low, carved_node_get_real(p, "bound", 0)) : low;
		least_gap = gap > 0 ? fmin(least_gap, gap) : least_gap;
		most_gap = fmax(most_gap, gap);
	}
	double top = most_gap > 0 ? ceil(log10(most_gap)) : 0, bottom = fmax(floor(log10(least_gap)), top - 6);
	c->value = carved_scale_around(isfinite(low) ? low : 0, isfinite(high) ? high : 1, 6);
	c->seconds = carved_scale_around(0, carved_node_get_real(c->points[c->count - 1], "seconds", 1), 9);
	c->decades = (struct carved_scale){.low = bottom < top ? bottom : top - 1, .high = top, .step = 1};
}

static void add_key(struct carved_page *page, const char *class, const char *msgid)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "li");
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "class", "swatch");
	carved_markup_attribute(m, "aria-hidden", "true");
	carved_markup_attribute(m, "viewBox", "0 0 16 16");
	carved_page_line(page, class, 0, 8, 16, 8);
	carved_markup_close(m, "svg");
	carved_markup_text(m, carved_text(page->language, msgid));
	carved_markup_close(m, "li");
}

static void add_chart(struct chart *c)
{
	const struct carved_node *last = c->points[c->count - 1];
	const struct carved_said said[] = {CARVED_SAY_NUMBER("seconds", carved_node_get(last, "seconds")),
		CARVED_SAY_NUMBER("value", carved_node_get(last, "value")),
		CARVED_SAY_NUMBER("bound", carved_node_get(last, "bound")), CARVED_SAY_SHARE("gap", carved_node_get(last, "gap")),
		{0}};
	measure(c);
	carved_markup_open(&c->page->markup, "ul");
	carved_markup_attribute(&c->page->markup, "class", "legend");
	add_key(c->page, "bound", "report.plan.bound");
	add_key(c->page, "value", "report.plan.value");
	carved_markup_close(&c->page->markup, "ul");
	carved_page_drawing_open(
		c->page, "progress", WIDTH, HEIGHT, "report.plan.progress-title", "report.plan.progress-description", said);
	add_axes(c);
	add_band(c);
	add_steps(c, "bound", "bound");
	add_steps(c, "value", "value");
	add_steps(c, "value", "gap");
	carved_page_drawing_close(c->page);
}

static void add_table(const struct chart *c)
{
	static const struct carved_page_column columns[] = {{"report.plan.column.seconds", true}, {"carve.column.value", true},
		{"carve.column.bound", true}, {"carve.column.gap", true}};
	const struct carved_said said[] = {CARVED_SAY_VALUE("count", (double)c->count), {0}};
	carved_plan_fold_open(c->page, NULL, c->count <= ROWS_OPEN, "report.plan.progress-figures", said);
	carved_page_table_open(c->page, "report.plan.progress-title", columns, 4);
	for (size_t i = 0; i < c->count; i++) {
		carved_page_row_open(c->page);
		carved_page_cell_number(c->page, carved_node_get(c->points[i], "seconds"));
		carved_page_cell_number(c->page, carved_node_get(c->points[i], "value"));
		carved_page_cell_number(c->page, carved_node_get(c->points[i], "bound"));
		carved_page_cell_open(c->page, false, true);
		carved_page_share(c->page, carved_node_get(c->points[i], "gap"));
		carved_page_cell_close(c->page, false);
		carved_page_row_close(c->page);
	}
	carved_page_table_close(c->page);
	carved_plan_fold_close(c->page);
}

void carved_plan_add_progress(struct carved_page *page, const struct carved_node *overview)
{
	struct chart chart = {.page = page};
	const struct carved_node **points = carved_plan_children(carved_node_get(overview, "progress"), &chart.count);
	chart.points = points;
	const char *ended_by = carved_node_get_text(overview, "endedBy", NULL);
	carved_page_element(page, "p", "note", "report.plan.progress-note");
	if (ended_by)
		carved_plan_paragraph(page, "note", "report.plan.ended",
			CARVED_SAY_LABEL("end", carved_page_label(page, "carve.ended-by", ended_by)),
			CARVED_SAY_NUMBER("seed", carved_node_get(overview, "seed")));
	if (chart.count > 1)
		add_chart(&chart);
	add_table(&chart);
	free(points);
}
