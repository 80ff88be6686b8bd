// SPDX-License-Identifier: EUPL-1.2
// Rule `build-up`: which steps a proposal gets, and which of those that a proposal shows the checker refuses.
#include "carved/model/build_up.h"
#include "support/check_fixture.h"

// K-1, who gets 12 quarters of linen and 8 of meals, starts with so many and goes on with so many from week 8 on.
static struct carved_proposal *grow(struct fixture *f, int first_q, int then_q)
{
	f->k1->build_up = carved_arena_array(&f->world.arena, struct carved_build_up, 2);
	f->k1->build_up[0] = (struct carved_build_up){0, first_q};
	f->k1->build_up[1] = (struct carved_build_up){8, then_q};
	f->k1->build_up_count = 2;
	make(f);
	expect_valid(f);
	return &f->plan.proposals[0];
}

static void a_step_has_the_fewest_tasks_and_the_earliest_of_those(void **state)
{
	const struct carved_proposal *p = grow(*state, 10, 60);
	assert_int_equal(p->step_count, 2);
	assert_int_equal(p->steps[0].week, 0);
	assert_int_equal(p->steps[0].hours_q, 10);
	assert_int_equal(p->steps[0].piece_q[LINEN], 10);
	assert_int_equal(p->steps[0].piece_q[MEALS], 0);
	assert_int_equal(p->steps[1].hours_q, 20); // the package has no more
	assert_int_equal(p->steps[1].piece_q[MEALS], 8);
	assert_int_equal(p->steps[1].schedule.count, p->schedule.count);
}

static void what_a_step_has_the_next_one_has_as_well(void **state)
{
	const struct carved_proposal *p = grow(*state, 10, 14);
	assert_int_equal(p->steps[1].piece_q[LINEN] + p->steps[1].piece_q[MEALS], 14);
	assert_in_range(p->steps[1].piece_q[LINEN], 10, 12); // no hours back where that can be
	assert_in_range(p->steps[1].piece_q[MEALS], 2, 4);
}

static void a_step_meets_the_wishes_that_must_be_met(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->meals->tags, "outdoor");
	world_add_text(&f->world, &f->k1->must, "outdoor");
	const struct carved_proposal *p = grow(f, 8, 60);
	assert_int_equal(p->steps[0].piece_q[LINEN], 0);
	assert_int_equal(p->steps[0].piece_q[MEALS], 8);
}

static void a_step_of_a_whole_vacancy_is_a_part_of_it(void **state)
{
	struct fixture *f = *state;
	struct carved_build_up step = {0, 9};
	f->k2->build_up = &step;
	f->k2->build_up_count = 1;
	make(f);
	expect_valid(f);
	assert_int_equal(f->plan.proposals[1].steps[0].piece_q[0], 9);
	assert_int_equal(f->plan.proposals[1].steps[0].piece_q[1], 0);
}

// Slots of 4 or nothing and of 6 or nothing: each step by itself has a part, but the second would give back what the first has.
static void steps_that_would_give_back_a_task_are_none(void **state)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_build_up steps[] = {{0, 4}, {8, 6}, {16, 10}};
	struct carved_build_up_step found[3];
	struct fixture *f = *state;
	struct carved_build_up_need needs[] = {{4, 8, 0x33, 0}, {6, 8, 0x33, 0}};
	f->k1->per_visit_q = 2;
	f->k1->build_up = steps;
	f->k1->build_up_count = 1;
	assert_true(carved_build_up_make(f->k1, needs, 2, &arena, found));
	f->k1->build_up_count = 2;
	assert_true(carved_build_up_make(f->k1, needs, 2, &arena, found)); // 6 of the first
	needs[0].most_q = 5;
	assert_false(carved_build_up_make(f->k1, needs, 2, &arena, found));
	f->k1->build_up = steps + 1; // without the first step
	assert_true(carved_build_up_make(f->k1, needs, 2, &arena, found));
	assert_int_equal(found[0].hours_q[0], 0);
	assert_int_equal(found[0].hours_q[1], 6);
	carved_arena_deinit(&arena);
}

// A visit of 8 and days of 4 hours: a step of 7 is one short day, one of 33 would be three days of which none is short.
static void a_step_is_laid_into_the_week_like_any_package(void **state)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct fixture *f = *state;
	struct carved_build_up step = {0, 7};
	struct carved_build_up_step found;
	const struct carved_build_up_need needs[] = {{1, 20, 0x3, 0}, {1, 20, 0x30, 0}};
	f->k1->build_up = &step;
	f->k1->build_up_count = 1;
	assert_true(carved_build_up_make(f->k1, needs, 2, &arena, &found));
	step.hours_q = 33; // 20 and 13: two days with a visit each
	assert_true(carved_build_up_make(f->k1, needs, 2, &arena, &found));
	f->k1->per_day_q = 16;
	assert_false(carved_build_up_make(f->k1, needs, 2, &arena, &found));
	step.hours_q = 23;
	f->k1->per_visit_q = 12;
	assert_false(carved_build_up_make(f->k1, needs, 2, &arena, &found)); // too long for a day, too short for two
	carved_arena_deinit(&arena);
}

static void steps_that_are_shown_wrong_are_refused(void **state)
{
	struct fixture *f = *state;
	struct carved_proposal *p = grow(f, 10, 14);
	p->step_count = 1;
	expect_only(f, CARVED_RULE_BUILD_UP, "steps", 1, 2);
	p->step_count = 2;
	p->steps[0].week = 1;
	expect_only(f, CARVED_RULE_BUILD_UP, "week", 1, 0);
	p->steps[0].week = 0;
	p->steps[0].hours_q = 11;
	expect_only(f, CARVED_RULE_BUILD_UP, "hours", 11, 10);
	p->steps[0].hours_q = 10;
	p->steps[0].piece_q[MEALS] = 1; // its chunk is 2
	expect_only(f, CARVED_RULE_BUILD_UP, "meals", 1, 2);
	p->steps[0].piece_q[MEALS] = 0;
	p->steps[0].piece_q[LINEN] = 13; // the package has 12
	expect_only(f, CARVED_RULE_BUILD_UP, "linen", 13, 12);
	p->steps[0].piece_q[LINEN] = 10;
	p->steps[0].schedule.entries[0].hours_q = 9;
	expect_only(f, CARVED_RULE_BUILD_UP, "linen", 9, 10);
	p->steps[0].schedule.entries[0].hours_q = 10;
	expect_valid(f);
	struct carved_proposal_step second = p->steps[1];
	p->steps[1] = p->steps[0]; // right for 8 quarters of meals instead of 14 of both, but linen was learnt
	p->steps[1].week = 8;
	p->steps[1].piece_q = (int[]){0, 8};
	assert_false(check(f));
	bool gives_back = false;
	for (size_t i = 0; i < f->violations.count; i++) {
		const struct carved_violation *v = &f->violations.items[i];
		assert_int_equal(v->rule, CARVED_RULE_BUILD_UP);
		gives_back = gives_back || (strcmp(v->what, "linen") == 0 && v->found == 0 && v->allowed == 1);
	}
	assert_true(gives_back);
	p->steps[1] = second;
	expect_valid(f);
}

// K-3 can start with a quarter only, and no task here is given in such small pieces.
static void who_can_start_nowhere_is_told_so(void **state)
{
	struct fixture *f = *state;
	struct carved_build_up step = {0, 2};
	f->k3->build_up = &step;
	f->k3->build_up_count = 1;
	make(f);
	assert_string_not_equal(carved_rule_names[f->plan.unplaced[0].reason], "build-up");
	step.hours_q = 1;
	make(f);
	assert_string_equal(carved_rule_names[f->plan.unplaced[0].reason], "build-up");
}

// ---- what could be: a quick look against every split of a step's hours over the slots, laid into the week by schedule.c

enum { NEEDS = 3, CASES = 3000 };

static unsigned roll(uint64_t *dice, unsigned sides)
{
	*dice = *dice * UINT64_C(6364136223846793005) + 1;
	return (unsigned)(*dice >> 33) % sides;
}

static bool some_split_can_be_laid(const struct carved_candidate *person, const struct carved_build_up_need *needs, int hours_q)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_schedule schedule;
	bool laid = false;
	for (int a = 0; a <= needs[0].most_q && !laid; a++) {
		for (int b = 0; b <= needs[1].most_q && !laid; b++) {
			int rest = hours_q - a - b;
			const struct carved_schedule_need split[NEEDS] = {
				{a, needs[0].parts}, {b, needs[1].parts}, {rest, needs[2].parts}};
			laid = rest >= 0 && rest <= needs[2].most_q &&
			       carved_schedule_make(split, NEEDS, person->available_q, person->per_day_q, person->per_visit_q,
				       &arena, &schedule);
		}
	}
	carved_arena_deinit(&arena);
	return laid;
}

// Two days of two parts and a third day of one; slots often share their parts, and are often too large for the step.
static void whether_a_step_could_have_a_part_is_whether_some_split_can_be_laid(void **state)
{
	(void)state;
	uint64_t dice = 4;
	size_t could_count = 0;
	for (int i = 0; i < CASES; i++) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		struct carved_build_up step = {0, 1 + (int)roll(&dice, 9)};
		struct carved_candidate person = {.build_up = &step,
			.build_up_count = 1,
			.per_day_q = 1 + (int)roll(&dice, 6),
			.per_visit_q = 1 + (int)roll(&dice, 3)};
		struct carved_build_up_need needs[NEEDS], usable[NEEDS];
		static const int parts[] = {0, 1, 4, 5, 8};
		int total_q = 0;
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
			person.available_q[parts[k]] = (uint16_t)roll(&dice, 4);
		for (size_t n = 0; n < NEEDS; n++) {
			carved_parts_mask mask =
				roll(&dice, 2) ? 0x33 : 1u << parts[roll(&dice, 5)] | 1u << parts[roll(&dice, 5)];
			int most_q = 1 + (int)roll(&dice, 5);
			usable[n] = needs[n] =
				(struct carved_build_up_need){1 + (int)roll(&dice, (unsigned)most_q), most_q, mask, 0};
			usable[n].most_q = needs[n].least_q > step.hours_q ? 0 : most_q;
			total_q += most_q;
		}
		bool could = carved_build_up_could(&person, needs, NEEDS, &arena);
		assert_int_equal(could, total_q <= step.hours_q || some_split_can_be_laid(&person, usable, step.hours_q));
		could_count += could;
		carved_arena_deinit(&arena);
	}
	assert_in_range(could_count, CASES / 4, CASES / 4 * 3); // both answers are common
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_step_has_the_fewest_tasks_and_the_earliest_of_those, setup, teardown),
		cmocka_unit_test_setup_teardown(what_a_step_has_the_next_one_has_as_well, setup, teardown),
		cmocka_unit_test_setup_teardown(a_step_meets_the_wishes_that_must_be_met, setup, teardown),
		cmocka_unit_test_setup_teardown(a_step_of_a_whole_vacancy_is_a_part_of_it, setup, teardown),
		cmocka_unit_test_setup_teardown(steps_that_would_give_back_a_task_are_none, setup, teardown),
		cmocka_unit_test_setup_teardown(a_step_is_laid_into_the_week_like_any_package, setup, teardown),
		cmocka_unit_test_setup_teardown(steps_that_are_shown_wrong_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(who_can_start_nowhere_is_told_so, setup, teardown),
		cmocka_unit_test(whether_a_step_could_have_a_part_is_whether_some_split_can_be_laid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
