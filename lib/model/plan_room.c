// SPDX-License-Identifier: EUPL-1.2
#include "plan_unplaced.h"
#include <limits.h>

static void fill_sites(struct carved_plan_room *room, const struct carved_region *region, const struct carved_slot_table *table)
{
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++) {
		const struct carved_site *site = carved_region_site(region, s);
		const struct carved_slots *slots = carved_slot_table_site(table, s);
		room->places[s] = site->places;
		room->supervision_q[s] = site->supervision_q;
		for (size_t t = 0; t < slots->count; t++)
			room->slot_q[carved_slot_table_first_slot(table, s) + t] = slots->items[t].hours_q;
		for (size_t j = 0; j < site->job_count; j++)
			room->donor_q[carved_slot_table_first_job(table, s) + j] = carved_job_cap_q(&site->jobs[j]);
	}
}

static void fill_coaches(struct carved_plan_room *room, const struct carved_region *region, const struct carved_weights *weights)
{
	carved_rules_reserves(region, weights, room->median_q, room->easy_q);
	for (size_t k = 0; k < region->count[CARVED_KIND_COACH]; k++) {
		room->coach_q[k] = carved_region_coach(region, k)->hours_q;
		if (room->easy_q[k] < 0)
			room->easy_q[k] = INT_MAX;
	}
}

static void take_pieces(
	struct carved_plan_room *room, const struct carved_proposal *proposal, const struct carved_slot_table *table)
{
	const struct carved_slots *slots = carved_slot_table_site(table, proposal->site);
	for (size_t i = 0; i < proposal->piece_count; i++) {
		const struct carved_proposal_piece *piece = &proposal->pieces[i];
		const struct carved_slot *slot = &slots->items[piece->slot];
		bool is_job = slot->job->kind == CARVED_JOB;
		room->slot_q[carved_slot_table_first_slot(table, proposal->site) + piece->slot] -= piece->hours_q;
		if (is_job ? !slot->task->undone : proposal->kind == CARVED_CARVED)
			room->donor_q[carved_slot_table_first_job(table, proposal->site) + slot->job_index] -= piece->hours_q;
	}
}

static void take_support(
	struct carved_plan_room *room, const struct carved_proposal *proposal, const struct carved_region *region)
{
	const struct carved_candidate *candidate = carved_region_candidate(region, proposal->candidate);
	size_t coach = carved_region_index(region, CARVED_KIND_COACH, candidate->coach);
	room->places[proposal->site]--;
	room->supervision_q[proposal->site] -= candidate->buddy_q;
	if (coach == SIZE_MAX)
		return;
	room->coach_q[coach] -= candidate->coach_q;
	if (candidate->coach_q <= room->median_q[coach] && room->easy_q[coach] != INT_MAX)
		room->easy_q[coach] -= candidate->coach_q;
}

// Work that stands may use more than there is (rule `pinned`): then nothing is left.
static void raise_to_nothing(int *left, size_t count)
{
	for (size_t i = 0; i < count; i++)
		left[i] = left[i] < 0 ? 0 : left[i];
}

void carved_plan_room_init(struct carved_plan_room *room, const struct carved_plan *plan, const struct carved_region *region,
	const struct carved_slot_table *table, struct carved_arena *arena)
{
	size_t sites = region->count[CARVED_KIND_SITE], coaches = region->count[CARVED_KIND_COACH];
	*room = (struct carved_plan_room){
		.slot_q = carved_arena_array(arena, int, carved_slot_table_first_slot(table, sites)),
		.donor_q = carved_arena_array(arena, int, carved_slot_table_first_job(table, sites)),
		.places = carved_arena_array(arena, int, sites),
		.supervision_q = carved_arena_array(arena, int, sites),
		.coach_q = carved_arena_array(arena, int, coaches),
		.easy_q = carved_arena_array(arena, int, coaches),
		.median_q = carved_arena_array(arena, int, coaches),
	};
	fill_sites(room, region, table);
	fill_coaches(room, region, &plan->weights);
	for (size_t p = 0; p < plan->proposal_count; p++) {
		take_pieces(room, &plan->proposals[p], table);
		take_support(room, &plan->proposals[p], region);
	}
	raise_to_nothing(room->slot_q, carved_slot_table_first_slot(table, sites));
	raise_to_nothing(room->donor_q, carved_slot_table_first_job(table, sites));
}
