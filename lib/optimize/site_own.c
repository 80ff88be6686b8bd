// SPDX-License-Identifier: EUPL-1.2
// The scarce things that a site's tree reckons with, by numbers of its own.
//
// Hours of a coach are shared by sites, and charges pay for them. But no site alone can use more than there are: where the people of one coach could need more at
// this site, they are one of its resources too. A region of a single site is thus solved by its tree, without any charge.
#include "site.h"
#include <stdlib.h>

uint32_t carved_site_resource(const struct carved_site_tree *tree, uint32_t own)
{
	const struct carved_problem *problem = tree->problem;
	const struct carved_instance_site *site = &problem->instance->sites[tree->site];
	if (own < site->slots.count)
		return site->slots.first + own;
	if (own < site->slots.count + site->jobs.count)
		return problem->donors + site->jobs.first + own - site->slots.count;
	if (own >= tree->resource_count - tree->coach_count)
		return tree->coaches[own - (tree->resource_count - tree->coach_count)];
	return (own == site->slots.count + site->jobs.count ? problem->supervision : problem->places) + tree->site;
}

uint32_t carved_site_own_number(const struct carved_site_tree *tree, uint32_t resource)
{
	const struct carved_problem *problem = tree->problem;
	const struct carved_instance_site *site = &problem->instance->sites[tree->site];
	if (resource < problem->donors)
		return resource - site->slots.first;
	if (resource < problem->supervision)
		return site->slots.count + resource - problem->donors - site->jobs.first;
	if (resource < problem->coaches)
		return site->slots.count + site->jobs.count + (resource >= problem->places);
	for (uint32_t k = 0; k < tree->coach_count; k++) {
		if (tree->coaches[k] == resource)
			return tree->resource_count - tree->coach_count + k;
	}
	return CARVED_NONE; // of the candidate's coach, who has time for anybody at this site
}

static int by_need(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return left > right ? -1 : left < right;
}

// Whether the people whom the site has places for could need more than there is of the resource (hours of a coach, or a reserve).
static bool is_short(const struct carved_site_tree *tree, uint32_t resource)
{
	const struct carved_problem *problem = tree->problem;
	uint32_t *needs = carved_alloc_array(tree->pair_count, sizeof *needs), count = 0;
	uint64_t sum = 0;
	for (uint32_t i = 0; i < tree->pair_count; i++) {
		const struct carved_instance_candidate *of = &problem->instance->candidates[carved_site_candidate(tree, i)];
		bool counts = resource < problem->reserves ? of->coach == resource - problem->coaches
							   : of->easy && of->coach == resource - problem->reserves;
		if (counts)
			needs[count++] = of->coach_q;
	}
	qsort(needs, count, sizeof *needs, by_need);
	for (uint32_t i = 0; i < count && i < problem->instance->sites[tree->site].places; i++)
		sum += needs[i];
	free(needs);
	return sum > problem->capacity[resource];
}

void carved_site_list_coaches(struct carved_site_tree *tree)
{
	const struct carved_problem *problem = tree->problem;
	tree->coaches = carved_alloc_array(problem->resource_count - problem->coaches, sizeof *tree->coaches);
	for (uint32_t resource = problem->coaches; resource < problem->resource_count; resource++) {
		if (is_short(tree, resource))
			tree->coaches[tree->coach_count++] = resource;
	}
	tree->resource_count += tree->coach_count;
}
