// SPDX-License-Identifier: EUPL-1.2
// From the decisions of a node to its relaxed problem.
//
// Bits. A package pays each aid and unknown category once, however many of its slots need it. The relaxation charges a bit exactly where that is easy:
//   - decided "in", or carried by all slots left: by the constant
//   - carried by all slots of one job and by no other job: by the job's setup
//   - carried by one slot only: by the slot's setup
// Other bits are free in the relaxation; the search decides on those that its solution uses.
#include "pricing.h"
#include <string.h>

static void apply_to_slot(struct price_domain *d, const struct price_node *node)
{
	const uint16_t t = node->index;
	switch (node->decision) {
	case DECIDE_SLOT_OUT:
		d->hi[t] = 0;
		break;
	case DECIDE_SLOT_FORCE:
		d->forced[t] = true;
		break;
	case DECIDE_ALIKE_MOST:
		d->alike_hi[t] = node->value < d->alike_hi[t] ? node->value : d->alike_hi[t];
		break;
	case DECIDE_ALIKE_LEAST:
		d->alike_lo[t] = node->value > d->alike_lo[t] ? node->value : d->alike_lo[t];
		break;
	case DECIDE_SLOT_MOST:
		d->hi[t] = node->value < d->hi[t] ? node->value : d->hi[t];
		break;
	default:
		d->forced[t] = true;
		d->lo[t] = node->value > d->lo[t] ? node->value : d->lo[t];
	}
}

static void apply(struct price_domain *d, const struct price_node *node)
{
	switch (node->decision) {
	case DECIDE_ROOT:
		break;
	case DECIDE_BIT_OUT:
		d->bits_out.word[node->index / 64] |= (uint64_t)1 << node->index % 64;
		break;
	case DECIDE_BIT_IN:
		d->bits_in.word[node->index / 64] |= (uint64_t)1 << node->index % 64;
		break;
	case DECIDE_SUPERVISOR_OUT:
		d->supervisor[node->index] = SUPERVISOR_OUT;
		break;
	case DECIDE_SUPERVISOR_IN:
		d->supervisor[node->index] = SUPERVISOR_IN;
		break;
	case DECIDE_DAY_OUT:
		d->days_out |= (days_mask)(1 << node->index);
		break;
	case DECIDE_DAY_IN:
		d->days_in |= (days_mask)(1 << node->index);
		break;
	case DECIDE_HOURS_MOST:
		d->max_q = node->value < d->max_q ? node->value : d->max_q;
		break;
	case DECIDE_HOURS_LEAST:
		d->min_q = node->value > d->min_q ? node->value : d->min_q;
		break;
	default:
		apply_to_slot(d, node);
	}
}

static void follow(struct carved_price_workspace *w, uint32_t node)
{
	struct price_domain *d = &w->domain;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		d->lo[t] = w->slots[t].lo;
		d->hi[t] = w->slots[t].hi;
		d->forced[t] = w->slots[t].forced;
		d->alike_lo[t] = w->slots[t].alike_lo;
		d->alike_hi[t] = w->slots[t].alike_hi;
	}
	if (w->pair->supervisor_count)
		memset(d->supervisor, SUPERVISOR_OPEN, w->pair->supervisor_count);
	d->bits_in = d->bits_out = (struct price_bits){0};
	d->days_in = 0;
	d->days_out = w->week.out;
	d->min_q = w->person->min_q;
	d->max_q = w->person->max_q;
	for (; node != NODE_NONE; node = w->nodes[node].parent)
		apply(d, &w->nodes[node]);
}

// Once as many supervisors are let in as may be, the others are out.
static bool settle_supervisors(struct carved_price_workspace *w)
{
	struct price_domain *d = &w->domain;
	uint32_t in = 0;
	for (uint32_t s = 0; s < w->pair->supervisor_count; s++)
		in += d->supervisor[s] == SUPERVISOR_IN;
	bool full = w->person->supervisors_max && in >= w->person->supervisors_max;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		uint16_t s = w->slots[t].supervisor;
		if (s != UINT16_MAX && (d->supervisor[s] == SUPERVISOR_OUT || (full && d->supervisor[s] != SUPERVISOR_IN)))
			d->hi[t] = 0;
	}
	return !w->person->supervisors_max || in <= w->person->supervisors_max;
}

static bool bits_meet(const struct price_bits *a, const struct price_bits *b)
{
	return (a->word[0] & b->word[0]) || (a->word[1] & b->word[1]) || (a->word[2] & b->word[2]);
}

// Takes out what the decisions leave no room for. Returns false where a forced slot is out. ret_parts: all parts of slots left.
static bool settle_slots(struct carved_price_workspace *w, const struct days_week *week, carved_parts_mask *ret_parts)
{
	struct price_domain *d = &w->domain;
	const carved_parts_mask open = ~carved_days_parts(d->days_out);
	carved_parts_mask all = 0;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		const struct price_slot *slot = &w->slots[t];
		d->hi[t] = d->hi[t] > d->alike_hi[slot->alike] ? d->alike_hi[slot->alike] : d->hi[t];
		if (d->hi[t] && bits_meet(&slot->bits, &d->bits_out))
			d->hi[t] = 0;
		if (d->hi[t] && d->days_out != w->week.out) {
			uint32_t most = carved_days_capacity(week, slot->parts & open);
			d->hi[t] = most < d->hi[t] ? (uint16_t)most : d->hi[t];
		}
	}
	if (!carved_rows_settle(w))
		return false;
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		if (d->hi[t] < d->lo[t])
			d->hi[t] = 0;
		if (d->forced[t] && !d->hi[t])
			return false;
		if (d->hi[t])
			all |= w->slots[t].parts & open;
	}
	*ret_parts = all;
	return true;
}

// The group of slots alike, where something is asked of them together.
static uint16_t find_group(struct carved_price_workspace *w, uint32_t first)
{
	struct relax *r = &w->relax;
	const struct price_domain *d = &w->domain;
	uint16_t group = 0;
	if (!d->alike_lo[first] && d->alike_hi[first] == UINT16_MAX)
		return RELAX_NO_GROUP;
	while (group < r->group_count && r->groups[group].index != first)
		group++;
	if (group == r->group_count)
		r->groups[r->group_count++] =
			(struct relax_group){.lo = d->alike_lo[first], .hi = d->alike_hi[first], .index = (uint16_t)first};
	return group;
}

static void add_slot(struct carved_price_workspace *w, uint32_t t)
{
	struct relax *r = &w->relax;
	const struct price_domain *d = &w->domain;
	struct relax_job *job = &r->jobs[r->job_count];
	r->slots[r->slot_count++] = (struct relax_slot){.gain = w->slots[t].gain,
		.lo = d->lo[t],
		.hi = d->hi[t],
		.index = (uint16_t)t,
		.group = find_group(w, w->slots[t].alike),
		.forced = d->forced[t]};
	job->count++;
	job->forced = job->forced || d->forced[t] || d->alike_lo[w->slots[t].alike] > 0;
}

// Whether slots alike that must be used have any slot left.
static bool has_what_must_be(const struct carved_price_workspace *w)
{
	for (uint32_t t = 0; t < w->pair->slot_count; t++) {
		uint32_t hours = 0;
		for (uint32_t k = t; w->domain.alike_lo[t] && k < w->pair->slot_count; k++)
			hours += w->slots[k].alike == t ? w->domain.hi[k] : 0;
		if (hours < w->domain.alike_lo[t])
			return false;
	}
	return true;
}

// Returns false where nothing is left of a job that must be used.
static bool add_job(struct carved_price_workspace *w, uint32_t j)
{
	struct relax *r = &w->relax;
	const struct carved_pair_job *from = &w->pair->jobs[j];
	struct relax_job *job = &r->jobs[r->job_count];
	uint32_t capped = 0, rest = 0;
	*job = (struct relax_job){
		.first = (uint16_t)r->slot_count, .cap = w->caps[j], .index = (uint16_t)j, .forced = w->job_forced[j]};
	for (uint32_t t = from->first; t < (uint32_t)from->first + from->count; t++) {
		if (w->domain.hi[t] && !w->slots[t].undone) {
			add_slot(w, t);
			capped += w->domain.hi[t];
		}
	}
	job->capped = job->count;
	for (uint32_t t = from->first; t < (uint32_t)from->first + from->count; t++) {
		if (w->domain.hi[t] && w->slots[t].undone) {
			add_slot(w, t);
			rest += w->domain.hi[t];
		}
	}
	uint32_t longest = (capped < job->cap ? capped : job->cap) + rest;
	job->longest = (uint16_t)(longest < r->max_q ? longest : r->max_q);
	if (job->count)
		r->job_count++;
	return job->count > 0 || !w->job_forced[j];
}

struct census {
	struct price_bits all;                     // carried by every slot
	struct price_bits some;                    // by some slot
	struct price_bits slots_twice, jobs_twice; // by two slots, by two jobs at least
};

static void count_bits(const struct carved_price_workspace *w, struct census *census)
{
	const struct relax *r = &w->relax;
	memset(census, 0, sizeof *census);
	for (int i = 0; i < PRICE_BIT_WORDS; i++) {
		uint64_t all = UINT64_MAX, some = 0, slots_twice = 0, jobs_twice = 0;
		for (uint32_t j = 0; j < r->job_count; j++) {
			uint64_t of_job = 0;
			for (uint32_t n = 0; n < r->jobs[j].count; n++) {
				uint64_t bits = w->slots[r->slots[r->jobs[j].first + n].index].bits.word[i];
				all &= bits;
				slots_twice |= of_job & bits;
				of_job |= bits;
			}
			slots_twice |= some & of_job;
			jobs_twice |= some & of_job;
			some |= of_job;
		}
		const uint64_t in = w->domain.bits_in.word[i];
		census->all.word[i] = r->slot_count ? (all & some) | in : in;
		census->some.word[i] = some & ~census->all.word[i];
		census->slots_twice.word[i] = slots_twice;
		census->jobs_twice.word[i] = jobs_twice;
	}
}

// Charges the bits of one job that are its own; `free` gets the rest.
static void charge_job(struct carved_price_workspace *w, struct relax_job *job, const struct census *census)
{
	struct relax *r = &w->relax;
	struct price_bits own = census->some, single;
	for (uint32_t n = 0; n < job->count; n++) {
		for (int i = 0; i < PRICE_BIT_WORDS; i++)
			own.word[i] &= w->slots[r->slots[job->first + n].index].bits.word[i] & ~census->jobs_twice.word[i];
	}
	job->setup = carved_query_bits_cost(w, &own);
	for (uint32_t n = 0; n < job->count; n++) {
		struct relax_slot *slot = &r->slots[job->first + n];
		for (int i = 0; i < PRICE_BIT_WORDS; i++) {
			uint64_t bits = w->slots[slot->index].bits.word[i] & census->some.word[i] & ~own.word[i];
			single.word[i] = bits & ~census->slots_twice.word[i];
			w->domain.free.word[i] |= bits & census->slots_twice.word[i];
		}
		slot->setup = carved_query_bits_cost(w, &single);
	}
}

static void charge_bits(struct carved_price_workspace *w)
{
	struct census census;
	w->domain.free = (struct price_bits){0};
	count_bits(w, &census);
	for (uint32_t j = 0; j < w->relax.job_count; j++)
		charge_job(w, &w->relax.jobs[j], &census);
	w->domain.constant = w->constant - carved_query_bits_cost(w, &census.all);
}

bool carved_domain_build(struct carved_price_workspace *w, uint32_t node)
{
	struct price_domain *d = &w->domain;
	struct relax *r = &w->relax;
	carved_parts_mask parts;
	follow(w, node);
	struct days_week week = w->week;
	const uint32_t days = (uint32_t)__builtin_popcount(d->days_in);
	if (days > 1 && days * week.per_visit_q > d->min_q)
		d->min_q = days * week.per_visit_q;
	if ((d->days_in & d->days_out) || !settle_supervisors(w) || !settle_slots(w, &week, &parts) || !carved_steps_settle(w) ||
		!has_what_must_be(w))
		return false;
	uint32_t most = carved_days_capacity(&week, parts);
	r->slot_count = r->job_count = r->group_count = 0;
	r->min_q = d->min_q;
	r->max_q = most < d->max_q ? most : d->max_q;
	r->jobs_max = w->person->jobs_max;
	r->job_cost = w->job_cost;
	for (uint32_t j = 0; j < w->pair->job_count; j++) {
		if (!add_job(w, j))
			return false;
	}
	charge_bits(w);
	carved_rows_charge(w);
	return r->min_q <= r->max_q && r->job_count > 0;
}
