// SPDX-License-Identifier: EUPL-1.2
// Why a person has no package in a plan.
#pragma once
#include "carved/model/plan.h"
#include "options.h"

// What a plan leaves free, numbered as the instance. Made once, read for each person.
struct carved_plan_room {
	int *slot_q, *donor_q;       // per slot, per job: quarters left
	int *places, *supervision_q; // per site
	int *coach_q;                // per coach
	int *easy_q;                 // per coach: left for the easy half; INT_MAX no limit
	int *median_q;               // per coach: need up to which a person is of the easy half
};

void carved_plan_room_init(struct carved_plan_room *room, const struct carved_plan *plan, const struct carved_region *region,
	const struct carved_slot_table *table, struct carved_arena *arena);

// The reason, as DESIGN has it, in two steps: a rule's name that holds whatever the plan is, CARVED_RULE_COUNT where some site would do in an empty region
// (*ret_site: the first such) ...
enum carved_rule carved_plan_unplaced_anyhow(
	struct carved_options *options, const struct carved_weights *weights, size_t candidate, size_t *ret_site);
// ... and then the coupling rule that binds. `site`: as above. Both take the candidate up in `options`, which are of the region and the plan's date.
enum carved_rule carved_plan_unplaced_by_plan(
	struct carved_options *options, const struct carved_plan_room *room, size_t candidate, size_t site);

struct carved_outlook;
// Fills in who is unplaced and why, in order, and everybody's options. Requires: the proposals are there, in the order of their candidates. The outlook is as before
// afterwards; nobody else asks it meanwhile.
void carved_plan_give_reasons(
	struct carved_plan *plan, const struct carved_outlook *outlook, const struct carved_slot_table *table);
