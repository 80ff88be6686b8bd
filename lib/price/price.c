// SPDX-License-Identifier: EUPL-1.2
// The pricer's entry: workspace, one call, its answer. The method: query.c (units), whole.c, search.c (branch and bound), relax.c (dynamic programme).
#include "carved/price/price.h"
#include "carved/base/arena.h"
#include "pricing.h"
#include <stdlib.h>

struct carved_price_workspace *carved_price_workspace_new(const struct carved_instance *instance)
{
	struct carved_price_workspace *w = carved_alloc_array(1, sizeof *w);
	w->instance = instance;
	return w;
}

void carved_price_workspace_free(struct carved_price_workspace *w)
{
	if (!w)
		return;
	carved_relax_deinit(&w->relax);
	carved_days_deinit(&w->days);
	void *owned[] = {w->slots, w->caps, w->job_forced, w->domain.lo, w->domain.hi, w->domain.alike_lo, w->domain.alike_hi,
		w->domain.forced, w->domain.supervisor, w->loads, w->hours, w->pieces, w->steps, w->shares, w->step_hours,
		w->was_in, w->kept, w->nodes, w->heap, w->best, w->result};
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
	free(w);
}

static void reserve_slots(struct carved_price_workspace *w, size_t slots)
{
	if (slots <= w->slot_room)
		return;
	w->slot_room = slots;
	w->slots = carved_realloc_array(w->slots, slots, sizeof *w->slots);
	w->domain.lo = carved_realloc_array(w->domain.lo, slots, sizeof *w->domain.lo);
	w->domain.hi = carved_realloc_array(w->domain.hi, slots, sizeof *w->domain.hi);
	w->domain.alike_lo = carved_realloc_array(w->domain.alike_lo, slots, sizeof *w->domain.alike_lo);
	w->domain.alike_hi = carved_realloc_array(w->domain.alike_hi, slots, sizeof *w->domain.alike_hi);
	w->domain.forced = carved_realloc_array(w->domain.forced, slots, sizeof *w->domain.forced);
	w->loads = carved_realloc_array(w->loads, slots, sizeof *w->loads);
	w->hours = carved_realloc_array(w->hours, slots, sizeof *w->hours);
	w->pieces = carved_realloc_array(w->pieces, slots, sizeof *w->pieces);
	w->steps = carved_realloc_array(w->steps, slots, sizeof *w->steps);
	w->shares = carved_realloc_array(w->shares, slots, sizeof *w->shares);
	w->step_hours = carved_realloc_array(w->step_hours, slots, sizeof *w->step_hours);
	w->was_in = carved_realloc_array(w->was_in, slots, sizeof *w->was_in);
	w->kept = carved_realloc_array(w->kept, slots, sizeof *w->kept);
	w->best = carved_realloc_array(w->best, slots, sizeof *w->best);
	w->result = carved_realloc_array(w->result, slots, sizeof *w->result);
	carved_days_reserve(&w->days, slots);
}

static void reserve(struct carved_price_workspace *w, const struct carved_pair *pair)
{
	reserve_slots(w, pair->slot_count);
	if (pair->job_count > w->job_room) {
		w->job_room = pair->job_count;
		w->caps = carved_realloc_array(w->caps, w->job_room, sizeof *w->caps);
		w->job_forced = carved_realloc_array(w->job_forced, w->job_room, sizeof *w->job_forced);
	}
	if (pair->supervisor_count > w->supervisor_room) {
		w->supervisor_room = pair->supervisor_count;
		w->domain.supervisor =
			carved_realloc_array(w->domain.supervisor, w->supervisor_room, sizeof *w->domain.supervisor);
	}
	carved_relax_reserve(
		&w->relax, pair->slot_count, (size_t)pair->job_count + 1, w->instance->candidates[pair->candidate].max_q);
}

void carved_price_begin(struct carved_price_workspace *w, const struct carved_pair *pair, const struct carved_price_query *query)
{
	w->pair = pair;
	w->query = query;
	w->nodes_done = w->best_count = w->heap_count = 0;
	w->closed_bound = CARVED_RELAX_NONE;
	reserve(w, pair);
}

static int compare_pieces(const void *left, const void *right)
{
	const struct carved_piece *a = left, *b = right;
	return (a->slot > b->slot) - (a->slot < b->slot);
}

static void write_package(struct carved_price_workspace *w, struct carved_price_result *result)
{
	for (uint32_t i = 0; i < w->best_count; i++)
		w->result[i] = (struct carved_piece){w->pair->slots[w->best[i].slot].slot, w->best[i].hours_q};
	if (w->best_count)
		qsort(w->result, w->best_count, sizeof *w->result, compare_pieces);
	result->package = (struct carved_package){.candidate = w->pair->candidate,
		.site = w->pair->site,
		.kind = w->best_whole ? CARVED_WHOLE_VACANCY : CARVED_CARVED,
		.piece_count = w->best_count,
		.pieces = w->result};
	if (!w->best_count)
		return;
	carved_price_value(w->instance, w->pair, w->query->place_value, &result->package);
	result->reduced = carved_query_millionths(w, w->bar);
}

static int64_t bound_of(const struct carved_price_workspace *w, int64_t units)
{
	return units <= CARVED_RELAX_IMPOSSIBLE ? CARVED_PRICE_NO_PACKAGE : carved_query_millionths(w, units);
}

void carved_price_best(struct carved_price_workspace *w, const struct carved_pair *pair, const struct carved_price_query *query,
	struct carved_price_result *ret_result)
{
	struct carved_price_result result = {.answer = CARVED_PRICE_NONE, .bound = CARVED_PRICE_NO_PACKAGE};
	bool finished = true;
	carved_price_begin(w, pair, query);
	if (!carved_query_read(w)) {
		*ret_result = result;
		return;
	}
	w->bar = carved_query_units(w, query->threshold);
	carved_whole_offer(w);
	finished = carved_search_run(w);
	result.nodes = w->nodes_done;
	write_package(w, &result);
	if (!finished) {
		result.answer = CARVED_PRICE_LIMIT;
		result.bound = bound_of(w, carved_search_open_bound(w));
	} else if (w->best_count) {
		result.answer = CARVED_PRICE_FOUND;
		result.bound = result.reduced;
	} else {
		result.bound = bound_of(w, w->closed_bound);
	}
	*ret_result = result;
}
