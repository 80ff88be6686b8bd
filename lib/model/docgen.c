// SPDX-License-Identifier: EUPL-1.2
// A program of the build: writes docs/documents.md, the reference of documents, from the schema. What stands between the tables is in docgen_text.h.
#include "docgen_text.h"
#include "schema.h"
#include <stdio.h>
#include <string.h>

static void write_choices(FILE *out, const char *const *choices)
{
	for (size_t i = 0; choices[i]; i++)
		fprintf(out, "%s`%s`", i ? ", " : "", choices[i]);
}

static void write_hours(FILE *out, int64_t quarters)
{
	char text[CARVED_HOURS_TEXT_MAX];
	fputs(carved_quarters_format((int)quarters, text), out);
}

static const char *simple_kind(enum carved_field_kind kind)
{
	switch (kind) {
	case CARVED_FIELD_KIND:
		return "the kind of document";
	case CARVED_FIELD_TEXT:
		return "text";
	case CARVED_FIELD_REF:
		return "reference";
	case CARVED_FIELD_WORD:
		return "word";
	case CARVED_FIELD_SHARE:
		return "number from 0 to 1, three decimals at most";
	case CARVED_FIELD_DATE:
		return "date, year-month-day";
	case CARVED_FIELD_BOOL:
		return "`true` or `false`";
	case CARVED_FIELD_PER:
		return "`week`";
	case CARVED_FIELD_POSTCODE:
		return "postcode, four digits";
	case CARVED_FIELD_ICF:
		return "ICF category";
	case CARVED_FIELD_QUALIFIER:
		return "0 to 4";
	case CARVED_FIELD_LEVELS:
		return "ICF category: level 0 to 4";
	case CARVED_FIELD_QUALIFIERS:
		return "ICF category: 0 to 4, or 8";
	case CARVED_FIELD_AVAILABLE:
		return "day: list of parts, with hours where they differ";
	case CARVED_FIELD_OPEN:
		return "day: list of parts";
	case CARVED_FIELD_WHEN:
		return "list of day parts, such as `mon-am`";
	case CARVED_FIELD_TASK_HOURS:
		return "hours, or day part: hours";
	case CARVED_FIELD_MINUTES:
		return "postcode: minutes";
	case CARVED_FIELD_VOCABULARY:
		return "word: its labels";
	case CARVED_FIELD_OBJECT:
		return "map";
	default:
		return "";
	}
}

static void write_holds(FILE *out, const struct carved_field *field)
{
	switch (field->kind) {
	case CARVED_FIELD_INTEGER:
		fprintf(out, "whole number, %lld to %lld", (long long)field->least, (long long)field->most);
		break;
	case CARVED_FIELD_HOURS:
		fputs("hours, ", out);
		write_hours(out, field->least);
		fputs(" to ", out);
		write_hours(out, field->most);
		break;
	case CARVED_FIELD_CHOICE:
		write_choices(out, field->choices);
		break;
	case CARVED_FIELD_CHOICES:
		fputs("list of ", out);
		write_choices(out, field->choices);
		break;
	case CARVED_FIELD_WORDS:
		fprintf(out, "list of words, at most %lld", (long long)field->most);
		break;
	case CARVED_FIELD_REFS:
		fprintf(out, "list of references, at most %lld", (long long)field->most);
		break;
	case CARVED_FIELD_LIST:
		fputs("list of maps", out);
		if (field->most)
			fprintf(out, ", at most %lld", (long long)field->most);
		break;
	default:
		fputs(simple_kind(field->kind), out);
	}
}

static void write_default(FILE *out, const struct carved_field *field)
{
	if (field->required)
		fputs("required", out);
	else if (field->states_default && field->kind == CARVED_FIELD_HOURS)
		write_hours(out, field->otherwise);
	else if (field->states_default)
		fprintf(out, "%lld", (long long)field->otherwise);
}

static void write_rows(FILE *out, const struct carved_schema *schema, const char *above)
{
	char path[120];
	for (size_t i = 0; i < schema->count; i++) {
		const struct carved_field *field = &schema->fields[i];
		if (!field->key)
			continue;
		fprintf(out, "| `%s%s` | ", above, field->key);
		write_holds(out, field);
		fputs(" | ", out);
		write_default(out, field);
		fprintf(out, " | %s | %s | `%s` |\n", field->en, field->nl, field->example);
		const char *step = field->kind == CARVED_FIELD_LIST         ? "[]."
				   : field->kind == CARVED_FIELD_VOCABULARY ? ".*."
									    : ".";
		snprintf(path, sizeof path, "%s%s%s", above, field->key, step);
		if (field->schema)
			write_rows(out, field->schema, path);
	}
}

static void write_kind(FILE *out, enum carved_kind kind)
{
	fprintf(out, "## %s\n\n%s\n", docgen_kinds[kind].heading, docgen_kinds[kind].text);
	fputs("| key | holds | when absent | meaning | betekenis | example |\n|---|---|---|---|---|---|\n", out);
	write_rows(out, carved_schemas[kind], "");
	fprintf(out, "\n```yaml\n%s```\n\n", docgen_kinds[kind].example);
}

int main(int count, char *arguments[])
{
	if (count != 2) {
		fputs("usage: carved-docgen OUTPUT\n", stderr);
		return 2;
	}
	FILE *out = fopen(arguments[1], "w");
	if (!out) {
		perror(arguments[1]);
		return 1;
	}
	fputs(docgen_begin, out);
	for (int kind = 0; kind < CARVED_KINDS; kind++)
		write_kind(out, (enum carved_kind)kind);
	fputs(docgen_end, out);
	return fclose(out) == 0 ? 0 : 1;
}
