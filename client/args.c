// SPDX-License-Identifier: EUPL-1.2
// argp is asked to be silent (ARGP_SILENT): glibc would speak the process locale's language, carve speaks the one it was asked for.
#include "args.h"
#include "carved/base/buffer.h"
#include "carved/base/date.h"
#include "carved/base/suggest.h"
#include "carved/model/reasons.h"
#include "help.h"
#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { COMMANDS_MAX = 64 };

struct parse { // what the argp callbacks share
	const struct carve_command *commands;
	const struct carve_terminal *terminal;
	const char *language; // as given
	struct carve_args args;
	char name[64]; // "carve" or "carve COMMAND"
	bool socket_given;
	bool shown, said; // help or version; an error
	int command_at;   // index in argv of the command's name; 0 none
};

static error_t wrong(struct parse *parse, struct carved_error *error)
{
	if (!parse->said) {
		carved_error_add(error, "command", parse->name);
		carve_say_error(parse->terminal, error);
	}
	parse->said = true;
	return EINVAL;
}

static error_t wrong_value(struct parse *parse, const char *option, const char *value)
{
	struct carved_error error;
	carved_fail(&error, CARVED_USAGE_VALUE, "option", option);
	carved_error_add(&error, "value", value);
	return wrong(parse, &error);
}

static error_t wrong_operand(struct parse *parse, enum carved_code code, const char *text)
{
	struct carved_error error;
	carved_fail(&error, code, "text", text);
	return wrong(parse, &error);
}

static bool number(const char *text, int64_t highest, int64_t *ret_value)
{
	char *end;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (errno || end == text || *end || text[0] < '0' || text[0] > '9' || value > highest)
		return false;
	*ret_value = value;
	return true;
}

static error_t take_date(struct parse *parse, const char *option, const char *value, const char **ret_date)
{
	carved_date date;
	if (!carved_date_parse(value, &date, NULL))
		return wrong_value(parse, option, value);
	*ret_date = value;
	return 0;
}

static error_t take_seed(struct parse *parse, const char *value)
{
	return number(value, INT64_MAX, &parse->args.seed) ? 0 : wrong_value(parse, "--seed", value);
}

static error_t take_seconds(struct parse *parse, const char *value)
{
	int64_t seconds = 0;
	if (!number(value, 86400, &seconds) || seconds == 0)
		return wrong_value(parse, "--seconds", value);
	parse->args.seconds = (int)seconds;
	return 0;
}

static error_t take_from(struct parse *parse, const char *value)
{
	if (strcmp(value, "none") != 0 && strcmp(value, "last") != 0 && strncmp(value, "PL-", 3) != 0)
		return wrong_value(parse, "--from", value);
	parse->args.from = value;
	return 0;
}

static error_t take_most_changes(struct parse *parse, const char *value)
{
	return number(value, 1000000000, &parse->args.most_changes) ? 0 : wrong_value(parse, "--max-changes", value);
}

static error_t take_keep_weight(struct parse *parse, const char *value)
{
	return number(value, 10000000, &parse->args.keep_weight) ? 0 : wrong_value(parse, "--keep-weight", value);
}

static error_t take_count(struct parse *parse, const char *value)
{
	int64_t count = 0;
	if (!number(value, 100, &count) || count == 0)
		return wrong_value(parse, "--count", value);
	parse->args.count = (int)count;
	return 0;
}

static error_t take_plans(struct parse *parse, const char *value)
{
	int64_t plans = 0;
	if (!number(value, 1000, &plans) || plans == 0)
		return wrong_value(parse, "--plans", value);
	parse->args.plans = (int)plans;
	return 0;
}

static error_t take_since(struct parse *parse, const char *value)
{
	return number(value, 999999999999999999, &parse->args.since) ? 0 : wrong_value(parse, "--since", value);
}

static error_t take_for(struct parse *parse, const char *value)
{
	if (strcmp(value, "coach") != 0 && strcmp(value, "employer") != 0 && strcmp(value, "candidate") != 0)
		return wrong_value(parse, "--for", value);
	parse->args.for_whom = value;
	return 0;
}

static error_t take_version(struct parse *parse, const char *value)
{
	return number(value, INT64_MAX, &parse->args.version) ? 0 : wrong_value(parse, "--if-version", value);
}

static error_t take_reason(struct parse *parse, const char *value)
{
	if (!carved_reason_is_known(value))
		return wrong_value(parse, "--reason", value);
	parse->args.decision.reason = value;
	return 0;
}

static error_t take_of_decision(struct parse *parse, int key, const char *value)
{
	struct carve_decision_args *to = &parse->args.decision;
	switch (key) {
	case CARVE_KEY_CANDIDATE_AGREED:
		return take_date(parse, "--candidate-agreed", value, &to->candidate_agreed);
	case CARVE_KEY_EMPLOYER_AGREED:
		return take_date(parse, "--employer-agreed", value, &to->employer_agreed);
	case CARVE_KEY_FINANCES_DISCUSSED:
		return take_date(parse, "--finances-discussed", value, &to->finances_discussed);
	case CARVE_KEY_CONTACT:
		to->contact = value;
		return 0;
	case CARVE_KEY_REASON:
		return take_reason(parse, value);
	case CARVE_KEY_TEXT:
		to->text = value;
		return 0;
	case CARVE_KEY_FOR_GOOD:
		to->for_good = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

// PATH=VALUE, SITE/JOB[/TASK], SITE/FACILITY: the daemon says what is wrong with the parts.
static error_t take_change(struct parse *parse, int key, const char *value)
{
	const char *option = key == CARVE_KEY_SET ? "--set" : key == CARVE_KEY_WITHOUT ? "--without" : "--facility";
	const char *mark = strchr(value, key == CARVE_KEY_SET ? '=' : '/');
	if (!mark || mark == value || !mark[1] || parse->args.change_count == CARVE_CHANGES_MAX)
		return wrong_value(parse, option, value);
	parse->args.changes[parse->args.change_count++] = (struct carve_change){.key = key, .text = value};
	return 0;
}

static error_t take_option(struct parse *parse, int key, char *value)
{
	switch (key) {
	case CARVE_KEY_SOCKET:
		parse->args.socket = value;
		parse->socket_given = true;
		return 0;
	case CARVE_KEY_HOST:
		parse->args.host = value;
		return 0;
	case CARVE_KEY_JSON:
		parse->args.json = true;
		return 0;
	case CARVE_KEY_LANG: // carve_args_language has used it
		return strcmp(value, "en") == 0 || strcmp(value, "nl") == 0 ? 0 : wrong_value(parse, "--lang", value);
	case CARVE_KEY_DRY_RUN:
		parse->args.dry_run = true;
		return 0;
	case CARVE_KEY_DATE:
		return take_date(parse, "--date", value, &parse->args.date);
	case CARVE_KEY_SEED:
		return take_seed(parse, value);
	case CARVE_KEY_SECONDS:
		return take_seconds(parse, value);
	case CARVE_KEY_FROM:
		return take_from(parse, value);
	case CARVE_KEY_MAX_CHANGES:
		return take_most_changes(parse, value);
	case CARVE_KEY_KEEP_WEIGHT:
		return take_keep_weight(parse, value);
	case CARVE_KEY_PIN:
		parse->args.pins = value;
		return 0;
	case CARVE_KEY_WAIT:
	case CARVE_KEY_NO_WAIT:
		parse->args.no_wait = key == CARVE_KEY_NO_WAIT;
		return 0;
	case CARVE_KEY_PLAN:
		parse->args.plan = value;
		return 0;
	case CARVE_KEY_SINCE:
		return take_since(parse, value);
	case CARVE_KEY_KIND:
		parse->args.kinds = value;
		return 0;
	case CARVE_KEY_COUNT:
		return take_count(parse, value);
	case CARVE_KEY_FILE:
		parse->args.file = value;
		return 0;
	case CARVE_KEY_OUTPUT:
		parse->args.output = value;
		return 0;
	case CARVE_KEY_SITE:
		parse->args.site = value;
		return 0;
	case CARVE_KEY_PLANS:
		return take_plans(parse, value);
	case CARVE_KEY_FOR:
		return take_for(parse, value);
	case CARVE_KEY_FULL:
		parse->args.full = true;
		return 0;
	case CARVE_KEY_SET:
	case CARVE_KEY_WITHOUT:
	case CARVE_KEY_FACILITY:
		return take_change(parse, key, value);
	case CARVE_KEY_IF_VERSION:
		return take_version(parse, value);
	default:
		return take_of_decision(parse, key, value);
	}
}

// The option that was probably meant, as it is written. None where it is an option already: then its value is what is wrong.
static void suggest_option(const struct parse *parse, const char *option, struct carved_error *error)
{
	const char *names[CARVE_OPTIONS_MAX];
	char written[64], suggestion[66];
	struct carve_help_options options;
	size_t count = 0;
	if (strncmp(option, "--", 2) != 0)
		return;
	snprintf(written, sizeof written, "%.*s", (int)strcspn(option + 2, "="), option + 2);
	carve_help_options_init(parse->terminal, parse->args.command, &options);
	for (; options.items[count].name; count++)
		names[count] = options.items[count].name;
	const char *near = carved_suggest(written, names, count);
	if (!near || strcmp(near, written) == 0)
		return;
	snprintf(suggestion, sizeof suggestion, "--%s", near);
	carved_error_add(error, "suggestion", suggestion);
}

// getopt stopped at an option that it does not know, or that lacks its value or has one too many.
static error_t refuse_option(struct parse *parse, const struct argp_state *state)
{
	const char *option = state->next > 0 && state->next <= state->argc ? state->argv[state->next - 1] : "";
	struct carved_error error;
	carved_fail(&error, CARVED_USAGE_OPTION, "option", option);
	suggest_option(parse, option, &error);
	return wrong(parse, &error);
}

static error_t on_key(int key, char *value, struct argp_state *state)
{
	struct parse *parse = state->input;
	switch (key) {
	case CARVE_KEY_HELP:
		carve_help_print(parse->terminal, parse->commands, parse->args.command, parse->name);
		parse->shown = true;
		state->next = state->argc;
		return 0;
	case CARVE_KEY_VERSION:
		fprintf(parse->terminal->out, "carve %s\n", CARVED_VERSION);
		parse->shown = true;
		state->next = state->argc;
		return 0;
	case ARGP_KEY_ARG:
		if (parse->args.command)
			return ARGP_ERR_UNKNOWN; // the operands of a command: taken together as ARGP_KEY_ARGS
		parse->command_at = state->next - 1;
		state->next = state->argc;
		return 0;
	case ARGP_KEY_ARGS:
		parse->args.operands = state->argv + state->next;
		parse->args.operand_count = state->argc - state->next;
		return 0;
	case ARGP_KEY_ERROR:
		return parse->said ? 0 : refuse_option(parse, state);
	default:
		return take_option(parse, key, value);
	}
}

// Reads the options in front of the command, or (where one was found) those of the command.
static bool read_options(struct parse *parse, int argc, char **argv, unsigned flags)
{
	struct carve_help_options options;
	carve_help_options_init(parse->terminal, parse->args.command, &options);
	struct argp argp = {.options = options.items, .parser = on_key};
	return argp_parse(&argp, argc, argv, ARGP_SILENT | flags, NULL, parse) == 0 && !parse->said;
}

static void refuse_command(struct parse *parse, const char *name)
{
	const char *names[COMMANDS_MAX];
	size_t count = 0;
	struct carved_error error;
	for (; parse->commands[count].name && count < COMMANDS_MAX; count++)
		names[count] = parse->commands[count].name;
	carved_fail(&error, CARVED_USAGE_COMMAND, "text", name);
	const char *suggestion = carved_suggest(name, names, count);
	if (suggestion)
		carved_error_add(&error, "suggestion", suggestion);
	wrong(parse, &error);
}

static bool find_command(struct parse *parse, const char *name)
{
	for (const struct carve_command *command = parse->commands; command->name; command++) {
		if (strcmp(command->name, name) == 0) {
			parse->args.command = command;
			snprintf(parse->name, sizeof parse->name, "carve %s", name);
			return true;
		}
	}
	refuse_command(parse, name);
	return false;
}

const char *carve_args_where(const struct carve_args *args)
{
	return args->host ? args->host : args->socket;
}

static bool check_operands(struct parse *parse)
{
	const struct carve_args *args = &parse->args;
	bool is_named = args->file || args->site; // what it is about, by an option
	int least = is_named ? 0 : args->command->operands_min, most = is_named ? 0 : args->command->operands_max;
	if (args->host && parse->socket_given)
		wrong_operand(parse, CARVED_USAGE_HOST_AND_SOCKET, "");
	else if (args->operand_count < least)
		wrong_operand(parse, CARVED_USAGE_TOO_FEW, "");
	else if (args->operand_count > most)
		wrong_operand(parse, CARVED_USAGE_TOO_MANY, args->operands[most]);
	return !parse->said;
}

enum carve_parsed carve_args_parse(const struct carve_command *commands, const struct carve_terminal *terminal,
	const char *socket, int argc, char **argv, struct carve_args *ret_args)
{
	struct parse parse = {.commands = commands,
		.terminal = terminal,
		.name = "carve",
		.args = {.socket = socket, .seed = -1, .most_changes = -1, .keep_weight = -1, .version = -1, .since = -1}};
	bool good = read_options(&parse, argc, argv, ARGP_IN_ORDER);
	if (good && !parse.shown && parse.command_at == 0) {
		wrong_operand(&parse, CARVED_USAGE_NO_COMMAND, "");
		return CARVE_PARSED_WRONG;
	}
	int at = parse.command_at;
	good = good && (parse.shown || (find_command(&parse, argv[at]) && read_options(&parse, argc - at, argv + at, 0)));
	if (good && parse.shown)
		return CARVE_PARSED_HELP;
	if (!good || !check_operands(&parse))
		return CARVE_PARSED_WRONG;
	*ret_args = parse.args;
	return CARVE_PARSED;
}

enum carved_language carve_args_language(int argc, char **argv, const char *lc_all, const char *lc_messages, const char *lang)
{
	const char *asked = NULL;
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], "--lang=", 7) == 0)
			asked = argv[i] + 7;
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			asked = argv[i + 1];
	}
	return asked ? carved_language_from_locale(asked, NULL, NULL) : carved_language_from_locale(lc_all, lc_messages, lang);
}
