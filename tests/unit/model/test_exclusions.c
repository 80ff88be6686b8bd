// SPDX-License-Identifier: EUPL-1.2
// What people declined: the table, and that everything which reads rule `excluded` sees it.
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/model/exclusions.h"
#include "carved/model/part.h"
#include "carved/model/rules.h"
#include "support/carved_cmocka.h"
#include "support/world.h"
#include "support/world_plan.h"
#include <stdlib.h>
#include <string.h>

// K-1 and K-2 could work at S-1 and S-2; all documents are in version 3.
struct fixture {
	struct world world;
	struct carved_weights weights;
	struct carved_candidate *people[2];
	struct carved_site *sites[2];
};

static int setup(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	static const char *const people[] = {"K-1", "K-2"}, *const sites[] = {"S-1", "S-2"};
	world_init(&f->world);
	carved_weights_init(&f->weights);
	for (size_t i = 0; i < 2; i++) {
		f->people[i] = world_add_candidate(&f->world, people[i]);
		f->sites[i] = world_add_site(&f->world, sites[i]);
		world_add_task(&f->world, world_add_job(&f->world, f->sites[i], "nurse"), "linen", 40);
		f->world.documents[CARVED_KIND_CANDIDATE][i]->version = 3;
		f->world.documents[CARVED_KIND_SITE][i]->version = 3;
	}
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	carved_exclusions_unref(f->world.region.exclusions);
	f->world.region.exclusions = NULL;
	world_deinit(&f->world);
	free(f);
	return 0;
}

static void decline(struct fixture *f, const char *candidate, const char *site, bool for_good)
{
	const struct carved_exclusion said = {candidate, site, for_good, 3, 3};
	struct carved_exclusions *before = f->world.region.exclusions;
	f->world.region.exclusions = carved_exclusions_add(before, &said);
	carved_exclusions_unref(before);
}

static bool is_excluded(const struct fixture *f, size_t person, size_t site)
{
	return carved_rules_is_excluded(&f->world.region, f->people[person], f->sites[site]);
}

// ---- the table

static void the_table_is_sorted_and_says_each_pair_once(void **state)
{
	(void)state;
	static const struct carved_exclusion declines[] = {{"K-2", "S-1", false, 1, 1}, {"K-1", "S-9", true, 1, 1},
		{"K-1", "S-2", false, 1, 1}, {"K-2", "S-1", false, 4, 2}};
	struct carved_exclusions *table = carved_exclusions_add_all(NULL, declines, 4);
	size_t count;
	assert_int_equal(carved_exclusions_count(table), 3);
	const struct carved_exclusion *of = carved_exclusions_of(table, "K-1", &count);
	assert_int_equal(count, 2);
	assert_string_equal(of[0].site, "S-2");
	assert_string_equal(of[1].site, "S-9");
	of = carved_exclusions_of(table, "K-2", &count);
	assert_int_equal(count, 1);
	assert_int_equal(of->candidate_version, 4);
	assert_int_equal(of->site_version, 2);
	assert_null(carved_exclusions_of(table, "K-3", &count));
	assert_int_equal(count, 0);
	carved_exclusions_unref(table);
}

static void of_two_declines_the_one_for_good_counts(void **state)
{
	(void)state;
	static const struct carved_exclusion good = {"K-1", "S-1", true, 1, 1}, now = {"K-1", "S-1", false, 2, 2};
	struct carved_exclusions *first = carved_exclusions_add(NULL, &good), *second = carved_exclusions_add(first, &now);
	assert_int_equal(carved_exclusions_count(second), 1);
	assert_true(carved_exclusions_at(second, 0)->for_good);
	assert_int_equal(carved_exclusions_count(first), 1);
	carved_exclusions_unref(first);
	assert_string_equal(carved_exclusions_at(second, 0)->site, "S-1"); // its texts are its own
	carved_exclusions_unref(second);
	assert_int_equal(carved_exclusions_count(NULL), 0);
	carved_exclusions_unref(NULL);
}

// ---- the rule

static void a_decline_keeps_its_pair_apart_and_no_other(void **state)
{
	struct fixture *f = *state;
	decline(f, "K-1", "S-1", true);
	decline(f, "K-2", "S-2", false);
	assert_true(is_excluded(f, 0, 0));
	assert_false(is_excluded(f, 0, 1));
	assert_false(is_excluded(f, 1, 0));
	assert_true(is_excluded(f, 1, 1));
}

static void a_decline_for_now_ends_with_a_newer_document_of_either(void **state)
{
	struct fixture *f = *state;
	int64_t *candidate = &f->world.documents[CARVED_KIND_CANDIDATE][0]->version;
	int64_t *site = &f->world.documents[CARVED_KIND_SITE][0]->version;
	decline(f, "K-1", "S-1", false);
	assert_true(is_excluded(f, 0, 0));
	*candidate = 4;
	assert_false(is_excluded(f, 0, 0));
	*candidate = 3;
	*site = 4;
	assert_false(is_excluded(f, 0, 0));
	*site = 0; // a document that nobody has stored: a question about a change
	assert_false(is_excluded(f, 0, 0));
}

static void a_decline_for_good_outlives_all_documents(void **state)
{
	struct fixture *f = *state;
	decline(f, "K-1", "S-1", true);
	f->world.documents[CARVED_KIND_CANDIDATE][0]->version = 40;
	f->world.documents[CARVED_KIND_SITE][0]->version = 40;
	assert_true(is_excluded(f, 0, 0));
}

// ---- who reads it

static void options_checker_and_instance_know_it(void **state)
{
	struct fixture *f = *state;
	struct world_package package = {"K-1", "S-1", CARVED_CARVED, {{0, 20}}};
	struct carved_slot_table *table = carved_slot_table_new(&f->world.region);
	struct carved_violations violations = {0};
	struct carved_instance instance = {0};
	struct carved_plan plan;
	decline(f, "K-1", "S-1", false);
	struct carved_options *options = carved_options_new(&f->world.region, WORLD_DATE);
	assert_int_equal(carved_options_count(options, f->people[0]), 1);
	assert_int_equal(carved_options_count(options, f->people[1]), 2);
	carved_options_free(options);
	carved_compile(&f->world.region, WORLD_DATE, &f->weights, &instance);
	assert_int_equal(instance.candidates[0].excluded.count, 1);
	assert_int_equal(instance.words[instance.candidates[0].excluded.first], 0);
	assert_int_equal(instance.candidates[1].excluded.count, 0);
	carved_instance_deinit(&instance);
	world_plan_make(&f->world, table, &f->weights, &package, 1, &plan);
	assert_false(carved_check_plan(&f->world.region, table, &plan, &violations));
	assert_int_equal(violations.count, 1);
	assert_int_equal(violations.items[0].rule, CARVED_RULE_EXCLUDED);
	carved_violations_deinit(&violations);
	carved_plan_deinit(&plan);
	carved_slot_table_free(table);
}

static void who_declined_everything_in_reach_is_excluded(void **state)
{
	struct fixture *f = *state;
	struct carved_slot_table *table = carved_slot_table_new(&f->world.region);
	struct carved_plan plan;
	decline(f, "K-1", "S-1", true);
	decline(f, "K-1", "S-2", true);
	world_plan_make(&f->world, table, &f->weights, NULL, 0, &plan);
	assert_int_equal(plan.unplaced[0].reason, CARVED_RULE_EXCLUDED);
	carved_plan_deinit(&plan);
	carved_slot_table_free(table);
}

static void a_part_of_the_region_knows_it_and_a_changed_region_too(void **state)
{
	struct fixture *f = *state;
	decline(f, "K-1", "S-1", false);
	struct carved_region *part = carved_region_part(&f->world.region, 0, WORLD_DATE, &f->weights);
	assert_int_equal(part->count[CARVED_KIND_CANDIDATE], 1);
	assert_string_equal(carved_region_candidate(part, 0)->ref, "K-2");
	assert_true(carved_rules_is_excluded(part, f->people[0], f->sites[0]));
	carved_region_unref(part);
	struct carved_region *after = carved_region_apply(&f->world.region, NULL, 0);
	assert_ptr_equal(after->exclusions, f->world.region.exclusions);
	struct carved_region *without = carved_region_exclude(after, NULL);
	assert_int_equal(without->version, after->version + 1);
	assert_int_equal(without->count[CARVED_KIND_CANDIDATE], 2);
	assert_false(carved_rules_is_excluded(without, f->people[0], f->sites[0]));
	assert_true(carved_rules_is_excluded(after, f->people[0], f->sites[0]));
	carved_region_unref(without);
	carved_region_unref(after);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_sorted_and_says_each_pair_once),
		cmocka_unit_test(of_two_declines_the_one_for_good_counts),
		TEST(a_decline_keeps_its_pair_apart_and_no_other),
		TEST(a_decline_for_now_ends_with_a_newer_document_of_either),
		TEST(a_decline_for_good_outlives_all_documents),
		TEST(options_checker_and_instance_know_it),
		TEST(who_declined_everything_in_reach_is_excluded),
		TEST(a_part_of_the_region_knows_it_and_a_changed_region_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
