// SPDX-License-Identifier: EUPL-1.2
// Rule `build-up`.
//
// Sets        needs n of the package (hours h_n, smallest piece l_n), steps k with hours T_k < sum h_n; the others are the package itself
// Variables   S_k, the needs that step k has; y_kn its hours of them
// Constraints y_kn = 0 unless n in S_k, l_n <= y_kn <= h_n there; sum_n y_kn = T_k; S_k meets all must-wishes that the package meets; S_k in S_k+1; y_k can be laid into the week
// What load, jobs and supervisors ask, the package keeps, and so does every part of it.
//
// Method      For each step sets that hold the step's before, by number of needs and then in order; the next step only where this one works. Whether a set
//             works is a flow for each choice of days (build_up_flow.c). Steps are tied by their sets alone, so no set is looked at twice for one predecessor.
#include "carved/model/build_up.h"
#include "build_up_flow.h"
#include <string.h>

struct growing {
	const struct carved_candidate *candidate;
	const struct carved_build_up_need *needs;
	size_t count;
	struct carved_arena *arena;
	struct carved_build_up_step *steps;
	struct carved_build_up_flow flow; // of the set at hand
	bool *in;                         // per step and need: S_k
	uint32_t must;                    // wishes to meet
	int total_q;                      // of the package
	int tries;                        // left
};

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

struct carved_build_up_need carved_build_up_need_of(
	const struct carved_candidate *candidate, const struct carved_slot *slot, int hours_q)
{
	struct carved_build_up_need need = {.least_q = smaller(slot->chunk_q, hours_q), .most_q = hours_q, .parts = slot->parts};
	for (size_t w = 0; w < candidate->must.count; w++)
		need.meets |= (uint32_t)carved_wish_matches_any(candidate->must.items[w], &slot->tags) << w;
	return need;
}

static bool *set_of(struct growing *g, size_t step)
{
	return g->in + step * g->count;
}

static int hours_of(const struct growing *g, size_t step)
{
	return smaller(g->candidate->build_up[step].hours_q, g->total_q);
}

static bool meets_must(const struct growing *g, const bool *set)
{
	uint32_t met = 0;
	for (size_t n = 0; n < g->count; n++)
		met |= set[n] ? g->needs[n].meets : 0;
	return !(g->must & ~met);
}

// Whether the set can have `hours_q`, each need at least `least_q`; the hours are then in g->flow.
static bool try_set(struct growing *g, const bool *set, const int *least_q, int hours_q)
{
	if (g->tries-- <= 0)
		return false;
	for (size_t n = 0; n < g->count; n++) {
		g->flow.low_q[n] = set[n] ? smaller(least_q ? least_q[n] : g->needs[n].least_q, g->needs[n].most_q) : 0;
		g->flow.high_q[n] = set[n] ? g->needs[n].most_q : 0;
	}
	return carved_build_up_flow_solve(&g->flow, hours_q);
}

static bool grow(struct growing *g, size_t step);

// Whether the hours of the set's smallest and largest pieces leave room for the step's.
static bool has_hours(const struct growing *g, const bool *set, int hours_q)
{
	int low_q = 0, high_q = 0;
	for (size_t n = 0; n < g->count; n++) {
		low_q += set[n] ? g->needs[n].least_q : 0;
		high_q += set[n] ? g->needs[n].most_q : 0;
	}
	return low_q <= hours_q && hours_q <= high_q;
}

// Adds `more` needs from `from` on to the step's set, in every way, until one works for this step and those behind it.
static bool choose(struct growing *g, size_t step, size_t from, size_t more)
{
	bool *set = set_of(g, step);
	if (g->tries <= 0)
		return false;
	if (more == 0)
		return has_hours(g, set, hours_of(g, step)) && meets_must(g, set) && try_set(g, set, NULL, hours_of(g, step)) &&
		       grow(g, step + 1);
	for (size_t n = from; n + more <= g->count; n++) {
		if (set[n] || g->needs[n].least_q > hours_of(g, step))
			continue;
		set[n] = true;
		if (choose(g, step, n + 1, more - 1))
			return true;
		set[n] = false;
	}
	return false;
}

// Finds sets for this step and all behind it.
static bool grow(struct growing *g, size_t step)
{
	if (step == g->candidate->build_up_count)
		return true;
	if (hours_of(g, step) == g->total_q) { // the package itself
		for (size_t n = 0; n < g->count; n++)
			set_of(g, step)[n] = true;
		return grow(g, step + 1);
	}
	for (size_t more = 0; more <= g->count; more++) {
		memset(set_of(g, step), 0, g->count * sizeof *g->in);
		if (step > 0)
			memcpy(set_of(g, step), set_of(g, step - 1), g->count * sizeof *g->in);
		if (choose(g, step, 0, more))
			return true;
	}
	return false;
}

// The hours of a step whose set is known: what the step before had and more, or where that can't be, whatever the set allows.
static void settle(struct growing *g, size_t step, const int *before_q)
{
	struct carved_build_up_step *to = &g->steps[step];
	struct carved_schedule_need *needs = carved_arena_array(g->arena, struct carved_schedule_need, g->count);
	int *least_q = carved_arena_array(g->arena, int, g->count);
	to->hours_q = carved_arena_array(g->arena, int, g->count);
	for (size_t n = 0; n < g->count; n++) {
		least_q[n] = before_q && before_q[n] > g->needs[n].least_q ? before_q[n] : g->needs[n].least_q;
		to->hours_q[n] = g->needs[n].most_q;
	}
	g->tries = 2;
	if (hours_of(g, step) < g->total_q &&
		(try_set(g, set_of(g, step), least_q, hours_of(g, step)) || try_set(g, set_of(g, step), NULL, hours_of(g, step))))
		memcpy(to->hours_q, g->flow.hours_q, g->count * sizeof *to->hours_q);
	for (size_t n = 0; n < g->count; n++)
		needs[n] = (struct carved_schedule_need){to->hours_q[n], g->needs[n].parts};
	carved_schedule_make(needs, g->count, g->candidate->available_q, g->candidate->per_day_q, g->candidate->per_visit_q,
		g->arena, &to->schedule);
}

static struct growing open_growing(const struct carved_candidate *candidate, const struct carved_build_up_need *needs,
	size_t count, struct carved_arena *scratch)
{
	struct growing g = {.candidate = candidate, .needs = needs, .count = count, .tries = CARVED_BUILD_UP_TRIES};
	carved_parts_mask *parts = carved_arena_array(scratch, carved_parts_mask, count);
	for (size_t n = 0; n < count; n++) {
		parts[n] = needs[n].parts;
		g.total_q += needs[n].most_q;
		g.must |= needs[n].meets;
	}
	g.in = carved_arena_array(scratch, bool, count * candidate->build_up_count);
	carved_build_up_flow_init(&g.flow, candidate, parts, count, scratch);
	return g;
}

bool carved_build_up_make(const struct carved_candidate *candidate, const struct carved_build_up_need *needs, size_t count,
	struct carved_arena *arena, struct carved_build_up_step *ret_steps)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct growing g = open_growing(candidate, needs, count, &scratch);
	g.arena = arena;
	g.steps = ret_steps;
	bool found = grow(&g, 0);
	for (size_t k = 0; found && k < candidate->build_up_count; k++)
		settle(&g, k, k > 0 ? ret_steps[k - 1].hours_q : NULL);
	carved_arena_deinit(&scratch);
	return found;
}

// Pieces of any size: all slots of the same day parts of the person are as one. Numbers these groups per need; returns how many there are, with their parts.
static size_t group_by_parts(const struct carved_candidate *candidate, const struct carved_build_up_need *needs, size_t count,
	size_t *ret_groups, carved_parts_mask *ret_parts)
{
	carved_parts_mask own = 0;
	size_t groups = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		own |= (carved_parts_mask)(candidate->available_q[part] > 0) << part;
	for (size_t n = 0; n < count; n++) {
		size_t group = 0;
		while (group < groups && ret_parts[group] != (needs[n].parts & own))
			group++;
		ret_parts[group] = needs[n].parts & own;
		ret_groups[n] = group;
		groups += group == groups;
	}
	return groups;
}

bool carved_build_up_could(const struct carved_candidate *candidate, const struct carved_build_up_need *needs, size_t count,
	struct carved_arena *arena)
{
	struct carved_build_up_flow flow;
	carved_parts_mask *parts = carved_arena_array(arena, carved_parts_mask, count);
	size_t *group_of = carved_arena_array(arena, size_t, count);
	size_t groups = group_by_parts(candidate, needs, count, group_of, parts);
	uint32_t must = 0;
	int total_q = 0;
	for (size_t n = 0; n < count; n++) {
		must |= needs[n].meets;
		total_q += needs[n].most_q;
	}
	carved_build_up_flow_init(&flow, candidate, parts, groups, arena);
	for (size_t k = 0; k < candidate->build_up_count; k++) {
		int hours_q = candidate->build_up[k].hours_q;
		uint32_t met = 0;
		if (hours_q >= total_q)
			continue;
		memset(flow.high_q, 0, groups * sizeof *flow.high_q);
		for (size_t n = 0; n < count; n++) {
			if (needs[n].least_q > hours_q)
				continue;
			met |= needs[n].meets;
			flow.high_q[group_of[n]] += needs[n].most_q;
		}
		if ((must & ~met) || !carved_build_up_flow_solve(&flow, hours_q))
			return false;
	}
	return true;
}
