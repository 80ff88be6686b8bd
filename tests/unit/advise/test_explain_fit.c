// SPDX-License-Identifier: EUPL-1.2
// Each part of a task's fit, and what it came from.
#include "explain_fixture.h"
#include <string.h>

static const struct carved_explained_task *linen(struct explain_fixture *f)
{
	return &explain(f)->tasks[0];
}

static void the_shares_of_the_parts_and_their_rounding_are_the_fit(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	world_add_level(&f->world, &f->linen->demands, "b140", 1);
	world_add_level(&f->world, &f->linen->demands, "d450", 1);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_level(&f->world, &f->candidate->limitations, "b140", 2);
	world_add_level(&f->world, &f->candidate->limitations, "d450", 2);
	const struct carved_explained_task *task = linen(f);
	assert_int_equal(task->parts[CARVED_FIT_comfort].points, 666); // (400 + 800 + 800) / 3
	assert_int_equal(task->parts[CARVED_FIT_comfort].weight, 30);
	assert_int_equal(task->parts[CARVED_FIT_comfort].share, 199); // of 199.8
	assert_int_equal(task->parts[CARVED_FIT_wish].share, 175);
	assert_int_equal(task->parts[CARVED_FIT_challenge].share, 105);
	assert_int_equal(task->parts[CARVED_FIT_setting].share, 70);
	assert_int_equal(task->parts[CARVED_FIT_travel].share, 80);
	assert_int_equal(task->answer.fit, 629); // of 629.8
	assert_int_equal(task->rounding, 0);
}

static void what_the_shares_lose_by_rounding_comes_back_as_a_figure_of_its_own(void **state)
{
	struct explain_fixture *f = *state;
	f->candidate->minutes[0].minutes = 10; // (45 - 10) / 45: 777, share 77.7
	f->weights.comfort_none = 999;         // share 299.7
	const struct carved_explained_task *task = linen(f);
	int shares = 0;
	for (int part = 0; part < CARVED_FIT_PART_COUNT; part++)
		shares += task->parts[part].share;
	assert_int_equal(shares, 299 + 175 + 105 + 70 + 77);
	assert_int_equal(task->answer.fit, 727);
	assert_int_equal(task->rounding, 1);
}

static void comfort_tells_the_points_of_each_category(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "b140", 2);
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	world_add_level(&f->world, &f->linen->exposures, "e250", 1);
	world_add_level(&f->world, &f->candidate->limitations, "b140", 2);
	const struct carved_explained_task *task = linen(f);
	assert_int_equal(task->answer.level_count, 3);
	assert_int_equal(task->comforts[0], 400);  // nothing left
	assert_int_equal(task->comforts[1], 600);  // nobody knows
	assert_int_equal(task->comforts[2], 1000); // no barrier is stated: none
	assert_int_equal(task->parts[CARVED_FIT_comfort].points, 666);
}

static void a_task_that_asks_nothing_is_wholly_comfortable(void **state)
{
	const struct carved_explained_task *task = linen(*state);
	assert_int_equal(task->answer.level_count, 0);
	assert_int_equal(task->parts[CARVED_FIT_comfort].points, 1000);
}

static void a_wish_is_told_with_the_tag_that_it_met(void **state)
{
	struct explain_fixture *f = *state;
	f->linen->category = "4.A.3.a.2";
	world_add_text(&f->world, &f->candidate->like, "4.A.3");
	const struct carved_explained_task *task = linen(f);
	assert_int_equal(task->liked.count, 1);
	assert_string_equal(task->liked.items[0].wish, "4.A.3");
	assert_string_equal(task->liked.items[0].tag, "4.A.3.a.2");
	assert_int_equal(task->avoided.count, 0);
	assert_int_equal(task->parts[CARVED_FIT_wish].points, 1000);
}

static void what_is_avoided_is_told_too_and_both_together_count_as_neither(void **state)
{
	struct explain_fixture *f = *state;
	world_add_text(&f->world, &f->linen->tags, "outdoor");
	world_add_text(&f->world, &f->linen->tags, "plants");
	world_add_text(&f->world, &f->candidate->like, "plants");
	world_add_text(&f->world, &f->candidate->avoid, "outdoor");
	const struct carved_explained_task *task = linen(f);
	assert_int_equal(task->liked.count, 1);
	assert_int_equal(task->avoided.count, 1);
	assert_string_equal(task->avoided.items[0].tag, "outdoor");
	assert_int_equal(task->parts[CARVED_FIT_wish].points, 500);
}

static void a_wish_that_is_liked_and_avoided_at_once_stands_apart(void **state)
{
	struct explain_fixture *f = *state;
	world_add_text(&f->world, &f->linen->tags, "plants");
	world_add_text(&f->world, &f->candidate->like, "plants");
	world_add_text(&f->world, &f->candidate->avoid, "plants");
	const struct carved_explained_task *task = linen(f);
	assert_int_equal(task->liked.count, 0);
	assert_int_equal(task->avoided.count, 0);
	assert_int_equal(task->both.count, 1);
	assert_string_equal(task->both.items[0].wish, "plants");
	assert_int_equal(task->parts[CARVED_FIT_wish].points, 500);
}

static void a_lively_place_that_is_liked_meets_the_wish_by_its_e_code(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->exposures, "e250", 2);
	world_add_text(&f->world, &f->candidate->like, "e250");
	const struct carved_explained_task *task = linen(f);
	assert_int_equal(task->liked.count, 1);
	assert_string_equal(task->liked.items[0].tag, "e250");
	assert_non_null(strstr(explain_coach(f, CARVED_ENGLISH),
		"\"liked\":[{\"wish\":\"e250\",\"tag\":\"e250\",\"label\":\"noise and bustle\"}]"));
}

static void challenge_is_told_as_the_levels_and_their_difference(void **state)
{
	struct explain_fixture *f = *state;
	f->linen->level = 3;
	f->candidate->level = 2;
	f->candidate->challenge = CARVED_GROW;
	assert_int_equal(linen(f)->parts[CARVED_FIT_challenge].points, 1000);
	assert_non_null(strstr(explain_coach(f, CARVED_ENGLISH),
		"\"challenge\":{\"points\":1000,\"weight\":15,\"share\":150,\"challenge\":\"grow\",\"level\":3,\"wished\":2,"
		"\"difference\":1}"));
}

static void a_challenge_that_nobody_stated_says_so(void **state)
{
	struct explain_fixture *f = *state;
	assert_int_equal(linen(f)->parts[CARVED_FIT_challenge].points, 700);
	assert_non_null(strstr(explain_coach(f, CARVED_ENGLISH),
		"\"challenge\":{\"points\":700,\"weight\":15,\"share\":105,\"challenge\":null,\"level\":null,\"wished\":null,"
		"\"difference\":null}"));
}

static void setting_is_told_as_steps_between_alone_and_team(void **state)
{
	struct explain_fixture *f = *state;
	f->linen->company = CARVED_ALONE;
	f->candidate->company = CARVED_TEAM;
	assert_int_equal(linen(f)->parts[CARVED_FIT_setting].points, 0);
	assert_non_null(strstr(explain_coach(f, CARVED_ENGLISH),
		"\"setting\":{\"points\":0,\"weight\":10,\"share\":0,\"company\":\"alone\",\"wished\":\"team\",\"steps\":2}"));
}

static void travel_is_told_in_minutes(void **state)
{
	struct explain_fixture *f = *state;
	assert_int_equal(linen(f)->parts[CARVED_FIT_travel].points, 800);
	assert_non_null(strstr(explain_coach(f, CARVED_ENGLISH),
		"\"travel\":{\"points\":800,\"weight\":10,\"share\":80,\"minutes\":9,\"most\":45}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, explain_setup, explain_teardown)
		T(the_shares_of_the_parts_and_their_rounding_are_the_fit),
		T(what_the_shares_lose_by_rounding_comes_back_as_a_figure_of_its_own),
		T(comfort_tells_the_points_of_each_category),
		T(a_task_that_asks_nothing_is_wholly_comfortable),
		T(a_wish_is_told_with_the_tag_that_it_met),
		T(what_is_avoided_is_told_too_and_both_together_count_as_neither),
		T(a_wish_that_is_liked_and_avoided_at_once_stands_apart),
		T(a_lively_place_that_is_liked_meets_the_wish_by_its_e_code),
		T(challenge_is_told_as_the_levels_and_their_difference),
		T(a_challenge_that_nobody_stated_says_so),
		T(setting_is_told_as_steps_between_alone_and_team),
		T(travel_is_told_in_minutes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
