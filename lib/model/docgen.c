// SPDX-License-Identifier: EUPL-1.2
// A program of the build: writes docs/documents.md, the reference of documents, from the schema. What stands between the tables is in docgen_text.h.
#include "carved/model/reference.h"
#include "docgen_text.h"
#include "schema.h"
#include <stdio.h>
#include <string.h>

static void write_holds(FILE *out, const struct carved_reference *reference)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_reference_add_holds(reference, CARVED_ENGLISH, &text);
	fputs(text.data, out);
	carved_buffer_deinit(&text);
}

static void write_default(FILE *out, const struct carved_reference *reference)
{
	char text[CARVED_HOURS_TEXT_MAX];
	if (carved_reference_is_required(reference))
		fputs("required", out);
	else if (carved_reference_default(reference, text))
		fputs(text, out);
}

static void write_rows(FILE *out, const struct carved_reference *above, const char *path_above)
{
	char path[120];
	for (size_t i = 0; i < carved_reference_count(above); i++) {
		struct carved_reference reference = carved_reference_below(above, i);
		enum carved_field_kind kind = reference.field->kind;
		fprintf(out, "| `%s%s` | ", path_above, carved_reference_key(&reference));
		write_holds(out, &reference);
		fputs(" | ", out);
		write_default(out, &reference);
		fprintf(out, " | %s | %s | `%s` |\n", carved_reference_meaning(&reference, CARVED_ENGLISH),
			carved_reference_meaning(&reference, CARVED_DUTCH), carved_reference_example(&reference));
		const char *step = kind == CARVED_FIELD_LIST || kind == CARVED_FIELD_HOURS_STEPS ? "[]."
				   : kind == CARVED_FIELD_VOCABULARY                             ? ".*."
												 : ".";
		snprintf(path, sizeof path, "%s%s%s", path_above, carved_reference_key(&reference), step);
		write_rows(out, &reference, path);
	}
}

static void write_kind(FILE *out, enum carved_kind kind)
{
	struct carved_reference reference = carved_reference_of(kind);
	fprintf(out, "## %s\n\n%s\n", docgen_kinds[kind].heading, docgen_kinds[kind].text);
	fputs("| key | holds | when absent | meaning | betekenis | example |\n|---|---|---|---|---|---|\n", out);
	write_rows(out, &reference, "");
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
