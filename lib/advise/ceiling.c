// SPDX-License-Identifier: EUPL-1.2
// What a site can be worth to a person at most, without any search.
//
//   H          hours that the site can take of the person's week: the most hours, cut by what a day allows in the parts of the pair's slots
//   longest_j  hours that job j can give; L_n = sum of the n longest jobs
//   V(h)       the best h quarters of all slots by their gains, donor caps respected: slots by falling gain, each as far as hours and its job's cap last
//   ceiling  = fixed part + max over n <= most jobs with L_n >= least hours of  V(min(H, L_n)) + (n - 1) x cost of a further job
//
// At a glance: the same without donor caps, jobs and what slots cost, as lib/fit tells it before the pair is prepared.
// Fixed part: what every package of the pair gets and pays, questions and aids included that all of its slots bring along. V forgets chunks, wishes for one task
// (but a `must` that no slot meets leaves no package), limits, supervisors and the week's order; a package from exactly n jobs has at most L_n hours. So no
// package is above it. V is concave, so one run over the slots gives it for every n.
// Gains are in units of 1 / (1,000,000 x max_q) points, as lib/price/query.c has them; rounding is up.
#include "advisor.h"
#include "carved/base/quarters.h"

#define JOBS_COUNTED 8 // where a person may have more jobs the others cost nothing

struct heap_slot {
	int64_t gain; // units per quarter
	uint32_t hours_q, job;
};

struct ceiling {
	const struct carved_advisor *advisor;
	const struct carved_prices *prices;
	const struct carved_pair *pair;
	struct heap_slot *heap; // highest gain on top
	uint32_t count;
	uint32_t *left_q;               // per job: what its donor cap leaves
	uint32_t longest[JOBS_COUNTED]; // of the longest jobs, falling
	uint32_t jobs;                  // how many of them
};

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

// ---- the fixed part

// Questions and aids that all slots bring along, points.
static int64_t bits_cost(const struct ceiling *c)
{
	const struct carved_weights *w = &c->advisor->view.weights;
	uint64_t aids = UINT64_MAX, unknown[CARVED_UNKNOWN_WORDS];
	int64_t points = 0;
	for (int i = 0; i < CARVED_UNKNOWN_WORDS; i++)
		unknown[i] = UINT64_MAX;
	for (uint32_t t = 0; t < c->pair->slot_count; t++) {
		aids &= c->pair->slots[t].aids;
		for (int i = 0; i < CARVED_UNKNOWN_WORDS; i++)
			unknown[i] &= c->pair->slots[t].unknown[i];
	}
	points += (int64_t)w->aid * __builtin_popcountll(aids);
	for (int i = 0; i < CARVED_UNKNOWN_WORDS; i++)
		points += (int64_t)w->unknown * __builtin_popcountll(unknown[i]);
	return points;
}

// Millionths.
static int64_t fixed_part(const struct carved_advisor *advisor, const struct carved_prices *prices, uint32_t site)
{
	const struct carved_instance_candidate *person = &advisor->person;
	const struct carved_weights *w = &advisor->view.weights;
	int64_t points = advisor->place + carved_floor_div((int64_t)w->coach_hour * person->coach_q, 4) +
			 carved_floor_div((int64_t)w->buddy_hour * person->buddy_q, 4);
	int64_t millionths = points * CARVED_MICRO;
	if (prices) {
		millionths -= prices->places[site] + prices->supervision[site] * person->buddy_q;
		millionths -=
			(prices->coach[person->coach] + (person->easy ? prices->reserve[person->coach] : 0)) * person->coach_q;
	}
	return millionths;
}

// ---- slots by falling gain

static int64_t gain_of(const struct ceiling *c, const struct carved_pair_slot *slot)
{
	const struct carved_weights *w = &c->advisor->view.weights;
	const struct carved_pair_job *job = &c->pair->jobs[slot->job];
	const int64_t unit = c->advisor->person.max_q;
	int64_t gain = (int64_t)slot->fit * w->full_week * (CARVED_MICRO / 1000);
	gain += (int64_t)slot->relief * w->relief * (CARVED_MICRO / 4) * unit;
	if (c->prices)
		gain -= (c->prices->slot[slot->slot] + (slot->undone || job->whole ? 0 : c->prices->donor[job->job])) * unit;
	return gain;
}

static void sink(struct heap_slot *heap, uint32_t count, uint32_t at)
{
	const struct heap_slot moving = heap[at];
	for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
		child += child + 1 < count && heap[child + 1].gain > heap[child].gain;
		if (heap[child].gain <= moving.gain)
			break;
		heap[at] = heap[child];
	}
	heap[at] = moving;
}

static void note_longest(struct ceiling *c, uint32_t hours_q)
{
	const uint32_t jobs_max = smaller(c->advisor->person.jobs_max, JOBS_COUNTED);
	uint32_t at = c->jobs;
	if (c->jobs < jobs_max)
		c->jobs++;
	else if (c->longest[--at] >= hours_q)
		return;
	for (; at > 0 && c->longest[at - 1] < hours_q; at--)
		c->longest[at] = c->longest[at - 1];
	c->longest[at] = hours_q;
}

static void read_job(struct ceiling *c, uint32_t index)
{
	const struct carved_pair_job *job = &c->pair->jobs[index];
	uint64_t counted = 0, undone = 0, opening = 0;
	c->left_q[index] = job->whole ? UINT32_MAX : job->cap_q; // an opening filled whole is not capped
	for (uint32_t t = job->first; t < (uint32_t)job->first + job->count; t++) {
		const struct carved_pair_slot *slot = &c->pair->slots[t];
		uint32_t unit_q = job->whole ? c->advisor->view.slots[slot->slot].unit_q : 0;
		uint32_t hours_q = slot->max_q > unit_q ? slot->max_q : unit_q;
		opening += unit_q;
		*(slot->undone ? &undone : &counted) += slot->max_q;
		c->heap[c->count++] = (struct heap_slot){
			.gain = gain_of(c, slot), .hours_q = hours_q, .job = slot->undone ? UINT32_MAX : index};
	}
	uint64_t carved = undone + (counted < job->cap_q ? counted : job->cap_q), longest = opening > carved ? opening : carved;
	note_longest(c, longest < c->advisor->person.max_q ? (uint32_t)longest : c->advisor->person.max_q);
}

// ---- the person's week

static uint32_t most_hours(const struct carved_instance_candidate *person, carved_parts_mask parts)
{
	uint32_t sum = 0;
	for (int day = 0; day < CARVED_DAYS; day++) {
		uint32_t hours_q = 0;
		for (carved_parts_mask rest = parts & CARVED_DAY_MASK(day); rest; rest &= rest - 1)
			hours_q += person->available_q[__builtin_ctz(rest)];
		sum += smaller(hours_q, person->per_day_q);
	}
	return smaller(sum, person->max_q);
}

// Hours of the week; 0: no package can be.
static uint32_t hours_in_reach(const struct ceiling *c)
{
	const struct carved_instance_candidate *person = &c->advisor->person;
	const uint32_t all = person->must.count < 32 ? ((uint32_t)1 << person->must.count) - 1 : UINT32_MAX;
	carved_parts_mask parts = 0;
	uint32_t must = 0;
	for (uint32_t t = 0; t < c->pair->slot_count; t++) {
		parts |= c->pair->slots[t].parts;
		must |= c->pair->slots[t].must;
	}
	uint32_t hours_q = must == all ? most_hours(person, parts) : 0;
	return hours_q < person->min_q ? 0 : hours_q;
}

// ---- V

struct filling {
	uint32_t hours_q;
	int64_t value; // units
};

// Goes on until `goal` hours; beyond the least hours only as long as it pays. Returns false where the slots don't give the least hours.
static bool fill(struct ceiling *c, struct filling *f, uint32_t goal)
{
	const uint32_t least_q = c->advisor->person.min_q;
	while (f->hours_q < goal && c->count > 0) {
		struct heap_slot *top = &c->heap[0];
		uint32_t want = top->gain > 0 ? goal : smaller(goal, least_q);
		if (f->hours_q >= want)
			break;
		uint32_t take = smaller(top->hours_q, want - f->hours_q);
		if (top->job != UINT32_MAX) {
			take = smaller(take, c->left_q[top->job]);
			c->left_q[top->job] -= take;
		}
		f->hours_q += take;
		f->value += top->gain * take;
		top->hours_q -= take;
		if (f->hours_q == goal)
			break; // what is left of the slot may be wanted later
		*top = c->heap[--c->count];
		if (c->count > 0)
			sink(c->heap, c->count, 0);
	}
	return f->hours_q >= least_q;
}

static int64_t best_filling(struct ceiling *c, uint32_t most_q)
{
	const struct carved_instance_candidate *person = &c->advisor->person;
	const int64_t job_cost = (int64_t)c->advisor->view.weights.extra_job * CARVED_MICRO * person->max_q; // <= 0
	struct filling filling = {0};
	int64_t best = INT64_MIN;
	uint32_t together = 0;
	for (uint32_t n = 0; n < c->jobs; n++) {
		together += c->longest[n];
		if (n + 1 == JOBS_COUNTED)
			together = most_q; // there may be more
		if (together < person->min_q || !fill(c, &filling, smaller(most_q, together)))
			continue;
		int64_t value = filling.value + n * job_cost;
		best = value > best ? value : best;
	}
	return best;
}

int64_t carved_advise_ceiling(const struct carved_advisor *advisor, const struct carved_prices *prices,
	const struct carved_pair *pair, struct carved_arena *scratch)
{
	struct ceiling c = {.advisor = advisor, .prices = prices, .pair = pair};
	uint32_t most_q = hours_in_reach(&c);
	if (most_q == 0)
		return CARVED_PRICE_NO_PACKAGE;
	c.heap = carved_arena_array(scratch, struct heap_slot, pair->slot_count);
	c.left_q = carved_arena_array(scratch, uint32_t, pair->job_count);
	for (uint32_t j = 0; j < pair->job_count; j++)
		read_job(&c, j);
	for (uint32_t at = c.count / 2; at-- > 0;)
		sink(c.heap, c.count, at);
	int64_t best = best_filling(&c, most_q);
	if (best == INT64_MIN)
		return CARVED_PRICE_NO_PACKAGE;
	return fixed_part(advisor, prices, pair->site) + bits_cost(&c) * CARVED_MICRO +
	       carved_ceil_div(best, advisor->person.max_q);
}

int64_t carved_advise_ceiling_at_a_glance(const struct carved_advisor *advisor, const struct carved_prices *prices, uint32_t site)
{
	return fixed_part(advisor, prices, advisor->sites[site].site) + advisor->sites[site].worth;
}
