// SPDX-License-Identifier: EUPL-1.2
// Whether a package that somebody names is one that the pricer could have found: the query's bounds on hours and the verdict, which are the rules of the
// search too, so that a rule stands in one place.
#include "pricing.h"

// The package's pieces by the pair's own numbers, into w->pieces. Returns false where one is of a slot that does not fit, or where they are not sorted.
static bool take_pieces(struct carved_price_workspace *w, const struct carved_package *package)
{
	const struct carved_pair *pair = w->pair;
	uint32_t t = 0;
	w->piece_count = 0;
	for (uint32_t i = 0; i < package->piece_count; i++, t++) {
		while (t < pair->slot_count && pair->slots[t].slot != package->pieces[i].slot)
			t++;
		if (t == pair->slot_count || package->pieces[i].hours_q > UINT16_MAX)
			return false;
		w->pieces[w->piece_count++] =
			(struct price_piece){.slot = (uint16_t)t, .hours_q = (uint16_t)package->pieces[i].hours_q};
	}
	return w->piece_count > 0;
}

static bool has_hours(const struct carved_price_workspace *w)
{
	uint32_t hours = 0;
	for (uint32_t i = 0; i < w->piece_count; i++)
		hours += w->pieces[i].hours_q;
	return hours >= w->person->min_q && hours <= w->person->max_q;
}

// All of one opening, and nothing else: a whole vacancy, whatever it is called.
static bool is_opening(const struct carved_price_workspace *w)
{
	const struct carved_pair_job *job = &w->pair->jobs[w->slots[w->pieces[0].slot].job];
	if (!job->whole || w->piece_count != job->count)
		return false;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		uint32_t slot = w->pieces[i].slot;
		if (slot != job->first + i || w->pieces[i].hours_q != w->instance->slots[w->pair->slots[slot].slot].unit_q)
			return false;
	}
	return true;
}

static bool is_left(const struct carved_price_workspace *w)
{
	for (uint32_t i = 0; i < w->piece_count; i++) {
		if (!w->slots[w->pieces[i].slot].whole_q)
			return false;
	}
	return !w->instance->jobs[w->pair->jobs[w->slots[w->pieces[0].slot].job].job].blocked;
}

// Rules `chunk`, `supply`, `donor` and `jobs`. A job's slots stand together, so its pieces do.
static bool is_carving(const struct carved_price_workspace *w)
{
	uint32_t jobs = 0, taken = 0;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		const struct price_slot *slot = &w->slots[w->pieces[i].slot];
		if (i == 0 || slot->job != w->slots[w->pieces[i - 1].slot].job) {
			jobs++;
			taken = 0;
		}
		taken += slot->undone ? 0 : w->pieces[i].hours_q;
		if (!slot->hi || w->pieces[i].hours_q < slot->lo || w->pieces[i].hours_q > slot->hi || taken > w->caps[slot->job])
			return false;
	}
	return jobs <= w->person->jobs_max;
}

bool carved_price_check(struct carved_price_workspace *w, const struct carved_pair *pair, const struct carved_price_query *query,
	const struct carved_package *package)
{
	carved_price_begin(w, pair, query);
	if (!carved_query_read(w) || !take_pieces(w, package) || !has_hours(w))
		return false;
	bool whole = is_opening(w);
	if (whole != (package->kind == CARVED_WHOLE_VACANCY) || (whole ? !is_left(w) : !is_carving(w)))
		return false;
	return carved_verdict_find(w, &w->week).verdict == VERDICT_VALID;
}
