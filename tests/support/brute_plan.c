// SPDX-License-Identifier: EUPL-1.2
// The best plan over all packages.
#include "brute_force.h"
#include <stdlib.h>

struct plan {
	const struct brute_force *all;
	enum brute_rule without;
	size_t first[BRUTE_CANDIDATES + 1]; // packages of each candidate in `order`
	struct brute_package **order;       // valid ones, by candidate, falling value
	struct brute_package *chosen[2 * BRUTE_CANDIDATES];
	uint32_t count;
	int64_t best;
};

static uint64_t use(const struct plan *p, uint32_t slot, uint32_t job, bool carved_only)
{
	const struct carved_instance *in = p->all->instance;
	uint64_t sum = 0;
	for (uint32_t i = 0; i < p->count; i++) {
		for (uint32_t t = 0; t < in->slots_count; t++) {
			bool counts = slot != CARVED_NONE ? t == slot : in->slots[t].job == job && !in->slots[t].undone;
			if (counts && !(carved_only && p->chosen[i]->kind == CARVED_WHOLE_VACANCY))
				sum += p->chosen[i]->hours_q[t];
		}
	}
	return sum;
}

// Whether the chosen packages go together.
static bool together(const struct plan *p)
{
	const struct carved_instance *in = p->all->instance;
	for (uint32_t t = 0; t < in->slots_count && p->without != BRUTE_supply; t++) {
		if (use(p, t, 0, false) > in->slots[t].hours_q)
			return false;
	}
	for (uint32_t j = 0; j < in->jobs_count && p->without != BRUTE_donor; j++) {
		if (use(p, CARVED_NONE, j, true) > in->jobs[j].cap_q)
			return false;
	}
	for (uint32_t s = 0; s < in->sites_count; s++) {
		uint32_t places = 0, buddy = 0;
		for (uint32_t i = 0; i < p->count; i++) {
			places += p->chosen[i]->site == s;
			buddy += p->chosen[i]->site == s ? in->candidates[p->chosen[i]->candidate].buddy_q : 0;
		}
		if ((places > in->sites[s].places && p->without != BRUTE_places) ||
			(buddy > in->sites[s].buddy_q && p->without != BRUTE_supervision))
			return false;
	}
	for (uint32_t k = 0; k < in->coaches_count; k++) {
		uint32_t all = 0, easy = 0;
		for (uint32_t i = 0; i < p->count; i++) {
			const struct carved_instance_candidate *c = &in->candidates[p->chosen[i]->candidate];
			all += c->coach == k ? c->coach_q : 0;
			easy += c->coach == k && c->easy ? c->coach_q : 0;
		}
		if ((all > in->coaches[k].hours_q && p->without != BRUTE_coach) ||
			(easy > in->coaches[k].reserve_q && p->without != BRUTE_reserve))
			return false;
	}
	return true;
}

// Round after round each candidate gets a package or none; a second round only where rule `one` is left out.
static void plan_from(struct plan *p, uint32_t turn, uint32_t turns, int64_t sum)
{
	int64_t hope = sum;
	const uint32_t people = p->all->instance->candidates_count;
	p->best = sum > p->best ? sum : p->best;
	for (uint32_t k = turn; k < turns; k++) {
		size_t first = p->first[k % people];
		if (first < p->first[k % people + 1] && p->order[first]->value > 0)
			hope += p->order[first]->value;
	}
	if (turn == turns || hope <= p->best)
		return;
	int64_t others = hope;
	size_t first = p->first[turn % people], end = p->first[turn % people + 1];
	if (first < end && p->order[first]->value > 0)
		others -= p->order[first]->value;
	for (size_t i = first; i < end && others + p->order[i]->value > p->best; i++) {
		p->chosen[p->count++] = p->order[i];
		if (together(p))
			plan_from(p, turn + 1, turns, sum + p->order[i]->value);
		p->count--;
	}
	plan_from(p, turn + 1, turns, sum);
}

static int by_candidate_and_value(const void *left, const void *right)
{
	const struct brute_package *a = *(struct brute_package *const *)left, *b = *(struct brute_package *const *)right;
	if (a->candidate != b->candidate)
		return a->candidate < b->candidate ? -1 : 1;
	return (a->value < b->value) - (a->value > b->value);
}

int64_t brute_force_best_plan(const struct brute_force *all, enum brute_rule without)
{
	struct plan p = {.all = all, .without = without};
	const uint32_t allowed = without < BRUTE_RULE_COUNT ? (uint32_t)1 << without : 0;
	const uint32_t people = all->instance->candidates_count;
	size_t count = 0;
	p.order = carved_alloc_array(all->count + 1, sizeof *p.order);
	for (size_t i = 0; i < all->count; i++) {
		if (!(all->packages[i].broken & ~allowed))
			p.order[count++] = &all->packages[i];
	}
	qsort(p.order, count, sizeof *p.order, by_candidate_and_value);
	for (uint32_t c = 0; c <= people; c++) {
		while (p.first[c] < count && p.order[p.first[c]]->candidate < c)
			p.first[c]++;
	}
	plan_from(&p, 0, without == BRUTE_one ? 2 * people : people, 0);
	free(p.order);
	return p.best;
}
