// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/json.h"
#include "carved/base/yaml.h"
#include <string.h>

static const struct carved_node *read_first(const char *text, struct carved_arena *arena)
{
	struct carved_yaml_reader *reader = carved_yaml_reader_new(text, strlen(text));
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column;
	bool read = carved_yaml_read(reader, arena, &root, &error, &line, &column);
	carved_yaml_reader_free(reader);
	assert_true(read);
	return root;
}

static void what_surprises_is_refused_with_code_and_place(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		enum carved_code code;
		uint32_t line, column;
	} table[] = {
#define BAD(text, code, line, column) {text, sizeof text - 1, CARVED_##code, line, column}
		BAD("a: &x 1\nb: *x", YAML_ANCHOR, 1, 4),
		BAD("a: 1\nb: *x", YAML_ALIAS, 2, 4),
		BAD("a: !!str 1", YAML_TAG, 1, 4),
		BAD("a: !x [1]", YAML_TAG, 1, 4),
		BAD("a: 1\nb:\n  c: 1\na: 2", KEY_TWICE, 4, 1),
		BAD("{a: 1, 'a': 2}", KEY_TWICE, 1, 8),
		BAD("{b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1, l: 1, m: 1, n: 1,\n c: 2, b: 2}", KEY_TWICE, 2,
			8),
		BAD("? [1]\n: 2", YAML_KEY_NOT_A_WORD, 1, 3),
		BAD("?\n: 2", YAML_KEY_NOT_A_WORD, 1, 2),
		BAD("? |\n x\n: 2", YAML_KEY_NOT_A_WORD, 1, 3),
		BAD("%YAML 1.2\n---\na: 1", YAML_DIRECTIVE, 1, 1),
		BAD("%TAG ! x\n---\na: 1", YAML_DIRECTIVE, 1, 1),
		BAD("a: \"\\0\"", NUL_IN_TEXT, 1, 4),
		BAD("a: 1\nb: \xFF", UTF8_INVALID, 2, 4),
		BAD("\xFF\xFE"
		    "a\0:\0",
			UTF8_INVALID, 1, 1),
		BAD("a: 1\nb: x\xC2\x85", YAML_LINE_BREAK, 2, 5),
		BAD("a: x\xE2\x80\xA8y", YAML_LINE_BREAK, 1, 5),
		BAD("a: 99999999999999999999", NUMBER_TOO_LARGE, 1, 4),
		BAD("a: .inf", NUMBER_TOO_LARGE, 1, 4),
		BAD("a: 1e999", NUMBER_TOO_LARGE, 1, 4),
		BAD("a: 1\n\tb: 2", YAML_TAB, 2, 1),
		BAD("a:\n\t- b", YAML_TAB, 2, 1),
		BAD("a: @x", SYNTAX_INVALID, 1, 4),
		BAD("a: b: c", YAML_COLON, 1, 5),
		BAD("a: [1, 2", SYNTAX_EXPECTED, 1, 9),
		BAD("a: 1\nb: \x01", SYNTAX_INVALID, 2, 4),
		BAD("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NESTING_TOO_DEEP, 1, 33),
#undef BAD
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		struct carved_yaml_reader *reader = carved_yaml_reader_new(table[i].text, table[i].length);
		const struct carved_node *root = NULL;
		struct carved_error error;
		for (int again = 0; again < 2; again++) { // and it stays refused
			uint32_t line = 0, column = 0;
			assert_false(carved_yaml_read(reader, &arena, &root, &error, &line, &column));
			if (error.code != table[i].code || line != table[i].line || column != table[i].column)
				fail_msg("%s: %s at %u:%u", table[i].text, carved_code_name(error.code), line, column);
		}
		carved_yaml_reader_free(reader);
		carved_arena_deinit(&arena);
	}
}

static void plain_scalars_get_the_types_of_the_core_schema(void **state)
{
	static const struct {
		const char *text;
		enum carved_node_kind kind;
	} table[] = {
		{"no", CARVED_NODE_STRING},
		{"on", CARVED_NODE_STRING},
		{"yes", CARVED_NODE_STRING},
		{"12:30:45", CARVED_NODE_STRING},
		{"2026-10-01", CARVED_NODE_STRING},
		{"1_000", CARVED_NODE_STRING},
		{"0b1", CARVED_NODE_STRING},
		{"+", CARVED_NODE_STRING},
		{"1.2.3", CARVED_NODE_STRING},
		{"1e", CARVED_NODE_STRING},
		{"0o8", CARVED_NODE_STRING},
		{"'1'", CARVED_NODE_STRING},
		{"\"true\"", CARVED_NODE_STRING},
		{"~", CARVED_NODE_NULL},
		{"null", CARVED_NODE_NULL},
		{"Null", CARVED_NODE_NULL},
		{"TRUE", CARVED_NODE_BOOL},
		{"false", CARVED_NODE_BOOL},
		{"017", CARVED_NODE_INTEGER},
		{"0o17", CARVED_NODE_INTEGER},
		{"0x1F", CARVED_NODE_INTEGER},
		{"-3", CARVED_NODE_INTEGER},
		{"+3", CARVED_NODE_INTEGER},
		{".5", CARVED_NODE_REAL},
		{"5.", CARVED_NODE_REAL},
		{"1e3", CARVED_NODE_REAL},
		{"-1.5E-3", CARVED_NODE_REAL},
		{"tRue", CARVED_NODE_STRING},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		const struct carved_node *root = read_first(table[i].text, &arena);
		if (root->kind != table[i].kind)
			fail_msg("%s is of kind %d", table[i].text, (int)root->kind);
		carved_arena_deinit(&arena);
	}
}

static void numbers_have_value_and_text(void **state)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root = read_first("[0o17, 0x1F, -3, 1.50, 0811, 'x']", &arena);
	const struct carved_node *item = root->first;
	(void)state;
	assert_int_equal(item->integer, 15);
	item = item->next;
	assert_int_equal(item->integer, 31);
	item = item->next;
	assert_int_equal(item->integer, -3);
	item = item->next;
	assert_float_equal(item->real, 1.5, 0);
	assert_string_equal(item->text, "1.50");
	item = item->next;
	assert_int_equal(item->integer, 811);
	assert_string_equal(item->text, "0811");
	assert_true(item->plain);
	assert_false(item->next->plain);
	carved_arena_deinit(&arena);
}

static void positions_are_those_of_the_whole_text(void **state)
{
	static const char text[] = "\xEF\xBB\xBF# remark\r\n---\r\n---\r\nkind: \xC3\xA9\xC3\xA9 # x\r\nhours: {min: 1,\r\n  "
				   "max: [2, 3]}\r\n...\r\n---\r\n- \"z\"\r\n";
	struct carved_yaml_reader *reader = carved_yaml_reader_new(text, strlen(text));
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column;
	(void)state;
	assert_true(carved_yaml_read(reader, &arena, &root, &error, &line, &column));
	assert_int_equal(root->line, 4);
	assert_int_equal(root->column, 1);
	assert_string_equal(carved_node_get_text(root, "kind", ""), "\xC3\xA9\xC3\xA9");
	const struct carved_node *max = carved_node_get(carved_node_get(root, "hours"), "max");
	assert_int_equal(max->key_line, 6);
	assert_int_equal(max->key_column, 3);
	assert_int_equal(max->first->next->line, 6);
	assert_int_equal(max->first->next->column, 12);
	assert_true(carved_yaml_read(reader, &arena, &root, &error, &line, &column));
	assert_int_equal(root->line, 9);
	assert_int_equal(root->first->column, 3);
	assert_true(carved_yaml_read(reader, &arena, &root, &error, &line, &column));
	assert_null(root);
	assert_true(carved_yaml_read(reader, &arena, &root, &error, &line, &column));
	assert_null(root);
	carved_yaml_reader_free(reader);
	carved_arena_deinit(&arena);
}

static void an_empty_text_holds_no_document(void **state)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	(void)state;
	assert_null(read_first("", &arena));
	assert_null(read_first("# nothing\n", &arena));
	assert_null(read_first("---\n---\n", &arena));
	assert_null(read_first("\xEF\xBB\xBF", &arena));
	carved_arena_deinit(&arena);
}

static void what_is_written_reads_back_the_same(void **state)
{
	static const char json[] =
		"{\"a\":[\"no\",\"12\",\"\",\"null\",\"- x\",\"a: b\",\"x #y\",\"1e3\",\" "
		"lead\",\"two\\nlines\",\"\xC3\xA9\",\"\xE2\x80\xA8\",\".inf\"],"
		"\"12\":{\"true\":true,\"n\":null,\"r\":7.5,\"i\":-3,\"e\":[],\"m\":{}},\"l\":[[1,2],{\"x\":[{\"y\":\"z\"}]}]}";
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_buffer yaml = CARVED_BUFFER_INIT, again = CARVED_BUFFER_INIT;
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column;
	(void)state;
	assert_true(carved_json_parse(json, strlen(json), &arena, &root, &error, &line, &column));
	carved_yaml_format(root, &yaml);
	carved_json_format(read_first(yaml.data, &arena), &again);
	assert_string_equal(again.data, json);
	assert_non_null(strstr(yaml.data, "- 'no'\n") ? yaml.data : strstr(yaml.data, "- no\n"));
	assert_non_null(strstr(yaml.data, "\nl:\n"));
	carved_buffer_deinit(&yaml);
	carved_buffer_deinit(&again);
	carved_arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_surprises_is_refused_with_code_and_place),
		cmocka_unit_test(plain_scalars_get_the_types_of_the_core_schema),
		cmocka_unit_test(numbers_have_value_and_text),
		cmocka_unit_test(positions_are_those_of_the_whole_text),
		cmocka_unit_test(an_empty_text_holds_no_document),
		cmocka_unit_test(what_is_written_reads_back_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
