// SPDX-License-Identifier: EUPL-1.2
#include "falls.h"
#include <stdlib.h>
#include <string.h>

void carved_falls_init(struct carved_falls *falls, const struct carved_problem *problem)
{
	*falls = (struct carved_falls){.problem = problem};
	falls->prices[0] = carved_alloc_array(problem->supervision, sizeof *falls->prices[0]);
}

void carved_falls_deinit(struct carved_falls *falls)
{
	for (uint32_t i = 0; i < CARVED_FALLS_KEPT; i++) {
		free(falls->prices[i]);
		free(falls->lists[i]);
		free(falls->counts[i]);
	}
}

bool carved_falls_is_full(const struct carved_falls *falls)
{
	return falls->now + 1 == CARVED_FALLS_KEPT;
}

void carved_falls_restart(struct carved_falls *falls)
{
	int64_t *first = falls->prices[0];
	falls->prices[0] = falls->prices[falls->now];
	falls->prices[falls->now] = first;
	falls->now = 0;
}

static int by_fall(const void *a, const void *b)
{
	const struct carved_fall *left = a, *right = b;
	return left->micro < right->micro ? 1 : left->micro > right->micro ? -1 : 0;
}

// The falls of one site since earlier prices, steepest first. Returns how many.
static uint32_t list_falls(const struct carved_falls *falls, uint32_t since, uint32_t site)
{
	const struct carved_problem *problem = falls->problem;
	const struct carved_instance *in = problem->instance;
	const struct carved_range slots = in->sites[site].slots;
	const int64_t *old = falls->prices[since], *new = falls->prices[falls->now];
	struct carved_fall *list = falls->lists[since] + slots.first;
	uint32_t count = 0, hours_q = 0;
	int64_t sum = 0;
	for (uint32_t t = slots.first; t < slots.first + slots.count; t++) {
		const uint32_t donor = problem->donors + in->slots[t].job;
		const int64_t of_donor = old[donor] - new[donor], fall = old[t] - new[t] + (of_donor > 0 ? of_donor : 0);
		if (fall > 0)
			list[count++] = (struct carved_fall){.micro = fall, .hours_q = in->slots[t].hours_q};
	}
	if (count > 1)
		qsort(list, count, sizeof *list, by_fall);
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t own = list[i].hours_q;
		list[i].sum = sum;
		list[i].hours_q = hours_q += own;
		sum += list[i].micro * own;
	}
	return count;
}

static void list_site(void *context, uint32_t worker, uint32_t site)
{
	struct carved_falls *falls = context;
	(void)worker;
	for (uint32_t since = 0; since < falls->now; since++)
		falls->counts[since][site] = list_falls(falls, since, site);
}

void carved_falls_move(struct carved_falls *falls, const int64_t *prices)
{
	const struct carved_problem *problem = falls->problem;
	const struct carved_instance *in = problem->instance;
	if (!falls->lists[falls->now]) { // the prices at hand are about to be earlier ones
		falls->lists[falls->now] = carved_alloc_array(in->slots_count, sizeof *falls->lists[falls->now]);
		falls->counts[falls->now] = carved_alloc_array(in->sites_count, sizeof *falls->counts[falls->now]);
	}
	falls->now++;
	if (!falls->prices[falls->now])
		falls->prices[falls->now] = carved_alloc_array(problem->supervision, sizeof *prices);
	memcpy(falls->prices[falls->now], prices, problem->supervision * sizeof *prices);
	carved_crew_run(problem->crew, in->sites_count, list_site, falls);
}
