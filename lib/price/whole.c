// SPDX-License-Identifier: EUPL-1.2
// Whole vacancies: all tasks of one opening at their full hours, a package of its own with nothing to choose. It pays supply, never the donor's price.
#include "pricing.h"

// All slots of the job as pieces. Returns false where an opening is not left.
static bool take_opening(struct carved_price_workspace *w, const struct carved_pair_job *job, uint32_t *ret_hours)
{
	uint32_t hours = 0;
	w->piece_count = 0;
	for (uint32_t t = job->first; t < (uint32_t)job->first + job->count; t++) {
		if (!w->slots[t].whole_q || w->slots[t].whole_q > w->person->max_q)
			return false;
		w->pieces[w->piece_count++] = (struct price_piece){.slot = (uint16_t)t, .hours_q = (uint16_t)w->slots[t].whole_q};
		hours += w->slots[t].whole_q;
	}
	*ret_hours = hours;
	return true;
}

// Whether the query asks for something of another job.
static bool misses_another_job(const struct carved_price_workspace *w, const struct carved_pair_job *job)
{
	for (uint32_t i = 0; i < w->query->limit_count; i++) {
		const struct carved_price_limit *limit = &w->query->limits[i];
		if (limit->least_q > 0 && limit->job != job->job)
			return true;
	}
	return false;
}

// Whether the pieces keep what the query asks of slots alike together.
static bool keeps_alike(const struct carved_price_workspace *w)
{
	for (uint32_t i = 0; i < w->piece_count; i++) {
		const uint32_t first = w->slots[w->pieces[i].slot].alike;
		uint32_t hours = 0;
		for (uint32_t k = 0; k < w->piece_count; k++)
			hours += w->slots[w->pieces[k].slot].alike == first ? w->pieces[k].hours_q : 0;
		if (hours < w->slots[first].alike_lo || hours > w->slots[first].alike_hi)
			return false;
	}
	return true;
}

static int64_t worth_of(const struct carved_price_workspace *w)
{
	struct price_bits bits = {0};
	int64_t worth = w->constant;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		const struct price_slot *slot = &w->slots[w->pieces[i].slot];
		worth += slot->whole_gain * w->pieces[i].hours_q;
		for (int k = 0; k < PRICE_BIT_WORDS; k++)
			bits.word[k] |= slot->bits.word[k];
	}
	return worth - carved_query_bits_cost(w, &bits) - carved_query_roundings(w);
}

void carved_whole_offer(struct carved_price_workspace *w)
{
	for (uint32_t j = 0; j < w->pair->job_count; j++) {
		const struct carved_pair_job *job = &w->pair->jobs[j];
		uint32_t hours;
		if (!job->whole || w->instance->jobs[job->job].blocked || misses_another_job(w, job) ||
			!take_opening(w, job, &hours) || !keeps_alike(w))
			continue;
		if (hours < w->person->min_q || hours > w->person->max_q)
			continue;
		int64_t worth = worth_of(w);
		if (worth <= w->bar) {
			w->closed_bound = worth > w->closed_bound ? worth : w->closed_bound;
			continue;
		}
		if (carved_verdict_find(w, &w->week).verdict == VERDICT_VALID)
			carved_search_offer(w, worth, true);
	}
}
