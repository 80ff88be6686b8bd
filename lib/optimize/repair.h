// SPDX-License-Identifier: EUPL-1.2
// From a plan to a better one near it: integer programs (desks.h) of the people whom a change touches, and of those around anybody. See repair.c.
#pragma once
#include "desks.h"
#include "random.h"

typedef void (*carved_repair_improved_fn)(void *context); // the plan is better than it was

struct carved_repair {
	struct carved_problem *problem;
	const struct carved_restart *restart;
	struct carved_draft *plan;
	struct carved_desks desks;
	struct carved_random random;
	struct carved_ranking ranking; // scratch: people or pairs
	carved_repair_improved_fn improved;
	void *context;
};

// Requires: as carved_desks_init.
void carved_repair_init(struct carved_repair *repair, const struct carved_restart *restart, const struct carved_dual *dual,
	struct carved_draft *plan, uint64_t seed, carved_repair_improved_fn improved, void *context);
void carved_repair_deinit(struct carved_repair *repair);

// Puts in who has no package, as far as there is room, then solves the programs around those who had to change and around the most promising of those without.
void carved_repair_touched(struct carved_repair *repair);

// Programs around those whose former package weighs something by itself (start.h: keep) and who have another in the plan, until none brings anything.
void carved_repair_kept(struct carved_repair *repair);

// `rounds` programs around anybody, until a long run of them brings nothing.
void carved_repair_anywhere(struct carved_repair *repair, uint32_t rounds);

// All of these end early where they are told to, or at the gap asked for (carved_problem_is_done).
