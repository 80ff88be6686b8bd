// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "service/condition.h"
#include "service/fingerprint.h"
#include "service/tag.h"
#include <cmocka.h>

static void lists_of_tags_are_told_from_what_is_none(void **state)
{
	(void)state;
	static const char *const right[] = {"*", " * ", "\"7\"", "W/\"7\"", "\"\"", "\"7\", \"8\"",
		"\"7\",W/\"8.yaml\" ,\"x!#~\"", ", \"7\",,", "\"a,b\"", "\"\xc3\xa9\""};
	static const char *const wrong[] = {"", " ", ",", "7", "\"7", "7\"", "\"7\" \"8\"", "w/\"7\"", "W/7", "W/ \"7\"",
		"*, \"7\"", "\"7\", *", "**", "\"7 8\"", "\"7\"x", "\"7\x7f\""};
	for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
		if (!carved_tags_are_valid(right[i]))
			fail_msg("refused: %s", right[i]);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		if (carved_tags_are_valid(wrong[i]))
			fail_msg("taken: %s", wrong[i]);
	}
}

static void a_weak_tag_is_the_same_only_where_that_is_enough(void **state)
{
	(void)state;
	assert_true(carved_tags_contain("\"7\"", "\"7\"", true));
	assert_true(carved_tags_contain("\"6\", W/\"7\", \"7\"", "\"7\"", true));
	assert_false(carved_tags_contain("W/\"7\"", "\"7\"", true));
	assert_true(carved_tags_contain("W/\"7\"", "\"7\"", false));
	assert_false(carved_tags_contain("\"77\", \"7.yaml\", \"\"", "\"7\"", false));
	assert_false(carved_tags_contain("\"a,\\\"", "\"a\"", false));
}

static void a_version_has_a_tag_for_each_way_to_write_it(void **state)
{
	(void)state;
	char json[CARVED_TAG_MAX], yaml[CARVED_TAG_MAX];
	assert_string_equal(carved_tag_of_version(7, false, json), "\"7\"");
	assert_string_equal(carved_tag_of_version(INT64_MAX, true, yaml), "\"9223372036854775807.yaml\"");
}

// Values of the reference: FNV-1a with 128 bits of "" and "a" and "foobar".
static void a_tag_of_content_is_its_fingerprint(void **state)
{
	(void)state;
	char tag[CARVED_TAG_MAX];
	assert_string_equal(carved_tag_of_content("", 0, tag), "\"6c62272e07bb014262b821756295c58d\"");
	assert_string_equal(carved_tag_of_content("a", 1, tag), "\"d228cb696f1a8caf78912b704e4a8964\"");
	assert_string_equal(carved_tag_of_content("foobar", 6, tag), "\"343e1662793c64bf6f0d3597ba446f18\"");
}

static bool allows(const char *match, const char *none_match, int64_t version)
{
	const struct carved_condition condition = {match, none_match};
	return carved_condition_allows_version(&condition, version);
}

static void a_change_is_allowed_where_both_conditions_hold(void **state)
{
	(void)state;
	assert_true(allows(NULL, NULL, 0));
	assert_true(allows(NULL, NULL, 3));
	assert_true(allows("\"3\"", NULL, 3));
	assert_true(allows("\"3.yaml\"", NULL, 3)); // read as YAML: the same version
	assert_true(allows("\"2\", \"3\"", NULL, 3));
	assert_false(allows("\"2\"", NULL, 3));
	assert_false(allows("W/\"3\"", NULL, 3));
	assert_false(allows("\"3\"", NULL, 0));
	assert_true(allows("*", NULL, 3));
	assert_false(allows("*", NULL, 0));
	assert_true(allows(NULL, "*", 0));
	assert_false(allows(NULL, "*", 3));
	assert_false(allows(NULL, "W/\"3\"", 3));
	assert_true(allows(NULL, "\"2\"", 3));
	assert_false(allows("\"3\"", "\"3\"", 3));
	assert_true(allows("\"3\"", "\"4\"", 3));
}

static void a_reader_is_told_what_it_has(void **state)
{
	(void)state;
	const struct carved_condition weak = {NULL, "W/\"3\""}, any = {NULL, "*"}, other = {NULL, "\"2\""}, none = {NULL, NULL};
	assert_true(carved_condition_is_unchanged(&weak, "\"3\""));
	assert_true(carved_condition_is_unchanged(&any, "\"3\""));
	assert_false(carved_condition_is_unchanged(&other, "\"3\""));
	assert_false(carved_condition_is_unchanged(&none, "\"3\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_of_tags_are_told_from_what_is_none),
		cmocka_unit_test(a_weak_tag_is_the_same_only_where_that_is_enough),
		cmocka_unit_test(a_version_has_a_tag_for_each_way_to_write_it),
		cmocka_unit_test(a_tag_of_content_is_its_fingerprint),
		cmocka_unit_test(a_change_is_allowed_where_both_conditions_hold),
		cmocka_unit_test(a_reader_is_told_what_it_has),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
