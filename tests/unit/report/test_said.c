// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "page.h"
#include <string.h>

#define HEAD "<!DOCTYPE html>\n"

struct said_fixture {
	struct carved_buffer buffer;
	struct carved_page page;
};

static struct carved_page *begin(struct said_fixture *fixture, enum carved_language language)
{
	*fixture = (struct said_fixture){.page = {.language = language}};
	carved_markup_init(&fixture->page.markup, &fixture->buffer);
	return &fixture->page;
}

static void check(struct said_fixture *fixture, const char *expected)
{
	assert_string_equal(fixture->buffer.data + strlen(HEAD), expected);
	carved_buffer_deinit(&fixture->buffer);
}

static void figures_are_written_for_people_and_stated_for_scripts(void **state)
{
	struct said_fixture fixture;
	(void)state;
	carved_page_value(begin(&fixture, CARVED_ENGLISH), 12345.5);
	check(&fixture, "<data value=\"12345.5\">12,345.5</data>");
	carved_page_value(begin(&fixture, CARVED_DUTCH), -12345.5);
	check(&fixture, "<data value=\"-12345.5\">\u221212.345,5</data>");
	carved_page_value(begin(&fixture, CARVED_DUTCH), 1234567);
	check(&fixture, "<data value=\"1234567\">1.234.567</data>");
}

static void shares_are_shown_as_percentages_with_two_decimals_at_most(void **state)
{
	struct said_fixture fixture;
	const struct carved_node share = {.kind = CARVED_NODE_REAL, .real = 0.000721};
	(void)state;
	carved_page_share(begin(&fixture, CARVED_DUTCH), &share);
	check(&fixture, "<data value=\"0.000721\">0,07%</data>");
}

static void a_figure_that_is_not_there_is_a_dash(void **state)
{
	struct said_fixture fixture;
	(void)state;
	carved_page_number(begin(&fixture, CARVED_ENGLISH), NULL);
	check(&fixture, "\u2013");
}

static void dates_have_the_month_in_words(void **state)
{
	struct said_fixture fixture;
	(void)state;
	carved_page_date(begin(&fixture, CARVED_DUTCH), "2026-03-01");
	check(&fixture, "<time datetime=\"2026-03-01\">1 maart 2026</time>");
	carved_page_date(begin(&fixture, CARVED_DUTCH), "<soon>");
	check(&fixture, "<bdi>&lt;soon&gt;</bdi>");
}

static void words_of_documents_are_isolated_and_descriptions_have_no_elements(void **state)
{
	struct said_fixture fixture;
	(void)state;
	carved_page_words(begin(&fixture, CARVED_ENGLISH), "<b>");
	check(&fixture, "<bdi>&lt;b&gt;</bdi>");
	begin(&fixture, CARVED_ENGLISH)->plain = true;
	carved_page_words(&fixture.page, "<b>");
	carved_page_value(&fixture.page, 2.5);
	check(&fixture, "&lt;b&gt;2.5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_written_for_people_and_stated_for_scripts),
		cmocka_unit_test(shares_are_shown_as_percentages_with_two_decimals_at_most),
		cmocka_unit_test(a_figure_that_is_not_there_is_a_dash),
		cmocka_unit_test(dates_have_the_month_in_words),
		cmocka_unit_test(words_of_documents_are_isolated_and_descriptions_have_no_elements),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
