// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/single.h"
#include "check_state.h"
#include "plan_unplaced.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct carved_singles {
	const struct carved_region *region;
	struct carved_slot_table *table;
	struct carved_options *options; // of nobody: shared by all questions
	struct carved_plan nobody;      // the empty plan, for its date and weights
	struct carved_plan_room room;   // what it leaves: everything
	int *reserve_q;                 // per coach: carved_rules_reserve_q
	struct carved_arena arena;      // owns the room
};

struct carved_single {
	const struct carved_singles *singles;
	struct carved_options *options;
	size_t candidate;
};

static void learn_reserves(struct carved_singles *singles)
{
	size_t coaches = singles->region->count[CARVED_KIND_COACH];
	singles->reserve_q = carved_arena_array(&singles->arena, int, coaches);
	for (size_t k = 0; k < coaches; k++)
		singles->reserve_q[k] = singles->room.easy_q[k] == INT_MAX ? -1 : singles->room.easy_q[k];
}

struct carved_singles *carved_singles_new(
	const struct carved_region *region, carved_date date, const struct carved_weights *weights)
{
	struct carved_singles *singles = carved_alloc_array(1, sizeof *singles);
	singles->region = region;
	singles->table = carved_slot_table_new(region);
	singles->options = carved_options_new(region, date);
	singles->nobody = (struct carved_plan){.date = date, .weights = *weights};
	carved_plan_room_init(&singles->room, &singles->nobody, region, singles->table, &singles->arena);
	learn_reserves(singles);
	return singles;
}

void carved_singles_free(struct carved_singles *singles)
{
	if (!singles)
		return;
	carved_slot_table_free(singles->table);
	carved_options_free(singles->options);
	carved_arena_deinit(&singles->arena);
	free(singles);
}

const struct carved_slot_table *carved_singles_table(const struct carved_singles *singles)
{
	return singles->table;
}

struct carved_single *carved_single_new(const struct carved_singles *singles, size_t candidate)
{
	struct carved_single *single = carved_alloc_array(1, sizeof *single);
	*single = (struct carved_single){
		.singles = singles, .options = carved_options_share(singles->options), .candidate = candidate};
	return single;
}

void carved_single_free(struct carved_single *single)
{
	if (!single)
		return;
	carved_options_free(single->options);
	free(single);
}

static void refuse(
	const struct carved_single *single, const struct carved_violation *violation, size_t site, struct carved_error *error)
{
	const struct carved_region *region = single->singles->region;
	carved_error_set(error, CARVED_PLAN_INVALID);
	carved_error_add(error, "candidate", carved_region_candidate(region, single->candidate)->ref);
	carved_error_add(error, "site", carved_region_site(region, site)->ref);
	carved_error_add(error, "rule", carved_rule_names[violation->rule]);
}

bool carved_single_make(struct carved_single *single, const struct carved_package *package, struct carved_plan *ret_plan,
	struct carved_error *error)
{
	const struct carved_singles *singles = single->singles;
	struct carved_check_reserves reserves = {.median_q = singles->room.median_q, .reserve_q = singles->reserve_q};
	struct carved_violations violations = {0};
	struct carved_plan plan;
	if (!carved_plan_make_single(
		    singles->region, singles->table, singles->nobody.date, &singles->nobody.weights, package, &plan, error))
		return false;
	bool valid = carved_check_single(singles->region, singles->table, &reserves, single->options, &plan, &violations);
	if (valid) {
		plan.proposals[0].options =
			carved_plan_options(singles->region, single->options, &singles->nobody.weights, single->candidate);
		*ret_plan = plan;
	} else {
		refuse(single, &violations.items[0], package->site, error);
		carved_plan_deinit(&plan);
	}
	carved_violations_deinit(&violations);
	return valid;
}

enum carved_rule carved_single_reason(struct carved_single *single)
{
	const struct carved_singles *singles = single->singles;
	size_t site;
	enum carved_rule anyhow =
		carved_plan_unplaced_anyhow(single->options, &singles->nobody.weights, single->candidate, &site);
	if (anyhow != CARVED_RULE_COUNT)
		return anyhow;
	return carved_plan_unplaced_by_plan(single->options, &singles->room, single->candidate, site);
}

// ---- the region around one person

static bool belongs(
	const struct carved_region *region, const struct carved_candidate *person, enum carved_kind kind, size_t index)
{
	switch (kind) {
	case CARVED_KIND_CANDIDATE: // the person too
		return strcmp(carved_region_candidate(region, index)->coach, person->coach) == 0;
	case CARVED_KIND_SITE:
		return carved_rules_minutes(person, carved_region_site(region, index)) <= person->max_minutes;
	default:
		return true;
	}
}

struct carved_region *carved_region_around(const struct carved_region *region, size_t candidate)
{
	const struct carved_candidate *person = carved_region_candidate(region, candidate);
	struct carved_region *around = carved_region_new();
	around->version = region->version;
	around->exclusions = carved_exclusions_ref(region->exclusions);
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		size_t count = region->count[kind];
		around->documents[kind] = carved_alloc_array(count, sizeof *around->documents[kind]);
		for (size_t i = 0; i < count; i++) {
			if (belongs(region, person, (enum carved_kind)kind, i))
				around->documents[kind][around->count[kind]++] = carved_document_ref(region->documents[kind][i]);
		}
	}
	return around;
}
