// SPDX-License-Identifier: EUPL-1.2
// Rule `pinned`: what is pinned is in the plan as it is; work that people have may break rules, and uses what it uses.
#include "support/check_fixture.h"

static const struct carved_proposal_piece k1_pieces[] = {{LINEN, 12}, {MEALS, 8}};

static struct carved_pin pin_of_k1(bool stands)
{
	return (struct carved_pin){
		.candidate = 0, .site = 0, .kind = CARVED_CARVED, .pieces = k1_pieces, .piece_count = 2, .stands = stands};
}

static bool check_with(struct fixture *f, const struct carved_pin *pins, size_t count)
{
	f->plan.pins = (struct carved_pins){.items = pins, .count = count};
	return check(f);
}

static void a_plan_that_has_what_is_pinned_passes(void **state)
{
	struct fixture *f = *state;
	const struct carved_pin asked = pin_of_k1(false), stands = pin_of_k1(true);
	make(f);
	assert_true(check_with(f, &asked, 1));
	assert_true(check_with(f, &stands, 1));
}

static void a_package_that_differs_by_a_quarter_or_is_not_there_is_refused(void **state)
{
	struct fixture *f = *state;
	static const struct carved_proposal_piece other[] = {{LINEN, 11}, {MEALS, 8}};
	struct carved_pin pin = pin_of_k1(true);
	make(f);
	pin.pieces = other;
	assert_false(check_with(f, &pin, 1));
	assert_int_equal(f->violations.count, 1);
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_PINNED);
	assert_int_equal(f->violations.items[0].candidate, 0);
	pin = pin_of_k1(false);
	pin.candidate = 2; // K-3 has nothing
	assert_false(check_with(f, &pin, 1));
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_PINNED);
}

static void who_has_work_that_is_gone_gets_no_other(void **state)
{
	struct fixture *f = *state;
	const struct carved_pin gone[] = {
		{.candidate = 0, .site = SIZE_MAX, .stands = true}, {.candidate = 2, .site = SIZE_MAX, .stands = true}};
	make(f);
	assert_true(check_with(f, &gone[1], 1));
	assert_false(check_with(f, gone, 2));
	assert_int_equal(f->violations.count, 1);
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_PINNED);
}

static void work_that_people_have_may_break_rules_and_what_was_asked_for_may_not(void **state)
{
	struct fixture *f = *state;
	const struct carved_pin asked = pin_of_k1(false), stands = pin_of_k1(true);
	f->k1->max_minutes = 8; // too far today
	make(f);
	assert_false(check_with(f, &asked, 1));
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_TRAVEL);
	assert_true(check_with(f, &stands, 1));
}

static void others_get_only_what_standing_work_leaves(void **state)
{
	struct fixture *f = *state;
	const struct carved_pin stands = pin_of_k1(true);
	f->site->places = 1;
	make(f);
	assert_false(check_with(f, &stands, 1)); // K-2 is there as well
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_PLACES);
	assert_int_equal(f->violations.items[0].allowed, 1);
	f->package_count = 1;
	f->site->places = 0;
	make(f);
	assert_true(check_with(f, &stands, 1)); // there is no place, and K-1 has it
	assert_false(check_with(f, NULL, 0));
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_PLACES);
}

static void guidance_counts_as_far_as_it_is_needed_still(void **state)
{
	struct fixture *f = *state;
	struct carved_pin stands = pin_of_k1(true);
	make(f);
	f->coach->hours_q = 12; // K-2 needs all of it, K-1 needs 4 by the document
	stands.coach_q = 4;
	assert_false(check_with(f, &stands, 1));
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_COACH);
	assert_int_equal(f->violations.items[0].found, 16);
	stands.coach_q = 0; // and nothing any more weeks after the start
	assert_true(check_with(f, &stands, 1));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_plan_that_has_what_is_pinned_passes),
		TEST(a_package_that_differs_by_a_quarter_or_is_not_there_is_refused),
		TEST(who_has_work_that_is_gone_gets_no_other),
		TEST(work_that_people_have_may_break_rules_and_what_was_asked_for_may_not),
		TEST(others_get_only_what_standing_work_leaves),
		TEST(guidance_counts_as_far_as_it_is_needed_still),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
