// SPDX-License-Identifier: EUPL-1.2
#include "support/world_plan.h"
#include <stdlib.h>

struct carved_solution world_solution(
	struct world *world, const struct carved_slot_table *table, const struct world_package *packages, size_t count)
{
	struct carved_solution solution = {.packages = carved_arena_array(&world->arena, struct carved_package, count)};
	for (size_t p = 0; p < count; p++) {
		size_t site = carved_region_index(&world->region, CARVED_KIND_SITE, packages[p].site), pieces = 0;
		struct carved_piece *copy = carved_arena_array(&world->arena, struct carved_piece, 8);
		for (; pieces < 8 && packages[p].pieces[pieces].hours_q; pieces++)
			copy[pieces] = (struct carved_piece){
				.slot = (uint32_t)(carved_slot_table_first_slot(table, site) + packages[p].pieces[pieces].slot),
				.hours_q = (uint32_t)packages[p].pieces[pieces].hours_q};
		solution.packages[solution.package_count++] = (struct carved_package){
			.candidate = (uint32_t)carved_region_index(&world->region, CARVED_KIND_CANDIDATE, packages[p].candidate),
			.site = (uint32_t)site,
			.kind = packages[p].kind,
			.piece_count = (uint32_t)pieces,
			.pieces = copy};
	}
	return solution;
}

static void fill_in_values(struct world *world, const struct carved_slot_table *table, struct carved_plan *plan)
{
	for (size_t p = 0; p < plan->proposal_count; p++) {
		struct carved_proposal *proposal = &plan->proposals[p];
		carved_check_value(&world->region, table, plan->date, &plan->weights, proposal,
			plan->options[proposal->candidate], &proposal->parts);
		proposal->value = 0;
#define X(part) proposal->value += proposal->parts.part;
		CARVED_VALUE_PARTS(X)
#undef X
		plan->value += proposal->value;
	}
	plan->bound = plan->value;
}

void world_plan_make(struct world *world, const struct carved_slot_table *table, const struct carved_weights *weights,
	const struct world_package *packages, size_t count, struct carved_plan *ret_plan)
{
	struct carved_solution solution = world_solution(world, table, packages, count);
	if (!carved_plan_make(&world->region, table, WORLD_DATE, weights, &solution, ret_plan, NULL))
		abort();
	fill_in_values(world, table, ret_plan);
}
