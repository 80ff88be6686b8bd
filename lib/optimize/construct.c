// SPDX-License-Identifier: EUPL-1.2
// Price-guided greedy. At the dual's prices a package that belongs in the best plans has a reduced value near its candidate's best. In a plan being built,
// the room left over forbids many of those, so prices are taken lower (by a tenth where people have many sites, by half where sites hold one or two packages
// and the relaxation is far from whole numbers) and packages down to slightly below zero are accepted.
//
// The pricer is asked for (pair, room) only where it could matter: a pair's value in the empty region bounds its value in any room, and an answer stays
// true while nothing at the site changed (draft.h's version numbers). Inserting is a lazy greedy: room only shrinks while inserting, so an old value is an
// upper bound, and the top of the heap is taken once its value is fresh.
#include "construct.h"
#include <stdlib.h>

#define APPRAISAL_NODES 30      // of a pair's value in the empty region: it serves to order and to bound, so it need not be exact
#define ACCEPT_MILLIONTHS 50000 // of a candidate's mean gain: how far below zero a package may be

static int by_most(const void *a, const void *b)
{
	const struct carved_choice *left = a, *right = b;
	if (left->most != right->most)
		return left->most < right->most ? 1 : -1;
	return left->pair < right->pair ? -1 : left->pair > right->pair;
}

// The value of a pair in the empty region, or an upper bound; at most `accept` where it can't matter.
static int64_t appraise(struct carved_guide *guide, uint32_t pair)
{
	struct carved_problem *problem = guide->problem;
	const struct carved_pair_brief *of = &problem->pairs[pair];
	struct carved_price_query query = {.prices = &guide->named,
		.place_value = problem->place[of->candidate],
		.threshold = guide->accept,
		.node_limit = APPRAISAL_NODES};
	struct carved_price_result result;
	carved_price_best(problem->workspaces[0], carved_problem_pair(problem, 0, pair), &query, &result);
	guide->calls++;
	return result.bound;
}

// How much the pair's value can rise when the prices go down to the guide's.
static int64_t rise(const struct carved_guide *guide, const struct carved_bounder *bounder, uint32_t pair)
{
	const struct carved_problem *problem = guide->problem;
	const struct carved_pair_brief *of = &problem->pairs[pair];
	const struct carved_range slots = problem->instance->sites[of->site].slots;
	int64_t steepest = 0;
	for (uint32_t slot = slots.first; slot < slots.first + slots.count; slot++) {
		uint32_t donor = problem->donors + problem->instance->slots[slot].job;
		int64_t fall = bounder->prices[slot] - guide->prices[slot] + bounder->prices[donor] - guide->prices[donor];
		steepest = fall > steepest ? fall : steepest;
	}
	return steepest * of->most_q + carved_problem_fixed_charge(problem, pair, bounder->prices) -
	       carved_problem_fixed_charge(problem, pair, guide->prices);
}

static void list_choices(struct carved_guide *guide, const struct carved_bounder *bounder)
{
	const struct carved_problem *problem = guide->problem;
	uint32_t count = 0;
	for (uint32_t c = 0; c < problem->instance->candidates_count; c++) {
		struct carved_range range = problem->candidate_pairs[c];
		guide->choices_of[c].first = count;
		for (uint32_t p = range.first; p < range.first + range.count; p++) {
			if (carved_problem_is_stopped(guide->problem))
				break;
			if (carved_bounder_most(bounder, p) + rise(guide, bounder, p) <= guide->accept)
				continue;
			int64_t most = appraise(guide, p);
			if (most > guide->accept)
				guide->choices[count++] = (struct carved_choice){most, p};
		}
		guide->choices_of[c].count = count - guide->choices_of[c].first;
		qsort(guide->choices + guide->choices_of[c].first, guide->choices_of[c].count, sizeof *guide->choices, by_most);
	}
}

void carved_guide_init(struct carved_guide *guide, const struct carved_bounder *bounder, const int64_t *prices, uint32_t tenths)
{
	struct carved_problem *problem = bounder->problem;
	uint32_t candidates = problem->instance->candidates_count;
	*guide = (struct carved_guide){.problem = problem, .pool = bounder->pool};
	guide->prices = carved_alloc_array(problem->resource_count, sizeof *guide->prices);
	for (uint32_t r = 0; r < problem->resource_count; r++)
		guide->prices[r] = prices[r] / 10 * tenths;
	guide->named = carved_problem_named(problem, guide->prices);
	int64_t gains = 0;
	for (uint32_t c = 0; c < candidates; c++)
		gains += carved_problem_ceiling(problem, c) / (candidates ? candidates : 1);
	guide->accept = -(gains / CARVED_MICRO * ACCEPT_MILLIONTHS);
	guide->choices = carved_alloc_array(problem->pair_count, sizeof *guide->choices);
	guide->choices_of = carved_alloc_array(candidates, sizeof *guide->choices_of);
	guide->offers = carved_alloc_array(problem->pair_count, sizeof *guide->offers);
	list_choices(guide, bounder);
}

void carved_guide_deinit(struct carved_guide *guide)
{
	free(guide->prices);
	free(guide->choices);
	free(guide->choices_of);
	free(guide->offers);
}

// Brings the pair's offer up to date with the room at its site.
static const struct carved_offer *refresh(
	struct carved_guide *guide, const struct carved_draft *plan, uint32_t pair, int64_t threshold)
{
	struct carved_problem *problem = guide->problem;
	const struct carved_pair_brief *of = &problem->pairs[pair];
	struct carved_offer *offer = &guide->offers[pair];
	uint32_t version = plan->version[of->site] + 1;
	if (offer->version == version && (offer->column != CARVED_NONE || offer->most <= threshold))
		return offer;
	struct carved_price_query query = {.prices = &guide->named,
		.room = carved_draft_room(plan),
		.place_value = problem->place[of->candidate],
		.threshold = threshold,
		.node_limit = problem->options->budget.pricer_nodes,
		.is_stopped = carved_problem_ask_to_stop,
		.context = problem};
	struct carved_price_result result;
	carved_price_best(problem->workspaces[0], carved_problem_pair(problem, 0, pair), &query, &result);
	guide->calls++;
	bool has = result.answer == CARVED_PRICE_FOUND ||
		   (result.answer == CARVED_PRICE_LIMIT && result.package.piece_count > 0 && result.reduced > threshold);
	*offer = (struct carved_offer){version, CARVED_NONE, has ? result.reduced : threshold};
	if (has)
		offer->column = carved_columns_add(guide->pool, pair, &result.package, result.reduced, guide->prices, NULL);
	return offer;
}

static bool has_fixed_room(const struct carved_draft *plan, uint32_t candidate, uint32_t site)
{
	struct carved_use uses[CARVED_FIXED_USES];
	uint32_t count = carved_problem_fixed_uses(plan->problem, candidate, site, uses);
	for (uint32_t u = 0; u < count; u++) {
		if (uses[u].amount > plan->left[uses[u].resource])
			return false;
	}
	return true;
}

uint32_t carved_guide_find(struct carved_guide *guide, const struct carved_draft *plan, uint32_t candidate, int64_t *ret_reduced)
{
	struct carved_range range = guide->choices_of[candidate];
	uint32_t column = CARVED_NONE;
	int64_t best = guide->accept;
	for (uint32_t i = range.first; i < range.first + range.count && guide->choices[i].most > best; i++) {
		uint32_t pair = guide->choices[i].pair;
		if (!has_fixed_room(plan, candidate, guide->problem->pairs[pair].site))
			continue;
		const struct carved_offer *offer = refresh(guide, plan, pair, best);
		if (offer->column != CARVED_NONE && offer->most > best) {
			best = offer->most;
			column = offer->column;
		}
	}
	*ret_reduced = best;
	return column;
}

struct entry {
	int64_t key;
	uint32_t index; // in the caller's list
	uint32_t column;
};

static bool is_before(const struct entry *a, const struct entry *b)
{
	return a->key != b->key ? a->key > b->key : a->index < b->index;
}

static void sift_down(struct entry *heap, uint32_t count, uint32_t at)
{
	struct entry moving = heap[at];
	for (uint32_t child; (child = at * 2 + 1) < count; at = child) {
		if (child + 1 < count && is_before(&heap[child + 1], &heap[child]))
			child++;
		if (!is_before(&heap[child], &moving))
			break;
		heap[at] = heap[child];
	}
	heap[at] = moving;
}

void carved_guide_insert(
	struct carved_guide *guide, struct carved_draft *plan, const uint32_t *candidates, const int64_t *noise, uint32_t count)
{
	struct entry *heap = carved_alloc_array(count, sizeof *heap);
	uint32_t size = 0;
	for (uint32_t i = 0; i < count && !carved_problem_is_stopped(guide->problem); i++) {
		int64_t reduced;
		uint32_t column = carved_guide_find(guide, plan, candidates[i], &reduced);
		if (column != CARVED_NONE)
			heap[size++] = (struct entry){reduced + noise[i], i, column};
	}
	for (uint32_t i = size / 2; i-- > 0;)
		sift_down(heap, size, i);
	while (size > 0 && !carved_problem_is_stopped(guide->problem)) {
		int64_t reduced;
		uint32_t column = carved_guide_find(guide, plan, candidates[heap[0].index], &reduced);
		int64_t key = reduced + noise[heap[0].index];
		if (column == CARVED_NONE) {
			heap[0] = heap[--size];
		} else if (column == heap[0].column || key >= heap[0].key) {
			carved_draft_add(plan, column);
			heap[0] = heap[--size];
		} else {
			heap[0].key = key;
			heap[0].column = column;
		}
		if (size > 0)
			sift_down(heap, size, 0);
	}
	free(heap);
}
