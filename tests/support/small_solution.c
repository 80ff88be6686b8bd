// SPDX-License-Identifier: EUPL-1.2
#include "small_solution.h"

// A proof of one site by one branching on its only candidate: three nodes, two leaves of five prices (two slots, a job, supervision, places), one of
// them with a price of the coach.
static void add_proof(struct carved_solution *solution)
{
	struct carved_proof *proof = &solution->proof;
	*proof = (struct carved_proof){.node_count = 3, .price_count = 10, .coach_count = 1, .rounded = 1};
	proof->charges = carved_arena_array(&solution->arena, int64_t, 1);
	proof->nodes = carved_arena_array(&solution->arena, struct carved_proof_node, 3);
	proof->prices = carved_arena_array(&solution->arena, int64_t, 10);
	proof->charges[0] = 500 * CARVED_MICRO;
	proof->nodes[0] = (struct carved_proof_node){
		.candidate = 0, .job = CARVED_NONE, .slot = CARVED_NONE, .in = 1, .out = 2, .prices = CARVED_NONE};
	proof->nodes[1] = (struct carved_proof_node){.candidate = CARVED_NONE,
		.job = CARVED_NONE,
		.slot = CARVED_NONE,
		.in = CARVED_NONE,
		.out = CARVED_NONE,
		.prices = 0};
	proof->nodes[2] = (struct carved_proof_node){.candidate = CARVED_NONE,
		.job = CARVED_NONE,
		.slot = CARVED_NONE,
		.in = CARVED_NONE,
		.out = CARVED_NONE,
		.prices = 5};
	proof->coaches = carved_arena_array(&solution->arena, struct carved_proof_coach, 1);
	proof->coaches[0] = (struct carved_proof_coach){.node = 1, .coach = 0, .hours = 11};
	proof->prices[4] = 9 * CARVED_MICRO;
}

void small_solution_init(struct carved_solution *solution, const struct carved_instance *instance, int64_t value)
{
	*solution = (struct carved_solution){.package_count = 1, .value = value, .bound = value + 1000, .iterations = 12};
	struct carved_piece *pieces = carved_arena_array(&solution->arena, struct carved_piece, 2);
	pieces[0] = (struct carved_piece){.slot = 0, .hours_q = 32};
	pieces[1] = (struct carved_piece){.slot = 1, .hours_q = 8};
	solution->packages = carved_arena_array(&solution->arena, struct carved_package, 1);
	solution->packages[0] = (struct carved_package){.kind = CARVED_CARVED,
		.piece_count = 2,
		.pieces = pieces,
		.parts = {.place = value + 100, .jobs = -100},
		.value = value};
	carved_prices_init(&solution->prices, instance, &solution->arena);
	solution->prices.slot[1] = 7 * CARVED_MICRO;
	solution->prices.coach[0] = 3;
	solution->ended_by = CARVED_ENDED_BY_ITERATIONS;
	add_proof(solution);
}
