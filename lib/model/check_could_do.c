// SPDX-License-Identifier: EUPL-1.2
// Whether somebody else could do a package: the rules of check_package.c asked about the same pieces with another person.
#include "check_state.h"
#include <string.h>

static bool is_refused(const struct carved_checked_proposal *checked)
{
	carved_check_package(checked);
	return checked->checking->violations->count > 0;
}

static void add_aid(struct carved_texts *aids, const char *by)
{
	for (size_t i = 0; i < aids->count; i++) {
		if (strcmp(aids->items[i], by) == 0)
			return;
	}
	aids->items[aids->count++] = by;
}

static struct carved_texts aids_needed(const struct carved_checked_proposal *checked, struct carved_arena *arena)
{
	struct carved_texts aids = {.items = carved_arena_array(arena, const char *, checked->candidate->supported_count)};
	for (size_t p = 0; p < checked->proposal->piece_count; p++) {
		for (size_t i = 0; i < checked->answers[p].level_count; i++) {
			const struct carved_supported *aid = checked->answers[p].levels[i].aid;
			if (aid)
				add_aid(&aids, aid->by);
		}
	}
	return aids;
}

bool carved_check_could_do(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_plan *plan, const struct carved_proposal *proposal, size_t candidate, struct carved_arena *arena,
	struct carved_texts *ret_aids)
{
	struct carved_violations violations = {0};
	struct carved_checking checking = {.region = region, .table = table, .plan = plan, .violations = &violations};
	struct carved_proposal other = *proposal;
	other.candidate = candidate;
	struct carved_checked_proposal checked = carved_checked_open(&checking, &other);
	struct carved_schedule schedule;
	bool could = !is_refused(&checked) &&
		     carved_proposal_lay(&other, checked.slots, checked.candidate, &checked.arena, &schedule) &&
		     carved_proposal_grow(&other, checked.slots, checked.candidate, &checked.arena);
	if (could)
		*ret_aids = aids_needed(&checked, arena);
	carved_arena_deinit(&checked.arena);
	carved_violations_deinit(&violations);
	return could;
}
