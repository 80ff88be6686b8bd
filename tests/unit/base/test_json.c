// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/json.h"
#include <math.h>
#include <string.h>

struct refused {
	const char *text;
	enum carved_code code;
	uint32_t line, column;
	const char *name, *value; // a parameter
};

static const struct carved_node *parse(const char *text, struct carved_arena *arena)
{
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column;
	assert_true(carved_json_parse(text, strlen(text), arena, &root, &error, &line, &column));
	return root;
}

static void assert_refused(const char *text, size_t length, const struct refused *expected)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root = (const void *)text;
	struct carved_error error;
	uint32_t line = 0, column = 0;
	assert_false(carved_json_parse(text, length, &arena, &root, &error, &line, &column));
	assert_ptr_equal(root, text); // untouched
	assert_int_equal(error.code, expected->code);
	assert_int_equal(line, expected->line);
	assert_int_equal(column, expected->column);
	if (expected->name)
		assert_string_equal(carved_error_get(&error, expected->name), expected->value);
	carved_arena_deinit(&arena);
}

static void bad_texts_are_refused_with_code_and_place(void **state)
{
	static const struct refused table[] = {
		{"", CARVED_SYNTAX_INVALID, 1, 1, NULL, NULL},
		{"{\"a\": 1,\n \"b\" 2}", CARVED_SYNTAX_EXPECTED, 2, 6, "expected", "':'"},
		{"{\"a\": 1,\n \"a\": 2}", CARVED_KEY_TWICE, 2, 4, "key", "a"},
		{"[1] 2", CARVED_SYNTAX_INVALID, 1, 5, NULL, NULL},
		{"[1, \"\\u0000\"]", CARVED_NUL_IN_TEXT, 1, 12, NULL, NULL},
		{"[123456789012345678901]", CARVED_NUMBER_TOO_LARGE, 1, 22, "text", "123456789012345678901"},
		{"[\"\xC3\x28\"]", CARVED_UTF8_INVALID, 1, 2, NULL, NULL},
		{"[1,]", CARVED_SYNTAX_INVALID, 1, 4, NULL, NULL},
		{"[NaN]", CARVED_SYNTAX_INVALID, 1, 4, NULL, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_refused(table[i].text, strlen(table[i].text), &table[i]);
}

static void nesting_deeper_than_32_is_refused_at_the_first_bracket_beyond(void **state)
{
	char text[200] = "[\"[\\\"\",\n";
	struct carved_arena arena = CARVED_ARENA_INIT;
	(void)state;
	memset(text + 8, '[', 31);
	memset(text + 39, ']', 32);
	assert_int_equal(parse(text, &arena)->count, 2);
	carved_arena_deinit(&arena);
	memset(text + 8, '[', 32);
	memset(text + 40, ']', 33);
	assert_refused(text, strlen(text), &(struct refused){.code = CARVED_NESTING_TOO_DEEP, .line = 2, .column = 32});
	char deep[10000];
	memset(deep, '[', sizeof deep);
	assert_refused(deep, sizeof deep, &(struct refused){.code = CARVED_NESTING_TOO_DEEP, .line = 1, .column = 2049});
}

static void values_of_all_kinds_are_read(void **state)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root = parse(
		"{\"n\": null, \"b\": true, \"i\": -9007199254740993, \"r\": 7.5, \"t\": \"\\u00e9\\n\", \"l\": [1, 2]}", &arena);
	(void)state;
	assert_int_equal(root->kind, CARVED_NODE_MAP);
	assert_int_equal(root->count, 6);
	assert_int_equal(carved_node_get(root, "n")->kind, CARVED_NODE_NULL);
	assert_true(carved_node_get_bool(root, "b", false));
	assert_true(carved_node_get_integer(root, "i", 0) == -9007199254740993);
	assert_string_equal(carved_node_get(root, "i")->text, "-9007199254740993");
	assert_string_equal(carved_node_get(root, "r")->text, "7.5");
	assert_string_equal(carved_node_get_text(root, "t", ""), "\xC3\xA9\n");
	assert_int_equal(carved_node_get(root, "l")->first->next->integer, 2);
	assert_int_equal(carved_node_get(root, "i")->line, 0);
	assert_null(carved_node_get(root, "x"));
	assert_float_equal(carved_node_get_real(root, "r", 0), 7.5, 0);
	carved_arena_deinit(&arena);
}

static void what_is_written_reads_back_the_same(void **state)
{
	static const char text[] = "{\"b\":[],\"a\":{},\"t\":\"\\\"\\\\ "
				   "\\n\xC3\xA9\",\"r\":0.1,\"i\":12,\"big\":1e+300,\"whole\":2.0,\"z\":[null,false]}";
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_buffer buffer = CARVED_BUFFER_INIT, again = CARVED_BUFFER_INIT;
	(void)state;
	carved_json_format(parse(text, &arena), &buffer);
	assert_string_equal(buffer.data, text);
	carved_json_format_pretty(parse(text, &arena), &again);
	assert_non_null(strstr(again.data, "{\n  \"b\": [],\n  \"a\": {},\n"));
	carved_buffer_clear(&buffer);
	carved_json_format(parse(again.data, &arena), &buffer);
	assert_string_equal(buffer.data, text);
	carved_buffer_deinit(&buffer);
	carved_buffer_deinit(&again);
	carved_arena_deinit(&arena);
}

static void the_writer_sets_commas_and_escapes(void **state)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	(void)state;
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "t", "a\"b\x01");
	carved_json_add_text(&writer, "none", NULL);
	carved_json_begin_array(&writer, "l");
	carved_json_add_integer(&writer, NULL, INT64_MIN);
	carved_json_add_bool(&writer, NULL, true);
	carved_json_begin_object(&writer, NULL);
	carved_json_end_object(&writer);
	carved_json_end_array(&writer);
	carved_json_add_hours(&writer, "h", 7);
	carved_json_add_millionths(&writer, "m", -12345);
	carved_json_add_date(&writer, "d", 0);
	carved_json_add_raw(&writer, "raw", "[1]", 3);
	carved_json_add_text(&writer, "not utf-8", "a\xFF");
	carved_json_end_object(&writer);
	assert_string_equal(buffer.data, "{\"t\":\"a\\\"b\\u0001\",\"none\":null,\"l\":[-9223372036854775808,true,{}],\"h\":1.75,"
					 "\"m\":-0.012345,\"d\":\"1970-01-01\",\"raw\":[1],\"not utf-8\":\"a?\"}");
	carved_buffer_deinit(&buffer);
}

static void a_pointer_finds_the_place_of_value_and_key(void **state)
{
	static const char text[] = "\n {\"\xC3\xA9\xC3\xA9\": \"x\\\"}\", \"a/b~\": [1, {\"\\u0061\": [true]}],\n  \"e\": {}}";
	static const struct {
		const char *pointer;
		bool of_key, found;
		uint32_t line, column;
	} table[] = {
		{"", false, true, 2, 2},
		{"/\xC3\xA9\xC3\xA9", false, true, 2, 9},
		{"/\xC3\xA9\xC3\xA9", true, true, 2, 3},
		{"/a~1b~0", false, true, 2, 25},
		{"/a~1b~0/1", false, true, 2, 29},
		{"/a~1b~0/1", true, true, 2, 29},
		{"/a~1b~0/1/a/0", false, true, 2, 41},
		{"/e", true, true, 3, 3},
		{"/e", false, true, 3, 8},
		{"/e/x", false, false, 0, 0},
		{"/a~1b~0/2", false, false, 0, 0},
		{"/a~1b~0/x", false, false, 0, 0},
		{"/nothing", false, false, 0, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		uint32_t line = 0, column = 0;
		bool found = carved_json_locate(text, strlen(text), table[i].pointer, table[i].of_key, &line, &column);
		assert_int_equal(found, table[i].found);
		assert_int_equal(line, table[i].line);
		assert_int_equal(column, table[i].column);
	}
}

static void a_part_of_a_text_is_found_however_deep_it_lies(void **state)
{
	char text[400] = "{\"a\": [1, {\"b\\\"\": \"]}\"}], \"deep\": ";
	const char *value;
	size_t length;
	(void)state;
	for (int i = 0; i < 50; i++)
		strcat(text, "[");
	strcat(text, "7");
	for (int i = 0; i < 50; i++)
		strcat(text, "]");
	strcat(text, ", \"last\": {\"x\": null}}");
	assert_true(carved_json_slice(text, strlen(text), "/last", &value, &length));
	assert_int_equal(length, strlen("{\"x\": null}"));
	assert_memory_equal(value, "{\"x\": null}", length);
	assert_true(carved_json_slice(text, strlen(text), "/a", &value, &length));
	assert_memory_equal(value, "[1, {\"b\\\"\": \"]}\"}]", length);
	assert_true(carved_json_slice(text, strlen(text), "/deep/0/0", &value, &length));
	assert_int_equal(length, 48 + 1 + 48);
	assert_true(carved_json_slice(text, strlen(text), "/a/0", &value, &length));
	assert_int_equal(length, 1);
	assert_false(carved_json_slice(text, strlen(text), "/none", &value, &length));
	assert_false(carved_json_slice("", 0, "", &value, &length));
}

static void positions_are_added_to_all_nodes_in_one_pass(void **state)
{
	static const char text[] = " {\"\xC3\xA9\": [ ], \"b\": {\"\\u0061\": \"}\\\"\"},\n \"c\": [1 , {} ,-2.5]}";
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root = parse(text, &arena);
	(void)state;
	carved_json_add_positions(text, strlen(text), 7, root);
	assert_int_equal(root->line, 7);
	assert_int_equal(root->column, 2);
	const struct carved_node *b = carved_node_get(root, "b"), *a = carved_node_get(b, "a"), *c = carved_node_get(root, "c");
	assert_int_equal(b->key_column, 13);
	assert_int_equal(a->key_column, 19);
	assert_int_equal(a->column, 29);
	assert_int_equal(c->key_line, 8);
	assert_int_equal(c->key_column, 2);
	assert_int_equal(c->first->column, 8);
	assert_int_equal(c->first->next->column, 12);
	assert_int_equal(c->first->next->next->column, 16);
	carved_arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_texts_are_refused_with_code_and_place),
		cmocka_unit_test(nesting_deeper_than_32_is_refused_at_the_first_bracket_beyond),
		cmocka_unit_test(values_of_all_kinds_are_read),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(the_writer_sets_commas_and_escapes),
		cmocka_unit_test(a_pointer_finds_the_place_of_value_and_key),
		cmocka_unit_test(a_part_of_a_text_is_found_however_deep_it_lies),
		cmocka_unit_test(positions_are_added_to_all_nodes_in_one_pass),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
