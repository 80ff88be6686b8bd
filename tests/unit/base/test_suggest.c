// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "carved/base/suggest.h"
#include <cmocka.h>

static const char *const words[] = {"header-bytes", "body-bytes", "connections", "connections-per-user", "seed"};
#define WORD_COUNT (sizeof words / sizeof *words)

static void a_slip_of_the_pen_finds_what_was_meant(void **state)
{
	(void)state;
	assert_string_equal(carved_suggest("header-byte", words, WORD_COUNT), "header-bytes");
	assert_string_equal(carved_suggest("haeder-bytes", words, WORD_COUNT), "header-bytes");
	assert_string_equal(carved_suggest("conections", words, WORD_COUNT), "connections");
	assert_string_equal(carved_suggest("sede", words, WORD_COUNT), "seed");
}

static void what_resembles_nothing_finds_nothing(void **state)
{
	(void)state;
	char longer[200] = {0};
	memset(longer, 'a', sizeof longer - 1);
	assert_null(carved_suggest("weather", words, WORD_COUNT));
	assert_null(carved_suggest("x", words, WORD_COUNT));
	assert_null(carved_suggest(longer, words, WORD_COUNT));
	assert_null(carved_suggest("seed", words, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_of_the_pen_finds_what_was_meant),
		cmocka_unit_test(what_resembles_nothing_finds_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
