// SPDX-License-Identifier: EUPL-1.2
#include "brute_force.h"
#include "brute_build_up.h"
#include "brute_slot.h"
#include "carved/base/quarters.h"
#include <stdlib.h>
#include <string.h>

const char *const brute_rule_names[] = {
#define X(name) #name,
	BRUTE_RULES(X) "structure"};
#undef X

// The schedule: all ways to lay the hours, as the set of "quarters in each part" that can come about

#define WAY_PARTS 4 // parts that a person of a tiny instance has hours in
#define WAYS 65536

struct ways {
	uint32_t count;
	uint16_t way[WAYS]; // 4 bits of quarters for each of the person's parts
};

struct laying { // the person's parts in order
	int part[WAY_PARTS], day[WAY_PARTS], parts;
	const struct carved_instance_candidate *c;
	uint32_t stamp, stamps[WAYS]; // which ways the present step has met
};

static void copy_ways(struct ways *to, const struct ways *from)
{
	to->count = from->count;
	memcpy(to->way, from->way, from->count * sizeof *from->way);
}

static void add_way(struct laying *l, struct ways *ways, uint32_t way)
{
	if (l->stamps[way] == l->stamp)
		return;
	l->stamps[way] = l->stamp;
	ways->way[ways->count++] = (uint16_t)way;
}

// Every way to lay one quarter more of a slot.
static void lay_quarter(struct laying *l, const struct ways *from, carved_parts_mask allowed, struct ways *to)
{
	to->count = 0;
	l->stamp++;
	for (uint32_t i = 0; i < from->count; i++) {
		for (int p = 0; p < l->parts; p++) {
			uint32_t quarters = from->way[i] >> 4 * p & 15;
			if (allowed >> l->part[p] & 1 && quarters < l->c->available_q[l->part[p]])
				add_way(l, to, from->way[i] + (1u << 4 * p));
		}
	}
}

static bool days_right(const struct laying *l, uint32_t way, uint32_t total)
{
	uint32_t day[CARVED_DAYS] = {0}, least = l->c->per_visit_q < total ? l->c->per_visit_q : total;
	for (int p = 0; p < l->parts; p++)
		day[l->day[p]] += way >> 4 * p & 15;
	for (int d = 0; d < CARVED_DAYS; d++) {
		if (day[d] && (day[d] < least || day[d] > l->c->per_day_q))
			return false;
	}
	return true;
}

static bool can_be_laid(const struct laying *l, const struct ways *ways, uint32_t total)
{
	for (uint32_t i = 0; i < ways->count; i++) {
		if (days_right(l, ways->way[i], total))
			return true;
	}
	return false;
}

struct walk { // enumerating the packages of a pair
	struct brute_force *all;
	const struct carved_instance_candidate *c;
	const struct carved_instance_site *s;
	struct laying laying;
	struct ways *ways[BRUTE_SLOTS + 1], *spare; // after so many slots
	struct brute_seen seen[BRUTE_SLOTS];
	struct brute_package package;
	uint32_t laid; // quarters that the ways hold
	int64_t place;
	uint32_t pair_broken;
	struct brute_steps *steps; // NULL: the person has none
};

static bool is_whole(const struct carved_instance *in, const struct brute_package *p, uint32_t job)
{
	const struct carved_instance_job *j = &in->jobs[job];
	if (j->kind != CARVED_VACANCY)
		return false;
	for (uint32_t t = 0; t < in->slots_count; t++) {
		if (p->hours_q[t] != (in->slots[t].job == job ? in->slots[t].unit_q : 0))
			return false;
	}
	return true;
}

// Rules `donor`, `displacement`, `chunk` and what may be carved at all.
static uint32_t broken_by_jobs(const struct carved_instance *in, const struct brute_package *p)
{
	uint32_t broken = 0;
	for (uint32_t j = 0; j < in->jobs_count; j++) {
		uint32_t carved = 0, used = 0;
		for (uint32_t t = 0; t < in->slots_count; t++) {
			if (in->slots[t].job != j || !p->hours_q[t])
				continue;
			used += p->hours_q[t];
			carved += in->slots[t].undone ? 0 : p->hours_q[t];
			broken |= p->kind == CARVED_CARVED && p->hours_q[t] < in->slots[t].chunk_q ? BRUTE_BIT(chunk) : 0;
		}
		broken |= used && in->jobs[j].blocked ? BRUTE_BIT(displacement) : 0;
		if (p->kind == CARVED_WHOLE_VACANCY || !used)
			continue;
		broken |= in->jobs[j].carvable ? 0 : BRUTE_BIT(structure);
		broken |= carved > in->jobs[j].cap_q ? BRUTE_BIT(donor) : 0;
	}
	return broken;
}

static uint32_t count_distinct(const struct carved_instance *in, const struct brute_package *p, bool supervisors)
{
	uint32_t count = 0;
	for (uint32_t t = 0; t < in->slots_count; t++) {
		uint32_t mine = supervisors ? in->slots[t].supervisor : in->slots[t].job;
		bool new = p->hours_q[t] && mine != CARVED_NONE;
		for (uint32_t k = 0; k < t; k++)
			new = new && !(p->hours_q[k] && (supervisors ? in->slots[k].supervisor : in->slots[k].job) == mine);
		count += new;
	}
	return count;
}

// Rules `hours`, `jobs`, `supervisor`, `must`, `load`.
static uint32_t broken_by_person(const struct walk *w, const struct brute_package *p, uint32_t total)
{
	const struct carved_instance *in = w->all->instance;
	uint32_t broken = total < w->c->min_q || total > w->c->max_q ? BRUTE_BIT(hours) : 0;
	broken |= count_distinct(in, p, false) > w->c->jobs_max ? BRUTE_BIT(jobs) : 0;
	broken |= w->c->supervisors_max && count_distinct(in, p, true) > w->c->supervisors_max ? BRUTE_BIT(supervisor) : 0;
	for (uint32_t m = 0; m < w->c->must.count; m++) {
		bool met = false;
		for (uint32_t t = 0; t < in->slots_count; t++)
			met = met ||
			      (p->hours_q[t] && brute_any_of(in, in->slots[t].tags, in->must_groups[w->c->must.first + m]));
		broken |= met ? 0 : BRUTE_BIT(must);
	}
	for (uint32_t l = 0; l < w->c->limits.count; l++) {
		const struct carved_limit *limit = &in->limits[w->c->limits.first + l];
		uint32_t hours = 0;
		for (uint32_t t = 0; t < in->slots_count; t++)
			hours += p->hours_q[t] && brute_counts_for_limit(in, limit, &in->slots[t]) ? p->hours_q[t] : 0;
		broken |= hours > limit->hours_q ? BRUTE_BIT(load) : 0;
	}
	return broken;
}

static void value(struct walk *w, struct brute_package *p)
{
	const struct carved_weights *weights = &w->all->instance->weights;
	uint64_t unknown = 0, aids = 0;
	p->fit_sum = p->relief_sum = 0;
	for (uint32_t t = 0; t < w->all->instance->slots_count; t++) {
		if (!p->hours_q[t])
			continue;
		p->fit_sum += p->hours_q[t] * w->seen[t].fit;
		p->relief_sum += p->hours_q[t] * w->all->instance->slots[t].relief;
		unknown |= w->seen[t].unknown;
		aids |= w->seen[t].aids;
	}
	p->parts = (struct carved_value_parts){.place = w->place,
		.fit = carved_floor_div(p->fit_sum * weights->full_week, 1000 * (long long)w->c->max_q),
		.relief = carved_floor_div(p->relief_sum * weights->relief, 4),
		.jobs = (int64_t)weights->extra_job * (count_distinct(w->all->instance, p, false) - 1),
		.aids = (int64_t)weights->aid * __builtin_popcountll(aids),
		.unknown = (int64_t)weights->unknown * __builtin_popcountll(unknown),
		.coach = carved_floor_div((int64_t)weights->coach_hour * w->c->coach_q, 4),
		.buddy = carved_floor_div((int64_t)weights->buddy_hour * w->c->buddy_q, 4)};
	p->value = p->parts.place + p->parts.fit + p->parts.relief + p->parts.jobs + p->parts.aids + p->parts.unknown +
		   p->parts.coach + p->parts.buddy;
}

static bool is_kept(const struct brute_package *p)
{
	return __builtin_popcount(p->broken & ~BRUTE_BIT(consent)) <= 1 && !(p->broken & BRUTE_BIT(structure));
}

static void keep(struct walk *w, bool laid)
{
	const struct carved_instance *in = w->all->instance;
	struct brute_package *p = &w->package;
	uint32_t total = 0;
	p->kind = CARVED_CARVED;
	for (uint32_t j = 0; j < in->jobs_count; j++)
		p->kind = is_whole(in, p, j) ? CARVED_WHOLE_VACANCY : p->kind;
	p->broken = w->pair_broken | (laid ? 0 : BRUTE_BIT(schedule));
	for (uint32_t t = 0; t < in->slots_count; t++) {
		total += p->hours_q[t];
		p->broken |= p->hours_q[t] ? w->seen[t].broken : 0;
	}
	if (!total)
		return;
	p->broken |= broken_by_jobs(in, p) | broken_by_person(w, p, total);
	if (w->steps)
		brute_steps_note(w->steps, p->hours_q, !(p->broken & (BRUTE_BIT(schedule) | BRUTE_BIT(must))));
	if (!is_kept(p))
		return;
	value(w, p);
	if (w->all->count == w->all->room) {
		w->all->room = w->all->room ? w->all->room * 2 : 1024;
		w->all->packages = carved_realloc_array(w->all->packages, w->all->room, sizeof *p);
	}
	w->all->packages[w->all->count++] = *p;
}

// Slot after slot, quarter after quarter.
static void walk_slots(struct walk *w, uint32_t t)
{
	const struct carved_instance *in = w->all->instance;
	if (t == in->slots_count) {
		keep(w, can_be_laid(&w->laying, w->ways[t], w->laid));
		return;
	}
	const struct carved_instance_slot *slot = &in->slots[t];
	const bool free = !(slot->parts & w->c->parts); // breaks `availability`; the rest of the package is judged without it
	const uint32_t laid = w->laid;
	copy_ways(w->ways[t + 1], w->ways[t]);
	for (uint32_t hours = 0; hours <= slot->hours_q; hours++) {
		if (hours && slot->site != (uint32_t)(w->s - in->sites))
			break;
		if (hours && !free) {
			lay_quarter(&w->laying, w->ways[t + 1], slot->parts, w->spare);
			copy_ways(w->ways[t + 1], w->spare);
			w->laid++;
		}
		w->package.hours_q[t] = hours;
		walk_slots(w, t + 1);
	}
	w->package.hours_q[t] = 0;
	w->laid = laid;
}

// Once every hours were looked at: which of the packages from `first` on have no part for some step.
static void judge_steps(struct walk *w, size_t first)
{
	size_t kept = first;
	for (size_t i = first; i < w->all->count; i++) {
		struct brute_package *p = &w->all->packages[i];
		p->broken |= brute_steps_has(w->steps, p->hours_q) ? 0 : BRUTE_BIT(build_up);
		if (is_kept(p))
			w->all->packages[kept++] = *p;
	}
	w->all->count = kept;
}

static uint32_t broken_by_pair(
	const struct carved_instance *in, const struct carved_instance_candidate *c, const struct carved_instance_site *s)
{
	const struct carved_instance_coach *coach = &in->coaches[c->coach];
	uint32_t broken = c->matchable ? 0 : BRUTE_BIT(consent);
	broken |= brute_minutes(in, c, s) > c->max_minutes ? BRUTE_BIT(travel) : 0;
	broken |= brute_has(in, c->excluded, (uint32_t)(s - in->sites)) ? BRUTE_BIT(excluded) : 0;
	broken |= s->places < 1 ? BRUTE_BIT(places) : 0;
	broken |= c->buddy_q > s->buddy_q ? BRUTE_BIT(supervision) : 0;
	broken |= c->coach_q > coach->hours_q ? BRUTE_BIT(coach) : 0;
	broken |= c->easy && coach->reserve_q != CARVED_NONE && c->coach_q > coach->reserve_q ? BRUTE_BIT(reserve) : 0;
	return broken;
}

static void walk_pair(struct walk *w, uint32_t candidate, uint32_t site)
{
	const struct carved_instance *in = w->all->instance;
	w->c = &in->candidates[candidate];
	w->s = &in->sites[site];
	w->package = (struct brute_package){.candidate = candidate, .site = site};
	w->pair_broken = broken_by_pair(in, w->c, w->s);
	w->laying.c = w->c;
	w->laying.parts = 0;
	for (int p = 0; p < CARVED_DAY_PARTS; p++) {
		if (!(w->c->parts >> p & 1))
			continue;
		if (w->laying.parts == WAY_PARTS || w->c->available_q[p] > 15)
			abort(); // not a tiny instance
		w->laying.part[w->laying.parts] = p;
		w->laying.day[w->laying.parts++] = p / CARVED_PARTS_PER_DAY;
	}
	for (uint32_t t = 0; t < in->slots_count; t++)
		w->seen[t] = brute_see(in, w->c, &in->slots[t]);
	w->ways[0]->count = 1;
	w->ways[0]->way[0] = 0;
	w->laid = 0;
	const size_t first = w->all->count;
	w->steps = w->c->build_up.count ? brute_steps_new(in, candidate, site) : NULL;
	walk_slots(w, 0);
	if (w->steps) {
		judge_steps(w, first);
		brute_steps_free(w->steps);
	}
}

uint32_t brute_force_options(const struct carved_instance *in, uint32_t candidate)
{
	const struct carved_instance_candidate *c = &in->candidates[candidate];
	uint32_t options = c->options_elsewhere;
	for (uint32_t s = 0; s < in->sites_count; s++) {
		uint64_t sum = 0;
		if (brute_minutes(in, c, &in->sites[s]) > c->max_minutes || brute_has(in, c->excluded, s))
			continue;
		for (uint32_t j = 0; j < in->jobs_count; j++) {
			const struct carved_instance_job *job = &in->jobs[j];
			uint64_t counted = 0, undone = 0, opening = 0;
			bool whole = job->kind == CARVED_VACANCY;
			for (uint32_t t = 0; t < in->slots_count; t++) {
				if (in->slots[t].job != j)
					continue;
				bool fits = !brute_see(in, c, &in->slots[t]).broken;
				whole = whole && fits;
				opening += in->slots[t].unit_q;
				if (fits && in->slots[t].undone && job->carvable)
					undone += in->slots[t].hours_q;
				else if (fits)
					counted += in->slots[t].hours_q;
			}
			uint64_t most = counted < job->cap_q ? counted : job->cap_q;
			if (job->site == s && !job->blocked)
				sum += undone + (whole && opening > most ? opening : most);
		}
		options += sum >= c->min_q;
	}
	return options;
}

void brute_force_init(struct brute_force *all, const struct carved_instance *in)
{
	struct walk *w = carved_alloc_array(1, sizeof *w);
	*all = (struct brute_force){.instance = in};
	w->all = all;
	w->spare = carved_alloc(sizeof *w->spare);
	for (int i = 0; i <= BRUTE_SLOTS; i++)
		w->ways[i] = carved_alloc(sizeof *w->ways[i]);
	if (in->slots_count > BRUTE_SLOTS || in->candidates_count > BRUTE_CANDIDATES)
		abort();
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		uint32_t options = brute_force_options(in, c);
		const struct carved_weights *weights = &in->weights;
		int64_t bonus = (int64_t)options <= weights->few_options    ? weights->priority_few
				: (int64_t)options <= weights->some_options ? weights->priority_some
									    : 0;
		w->place = weights->place * (in->candidates[c].priority + bonus);
		for (uint32_t s = 0; s < in->sites_count; s++)
			walk_pair(w, c, s);
	}
	for (int i = 0; i <= BRUTE_SLOTS; i++)
		free(w->ways[i]);
	free(w->spare);
	free(w);
}

void brute_force_deinit(struct brute_force *all)
{
	free(all->packages);
	*all = (struct brute_force){0};
}

int64_t brute_force_reduced(const struct brute_force *all, const struct brute_package *p, const struct carved_prices *prices)
{
	const struct carved_instance *in = all->instance;
	const struct carved_instance_candidate *c = &in->candidates[p->candidate];
	int64_t paid = 0;
	if (prices) {
		paid = prices->places[p->site] + prices->supervision[p->site] * c->buddy_q + prices->coach[c->coach] * c->coach_q;
		paid += c->easy ? prices->reserve[c->coach] * c->coach_q : 0;
		for (uint32_t t = 0; t < in->slots_count; t++) {
			paid += prices->slot[t] * p->hours_q[t];
			if (p->kind == CARVED_CARVED && !in->slots[t].undone)
				paid += prices->donor[in->slots[t].job] * p->hours_q[t];
		}
	}
	// everything times 4000 x max_q: whole numbers
	__int128 exact = (__int128)(p->value - p->parts.fit - p->parts.relief) * CARVED_MICRO - paid;
	exact *= 4000 * (int64_t)c->max_q;
	exact += (__int128)p->fit_sum * in->weights.full_week * 4 * CARVED_MICRO;
	exact += (__int128)p->relief_sum * in->weights.relief * 1000 * c->max_q * CARVED_MICRO;
	__int128 divisor = 4000 * (int64_t)c->max_q, quotient = exact / divisor;
	return (int64_t)(exact > quotient * divisor ? quotient + 1 : quotient);
}
