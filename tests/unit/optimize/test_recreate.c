// SPDX-License-Identifier: EUPL-1.2
// Filling a plan and ruin and recreate, on tiny instances: held against the best plan over all packages, against each other, and against themselves.
#include "learn.h"
#include "recreate.h"
#include "support/brute_force.h"
#include "support/carved_cmocka.h"
#include "support/tiny_plan.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INSTANCES = 200, ROUNDS = 400 };

#define ROUNDED (CARVED_MICRO / 10) // parts of prices are rounded, per quarter or in all

struct trial {
	struct tiny_plan tiny;
	struct carved_fill fill;
	struct carved_recreate search;
	int64_t told; // value of the last improvement
	bool rising;
};

static void on_improved(void *context)
{
	struct trial *trial = context;
	trial->rising = trial->rising && trial->tiny.plan.value > trial->told;
	trial->told = trial->tiny.plan.value;
}

static void begin_with_threads(struct trial *trial, uint64_t seed, uint32_t threads)
{
	*trial = (struct trial){.rising = true, .told = -1};
	tiny_plan_init(&trial->tiny, seed, threads);
	carved_fill_init(&trial->fill, &trial->tiny.dual.bounder, trial->tiny.dual.best, &trial->tiny.plan);
	carved_recreate_init(&trial->search, &trial->fill, &carved_recreate_for_plans, seed, on_improved, trial);
}

static void begin(struct trial *trial, uint64_t seed)
{
	begin_with_threads(trial, seed, 1);
}

static void end(struct trial *trial)
{
	carved_recreate_deinit(&trial->search);
	carved_fill_deinit(&trial->fill);
	tiny_plan_deinit(&trial->tiny);
}

static void it_is_never_worse_than_where_it_began_and_finds_the_best_plan(void **state)
{
	(void)state;
	uint32_t best_found = 0, improved = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		struct brute_force all;
		begin(&trial, seed);
		brute_force_init(&all, &trial.tiny.instance);
		int64_t best = brute_force_best_plan(&all, BRUTE_RULE_COUNT);
		carved_recreate_construct(&trial.search);
		tiny_plan_assert_room(&trial.tiny);
		int64_t constructed = trial.tiny.plan.value;
		carved_recreate_run(&trial.search, ROUNDS);
		tiny_plan_assert_room(&trial.tiny);
		assert_in_range(trial.tiny.plan.value, constructed, best);
		assert_true(trial.rising && trial.told <= trial.tiny.plan.value);
		best_found += trial.tiny.plan.value == best;
		improved += trial.tiny.plan.value > constructed;
		brute_force_deinit(&all);
		end(&trial);
	}
	printf("best plan in %u of %u, better than the greedy in %u\n", best_found, INSTANCES, improved);
	assert_true(best_found >= INSTANCES * 97 / 100 && improved >= 3);
}

// A renewal gives up the plan that it began from, so it may end with less; what it was told of only got better.
static void a_renewal_ends_with_a_plan_about_as_good(void **state)
{
	(void)state;
	uint32_t best_found = 0, others = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		struct brute_force all;
		begin(&trial, seed);
		brute_force_init(&all, &trial.tiny.instance);
		int64_t best = brute_force_best_plan(&all, BRUTE_RULE_COUNT);
		const size_t size = trial.tiny.instance.candidates_count * sizeof *trial.tiny.plan.column;
		uint32_t *former = carved_alloc_array(1, size);
		carved_recreate_construct(&trial.search);
		memcpy(former, trial.tiny.plan.column, size);
		carved_recreate_renew(&trial.search, ROUNDS);
		tiny_plan_assert_room(&trial.tiny);
		assert_true(trial.tiny.plan.value <= best && trial.rising);
		best_found += trial.tiny.plan.value == best;
		others += memcmp(former, trial.tiny.plan.column, size) != 0;
		free(former);
		brute_force_deinit(&all);
		end(&trial);
	}
	printf("best plan in %u of %u, another one than it began from in %u\n", best_found, INSTANCES, others);
	assert_true(best_found >= INSTANCES * 97 / 100 && others >= 3);
}

static void the_same_seed_ends_at_the_same_plan(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct trial trials[2];
		for (int i = 0; i < 2; i++) {
			begin(&trials[i], seed);
			carved_recreate_construct(&trials[i].search);
			carved_recreate_run(&trials[i].search, ROUNDS);
		}
		assert_int_equal(trials[0].tiny.pool.count, trials[1].tiny.pool.count);
		assert_memory_equal(trials[0].tiny.plan.column, trials[1].tiny.plan.column,
			trials[0].tiny.instance.candidates_count * sizeof *trials[0].tiny.plan.column);
		end(&trials[0]);
		end(&trials[1]);
	}
}

static void a_learner_prices_for_the_search_and_the_plan_is_the_same_for_any_number_of_threads(void **state)
{
	(void)state;
	uint32_t learnt = 0;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct trial trials[3];
		for (uint32_t i = 0; i < 3; i++) {
			struct trial *trial = &trials[i];
			struct carved_learner learner;
			begin_with_threads(trial, seed, i + 1);
			carved_recreate_construct(&trial->search);
			uint32_t known = trial->tiny.pool.count;
			int64_t constructed = trial->tiny.plan.value;
			carved_learner_init(&learner, &trial->search);
			carved_recreate_run(&trial->search, 3 * CARVED_LEARN_ROUNDS + 1);
			carved_learner_deinit(&learner);
			learnt += trial->tiny.pool.count - known;
			assert_int_equal(trial->fill.calls, 0); // all of them the learner's
			assert_true(trial->tiny.plan.value >= constructed);
			tiny_plan_assert_room(&trial->tiny);
			assert_int_equal(trial->tiny.pool.count, trials[0].tiny.pool.count);
			assert_memory_equal(trial->tiny.plan.column, trials[0].tiny.plan.column,
				trial->tiny.instance.candidates_count * sizeof *trial->tiny.plan.column);
		}
		for (uint32_t i = 0; i < 3; i++)
			end(&trials[i]);
	}
	printf("%u packages learnt\n", learnt);
	assert_true(learnt > 0);
}

static void the_pool_has_room_where_it_was_reserved(void **state)
{
	(void)state;
	struct trial trial;
	begin(&trial, 1);
	carved_columns_reserve(&trial.tiny.pool, 3000);
	assert_true(carved_columns_has_room(&trial.tiny.pool, 1));
	assert_true(trial.tiny.pool.capacity - trial.tiny.pool.count >= 3000);
	const uint32_t capacity = trial.tiny.pool.capacity, uses = trial.tiny.pool.use_capacity;
	trial.tiny.pool.capacity = trial.tiny.pool.count;
	assert_false(carved_columns_has_room(&trial.tiny.pool, 1));
	trial.tiny.pool.capacity = capacity;
	trial.tiny.pool.use_capacity = trial.tiny.pool.use_count + 1;
	assert_false(carved_columns_has_room(&trial.tiny.pool, 1));
	trial.tiny.pool.use_capacity = uses;
	end(&trial);
}

// What is priced beside the search is passed over where it would need memory, and found once there is some.
static void what_there_is_no_memory_for_is_found_later(void **state)
{
	(void)state;
	uint32_t passed_over = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		struct carved_draft plan;
		struct carved_fill fill;
		begin(&trial, seed);
		carved_draft_init(&plan, &trial.tiny.problem, &trial.tiny.pool);
		carved_fill_init_beside(&fill, &trial.fill, &plan);
		for (uint32_t c = 0; c < trial.tiny.instance.candidates_count; c++) {
			int64_t noise = 0;
			carved_fill_set_manner(
				&fill, &(struct carved_fill_manner){carved_fill_part_of_level(0), CARVED_FILL_WHOLE, 0});
			carved_columns_reserve(&trial.tiny.pool, 1);
			const uint32_t capacity = trial.tiny.pool.capacity, known = trial.tiny.pool.count;
			trial.tiny.pool.capacity = known;
			carved_fill_insert(&fill, &c, &noise, 1);
			assert_int_equal(plan.column[c], CARVED_NONE);
			assert_int_equal(trial.tiny.pool.count, known);
			trial.tiny.pool.capacity = capacity;
			carved_fill_insert(&fill, &c, &noise, 1);
			if (plan.column[c] == CARVED_NONE)
				continue;
			carved_draft_remove(&plan, c);
			passed_over++;
		}
		carved_fill_deinit_beside(&fill);
		carved_draft_deinit(&plan);
		end(&trial);
	}
	printf("%u packages passed over and found\n", passed_over);
	assert_true(passed_over > 100);
}

// The score of the person's package by the level's prices; INT64_MIN without one. Takes it out again.
static int64_t score_of(struct trial *trial, uint32_t candidate, uint32_t level, bool priced)
{
	struct carved_fill_manner manner = {carved_fill_part_of_level(level), CARVED_FILL_WHOLE, priced ? level : CARVED_NONE};
	int64_t noise = 0, score = INT64_MIN;
	carved_fill_set_manner(&trial->fill, &manner);
	carved_fill_insert(&trial->fill, &candidate, &noise, 1);
	uint32_t column = trial->tiny.plan.column[candidate];
	if (column == CARVED_NONE)
		return score;
	score = trial->tiny.pool.columns[column].worth -
		carved_columns_charge(&trial->tiny.pool, column, trial->fill.level_prices[level]);
	score -= carved_problem_fixed_charge(&trial->tiny.problem, trial->tiny.pool.columns[column].pair, trial->tiny.dual.best);
	carved_draft_remove(&trial->tiny.plan, candidate);
	return score;
}

// Pricing sees every package, so nothing known beats it; and afterwards what it found is known.
static void what_is_priced_is_at_least_what_is_known_and_then_it_is_known(void **state)
{
	(void)state;
	uint32_t better = 0, compared = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		begin(&trial, seed);
		carved_recreate_construct(&trial.search);
		for (uint32_t c = 0; c < trial.tiny.instance.candidates_count; c++) {
			if (trial.tiny.plan.column[c] != CARVED_NONE)
				carved_draft_remove(&trial.tiny.plan, c);
			for (uint32_t level = 0; level < CARVED_FILL_LEVELS; level++) {
				int64_t known = score_of(&trial, c, level, false), priced = score_of(&trial, c, level, true);
				int64_t then = score_of(&trial, c, level, false);
				compared += priced != INT64_MIN;
				better += priced > known;
				if (known != INT64_MIN)
					assert_true(priced >= known - ROUNDED);
				if (priced != INT64_MIN)
					assert_true(llabs(then - priced) <= ROUNDED);
			}
		}
		end(&trial);
	}
	printf("%u packages priced, %u better than what was known\n", compared, better);
	assert_true(compared > 500 && better > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_never_worse_than_where_it_began_and_finds_the_best_plan),
		cmocka_unit_test(a_renewal_ends_with_a_plan_about_as_good),
		cmocka_unit_test(the_same_seed_ends_at_the_same_plan),
		cmocka_unit_test(a_learner_prices_for_the_search_and_the_plan_is_the_same_for_any_number_of_threads),
		cmocka_unit_test(the_pool_has_room_where_it_was_reserved),
		cmocka_unit_test(what_there_is_no_memory_for_is_found_later),
		cmocka_unit_test(what_is_priced_is_at_least_what_is_known_and_then_it_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
