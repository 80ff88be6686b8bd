// SPDX-License-Identifier: EUPL-1.2
// The explanation of a proposal as a whole, and whether it adds up to what the proposal states.
#include "carved/advise/explain.h"
#include "explaining.h"
#include <string.h>

const char *const carved_explained_part_names[CARVED_EXPLAINED_PART_COUNT] = {
#define X(part) [CARVED_EXPLAINED_##part] = #part,
	CARVED_VALUE_PARTS(X)
#undef X
};

bool carved_explain_differs(struct carved_error *error, const char *what, int64_t stated, int64_t found)
{
	carved_error_set(error, CARVED_EXPLANATION_DIFFERS);
	carved_error_add(error, "what", what);
	carved_error_add_number(error, "stated", stated);
	carved_error_add_number(error, "found", found);
	return false;
}

static void sum_limits(struct carved_explanation *e)
{
	const struct carved_candidate *candidate = e->input.candidate;
	e->limit_count = candidate->limit_count;
	e->limits = carved_arena_array(&e->arena, struct carved_explained_limit, e->limit_count);
	for (size_t i = 0; i < e->limit_count; i++) {
		e->limits[i].limit = &candidate->limits[i];
		for (size_t t = 0; t < e->task_count; t++)
			e->limits[i].used_q +=
				carved_rules_counts_for_limit(e->tasks[t].slot, &candidate->limits[i]) ? e->tasks[t].hours_q : 0;
	}
}

static const char *tag_that_meets(const char *wish, const struct carved_texts *tags)
{
	for (size_t i = 0; i < tags->count; i++) {
		if (carved_wish_matches(wish, tags->items[i]))
			return tags->items[i];
	}
	return NULL;
}

static void meet_musts(struct carved_explanation *e)
{
	const struct carved_texts *must = &e->input.candidate->must;
	e->musts = carved_arena_array(&e->arena, struct carved_explained_must, must->count);
	for (size_t i = 0; i < must->count; i++) {
		const char *tag = NULL;
		for (size_t t = 0; t < e->task_count && !tag; t++) {
			tag = tag_that_meets(must->items[i], &e->tasks[t].slot->tags);
			if (tag)
				e->musts[e->must_count++] =
					(struct carved_explained_must){.wish = must->items[i], .tag = tag, .task = t};
		}
	}
}

static void list_supervisors(struct carved_explanation *e)
{
	e->supervisors.items = carved_arena_array(&e->arena, const char *, e->task_count);
	for (size_t t = 0; t < e->task_count; t++) {
		const char *name = e->tasks[t].slot->task->supervisor;
		bool known = !name;
		for (size_t i = 0; i < e->supervisors.count && !known; i++)
			known = strcmp(e->supervisors.items[i], name) == 0;
		if (!known)
			e->supervisors.items[e->supervisors.count++] = name;
	}
}

// Donors, and the condition that comes with those whom people hold.
static void look_at_jobs(struct carved_explanation *e)
{
	const struct carved_site *today = e->input.site_today;
	for (size_t t = 0; t < e->task_count; t++) {
		const struct carved_job *job = e->tasks[t].slot->job;
		bool first = true;
		for (size_t k = 0; k < t; k++)
			first = first && e->tasks[k].slot->job != job;
		e->donor_count += first;
		e->takes_from_staff = e->takes_from_staff || (job->kind == CARVED_JOB && job->incumbents > 0);
	}
	e->staff_agreed = today && today->staff_agreed != CARVED_DATE_NONE && today->staff_agreed <= e->input.today;
}

static bool same_texts(const struct carved_explanation *e, const struct carved_proposal *proposal, struct carved_error *error)
{
	if (proposal->question_count != e->question_count)
		return carved_explain_differs(error, "questions", (int64_t)proposal->question_count, (int64_t)e->question_count);
	for (size_t i = 0; i < e->question_count; i++) {
		carved_icf icf = e->categories[e->questions[i]].icf;
		if (proposal->questions[i] != icf)
			return carved_explain_differs(error, carved_icf_code(icf), 0, 1);
	}
	if (proposal->aids.count != e->aid_count)
		return carved_explain_differs(error, "aids", (int64_t)proposal->aids.count, (int64_t)e->aid_count);
	for (size_t i = 0; i < e->aid_count; i++) {
		if (strcmp(proposal->aids.items[i], e->aids[i].aid->by) != 0)
			return carved_explain_differs(error, e->aids[i].aid->by, 0, 1);
	}
	return true;
}

static bool adds_up(const struct carved_explanation *e, struct carved_error *error)
{
	const struct carved_proposal *proposal = e->input.proposal;
	int64_t hours_q = 0;
	for (size_t t = 0; t < e->task_count; t++)
		hours_q += e->tasks[t].hours_q;
	if (hours_q != proposal->hours_q)
		return carved_explain_differs(error, "hours", proposal->hours_q, hours_q);
#define X(part)                                                                                                                  \
	if (e->parts.part != proposal->parts.part)                                                                               \
		return carved_explain_differs(error, #part, proposal->parts.part, e->parts.part);
	CARVED_VALUE_PARTS(X)
#undef X
	if (e->value != proposal->value)
		return carved_explain_differs(error, "value", proposal->value, e->value);
	return same_texts(e, proposal, error);
}

bool carved_explain(
	const struct carved_explain_input *input, struct carved_explanation *ret_explanation, struct carved_error *error)
{
	struct carved_explanation e = {.input = *input};
	if (carved_explain_tasks(&e, error)) {
		carved_explain_levels(&e);
		sum_limits(&e);
		meet_musts(&e);
		list_supervisors(&e);
		look_at_jobs(&e);
		e.minutes = carved_rules_minutes(input->candidate, input->site);
		carved_explain_points(&e);
		if (adds_up(&e, error)) {
			*ret_explanation = e;
			return true;
		}
	}
	carved_arena_deinit(&e.arena);
	return false;
}

void carved_explanation_deinit(struct carved_explanation *explanation)
{
	carved_arena_deinit(&explanation->arena);
	*explanation = (struct carved_explanation){0};
}
