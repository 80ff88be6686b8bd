// SPDX-License-Identifier: EUPL-1.2
#include "problem.h"
#include "render.h"
#include "support/carved_cmocka.h"
#include "table.h"
#include "terminal.h"
#include <locale.h>
#include <stdlib.h>
#include <string.h>

struct screen {
	struct carve_terminal terminal;
	char *text;
	size_t length;
};

static void open_screen(struct screen *screen, enum carved_language language, bool colors)
{
	*screen = (struct screen){.terminal = {.language = language, .out_colors = colors, .err_colors = colors}};
	screen->terminal.out = screen->terminal.err = open_memstream(&screen->text, &screen->length);
}

static void assert_screen(struct screen *screen, const char *expected)
{
	fclose(screen->terminal.out);
	assert_string_equal(screen->text, expected);
	free(screen->text);
}

static void control_characters_of_documents_never_reach_the_terminal(void **state)
{
	(void)state;
	struct screen screen;
	open_screen(&screen, CARVED_ENGLISH, true);
	carve_write(screen.terminal.out, "a\033[31mb\x07\x7f\xc2\x9b"
					 "1mc\r é€\n\td");
	assert_screen(&screen, "a?[31mb???1mc? é€\n\td");
}

static void a_style_is_shown_only_where_there_are_colours(void **state)
{
	(void)state;
	struct screen screen;
	open_screen(&screen, CARVED_ENGLISH, true);
	carve_write_styled(&screen.terminal, screen.terminal.out, CARVE_WARN, "x");
	assert_screen(&screen, "\033[33mx\033[0m");
	open_screen(&screen, CARVED_ENGLISH, false);
	carve_write_styled(&screen.terminal, screen.terminal.out, CARVE_WARN, "x");
	assert_screen(&screen, "x");
}

static void a_text_is_filled_in_from_its_pairs_whatever_their_order(void **state)
{
	(void)state;
	struct screen screen;
	open_screen(&screen, CARVED_DUTCH, false);
	carve_say(&screen.terminal, screen.terminal.out, "carve.show.unplaced", "reason", "{ref}", "ref", "K-1", "plan", "PL-2",
		NULL);
	assert_screen(&screen, "PL-2 heeft geen voorstel voor K-1: {ref}");
}

static void an_error_shows_its_hint_on_an_indented_line(void **state)
{
	(void)state;
	struct screen screen;
	struct carved_error error;
	open_screen(&screen, CARVED_ENGLISH, false);
	carved_fail(&error, CARVED_NO_PLAN_YET, "ref", "K-1");
	carve_say_error(&screen.terminal, &error);
	assert_screen(
		&screen, "carve: no plan has ended yet, so there is nothing to show for K-1\n    make one with `carve plan`\n");
}

static void progress_is_silent_where_nobody_looks(void **state)
{
	(void)state;
	struct screen screen;
	open_screen(&screen, CARVED_ENGLISH, false);
	carve_progress(&screen.terminal, "half way");
	assert_screen(&screen, "");
}

static void tables_measure_what_is_seen_not_bytes(void **state)
{
	(void)state;
	struct screen screen;
	open_screen(&screen, CARVED_ENGLISH, false);
	struct carve_table *table = carve_table_new(&screen.terminal);
	carve_table_add_column(table, "één", false);
	carve_table_add_column(table, "n", true);
	carve_table_add_column(table, "x", false);
	carve_table_add_line(table);
	carve_table_set(table, 0, "ééééé");
	carve_table_set_integer(table, 1, -12);
	carve_table_set(table, 2, "a\nb");
	carve_table_add_line(table);
	carve_table_set(table, 0, "ab");
	carve_table_set_integer(table, 1, 3);
	carve_table_print(table, 1);
	carve_table_free(table);
	assert_screen(&screen, " één      n  x\n ééééé  -12  a\n             b\n ab       3\n");
}

static void each_status_has_its_exit_code(void **state)
{
	(void)state;
	static const struct {
		long status;
		enum carve_exit code;
	} cases[] = {{400, CARVE_INVALID}, {413, CARVE_INVALID}, {415, CARVE_INVALID}, {422, CARVE_INVALID},
		{403, CARVE_NOT_ALLOWED}, {404, CARVE_NOT_FOUND}, {410, CARVE_NOT_FOUND}, {409, CARVE_STALE}, {412, CARVE_STALE},
		{405, CARVE_INTERNAL}, {500, CARVE_INTERNAL}, {503, CARVE_UNREACHABLE}, {429, CARVE_UNREACHABLE}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(carve_problem_exit(cases[i].status), cases[i].code);
}

int main(void)
{
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 1;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_characters_of_documents_never_reach_the_terminal),
		cmocka_unit_test(a_style_is_shown_only_where_there_are_colours),
		cmocka_unit_test(a_text_is_filled_in_from_its_pairs_whatever_their_order),
		cmocka_unit_test(an_error_shows_its_hint_on_an_indented_line),
		cmocka_unit_test(progress_is_silent_where_nobody_looks),
		cmocka_unit_test(tables_measure_what_is_seen_not_bytes),
		cmocka_unit_test(each_status_has_its_exit_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
