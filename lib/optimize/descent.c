// SPDX-License-Identifier: EUPL-1.2
// Leaves of trees know nothing of charges (site.c), so what all trees prove together is known at any charges phi, by adding up:
//
//     B(phi) = sum_k K_k(phi) + sum_s max over leaves of U(phi)          convex, and every plan is at most that
//
// A point costs less than a millisecond where growing the trees there costs seconds. A subgradient of B counts for each person the set of the coach that has it, less
// the site whose highest leaf has it: who is in no set and in a leaf is charged too little. Steps are as long as a fall to a little below the best point would need; how little
// is halved whenever steps bring nothing for a while, and they begin at the best point again.
//
// Source: B. T. Polyak, "Minimization of unsmooth functionals" (1969); the target level as in J.-L. Goffin, K. C. Kiwiel, "Convergence of a simple subgradient level
// method" (1999).
#include "descent.h"
#include <stdlib.h>
#include <string.h>

#define STEPS 300
#define PATIENCE 15         // steps without a fall worth a word
#define FIRST_FALL_PART 500 // of the bound: the fall that steps aim at, at first
#define WORTH_PART 20       // of that fall: less is none

struct descent {
	const struct carved_sites *sites;
	const struct carved_caseloads *caseloads;
	int64_t *point;
	int32_t *slope; // per candidate
	bool *set;      // scratch, per candidate
	uint8_t *state; // scratch, per pair of a site
};

static void init(struct descent *descent, const struct carved_sites *sites, const struct carved_caseloads *caseloads)
{
	const uint32_t candidates = sites->problem->instance->candidates_count;
	*descent = (struct descent){.sites = sites, .caseloads = caseloads};
	descent->point = carved_alloc_array(candidates, sizeof *descent->point);
	descent->slope = carved_alloc_array(candidates, sizeof *descent->slope);
	descent->set = carved_alloc_array(candidates, sizeof *descent->set);
	descent->state = carved_alloc_array(sites->problem->pair_count, sizeof *descent->state);
}

static void deinit(struct descent *descent)
{
	free(descent->point);
	free(descent->slope);
	free(descent->set);
	free(descent->state);
}

// The tree's bound at the point; whom its highest leaf has is taken off the slope.
static int64_t bound_of_site(struct descent *descent, const struct carved_site_tree *tree)
{
	int64_t most = INT64_MIN;
	uint32_t top = 0;
	for (uint32_t n = 0; n < tree->node_count; n++) {
		if (tree->nodes[n].low != CARVED_NONE)
			continue;
		int64_t bound = carved_site_node_bound(tree, n, descent->point, descent->state);
		if (bound > most) {
			most = bound;
			top = n;
		}
	}
	carved_site_read_states(tree, top, descent->state);
	for (uint32_t i = 0; i < tree->pair_count; i++) {
		const uint32_t c = carved_site_candidate(tree, i);
		const bool gains = tree->nodes[top].best[i] > descent->point[c];
		if (descent->state[i] == CARVED_SITE_IN || (descent->state[i] == CARVED_SITE_FREE && gains))
			descent->slope[c]--;
	}
	return most;
}

// B at the point, and its slope there.
static int64_t evaluate(struct descent *descent)
{
	const struct carved_sites *sites = descent->sites;
	const struct carved_instance *in = sites->problem->instance;
	int64_t sum = 0;
	for (uint32_t k = 0; k < in->coaches_count; k++)
		sum += carved_caseload_most(descent->caseloads, k, descent->point, descent->set);
	for (uint32_t c = 0; c < in->candidates_count; c++)
		descent->slope[c] = descent->set[c];
	for (uint32_t s = 0; s < in->sites_count; s++)
		sum += sites->trees[s].node_count ? bound_of_site(descent, &sites->trees[s]) : carved_sites_held(sites, s);
	return sum;
}

// Moves the point down the slope as far as a fall of `fall` takes. Returns false where there is no slope.
static bool step(struct descent *descent, double fall)
{
	const uint32_t candidates = descent->sites->problem->instance->candidates_count;
	double norm = 0;
	for (uint32_t c = 0; c < candidates; c++)
		norm += (double)descent->slope[c] * descent->slope[c];
	for (uint32_t c = 0; norm > 0 && c < candidates; c++) {
		descent->point[c] -= (int64_t)(fall / norm * descent->slope[c]);
		descent->point[c] = descent->point[c] > 0 ? descent->point[c] : 0;
	}
	return norm > 0;
}

int64_t carved_descent_run(
	const struct carved_sites *sites, const struct carved_caseloads *caseloads, int64_t bound, int64_t *charges)
{
	struct descent descent;
	const size_t size = sites->problem->instance->candidates_count * sizeof *charges;
	int64_t fall = bound / FIRST_FALL_PART;
	init(&descent, sites, caseloads);
	memcpy(descent.point, charges, size);
	for (uint32_t i = 0, since = 0; i < STEPS && !carved_problem_is_stopped_now(sites->problem); i++) {
		int64_t here = evaluate(&descent);
		since = bound - here > fall / WORTH_PART ? 0 : since + 1;
		if (here < bound) {
			bound = here;
			memcpy(charges, descent.point, size);
		}
		if (since > PATIENCE) {
			fall /= 2;
			since = 0;
			memcpy(descent.point, charges, size);
			here = evaluate(&descent);
		}
		if (!step(&descent, (double)(here - bound + fall)))
			break;
	}
	deinit(&descent);
	return bound;
}
