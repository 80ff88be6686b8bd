// SPDX-License-Identifier: EUPL-1.2
// Tasks and how well each fits: DESIGN section 3, "fit of a slot". The rules give the figures (model/rules_slot.c); here stands what each came from.
//
//   fit = floor((sum over the five parts of weight x points) / 100) = sum of floor(weight x points / 100) + rounding,  0 <= rounding <= 4
#include "carved/base/quarters.h"
#include "explaining.h"
#include <string.h>

static bool holds(const struct carved_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

static void add_matches(
	struct carved_explained_matches *matches, const char *wish, const struct carved_texts *tags, struct carved_arena *arena)
{
	for (size_t i = 0; i < tags->count; i++) {
		if (!carved_wish_matches(wish, tags->items[i]))
			continue;
		struct carved_explained_match *items =
			carved_arena_array(arena, struct carved_explained_match, matches->count + 1);
		for (size_t k = 0; k < matches->count; k++)
			items[k] = matches->items[k];
		items[matches->count++] = (struct carved_explained_match){.wish = wish, .tag = tags->items[i]};
		matches->items = items;
	}
}

// A wish that is both liked and avoided counts as neither, and is told as such.
static void match_wishes(struct carved_explained_task *task, const struct carved_candidate *candidate, struct carved_arena *arena)
{
	const struct carved_texts *like = &candidate->like, *avoid = &candidate->avoid, *tags = &task->slot->tags;
	for (size_t i = 0; i < like->count; i++)
		add_matches(holds(avoid, like->items[i]) ? &task->both : &task->liked, like->items[i], tags, arena);
	for (size_t i = 0; i < avoid->count; i++) {
		if (!holds(like, avoid->items[i]))
			add_matches(&task->avoided, avoid->items[i], tags, arena);
	}
}

static int comfort_of(const struct carved_level_answer *level, const struct carved_weights *w)
{
	if (carved_rules_is_unknown(level))
		return w->comfort_unknown;
	if (level->overruled)
		return 0;
	return level->margin == 0 ? w->comfort_margin_0 : level->margin == 1 ? w->comfort_margin_1 : w->comfort_margin_2;
}

static void list_comforts(struct carved_explained_task *task, const struct carved_weights *w, struct carved_arena *arena)
{
	task->comforts = carved_arena_array(arena, int, task->answer.level_count);
	for (size_t i = 0; i < task->answer.level_count; i++)
		task->comforts[i] = comfort_of(&task->answer.levels[i], w);
}

static void share_out(struct carved_explained_task *task, const struct carved_weights *w)
{
	task->rounding = task->answer.fit;
#define X(part, weight_of)                                                                                                       \
	task->parts[CARVED_FIT_##part] = (struct carved_explained_fit_part){.points = task->answer.part,                         \
		.weight = w->weight_of,                                                                                          \
		.share = (int)carved_floor_div((long long)w->weight_of * task->answer.part, 100)};                               \
	task->rounding -= task->parts[CARVED_FIT_##part].share;
	CARVED_FIT_PARTS(X)
#undef X
}

bool carved_explain_tasks(struct carved_explanation *explanation, struct carved_error *error)
{
	const struct carved_explain_input *input = &explanation->input;
	const struct carved_proposal *proposal = input->proposal;
	explanation->task_count = proposal->piece_count;
	explanation->tasks = carved_arena_array(&explanation->arena, struct carved_explained_task, proposal->piece_count);
	for (size_t i = 0; i < proposal->piece_count; i++) {
		struct carved_explained_task *task = &explanation->tasks[i];
		task->slot = &input->slots->items[proposal->pieces[i].slot];
		task->hours_q = proposal->pieces[i].hours_q;
		carved_rules_slot(input->region, input->candidate, input->site, task->slot, input->weights, &explanation->arena,
			&task->answer);
		if (!task->answer.fits)
			return carved_explain_differs(error, task->slot->task->ref, 1, 0);
		match_wishes(task, input->candidate, &explanation->arena);
		list_comforts(task, input->weights, &explanation->arena);
		share_out(task, input->weights);
	}
	return true;
}
