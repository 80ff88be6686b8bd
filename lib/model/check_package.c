// SPDX-License-Identifier: EUPL-1.2
// A package by itself: DESIGN section 3, "A slot is fit for a candidate when" and "A package is valid when".
#include "check_state.h"
#include <string.h>

enum { COMPLETE = 4 };

static void check_levels(const struct carved_checked_proposal *checked, size_t piece)
{
	const struct carved_slot_answer *answer = &checked->answers[piece];
	size_t demands = carved_checked_slot(checked, piece)->demands.count;
	for (size_t i = 0; i < answer->level_count; i++) {
		const struct carved_level_answer *level = &answer->levels[i];
		if (!level->fits)
			carved_checked_add(checked, i < demands ? CARVED_RULE_CAPACITY : CARVED_RULE_ENVIRONMENT, piece,
				carved_icf_code(level->icf), level->level, COMPLETE - level->limitation);
	}
}

static void check_slot(const struct carved_checked_proposal *checked, size_t piece)
{
	const struct carved_slot_answer *answer = &checked->answers[piece];
	check_levels(checked, piece);
	if (answer->refused[CARVED_RULE_REQUIREMENT])
		carved_checked_add(checked, CARVED_RULE_REQUIREMENT, piece, answer->missing_skill, 0, 1);
	if (answer->refused[CARVED_RULE_NEVER])
		carved_checked_add(checked, CARVED_RULE_NEVER, piece, answer->never_wish, 1, 0);
	if (answer->refused[CARVED_RULE_AVAILABILITY])
		carved_checked_add(checked, CARVED_RULE_AVAILABILITY, piece, NULL, 0, 1);
}

static void check_donor(const struct carved_checked_proposal *checked, size_t piece)
{
	const struct carved_job *job = carved_checked_slot(checked, piece)->job;
	if (carved_rules_displaces(checked->site, job, checked->checking->plan->date))
		carved_checked_add(checked, CARVED_RULE_DISPLACEMENT, piece, job->ref, 1, 0);
	if (job->kind == CARVED_JOB && !job->has_carve) // the sums of rule `donor` leave undone tasks out
		carved_checked_add(checked, CARVED_RULE_DONOR, piece, job->ref, checked->proposal->pieces[piece].hours_q, 0);
}

static void check_chunk(const struct carved_checked_proposal *checked, size_t piece)
{
	const struct carved_proposal_piece *pieces = checked->proposal->pieces;
	const struct carved_slot *slot = carved_checked_slot(checked, piece);
	bool opening = checked->proposal->kind == CARVED_WHOLE_VACANCY && pieces[piece].hours_q == slot->unit_q;
	if (pieces[piece].hours_q <= 0 || (pieces[piece].hours_q < slot->chunk_q && !opening))
		carved_checked_add(checked, CARVED_RULE_CHUNK, piece, slot->task->ref, pieces[piece].hours_q, slot->chunk_q);
	if (piece > 0 && pieces[piece].slot <= pieces[piece - 1].slot) // sorted, so that a slot can't occur twice
		carved_checked_add(checked, CARVED_RULE_CHUNK, piece, slot->task->ref, 2, 1);
}

static void check_hours(const struct carved_checked_proposal *checked)
{
	if (checked->hours_q < checked->candidate->min_q)
		carved_checked_add(checked, CARVED_RULE_HOURS, SIZE_MAX, NULL, checked->hours_q, checked->candidate->min_q);
	if (checked->hours_q > checked->candidate->max_q)
		carved_checked_add(checked, CARVED_RULE_HOURS, SIZE_MAX, NULL, checked->hours_q, checked->candidate->max_q);
}

static void check_load(const struct carved_checked_proposal *checked)
{
	for (size_t i = 0; i < checked->candidate->limit_count; i++) {
		const struct carved_load_limit *limit = &checked->candidate->limits[i];
		int64_t sum_q = 0;
		for (size_t k = 0; k < checked->proposal->piece_count; k++) {
			if (carved_rules_counts_for_limit(carved_checked_slot(checked, k), limit))
				sum_q += checked->proposal->pieces[k].hours_q;
		}
		if (sum_q > limit->hours_q)
			carved_checked_add(
				checked, CARVED_RULE_LOAD, SIZE_MAX, carved_icf_code(limit->icf), sum_q, limit->hours_q);
	}
}

static void check_jobs(const struct carved_checked_proposal *checked)
{
	int jobs = 0;
	for (size_t i = 0; i < checked->proposal->piece_count; i++) {
		bool first = true;
		for (size_t k = 0; k < i; k++)
			first = first && carved_checked_slot(checked, k)->job != carved_checked_slot(checked, i)->job;
		jobs += first;
	}
	if (jobs > checked->candidate->jobs_max)
		carved_checked_add(checked, CARVED_RULE_JOBS, SIZE_MAX, NULL, jobs, checked->candidate->jobs_max);
}

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static void check_supervisors(const struct carved_checked_proposal *checked)
{
	int names = 0;
	for (size_t i = 0; i < checked->proposal->piece_count; i++) {
		const char *name = carved_checked_slot(checked, i)->task->supervisor;
		bool first = name != NULL;
		for (size_t k = 0; k < i; k++)
			first = first && !is_same(carved_checked_slot(checked, k)->task->supervisor, name);
		names += first;
	}
	if (checked->candidate->supervisors_max > 0 && names > checked->candidate->supervisors_max)
		carved_checked_add(checked, CARVED_RULE_SUPERVISOR, SIZE_MAX, NULL, names, checked->candidate->supervisors_max);
}

static void check_must(const struct carved_checked_proposal *checked)
{
	for (size_t i = 0; i < checked->candidate->must.count; i++) {
		const char *wish = checked->candidate->must.items[i];
		bool met = false;
		for (size_t k = 0; k < checked->proposal->piece_count; k++)
			met = met || carved_wish_matches_any(wish, &carved_checked_slot(checked, k)->tags);
		if (!met)
			carved_checked_add(checked, CARVED_RULE_MUST, SIZE_MAX, wish, 0, 1);
	}
}

// A whole vacancy is all tasks of one opening at their full hours and nothing else; a carved package is any other.
static bool is_whole_vacancy(const struct carved_checked_proposal *checked)
{
	const struct carved_job *job = carved_checked_slot(checked, 0)->job;
	size_t of_job = 0;
	for (size_t t = 0; t < checked->slots->count; t++)
		of_job += checked->slots->items[t].job == job;
	for (size_t i = 0; i < checked->proposal->piece_count; i++) {
		const struct carved_slot *slot = carved_checked_slot(checked, i);
		if (slot->job != job || checked->proposal->pieces[i].hours_q != slot->unit_q)
			return false;
	}
	return job->kind == CARVED_VACANCY && checked->proposal->piece_count == of_job;
}

void carved_check_package(const struct carved_checked_proposal *checked)
{
	const struct carved_candidate *candidate = checked->candidate;
	int minutes = carved_rules_minutes(candidate, checked->site);
	if (!carved_rules_may_be_matched(candidate, checked->checking->plan->date))
		carved_checked_add(checked, CARVED_RULE_CONSENT, SIZE_MAX, NULL, 0, 1);
	if (minutes > candidate->max_minutes)
		carved_checked_add(checked, CARVED_RULE_TRAVEL, SIZE_MAX, NULL, minutes, candidate->max_minutes);
	if (carved_rules_is_excluded(checked->checking->region, candidate, checked->site))
		carved_checked_add(checked, CARVED_RULE_EXCLUDED, SIZE_MAX, checked->site->employer, 1, 0);
	for (size_t i = 0; i < checked->proposal->piece_count; i++) {
		check_slot(checked, i);
		check_donor(checked, i);
		check_chunk(checked, i);
	}
	bool whole = is_whole_vacancy(checked);
	if ((checked->proposal->kind == CARVED_WHOLE_VACANCY) != whole)
		carved_checked_add(checked, CARVED_RULE_WHOLE_VACANCY, SIZE_MAX, NULL, !whole, whole);
	check_hours(checked);
	check_load(checked);
	check_jobs(checked);
	check_supervisors(checked);
	check_must(checked);
}
