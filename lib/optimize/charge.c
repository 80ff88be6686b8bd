// SPDX-License-Identifier: EUPL-1.2
// The programme over patterns P of sites (packages that fit there together), of which those known take part:
//
//     max  sum_P w_P theta_P    one: sum_{P with c} theta_P <= 1,   coach and reserve hours within capacity,   one pattern a site
//
// Its duals say what candidates (pi) and coach hours (kappa, rho) are worth when sites are whole. For any of them >= 0
//     bound = sum pi + (kappa, rho) . capacities + sum_s z_s(charges)                                             z_s: site.c
// and the least bound over all of them is the value of this programme with every pattern in it. Duals of a programme that knows few patterns are far off, so
// they are held in a box around the best point so far: two columns a row, one that buys capacity at center + width, one that gives it back at center - width.
//
// Source: the boxstep method, R. E. Marsten, W. W. Hogan, J. W. Blankenship (1975).
#include "charge.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAIN 1e8                                   // micro per unit of the objective
#define FIRST_WIDTH (INT64_C(1000) * CARVED_MICRO) // of the box, for a candidate
#define LEAST_WIDTH (INT64_C(60) * CARVED_MICRO)
#define WIDER_TENTHS 13
#define NARROWER_TENTHS 6
#define QUARTERS_OF_A_PERSON 8 // coach hours come in quarters: so many weigh about as much as a person

uint32_t carved_link_count(const struct carved_problem *problem)
{
	return problem->instance->candidates_count + 2 * problem->instance->coaches_count;
}

uint32_t carved_link_capacity(const struct carved_problem *problem, uint32_t link)
{
	uint32_t candidates = problem->instance->candidates_count;
	return link < candidates ? 1 : problem->capacity[problem->coaches + link - candidates];
}

void carved_link_charges(const struct carved_problem *problem, const int64_t *point, int64_t *ret_charges)
{
	const struct carved_instance *in = problem->instance;
	const int64_t *coach = point + in->candidates_count, *reserve = coach + in->coaches_count;
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		const struct carved_instance_candidate *of = &in->candidates[c];
		ret_charges[c] = point[c];
		if (of->coach_q)
			ret_charges[c] += (coach[of->coach] + (of->easy ? reserve[of->coach] : 0)) * of->coach_q;
	}
}

int64_t carved_link_value(const struct carved_problem *problem, const int64_t *point)
{
	int64_t sum = 0;
	for (uint32_t l = 0; l < carved_link_count(problem); l++) {
		if (point[l])
			sum += point[l] * carved_link_capacity(problem, l);
	}
	return sum;
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

uint32_t carved_link_uses(
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

static bool is_stopped(void *context)
{
	return carved_problem_is_stopped_now(context);
}

static void add_link(struct carved_charging *charging, uint32_t link)
{
	double buy = -1, sell = 1;
	charging->row_of[link] = carved_lp_add_row(charging->lp, carved_link_capacity(charging->problem, link), 0, NULL, NULL);
	charging->box_high[link] = carved_lp_add_column(charging->lp, 0, 1, &charging->row_of[link], &buy);
	charging->box_low[link] = carved_lp_add_column(charging->lp, 0, 1, &charging->row_of[link], &sell);
}

void carved_charging_init(struct carved_charging *charging, struct carved_problem *problem,
	const struct carved_patterns *patterns, const int64_t *gains, const int64_t *prices)
{
	const struct carved_instance *in = problem->instance;
	uint32_t links = carved_link_count(problem), candidates = in->candidates_count;
	*charging = (struct carved_charging){.problem = problem, .patterns = patterns, .width = FIRST_WIDTH};
	charging->lp = carved_lp_new(is_stopped, problem);
	uint32_t **arrays[] = {&charging->row_of, &charging->box_low, &charging->box_high};
	for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
		*arrays[a] = carved_alloc_array(links, sizeof **arrays[a]);
	charging->center = carved_alloc_array(links, sizeof *charging->center);
	charging->point = carved_alloc_array(links, sizeof *charging->point);
	charging->row_of_site = carved_alloc_array(in->sites_count, sizeof *charging->row_of_site);
	for (uint32_t l = 0; l < links; l++) {
		charging->row_of[l] = CARVED_NONE;
		charging->center[l] = charging->point[l] = l < candidates ? gains[l] : prices[problem->coaches + l - candidates];
		if (carved_link_capacity(problem, l) != CARVED_NONE && (l >= candidates || problem->candidate_pairs[l].count > 0))
			add_link(charging, l);
	}
	for (uint32_t s = 0; s < in->sites_count; s++)
		charging->row_of_site[s] = carved_lp_add_row(charging->lp, 1, 0, NULL, NULL);
}

void carved_charging_deinit(struct carved_charging *charging)
{
	void *owned[] = {charging->row_of, charging->box_low, charging->box_high, charging->row_of_site, charging->center,
		charging->point};
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
	carved_lp_free(charging->lp);
}

void carved_charging_judge(struct carved_charging *charging, bool is_best)
{
	if (is_best) {
		memcpy(charging->center, charging->point, carved_link_count(charging->problem) * sizeof *charging->center);
		charging->width = charging->width / 10 * WIDER_TENTHS;
	} else {
		charging->width = charging->width / 10 * NARROWER_TENTHS;
		charging->width = charging->width > LEAST_WIDTH ? charging->width : LEAST_WIDTH;
	}
}

static void take_new(struct carved_charging *charging)
{
	const struct carved_patterns *patterns = charging->patterns;
	for (; charging->taken < patterns->count; charging->taken++) {
		const struct carved_pattern *pattern = &patterns->patterns[charging->taken];
		uint32_t *rows = carved_alloc_array(CARVED_LINKS_OF(pattern->count) + 1, sizeof *rows);
		double *amounts = carved_alloc_array(CARVED_LINKS_OF(pattern->count) + 1, sizeof *amounts);
		uint32_t count = carved_link_uses(patterns, charging->taken, charging->row_of, rows, amounts);
		rows[count] = charging->row_of_site[pattern->site];
		amounts[count] = 1;
		carved_lp_add_column(charging->lp, (double)pattern->worth / GAIN, count + 1, rows, amounts);
		free(rows);
		free(amounts);
	}
}

static void set_box(struct carved_charging *charging)
{
	uint32_t candidates = charging->problem->instance->candidates_count;
	for (uint32_t l = 0; l < carved_link_count(charging->problem); l++) {
		if (charging->row_of[l] == CARVED_NONE)
			continue;
		int64_t width = l < candidates ? charging->width : charging->width / QUARTERS_OF_A_PERSON;
		int64_t low = charging->center[l] > width ? charging->center[l] - width : 0;
		carved_lp_set_gain(charging->lp, charging->box_high[l], -(double)(charging->center[l] + width) / GAIN);
		carved_lp_set_gain(charging->lp, charging->box_low[l], (double)low / GAIN);
	}
}

bool carved_charging_move(struct carved_charging *charging)
{
	take_new(charging);
	set_box(charging);
	if (carved_lp_solve(charging->lp, false) != CARVED_LP_OPTIMAL)
		return false;
	charging->reached = llround(carved_lp_value(charging->lp) * GAIN);
	for (uint32_t l = 0; l < carved_link_count(charging->problem); l++) {
		double dual = charging->row_of[l] == CARVED_NONE ? 0 : carved_lp_dual(charging->lp, charging->row_of[l]) * GAIN;
		charging->point[l] = dual > 0 ? llround(dual) : 0;
	}
	return true;
}
