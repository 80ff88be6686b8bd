// SPDX-License-Identifier: EUPL-1.2
// A program of the build: turns icf_codes.csv, icf_labels.csv, postcodes.csv and towns.csv into C tables (tables.h). Bad input ends the build with file and line.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 3, CODES_MAX = 4000, LINE_MAX_ = 512, COLUMN_MAX = 160 };

struct csv {
	const char *name;
	FILE *file;
	int line, columns;
	char column[COLUMNS][COLUMN_MAX];
};

struct code {
	char code[16], kind[16];
	char nl[COLUMN_MAX], en[COLUMN_MAX];
	bool category;
};

static struct code codes[CODES_MAX];
static int code_count;

static void fail(const struct csv *csv, const char *reason)
{
	fprintf(stderr, "%s:%d: %s\n", csv->name, csv->line, reason);
	exit(1);
}

static bool read_row(struct csv *csv);

static void open_csv(struct csv *csv, const char *name, int columns)
{
	*csv = (struct csv){.name = name, .columns = columns, .file = fopen(name, "r")};
	if (!csv->file || !read_row(csv)) // the heading
		fail(csv, "can't be read");
}

// Splits at commas; a column in double quotes may hold some. Requires at least `columns` of them.
static bool read_row(struct csv *csv)
{
	char text[LINE_MAX_];
	int column = 0, used = 0;
	bool quoted = false;
	if (!fgets(text, sizeof text, csv->file))
		return false;
	csv->line++;
	text[strcspn(text, "\r\n")] = '\0';
	memset(csv->column, 0, sizeof csv->column);
	for (const char *at = text; *at; at++) {
		if (*at == '"') {
			quoted = !quoted;
		} else if (*at == ',' && !quoted) {
			if (++column == csv->columns)
				fail(csv, "too many columns");
			used = 0;
		} else if (used < COLUMN_MAX - 1) {
			csv->column[column][used++] = *at;
		} else {
			fail(csv, "a column is too long");
		}
	}
	if (column != csv->columns - 1)
		fail(csv, "a column is missing");
	return true;
}

static int compare_codes(const void *a, const void *b)
{
	return strcmp(((const struct code *)a)->code, ((const struct code *)b)->code);
}

static struct code *find_code(const char *text)
{
	struct code key = {0};
	if (strlen(text) >= sizeof key.code)
		return NULL;
	strcpy(key.code, text);
	return bsearch(&key, codes, (size_t)code_count, sizeof *codes, compare_codes);
}

static void read_codes(const char *name)
{
	struct csv csv;
	open_csv(&csv, name, 2);
	while (read_row(&csv)) {
		if (code_count == CODES_MAX || strlen(csv.column[0]) >= sizeof codes->code)
			fail(&csv, "too many codes, or too long");
		struct code *code = &codes[code_count++];
		strcpy(code->code, csv.column[0]);
		code->category = strcmp(csv.column[1], "category") == 0;
	}
	fclose(csv.file);
	qsort(codes, (size_t)code_count, sizeof *codes, compare_codes);
}

static void read_labels(const char *name)
{
	struct csv csv;
	open_csv(&csv, name, 3);
	while (read_row(&csv)) {
		struct code *code = find_code(csv.column[0]);
		if (!code || !code->category)
			fail(&csv, "not a category of ICF");
		strcpy(code->nl, csv.column[1]);
		strcpy(code->en, csv.column[2]);
	}
	fclose(csv.file);
}

// The row of the nearest broader category: the longest shorter code that is one; -1 at the top.
static int parent_of(const struct code *code, const int row[])
{
	char shorter[16];
	strcpy(shorter, code->code);
	for (size_t length = strlen(shorter) - 1; length >= 4; length--) {
		shorter[length] = '\0';
		struct code *parent = find_code(shorter);
		if (parent && parent->category)
			return row[parent - codes];
	}
	return -1;
}

static void write_text(FILE *out, const char *text)
{
	if (!*text) {
		fputs("NULL", out);
		return;
	}
	fputc('"', out);
	for (; *text; text++)
		fprintf(out, *text == '\\' ? "\\%c" : "%c", *text);
	fputc('"', out);
}

static void write_icf(FILE *out)
{
	int row[CODES_MAX], rows = 0;
	for (int i = 0; i < code_count; i++)
		row[i] = codes[i].category ? rows++ : -1;
	fputs("const struct carved_icf_row carved_icf_rows[] = {\n", out);
	for (int i = 0; i < code_count; i++) {
		if (!codes[i].category)
			continue;
		int parent = parent_of(&codes[i], row);
		fprintf(out, "{\"%s\", %d, ", codes[i].code, parent < 0 ? 0xFFFF : parent);
		write_text(out, codes[i].nl);
		fputs(", ", out);
		write_text(out, codes[i].en);
		fputs("},\n", out);
	}
	fprintf(out, "};\nconst size_t carved_icf_row_count = %d;\n", rows);
	fputs("const char *const carved_icf_groups[] = {\n", out);
	for (int i = 0; i < code_count; i++) {
		if (!codes[i].category)
			fprintf(out, "\"%s\",\n", codes[i].code);
	}
	fprintf(out, "};\nconst size_t carved_icf_group_count = %d;\n", code_count - rows);
}

// Writes the numbers as they stand in the file, so that each becomes the very double that any other program reads there.
static void write_postcodes(FILE *out, const char *name)
{
	struct csv csv;
	long last = 0;
	int rows = 0;
	open_csv(&csv, name, 3);
	fputs("const struct carved_postcode_row carved_postcode_rows[] = {\n", out);
	for (; read_row(&csv); rows++) {
		char *end_of_postcode, *end_of_latitude, *end_of_longitude;
		long postcode = strtol(csv.column[0], &end_of_postcode, 10);
		strtod(csv.column[1], &end_of_latitude);
		strtod(csv.column[2], &end_of_longitude);
		bool number = end_of_latitude != csv.column[1] && end_of_longitude != csv.column[2];
		if (postcode <= last || postcode > 9999 || !number || *end_of_postcode || *end_of_latitude || *end_of_longitude)
			fail(&csv, "not a postcode with its centre, in order");
		last = postcode;
		fprintf(out, "{%ld, %s, %s},\n", postcode, csv.column[1], csv.column[2]);
	}
	fprintf(out, "};\nconst size_t carved_postcode_row_count = %d;\n", rows);
	fclose(csv.file);
}

static void write_towns(FILE *out, const char *name)
{
	struct csv csv;
	int rows = 0;
	open_csv(&csv, name, 3);
	fputs("const struct carved_town carved_town_rows[] = {\n", out);
	for (; read_row(&csv); rows++) {
		char *end_of_latitude, *end_of_longitude;
		strtod(csv.column[1], &end_of_latitude);
		strtod(csv.column[2], &end_of_longitude);
		bool number = end_of_latitude != csv.column[1] && end_of_longitude != csv.column[2];
		if (!*csv.column[0] || !number || *end_of_latitude || *end_of_longitude)
			fail(&csv, "not a town with its centre");
		fputc('{', out);
		write_text(out, csv.column[0]);
		fprintf(out, ", {%s, %s}},\n", csv.column[1], csv.column[2]);
	}
	fprintf(out, "};\nconst size_t carved_town_row_count = %d;\n", rows);
	fclose(csv.file);
}

int main(int count, char *arguments[])
{
	if (count != 6) {
		fputs("usage: tables CODES LABELS POSTCODES TOWNS OUTPUT\n", stderr);
		return 2;
	}
	read_codes(arguments[1]);
	read_labels(arguments[2]);
	FILE *out = fopen(arguments[5], "w");
	if (!out) {
		perror(arguments[5]);
		return 1;
	}
	fputs("#include \"tables.h\"\n", out);
	write_icf(out);
	write_postcodes(out, arguments[3]);
	write_towns(out, arguments[4]);
	return fclose(out) == 0 ? 0 : 1;
}
