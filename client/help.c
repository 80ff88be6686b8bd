// SPDX-License-Identifier: EUPL-1.2
#include "help.h"
#include "carved/base/arena.h"
#include "carved/base/buffer.h"
#include <stdlib.h>
#include <string.h>

enum who { EVERY = -1, CARVE_ITSELF = 0 }; // others: a bit of enum carve_option

struct option_text {
	int key;
	const char *name, *argument, *text; // argument, text: msgids; argument NULL: takes none
	int who;
};

static const struct option_text option_texts[] = {
	{CARVE_KEY_DRY_RUN, "dry-run", NULL, "carve.option.dry-run", CARVE_OPTION_DRY_RUN},
	{CARVE_KEY_DATE, "date", "carve.argument.date", "carve.option.date", CARVE_OPTION_SOLVE},
	{CARVE_KEY_SEED, "seed", "carve.argument.number", "carve.option.seed", CARVE_OPTION_SOLVE},
	{CARVE_KEY_SECONDS, "seconds", "carve.argument.number", "carve.option.seconds", CARVE_OPTION_SOLVE},
	{CARVE_KEY_FROM, "from", "carve.argument.from", "carve.option.from", CARVE_OPTION_SOLVE},
	{CARVE_KEY_MAX_CHANGES, "max-changes", "carve.argument.number", "carve.option.max-changes", CARVE_OPTION_SOLVE},
	{CARVE_KEY_KEEP_WEIGHT, "keep-weight", "carve.argument.points", "carve.option.keep-weight", CARVE_OPTION_SOLVE},
	{CARVE_KEY_PIN, "pin", "carve.argument.proposals", "carve.option.pin", CARVE_OPTION_SOLVE},
	{CARVE_KEY_WAIT, "wait", NULL, "carve.option.wait", CARVE_OPTION_SOLVE},
	{CARVE_KEY_NO_WAIT, "no-wait", NULL, "carve.option.no-wait", CARVE_OPTION_SOLVE},
	{CARVE_KEY_PLAN, "plan", "carve.argument.plan", "carve.option.plan", CARVE_OPTION_PLAN},
	{CARVE_KEY_SINCE, "since", "carve.argument.event", "carve.option.since", CARVE_OPTION_WATCH},
	{CARVE_KEY_KIND, "kind", "carve.argument.kinds", "carve.option.kind", CARVE_OPTION_WATCH},
	{CARVE_KEY_PLAN, "plan", "carve.argument.plan", "carve.option.watch-plan", CARVE_OPTION_WATCH},
	{CARVE_KEY_COUNT, "count", "carve.argument.number", "carve.option.count", CARVE_OPTION_BEST},
	{CARVE_KEY_FILE, "file", "carve.argument.path", "carve.option.file", CARVE_OPTION_BEST},
	{CARVE_KEY_PLANS, "plans", "carve.argument.number", "carve.option.plans", CARVE_OPTION_PLANS},
	{CARVE_KEY_FOR, "for", "carve.argument.for", "carve.option.for", CARVE_OPTION_FOR},
	{CARVE_KEY_OUTPUT, "output", "carve.argument.path", "carve.option.output", CARVE_OPTION_REPORT},
	{CARVE_KEY_SITE, "site", "carve.argument.ref", "carve.option.site", CARVE_OPTION_REPORT},
	{CARVE_KEY_FULL, "full", NULL, "carve.option.full", CARVE_OPTION_FULL},
	{CARVE_KEY_SET, "set", "carve.argument.set", "carve.option.set", CARVE_OPTION_CHANGES},
	{CARVE_KEY_WITHOUT, "without", "carve.argument.without", "carve.option.without", CARVE_OPTION_CHANGES},
	{CARVE_KEY_FACILITY, "facility", "carve.argument.facility", "carve.option.facility", CARVE_OPTION_CHANGES},
	{CARVE_KEY_IF_VERSION, "if-version", "carve.argument.number", "carve.option.if-version", CARVE_OPTION_VERSION},
	{CARVE_KEY_CANDIDATE_AGREED, "candidate-agreed", "carve.argument.date", "carve.option.candidate-agreed",
		CARVE_OPTION_ACCEPT},
	{CARVE_KEY_EMPLOYER_AGREED, "employer-agreed", "carve.argument.date", "carve.option.employer-agreed",
		CARVE_OPTION_ACCEPT},
	{CARVE_KEY_FINANCES_DISCUSSED, "finances-discussed", "carve.argument.date", "carve.option.finances-discussed",
		CARVE_OPTION_ACCEPT},
	{CARVE_KEY_CONTACT, "contact", "carve.argument.text", "carve.option.contact", CARVE_OPTION_ACCEPT},
	{CARVE_KEY_REASON, "reason", "carve.argument.reason", "carve.option.reason", CARVE_OPTION_REASON},
	{CARVE_KEY_FOR_GOOD, "for-good", NULL, "carve.option.for-good", CARVE_OPTION_DECLINE},
	{CARVE_KEY_TEXT, "text", "carve.argument.text", "carve.option.text", CARVE_OPTION_TEXT},
	{CARVE_KEY_JSON, "json", NULL, "carve.option.json", EVERY},
	{CARVE_KEY_LANG, "lang", "carve.argument.lang", "carve.option.lang", EVERY},
	{CARVE_KEY_SOCKET, "socket", "carve.argument.path", "carve.option.socket", EVERY},
	{CARVE_KEY_HOST, "host", "carve.argument.host", "carve.option.host", EVERY},
	{CARVE_KEY_HELP, "help", NULL, "carve.option.help", EVERY},
	{CARVE_KEY_VERSION, "version", NULL, "carve.option.version", CARVE_ITSELF},
};

static bool has_option(const struct carve_command *command, int who)
{
	if (who == EVERY)
		return true;
	return who == CARVE_ITSELF ? !command : command && (command->options & (unsigned)who);
}

void carve_help_options_init(
	const struct carve_terminal *terminal, const struct carve_command *command, struct carve_help_options *ret_options)
{
	size_t count = 0;
	*ret_options = (struct carve_help_options){0};
	for (size_t i = 0; i < sizeof option_texts / sizeof *option_texts; i++) {
		const struct option_text *option = &option_texts[i];
		if (has_option(command, option->who))
			ret_options->items[count++] = (struct argp_option){
				.name = option->name,
				.key = option->key,
				.arg = option->argument ? carve_word(terminal, option->argument) : NULL,
				.doc = carve_word(terminal, option->text),
				.group = option->who == EVERY ? 1 : 0,
			};
	}
}

static const char *command_word(const struct carve_terminal *terminal, const struct carve_command *command, const char *what)
{
	char msgid[64];
	snprintf(msgid, sizeof msgid, "carve.%s.%s", command ? command->name : "top", what);
	return carve_word(terminal, msgid);
}

static void add_commands(const struct carve_terminal *terminal, const struct carve_command *commands, struct carved_buffer *doc)
{
	carved_buffer_printf(doc, "\n\n%s\n", carve_word(terminal, "carve.top.commands"));
	for (const struct carve_command *command = commands; command->name; command++)
		carved_buffer_printf(doc, "  %-10s %s\n", command->name, command_word(terminal, command, "summary"));
}

// argp's own words are English wherever no glibc catalogue is installed: what it calls usage and options is replaced in what it wrote.
static void write_translated(const struct carve_terminal *terminal, const char *help)
{
	static const char usage[] = "Usage:", options[] = "[OPTION...]", note[] = "\nMandatory ";
	const char *end = strstr(help, note); // on short options with values: the last thing that argp says, and only in English
	size_t length = end ? (size_t)(end - help) : strlen(help);
	if (strncmp(help, usage, sizeof usage - 1) == 0) {
		fputs(carve_word(terminal, "carve.help.usage"), terminal->out);
		help += sizeof usage - 1;
		length -= sizeof usage - 1;
	}
	const char *found = strstr(help, options);
	if (found) {
		fprintf(terminal->out, "%.*s%s", (int)(found - help), help, carve_word(terminal, "carve.help.options"));
		length -= (size_t)(found - help) + sizeof options - 1;
		help = found + sizeof options - 1;
	}
	fwrite(help, 1, length, terminal->out);
}

void carve_help_print(const struct carve_terminal *terminal, const struct carve_command *commands,
	const struct carve_command *command, const char *name)
{
	struct carved_buffer doc = CARVED_BUFFER_INIT;
	struct carve_help_options options;
	carve_help_options_init(terminal, command, &options);
	carved_buffer_add_text(&doc, command_word(terminal, command, "help"));
	if (!command)
		add_commands(terminal, commands, &doc);
	struct argp argp = {.options = options.items, .args_doc = command_word(terminal, command, "args"), .doc = doc.data};
	char *text = NULL, *own_name = carved_strdup(name);
	size_t length = 0;
	FILE *memory = open_memstream(&text, &length);
	if (!memory)
		carved_out_of_memory();
	argp_help(&argp, memory, ARGP_HELP_SHORT_USAGE | ARGP_HELP_LONG | ARGP_HELP_DOC, own_name);
	fclose(memory);
	write_translated(terminal, text);
	free(text);
	free(own_name);
	carved_buffer_deinit(&doc);
}
