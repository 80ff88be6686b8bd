// SPDX-License-Identifier: EUPL-1.2
// Recommendations against all packages of tiny instances: not only the first, each one must be the best that is different from those before it.
#include "carved/advise/advise.h"
#include "carved/price/price.h"
#include "support/brute_force.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <stdlib.h>
#include <string.h>

enum { INSTANCES = 400, COUNT = 4, CANDIDATES = 3 };

struct trial {
	struct carved_instance instance;
	struct brute_force all;
	struct carved_arena arena;
	struct carved_prices prices;
	uint32_t answers, same_site, cut; // seen over all trials
};

static bool is_valid(const struct brute_package *p)
{
	return !(p->broken & ~BRUTE_BIT(consent)); // whoever asks looks at consent
}

static uint32_t hours_of(const struct brute_package *p)
{
	uint32_t sum = 0;
	for (int t = 0; t < BRUTE_SLOTS; t++)
		sum += p->hours_q[t];
	return sum;
}

// The definition once more, on arrays.
static bool differ(const struct brute_package *a, const struct brute_package *b)
{
	uint32_t common = 0, x = hours_of(a), y = hours_of(b);
	for (int t = 0; t < BRUTE_SLOTS; t++)
		common += a->hours_q[t] < b->hours_q[t] ? a->hours_q[t] : b->hours_q[t];
	return a->site != b->site || 2 * common < (x < y ? x : y);
}

static const struct brute_package *find_brute(const struct trial *trial, const struct carved_package *package)
{
	uint32_t hours_q[BRUTE_SLOTS] = {0};
	for (uint32_t i = 0; i < package->piece_count; i++)
		hours_q[package->pieces[i].slot] = package->pieces[i].hours_q;
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		if (p->candidate == package->candidate && p->site == package->site &&
			memcmp(p->hours_q, hours_q, sizeof hours_q) == 0)
			return p;
	}
	return NULL;
}

// The highest reduced value among valid packages that differ from all of `chosen`; INT64_MIN where there is none.
static int64_t best_different(const struct trial *trial, uint32_t candidate, const struct brute_package *const *chosen,
	uint32_t count, const struct carved_prices *prices)
{
	int64_t best = INT64_MIN;
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		bool fits = p->candidate == candidate && is_valid(p);
		for (uint32_t k = 0; k < count && fits; k++)
			fits = differ(p, chosen[k]);
		if (!fits)
			continue;
		int64_t reduced = brute_force_reduced(&trial->all, p, prices);
		best = reduced > best ? reduced : best;
	}
	return best;
}

static void expect_item(const struct trial *trial, const struct carved_recommendation *item, const struct brute_package *p,
	const struct carved_prices *prices)
{
	assert_non_null(p);
	assert_true(is_valid(p));
	assert_int_equal(item->package.kind, p->kind);
	assert_int_equal(item->package.value, p->value);
	assert_memory_equal(&item->package.parts, &p->parts, sizeof p->parts);
	assert_int_equal(item->reduced, brute_force_reduced(&trial->all, p, prices));
	assert_int_equal(item->paid, brute_force_reduced(&trial->all, p, NULL) - brute_force_reduced(&trial->all, p, prices));
}

static void expect_answer(struct trial *trial, uint32_t candidate, uint32_t count, const struct carved_prices *prices)
{
	const struct brute_package *chosen[COUNT] = {NULL};
	struct carved_recommend_query query = {.prices = prices, .count = count, .node_limit = 1000000, .further_nodes = 1000000};
	struct carved_recommendations answer = {0};
	struct carved_advisor *advisor = carved_advisor_new(&trial->instance, NULL, candidate);
	carved_advisor_recommend(advisor, &query, &answer);
	assert_true(answer.count <= count);
	for (uint32_t i = 0; i < answer.count; i++) {
		const struct carved_recommendation *item = &answer.items[i];
		chosen[i] = find_brute(trial, &item->package);
		expect_item(trial, item, chosen[i], prices);
		assert_true(item->exact);
		assert_int_equal(item->reduced, best_different(trial, candidate, chosen, i, prices));
		for (uint32_t k = 0; k < i; k++) {
			assert_true(differ(chosen[k], chosen[i]));
			assert_true(carved_advise_is_different(&answer.items[k].package, &item->package));
			trial->same_site += chosen[k]->site == chosen[i]->site;
		}
	}
	if (answer.count < count)
		assert_int_equal(best_different(trial, candidate, chosen, answer.count, prices), INT64_MIN);
	assert_int_equal(answer.bound, answer.count ? answer.items[0].reduced : CARVED_PRICE_NO_PACKAGE);
	trial->answers += answer.count;
	carved_recommendations_deinit(&answer);
	carved_advisor_free(advisor);
}

// With a limit of few nodes searches are cut: what is said must hold all the same.
static void expect_honest(
	struct trial *trial, uint32_t candidate, const struct carved_prices *prices, uint32_t nodes, uint32_t further)
{
	const struct brute_package *chosen[COUNT] = {NULL};
	struct carved_recommend_query query = {.prices = prices, .count = COUNT, .node_limit = nodes, .further_nodes = further};
	struct carved_recommendations answer = {0};
	struct carved_advisor *advisor = carved_advisor_new(&trial->instance, NULL, candidate);
	carved_advisor_recommend(advisor, &query, &answer);
	int64_t best = best_different(trial, candidate, NULL, 0, prices);
	assert_true(best == INT64_MIN || answer.bound >= best);
	for (uint32_t i = 0; i < answer.count; i++) {
		chosen[i] = find_brute(trial, &answer.items[i].package);
		expect_item(trial, &answer.items[i], chosen[i], prices);
		for (uint32_t k = 0; k < i; k++)
			assert_true(differ(chosen[k], chosen[i]));
		if (answer.items[i].exact)
			assert_int_equal(answer.items[i].reduced, best_different(trial, candidate, chosen, i, prices));
		trial->cut += !answer.items[i].exact;
	}
	carved_recommendations_deinit(&answer);
	carved_advisor_free(advisor);
}

static void run(struct trial *trial, void (*make)(struct carved_instance *instance, uint64_t seed), uint64_t seed)
{
	struct random_stream random = {seed};
	make(&trial->instance, seed);
	brute_force_init(&trial->all, &trial->instance);
	trial->arena = (struct carved_arena)CARVED_ARENA_INIT;
	carved_prices_init(&trial->prices, &trial->instance, &trial->arena);
	random_instance_prices(&trial->instance, &random, 400, &trial->prices);
	for (uint32_t candidate = 0; candidate < CANDIDATES; candidate++) {
		expect_answer(trial, candidate, COUNT, NULL);
		expect_answer(trial, candidate, COUNT, &trial->prices);
		expect_answer(trial, candidate, 1, &trial->prices);
		expect_honest(trial, candidate, &trial->prices, 1, 3);
		expect_honest(trial, candidate, &trial->prices, 5, 1);
		expect_honest(trial, candidate, NULL, 50, 2); // the first is proven with more than others get
	}
	brute_force_deinit(&trial->all);
	carved_arena_deinit(&trial->arena);
	carved_instance_deinit(&trial->instance);
}

static void each_recommendation_is_the_best_that_differs_from_those_before(void **state)
{
	struct trial trial = {.answers = 0};
	(void)state;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		run(&trial, random_instance_init, seed);
		run(&trial, random_instance_init_weeks, seed);
		run(&trial, random_instance_init_build_up, seed);
	}
	print_message(
		"%u packages; %u pairs of one site; %u answers to cut searches\n", trial.answers, trial.same_site, trial.cut);
	assert_true(trial.answers > 5 * INSTANCES);
	assert_true(trial.same_site > INSTANCES / 4); // the tree of different.c has worked
	assert_true(trial.cut > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_recommendation_is_the_best_that_differs_from_those_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
