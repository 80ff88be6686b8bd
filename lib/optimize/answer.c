// SPDX-License-Identifier: EUPL-1.2
#include "answer.h"
#include <stdlib.h>
#include <string.h>

// Capacities used up by the packages of a solution, by the instance alone: nothing of the search's bookkeeping is believed.
struct account {
	const struct carved_instance *instance;
	int64_t *slot_q, *donor_q, *buddy_q, *places, *coach_q, *easy_q;
};

static void fail_unless(bool right)
{
	if (!right)
		abort();
}

static void count_package(struct account *account, const struct carved_package *package)
{
	const struct carved_instance *in = account->instance;
	const struct carved_instance_candidate *c = &in->candidates[package->candidate];
	int64_t hours_q = 0;
	for (uint32_t p = 0; p < package->piece_count; p++) {
		const struct carved_piece *piece = &package->pieces[p];
		const struct carved_instance_slot *slot = &in->slots[piece->slot];
		const struct carved_instance_job *job = &in->jobs[slot->job];
		fail_unless(
			slot->site == package->site && (p == 0 || package->pieces[p - 1].slot < piece->slot) && !job->blocked);
		if (package->kind == CARVED_WHOLE_VACANCY) {
			fail_unless(job->kind == CARVED_VACANCY && piece->hours_q == slot->unit_q);
		} else {
			fail_unless(job->carvable && piece->hours_q >= slot->chunk_q);
			account->donor_q[slot->job] += slot->undone ? 0 : piece->hours_q;
		}
		account->slot_q[piece->slot] += piece->hours_q;
		hours_q += piece->hours_q;
	}
	fail_unless(c->matchable && hours_q >= c->min_q && hours_q <= c->max_q);
	account->buddy_q[package->site] += c->buddy_q;
	account->places[package->site]++;
	account->coach_q[c->coach] += c->coach_q;
	account->easy_q[c->coach] += c->easy ? c->coach_q : 0;
}

static void check(const struct carved_instance *in, const struct carved_solution *solution)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct account account = {.instance = in,
		.slot_q = carved_arena_array(&arena, int64_t, in->slots_count),
		.donor_q = carved_arena_array(&arena, int64_t, in->jobs_count),
		.buddy_q = carved_arena_array(&arena, int64_t, in->sites_count),
		.places = carved_arena_array(&arena, int64_t, in->sites_count),
		.coach_q = carved_arena_array(&arena, int64_t, in->coaches_count),
		.easy_q = carved_arena_array(&arena, int64_t, in->coaches_count)};
	for (uint32_t p = 0; p < solution->package_count; p++) {
		fail_unless(p == 0 || solution->packages[p - 1].candidate < solution->packages[p].candidate);
		count_package(&account, &solution->packages[p]);
	}
	for (uint32_t t = 0; t < in->slots_count; t++)
		fail_unless(account.slot_q[t] <= in->slots[t].hours_q);
	for (uint32_t j = 0; j < in->jobs_count; j++)
		fail_unless(account.donor_q[j] <= in->jobs[j].cap_q);
	for (uint32_t s = 0; s < in->sites_count; s++)
		fail_unless(account.buddy_q[s] <= in->sites[s].buddy_q && account.places[s] <= in->sites[s].places);
	for (uint32_t k = 0; k < in->coaches_count; k++)
		fail_unless(account.coach_q[k] <= in->coaches[k].hours_q && account.easy_q[k] <= in->coaches[k].reserve_q);
	carved_arena_deinit(&arena);
}

static void add_package(const struct carved_problem *problem, const struct carved_draft *plan, uint32_t candidate,
	struct carved_solution *solution)
{
	const struct carved_column *column = &plan->pool->columns[plan->column[candidate]];
	const struct carved_use *uses = carved_columns_uses(plan->pool, column);
	struct carved_piece *pieces = carved_arena_array(&solution->arena, struct carved_piece, column->piece_count);
	for (uint32_t p = 0; p < column->piece_count; p++)
		pieces[p] = (struct carved_piece){uses[p].resource, uses[p].amount};
	const struct carved_pair *pair = carved_problem_pair(problem, 0, column->pair);
	struct carved_package *package = &solution->packages[solution->package_count++];
	*package = (struct carved_package){.candidate = candidate,
		.site = pair->site,
		.kind = column->kind,
		.piece_count = column->piece_count,
		.pieces = pieces};
	carved_price_value(problem->instance, pair, problem->place[candidate], package);
	fail_unless(package->value == column->value);
	solution->value += package->value;
}

void carved_answer_make(const struct carved_problem *problem, const struct carved_draft *plan, const struct carved_dual *dual,
	const struct carved_sites_proof *proof, enum carved_ended_by ended_by, struct carved_solution *ret_solution)
{
	const struct carved_instance *in = problem->instance;
	*ret_solution = (struct carved_solution){.arena = CARVED_ARENA_INIT,
		.bound = dual->bound.micro / CARVED_MICRO,
		.pairs_bounded = dual->bound.pairs_bounded,
		.iterations = problem->iterations,
		.ended_by = ended_by};
	if (proof->proof.node_count) {
		ret_solution->bound = proof->micro / CARVED_MICRO;
		ret_solution->pairs_bounded = proof->pairs_bounded;
		carved_proof_copy(&ret_solution->proof, &proof->proof, in->candidates_count, &ret_solution->arena);
	}
	struct carved_prices prices = carved_problem_named(problem, dual->best);
	carved_prices_init(&ret_solution->prices, in, &ret_solution->arena);
	carved_prices_copy(&ret_solution->prices, &prices, in);
	ret_solution->packages = carved_arena_array(&ret_solution->arena, struct carved_package, plan->placed);
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (plan->column[c] != CARVED_NONE)
			add_package(problem, plan, c, ret_solution);
	}
	check(in, ret_solution);
	fail_unless(ret_solution->value <= ret_solution->bound);
}
