// SPDX-License-Identifier: EUPL-1.2
// For any prices p >= 0 every plan is worth at most
//
//     L(p) = sum_c max(0, max_s best_cs(p)) + p . capacities                                     (weak duality)
//
// where best_cs is the best reduced value of a package of candidate c at site s: worth less p x uses. All of it is integer, in millionths of a point.
//
// Lazy evaluation. The charges for place, buddy, coach and reserve are the same for every package of a pair, so best_cs = most_cs - charges, and
// most_cs depends on the prices of quarters at s alone. How much it can have risen since it was computed is told by falls.h. Pairs are priced in order of that
// upper bound, until it is no better than what the candidate has. An answer NONE at that threshold is enough for the maximum; an answer LIMIT counts with its
// bound, and is counted; the next search of that pair may go four times as far, up to the limit.
//
// Candidates are independent: the crew takes one each, reads the pool as it was before, and what was found joins it afterwards, by candidate.
//
// Source: Lagrangian bounds in column generation, J. Desrosiers and M. Lubbecke, "A primer in column generation" (2005).
#include "bound.h"
#include <stdlib.h>
#include <string.h>

#define FIRST_NODES 50 // of a search, before it has been cut short where it mattered
#define MOST_EFFORT 12 // each is four times the nodes
#define EFFORT_OF_LATER_ONES                                                                                                     \
	1 // what an evaluation leaves to the next ones: a few pairs are hard, and would be searched again and again

struct candidate_pair {
	int64_t most; // upper bound of its best reduced value
	uint32_t pair;
};

struct found {
	uint32_t pair;
	int64_t reduced;
	struct carved_package package;
	struct found *next;
};

struct bound_task {
	struct found *first, **last; // in the order in which they were found; NULL without any
	uint32_t bounded;            // pairs that count with an upper bound
};

struct bound_worker {
	struct carved_arena arena;   // of what it has found in this evaluation
	struct candidate_pair *heap; // best first
	int64_t *cut_short;
};

static uint32_t most_pairs(const struct carved_problem *problem)
{
	uint32_t most = 0;
	for (uint32_t c = 0; c < problem->instance->candidates_count; c++) {
		if (problem->candidate_pairs[c].count > most)
			most = problem->candidate_pairs[c].count;
	}
	return most;
}

void carved_bounder_init(struct carved_bounder *bounder, struct carved_problem *problem, struct carved_columns *pool)
{
	const uint32_t candidates = problem->instance->candidates_count, workers = carved_crew_threads(problem->crew);
	*bounder = (struct carved_bounder){.problem = problem, .pool = pool};
	bounder->prices = carved_alloc_array(problem->resource_count, sizeof *bounder->prices);
	carved_falls_init(&bounder->falls, problem);
	bounder->most = problem->pair_worth; // at prices of zero; from here on it changes
	bounder->when = carved_alloc_array(problem->pair_count, sizeof *bounder->when);
	bounder->effort = carved_alloc_array(problem->pair_count, sizeof *bounder->effort);
	bounder->gains = carved_alloc_array(candidates, sizeof *bounder->gains);
	bounder->tasks = carved_alloc_array(candidates, sizeof *bounder->tasks);
	bounder->workers = carved_alloc_array(workers, sizeof *bounder->workers);
	const uint32_t longest = most_pairs(problem);
	for (uint32_t w = 0; w < workers; w++) {
		bounder->workers[w].heap = carved_alloc_array(longest, sizeof *bounder->workers[w].heap);
		bounder->workers[w].cut_short = carved_alloc_array(longest, sizeof *bounder->workers[w].cut_short);
	}
}

void carved_bounder_deinit(struct carved_bounder *bounder)
{
	for (uint32_t w = 0; w < carved_crew_threads(bounder->problem->crew); w++) {
		carved_arena_deinit(&bounder->workers[w].arena);
		free(bounder->workers[w].heap);
		free(bounder->workers[w].cut_short);
	}
	carved_falls_deinit(&bounder->falls);
	free(bounder->workers);
	free(bounder->tasks);
	free(bounder->prices);
	free(bounder->when);
	free(bounder->effort);
	free(bounder->gains);
}

// What is known of a pair, moved to the prices at hand.
static int64_t most_now(const struct carved_bounder *bounder, uint32_t pair)
{
	const struct carved_pair_brief *of = &bounder->problem->pairs[pair];
	return bounder->most[pair] + carved_falls_rise(&bounder->falls, bounder->when[pair], of->site, of->most_q);
}

int64_t carved_bounder_most(const struct carved_bounder *bounder, uint32_t pair)
{
	return most_now(bounder, pair) - carved_problem_fixed_charge(bounder->problem, pair, bounder->prices);
}

static void move(struct carved_bounder *bounder, const int64_t *prices)
{
	if (carved_falls_is_full(&bounder->falls)) {
		for (uint32_t p = 0; p < bounder->problem->pair_count; p++) {
			bounder->most[p] = most_now(bounder, p);
			bounder->when[p] = 0;
		}
		carved_falls_restart(&bounder->falls);
	}
	carved_falls_move(&bounder->falls, prices);
	memcpy(bounder->prices, prices, bounder->problem->resource_count * sizeof *prices);
}

// Keeps the better one of two bounds: what is known of the pair, and what a search has just shown. A search that was cut short can be the worse one.
static void remember(struct carved_bounder *bounder, uint32_t pair, int64_t reduced)
{
	const int64_t known = most_now(bounder, pair),
		      shown = reduced + carved_problem_fixed_charge(bounder->problem, pair, bounder->prices);
	bounder->most[pair] = shown < known ? shown : known;
	bounder->when[pair] = (uint8_t)bounder->falls.now;
}

// ---- the pairs of one candidate that could matter, best first

static bool is_before(const struct candidate_pair *a, const struct candidate_pair *b)
{
	return a->most != b->most ? a->most > b->most : a->pair < b->pair;
}

static void sink(struct candidate_pair *heap, uint32_t count, uint32_t at)
{
	const struct candidate_pair moving = heap[at];
	for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && is_before(&heap[child + 1], &heap[child]))
			child++;
		if (!is_before(&heap[child], &moving))
			break;
		heap[at] = heap[child];
	}
	heap[at] = moving;
}

static void add(struct candidate_pair *heap, uint32_t count, struct candidate_pair added)
{
	uint32_t at = count;
	for (; at > 0 && is_before(&added, &heap[(at - 1) / 2]); at = (at - 1) / 2)
		heap[at] = heap[(at - 1) / 2];
	heap[at] = added;
}

// Those that could beat `threshold`, as a heap. Returns how many.
static uint32_t gather(const struct carved_bounder *bounder, uint32_t candidate, int64_t threshold, struct candidate_pair *heap)
{
	const struct carved_range range = bounder->problem->candidate_pairs[candidate];
	uint32_t count = 0;
	for (uint32_t p = range.first; p < range.first + range.count; p++) {
		int64_t most = carved_bounder_most(bounder, p);
		if (most > threshold)
			heap[count++] = (struct candidate_pair){most, p};
	}
	for (uint32_t i = count / 2; i-- > 0;)
		sink(heap, count, i);
	return count;
}

// ---- one candidate

struct evaluation {
	struct carved_bounder *bounder;
	struct carved_prices named;
	uint32_t node_limit, columns;
	int64_t negligible;
};

// How many nodes the pair's next search may take.
static uint32_t nodes_of(const struct evaluation *evaluation, uint32_t pair)
{
	const uint64_t nodes = (uint64_t)FIRST_NODES << 2 * evaluation->bounder->effort[pair];
	return nodes < evaluation->node_limit ? (uint32_t)nodes : evaluation->node_limit;
}

static void price_pair(const struct evaluation *evaluation, uint32_t worker, uint32_t pair, int64_t threshold,
	struct carved_price_result *ret_result)
{
	struct carved_problem *problem = evaluation->bounder->problem;
	const struct carved_price_query query = {.prices = &evaluation->named,
		.place_value = problem->place[problem->pairs[pair].candidate],
		.threshold = threshold,
		.node_limit = nodes_of(evaluation, pair),
		.is_stopped = carved_problem_ask_to_stop,
		.context = problem};
	carved_price_best(problem->workspaces[worker], carved_problem_pair(problem, worker, pair), &query, ret_result);
	remember(evaluation->bounder, pair, ret_result->bound);
}

static void keep(struct bound_task *task, struct carved_arena *arena, uint32_t pair, const struct carved_price_result *result)
{
	struct found *found = carved_arena_alloc(arena, sizeof *found);
	const uint32_t count = result->package.piece_count;
	*found = (struct found){.pair = pair, .reduced = result->reduced, .package = result->package};
	struct carved_piece *pieces = carved_arena_array(arena, struct carved_piece, count);
	found->package.pieces = pieces;
	memcpy(pieces, result->package.pieces, count * sizeof *pieces);
	*task->last = found;
	task->last = &found->next;
}

// One candidate under way.
struct quest {
	struct bound_task *task;
	struct bound_worker *own;
	uint32_t count, cut_short, found; // in the heap; pairs whose bound counts; packages
	int64_t threshold, best;
};

// A search was cut short above the threshold. It is done again with more nodes, or its bound counts.
static void meet_limit(const struct evaluation *evaluation, struct quest *quest, struct candidate_pair limited)
{
	uint8_t *effort = &evaluation->bounder->effort[limited.pair];
	const bool more = nodes_of(evaluation, limited.pair) < evaluation->node_limit;
	if (more && limited.most - quest->best > evaluation->negligible && *effort < MOST_EFFORT) {
		++*effort;
		add(quest->own->heap, quest->count++, limited);
	} else {
		*effort = EFFORT_OF_LATER_ONES;
		quest->own->cut_short[quest->cut_short++] = limited.most;
	}
}

static void try_best_pair(const struct evaluation *evaluation, uint32_t worker, struct quest *quest)
{
	struct candidate_pair *heap = quest->own->heap, top = heap[0];
	struct carved_price_result result;
	heap[0] = heap[--quest->count];
	sink(heap, quest->count, 0);
	price_pair(evaluation, worker, top.pair, quest->threshold, &result);
	top.most = result.bound < top.most ? result.bound : top.most;
	bool has = result.answer == CARVED_PRICE_FOUND || (result.answer == CARVED_PRICE_LIMIT && result.package.piece_count > 0);
	if (has && result.reduced > quest->best)
		quest->best = result.reduced;
	if (has && result.reduced > quest->threshold) {
		keep(quest->task, &quest->own->arena, top.pair, &result);
		quest->threshold = ++quest->found >= evaluation->columns ? quest->best : quest->threshold;
	}
	if (result.answer == CARVED_PRICE_LIMIT && top.most > quest->threshold)
		meet_limit(evaluation, quest, top);
}

// The candidate's best reduced value, or an upper bound of it.
static void evaluate_candidate(void *context, uint32_t worker, uint32_t candidate)
{
	const struct evaluation *evaluation = context;
	struct carved_bounder *bounder = evaluation->bounder;
	struct quest quest = {.task = &bounder->tasks[candidate], .own = &bounder->workers[worker]};
	uint32_t column;
	*quest.task = (struct bound_task){.last = &quest.task->first};
	quest.best = quest.threshold = carved_columns_best(bounder->pool, candidate, bounder->prices, &column);
	quest.count = gather(bounder, candidate, quest.threshold, quest.own->heap);
	while (quest.count > 0 && quest.own->heap[0].most > quest.threshold && !carved_problem_is_stopped(bounder->problem))
		try_best_pair(evaluation, worker, &quest);
	int64_t gain = quest.best;
	for (uint32_t i = 0; i < quest.cut_short; i++) {
		quest.task->bounded += quest.own->cut_short[i] > quest.best;
		gain = quest.own->cut_short[i] > gain ? quest.own->cut_short[i] : gain;
	}
	bounder->gains[candidate] = gain;
}

// ---- all of them

// Puts together what the crew has found, by candidate, so that nothing depends on who found it when.
static void merge(struct carved_bounder *bounder, struct carved_bound *bound)
{
	for (uint32_t c = 0; c < bounder->problem->instance->candidates_count; c++) {
		bound->micro += bounder->gains[c];
		bound->pairs_bounded += bounder->tasks[c].bounded;
		for (const struct found *found = bounder->tasks[c].first; found; found = found->next) {
			bool is_new;
			carved_columns_add(bounder->pool, found->pair, &found->package, found->reduced, bounder->prices, &is_new);
			bound->new_columns += is_new;
		}
	}
	for (uint32_t w = 0; w < carved_crew_threads(bounder->problem->crew); w++)
		carved_arena_deinit(&bounder->workers[w].arena);
}

bool carved_bounder_evaluate(struct carved_bounder *bounder, const int64_t *prices, uint32_t node_limit, int64_t negligible,
	uint32_t columns, struct carved_bound *ret_bound)
{
	struct carved_bound bound = {.micro = carved_problem_capacity_value(bounder->problem, prices)};
	move(bounder, prices);
	struct evaluation evaluation = {.bounder = bounder,
		.named = carved_problem_named(bounder->problem, bounder->prices),
		.node_limit = node_limit,
		.columns = columns,
		.negligible = negligible};
	carved_crew_run(bounder->problem->crew, bounder->problem->instance->candidates_count, evaluate_candidate, &evaluation);
	merge(bounder, &bound); // packages that were found before a stop are packages too
	if (carved_problem_is_stopped_now(bounder->problem))
		return false;
	*ret_bound = bound;
	return true;
}

void carved_bound_without_search(const struct carved_problem *problem, struct carved_bound *ret_bound)
{
	const struct carved_instance *in = problem->instance;
	*ret_bound = (struct carved_bound){0};
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (!in->candidates[c].matchable)
			continue;
		ret_bound->micro += carved_problem_ceiling(problem, c);
		ret_bound->pairs_bounded += in->sites_count;
	}
}
