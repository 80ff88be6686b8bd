// SPDX-License-Identifier: EUPL-1.2
// A site at a glance: whether it is an option, whether it makes a pair, and the most that a package could be worth there. What pair.c works out in full is only
// counted here, by the same rules: a test holds the two together.
//
//   worth   max of sum of rate_t x_t  with x_t <= what the slot gives, sum of x_t <= hours       rate: points of fit and relief per quarter
//   hours   the least of: the person's most; what the week can hold on the parts that the slots use; all that the slots give
#include "carved/base/quarters.h"
#include "scratch.h"
#include <string.h>

struct glance {
	const struct carved_profile *profile;
	const struct carved_instance *instance;
	struct carved_pair_slot *slots; // scratch: slot, fit, max_q (whole openings included), parts
	uint32_t count;
	uint32_t minutes;
	carved_parts_mask parts;
	uint64_t option_q;    // hours as options count them
	uint64_t reachable_q; // hours that carved packages could add up to
	bool whole;
};

struct job_sums {
	uint64_t all_counted, all_undone, opening; // as options count: all that fit
	uint64_t counted, undone;                  // as carved packages do
	bool all;
};

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void look_at_slot(struct glance *g, uint32_t index, const struct carved_instance_job *job, struct job_sums *sums)
{
	const struct carved_instance_slot *slot = &g->instance->slots[index];
	const struct carved_instance_candidate *c = g->profile->candidate;
	uint16_t fit;
	if (!carved_profile_admits(g->profile, index, g->minutes, NULL, &fit)) {
		sums->all = false;
		return;
	}
	*(slot->undone && job->carvable ? &sums->all_undone : &sums->all_counted) += slot->hours_q;
	sums->opening += slot->unit_q;
	uint32_t most = smaller(slot->hours_q, c->max_q);
	if (!slot->undone)
		most = smaller(most, job->cap_q);
	if (!job->carvable)
		most = 0;
	g->slots[g->count++] = (struct carved_pair_slot){.slot = index,
		.fit = fit,
		.max_q = (uint16_t)most,
		.chunk_q = (uint16_t)smaller(slot->chunk_q, UINT16_MAX),
		.relief = (uint8_t)slot->relief,
		.undone = slot->undone,
		.parts = slot->parts & c->parts};
}

// Keeps of the job's slots those that a package can hold, with the most that it can.
static void keep_slots(struct glance *g, uint32_t first, bool whole, struct job_sums *sums)
{
	uint32_t kept = first;
	for (uint32_t i = first; i < g->count; i++) {
		struct carved_pair_slot *slot = &g->slots[i];
		if (!whole && slot->max_q < slot->chunk_q)
			continue;
		*(slot->undone ? &sums->undone : &sums->counted) += slot->max_q;
		uint32_t unit = smaller(g->instance->slots[slot->slot].unit_q, g->profile->candidate->max_q);
		if (whole && unit > slot->max_q)
			slot->max_q = (uint16_t)unit;
		g->parts |= slot->parts;
		g->slots[kept++] = *slot;
	}
	g->count = kept;
}

static void look_at_job(struct glance *g, uint32_t index)
{
	const struct carved_instance_job *job = &g->instance->jobs[index];
	struct job_sums sums = {.all = true};
	const uint32_t first = g->count;
	if (job->blocked)
		return;
	for (uint32_t t = job->slots.first; t < job->slots.first + job->slots.count; t++)
		look_at_slot(g, t, job, &sums);
	const bool vacancy = job->kind == CARVED_VACANCY;
	uint64_t carved = sums.all_counted < job->cap_q ? sums.all_counted : job->cap_q;
	g->option_q += sums.all_undone + (vacancy && sums.all && sums.opening > carved ? sums.opening : carved);
	const bool whole = vacancy && sums.all && job->slots.count > 0;
	if (!job->carvable && !vacancy)
		g->count = first;
	keep_slots(g, first, whole, &sums);
	if (g->count == first)
		return;
	uint32_t cap = job->carvable ? job->cap_q : 0;
	g->reachable_q += sums.undone + (sums.counted < cap ? sums.counted : cap);
	g->whole = g->whole || whole;
}

static uint32_t week_hours(const struct glance *g)
{
	const struct carved_instance_candidate *c = g->profile->candidate;
	uint32_t sum = 0;
	for (int day = 0; day < CARVED_DAYS; day++) {
		uint32_t hours = 0;
		for (carved_parts_mask rest = g->parts & CARVED_DAY_MASK(day); rest; rest &= rest - 1)
			hours += c->available_q[__builtin_ctz(rest)];
		sum += smaller(hours, c->per_day_q);
	}
	return sum;
}

static int64_t rate_of(const struct glance *g, const struct carved_pair_slot *slot)
{
	const struct carved_weights *w = &g->instance->weights;
	return (int64_t)slot->fit * w->full_week * 1000 +
	       (int64_t)slot->relief * w->relief * 250000 * g->profile->candidate->max_q;
}

// The best slots first, until the hours are full. Uses up the scratch. Returns millionths.
static int64_t fill(struct glance *g, uint32_t hours)
{
	const int64_t unit = g->profile->candidate->max_q;
	int64_t worth = 0;
	while (hours > 0 && g->count > 0) {
		uint32_t best = 0;
		for (uint32_t i = 1; i < g->count; i++) {
			if (rate_of(g, &g->slots[i]) > rate_of(g, &g->slots[best]))
				best = i;
		}
		uint32_t taken = smaller(hours, g->slots[best].max_q);
		worth += rate_of(g, &g->slots[best]) * taken;
		hours -= taken;
		g->slots[best] = g->slots[--g->count];
	}
	return carved_ceil_div(worth, unit);
}

void carved_profile_look(const struct carved_profile *profile, uint32_t site, struct carved_pair_scratch *scratch,
	struct carved_site_look *ret_look)
{
	const struct carved_instance_site *s = &profile->instance->sites[site];
	const struct carved_instance_candidate *c = profile->candidate;
	struct glance g = {.profile = profile, .instance = profile->instance};
	*ret_look = (struct carved_site_look){.is_pair = false};
	if (!carved_profile_is_in_reach(profile, site, &g.minutes))
		return;
	carved_pair_scratch_reserve(scratch, s);
	g.slots = scratch->slots;
	for (uint32_t j = s->jobs.first; j < s->jobs.first + s->jobs.count; j++)
		look_at_job(&g, j);
	ret_look->is_option = g.option_q >= c->min_q;
	ret_look->is_pair = g.count && (g.whole || g.reachable_q >= c->min_q);
	if (!ret_look->is_pair)
		return;
	ret_look->most_q = (uint16_t)smaller(c->max_q, week_hours(&g));
	ret_look->worth = fill(&g, ret_look->most_q);
}

uint32_t carved_profile_options(const struct carved_profile *profile)
{
	struct carved_pair_scratch *scratch = carved_pair_scratch_new(profile->instance);
	uint32_t options = profile->candidate->options_elsewhere;
	for (uint32_t s = 0; s < profile->instance->sites_count; s++) {
		struct carved_site_look look;
		carved_profile_look(profile, s, scratch, &look);
		options += look.is_option;
	}
	carved_pair_scratch_free(scratch);
	return options;
}

int64_t carved_fit_place(const struct carved_instance *instance, uint32_t candidate, uint32_t options)
{
	const struct carved_weights *w = &instance->weights;
	int64_t priority = instance->candidates[candidate].priority;
	if ((int64_t)options <= w->few_options)
		priority += w->priority_few;
	else if ((int64_t)options <= w->some_options)
		priority += w->priority_some;
	return priority * w->place;
}
