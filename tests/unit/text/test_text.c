// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/text/text.h"
#include <string.h>

static void the_best_language_of_a_header_is_taken(void **state)
{
	static const struct {
		const char *header;
		enum carved_language language;
	} table[] = {
		{NULL, CARVED_ENGLISH},
		{"", CARVED_ENGLISH},
		{"nl", CARVED_DUTCH},
		{"NL", CARVED_DUTCH},
		{"nl-BE", CARVED_DUTCH},
		{"en, nl", CARVED_ENGLISH},
		{"nl, en", CARVED_DUTCH},
		{"en;q=0.5, nl;q=0.7", CARVED_DUTCH},
		{"nl;q=0.3,en;q=0.8", CARVED_ENGLISH},
		{"fr, nl;q=0.1", CARVED_DUTCH},
		{"fr, de", CARVED_ENGLISH},
		{"*", CARVED_ENGLISH},
		{"nl;q=0", CARVED_ENGLISH},
		{"  nl ; q=0.9 , en;q=0.8", CARVED_DUTCH},
		{"nlx, en;q=0.1", CARVED_ENGLISH},
		{",,;", CARVED_ENGLISH},
		{"nl;q=1, en;q=0.999", CARVED_DUTCH},
		{"nl;q=1e30, en;q=0.1", CARVED_DUTCH}, // read as far as it is a weight: 1
		{"nl;q=8889000000000000000, en;q=0.1", CARVED_ENGLISH},
		{"nl;q=inf, en;q=0.1", CARVED_ENGLISH},
		{"nl;q=, en;q=0.1", CARVED_ENGLISH},
		{"en;q=0.0009, nl;q=0.001", CARVED_DUTCH},
		{"en;q=1.5, nl;q=0.001", CARVED_DUTCH},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (carved_language_from_header(table[i].header) != table[i].language)
			fail_msg("%s", table[i].header);
	}
}

static void the_locale_is_that_of_the_first_variable_that_is_set(void **state)
{
	(void)state;
	assert_int_equal(carved_language_from_locale(NULL, NULL, NULL), CARVED_ENGLISH);
	assert_int_equal(carved_language_from_locale(NULL, NULL, "nl_NL.UTF-8"), CARVED_DUTCH);
	assert_int_equal(carved_language_from_locale("", "", "nl"), CARVED_DUTCH);
	assert_int_equal(carved_language_from_locale("C", "nl_NL", "nl_NL"), CARVED_ENGLISH);
	assert_int_equal(carved_language_from_locale(NULL, "nl_NL", "en_US"), CARVED_DUTCH);
	assert_int_equal(carved_language_from_locale("nl_BE", NULL, "en_US"), CARVED_DUTCH);
	assert_string_equal(carved_language_tag(CARVED_ENGLISH), "en");
	assert_string_equal(carved_language_tag(CARVED_DUTCH), "nl");
}

static void sentences_are_filled_in_from_the_parameters(void **state)
{
	struct carved_error error;
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	(void)state;
	carved_fail(&error, CARVED_HOURS_NOT_A_QUARTER, "text", "7.1");
	carved_text_error(CARVED_ENGLISH, &error, &buffer);
	assert_string_equal(buffer.data, "7.1 hours is not a whole number of quarters");
	carved_buffer_clear(&buffer);
	carved_text_error(CARVED_DUTCH, &error, &buffer);
	assert_string_equal(buffer.data, "7.1 uur is geen heel aantal kwartieren");
	carved_buffer_clear(&buffer);
	assert_true(carved_text_hint(CARVED_DUTCH, &error, &buffer));
	assert_string_equal(buffer.data, "rond af op .0, .25, .5 of .75");
	carved_buffer_clear(&buffer);
	carved_error_set(&error, CARVED_FILE_UNREADABLE); // without parameters the placeholders stay
	carved_text_error(CARVED_ENGLISH, &error, &buffer);
	assert_string_equal(buffer.data, "can't read {file}: {reason}");
	carved_buffer_deinit(&buffer);
}

static void a_hint_with_an_open_placeholder_gives_way_to_the_other_one(void **state)
{
	struct carved_error error;
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	(void)state;
	carved_fail(&error, CARVED_UNKNOWN_KEY, "key", "hous");
	assert_false(carved_text_hint(CARVED_ENGLISH, &error, &buffer)); // neither can be filled in
	carved_error_add(&error, "known", "hours, ref");
	assert_true(carved_text_hint(CARVED_ENGLISH, &error, &buffer));
	assert_string_equal(buffer.data, "keys known here: hours, ref");
	carved_buffer_clear(&buffer);
	carved_error_add(&error, "suggestion", "hours");
	assert_true(carved_text_hint(CARVED_ENGLISH, &error, &buffer));
	assert_string_equal(buffer.data, "did you mean 'hours'?");
	carved_buffer_clear(&buffer);
	carved_fail(&error, CARVED_COACH_UNKNOWN, "ref", "C-9"); // braces that hold more than a name are text
	assert_true(carved_text_hint(CARVED_DUTCH, &error, &buffer));
	assert_non_null(strstr(buffer.data, "{kind: coach, ref: C-9, hours: 24}"));
	carved_buffer_deinit(&buffer);
}

static void a_msgid_that_no_table_has_stands_for_itself(void **state)
{
	(void)state;
	assert_null(carved_text_find(CARVED_DUTCH, "no such text"));
	assert_string_equal(carved_text(CARVED_DUTCH, "no such text"), "no such text");
	assert_null(carved_text_find(CARVED_ENGLISH, "zzzz"));
	assert_null(carved_text_find(CARVED_ENGLISH, "!"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_language_of_a_header_is_taken),
		cmocka_unit_test(the_locale_is_that_of_the_first_variable_that_is_set),
		cmocka_unit_test(sentences_are_filled_in_from_the_parameters),
		cmocka_unit_test(a_hint_with_an_open_placeholder_gives_way_to_the_other_one),
		cmocka_unit_test(a_msgid_that_no_table_has_stands_for_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
