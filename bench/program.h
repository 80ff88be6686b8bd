// SPDX-License-Identifier: EUPL-1.2
// A mixed-integer program in memory, and as a file that glpsol, CBC and HiGHS all read (the LP format of CPLEX).
//
// The file minimises the negative of the value: tools agree on that, not on how they report a maximum.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// What a column stands for: a letter and up to two numbers, written as "x12_345"; CARVED_NONE leaves a number out.
struct program_name {
	char letter;
	uint32_t a, b;
};

struct program_column {
	struct program_name name;
	double lower, upper, value; // value: points per unit, to be maximised
	bool whole;
};

enum program_sense { PROGRAM_AT_MOST, PROGRAM_AT_LEAST, PROGRAM_EQUAL };

struct program_row {
	const char *rule; // what it is for: the rule's name; static storage
	enum program_sense sense;
	double right;
};

struct program_entry {
	uint32_t row, column;
	double factor;
};

struct program {
	struct program_column *columns;
	struct program_row *rows;
	struct program_entry *entries;
	size_t column_count, row_count, entry_count;
	size_t column_room, row_room, entry_room;
};

// Returns the number of the new column: lower <= column <= upper.
uint32_t program_add_column(struct program *program, struct program_name name, double upper, double value, bool whole);
// Returns the number of the new row, without entries.
uint32_t program_add_row(struct program *program, const char *rule, enum program_sense sense, double right);
void program_add(struct program *program, uint32_t row, uint32_t column, double factor);
// The column can be nothing but `value`.
void program_fix(struct program *program, uint32_t column, double value);

// Writes it; rows without entries are left out. Returns false where the file can't take it.
bool program_write(const struct program *program, FILE *file);

void program_deinit(struct program *program);
