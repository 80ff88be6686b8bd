// SPDX-License-Identifier: EUPL-1.2
// Rows "sum over some slots of x_t <= limit": the person's load limits, and the conditions of the schedule that solutions ran into (days.c).
//
// Two uses. Propagation: hours that are forced in a row leave less for its other slots. Lagrange multipliers y >= 0: with gain_t - sum of y over the rows of
// t, and sum of y x limit added, the relaxation still bounds every package that keeps the rows, and the best y bound it far better (node.c).
#include "pricing.h"

void carved_rows_start(struct carved_price_workspace *w)
{
	w->row_count = 0;
	for (uint32_t l = 0; l < w->person->limits.count; l++) {
		w->rows[w->row_count++] = (struct price_row){.what = {.verdict = VERDICT_LOAD, .index = l},
			.limit_q = w->instance->limits[w->person->limits.first + l].hours_q,
			.out = w->week.out};
	}
}

bool carved_rows_counts(const struct carved_price_workspace *w, const struct price_violation *what, uint32_t slot)
{
	if (what->verdict == VERDICT_LOAD)
		return w->slots[slot].limits >> what->index & 1;
	bool confined = !(w->slots[slot].parts & what->row.open & ~what->row.parts);
	return what->days == DAYS_OVER ? confined : !confined;
}

uint32_t carved_rows_find(struct carved_price_workspace *w, const struct price_violation *what)
{
	for (uint32_t i = 0; i < w->row_count; i++) {
		const struct price_violation *known = &w->rows[i].what;
		if (known->verdict != what->verdict)
			continue;
		if (what->verdict == VERDICT_LOAD ? known->index == what->index
						  : known->row.open == what->row.open && known->row.parts == what->row.parts)
			return i;
	}
	if (w->row_count == PRICE_ROWS)
		return PRICE_ROWS;
	w->rows[w->row_count] = (struct price_row){.what = *what, .limit_q = what->row.limit_q, .out = w->domain.days_out};
	return w->row_count++;
}

bool carved_rows_applies(const struct carved_price_workspace *w, uint32_t row)
{
	return !(w->rows[row].out & ~w->domain.days_out);
}

uint32_t carved_rows_use(const struct carved_price_workspace *w, uint32_t row)
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i < w->piece_count; i++)
		sum += carved_rows_counts(w, &w->rows[row].what, w->pieces[i].slot) ? w->pieces[i].hours_q : 0;
	return sum;
}

static bool settle_row(struct carved_price_workspace *w, const struct price_row *row)
{
	struct price_domain *d = &w->domain;
	uint32_t forced = 0;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		if (d->forced[t] && carved_rows_counts(w, &row->what, t))
			forced += d->lo[t];
	}
	if (forced > row->limit_q)
		return false;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		uint32_t most = row->limit_q - forced + (d->forced[t] ? (uint32_t)d->lo[t] : 0);
		if (d->hi[t] > most && carved_rows_counts(w, &row->what, t))
			d->hi[t] = (uint16_t)most;
	}
	return true;
}

bool carved_rows_settle(struct carved_price_workspace *w)
{
	for (uint32_t row = 0; row < w->row_count; row++) {
		if (carved_rows_applies(w, row) && !settle_row(w, &w->rows[row]))
			return false;
	}
	return true;
}

void carved_rows_charge(struct carved_price_workspace *w)
{
	struct relax *r = &w->relax;
	w->domain.rows_constant = 0;
	for (uint32_t s = 0; s < r->slot_count; s++)
		r->slots[s].gain = w->slots[r->slots[s].index].gain;
	for (uint32_t row = 0; row < w->row_count; row++) {
		const int64_t y = w->rows[row].multiplier;
		if (!y || !carved_rows_applies(w, row))
			continue;
		w->domain.rows_constant += y * w->rows[row].limit_q;
		for (uint32_t s = 0; s < r->slot_count; s++)
			r->slots[s].gain -= carved_rows_counts(w, &w->rows[row].what, r->slots[s].index) ? y : 0;
	}
}
