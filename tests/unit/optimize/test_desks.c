// SPDX-License-Identifier: EUPL-1.2
// Integer programs of a few people, on tiny instances: held against the best plan over all packages, against each other, and against themselves.
#include "desks.h"
#include "random.h"
#include "support/brute_force.h"
#include "support/carved_cmocka.h"
#include "support/tiny_plan.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INSTANCES = 200, BATCHES = 6 };

struct trial {
	struct tiny_plan tiny;
	struct carved_restart restart; // from nothing
	struct carved_desks desks;
};

static void begin(struct trial *trial, uint64_t seed, uint32_t threads)
{
	tiny_plan_init(&trial->tiny, seed, threads);
	carved_restart_init(&trial->restart, &trial->tiny.dual);
	carved_desks_init(&trial->desks, &trial->restart, &trial->tiny.dual, &trial->tiny.plan);
	trial->desks.manner =
		(struct carved_desks_manner){.columns_most = 1000, .pricing_rounds = 10, .pairs_priced = 20, .nodes = 200};
}

static void end(struct trial *trial)
{
	carved_desks_deinit(&trial->desks);
	carved_restart_deinit(&trial->restart);
	tiny_plan_deinit(&trial->tiny);
}

static void take_in_everybody(struct carved_desk *desk, const struct carved_instance *in)
{
	for (uint32_t c = 0; c < in->candidates_count; c++)
		carved_desk_take_in(desk, c);
}

static void a_program_of_everybody_finds_the_best_plan(void **state)
{
	(void)state;
	uint32_t best_found = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		struct brute_force all;
		int64_t value = 0;
		bool better;
		begin(&trial, seed, 1);
		brute_force_init(&all, &trial.tiny.instance);
		do {
			take_in_everybody(&trial.desks.desks[0], &trial.tiny.instance);
			better = carved_desks_solve(&trial.desks, 1) > 0;
			tiny_plan_assert_room(&trial.tiny);
			assert_int_equal(better, trial.tiny.plan.value > value);
			value = trial.tiny.plan.value;
		} while (better);
		int64_t best = brute_force_best_plan(&all, BRUTE_RULE_COUNT);
		assert_true(value <= best);
		best_found += value == best;
		brute_force_deinit(&all);
		end(&trial);
	}
	printf("best plan in %u of %u\n", best_found, INSTANCES);
	assert_true(best_found >= INSTANCES * 97 / 100);
}

// Each person at each desk by lot, so most sit at several.
static void fill_desks(struct trial *trial, struct carved_random *random)
{
	for (uint32_t i = 0; i < trial->desks.size; i++) {
		for (uint32_t c = 0; c < trial->tiny.instance.candidates_count; c++) {
			if (carved_random_below(random, 3) > 0)
				carved_desk_take_in(&trial->desks.desks[i], c);
		}
	}
}

static void several_at_a_time_make_the_same_plan_for_any_number_of_threads(void **state)
{
	(void)state;
	uint32_t better = 0, several = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trials[3];
		for (uint32_t i = 0; i < 3; i++) {
			struct trial *trial = &trials[i];
			struct carved_random random = {seed};
			begin(trial, seed, i + 1);
			trial->desks.size = 3;
			for (int batch = 0; batch < BATCHES; batch++) {
				const int64_t before = trial->tiny.plan.value;
				fill_desks(trial, &random);
				uint32_t count = carved_desks_solve(&trial->desks, trial->desks.size);
				tiny_plan_assert_room(&trial->tiny);
				assert_true(count > 0 ? trial->tiny.plan.value > before : trial->tiny.plan.value == before);
				better += count > 0;
				several += count > 1;
			}
			assert_int_equal(trial->tiny.pool.count, trials[0].tiny.pool.count);
			assert_memory_equal(trial->tiny.plan.column, trials[0].tiny.plan.column,
				trial->tiny.instance.candidates_count * sizeof *trial->tiny.plan.column);
		}
		for (uint32_t i = 0; i < 3; i++)
			end(&trials[i]);
	}
	printf("better in %u batches, by several programs in %u\n", better, several);
	assert_true(better > INSTANCES && several > 10);
}

static void a_program_of_a_site_leaves_people_elsewhere_or_brings_them_there(void **state)
{
	(void)state;
	uint32_t brought = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		begin(&trial, seed, 1);
		const uint32_t site = (uint32_t)seed % trial.tiny.instance.sites_count;
		trial.desks.desks[0].site = site;
		take_in_everybody(&trial.desks.desks[0], &trial.tiny.instance);
		carved_desks_solve(&trial.desks, 1);
		for (uint32_t c = 0; c < trial.tiny.instance.candidates_count; c++) {
			const uint32_t column = trial.tiny.plan.column[c];
			if (column == CARVED_NONE)
				continue;
			assert_int_equal(trial.tiny.problem.pairs[trial.tiny.pool.columns[column].pair].site, site);
			brought++;
		}
		assert_int_equal(trial.desks.desks[0].site, CARVED_NONE); // it was for once
		end(&trial);
	}
	printf("%u people brought\n", brought);
	assert_true(brought > INSTANCES / 4);
}

static void columns_of_another_pool_are_the_same_there_and_back(void **state)
{
	(void)state;
	uint32_t copied = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct trial trial;
		begin(&trial, seed, 1);
		struct carved_columns *pool = &trial.tiny.pool, *other = &trial.desks.desks[0].pool;
		for (int time = 0; time < 2; time++) {
			for (uint32_t q = pool->count; q-- > 0;) {
				const uint32_t count = other->count, number = carved_columns_copy(other, pool, q);
				const struct carved_column *from = &pool->columns[q], *to = &other->columns[number];
				assert_int_equal(number, count);
				assert_int_equal(carved_columns_copy(other, pool, q), number);
				assert_int_equal(carved_columns_copy(pool, other, number), q);
				assert_int_equal(to->value, from->value);
				assert_int_equal(to->worth, from->worth);
				assert_int_equal(to->use_count, from->use_count);
				assert_memory_equal(carved_columns_uses(other, to), carved_columns_uses(pool, from),
					from->use_count * sizeof(struct carved_use));
				assert_int_equal(other->of_candidate[from->candidate], number);
				copied++;
			}
			assert_int_equal(other->count, pool->count);
			carved_columns_clear(other);
			assert_int_equal(other->count, 0);
			for (uint32_t c = 0; c < trial.tiny.instance.candidates_count; c++)
				assert_int_equal(other->of_candidate[c], CARVED_NONE);
		}
		end(&trial);
	}
	assert_true(copied > INSTANCES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_of_everybody_finds_the_best_plan),
		cmocka_unit_test(several_at_a_time_make_the_same_plan_for_any_number_of_threads),
		cmocka_unit_test(a_program_of_a_site_leaves_people_elsewhere_or_brings_them_there),
		cmocka_unit_test(columns_of_another_pool_are_the_same_there_and_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
