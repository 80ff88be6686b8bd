// SPDX-License-Identifier: EUPL-1.2
// The candidate's view: which wishes are met and which are not, the sentences, and what is not in it.
#include "explain_fixture.h"
#include <stdio.h>
#include <string.h>

static void expect_in(const char *json, const char *piece)
{
	if (!strstr(json, piece))
		fail_msg("%s\nis not in\n%s", piece, json);
}

static void expect_not_in(const char *json, const char *piece)
{
	if (strstr(json, piece))
		fail_msg("%s\nis in\n%s", piece, json);
}

static const char *view(struct explain_fixture *f, enum carved_language language)
{
	explain(f);
	return explain_candidate(f, language);
}

// The member as text, up to the next one.
static const char *member(const char *json, const char *name, const char *next, char piece[4096])
{
	char quoted[64];
	snprintf(quoted, sizeof quoted, "\"%s\":", name);
	const char *start = strstr(json, quoted);
	assert_non_null(start);
	snprintf(quoted, sizeof quoted, ",\"%s\":", next);
	const char *end = strstr(start, quoted);
	assert_non_null(end);
	snprintf(piece, 4096, "%.*s", (int)(end - start), start);
	return piece;
}

static const char *fits(const char *json, char piece[4096])
{
	return member(json, "fits", "differs", piece);
}

static const char *differs(const char *json, char piece[4096])
{
	return member(json, "differs", "questions", piece);
}

static void hours_days_and_travel_are_held_against_what_was_wished(void **state)
{
	struct explain_fixture *f = *state;
	const char *json = view(f, CARVED_DUTCH);
	expect_in(json, "{\"fact\":\"hours\",\"hours\":4.75,\"max\":8,\"min\":4,\"slots\":[],\"text\":\"U wilt 4 tot 8 uur per "
			"week werken. "
			"Dit werk is 4,75 uur per week.\"}");
	expect_in(json, "{\"fact\":\"day\",\"hours\":4.75,\"most\":8,");
	expect_in(json, "{\"fact\":\"travel\",\"minutes\":9,\"most\":45,\"mode\":\"bicycle\",\"slots\":[],\"text\":\"U wilt "
			"hooguit 45 minuten "
			"reizen. Hier reist u ongeveer 9 minuten, met de fiets.\"}");
}

static void a_wish_is_met_by_the_tasks_that_have_it_and_missed_where_none_has(void **state)
{
	struct explain_fixture *f = *state;
	char piece[4096];
	world_add_text(&f->world, &f->meals->tags, "care");
	world_add_text(&f->world, &f->candidate->like, "care");
	world_add_text(&f->world, &f->candidate->like, "plants");
	const char *json = view(f, CARVED_ENGLISH);
	expect_in(fits(json, piece),
		"{\"fact\":\"like\",\"label\":\"care\",\"slots\":[1],\"text\":\"You like: care. It is in this work.\"}");
	expect_in(differs(json, piece), "{\"fact\":\"like-none\",\"label\":\"plants\",\"slots\":[],\"text\":\"You like: plants. "
					"It is not in this work.\"}");
}

static void what_is_avoided_and_in_it_is_said_and_what_is_not_in_it_as_well(void **state)
{
	struct explain_fixture *f = *state;
	char piece[4096];
	world_add_text(&f->world, &f->linen->tags, "cleaning");
	world_add_text(&f->world, &f->candidate->avoid, "cleaning");
	world_add_text(&f->world, &f->candidate->avoid, "kitchen");
	world_add_text(&f->world, &f->candidate->never, "night-work");
	const char *json = view(f, CARVED_ENGLISH);
	expect_in(differs(json, piece), "{\"fact\":\"avoid\",\"label\":\"cleaning\",\"slots\":[0],");
	expect_in(fits(json, piece), "{\"fact\":\"avoid-none\",\"label\":\"kitchen\",\"slots\":[],");
	expect_in(fits(json, piece), "{\"fact\":\"never-none\",\"label\":\"night-work\",\"slots\":[],");
}

static void surroundings_have_words_and_no_codes_and_little_is_not_called_nothing(void **state)
{
	struct explain_fixture *f = *state;
	char piece[4096];
	world_add_level(&f->world, &f->linen->exposures, "e250", 2);
	world_add_text(&f->world, &f->candidate->like, "e250");
	world_add_text(&f->world, &f->candidate->avoid, "e240");
	const char *json = view(f, CARVED_DUTCH);
	expect_in(fits(json, piece), "{\"fact\":\"like\",\"label\":\"lawaai en drukte\",\"slots\":[0],");
	expect_in(fits(json, piece), "{\"fact\":\"avoid-little\",\"label\":\"fel of zwak licht\",\"slots\":[],");
	expect_not_in(json, "e250");
	expect_not_in(json, "e240");
}

static void kinds_of_work_that_have_no_name_are_said_once_and_without_their_code(void **state)
{
	struct explain_fixture *f = *state;
	f->linen->category = "4.A.3.a.2";
	f->meals->category = "4.A.4.a.8";
	world_add_certificate(&f->world, "dutch-a2", NULL); // makes a vocabulary
	struct carved_vocabulary *vocabulary = &f->world.region.documents[CARVED_KIND_VOCABULARY][0]->vocabulary;
	world_add_text(&f->world, &vocabulary->categories, "4.A.3.a.2");
	world_add_text(&f->world, &vocabulary->categories, "4.A.4.a.8");
	world_add_text(&f->world, &f->candidate->like, "4.A.4");
	world_add_text(&f->world, &f->candidate->like, "4.A.3.a.2");
	const char *json = view(f, CARVED_ENGLISH);
	expect_in(json, "{\"fact\":\"like-work\",\"slots\":[0,1],\"text\":\"You like this kind of work.\"}");
	expect_not_in(json, "4.A");
}

static void a_wish_that_had_to_be_met_is_said_once_even_if_it_is_liked_too(void **state)
{
	struct explain_fixture *f = *state;
	world_add_text(&f->world, &f->linen->tags, "care");
	world_add_text(&f->world, &f->candidate->must, "care");
	world_add_text(&f->world, &f->candidate->like, "care");
	const char *json = view(f, CARVED_ENGLISH);
	expect_in(json, "{\"fact\":\"must\",\"label\":\"care\",\"slots\":[0],");
	expect_not_in(json, "\"fact\":\"like\"");
}

static void a_wish_that_is_liked_and_avoided_is_a_question(void **state)
{
	struct explain_fixture *f = *state;
	world_add_text(&f->world, &f->linen->tags, "care");
	world_add_text(&f->world, &f->candidate->like, "care");
	world_add_text(&f->world, &f->candidate->avoid, "care");
	const char *json = view(f, CARVED_ENGLISH);
	expect_in(json, "\"questions\":[{\"question\":\"both\",\"label\":\"care\",\"text\":\"You named this twice: care.");
	expect_not_in(json, "\"fact\":\"like\"");
	expect_not_in(json, "\"fact\":\"avoid\"");
}

static void company_is_met_by_some_tasks_and_missed_by_others(void **state)
{
	struct explain_fixture *f = *state;
	char piece[4096];
	f->candidate->company = CARVED_SMALL_TEAM;
	f->linen->company = CARVED_SMALL_TEAM;
	f->meals->company = CARVED_ALONE;
	const char *json = view(f, CARVED_DUTCH);
	expect_in(fits(json, piece), "{\"fact\":\"company\",\"wished\":\"small-team\",\"slots\":[0],\"text\":\"U werkt het "
				     "liefst in een klein team. Dat kan hier.\"}");
	expect_in(differs(json, piece),
		"{\"fact\":\"company-other\",\"wished\":\"small-team\",\"company\":\"alone\",\"slots\":[1],\"text\":\"U werkt "
		"het liefst in een klein team. Hier werkt u alleen.\"}");
}

static void a_step_harder_fits_who_wants_to_grow_and_not_who_wants_to_stay(void **state)
{
	struct explain_fixture *f = *state;
	char piece[4096];
	f->candidate->level = 2;
	f->linen->level = 3;
	f->meals->level = 8;
	f->candidate->challenge = CARVED_GROW;
	const char *json = view(f, CARVED_ENGLISH);
	expect_in(fits(json, piece), "{\"fact\":\"level-grow\",\"slots\":[0],");
	expect_in(differs(json, piece), "{\"fact\":\"level-much-harder\",\"slots\":[1],");
	f->candidate->challenge = CARVED_STEADY;
	expect_in(differs(view(f, CARVED_ENGLISH), piece), "{\"fact\":\"level-harder\",\"slots\":[0],");
}

static void what_was_agreed_in_spite_of_a_rule_is_said_as_such(void **state)
{
	struct explain_fixture *f = *state;
	char piece[4096];
	world_add_level(&f->world, &f->linen->demands, "d430", 3);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	struct carved_override agreed = {.site = "S-1",
		.task = "nurse/linen",
		.rule = CARVED_OVERRULES_CAPACITY,
		.icf = carved_icf_find("d430"),
		.reason = "wants to try",
		.agreed = WORLD_DATE};
	f->candidate->overrides = &agreed;
	f->candidate->override_count = 1;
	expect_in(differs(view(f, CARVED_DUTCH), piece),
		"{\"fact\":\"agreed\",\"label\":\"tillen en dragen\",\"slots\":[0],\"text\":\"Dit kan zwaar zijn "
		"voor u: tillen en dragen. U hebt met uw coach afgesproken dat u het probeert.\"}");
}

static void open_questions_and_an_old_profile_are_asked_in_the_persons_words(void **state)
{
	struct explain_fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "b140", 1);
	f->candidate->consent_given = WORLD_DATE - 300;
	const char *json = view(f, CARVED_DUTCH);
	expect_in(json, "{\"question\":\"capacity\",\"label\":\"bij de les blijven\",\"text\":\"Hoe gaat dit bij u: bij de les "
			"blijven? ");
	expect_in(json, "{\"question\":\"review\",\"text\":\"Wij hebben lang niet gepraat");
	expect_not_in(json, "b140");
}

static void there_are_no_points_no_donors_and_nothing_of_other_people(void **state)
{
	struct explain_fixture *f = *state;
	const char *json = view(f, CARVED_ENGLISH);
	const char *const not [] = {
		"point", "value", "fit\"", "weight", "donors", "incumbents", "before", "left", "explain.", "{label}"};
	for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
		expect_not_in(json, not [i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, explain_setup, explain_teardown)
		T(hours_days_and_travel_are_held_against_what_was_wished),
		T(a_wish_is_met_by_the_tasks_that_have_it_and_missed_where_none_has),
		T(what_is_avoided_and_in_it_is_said_and_what_is_not_in_it_as_well),
		T(surroundings_have_words_and_no_codes_and_little_is_not_called_nothing),
		T(kinds_of_work_that_have_no_name_are_said_once_and_without_their_code),
		T(a_wish_that_had_to_be_met_is_said_once_even_if_it_is_liked_too),
		T(a_wish_that_is_liked_and_avoided_is_a_question),
		T(company_is_met_by_some_tasks_and_missed_by_others),
		T(a_step_harder_fits_who_wants_to_grow_and_not_who_wants_to_stay),
		T(what_was_agreed_in_spite_of_a_rule_is_said_as_such),
		T(open_questions_and_an_old_profile_are_asked_in_the_persons_words),
		T(there_are_no_points_no_donors_and_nothing_of_other_people),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
