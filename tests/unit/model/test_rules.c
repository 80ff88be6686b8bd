// SPDX-License-Identifier: EUPL-1.2
// The rules of a slot, the fit and its parts: each by a figure worked out by hand.
#include "carved/model/rules.h"
#include "support/one_task.h"

static struct carved_slot_answer answer; // the last one

static const struct carved_slot_answer *ask(struct fixture *f)
{
	struct carved_slots slots = carved_slots_make(f->site, &f->world.arena);
	carved_rules_slot(&f->world.region, f->candidate, f->site, &slots.items[0], &f->weights, &f->world.arena, &answer);
	return &answer;
}

static void expect_refused_by(struct fixture *f, enum carved_rule rule)
{
	ask(f);
	assert_false(answer.fits);
	for (int r = 0; r < CARVED_RULE_COUNT; r++)
		assert_int_equal(answer.refused[r], r == (int)rule);
}

static void a_slot_that_asks_more_than_the_person_can_is_refused(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_level(&f->world, &f->task->demands, "d430", 1);
	assert_true(ask(f)->fits); // 1 <= 4 - 3
	assert_int_equal(answer.levels[0].margin, 0);
	f->task->demands.items[0].value = 2;
	expect_refused_by(f, CARVED_RULE_CAPACITY);
	assert_int_equal(answer.levels[0].level, 2);
	assert_int_equal(answer.levels[0].limitation, 3);
	assert_int_equal(answer.levels[0].basis, CARVED_STATED);
}

static void a_limitation_stated_for_the_broader_category_counts(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_level(&f->world, &f->task->demands, "d4300", 2);
	expect_refused_by(f, CARVED_RULE_CAPACITY);
	assert_int_equal(answer.levels[0].basis, CARVED_FROM_ANCESTOR);
	world_add_level(&f->world, &f->candidate->limitations, "d4300", 1); // nearer
	assert_true(ask(f)->fits);
	assert_int_equal(answer.levels[0].margin, 1);
}

static void an_unassessed_limitation_ends_the_search_and_is_a_question(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 4);
	world_add_level(&f->world, &f->candidate->limitations, "d4300", 8);
	world_add_level(&f->world, &f->task->demands, "d4300", 4);
	assert_true(ask(f)->fits);
	assert_true(carved_rules_is_unknown(&answer.levels[0]));
	assert_int_equal(answer.comfort, 600);
}

static void narrower_categories_can_refuse_but_leave_the_broader_one_unknown(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->limitations, "d4300", 1);
	world_add_level(&f->world, &f->candidate->limitations, "d4301", 3);
	world_add_level(&f->world, &f->task->demands, "d430", 2);
	expect_refused_by(f, CARVED_RULE_CAPACITY); // 2 > 4 - 3
	assert_int_equal(answer.levels[0].limitation, 3);
	f->task->demands.items[0].value = 1;
	assert_true(ask(f)->fits);
	assert_true(carved_rules_is_unknown(&answer.levels[0]));
}

static void a_limitation_that_nobody_stated_is_unknown_but_a_barrier_is_none(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->task->demands, "d430", 4);
	world_add_level(&f->world, &f->task->exposures, "e250", 4);
	assert_true(ask(f)->fits);
	assert_int_equal(answer.level_count, 2);
	assert_true(carved_rules_is_unknown(&answer.levels[0]));
	assert_int_equal(answer.levels[1].basis, CARVED_NOT_STATED_BARRIER);
	assert_int_equal(answer.levels[1].margin, 0);
	assert_int_equal(answer.comfort, 500); // (600 + 400) / 2
}

static void an_exposure_that_hinders_too_much_is_refused(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->barriers, "e250", 3);
	world_add_level(&f->world, &f->task->exposures, "e250", 1);
	assert_true(ask(f)->fits);
	f->task->exposures.items[0].value = 2;
	expect_refused_by(f, CARVED_RULE_ENVIRONMENT);
}

static void an_aid_counts_only_where_the_site_has_it(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_level(&f->world, &f->task->demands, "d4300", 2);
	world_add_aid(&f->world, f->candidate, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	expect_refused_by(f, CARVED_RULE_CAPACITY);
	world_add_text(&f->world, &f->site->facilities, "lifting-aid");
	assert_true(ask(f)->fits);
	assert_string_equal(answer.levels[0].aid->by, "lifting-aid");
	assert_int_equal(answer.levels[0].margin, 1); // 4 - 1 - 2
	assert_int_equal(answer.comfort, 800);
	f->site->facilities.count = 0;
	f->candidate->supported[0].kind = CARVED_GUIDANCE; // needs no facility
	assert_true(ask(f)->fits);
}

static void of_the_aids_that_suffice_the_best_counts_then_the_first(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 4);
	world_add_level(&f->world, &f->task->demands, "d430", 2);
	world_add_aid(&f->world, f->candidate, "d430", 3, "too-little", CARVED_GUIDANCE);
	world_add_aid(&f->world, f->candidate, "d430", 2, "enough", CARVED_GUIDANCE);
	world_add_aid(&f->world, f->candidate, "d430", 1, "better", CARVED_GUIDANCE);
	world_add_aid(&f->world, f->candidate, "d430", 1, "as-good", CARVED_ORGANISATION);
	assert_true(ask(f)->fits);
	assert_string_equal(answer.levels[0].aid->by, "better");
}

static void no_aid_is_used_where_the_person_can_do_without(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 2);
	world_add_level(&f->world, &f->task->demands, "d430", 2);
	world_add_aid(&f->world, f->candidate, "d430", 0, "helper", CARVED_GUIDANCE);
	assert_true(ask(f)->fits);
	assert_null(answer.levels[0].aid);
	assert_int_equal(answer.levels[0].margin, 0);
}

static void a_certificate_is_asked_for_and_may_be_implied(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->task->requires, "dutch-a2");
	expect_refused_by(f, CARVED_RULE_REQUIREMENT);
	assert_string_equal(answer.missing_skill, "dutch-a2");
	world_add_certificate(&f->world, "dutch-b1", "dutch-a2");
	world_add_certificate(&f->world, "dutch-b2", "dutch-b1");
	world_add_text(&f->world, &f->candidate->has, "dutch-b2");
	assert_true(ask(f)->fits);
}

static void a_hard_no_refuses_the_category_and_what_lies_below_it(void **state)
{
	struct fixture *f = *state;
	f->task->category = "4.A.3.a.2";
	world_add_text(&f->world, &f->candidate->never, "4.A.1");
	assert_true(ask(f)->fits);
	world_add_text(&f->world, &f->candidate->never, "4.A.3");
	expect_refused_by(f, CARVED_RULE_NEVER);
	assert_string_equal(answer.never_wish, "4.A.3");
}

static void a_slot_outside_the_persons_week_is_refused(void **state)
{
	struct fixture *f = *state;
	f->task->when = 1u << 20; // sat-am
	expect_refused_by(f, CARVED_RULE_AVAILABILITY);
	f->candidate->available_q[20] = 1;
	assert_true(ask(f)->fits);
}

// Margins 0, 1 and 2 in d430 (4 - 2 - 2), d720 (4 - 1 - 2), b140 (4 - 0 - 1) with limitation 0: 3 counts as 2 or more; (400 + 800 + 1000) / 3 = 733.33.
static void comfort_is_the_mean_of_the_margins_rounded_down(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(ask(f)->comfort, 1000); // nothing asked
	world_add_level(&f->world, &f->candidate->limitations, "d430", 2);
	world_add_level(&f->world, &f->candidate->limitations, "d720", 1);
	world_add_level(&f->world, &f->candidate->limitations, "b140", 0);
	world_add_level(&f->world, &f->task->demands, "d430", 2);
	world_add_level(&f->world, &f->task->demands, "d720", 2);
	world_add_level(&f->world, &f->task->demands, "b140", 1);
	assert_int_equal(ask(f)->comfort, 733);
}

static void liked_and_avoided_tags_weigh_and_a_wish_in_both_does_not(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->task->tags, "outdoor");
	world_add_text(&f->world, &f->task->tags, "cleaning");
	assert_int_equal(ask(f)->wish, 500);
	world_add_text(&f->world, &f->candidate->like, "outdoor");
	assert_int_equal(ask(f)->wish, 1000);
	world_add_text(&f->world, &f->candidate->avoid, "cleaning");
	assert_int_equal(ask(f)->wish, 500);
	world_add_text(&f->world, &f->candidate->avoid, "outdoor"); // liked and avoided: neither
	assert_int_equal(ask(f)->wish, 0);
}

static void challenge_follows_the_distance_to_the_wished_level(void **state)
{
	struct fixture *f = *state;
	static const int grow[] = {0, 0, 400, 800, 1000, 500, 500}, steady[] = {300, 300, 800, 1000, 600, 200, 200};
	assert_int_equal(ask(f)->challenge, 700);
	f->candidate->level = 4;
	f->candidate->challenge = CARVED_GROW;
	assert_int_equal(ask(f)->challenge, 700); // the task's level is not stated
	for (int d = -3; d <= 3; d++) {
		f->task->level = (uint8_t)(4 + d);
		f->candidate->challenge = CARVED_GROW;
		assert_int_equal(ask(f)->challenge, grow[d + 3]);
		f->candidate->challenge = CARVED_STEADY;
		assert_int_equal(ask(f)->challenge, steady[d + 3]);
	}
}

static void setting_counts_steps_from_alone_to_team(void **state)
{
	struct fixture *f = *state;
	f->candidate->company = CARVED_ALONE;
	assert_int_equal(ask(f)->setting, 700);
	f->task->company = CARVED_ALONE;
	assert_int_equal(ask(f)->setting, 1000);
	f->task->company = CARVED_SMALL_TEAM;
	assert_int_equal(ask(f)->setting, 500);
	f->task->company = CARVED_TEAM;
	assert_int_equal(ask(f)->setting, 0);
}

// comfort 1000 (nothing asked), wish 500, challenge 700, setting 700, travel 1000 x (45 - 9) / 45 = 800:
// (30 x 1000 + 35 x 500 + 15 x 700 + 10 x 700 + 10 x 800) / 100 = 73000 / 100 = 730
static void the_fit_is_the_weighted_sum_of_its_five_parts(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(ask(f)->travel, 800);
	assert_int_equal(answer.fit, 730);
	f->candidate->minutes[0].minutes = 10; // travel 777: 730 - 2.3
	assert_int_equal(ask(f)->travel, 777);
	assert_int_equal(answer.fit, 727);
}

static void without_figures_of_its_own_travel_takes_the_formula(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(carved_rules_minutes(f->candidate, f->site), 9);
	f->candidate->minutes_count = 0;
	assert_int_equal(carved_rules_minutes(f->candidate, f->site), 3); // no distance: a bicycle's overhead
}

static struct carved_override *add_override(struct fixture *f, enum carved_override_rule rule, const char *category)
{
	static struct carved_override override;
	override = (struct carved_override){.site = f->site->ref,
		.rule = rule,
		.icf = category ? carved_icf_find(category) : CARVED_ICF_NONE,
		.reason = "went well on trial",
		.agreed = WORLD_DATE};
	override.task = carved_arena_printf(&f->world.arena, "%s/%s", f->job->ref, f->task->ref);
	f->candidate->overrides = &override;
	f->candidate->override_count = 1;
	return &override;
}

static void what_coach_and_candidate_overrule_fits_without_comfort_and_is_told(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_level(&f->world, &f->task->demands, "d4300", 3);
	ask(f);
	assert_true(answer.refused[CARVED_RULE_CAPACITY]);
	struct carved_override *override = add_override(f, CARVED_OVERRULES_CAPACITY, "d430"); // d4300 lies below it
	ask(f);
	assert_true(answer.fits);
	assert_ptr_equal(answer.levels[0].overruled, override);
	assert_int_equal(answer.comfort, 0);
	override->task = "other/task";
	ask(f);
	assert_false(answer.fits);
	override = add_override(f, CARVED_OVERRULES_CAPACITY, "d720");
	ask(f);
	assert_false(answer.fits);
	add_override(f, CARVED_OVERRULES_ENVIRONMENT, "d430"); // another rule's
	ask(f);
	assert_false(answer.fits);
}

static void a_hard_no_and_a_missing_certificate_may_be_overruled(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->task->tags, "cleaning");
	world_add_text(&f->world, &f->candidate->never, "cleaning");
	world_add_text(&f->world, &f->task->requires, "forklift");
	struct carved_override both[2] = {*add_override(f, CARVED_OVERRULES_NEVER, NULL)};
	ask(f);
	assert_false(answer.refused[CARVED_RULE_NEVER]);
	assert_true(answer.refused[CARVED_RULE_REQUIREMENT]);
	assert_string_equal(answer.never_wish, "cleaning"); // told all the same
	both[1] = *add_override(f, CARVED_OVERRULES_REQUIREMENT, NULL);
	f->candidate->overrides = both;
	f->candidate->override_count = 2;
	ask(f);
	assert_true(answer.fits);
	assert_ptr_equal(answer.never_overruled, &both[0]);
	assert_ptr_equal(answer.requirement_overruled, &both[1]);
}

static void a_limit_counts_slots_that_ask_the_category_or_one_below_it(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->task->demands, "d4300", 2);
	world_add_limit(&f->world, f->candidate, "d430", 2, 8);
	struct carved_slots slots = carved_slots_make(f->site, &f->world.arena);
	assert_true(carved_rules_counts_for_limit(&slots.items[0], &f->candidate->limits[0]));
	f->candidate->limits[0].level = 3;
	assert_false(carved_rules_counts_for_limit(&slots.items[0], &f->candidate->limits[0]));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_slot_that_asks_more_than_the_person_can_is_refused),
		T(a_limitation_stated_for_the_broader_category_counts),
		T(an_unassessed_limitation_ends_the_search_and_is_a_question),
		T(narrower_categories_can_refuse_but_leave_the_broader_one_unknown),
		T(a_limitation_that_nobody_stated_is_unknown_but_a_barrier_is_none),
		T(an_exposure_that_hinders_too_much_is_refused),
		T(an_aid_counts_only_where_the_site_has_it),
		T(of_the_aids_that_suffice_the_best_counts_then_the_first),
		T(no_aid_is_used_where_the_person_can_do_without),
		T(a_certificate_is_asked_for_and_may_be_implied),
		T(a_hard_no_refuses_the_category_and_what_lies_below_it),
		T(a_slot_outside_the_persons_week_is_refused),
		T(comfort_is_the_mean_of_the_margins_rounded_down),
		T(liked_and_avoided_tags_weigh_and_a_wish_in_both_does_not),
		T(challenge_follows_the_distance_to_the_wished_level),
		T(setting_counts_steps_from_alone_to_team),
		T(the_fit_is_the_weighted_sum_of_its_five_parts),
		T(without_figures_of_its_own_travel_takes_the_formula),
		T(what_coach_and_candidate_overrule_fits_without_comfort_and_is_told),
		T(a_hard_no_and_a_missing_certificate_may_be_overruled),
		T(a_limit_counts_slots_that_ask_the_category_or_one_below_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
