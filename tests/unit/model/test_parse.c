// SPDX-License-Identifier: EUPL-1.2
// Single documents: each thing that can be wrong, with its exact code, place and parameter; in YAML, and the same document in JSON.
#include "support/carved_cmocka.h"

#include "carved/base/json.h"
#include "carved/base/yaml.h"
#include "carved/model/parse.h"
#include "carved/text/text.h"
#include <stdio.h>
#include <string.h>

static const char *const candidate[] = {
	"kind: candidate",
	"ref: K-1",
	"coach: C-03",
	"consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching]}",
	"scale: icf",
	"home: \"3811\"",
	"travel: {max-minutes: 45, mode: bicycle}",
	"hours: {min: 12, max: 20}",
	"available: {mon: [am, pm]}",
	"limitations: {d240: 2}",
	NULL,
};
static const char *const site[] = {
	"kind: site",
	"ref: S-1",
	"employer: E-1",
	"place: \"3811\"",
	"open: {mon: [am]}",
	"jobs: [{ref: j, tasks: [{ref: t, hours: 2}]}]",
	"",
	NULL,
};

struct wrong {
	int replaced;     // line of the template
	const char *text; // instead
	enum carved_code code;
	uint32_t line, column;
	const char *pointer;
	const char *name, *value; // a parameter, or NULL
};

static const struct wrong wrong_candidates[] = {
	{1, "kind: candidat", CARVED_KIND_UNKNOWN, 1, 7, "/kind", "suggestion", "candidate"},
	{1, "", CARVED_REQUIRED_KEY, 2, 1, "", "key", "kind"},
	{2, "", CARVED_REQUIRED_KEY, 1, 1, "", "key", "ref"},
	{2, "ref: \"jan de boer\"", CARVED_REF_INVALID, 2, 6, "/ref", "text", "jan de boer"},
	{2, "ref: ", CARVED_VALUE_MISSING, 2, 1, "/ref", "key", "ref"},
	{2, "ref: [K-1]", CARVED_EXPECTED_TEXT, 2, 6, "/ref", "key", "ref"},
	{3, "coahc: C-03\ncoach: C-03", CARVED_UNKNOWN_KEY, 3, 1, "/coahc", "suggestion", "coach"},
	{3, "coahc: C-03", CARVED_UNKNOWN_KEY, 3, 1, "/coahc", "suggestion", "coach"}, // not missing as well
	{3, "xyzzy: 1\ncoach: C-03", CARVED_UNKNOWN_KEY, 3, 1, "/xyzzy", "suggestion", NULL},
	{4, "consent: [x]", CARVED_EXPECTED_MAP, 4, 10, "/consent", "key", "consent"},
	{4, "consent: {given: 2026-02-30, expires: 2027-04-01, scope: [matching]}", CARVED_DATE_INVALID, 4, 18, "/consent/given",
		"text", "2026-02-30"},
	{4, "consent: {given: 2026-10-01, expires: 2026-04-01, scope: [matching]}", CARVED_CONSENT_ORDER, 4, 39,
		"/consent/expires", "given", "2026-10-01"},
	{4, "consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matchin]}", CARVED_CHOICE_UNKNOWN, 4, 59,
		"/consent/scope/0", "suggestion", "matching"},
	{4, "consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching, matching]}", CARVED_ITEM_TWICE, 4, 69,
		"/consent/scope/1", "text", "matching"},
	{4, "consent: {given: 2026-10-01, expires: 2027-04-01}", CARVED_REQUIRED_KEY, 4, 10, "/consent", "key", "scope"},
	{4, "consent: {given: 2026-05-21, expires: 2027-04-01, scope: [matching]}", CARVED_PROFILE_OLD, 4, 18, "/consent/given",
		"date", "2026-05-21"},
	{5, "", CARVED_SCALE_MISSING, 1, 1, "", "key", "scale"},
	{5, "scale: barthel", CARVED_SCALE_UNKNOWN, 5, 8, "/scale", "text", "barthel"},
	{6, "home: \"3811AB\"", CARVED_POSTCODE_INVALID, 6, 7, "/home", "text", "3811AB"},
	{6, "home: \"1000\"", CARVED_POSTCODE_UNKNOWN, 6, 7, "/home", "text", "1000"},
	{7, "travel: {max-minutes: 0, mode: bicycle}", CARVED_NUMBER_OUT_OF_RANGE, 7, 23, "/travel/max-minutes", "min", "1"},
	{7, "travel: {max-minutes: 4.5, mode: bicycle}", CARVED_EXPECTED_WHOLE_NUMBER, 7, 23, "/travel/max-minutes", "text",
		"4.5"},
	{7, "travel: {max-minutes: 45, mode: bike}", CARVED_CHOICE_UNKNOWN, 7, 33, "/travel/mode", "choices",
		"walk, bicycle, public-transport, car"},
	{7, "travel: {max-minutes: 45, mode: car, minutes: {\"38\": 5}}", CARVED_POSTCODE_INVALID, 7, 48, "/travel/minutes/38",
		"text", "38"},
	{7, "travel: {max-minutes: 45, mode: car, minutes: {\"3818\": -5}}", CARVED_NUMBER_OUT_OF_RANGE, 7, 56,
		"/travel/minutes/3818", "text", "-5"},
	{8, "hours: {min: 12.1, max: 20}", CARVED_HOURS_NOT_A_QUARTER, 8, 14, "/hours/min", "text", "12.1"},
	{8, "hours: {min: twelve, max: 20}", CARVED_HOURS_NOT_A_NUMBER, 8, 14, "/hours/min", "text", "twelve"},
	{8, "hours: {min: 12, max: 200}", CARVED_HOURS_NOT_ALLOWED, 8, 23, "/hours/max", "max", "168"},
	{8, "hours: {min: 12, max: -2}", CARVED_HOURS_OUT_OF_RANGE, 8, 23, "/hours/max", "text", "-2"},
	{8, "hours: {min: 22, max: 20}", CARVED_HOURS_MIN_ABOVE_MAX, 8, 14, "/hours/min", "max", "20"},
	{8, "hours: {min: 12, max: 20, per-day: 4, per-visit: 4.25}", CARVED_VISIT_ABOVE_DAY, 8, 50, "/hours/per-visit", "visit",
		"4.25"},
	{8, "hours: {min: 12, max: 20, build-up: [{week: 4, hours: 12}, {week: 4, hours: 16}]}", CARVED_BUILD_UP_ORDER, 8, 60,
		"/hours/build-up/1", "before", "4"},
	{8, "hours: {min: 12, max: 20, build-up: [12]}", CARVED_EXPECTED_ITEM_MAP, 8, 38, "/hours/build-up/0", "key", "build-up"},
	{9, "available: {mo: [am]}", CARVED_DAY_UNKNOWN, 9, 13, "/available/mo", "suggestion", "mon"},
	{9, "available: {mon: [morning]}", CARVED_DAY_PART_UNKNOWN, 9, 19, "/available/mon/0", "text", "morning"},
	{9, "available: {mon: [am, am]}", CARVED_ITEM_TWICE, 9, 23, "/available/mon/1", "text", "am"},
	{9, "available: {mon: [am, {pm: 7}]}", CARVED_HOURS_NOT_ALLOWED, 9, 28, "/available/mon/1/pm", "max", "6"},
	{9, "available: {mon: [{px: 3}]}", CARVED_DAY_PART_UNKNOWN, 9, 20, "/available/mon/0/px", "text", "px"},
	{9, "available: {mon: am}", CARVED_EXPECTED_LIST, 9, 18, "/available/mon", "key", "mon"},
	{10, "limitations: {d240: 7}", CARVED_QUALIFIER_OUT_OF_RANGE, 10, 21, "/limitations/d240", "text", "7"},
	{10, "limitations: {d240: 9}", CARVED_QUALIFIER_NINE, 10, 21, "/limitations/d240", "code", "d240"},
	{10, "limitations: {d240: severe}", CARVED_QUALIFIER_OUT_OF_RANGE, 10, 21, "/limitations/d240", "text", "severe"},
	{10, "limitations: {d4: 2}", CARVED_ICF_GROUP, 10, 15, "/limitations/d4", "code", "d4"},
	{10, "limitations: {d430-d449: 2}", CARVED_ICF_GROUP, 10, 15, "/limitations/d430-d449", "code", "d430-d449"},
	{10, "limitations: {D430: 2}", CARVED_ICF_UNKNOWN, 10, 15, "/limitations/D430", "suggestion", "d430"},
	{10, "limitations: {xyzzy: 2}", CARVED_ICF_UNKNOWN, 10, 15, "/limitations/xyzzy", "suggestion", NULL},
	{10, "limitations: {e250: 2}", CARVED_ICF_E_CODE_MISPLACED, 10, 15, "/limitations/e250", "instead", "barriers"},
	{10, "barriers: {d240: 2}", CARVED_ICF_E_CODE_EXPECTED, 10, 12, "/barriers/d240", "instead", "limitations"},
	{10, "supported: [{category: d430, limitation: 8, by: lift, kind: technique}]", CARVED_LIMITATION_OUT_OF_RANGE, 10, 42,
		"/supported/0/limitation", "code", "d430"},
	{10, "supported: [{category: d430, limitation: 9, by: lift, kind: technique}]", CARVED_QUALIFIER_NINE, 10, 42,
		"/supported/0/limitation", "code", "d430"},
	{10, "supported: [{category: d430, limitation: 1, by: lift}]", CARVED_REQUIRED_KEY, 10, 13, "/supported/0", "key",
		"kind"},
	{10, "limits: [{category: d720, level: 2, hours: 2, per: day}]", CARVED_LIMIT_PER_DAY, 10, 52, "/limits/0/per", NULL,
		NULL},
	{10, "limits: [{category: d720, level: 0, hours: 2}]", CARVED_NUMBER_OUT_OF_RANGE, 10, 34, "/limits/0/level", "min", "1"},
	{10, "has: forklift", CARVED_EXPECTED_LIST, 10, 6, "/has", "key", "has"},
	{10, "has: [forklift, forklift]", CARVED_ITEM_TWICE, 10, 17, "/has/1", "text", "forklift"},
	{10, "has: [\" forklift\"]", CARVED_WORD_INVALID, 10, 7, "/has/0", "text", " forklift"},
	{10, "has: [~]", CARVED_VALUE_MISSING, 10, 7, "/has/0", "key", "has"},
	{10, "has: [\"\"]", CARVED_TEXT_EMPTY, 10, 7, "/has/0", "key", "has"},
	{10, "has: [\"a\\x01b\"]", CARVED_TEXT_CONTROL_CHARACTER, 10, 7, "/has/0", "key", "has"},
	{10, "target-group: yes", CARVED_EXPECTED_TRUE_OR_FALSE, 10, 15, "/target-group", "text", "yes"},
	{10, "not-with: [\"a b\"]", CARVED_REF_INVALID, 10, 12, "/not-with/0", "text", "a b"},
	{10, "wishes: {like: [a], avoid: [b, a]}", CARVED_WISH_LIKED_AND_AVOIDED, 10, 32, "/wishes/avoid/1", "wish", "a"},
	{10, "wishes: {like: [a], never: [a]}", CARVED_WISH_LIKED_AND_NEVER, 10, 29, "/wishes/never/0", "wish", "a"},
	{10, "wishes: {must: [a], never: [a]}", CARVED_WISH_MUST_AND_NEVER, 10, 17, "/wishes/must/0", "wish", "a"},
	{10, "wishes: {like: [F32.1]}", CARVED_DIAGNOSIS_IN_TEXT, 10, 17, "/wishes/like/0", "code", "F32.1"},
	{10, "wishes: {like: [\"geen DSM-5 gedoe\"]}", CARVED_DIAGNOSIS_IN_TEXT, 10, 17, "/wishes/like/0", "code", "DSM-5"},
	{10, "wishes: {like: [\"werk voor 123456782\"]}", CARVED_CITIZEN_NUMBER, 10, 17, "/wishes/like/0", NULL, NULL},
	{10, "not-with: [\"123456782\"]", CARVED_CITIZEN_NUMBER, 10, 12, "/not-with/0", NULL, NULL},
	{10, "limitations: {d240: 2, \"123456782\": 1}", CARVED_CITIZEN_NUMBER_IN_KEY, 10, 14, "/limitations", NULL, NULL},
	{10, "name: Jan", CARVED_NAME_REFUSED, 10, 1, "/name", "key", "name"},
	{10, "First_Name: Jan", CARVED_NAME_REFUSED, 10, 1, "/First_Name", "key", "First_Name"},
	{10, "achternaam: Jansen", CARVED_NAME_REFUSED, 10, 1, "/achternaam", NULL, NULL},
	{10, "bsn: secret", CARVED_CITIZEN_NUMBER_KEY, 10, 1, "/bsn", NULL, NULL},
	{10, "date-of-birth: 1980-01-01", CARVED_BIRTH_DATE_REFUSED, 10, 1, "/date-of-birth", NULL, NULL},
	{10, "geboortedatum: 1980-01-01", CARVED_BIRTH_DATE_REFUSED, 10, 1, "/geboortedatum", NULL, NULL},
	{10, "diagnosis: x", CARVED_DIAGNOSIS_REFUSED, 10, 1, "/diagnosis", NULL, NULL},
	{10, "wishes: {diagnose: x}", CARVED_DIAGNOSIS_REFUSED, 10, 10, "/wishes/diagnose", NULL, NULL},
	{10, "geslacht: x", CARVED_SEX_REFUSED, 10, 1, "/geslacht", NULL, NULL},
	{10, "nationality: x", CARVED_ORIGIN_REFUSED, 10, 1, "/nationality", NULL, NULL},
	{10, "afkomst: x", CARVED_ORIGIN_REFUSED, 10, 1, "/afkomst", NULL, NULL},
	{10, "religion: x", CARVED_RELIGION_REFUSED, 10, 1, "/religion", NULL, NULL},
};

static const struct wrong wrong_sites[] = {
	{6, "", CARVED_SITE_WITHOUT_WORK, 1, 1, "", NULL, NULL},
	{5, "open: {mon: [{am: 2}]}", CARVED_EXPECTED_TEXT, 5, 14, "/open/mon/0", "key", "mon"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2}]}, {ref: j, tasks: []}]", CARVED_WORK_REF_TWICE, 6, 53, "/jobs/1/ref",
		"ref", "j"},
	{7, "vacancies: [{ref: j, tasks: []}]", CARVED_WORK_REF_TWICE, 7, 19, "/vacancies/0/ref", "ref", "j"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2}, {ref: t, hours: 1}]}]", CARVED_TASK_REF_TWICE, 6, 51,
		"/jobs/0/tasks/1/ref", "job", "j"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: {mon-pm: 2}, when: [mon-am]}]}]", CARVED_WHEN_WITH_FIXED_TIMES, 6, 54,
		"/jobs/0/tasks/0/when", NULL, NULL},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: {mon: 2}}]}]", CARVED_DAY_PART_OF_WEEK_UNKNOWN, 6, 42,
		"/jobs/0/tasks/0/hours/mon", "text", "mon"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: {}}]}]", CARVED_LIST_EMPTY, 6, 41, "/jobs/0/tasks/0/hours", NULL, NULL},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 0}]}]", CARVED_HOURS_NOT_ALLOWED, 6, 41, "/jobs/0/tasks/0/hours", "min",
		"0.25"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2, when: [mon-xm]}]}]", CARVED_DAY_PART_OF_WEEK_UNKNOWN, 6, 51,
		"/jobs/0/tasks/0/when/0", "suggestion", "mon-am"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2, demands: {d430: 5}}]}]", CARVED_LEVEL_OUT_OF_RANGE, 6, 60,
		"/jobs/0/tasks/0/demands/d430", "text", "5"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2, demands: {d430: 8}}]}]", CARVED_LEVEL_OUT_OF_RANGE, 6, 60,
		"/jobs/0/tasks/0/demands/d430", "text", "8"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2, demands: {e250: 1}}]}]", CARVED_ICF_E_CODE_MISPLACED, 6, 54,
		"/jobs/0/tasks/0/demands/e250", "instead", "exposures"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2, exposures: {d430: 1}}]}]", CARVED_ICF_E_CODE_EXPECTED, 6, 56,
		"/jobs/0/tasks/0/exposures/d430", "instead", "demands"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2, title: \"F84.0 groep\"}]}]", CARVED_DIAGNOSIS_IN_TEXT, 6, 51,
		"/jobs/0/tasks/0/title", "code", "F84.0"},
	{6, "jobs: [{ref: j, tasks: [{ref: t, hours: 2, name: x}]}]", CARVED_UNKNOWN_KEY, 6, 44, "/jobs/0/tasks/0/name", "key",
		"name"},
	{6, "jobs: [{ref: j, carve: {share: 0.25}, hours: 36, tasks: []}]", CARVED_CARVE_NEEDS_KEY, 6, 17, "/jobs/0/carve", "key",
		"incumbents"},
	{6, "jobs: [{ref: j, carve: {share: 1.25}, hours: 36, incumbents: 1, tasks: []}]", CARVED_SHARE_INVALID, 6, 32,
		"/jobs/0/carve/share", "text", "1.25"},
	{6, "jobs: [{ref: j, carve: {share: 0.1234}, hours: 36, incumbents: 1, tasks: []}]", CARVED_SHARE_INVALID, 6, 32,
		"/jobs/0/carve/share", "text", "0.1234"},
	{6, "jobs: [{ref: j, hours: 1.5, tasks: [{ref: t, hours: 2}]}]", CARVED_TASKS_EXCEED_JOB, 6, 24, "/jobs/0/hours", "sum",
		"2"},
	{6, "vacancies: [{ref: v, tasks: [{ref: t, hours: 2, undone: true}]}]", CARVED_UNDONE_ON_VACANCY, 6, 57,
		"/vacancies/0/tasks/0/undone", "task", "t"},
	{6, "vacancies: [{ref: v, openings: 0, tasks: []}]", CARVED_NUMBER_OUT_OF_RANGE, 6, 32, "/vacancies/0/openings", "min",
		"1"},
	{6, "vacancies: [{ref: v, carve: {share: 1, keep-hours: 2}, tasks: []}]", CARVED_UNKNOWN_KEY, 6, 40,
		"/vacancies/0/carve/keep-hours", "known", "share"},
	{7, "places: many", CARVED_EXPECTED_WHOLE_NUMBER, 7, 9, "/places", "max", "1000"},
	{7, "supervision: {}", CARVED_REQUIRED_KEY, 7, 14, "/supervision", "example", "hours: 12"},
};

static void write_document(struct carved_buffer *text, const char *const *lines, const struct wrong *wrong)
{
	for (int line = 1; *lines; lines++, line++)
		carved_buffer_printf(text, "%s\n", wrong && line == wrong->replaced ? wrong->text : *lines);
}

static bool parse(const struct carved_buffer *text, enum carved_format format, struct carved_parsed *parsed,
	struct carved_findings *findings)
{
	carved_date today = 0;
	assert_true(carved_date_parse("2026-11-22", &today, NULL));
	return carved_parse_documents(text->data, text->length, format, today, NULL, parsed, findings);
}

static bool is_warning(enum carved_code code)
{
	return code == CARVED_PROFILE_OLD || code == CARVED_WISH_LIKED_AND_AVOIDED || code == CARVED_WISH_LIKED_AND_NEVER ||
	       code == CARVED_WISH_MUST_AND_NEVER || code == CARVED_TASKS_EXCEED_JOB || code == CARVED_UNDONE_ON_VACANCY;
}

static void assert_same_parameter(const struct wrong *wrong, const struct carved_finding *finding)
{
	const char *value = wrong->name ? carved_error_get(&finding->error, wrong->name) : NULL;
	if (wrong->value && (!value || strcmp(value, wrong->value) != 0))
		fail_msg("%s: %s is '%s', not '%s'", wrong->text, wrong->name, value ? value : "absent", wrong->value);
	if (!wrong->value && value)
		fail_msg("%s: %s is '%s'", wrong->text, wrong->name, value);
}

// A sentence has no open placeholder left, nor has a hint, in any language.
static void assert_can_be_said(const struct carved_finding *finding)
{
	for (int language = 0; language < CARVED_LANGUAGES; language++) {
		struct carved_buffer said = CARVED_BUFFER_INIT;
		carved_text_error((enum carved_language)language, &finding->error, &said);
		carved_buffer_add_text(&said, " - ");
		carved_text_hint((enum carved_language)language, &finding->error, &said);
		for (const char *at = said.data; (at = strchr(at, '{')) != NULL; at++) {
			if (at[1 + strspn(at + 1, "abcdefghijklmnopqrstuvwxyz")] == '}' && at[1] != '}')
				fail_msg("an open placeholder: %s", said.data);
		}
		assert_null(strstr(said.data, "123456782"));
		carved_buffer_deinit(&said);
	}
}

static void assert_finding(const struct wrong *wrong, const struct carved_finding *finding, bool right)
{
	if (finding->error.code != wrong->code || strcmp(finding->pointer, wrong->pointer) != 0)
		fail_msg("%s: %s at '%s'", wrong->text, carved_code_name(finding->error.code), finding->pointer);
	assert_same_parameter(wrong, finding);
	assert_int_equal(finding->warning, is_warning(wrong->code));
	assert_int_equal(right, is_warning(wrong->code));
	assert_can_be_said(finding);
}

// The same document in JSON: the same finding; its place is where the pointer leads.
static void check_in_json(const struct carved_buffer *yaml, const struct wrong *wrong)
{
	struct carved_yaml_reader *reader = carved_yaml_reader_new(yaml->data, yaml->length);
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_buffer json = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column, key_line, key_column;
	assert_true(carved_yaml_read(reader, &arena, &root, &error, &line, &column));
	carved_json_format_pretty(root, &json);
	bool right = parse(&json, CARVED_FORMAT_JSON, &parsed, &findings);
	assert_int_equal(findings.count, 1);
	assert_finding(wrong, &findings.items[0], right);
	assert_true(carved_json_locate(json.data, json.length, wrong->pointer, false, &line, &column));
	assert_true(carved_json_locate(json.data, json.length, wrong->pointer, true, &key_line, &key_column));
	const struct carved_finding *found = &findings.items[0];
	assert_true((found->line == line && found->column == column) || (found->line == key_line && found->column == key_column));
	carved_yaml_reader_free(reader);
	carved_arena_deinit(&arena);
	carved_buffer_deinit(&json);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
}

static void check_table(const char *const *document, const struct wrong *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed;
		struct carved_findings findings = {0};
		write_document(&text, document, &table[i]);
		bool right = parse(&text, CARVED_FORMAT_YAML, &parsed, &findings);
		if (findings.count != 1)
			fail_msg("%s: %zu findings, the last %s", table[i].text, findings.count,
				findings.count ? carved_code_name(findings.items[findings.count - 1].error.code) : "none");
		assert_finding(&table[i], &findings.items[0], right);
		if (findings.items[0].line != table[i].line || findings.items[0].column != table[i].column)
			fail_msg("%s: at %u:%u", table[i].text, findings.items[0].line, findings.items[0].column);
		carved_parsed_deinit(&parsed);
		carved_findings_deinit(&findings);
		check_in_json(&text, &table[i]);
		carved_buffer_deinit(&text);
	}
}

static void what_is_wrong_in_a_candidate_is_told_with_code_place_and_figure(void **state)
{
	(void)state;
	check_table(candidate, wrong_candidates, sizeof wrong_candidates / sizeof *wrong_candidates);
}

static void what_is_wrong_in_a_site_is_told_with_code_place_and_figure(void **state)
{
	(void)state;
	check_table(site, wrong_sites, sizeof wrong_sites / sizeof *wrong_sites);
}

static void the_words_of_a_vocabulary_are_words(void **state)
{
	static const char *const words[] = {"", " lift", "lift ", "li\\u0001ft", "li\\nft",
		"0123456789012345678901234567890123456789012345678901234567890123456"};
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed;
		struct carved_findings findings = {0};
		carved_buffer_printf(
			&text, "{\"kind\":\"vocabulary\",\"ref\":\"v\",\"facilities\":{\"%s\":{\"nl\":\"x\"}}}", words[i]);
		assert_false(parse(&text, CARVED_FORMAT_JSON, &parsed, &findings));
		assert_int_equal(findings.count, 1);
		assert_int_equal(findings.items[0].error.code, CARVED_WORD_INVALID);
		carved_parsed_deinit(&parsed);
		carved_findings_deinit(&findings);
		carved_buffer_deinit(&text);
	}
}

static void right_documents_have_no_findings(void **state)
{
	(void)state;
	const char *const *const templates[] = {candidate, site};
	for (int i = 0; i < 2; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed;
		struct carved_findings findings = {0};
		write_document(&text, templates[i], NULL);
		assert_true(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings));
		assert_int_equal(findings.count, 0);
		assert_int_equal(parsed.count, 1);
		carved_parsed_deinit(&parsed);
		carved_buffer_deinit(&text);
	}
}

static void texts_that_only_look_like_codes_raise_no_alarm(void **state)
{
	static const char *const harmless[] = {
		"ref: F32.1",
		"coach: G40",
		"has: [A2, dutch-a2, B96]",
		"wishes: {like: [\"4.A.3.a.2\", e250, A2-like, \"29-2035.00\"]}",
		"wishes: {like: [DSM, \"route A1\", C-17, \"12.5 kg\", d4300]}",
		"not-with: [\"12345678\", \"1234567890\", \"123456789\"]",
	};
	(void)state;
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed;
		struct carved_findings findings = {0};
		struct wrong replaced = {.text = harmless[i], .replaced = i == 0 ? 2 : i == 1 ? 3 : 10};
		write_document(&text, candidate, &replaced);
		if (!parse(&text, CARVED_FORMAT_YAML, &parsed, &findings))
			fail_msg("%s: %s", harmless[i], carved_code_name(findings.items[0].error.code));
		carved_parsed_deinit(&parsed);
		carved_findings_deinit(&findings);
		carved_buffer_deinit(&text);
	}
}

static void site_texts_may_name_rooms_and_motorways(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	struct wrong replaced = {.replaced = 6,
		.text = "jobs: [{ref: j, title: \"Weg A12 bij DSM\", tasks: [{ref: t, hours: 2, title: \"Zaal B12.3 en "
			"F20\"}]}]"};
	(void)state;
	write_document(&text, site, &replaced);
	assert_true(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	assert_int_equal(findings.count, 0);
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
}

static void a_json_number_is_no_text_but_a_bare_yaml_one_may_be(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, "{\"kind\": \"coach\", \"ref\": 12,\n \"hours\": \"8\"}");
	assert_false(parse(&text, CARVED_FORMAT_JSON, &parsed, &findings));
	assert_int_equal(findings.count, 2);
	assert_int_equal(findings.items[0].error.code, CARVED_EXPECTED_TEXT);
	assert_int_equal(findings.items[0].column, 26);
	assert_int_equal(findings.items[1].error.code, CARVED_HOURS_NOT_A_NUMBER);
	assert_int_equal(findings.items[1].line, 2);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_clear(&text);
	carved_buffer_add_text(&text, "kind: coach\nref: 12\nhours: 8\n");
	assert_true(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	assert_string_equal(parsed.documents[0]->coach.ref, "12");
	assert_string_equal(parsed.documents[0]->json, "{\"kind\":\"coach\",\"ref\":\"12\",\"hours\":8}");
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
}

static void all_findings_of_all_documents_come_at_once_in_order(void **state)
{
	static const char yaml[] =
		"kind: coach\nref: C-1\nhours: x\n---\nkind: coach\nref: C-2\nhour: 2\nhours: 3\n---\n- 1\n---\n"
		"kind: coach\nref: C-1\nhours: 4\n";
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, yaml);
	assert_false(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	assert_int_equal(findings.count, 4);
	static const struct {
		enum carved_code code;
		uint32_t document, line, column;
	} expected[] = {{CARVED_HOURS_NOT_A_NUMBER, 0, 3, 8}, {CARVED_UNKNOWN_KEY, 1, 7, 1},
		{CARVED_DOCUMENT_NOT_A_MAP, 2, 10, 1}, {CARVED_DOCUMENT_TWICE, 3, 13, 6}};
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(findings.items[i].error.code, expected[i].code);
		assert_int_equal(findings.items[i].document, expected[i].document);
		assert_int_equal(findings.items[i].line, expected[i].line);
		assert_int_equal(findings.items[i].column, expected[i].column);
	}
	assert_string_equal(carved_error_get(&findings.items[3].error, "line"), "1");
	assert_int_equal(parsed.count, 3); // the list has no ref to know it by
	assert_int_equal(parsed.numbers[2], 3);
	assert_int_equal(parsed.lines[2], 12);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
}

static void ndjson_goes_on_behind_a_broken_line_and_counts_the_lines_of_the_file(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	uint32_t line = 0, column = 0;
	(void)state;
	carved_buffer_add_text(&text, "\xEF\xBB\xBF{\"kind\":\"coach\",\"ref\":\"C-1\",\"hours\":1}\r\n\n{\"kind\":\n"
				      "{\"kind\":\"coach\",\"ref\":\"C-2\",\"hours\":1.1}\n");
	assert_false(parse(&text, CARVED_FORMAT_NDJSON, &parsed, &findings));
	assert_int_equal(findings.count, 2);
	assert_int_equal(findings.items[0].error.code, CARVED_SYNTAX_INVALID);
	assert_int_equal(findings.items[0].line, 3);
	assert_int_equal(findings.items[0].document, 1);
	assert_int_equal(findings.items[1].error.code, CARVED_HOURS_NOT_A_QUARTER);
	assert_int_equal(findings.items[1].line, 4);
	assert_int_equal(findings.items[1].column, 37);
	assert_int_equal(findings.items[1].document, 2);
	assert_true(carved_parse_locate(text.data, text.length, CARVED_FORMAT_NDJSON, 2, "/ref", &line, &column));
	assert_int_equal(line, 4);
	assert_int_equal(column, 23);
	assert_false(carved_parse_locate(text.data, text.length, CARVED_FORMAT_NDJSON, 2, "/x", &line, &column));
	assert_false(carved_parse_locate(text.data, text.length, CARVED_FORMAT_NDJSON, 7, "/ref", &line, &column));
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
}

static void a_citizen_number_is_not_quoted_by_a_reader_that_stumbles_over_it(void **state)
{
	static const struct {
		const char *text, *name;
		enum carved_format format;
	} table[] = {
		{"{\"ref\": 1 123456782}", "reason", CARVED_FORMAT_JSON},
		{"{\"123456782\": 1, \"123456782\": 1}", "key", CARVED_FORMAT_JSON},
		{"{\"ref\" 123456782}", "reason", CARVED_FORMAT_NDJSON},
		{"123456782: 1\n123456782: 2\n", "key", CARVED_FORMAT_YAML},
		{"ref: &123456782 x\n", "name", CARVED_FORMAT_YAML},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed;
		struct carved_findings findings = {0};
		carved_buffer_add_text(&text, table[i].text);
		assert_false(parse(&text, table[i].format, &parsed, &findings));
		assert_int_equal(findings.count, 1);
		const char *value = carved_error_get(&findings.items[0].error, table[i].name);
		assert_non_null(value);
		assert_null(strstr(value, "123456782"));
		assert_non_null(strstr(value, "*********"));
		carved_parsed_deinit(&parsed);
		carved_findings_deinit(&findings);
		carved_buffer_deinit(&text);
	}
}

static void json_may_be_an_array_of_documents(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	uint32_t line = 0, column = 0;
	(void)state;
	carved_buffer_add_text(
		&text, "[{\"kind\":\"coach\",\"ref\":\"C-1\",\"hours\":1},\n{\"kind\":\"coach\",\"ref\":\"C-2\",\"hours\":2}]");
	assert_true(parse(&text, CARVED_FORMAT_JSON, &parsed, &findings));
	assert_int_equal(parsed.count, 2);
	assert_int_equal(parsed.lines[1], 2);
	assert_true(carved_parse_locate(text.data, text.length, CARVED_FORMAT_JSON, 1, "/ref", &line, &column));
	assert_int_equal(line, 2);
	assert_int_equal(column, 23);
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
}

static void a_text_without_documents_is_an_error(void **state)
{
	static const enum carved_format formats[] = {CARVED_FORMAT_YAML, CARVED_FORMAT_JSON, CARVED_FORMAT_NDJSON};
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed;
		struct carved_findings findings = {0};
		carved_buffer_add_text(&text, " \n");
		assert_false(parse(&text, formats[i], &parsed, &findings));
		assert_int_equal(findings.items[0].error.code, CARVED_DOCUMENTS_NONE);
		assert_int_equal(parsed.count, 0);
		carved_parsed_deinit(&parsed);
		carved_findings_deinit(&findings);
		carved_buffer_deinit(&text);
	}
}

static void a_nul_is_no_blank(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add(&text, "\0{}", 3);
	assert_false(parse(&text, CARVED_FORMAT_JSON, &parsed, &findings));
	assert_int_equal(findings.items[0].error.code, CARVED_SYNTAX_INVALID);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
}

static void limits_are_held(void **state)
{
	static const char yaml[] = "kind: coach\nref: C-1\nhours: 1\n---\nkind: coach\nref: C-2\nhours: 1\n";
	struct carved_parse_limits limits = {.documents = 1, .list_items = 2, .text_bytes = 5};
	static const char wide[] = "kind: candidate\nref: longer\nbarriers: {e250: 1, e225: 1, e240: 1}\n";
	struct carved_parsed parsed;
	struct carved_findings findings = {.limit = 1};
	(void)state;
	assert_false(carved_parse_documents(yaml, strlen(yaml), CARVED_FORMAT_YAML, 0, &limits, &parsed, &findings));
	assert_int_equal(parsed.count, 1);
	assert_int_equal(findings.items[0].error.code, CARVED_DOCUMENTS_TOO_MANY);
	assert_int_equal(findings.items[0].line, 5);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	findings.limit = 1;
	assert_false(carved_parse_documents(wide, strlen(wide), CARVED_FORMAT_YAML, 0, &limits, &parsed, &findings));
	assert_int_equal(findings.count, 1);
	assert_true(findings.dropped > 0);
	assert_int_equal(findings.error_count, findings.dropped + 1);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
}

static void the_values_of_a_candidate_arrive_where_they_belong(void **state)
{
	static const char yaml[] =
		"kind: candidate\nref: K-0017\ncoach: C-03\nconsent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching, "
		"share-with-employer]}\n"
		"scale: icf\nhome: 3811\ntravel: {max-minutes: 45, mode: public-transport, minutes: {3818: 25}}\n"
		"hours: {min: 12, max: 20.5, per-day: 6, build-up: [{week: 0, hours: 12}, {week: 8, hours: 16}]}\n"
		"available: {tue: [{pm: 3}], mon: [am]}\nlimitations: {d430: 3, b140: 8}\n"
		"supported: [{category: d430, limitation: 1, by: lifting-aid, kind: guidance}]\nbarriers: {e250: 3}\n"
		"limits: [{category: d720, level: 2, hours: 8}]\nhas: [forklift]\n"
		"wishes: {like: [4.5, outdoor], level: 2, challenge: steady, company: team}\nsupport: {coach-hours: 1.5}\n"
		"target-group: true\nnot-with: [EMP-12]\n";
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, yaml);
	assert_true(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	const struct carved_candidate *c = &parsed.documents[0]->candidate;
	assert_int_equal(c->consent_scope, CARVED_SCOPE_MATCHING | CARVED_SCOPE_SHARE_WITH_EMPLOYER);
	assert_int_equal(c->home, 3811);
	assert_int_equal(c->mode, CARVED_PUBLIC_TRANSPORT);
	assert_int_equal(c->minutes[0].place, 3818);
	assert_int_equal(c->minutes[0].minutes, 25);
	assert_int_equal(c->min_q, 48);
	assert_int_equal(c->max_q, 82);
	assert_int_equal(c->per_day_q, 24);
	assert_int_equal(c->per_visit_q, 8); // default
	assert_int_equal(c->build_up[1].week, 8);
	assert_int_equal(c->available_q[0], 16); // default
	assert_int_equal(c->available_q[5], 12);
	assert_int_equal(c->limitations.count, 2);
	assert_string_equal(carved_icf_code(c->limitations.items[0].icf), "b140"); // sorted
	assert_int_equal(c->limitations.items[0].value, 8);
	assert_int_equal(c->supported[0].kind, CARVED_GUIDANCE);
	assert_int_equal(c->limits[0].hours_q, 32);
	assert_string_equal(c->like.items[0], "4.5");
	assert_int_equal(c->challenge, CARVED_STEADY);
	assert_int_equal(c->company, CARVED_TEAM);
	assert_int_equal(c->coach_q, 6);
	assert_int_equal(c->supervisors_max, 0);
	assert_int_equal(c->jobs_max, 3); // default
	assert_true(c->target_group);
	assert_int_equal(c->waiting_since, CARVED_DATE_NONE);
	assert_string_equal(parsed.documents[0]->json,
		"{\"kind\":\"candidate\",\"ref\":\"K-0017\",\"coach\":\"C-03\",\"consent\":{\"given\":\"2026-10-01\",\"expires\":"
		"\"2027-04-01\","
		"\"scope\":[\"matching\",\"share-with-employer\"]},\"scale\":\"icf\",\"home\":\"3811\",\"travel\":{\"max-"
		"minutes\":45,"
		"\"mode\":\"public-transport\",\"minutes\":{\"3818\":25}},\"hours\":{\"min\":12,\"max\":20.5,\"per-day\":6,"
		"\"build-up\":"
		"[{\"week\":0,\"hours\":12},{\"week\":8,\"hours\":16}]},\"available\":{\"mon\":[\"am\"],\"tue\":[{\"pm\":3}]},"
		"\"limitations\":{\"b140\":8,\"d430\":3},\"supported\":[{\"category\":\"d430\",\"limitation\":1,\"by\":\"lifting-"
		"aid\","
		"\"kind\":\"guidance\"}],\"barriers\":{\"e250\":3},\"limits\":[{\"category\":\"d720\",\"level\":2,\"hours\":8}],"
		"\"has\":[\"forklift\"],\"wishes\":{\"like\":[\"4.5\",\"outdoor\"],\"level\":2,\"challenge\":\"steady\","
		"\"company\":\"team\"},"
		"\"support\":{\"coach-hours\":1.5},\"target-group\":true,\"not-with\":[\"EMP-12\"]}");
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
}

static void the_values_of_a_site_arrive_where_they_belong(void **state)
{
	static const char yaml[] =
		"kind: site\nref: S-014\nemployer: EMP-07\nplace: 3818\nopen: {mon: [am, pm], sun: [ni]}\nsupervision: {hours: "
		"12}\n"
		"displacement: {recent-dismissals: true, staff-agreed: 2026-09-12}\n"
		"vacancies:\n- {ref: v, openings: 2, carve: {share: 1}, former-staff-asked: 2026-01-01, tasks: [{ref: t, hours: "
		"2}]}\n"
		"jobs:\n- {ref: j, incumbents: 6, hours: 180, carve: {share: 0.250, keep-hours: 20}, tasks: [\n"
		"   {ref: a, hours: 10, when: [tue-am], chunk: 1, demands: {d430: 1}, exposures: {e250: 0}, relief: 3, company: "
		"alone, undone: true},\n"
		"   {ref: b, hours: {tue-pm: 1.25, mon-pm: 2}}]}\n";
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, yaml);
	assert_true(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	const struct carved_site *s = &parsed.documents[0]->site;
	assert_int_equal(s->open, 1u << 0 | 1u << 1 | 1u << 27);
	assert_int_equal(s->supervision_q, 48);
	assert_int_equal(s->places, 1);
	assert_true(s->recent_dismissals);
	assert_int_equal(s->job_count, 2);
	const struct carved_job *job = &s->jobs[0], *vacancy = &s->jobs[1]; // jobs come first, whatever the order of the text
	assert_string_equal(job->ref, "j");
	assert_int_equal(job->kind, CARVED_JOB);
	assert_int_equal(job->openings, 1);
	assert_int_equal(job->former_staff_asked, CARVED_DATE_NONE);
	assert_true(job->has_carve);
	assert_int_equal(job->share_permille, 250);
	assert_int_equal(job->keep_hours_q, 80);
	assert_int_equal(job->tasks[0].when, 1u << 4);
	assert_int_equal(job->tasks[0].chunk_q, 4);
	assert_int_equal(job->tasks[1].chunk_q, 2);
	assert_int_equal(job->tasks[0].relief, 3);
	assert_int_equal(job->tasks[0].company, CARVED_ALONE);
	assert_true(job->tasks[0].undone);
	assert_true(job->tasks[1].fixed);
	assert_int_equal(job->tasks[1].fixed_q[1], 8);
	assert_int_equal(job->tasks[1].fixed_q[5], 5);
	assert_int_equal(vacancy->kind, CARVED_VACANCY);
	assert_int_equal(vacancy->openings, 2);
	assert_int_equal(vacancy->share_permille, 1000);
	assert_non_null(strstr(parsed.documents[0]->json, "\"carve\":{\"share\":0.25,\"keep-hours\":20}"));
	assert_non_null(strstr(parsed.documents[0]->json, "\"hours\":{\"mon-pm\":2,\"tue-pm\":1.25}"));
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
}

static void a_site_with_more_than_128_categories_is_refused(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, "kind: site\nref: S-1\nemployer: E\nplace: 3811\nopen: {}\njobs: []\ndemands:\n");
	for (size_t i = 0, used = 0; used < 129; i++) {
		const char *code = carved_icf_code((carved_icf)i);
		if (*code != 'e') {
			carved_buffer_printf(&text, "  %s: 1\n", code);
			used++;
		}
	}
	assert_false(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	assert_int_equal(findings.count, 1);
	assert_int_equal(findings.items[0].error.code, CARVED_SITE_CATEGORIES_TOO_MANY);
	assert_string_equal(carved_error_get(&findings.items[0].error, "count"), "129");
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
}

static void lists_that_the_solver_bounds_are_bounded_here(void **state)
{
	static const struct {
		const char *before, *item, *after;
		size_t max;
	} table[] = {
		{"limits: [", "{category: d720, level: 2, hours: 8}", "]\n", 32},
		{"supported: [", "{category: d430, limitation: 1, by: x, kind: guidance}", "]\n", 64},
		{"wishes: {must: [", "w", "]}\n", 32},
	};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (size_t more = 0; more < 2; more++) {
			struct carved_buffer text = CARVED_BUFFER_INIT;
			struct carved_parsed parsed;
			struct carved_findings findings = {0};
			write_document(&text, candidate, NULL);
			carved_buffer_add_text(&text, table[i].before);
			for (size_t n = 0; n < table[i].max + more; n++) {
				carved_buffer_printf(&text, "%s%s", n ? ", " : "", table[i].item);
				if (i == 2)
					carved_buffer_printf(&text, "%zu", n);
			}
			carved_buffer_add_text(&text, table[i].after);
			assert_int_equal(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings), !more);
			assert_int_equal(findings.count, more);
			if (more)
				assert_int_equal(findings.items[0].error.code, CARVED_LIST_TOO_LONG);
			carved_parsed_deinit(&parsed);
			carved_findings_deinit(&findings);
			carved_buffer_deinit(&text);
		}
	}
}

static void canonical_json_written_as_yaml_reads_back_the_same(void **state)
{
	const char *const *const templates[] = {candidate, site};
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT, yaml = CARVED_BUFFER_INIT;
		struct carved_parsed parsed, again;
		struct carved_findings findings = {0};
		struct carved_arena arena = CARVED_ARENA_INIT;
		const struct carved_node *root = NULL;
		struct carved_error error;
		uint32_t line, column;
		write_document(&text, templates[i], NULL);
		assert_true(parse(&text, CARVED_FORMAT_YAML, &parsed, &findings));
		assert_true(carved_json_parse(
			parsed.documents[0]->json, parsed.documents[0]->json_length, &arena, &root, &error, &line, &column));
		carved_yaml_format(root, &yaml);
		assert_true(parse(&yaml, CARVED_FORMAT_YAML, &again, &findings));
		assert_string_equal(again.documents[0]->json, parsed.documents[0]->json);
		carved_parsed_deinit(&parsed);
		carved_parsed_deinit(&again);
		carved_arena_deinit(&arena);
		carved_buffer_deinit(&text);
		carved_buffer_deinit(&yaml);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_in_a_candidate_is_told_with_code_place_and_figure),
		cmocka_unit_test(what_is_wrong_in_a_site_is_told_with_code_place_and_figure),
		cmocka_unit_test(the_words_of_a_vocabulary_are_words),
		cmocka_unit_test(right_documents_have_no_findings),
		cmocka_unit_test(texts_that_only_look_like_codes_raise_no_alarm),
		cmocka_unit_test(site_texts_may_name_rooms_and_motorways),
		cmocka_unit_test(a_json_number_is_no_text_but_a_bare_yaml_one_may_be),
		cmocka_unit_test(all_findings_of_all_documents_come_at_once_in_order),
		cmocka_unit_test(ndjson_goes_on_behind_a_broken_line_and_counts_the_lines_of_the_file),
		cmocka_unit_test(a_citizen_number_is_not_quoted_by_a_reader_that_stumbles_over_it),
		cmocka_unit_test(json_may_be_an_array_of_documents),
		cmocka_unit_test(a_text_without_documents_is_an_error),
		cmocka_unit_test(a_nul_is_no_blank),
		cmocka_unit_test(limits_are_held),
		cmocka_unit_test(the_values_of_a_candidate_arrive_where_they_belong),
		cmocka_unit_test(the_values_of_a_site_arrive_where_they_belong),
		cmocka_unit_test(a_site_with_more_than_128_categories_is_refused),
		cmocka_unit_test(lists_that_the_solver_bounds_are_bounded_here),
		cmocka_unit_test(canonical_json_written_as_yaml_reads_back_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
