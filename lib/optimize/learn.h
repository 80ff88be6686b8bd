// SPDX-License-Identifier: EUPL-1.2
// Ruin and recreate on two threads: one looks packages up, the other one prices new ones beside it. See learn.c.
#pragma once
#include "recreate.h"

#define CARVED_LEARN_ROUNDS 2500 // of a turn, after which each knows what the other one has

struct carved_learner {
	struct carved_recreate *of;
	struct carved_draft plan;
	struct carved_fill fill;
	struct carved_recreate search;
	struct carved_recreate_pace pace;
	struct carved_recreate_pace *pace_of;
	uint32_t rounds; // of the search in the turn at hand
};

// For a search that has been initialised and must live as long; from here on it prices nothing itself.
void carved_learner_init(struct carved_learner *learner, struct carved_recreate *search);
void carved_learner_deinit(struct carved_learner *learner);

// A turn: so many rounds of the search (carved_recreate_rounds), and the learner's beside them.
void carved_learner_run(struct carved_learner *learner, uint32_t rounds, struct carved_recreate_pace *pace);
