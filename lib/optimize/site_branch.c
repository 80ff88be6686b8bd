// SPDX-License-Identifier: EUPL-1.2
// Candidates come before jobs, jobs before slots, slots before hours: deciding on a job settles much of what two packages of one person disagree on, and a tree
// that asked for slots first was several times as large.
#include "site_node.h"
#include <math.h>
#include <stdlib.h>

// The free candidate whose sum of theta is nearest to a half.
static bool branch_on_candidate(const struct carved_site_node_work *work, struct carved_site_branch *ret_branch)
{
	double farthest = CARVED_SITE_WHOLE;
	double *sum = carved_alloc_array(work->tree->pair_count, sizeof *sum);
	bool found = false;
	for (uint32_t j = 0; j < work->lp_count; j++)
		sum[work->tree->columns[work->of_lp[j]].pair] += carved_lp_primal(work->lp, j);
	for (uint32_t i = 0; i < work->tree->pair_count; i++) {
		double distance = sum[i] < 0.5 ? sum[i] : 1 - sum[i];
		if (work->state[i] == CARVED_SITE_FREE && distance > farthest) {
			farthest = distance;
			*ret_branch = (struct carved_site_branch){.pair = i, .job = CARVED_NONE, .slot = CARVED_NONE};
			found = true;
		}
	}
	free(sum);
	return found;
}

struct spread { // of one slot or job in the packages of one pair, weighted by theta
	double used, hours;
	uint32_t least, most;
	uint32_t last; // package counted last, + 1
};

static void spread_add(struct spread *of, uint32_t package, double theta, uint32_t hours_q)
{
	of->used += of->last == package + 1 ? 0 : theta;
	of->last = package + 1;
	of->hours += theta * hours_q;
	of->least = of->most == 0 || hours_q < of->least ? hours_q : of->least;
	of->most = hours_q > of->most ? hours_q : of->most;
}

static double from_whole(double part)
{
	return part < 0.5 ? part : 1 - part;
}

// What the packages of one pair have of jobs, of slots alike (by the first of them), and of slots.
struct spreads {
	struct spread *jobs, *alike, *slots;
	uint32_t *of_alike; // quarters in the package at hand
	double all;         // of theta: below 1 where who must be here does not fit
	uint32_t packages;
};

static void spread_package(const struct carved_site_node_work *work, uint32_t j, double theta, struct spreads *spreads)
{
	const struct carved_site_tree *tree = work->tree;
	const struct carved_instance *in = tree->problem->instance;
	const struct carved_instance_site *site = &in->sites[tree->site];
	const struct carved_site_column *column = &tree->columns[work->of_lp[j]];
	spreads->packages++;
	spreads->all += theta;
	for (uint32_t u = 0; u < column->pieces; u++) {
		const struct carved_use *use = &tree->uses[column->first + u];
		spread_add(&spreads->slots[use->resource], j, theta, use->amount);
		spread_add(&spreads->jobs[in->slots[site->slots.first + use->resource].job - site->jobs.first], j, theta,
			use->amount);
		spreads->of_alike[carved_site_alike(tree, column->pair, use->resource)] += use->amount;
	}
	for (uint32_t u = 0; u < column->pieces; u++) {
		uint32_t first = carved_site_alike(tree, column->pair, tree->uses[column->first + u].resource);
		if (spreads->of_alike[first])
			spread_add(&spreads->alike[first], j, theta, spreads->of_alike[first]);
		spreads->of_alike[first] = 0;
	}
}

// How much a decision about hours is asked for: slots alike before a slot of them, whether they are used at all before how many hours of them. 0: packages agree.
static double rank_of(const struct spread *of, double all, bool alike, uint32_t *ret_hours)
{
	double distance = from_whole(of->used / all);
	*ret_hours = 0;
	if (distance > CARVED_SITE_WHOLE)
		return (alike ? 1 : 0.25) + distance;
	if (of->most <= of->least)
		return 0;
	*ret_hours = (uint32_t)floor(of->hours / all);
	*ret_hours = *ret_hours >= of->most ? of->most - 1 : *ret_hours;
	return alike ? 0.9 : 0.1;
}

// Whether another slot is alike to this one, the first of them.
static bool has_alike(const struct carved_site_tree *tree, uint32_t pair, uint32_t own)
{
	const struct carved_instance_site *site = &tree->problem->instance->sites[tree->site];
	bool has = false;
	for (uint32_t t = own + 1; t < site->slots.count; t++)
		has = has || carved_site_alike(tree, pair, t) == own;
	return has;
}

// For one pair whose packages differ: the job they agree least on using; else such slots alike; else hours of these; else a slot of them. Better than *rank only.
static bool branch_on_work_of(
	const struct carved_site_node_work *work, uint32_t pair, double *rank, struct carved_site_branch *ret_branch)
{
	const struct carved_site_tree *tree = work->tree;
	const struct carved_instance *in = tree->problem->instance;
	const struct carved_instance_site *site = &in->sites[tree->site];
	struct spreads spreads = {.slots = carved_alloc_array(site->slots.count, sizeof *spreads.slots),
		.alike = carved_alloc_array(site->slots.count, sizeof *spreads.alike),
		.of_alike = carved_alloc_array(site->slots.count, sizeof *spreads.of_alike),
		.jobs = carved_alloc_array(site->jobs.count, sizeof *spreads.jobs)};
	bool found = false;
	for (uint32_t j = 0; j < work->lp_count; j++) {
		double theta = carved_lp_primal(work->lp, j);
		if (tree->columns[work->of_lp[j]].pair == pair && theta >= CARVED_SITE_WHOLE)
			spread_package(work, j, theta, &spreads);
	}
	for (uint32_t j = 0; spreads.packages > 1 && j < site->jobs.count; j++) {
		double distance = from_whole(spreads.jobs[j].used / spreads.all);
		if (distance > CARVED_SITE_WHOLE && 2 + distance > *rank) {
			*rank = 2 + distance;
			*ret_branch = (struct carved_site_branch){.pair = pair, .job = site->jobs.first + j, .slot = CARVED_NONE};
			found = true;
		}
	}
	for (uint32_t t = 0; spreads.packages > 1 && t < 2 * site->slots.count; t++) {
		const bool alike = t < site->slots.count;
		const uint32_t own = alike ? t : t - site->slots.count;
		uint32_t hours_q;
		double this = rank_of(alike ? &spreads.alike[own] : &spreads.slots[own], spreads.all, alike, &hours_q);
		if (this <= *rank)
			continue;
		*rank = this;
		*ret_branch = (struct carved_site_branch){.pair = pair,
			.job = in->slots[site->slots.first + own].job,
			.slot = site->slots.first + own,
			.alike = alike && has_alike(tree, pair, own),
			.hours_q = hours_q};
		found = true;
	}
	free(spreads.slots);
	free(spreads.alike);
	free(spreads.of_alike);
	free(spreads.jobs);
	return found;
}

static bool branch_on_work(const struct carved_site_node_work *work, struct carved_site_branch *ret_branch)
{
	double rank = 0;
	bool found = false;
	for (uint32_t i = 0; i < work->tree->pair_count; i++)
		found |= branch_on_work_of(work, i, &rank, ret_branch);
	return found;
}

void carved_site_round(struct carved_site_node_work *work)
{
	struct carved_site_tree *tree = work->tree;
	uint32_t *left = carved_alloc_array(tree->resource_count, sizeof *left);
	uint32_t *chosen = carved_alloc_array(tree->pair_count, sizeof *chosen), count = 0;
	bool *tried = carved_alloc_array(work->lp_count, sizeof *tried),
	     *placed = carved_alloc_array(tree->pair_count, sizeof *placed);
	for (uint32_t own = 0; own < tree->resource_count; own++)
		left[own] = tree->problem->capacity[carved_site_resource(tree, own)];
	for (;;) {
		uint32_t top = CARVED_NONE;
		double highest = CARVED_SITE_WHOLE;
		for (uint32_t j = 0; j < work->lp_count; j++) {
			double theta = carved_lp_primal(work->lp, j);
			if (!tried[j] && theta > highest) {
				highest = theta;
				top = j;
			}
		}
		if (top == CARVED_NONE)
			break;
		tried[top] = true;
		const struct carved_site_column *column = &tree->columns[work->of_lp[top]];
		bool fits = !placed[column->pair];
		for (uint32_t u = 0; u < column->uses; u++)
			fits = fits && tree->uses[column->first + u].amount <= left[tree->uses[column->first + u].resource];
		if (!fits)
			continue;
		placed[column->pair] = true;
		for (uint32_t u = 0; u < column->uses; u++)
			left[tree->uses[column->first + u].resource] -= tree->uses[column->first + u].amount;
		chosen[count++] = work->of_lp[top];
	}
	carved_site_add_pattern(tree, chosen, count);
	free(left);
	free(chosen);
	free(tried);
	free(placed);
}

bool carved_site_find_branch(const struct carved_site_node_work *work, struct carved_site_branch *ret_branch)
{
	return branch_on_candidate(work, ret_branch) || branch_on_work(work, ret_branch);
}
