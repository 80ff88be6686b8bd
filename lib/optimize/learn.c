// SPDX-License-Identifier: EUPL-1.2
// Rounds that look packages up take some ten microseconds, one that prices a few hundred; and what they learn is worth more than the plan that they make. So a
// second thread prices, in a plan of its own: a copy of the search's as it was when the turn began, taken apart and filled again in the same manner. What it finds is
// on the shelves in the next turn.
//
// While a turn lasts the search reads the pool and the learner adds to it, in memory that was reserved before: nothing moves, and neither waits for the other. With
// one thread the two run one after the other, to the same end.
#include "learn.h"

#define FOUND_A_ROUND 64 // packages, for which memory is reserved; what is found beyond that is found again later

void carved_learner_init(struct carved_learner *learner, struct carved_recreate *search)
{
	*learner = (struct carved_learner){.of = search};
	carved_draft_init(&learner->plan, search->problem, search->fill->pool);
	carved_fill_init_beside(&learner->fill, search->fill, &learner->plan);
	carved_fill_forget_offers(&learner->fill);
	carved_recreate_init_beside(&learner->search, search, &learner->fill);
	learner->search.best_value = INT64_MAX; // nobody asks for the best of its plans
	learner->search.random.state = carved_random_next(&search->random);
	search->learner = learner;
}

void carved_learner_deinit(struct carved_learner *learner)
{
	learner->of->learner = NULL;
	carved_fill_forget_offers(&learner->fill);
	carved_recreate_deinit_beside(&learner->search);
	carved_fill_deinit_beside(&learner->fill);
	carved_draft_deinit(&learner->plan);
}

static void run(void *context, uint32_t worker, uint32_t index)
{
	struct carved_learner *learner = context;
	if (index == 0) {
		carved_recreate_rounds(learner->of, learner->rounds, learner->pace_of);
	} else {
		learner->fill.worker = worker;
		carved_recreate_rounds(&learner->search, learner->rounds / learner->of->style.priced_round, &learner->pace);
	}
}

void carved_learner_run(struct carved_learner *learner, uint32_t rounds, struct carved_recreate_pace *pace)
{
	struct carved_recreate *search = learner->of;
	carved_fill_take_up(search->fill);
	search->fill->is_beside = true;
	carved_columns_reserve(search->fill->pool, rounds / search->style.priced_round * FOUND_A_ROUND);
	carved_draft_mark(&learner->plan);
	carved_draft_assign(&learner->plan, search->plan->column);
	learner->rounds = rounds;
	learner->pace_of = pace;
	pace->looks = CARVED_RECREATE_KNOWN;
	learner->pace = *pace;
	learner->pace.cooling = 1;
	learner->pace.looks = CARVED_RECREATE_PRICED;
	carved_crew_run(search->problem->crew, 2, run, learner);
	search->fill->is_beside = false;
}
