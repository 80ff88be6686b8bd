// SPDX-License-Identifier: EUPL-1.2
// Mends on real regions: for pairs in reach that don't fit, no single change is smaller than the one that is told, and every advice makes a valid package exist when
// it is followed.
#include "carved/model/compile.h"
#include "carved/model/single.h"
#include "carved/price/price.h"
#include "mend_fixture.h"
#include "support/carved_cmocka.h"
#include "support/mend_brute.h"
#include "support/random_instance.h"
#include "support/region_file.h"

enum { PAIRS = 200, NODES = 2000 };

struct stage {
	struct carved_region *region;
	struct carved_weights weights;
	int pairs, fitting, far, told, by_one, by_more, none, cut_short, tried, kinds[CARVED_MEND_KINDS];
};

// Whether the pricer finds a package of the one person at the one site, and the checker takes it.
static bool fits(void *context, const struct carved_region *cell)
{
	const struct stage *stage = context;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_instance instance = {0};
	struct carved_pair pair;
	bool good = false;
	carved_compile(cell, region_file_date(), &stage->weights, &instance);
	struct carved_profile *profile = carved_profile_new(&instance, 0);
	if (carved_profile_prepare(profile, 0, &arena, &pair)) {
		struct carved_price_workspace *workspace = carved_price_workspace_new(&instance);
		struct carved_price_query query = {.place_value = carved_fit_place(&instance, 0, carved_profile_options(profile)),
			.threshold = CARVED_PRICE_NO_PACKAGE,
			.node_limit = NODES};
		struct carved_price_result result;
		carved_price_best(workspace, &pair, &query, &result);
		if (result.package.piece_count) {
			struct carved_singles *singles = carved_singles_new(cell, region_file_date(), &stage->weights);
			struct carved_single *single = carved_single_new(singles, 0);
			struct carved_plan plan;
			good = carved_single_make(single, &result.package, &plan, NULL);
			if (good)
				carved_plan_deinit(&plan);
			carved_single_free(single);
			carved_singles_free(singles);
		}
		carved_price_workspace_free(workspace);
	}
	carved_profile_free(profile);
	carved_instance_deinit(&instance);
	carved_arena_deinit(&arena);
	return good;
}

static void expect_to_help(struct stage *stage, size_t candidate, size_t site, const struct carved_mend *mend)
{
	struct carved_region *after = mend_follow(stage->region, mend, region_file_date()),
			     *cell = mend_cell(after, candidate, site);
	assert_true(fits(stage, cell));
	carved_region_unref(cell);
	carved_region_unref(after);
	stage->told++;
	for (size_t i = 0; i < mend->count; i++)
		stage->kinds[mend->changes[i].kind]++;
}

static void expect_as_small(const struct mend_brute *brute, const struct carved_mends *found)
{
	const struct carved_mend_change *best = found->count ? &found->items[0].changes[0] : NULL;
	bool single = best && found->items[0].count == 1;
	if (brute->found && !single)
		fail_msg("candidate %zu, site %zu: %s of %d would help, and is not told", brute->candidate, brute->site,
			carved_mend_names[brute->best_kind], brute->best_size);
	if (!brute->found)
		return;
	enum carved_mend_class class = carved_mend_classes[best->kind];
	if (class > brute->best_class || (class == brute->best_class && best->size > brute->best_size))
		fail_msg("candidate %zu, site %zu: %s of %d is told, %s of %d is smaller", brute->candidate, brute->site,
			carved_mend_names[best->kind], best->size, carved_mend_names[brute->best_kind], brute->best_size);
}

static void ask(struct stage *stage, size_t candidate, size_t site)
{
	struct mend_brute brute = {.region = stage->region, .candidate = candidate, .site = site, .fits = fits, .context = stage};
	struct mend_asked a;
	mend_asked_init(&a, carved_region_ref(stage->region), candidate, site, region_file_date());
	a.question.node_limit = NODES;
	a.question.tries = 1000;
	a.question.items = 3;
	mend_ask(&a, 2);
	mend_brute_run(&brute);
	expect_as_small(&brute, &a.found);
	for (size_t i = 0; i < a.found.count; i++)
		expect_to_help(stage, candidate, site, &a.found.items[i]);
	stage->by_one += a.found.count && a.found.items[0].count == 1;
	stage->by_more += a.found.count && a.found.items[0].count > 1;
	stage->none += a.found.count == 0;
	stage->cut_short += a.found.complete_to < 1;
	stage->tried += brute.tried;
	mend_asked_deinit(&a);
}

static void run(const char *name)
{
	struct stage stage = {.region = region_file_load(name)};
	struct random_stream random = {.state = 2026};
	if (!stage.region)
		skip();
	carved_weights_init(&stage.weights);
	while (stage.pairs < PAIRS) {
		size_t c = random_below(&random, (uint32_t)stage.region->count[CARVED_KIND_CANDIDATE]);
		size_t s = random_below(&random, (uint32_t)stage.region->count[CARVED_KIND_SITE]);
		const struct carved_candidate *person = carved_region_candidate(stage.region, c);
		if (carved_rules_minutes(person, carved_region_site(stage.region, s)) > person->max_minutes) {
			stage.far++;
			continue;
		}
		struct carved_region *cell = mend_cell(stage.region, c, s);
		bool fitting = fits(&stage, cell);
		carved_region_unref(cell);
		stage.fitting += fitting;
		if (fitting)
			continue;
		stage.pairs++;
		ask(&stage, c, s);
	}
	print_message("%s: %d pairs in reach that don't fit (%d fitted, %d were out of reach): %d mended by one change, %d by "
		      "two, %d by "
		      "neither, %d cut short; %d advices followed, %d single changes tried by brute force;",
		name, stage.pairs, stage.fitting, stage.far, stage.by_one, stage.by_more, stage.none, stage.cut_short, stage.told,
		stage.tried);
	for (int kind = 0; kind < CARVED_MEND_KINDS; kind++)
		print_message(" %s %d", carved_mend_names[kind], stage.kinds[kind]);
	print_message("\n");
	assert_true(stage.by_one > 20);
	carved_region_unref(stage.region);
}

static void on_small_no_single_change_is_smaller_and_all_that_is_told_helps(void **state)
{
	(void)state;
	run("small");
}

static void on_medium_no_single_change_is_smaller_and_all_that_is_told_helps(void **state)
{
	(void)state;
	run("medium");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_small_no_single_change_is_smaller_and_all_that_is_told_helps),
		cmocka_unit_test(on_medium_no_single_change_is_smaller_and_all_that_is_told_helps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
