// SPDX-License-Identifier: EUPL-1.2
// For each rule a valid plan, broken by the smallest step, is refused by that rule's name and nothing else. Rule `value`: test_check_value.c.
#include "support/check_fixture.h"

static void a_right_plan_passes(void **state)
{
	expect_made_valid(*state);
}

static void capacity_a_level_too_much(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->k1->limitations, "d430", 2);
	world_add_level(&f->world, &f->linen->demands, "d430", 2);
	expect_made_valid(f);
	f->linen->demands.items[0].value = 3;
	expect_made_only(f, CARVED_RULE_CAPACITY, "d430", 3, 2);
	assert_int_equal(f->violations.items[0].candidate, 0);
	assert_int_equal(f->violations.items[0].slot, LINEN);
}

static void environment_a_level_too_much(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->k1->barriers, "e250", 2);
	world_add_level(&f->world, &f->linen->exposures, "e250", 2);
	expect_made_valid(f);
	f->linen->exposures.items[0].value = 3;
	expect_made_only(f, CARVED_RULE_ENVIRONMENT, "e250", 3, 2);
}

static void requirement_a_certificate_missing(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->linen->requires, "forklift");
	expect_made_only(f, CARVED_RULE_REQUIREMENT, "forklift", 0, 1);
	world_add_text(&f->world, &f->k1->has, "forklift");
	expect_made_valid(f);
}

static void never_a_hard_no(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->linen->tags, "cleaning");
	expect_made_valid(f);
	world_add_text(&f->world, &f->k1->never, "cleaning");
	expect_made_only(f, CARVED_RULE_NEVER, "cleaning", 1, 0);
}

// The slot moves to Saturday behind the plan's back: then the schedule is wrong too.
static void availability_a_day_part_that_the_person_has_not(void **state)
{
	struct fixture *f = *state;
	make(f);
	f->linen->when = 1u << SAT_AM;
	carved_slot_table_free(f->table);
	f->table = carved_slot_table_new(&f->world.region);
	assert_false(check(f));
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_AVAILABILITY);
	for (size_t i = 1; i < f->violations.count; i++)
		assert_int_equal(f->violations.items[i].rule, CARVED_RULE_SCHEDULE);
}

static void hours_a_quarter_below_or_above(void **state)
{
	struct fixture *f = *state;
	f->k1->min_q = f->k1->max_q = 20;
	expect_made_valid(f);
	f->k1->min_q = f->k1->max_q = 21;
	expect_made_only(f, CARVED_RULE_HOURS, NULL, 20, 21);
	f->k1->min_q = f->k1->max_q = 19;
	expect_made_only(f, CARVED_RULE_HOURS, NULL, 20, 19);
}

static void chunk_a_quarter_short(void **state)
{
	struct fixture *f = *state;
	f->linen->chunk_q = 12;
	expect_made_valid(f);
	f->linen->chunk_q = 13;
	expect_made_only(f, CARVED_RULE_CHUNK, "linen", 12, 13);
	f->linen->hours_q = 12; // then they are its full hours
	expect_made_valid(f);
}

static void chunk_a_slot_twice(void **state)
{
	struct fixture *f = *state;
	f->packages[0].pieces[1].slot = POST;
	make(f);
	f->plan.proposals[0].pieces[1].slot = LINEN;
	assert_false(check(f));
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_CHUNK);
	assert_int_equal(f->violations.items[0].found, 2);
}

static void a_whole_opening_needs_no_chunk_of_all_openings(void **state)
{
	struct fixture *f = *state;
	f->dishes->chunk_q = 13; // more than one opening has
	expect_made_valid(f);
}

static void schedule_a_quarter_missing_or_misplaced(void **state)
{
	struct fixture *f = *state;
	make(f);
	struct carved_schedule *schedule = &f->plan.proposals[0].schedule;
	assert_int_equal(schedule->entries[0].part, MON_AM);
	schedule->entries[0].hours_q--;
	expect_only(f, CARVED_RULE_SCHEDULE, "linen", 11, 12);
	schedule->entries[0].hours_q++;
	schedule->entries[0].part = SAT_AM;
	expect_only(f, CARVED_RULE_SCHEDULE, "sat-am", 12, 0);
	schedule->entries[0].part = MON_AM;
	schedule->count--;
	assert_false(check(f));
	assert_int_equal(f->violations.items[0].rule, CARVED_RULE_SCHEDULE);
	schedule->count++;
	schedule->entries[0].need = 2;
	expect_only(f, CARVED_RULE_SCHEDULE, NULL, 2, 2);
	schedule->entries[0].need = 0;
	expect_valid(f);
}

static void schedule_a_quarter_over_the_day_or_under_the_visit(void **state)
{
	struct fixture *f = *state;
	make(f); // all 20 on Monday
	f->k1->per_day_q = 20;
	expect_valid(f);
	f->k1->per_day_q = 19;
	expect_only(f, CARVED_RULE_SCHEDULE, "mon", 20, 19);
	f->k1->per_day_q = 32;
	f->k1->available_q[MON_AM] = 15;
	expect_only(f, CARVED_RULE_SCHEDULE, "mon-am", 16, 15);
	f->k1->available_q[MON_AM] = 16;
	struct carved_schedule *schedule = &f->plan.proposals[0].schedule;
	assert_int_equal(schedule->count, 3); // linen 12 and meals 4 in the morning, meals 4 in the afternoon
	schedule->entries[2].part = 4;        // tue-am: 4 are less than a visit of 8
	expect_only(f, CARVED_RULE_SCHEDULE, "tue", 4, 8);
	f->k1->per_visit_q = 4;
	expect_valid(f);
}

static void load_a_quarter_too_much(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->k1->limitations, "d430", 0);
	world_add_level(&f->world, &f->linen->demands, "d430", 2);
	world_add_limit(&f->world, f->k1, "d430", 2, 12);
	expect_made_valid(f);
	f->k1->limits[0].hours_q = 11;
	expect_made_only(f, CARVED_RULE_LOAD, "d430", 12, 11);
	f->k1->limits[0].level = 3; // linen asks less
	expect_made_valid(f);
}

static void jobs_one_too_many(void **state)
{
	struct fixture *f = *state;
	f->packages[0].pieces[1].slot = POST;
	f->k1->jobs_max = 2;
	expect_made_valid(f);
	f->k1->jobs_max = 1;
	expect_made_only(f, CARVED_RULE_JOBS, NULL, 2, 1);
}

static void supervisor_one_too_many(void **state)
{
	struct fixture *f = *state;
	f->linen->supervisor = "team-a";
	f->k1->supervisors_max = 1;
	expect_made_valid(f);
	f->meals->supervisor = "team-a";
	expect_made_valid(f);
	f->meals->supervisor = "team-b";
	expect_made_only(f, CARVED_RULE_SUPERVISOR, NULL, 2, 1);
}

static void travel_a_minute_too_far(void **state)
{
	struct fixture *f = *state;
	f->k1->max_minutes = 9;
	expect_made_valid(f);
	f->k1->max_minutes = 8;
	expect_made_only(f, CARVED_RULE_TRAVEL, NULL, 9, 8);
}

static void excluded_an_employer(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->k1->not_with, "EMP-1");
	expect_made_only(f, CARVED_RULE_EXCLUDED, "EMP-1", 1, 0);
}

static void must_a_wish_that_no_slot_meets(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->k1->must, "4.A.3");
	f->meals->category = "4.A.3.a.2";
	expect_made_valid(f);
	f->meals->category = "4.A.4.a.2";
	expect_made_only(f, CARVED_RULE_MUST, "4.A.3", 0, 1);
}

static void whole_vacancy_a_quarter_short_or_a_task_missing(void **state)
{
	struct fixture *f = *state;
	f->packages[1].pieces[0].hours_q = 11;
	expect_made_only(f, CARVED_RULE_WHOLE_VACANCY, NULL, 1, 0);
	f->packages[1].pieces[0].hours_q = 20;
	f->packages[1].pieces[1].hours_q = 0;
	expect_made_only(f, CARVED_RULE_WHOLE_VACANCY, NULL, 1, 0);
	f->packages[1] = (struct world_package){"K-2", "S-1", CARVED_CARVED, {{DISHES, 12}, {FLOOR, 8}}};
	f->kitchen->has_carve = true;
	f->kitchen->share_permille = 1000;
	expect_made_only(f, CARVED_RULE_WHOLE_VACANCY, NULL, 0, 1); // a whole opening is never called carved
}

static void consent_a_day_late(void **state)
{
	struct fixture *f = *state;
	f->k1->consent_expires = WORLD_DATE;
	expect_made_valid(f);
	f->k1->consent_expires = WORLD_DATE - 1;
	expect_made_only(f, CARVED_RULE_CONSENT, NULL, 0, 1);
}

static void one_package_twice(void **state)
{
	struct fixture *f = *state;
	f->packages[1] = f->packages[0];
	f->packages[1].candidate = "K-3";
	make(f);
	f->plan.proposals[1] = f->plan.proposals[0];
	f->plan.value = f->plan.bound = 2 * f->plan.proposals[0].value;
	f->plan.unplaced = (struct carved_unplaced[]){{1, CARVED_RULE_SUPPLY}, {2, CARVED_RULE_SUPPLY}};
	f->plan.unplaced_count = 2;
	expect_only(f, CARVED_RULE_ONE, "K-1", 2, 1);
}

static void supply_a_quarter_more_than_there_is(void **state)
{
	struct fixture *f = *state;
	f->packages[2] = (struct world_package){"K-3", "S-1", CARVED_CARVED, {{LINEN, 16}}};
	f->package_count = 3;
	f->linen->hours_q = 28; // 12 + 16
	expect_made_valid(f);
	f->linen->hours_q = 27;
	expect_made_only(f, CARVED_RULE_SUPPLY, "linen", 28, 27);
}

static void donor_a_quarter_over_the_share(void **state)
{
	struct fixture *f = *state;
	f->nurse->share_permille = 125; // 20 of 160
	expect_made_valid(f);
	f->nurse->share_permille = 124; // 19.84
	expect_made_only(f, CARVED_RULE_DONOR, "nurse", 20, 19);
	f->meals->undone = true; // counts no more
	expect_made_valid(f);
	f->nurse->has_carve = false; // gives nothing, not even what is left undone
	assert_false((make(f), check(f)));
	for (size_t i = 0; i < f->violations.count; i++)
		assert_int_equal(f->violations.items[i].rule, CARVED_RULE_DONOR);
}

static void donor_a_vacancy_carved_over_its_share(void **state)
{
	struct fixture *f = *state;
	f->packages[1] = (struct world_package){"K-2", "S-1", CARVED_CARVED, {{DISHES, 16}}};
	f->kitchen->has_carve = true;
	f->kitchen->share_permille = 400; // 16 of 40
	expect_made_valid(f);
	f->kitchen->share_permille = 399;
	expect_made_only(f, CARVED_RULE_DONOR, "kitchen", 16, 15);
}

static void displacement_a_day_early(void **state)
{
	struct fixture *f = *state;
	f->packages[0] = f->packages[1];
	f->package_count = 1;
	f->site->recent_dismissals = true;
	f->kitchen->former_staff_asked = WORLD_DATE;
	expect_made_valid(f);
	f->kitchen->former_staff_asked = WORLD_DATE + 1;
	expect_made_only(f, CARVED_RULE_DISPLACEMENT, "kitchen", 1, 0);
}

static void places_and_supervision_one_too_many(void **state)
{
	struct fixture *f = *state;
	f->site->places = 2;
	f->site->supervision_q = 16;
	expect_made_valid(f);
	f->site->places = 1;
	expect_made_only(f, CARVED_RULE_PLACES, NULL, 2, 1);
	f->site->places = 2;
	f->site->supervision_q = 15;
	expect_made_only(f, CARVED_RULE_SUPERVISION, NULL, 16, 15);
}

static void coach_a_quarter_too_much(void **state)
{
	struct fixture *f = *state;
	f->coach->hours_q = 16;
	expect_made_valid(f);
	f->coach->hours_q = 15;
	expect_made_only(f, CARVED_RULE_COACH, "C-1", 16, 15);
}

// Needs 4, 12, 4: 4 is easy. 12 of 20 are above it: C x (1 - 0.5 x 12/20) = 0.7 C; of 11 quarters 7.7, rounded up 8; of 10 exactly 7.
static void reserve_a_quarter_too_much_for_the_easy_half(void **state)
{
	struct fixture *f = *state;
	f->packages[1] = (struct world_package){"K-3", "S-1", CARVED_CARVED, {{LINEN, 16}}};
	f->coach->hours_q = 11;
	expect_made_valid(f);
	f->coach->hours_q = 10;
	expect_made_only(f, CARVED_RULE_RESERVE, "C-1", 8, 7);
}

static void an_early_plan_is_a_plan_of_nothing_and_says_nothing(void **state)
{
	struct fixture *f = *state;
	forget(f);
	f->table = carved_slot_table_new(&f->world.region);
	struct carved_solution solution = {.bound = 70};
	carved_plan_make_early(&f->world.region, f->table, WORLD_DATE, &f->weights, &solution, &f->plan);
	assert_int_equal(f->plan.bound, 70);
	expect_valid(f);
	f->plan.value = 1;
	expect_only(f, CARVED_RULE_VALUE, "plan value", 1, 0);
	f->plan.value = 0;
	f->plan.bound = -1;
	expect_only(f, CARVED_RULE_VALUE, "bound", -1, 0);
	make(f);
	f->plan.early = true; // what has packages is not to get past the checker so
	f->plan.unplaced_count = 0;
	expect_only(f, CARVED_RULE_VALUE, "early", (int64_t)f->plan.proposal_count, 0);
}

static void an_outlook_that_is_stopped_is_none(void **state)
{
	struct fixture *f = *state;
	atomic_bool stop = false;
	struct carved_outlook *outlook = carved_outlook_new(&f->world.region, WORLD_DATE, &f->weights, &stop);
	assert_non_null(outlook);
	carved_outlook_free(outlook);
	stop = true;
	assert_null(carved_outlook_new(&f->world.region, WORLD_DATE, &f->weights, &stop));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_right_plan_passes),
		T(capacity_a_level_too_much),
		T(environment_a_level_too_much),
		T(requirement_a_certificate_missing),
		T(never_a_hard_no),
		T(availability_a_day_part_that_the_person_has_not),
		T(hours_a_quarter_below_or_above),
		T(chunk_a_quarter_short),
		T(chunk_a_slot_twice),
		T(a_whole_opening_needs_no_chunk_of_all_openings),
		T(schedule_a_quarter_missing_or_misplaced),
		T(schedule_a_quarter_over_the_day_or_under_the_visit),
		T(load_a_quarter_too_much),
		T(jobs_one_too_many),
		T(supervisor_one_too_many),
		T(travel_a_minute_too_far),
		T(excluded_an_employer),
		T(must_a_wish_that_no_slot_meets),
		T(whole_vacancy_a_quarter_short_or_a_task_missing),
		T(consent_a_day_late),
		T(one_package_twice),
		T(supply_a_quarter_more_than_there_is),
		T(donor_a_quarter_over_the_share),
		T(donor_a_vacancy_carved_over_its_share),
		T(displacement_a_day_early),
		T(places_and_supervision_one_too_many),
		T(coach_a_quarter_too_much),
		T(reserve_a_quarter_too_much_for_the_easy_half),
		T(an_early_plan_is_a_plan_of_nothing_and_says_nothing),
		T(an_outlook_that_is_stopped_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
