// SPDX-License-Identifier: EUPL-1.2
// Every rule that a package breaks by itself, where nobody stated any figures of it: what obstacles are told from.
#include "check_state.h"

// Rule `build-up` is about parts of a package that is valid as a whole: where its hours or pieces are not what they should be, nothing is asked of its parts.
static bool has_parts(const struct carved_checked_proposal *checked)
{
	const struct carved_violations *found = checked->checking->violations;
	for (size_t i = 0; i < found->count; i++) {
		if (found->items[i].rule == CARVED_RULE_HOURS || found->items[i].rule == CARVED_RULE_CHUNK)
			return false;
	}
	return true;
}

static void check_lay(const struct carved_checked_proposal *checked)
{
	struct carved_schedule schedule;
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_proposal growing = *checked->proposal;
	if (!carved_proposal_lay(checked->proposal, checked->slots, checked->candidate, &scratch, &schedule))
		carved_checked_add(checked, CARVED_RULE_SCHEDULE, SIZE_MAX, NULL, 1, 0);
	else if (has_parts(checked) && !carved_proposal_grow(&growing, checked->slots, checked->candidate, &scratch))
		carved_checked_add(checked, CARVED_RULE_BUILD_UP, SIZE_MAX, NULL, 1, 0);
	carved_arena_deinit(&scratch);
}

// Rule `donor`: what the pieces take of each job that has `carve`, and of vacancies; check_package.c tells of jobs without.
static void check_caps(const struct carved_checked_proposal *checked)
{
	const struct carved_proposal *proposal = checked->proposal;
	for (size_t j = 0; j < checked->site->job_count; j++) {
		const struct carved_job *job = &checked->site->jobs[j];
		int64_t carved_q = 0;
		for (size_t i = 0; i < proposal->piece_count; i++) {
			const struct carved_slot *slot = carved_checked_slot(checked, i);
			bool undone = slot->task->undone && job->kind == CARVED_JOB;
			carved_q += slot->job == job && !undone ? proposal->pieces[i].hours_q : 0;
		}
		bool counts = job->kind == CARVED_VACANCY ? proposal->kind == CARVED_CARVED : job->has_carve;
		if (counts && carved_q > carved_job_cap_q(job))
			carved_checked_add(checked, CARVED_RULE_DONOR, SIZE_MAX, job->ref, carved_q, carved_job_cap_q(job));
	}
}

// Rules `places`, `supervision`, `coach` and `reserve` in an empty region.
static void check_support(const struct carved_checked_proposal *checked)
{
	const struct carved_candidate *candidate = checked->candidate;
	const struct carved_region *region = checked->checking->region;
	size_t index = carved_region_index(region, CARVED_KIND_COACH, candidate->coach);
	if (checked->site->places < 1)
		carved_checked_add(checked, CARVED_RULE_PLACES, SIZE_MAX, NULL, 1, checked->site->places);
	if (candidate->buddy_q > checked->site->supervision_q)
		carved_checked_add(
			checked, CARVED_RULE_SUPERVISION, SIZE_MAX, NULL, candidate->buddy_q, checked->site->supervision_q);
	if (index == SIZE_MAX) {
		carved_checked_add(checked, CARVED_RULE_COACH, SIZE_MAX, candidate->coach, 1, 0);
		return;
	}
	const struct carved_coach *coach = carved_region_coach(region, index);
	int median_q, reserve_q = carved_rules_reserve_q(region, coach, &checked->checking->plan->weights, &median_q);
	if (candidate->coach_q > coach->hours_q)
		carved_checked_add(checked, CARVED_RULE_COACH, SIZE_MAX, coach->ref, candidate->coach_q, coach->hours_q);
	if (reserve_q >= 0 && candidate->coach_q <= median_q && candidate->coach_q > reserve_q)
		carved_checked_add(checked, CARVED_RULE_RESERVE, SIZE_MAX, coach->ref, candidate->coach_q, reserve_q);
}

void carved_check_pieces(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_proposal *proposal, struct carved_violations *ret_violations)
{
	const struct carved_plan plan = {.date = date, .weights = *weights};
	struct carved_checking checking = {.region = region, .table = table, .plan = &plan, .violations = ret_violations};
	struct carved_checked_proposal checked = carved_checked_open(&checking, proposal);
	carved_check_package(&checked);
	check_caps(&checked);
	check_lay(&checked);
	check_support(&checked);
	carved_arena_deinit(&checked.arena);
}
