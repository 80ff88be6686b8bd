// SPDX-License-Identifier: EUPL-1.2
// What the solution of a relaxed problem violates of the rules that were left out: `supervisor`, `must`, `load`, `schedule`, `build-up`.
#include "pricing.h"

static bool too_many_supervisors(const struct carved_price_workspace *w)
{
	uint32_t count = 0;
	if (!w->person->supervisors_max)
		return false;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		uint16_t s = w->slots[w->pieces[i].slot].supervisor;
		bool seen = s == UINT16_MAX;
		for (uint32_t k = 0; k < i && !seen; k++)
			seen = w->slots[w->pieces[k].slot].supervisor == s;
		count += !seen;
	}
	return count > w->person->supervisors_max;
}

static bool misses_must(const struct carved_price_workspace *w, uint32_t *ret_index)
{
	uint32_t met = 0;
	for (uint32_t i = 0; i < w->piece_count; i++)
		met |= w->slots[w->pieces[i].slot].must;
	for (uint32_t m = 0; m < w->person->must.count; m++) {
		if (!(met >> m & 1)) {
			*ret_index = m;
			return true;
		}
	}
	return false;
}

static bool exceeds_load(const struct carved_price_workspace *w, uint32_t *ret_index)
{
	for (uint32_t l = 0; l < w->person->limits.count; l++) {
		uint32_t hours = 0;
		for (uint32_t i = 0; i < w->piece_count; i++)
			hours += w->slots[w->pieces[i].slot].limits >> l & 1 ? w->pieces[i].hours_q : 0;
		if (hours > w->instance->limits[w->person->limits.first + l].hours_q) {
			*ret_index = l;
			return true;
		}
	}
	return false;
}

// Pieces with equal parts become one load.
static uint32_t gather_loads(struct carved_price_workspace *w)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < w->piece_count; i++) {
		const carved_parts_mask parts = w->slots[w->pieces[i].slot].parts;
		uint32_t at = 0;
		while (at < count && w->loads[at].parts != parts)
			at++;
		if (at == count)
			w->loads[count++] = (struct days_load){.parts = parts};
		w->loads[at].hours_q += w->pieces[i].hours_q;
	}
	return count;
}

struct price_violation carved_verdict_find(struct carved_price_workspace *w, const struct days_week *week)
{
	struct price_violation v = {.verdict = VERDICT_VALID};
	if (too_many_supervisors(w))
		v.verdict = VERDICT_SUPERVISORS;
	else if (misses_must(w, &v.index))
		v.verdict = VERDICT_MUST;
	else if (exceeds_load(w, &v.index))
		v.verdict = VERDICT_LOAD;
	else
		v.days = carved_days_check(week, w->loads, gather_loads(w), &w->days, &v.row);
	if (v.verdict == VERDICT_VALID && v.days != DAYS_FIT)
		v.verdict = VERDICT_DAYS;
	if (v.verdict == VERDICT_VALID && !carved_steps_find(w, &v.index))
		v.verdict = VERDICT_BUILD_UP;
	return v;
}
