// SPDX-License-Identifier: EUPL-1.2
#include "plan_base.h"
#include "carved/base/json.h"
#include "ground.h"
#include <stdlib.h>
#include <string.h>

void carved_plan_base_deinit(struct carved_plan_base *base)
{
	free(base->pins);
	carved_past_unref(base->past);
	carved_past_unref(base->standing);
	carved_past_unref(base->offered);
	carved_placements_deinit(&base->placements);
	carved_start_deinit(&base->start);
	*base = (struct carved_plan_base){0};
}

bool carved_plan_base_is_request_fault(enum carved_code code)
{
	return code == CARVED_PLAN_NOT_FOUND || code == CARVED_PLAN_WITHOUT_PROPOSALS || code == CARVED_PLAN_NONE_STANDS ||
	       code == CARVED_PIN_UNKNOWN;
}

static bool check_pins(
	const struct carved_plan_base *base, struct carved_arena *arena, const char **ret_pointer, struct carved_error *error)
{
	for (size_t i = 0; i < base->pin_count; i++) {
		if (carved_past_find_proposal(base->past, base->pins[i]) != CARVED_NONE)
			continue;
		*ret_pointer = carved_arena_printf(arena, "/pin/%zu", i);
		carved_fail(error, CARVED_PIN_UNKNOWN, "proposal", base->pins[i]);
		carved_error_add(error, "plan", base->plan);
		return false;
	}
	return true;
}

bool carved_plan_base_read_decided(struct carved_plan_base *base, struct carved_store *store, struct carved_error *error)
{
	base->offered = carved_past_new("");
	return carved_placements_read_standing(store, &base->standing, error) &&
	       carved_placements_read(store, CARVED_STORE_OFFERED, base->offered, error);
}

// The gap as the plan's summary has it, in millionths.
static uint32_t gap_of(const struct carved_store_plan *plan)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *summary;
	uint32_t line, column, gap = 0;
	struct carved_error error;
	if (plan->summary && carved_json_parse(plan->summary, plan->summary_length, &arena, &summary, &error, &line, &column))
		gap = (uint32_t)(carved_node_get_real(summary, "gap", 0) * 1e6 + 0.5);
	carved_arena_deinit(&arena);
	return gap;
}

bool carved_plan_base_read(struct carved_plan_base *base, struct carved_store *store, struct carved_arena *arena,
	const char **ret_pointer, struct carved_error *error)
{
	struct carved_store_plan plan;
	*ret_pointer = base->pointer;
	if (base->last && !carved_last_plan_find(store, base->plan, error))
		return false;
	if (!base->plan[0]) {
		carved_error_set(error, CARVED_PLAN_NONE_STANDS);
		return false;
	}
	if (!carved_store_plan_get(store, base->plan, arena, &plan, error))
		return false;
	bool ended = plan.state == CARVED_STORE_PLAN_DONE || plan.state == CARVED_STORE_PLAN_CANCELLED;
	int64_t proposals = 0;
	if (ended && !carved_store_proposal_count(store, base->plan, NULL, &proposals, error))
		return false;
	if (proposals == 0)
		return carved_fail(error, CARVED_PLAN_WITHOUT_PROPOSALS, "plan", base->plan);
	base->gap = gap_of(&plan);
	return carved_past_read_plan(store, base->plan, &base->past, error) && check_pins(base, arena, ret_pointer, error);
}

void carved_plan_base_raise_bound(const struct carved_plan_base *base, struct carved_solution *solution)
{
	solution->bound += solution->bound == INT64_MAX ? 0 : base->pinned_value;
}

void carved_plan_base_add_pinned(const struct carved_plan_base *base, struct carved_solution *solution)
{
	uint32_t count = solution->package_count + base->pinned_count;
	struct carved_package *all = carved_arena_array(&solution->arena, struct carved_package, count);
	for (uint32_t i = 0, s = 0, p = 0; i < count; i++) {
		bool pinned = s == solution->package_count ||
			      (p < base->pinned_count && base->pinned[p].candidate < solution->packages[s].candidate);
		all[i] = pinned ? base->pinned[p++] : solution->packages[s++];
	}
	solution->packages = all;
	solution->package_count = count;
	solution->value += base->pinned_value;
	carved_plan_base_raise_bound(base, solution);
}

bool carved_plan_base_is_pinned(const struct carved_plan_base *base, size_t candidate)
{
	for (uint32_t i = 0; i < base->pinned_count; i++) {
		if (base->pinned[i].candidate == candidate)
			return true;
	}
	return false;
}

void carved_plan_base_tell(const struct carved_plan_base *base, struct carved_plan_from *ret_from)
{
	memcpy(ret_from->plan, base->plan, sizeof ret_from->plan);
	ret_from->most_changes = base->most_changes;
	ret_from->keep_weight = base->keep_weight;
	ret_from->pins = (const char(*)[CARVED_STORE_ID_MAX])base->pins;
	ret_from->pin_count = base->pin_count;
}

static bool is_same(const struct carved_start_package *former, const struct carved_proposal *now, size_t first_slot)
{
	if (former->site != now->site || former->kind != now->kind || former->piece_count != now->piece_count)
		return false;
	for (uint32_t i = 0; i < former->piece_count; i++) {
		if (former->pieces[i].slot != first_slot + now->pieces[i].slot ||
			former->pieces[i].hours_q != (uint32_t)now->pieces[i].hours_q)
			return false;
	}
	return true;
}

size_t carved_plan_base_count_different(const struct carved_plan_base *base, const struct carved_region *region,
	const struct carved_slot_table *table, const struct carved_plan *plan)
{
	size_t same = 0, both = 0;
	uint32_t f = 0;
	for (size_t p = 0; p < plan->proposal_count; p++) {
		const struct carved_proposal *now = &plan->proposals[p];
		while (f < base->former_count && base->former[f].candidate < now->candidate)
			f++;
		both += carved_past_find(base->past, carved_region_candidate(region, now->candidate)->ref) != CARVED_NONE;
		if (f < base->former_count && base->former[f].candidate == now->candidate)
			same += is_same(&base->former[f], now, carved_slot_table_first_slot(table, now->site));
	}
	return plan->proposal_count + carved_past_count(base->past) - both -
	       same; // those in either, less those who have the same in both
}
