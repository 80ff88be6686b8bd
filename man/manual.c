// SPDX-License-Identifier: EUPL-1.2
// A program of the build: writes carve(1) and carve's completion for bash from the tables that the command line is read by, and carved-documents(5) from those that
// documents are read by, so that none can fall behind.
// usage: carve-manual man OUTPUT | carve-manual documents OUTPUT | carve-manual bash OUTPUT TAIL     TAIL: what uses the tables, written by hand
#include "carved/model/reference.h"
#include "commands.h"
#include "help.h"
#include <stdio.h>
#include <string.h>

static const struct carve_terminal english = {.language = CARVED_ENGLISH};

static const char *word_of(const struct carve_command *command, const char *what)
{
	char msgid[64];
	snprintf(msgid, sizeof msgid, "carve.%s.%s", command ? command->name : "top", what);
	return carve_word(&english, msgid);
}

// Running text as mdoc takes it: what would be a request or an escape is none, a paragraph is one.
static void write_text(FILE *out, const char *text)
{
	bool begins = true;
	for (; *text; text++) {
		if (strncmp(text, "\n\n", 2) == 0) {
			fputs("\n.Pp", out);
			text++;
			putc('\n', out);
			begins = true;
			continue;
		}
		if (begins && (*text == '.' || *text == '\''))
			fputs("\\&", out);
		begins = *text == '\n';
		if (*text == '\\')
			fputs("\\e", out);
		else if (strncmp(text, ". ", 2) == 0 && text[2] >= 'A' && text[2] <= 'Z') { // a sentence, a line
			fputs(".\n", out);
			text++;
			begins = true;
		} else
			putc(*text, out);
	}
	putc('\n', out);
}

static void write_options(FILE *out, const struct carve_command *command, int group)
{
	struct carve_help_options options;
	carve_help_options_init(&english, command, &options);
	fputs(".Bl -tag -width Ds\n", out);
	for (const struct argp_option *option = options.items; option->name; option++) {
		if (option->group != group)
			continue;
		fprintf(out, ".It Fl -%s", option->name);
		if (option->arg)
			fprintf(out, " Ar %s", option->arg);
		putc('\n', out);
		write_text(out, option->doc);
	}
	fputs(".El\n", out);
}

static void write_command(FILE *out, const struct carve_command *command)
{
	const char *arguments = word_of(command, "args");
	fprintf(out, ".It Nm carve Cm %s", command->name);
	if (strcmp(arguments, " ") != 0)
		fprintf(out, " Ar %s", arguments);
	putc('\n', out);
	write_text(out, word_of(command, "help"));
	if (command->options)
		write_options(out, command, 0);
}

static void write_man(FILE *out)
{
	static const char *const exits[] = {"done", "done, and there is no result",
		"the command line makes no sense, or a file can't be read", "a document is invalid, or too large", "not found",
		"it changed meanwhile, or its state does not allow this", "this user may not",
		"the daemon can't be reached or is too busy", "a fault of carved or carve; a plan that failed"};
	fputs(".\\\" SPDX-License-Identifier: EUPL-1.2\n.\\\" Made by carve-manual from the tables of the command line.\n.Dd "
	      "November 23, 2026\n.Dt CARVE 1\n.Os carved\n",
		out);
	fputs(".Sh NAME\n.Nm carve\n.Nd matches job seekers with vacancies and carved jobs\n.Sh SYNOPSIS\n.Nm carve\n.Op Ar "
	      "option ...\n.Ar command\n.Op Ar argument ...\n",
		out);
	fputs(".Sh DESCRIPTION\n", out);
	write_text(out, word_of(NULL, "help"));
	fputs(".Ss Commands\n.Bl -tag -width Ds\n", out);
	for (const struct carve_command *command = carve_commands; command->name; command++)
		write_command(out, command);
	fputs(".El\n.Ss Options that every command has\n", out);
	write_options(out, NULL, 1);
	fputs(".Sh ENVIRONMENT\n.Bl -tag -width CARVED_SOCKET\n.It Ev CARVED_SOCKET\nthe daemon's socket\n.It Ev "
	      "CARVED_HOST\nthe daemon's host, where no socket is named\n"
	      ".It Ev CARVED_SSH\nthe program to use for ssh\n.It Ev LC_ALL , LC_MESSAGES , LANG\nthe language: Dutch where they "
	      "say nl, else English\n"
	      ".It Ev NO_COLOR\nno colours\n.El\n.Sh FILES\n.Bl -tag -width Ds\n.It Pa /run/carved/carved.sock\nthe daemon's "
	      "socket\n.El\n.Sh EXIT STATUS\n.Bl -tag -width Ds\n",
		out);
	for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
		fprintf(out, ".It %zu\n%s\n", i, exits[i]);
	fputs(".El\n.Sh SEE ALSO\n.Xr carved-documents 5 ,\n.Xr carved.yaml 5 ,\n.Xr carved 8\n", out);
}

static void write_key(FILE *out, const struct carved_reference *key)
{
	struct carved_buffer holds = CARVED_BUFFER_INIT;
	char usual[CARVED_HOURS_TEXT_MAX];
	const char *meaning = carved_reference_meaning(key, CARVED_ENGLISH);
	carved_reference_add_holds(key, CARVED_ENGLISH, &holds);
	fprintf(out, ".It Cm %s\n", key->path);
	write_text(out, holds.data);
	if (carved_reference_is_required(key))
		fputs("(required)\n", out);
	else if (carved_reference_default(key, usual))
		fprintf(out, "(%s when absent)\n", usual);
	if (meaning && *meaning) {
		fputs(".br\n", out);
		write_text(out, meaning);
	}
	carved_buffer_deinit(&holds);
	for (size_t i = 0; i < carved_reference_count(key); i++) {
		struct carved_reference below = carved_reference_below(key, i);
		write_key(out, &below);
	}
}

static void write_documents(FILE *out)
{
	fputs(".\\\" SPDX-License-Identifier: EUPL-1.2\n.\\\" Made by carve-manual from the schema.\n.Dd November 23, 2026\n.Dt "
	      "CARVED-DOCUMENTS 5\n.Os carved\n",
		out);
	fputs(".Sh NAME\n.Nm carved-documents\n.Nd what carved knows of people and of work\n.Sh DESCRIPTION\n"
	      "Candidates, sites, coaches and a vocabulary, each as YAML 1.2 or JSON; a file may hold several.\nHours are hours "
	      "a week in quarters.\n"
	      "An unknown key is an error.\nNames, birth dates, citizen numbers, diagnoses, sex, origin and religion are "
	      "refused.\n.Pp\n"
	      ".Ql carve explain candidate.hours\nexplains one key, with an example, in English and Dutch.\n",
		out);
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		struct carved_reference reference = carved_reference_of((enum carved_kind)kind);
		fprintf(out, ".Ss %s\n.Bl -tag -width Ds\n", carved_kind_names[kind]);
		for (size_t i = 0; i < carved_reference_count(&reference); i++) {
			struct carved_reference key = carved_reference_below(&reference, i);
			write_key(out, &key);
		}
		fputs(".El\n", out);
	}
	fputs(".Sh SEE ALSO\n.Xr carve 1 ,\n.Xr carved 8\n", out);
}

// Lists of words as bash's `case` answers them: of each command its options, and those that take a value.
static void write_case(FILE *out, const char *function, bool with_value)
{
	fprintf(out, "%s() {\n\tcase $1 in\n", function);
	for (const struct carve_command *command = carve_commands;; command++) {
		struct carve_help_options options;
		carve_help_options_init(&english, command->name ? command : NULL, &options);
		fprintf(out, "\t%s) echo '", command->name ? command->name : "*");
		for (const struct argp_option *option = options.items; option->name; option++) {
			if (!with_value || option->arg)
				fprintf(out, " --%s", option->name);
		}
		fputs("' ;;\n", out);
		if (!command->name)
			break;
	}
	fputs("\tesac\n}\n", out);
}

static int write_bash(FILE *out, const char *tail)
{
	char line[1024];
	FILE *rest = fopen(tail, "r");
	if (!rest) {
		perror(tail);
		return 1;
	}
	fputs("# SPDX-License-Identifier: EUPL-1.2\n# Made by carve-manual from the tables of the command line, and from "
	      "man/carve.bash.\n_carve_commands='",
		out);
	for (const struct carve_command *command = carve_commands; command->name; command++)
		fprintf(out, " %s", command->name);
	fputs("'\n", out);
	write_case(out, "_carve_options", false);
	write_case(out, "_carve_valued", true);
	while (fgets(line, sizeof line, rest))
		fputs(line, out);
	fclose(rest);
	return 0;
}

int main(int count, char **arguments)
{
	bool man = count == 3 && strcmp(arguments[1], "man") == 0,
	     documents = count == 3 && strcmp(arguments[1], "documents") == 0;
	bool bash = count == 4 && strcmp(arguments[1], "bash") == 0;
	FILE *out = man || documents || bash ? fopen(arguments[2], "w") : NULL;
	int status = 0;
	if (!out) {
		fputs("usage: carve-manual man OUTPUT | carve-manual documents OUTPUT | carve-manual bash OUTPUT TAIL\n", stderr);
		return 2;
	}
	if (man)
		write_man(out);
	else if (documents)
		write_documents(out);
	else
		status = write_bash(out, arguments[3]);
	return fclose(out) == 0 ? status : 1;
}
