// SPDX-License-Identifier: EUPL-1.2
#include "args.h"
#include "commands.h"
#include "support/carved_cmocka.h"
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 12

struct line { // a command line and what came of it
	struct carve_args args;
	enum carve_parsed parsed;
	char *out, *err;
	char *words[WORDS_MAX + 1];
	int count;
};

static void parse(struct line *line, enum carved_language language, const char *text)
{
	size_t out_length, err_length;
	*line = (struct line){0};
	char *copy = strdup(text), *rest = NULL;
	for (char *word = strtok_r(copy, " ", &rest); word && line->count < WORDS_MAX; word = strtok_r(NULL, " ", &rest))
		line->words[line->count++] = strdup(word);
	free(copy);
	struct carve_terminal terminal = {.language = language};
	terminal.out = open_memstream(&line->out, &out_length);
	terminal.err = open_memstream(&line->err, &err_length);
	char *argv[WORDS_MAX + 1];
	memcpy(argv, line->words, sizeof argv);
	line->parsed = carve_args_parse(carve_commands, &terminal, "/default", line->count, argv, &line->args);
	fclose(terminal.out);
	fclose(terminal.err);
}

static void forget(struct line *line)
{
	for (int i = 0; i < line->count; i++)
		free(line->words[i]);
	free(line->out);
	free(line->err);
}

static void options_may_stand_before_and_behind_the_command(void **state)
{
	(void)state;
	struct line line;
	parse(&line, CARVED_ENGLISH, "carve --socket /a plan --seed 7 --json --date=2026-11-22 --seconds 60 --no-wait");
	assert_int_equal(line.parsed, CARVE_PARSED);
	assert_string_equal(line.args.command->name, "plan");
	assert_string_equal(line.args.socket, "/a");
	assert_string_equal(line.args.date, "2026-11-22");
	assert_int_equal(line.args.seed, 7);
	assert_int_equal(line.args.seconds, 60);
	assert_true(line.args.json);
	assert_true(line.args.no_wait);
	assert_int_equal(line.args.operand_count, 0);
	forget(&line);
}

static void what_is_not_given_has_its_default(void **state)
{
	(void)state;
	struct line line;
	parse(&line, CARVED_ENGLISH, "carve plan");
	assert_int_equal(line.parsed, CARVE_PARSED);
	assert_string_equal(line.args.socket, "/default");
	assert_null(line.args.date);
	assert_int_equal(line.args.seed, -1);
	assert_int_equal(line.args.seconds, 0);
	assert_false(line.args.json);
	assert_false(line.args.no_wait);
	forget(&line);
}

static void operands_are_found_among_options(void **state)
{
	(void)state;
	struct line line;
	parse(&line, CARVED_ENGLISH, "carve import a.yaml --dry-run b.yaml -- --c.yaml");
	assert_int_equal(line.parsed, CARVE_PARSED);
	assert_true(line.args.dry_run);
	assert_int_equal(line.args.operand_count, 3);
	assert_string_equal(line.args.operands[0], "a.yaml");
	assert_string_equal(line.args.operands[1], "b.yaml");
	assert_string_equal(line.args.operands[2], "--c.yaml");
	forget(&line);
}

static void a_dash_is_an_operand(void **state)
{
	(void)state;
	struct line line;
	parse(&line, CARVED_ENGLISH, "carve import -");
	assert_int_equal(line.parsed, CARVE_PARSED);
	assert_string_equal(line.args.operands[0], "-");
	forget(&line);
}

static void assert_refused(const char *text, const char *said)
{
	struct line line;
	parse(&line, CARVED_ENGLISH, text);
	assert_int_equal(line.parsed, CARVE_PARSED_WRONG);
	assert_string_equal(line.out, "");
	if (!strstr(line.err, said))
		fail_msg("%s: %s", text, line.err);
	forget(&line);
}

static void what_makes_no_sense_is_refused_by_name(void **state)
{
	(void)state;
	assert_refused("carve", "what is carve to do?");
	assert_refused("carve frobnicate", "'frobnicate' is not a command");
	assert_refused("carve --frob plan", "'--frob' can't be used");
	assert_refused("carve plan --frob", "'--frob' can't be used");
	assert_refused("carve plan --json=yes", "'--json=yes' can't be used");
	assert_refused("carve plan --seed", "'--seed' can't be used");
	assert_refused("carve plan --seed -1", "'-1' is no value for --seed");
	assert_refused("carve plan --seed 1x", "'1x' is no value for --seed");
	assert_refused("carve plan --seed 9223372036854775808", "is no value for --seed");
	assert_refused("carve plan --seconds 0", "'0' is no value for --seconds");
	assert_refused("carve plan --seconds 86401", "'86401' is no value for --seconds");
	assert_refused("carve plan --date 2026-02-30", "'2026-02-30' is no value for --date");
	assert_refused("carve --lang fr plan", "'fr' is no value for --lang");
	assert_refused("carve plan extra", "'extra' is one too many for `carve plan`");
	assert_refused("carve get", "something is missing behind `carve get`");
	assert_refused("carve get candidate K-1 K-2", "'K-2' is one too many");
	assert_refused("carve put --dry-run a.yaml", "'--dry-run' can't be used");
}

static void an_error_says_where_to_read_more(void **state)
{
	(void)state;
	struct line line;
	parse(&line, CARVED_DUTCH, "carve plan --seconds nul");
	assert_int_equal(line.parsed, CARVE_PARSED_WRONG);
	assert_string_equal(line.err, "carve: 'nul' kan niet bij --seconds\n    zie `carve plan --help`\n");
	forget(&line);
}

static void every_command_has_its_own_help_in_both_languages(void **state)
{
	(void)state;
	for (const struct carve_command *command = carve_commands; command->name; command++) {
		struct line english, dutch;
		char text[64];
		snprintf(text, sizeof text, "carve %s --help", command->name);
		parse(&english, CARVED_ENGLISH, text);
		parse(&dutch, CARVED_DUTCH, text);
		assert_int_equal(english.parsed, CARVE_PARSED_HELP);
		assert_non_null(strstr(english.out, "Usage: carve "));
		assert_non_null(strstr(english.out, command->name));
		assert_non_null(strstr(dutch.out, "Gebruik: carve "));
		assert_non_null(strstr(dutch.out, "[OPTIE...]"));
		assert_null(strstr(dutch.out, "carve.")); // a msgid without a text
		assert_null(strstr(english.out, "carve."));
		assert_string_equal(english.err, "");
		forget(&english);
		forget(&dutch);
	}
}

static void the_help_of_carve_lists_every_command(void **state)
{
	(void)state;
	struct line line;
	parse(&line, CARVED_ENGLISH, "carve --help");
	assert_int_equal(line.parsed, CARVE_PARSED_HELP);
	for (const struct carve_command *command = carve_commands; command->name; command++) {
		char start[32];
		snprintf(start, sizeof start, "\n  %s ", command->name);
		assert_non_null(strstr(line.out, start));
	}
	forget(&line);
}

static void the_version_is_shown(void **state)
{
	(void)state;
	struct line line;
	parse(&line, CARVED_ENGLISH, "carve --version");
	assert_int_equal(line.parsed, CARVE_PARSED_HELP);
	assert_string_equal(line.out, "carve " CARVED_VERSION "\n");
	forget(&line);
}

static enum carved_language language_of(const char *text, const char *lc_all, const char *lc_messages, const char *lang)
{
	char copy[128], *argv[WORDS_MAX], *rest = NULL;
	int argc = 0;
	snprintf(copy, sizeof copy, "%s", text);
	for (char *word = strtok_r(copy, " ", &rest); word && argc < WORDS_MAX; word = strtok_r(NULL, " ", &rest))
		argv[argc++] = word;
	return carve_args_language(argc, argv, lc_all, lc_messages, lang);
}

static void the_option_decides_the_language_before_the_locale(void **state)
{
	(void)state;
	assert_int_equal(language_of("carve --lang nl plan", "en_GB.UTF-8", NULL, NULL), CARVED_DUTCH);
	assert_int_equal(language_of("carve plan --lang=en", "nl_NL.UTF-8", NULL, NULL), CARVED_ENGLISH);
	assert_int_equal(language_of("carve plan -- --lang=en", "nl_NL.UTF-8", NULL, NULL), CARVED_DUTCH);
	assert_int_equal(language_of("carve plan", NULL, "nl_NL", "en_GB"), CARVED_DUTCH);
	assert_int_equal(language_of("carve plan", NULL, NULL, "nl_BE.UTF-8"), CARVED_DUTCH);
	assert_int_equal(language_of("carve plan", "C", "nl_NL", "nl_NL"), CARVED_ENGLISH);
	assert_int_equal(language_of("carve plan", NULL, NULL, NULL), CARVED_ENGLISH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_may_stand_before_and_behind_the_command),
		cmocka_unit_test(what_is_not_given_has_its_default),
		cmocka_unit_test(operands_are_found_among_options),
		cmocka_unit_test(a_dash_is_an_operand),
		cmocka_unit_test(what_makes_no_sense_is_refused_by_name),
		cmocka_unit_test(an_error_says_where_to_read_more),
		cmocka_unit_test(every_command_has_its_own_help_in_both_languages),
		cmocka_unit_test(the_help_of_carve_lists_every_command),
		cmocka_unit_test(the_version_is_shown),
		cmocka_unit_test(the_option_decides_the_language_before_the_locale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
