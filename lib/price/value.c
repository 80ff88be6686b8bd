// SPDX-License-Identifier: EUPL-1.2
// What a package is worth: DESIGN section 3, "Value of a package", and its reduced value at prices.
#include "carved/base/quarters.h"
#include "carved/price/price.h"
#include <stdlib.h>

struct sums {
	int64_t fit;    // sum of quarters x fit
	int64_t relief; // sum of quarters x relief
	uint32_t jobs;
	uint32_t bits[1 + CARVED_UNKNOWN_WORDS]; // aids, unknown categories: how many distinct
};

// The pair's slot of a piece. Pieces and pair are both sorted by slot, so the search goes on from the last one.
static const struct carved_pair_slot *slot_of(const struct carved_pair *pair, uint32_t slot, uint32_t *at)
{
	while (*at < pair->slot_count && pair->slots[*at].slot != slot)
		(*at)++;
	if (*at == pair->slot_count)
		abort(); // the caller's package holds a slot that is not in the pair, or is not sorted
	return &pair->slots[*at];
}

static void add_up(const struct carved_pair *pair, const struct carved_package *package, struct sums *sums)
{
	uint64_t bits[1 + CARVED_UNKNOWN_WORDS] = {0};
	uint32_t at = 0, last_job = UINT32_MAX;
	*sums = (struct sums){0};
	for (uint32_t i = 0; i < package->piece_count; i++) {
		const struct carved_pair_slot *slot = slot_of(pair, package->pieces[i].slot, &at);
		sums->fit += (int64_t)package->pieces[i].hours_q * slot->fit;
		sums->relief += (int64_t)package->pieces[i].hours_q * slot->relief;
		sums->jobs += slot->job != last_job;
		last_job = slot->job;
		bits[0] |= slot->aids;
		for (int k = 0; k < CARVED_UNKNOWN_WORDS; k++)
			bits[1 + k] |= slot->unknown[k];
	}
	for (int k = 0; k <= CARVED_UNKNOWN_WORDS; k++)
		sums->bits[k] = (uint32_t)__builtin_popcountll(bits[k]);
}

void carved_price_value(const struct carved_instance *instance, const struct carved_pair *pair, int64_t place_value,
	struct carved_package *package)
{
	const struct carved_weights *w = &instance->weights;
	const struct carved_instance_candidate *c = &instance->candidates[package->candidate];
	struct sums sums;
	add_up(pair, package, &sums);
	struct carved_value_parts *parts = &package->parts;
	*parts = (struct carved_value_parts){
		.place = place_value,
		.fit = carved_floor_div(sums.fit * w->full_week, 1000 * (int64_t)c->max_q),
		.relief = carved_floor_div(sums.relief * w->relief, 4),
		.jobs = (int64_t)w->extra_job * (sums.jobs ? sums.jobs - 1 : 0),
		.aids = (int64_t)w->aid * sums.bits[0],
		.coach = carved_floor_div((int64_t)w->coach_hour * c->coach_q, 4),
		.buddy = carved_floor_div((int64_t)w->buddy_hour * c->buddy_q, 4),
	};
	for (int k = 1; k <= CARVED_UNKNOWN_WORDS; k++)
		parts->unknown += (int64_t)w->unknown * sums.bits[k];
	package->value = 0;
#define X(part) package->value += parts->part;
	CARVED_VALUE_PARTS(X)
#undef X
}

// Millionths that a package pays at prices.
static int64_t prices_paid(
	const struct carved_instance *instance, const struct carved_prices *prices, const struct carved_package *package)
{
	const struct carved_instance_candidate *c = &instance->candidates[package->candidate];
	int64_t paid = prices->places[package->site] + prices->supervision[package->site] * c->buddy_q +
		       (prices->coach[c->coach] + (c->easy ? prices->reserve[c->coach] : 0)) * c->coach_q;
	for (uint32_t i = 0; i < package->piece_count; i++) {
		const struct carved_instance_slot *slot = &instance->slots[package->pieces[i].slot];
		int64_t price = prices->slot[package->pieces[i].slot];
		if (package->kind == CARVED_CARVED && !slot->undone)
			price += prices->donor[slot->job];
		paid += price * package->pieces[i].hours_q;
	}
	return paid;
}

int64_t carved_price_reduced(const struct carved_instance *instance, const struct carved_pair *pair,
	const struct carved_prices *prices, const struct carved_package *package)
{
	const struct carved_weights *w = &instance->weights;
	const struct carved_value_parts *parts = &package->parts;
	const int64_t unit = instance->candidates[package->candidate].max_q;
	struct sums sums;
	add_up(pair, package, &sums);
	int64_t whole = (package->value - parts->fit - parts->relief) * CARVED_MICRO;
	if (prices)
		whole -= prices_paid(instance, prices, package);
	int64_t units = whole * unit + sums.fit * w->full_week * (CARVED_MICRO / 1000) +
			sums.relief * w->relief * (CARVED_MICRO / 4) * unit;
	return carved_ceil_div(units, unit);
}
