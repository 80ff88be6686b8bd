// SPDX-License-Identifier: EUPL-1.2
#include "brute_proof.h"
#include "brute_slot.h"
#include "carved/base/arena.h"
#include "carved_cmocka.h"
#include <string.h>

int64_t brute_price_bound(const struct carved_instance *in, const struct brute_force *all, const struct carved_prices *prices)
{
	int64_t best[BRUTE_CANDIDATES] = {0}, sum = carved_prices_capacity_value(prices, in);
	for (size_t i = 0; i < all->count; i++) {
		const struct brute_package *package = &all->packages[i];
		if (package->broken != 0)
			continue;
		int64_t reduced = brute_force_reduced(all, package, prices);
		if (reduced > best[package->candidate])
			best[package->candidate] = reduced;
	}
	for (uint32_t c = 0; c < in->candidates_count; c++)
		sum += best[c];
	return sum / CARVED_MICRO;
}

enum decision { UNDECIDED, IN, OUT };
enum { WALK_LIMITS = 64 };

struct walk_limit {
	uint32_t job, slot; // slot CARVED_NONE: the job as a whole
	uint32_t alike;     // 1: all slots alike to it
	uint32_t least_q, most_q;
};

struct tree_walk {
	const struct carved_instance *instance;
	const struct brute_force *all;
	const struct carved_proof *proof;
	struct carved_prices prices; // the site's own are the leaf's
	struct carved_prices zero;
	enum decision decisions[BRUTE_CANDIDATES];
	struct walk_limit limits[WALK_LIMITS]; // of hours, taken on the way down
	uint32_t of[WALK_LIMITS];              // whose
	uint32_t limit_count;
};

// Whether hours of the slot count for the limit; `alike`: those that the person could exchange without being worth more or less.
static bool counts(const struct carved_instance *in, const struct walk_limit *limit, uint32_t candidate, uint32_t slot)
{
	const struct carved_instance_slot *this = &in->slots[slot];
	if (limit->slot == CARVED_NONE || !limit->alike)
		return limit->slot == CARVED_NONE ? this->job == limit->job : limit->slot == slot;
	const struct carved_instance_slot *other = &in->slots[limit->slot];
	struct brute_seen a = brute_see(in, &in->candidates[candidate], this);
	struct brute_seen b = brute_see(in, &in->candidates[candidate], other);
	return this->job == other->job && a.fit == b.fit && this->relief == other->relief && a.unknown == b.unknown &&
	       a.aids == b.aids && this->undone == other->undone;
}

static bool keeps_limits(const struct tree_walk *walk, const struct brute_package *package)
{
	for (uint32_t i = 0; i < walk->limit_count; i++) {
		const struct walk_limit *limit = &walk->limits[i];
		uint32_t hours_q = 0;
		for (uint32_t t = 0; t < walk->instance->slots_count; t++)
			hours_q += counts(walk->instance, limit, package->candidate, t) ? package->hours_q[t] : 0;
		if (walk->of[i] == package->candidate && (hours_q < limit->least_q || hours_q > limit->most_q))
			return false;
	}
	return true;
}

// A leaf's worth at the walk's prices: capacities of the site, and its candidates' best packages there, each less what the person is worth anyway.
static int64_t leaf_worth(const struct tree_walk *walk, uint32_t site)
{
	const struct carved_instance *in = walk->instance;
	const struct carved_instance_site *s = &in->sites[site];
	int64_t sum = carved_prices_coaches_value(&walk->prices, in);
	sum += walk->prices.supervision[site] * s->buddy_q + walk->prices.places[site] * s->places;
	for (uint32_t t = s->slots.first; t < s->slots.first + s->slots.count; t++)
		sum += walk->prices.slot[t] * in->slots[t].hours_q;
	for (uint32_t j = s->jobs.first; j < s->jobs.first + s->jobs.count; j++)
		sum += walk->prices.donor[j] * in->jobs[j].cap_q;
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		int64_t best = walk->decisions[c] == IN ? INT64_MIN / 1024 : walk->proof->charges[c];
		for (size_t i = 0; walk->decisions[c] != OUT && i < walk->all->count; i++) {
			const struct brute_package *package = &walk->all->packages[i];
			if (package->broken != 0 || package->candidate != c || package->site != site ||
				!keeps_limits(walk, package))
				continue;
			int64_t reduced = brute_force_reduced(walk->all, package, &walk->prices);
			if (walk->proof->rounded) // the value itself in the place of what it was rounded down from
				reduced += package->value * CARVED_MICRO - brute_force_reduced(walk->all, package, &walk->zero);
			best = reduced > best ? reduced : best;
		}
		sum += walk->decisions[c] == OUT ? 0 : best - walk->proof->charges[c];
	}
	return sum;
}

static int64_t largest_leaf(struct tree_walk *walk, uint32_t index);

static int64_t largest_below(struct tree_walk *walk, const struct carved_proof_node *node, bool is_in)
{
	enum decision before = walk->decisions[node->candidate];
	bool of_hours = node->job != CARVED_NONE;
	assert_true(before == UNDECIDED || (of_hours && before == IN));
	if (of_hours) {
		assert_true(walk->limit_count < WALK_LIMITS);
		walk->of[walk->limit_count] = node->candidate;
		walk->limits[walk->limit_count++] = (struct walk_limit){
			node->job, node->slot, node->alike, is_in ? node->hours_q + 1 : 0, is_in ? UINT32_MAX : node->hours_q};
	}
	if (is_in || !of_hours)
		walk->decisions[node->candidate] = is_in ? IN : OUT;
	int64_t largest = largest_leaf(walk, is_in ? node->in : node->out);
	walk->decisions[node->candidate] = before;
	walk->limit_count -= of_hours;
	return largest;
}

static int64_t largest_leaf(struct tree_walk *walk, uint32_t index)
{
	const struct carved_proof_node *node = &walk->proof->nodes[index];
	const struct carved_instance_site *s = &walk->instance->sites[node->site];
	if (node->candidate == CARVED_NONE) {
		const int64_t *from = walk->proof->prices + node->prices;
		memcpy(walk->prices.slot + s->slots.first, from, s->slots.count * sizeof *from);
		memcpy(walk->prices.donor + s->jobs.first, from + s->slots.count, s->jobs.count * sizeof *from);
		walk->prices.supervision[node->site] = from[s->slots.count + s->jobs.count];
		walk->prices.places[node->site] = from[s->slots.count + s->jobs.count + 1];
		memset(walk->prices.coach, 0, walk->instance->coaches_count * sizeof *from);
		memset(walk->prices.reserve, 0, walk->instance->coaches_count * sizeof *from);
		for (uint32_t i = 0; i < walk->proof->coach_count; i++) {
			const struct carved_proof_coach *of = &walk->proof->coaches[i];
			walk->prices.coach[of->coach] += of->node == index ? of->hours : 0;
			walk->prices.reserve[of->coach] += of->node == index ? of->reserve : 0;
		}
		return leaf_worth(walk, node->site);
	}
	int64_t in = largest_below(walk, node, true), out = largest_below(walk, node, false);
	return in > out ? in : out;
}

// The greatest sum of charges of people for whom all coaches have hours, by trying every set of people.
static int64_t most_charged(const struct carved_instance *in, const int64_t *charges)
{
	int64_t most = 0;
	for (uint32_t set = 0; set < 1u << in->candidates_count; set++) {
		int64_t sum = 0;
		bool fits = true;
		for (uint32_t k = 0; k < in->coaches_count; k++) {
			uint32_t all_q = 0, easy_q = 0;
			for (uint32_t c = 0; c < in->candidates_count; c++) {
				const struct carved_instance_candidate *of = &in->candidates[c];
				bool counts = of->coach == k && (set >> c & 1);
				all_q += counts ? of->coach_q : 0;
				easy_q += counts && of->easy ? of->coach_q : 0;
				sum += counts ? charges[c] : 0;
			}
			fits = fits && all_q <= in->coaches[k].hours_q && easy_q <= in->coaches[k].reserve_q;
		}
		most = fits && sum > most ? sum : most;
	}
	return most;
}

int64_t brute_proven_bound(
	const struct carved_instance *in, const struct brute_force *all, const struct carved_solution *solution)
{
	const struct carved_proof *proof = &solution->proof;
	int64_t sum = most_charged(in, proof->charges);
	for (uint32_t s = 0; s < in->sites_count; s++) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		struct tree_walk walk = {.instance = in, .all = all, .proof = proof};
		uint32_t root = 0;
		carved_prices_init(&walk.prices, in, &arena);
		carved_prices_init(&walk.zero, in, &arena);
		carved_prices_copy(&walk.prices, &solution->prices, in);
		memset(walk.prices.coach, 0, in->coaches_count * sizeof *walk.prices.coach);
		memset(walk.prices.reserve, 0, in->coaches_count * sizeof *walk.prices.reserve);
		while (root < proof->node_count && proof->nodes[root].site != s)
			root++;
		sum += root < proof->node_count ? largest_leaf(&walk, root) : leaf_worth(&walk, s);
		carved_arena_deinit(&arena);
	}
	return sum / CARVED_MICRO;
}
