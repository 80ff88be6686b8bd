// SPDX-License-Identifier: EUPL-1.2
#include "carved/optimize/optimize.h"
#include "support/brute_force.h"
#include "support/brute_proof.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INSTANCES 200

// What a run told on its way, and when it is to be stopped.
struct watch {
	const char *stop_in;        // phase; NULL: never
	uint32_t calls, stop_after; // stops from this question on; 0: never
	bool in_phase;
	uint32_t improvements;
	int64_t value; // of the last improvement
	bool rising;   // no improvement was worse than the one before
};

static int should_stop(void *context)
{
	struct watch *watch = context;
	watch->calls++;
	return watch->in_phase || (watch->stop_after > 0 && watch->calls >= watch->stop_after) ? 2 : 0;
}

static void on_progress(void *context, const struct carved_progress *progress)
{
	struct watch *watch = context;
	if (watch->stop_in && strcmp(watch->stop_in, progress->phase) == 0)
		watch->in_phase = true;
}

static void on_improved(void *context, const struct carved_solution *solution)
{
	struct watch *watch = context;
	watch->rising = watch->rising && solution->value >= watch->value && solution->value <= solution->bound;
	watch->value = solution->value;
	watch->improvements++;
}

static void run_with_threads(
	const struct carved_instance *instance, uint32_t threads, struct watch *watch, struct carved_solution *ret_solution)
{
	struct carved_optimize_options options = {
		.seed = 7, .should_stop = should_stop, .on_progress = on_progress, .on_improved = on_improved, .context = watch};
	carved_budget_init(&options.budget);
	options.budget.search_rounds = 100;
	options.budget.gap_target = 0;
	options.budget.threads = threads;
	if (watch->stop_in &&
		(strcmp(watch->stop_in, "search") == 0 || strcmp(watch->stop_in, "blocks") == 0)) // of larger regions
		options.budget.simplex_pairs = 0;
	watch->rising = true;
	carved_optimize(instance, &options, ret_solution);
}

static void run(const struct carved_instance *instance, struct watch *watch, struct carved_solution *ret_solution)
{
	run_with_threads(instance, 2, watch, ret_solution);
}

static const struct brute_package *find_brute(const struct brute_force *all, const struct carved_package *package)
{
	uint32_t hours_q[BRUTE_SLOTS] = {0};
	for (uint32_t p = 0; p < package->piece_count; p++)
		hours_q[package->pieces[p].slot] = package->pieces[p].hours_q;
	for (size_t i = 0; i < all->count; i++) {
		const struct brute_package *other = &all->packages[i];
		if (other->broken == 0 && other->candidate == package->candidate && other->site == package->site &&
			other->kind == package->kind && memcmp(other->hours_q, hours_q, sizeof hours_q) == 0)
			return other;
	}
	return NULL;
}

// Adds up what a solution takes, from the instance and the packages alone.
static void assert_capacities(const struct carved_instance *in, const struct carved_solution *solution)
{
	int64_t slot[BRUTE_SLOTS] = {0}, donor[BRUTE_SLOTS] = {0}, places[BRUTE_SLOTS] = {0}, buddy[BRUTE_SLOTS] = {0};
	int64_t coach[BRUTE_CANDIDATES] = {0}, easy[BRUTE_CANDIDATES] = {0};
	for (uint32_t p = 0; p < solution->package_count; p++) {
		const struct carved_package *package = &solution->packages[p];
		const struct carved_instance_candidate *c = &in->candidates[package->candidate];
		for (uint32_t i = 0; i < package->piece_count; i++) {
			const struct carved_instance_slot *of = &in->slots[package->pieces[i].slot];
			slot[package->pieces[i].slot] += package->pieces[i].hours_q;
			if (package->kind == CARVED_CARVED && !of->undone)
				donor[of->job] += package->pieces[i].hours_q;
		}
		places[package->site]++;
		buddy[package->site] += c->buddy_q;
		coach[c->coach] += c->coach_q;
		easy[c->coach] += c->easy ? c->coach_q : 0;
		assert_true(p == 0 || solution->packages[p - 1].candidate < package->candidate);
	}
	for (uint32_t t = 0; t < in->slots_count; t++)
		assert_true(slot[t] <= in->slots[t].hours_q);
	for (uint32_t j = 0; j < in->jobs_count; j++)
		assert_true(donor[j] <= in->jobs[j].cap_q);
	for (uint32_t s = 0; s < in->sites_count; s++)
		assert_true(places[s] <= in->sites[s].places && buddy[s] <= in->sites[s].buddy_q);
	for (uint32_t k = 0; k < in->coaches_count; k++)
		assert_true(coach[k] <= in->coaches[k].hours_q && easy[k] <= in->coaches[k].reserve_q);
}

static void assert_valid(const struct carved_instance *in, const struct brute_force *all, const struct carved_solution *solution)
{
	int64_t value = 0;
	for (uint32_t p = 0; p < solution->package_count; p++) {
		const struct brute_package *known = find_brute(all, &solution->packages[p]);
		assert_non_null(known);
		assert_int_equal(known->value, solution->packages[p].value);
		assert_memory_equal(&known->parts, &solution->packages[p].parts, sizeof known->parts);
		value += known->value;
	}
	assert_int_equal(value, solution->value);
	assert_true(solution->value <= solution->bound);
	assert_capacities(in, solution);
}

static void value_and_bound_bracket_the_best_plan_of_200_random_tiny_instances(void **state)
{
	(void)state;
	uint32_t optimal = 0, tight = 0, empty = 0, trees = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct carved_instance instance = {0};
		struct carved_solution solution = {0};
		struct brute_force all;
		struct watch watch = {0};
		random_instance_init(&instance, seed);
		brute_force_init(&all, &instance);
		run(&instance, &watch, &solution);
		int64_t best = brute_force_best_plan(&all, BRUTE_RULE_COUNT);
		assert_true(solution.value <= best);
		assert_true(solution.bound >= best);
		assert_valid(&instance, &all, &solution);
		assert_int_equal(solution.pairs_bounded, 0);
		assert_true(carved_proof_is_sound(&solution.proof, &instance));
		trees += solution.proof.node_count > 0;
		assert_int_equal(solution.bound, solution.proof.node_count
							 ? brute_proven_bound(&instance, &all, &solution)
							 : brute_price_bound(&instance, &all, &solution.prices));
		assert_true(watch.rising && watch.value == solution.value);
		optimal += solution.value == best;
		tight += solution.bound - best <= 2 * instance.candidates_count;
		empty += best == 0;
		carved_solution_deinit(&solution);
		brute_force_deinit(&all);
		carved_instance_deinit(&instance);
	}
	printf("best plan found in %u of %d, bound within roundings of it in %u; no plan at all in %u; trees of sites prove more "
	       "than prices in %u\n",
		optimal, INSTANCES, tight, empty, trees);
	assert_true(trees > 0);
	assert_true(optimal >= INSTANCES * 95 / 100);
}

struct counts_of_trees {
	uint32_t trees;
	uint32_t with_coaches;       // prices
	uint32_t with_alike;         // decisions
	uint32_t lower_by_roundings; // where the same tree proves less without them
};

// With one site alone, its tree is the whole proof: the plan is the best there is, and the bound says so to the point.
static void solve_one_site_of_instances(void (*make)(struct carved_instance *, uint64_t), struct counts_of_trees *ret_counts)
{
	*ret_counts = (struct counts_of_trees){0};
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct carved_instance instance = {0};
		struct carved_solution solution = {0};
		struct brute_force all;
		struct watch watch = {0};
		make(&instance, seed);
		for (uint32_t s = 0; s < instance.sites_count; s++)
			instance.sites[s].places = s == seed % instance.sites_count ? instance.candidates_count : 0;
		brute_force_init(&all, &instance);
		run(&instance, &watch, &solution);
		assert_valid(&instance, &all, &solution);
		assert_int_equal(solution.value, brute_force_best_plan(&all, BRUTE_RULE_COUNT));
		assert_int_equal(solution.bound, solution.value);
		if (solution.proof.node_count) {
			assert_true(carved_proof_is_sound(&solution.proof, &instance));
			assert_int_equal(brute_proven_bound(&instance, &all, &solution), solution.bound);
			ret_counts->trees++;
			ret_counts->with_coaches += solution.proof.coach_count > 0;
			for (uint32_t n = 0, before = ret_counts->with_alike;
				n < solution.proof.node_count && ret_counts->with_alike == before; n++)
				ret_counts->with_alike += solution.proof.nodes[n].alike;
			solution.proof.rounded = 0;
			ret_counts->lower_by_roundings += brute_proven_bound(&instance, &all, &solution) > solution.bound;
		}
		carved_solution_deinit(&solution);
		brute_force_deinit(&all);
		carved_instance_deinit(&instance);
	}
}

static void one_site_of_200_random_tiny_instances_is_solved_to_the_point(void **state)
{
	(void)state;
	struct counts_of_trees counts;
	solve_one_site_of_instances(random_instance_init, &counts);
	printf("of %d sites %u are proven by trees, %u of them with prices of coaches, %u by roundings\n", INSTANCES,
		counts.trees, counts.with_coaches, counts.lower_by_roundings);
	assert_true(counts.trees > 0 && counts.with_coaches > 0 && counts.lower_by_roundings > 0);
}

static void one_site_with_slots_alike_is_solved_to_the_point(void **state)
{
	(void)state;
	struct counts_of_trees counts;
	solve_one_site_of_instances(random_instance_init_alike, &counts);
	printf("of %d sites %u are proven by trees, %u of them with decisions on slots alike, %u by roundings\n", INSTANCES,
		counts.trees, counts.with_alike, counts.lower_by_roundings);
	assert_true(counts.trees > 0 && counts.with_alike > 0 && counts.lower_by_roundings > 0);
}

static void assert_same(const struct carved_instance *in, const struct carved_solution *a, const struct carved_solution *b)
{
	assert_int_equal(a->value, b->value);
	assert_int_equal(a->bound, b->bound);
	assert_int_equal(a->iterations, b->iterations);
	assert_int_equal(a->package_count, b->package_count);
	for (uint32_t p = 0; p < a->package_count; p++) {
		assert_int_equal(a->packages[p].candidate, b->packages[p].candidate);
		assert_int_equal(a->packages[p].site, b->packages[p].site);
		assert_int_equal(a->packages[p].piece_count, b->packages[p].piece_count);
		assert_memory_equal(
			a->packages[p].pieces, b->packages[p].pieces, a->packages[p].piece_count * sizeof *a->packages[p].pieces);
	}
	assert_memory_equal(a->prices.slot, b->prices.slot, in->slots_count * sizeof *a->prices.slot);
	assert_memory_equal(a->prices.coach, b->prices.coach, in->coaches_count * sizeof *a->prices.coach);
}

static void the_same_seed_gives_the_same_solution_whatever_the_number_of_threads(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct carved_instance instance = {0};
		struct carved_solution first = {0}, second = {0};
		struct watch watch = {0}, again = {0};
		random_instance_init(&instance, seed);
		run_with_threads(&instance, 1, &watch, &first);
		run_with_threads(&instance, 1 + (uint32_t)seed % 4, &again, &second);
		assert_same(&instance, &first, &second);
		carved_solution_deinit(&first);
		carved_solution_deinit(&second);
		carved_instance_deinit(&instance);
	}
}

static void stopped_at_once_it_gives_an_empty_plan_and_a_bound_that_holds(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct carved_instance instance = {0};
		struct carved_solution solution = {0};
		struct brute_force all;
		struct watch watch = {.stop_after = 1};
		random_instance_init(&instance, seed);
		brute_force_init(&all, &instance);
		run(&instance, &watch, &solution);
		assert_int_equal(solution.package_count, 0);
		assert_int_equal(solution.ended_by, CARVED_ENDED_BY_CANCEL);
		assert_true(solution.bound >= brute_force_best_plan(&all, BRUTE_RULE_COUNT));
		assert_true(solution.pairs_bounded > 0 || solution.bound == 0);
		carved_solution_deinit(&solution);
		brute_force_deinit(&all);
		carved_instance_deinit(&instance);
	}
}

// A run stopped at its n-th question, for n up to where runs end by themselves.
static void stopped_anywhere_it_keeps_the_best_plan_and_a_bound_that_holds(void **state)
{
	(void)state;
	uint32_t cut_short = 0;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct carved_instance instance = {0};
		struct carved_solution solution = {0};
		struct brute_force all;
		struct watch watch = {.stop_after = 2 + (uint32_t)seed};
		random_instance_init(&instance, seed);
		brute_force_init(&all, &instance);
		run(&instance, &watch, &solution);
		assert_valid(&instance, &all, &solution);
		assert_true(solution.bound >= brute_force_best_plan(&all, BRUTE_RULE_COUNT));
		assert_true(watch.rising && solution.value >= watch.value);
		cut_short += solution.ended_by == CARVED_ENDED_BY_CANCEL;
		carved_solution_deinit(&solution);
		brute_force_deinit(&all);
		carved_instance_deinit(&instance);
	}
	assert_true(cut_short > 10);
}

static void stopped_in_each_phase_it_keeps_the_best_plan_so_far(void **state)
{
	(void)state;
	static const char *const phases[] = {"prices", "proof", "construction", "search", "sites", "blocks"};
	for (size_t phase = 0; phase < sizeof phases / sizeof *phases; phase++) {
		uint32_t reached = 0;
		for (uint64_t seed = 1; seed <= 40; seed++) {
			struct carved_instance instance = {0};
			struct carved_solution solution = {0};
			struct brute_force all;
			struct watch watch = {.stop_in = phases[phase]};
			random_instance_init(&instance, seed);
			brute_force_init(&all, &instance);
			run(&instance, &watch, &solution);
			assert_valid(&instance, &all, &solution);
			assert_true(solution.bound >= brute_force_best_plan(&all, BRUTE_RULE_COUNT));
			assert_true(watch.rising && solution.value >= watch.value);
			reached += watch.in_phase;
			carved_solution_deinit(&solution);
			brute_force_deinit(&all);
			carved_instance_deinit(&instance);
		}
		printf("stopped in %s: %u of 40 runs\n", phases[phase], reached);
		assert_true(reached > 0);
	}
}

static void without_candidates_or_sites_there_is_an_empty_plan_worth_nothing(void **state)
{
	(void)state;
	struct carved_instance instance = {0};
	struct carved_solution solution = {0};
	struct watch watch = {0};
	carved_weights_init(&instance.weights);
	run(&instance, &watch, &solution);
	assert_int_equal(solution.value, 0);
	assert_int_equal(solution.bound, 0);
	assert_int_equal(solution.package_count, 0);
	assert_int_equal(solution.ended_by, CARVED_ENDED_BY_GAP);
	carved_solution_deinit(&solution);
}

// With more pairs than simplex_pairs prices come from the averaged subgradient alone.
static void the_subgradient_alone_gives_a_bound_that_holds_too(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct carved_instance instance = {0};
		struct carved_solution solution = {0};
		struct brute_force all;
		struct carved_optimize_options options = {.seed = seed};
		random_instance_init(&instance, seed);
		brute_force_init(&all, &instance);
		carved_budget_init(&options.budget);
		options.budget.simplex_pairs = 0;
		options.budget.search_rounds = 20;
		carved_optimize(&instance, &options, &solution);
		assert_valid(&instance, &all, &solution);
		assert_true(solution.bound >= brute_force_best_plan(&all, BRUTE_RULE_COUNT));
		assert_int_equal(solution.proof.node_count, 0); // trees go with the simplex
		assert_int_equal(solution.bound, brute_price_bound(&instance, &all, &solution.prices));
		carved_solution_deinit(&solution);
		brute_force_deinit(&all);
		carved_instance_deinit(&instance);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(value_and_bound_bracket_the_best_plan_of_200_random_tiny_instances),
		cmocka_unit_test(one_site_of_200_random_tiny_instances_is_solved_to_the_point),
		cmocka_unit_test(one_site_with_slots_alike_is_solved_to_the_point),
		cmocka_unit_test(the_same_seed_gives_the_same_solution_whatever_the_number_of_threads),
		cmocka_unit_test(stopped_at_once_it_gives_an_empty_plan_and_a_bound_that_holds),
		cmocka_unit_test(stopped_anywhere_it_keeps_the_best_plan_and_a_bound_that_holds),
		cmocka_unit_test(stopped_in_each_phase_it_keeps_the_best_plan_so_far),
		cmocka_unit_test(without_candidates_or_sites_there_is_an_empty_plan_worth_nothing),
		cmocka_unit_test(the_subgradient_alone_gives_a_bound_that_holds_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
