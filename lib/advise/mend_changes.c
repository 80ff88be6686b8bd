// SPDX-License-Identifier: EUPL-1.2
// Every single change that could matter to one person at one site, each in its largest form: mend.c makes those that help as small as they can be.
#include "carved/base/quarters.h"
#include "mending.h"
#include <stdlib.h>
#include <string.h>

enum { COMPLETE = 4, LEAST_Q = 1 };

static struct carved_mend_change *add(struct carved_mending *m, enum carved_mend_kind kind)
{
	struct carved_mend_list *list = &m->changes[kind];
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 8;
		list->items = carved_realloc_array(list->items, list->room, sizeof *list->items);
	}
	list->items[list->count] = (struct carved_mend_change){.kind = kind};
	return &list->items[list->count++];
}

void carved_mending_free_lists(struct carved_mending *m)
{
	for (int kind = 0; kind < CARVED_MEND_KINDS; kind++)
		free(m->changes[kind].items);
}

static carved_parts_mask person_parts(const struct carved_candidate *c)
{
	carved_parts_mask parts = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		parts |= (carved_parts_mask)(c->available_q[part] > 0) << part;
	return parts;
}

static int hours_of(const struct carved_task *task)
{
	int sum_q = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		sum_q += task->fixed_q[part];
	return task->fixed ? sum_q : task->hours_q;
}

// ---- tasks

static bool is_technique_enough(const struct carved_candidate *c, const struct carved_level_answer *level)
{
	for (size_t i = 0; i < c->supported_count; i++) {
		const struct carved_supported *aid = &c->supported[i];
		if (carved_icf_is_below(level->icf, aid->icf) && level->level <= COMPLETE - aid->limitation)
			return true;
	}
	return false;
}

static bool is_about_time(const char *wish)
{
	return strcmp(wish, "evening-work") == 0 || strcmp(wish, "night-work") == 0;
}

// Whether a slot of the task could come to fit by changes that there are: of its times, and by aids.
static bool could_fit(const struct carved_mending *m, const struct carved_slot *slot, struct carved_arena *scratch)
{
	const struct carved_candidate *c = carved_cell_candidate(&m->base);
	struct carved_slot_answer answer;
	if (carved_rules_displaces(carved_cell_site(&m->base), slot->job, m->question->date) ||
		(slot->job->kind == CARVED_JOB && !slot->job->has_carve))
		return false;
	carved_rules_slot(m->base.region, c, carved_cell_site(&m->base), slot, m->question->weights, scratch, &answer);
	for (size_t i = 0; i < answer.level_count; i++) {
		if (!answer.levels[i].fits && !is_technique_enough(c, &answer.levels[i]))
			return false;
	}
	return !answer.refused[CARVED_RULE_REQUIREMENT] &&
	       (!answer.refused[CARVED_RULE_NEVER] || is_about_time(answer.never_wish));
}

static struct carved_mend_change *add_move(struct carved_mending *m, const struct carved_job *job, const struct carved_task *task)
{
	struct carved_mend_change *change = add(m, CARVED_MEND_MOVE_TIME);
	change->job = job->ref;
	change->task = task->ref;
	change->fixed = task->fixed;
	memcpy(change->fixed_q, task->fixed_q, sizeof change->fixed_q);
	return change;
}

static void shift(struct carved_mend_change *change, int from, int to)
{
	change->fixed_q[to] = change->fixed_q[from];
	change->fixed_q[from] = 0;
	change->parts_from |= (carved_parts_mask)1 << from;
	change->parts_to |= (carved_parts_mask)1 << to;
	change->size += change->fixed_q[to];
}

// One fixed time to each part that is free, those of the same day first.
static void list_shifts(
	struct carved_mending *m, const struct carved_job *job, const struct carved_task *task, carved_parts_mask free_parts)
{
	for (int from = 0; from < CARVED_DAY_PARTS; from++) {
		for (int other_day = 0; task->fixed_q[from] && other_day < 2; other_day++) {
			for (int to = 0; to < CARVED_DAY_PARTS; to++) {
				bool is_other = to / CARVED_PARTS_PER_DAY != from / CARVED_PARTS_PER_DAY;
				if (is_other == (other_day == 1) && (free_parts >> to & 1))
					shift(add_move(m, job, task), from, to);
			}
		}
	}
}

// All fixed times in which the person is not there, to one kind of part of the same days.
static void list_common_shifts(struct carved_mending *m, const struct carved_job *job, const struct carved_task *task,
	carved_parts_mask free_parts, carved_parts_mask there)
{
	for (int kind = 0; kind < CARVED_PARTS_PER_DAY; kind++) {
		struct carved_mend_change change = {.kind = CARVED_MEND_MOVE_TIME};
		int moved = 0;
		memcpy(change.fixed_q, task->fixed_q, sizeof change.fixed_q);
		for (int from = 0; from < CARVED_DAY_PARTS; from++) {
			int to = from / CARVED_PARTS_PER_DAY * CARVED_PARTS_PER_DAY + kind;
			if (task->fixed_q[from] && !(there >> from & 1) && (free_parts >> to & 1) && change.fixed_q[to] == 0) {
				shift(&change, from, to);
				moved++;
			}
		}
		if (moved < 2)
			continue; // one is in the list already
		struct carved_mend_change *kept = add_move(m, job, task);
		change.job = kept->job;
		change.task = kept->task;
		change.fixed = true;
		*kept = change;
	}
}

static void list_moves(struct carved_mending *m, const struct carved_job *job, const struct carved_task *task)
{
	const carved_parts_mask there = person_parts(carved_cell_candidate(&m->base)),
				open = carved_cell_site(&m->base)->open & there;
	if (task->fixed) {
		carved_parts_mask taken = 0;
		for (int part = 0; part < CARVED_DAY_PARTS; part++)
			taken |= (carved_parts_mask)(task->fixed_q[part] > 0) << part;
		list_shifts(m, job, task, open & ~taken);
		list_common_shifts(m, job, task, open & ~taken, there);
	} else if (task->when && (open & ~task->when)) {
		struct carved_mend_change *change = add_move(m, job, task);
		change->parts_from = task->when;
		change->parts_to = open & ~task->when;
		change->size = task->hours_q;
	}
}

static void list_supervisors(struct carved_mending *m, const struct carved_job *job, const struct carved_task *task)
{
	const struct carved_slots *slots = carved_cell_slots(&m->base);
	for (size_t t = 0; task->supervisor && t < slots->count; t++) {
		const char *name = slots->items[t].task->supervisor;
		bool first = name && strcmp(name, task->supervisor) != 0;
		for (size_t k = 0; first && k < t; k++)
			first = !slots->items[k].task->supervisor || strcmp(slots->items[k].task->supervisor, name) != 0;
		if (!first)
			continue;
		struct carved_mend_change *change = add(m, CARVED_MEND_OTHER_SUPERVISOR);
		change->job = job->ref;
		change->task = task->ref;
		change->from = task->supervisor;
		change->what = name;
		change->size = hours_of(task);
	}
}

static void list_drop(struct carved_mending *m, const struct carved_job *job, const struct carved_task *task)
{
	const struct carved_advise_question *q = m->question;
	bool asked = q->task && strcmp(q->task, task->ref) == 0 && strcmp(q->job, job->ref) == 0;
	if (job->kind != CARVED_VACANCY || job->task_count < 2 || asked)
		return; // of a job, what is not wanted is not carved
	struct carved_mend_change *change = add(m, CARVED_MEND_DROP_TASK);
	change->job = job->ref;
	change->task = task->ref;
	change->from_q = change->size = hours_of(task);
}

static void list_tasks(struct carved_mending *m)
{
	const struct carved_slots *slots = carved_cell_slots(&m->base);
	struct carved_arena scratch = CARVED_ARENA_INIT;
	for (size_t t = 0; t < slots->count; t++) {
		const struct carved_slot *slot = &slots->items[t];
		if (t > 0 && slot[-1].task == slot->task)
			continue; // the slots of a task differ in their time only
		list_drop(m, slot->job, slot->task);
		if (!could_fit(m, slot, &scratch))
			continue;
		list_moves(m, slot->job, slot->task);
		if (carved_cell_candidate(&m->base)->supervisors_max > 0)
			list_supervisors(m, slot->job, slot->task);
	}
	carved_arena_deinit(&scratch);
}

// ---- aids and hours

static bool holds(const struct carved_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

static void list_aids(struct carved_mending *m)
{
	const struct carved_candidate *c = carved_cell_candidate(&m->base);
	for (size_t i = 0; i < c->supported_count; i++) {
		const struct carved_supported *aid = &c->supported[i];
		bool first = aid->kind == CARVED_TECHNIQUE && !holds(&carved_cell_site(&m->base)->facilities, aid->by);
		for (size_t k = 0; first && k < i; k++)
			first = c->supported[k].kind != CARVED_TECHNIQUE || strcmp(c->supported[k].by, aid->by) != 0;
		if (first)
			add(m, CARVED_MEND_ADD_AID)->what = aid->by;
	}
}

static struct carved_mend_change *add_hours(struct carved_mending *m, enum carved_mend_kind kind, int from_q, int to_q)
{
	struct carved_mend_change *change = add(m, kind);
	change->from_q = from_q;
	change->to_q = to_q;
	change->size = abs(to_q - from_q);
	return change;
}

// Hours of the coach with which both `coach` and `reserve` let the person in; -1 where no week has so many.
static int coach_hours_needed(const struct carved_mending *m)
{
	const struct carved_candidate *c = carved_cell_candidate(&m->base);
	struct carved_coach coach = *carved_region_coach(m->base.region, 0);
	if (coach.hours_q < c->coach_q)
		coach.hours_q = c->coach_q;
	for (; coach.hours_q <= CARVED_QUARTERS_PER_WEEK; coach.hours_q++) {
		int median_q, reserve_q = carved_rules_reserve_q(m->base.region, &coach, m->question->weights, &median_q);
		if (reserve_q < 0 || c->coach_q > median_q || c->coach_q <= reserve_q)
			return coach.hours_q;
	}
	return -1;
}

void carved_mending_list(struct carved_mending *m)
{
	const struct carved_candidate *c = carved_cell_candidate(&m->base);
	const int supervision_q = carved_cell_site(&m->base)->supervision_q,
		  coach_q = carved_region_coach(m->base.region, 0)->hours_q, needed_q = coach_hours_needed(m);
	list_tasks(m);
	list_aids(m);
	if (c->buddy_q > supervision_q)
		add_hours(m, CARVED_MEND_MORE_SUPERVISION, supervision_q, c->buddy_q);
	if (needed_q > coach_q)
		add_hours(m, CARVED_MEND_MORE_COACHING, coach_q, needed_q);
	if (c->min_q > LEAST_Q)
		add_hours(m, CARVED_MEND_FEWER_HOURS, c->min_q, LEAST_Q);
	if (c->max_q < CARVED_QUARTERS_PER_WEEK)
		add_hours(m, CARVED_MEND_MORE_HOURS, c->max_q, CARVED_QUARTERS_PER_WEEK);
}
