// SPDX-License-Identifier: EUPL-1.2
// The two views as JSON, and reading a stored proposal back.
#include "explain_fixture.h"
#include <stdlib.h>
#include <string.h>

// A person with a limitation, an aid, an open question, wishes and a load limit: everything that an employer must not see.
static void make_rich(struct explain_fixture *f)
{
	struct world *w = &f->world;
	world_add_level(w, &f->linen->demands, "b140", 1);
	world_add_level(w, &f->linen->demands, "d430", 3);
	world_add_level(w, &f->linen->exposures, "e250", 2);
	world_add_level(w, &f->candidate->limitations, "d430", 2);
	world_add_level(w, &f->candidate->barriers, "e250", 2);
	world_add_aid(w, f->candidate, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	world_add_text(w, &f->site->facilities, "lifting-aid");
	world_add_limit(w, f->candidate, "d430", 2, 12);
	world_add_text(w, &f->linen->tags, "indoor");
	world_add_text(w, &f->candidate->like, "indoor");
	f->linen->supervisor = "team-a";
	f->linen->relief = 3;
	f->site->staff_agreed = CARVED_DATE_NONE;
}

static void the_employers_view_is_exactly_its_list(void **state)
{
	struct explain_fixture *f = *state;
	make_rich(f);
	explain(f);
	assert_string_equal(explain_employer(f, CARVED_ENGLISH),
		"{\"site\":\"S-1\",\"name\":\"S-1\",\"employer\":\"EMP-1\",\"kind\":\"carved\",\"hours\":4.75,"
		"\"tasks\":[{\"job\":\"nurse\",\"jobTitle\":\"nurse\",\"task\":\"linen\",\"title\":\"linen\","
		"\"supervisor\":\"team-a\",\"undone\":false,\"hours\":2.75,\"relief\":3},"
		"{\"job\":\"nurse\",\"jobTitle\":\"nurse\",\"task\":\"meals\",\"title\":\"meals\",\"part\":\"mon-pm\","
		"\"supervisor\":null,\"undone\":false,\"hours\":2,\"relief\":0}],"
		"\"week\":[{\"day\":\"mon\",\"hours\":4.75,\"parts\":[{\"part\":\"mon-am\",\"hours\":2.75,\"slots\":[{\"slot\":0,"
		"\"hours\":2.75}]},{\"part\":\"mon-pm\",\"hours\":2,\"slots\":[{\"slot\":1,\"hours\":2}]}]}],"
		"\"steps\":[],\"buddyHours\":2,"
		"\"aids\":[{\"aid\":\"lifting-aid\",\"label\":\"lifting-aid\",\"kind\":\"technique\",\"slots\":[0],"
		"\"text\":\"the site has this; it has to be at hand for these tasks\"}],"
		"\"donors\":[{\"job\":\"nurse\",\"jobTitle\":\"nurse\",\"incumbents\":2,\"before\":40,\"carved\":4.75,"
		"\"freedEach\":2.380000,"
		"\"left\":35.25,\"slots\":[0,1]}],"
		"\"conditions\":[{\"condition\":\"staff-agreed\",\"met\":false,\"since\":null,"
		"\"text\":\"the staff must agree first that hours are taken from their jobs\"}],"
		"\"contact\":{\"coach\":\"C-1\"}}");
}

static void expect_in(const char *json, const char *piece)
{
	if (!strstr(json, piece))
		fail_msg("%s\nis not in\n%s", piece, json);
}

static void the_coachs_view_has_categories_with_capacity_and_demand(void **state)
{
	struct explain_fixture *f = *state;
	make_rich(f);
	explain(f);
	const char *json = explain_coach(f, CARVED_DUTCH);
	expect_in(json,
		"\"categories\":[{\"category\":\"d430\",\"label\":\"tillen en dragen\",\"rule\":\"capacity\",\"demand\":3,"
		"\"basis\":\"stated\",\"statedAt\":\"d430\",\"capacity\":2,\"margin\":0,\"aid\":\"lifting-aid\","
		"\"aidedCapacity\":3,\"uses\":[{\"slot\":0,\"demand\":3,\"margin\":0,\"aid\":\"lifting-aid\","
		"\"aidedCapacity\":3}]}");
	expect_in(json, "{\"category\":\"e250\",\"label\":\"lawaai en drukte\",\"rule\":\"environment\",\"demand\":2,"
			"\"basis\":\"stated\",\"statedAt\":\"e250\",\"capacity\":2,\"margin\":0,\"aid\":null");
	expect_in(json, "{\"category\":\"b140\",\"label\":\"bij de les blijven\",\"rule\":\"capacity\",\"demand\":1,"
			"\"basis\":\"unknown\",\"statedAt\":null,\"why\":\"not-stated\",\"capacity\":null,\"margin\":null");
}

static void questions_are_sentences_in_the_language_asked_for(void **state)
{
	struct explain_fixture *f = *state;
	make_rich(f);
	world_add_level(&f->world, &f->meals->exposures, "e240", 1);
	world_add_level(&f->world, &f->candidate->barriers, "e240", CARVED_NOT_ASSESSED);
	explain(f);
	expect_in(explain_coach(f, CARVED_DUTCH),
		"{\"category\":\"b140\",\"label\":\"bij de les blijven\",\"text\":\"Hoe gaat het met bij de les blijven: zonder "
		"moeite, met een beetje moeite, met veel moeite of gaat het niet?\",\"slots\":[0]}");
	expect_in(explain_coach(f, CARVED_ENGLISH),
		"\"text\":\"Does bright or dim light hinder you at work: not at all, a little, a lot, or so much that working is "
		"impossible?\",\"slots\":[1]");
}

static void the_coachs_view_has_hours_against_wishes_and_all_limits(void **state)
{
	struct explain_fixture *f = *state;
	make_rich(f);
	f->candidate->supervisors_max = 1;
	explain(f);
	const char *json = explain_coach(f, CARVED_ENGLISH);
	expect_in(json, "\"hours\":4.75,\"wished\":{\"min\":4,\"max\":8,\"perDay\":8,\"perVisit\":2}");
	expect_in(json, "\"availability\":[{\"part\":\"mon-am\",\"available\":4,\"used\":2.75},{\"part\":\"mon-pm\","
			"\"available\":4,\"used\":2},{\"part\":\"tue-am\",\"available\":4,\"used\":0}");
	expect_in(json, "\"limits\":[{\"category\":\"d430\",\"label\":\"lifting and carrying\",\"demand\":2,\"most\":3,\"used\":"
			"2.75}]");
	expect_in(json, "\"travel\":{\"mode\":\"bicycle\",\"minutes\":9,\"most\":45},\"jobs\":{\"used\":1,\"most\":3},"
			"\"supervisors\":{\"names\":[\"team-a\"],\"most\":1}");
	expect_in(json, "\"support\":{\"coach\":\"C-1\",\"coachHours\":1,\"coachSteps\":[],\"hoursOfCoach\":10,\"buddyHours\":2,"
			"\"hoursOfBuddies\":10}");
	expect_in(json, "\"consent\":{\"expires\":\"2027-03-02\",\"shareWithEmployer\":false}");
}

static void an_old_profile_is_marked_for_review_for_the_coach_alone(void **state)
{
	struct explain_fixture *f = *state;
	explain(f);
	assert_null(strstr(explain_coach(f, CARVED_ENGLISH), "review"));
	f->candidate->consent_given = WORLD_DATE - 200; // 2026-05-06
	explain(f);
	expect_in(explain_coach(f, CARVED_ENGLISH), "\"review\":{\"since\":\"2026-05-06\"}");
	assert_null(strstr(explain_employer(f, CARVED_ENGLISH), "review"));
}

static void what_was_overruled_is_a_risk_with_a_margin_below_zero(void **state)
{
	struct explain_fixture *f = *state;
	struct carved_override override = {.site = "S-1",
		.task = "nurse/linen",
		.rule = CARVED_OVERRULES_CAPACITY,
		.icf = carved_icf_find("d430"),
		.reason = "did it for years",
		.agreed = WORLD_DATE - 5};
	world_add_level(&f->world, &f->linen->demands, "d430", 3);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 2);
	f->candidate->overrides = &override;
	f->candidate->override_count = 1;
	explain(f);
	assert_int_equal(f->explanation.tasks[0].comforts[0], 0);
	assert_int_equal(f->explanation.categories[0].margin, -1);
	expect_in(explain_coach(f, CARVED_ENGLISH), "\"risks\":[{\"slot\":0,\"rule\":\"capacity\",\"category\":\"d430\","
						    "\"reason\":\"did it for years\",\"agreed\":\"2026-11-17\"}]");
	assert_null(strstr(explain_employer(f, CARVED_ENGLISH), "years"));
}

static void the_steps_of_a_build_up_are_in_both_views(void **state)
{
	struct explain_fixture *f = *state;
	struct carved_build_up steps[] = {{0, 16}, {8, 19}};
	f->candidate->build_up = steps;
	f->candidate->build_up_count = 2;
	explain(f);
	const char *first = "\"steps\":[{\"week\":0,\"hours\":4,";
	expect_in(explain_coach(f, CARVED_ENGLISH), first);
	expect_in(explain_employer(f, CARVED_ENGLISH), first);
}

// ---- reading back

static const char *write_proposal(struct explain_fixture *f)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&f->json);
	carved_buffer_clear(&f->json);
	carved_json_begin_object(&writer, NULL);
	carved_plan_format_proposal(&f->plan, &f->world.region, f->table, 0, &writer);
	carved_json_end_object(&writer);
	return f->json.data;
}

static void a_proposal_that_was_written_is_read_back_and_explained(void **state)
{
	struct explain_fixture *f = *state;
	struct carved_proposal read;
	struct carved_build_up steps[] = {{0, 16}, {8, 19}};
	make_rich(f);
	f->candidate->build_up = steps;
	f->candidate->build_up_count = 2;
	explain_prepare(f);
	const char *json = write_proposal(f);
	assert_true(carved_explain_read(json, f->json.length, f->site, f->input.slots, &f->arena, &read, &f->error));
	const struct carved_proposal *made = &f->plan.proposals[0];
	assert_int_equal(read.options, 1);
	assert_int_equal(read.hours_q, made->hours_q);
	assert_int_equal(read.value, made->value);
	assert_int_equal(read.schedule.count, made->schedule.count);
	assert_memory_equal(read.schedule.entries, made->schedule.entries, made->schedule.count * sizeof *made->schedule.entries);
	assert_int_equal(read.step_count, 2);
	assert_int_equal(read.steps[0].hours_q, 16);
	assert_int_equal(read.steps[1].week, 8);
	assert_memory_equal(read.steps[0].piece_q, made->steps[0].piece_q, 2 * sizeof *made->steps[0].piece_q);
	assert_int_equal(read.steps[0].schedule.count, made->steps[0].schedule.count);
	assert_int_equal(read.donors[0].left_q, made->donors[0].left_q);
	assert_ptr_equal(read.donors[0].job, f->nurse);
	assert_true(read.needs_staff_agreed);
	f->input.proposal = &read;
	assert_true(carved_explain(&f->input, &f->explanation, &f->error));
}

static void a_task_that_the_site_lost_is_named(void **state)
{
	struct explain_fixture *f = *state;
	struct carved_proposal read;
	explain_prepare(f);
	const char *json = write_proposal(f);
	f->meals->ref = "snacks";
	assert_false(carved_explain_read(json, f->json.length, f->site, f->input.slots, &f->arena, &read, &f->error));
	assert_int_equal(f->error.code, CARVED_EXPLANATION_NO_TASK);
	assert_string_equal(carved_error_get(&f->error, "work"), "nurse");
	assert_string_equal(carved_error_get(&f->error, "task"), "meals");
}

static void what_is_no_proposal_is_unreadable(void **state)
{
	static const char *const wrong[] = {"", "[]", "{}", "{\"slots\":[]}",
		"{\"slots\":[{\"job\":\"nurse\",\"task\":\"linen\",\"hours\":2}],\"schedule\":[{\"slot\":1,\"part\":\"mon-am\"}]"
		"}",
		"{\"slots\":[{\"job\":\"nurse\",\"task\":\"linen\",\"hours\":2}],\"schedule\":[{\"slot\":0,\"part\":\"now\"}]}",
		"{\"slots\":[{\"job\":\"nurse\",\"task\":\"linen\",\"hours\":2}],\"questions\":[\"d9999\"]}",
		"{\"slots\":[{\"job\":\"nurse\",\"task\":\"linen\",\"hours\":2}],\"donors\":[{\"job\":\"cook\"}]}"};
	struct explain_fixture *f = *state;
	struct carved_proposal read;
	explain_prepare(f);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_false(
			carved_explain_read(wrong[i], strlen(wrong[i]), f->site, f->input.slots, &f->arena, &read, &f->error));
		assert_int_equal(f->error.code, CARVED_PROPOSAL_UNREADABLE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, explain_setup, explain_teardown)
		T(the_employers_view_is_exactly_its_list),
		T(the_coachs_view_has_categories_with_capacity_and_demand),
		T(questions_are_sentences_in_the_language_asked_for),
		T(the_coachs_view_has_hours_against_wishes_and_all_limits),
		T(an_old_profile_is_marked_for_review_for_the_coach_alone),
		T(what_was_overruled_is_a_risk_with_a_margin_below_zero),
		T(the_steps_of_a_build_up_are_in_both_views),
		T(a_proposal_that_was_written_is_read_back_and_explained),
		T(a_task_that_the_site_lost_is_named),
		T(what_is_no_proposal_is_unreadable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
