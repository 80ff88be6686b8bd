// SPDX-License-Identifier: EUPL-1.2
// The programme over patterns P of sites (packages that fit there together) and sets Y of coaches (people for whom the coach has hours), of which those known
// take part:
//
//     max  sum_P w_P theta_P    candidate: sum_{P with c} theta_P <= sum_{Y with c} eta_Y,   one pattern a site,   one set a coach
//
// Its duals phi say what candidates are worth when sites and coaches are whole. For any phi >= 0
//     bound = sum_k K_k(phi) + sum_s z_s(phi)                                                             K_k: caseload.c, z_s: site.c
// and the least bound over all of them is the value of this programme with every pattern and every set in it. Sets are cheap to find, so all that matter at the
// duals join before a point is left. Duals of a programme that knows few patterns are far off, so they are held in a box around the best point so far: two
// columns a row, one that places the candidate without a coach at center + width, one that takes its place at center - width.
//
// Source: the boxstep method, R. E. Marsten, W. W. Hogan, J. W. Blankenship (1975).
#include "charge.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAIN 1e8                                  // micro per unit of the objective
#define FIRST_WIDTH (INT64_C(250) * CARVED_MICRO) // of the box
#define LEAST_WIDTH (INT64_C(20) * CARVED_MICRO)
#define MOST_WIDTH (INT64_C(3000) * CARVED_MICRO)
#define NARROWER_TENTHS 6
#define SET_ROUNDS 40                 // in which sets join, a point
#define SET_NEAR (CARVED_MICRO / 100) // a set that pays so little more than those known is none

static bool is_stopped(void *context)
{
	return carved_problem_is_stopped_now(context);
}

static void add_candidate(struct carved_charging *charging, uint32_t candidate)
{
	double without_coach = -1, takes_place = 1;
	uint32_t row = carved_lp_add_row(charging->lp, 0, 0, NULL, NULL);
	charging->row_of[candidate] = row;
	charging->box_high[candidate] = carved_lp_add_column(charging->lp, 0, 1, &row, &without_coach);
	charging->box_low[candidate] = carved_lp_add_column(charging->lp, 0, 1, &row, &takes_place);
}

void carved_charging_init(struct carved_charging *charging, struct carved_problem *problem,
	const struct carved_patterns *patterns, const int64_t *charges)
{
	const struct carved_instance *in = problem->instance;
	uint32_t candidates = in->candidates_count;
	*charging = (struct carved_charging){.problem = problem, .patterns = patterns, .width = FIRST_WIDTH};
	carved_caseloads_init(&charging->caseloads, problem);
	charging->lp = carved_lp_new(is_stopped, problem);
	uint32_t **arrays[] = {&charging->row_of, &charging->box_low, &charging->box_high};
	for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
		*arrays[a] = carved_alloc_array(candidates, sizeof **arrays[a]);
	charging->center = carved_alloc_array(candidates, sizeof *charging->center);
	charging->point = carved_alloc_array(candidates, sizeof *charging->point);
	charging->set = carved_alloc_array(candidates, sizeof *charging->set);
	charging->row_of_site = carved_alloc_array(in->sites_count, sizeof *charging->row_of_site);
	charging->row_of_coach = carved_alloc_array(in->coaches_count, sizeof *charging->row_of_coach);
	for (uint32_t c = 0; c < candidates; c++) {
		charging->row_of[c] = CARVED_NONE;
		charging->center[c] = charging->point[c] = charges[c];
		if (problem->candidate_pairs[c].count > 0)
			add_candidate(charging, c);
	}
	for (uint32_t s = 0; s < in->sites_count; s++)
		charging->row_of_site[s] = carved_lp_add_row(charging->lp, 1, 0, NULL, NULL);
	for (uint32_t k = 0; k < in->coaches_count; k++)
		charging->row_of_coach[k] = carved_lp_add_row(charging->lp, 1, 0, NULL, NULL);
}

void carved_charging_deinit(struct carved_charging *charging)
{
	void *owned[] = {charging->row_of, charging->box_low, charging->box_high, charging->row_of_site, charging->row_of_coach,
		charging->center, charging->point, charging->set};
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
	carved_caseloads_deinit(&charging->caseloads);
	carved_lp_free(charging->lp);
}

// Tenths of the width that the next box has. The programme promised a fall down to what it reaches: the more of it came true, the farther it may be trusted.
static int64_t width_tenths(int64_t promised, int64_t fell)
{
	if (fell <= 0)
		return NARROWER_TENTHS;
	return fell > promised / 2 ? 30 : fell > promised / 5 ? 15 : 10;
}

void carved_charging_judge(struct carved_charging *charging, int64_t before, int64_t bound)
{
	charging->width = charging->width / 10 * width_tenths(before - charging->reached, before - bound);
	charging->width = charging->width > LEAST_WIDTH ? charging->width : LEAST_WIDTH;
	charging->width = charging->width < MOST_WIDTH ? charging->width : MOST_WIDTH;
}

void carved_charging_center(struct carved_charging *charging, const int64_t *charges)
{
	memcpy(charging->center, charges, charging->problem->instance->candidates_count * sizeof *charging->center);
}

static void take_new_patterns(struct carved_charging *charging)
{
	const struct carved_patterns *patterns = charging->patterns;
	for (; charging->taken < patterns->count; charging->taken++) {
		const struct carved_pattern *pattern = &patterns->patterns[charging->taken];
		const uint32_t *columns = carved_patterns_columns(patterns, pattern);
		uint32_t *rows = carved_alloc_array((size_t)pattern->count + 1, sizeof *rows);
		double *amounts = carved_alloc_array((size_t)pattern->count + 1, sizeof *amounts);
		for (uint32_t i = 0; i < pattern->count; i++) {
			rows[i] = charging->row_of[patterns->pool->columns[columns[i]].candidate];
			amounts[i] = 1;
		}
		rows[pattern->count] = charging->row_of_site[pattern->site];
		amounts[pattern->count] = 1;
		carved_lp_add_column(charging->lp, (double)pattern->worth / GAIN, pattern->count + 1, rows, amounts);
		free(rows);
		free(amounts);
	}
}

static void set_box(struct carved_charging *charging)
{
	for (uint32_t c = 0; c < charging->problem->instance->candidates_count; c++) {
		if (charging->row_of[c] == CARVED_NONE)
			continue;
		int64_t low = charging->center[c] > charging->width ? charging->center[c] - charging->width : 0;
		carved_lp_set_gain(charging->lp, charging->box_high[c], -(double)(charging->center[c] + charging->width) / GAIN);
		carved_lp_set_gain(charging->lp, charging->box_low[c], (double)low / GAIN);
	}
}

static int64_t dual_of(const struct carved_charging *charging, uint32_t row)
{
	double dual = carved_lp_dual(charging->lp, row) * GAIN;
	return dual > 0 ? llround(dual) : 0;
}

// The coach's people in charging->set, as a column.
static void add_set(struct carved_charging *charging, uint32_t coach)
{
	const struct carved_range range = charging->caseloads.of_coach[coach];
	uint32_t *rows = carved_alloc_array((size_t)range.count + 1, sizeof *rows), count = 0;
	double *amounts = carved_alloc_array((size_t)range.count + 1, sizeof *amounts);
	for (uint32_t i = range.first; i < range.first + range.count; i++) {
		uint32_t candidate = charging->caseloads.people[i];
		if (!charging->set[candidate])
			continue;
		rows[count] = charging->row_of[candidate];
		amounts[count++] = -1;
	}
	rows[count] = charging->row_of_coach[coach];
	amounts[count++] = 1;
	carved_lp_add_column(charging->lp, 0, count, rows, amounts);
	free(rows);
	free(amounts);
}

// Adds each coach's best set at the point where none known pays as much. Returns how many.
static uint32_t add_sets(struct carved_charging *charging)
{
	uint32_t added = 0;
	for (uint32_t k = 0; k < charging->problem->instance->coaches_count; k++) {
		int64_t most = carved_caseload_most(&charging->caseloads, k, charging->point, charging->set);
		if (most <= dual_of(charging, charging->row_of_coach[k]) + SET_NEAR)
			continue;
		add_set(charging, k);
		added++;
	}
	return added;
}

bool carved_charging_move(struct carved_charging *charging)
{
	take_new_patterns(charging);
	set_box(charging);
	for (int round = 0; round < SET_ROUNDS; round++) {
		if (carved_lp_solve(charging->lp, false) != CARVED_LP_OPTIMAL)
			return false;
		for (uint32_t c = 0; c < charging->problem->instance->candidates_count; c++)
			charging->point[c] = charging->row_of[c] == CARVED_NONE ? 0 : dual_of(charging, charging->row_of[c]);
		charging->reached = llround(carved_lp_value(charging->lp) * GAIN);
		if (add_sets(charging) == 0)
			break;
	}
	return true;
}
