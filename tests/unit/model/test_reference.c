// SPDX-License-Identifier: EUPL-1.2
// What is told about documents: paths lead to keys, everything is told in both languages, and the JSON Schema of a key says what its table says.
#include "support/carved_cmocka.h"

#include "carved/model/reference.h"
#include <stdio.h>
#include <string.h>

static struct carved_reference find(const char *path)
{
	struct carved_reference reference;
	struct carved_error error;
	if (!carved_reference_find(path, &reference, &error))
		fail_msg("%s is not found: %s", path, carved_code_name(error.code));
	return reference;
}

static void a_path_leads_to_its_key_however_steps_into_lists_are_written(void **state)
{
	static const struct {
		const char *path, *found;
	} paths[] = {
		{"candidate", "candidate"},
		{"candidate.hours.build-up.week", "candidate.hours.build-up.week"},
		{"candidate/hours/build-up/0/week", "candidate.hours.build-up.week"},
		{"candidate.hours.build-up[].week", "candidate.hours.build-up.week"},
		{"site.jobs.tasks.hours", "site.jobs.tasks.hours"},
		{"site.vacancies.3.tasks.*.when", "site.vacancies.tasks.when"},
		{"vocabulary.tags.outdoor.nl", "vocabulary.tags.nl"},
		{"vocabulary.tags.*.nl", "vocabulary.tags.nl"},
		{"vocabulary.tags.nl", "vocabulary.tags.nl"},
		{"vocabulary.tags.outdoor", "vocabulary.tags"},
		{"coach.hours.", "coach.hours"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		assert_string_equal(find(paths[i].path).path, paths[i].found);
}

static void a_misspelt_path_is_told_with_what_was_probably_meant(void **state)
{
	static const struct {
		const char *path;
		enum carved_code code;
		const char *above, *suggestion;
	} wrong[] = {
		{"", CARVED_KIND_UNKNOWN, NULL, NULL},
		{"candidat.hours", CARVED_KIND_UNKNOWN, NULL, "candidate"},
		{"candidate.huors", CARVED_DOCUMENT_KEY_UNKNOWN, "candidate", "hours"},
		{"candidate.hours.buildup", CARVED_DOCUMENT_KEY_UNKNOWN, "candidate.hours", "build-up"},
		{"candidate.hours.xyzzy", CARVED_DOCUMENT_KEY_UNKNOWN, "candidate.hours", NULL},
		{"candidate.ref.more", CARVED_DOCUMENT_KEY_UNKNOWN, "candidate.ref", NULL},
		{"vocabulary.tags.outdoor.labels", CARVED_DOCUMENT_KEY_UNKNOWN, "vocabulary.tags", NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct carved_reference untouched = {.kind = CARVED_KIND_COACH};
		struct carved_error error;
		assert_false(carved_reference_find(wrong[i].path, &untouched, &error));
		assert_int_equal(error.code, wrong[i].code);
		assert_int_equal(untouched.kind, CARVED_KIND_COACH);
		if (wrong[i].above)
			assert_string_equal(carved_error_get(&error, "above"), wrong[i].above);
		if (wrong[i].suggestion)
			assert_string_equal(carved_error_get(&error, "suggestion"), wrong[i].suggestion);
		else
			assert_null(carved_error_get(&error, "suggestion"));
	}
}

static size_t told; // keys seen

static void assert_told(const struct carved_reference *reference)
{
	for (int language = 0; language < CARVED_LANGUAGES; language++) {
		struct carved_buffer holds = CARVED_BUFFER_INIT;
		carved_reference_add_holds(reference, (enum carved_language)language, &holds);
		const char *meaning = carved_reference_meaning(reference, (enum carved_language)language);
		if (!holds.length || strstr(holds.data, "document.") || strchr(holds.data, '{'))
			fail_msg("%s: '%s' in language %d", reference->path, holds.data ? holds.data : "", language);
		if (!meaning || !*meaning || strncmp(meaning, "document.", 9) == 0)
			fail_msg("%s has no meaning in language %d", reference->path, language);
		carved_buffer_deinit(&holds);
	}
	struct carved_reference again = find(reference->path);
	assert_ptr_equal(again.field, reference->field);
	told++;
}

static void assert_told_below(const struct carved_reference *above)
{
	assert_told(above);
	for (size_t i = 0; i < carved_reference_count(above); i++) {
		struct carved_reference below = carved_reference_below(above, i);
		assert_non_null(carved_reference_example(&below));
		assert_told_below(&below);
	}
}

static void every_key_is_told_in_both_languages_and_found_by_its_path(void **state)
{
	(void)state;
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		struct carved_reference reference = carved_reference_of((enum carved_kind)kind);
		assert_string_equal(carved_reference_key(&reference), carved_kind_names[kind]);
		assert_told_below(&reference);
	}
	assert_true(told > 100);
}

static void what_a_key_holds_and_what_counts_without_it_are_told(void **state)
{
	static const struct {
		const char *path, *holds, *otherwise;
		bool required;
	} keys[] = {
		{"candidate.hours.per-day", "hours, 0.25 to 24", "8", false},
		{"candidate.hours.min", "hours, 0 to 168", NULL, true},
		{"candidate.travel.mode", "`walk`, `bicycle`, `public-transport`, `car`", NULL, true},
		{"candidate.supported", "list of maps, at most 64", NULL, false},
		{"site.jobs", "list of maps", NULL, false},
		{"site.jobs.tasks.relief", "whole number, 0 to 4", "0", false},
		{"site.jobs.tasks.chunk", "hours, 0.25 to 168", "0.5", false},
	};
	char text[CARVED_HOURS_TEXT_MAX];
	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct carved_reference reference = find(keys[i].path);
		struct carved_buffer holds = CARVED_BUFFER_INIT;
		carved_reference_add_holds(&reference, CARVED_ENGLISH, &holds);
		assert_string_equal(holds.data, keys[i].holds);
		assert_int_equal(carved_reference_is_required(&reference), keys[i].required);
		assert_int_equal(carved_reference_default(&reference, text), keys[i].otherwise != NULL);
		if (keys[i].otherwise)
			assert_string_equal(text, keys[i].otherwise);
		carved_buffer_deinit(&holds);
	}
}

static void assert_schema(const char *path, const char *expected)
{
	struct carved_buffer json = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&json);
	struct carved_reference reference = find(path);
	carved_json_begin_object(&writer, NULL);
	carved_reference_write_schema(&reference, &writer, "x");
	carved_json_end_object(&writer);
	assert_string_equal(json.data, expected);
	carved_buffer_deinit(&json);
}

static void the_schema_of_a_key_says_what_its_table_says(void **state)
{
	(void)state;
	assert_schema("candidate.hours.per-day",
		"{\"x\":{\"title\":\"per-day\",\"description\":\"hours a day at most\",\"x-description-nl\":\"uren per dag, "
		"hoogstens\",\"default\":8,"
		"\"examples\":[6],\"type\":\"number\",\"minimum\":0.25,\"maximum\":24,\"multipleOf\":0.25}}");
	assert_schema("candidate.wishes.challenge",
		"{\"x\":{\"title\":\"challenge\",\"description\":\"a little above the level, or at "
		"it\",\"x-description-nl\":\"iets boven het niveau, of erop\","
		"\"examples\":[\"grow\"],\"type\":\"string\",\"enum\":[\"grow\",\"steady\"]}}");
	assert_schema("candidate.consent.scope",
		"{\"x\":{\"title\":\"scope\",\"description\":\"what it covers; without `matching` nobody is matched\","
		"\"x-description-nl\":\"wat zij omvat; zonder `matching` wordt niemand "
		"gematcht\",\"examples\":[[\"matching\",\"share-with-employer\"]],"
		"\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\",\"enum\":[\"matching\",\"share-with-"
		"employer\"]}}}");
	assert_schema("site.supervision",
		"{\"x\":{\"title\":\"supervision\",\"description\":\"time that colleagues have for guidance; 0 unless said\","
		"\"x-description-nl\":\"tijd die collega's voor begeleiding hebben; 0 tenzij "
		"anders\",\"examples\":[{\"hours\":12}],\"type\":\"object\","
		"\"properties\":{\"hours\":{\"description\":\"buddy hours a week\",\"x-description-nl\":\"uren van maatjes per "
		"week\",\"examples\":[12],"
		"\"type\":\"number\",\"minimum\":0,\"maximum\":10000,\"multipleOf\":0.25}},\"required\":[\"hours\"],"
		"\"additionalProperties\":false}}");
}

static void the_schema_of_a_kind_names_what_must_stand_together(void **state)
{
	struct carved_buffer json = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&json);
	struct carved_reference site = carved_reference_of(CARVED_KIND_SITE);
	(void)state;
	carved_reference_write_schema(&site, &writer, NULL);
	assert_non_null(strstr(json.data, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"site\","));
	assert_non_null(strstr(json.data, "\"const\":\"site\""));
	assert_non_null(strstr(json.data, "\"dependentRequired\":{\"carve\":[\"incumbents\",\"hours\"]}"));
	assert_non_null(strstr(json.data, "\"anyOf\":[{\"required\":[\"jobs\"]},{\"required\":[\"vacancies\"]}]"));
	carved_buffer_deinit(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_leads_to_its_key_however_steps_into_lists_are_written),
		cmocka_unit_test(a_misspelt_path_is_told_with_what_was_probably_meant),
		cmocka_unit_test(every_key_is_told_in_both_languages_and_found_by_its_path),
		cmocka_unit_test(what_a_key_holds_and_what_counts_without_it_are_told),
		cmocka_unit_test(the_schema_of_a_key_says_what_its_table_says),
		cmocka_unit_test(the_schema_of_a_kind_names_what_must_stand_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
