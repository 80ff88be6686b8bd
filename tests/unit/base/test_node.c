// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/base/json.h"
#include <string.h>

static void members_are_found_and_others_have_their_otherwise(void **state)
{
	static const char text[] = "{\"t\":\"x\",\"i\":3,\"r\":0.5,\"b\":true,\"l\":[1]}";
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column;
	(void)state;
	assert_true(carved_json_parse(text, strlen(text), &arena, &root, &error, &line, &column));
	assert_string_equal(carved_node_get_text(root, "t", "-"), "x");
	assert_string_equal(carved_node_get_text(root, "i", "-"), "-");
	assert_int_equal(carved_node_get_integer(root, "i", -1), 3);
	assert_int_equal(carved_node_get_integer(root, "r", -1), -1);
	assert_float_equal(carved_node_get_real(root, "r", -1), 0.5, 0);
	assert_float_equal(carved_node_get_real(root, "i", -1), 3, 0);
	assert_float_equal(carved_node_get_real(root, "t", -1), -1, 0);
	assert_true(carved_node_get_bool(root, "b", false));
	assert_true(carved_node_get_bool(root, "absent", true));
	assert_null(carved_node_get(carved_node_get(root, "l"), "x"));
	assert_null(carved_node_get(NULL, "x"));
	assert_null(carved_node_first(NULL));
	assert_int_equal(carved_node_first(carved_node_get(root, "l"))->integer, 1);
	carved_arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(members_are_found_and_others_have_their_otherwise)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
