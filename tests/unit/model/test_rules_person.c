// SPDX-License-Identifier: EUPL-1.2
// The rules beyond one slot: consent, displacement, priority, reserve, review, hours of coaching and options, each by a figure worked out by hand.
#include "carved/model/rules.h"
#include "support/one_task.h"

static void consent_holds_from_its_first_to_its_last_day_for_matching_only(void **state)
{
	struct fixture *f = *state;
	struct carved_candidate *c = f->candidate;
	assert_true(carved_rules_may_be_matched(c, c->consent_given));
	assert_true(carved_rules_may_be_matched(c, c->consent_expires));
	assert_false(carved_rules_may_be_matched(c, c->consent_given - 1));
	assert_false(carved_rules_may_be_matched(c, c->consent_expires + 1));
	c->consent_scope = CARVED_SCOPE_SHARE_WITH_EMPLOYER;
	assert_false(carved_rules_may_be_matched(c, c->consent_given));
}

static void after_dismissals_only_vacancies_that_former_staff_was_asked_about_are_used(void **state)
{
	struct fixture *f = *state;
	struct carved_job *vacancy = world_add_vacancy(&f->world, f->site, "kitchen");
	assert_false(carved_rules_displaces(f->site, f->job, WORLD_DATE));
	f->site->recent_dismissals = true;
	assert_true(carved_rules_displaces(f->site, f->job, WORLD_DATE));
	assert_true(carved_rules_displaces(f->site, vacancy, WORLD_DATE));
	vacancy->former_staff_asked = WORLD_DATE;
	assert_false(carved_rules_displaces(f->site, vacancy, WORLD_DATE));
	vacancy->former_staff_asked = WORLD_DATE + 1;
	assert_true(carved_rules_displaces(f->site, vacancy, WORLD_DATE));
}

// 7 whole months: 1000 + 70; at most 600 for waiting; 300 for at most 3 options, 150 for at most 10.
static void priority_grows_with_waiting_and_with_few_options(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(carved_rules_priority(f->candidate, 11, WORLD_DATE, &f->weights), 1000);
	assert_int_equal(carved_rules_priority(f->candidate, 10, WORLD_DATE, &f->weights), 1150);
	assert_int_equal(carved_rules_priority(f->candidate, 4, WORLD_DATE, &f->weights), 1150);
	assert_int_equal(carved_rules_priority(f->candidate, 3, WORLD_DATE, &f->weights), 1300);
	assert_true(carved_date_parse("2026-04-22", &f->candidate->waiting_since, NULL));
	assert_int_equal(carved_rules_priority(f->candidate, 11, WORLD_DATE, &f->weights), 1070);
	f->candidate->waiting_since++; // a day short of the seventh month
	assert_int_equal(carved_rules_priority(f->candidate, 11, WORLD_DATE, &f->weights), 1060);
	f->candidate->waiting_since = WORLD_DATE - 10000;
	assert_int_equal(carved_rules_priority(f->candidate, 0, WORLD_DATE, &f->weights), 1900);
	f->candidate->waiting_since = WORLD_DATE + 400;
	assert_int_equal(carved_rules_priority(f->candidate, 11, WORLD_DATE, &f->weights), 1000);
}

// Needs 4, 4, 10, 12: the lower median is 4, above it 22 of 30; 40 x (1 - 0.5 x 22/30) = 25.33, rounded up.
static void the_easy_half_gets_what_the_reserve_leaves(void **state)
{
	struct fixture *f = *state;
	static const char *const refs[] = {"K-2", "K-3", "K-4"};
	static const int needs_q[] = {12, 4, 10};
	int median = -1;
	const struct carved_coach *coach = carved_region_coach(&f->world.region, 0);
	assert_int_equal(carved_rules_reserve_q(&f->world.region, coach, &f->weights, &median), -1); // nobody needs anything
	f->candidate->coach_q = 4;
	for (size_t i = 0; i < 3; i++)
		world_add_candidate(&f->world, refs[i])->coach_q = needs_q[i];
	assert_int_equal(carved_rules_reserve_q(&f->world.region, coach, &f->weights, &median), 26);
	assert_int_equal(median, 4);
	f->weights.reserve = 0;
	assert_int_equal(carved_rules_reserve_q(&f->world.region, coach, &f->weights, &median), 40);
}

static void a_profile_that_nobody_went_through_for_long_is_due_for_review(void **state)
{
	struct fixture *f = *state;
	carved_date given = 0, reviewed = 0, due = 0;
	struct carved_error error;
	assert_true(carved_date_parse("2026-01-15", &given, &error) && carved_date_parse("2026-04-01", &reviewed, &error) &&
		    carved_date_parse("2026-07-15", &due, &error));
	f->candidate->consent_given = given;
	f->candidate->reviewed = CARVED_DATE_NONE;
	assert_int_equal(carved_rules_review_since(f->candidate, due, 6), CARVED_DATE_NONE); // six months to the day
	assert_int_equal(carved_rules_review_since(f->candidate, due + 1, 6), given);
	assert_int_equal(carved_rules_review_since(f->candidate, due + 1, 7), CARVED_DATE_NONE);
	f->candidate->reviewed = reviewed;
	assert_int_equal(carved_rules_review_since(f->candidate, due + 1, 6), CARVED_DATE_NONE);
	assert_int_equal(carved_rules_review_since(f->candidate, due + 100, 6), reviewed);
	f->candidate->reviewed = given - 30; // consent was given anew since
	assert_int_equal(carved_rules_review_since(f->candidate, due + 1, 6), given);
}

static void coach_hours_count_with_the_most_that_is_still_to_come(void **state)
{
	struct fixture *f = *state;
	struct carved_build_up steps[] = {{0, 6}, {8, 8}, {26, 2}};
	f->candidate->coach_q = 4;
	assert_int_equal(carved_coach_hours_at(f->candidate, 0), 4);
	assert_int_equal(carved_coach_hours_at(f->candidate, 500), 4);
	f->candidate->coach_steps = steps;
	f->candidate->coach_step_count = 3;
	assert_int_equal(carved_coach_hours_at(f->candidate, 0), 8);
	assert_int_equal(carved_coach_hours_at(f->candidate, 25), 8);
	assert_int_equal(carved_coach_hours_at(f->candidate, 26), 2);
	assert_int_equal(carved_coach_hours_at(f->candidate, 500), 2);
	steps[2].hours_q = 10; // the most comes last
	assert_int_equal(carved_coach_hours_at(f->candidate, 8), 10);
}

static int options(struct fixture *f)
{
	struct carved_options *options = carved_options_new(&f->world.region, WORLD_DATE);
	int count = carved_options_count(options, f->candidate);
	carved_options_free(options);
	return count;
}

// 40 quarters of linen fit, the donor cap is 80: the site counts from a minimum of 40 downwards.
static void a_site_is_an_option_where_fitting_hours_reach_the_minimum(void **state)
{
	struct fixture *f = *state;
	f->candidate->min_q = f->candidate->max_q = 40;
	assert_int_equal(options(f), 1);
	f->candidate->min_q = f->candidate->max_q = 41;
	assert_int_equal(options(f), 0);
	f->candidate->min_q = 20;
	f->job->share_permille = 120; // cap 19
	assert_int_equal(options(f), 0);
	f->task->undone = true; // the cap does not count it
	assert_int_equal(options(f), 1);
	f->candidate->max_minutes = 8;
	assert_int_equal(options(f), 0);
}

// A vacancy that can't be carved counts with one whole opening (20 quarters), if all of it fits.
static void a_whole_opening_is_an_option_only_if_all_of_it_fits(void **state)
{
	struct fixture *f = *state;
	struct carved_job *vacancy = world_add_vacancy(&f->world, f->site, "kitchen");
	vacancy->openings = 2;
	world_add_task(&f->world, vacancy, "dishes", 12);
	struct carved_task *floor = world_add_task(&f->world, vacancy, "floor", 8);
	f->job->has_carve = false;
	f->candidate->min_q = 20;
	assert_int_equal(options(f), 1);
	f->candidate->min_q = 21;
	assert_int_equal(options(f), 0);
	vacancy->has_carve = true; // of both openings 24 quarters carved: more than one whole
	vacancy->share_permille = 600;
	f->candidate->min_q = 24;
	assert_int_equal(options(f), 1);
	f->candidate->min_q = 25;
	assert_int_equal(options(f), 0);
	vacancy->has_carve = false;
	f->candidate->min_q = 12;
	world_add_level(&f->world, &floor->demands, "d430", 3);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 2);
	assert_int_equal(options(f), 0);
	world_add_aid(&f->world, f->candidate, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	assert_int_equal(options(f), 0);
	world_add_text(&f->world, &f->site->facilities, "lifting-aid");
	assert_int_equal(options(f), 1);
	f->site->recent_dismissals = true;
	assert_int_equal(options(f), 0);
}

static void hard_wishes_and_certificates_count_for_options(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->task->tags, "cleaning");
	world_add_text(&f->world, &f->task->requires, "forklift");
	assert_int_equal(options(f), 0);
	world_add_text(&f->world, &f->candidate->has, "forklift");
	assert_int_equal(options(f), 1);
	world_add_text(&f->world, &f->candidate->never, "cleaning");
	assert_int_equal(options(f), 0);
	f->candidate->never.count = 0;
	world_add_text(&f->world, &f->candidate->not_with, "EMP-1");
	assert_int_equal(options(f), 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(consent_holds_from_its_first_to_its_last_day_for_matching_only),
		T(after_dismissals_only_vacancies_that_former_staff_was_asked_about_are_used),
		T(priority_grows_with_waiting_and_with_few_options),
		T(the_easy_half_gets_what_the_reserve_leaves),
		T(a_profile_that_nobody_went_through_for_long_is_due_for_review),
		T(coach_hours_count_with_the_most_that_is_still_to_come),
		T(a_site_is_an_option_where_fitting_hours_reach_the_minimum),
		T(a_whole_opening_is_an_option_only_if_all_of_it_fits),
		T(hard_wishes_and_certificates_count_for_options),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
