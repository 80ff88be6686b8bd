// SPDX-License-Identifier: EUPL-1.2
#include "program.h"
#include "carved/base/arena.h"
#include "carved/instance/instance.h"
#include <stdlib.h>
#include <string.h>

#define TERMS_A_LINE 6 // readers of the format stop at long lines

static void *make_room(void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 1024;
	return carved_realloc_array(items, *room, size);
}

uint32_t program_add_column(struct program *p, struct program_name name, double upper, double value, bool whole)
{
	p->columns = make_room(p->columns, p->column_count, &p->column_room, sizeof *p->columns);
	p->columns[p->column_count] = (struct program_column){.name = name, .upper = upper, .value = value, .whole = whole};
	return (uint32_t)p->column_count++;
}

uint32_t program_add_row(struct program *p, const char *rule, enum program_sense sense, double right)
{
	p->rows = make_room(p->rows, p->row_count, &p->row_room, sizeof *p->rows);
	p->rows[p->row_count] = (struct program_row){.rule = rule, .sense = sense, .right = right};
	return (uint32_t)p->row_count++;
}

void program_add(struct program *p, uint32_t row, uint32_t column, double factor)
{
	p->entries = make_room(p->entries, p->entry_count, &p->entry_room, sizeof *p->entries);
	p->entries[p->entry_count++] = (struct program_entry){.row = row, .column = column, .factor = factor};
}

void program_fix(struct program *p, uint32_t column, double value)
{
	p->columns[column].lower = p->columns[column].upper = value;
}

static void write_name(FILE *file, const struct program_name *name)
{
	fprintf(file, "%c", name->letter);
	if (name->a != CARVED_NONE)
		fprintf(file, "%u", name->a);
	if (name->b != CARVED_NONE)
		fprintf(file, "_%u", name->b);
}

static void write_term(FILE *file, const struct program *p, uint32_t column, double factor, size_t place)
{
	if (place && place % TERMS_A_LINE == 0)
		fputs("\n ", file);
	fprintf(file, " %c ", factor < 0 ? '-' : '+');
	if (factor != 1 && factor != -1)
		fprintf(file, "%.15g ", factor < 0 ? -factor : factor);
	write_name(file, &p->columns[column].name);
}

static void write_objective(const struct program *p, FILE *file)
{
	size_t place = 0;
	fputs("Minimize\n value:", file);
	for (uint32_t c = 0; c < p->column_count; c++) {
		if (p->columns[c].value != 0)
			write_term(file, p, c, -p->columns[c].value, place++);
	}
	if (!place && p->column_count)
		write_term(file, p, 0, 0, 0);
	fputs("\nSubject To\n", file);
}

static int by_row(const void *left, const void *right)
{
	const struct program_entry *a = left, *b = right;
	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return a->column < b->column ? -1 : a->column > b->column;
}

// Entries by row, and those of one column in one row added up.
static struct program_entry *sorted_entries(const struct program *p, size_t *ret_count)
{
	struct program_entry *entries = carved_alloc_array(p->entry_count + 1, sizeof *entries);
	size_t count = 0;
	if (p->entry_count)
		memcpy(entries, p->entries, p->entry_count * sizeof *entries);
	qsort(entries, p->entry_count, sizeof *entries, by_row);
	for (size_t i = 0; i < p->entry_count; i++) {
		if (count && entries[count - 1].row == entries[i].row && entries[count - 1].column == entries[i].column)
			entries[count - 1].factor += entries[i].factor;
		else
			entries[count++] = entries[i];
	}
	*ret_count = count;
	return entries;
}

static void write_rows(const struct program *p, FILE *file)
{
	static const char *const senses[] = {"<=", ">=", "="};
	size_t count;
	struct program_entry *entries = sorted_entries(p, &count);
	for (size_t i = 0; i < count;) {
		const struct program_row *row = &p->rows[entries[i].row];
		size_t end = i;
		fprintf(file, " %s_%u:", row->rule, entries[i].row);
		for (; end < count && entries[end].row == entries[i].row; end++)
			write_term(file, p, entries[end].column, entries[end].factor, end - i);
		fprintf(file, " %s %.15g\n", senses[row->sense], row->right);
		i = end;
	}
	free(entries);
}

static void write_bounds(const struct program *p, FILE *file)
{
	fputs("Bounds\n", file);
	for (uint32_t c = 0; c < p->column_count; c++) {
		fprintf(file, " %.15g <= ", p->columns[c].lower);
		write_name(file, &p->columns[c].name);
		fprintf(file, " <= %.15g\n", p->columns[c].upper);
	}
}

static void write_whole(const struct program *p, FILE *file)
{
	size_t place = 0;
	for (uint32_t c = 0; c < p->column_count; c++) {
		if (!p->columns[c].whole)
			continue;
		fputs(place == 0 ? "General\n " : place % TERMS_A_LINE == 0 ? "\n " : " ", file);
		write_name(file, &p->columns[c].name);
		place++;
	}
	fputs(place ? "\nEnd\n" : "End\n", file);
}

bool program_write(const struct program *p, FILE *file)
{
	write_objective(p, file);
	write_rows(p, file);
	write_bounds(p, file);
	write_whole(p, file);
	return fflush(file) == 0 && !ferror(file);
}

void program_deinit(struct program *p)
{
	free(p->columns);
	free(p->rows);
	free(p->entries);
	*p = (struct program){0};
}
