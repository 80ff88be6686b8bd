// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/single.h"
#include "support/check_fixture.h"

static struct carved_package package_of(struct fixture *f, size_t index)
{
	struct carved_solution solution = world_solution(&f->world, f->table, &f->packages[index], 1);
	struct carved_package package = solution.packages[0];
	for (size_t p = 0; p < f->plan.proposal_count; p++) { // figures as the plan of both has them
		if (f->plan.proposals[p].candidate == package.candidate) {
			package.parts = f->plan.proposals[p].parts;
			package.value = f->plan.proposals[p].value;
		}
	}
	return package;
}

static void shown(const struct carved_plan *plan, const struct fixture *f, size_t index, struct carved_buffer *buffer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	carved_json_begin_object(&writer, NULL);
	carved_plan_format_proposal(plan, &f->world.region, f->table, index, &writer);
	carved_json_end_object(&writer);
}

static void a_package_by_itself_is_shown_as_a_plan_shows_it(void **state)
{
	struct fixture *f = *state;
	make(f);
	struct carved_singles *singles = carved_singles_new(&f->world.region, WORLD_DATE, &f->weights);
	for (size_t i = 0; i < f->package_count; i++) { // of two jobs: neither changes what the other leaves
		struct carved_package package = package_of(f, i);
		struct carved_single *single = carved_single_new(singles, package.candidate);
		struct carved_buffer here = CARVED_BUFFER_INIT, there = CARVED_BUFFER_INIT;
		struct carved_plan plan;
		struct carved_error error;
		assert_true(carved_single_make(single, &package, &plan, &error));
		assert_int_equal(plan.proposal_count, 1);
		shown(&plan, f, 0, &here);
		shown(&f->plan, f, i, &there);
		assert_string_equal(here.data, there.data);
		carved_buffer_deinit(&here);
		carved_buffer_deinit(&there);
		carved_plan_deinit(&plan);
		carved_single_free(single);
	}
	carved_singles_free(singles);
}

static void expect_refused(struct fixture *f, struct carved_package *package, const char *rule)
{
	struct carved_singles *singles = carved_singles_new(&f->world.region, WORLD_DATE, &f->weights);
	struct carved_single *single = carved_single_new(singles, package->candidate);
	struct carved_plan plan;
	struct carved_error error;
	assert_false(carved_single_make(single, package, &plan, &error));
	assert_int_equal(error.code, CARVED_PLAN_INVALID);
	assert_string_equal(carved_error_get(&error, "rule"), rule);
	assert_string_equal(carved_error_get(&error, "candidate"), "K-1");
	carved_single_free(single);
	carved_singles_free(singles);
}

static void a_package_that_breaks_a_rule_is_refused_by_its_name(void **state)
{
	struct fixture *f = *state;
	make(f);
	struct carved_package package = package_of(f, 0);
	package.value++;
	expect_refused(f, &package, "value");
	package.value--;
	package.parts.fit += 3;
	package.parts.place -= 3;
	expect_refused(f, &package, "value");
	package.parts.fit -= 3;
	package.parts.place += 3;
	f->k1->max_minutes = 8;
	expect_refused(f, &package, "travel");
	f->k1->max_minutes = 45;
	f->k1->consent_expires = WORLD_DATE - 1;
	expect_refused(f, &package, "consent");
}

static void what_an_empty_region_can_not_give_is_refused_by_its_rule(void **state)
{
	struct fixture *f = *state;
	make(f);
	struct carved_package package = package_of(f, 0);
	f->site->places = 0;
	expect_refused(f, &package, "places");
	f->site->places = 5;
	f->site->supervision_q = 7;
	expect_refused(f, &package, "supervision");
	f->site->supervision_q = 40;
	f->coach->hours_q = 3;
	expect_refused(f, &package, "coach");
	f->coach->hours_q = 4; // of which the easy half gets 3: 4 x (1 - 0.5 x 12 / 20), rounded up
	expect_refused(f, &package, "reserve");
	f->coach->hours_q = 40;
	f->nurse->share_permille = 100;
	expect_refused(f, &package, "donor");
}

static void whoever_has_nothing_hears_the_rule(void **state)
{
	struct fixture *f = *state;
	make(f);
	f->k3->min_q = f->k3->max_q = 300;
	struct carved_singles *singles = carved_singles_new(&f->world.region, WORLD_DATE, &f->weights);
	struct carved_single *single = carved_single_new(singles, 2);
	assert_int_equal(carved_single_reason(single), CARVED_RULE_HOURS);
	f->k3->consent_expires = WORLD_DATE - 1;
	assert_int_equal(carved_single_reason(single), CARVED_RULE_CONSENT);
	carved_single_free(single);
	carved_singles_free(singles);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_package_by_itself_is_shown_as_a_plan_shows_it, setup, teardown),
		cmocka_unit_test_setup_teardown(a_package_that_breaks_a_rule_is_refused_by_its_name, setup, teardown),
		cmocka_unit_test_setup_teardown(what_an_empty_region_can_not_give_is_refused_by_its_rule, setup, teardown),
		cmocka_unit_test_setup_teardown(whoever_has_nothing_hears_the_rule, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
