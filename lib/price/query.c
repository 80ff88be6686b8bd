// SPDX-License-Identifier: EUPL-1.2
// A pricing call in units: gains, bounds on hours, costs.
//
//   gain of slot t = fit_t full_week 1000 + relief_t relief max_q 250000 - (lambda_t + mu_j) max_q     units per quarter; mu only where the donor cap counts it
//   the rest: place, coach and buddy parts less the prices of a place, of buddy hours and of coach hours, the same for every package of the pair
//
// Overflow: with weights at the ends of their ranges a package is worth below 3e9 points, 672e6 units each: 2e18. Prices are asked to stay below 1e9 points
// for a package, so sums stay within 64 bits.
#include "carved/base/quarters.h"
#include "pricing.h"

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

int64_t carved_query_millionths(const struct carved_price_workspace *w, int64_t units)
{
	return carved_ceil_div(units, w->unit);
}

int64_t carved_query_units(const struct carved_price_workspace *w, int64_t millionths)
{
	const int64_t most = INT64_MAX / 4 / w->unit; // beyond what any package is worth
	if (millionths > most)
		millionths = most;
	if (millionths < -most / 4)
		millionths = -most / 4;
	return millionths * w->unit;
}

// What is above a whole number of points.
static int64_t above_whole(int64_t units, int64_t point)
{
	return units - carved_floor_div(units, point) * point;
}

int64_t carved_query_roundings(const struct carved_price_workspace *w)
{
	const struct carved_weights *weights = &w->instance->weights;
	const int64_t point = CARVED_MICRO * w->unit;
	int64_t fit = 0, relief = 0;
	if (!w->query->rounded)
		return 0;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		fit += (int64_t)w->pieces[i].hours_q * w->pair->slots[w->pieces[i].slot].fit;
		relief += (int64_t)w->pieces[i].hours_q * w->pair->slots[w->pieces[i].slot].relief;
	}
	return above_whole(fit * weights->full_week * (CARVED_MICRO / 1000), point) +
	       above_whole(relief * weights->relief * (CARVED_MICRO / 4) * w->unit, point);
}

int64_t carved_query_bits_cost(const struct carved_price_workspace *w, const struct price_bits *bits)
{
	int64_t cost = w->aid_cost * __builtin_popcountll(bits->word[0]);
	for (int i = 1; i < PRICE_BIT_WORDS; i++)
		cost += w->unknown_cost * __builtin_popcountll(bits->word[i]);
	return cost;
}

static bool has_support(const struct carved_price_workspace *w)
{
	const struct carved_instance_site *site = &w->instance->sites[w->pair->site];
	const struct carved_instance_coach *coach = &w->instance->coaches[w->person->coach];
	return site->places > 0 && w->person->buddy_q <= site->buddy_q && w->person->coach_q <= coach->hours_q &&
	       !(w->person->easy && coach->reserve_q != CARVED_NONE && w->person->coach_q > coach->reserve_q);
}

static void read_constant(struct carved_price_workspace *w)
{
	const struct carved_weights *weights = &w->instance->weights;
	const struct carved_instance_candidate *c = w->person;
	const struct carved_prices *prices = w->query->prices;
	int64_t points = w->query->place_value + carved_floor_div((int64_t)weights->coach_hour * c->coach_q, 4) +
			 carved_floor_div((int64_t)weights->buddy_hour * c->buddy_q, 4);
	int64_t millionths = points * CARVED_MICRO;
	if (prices) {
		millionths -= prices->places[w->pair->site] + prices->supervision[w->pair->site] * c->buddy_q;
		millionths -= (prices->coach[c->coach] + (c->easy ? prices->reserve[c->coach] : 0)) * c->coach_q;
	}
	w->constant = millionths * w->unit;
	w->job_cost = -(int64_t)weights->extra_job * CARVED_MICRO * w->unit;
	w->aid_cost = -(int64_t)weights->aid * CARVED_MICRO * w->unit;
	w->unknown_cost = -(int64_t)weights->unknown * CARVED_MICRO * w->unit;
}

// Days on which the person's hours can't come up to a visit are no use, unless the whole package is shorter than a visit.
static void read_week(struct carved_price_workspace *w)
{
	const struct carved_instance_candidate *c = w->person;
	w->week = (struct days_week){.available_q = c->available_q, .per_day_q = c->per_day_q, .per_visit_q = c->per_visit_q};
	for (int day = 0; day < CARVED_DAYS && c->min_q >= c->per_visit_q; day++) {
		if (carved_days_capacity(&w->week, CARVED_DAY_MASK(day)) < c->per_visit_q)
			w->week.out |= (days_mask)(1 << day);
	}
}

static void read_gain(struct carved_price_workspace *w, const struct carved_pair_slot *from, struct price_slot *to)
{
	const struct carved_weights *weights = &w->instance->weights;
	const struct carved_prices *prices = w->query->prices;
	int64_t gain = (int64_t)from->fit * weights->full_week * (CARVED_MICRO / 1000);
	gain += (int64_t)from->relief * weights->relief * (CARVED_MICRO / 4) * w->unit;
	if (prices)
		gain -= prices->slot[from->slot] * w->unit;
	to->whole_gain = gain;
	if (prices && !from->undone)
		gain -= prices->donor[w->pair->jobs[from->job].job] * w->unit;
	to->gain = gain;
}

// How many hours of the slot a carved package can hold.
static uint32_t most_hours(
	const struct carved_price_workspace *w, const struct carved_pair_slot *from, const struct price_slot *to)
{
	const struct carved_instance_candidate *c = w->person;
	const struct carved_instance_slot *slot = &w->instance->slots[from->slot];
	const struct carved_instance_job *job = &w->instance->jobs[slot->job];
	uint32_t most = smaller(c->max_q, slot->hours_q);
	if (!job->carvable || job->blocked)
		return 0;
	if (w->query->room.slot_q)
		most = smaller(most, w->query->room.slot_q[from->slot]);
	if (!from->undone)
		most = smaller(most, w->caps[from->job]);
	for (uint32_t i = 0; i < c->limits.count; i++) {
		if (from->limits >> i & 1)
			most = smaller(most, w->instance->limits[c->limits.first + i].hours_q);
	}
	return smaller(most, carved_days_capacity(&w->week, to->parts));
}

static void read_slot(struct carved_price_workspace *w, uint32_t index)
{
	const struct carved_pair_slot *from = &w->pair->slots[index];
	const struct carved_instance_slot *slot = &w->instance->slots[from->slot];
	struct price_slot *to = &w->slots[index];
	uint32_t left = w->query->room.slot_q ? w->query->room.slot_q[from->slot] : slot->hours_q;
	*to = (struct price_slot){.must = from->must,
		.limits = from->limits,
		.job = from->job,
		.supervisor = from->supervisor,
		.alike = (uint16_t)index,
		.alike_hi = UINT16_MAX,
		.undone = from->undone,
		.parts = from->parts & ~carved_days_parts(w->week.out),
		.whole_q = slot->unit_q <= left ? slot->unit_q : 0};
	to->bits.word[0] = from->aids;
	for (int i = 0; i < CARVED_UNKNOWN_WORDS; i++)
		to->bits.word[1 + i] = from->unknown[i];
	read_gain(w, from, to);
	uint32_t most = most_hours(w, from, to);
	if (most >= slot->chunk_q && most > 0) {
		to->lo = (uint16_t)slot->chunk_q;
		to->hi = (uint16_t)most;
	}
}

static void leave_out(struct price_slot *slot)
{
	slot->hi = 0;
	slot->whole_q = 0;
}

// Returns false where the job is asked for and the pair does not have it.
static bool limit_job(struct carved_price_workspace *w, const struct carved_price_limit *limit)
{
	uint32_t j = 0;
	while (j < w->pair->job_count && w->pair->jobs[j].job != limit->job)
		j++;
	if (j == w->pair->job_count)
		return limit->least_q == 0;
	const struct carved_pair_job *job = &w->pair->jobs[j];
	for (uint32_t t = job->first; limit->most_q == 0 && t < (uint32_t)job->first + job->count; t++)
		leave_out(&w->slots[t]);
	w->job_forced[j] = w->job_forced[j] || limit->least_q > 0;
	return true;
}

// Returns false where the slot is asked for and the pair does not have it.
static bool limit_slot(struct carved_price_workspace *w, const struct carved_price_limit *limit)
{
	uint32_t t = 0;
	while (t < w->pair->slot_count && w->pair->slots[t].slot != limit->slot)
		t++;
	if (t == w->pair->slot_count)
		return limit->least_q == 0;
	struct price_slot *slot = &w->slots[t];
	slot->hi = (uint16_t)smaller(slot->hi, limit->most_q);
	if (slot->whole_q < limit->least_q || slot->whole_q > limit->most_q)
		slot->whole_q = 0;
	if (limit->least_q > 0) {
		slot->forced = true;
		slot->lo = limit->least_q > slot->lo ? (uint16_t)smaller(limit->least_q, UINT16_MAX) : slot->lo;
	}
	return true;
}

// Which slots are alike, where that is asked: for limits on them together, and to tell values with roundings apart.
static void find_alike(struct carved_price_workspace *w)
{
	bool asked = w->query->rounded;
	for (uint32_t i = 0; i < w->query->limit_count; i++)
		asked = asked || w->query->limits[i].alike;
	for (uint32_t t = 1; asked && t < w->pair->slot_count; t++) {
		uint32_t first = w->pair->jobs[w->pair->slots[t].job].first;
		while (first < t && !carved_pair_slots_are_alike(&w->pair->slots[first], &w->pair->slots[t]))
			first++;
		w->slots[t].alike = (uint16_t)first;
	}
}

// Returns false where they are asked for and the pair has none of them.
static bool limit_alike(struct carved_price_workspace *w, const struct carved_price_limit *limit)
{
	uint32_t t = 0;
	while (t < w->pair->slot_count && w->pair->slots[t].slot != limit->slot)
		t++;
	if (t == w->pair->slot_count)
		return limit->least_q == 0;
	struct price_slot *first = &w->slots[w->slots[t].alike];
	first->alike_lo = (uint16_t)smaller(limit->least_q > first->alike_lo ? limit->least_q : first->alike_lo, UINT16_MAX);
	first->alike_hi = (uint16_t)smaller(first->alike_hi, limit->most_q);
	return true;
}

static bool apply_limit(struct carved_price_workspace *w, const struct carved_price_limit *limit)
{
	if (limit->slot == CARVED_NONE)
		return limit_job(w, limit);
	return limit->alike ? limit_alike(w, limit) : limit_slot(w, limit);
}

bool carved_query_read(struct carved_price_workspace *w)
{
	const struct carved_instance *in = w->instance;
	w->person = &in->candidates[w->pair->candidate];
	w->unit = w->person->max_q;
	if (!has_support(w))
		return false;
	read_constant(w);
	read_week(w);
	for (uint32_t j = 0; j < w->pair->job_count; j++) {
		uint32_t job = w->pair->jobs[j].job;
		w->caps[j] = in->jobs[job].cap_q;
		w->job_forced[j] = false;
		if (w->query->room.donor_q)
			w->caps[j] = smaller(w->caps[j], w->query->room.donor_q[job]);
	}
	for (uint32_t t = 0; t < w->pair->slot_count; t++)
		read_slot(w, t);
	find_alike(w);
	for (uint32_t i = 0; i < w->query->limit_count; i++) {
		if (!apply_limit(w, &w->query->limits[i]))
			return false;
	}
	return true;
}
