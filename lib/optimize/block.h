// SPDX-License-Identifier: EUPL-1.2
// Integer programs over the packages known: of the whole region where those that matter are few, of blocks of it elsewhere, with the rest of the plan fixed.
#pragma once
#include "dual.h"
#include "recreate.h"

struct carved_block {
	struct carved_problem *problem;
	struct carved_columns *pool;
	const struct carved_dual *dual;
	struct carved_recreate *search; // its plan, its indexes, its dice
	uint32_t *people;               // of this block
	uint32_t people_count;
	uint32_t site;                // the only one whose packages take part; CARVED_NONE: all sites' do
	bool *inside;                 // per candidate
	struct block_column *columns; // scratch
	uint32_t column_capacity;
};

void carved_block_init(struct carved_block *block, const struct carved_dual *dual, struct carved_recreate *search);
void carved_block_deinit(struct carved_block *block);

// Improves the search's plan by a program for every site by itself, told as those below are.
void carved_block_sites(struct carved_block *block);

// Improves the search's plan by up to `rounds` programs; each improvement is told through search->improved. Stops early where it is told to, or at the gap.
void carved_block_run(struct carved_block *block, uint32_t rounds);

// Whether the plan's value is near enough to the bound (budget.gap_target).
bool carved_block_is_done(const struct carved_block *block);
