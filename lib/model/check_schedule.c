// SPDX-License-Identifier: EUPL-1.2
// The schedules that a proposal shows, its own and those of its steps, added up entry by entry. They are not made again here: whoever shows one has to show a
// right one.
#include "check_state.h"

struct sums {
	int64_t *piece_q; // per piece
	int64_t part_q[CARVED_DAY_PARTS], day_q[CARVED_DAYS];
};

struct look {
	const struct carved_checked_proposal *checked;
	const struct carved_check_laid *laid;
};

static void add(const struct look *look, size_t piece, const char *what, int64_t found, int64_t allowed)
{
	carved_checked_add(look->checked, look->laid->rule, piece, what, found, allowed);
}

// Returns false where the entry means nothing.
static bool sum_up(const struct look *look, const struct carved_schedule_entry *entry, struct sums *sums)
{
	const struct carved_checked_proposal *checked = look->checked;
	if (entry->need >= checked->proposal->piece_count || entry->part < 0 || entry->part >= CARVED_DAY_PARTS) {
		add(look, SIZE_MAX, NULL, (int64_t)entry->need, (int64_t)checked->proposal->piece_count);
		return false;
	}
	const char *part = carved_day_part_names[entry->part];
	if (!(carved_checked_slot(checked, entry->need)->parts >> entry->part & 1))
		add(look, entry->need, part, entry->hours_q, 0);
	if (entry->hours_q <= 0)
		add(look, entry->need, part, entry->hours_q, 1);
	sums->piece_q[entry->need] += entry->hours_q;
	sums->part_q[entry->part] += entry->hours_q;
	sums->day_q[entry->part / CARVED_PARTS_PER_DAY] += entry->hours_q;
	return true;
}

static void check_days(const struct look *look, const struct sums *sums)
{
	const struct carved_candidate *candidate = look->checked->candidate;
	int64_t visit_q = candidate->per_visit_q < look->laid->hours_q ? candidate->per_visit_q : look->laid->hours_q;
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (sums->day_q[day] > candidate->per_day_q)
			add(look, SIZE_MAX, carved_day_names[day], sums->day_q[day], candidate->per_day_q);
		if (sums->day_q[day] > 0 && sums->day_q[day] < visit_q)
			add(look, SIZE_MAX, carved_day_names[day], sums->day_q[day], visit_q);
	}
}

void carved_check_laid(const struct carved_checked_proposal *checked, const struct carved_check_laid *laid)
{
	const struct look look = {checked, laid};
	const size_t pieces = checked->proposal->piece_count;
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct sums sums = {.piece_q = carved_arena_array(&scratch, int64_t, pieces)};
	bool readable = true;
	for (size_t i = 0; i < laid->schedule->count; i++)
		readable = sum_up(&look, &laid->schedule->entries[i], &sums) && readable;
	for (size_t i = 0; readable && i < pieces; i++) {
		if (sums.piece_q[i] != laid->piece_q[i])
			add(&look, i, carved_checked_slot(checked, i)->task->ref, sums.piece_q[i], laid->piece_q[i]);
	}
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (sums.part_q[part] > checked->candidate->available_q[part])
			add(&look, SIZE_MAX, carved_day_part_names[part], sums.part_q[part],
				checked->candidate->available_q[part]);
	}
	check_days(&look, &sums);
	carved_arena_deinit(&scratch);
}

void carved_check_schedule(const struct carved_checked_proposal *checked)
{
	const struct carved_proposal *proposal = checked->proposal;
	struct carved_arena scratch = CARVED_ARENA_INIT;
	int64_t *piece_q = carved_arena_array(&scratch, int64_t, proposal->piece_count);
	for (size_t i = 0; i < proposal->piece_count; i++)
		piece_q[i] = proposal->pieces[i].hours_q;
	carved_check_laid(
		checked, &(struct carved_check_laid){CARVED_RULE_SCHEDULE, &proposal->schedule, piece_q, checked->hours_q});
	carved_arena_deinit(&scratch);
}
