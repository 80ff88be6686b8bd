// SPDX-License-Identifier: EUPL-1.2
#include "prepare.h"
#include "lp.h"
#include <stdlib.h>

static void number_resources(struct carved_problem *problem)
{
	const struct carved_instance *in = problem->instance;
	problem->donors = in->slots_count;
	problem->supervision = problem->donors + in->jobs_count;
	problem->places = problem->supervision + in->sites_count;
	problem->coaches = problem->places + in->sites_count;
	problem->reserves = problem->coaches + in->coaches_count;
	problem->resource_count = problem->reserves + in->coaches_count;
	uint32_t *capacity = carved_arena_array(&problem->arena, uint32_t, problem->resource_count);
	for (uint32_t t = 0; t < in->slots_count; t++)
		capacity[t] = in->slots[t].hours_q;
	for (uint32_t j = 0; j < in->jobs_count; j++)
		capacity[problem->donors + j] = in->jobs[j].cap_q;
	for (uint32_t s = 0; s < in->sites_count; s++) {
		capacity[problem->supervision + s] = in->sites[s].buddy_q;
		capacity[problem->places + s] = in->sites[s].places;
	}
	for (uint32_t k = 0; k < in->coaches_count; k++) {
		capacity[problem->coaches + k] = in->coaches[k].hours_q;
		capacity[problem->reserves + k] = in->coaches[k].reserve_q; // CARVED_NONE is UINT32_MAX
	}
	problem->capacity = capacity;
}

// ---- pairs
//
// Candidates are taken in batches: the crew looks at all sites of each, then what was found is put in a row by number.

#define BATCH 128 // candidates

struct found {
	struct carved_pair_brief pair;
	int64_t worth;
};

struct batch {
	struct carved_problem *problem;
	uint32_t first; // candidate
	struct found *found[BATCH];
	uint32_t count[BATCH], capacity[BATCH];
};

static void note(struct batch *batch, uint32_t index, const struct found *found)
{
	if (batch->count[index] == batch->capacity[index]) {
		batch->capacity[index] = batch->capacity[index] ? batch->capacity[index] * 2 : 64;
		batch->found[index] =
			carved_realloc_array(batch->found[index], batch->capacity[index], sizeof *batch->found[index]);
	}
	batch->found[index][batch->count[index]++] = *found;
}

// All pairs of one candidate.
static void prepare_candidate(void *context, uint32_t worker, uint32_t index)
{
	struct batch *batch = context;
	struct carved_problem *problem = batch->problem;
	const struct carved_instance *in = problem->instance;
	const uint32_t candidate = batch->first + index;
	uint32_t options = in->candidates[candidate].options_elsewhere;
	batch->count[index] = 0;
	if (!in->candidates[candidate].matchable || carved_problem_is_stopped_now(problem))
		return;
	struct carved_profile *profile = carved_profile_new_from(problem->asks, candidate);
	for (uint32_t s = 0; s < in->sites_count; s++) {
		struct carved_site_look look;
		carved_profile_look(profile, s, problem->scratches[worker], &look);
		options += look.is_option;
		if (!look.is_pair || look.most_q < in->candidates[candidate].min_q ||
			!carved_problem_has_fixed_room(problem, candidate, s, problem->capacity))
			continue;
		const struct found found = {{candidate, s, look.most_q}, look.worth};
		note(batch, index, &found);
	}
	const int64_t place = carved_fit_place(in, candidate, options);
	problem->place[candidate] = place;
	for (uint32_t i = 0; i < batch->count[index]; i++)
		batch->found[index][i].worth += place * CARVED_MICRO;
	if (batch->count[index] > 0)
		problem->profiles[candidate] = profile;
	else
		carved_profile_free(profile);
}

static void reserve_pairs(struct carved_problem *problem, uint32_t capacity)
{
	problem->pair_capacity = capacity;
	problem->pairs = carved_realloc_array(problem->pairs, capacity, sizeof *problem->pairs);
	problem->pair_worth = carved_realloc_array(problem->pair_worth, capacity, sizeof *problem->pair_worth);
}

static void put_in_row(struct carved_problem *problem, const struct batch *batch, uint32_t index)
{
	struct carved_range *range = &problem->candidate_pairs[batch->first + index];
	*range = (struct carved_range){problem->pair_count, batch->count[index]};
	if (problem->pair_capacity - problem->pair_count < range->count)
		reserve_pairs(problem, problem->pair_capacity + problem->pair_capacity / 2 + range->count);
	for (uint32_t i = 0; i < range->count; i++) {
		problem->pairs[range->first + i] = batch->found[index][i].pair;
		problem->pair_worth[range->first + i] = batch->found[index][i].worth;
	}
	problem->pair_count += range->count;
}

static void prepare_pairs(struct carved_problem *problem)
{
	const uint32_t candidates = problem->instance->candidates_count;
	struct batch *batch = carved_alloc_array(1, sizeof *batch);
	batch->problem = problem;
	for (batch->first = 0; batch->first < candidates; batch->first += BATCH) {
		uint32_t count = candidates - batch->first < BATCH ? candidates - batch->first : BATCH;
		carved_crew_run(problem->crew, count, prepare_candidate, batch);
		for (uint32_t i = 0; i < count; i++)
			put_in_row(problem, batch, i);
	}
	reserve_pairs(problem, problem->pair_count + 1); // gives back what was too much
	for (uint32_t i = 0; i < BATCH; i++)
		free(batch->found[i]);
	free(batch);
}

const struct carved_pair *carved_problem_pair(const struct carved_problem *problem, uint32_t worker, uint32_t pair)
{
	const struct carved_pair_brief *brief = &problem->pairs[pair];
	const struct carved_pair *expanded =
		carved_profile_expand(problem->profiles[brief->candidate], brief->site, problem->scratches[worker]);
	if (!expanded)
		abort(); // it was one when it was looked at
	return expanded;
}

uint32_t carved_problem_find_pair(const struct carved_problem *problem, uint32_t candidate, uint32_t site)
{
	struct carved_range range = problem->candidate_pairs[candidate];
	uint32_t low = range.first, high = range.first + range.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (problem->pairs[middle].site < site)
			low = middle + 1;
		else
			high = middle;
	}
	return low < range.first + range.count && problem->pairs[low].site == site ? low : CARVED_NONE;
}

// ---- the problem

static void ask_while_idle(void *problem)
{
	carved_problem_is_stopped_now(problem);
}

static void gather_crew(struct carved_problem *problem)
{
	problem->asker = pthread_self();
	problem->owns_crew = !problem->options->crew;
	problem->crew = problem->owns_crew ? carved_crew_new(problem->options->budget.threads) : problem->options->crew;
	carved_crew_set_idle(problem->crew, ask_while_idle, problem);
	carved_crew_set_leave(problem->crew, carved_lp_leave_thread);
	uint32_t workers = carved_crew_threads(problem->crew);
	problem->workspaces = carved_arena_array(&problem->arena, struct carved_price_workspace *, workers);
	problem->scratches = carved_arena_array(&problem->arena, struct carved_pair_scratch *, workers);
	for (uint32_t w = 0; w < workers; w++) {
		problem->workspaces[w] = carved_price_workspace_new(problem->instance);
		problem->scratches[w] = carved_pair_scratch_new(problem->instance);
	}
}

void carved_problem_init(
	struct carved_problem *problem, const struct carved_instance *instance, const struct carved_optimize_options *options)
{
	*problem = (struct carved_problem){
		.instance = instance, .options = options, .phase = "prices", .bound = INT64_MAX, .arena = CARVED_ARENA_INIT};
	number_resources(problem);
	problem->place = carved_arena_array(&problem->arena, int64_t, instance->candidates_count);
	problem->candidate_pairs = carved_arena_array(&problem->arena, struct carved_range, instance->candidates_count);
	problem->profiles = carved_arena_array(&problem->arena, struct carved_profile *, instance->candidates_count);
	problem->asks = carved_asks_new(instance);
	gather_crew(problem);
	carved_problem_is_stopped_now(problem);
	prepare_pairs(problem);
}

void carved_problem_deinit(struct carved_problem *problem)
{
	for (uint32_t w = 0; w < carved_crew_threads(problem->crew); w++) {
		carved_price_workspace_free(problem->workspaces[w]);
		carved_pair_scratch_free(problem->scratches[w]);
	}
	for (uint32_t c = 0; c < problem->instance->candidates_count; c++)
		carved_profile_free(problem->profiles[c]);
	carved_asks_free(problem->asks);
	carved_crew_set_idle(problem->crew, NULL, NULL);
	if (problem->owns_crew)
		carved_crew_free(problem->crew);
	free(problem->pairs);
	free(problem->pair_worth);
	carved_arena_deinit(&problem->arena);
}

bool carved_problem_is_stopped_now(struct carved_problem *problem)
{
	const struct carved_optimize_options *options = problem->options;
	if (!problem->stopped && options->should_stop && pthread_equal(pthread_self(), problem->asker))
		problem->stopped = options->should_stop(options->context);
	return problem->stopped != 0;
}

bool carved_problem_is_stopped(struct carved_problem *problem)
{
	if (pthread_equal(pthread_self(), problem->asker) && ++problem->calls % 16 == 0)
		return carved_problem_is_stopped_now(problem);
	return problem->stopped != 0;
}

bool carved_problem_ask_to_stop(void *problem)
{
	return carved_problem_is_stopped_now(problem);
}

bool carved_problem_is_done(const struct carved_problem *problem, int64_t value)
{
	return (problem->bound - value) * CARVED_MICRO <= problem->options->budget.gap_target * problem->bound;
}

void carved_problem_report(struct carved_problem *problem)
{
	const struct carved_optimize_options *options = problem->options;
	if (!options->on_progress || !pthread_equal(pthread_self(), problem->asker))
		return;
	struct carved_progress progress = {.phase = problem->phase,
		.iterations = problem->iterations,
		.value = problem->value,
		.bound = problem->bound,
		.placed = problem->placed};
	options->on_progress(options->context, &progress);
}

uint32_t carved_problem_fixed_uses(
	const struct carved_problem *problem, uint32_t candidate, uint32_t site, struct carved_use uses[CARVED_FIXED_USES])
{
	const struct carved_instance_candidate *c = &problem->instance->candidates[candidate];
	uint32_t count = 0;
	if (c->buddy_q)
		uses[count++] = (struct carved_use){problem->supervision + site, c->buddy_q};
	uses[count++] = (struct carved_use){problem->places + site, 1};
	if (c->coach_q)
		uses[count++] = (struct carved_use){problem->coaches + c->coach, c->coach_q};
	if (c->coach_q && c->easy && problem->capacity[problem->reserves + c->coach] != CARVED_NONE)
		uses[count++] = (struct carved_use){problem->reserves + c->coach, c->coach_q};
	return count;
}

bool carved_problem_has_fixed_room(const struct carved_problem *problem, uint32_t candidate, uint32_t site, const uint32_t *left)
{
	struct carved_use uses[CARVED_FIXED_USES];
	uint32_t count = carved_problem_fixed_uses(problem, candidate, site, uses);
	for (uint32_t u = 0; u < count; u++) {
		if (uses[u].amount > left[uses[u].resource])
			return false;
	}
	return true;
}

struct carved_room carved_problem_room(const struct carved_problem *problem, const uint32_t *left)
{
	return (struct carved_room){.slot_q = left, .donor_q = left + problem->donors};
}

int64_t carved_problem_fixed_charge(const struct carved_problem *problem, uint32_t pair, const int64_t *prices)
{
	struct carved_use uses[CARVED_FIXED_USES];
	uint32_t count = carved_problem_fixed_uses(problem, problem->pairs[pair].candidate, problem->pairs[pair].site, uses);
	int64_t charge = 0;
	for (uint32_t u = 0; u < count; u++)
		charge += prices[uses[u].resource] * uses[u].amount;
	return charge;
}

struct carved_prices carved_problem_named(const struct carved_problem *problem, int64_t *prices)
{
	return (struct carved_prices){.slot = prices,
		.donor = prices + problem->donors,
		.supervision = prices + problem->supervision,
		.places = prices + problem->places,
		.coach = prices + problem->coaches,
		.reserve = prices + problem->reserves};
}

int64_t carved_problem_capacity_value(const struct carved_problem *problem, const int64_t *prices)
{
	struct carved_prices named = carved_problem_named(problem, (int64_t *)(uintptr_t)prices);
	return carved_prices_capacity_value(&named, problem->instance);
}

int64_t carved_problem_ceiling(const struct carved_problem *problem, uint32_t candidate)
{
	const struct carved_weights *w = &problem->instance->weights;
	const struct carved_instance_candidate *c = &problem->instance->candidates[candidate];
	int64_t few = w->priority_few > w->priority_some ? w->priority_few : w->priority_some;
	int64_t place = (c->priority + few) * w->place;
	int64_t relief = (int64_t)c->max_q * 4 * w->relief / 4;
	return (place + w->full_week + relief) * CARVED_MICRO;
}
