// SPDX-License-Identifier: EUPL-1.2
// The schedule that a proposal shows, added up entry by entry. It is not made again here: whoever shows one has to show a right one.
#include "check_state.h"

struct sums {
	int64_t *piece_q; // per piece
	int64_t part_q[CARVED_DAY_PARTS], day_q[CARVED_DAYS];
};

static void add(const struct carved_checked_proposal *checked, size_t piece, const char *what, int64_t found, int64_t allowed)
{
	carved_checked_add(checked, CARVED_RULE_SCHEDULE, piece, what, found, allowed);
}

// Returns false where the entry means nothing.
static bool sum_up(const struct carved_checked_proposal *checked, const struct carved_schedule_entry *entry, struct sums *sums)
{
	if (entry->need >= checked->proposal->piece_count || entry->part < 0 || entry->part >= CARVED_DAY_PARTS) {
		add(checked, SIZE_MAX, NULL, (int64_t)entry->need, (int64_t)checked->proposal->piece_count);
		return false;
	}
	const char *part = carved_day_part_names[entry->part];
	if (!(carved_checked_slot(checked, entry->need)->parts >> entry->part & 1))
		add(checked, entry->need, part, entry->hours_q, 0);
	if (entry->hours_q <= 0)
		add(checked, entry->need, part, entry->hours_q, 1);
	sums->piece_q[entry->need] += entry->hours_q;
	sums->part_q[entry->part] += entry->hours_q;
	sums->day_q[entry->part / CARVED_PARTS_PER_DAY] += entry->hours_q;
	return true;
}

static void check_days(const struct carved_checked_proposal *checked, const struct sums *sums)
{
	const struct carved_candidate *candidate = checked->candidate;
	int64_t visit_q = candidate->per_visit_q < checked->hours_q ? candidate->per_visit_q : checked->hours_q;
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (sums->day_q[day] > candidate->per_day_q)
			add(checked, SIZE_MAX, carved_day_names[day], sums->day_q[day], candidate->per_day_q);
		if (sums->day_q[day] > 0 && sums->day_q[day] < visit_q)
			add(checked, SIZE_MAX, carved_day_names[day], sums->day_q[day], visit_q);
	}
}

void carved_check_schedule(const struct carved_checked_proposal *checked)
{
	const struct carved_proposal *proposal = checked->proposal;
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct sums sums = {.piece_q = carved_arena_array(&scratch, int64_t, proposal->piece_count)};
	bool readable = true;
	for (size_t i = 0; i < proposal->schedule.count; i++)
		readable = sum_up(checked, &proposal->schedule.entries[i], &sums) && readable;
	for (size_t i = 0; readable && i < proposal->piece_count; i++) {
		if (sums.piece_q[i] != proposal->pieces[i].hours_q)
			add(checked, i, carved_checked_slot(checked, i)->task->ref, sums.piece_q[i], proposal->pieces[i].hours_q);
	}
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (sums.part_q[part] > checked->candidate->available_q[part])
			add(checked, SIZE_MAX, carved_day_part_names[part], sums.part_q[part],
				checked->candidate->available_q[part]);
	}
	check_days(checked, &sums);
	carved_arena_deinit(&scratch);
}
