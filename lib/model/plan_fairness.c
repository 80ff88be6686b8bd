// SPDX-License-Identifier: EUPL-1.2
// Whom a plan serves: share placed and value by what people need, want, could do, and how long they wait. Figures about groups, no rule reads them.
#include "plan_fairness.h"
#include "carved/base/quarters.h"
#include "carved/model/plan.h"

enum { BANDS = 4 };

// One way of sorting people into bands: the first band whose `up_to` is at least the person's measure; the last has no end.
struct measure {
	const char *key;
	int (*of)(const struct carved_plan *plan, const struct carved_region *region, size_t candidate);
	int up_to[BANDS - 1];
	bool in_hours; // the measure is in quarters, and shown in hours
};

static int coach_hours(const struct carved_plan *plan, const struct carved_region *region, size_t candidate)
{
	(void)plan;
	return carved_region_candidate(region, candidate)->coach_q;
}

static int hours_wanted(const struct carved_plan *plan, const struct carved_region *region, size_t candidate)
{
	(void)plan;
	return carved_region_candidate(region, candidate)->max_q;
}

static int options(const struct carved_plan *plan, const struct carved_region *region, size_t candidate)
{
	(void)region;
	return plan->options[candidate];
}

static int months_waiting(const struct carved_plan *plan, const struct carved_region *region, size_t candidate)
{
	return carved_date_months_between(carved_region_candidate(region, candidate)->waiting_since, plan->date);
}

static const struct measure measures[] = {
	{"coachHours", coach_hours, {0, 4, 8}, true},
	{"hoursWanted", hours_wanted, {48, 80, 112}, true},
	{"options", options, {0, 3, 10}, false},
	{"monthsWaiting", months_waiting, {5, 11, 23}, false},
};

static size_t band_of(const struct measure *measure, int amount)
{
	size_t band = 0;
	while (band < BANDS - 1 && amount > measure->up_to[band])
		band++;
	return band;
}

static void count(const struct measure *measure, const struct carved_plan *plan, const struct carved_region *region,
	struct carved_fairness_band bands[BANDS])
{
	size_t next = 0;
	for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c++) {
		struct carved_fairness_band *band = &bands[band_of(measure, measure->of(plan, region, c))];
		band->candidates++;
		if (next == plan->proposal_count || plan->proposals[next].candidate != c)
			continue;
		band->placed++;
		band->value += plan->proposals[next++].value;
	}
}

void carved_fairness_format_band(const struct carved_fairness_band *band, struct carved_json_writer *writer)
{
	carved_json_add_integer(writer, "candidates", band->candidates);
	carved_json_add_integer(writer, "placed", band->placed);
	carved_json_add_millionths(
		writer, "share", band->candidates ? carved_floor_div(band->placed * 1000000, band->candidates) : 0);
	carved_json_add_integer(writer, "value", band->value);
	carved_json_add_integer(writer, "meanValue", band->placed ? carved_floor_div(band->value, band->placed) : 0);
}

static void format_band(
	const struct measure *measure, const struct carved_fairness_band *band, size_t index, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	if (index < BANDS - 1 && measure->in_hours)
		carved_json_add_hours(writer, "upTo", measure->up_to[index]);
	else if (index < BANDS - 1)
		carved_json_add_integer(writer, "upTo", measure->up_to[index]);
	else
		carved_json_add_text(writer, "upTo", NULL);
	carved_fairness_format_band(band, writer);
	carved_json_end_object(writer);
}

void carved_plan_format_fairness(
	const struct carved_plan *plan, const struct carved_region *region, struct carved_json_writer *writer, const char *key)
{
	carved_json_begin_object(writer, key);
	for (size_t m = 0; m < sizeof measures / sizeof *measures; m++) {
		struct carved_fairness_band bands[BANDS] = {{0}};
		count(&measures[m], plan, region, bands);
		carved_json_begin_array(writer, measures[m].key);
		for (size_t i = 0; i < BANDS; i++)
			format_band(&measures[m], &bands[i], i, writer);
		carved_json_end_array(writer);
	}
	carved_json_end_object(writer);
}
