// SPDX-License-Identifier: EUPL-1.2
// A part of a region: who is in it, and that it is judged as in the whole.
#include "carved/model/compile.h"
#include "carved/model/part.h"
#include "carved/optimize/optimize.h"
#include "support/carved_cmocka.h"
#include "support/region_file.h"
#include "support/world.h"
#include "support/world_plan.h"
#include <stdlib.h>
#include <string.h>

// S-1 and S-2 would do for K-1 and K-2; C-2's caseload is K-9 alone, who can't reach any site.
struct fixture {
	struct world world;
	struct carved_weights weights;
	struct carved_candidate *k1, *k2, *k9;
	struct carved_site *sites[2];
	struct carved_region *part; // around S-2
};

static int setup(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	static const char *const refs[] = {"S-1", "S-2"};
	struct world *w = &f->world;
	world_init(w);
	carved_weights_init(&f->weights);
	world_add_coach(w, "C-2", 40);
	f->k1 = world_add_candidate(w, "K-1");
	f->k2 = world_add_candidate(w, "K-2");
	f->k9 = world_add_candidate(w, "K-9");
	f->k9->coach = "C-2";
	f->k9->max_minutes = 5;
	for (size_t s = 0; s < 2; s++) {
		f->sites[s] = world_add_site(w, refs[s]);
		f->sites[s]->employer = refs[s];
		world_add_task(w, world_add_job(w, f->sites[s], "nurse"), "linen", 40);
	}
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	carved_region_unref(f->part);
	world_deinit(&f->world);
	free(f);
	return 0;
}

static void take(struct fixture *f)
{
	carved_region_unref(f->part);
	f->part = carved_region_part(&f->world.region, 1, WORLD_DATE, &f->weights);
}

static bool holds(struct fixture *f, const char *candidate)
{
	take(f);
	return carved_region_find(f->part, CARVED_KIND_CANDIDATE, candidate) != NULL;
}

static void it_holds_its_site_and_whom_it_could_suit(void **state)
{
	struct fixture *f = *state;
	take(f);
	assert_int_equal(f->part->count[CARVED_KIND_SITE], 1);
	assert_string_equal(f->part->documents[CARVED_KIND_SITE][0]->ref, "S-2");
	assert_int_equal(f->part->count[CARVED_KIND_CANDIDATE], 2);
	assert_int_equal(f->part->count[CARVED_KIND_COACH], 1);
	assert_string_equal(f->part->documents[CARVED_KIND_COACH][0]->ref, "C-1");
}

static void who_may_not_be_matched_is_not_in_it(void **state)
{
	struct fixture *f = *state;
	f->k2->consent_expires = WORLD_DATE - 1;
	assert_false(holds(f, "K-2"));
	f->k2->consent_expires = WORLD_DATE;
	assert_true(holds(f, "K-2"));
	f->k2->consent_scope = CARVED_SCOPE_SHARE_WITH_EMPLOYER;
	assert_false(holds(f, "K-2"));
}

static void who_is_out_of_reach_or_excluded_or_finds_too_few_hours_is_not_in_it(void **state)
{
	struct fixture *f = *state;
	f->k2->max_minutes = 8;
	assert_false(holds(f, "K-2"));
	f->k2->max_minutes = 9;
	assert_true(holds(f, "K-2"));
	f->k2->min_q = 41; // of 40 that fit
	assert_false(holds(f, "K-2"));
	f->k2->min_q = 40;
	assert_true(holds(f, "K-2"));
	world_add_text(&f->world, &f->k2->not_with, "S-2");
	assert_false(holds(f, "K-2"));
}

static void the_reserve_is_that_of_the_whole_caseload(void **state)
{
	struct fixture *f = *state;
	f->k1->coach_q = 4;
	f->k2->coach_q = 12;
	f->k2->max_minutes = 5; // only K-1 is in the part
	take(f);
	struct carved_instance whole = {0}, part = {0};
	carved_compile(&f->world.region, WORLD_DATE, &f->weights, &whole);
	carved_compile(f->part, WORLD_DATE, &f->weights, &part);
	assert_int_equal(whole.coaches[0].reserve_q, 25); // 40 x (1 - 1/2 x 12 / 16)
	assert_int_equal(part.coaches[0].reserve_q, 25);
	assert_int_equal(part.candidates_count, 1);
	assert_int_equal(part.candidates[0].easy, 1);
	carved_instance_deinit(&whole);
	carved_instance_deinit(&part);
}

static void options_elsewhere_are_counted_as_far_as_they_matter(void **state)
{
	struct fixture *f = *state;
	static const char *const refs[] = {"S-3", "S-4", "S-5"};
	for (size_t s = 0; s < 3; s++)
		world_add_task(&f->world, world_add_job(&f->world, world_add_site(&f->world, refs[s]), "nurse"), "linen", 40);
	world_add_text(&f->world, &f->k2->not_with, "S-1");
	take(f);
	assert_int_equal(carved_region_options_elsewhere(f->part, 0), 4);
	assert_int_equal(carved_region_options_elsewhere(f->part, 1), 3);
	assert_int_equal(carved_region_options_elsewhere(&f->world.region, 0), 0);
	f->weights.few_options = 1;
	f->weights.some_options = 2;
	take(f);
	assert_int_equal(carved_region_options_elsewhere(f->part, 0), 3);
}

static void an_instance_of_it_knows_the_options_elsewhere(void **state)
{
	struct fixture *f = *state;
	struct carved_instance instance = {0};
	struct carved_error error;
	take(f);
	carved_compile(f->part, WORLD_DATE, &f->weights, &instance);
	assert_int_equal(instance.sites_count, 1);
	assert_int_equal(instance.candidates[0].options_elsewhere, 1);
	assert_true(carved_instance_check(&instance, &error));
	instance.candidates[0].options_elsewhere = 1000001;
	assert_false(carved_instance_check(&instance, &error));
	assert_string_equal(carved_error_get(&error, "reason"), "options_elsewhere");
	carved_instance_deinit(&instance);
}

// ---- on a real region

static int go_on(void *context)
{
	(void)context;
	return 0;
}

struct chain {
	struct carved_region *whole, *part;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_solution solution;
	struct carved_slot_table *table;
	struct carved_plan plan;
};

static void plan_part(struct chain *chain, size_t site)
{
	struct carved_optimize_options options = {.seed = 1, .should_stop = go_on};
	struct carved_error error;
	carved_budget_init(&options.budget);
	options.budget.search_rounds = 100;
	options.budget.block_rounds = 1;
	chain->part = carved_region_part(chain->whole, site, region_file_date(), &chain->weights);
	chain->table = carved_slot_table_new(chain->part);
	carved_compile(chain->part, region_file_date(), &chain->weights, &chain->instance);
	carved_optimize(&chain->instance, &options, &chain->solution);
	assert_true(carved_plan_make(
		chain->part, chain->table, region_file_date(), &chain->weights, &chain->solution, &chain->plan, &error));
}

static void forget_part(struct chain *chain)
{
	carved_plan_deinit(&chain->plan);
	carved_solution_deinit(&chain->solution);
	carved_instance_deinit(&chain->instance);
	carved_slot_table_free(chain->table);
	carved_region_unref(chain->part);
}

static void assert_checker_accepts(const struct chain *chain)
{
	struct carved_violations violations = {0};
	carved_check_plan(chain->part, chain->table, &chain->plan, &violations);
	for (size_t i = 0; i < violations.count; i++)
		print_message("%s: %s\n", carved_rule_names[violations.items[i].rule],
			violations.items[i].what ? violations.items[i].what : "-");
	assert_int_equal(violations.count, 0);
	carved_violations_deinit(&violations);
}

// The same packages at the same site of the whole region, priced by the checker there.
static void assert_worth_the_same_in_the_whole(
	const struct chain *chain, const struct carved_slot_table *table, struct carved_options *options, size_t site)
{
	for (size_t p = 0; p < chain->plan.proposal_count; p++) {
		struct carved_proposal lifted = chain->plan.proposals[p];
		struct carved_value_parts parts;
		const char *ref = carved_region_candidate(chain->part, lifted.candidate)->ref;
		lifted.candidate = carved_region_index(chain->whole, CARVED_KIND_CANDIDATE, ref);
		lifted.site = site;
		carved_check_value(chain->whole, table, region_file_date(), &chain->weights, &lifted,
			carved_options_count(options, carved_region_candidate(chain->whole, lifted.candidate)), &parts);
		assert_memory_equal(&parts, &chain->plan.proposals[p].parts, sizeof parts);
	}
}

static void plans_of_the_sites_of_small_are_right_and_worth_what_they_are_in_the_region(void **state)
{
	(void)state;
	struct chain chain = {.whole = region_file_load("small")};
	size_t proposals = 0;
	if (!chain.whole)
		skip();
	carved_weights_init(&chain.weights);
	struct carved_slot_table *table = carved_slot_table_new(chain.whole);
	struct carved_options *options = carved_options_new(chain.whole, region_file_date());
	for (size_t site = 0; site < chain.whole->count[CARVED_KIND_SITE]; site++) {
		plan_part(&chain, site);
		assert_checker_accepts(&chain);
		assert_worth_the_same_in_the_whole(&chain, table, options, site);
		proposals += chain.plan.proposal_count;
		forget_part(&chain);
	}
	print_message("%zu proposals at %zu sites\n", proposals, chain.whole->count[CARVED_KIND_SITE]);
	assert_true(proposals > 20);
	carved_options_free(options);
	carved_slot_table_free(table);
	carved_region_unref(chain.whole);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(it_holds_its_site_and_whom_it_could_suit),
		T(who_may_not_be_matched_is_not_in_it),
		T(who_is_out_of_reach_or_excluded_or_finds_too_few_hours_is_not_in_it),
		T(the_reserve_is_that_of_the_whole_caseload),
		T(options_elsewhere_are_counted_as_far_as_they_matter),
		T(an_instance_of_it_knows_the_options_elsewhere),
		cmocka_unit_test(plans_of_the_sites_of_small_are_right_and_worth_what_they_are_in_the_region),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
