// SPDX-License-Identifier: EUPL-1.2
// The price bound lets a person work a third here and two thirds there, so that sites look fuller than they can be. Here each site is asked by itself.
//
// Sets        pairs q of site s: packages of candidate c at s, worth w_q, using x_qr of the site's resources r (slots, donors, supervision, places) and
//             the candidate's coach and reserve hours
// Given       pi_c >= 0 per candidate, prices kappa, rho >= 0 of coaches and reserves
// Site's most z_s = max sum_q (w_q - pi_c - kappa and rho charges) theta_q,  one package a candidate, resources of s within capacity, theta binary
// Bound       every plan <= sum_c pi_c + (kappa, rho) . capacities + sum_s z_s, since each package pays what it takes from outside its site
//
// z_s is bounded by a tree that branches on "c works here" / "c does not". A leaf with sets In and Out and prices p of the site's resources is worth at most
//     U = p . capacities + sum_{c in In} (best_c - pi_c) + sum_{c free} max(0, best_c - pi_c),       best_c the best reduced value of c at s
// and z_s <= the largest U over the leaves. The prices come from the leaf's own linear programme by column generation; any p >= 0 would do. Candidates
// are whole in the leaf that counts, hours may still be split: that is where a gap can remain.
//
// Source: Dantzig-Wolfe over site patterns, see docs/optimizer.md; branching on who works where keeps pricing as it is (F. Vanderbeck, 2000).
#include "site.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lp.h"

#define GAIN 1e8                               // micro per unit of the linear programme's objective
#define BONUS (INT64_C(200000) * CARVED_MICRO) // for a candidate who must work here: more than any package is worth
#define ROUNDS 25                              // of column generation in a node
#define NEAR (5 * CARVED_MICRO)                // bound and linear programme have met
#define WHOLE 1e-5                             // so near to 0 or 1 a sum of theta is whole

enum state { FREE, IN, OUT };

// One node while it is solved.
struct node_work {
	struct carved_sites *sites;
	const struct carved_instance_site *site;
	uint32_t index; // of the site
	struct carved_range pairs;
	uint8_t *state;                  // per pair of the site
	uint32_t *row_of_one;            // per pair
	uint32_t *columns, *column_pair; // of the linear programme: pool column, pair of the site
	uint32_t column_count, column_capacity;
	uint32_t resource_count;
	uint32_t in_count;
	uint64_t cut_short; // searches of pairs that count with an upper bound
	int64_t *prices;    // of the site's resources, of the point at hand
	struct carved_lp *lp;
};

void carved_sites_init(struct carved_sites *sites, struct carved_problem *problem, struct carved_columns *pool,
	const int64_t *prices, const int64_t *gains)
{
	uint32_t sites_count = problem->instance->sites_count, first = 0;
	*sites = (struct carved_sites){.problem = problem, .pool = pool, .prices = prices, .gains = gains};
	sites->node_limit = problem->options->budget.site_nodes;
	sites->scratch = carved_alloc_array(problem->resource_count, sizeof *sites->scratch);
	memcpy(sites->scratch, prices, problem->resource_count * sizeof *prices);
	sites->of_site = carved_alloc_array(sites_count, sizeof *sites->of_site);
	sites->pairs = carved_alloc_array(problem->pair_count, sizeof *sites->pairs);
	for (uint32_t p = 0; p < problem->pair_count; p++)
		sites->of_site[problem->pairs[p].site].count++;
	for (uint32_t s = 0; s < sites_count; s++) {
		sites->of_site[s].first = first;
		first += sites->of_site[s].count;
		sites->of_site[s].count = 0;
	}
	for (uint32_t p = 0; p < problem->pair_count; p++) {
		struct carved_range *range = &sites->of_site[problem->pairs[p].site];
		sites->pairs[range->first + range->count++] = p;
	}
}

void carved_sites_deinit(struct carved_sites *sites)
{
	free(sites->scratch);
	free(sites->of_site);
	free(sites->pairs);
}

void carved_site_tree_deinit(struct carved_site_tree *tree)
{
	free(tree->nodes);
	carved_arena_deinit(&tree->arena);
	*tree = (struct carved_site_tree){0};
}

static const struct carved_pair_brief *pair_of(const struct node_work *work, uint32_t i)
{
	return &work->sites->problem->pairs[work->sites->pairs[work->pairs.first + i]];
}

// The resource of a site's own number (slots, donors, supervision, places).
static uint32_t resource_of(const struct node_work *work, uint32_t own)
{
	const struct carved_problem *problem = work->sites->problem;
	uint32_t slots = work->site->slots.count, jobs = work->site->jobs.count;
	if (own < slots)
		return work->site->slots.first + own;
	if (own < slots + jobs)
		return problem->donors + work->site->jobs.first + own - slots;
	return (own == slots + jobs ? problem->supervision : problem->places) + work->index;
}

static uint32_t own_number(const struct node_work *work, uint32_t resource)
{
	const struct carved_problem *problem = work->sites->problem;
	uint32_t slots = work->site->slots.count, jobs = work->site->jobs.count;
	if (resource < problem->donors)
		return resource - work->site->slots.first;
	if (resource < problem->supervision)
		return slots + resource - problem->donors - work->site->jobs.first;
	if (resource < problem->coaches)
		return slots + jobs + (resource >= problem->places);
	return CARVED_NONE; // of the candidate's coach
}

static void work_init(struct node_work *work, struct carved_sites *sites, uint32_t site)
{
	*work = (struct node_work){
		.sites = sites, .site = &sites->problem->instance->sites[site], .index = site, .pairs = sites->of_site[site]};
	work->resource_count = work->site->slots.count + work->site->jobs.count + 2;
	work->state = carved_alloc_array(work->pairs.count, sizeof *work->state);
	work->row_of_one = carved_alloc_array(work->pairs.count, sizeof *work->row_of_one);
	work->prices = carved_alloc_array(work->resource_count, sizeof *work->prices);
}

static void work_deinit(struct node_work *work)
{
	for (uint32_t own = 0; own < work->resource_count; own++)
		work->sites->scratch[resource_of(work, own)] = work->sites->prices[resource_of(work, own)];
	free(work->state);
	free(work->row_of_one);
	free(work->prices);
	free(work->columns);
	free(work->column_pair);
}

static void read_decisions(struct node_work *work, const struct carved_site_tree *tree, uint32_t node)
{
	memset(work->state, FREE, work->pairs.count);
	work->in_count = 0;
	for (; tree->nodes[node].parent != CARVED_NONE; node = tree->nodes[node].parent) {
		for (uint32_t i = 0; i < work->pairs.count; i++) {
			if (pair_of(work, i)->candidate == tree->nodes[node].decided)
				work->state[i] = tree->nodes[node].is_in ? IN : OUT;
		}
		work->in_count += tree->nodes[node].is_in;
	}
}

static void add_column(struct node_work *work, uint32_t i, uint32_t column)
{
	const struct carved_columns *pool = work->sites->pool;
	const struct carved_column *of = &pool->columns[column];
	const struct carved_use *uses = carved_columns_uses(pool, of);
	uint32_t *rows = carved_alloc_array(of->use_count + 1, sizeof *rows), count = 1;
	double *amounts = carved_alloc_array(of->use_count + 1, sizeof *amounts);
	int64_t gain = of->worth - work->sites->gains[of->candidate] + (work->state[i] == IN ? BONUS : 0);
	rows[0] = work->row_of_one[i];
	amounts[0] = 1;
	for (uint32_t u = 0; u < of->use_count; u++) {
		uint32_t own = own_number(work, uses[u].resource);
		if (own == CARVED_NONE) {
			gain -= work->sites->prices[uses[u].resource] * uses[u].amount;
		} else {
			rows[count] = own;
			amounts[count++] = uses[u].amount;
		}
	}
	if (work->column_count == work->column_capacity) {
		work->column_capacity = work->column_capacity ? work->column_capacity * 2 : 256;
		work->columns = carved_realloc_array(work->columns, work->column_capacity, sizeof *work->columns);
		work->column_pair = carved_realloc_array(work->column_pair, work->column_capacity, sizeof *work->column_pair);
	}
	work->columns[work->column_count] = column;
	work->column_pair[work->column_count++] = i;
	carved_lp_add_column(work->lp, (double)gain / GAIN, count, rows, amounts);
	free(rows);
	free(amounts);
}

static bool is_stopped(void *context)
{
	return carved_problem_is_stopped_now(context);
}

// The node's linear programme over the packages known.
static void open_programme(struct node_work *work)
{
	const struct carved_columns *pool = work->sites->pool;
	work->lp = carved_lp_new(is_stopped, work->sites->problem);
	work->column_count = 0;
	for (uint32_t own = 0; own < work->resource_count; own++)
		carved_lp_add_row(work->lp, work->sites->problem->capacity[resource_of(work, own)], 0, NULL, NULL);
	for (uint32_t i = 0; i < work->pairs.count; i++) {
		uint32_t pair = work->sites->pairs[work->pairs.first + i];
		work->row_of_one[i] = carved_lp_add_row(work->lp, 1, 0, NULL, NULL);
		if (work->state[i] == OUT)
			continue;
		for (uint32_t q = pool->of_candidate[pair_of(work, i)->candidate]; q != CARVED_NONE; q = pool->columns[q].next) {
			if (pool->columns[q].pair == pair)
				add_column(work, i, q);
		}
	}
}

// What a candidate of the site adds to the bound at the point in `scratch`; a package that brings it joins the pool, *ret_column (else CARVED_NONE).
static int64_t price_candidate(struct node_work *work, uint32_t i, uint32_t node_limit, uint32_t *ret_column)
{
	struct carved_sites *sites = work->sites;
	const struct carved_pair_brief *pair = pair_of(work, i);
	struct carved_prices named = carved_problem_named(sites->problem, sites->scratch);
	int64_t gain = sites->gains[pair->candidate], least = work->state[i] == IN ? -BONUS : 0;
	struct carved_price_query query = {.prices = &named,
		.place_value = sites->problem->place[pair->candidate],
		.threshold = gain + least,
		.node_limit = node_limit,
		.is_stopped = carved_problem_ask_to_stop,
		.context = sites->problem};
	struct carved_price_result result;
	*ret_column = CARVED_NONE;
	const struct carved_pair *expanded = carved_problem_pair(sites->problem, 0, sites->pairs[work->pairs.first + i]);
	carved_price_best(sites->problem->workspaces[0], expanded, &query, &result);
	if (result.answer == CARVED_PRICE_NONE)
		return least;
	if (result.answer == CARVED_PRICE_LIMIT)
		work->cut_short++;
	else
		*ret_column = carved_columns_add(
			sites->pool, sites->pairs[work->pairs.first + i], &result.package, result.reduced, sites->scratch, NULL);
	return result.bound - gain > least ? result.bound - gain : least;
}

static bool is_known(const struct node_work *work, uint32_t column)
{
	for (uint32_t j = 0; j < work->column_count; j++) {
		if (work->columns[j] == column)
			return true;
	}
	return false;
}

// The bound U of the node at work->prices. With a linear programme open, packages that it does not know join it; *ret_added counts them.
static int64_t evaluate(struct node_work *work, uint32_t node_limit, uint32_t *ret_added)
{
	int64_t bound = 0;
	*ret_added = 0;
	for (uint32_t own = 0; own < work->resource_count; own++) {
		work->sites->scratch[resource_of(work, own)] = work->prices[own];
		if (work->prices[own])
			bound += work->prices[own] * work->sites->problem->capacity[resource_of(work, own)];
	}
	for (uint32_t i = 0; i < work->pairs.count; i++) {
		uint32_t column;
		if (work->state[i] == OUT)
			continue;
		bound += price_candidate(work, i, node_limit, &column);
		if (work->lp && column != CARVED_NONE && !is_known(work, column)) {
			add_column(work, i, column);
			++*ret_added;
		}
	}
	return bound;
}

static void read_duals(struct node_work *work)
{
	for (uint32_t own = 0; own < work->resource_count; own++) {
		double dual = carved_lp_dual(work->lp, own) * GAIN;
		work->prices[own] = dual > 0 ? llround(dual) : 0;
	}
}

// The free candidate whose sum of theta is nearest to a half; CARVED_NONE where all are whole.
static uint32_t find_fraction(const struct node_work *work)
{
	uint32_t found = CARVED_NONE;
	double farthest = WHOLE;
	double *sum = carved_alloc_array(work->pairs.count, sizeof *sum);
	for (uint32_t j = 0; j < work->column_count; j++)
		sum[work->column_pair[j]] += carved_lp_primal(work->lp, j);
	for (uint32_t i = 0; i < work->pairs.count; i++) {
		double distance = sum[i] < 0.5 ? sum[i] : 1 - sum[i];
		if (work->state[i] == FREE && distance > farthest) {
			farthest = distance;
			found = pair_of(work, i)->candidate;
		}
	}
	free(sum);
	return found;
}

static void keep_point(const struct node_work *work, struct carved_site_node *node, int64_t bound)
{
	if (bound >= node->bound)
		return;
	node->bound = bound;
	memcpy(node->prices, work->prices, work->resource_count * sizeof *work->prices);
}

// Column generation in the node: lowers its bound as far as its linear programme goes, and says whom to branch on.
static void solve_node(struct node_work *work, struct carved_site_node *node)
{
	struct carved_problem *problem = work->sites->problem;
	uint32_t added = 1;
	open_programme(work);
	for (uint32_t round = 0; round < ROUNDS && added > 0 && !problem->stopped; round++) {
		if (carved_lp_solve(work->lp, false) != CARVED_LP_OPTIMAL)
			break;
		int64_t reached = llround(carved_lp_value(work->lp) * GAIN) - work->in_count * BONUS;
		if (node->bound - reached <= NEAR)
			added = 0;
		node->fraction = find_fraction(work);
		if (added == 0)
			break;
		read_duals(work);
		keep_point(work, node, evaluate(work, problem->options->budget.pricer_nodes, &added));
	}
	carved_lp_free(work->lp);
	work->lp = NULL;
}

static uint32_t add_node(
	struct carved_site_tree *tree, const struct node_work *work, uint32_t parent, uint32_t decided, bool is_in)
{
	if (tree->count == tree->capacity) {
		tree->capacity = tree->capacity ? tree->capacity * 2 : 16;
		tree->nodes = carved_realloc_array(tree->nodes, tree->capacity, sizeof *tree->nodes);
	}
	struct carved_site_node *node = &tree->nodes[tree->count];
	*node = (struct carved_site_node){.candidate = CARVED_NONE,
		.in = CARVED_NONE,
		.out = CARVED_NONE,
		.parent = parent,
		.decided = decided,
		.is_in = is_in,
		.fraction = CARVED_NONE,
		.bound = INT64_MAX,
		.prices = carved_arena_array(&tree->arena, int64_t, work->resource_count)};
	for (uint32_t own = 0; own < work->resource_count; own++)
		node->prices[own] =
			parent == CARVED_NONE ? work->sites->prices[resource_of(work, own)] : tree->nodes[parent].prices[own];
	return tree->count++;
}

static void bound_node(struct node_work *work, struct carved_site_tree *tree, uint32_t node)
{
	uint32_t added;
	read_decisions(work, tree, node);
	memcpy(work->prices, tree->nodes[node].prices, work->resource_count * sizeof *work->prices);
	tree->nodes[node].bound = evaluate(work, work->sites->problem->options->budget.pricer_nodes, &added);
	solve_node(work, &tree->nodes[node]);
}

// The leaf with the largest bound.
static uint32_t find_top(const struct carved_site_tree *tree)
{
	uint32_t top = CARVED_NONE;
	for (uint32_t n = 0; n < tree->count; n++) {
		if (tree->nodes[n].candidate == CARVED_NONE &&
			(top == CARVED_NONE || tree->nodes[n].bound > tree->nodes[top].bound))
			top = n;
	}
	return top;
}

// Evaluates every leaf once more at its prices, as anyone can: the largest counts.
static void prove(struct node_work *work, struct carved_site_tree *tree)
{
	uint32_t added;
	tree->bound = INT64_MIN;
	work->cut_short = 0;
	for (uint32_t n = 0; n < tree->count; n++) {
		struct carved_site_node *leaf = &tree->nodes[n];
		if (leaf->candidate != CARVED_NONE)
			continue;
		read_decisions(work, tree, n);
		memcpy(work->prices, leaf->prices, work->resource_count * sizeof *work->prices);
		leaf->bound = evaluate(work, work->sites->problem->options->budget.proof_nodes, &added);
		if (leaf->bound > tree->bound)
			tree->bound = leaf->bound;
	}
	work->sites->pairs_bounded += work->cut_short;
}

void carved_sites_solve(struct carved_sites *sites, uint32_t site, struct carved_site_tree *ret_tree)
{
	struct node_work work;
	*ret_tree = (struct carved_site_tree){.count = 0};
	work_init(&work, sites, site);
	add_node(ret_tree, &work, CARVED_NONE, CARVED_NONE, false);
	bound_node(&work, ret_tree, 0);
	for (uint32_t top = 0; ret_tree->count + 2 <= sites->node_limit && !sites->problem->stopped; top = find_top(ret_tree)) {
		uint32_t candidate = ret_tree->nodes[top].fraction;
		if (candidate == CARVED_NONE)
			break;
		uint32_t in = add_node(ret_tree, &work, top, candidate, true),
			 out = add_node(ret_tree, &work, top, candidate, false);
		bound_node(&work, ret_tree, in);
		bound_node(&work, ret_tree, out);
		ret_tree->nodes[top].candidate = candidate;
		ret_tree->nodes[top].in = in;
		ret_tree->nodes[top].out = out;
	}
	prove(&work, ret_tree);
	work_deinit(&work);
}
