// SPDX-License-Identifier: EUPL-1.2
#include "brute_build_up.h"
#include <stdlib.h>

#define STEPS 8 // of one person

struct brute_steps {
	const struct carved_instance *in;
	const struct carved_instance_candidate *c;
	const struct carved_instance_site *s;
	bool *stands; // per hours of the site's slots, as one number
};

// Hours of the site's slots as one number.
static size_t number(const struct brute_steps *b, const uint32_t *hours_q)
{
	size_t number = 0;
	for (uint32_t t = b->s->slots.first; t < b->s->slots.first + b->s->slots.count; t++)
		number = number * (b->in->slots[t].hours_q + 1) + hours_q[t];
	return number;
}

struct brute_steps *brute_steps_new(const struct carved_instance *in, uint32_t candidate, uint32_t site)
{
	struct brute_steps *b = carved_alloc_array(1, sizeof *b);
	size_t count = 1;
	*b = (struct brute_steps){.in = in, .c = &in->candidates[candidate], .s = &in->sites[site]};
	for (uint32_t t = b->s->slots.first; t < b->s->slots.first + b->s->slots.count; t++)
		count *= in->slots[t].hours_q + 1;
	b->stands = carved_alloc_array(count, sizeof *b->stands);
	return b;
}

void brute_steps_free(struct brute_steps *b)
{
	free(b->stands);
	free(b);
}

void brute_steps_note(struct brute_steps *b, const uint32_t *hours_q, bool stands)
{
	b->stands[number(b, hours_q)] = stands;
}

struct parts { // of one package
	const struct brute_steps *b;
	const uint32_t *package_q;
	uint32_t hours_q[BRUTE_SLOTS];
	uint64_t of_step[STEPS]; // bit s: a part for the step that uses exactly the slots of set s
};

static void try_all(struct parts *p, uint32_t t, uint32_t set, uint32_t sum)
{
	const struct brute_steps *b = p->b;
	if (t == b->in->slots_count) {
		for (uint32_t k = 0; k < b->c->build_up.count; k++) {
			if (sum == b->in->steps[b->c->build_up.first + k] && b->stands[number(b, p->hours_q)])
				p->of_step[k] |= (uint64_t)1 << set;
		}
		return;
	}
	try_all(p, t + 1, set, sum);
	uint32_t least = b->in->slots[t].chunk_q < p->package_q[t] ? b->in->slots[t].chunk_q : p->package_q[t];
	for (uint32_t hours = least; hours > 0 && hours <= p->package_q[t]; hours++) {
		p->hours_q[t] = hours;
		try_all(p, t + 1, set | 1u << t, sum + hours);
	}
	p->hours_q[t] = 0;
}

bool brute_steps_has(const struct brute_steps *b, const uint32_t *hours_q)
{
	struct parts p = {.b = b, .package_q = hours_q};
	uint64_t reached = ~(uint64_t)0; // sets up to the step before
	uint32_t total = 0;
	if (b->c->build_up.count > STEPS || b->in->slots_count > 6)
		abort(); // not a tiny instance
	for (uint32_t t = 0; t < b->in->slots_count; t++)
		total += hours_q[t];
	try_all(&p, 0, 0, 0);
	for (uint32_t k = 0; k < b->c->build_up.count && b->in->steps[b->c->build_up.first + k] < total; k++) {
		uint64_t next = 0;
		for (uint32_t set = 0; set < 64; set++) {
			for (uint32_t part = 0; part < 64 && (p.of_step[k] >> set & 1); part++) {
				if (!(part & ~set) && (reached >> part & 1))
					next |= (uint64_t)1 << set;
			}
		}
		reached = next;
	}
	return reached != 0;
}
