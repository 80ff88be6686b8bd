// SPDX-License-Identifier: EUPL-1.2
// Rule `build-up`: the steps that a proposal shows, each a part of the package that holds by itself. They are not made again here: whoever shows steps has to show
// right ones. The person's minimum is the package's; a step has its own hours.
#include "check_state.h"

static void add(const struct carved_checked_proposal *checked, size_t piece, const char *what, int64_t found, int64_t allowed)
{
	carved_checked_add(checked, CARVED_RULE_BUILD_UP, piece, what, found, allowed);
}

// The piece of a step: nothing, or no less than the task's smallest piece and no more than the package has.
static void check_piece(const struct carved_checked_proposal *checked, size_t piece, int64_t found_q)
{
	const struct carved_slot *slot = carved_checked_slot(checked, piece);
	int64_t most_q = checked->proposal->pieces[piece].hours_q, least_q = slot->chunk_q < most_q ? slot->chunk_q : most_q;
	if (found_q > most_q || found_q < 0)
		add(checked, piece, slot->task->ref, found_q, most_q);
	else if (found_q > 0 && found_q < least_q)
		add(checked, piece, slot->task->ref, found_q, least_q);
}

static void check_hours(const struct carved_checked_proposal *checked, size_t step, const int64_t *piece_q, int64_t sum_q)
{
	const struct carved_proposal_step *shown = &checked->proposal->steps[step];
	const struct carved_build_up *asked = &checked->candidate->build_up[step];
	int64_t hours_q = asked->hours_q < checked->hours_q ? asked->hours_q : checked->hours_q;
	if (shown->week != asked->week)
		add(checked, SIZE_MAX, "week", shown->week, asked->week);
	if (shown->hours_q != hours_q || sum_q != hours_q)
		add(checked, SIZE_MAX, "hours", shown->hours_q != hours_q ? shown->hours_q : sum_q, hours_q);
	carved_check_laid(checked, &(struct carved_check_laid){CARVED_RULE_BUILD_UP, &shown->schedule, piece_q, sum_q});
}

// What was learnt in one step is there in the next.
static void check_learnt(const struct carved_checked_proposal *checked, size_t step)
{
	const struct carved_proposal_step *shown = &checked->proposal->steps[step];
	for (size_t i = 0; i < checked->proposal->piece_count; i++) {
		if (shown[-1].piece_q[i] > 0 && shown->piece_q[i] == 0)
			add(checked, i, carved_checked_slot(checked, i)->task->ref, 0, 1);
	}
}

static void check_must(const struct carved_checked_proposal *checked, const struct carved_proposal_step *shown)
{
	for (size_t w = 0; w < checked->candidate->must.count; w++) {
		const char *wish = checked->candidate->must.items[w];
		bool met = false, could = false; // a wish that the package misses is rule `must`
		for (size_t i = 0; i < checked->proposal->piece_count; i++) {
			bool meets = carved_wish_matches_any(wish, &carved_checked_slot(checked, i)->tags);
			could = could || meets;
			met = met || (meets && shown->piece_q[i] > 0);
		}
		if (could && !met)
			add(checked, SIZE_MAX, wish, 0, 1);
	}
}

void carved_check_build_up(const struct carved_checked_proposal *checked)
{
	const struct carved_proposal *proposal = checked->proposal;
	if (proposal->step_count != checked->candidate->build_up_count) {
		add(checked, SIZE_MAX, "steps", (int64_t)proposal->step_count, (int64_t)checked->candidate->build_up_count);
		return;
	}
	struct carved_arena scratch = CARVED_ARENA_INIT;
	int64_t *piece_q = carved_arena_array(&scratch, int64_t, proposal->piece_count);
	for (size_t k = 0; k < proposal->step_count; k++) {
		int64_t sum_q = 0;
		for (size_t i = 0; i < proposal->piece_count; i++) {
			piece_q[i] = proposal->steps[k].piece_q[i];
			sum_q += piece_q[i];
			check_piece(checked, i, piece_q[i]);
		}
		check_hours(checked, k, piece_q, sum_q);
		check_must(checked, &proposal->steps[k]);
		if (k > 0)
			check_learnt(checked, k);
	}
	carved_arena_deinit(&scratch);
}
