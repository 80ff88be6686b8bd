// SPDX-License-Identifier: EUPL-1.2
// Single documents: each thing that can be wrong, with its exact code, place and parameter; in YAML, and the same document in JSON. And what only looks wrong.
#include "parse_fixture.h"

#include "carved/base/json.h"
#include "carved/base/yaml.h"
#include "carved/text/text.h"
#include <string.h>

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
	{8, "hours: {min: 12, max: 20, build-up: [{week: 0, hours: 12}, {week: 4, hours: 11.75}]}", CARVED_BUILD_UP_FALLS, 8, 60,
		"/hours/build-up/1", "hours", "11.75"},
	{8, "hours: {min: 12, max: 20}\nsupport: {coach-hours: [{week: 2, hours: 1}]}", CARVED_COACH_HOURS_START, 9, 25,
		"/support/coach-hours/0", "week", "2"},
	{8, "hours: {min: 12, max: 20}\nsupport: {coach-hours: [{week: 0, hours: 1}, {week: 0, hours: 2}]}",
		CARVED_BUILD_UP_ORDER, 9, 46, "/support/coach-hours/1", "before", "0"},
	{8, "hours: {min: 12, max: 20}\nsupport: {coach-hours: [1]}", CARVED_EXPECTED_ITEM_MAP, 9, 25, "/support/coach-hours/0",
		"key", "coach-hours"},
	{8, "hours: {min: 12, max: 20}\nsupport: {coach-hours: {week: 0}}", CARVED_HOURS_NOT_A_NUMBER, 9, 24,
		"/support/coach-hours", "key", NULL},
	{8, "hours: {min: 12, max: 20}\noverrides: [{site: S-1, task: linen, rule: never, reason: ok, agreed: 2026-11-01}]",
		CARVED_OVERRIDE_TASK_INVALID, 9, 31, "/overrides/0/task", "text", "linen"},
	{8, "hours: {min: 12, max: 20}\noverrides: [{site: S-1, task: a/b, rule: capacity, reason: ok, agreed: 2026-11-01}]",
		CARVED_OVERRIDE_CATEGORY, 9, 42, "/overrides/0/rule", "rule", "capacity"},
	{8,
		"hours: {min: 12, max: 20}\noverrides: [{site: S-1, task: a/b, rule: environment, category: d430, reason: ok, "
		"agreed: 2026-11-01}]",
		CARVED_OVERRIDE_CATEGORY, 9, 42, "/overrides/0/rule", "rule", "environment"},
	{8,
		"hours: {min: 12, max: 20}\noverrides: [{site: S-1, task: a/b, rule: never, category: d430, reason: ok, agreed: "
		"2026-11-01}]",
		CARVED_OVERRIDE_CATEGORY, 9, 42, "/overrides/0/rule", "rule", "never"},
	{8, "hours: {min: 12, max: 20}\noverrides: [{site: S-1, task: a/b, rule: never, reason: ok, agreed: 2026-11-23}]",
		CARVED_OVERRIDE_IN_FUTURE, 9, 69, "/overrides/0/agreed", "date", "2026-11-23"},
	{8, "hours: {min: 12, max: 20}\noverrides: [{site: S-1, task: a/b, rule: donor, reason: ok, agreed: 2026-11-01}]",
		CARVED_CHOICE_UNKNOWN, 9, 42, "/overrides/0/rule", "text", "donor"},
	{8, "hours: {min: 12, max: 20}\nreviewed: 2026-11-23", CARVED_REVIEWED_IN_FUTURE, 9, 11, "/reviewed", "date",
		"2026-11-23"},
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
	bool right = parse_text(&json, CARVED_FORMAT_JSON, &parsed, &findings);
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
		parse_write_with(&text, document, table[i].replaced, table[i].text);
		bool right = parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings);
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
	check_table(parse_candidate, wrong_candidates, sizeof wrong_candidates / sizeof *wrong_candidates);
}

static void what_is_wrong_in_a_site_is_told_with_code_place_and_figure(void **state)
{
	(void)state;
	check_table(parse_site, wrong_sites, sizeof wrong_sites / sizeof *wrong_sites);
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
		assert_false(parse_text(&text, CARVED_FORMAT_JSON, &parsed, &findings));
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
	const char *const *const templates[] = {parse_candidate, parse_site};
	for (int i = 0; i < 2; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed;
		struct carved_findings findings = {0};
		parse_write(&text, templates[i]);
		assert_true(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
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
		parse_write_with(&text, parse_candidate, i == 0 ? 2 : i == 1 ? 3 : 10, harmless[i]);
		if (!parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings))
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
	static const char jobs[] =
		"jobs: [{ref: j, title: \"Weg A12 bij DSM\", tasks: [{ref: t, hours: 2, title: \"Zaal B12.3 en F20\"}]}]";
	(void)state;
	parse_write_with(&text, parse_site, 6, jobs);
	assert_true(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	assert_int_equal(findings.count, 0);
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
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
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
