// SPDX-License-Identifier: EUPL-1.2
// Texts of documents: YAML, JSON and NDJSON, one document or several, none, or too many; findings in the order of the text.
#include "parse_fixture.h"
#include <string.h>

static void a_json_number_is_no_text_but_a_bare_yaml_one_may_be(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, "{\"kind\": \"coach\", \"ref\": 12,\n \"hours\": \"8\"}");
	assert_false(parse_text(&text, CARVED_FORMAT_JSON, &parsed, &findings));
	assert_int_equal(findings.count, 2);
	assert_int_equal(findings.items[0].error.code, CARVED_EXPECTED_TEXT);
	assert_int_equal(findings.items[0].column, 26);
	assert_int_equal(findings.items[1].error.code, CARVED_HOURS_NOT_A_NUMBER);
	assert_int_equal(findings.items[1].line, 2);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_clear(&text);
	carved_buffer_add_text(&text, "kind: coach\nref: 12\nhours: 8\n");
	assert_true(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
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
	assert_false(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
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
	assert_false(parse_text(&text, CARVED_FORMAT_NDJSON, &parsed, &findings));
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
		{"{\"ref\": 1 123456782}", "expected", CARVED_FORMAT_JSON},
		{"{\"123456782\": 1, \"123456782\": 1}", "key", CARVED_FORMAT_JSON},
		{"{\"ref\" 123456782}", "expected", CARVED_FORMAT_NDJSON},
		{"123456782: 1\n123456782: 2\n", "key", CARVED_FORMAT_YAML},
		{"ref: &123456782 x\n", "name", CARVED_FORMAT_YAML},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed;
		struct carved_findings findings = {0};
		carved_buffer_add_text(&text, table[i].text);
		assert_false(parse_text(&text, table[i].format, &parsed, &findings));
		assert_int_equal(findings.count, 1);
		const char *value = carved_error_get(&findings.items[0].error, table[i].name);
		assert_non_null(value);
		assert_null(strstr(value, "123456782"));
		if (strcmp(table[i].name, "expected") != 0) // which quotes nothing of the text
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
	assert_true(parse_text(&text, CARVED_FORMAT_JSON, &parsed, &findings));
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
		assert_false(parse_text(&text, formats[i], &parsed, &findings));
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
	assert_false(parse_text(&text, CARVED_FORMAT_JSON, &parsed, &findings));
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_json_number_is_no_text_but_a_bare_yaml_one_may_be),
		cmocka_unit_test(all_findings_of_all_documents_come_at_once_in_order),
		cmocka_unit_test(ndjson_goes_on_behind_a_broken_line_and_counts_the_lines_of_the_file),
		cmocka_unit_test(a_citizen_number_is_not_quoted_by_a_reader_that_stumbles_over_it),
		cmocka_unit_test(json_may_be_an_array_of_documents),
		cmocka_unit_test(a_text_without_documents_is_an_error),
		cmocka_unit_test(a_nul_is_no_blank),
		cmocka_unit_test(limits_are_held),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
