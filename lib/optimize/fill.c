// SPDX-License-Identifier: EUPL-1.2
// A package's score is
//
//     worth - a x (prices of its slots and donors) - b x (prices of place, buddy, coach and reserve)
//
// at the dual's prices. With a = b = 1 it is the reduced value, by which packages of the best plans are near their person's best. But a plan being mended has
// odd room to fill: sometimes hours are left over and nobody else wants them (a small package would waste them: low a), sometimes one more person would fit if
// all took fewer hours (high a). So the parts a and b are the caller's to throw anew, round by round.
//
// Two ways to find a person's best package in the room that is left:
//
//   known    over the packages that the pool has for the pair. What they pay is kept beside them, so a look takes a few nanoseconds, and a round of ruin and
//            recreate some ten microseconds
//   priced   by the exact pricer at one of a few levels of a. A thousand times slower, but it finds the shape that just fits, and the pool keeps it for ever.
//            An answer stays true while nothing at the site changed (draft.h's version numbers)
//
// A search that prices one round in fifty learns nearly as fast as one that always does, and makes twenty times as many rounds.
//
// Most prospects are passed over without a look at their packages. The best score over some packages is a convex function of a, so between two a it lies below the
// straight line: between a = 0 and a = 1 for all packages of the pair, whose best reduced value the bound has; between a = 0 and the largest a for those on the shelf.
//
// Inserting is a lazy greedy: room only shrinks meanwhile, so a person's best package stays the best while it fits.
#include "fill.h"
#include "pricing.h"
#include <stdlib.h>
#include <string.h>

#define NODES 30               // of a pricing: more than nine in ten end before that
#define REACH_THOUSANDTHS 500  // of a mean ceiling: how far below a person's best site a site may be and still be a prospect
#define ACCEPT_THOUSANDTHS 100 // of a mean ceiling: how far below zero a score may be
#define PROSPECTS_MOST 60      // of a person: more cost time and bring nothing
#define LEVELS_PER_WHOLE 5     // parts of the levels: 1/5, 2/5, ... 6/5
#define NONE_KNOWN (INT64_MIN / 8192)
#define ROUNDED (4 * CARVED_FILL_WHOLE) // micro: what rounding parts can come to

struct carved_fill_entry {
	int64_t key;
	uint32_t index; // in the caller's list
	uint32_t column;
};

static int by_reduced_value(const void *a, const void *b)
{
	const struct carved_prospect *left = a, *right = b;
	int64_t of_left = left->most_net - left->charge, of_right = right->most_net - right->charge;
	if (of_left != of_right)
		return of_left < of_right ? 1 : -1;
	return left->pair < right->pair ? -1 : left->pair > right->pair;
}

static int64_t mean_ceiling(const struct carved_bounder *bounder)
{
	const struct carved_problem *problem = bounder->problem;
	int64_t sum = 0, count = 0;
	for (uint32_t c = 0; c < problem->instance->candidates_count; c++) {
		if (problem->candidate_pairs[c].count > 0) {
			sum += carved_problem_ceiling(problem, c) / CARVED_MICRO;
			count++;
		}
	}
	return count > 0 ? sum / count * CARVED_MICRO : 0;
}

static void list_prospects(struct carved_fill *fill, const struct carved_bounder *bounder, int64_t reach)
{
	const struct carved_problem *problem = fill->problem;
	uint32_t candidates = problem->instance->candidates_count;
	fill->prospects_of = carved_alloc_array(candidates, sizeof *fill->prospects_of);
	fill->prospects = carved_alloc_array(problem->pair_count, sizeof *fill->prospects);
	for (uint32_t c = 0; c < candidates; c++) {
		struct carved_range range = problem->candidate_pairs[c];
		struct carved_prospect *of = fill->prospects + fill->prospect_count;
		int64_t ceiling = carved_problem_ceiling(problem, c);
		uint32_t count = 0;
		for (uint32_t p = range.first; p < range.first + range.count; p++) {
			int64_t most = carved_bounder_most(bounder, p);
			if (most < -reach || most < bounder->gains[c] - reach)
				continue;
			int64_t charge = carved_problem_fixed_charge(problem, p, fill->prices);
			of[count++] = (struct carved_prospect){.charge = charge,
				.most = ceiling,
				.most_net = most + charge,
				.known = NONE_KNOWN,
				.known_net = NONE_KNOWN,
				.pair = p};
		}
		qsort(of, count, sizeof *of, by_reduced_value);
		count = count < PROSPECTS_MOST ? count : PROSPECTS_MOST;
		fill->prospects_of[c] = (struct carved_range){fill->prospect_count, count};
		fill->prospect_count += count;
	}
	fill->prospects = carved_realloc_array(fill->prospects, fill->prospect_count, sizeof *fill->prospects);
	fill->prospect_of = carved_alloc_array(problem->pair_count, sizeof *fill->prospect_of);
	memset(fill->prospect_of, 0xFF, problem->pair_count * sizeof *fill->prospect_of);
	fill->site = carved_alloc_array(fill->prospect_count, sizeof *fill->site);
	for (uint32_t i = 0; i < fill->prospect_count; i++) {
		fill->prospect_of[fill->prospects[i].pair] = i;
		fill->site[i] = problem->pairs[fill->prospects[i].pair].site;
	}
}

uint32_t carved_fill_part_of_level(uint32_t level)
{
	return (level + 1) * CARVED_FILL_WHOLE / LEVELS_PER_WHOLE;
}

static void init_levels(struct carved_fill *fill)
{
	const struct carved_problem *problem = fill->problem;
	for (uint32_t level = 0; level < CARVED_FILL_LEVELS; level++) {
		int64_t *prices = carved_alloc_array(problem->resource_count, sizeof *prices);
		for (uint32_t r = 0; r < problem->supervision; r++) // slots and donors; the rest is charged by the score
			prices[r] = fill->prices[r] / CARVED_FILL_WHOLE * carved_fill_part_of_level(level);
		fill->level_prices[level] = prices;
		fill->offers[level] = carved_alloc_array(fill->prospect_count, sizeof *fill->offers[level]);
	}
}

void carved_fill_init(
	struct carved_fill *fill, const struct carved_bounder *bounder, const int64_t *prices, struct carved_draft *plan)
{
	struct carved_problem *problem = bounder->problem;
	int64_t ceiling = mean_ceiling(bounder);
	*fill = (struct carved_fill){.problem = problem, .pool = bounder->pool, .plan = plan, .prices = prices};
	fill->accept = -(ceiling / 1000 * ACCEPT_THOUSANDTHS);
	list_prospects(fill, bounder, ceiling / 1000 * REACH_THOUSANDTHS);
	init_levels(fill);
	fill->heap = carved_alloc_array(problem->instance->candidates_count, sizeof *fill->heap);
	fill->manner = (struct carved_fill_manner){CARVED_FILL_WHOLE, CARVED_FILL_WHOLE, CARVED_NONE};
}

void carved_fill_deinit(struct carved_fill *fill)
{
	for (uint32_t i = 0; i < fill->prospect_count; i++)
		free(fill->prospects[i].shelf);
	for (uint32_t level = 0; level < CARVED_FILL_LEVELS; level++) {
		free(fill->level_prices[level]);
		free(fill->offers[level]);
	}
	free(fill->prospects);
	free(fill->site);
	free(fill->prospects_of);
	free(fill->prospect_of);
	free(fill->heap);
}

void carved_fill_init_beside(struct carved_fill *fill, const struct carved_fill *of, struct carved_draft *plan)
{
	*fill = *of;
	fill->plan = plan;
	fill->is_beside = true;
	fill->heap = carved_alloc_array(of->problem->instance->candidates_count, sizeof *fill->heap);
}

void carved_fill_forget_offers(struct carved_fill *fill)
{
	for (uint32_t level = 0; level < CARVED_FILL_LEVELS; level++)
		memset(fill->offers[level], 0, fill->prospect_count * sizeof *fill->offers[level]);
}

void carved_fill_deinit_beside(struct carved_fill *fill)
{
	free(fill->heap);
}

static int64_t part_of(int64_t charge, uint32_t part)
{
	return charge / CARVED_FILL_WHOLE * part;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void shelve(struct carved_fill *fill, uint32_t column)
{
	const struct carved_column *of = &fill->pool->columns[column];
	const struct carved_use *uses = carved_columns_uses(fill->pool, of);
	uint32_t number = fill->prospect_of[of->pair];
	if (number == CARVED_NONE)
		return;
	struct carved_prospect *prospect = &fill->prospects[number];
	int64_t charge = 0;
	uint32_t use_count = 0; // slots and donors come first
	for (; use_count < of->use_count && uses[use_count].resource < fill->problem->supervision; use_count++)
		charge += fill->prices[uses[use_count].resource] * uses[use_count].amount;
	if (prospect->shelf_count == prospect->shelf_capacity) {
		prospect->shelf_capacity = prospect->shelf_capacity ? prospect->shelf_capacity * 2 : 4;
		prospect->shelf = carved_realloc_array(prospect->shelf, prospect->shelf_capacity, sizeof *prospect->shelf);
	}
	prospect->shelf[prospect->shelf_count++] = (struct carved_known){of->worth, charge, column, of->first, use_count};
	prospect->known = larger(prospect->known, of->worth);
	prospect->known_net = larger(prospect->known_net, of->worth - part_of(charge, CARVED_FILL_PART_MOST));
}

void carved_fill_take_up(struct carved_fill *fill)
{
	for (; fill->shelved < fill->pool->count; fill->shelved++)
		shelve(fill, fill->shelved);
}

void carved_fill_set_manner(struct carved_fill *fill, const struct carved_fill_manner *manner)
{
	fill->manner = *manner;
	if (!fill->is_beside)
		carved_fill_take_up(fill);
}

// An upper bound of the prospect's score in this manner.
static int64_t most_of(const struct carved_fill *fill, const struct carved_prospect *prospect)
{
	int64_t part = fill->manner.hours_part, most;
	if (fill->manner.level == CARVED_NONE)
		most = prospect->known + (prospect->known_net - prospect->known) / CARVED_FILL_PART_MOST * part;
	else if (part < CARVED_FILL_WHOLE)
		most = prospect->most + (prospect->most_net - prospect->most) / CARVED_FILL_WHOLE * part;
	else
		most = prospect->most_net;
	return most + ROUNDED - part_of(prospect->charge, fill->manner.fixed_part);
}

// A person's best package so far.
struct best {
	int64_t score;
	uint32_t column;
};

static bool fits(const struct carved_fill *fill, const struct carved_known *known)
{
	const struct carved_use *uses = fill->pool->uses + known->first;
	const uint32_t *left = fill->plan->left;
	for (uint32_t u = 0; u < known->use_count; u++) {
		if (uses[u].amount > left[uses[u].resource])
			return false;
	}
	return true;
}

static void look_up(const struct carved_fill *fill, const struct carved_prospect *prospect, int64_t fixed, struct best *best)
{
	for (uint32_t i = 0; i < prospect->shelf_count; i++) {
		const struct carved_known *known = &prospect->shelf[i];
		int64_t score = known->worth - part_of(known->charge, fill->manner.hours_part) - fixed;
		if (score > best->score && fits(fill, known))
			*best = (struct best){score, known->column};
	}
}

static void price(struct carved_fill *fill, uint32_t number, int64_t fixed, struct best *best)
{
	const struct carved_prospect *prospect = &fill->prospects[number];
	uint32_t level = fill->manner.level, version = fill->plan->version[fill->site[number]] + 1;
	struct carved_fill_offer *offer = &fill->offers[level][number];
	if (offer->version != version || (offer->column == CARVED_NONE && offer->most - fixed > best->score)) {
		const struct carved_pricing pricing = {
			fill->problem, fill->worker, fill->level_prices[level], fill->plan->left, NODES};
		const int64_t threshold = best->score + fixed;
		struct carved_price_result result;
		const bool has = carved_pricing_best(&pricing, prospect->pair, threshold, &result);
		fill->calls++;
		if (has && fill->is_beside && !carved_columns_has_room(fill->pool, result.package.piece_count))
			return; // not now: there is room again in the next turn
		*offer = (struct carved_fill_offer){version, CARVED_NONE, has ? result.reduced : threshold};
		if (has)
			offer->column = carved_columns_add(
				fill->pool, prospect->pair, &result.package, result.reduced, fill->level_prices[level], NULL);
	}
	if (offer->column != CARVED_NONE && offer->most - fixed > best->score)
		*best = (struct best){offer->most - fixed, offer->column};
}

static bool has_coach(const struct carved_draft *plan, const struct carved_instance_candidate *person)
{
	const struct carved_problem *problem = plan->problem;
	if (person->coach_q > plan->left[problem->coaches + person->coach])
		return false;
	return !person->easy ||
	       person->coach_q <= plan->left[problem->reserves + person->coach]; // no limit is the largest number
}

// The person's best package in the room that the plan leaves.
static struct best find(struct carved_fill *fill, uint32_t candidate)
{
	const struct carved_instance_candidate *person = &fill->problem->instance->candidates[candidate];
	const uint32_t *places = fill->plan->left + fill->problem->places, *buddy = fill->plan->left + fill->problem->supervision;
	struct carved_range range = fill->prospects_of[candidate];
	struct best best = {fill->accept, CARVED_NONE};
	if (!has_coach(fill->plan, person))
		return best;
	for (uint32_t i = range.first; i < range.first + range.count; i++) {
		if (places[fill->site[i]] == 0 || buddy[fill->site[i]] < person->buddy_q)
			continue; // most sites, as a rule
		const struct carved_prospect *prospect = &fill->prospects[i];
		if (most_of(fill, prospect) <= best.score)
			continue;
		int64_t fixed = part_of(prospect->charge, fill->manner.fixed_part);
		if (fill->manner.level == CARVED_NONE)
			look_up(fill, prospect, fixed, &best);
		else
			price(fill, i, fixed, &best);
	}
	return best;
}

static bool is_before(const struct carved_fill_entry *a, const struct carved_fill_entry *b)
{
	return a->key != b->key ? a->key > b->key : a->index < b->index;
}

static void sift_down(struct carved_fill_entry *heap, uint32_t count, uint32_t at)
{
	struct carved_fill_entry moving = heap[at];
	for (uint32_t child; (child = at * 2 + 1) < count; at = child) {
		if (child + 1 < count && is_before(&heap[child + 1], &heap[child]))
			child++;
		if (!is_before(&heap[child], &moving))
			break;
		heap[at] = heap[child];
	}
	heap[at] = moving;
}

void carved_fill_insert(struct carved_fill *fill, const uint32_t *people, const int64_t *noise, uint32_t count)
{
	struct carved_fill_entry *heap = fill->heap;
	uint32_t size = 0;
	for (uint32_t i = 0; i < count && !fill->problem->stopped; i++) {
		struct best best = find(fill, people[i]);
		if (best.column != CARVED_NONE)
			heap[size++] = (struct carved_fill_entry){best.score + noise[i], i, best.column};
	}
	for (uint32_t i = size / 2; i-- > 0;)
		sift_down(heap, size, i);
	while (size > 0) {
		if (carved_draft_fits(fill->plan, heap[0].column)) {
			carved_draft_add(fill->plan, heap[0].column);
			heap[0] = heap[--size];
		} else {
			struct best best = find(fill, people[heap[0].index]);
			if (best.column == CARVED_NONE)
				heap[0] = heap[--size];
			else
				heap[0] =
					(struct carved_fill_entry){best.score + noise[heap[0].index], heap[0].index, best.column};
		}
		if (size > 0)
			sift_down(heap, size, 0);
	}
}
