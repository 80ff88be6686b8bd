// SPDX-License-Identifier: EUPL-1.2
// Choose at most one pattern a site, so that nobody is in two and coach hours suffice, for the greatest value:
//
//     max  sum_P v_P theta_P    one: sum_{P with c} theta_P <= 1,   coach and reserve hours within capacity,   one pattern a site,   theta binary
//
// A site's own rows are inside its patterns, so the relaxation is far tighter than that of packages: what is left to branch on is who goes where. The present
// plan is the start. Choosing among all routes met on the way is an old friend of vehicle routing.
//
// Source: Y. Rochat, E. Taillard, "Probabilistic diversification and intensification in local search for vehicle routing" (1995).
#include "whole.h"
#include "lp.h"
#include <stdlib.h>
#include <string.h>

#define GAIN 1e8 // micro per unit of the objective

// A link is a thing that sites share: a candidate, the hours of a coach, its reserve; numbered in that order.
#define LINKS_OF(columns) (3 * (columns))

struct listed {
	int64_t loss;
	uint32_t pattern;
};

struct whole {
	struct carved_problem *problem;
	const struct carved_patterns *patterns;
	struct listed *list; // by column of the programme
	uint32_t count;
	struct carved_lp *lp;
	uint32_t *row_of; // per link
	uint32_t links;
	// rounding
	const double *theta;
	uint32_t *order;
	uint32_t *left; // per link, then per site
};

static uint32_t link_count(const struct carved_problem *problem)
{
	return problem->instance->candidates_count + 2 * problem->instance->coaches_count;
}

// Capacity of a link: 1 for a candidate, quarters for the rest; CARVED_NONE: no limit.
static uint32_t link_capacity(const struct carved_problem *problem, uint32_t link)
{
	uint32_t candidates = problem->instance->candidates_count;
	return link < candidates ? 1 : problem->capacity[problem->coaches + link - candidates];
}

static uint32_t add_use(uint32_t row, double amount, uint32_t count, uint32_t *rows, double *amounts)
{
	for (uint32_t i = 0; i < count; i++) {
		if (rows[i] == row) {
			amounts[i] += amount;
			return count;
		}
	}
	rows[count] = row;
	amounts[count] = amount;
	return count + 1;
}

// What a pattern uses of links, as rows and amounts of a programme: `row_of` per link. Returns how many, at most LINKS_OF(count of its columns).
static uint32_t link_uses(
	const struct carved_patterns *patterns, uint32_t pattern, const uint32_t *row_of, uint32_t *ret_rows, double *ret_amounts)
{
	const struct carved_instance *in = patterns->problem->instance;
	const struct carved_pattern *of = &patterns->patterns[pattern];
	const uint32_t *columns = carved_patterns_columns(patterns, of);
	uint32_t count = 0;
	for (uint32_t i = 0; i < of->count; i++) {
		uint32_t c = patterns->pool->columns[columns[i]].candidate;
		const struct carved_instance_candidate *person = &in->candidates[c];
		uint32_t coach = in->candidates_count + person->coach, reserve = coach + in->coaches_count;
		count = add_use(row_of[c], 1, count, ret_rows, ret_amounts);
		if (person->coach_q)
			count = add_use(row_of[coach], person->coach_q, count, ret_rows, ret_amounts);
		if (person->coach_q && person->easy && row_of[reserve] != CARVED_NONE)
			count = add_use(row_of[reserve], person->coach_q, count, ret_rows, ret_amounts);
	}
	return count;
}

static int by_loss(const void *a, const void *b)
{
	const struct listed *left = a, *right = b;
	if (left->loss != right->loss)
		return left->loss < right->loss ? -1 : 1;
	return left->pattern < right->pattern ? -1 : left->pattern > right->pattern;
}

// Those of the plan first, then the others by loss: what they bring less than their site's best.
static void list_patterns(struct whole *whole, const bool *in_plan, const int64_t *charges, int64_t most_loss, uint32_t most)
{
	const struct carved_patterns *patterns = whole->patterns;
	uint32_t sites = whole->problem->instance->sites_count;
	int64_t *best = carved_alloc_array(sites, sizeof *best);
	whole->list = carved_alloc_array(patterns->count, sizeof *whole->list);
	for (uint32_t p = 0; p < patterns->count; p++) {
		int64_t reduced = carved_patterns_reduced(patterns, p, charges);
		int64_t *of = &best[patterns->patterns[p].site];
		*of = reduced > *of ? reduced : *of;
		whole->list[p] = (struct listed){-reduced, p};
	}
	for (uint32_t p = 0; p < patterns->count; p++)
		whole->list[p].loss = in_plan[p] ? -1 : whole->list[p].loss + best[patterns->patterns[p].site];
	qsort(whole->list, patterns->count, sizeof *whole->list, by_loss);
	whole->count = patterns->count < most ? patterns->count : most;
	while (whole->count > 0 && whole->list[whole->count - 1].loss > most_loss)
		whole->count--;
	free(best);
}

static bool is_stopped(void *context)
{
	return carved_problem_is_stopped_now(context);
}

static void open_programme(struct whole *whole)
{
	const struct carved_problem *problem = whole->problem;
	uint32_t sites = problem->instance->sites_count;
	uint32_t *row_of_site = carved_alloc_array(sites, sizeof *row_of_site);
	whole->lp = carved_lp_new(is_stopped, whole->problem);
	carved_lp_branch_plainly(whole->lp);
	whole->row_of = carved_alloc_array(whole->links, sizeof *whole->row_of);
	for (uint32_t l = 0; l < whole->links; l++) {
		uint32_t capacity = link_capacity(problem, l);
		whole->row_of[l] = capacity == CARVED_NONE ? CARVED_NONE : carved_lp_add_row(whole->lp, capacity, 0, NULL, NULL);
	}
	for (uint32_t s = 0; s < sites; s++)
		row_of_site[s] = carved_lp_add_row(whole->lp, 1, 0, NULL, NULL);
	for (uint32_t j = 0; j < whole->count; j++) {
		const struct carved_pattern *pattern = &whole->patterns->patterns[whole->list[j].pattern];
		uint32_t *rows = carved_alloc_array(LINKS_OF(pattern->count) + 1, sizeof *rows);
		double *amounts = carved_alloc_array(LINKS_OF(pattern->count) + 1, sizeof *amounts);
		uint32_t count = link_uses(whole->patterns, whole->list[j].pattern, whole->row_of, rows, amounts);
		rows[count] = row_of_site[pattern->site];
		amounts[count] = 1;
		carved_lp_add_column(whole->lp, (double)pattern->value * CARVED_MICRO / GAIN, count + 1, rows, amounts);
		free(rows);
		free(amounts);
	}
	free(row_of_site);
}

static int by_theta(const void *a, const void *b, void *context)
{
	const struct whole *whole = context;
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	double difference = whole->theta[left] - whole->theta[right];
	if (difference > 1e-6 || difference < -1e-6)
		return difference > 0 ? -1 : 1;
	return left < right ? -1 : left > right;
}

// Takes the pattern's uses off `left`, all or nothing.
static bool take_if_it_fits(struct whole *whole, uint32_t j)
{
	const struct carved_patterns *patterns = whole->patterns;
	const struct carved_pattern *pattern = &patterns->patterns[whole->list[j].pattern];
	uint32_t *links = carved_alloc_array(LINKS_OF(pattern->count), sizeof *links);
	double *amounts = carved_alloc_array(LINKS_OF(pattern->count), sizeof *amounts);
	uint32_t *numbers = whole->row_of; // rows were added in the order of links, those without a limit left out
	uint32_t count = link_uses(patterns, whole->list[j].pattern, numbers, links, amounts);
	bool fits = whole->left[whole->links + pattern->site] > 0;
	for (uint32_t i = 0; i < count; i++)
		fits = fits && (uint32_t)amounts[i] <= whole->left[links[i]];
	for (uint32_t i = 0; fits && i < count; i++)
		whole->left[links[i]] -= (uint32_t)amounts[i];
	if (fits)
		whole->left[whole->links + pattern->site]--;
	free(links);
	free(amounts);
	return fits;
}

static void fill_left(struct whole *whole)
{
	for (uint32_t l = 0; l < whole->links; l++) {
		if (whole->row_of[l] != CARVED_NONE)
			whole->left[whole->row_of[l]] = link_capacity(whole->problem, l);
	}
	for (uint32_t s = 0; s < whole->problem->instance->sites_count; s++)
		whole->left[whole->links + s] = 1;
}

static void round_theta(void *context, const double *theta, bool *chosen)
{
	struct whole *whole = context;
	whole->theta = theta;
	for (uint32_t j = 0; j < whole->count; j++)
		whole->order[j] = j;
	qsort_r(whole->order, whole->count, sizeof *whole->order, by_theta, whole);
	fill_left(whole);
	for (uint32_t i = 0; i < whole->count; i++)
		chosen[whole->order[i]] = take_if_it_fits(whole, whole->order[i]);
}

// Puts the chosen patterns in the plan's place where that is better.
static bool take_over(struct whole *whole, struct carved_draft *plan, const bool *chosen)
{
	uint32_t candidates = whole->problem->instance->candidates_count;
	uint32_t *columns = carved_alloc_array(candidates, sizeof *columns);
	int64_t value = 0;
	memset(columns, 0xFF, candidates * sizeof *columns);
	for (uint32_t j = 0; j < whole->count; j++) {
		const struct carved_pattern *pattern = &whole->patterns->patterns[whole->list[j].pattern];
		const uint32_t *of = carved_patterns_columns(whole->patterns, pattern);
		for (uint32_t i = 0; chosen[j] && i < pattern->count; i++)
			columns[whole->patterns->pool->columns[of[i]].candidate] = of[i];
		value += chosen[j] ? pattern->value : 0;
	}
	bool better = value > plan->value;
	if (better)
		carved_draft_assign(plan, columns);
	free(columns);
	return better;
}

// Marks the patterns that the plan is made of.
static bool *find_plan(struct carved_patterns *patterns, const struct carved_draft *plan)
{
	carved_patterns_add_plan(patterns, plan);
	bool *in_plan = carved_alloc_array(patterns->count, sizeof *in_plan);
	uint32_t *at_site = carved_alloc_array(patterns->problem->instance->sites_count, sizeof *at_site);
	for (uint32_t c = 0; c < patterns->problem->instance->candidates_count; c++) {
		if (plan->column[c] != CARVED_NONE)
			at_site[patterns->problem->pairs[patterns->pool->columns[plan->column[c]].pair].site]++;
	}
	for (uint32_t p = 0; p < patterns->count; p++) {
		const struct carved_pattern *pattern = &patterns->patterns[p];
		const uint32_t *columns = carved_patterns_columns(patterns, pattern);
		uint32_t same = 0;
		for (uint32_t i = 0; i < pattern->count; i++)
			same += plan->column[patterns->pool->columns[columns[i]].candidate] == columns[i];
		in_plan[p] = same == pattern->count && at_site[pattern->site] == pattern->count;
	}
	free(at_site);
	return in_plan;
}

bool carved_whole_run(struct carved_problem *problem, struct carved_patterns *patterns, struct carved_draft *plan,
	const int64_t *charges, int64_t most_loss, uint32_t most, uint32_t node_limit)
{
	struct whole whole = {.problem = problem, .patterns = patterns, .links = link_count(problem)};
	bool *in_plan = find_plan(patterns, plan), better = false;
	list_patterns(&whole, in_plan, charges, most_loss, most);
	whole.order = carved_alloc_array(whole.count, sizeof *whole.order);
	whole.left = carved_alloc_array((size_t)whole.links + problem->instance->sites_count, sizeof *whole.left);
	open_programme(&whole);
	if (whole.count > 0 && carved_lp_solve(whole.lp, false) == CARVED_LP_OPTIMAL) {
		bool *chosen = carved_alloc_array(whole.count, sizeof *chosen);
		for (uint32_t j = 0; j < whole.count; j++)
			chosen[j] = in_plan[whole.list[j].pattern];
		better = carved_lp_solve_binary(whole.lp, node_limit, round_theta, &whole, chosen) &&
			 take_over(&whole, plan, chosen);
		free(chosen);
	}
	carved_lp_free(whole.lp);
	void *owned[] = {in_plan, whole.list, whole.row_of, whole.order, whole.left};
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
	return better;
}
