// SPDX-License-Identifier: EUPL-1.2
#include "table.h"
#include "carved/base/arena.h"
#include <libsmartcols/libsmartcols.h>
#include <stdlib.h>
#include <string.h>

struct carve_table {
	const struct carve_terminal *terminal;
	struct libscols_table *table;
	struct libscols_line *line; // the last one
};

// libsmartcols fails only where memory runs out.
static void must(bool done)
{
	if (!done)
		carved_out_of_memory();
}

struct carve_table *carve_table_new(const struct carve_terminal *terminal)
{
	struct carve_table *table = carved_alloc(sizeof *table);
	*table = (struct carve_table){.terminal = terminal, .table = scols_new_table()};
	must(table->table);
	// Lines are never cut off or folded: what is too wide scrolls or wraps by the terminal, and a pipe gets the same as a screen.
	scols_table_set_termforce(table->table, SCOLS_TERMFORCE_NEVER);
	scols_table_set_column_separator(table->table, "  ");
	scols_table_enable_colors(table->table, terminal->out_colors);
	return table;
}

void carve_table_free(struct carve_table *table)
{
	if (table)
		scols_unref_table(table->table);
	free(table);
}

void carve_table_add_column(struct carve_table *table, const char *heading, bool right)
{
	struct libscols_column *column =
		scols_table_new_column(table->table, heading, 0, SCOLS_FL_WRAP | (right ? SCOLS_FL_RIGHT : 0));
	must(column);
	scols_column_set_safechars(column, "\n");
	scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
	scols_cell_set_color(scols_column_get_header(column), "bold");
}

void carve_table_add_line(struct carve_table *table)
{
	table->line = scols_table_new_line(table->table, NULL);
	must(table->line);
}

void carve_table_set(struct carve_table *table, size_t column, const char *text)
{
	must(scols_line_set_data(table->line, column, text ? text : "") == 0);
}

void carve_table_set_integer(struct carve_table *table, size_t column, long long value)
{
	char text[24];
	snprintf(text, sizeof text, "%lld", value);
	carve_table_set(table, column, text);
}

void carve_table_hide_headings(struct carve_table *table)
{
	scols_table_enable_noheadings(table->table, 1);
}

// The last column is padded too: without the spaces a table can be pasted anywhere.
static size_t trimmed(const char *line, size_t length)
{
	while (length > 0 && line[length - 1] == ' ')
		length--;
	return length;
}

void carve_table_print(struct carve_table *table, int indent)
{
	char *text = NULL;
	must(scols_print_table_to_string(table->table, &text) == 0);
	for (const char *line = text; line && *line;) {
		size_t length = strcspn(line, "\n");
		fprintf(table->terminal->out, "%*s%.*s\n", length ? indent : 0, "", (int)trimmed(line, length), line);
		line += length + (line[length] == '\n');
	}
	free(text);
}
