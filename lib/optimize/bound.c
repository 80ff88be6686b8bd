// SPDX-License-Identifier: EUPL-1.2
// For any prices p >= 0 every plan is worth at most
//
//     L(p) = sum_c max(0, max_s best_cs(p)) + p . capacities                                     (weak duality)
//
// where best_cs is the best reduced value of a package of candidate c at site s: worth less p x uses. All of it is integer, in millionths of a point.
//
// Lazy evaluation. The charges for place, buddy, coach and reserve are the same for every package of a pair, so best_cs = most_cs - charges, and
// most_cs depends on the prices of quarters at s alone. Since it was computed it can have risen by max hours of c x the fall of a quarter's price at s
// (fall of a slot's price + fall of its job's, the largest over the slots); falls are added up over the evaluations, rises ignored. Pairs are priced in
// order of that upper bound, until it is no better than what the candidate has. An answer NONE at that threshold is enough for the maximum; an answer
// LIMIT counts with its bound, and is counted; the next search of that pair may go four times as far, up to budget.proof_nodes.
//
// Source: Lagrangian bounds in column generation, J. Desrosiers and M. Lubbecke, "A primer in column generation" (2005).
#include "bound.h"
#include <stdlib.h>
#include <string.h>

#define MOST_EFFORT 2 // each is four times the nodes

struct candidate_pair {
	int64_t most; // upper bound of its best reduced value
	uint32_t pair;
};

void carved_bounder_init(struct carved_bounder *bounder, struct carved_problem *problem, struct carved_columns *pool)
{
	const struct carved_instance *in = problem->instance;
	uint32_t longest = 0;
	*bounder = (struct carved_bounder){.problem = problem, .pool = pool};
	bounder->prices = carved_alloc_array(problem->resource_count, sizeof *bounder->prices);
	bounder->most = carved_alloc_array(problem->pair_count, sizeof *bounder->most);
	bounder->then = carved_alloc_array(problem->pair_count, sizeof *bounder->then);
	bounder->fallen = carved_alloc_array(in->sites_count, sizeof *bounder->fallen);
	bounder->effort = carved_alloc_array(problem->pair_count, sizeof *bounder->effort);
	bounder->gains = carved_alloc_array(in->candidates_count, sizeof *bounder->gains);
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (problem->candidate_pairs[c].count > longest)
			longest = problem->candidate_pairs[c].count;
	}
	bounder->list = carved_alloc_array(longest, sizeof *bounder->list);
	bounder->cut_short = carved_alloc_array(longest, sizeof *bounder->cut_short);
	memcpy(bounder->most, problem->pair_worth, problem->pair_count * sizeof *bounder->most);
}

void carved_bounder_deinit(struct carved_bounder *bounder)
{
	free(bounder->prices);
	free(bounder->most);
	free(bounder->then);
	free(bounder->fallen);
	free(bounder->effort);
	free(bounder->gains);
	free(bounder->list);
	free(bounder->cut_short);
}

// Moves to new prices, adding to each site's fall.
static void move(struct carved_bounder *bounder, const int64_t *prices)
{
	const struct carved_problem *problem = bounder->problem;
	const struct carved_instance *in = problem->instance;
	const int64_t *old = bounder->prices;
	for (uint32_t s = 0; s < in->sites_count; s++) {
		const struct carved_range *slots = &in->sites[s].slots;
		int64_t fall = 0;
		for (uint32_t t = slots->first; t < slots->first + slots->count; t++) {
			uint32_t donor = problem->donors + in->slots[t].job;
			int64_t of_slot = old[t] - prices[t], of_donor = old[donor] - prices[donor];
			int64_t of_quarter = of_slot + (of_donor > 0 ? of_donor : 0); // whole fills and undone tasks pay no donor
			if (of_quarter > fall)
				fall = of_quarter;
		}
		bounder->fallen[s] += fall;
	}
	memcpy(bounder->prices, prices, problem->resource_count * sizeof *prices);
}

int64_t carved_bounder_most(const struct carved_bounder *bounder, uint32_t pair)
{
	const struct carved_problem *problem = bounder->problem;
	const struct carved_pair_brief *of = &problem->pairs[pair];
	int64_t risen = of->most_q * (bounder->fallen[of->site] - bounder->then[pair]);
	return bounder->most[pair] + risen - carved_problem_fixed_charge(problem, pair, bounder->prices);
}

static void remember(struct carved_bounder *bounder, uint32_t pair, int64_t reduced)
{
	bounder->most[pair] = reduced + carved_problem_fixed_charge(bounder->problem, pair, bounder->prices);
	bounder->then[pair] = bounder->fallen[bounder->problem->pairs[pair].site];
}

static int by_most(const void *a, const void *b)
{
	const struct candidate_pair *left = a, *right = b;
	if (left->most != right->most)
		return left->most < right->most ? 1 : -1;
	return left->pair < right->pair ? -1 : left->pair > right->pair;
}

// The candidate's pairs that could beat `threshold`, best first. Returns how many.
static uint32_t list_pairs(struct carved_bounder *bounder, uint32_t candidate, int64_t threshold)
{
	struct carved_range range = bounder->problem->candidate_pairs[candidate];
	uint32_t count = 0;
	for (uint32_t p = range.first; p < range.first + range.count; p++) {
		int64_t most = carved_bounder_most(bounder, p);
		if (most > threshold)
			bounder->list[count++] = (struct candidate_pair){most, p};
	}
	qsort(bounder->list, count, sizeof *bounder->list, by_most);
	return count;
}

struct evaluation {
	struct carved_bounder *bounder;
	struct carved_prices named;
	uint32_t node_limit, columns;
	struct carved_bound *bound;
};

static void price_pair(
	const struct evaluation *evaluation, uint32_t pair, int64_t threshold, struct carved_price_result *ret_result)
{
	struct carved_problem *problem = evaluation->bounder->problem;
	const struct carved_pair_brief *of = &problem->pairs[pair];
	struct carved_price_query query = {.prices = &evaluation->named,
		.place_value = problem->place[of->candidate],
		.threshold = threshold,
		.node_limit = evaluation->node_limit,
		.is_stopped = carved_problem_ask_to_stop,
		.context = problem};
	uint64_t nodes = (uint64_t)evaluation->node_limit << 2 * evaluation->bounder->effort[pair];
	uint32_t most = problem->options->budget.proof_nodes;
	if (query.node_limit < most)
		query.node_limit = nodes < most ? (uint32_t)nodes : most;
	carved_price_best(problem->workspaces[0], carved_problem_pair(problem, 0, pair), &query, ret_result);
	remember(evaluation->bounder, pair, ret_result->bound);
}

// Keeps a package that was found. Returns whether it is new.
static bool keep(const struct evaluation *evaluation, uint32_t pair, const struct carved_price_result *result)
{
	bool is_new;
	carved_columns_add(
		evaluation->bounder->pool, pair, &result->package, result->reduced, evaluation->bounder->prices, &is_new);
	evaluation->bound->new_columns += is_new;
	return is_new;
}

// The candidate's best reduced value, or an upper bound of it. Returns false where it was stopped.
static bool evaluate_candidate(const struct evaluation *evaluation, uint32_t candidate)
{
	struct carved_bounder *bounder = evaluation->bounder;
	uint32_t column, found = 0, cut_short = 0;
	int64_t threshold = carved_columns_best(bounder->pool, candidate, bounder->prices, &column);
	int64_t best = threshold;
	uint32_t count = list_pairs(bounder, candidate, threshold);
	for (uint32_t i = 0; i < count && bounder->list[i].most > threshold; i++) {
		struct carved_price_result result;
		if (carved_problem_is_stopped(bounder->problem))
			return false;
		price_pair(evaluation, bounder->list[i].pair, threshold, &result);
		if (result.answer == CARVED_PRICE_LIMIT && result.bound > threshold) {
			bounder->cut_short[cut_short++] = result.bound;
			uint8_t *effort = &bounder->effort[bounder->list[i].pair];
			if (*effort < MOST_EFFORT)
				++*effort;
		}
		bool has = result.answer == CARVED_PRICE_FOUND ||
			   (result.answer == CARVED_PRICE_LIMIT && result.package.piece_count > 0);
		if (!has || result.reduced <= threshold)
			continue;
		found += keep(evaluation, bounder->list[i].pair, &result);
		best = result.reduced > best ? result.reduced : best;
		threshold = found >= evaluation->columns ? best : threshold;
	}
	int64_t gain = best;
	for (uint32_t i = 0; i < cut_short; i++) {
		evaluation->bound->pairs_bounded += bounder->cut_short[i] > best;
		gain = bounder->cut_short[i] > gain ? bounder->cut_short[i] : gain;
	}
	bounder->gains[candidate] = gain;
	evaluation->bound->micro += gain;
	return true;
}

bool carved_bounder_evaluate(struct carved_bounder *bounder, const int64_t *prices, uint32_t node_limit, uint32_t columns,
	struct carved_bound *ret_bound)
{
	struct carved_bound bound = {.micro = carved_problem_capacity_value(bounder->problem, prices)};
	move(bounder, prices);
	struct evaluation evaluation = {.bounder = bounder,
		.named = carved_problem_named(bounder->problem, bounder->prices),
		.node_limit = node_limit,
		.columns = columns,
		.bound = &bound};
	for (uint32_t c = 0; c < bounder->problem->instance->candidates_count; c++) {
		if (!evaluate_candidate(&evaluation, c))
			return false;
	}
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
