// SPDX-License-Identifier: EUPL-1.2
// A round
//   1. asks every site what it can hold at the charges at hand (site.c): a bound of the region, and patterns
//   2. improves the plan: in the first round by a whole annealing of ruin and recreate; at every second one later by the best plan of all patterns known
//      (whole.c), and ruin and recreate from there, whose plans are patterns too. Another thread does that while sites are asked
//   3. moves the charges to where the trees as they are prove most (descent.c), and from there towards what the patterns known say they are worth (charge.c)
//
// Once trees have closed and charges stand still, what is left is the plan: programs get more nodes, and trees look for patterns that are worse than their site's best
// by no more than the gap, for a better plan has no others.
//
// The trees as they were where the bound was least are kept aside: they are its certificate, and those at work grow on for other charges.
#include "rounds.h"
#include "descent.h"
#include "whole.h"
#include <stdlib.h>
#include <string.h>

#define IMPROVE_EVERY 2      // rounds
#define WHOLE_PATTERNS 10000 // that take part at most
#define WHOLE_NODES_PART 4   // of budget.block_nodes
#define STANDING 2           // rounds: the bound stands still
#define STANDING_PART 50     // of the gap: a fall of less is none
#define PROMISED_PART 4      // of the gap: charges promise no more than that
#define FRUITLESS_MOST 4     // programs in a row, each with twice the nodes of the one before; then it ends
#define STILL_MOST 4         // rounds in which a site that is alone gets no further
#define POLISH_PART 6        // of budget.search_rounds
#define FIRST_NODES 5        // times as many in the first round: trees begin to count once they have grown a little
#define NODES_LEAST 2        // of a site, in the rounds after
#define NODES_A_SITE 25      // on average, at most
#define NEAR (20 * CARVED_MICRO)
#define NEAR_PART                                                                                                                \
	8 // of a site's share in the gap between bound and patterns: nearer, its tree is not worth growing in this round

struct rounds {
	struct carved_problem *problem;
	struct carved_recreate *search;
	struct carved_draft *plan;
	struct carved_patterns patterns;
	struct carved_sites sites;
	struct carved_charging charging;
	int64_t *best_charges; // per candidate: where the bound was least
	int64_t bound;         // micro, there
	uint32_t round;        // from 1
	bool anneal;           // in the first
	bool alone;         // only one site has anybody: nothing is shared, nobody pays a charge, and its tree is the whole proof
	uint32_t standing;  // rounds in which the bound hardly fell
	uint32_t fruitless; // programs in a row that brought nothing while the bound stood still
	uint64_t last_nodes; // of its tree, and the plan it stood with
	int64_t last_value;
	uint32_t still; // so many rounds
};

static void on_visited(void *context)
{
	struct rounds *rounds = context;
	carved_patterns_add_plan(&rounds->patterns, rounds->plan);
}

static bool is_alone(const struct carved_problem *problem)
{
	for (uint32_t p = 1; p < problem->pair_count; p++) {
		if (problem->pairs[p].site != problem->pairs[0].site)
			return false;
	}
	return true;
}

// What people pay at the dual's prices: what they are worth, and their hours of coach and reserve.
static int64_t *first_charges(const struct carved_dual *dual, const struct carved_problem *problem)
{
	const struct carved_instance *in = problem->instance;
	const int64_t *coach = dual->best + problem->coaches, *reserve = dual->best + problem->reserves;
	int64_t *charges = carved_alloc_array(in->candidates_count, sizeof *charges);
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		const struct carved_instance_candidate *of = &in->candidates[c];
		charges[c] = problem->candidate_pairs[c].count == 0 ? 0 : dual->bounder.gains[c];
		if (problem->candidate_pairs[c].count > 0)
			charges[c] += (coach[of->coach] + (of->easy ? reserve[of->coach] : 0)) * of->coach_q;
	}
	return charges;
}

static void init(struct rounds *rounds, struct carved_dual *dual, struct carved_recreate *search)
{
	struct carved_problem *problem = search->problem;
	struct carved_columns *pool = dual->bounder.pool;
	*rounds = (struct rounds){.problem = problem, .search = search, .plan = search->plan, .bound = dual->bound.micro};
	rounds->alone = is_alone(problem);
	rounds->best_charges = first_charges(dual, problem);
	if (rounds->alone)
		memset(rounds->best_charges, 0, problem->instance->candidates_count * sizeof *rounds->best_charges);
	carved_patterns_init(&rounds->patterns, problem, pool);
	carved_sites_init(&rounds->sites, problem, pool, &rounds->patterns, dual->best);
	if (rounds->alone)
		carved_sites_round(&rounds->sites);
	carved_charging_init(&rounds->charging, problem, &rounds->patterns, rounds->best_charges);
}

static void deinit(struct rounds *rounds)
{
	carved_charging_deinit(&rounds->charging);
	carved_sites_deinit(&rounds->sites);
	carved_patterns_deinit(&rounds->patterns);
	free(rounds->best_charges);
}

static bool is_done(const struct rounds *rounds)
{
	return carved_problem_is_done(rounds->problem, rounds->plan->value);
}

static uint32_t search_rounds(const struct rounds *rounds)
{
	const struct carved_problem *problem = rounds->problem;
	uint64_t count = problem->options->budget.search_rounds * (uint64_t)problem->instance->candidates_count / 100;
	return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

static int64_t gap_of(const struct rounds *rounds)
{
	return rounds->bound - rounds->plan->value * CARVED_MICRO;
}

static bool stands(const struct rounds *rounds)
{
	const int64_t promised = rounds->bound - rounds->charging.reached;
	return !rounds->alone && rounds->standing >= STANDING && promised <= gap_of(rounds) / PROMISED_PART;
}

static uint32_t whole_nodes(const struct rounds *rounds)
{
	return (rounds->problem->options->budget.block_nodes / WHOLE_NODES_PART + 1) << rounds->fruitless;
}

// What another thread may do while sites are asked: nobody is told of anything meanwhile. In the first round that is a whole annealing.
static void improve_plan(void *context, uint32_t worker)
{
	struct rounds *rounds = context;
	struct carved_problem *problem = rounds->problem;
	rounds->search->fill->worker = worker;
	if (rounds->round == 1 && rounds->anneal) {
		carved_recreate_run(rounds->search, search_rounds(rounds));
	} else {
		carved_whole_run(problem, &rounds->patterns, rounds->plan, rounds->best_charges, gap_of(rounds), WHOLE_PATTERNS,
			whole_nodes(rounds));
		if (!is_done(rounds))
			carved_recreate_polish(rounds->search, search_rounds(rounds) / POLISH_PART);
	}
	rounds->search->fill->worker = 0;
}

static void say_nothing(void *context)
{
	(void)context;
}

// Programmes that all sites together may solve in a round.
static uint32_t nodes_of_round(const struct carved_problem *problem)
{
	const uint32_t most = problem->options->budget.site_nodes, sites = problem->instance->sites_count;
	return most / NODES_A_SITE > sites ? sites * NODES_A_SITE : most;
}

// What sites may take in a round: in the first all the same, for nothing is known of them.
static struct carved_sites_work sites_work(struct rounds *rounds, int64_t near, bool improve)
{
	const struct carved_problem *problem = rounds->problem;
	const uint32_t most = problem->options->budget.site_nodes;
	struct carved_sites_work work = {.charges = rounds->charging.point,
		.near = near,
		.nodes_least = most / (problem->instance->sites_count + 1) + 1,
		.beside = {.run = improve && !rounds->alone ? improve_plan : NULL, .context = rounds}};
	if (rounds->round > 1 && !rounds->alone) {
		work.nodes = nodes_of_round(problem);
		work.nodes_least = NODES_LEAST;
	} else if (!rounds->alone) {
		work.nodes_least *= FIRST_NODES;
	}
	return work;
}

// The bound at the best charges, with the trees as they are now.
static void take_bound(struct rounds *rounds, int64_t bound)
{
	rounds->bound = bound;
	rounds->problem->bound = bound / CARVED_MICRO;
	carved_sites_save(&rounds->sites);
}

// Judges the bound at the point, and moves on to the best charges for the trees that there are now.
static void settle_bound(struct rounds *rounds, int64_t bound)
{
	const int64_t before = rounds->bound;
	carved_charging_judge(&rounds->charging, before, bound);
	if (bound < before) {
		memcpy(rounds->best_charges, rounds->charging.point,
			rounds->problem->instance->candidates_count * sizeof *rounds->best_charges);
		take_bound(rounds, bound);
	}
	if (rounds->alone)
		return;
	bound = carved_descent_run(&rounds->sites, &rounds->charging.caseloads, rounds->bound, rounds->best_charges);
	if (bound < rounds->bound)
		take_bound(rounds, bound);
	carved_charging_center(&rounds->charging, rounds->best_charges);
	rounds->standing = before - rounds->bound > gap_of(rounds) / STANDING_PART ? 0 : rounds->standing + 1;
}

// Asks all sites at the point, and improves the plan beside that where asked to. Returns false where it was stopped.
static bool ask_sites(struct rounds *rounds, int64_t near)
{
	bool improve = rounds->round == 1 || rounds->round % IMPROVE_EVERY == 0 || stands(rounds);
	struct carved_recreate *search = rounds->search;
	struct carved_sites_work work = sites_work(rounds, near, improve);
	carved_recreate_improved_fn improved = search->improved;
	int64_t bound, before = rounds->plan->value;
	search->improved = say_nothing;
	if (improve && rounds->alone)
		improve_plan(rounds, 0);
	if (rounds->alone)
		carved_sites_take_plan(&rounds->sites, rounds->plan);
	bool finished = carved_sites_grow(&rounds->sites, &work, &bound);
	search->improved = improved;
	bound += carved_caseloads_most(&rounds->charging.caseloads, rounds->charging.point);
	settle_bound(rounds, bound);
	rounds->fruitless = !stands(rounds) || rounds->plan->value > before ? 0 : rounds->fruitless + 1;
	if (rounds->plan->value > before)
		improved(search->context);
	return finished;
}

// How near bound and pattern of a site that is alone have to come: as near as is asked for, at the least so that no plan is a point better.
static int64_t near_alone(const struct rounds *rounds)
{
	int64_t near = rounds->bound / CARVED_MICRO * rounds->problem->options->budget.gap_target;
	return near > CARVED_MICRO - 1 ? near : CARVED_MICRO - 1;
}

// Whether tree and plan have stood still for some rounds: what is left is packages that differ by less than their roundings, too many to be told apart.
static bool stands_still(struct rounds *rounds)
{
	uint64_t nodes = carved_sites_nodes(&rounds->sites);
	bool same = nodes == rounds->last_nodes && rounds->plan->value == rounds->last_value;
	rounds->still = same ? rounds->still + 1 : 0;
	rounds->last_nodes = nodes;
	rounds->last_value = rounds->plan->value;
	return rounds->still >= STILL_MOST;
}

// How near bound and pattern of a site have to come in the next round.
static int64_t near_of(const struct rounds *rounds)
{
	if (rounds->alone)
		return near_alone(rounds);
	if (stands(rounds))
		return -gap_of(rounds) / (rounds->standing > STANDING ? 1 : 2);
	int64_t share = (rounds->bound - rounds->charging.reached) / rounds->problem->instance->sites_count / NEAR_PART;
	return rounds->round > 0 && share > NEAR ? share : NEAR;
}

// Moves on to the next round's charges. Returns false where nothing is to be hoped for from it.
static bool move_on(struct rounds *rounds)
{
	if (rounds->alone)
		return !stands_still(rounds);
	return rounds->fruitless <= FRUITLESS_MOST && carved_charging_move(&rounds->charging);
}

static bool run(struct rounds *rounds)
{
	struct carved_problem *problem = rounds->problem;
	int64_t near = near_of(rounds);
	for (rounds->round = 1; rounds->round <= problem->options->budget.site_rounds; rounds->round++) {
		if (!ask_sites(rounds, near))
			break;
		problem->iterations++;
		carved_problem_report(problem);
		if (is_done(rounds) || !move_on(rounds))
			break;
		near = rounds->alone ? near : near_of(rounds);
	}
	return is_done(rounds);
}

bool carved_rounds_run(
	struct carved_dual *dual, struct carved_recreate *search, bool anneal, struct carved_sites_proof *ret_proof)
{
	struct carved_problem *problem = search->problem;
	struct rounds rounds;
	init(&rounds, dual, search);
	rounds.anneal = anneal;
	search->visited = on_visited;
	search->visitor = &rounds;
	on_visited(&rounds);
	problem->phase = "sites";
	bool done = run(&rounds);
	if (rounds.bound < dual->bound.micro) {
		carved_sites_restore(&rounds.sites);
		carved_sites_prove(&rounds.sites, &rounds.charging.caseloads, rounds.best_charges, ret_proof);
		problem->bound = ret_proof->micro / CARVED_MICRO;
	}
	search->visited = NULL;
	deinit(&rounds);
	return done;
}
