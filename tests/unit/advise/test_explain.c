// SPDX-License-Identifier: EUPL-1.2
// What the tasks ask against what the person can, the points line by line, and that a proposal which does not add up is refused.
#include "explain_fixture.h"
#include <string.h>

// ---- categories

static void tight_categories_come_first_and_unknown_ones_last(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "b140", 1);
	world_add_level(&f->world, &f->linen->demands, "d110", 4);
	world_add_level(&f->world, &f->linen->demands, "d430", 2);
	world_add_level(&f->world, &f->meals->demands, "d720", 1);
	world_add_level(&f->world, &f->candidate->limitations, "b140", 0);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 2);
	world_add_level(&f->world, &f->candidate->limitations, "d720", 2);
	const struct carved_explanation *e = explain(f);
	const char *const order[] = {"d430", "d720", "b140", "d110"};
	assert_int_equal(e->category_count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(carved_icf_code(e->categories[i].icf), order[i]);
	assert_int_equal(e->categories[0].margin, 0);
	assert_int_equal(e->categories[1].margin, 1);
	assert_int_equal(e->categories[2].margin, 3);
	assert_int_equal(e->categories[3].unknown, CARVED_UNKNOWN_NOT_STATED);
}

static void a_category_that_two_tasks_ask_is_told_once_with_the_highest_demand(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	world_add_level(&f->world, &f->meals->demands, "d430", 3);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 1);
	const struct carved_explanation *e = explain(f);
	assert_int_equal(e->category_count, 1);
	assert_int_equal(e->categories[0].level, 3);
	assert_int_equal(e->categories[0].margin, 0);
	assert_int_equal(e->categories[0].use_count, 2);
	assert_int_equal(e->categories[0].uses[0].margin, 2);
	assert_int_equal(e->categories[0].uses[1].task, 1);
}

static void a_category_says_where_its_figure_is_from(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d4300", 1);
	world_add_level(&f->world, &f->linen->demands, "b140", 1);
	world_add_level(&f->world, &f->linen->exposures, "e250", 1);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 2);
	world_add_level(&f->world, &f->candidate->limitations, "b140", 1);
	const struct carved_explanation *e = explain(f);
	const struct carved_explained_category *lifting = explain_category(e, "d4300"), *attention = explain_category(e, "b140"),
					       *noise = explain_category(e, "e250");
	assert_int_equal(lifting->basis, CARVED_FROM_ANCESTOR);
	assert_string_equal(carved_icf_code(lifting->stated_at), "d430");
	assert_int_equal(attention->basis, CARVED_STATED);
	assert_string_equal(carved_icf_code(attention->stated_at), "b140");
	assert_int_equal(noise->basis, CARVED_NOT_STATED_BARRIER);
	assert_int_equal(noise->stated_at, CARVED_ICF_NONE);
	assert_true(noise->is_exposure);
	assert_int_equal(noise->margin, 3);
}

static void an_unknown_category_says_why_it_is_unknown(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	world_add_level(&f->world, &f->linen->demands, "d4102", 1);
	world_add_level(&f->world, &f->linen->demands, "d720", 1);
	world_add_level(&f->world, &f->candidate->limitations, "d4300", 2); // narrower, and does not refuse
	world_add_level(&f->world, &f->candidate->limitations, "d410", 8);
	const struct carved_explanation *e = explain(f);
	assert_int_equal(explain_category(e, "d430")->unknown, CARVED_UNKNOWN_NARROWER);
	assert_string_equal(carved_icf_code(explain_category(e, "d430")->stated_at), "d4300");
	assert_int_equal(explain_category(e, "d4102")->unknown, CARVED_UNKNOWN_NOT_ASSESSED);
	assert_string_equal(carved_icf_code(explain_category(e, "d4102")->stated_at), "d410");
	assert_int_equal(explain_category(e, "d720")->unknown, CARVED_UNKNOWN_NOT_STATED);
	assert_int_equal(e->question_count, 3);
	assert_string_equal(carved_icf_code(e->categories[e->questions[0]].icf), "d4102"); // by code
	assert_string_equal(carved_icf_code(e->categories[e->questions[2]].icf), "d720");
}

static void an_aid_is_told_with_the_plain_figure_and_the_aided_margin(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	world_add_level(&f->world, &f->meals->demands, "d430", 3);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_aid(&f->world, f->candidate, "d430", 0, "lifting-aid", CARVED_TECHNIQUE);
	world_add_text(&f->world, &f->site->facilities, "lifting-aid");
	const struct carved_explanation *e = explain(f);
	const struct carved_explained_category *lifting = explain_category(e, "d430");
	assert_int_equal(lifting->limitation, 3);
	assert_int_equal(lifting->margin, 0); // linen, without the aid
	assert_null(lifting->aid);
	assert_null(lifting->uses[0].aid);
	assert_string_equal(lifting->uses[1].aid->by, "lifting-aid");
	assert_int_equal(lifting->uses[1].margin, 1);
	assert_int_equal(e->aid_count, 1);
	assert_int_equal(e->aids[0].task_count, 1);
	assert_int_equal(e->aids[0].tasks[0], 1);
	assert_int_equal(e->aids[0].category_count, 1);
}

// ---- the package

static void limits_count_the_hours_of_the_tasks_that_ask_so_much(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 2);
	world_add_level(&f->world, &f->meals->demands, "d430", 1);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 0);
	world_add_limit(&f->world, f->candidate, "d430", 2, 12);
	world_add_limit(&f->world, f->candidate, "d430", 1, 20);
	const struct carved_explanation *e = explain(f);
	assert_int_equal(e->limit_count, 2);
	assert_int_equal(e->limits[0].used_q, 11);
	assert_int_equal(e->limits[1].used_q, 19);
}

static void musts_name_the_task_that_meets_them_and_supervisors_are_told_once(void **state)
{
	struct explain_fixture *f = *state;
	world_add_text(&f->world, &f->meals->tags, "care");
	world_add_text(&f->world, &f->candidate->must, "care");
	f->linen->supervisor = "team-a";
	f->meals->supervisor = "team-a";
	const struct carved_explanation *e = explain(f);
	assert_int_equal(e->must_count, 1);
	assert_int_equal(e->musts[0].task, 1);
	assert_string_equal(e->musts[0].tag, "care");
	assert_int_equal(e->supervisors.count, 1);
}

static void a_condition_counts_as_met_from_the_day_that_the_staff_agreed(void **state)
{
	struct explain_fixture *f = *state;
	f->site->staff_agreed = CARVED_DATE_NONE;
	const struct carved_explanation *e = explain(f);
	assert_true(e->takes_from_staff);
	assert_false(e->staff_agreed);
	struct carved_site today = *f->site;
	today.staff_agreed = WORLD_DATE + 3;
	f->input.site_today = &today;
	f->input.today = WORLD_DATE + 3;
	carved_explanation_deinit(&f->explanation);
	assert_true(carved_explain(&f->input, &f->explanation, &f->error));
	assert_true(f->explanation.staff_agreed);
	f->input.site_today = NULL; // gone
	carved_explanation_deinit(&f->explanation);
	assert_true(carved_explain(&f->input, &f->explanation, &f->error));
	assert_false(f->explanation.staff_agreed);
}

// ---- points

static void expect_to_add_up(const struct carved_explanation *e)
{
	int64_t value = 0;
#define X(part)                                                                                                                  \
	assert_int_equal(explain_sum_of(e, CARVED_EXPLAINED_##part), e->input.proposal->parts.part);                             \
	value += explain_sum_of(e, CARVED_EXPLAINED_##part);
	CARVED_VALUE_PARTS(X)
#undef X
	assert_int_equal(value, e->input.proposal->value);
	assert_int_equal(value, e->value);
}

static void priority_is_told_in_its_three_parts(void **state)
{
	struct explain_fixture *f = *state;
	const struct carved_explanation *e = explain(f);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_place, CARVED_LINE_BASE)->points, 12000);
	const struct carved_explained_line *waiting = explain_line(e, CARVED_EXPLAINED_place, CARVED_LINE_WAITING);
	assert_int_equal(waiting->amount, 25);
	assert_int_equal(waiting->points, 12 * 250);
	const struct carved_explained_line *options = explain_line(e, CARVED_EXPLAINED_place, CARVED_LINE_OPTIONS);
	assert_int_equal(options->amount, 1);
	assert_int_equal(options->points, 12 * 300);
	expect_to_add_up(e);
}

static void waiting_gives_no_more_than_its_most(void **state)
{
	struct explain_fixture *f = *state;
	f->candidate->waiting_since = WORLD_DATE - 4000;
	const struct carved_explanation *e = explain(f);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_place, CARVED_LINE_WAITING)->amount, 131);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_place, CARVED_LINE_WAITING)->points, 12 * 600);
	expect_to_add_up(e);
}

static void options_that_were_not_kept_follow_from_the_stated_part(void **state)
{
	struct explain_fixture *f = *state;
	explain_prepare(f);
	f->plan.proposals[0].options = -1;
	assert_true(carved_explain(&f->input, &f->explanation, &f->error));
	assert_int_equal(explain_line(&f->explanation, CARVED_EXPLAINED_place, CARVED_LINE_OPTIONS)->points, 12 * 300);
	assert_non_null(strstr(explain_coach(f, CARVED_ENGLISH), "\"line\":\"options\",\"options\":null,\"points\":3600"));
	expect_to_add_up(&f->explanation);
}

// Fit 730 each: 11 x 730 x 20000 / 32000 = 5018.75, 8 x 730 x 20000 / 32000 = 3650; together 8668.75
static void what_rounding_does_is_a_line_of_its_own(void **state)
{
	struct explain_fixture *f = *state;
	f->package = (struct world_package){"K-1", "S-1", CARVED_CARVED, {{LINEN, 11}, {MEALS, 7}}};
	f->meals->chunk_q = 1;
	const struct carved_explanation *e = explain(f);
	assert_int_equal(e->tasks[0].answer.fit, 730);
	assert_int_equal(
		explain_line(e, CARVED_EXPLAINED_fit, CARVED_LINE_ROUNDING)->points, 1); // .75 + .75 of 5018.75 + 3193.75
	assert_int_equal(explain_sum_of(e, CARVED_EXPLAINED_fit), 8212);
	expect_to_add_up(e);
}

static void relief_is_told_by_task(void **state)
{
	struct explain_fixture *f = *state;
	f->linen->relief = 3;
	f->meals->relief = 1;
	const struct carved_explanation *e = explain(f);
	assert_int_equal(explain_sum_of(e, CARVED_EXPLAINED_relief), 256); // (33 + 8) x 25 / 4 = 256.25
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_place, CARVED_LINE_BASE)->points, 12000);
	expect_to_add_up(e);
}

static void further_jobs_aids_questions_and_support_have_lines_of_their_own(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	world_add_level(&f->world, &f->dishes->demands, "d720", 3);
	world_add_level(&f->world, &f->candidate->limitations, "d720", 3);
	world_add_aid(&f->world, f->candidate, "d720", 1, "buddy", CARVED_GUIDANCE);
	f->package = (struct world_package){"K-1", "S-1", CARVED_CARVED, {{LINEN, 11}, {DISHES, 8}}};
	f->weights.coach_hour = -7;
	f->weights.buddy_hour = -3;
	f->candidate->buddy_q = 7;
	const struct carved_explanation *e = explain(f);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_jobs, CARVED_LINE_EXTRA_JOBS)->amount, 1);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_jobs, CARVED_LINE_EXTRA_JOBS)->points, -1500);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_aids, CARVED_LINE_AID)->points, -800);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_unknown, CARVED_LINE_QUESTION)->points, -100);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_coach, CARVED_LINE_COACH)->points, -7);
	assert_int_equal(explain_line(e, CARVED_EXPLAINED_buddy, CARVED_LINE_BUDDY)->points, -6); // -5.25 rounds down
	expect_to_add_up(e);
}

// ---- refusals

static void expect_differs(struct explain_fixture *f, const char *what, const char *stated, const char *found)
{
	struct carved_explanation none;
	assert_false(carved_explain(&f->input, &none, &f->error));
	assert_int_equal(f->error.code, CARVED_EXPLANATION_DIFFERS);
	assert_string_equal(carved_error_get(&f->error, "what"), what);
	assert_string_equal(carved_error_get(&f->error, "stated"), stated);
	assert_string_equal(carved_error_get(&f->error, "found"), found);
}

static void a_part_that_the_documents_do_not_give_is_refused_with_both_figures(void **state)
{
	struct explain_fixture *f = *state;
	explain_prepare(f);
	f->plan.proposals[0].parts.place++;
	f->plan.proposals[0].value++;
	expect_differs(f, "place", "18601", "18600");
}

static void a_value_that_is_not_the_sum_of_its_parts_is_refused(void **state)
{
	struct explain_fixture *f = *state;
	explain_prepare(f);
	f->plan.proposals[0].value++;
	expect_differs(f, "value", "27269", "27268");
}

static void a_slot_that_does_not_fit_any_more_is_refused(void **state)
{
	struct explain_fixture *f = *state;
	explain_prepare(f);
	world_add_text(&f->world, &f->linen->requires, "forklift");
	expect_differs(f, "linen", "1", "0");
}

static void a_question_that_is_no_question_any_more_is_refused(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	f->weights.unknown = 0;
	f->weights.comfort_unknown = 1000;
	explain_prepare(f);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 0);
	expect_differs(f, "questions", "1", "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, explain_setup, explain_teardown)
		T(tight_categories_come_first_and_unknown_ones_last),
		T(a_category_that_two_tasks_ask_is_told_once_with_the_highest_demand),
		T(a_category_says_where_its_figure_is_from),
		T(an_unknown_category_says_why_it_is_unknown),
		T(an_aid_is_told_with_the_plain_figure_and_the_aided_margin),
		T(limits_count_the_hours_of_the_tasks_that_ask_so_much),
		T(musts_name_the_task_that_meets_them_and_supervisors_are_told_once),
		T(a_condition_counts_as_met_from_the_day_that_the_staff_agreed),
		T(priority_is_told_in_its_three_parts),
		T(waiting_gives_no_more_than_its_most),
		T(options_that_were_not_kept_follow_from_the_stated_part),
		T(what_rounding_does_is_a_line_of_its_own),
		T(relief_is_told_by_task),
		T(further_jobs_aids_questions_and_support_have_lines_of_their_own),
		T(a_part_that_the_documents_do_not_give_is_refused_with_both_figures),
		T(a_value_that_is_not_the_sum_of_its_parts_is_refused),
		T(a_slot_that_does_not_fit_any_more_is_refused),
		T(a_question_that_is_no_question_any_more_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
