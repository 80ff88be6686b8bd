// SPDX-License-Identifier: EUPL-1.2
// Rule `build-up` stands twice: on documents (model/build_up.c) and in the pricer (price/steps.c). Here they are held together on real packages: the best of each pair of a person
// who builds up, with the person's own steps and with every other first step.
#include "carved/model/build_up.h"
#include "carved/model/compile.h"
#include "carved/price/price.h"
#include "support/carved_cmocka.h"
#include "support/region_file.h"
#include <stdio.h>

enum { NODES = 20000 };

struct both {
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_price_workspace *workspace;
	uint32_t steps[2]; // of the instance, for the person at hand
	size_t packages, without, asked, refused;
	uint32_t most_nodes;
};

static void set_steps(struct both *both, uint32_t candidate, uint32_t count)
{
	both->instance.steps = both->steps;
	both->instance.steps_count = 2;
	both->instance.candidates[candidate].build_up = (struct carved_range){0, count};
}

// What model/ says of a package under these steps.
static bool grows(struct both *both, const struct carved_package *package, struct carved_build_up *steps, size_t count)
{
	struct carved_candidate candidate = *carved_region_candidate(both->region, package->candidate);
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_slots slots = carved_slots_make(carved_region_site(both->region, package->site), &scratch);
	uint32_t first = both->instance.sites[package->site].slots.first;
	struct carved_build_up_need *needs = carved_arena_array(&scratch, struct carved_build_up_need, package->piece_count);
	struct carved_build_up_step *found = carved_arena_array(&scratch, struct carved_build_up_step, count);
	candidate.build_up = steps;
	candidate.build_up_count = count;
	for (uint32_t i = 0; i < package->piece_count; i++)
		needs[i] = carved_build_up_need_of(
			&candidate, &slots.items[package->pieces[i].slot - first], (int)package->pieces[i].hours_q);
	bool answer = carved_build_up_make(&candidate, needs, package->piece_count, &scratch, found);
	carved_arena_deinit(&scratch);
	return answer;
}

// Every first step, alone and with a second one some hours later.
static void compare_steps(struct both *both, const struct carved_pair *pair, const struct carved_package *package)
{
	const struct carved_price_query query = {.node_limit = 1};
	for (uint32_t q = 1; q < both->instance.candidates[pair->candidate].max_q; q++) {
		struct carved_build_up steps[2] = {{0, (int)q}, {8, (int)q + 6}};
		both->steps[0] = q;
		both->steps[1] = q + 6;
		for (uint32_t count = 1; count <= 2; count++) {
			set_steps(both, pair->candidate, count);
			bool can = carved_price_check(both->workspace, pair, &query, package);
			assert_int_equal(can, grows(both, package, steps, count));
			both->asked++;
			both->refused += !can;
		}
	}
}

static void compare_pair(struct both *both, const struct carved_pair *pair, const struct carved_candidate *candidate)
{
	struct carved_price_query query = {.node_limit = NODES, .threshold = INT64_MIN / 8};
	struct carved_price_result free, grown;
	set_steps(both, pair->candidate, 0);
	carved_price_best(both->workspace, pair, &query, &free);
	if (free.answer != CARVED_PRICE_FOUND)
		return;
	struct carved_piece pieces[64];
	assert_true(free.package.piece_count <= 64);
	for (uint32_t i = 0; i < free.package.piece_count; i++)
		pieces[i] = free.package.pieces[i];
	free.package.pieces = pieces;
	both->packages++;
	both->steps[0] = (uint32_t)candidate->build_up[0].hours_q;
	set_steps(both, pair->candidate, 1);
	carved_price_best(both->workspace, pair, &query, &grown);
	both->most_nodes = grown.nodes > both->most_nodes ? grown.nodes : both->most_nodes;
	assert_int_not_equal(grown.answer, CARVED_PRICE_LIMIT);
	if (grown.answer == CARVED_PRICE_FOUND)
		assert_true(grows(both, &grown.package, candidate->build_up, 1) && grown.reduced <= free.reduced);
	if (grows(both, &free.package, candidate->build_up, 1))
		assert_int_equal(grown.reduced, free.reduced);
	else
		both->without++;
	compare_steps(both, pair, &free.package);
}

static void compare_region(const char *name, size_t most)
{
	struct carved_region *region = region_file_load(name);
	struct both both = {.region = region};
	size_t people = 0;
	if (!region)
		skip();
	carved_weights_init(&both.weights);
	carved_compile(region, region_file_date(), &both.weights, &both.instance);
	both.workspace = carved_price_workspace_new(&both.instance);
	for (uint32_t c = 0; c < both.instance.candidates_count && people < most; c++) {
		const struct carved_candidate *candidate = carved_region_candidate(region, c);
		struct carved_profile *profile = candidate->build_up_count ? carved_profile_new(&both.instance, c) : NULL;
		people += profile != NULL;
		for (uint32_t s = 0; profile && s < both.instance.sites_count; s++) {
			struct carved_arena arena = CARVED_ARENA_INIT;
			struct carved_pair pair;
			if (carved_profile_prepare(profile, s, &arena, &pair))
				compare_pair(&both, &pair, candidate);
			carved_arena_deinit(&arena);
		}
		carved_profile_free(profile);
	}
	printf("%s: %zu people, %zu packages, %zu of them without a part for the person's own steps (nodes at most %u); asked "
	       "%zu times, refused %zu\n",
		name, people, both.packages, both.without, both.most_nodes, both.asked, both.refused);
	assert_true(people > 0 && both.asked > 100 && both.refused > 0);
	carved_price_workspace_free(both.workspace);
	carved_instance_deinit(&both.instance);
	carved_region_unref(region);
}

static void model_and_pricer_agree_on_steps_in_small(void **state)
{
	(void)state;
	compare_region("small", SIZE_MAX);
}

static void model_and_pricer_agree_on_steps_in_medium(void **state)
{
	(void)state;
	compare_region("medium", SIZE_MAX);
}

static void model_and_pricer_agree_on_steps_of_some_in_large(void **state)
{
	(void)state;
	compare_region("large", 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(model_and_pricer_agree_on_steps_in_small),
		cmocka_unit_test(model_and_pricer_agree_on_steps_in_medium),
		cmocka_unit_test(model_and_pricer_agree_on_steps_of_some_in_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
