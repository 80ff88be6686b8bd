// SPDX-License-Identifier: EUPL-1.2
// Lies about one package.
#include "carved/model/build_up.h"
#include "support/lies_steps.h"
#include <string.h>

static void add_hours(struct lying *l, size_t piece, int quarters)
{
	struct carved_package *package = lying_package(l);
	struct carved_piece *pieces = carved_arena_array(&l->arena, struct carved_piece, package->piece_count);
	memcpy(pieces, package->pieces, package->piece_count * sizeof *pieces);
	pieces[piece].hours_q = (uint32_t)((int)pieces[piece].hours_q + quarters);
	package->pieces = pieces;
}

bool lie_hours_below(struct lying *l, bool outside)
{
	l->candidate->min_q = lying_package_q(l) + outside;
	return true;
}

bool lie_hours_above(struct lying *l, bool outside)
{
	l->candidate->max_q = lying_package_q(l) - outside;
	return l->candidate->max_q > 0;
}

// The solver adds a quarter; the week would have room for it.
bool lie_hours_added(struct lying *l, bool outside)
{
	if (outside) {
		add_hours(l, l->piece, 1);
		return true;
	}
	l->candidate->max_q = lying_package_q(l);
	l->candidate->per_day_q++;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		l->candidate->available_q[part] =
			(uint16_t)(l->candidate->available_q[part] + (l->candidate->available_q[part] ? 1 : 0));
	return true;
}

bool lie_chunk_raised(struct lying *l, bool outside)
{
	int hours_q = lying_piece_q(l, l->piece);
	if (lying_package(l)->kind == CARVED_WHOLE_VACANCY || hours_q >= lying_slot(l, l->piece)->hours_q - 1)
		return false;                                  // a slot's full hours are always enough
	for (size_t p = 0; p < l->solution.package_count; p++) // whose steps may need smaller pieces of the same slot
		l->region->documents[CARVED_KIND_CANDIDATE][l->solution.packages[p].candidate]->candidate.build_up_count = 0;
	lying_task(l, l->piece)->chunk_q = hours_q + outside;
	return true;
}

bool lie_chunk_cut(struct lying *l, bool outside)
{
	if (outside) {
		add_hours(l, l->piece, -1);
		return true;
	}
	l->candidate->min_q = lying_package_q(l) - 1;
	l->candidate->per_visit_q = 1; // a day may get shorter
	lying_task(l, l->piece)->chunk_q = lying_piece_q(l, l->piece);
	return lying_package(l)->kind != CARVED_WHOLE_VACANCY && lying_piece_q(l, l->piece) > 1;
}

static bool can_lay(struct lying *l)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_schedule schedule;
	size_t count = lying_package(l)->piece_count;
	struct carved_schedule_need *needs = carved_arena_array(&scratch, struct carved_schedule_need, count);
	for (size_t i = 0; i < count; i++)
		needs[i] = (struct carved_schedule_need){lying_piece_q(l, i), lying_slot(l, i)->parts};
	bool can = carved_schedule_make(
		needs, count, l->candidate->available_q, l->candidate->per_day_q, l->candidate->per_visit_q, &scratch, &schedule);
	carved_arena_deinit(&scratch);
	return can;
}

// A quarter less a day than the package needs, or a quarter more a visit.
bool lie_schedule_day(struct lying *l, bool outside)
{
	int step = l->piece % 2 ? -1 : 1, *figure = l->piece % 2 ? &l->candidate->per_day_q : &l->candidate->per_visit_q;
	if (outside) {
		*figure += step;
		return true;
	}
	for (int steps = 0; steps < 64 && *figure > 0; steps++) {
		*figure += step;
		if (!can_lay(l)) {
			*figure -= step;
			return true;
		}
	}
	return false;
}

// The person has a quarter less in a day part than the package needs.
bool lie_schedule_part(struct lying *l, bool outside)
{
	size_t part = 0;
	for (size_t seen = 0; part < CARVED_DAY_PARTS; part++) { // the part that `piece` chooses among those that the person has
		if (l->candidate->available_q[part] && seen++ == l->piece)
			break;
	}
	if (part == CARVED_DAY_PARTS)
		return false;
	if (outside) {
		l->candidate->available_q[part]--;
		return true;
	}
	while (l->candidate->available_q[part] > 1) {
		l->candidate->available_q[part]--;
		if (!can_lay(l)) {
			l->candidate->available_q[part]++;
			return true;
		}
	}
	return false;
}

bool lie_schedule_shown(struct lying *l, bool outside)
{
	l->schedule_step_q = outside ? 1 : 0;
	return true;
}

// Whether the package has a part for one step of so many hours.
static bool can_start_with(struct lying *l, int hours_q)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	size_t count = lying_package(l)->piece_count;
	struct carved_build_up *step = carved_arena_array(&l->arena, struct carved_build_up, 1);
	struct carved_build_up_step found;
	struct carved_build_up_need *needs = carved_arena_array(&scratch, struct carved_build_up_need, count);
	*step = (struct carved_build_up){.week = 0, .hours_q = hours_q};
	l->candidate->build_up = step;
	l->candidate->build_up_count = 1;
	for (size_t i = 0; i < count; i++)
		needs[i] = carved_build_up_need_of(l->candidate, lying_slot(l, i), lying_piece_q(l, i));
	bool can = carved_build_up_make(l->candidate, needs, count, &scratch, &found);
	carved_arena_deinit(&scratch);
	return can;
}

// The least that the package has a part for, and a quarter less.
bool lie_build_up_hours(struct lying *l, bool outside)
{
	int hours_q = 2;
	if (outside)
		return !can_start_with(l, l->candidate->build_up->hours_q - 1);
	while (hours_q < lying_package_q(l) && !(can_start_with(l, hours_q) && !can_start_with(l, hours_q - 1)))
		hours_q++;
	return hours_q < lying_package_q(l) && can_start_with(l, hours_q);
}

bool lie_build_up_shown(struct lying *l, bool outside)
{
	l->growth_step_q = outside ? 1 : 0;
	return outside || can_start_with(l, lying_package_q(l) / 2);
}

bool lie_build_up_week(struct lying *l, bool outside)
{
	l->growth_week = outside ? 1 : 0;
	return outside || can_start_with(l, lying_package_q(l) / 2);
}

bool lie_load(struct lying *l, bool outside)
{
	const struct carved_qualifiers *asked = &lying_slot(l, l->piece)->demands;
	if (asked->count == 0)
		return false;
	const struct carved_qualifier level = asked->items[l->piece % asked->count];
	if (outside) {
		l->candidate->limits[l->candidate->limit_count - 1].hours_q--;
		return true;
	}
	int sum_q = 0;
	for (size_t i = 0; i < lying_package(l)->piece_count; i++) {
		const struct carved_qualifiers *demands = &lying_slot(l, i)->demands;
		bool counts = false;
		for (size_t k = 0; k < demands->count; k++)
			counts = counts || (carved_icf_is_below(demands->items[k].icf, level.icf) &&
						   demands->items[k].value >= level.value);
		sum_q += counts ? lying_piece_q(l, i) : 0;
	}
	struct carved_load_limit *limits = carved_arena_array(&l->arena, struct carved_load_limit, l->candidate->limit_count + 1);
	if (l->candidate->limit_count)
		memcpy(limits, l->candidate->limits, l->candidate->limit_count * sizeof *limits);
	limits[l->candidate->limit_count++] = (struct carved_load_limit){level.icf, level.value, sum_q};
	l->candidate->limits = limits;
	return true;
}

bool lie_jobs(struct lying *l, bool outside)
{
	uint16_t count = 0;
	for (size_t j = 0; j < l->site->job_count; j++) {
		bool used = false;
		for (size_t i = 0; i < lying_package(l)->piece_count; i++)
			used = used || lying_job(l, i) == &l->site->jobs[j];
		count = (uint16_t)(count + used);
	}
	l->candidate->jobs_max = (uint16_t)(count - outside);
	return count > 1;
}

bool lie_supervisor(struct lying *l, bool outside)
{
	size_t count = lying_package(l)->piece_count, last = count - 1;
	if (count < 2 || lying_task(l, 0) == lying_task(l, last))
		return false;
	l->candidate->supervisors_max = 1;
	for (size_t i = 0; i < count; i++)
		lying_task(l, i)->supervisor = NULL;
	lying_task(l, 0)->supervisor = "team-a";
	lying_task(l, last)->supervisor = outside ? "team-b" : "team-a";
	return true;
}

bool lie_travel(struct lying *l, bool outside)
{
	int minutes = carved_rules_minutes(l->candidate, l->site);
	l->candidate->max_minutes = (uint16_t)(minutes - outside);
	return minutes > 1;
}

bool lie_excluded(struct lying *l, bool outside)
{
	if (outside)
		lying_drop_text(&l->candidate->not_with);
	lying_add_text(l, &l->candidate->not_with,
		outside ? l->site->employer : carved_arena_printf(&l->arena, "%sx", l->site->employer));
	return true;
}

bool lie_must(struct lying *l, bool outside)
{
	if (outside)
		lying_drop_text(&lying_task(l, l->piece)->tags);
	else
		lying_add_text(l, &l->candidate->must, "4.B.2");
	lying_add_text(l, &lying_task(l, l->piece)->tags, outside ? "4.B.2x" : "4.B.2.x");
	return true;
}

bool lie_whole_vacancy(struct lying *l, bool outside)
{
	if (outside)
		lying_package(l)->kind = lying_package(l)->kind == CARVED_CARVED ? CARVED_WHOLE_VACANCY : CARVED_CARVED;
	return true;
}

bool lie_consent(struct lying *l, bool outside)
{
	if (l->piece % 2)
		l->candidate->consent_given = l->date + outside;
	else
		l->candidate->consent_expires = l->date - outside;
	return true;
}
