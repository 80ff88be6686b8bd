// SPDX-License-Identifier: EUPL-1.2
// Where every point comes from: DESIGN section 3, "value = the sum of eight parts".
//
//   place   = place x (base + waiting + options)                                     exact: three lines
//   fit     = floor(sum over tasks of quarters x fit x full-week / (1000 x max quarters))
//           = sum over tasks of floor(...) + rounding,  0 <= rounding < number of tasks
//   relief  = floor(sum over tasks of quarters x relief x weight / 4), the same way
//   jobs, aids, unknown = weight x count: a line for the jobs, one for each aid and question
//   coach, buddy        = floor(weight x quarters / 4): one line each
#include "carved/base/quarters.h"
#include "explaining.h"

static void add_line(struct carved_explanation *e, enum carved_explained_part part, enum carved_explained_line_kind kind,
	size_t index, int64_t amount, int64_t points)
{
	e->lines[e->line_count++] =
		(struct carved_explained_line){.part = part, .kind = kind, .index = index, .amount = amount, .points = points};
}

// What few options add to the priority; where their number was not kept, the stated part says it.
static int64_t options_priority(const struct carved_explanation *e, int64_t base, int64_t waiting)
{
	const struct carved_weights *w = e->input.weights;
	if (e->input.proposal->options < 0)
		return w->place ? e->input.proposal->parts.place / w->place - base - waiting : 0;
	return carved_rules_priority(e->input.candidate, e->input.proposal->options, e->input.date, w) - base - waiting;
}

static void explain_place(struct carved_explanation *e)
{
	const struct carved_weights *w = e->input.weights;
	int64_t months = carved_date_months_between(e->input.candidate->waiting_since, e->input.date);
	int64_t waiting = w->priority_month * months;
	if (waiting > w->priority_waiting_max)
		waiting = w->priority_waiting_max;
	add_line(e, CARVED_EXPLAINED_place, CARVED_LINE_BASE, 0, w->priority_base, (int64_t)w->place * w->priority_base);
	add_line(e, CARVED_EXPLAINED_place, CARVED_LINE_WAITING, 0, months, w->place * waiting);
	add_line(e, CARVED_EXPLAINED_place, CARVED_LINE_OPTIONS, 0, e->input.proposal->options,
		w->place * options_priority(e, w->priority_base, waiting));
}

// A part that is one fraction summed over tasks: a line for each, and what they miss of the sum's own rounding.
static void explain_sum(struct carved_explanation *e, enum carved_explained_part part,
	int64_t (*of_task)(const struct carved_explanation *e, const struct carved_explained_task *task), int64_t divisor)
{
	int64_t sum = 0, lines = 0;
	for (size_t i = 0; i < e->task_count; i++) {
		const struct carved_explained_task *task = &e->tasks[i];
		int64_t dividend = of_task(e, task), points = carved_floor_div(dividend, divisor);
		sum += dividend;
		lines += points;
		add_line(e, part, CARVED_LINE_TASK, i, task->hours_q, points);
	}
	int64_t rounding = carved_floor_div(sum, divisor) - lines;
	if (rounding)
		add_line(e, part, CARVED_LINE_ROUNDING, 0, 0, rounding);
}

static int64_t fit_of(const struct carved_explanation *e, const struct carved_explained_task *task)
{
	return (int64_t)task->hours_q * task->answer.fit * e->input.weights->full_week;
}

static int64_t relief_of(const struct carved_explanation *e, const struct carved_explained_task *task)
{
	return (int64_t)task->hours_q * task->slot->task->relief * e->input.weights->relief;
}

static void explain_counts(struct carved_explanation *e)
{
	const struct carved_weights *w = e->input.weights;
	int64_t extra = (int64_t)e->donor_count - 1;
	if (extra > 0)
		add_line(e, CARVED_EXPLAINED_jobs, CARVED_LINE_EXTRA_JOBS, 0, extra, w->extra_job * extra);
	for (size_t i = 0; i < e->aid_count; i++)
		add_line(e, CARVED_EXPLAINED_aids, CARVED_LINE_AID, i, 1, w->aid);
	for (size_t i = 0; i < e->question_count; i++)
		add_line(e, CARVED_EXPLAINED_unknown, CARVED_LINE_QUESTION, i, 1, w->unknown);
}

static void explain_support(struct carved_explanation *e)
{
	const struct carved_weights *w = e->input.weights;
	const struct carved_candidate *candidate = e->input.candidate;
	int64_t coach = carved_floor_div((int64_t)w->coach_hour * candidate->coach_q, 4);
	int64_t buddy = carved_floor_div((int64_t)w->buddy_hour * candidate->buddy_q, 4);
	add_line(e, CARVED_EXPLAINED_coach, CARVED_LINE_COACH, 0, candidate->coach_q, coach);
	add_line(e, CARVED_EXPLAINED_buddy, CARVED_LINE_BUDDY, 0, candidate->buddy_q, buddy);
}

static void add_up(struct carved_explanation *e)
{
	int64_t sums[CARVED_EXPLAINED_PART_COUNT] = {0};
	for (size_t i = 0; i < e->line_count; i++) {
		sums[e->lines[i].part] += e->lines[i].points;
		e->value += e->lines[i].points;
	}
#define X(part) e->parts.part = sums[CARVED_EXPLAINED_##part];
	CARVED_VALUE_PARTS(X)
#undef X
}

void carved_explain_points(struct carved_explanation *e)
{
	enum { PLACE = 3, ROUNDINGS = 2, JOBS = 1, SUPPORT = 2 };
	size_t most = PLACE + 2 * e->task_count + ROUNDINGS + JOBS + e->aid_count + e->question_count + SUPPORT;
	e->lines = carved_arena_array(&e->arena, struct carved_explained_line, most);
	explain_place(e);
	explain_sum(e, CARVED_EXPLAINED_fit, fit_of, 1000LL * e->input.candidate->max_q);
	explain_sum(e, CARVED_EXPLAINED_relief, relief_of, 4);
	explain_counts(e);
	explain_support(e);
	add_up(e);
}
