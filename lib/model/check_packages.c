// SPDX-License-Identifier: EUPL-1.2
// Packages without figures: those that people have or are about to accept, against today's documents.
#include "check_state.h"
#include <string.h>

// What can't be laid into the week breaks rule `schedule`, what has no part for a step of the build-up rule `build-up`.
static void check_week(const struct carved_checked_proposal *checked, struct carved_arena *arena)
{
	struct carved_proposal laid = *checked->proposal;
	if (!carved_proposal_lay(checked->proposal, checked->slots, checked->candidate, arena, &laid.schedule))
		carved_checked_add(checked, CARVED_RULE_SCHEDULE, SIZE_MAX, NULL, 1, 0);
	if (!carved_proposal_grow(&laid, checked->slots, checked->candidate, arena))
		carved_checked_add(checked, CARVED_RULE_BUILD_UP, SIZE_MAX, NULL, 1, 0);
}

static void check_one(struct carved_checking *c, const struct carved_proposal *proposal)
{
	struct carved_checked_proposal checked = carved_checked_open(c, proposal);
	if (c->placed[proposal->candidate])
		carved_checked_add(&checked, CARVED_RULE_ONE, SIZE_MAX, checked.candidate->ref, 2, 1);
	c->placed[proposal->candidate] = true;
	carved_check_package(&checked);
	check_week(&checked, &checked.arena);
	carved_checking_sum_up(&checked);
	carved_arena_deinit(&checked.arena);
}

bool carved_check_packages(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_plan *plan, struct carved_violations *ret_violations)
{
	struct carved_checking c = {.region = region, .table = table, .plan = plan, .violations = ret_violations};
	carved_checking_init_sums(&c, 0, region->count[CARVED_KIND_SITE]);
	carved_checking_learn_reserves(&c);
	for (size_t p = 0; p < plan->proposal_count; p++)
		check_one(&c, &plan->proposals[p]);
	carved_checking_check_shared(&c);
	carved_arena_deinit(&c.arena);
	return ret_violations->count == 0;
}

static bool uses_slot(const struct carved_proposal *proposal, size_t slot)
{
	for (size_t i = 0; i < proposal->piece_count; i++) {
		if (proposal->pieces[i].slot == slot)
			return true;
	}
	return false;
}

static bool takes_from(const struct carved_proposal *proposal, const struct carved_slots *slots, const char *job)
{
	for (size_t i = 0; i < proposal->piece_count; i++) {
		if (strcmp(slots->items[proposal->pieces[i].slot].job->ref, job) == 0)
			return true;
	}
	return false;
}

bool carved_violation_is_about(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_violation *violation, const struct carved_proposal *proposal)
{
	const struct carved_candidate *candidate = carved_region_candidate(region, proposal->candidate);
	if (violation->candidate != SIZE_MAX)
		return violation->candidate == proposal->candidate;
	switch (violation->rule) {
	case CARVED_RULE_COACH:
	case CARVED_RULE_RESERVE:
		return candidate->coach_q > 0 && strcmp(violation->what, candidate->coach) == 0;
	case CARVED_RULE_SUPPLY:
		return violation->site == proposal->site && uses_slot(proposal, violation->slot);
	case CARVED_RULE_DONOR:
		return violation->site == proposal->site &&
		       takes_from(proposal, carved_slot_table_site(table, proposal->site), violation->what);
	case CARVED_RULE_SUPERVISION:
		return violation->site == proposal->site && candidate->buddy_q > 0;
	default:
		return violation->site == proposal->site;
	}
}
