// SPDX-License-Identifier: EUPL-1.2
#include "prepare.h"
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

// A package needs all its fixed uses at once: a pair that can't have them in the empty region has no package.
static bool has_fixed_room(const struct carved_problem *problem, uint32_t candidate, uint32_t site)
{
	struct carved_use uses[CARVED_FIXED_USES];
	uint32_t count = carved_problem_fixed_uses(problem, candidate, site, uses);
	for (uint32_t u = 0; u < count; u++) {
		if (uses[u].amount > problem->capacity[uses[u].resource])
			return false;
	}
	return true;
}

static void add_pair(struct carved_problem *problem, const struct carved_pair *pair)
{
	if (problem->pair_count == problem->pair_capacity) {
		problem->pair_capacity = problem->pair_capacity ? problem->pair_capacity * 2 : 1024;
		problem->pairs = carved_realloc_array(problem->pairs, problem->pair_capacity, sizeof *problem->pairs);
	}
	problem->pairs[problem->pair_count++] = *pair;
}

static void prepare_candidate(struct carved_problem *problem, uint32_t candidate)
{
	const struct carved_instance *in = problem->instance;
	struct carved_profile *profile = carved_profile_new(in, candidate);
	problem->place[candidate] = carved_fit_place(in, candidate, carved_profile_options(profile));
	for (uint32_t s = 0; s < in->sites_count; s++) {
		struct carved_pair pair;
		if (has_fixed_room(problem, candidate, s) && carved_profile_prepare(profile, s, &problem->arena, &pair))
			add_pair(problem, &pair);
	}
	carved_profile_free(profile);
}

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
	uint32_t workers = carved_crew_threads(problem->crew);
	problem->workspaces = carved_arena_array(&problem->arena, struct carved_price_workspace *, workers);
	for (uint32_t w = 0; w < workers; w++)
		problem->workspaces[w] = carved_price_workspace_new(problem->instance);
}

void carved_problem_init(
	struct carved_problem *problem, const struct carved_instance *instance, const struct carved_optimize_options *options)
{
	*problem = (struct carved_problem){
		.instance = instance, .options = options, .phase = "prices", .bound = INT64_MAX, .arena = CARVED_ARENA_INIT};
	number_resources(problem);
	problem->place = carved_arena_array(&problem->arena, int64_t, instance->candidates_count);
	problem->candidate_pairs = carved_arena_array(&problem->arena, struct carved_range, instance->candidates_count);
	gather_crew(problem);
	carved_problem_is_stopped_now(problem);
	for (uint32_t c = 0; c < instance->candidates_count; c++) {
		problem->candidate_pairs[c].first = problem->pair_count;
		if (instance->candidates[c].matchable && !carved_problem_is_stopped_now(problem))
			prepare_candidate(problem, c);
		problem->candidate_pairs[c].count = problem->pair_count - problem->candidate_pairs[c].first;
	}
}

void carved_problem_deinit(struct carved_problem *problem)
{
	for (uint32_t w = 0; w < carved_crew_threads(problem->crew); w++)
		carved_price_workspace_free(problem->workspaces[w]);
	carved_crew_set_idle(problem->crew, NULL, NULL);
	if (problem->owns_crew)
		carved_crew_free(problem->crew);
	free(problem->pairs);
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

void carved_problem_report(struct carved_problem *problem)
{
	const struct carved_optimize_options *options = problem->options;
	if (!options->on_progress)
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
