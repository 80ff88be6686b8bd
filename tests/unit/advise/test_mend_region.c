// SPDX-License-Identifier: EUPL-1.2
// Mends on real regions: for pairs in reach that don't fit, no single change is smaller than the one that is told, and every advice makes a valid package exist when
// it is followed.
#include "carved/advise/mend.h"
#include "carved/base/json.h"
#include "carved/base/json_edit.h"
#include "carved/model/compile.h"
#include "carved/model/part.h"
#include "carved/model/single.h"
#include "carved/price/price.h"
#include "support/carved_cmocka.h"
#include "support/mend_brute.h"
#include "support/random_instance.h"
#include "support/region_file.h"
#include <string.h>

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

// The region with the changes of an advice made by their paths and values, one document after the other.
static struct carved_region *follow(struct carved_region *region, const struct carved_mend *mend)
{
	struct carved_region *after = carved_region_ref(region);
	for (size_t i = 0; i < mend->count; i++) {
		const struct carved_mend_change *change = &mend->changes[i];
		const struct carved_document *before = carved_region_find(after, change->document, change->ref);
		struct carved_json_edit edit;
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed = {0};
		struct carved_findings findings = {0};
		assert_true(carved_json_edit_open(&edit, before->json, before->json_length, NULL));
		assert_true(change->value ? carved_json_edit_set(&edit, change->path, change->value, NULL)
					  : carved_json_edit_remove(&edit, change->path, NULL));
		carved_json_format(edit.root, &text);
		assert_true(carved_parse_documents(
			text.data, text.length, CARVED_FORMAT_JSON, region_file_date(), NULL, &parsed, &findings));
		struct carved_region_change put = {.kind = change->document, .ref = change->ref, .document = parsed.documents[0]};
		struct carved_region *next = carved_region_apply(after, &put, 1);
		assert_true(carved_region_check(next, &parsed, NULL, 0, &findings));
		carved_region_unref(after);
		after = next;
		carved_parsed_deinit(&parsed);
		carved_findings_deinit(&findings);
		carved_buffer_deinit(&text);
		carved_json_edit_deinit(&edit);
	}
	return after;
}

static struct carved_region *cell_of(struct carved_region *region, size_t candidate, size_t site)
{
	struct carved_document *person = region->documents[CARVED_KIND_CANDIDATE][candidate];
	return carved_region_cell(region, person, region->documents[CARVED_KIND_SITE][site],
		carved_region_find(region, CARVED_KIND_COACH, person->candidate.coach));
}

static void expect_to_help(struct stage *stage, size_t candidate, size_t site, const struct carved_mend *mend)
{
	struct carved_region *after = follow(stage->region, mend), *cell = cell_of(after, candidate, site);
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
	const struct carved_mend_reach reach = {.most = 2};
	const struct carved_advise_question question = {.region = stage->region,
		.candidate = candidate,
		.site = site,
		.date = region_file_date(),
		.weights = &stage->weights,
		.node_limit = NODES,
		.tries = 1000,
		.items = 3};
	struct mend_brute brute = {.region = stage->region, .candidate = candidate, .site = site, .fits = fits, .context = stage};
	struct carved_mends found = {0};
	carved_mends_find(&question, &reach, &found);
	mend_brute_run(&brute);
	expect_as_small(&brute, &found);
	for (size_t i = 0; i < found.count; i++)
		expect_to_help(stage, candidate, site, &found.items[i]);
	stage->by_one += found.count && found.items[0].count == 1;
	stage->by_more += found.count && found.items[0].count > 1;
	stage->none += found.count == 0;
	stage->cut_short += found.complete_to < 1;
	stage->tried += brute.tried;
	carved_mends_deinit(&found);
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
		struct carved_region *cell = cell_of(stage.region, c, s);
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
