// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/json.h"
#include "carved/base/json_edit.h"
#include "support/carved_cmocka.h"
#include <string.h>

static const char text[] = "{\"hours\":{\"min\":12,\"max\":20},\"tasks\":[{\"ref\":\"a\"},{\"ref\":\"b\"}],\"places\":3}";

static void open_text(struct carved_json_edit *edit)
{
	struct carved_error error;
	assert_true(carved_json_edit_open(edit, text, strlen(text), &error));
}

static void expect(struct carved_json_edit *edit, const char *expected)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	carved_json_format(edit->root, &buffer);
	assert_string_equal(buffer.data, expected);
	carved_buffer_deinit(&buffer);
}

static void values_are_replaced_and_added_and_maps_made_on_the_way(void **state)
{
	struct carved_json_edit edit;
	struct carved_error error;
	(void)state;
	open_text(&edit);
	assert_true(carved_json_edit_set(&edit, "/hours/max", "24", &error));
	assert_true(carved_json_edit_set(&edit, "/supervision/hours", "2.5", &error));
	assert_true(carved_json_edit_set(&edit, "/tasks/-", "{\"ref\":\"c\"}", &error));
	assert_true(carved_json_edit_set(&edit, "/tasks/0/when", "[\"mon-am\"]", &error));
	expect(&edit,
		"{\"hours\":{\"min\":12,\"max\":24},\"tasks\":[{\"ref\":\"a\",\"when\":[\"mon-am\"]},{\"ref\":\"b\"},{\"ref\":"
		"\"c\"}],\"places\":3,\"supervision\":{\"hours\":2.5}}");
	assert_int_equal(carved_json_edit_find(&edit, "/hours/max")->integer, 24);
	assert_null(carved_json_edit_find(&edit, "/hours/per-day"));
	carved_json_edit_deinit(&edit);
}

static void members_and_items_are_taken_away(void **state)
{
	struct carved_json_edit edit;
	struct carved_error error;
	(void)state;
	open_text(&edit);
	assert_true(carved_json_edit_remove(&edit, "/tasks/0", &error));
	assert_true(carved_json_edit_remove(&edit, "/hours", &error));
	expect(&edit, "{\"tasks\":[{\"ref\":\"b\"}],\"places\":3}");
	assert_int_equal(carved_json_edit_find(&edit, "/tasks")->count, 1);
	carved_json_edit_deinit(&edit);
}

static void what_has_no_place_is_refused_and_changes_nothing(void **state)
{
	static const char *const wrong[] = {
		"", "hours", "/places/x", "/tasks/3", "/tasks/first", "/tasks/7/ref", "/hours/min/low"};
	struct carved_json_edit edit;
	struct carved_error error;
	(void)state;
	open_text(&edit);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_false(carved_json_edit_set(&edit, wrong[i], "1", &error));
		assert_int_equal(error.code, CARVED_EDIT_IMPOSSIBLE);
		assert_string_equal(carved_error_get(&error, "pointer"), wrong[i]);
	}
	assert_false(carved_json_edit_remove(&edit, "/tasks/2", &error));
	assert_int_equal(error.code, CARVED_EDIT_IMPOSSIBLE);
	assert_false(carved_json_edit_remove(&edit, "/hours/per-day", &error));
	assert_false(carved_json_edit_set(&edit, "/hours/max", "20 h", &error));
	assert_int_equal(error.code, CARVED_SYNTAX_INVALID);
	expect(&edit, text);
	carved_json_edit_deinit(&edit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_replaced_and_added_and_maps_made_on_the_way),
		cmocka_unit_test(members_and_items_are_taken_away),
		cmocka_unit_test(what_has_no_place_is_refused_and_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
