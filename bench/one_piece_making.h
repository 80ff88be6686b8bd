// SPDX-License-Identifier: EUPL-1.2
// Inside the one-piece program only: what its making passes around.
#pragma once
#include "carved/fit/fit.h"
#include "one_piece.h"

#define NO_COLUMN UINT32_MAX
#define LOADS                                                                                                                    \
	512 // distinct sets of day parts that one person's slots have: at most 2^k for k kinds of opening hours; more end the program

struct load {
	carved_parts_mask parts;
	uint32_t row;
};

struct making {
	struct program *program;
	const struct carved_instance *in;
	uint32_t *supply, *donor, *places, *supervision, *coach, *reserve; // rows
	// of the candidate at hand
	uint32_t candidate;
	const struct carved_instance_candidate *person;
	int64_t place; // points
	uint32_t one;
	uint32_t *limits;         // rows
	uint32_t *aids, *unknown; // columns per aid and category, NO_COLUMN until used
	uint32_t supervisors;     // columns so far
	struct load loads[LOADS];
	uint32_t load_count;
};

// A column of the candidate at hand that is 0 or 1.
uint32_t one_piece_binary(struct making *m, char letter, uint32_t number, double value);

// The row of the hours that share these parts; it is balanced by the parts that they are laid into (one_piece_lay_week).
uint32_t one_piece_row_of_parts(struct making *m, carved_parts_mask parts);

// Rows and columns of rule `schedule` for the candidate at hand. Requires: all packages of the candidate have been added.
void one_piece_lay_week(struct making *m);
