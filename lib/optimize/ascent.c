// SPDX-License-Identifier: EUPL-1.2
// Minimise over p >= 0 the dual function of the pool Q of packages known
//
//     L_Q(p) = p . b + sum_c max(0, max_{q in Q of c} w_q - p x_q)
//
// which is convex and piecewise linear; b - (uses of the best package of each c) is a subgradient g at p. Steps go along an averaged subgradient d:
//
//     p_i <- max(0, p_i - step D_i d_i),   step = theta (L_Q(p) - target) / sum_i D_i d_i^2,   target = best (1 - delta)
//
// D_i scales each resource: typical price of its kind / units in play, so that a step changes every price in proportion to how far its use is off, relative
// to what there is. delta is halved after a run of iterations without a better point, and the walk goes on from the best.
//
// Sources: B. T. Polyak's step with an estimated target; averaged subgradients after F. Barahona and R. Anbil, "The volume algorithm" (2000).
#include "ascent.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AVERAGE 0.75     // weight of the old direction
#define FIRST_DELTA 0.02 // how far below the best the target begins
#define LAST_DELTA 2e-5
#define PATIENCE 40      // iterations without a better point before delta is halved
#define CHUNK 128        // candidates that a worker takes at a time
#define CREW_FROM 200000 // uses; with fewer the crew takes longer to gather than to work

// The pool as runs of memory in candidate order: the inner loop reads it from front to back.
struct flat {
	uint32_t *columns_to; // per candidate: end of its columns
	uint32_t *uses_to;    // per column: end of its uses
	double *worth;        // points
	struct carved_use *uses;
	uint32_t use_count;
};

// What a candidate takes at the present price.
struct pick {
	double gain;
	uint32_t from, to; // uses; none where nothing gains
};

struct ascent {
	struct carved_problem *problem;
	const struct carved_columns *pool;
	uint32_t candidates;
	uint32_t count;              // resources in use by some column; only those move
	uint32_t *resources, *local; // number of each, and the other way round
	double *capacity, *scale;
	double *price, *best, *direction, *slack;
	struct flat flat;
	struct pick *picks; // per candidate
};

static uint32_t kind_of(const struct carved_problem *problem, uint32_t resource)
{
	const uint32_t firsts[] = {
		problem->donors, problem->supervision, problem->places, problem->coaches, problem->reserves, UINT32_MAX};
	uint32_t kind = 0;
	while (resource >= firsts[kind])
		kind++;
	return kind;
}

// Typical price of a kind: all that the packages which use it are worth, over all that they use of it.
static void find_scales(struct ascent *ascent)
{
	const struct carved_columns *pool = ascent->pool;
	double worth[6] = {0}, amount[6] = {0};
	for (uint32_t q = 0; q < pool->count; q++) {
		const struct carved_use *uses = carved_columns_uses(pool, &pool->columns[q]);
		uint32_t counted = 0; // kinds, as bits
		for (uint32_t u = 0; u < pool->columns[q].use_count; u++) {
			uint32_t kind = kind_of(ascent->problem, uses[u].resource);
			amount[kind] += uses[u].amount;
			worth[kind] += counted >> kind & 1 ? 0 : (double)pool->columns[q].worth / CARVED_MICRO;
			counted |= 1u << kind;
		}
	}
	for (uint32_t i = 0; i < ascent->count; i++) {
		uint32_t kind = kind_of(ascent->problem, ascent->resources[i]);
		ascent->scale[i] = worth[kind] / (amount[kind] * (ascent->capacity[i] + 1));
	}
}

static void number_resources(struct ascent *ascent)
{
	const uint32_t all = ascent->problem->resource_count;
	ascent->local = carved_alloc_array(all, sizeof *ascent->local);
	ascent->resources = carved_alloc_array(all, sizeof *ascent->resources);
	memset(ascent->local, 0xFF, all * sizeof *ascent->local);
	for (uint32_t u = 0; u < ascent->pool->use_count; u++)
		ascent->local[ascent->pool->uses[u].resource] = 0;
	for (uint32_t r = 0; r < all; r++) {
		if (ascent->local[r] == 0) {
			ascent->local[r] = ascent->count;
			ascent->resources[ascent->count++] = r;
		}
	}
}

static void init(struct ascent *ascent, struct carved_problem *problem, const struct carved_columns *pool, const int64_t *start)
{
	*ascent = (struct ascent){.problem = problem, .pool = pool, .candidates = problem->instance->candidates_count};
	number_resources(ascent);
	double **vectors[] = {
		&ascent->capacity, &ascent->scale, &ascent->price, &ascent->best, &ascent->direction, &ascent->slack};
	for (size_t v = 0; v < sizeof vectors / sizeof *vectors; v++)
		*vectors[v] = carved_alloc_array(ascent->count, sizeof **vectors[v]);
	ascent->picks = carved_alloc_array(ascent->candidates, sizeof *ascent->picks);
	for (uint32_t i = 0; i < ascent->count; i++) {
		ascent->capacity[i] = problem->capacity[ascent->resources[i]];
		ascent->price[i] = ascent->best[i] = (double)start[ascent->resources[i]] / CARVED_MICRO;
	}
	find_scales(ascent);
}

static void deinit(struct ascent *ascent)
{
	void *owned[] = {ascent->resources, ascent->local, ascent->capacity, ascent->scale, ascent->price, ascent->best,
		ascent->direction, ascent->slack, ascent->picks, ascent->flat.columns_to, ascent->flat.uses_to,
		ascent->flat.worth, ascent->flat.uses};
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
}

static void flatten(struct ascent *ascent)
{
	const struct carved_columns *pool = ascent->pool;
	struct flat *flat = &ascent->flat;
	uint32_t columns = 0;
	flat->columns_to = carved_alloc_array(ascent->candidates, sizeof *flat->columns_to);
	flat->uses_to = carved_alloc_array(pool->count, sizeof *flat->uses_to);
	flat->worth = carved_alloc_array(pool->count, sizeof *flat->worth);
	flat->uses = carved_alloc_array(pool->use_count, sizeof *flat->uses);
	for (uint32_t c = 0; c < ascent->candidates; c++) {
		for (uint32_t q = pool->of_candidate[c]; q != CARVED_NONE; q = pool->columns[q].next) {
			const struct carved_column *column = &pool->columns[q];
			const struct carved_use *of = carved_columns_uses(pool, column);
			for (uint32_t u = 0; u < column->use_count; u++)
				flat->uses[flat->use_count++] = (struct carved_use){ascent->local[of[u].resource], of[u].amount};
			flat->worth[columns] = (double)column->worth / CARVED_MICRO;
			flat->uses_to[columns++] = flat->use_count;
		}
		flat->columns_to[c] = columns;
	}
}

// ---- the walk

// What each candidate of the chunk takes at the present price.
static void pick_chunk(void *context, uint32_t worker, uint32_t chunk)
{
	struct ascent *ascent = context;
	const struct flat *flat = &ascent->flat;
	const double *price = ascent->price;
	const uint32_t first = chunk * CHUNK, left = ascent->candidates - first, end = first + (left < CHUNK ? left : CHUNK);
	uint32_t column = first ? flat->columns_to[first - 1] : 0, use = column ? flat->uses_to[column - 1] : 0;
	(void)worker;
	for (uint32_t c = first; c < end; c++) {
		struct pick pick = {.gain = 0};
		for (; column < flat->columns_to[c]; column++) {
			const uint32_t from = use;
			double reduced = flat->worth[column];
			for (; use < flat->uses_to[column]; use++)
				reduced -= price[flat->uses[use].resource] * flat->uses[use].amount;
			if (reduced > pick.gain)
				pick = (struct pick){reduced, from, use};
		}
		ascent->picks[c] = pick;
	}
}

// L_Q at the present price; its subgradient goes to `slack`. Sums run in one order, however many threads there are.
static double evaluate(struct ascent *ascent)
{
	const struct flat *flat = &ascent->flat;
	const uint32_t chunks = (ascent->candidates + CHUNK - 1) / CHUNK;
	double value = 0;
	if (flat->use_count >= CREW_FROM) {
		carved_crew_run(ascent->problem->crew, chunks, pick_chunk, ascent);
	} else {
		for (uint32_t chunk = 0; chunk < chunks; chunk++)
			pick_chunk(ascent, 0, chunk);
	}
	for (uint32_t i = 0; i < ascent->count; i++) {
		value += ascent->price[i] * ascent->capacity[i];
		ascent->slack[i] = ascent->capacity[i];
	}
	for (uint32_t c = 0; c < ascent->candidates; c++) {
		const struct pick *pick = &ascent->picks[c];
		value += pick->gain;
		for (uint32_t u = pick->from; u < pick->to; u++)
			ascent->slack[flat->uses[u].resource] -= flat->uses[u].amount;
	}
	return value;
}

static void step(struct ascent *ascent, double value, double target)
{
	double norm =
		0; // of the subgradient: the average can be short by cancelling out, and steps along it are not to grow from that
	for (uint32_t i = 0; i < ascent->count; i++) {
		double g = ascent->slack[i];
		ascent->direction[i] = AVERAGE * ascent->direction[i] + (1 - AVERAGE) * g;
		if (ascent->price[i] > 0 || g < 0) // a price of zero that wants to fall does not move
			norm += ascent->scale[i] * g * g;
	}
	double length = norm > 0 ? (value - target) / norm : 0;
	for (uint32_t i = 0; i < ascent->count; i++) {
		double moved = ascent->price[i] - length * ascent->scale[i] * ascent->direction[i];
		ascent->price[i] = moved > 0 ? moved : 0;
	}
}

static void go_back(struct ascent *ascent)
{
	memcpy(ascent->price, ascent->best, ascent->count * sizeof *ascent->price);
	memset(ascent->direction, 0, ascent->count * sizeof *ascent->direction);
}

static void round_prices(const struct ascent *ascent, int64_t *ret_prices)
{
	memset(ret_prices, 0, ascent->problem->resource_count * sizeof *ret_prices);
	for (uint32_t i = 0; i < ascent->count; i++)
		ret_prices[ascent->resources[i]] = llround(ascent->best[i] * CARVED_MICRO);
}

int64_t carved_ascent_run(struct carved_problem *problem, const struct carved_columns *pool, const int64_t *start,
	uint32_t iterations, int64_t *ret_prices)
{
	struct ascent ascent;
	init(&ascent, problem, pool, start);
	flatten(&ascent);
	double best = INFINITY, delta = FIRST_DELTA;
	uint32_t waited = 0;
	for (uint32_t i = 0; i < iterations && delta > LAST_DELTA && !carved_problem_is_stopped(problem); i++) {
		double value = evaluate(&ascent);
		if (value < best) {
			waited = value < best * (1 - delta / 50) ? 0 : waited + 1;
			best = value;
			memcpy(ascent.best, ascent.price, ascent.count * sizeof *ascent.best);
		} else {
			waited++;
		}
		if (waited > PATIENCE) {
			waited = 0;
			delta /= 2;
			go_back(&ascent);
			value = evaluate(&ascent);
		}
		step(&ascent, value, best * (1 - delta));
	}
	round_prices(&ascent, ret_prices);
	deinit(&ascent);
	return isinf(best) ? INT64_MAX : llround(best * CARVED_MICRO);
}
