// SPDX-License-Identifier: EUPL-1.2
// The integer program of a few people, everybody else fixed, with a limit on how many of them may change. See program.c.
#pragma once
#include "columns.h"
#include "lp.h"

struct carved_program_person {
	uint32_t candidate;
	uint32_t former; // column of the package that the person had; CARVED_NONE: none
	int64_t keep;    // points that leaving it counts for
	bool counts;     // among the changes
};

struct carved_program {
	struct carved_problem *problem;
	const struct carved_columns *pool;
	const uint32_t *left;                       // per resource: what there is for these people; borrowed
	const struct carved_program_person *people; // by candidate; borrowed
	uint32_t people_count;
	int64_t most; // changes; INT64_MAX: any number
	struct carved_lp *lp;
	uint32_t *columns; // of the pool, by column of the program
	uint32_t count, capacity;
	uint32_t *row_of;     // per resource: its row; CARVED_NONE: it can't run short
	uint32_t *row_of_one; // per person
	uint32_t row_of_changes;
	struct most *most_of; // scratch, per resource
	bool solved;          // the relaxation, at least once
};

void carved_program_init(struct carved_program *program, struct carved_problem *problem, const struct carved_columns *pool,
	const uint32_t *left, const struct carved_program_person *people, uint32_t people_count, int64_t most);
void carved_program_deinit(struct carved_program *program);

// Adds a package of one of the people, where it is none of the program's yet. Requires: it fits in what is left.
void carved_program_add(struct carved_program *program, uint32_t column);

// Solves the relaxation; its prices (all resources) into ret_prices, micro.
enum carved_lp_answer carved_program_solve(struct carved_program *program, int64_t *ret_prices);

// Of the last relaxation: what a package must be worth beyond the prices of what it uses to be of any use, micro. Not for former packages.
int64_t carved_program_threshold(const struct carved_program *program, uint32_t person);

// Whether the last relaxation is a point above what the first `present` columns bring together: without that no choice is better than they are.
bool carved_program_promises_more(const struct carved_program *program, uint32_t present);

// Whole packages. `chosen`, a flag per column, is a start that keeps every row on entry and the best found on return. Returns whether that is better.
bool carved_program_solve_binary(struct carved_program *program, uint32_t node_limit, bool *chosen);
