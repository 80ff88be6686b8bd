// SPDX-License-Identifier: EUPL-1.2
// Plans from a plan that stands, on tiny instances: what stands is where it begins, a limit on changes is kept, and the weight for leaving things counts. All held
// against listing every package.
#include "carved/optimize/optimize.h"
#include "support/brute_force.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <stdio.h>
#include <string.h>

enum { INSTANCES = 240 };

struct trial {
	struct carved_instance instance;
	struct brute_force all;
	struct carved_solution former;
	struct carved_start start;
	struct random_stream random;
	const struct brute_package *had[BRUTE_CANDIDATES]; // the former package where it keeps all rules today; NULL: none such
	bool had_to[BRUTE_CANDIDATES];
	bool is_large;                  // more pairs than the simplex carries: plans are searched for, and polished
	int64_t first;                  // value of the first plan told of; -1: none yet
	int64_t first_count;            // its packages
	int64_t keep[BRUTE_CANDIDATES]; // what each former package weighs by itself
};

static void on_improved(void *context, const struct carved_solution *solution)
{
	struct trial *trial = context;
	if (trial->first >= 0)
		return;
	trial->first = solution->value;
	trial->first_count = solution->package_count;
}

static void solve(struct trial *trial, const struct carved_start *start, struct carved_solution *ret_solution)
{
	struct carved_optimize_options options = {.seed = 3, .start = start, .on_improved = on_improved, .context = trial};
	carved_budget_init(&options.budget);
	options.budget.gap_target = 0;
	options.budget.search_rounds = 50;
	if (trial->is_large)
		options.budget.simplex_pairs = 0;
	trial->first = -1;
	carved_optimize(&trial->instance, &options, ret_solution);
}

// Before: somebody is not there yet, and sites have less to give. What is changed here comes back.
static void solve_former(struct trial *trial)
{
	struct carved_instance *in = &trial->instance;
	struct carved_instance_candidate *person = &in->candidates[random_below(&trial->random, in->candidates_count)];
	uint32_t matchable = person->matchable, places[BRUTE_SLOTS], caps[BRUTE_SLOTS];
	person->matchable = 0;
	for (uint32_t s = 0; s < in->sites_count; s++) {
		places[s] = in->sites[s].places;
		in->sites[s].places -= in->sites[s].places > 0 && random_chance(&trial->random, 30);
	}
	for (uint32_t j = 0; j < in->jobs_count; j++) {
		caps[j] = in->jobs[j].cap_q;
		in->jobs[j].cap_q = random_chance(&trial->random, 40) ? caps[j] * 3 / 4 : caps[j];
	}
	solve(trial, NULL, &trial->former);
	person->matchable = matchable;
	for (uint32_t s = 0; s < in->sites_count; s++)
		in->sites[s].places = places[s];
	for (uint32_t j = 0; j < in->jobs_count; j++)
		in->jobs[j].cap_q = caps[j];
}

// After: something less to go round, or nothing but what came back.
static void change_something(struct trial *trial)
{
	struct carved_instance *in = &trial->instance;
	for (uint32_t n = random_below(&trial->random, 5); n > 0; n--) {
		struct carved_instance_candidate *person = &in->candidates[random_below(&trial->random, in->candidates_count)];
		struct carved_instance_site *site = &in->sites[random_below(&trial->random, in->sites_count)];
		struct carved_instance_coach *coach = &in->coaches[random_below(&trial->random, in->coaches_count)];
		switch (random_below(&trial->random, 5)) {
		case 0:
			person->matchable = 0;
			break;
		case 1:
			person->max_q = person->min_q;
			break;
		case 2:
			site->places -= site->places > 0;
			break;
		case 3:
			site->buddy_q /= 2;
			break;
		default:
			coach->hours_q /= 2;
		}
	}
}

static const struct brute_package *find(const struct trial *trial, uint32_t candidate, uint32_t site,
	enum carved_package_kind kind, const struct carved_piece *pieces, uint32_t piece_count)
{
	uint32_t hours_q[BRUTE_SLOTS] = {0};
	for (uint32_t p = 0; p < piece_count; p++)
		hours_q[pieces[p].slot] = pieces[p].hours_q;
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		if (p->broken == 0 && p->candidate == candidate && p->site == site && p->kind == kind &&
			memcmp(p->hours_q, hours_q, sizeof hours_q) == 0)
			return p;
	}
	return NULL;
}

static void trial_start(struct trial *trial, uint64_t seed)
{
	struct carved_solution *former = &trial->former;
	*trial = (struct trial){.random = {seed * 977}, .is_large = seed % 2};
	random_instance_init(&trial->instance, seed);
	solve_former(trial);
	change_something(trial);
	brute_force_init(&trial->all, &trial->instance);
	carved_start_init(&trial->start, &trial->instance);
	carved_prices_copy(&trial->start.prices, &former->prices, &trial->instance);
	trial->start.packages = carved_arena_array(&trial->start.arena, struct carved_start_package, former->package_count);
	for (uint32_t i = 0; i < former->package_count; i++) {
		const struct carved_package *p = &former->packages[i];
		trial->start.packages[trial->start.package_count++] =
			(struct carved_start_package){p->candidate, p->site, p->kind, p->piece_count, p->pieces, 0};
		trial->had[p->candidate] = find(trial, p->candidate, p->site, p->kind, p->pieces, p->piece_count);
		trial->had_to[p->candidate] = !trial->had[p->candidate];
	}
	assert_true(carved_start_is_sound(&trial->start, &trial->instance));
}

static void trial_end(struct trial *trial)
{
	carved_start_deinit(&trial->start);
	brute_force_deinit(&trial->all);
	carved_solution_deinit(&trial->former);
	carved_instance_deinit(&trial->instance);
}

// Whether packages, one a person or NULL, go together.
static bool together(const struct carved_instance *in, const struct brute_package *const *chosen)
{
	uint32_t slot[BRUTE_SLOTS] = {0}, donor[BRUTE_SLOTS] = {0}, places[BRUTE_SLOTS] = {0}, buddy[BRUTE_SLOTS] = {0};
	uint32_t coach[BRUTE_CANDIDATES] = {0}, easy[BRUTE_CANDIDATES] = {0};
	bool right = true;
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (!chosen[c])
			continue;
		for (uint32_t t = 0; t < in->slots_count; t++) {
			slot[t] += chosen[c]->hours_q[t];
			if (chosen[c]->kind == CARVED_CARVED && !in->slots[t].undone)
				donor[in->slots[t].job] += chosen[c]->hours_q[t];
		}
		places[chosen[c]->site]++;
		buddy[chosen[c]->site] += in->candidates[c].buddy_q;
		coach[in->candidates[c].coach] += in->candidates[c].coach_q;
		easy[in->candidates[c].coach] += in->candidates[c].easy ? in->candidates[c].coach_q : 0;
	}
	for (uint32_t t = 0; t < in->slots_count; t++)
		right = right && slot[t] <= in->slots[t].hours_q;
	for (uint32_t j = 0; j < in->jobs_count; j++)
		right = right && donor[j] <= in->jobs[j].cap_q;
	for (uint32_t s = 0; s < in->sites_count; s++)
		right = right && places[s] <= in->sites[s].places && buddy[s] <= in->sites[s].buddy_q;
	for (uint32_t k = 0; k < in->coaches_count; k++)
		right = right && coach[k] <= in->coaches[k].hours_q && easy[k] <= in->coaches[k].reserve_q;
	return right;
}

// Lays what stands, the most valuable first; who does not fit beside the others had to change. Returns its value.
static int64_t lay_what_stands(struct trial *trial, const struct brute_package **laid)
{
	const uint32_t candidates = trial->instance.candidates_count;
	bool tried[BRUTE_CANDIDATES] = {false};
	int64_t value = 0;
	for (uint32_t n = 0; n < candidates; n++) {
		uint32_t best = CARVED_NONE;
		for (uint32_t c = 0; c < candidates; c++) {
			if (trial->had[c] && !tried[c] && (best == CARVED_NONE || trial->had[c]->value > trial->had[best]->value))
				best = c;
		}
		if (best == CARVED_NONE)
			break;
		tried[best] = true;
		laid[best] = trial->had[best];
		if (together(&trial->instance, laid)) {
			value += trial->had[best]->value;
		} else {
			laid[best] = NULL;
			trial->had_to[best] = true;
		}
	}
	return value;
}

// The plan as listed packages; every one of them is valid, and they go together.
static void list_plan(const struct trial *trial, const struct carved_solution *solution, const struct brute_package **ret_plan)
{
	int64_t value = 0;
	for (uint32_t i = 0; i < solution->package_count; i++) {
		const struct carved_package *p = &solution->packages[i];
		const struct brute_package *known = find(trial, p->candidate, p->site, p->kind, p->pieces, p->piece_count);
		assert_non_null(known);
		assert_int_equal(known->value, p->value);
		ret_plan[p->candidate] = known;
		value += p->value;
	}
	assert_true(together(&trial->instance, ret_plan));
	assert_int_equal(value, solution->value);
}

static uint32_t count_changes(const struct trial *trial, const struct brute_package *const *plan)
{
	uint32_t changes = 0;
	for (uint32_t c = 0; c < trial->instance.candidates_count; c++)
		changes += !trial->had_to[c] && plan[c] != trial->had[c];
	return changes;
}

struct best_search {
	const struct trial *trial;
	uint32_t most;
	int64_t keep;
	const struct brute_package *chosen[BRUTE_CANDIDATES];
	int64_t best; // score
};

static void try_person(struct best_search *s, uint32_t person, int64_t score)
{
	const struct trial *trial = s->trial;
	if (person == trial->instance.candidates_count) {
		if (score > s->best && count_changes(trial, s->chosen) <= s->most)
			s->best = score;
		return;
	}
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		if (p->candidate != person || p->broken)
			continue;
		s->chosen[person] = p;
		if (together(&trial->instance, s->chosen))
			try_person(
				s, person + 1, score + p->value + (p == trial->had[person] ? s->keep + trial->keep[person] : 0));
	}
	s->chosen[person] = NULL;
	try_person(s, person + 1, score);
}

// The best score of all plans with at most so many changes.
static int64_t best_score(const struct trial *trial, uint32_t most, int64_t keep)
{
	struct best_search s = {.trial = trial, .most = most, .keep = keep, .best = -1};
	try_person(&s, 0, 0);
	return s.best;
}

static void what_stands_is_the_first_plan_and_the_last_one_is_not_worse(void **state)
{
	(void)state;
	uint32_t best = 0, fell = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		const struct brute_package *laid[BRUTE_CANDIDATES] = {NULL}, *plan[BRUTE_CANDIDATES] = {NULL};
		struct carved_solution solution = {0};
		trial_start(&trial, seed);
		int64_t stands = lay_what_stands(&trial, laid);
		solve(&trial, &trial.start, &solution);
		list_plan(&trial, &solution, plan);
		assert_true(trial.first == stands || (stands == 0 && trial.first_count > 0));
		assert_true(solution.value >= stands && solution.bound >= solution.value);
		int64_t most = brute_force_best_plan(&trial.all, BRUTE_RULE_COUNT);
		assert_true(solution.value <= most && solution.bound >= most);
		best += solution.value == most;
		for (uint32_t c = 0; c < trial.instance.candidates_count; c++)
			fell += trial.had_to[c];
		carved_solution_deinit(&solution);
		trial_end(&trial);
	}
	printf("best plan in %u of %d; %u packages could not stand\n", best, INSTANCES, fell);
	assert_true(best >= INSTANCES * 95 / 100 && fell > 20);
}

static void a_limit_on_changes_is_kept_and_spent_well(void **state)
{
	(void)state;
	uint32_t best = 0, bound_by_it = 0, all = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		for (uint32_t most = 0; most <= 2; most++) {
			struct trial trial;
			const struct brute_package *laid[BRUTE_CANDIDATES] = {NULL}, *plan[BRUTE_CANDIDATES] = {NULL};
			struct carved_solution solution = {0};
			trial_start(&trial, seed);
			int64_t stands = lay_what_stands(&trial, laid);
			trial.start.most_changes = most;
			solve(&trial, &trial.start, &solution);
			list_plan(&trial, &solution, plan);
			assert_true(count_changes(&trial, plan) <= most);
			int64_t possible = best_score(&trial, most, 0);
			int64_t unlimited = brute_force_best_plan(&trial.all, BRUTE_RULE_COUNT);
			assert_true(solution.value >= stands && solution.value <= possible);
			assert_true(solution.bound >= unlimited); // the bound is of all plans
			best += solution.value == possible;
			bound_by_it += possible < unlimited;
			all++;
			carved_solution_deinit(&solution);
			trial_end(&trial);
		}
	}
	printf("best plan within the limit in %u of %u; the limit cost something in %u\n", best, all, bound_by_it);
	assert_true(best >= all * 95 / 100 && bound_by_it > 20);
}

static void the_weight_for_leaving_things_counts_in_choosing_not_in_the_value(void **state)
{
	(void)state;
	uint32_t best = 0, mattered = 0, all = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		const struct brute_package *laid[BRUTE_CANDIDATES] = {NULL}, *plan[BRUTE_CANDIDATES] = {NULL};
		struct carved_solution solution = {0};
		trial_start(&trial, seed);
		lay_what_stands(&trial, laid);
		trial.start.keep_weight = 1 + random_below(&trial.random, 15000);
		solve(&trial, &trial.start, &solution);
		list_plan(&trial, &solution, plan); // the value is what packages are worth, nothing else
		int64_t score = solution.value, possible = best_score(&trial, CARVED_NONE, trial.start.keep_weight);
		for (uint32_t c = 0; c < trial.instance.candidates_count; c++)
			score += plan[c] && plan[c] == trial.had[c] ? trial.start.keep_weight : 0;
		assert_true(score <= possible);
		best += score == possible;
		mattered += solution.value < brute_force_best_plan(&trial.all, BRUTE_RULE_COUNT);
		all++;
		carved_solution_deinit(&solution);
		trial_end(&trial);
	}
	printf("best score in %u of %u; the weight cost value in %u\n", best, all, mattered);
	assert_true(best >= all * 95 / 100 && mattered > 3);
}

// What people are looking at weighs something by itself, with a plan to begin from or without one.
static void a_weight_of_single_packages_counts_wherever_the_plan_comes_from(void **state)
{
	(void)state;
	uint32_t best = 0, mattered = 0, all = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		const struct brute_package *laid[BRUTE_CANDIDATES] = {NULL}, *plan[BRUTE_CANDIDATES] = {NULL};
		struct carved_solution solution = {0};
		trial_start(&trial, seed);
		lay_what_stands(&trial, laid);
		trial.start.fresh = seed % 2;
		for (uint32_t i = 0; i < trial.start.package_count; i++) {
			trial.start.packages[i].keep = random_chance(&trial.random, 60) ? random_below(&trial.random, 15000) : 0;
			trial.keep[trial.start.packages[i].candidate] = trial.start.packages[i].keep;
		}
		solve(&trial, &trial.start, &solution);
		list_plan(&trial, &solution, plan);
		int64_t score = solution.value, possible = best_score(&trial, CARVED_NONE, 0);
		for (uint32_t c = 0; c < trial.instance.candidates_count; c++)
			score += plan[c] && plan[c] == trial.had[c] ? trial.keep[c] : 0;
		assert_true(score <= possible);
		best += score == possible;
		mattered += solution.value < brute_force_best_plan(&trial.all, BRUTE_RULE_COUNT);
		all++;
		carved_solution_deinit(&solution);
		trial_end(&trial);
	}
	printf("best score in %u of %u; the weights cost value in %u\n", best, all, mattered);
	assert_true(best >= all * 95 / 100 && mattered > 3);
}

static void the_same_start_gives_the_same_plan(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct trial trial;
		struct carved_solution first = {0}, second = {0};
		trial_start(&trial, seed);
		trial.start.most_changes = seed % 2 ? CARVED_NONE : 1;
		solve(&trial, &trial.start, &first);
		solve(&trial, &trial.start, &second);
		assert_int_equal(first.value, second.value);
		assert_int_equal(first.bound, second.bound);
		assert_int_equal(first.package_count, second.package_count);
		for (uint32_t p = 0; p < first.package_count; p++) {
			assert_int_equal(first.packages[p].candidate, second.packages[p].candidate);
			assert_int_equal(first.packages[p].piece_count, second.packages[p].piece_count);
			assert_memory_equal(first.packages[p].pieces, second.packages[p].pieces,
				first.packages[p].piece_count * sizeof *first.packages[p].pieces);
		}
		carved_solution_deinit(&first);
		carved_solution_deinit(&second);
		trial_end(&trial);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_is_the_first_plan_and_the_last_one_is_not_worse),
		cmocka_unit_test(a_limit_on_changes_is_kept_and_spent_well),
		cmocka_unit_test(the_weight_for_leaving_things_counts_in_choosing_not_in_the_value),
		cmocka_unit_test(a_weight_of_single_packages_counts_wherever_the_plan_comes_from),
		cmocka_unit_test(the_same_start_gives_the_same_plan),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
