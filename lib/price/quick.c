// SPDX-License-Identifier: EUPL-1.2
// The quick bound: the relaxed problem of relax.c with a price nu on its total hours.
//
//   B(nu) = nu hours + job_cost + sum of the jobs_max best (phi_j(nu) - job_cost), at least one job and every forced one
//   phi_j(nu) = the job's best at gains less nu, hours taken by falling rate up to the cap, chunks forgotten (rate = gain - setup / hi)
//   hours = max_q where nu >= 0, min_q where nu < 0
//
// B(nu) bounds every package for each nu and is convex: a few bisections on the sign of its slope. At the best nu, using a slot or job that the bound does
// not use costs at least what it falls short; where that takes the bound to `bar` or below, no package above `bar` uses it and it is dropped.
#include "relax.h"

struct total {
	int64_t bound;
	uint64_t hours;
	int64_t weakest; // what a job left out would have to beat: the least job taken where no more are allowed, else 0
};

static void take(int64_t rate, int64_t nu, uint32_t quarters, int64_t *value, uint64_t *hours)
{
	*value += (rate - nu) * quarters;
	*hours += quarters;
}

static int64_t job_value(const struct relax *relax, const struct relax_job *job, int64_t nu, uint64_t *hours)
{
	int64_t value = -job->setup - relax->job_cost;
	uint32_t left = job->cap;
	for (uint32_t n = 0; n < job->count; n++) {
		const struct relax_slot *slot = &relax->slots[job->first + n];
		if (slot->rate > nu) {
			uint32_t most = n < job->capped && left < slot->hi ? left : slot->hi;
			take(slot->rate, nu, most, &value, hours);
			if (n < job->capped)
				left -= most;
		} else if (slot->forced) {
			take(slot->gain, nu, slot->gain > nu ? slot->hi : slot->lo, &value, hours);
			value -= slot->setup;
		}
	}
	return value;
}

// The best jobs so far, falling.
struct podium {
	int64_t value[CARVED_RELAX_JOBS_SORTED];
	uint64_t hours[CARVED_RELAX_JOBS_SORTED];
	uint32_t count, limit;
};

static void climb(struct podium *podium, int64_t value, uint64_t hours)
{
	uint32_t place = podium->count;
	if (podium->count == podium->limit) {
		if (!podium->limit || podium->value[podium->count - 1] >= value)
			return;
		place--;
	} else {
		podium->count++;
	}
	for (; place > 0 && podium->value[place - 1] < value; place--) {
		podium->value[place] = podium->value[place - 1];
		podium->hours[place] = podium->hours[place - 1];
	}
	podium->value[place] = value;
	podium->hours[place] = hours;
}

static struct total evaluate(struct relax *relax, int64_t nu)
{
	struct total total = {.bound = relax->job_cost};
	struct podium podium = {.limit = relax->jobs_max};
	const bool limited = relax->jobs_max <= CARVED_RELAX_JOBS_SORTED;
	int64_t best_left = CARVED_RELAX_NONE;
	uint64_t best_left_hours = 0;
	uint32_t taken = 0;
	for (uint32_t j = 0; j < relax->job_count; j++) {
		uint64_t hours = 0;
		int64_t value = relax->job_value[j] = job_value(relax, &relax->jobs[j], nu, &hours);
		if (relax->jobs[j].forced || (!limited && value > 0)) {
			total.bound += value;
			total.hours += hours;
			taken++;
			podium.limit -= podium.limit > 0;
		} else if (limited && value > 0) {
			climb(&podium, value, hours);
		} else if (value > best_left) {
			best_left = value;
			best_left_hours = hours;
		}
	}
	if (podium.count > podium.limit)
		podium.count = podium.limit;
	for (uint32_t i = 0; i < podium.count; i++) {
		total.bound += podium.value[i];
		total.hours += podium.hours[i];
	}
	if (taken + podium.count == 0) { // some job is used, even at a loss
		total.bound += best_left;
		total.hours += best_left_hours;
		total.weakest = best_left;
	}
	if (limited && podium.count == podium.limit && podium.count > 0)
		total.weakest = podium.value[podium.count - 1];
	total.bound += nu * (nu >= 0 ? relax->max_q : relax->min_q);
	return total;
}

static void set_rates(struct relax *relax, int64_t *ret_lowest, int64_t *ret_highest)
{
	int64_t lowest = INT64_MAX, highest = INT64_MIN;
	for (uint32_t s = 0; s < relax->slot_count; s++) {
		struct relax_slot *slot = &relax->slots[s];
		slot->rate = slot->gain - slot->setup / slot->hi;
		lowest = slot->rate < lowest ? slot->rate : lowest;
		highest = slot->rate > highest ? slot->rate : highest;
	}
	*ret_lowest = lowest;
	*ret_highest = highest;
}

static void sort_by_rate(struct relax_slot *slots, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		struct relax_slot moving = slots[i];
		uint32_t at = i;
		for (; at > 0 && slots[at - 1].rate < moving.rate; at--)
			slots[at] = slots[at - 1];
		slots[at] = moving;
	}
}

// Hours that the jobs_max longest jobs give together: fewer than min_q, and there is no package.
static bool can_reach(const struct relax *relax)
{
	struct podium podium = {.limit = relax->jobs_max};
	uint64_t sum = 0;
	for (uint32_t j = 0; j < relax->job_count; j++) {
		if (relax->jobs_max > CARVED_RELAX_JOBS_SORTED)
			sum += relax->jobs[j].longest;
		else
			climb(&podium, relax->jobs[j].longest, 0);
	}
	for (uint32_t i = 0; i < podium.count; i++)
		sum += (uint64_t)podium.value[i];
	return sum >= relax->min_q && relax->min_q <= relax->max_q;
}

static int64_t bisect(struct relax *relax, struct total *best)
{
	int64_t low, high, best_nu = 0;
	set_rates(relax, &low, &high);
	for (uint32_t j = 0; j < relax->job_count; j++)
		sort_by_rate(relax->slots + relax->jobs[j].first, relax->jobs[j].capped);
	*best = evaluate(relax, 0);
	if (best->hours > relax->max_q)
		low = 0;
	else if (best->hours < relax->min_q)
		high = 0;
	else
		return 0;
	for (int step = 0; step < 12 && high - low > 1; step++) {
		int64_t nu = low + (high - low) / 2;
		struct total total = evaluate(relax, nu);
		if (total.bound < best->bound) {
			*best = total;
			best_nu = nu;
		}
		if (total.hours > (nu >= 0 ? relax->max_q : relax->min_q))
			low = nu;
		else
			high = nu;
	}
	*best = evaluate(relax, best_nu);
	return best_nu;
}

// Keeps what a package above `bar` may use.
static void drop_useless(struct relax *relax, int64_t nu, const struct total *total, int64_t bar)
{
	uint32_t jobs = 0, slots = 0;
	for (uint32_t j = 0; j < relax->job_count; j++) {
		struct relax_job job = relax->jobs[j];
		int64_t short_of = relax->job_value[j] < total->weakest && !job.forced ? total->weakest - relax->job_value[j] : 0;
		uint32_t first = slots, capped = 0;
		for (uint32_t n = 0; n < job.count; n++) {
			struct relax_slot slot = relax->slots[job.first + n];
			int64_t loss = slot.rate < nu && !slot.forced && !job.forced ? (nu - slot.rate) * slot.lo : 0;
			int64_t bound = total->bound - short_of - loss;
			if (bound <= bar) {
				relax->dropped_bound = bound > relax->dropped_bound ? bound : relax->dropped_bound;
				continue;
			}
			relax->slots[slots++] = slot;
			capped += n < job.capped;
		}
		if (slots == first)
			continue;
		job.first = (uint16_t)first;
		job.count = (uint16_t)(slots - first);
		job.capped = (uint16_t)capped;
		relax->jobs[jobs++] = job;
	}
	relax->job_count = jobs;
	relax->slot_count = slots;
}

int64_t carved_relax_bound(struct relax *relax, int64_t bar)
{
	struct total total;
	relax->dropped_bound = CARVED_RELAX_NONE;
	if (!relax->job_count || !can_reach(relax))
		return CARVED_RELAX_NONE;
	int64_t nu = bisect(relax, &total);
	if (total.bound > bar)
		drop_useless(relax, nu, &total, bar);
	return total.bound;
}
