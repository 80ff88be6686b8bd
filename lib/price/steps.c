// SPDX-License-Identifier: EUPL-1.2
// Rule `build-up`: whether a package has a valid part for each step.
//
//   sets        slots t of the package (x_t quarters), steps k = 1..K with hours T_k below the package's
//   variables   e_t in 1..K+1: the first step that has t (K+1: none); y_kt = 0 before e_t, in [chunk_t, x_t] from e_t on
//   subject to  sum_t y_kt = T_k; each must-wish met; y_k can be laid into the week
//
// Steps are tied by the e_t alone. A node of the search bounds each e_t: in step k a slot is then in, out, or open (0..x_t, smaller pieces let in). Each step's flow
// (days.c) says whether anything is left; where its hours break a chunk, a wish, or leave out what the step before has, e_t is split at that step.
//
// More hours of slots never take a part away, so with "at least T_k in all" given, a package without a part for step k has more of them only where it is not below
// another such package: what branch.c splits on. And a node whose slots at their most have no part for step k holds shorter packages only.
#include "pricing.h"

enum { TRIES_AT_NODE = 40 }; // flows for a whole node's slots: what is not proven by then may be

struct steps {
	struct carved_price_workspace *w;
	uint32_t count; // steps looked at
	uint32_t slots; // entries of w->steps
	uint32_t tries; // flows left
};

uint32_t carved_steps_hours(const struct carved_price_workspace *w, uint32_t step)
{
	return w->instance->steps[w->person->build_up.first + step];
}

static uint32_t all_must(const struct carved_price_workspace *w)
{
	return w->person->must.count == 32 ? UINT32_MAX : ((uint32_t)1 << w->person->must.count) - 1;
}

// The flow of one step into w->step_hours. Returns false where nothing is left.
static bool lay_step(const struct steps *s, uint32_t step)
{
	struct carved_price_workspace *w = s->w;
	uint32_t met = 0;
	for (uint32_t i = 0; i < s->slots; i++) {
		const struct price_step_slot *slot = &w->steps[i];
		const bool out = slot->first > step, in = slot->last <= step;
		w->shares[i] = (struct days_share){slot->parts, in ? slot->lo : 0, out ? 0 : slot->hi};
		met |= out ? 0 : slot->must;
	}
	return !(all_must(w) & ~met) &&
	       carved_days_choose(&w->week, w->shares, s->slots, carved_steps_hours(w, step), &w->days, w->step_hours);
}

// A slot whose entry is open at the step and that has to be decided on: UINT32_MAX where there is none. *ret_step: where to split.
static uint32_t find_open(const struct steps *s, uint32_t step, uint32_t *ret_step)
{
	const struct carved_price_workspace *w = s->w;
	uint32_t met = 0;
	*ret_step = step;
	for (uint32_t i = 0; i < s->slots; i++) {
		if (w->step_hours[i] > 0 && w->step_hours[i] < w->steps[i].lo)
			return i;
		met |= w->step_hours[i] ? w->steps[i].must : 0;
	}
	for (uint32_t i = 0; i < s->slots && (all_must(w) & ~met); i++) {
		if (!w->step_hours[i] && w->steps[i].first <= step && w->steps[i].must & ~met)
			return i;
	}
	for (uint32_t i = 0; i < s->slots && step > 0; i++) {
		if (w->was_in[i] && !w->step_hours[i]) {
			*ret_step = step - 1;
			return i;
		}
	}
	return UINT32_MAX;
}

static bool search(struct steps *s);

// The slot is there from the step on at the latest, or not before the next.
static bool split(struct steps *s, uint32_t slot, uint32_t step)
{
	struct price_step_slot *of = &s->w->steps[slot];
	const uint16_t first = of->first, last = of->last;
	of->last = (uint16_t)step;
	if (search(s))
		return true;
	of->last = last;
	of->first = (uint16_t)(step + 1);
	if (search(s))
		return true;
	of->first = first;
	return false;
}

// Whether the node holds steps. Without tries left the answer is yes.
static bool search(struct steps *s)
{
	struct carved_price_workspace *w = s->w;
	for (uint32_t step = 0; step < s->count; step++) {
		uint32_t at;
		if (s->tries == 0)
			return true;
		s->tries--;
		if (!lay_step(s, step))
			return false;
		uint32_t open = find_open(s, step, &at);
		if (open != UINT32_MAX)
			return split(s, open, at);
		for (uint32_t i = 0; i < s->slots; i++)
			w->was_in[i] = w->step_hours[i] > 0;
	}
	return true;
}

static void add_slot(struct carved_price_workspace *w, uint32_t *count, uint32_t slot, uint32_t most)
{
	const struct carved_pair_slot *from = &w->pair->slots[slot];
	w->steps[(*count)++] = (struct price_step_slot){.lo = (uint16_t)(from->chunk_q < most ? from->chunk_q : most),
		.hi = (uint16_t)most,
		.parts = from->parts,
		.must = from->must};
}

// Looks for the first `steps` steps alone.
static bool has_steps(struct carved_price_workspace *w, uint32_t slots, uint32_t steps, uint32_t tries)
{
	struct steps s = {.w = w, .count = steps, .slots = slots, .tries = tries};
	for (uint32_t i = 0; i < slots; i++) {
		w->steps[i].first = 0;
		w->steps[i].last = (uint16_t)steps;
	}
	return search(&s);
}

bool carved_steps_find(struct carved_price_workspace *w, uint32_t *ret_step)
{
	uint32_t total = 0, slots = 0, steps = 0;
	if (!w->person->build_up.count)
		return true;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		add_slot(w, &slots, w->pieces[i].slot, w->pieces[i].hours_q);
		total += w->pieces[i].hours_q;
	}
	while (steps < w->person->build_up.count && carved_steps_hours(w, steps) < total)
		steps++;
	if (has_steps(w, slots, steps, UINT32_MAX))
		return true;
	*ret_step = 0;
	while (has_steps(w, slots, *ret_step + 1, UINT32_MAX))
		++*ret_step;
	return false;
}

bool carved_steps_settle(struct carved_price_workspace *w)
{
	struct price_domain *d = &w->domain;
	uint32_t slots = 0;
	if (!w->person->build_up.count)
		return true;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		if (d->hi[t])
			add_slot(w, &slots, t, d->hi[t]);
	}
	for (uint32_t step = 0; step < w->person->build_up.count; step++) {
		const uint32_t hours = carved_steps_hours(w, step);
		if (hours >= d->max_q || has_steps(w, slots, step + 1, TRIES_AT_NODE))
			continue;
		d->max_q = hours - 1;
	}
	return d->min_q <= d->max_q;
}
