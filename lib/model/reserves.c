// SPDX-License-Identifier: EUPL-1.2
// Rule `reserve`: how many of a coach's hours may go to the easy half of the caseload.
#include "carved/base/quarters.h"
#include "carved/model/rules.h"
#include <stdlib.h>
#include <string.h>

static int compare_ints(const void *a, const void *b)
{
	int left = *(const int *)a, right = *(const int *)b;
	return (left > right) - (left < right);
}

// hours x (1 - r x need above the median / whole need), rounded up; r in per mille. Sorts what each of the caseload needs.
static int reserve_of(
	const struct carved_coach *coach, const struct carved_weights *weights, int *needs_q, size_t count, int *ret_median)
{
	if (count)
		qsort(needs_q, count, sizeof *needs_q, compare_ints);
	int median = count ? needs_q[(count - 1) / 2] : 0;
	long long all_q = 0, above_q = 0;
	for (size_t i = 0; i < count; i++) {
		all_q += needs_q[i];
		above_q += needs_q[i] > median ? needs_q[i] : 0;
	}
	*ret_median = median;
	if (all_q == 0)
		return -1;
	return (int)carved_ceil_div(coach->hours_q * (1000 * all_q - weights->reserve * above_q), 1000 * all_q);
}

// Whose candidates are the caseloads: those of a part are the whole's.
static const struct carved_region *all_of(const struct carved_region *region)
{
	return region->whole ? region->whole : region;
}

int carved_rules_reserve_q(const struct carved_region *region, const struct carved_coach *coach,
	const struct carved_weights *weights, int *ret_median)
{
	const struct carved_region *all = all_of(region);
	int *needs_q = carved_alloc_array(all->count[CARVED_KIND_CANDIDATE], sizeof *needs_q);
	size_t count = 0;
	for (size_t i = 0; i < all->count[CARVED_KIND_CANDIDATE]; i++) {
		const struct carved_candidate *candidate = carved_region_candidate(all, i);
		if (strcmp(candidate->coach, coach->ref) == 0)
			needs_q[count++] = candidate->coach_q;
	}
	int reserve_q = reserve_of(coach, weights, needs_q, count, ret_median);
	free(needs_q);
	return reserve_q;
}

void carved_rules_reserves(
	const struct carved_region *region, const struct carved_weights *weights, int *ret_medians_q, int *ret_reserves_q)
{
	const struct carved_region *all = all_of(region);
	size_t candidates = all->count[CARVED_KIND_CANDIDATE], coaches = region->count[CARVED_KIND_COACH];
	size_t *coach_of = carved_alloc_array(candidates, sizeof *coach_of),
	       *ends = carved_alloc_array(coaches + 1, sizeof *ends);
	int *needs_q = carved_alloc_array(candidates, sizeof *needs_q); // coach by coach
	for (size_t i = 0; i < candidates; i++) {
		coach_of[i] = carved_region_index(region, CARVED_KIND_COACH, carved_region_candidate(all, i)->coach);
		if (coach_of[i] != SIZE_MAX)
			ends[coach_of[i] + 1]++;
	}
	for (size_t k = 0; k < coaches; k++)
		ends[k + 1] += ends[k]; // so far where each one begins
	for (size_t i = 0; i < candidates; i++) {
		if (coach_of[i] != SIZE_MAX)
			needs_q[ends[coach_of[i]]++] = carved_region_candidate(all, i)->coach_q;
	}
	for (size_t k = 0, begin = 0; k < coaches; begin = ends[k++])
		ret_reserves_q[k] =
			reserve_of(carved_region_coach(region, k), weights, needs_q + begin, ends[k] - begin, &ret_medians_q[k]);
	free(coach_of);
	free(ends);
	free(needs_q);
}
