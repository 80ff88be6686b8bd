// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "markup.h"
#include <string.h>

#define HEAD "<!DOCTYPE html>\n"

static void check_text(const char *text, const char *expected)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_markup markup;
	carved_markup_init(&markup, &buffer);
	carved_markup_text(&markup, text);
	assert_string_equal(buffer.data + strlen(HEAD), expected);
	carved_buffer_deinit(&buffer);
}

static void what_is_special_in_html_is_escaped_in_text(void **state)
{
	(void)state;
	check_text("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
	check_text("a & b \"c\" 'd'", "a &amp; b &quot;c&quot; &#39;d&#39;");
}

static void control_signs_and_noncharacters_become_replacement_signs(void **state)
{
	(void)state;
	check_text("a\x01z\tb\nc\x7f", "a\uFFFDz\tb\nc\uFFFD");
	check_text("\xC2\x85", "\uFFFD");
	check_text("\xEF\xBF\xBE", "\uFFFD");
	check_text("\xF0\x9F\xBF\xBF", "\uFFFD");
}

static void what_turns_the_direction_around_is_left_out_and_letters_and_marks_stay(void **state)
{
	(void)state;
	check_text("a\u202Eb\u2066c\u2069", "abc");
	check_text("\u05E9\u200F\u05DC", "\u05E9\u200F\u05DC");
}

static void text_that_is_cut_within_a_letter_does_not_run_on(void **state)
{
	(void)state;
	check_text("a\xC3<b", "a\uFFFD&lt;b");
}

static void emoji_and_other_planes_stay_as_they_are(void **state)
{
	(void)state;
	check_text("\U0001F469\u200D\U0001F527", "\U0001F469\u200D\U0001F527");
}

static void attributes_are_escaped_and_numbers_are_short(void **state)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_markup markup;
	(void)state;
	carved_markup_init(&markup, &buffer);
	carved_markup_open(&markup, "p");
	carved_markup_attribute(&markup, "title", "\"><script>");
	carved_markup_attribute_number(&markup, "x", 2.0);
	carved_markup_attribute_number(&markup, "y", -0.001);
	carved_markup_attribute_number(&markup, "z", 1.256);
	carved_markup_text(&markup, "t");
	carved_markup_close(&markup, "p");
	assert_string_equal(buffer.data, HEAD "<p title=\"&quot;&gt;&lt;script&gt;\" x=\"2\" y=\"0\" z=\"1.26\">t</p>\n");
	carved_buffer_deinit(&buffer);
}

static void elements_without_content_have_no_end_tag(void **state)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_markup markup;
	(void)state;
	carved_markup_init(&markup, &buffer);
	carved_markup_open(&markup, "br");
	carved_markup_close(&markup, "br");
	assert_string_equal(buffer.data, HEAD "<br>\n");
	carved_buffer_deinit(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_special_in_html_is_escaped_in_text),
		cmocka_unit_test(control_signs_and_noncharacters_become_replacement_signs),
		cmocka_unit_test(what_turns_the_direction_around_is_left_out_and_letters_and_marks_stay),
		cmocka_unit_test(text_that_is_cut_within_a_letter_does_not_run_on),
		cmocka_unit_test(emoji_and_other_planes_stay_as_they_are),
		cmocka_unit_test(attributes_are_escaped_and_numbers_are_short),
		cmocka_unit_test(elements_without_content_have_no_end_tag),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
