// SPDX-License-Identifier: EUPL-1.2
#include "outlook.h"
#include "plan_unplaced.h"
#include <stdlib.h>

static bool is_stopped(const atomic_bool *stop)
{
	return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

struct carved_outlook *carved_outlook_new(
	const struct carved_region *region, carved_date date, const struct carved_weights *weights, const atomic_bool *stop)
{
	struct carved_outlook *outlook = carved_alloc_array(1, sizeof *outlook);
	size_t candidates = region->count[CARVED_KIND_CANDIDATE];
	outlook->options = carved_options_new(region, date);
	outlook->counts = carved_alloc_array(candidates, sizeof *outlook->counts);
	outlook->sites = carved_alloc_array(candidates, sizeof *outlook->sites);
	outlook->stop = carved_alloc_array(candidates, sizeof *outlook->stop);
	for (size_t c = 0; c < candidates; c++) {
		if (is_stopped(stop)) {
			carved_outlook_free(outlook);
			return NULL;
		}
		outlook->counts[c] = carved_plan_options(region, outlook->options, weights, c);
		outlook->stop[c] = carved_plan_unplaced_anyhow(outlook->options, weights, c, &outlook->sites[c]);
	}
	return outlook;
}

void carved_outlook_free(struct carved_outlook *outlook)
{
	if (!outlook)
		return;
	carved_options_free(outlook->options);
	free(outlook->counts);
	free(outlook->sites);
	free(outlook->stop);
	free(outlook);
}
