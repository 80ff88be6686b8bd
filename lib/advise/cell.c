// SPDX-License-Identifier: EUPL-1.2
#include "cell.h"
#include "advisor.h"
#include "carved/base/quarters.h"
#include "carved/model/compile.h"
#include "carved/model/part.h"
#include <string.h>

void carved_cell_open(
	struct carved_cell *cell, struct carved_region *region, carved_date date, const struct carved_weights *weights)
{
	*cell = (struct carved_cell){.region = region};
	carved_compile(region, date, weights, &cell->instance);
	cell->singles = carved_singles_new(region, date, weights);
}

void carved_cell_close(struct carved_cell *cell)
{
	carved_singles_free(cell->singles);
	carved_instance_deinit(&cell->instance);
	carved_region_unref(cell->region);
	*cell = (struct carved_cell){0};
}

bool carved_cell_is_in_scope(const struct carved_slot *slot, const char *job, const char *task)
{
	return (!job || strcmp(slot->job->ref, job) == 0) && (!task || strcmp(slot->task->ref, task) == 0);
}

// ---- rules left out

#define COPY(arena, items, count)                                                                                                \
	memcpy(carved_arena_alloc_array(arena, count, sizeof *(items)), items, (count) * sizeof *(items))

static void relax_candidate(struct carved_instance_candidate *c, unsigned relaxed)
{
	if (relaxed & CARVED_RELAX_REACH) {
		c->max_minutes = UINT16_MAX;
		c->excluded.count = 0;
	}
	if (relaxed & CARVED_RELAX_SUPERVISION)
		c->buddy_q = 0;
	if (relaxed & CARVED_RELAX_COACH)
		c->coach_q = 0;
	if ((relaxed & CARVED_RELAX_MIN) && c->min_q > 1)
		c->min_q = 1;
	if (relaxed & CARVED_RELAX_MAX)
		c->max_q = CARVED_QUARTERS_PER_WEEK;
	if (relaxed & CARVED_RELAX_LOAD)
		c->limits.count = 0;
	if (relaxed & CARVED_RELAX_JOBS)
		c->jobs_max = UINT16_MAX;
	if (relaxed & CARVED_RELAX_SUPERVISOR)
		c->supervisors_max = 0;
	if (relaxed & CARVED_RELAX_MUST)
		c->must.count = 0;
	if (relaxed & CARVED_RELAX_NEVER)
		c->never.count = 0;
	if (relaxed & (CARVED_RELAX_BUILD_UP | CARVED_RELAX_MIN | CARVED_RELAX_MAX | CARVED_RELAX_CHUNK | CARVED_RELAX_SCHEDULE))
		c->build_up.count = 0;
	if (relaxed & CARVED_RELAX_SCHEDULE) {
		c->per_day_q = CARVED_QUARTERS_PER_WEEK;
		c->per_visit_q = 0;
		for (int part = 0; part < CARVED_DAY_PARTS; part++)
			c->available_q[part] = c->available_q[part] ? CARVED_QUARTERS_PER_WEEK : 0;
	}
}

// A copy of the cell's numbers with rules left out, all of it in `arena`.
static struct carved_instance relax(const struct carved_cell *cell, unsigned relaxed, struct carved_arena *arena)
{
	struct carved_instance view = cell->instance;
	view.candidates = COPY(arena, view.candidates, view.candidates_count);
	view.sites = COPY(arena, view.sites, view.sites_count);
	view.jobs = COPY(arena, view.jobs, view.jobs_count);
	view.slots = COPY(arena, view.slots, view.slots_count);
	relax_candidate(view.candidates, relaxed);
	if ((relaxed & CARVED_RELAX_PLACES) && view.sites[0].places < 1)
		view.sites[0].places = 1;
	if (relaxed & CARVED_RELAX_AIDS)
		view.aids = COPY(arena, view.aids, view.aids_count);
	for (uint32_t i = 0; (relaxed & CARVED_RELAX_AIDS) && i < view.aids_count; i++)
		view.aids[i].needs_facility = 0;
	for (uint32_t j = 0; (relaxed & CARVED_RELAX_DONOR) && j < view.jobs_count; j++) {
		if (view.jobs[j].carvable || view.jobs[j].kind == CARVED_VACANCY) {
			view.jobs[j].carvable = 1;
			view.jobs[j].cap_q = CARVED_QUARTERS_MAX;
		}
	}
	for (uint32_t t = 0; t < view.slots_count; t++) {
		if ((relaxed & CARVED_RELAX_CHUNK) && view.slots[t].chunk_q > 1)
			view.slots[t].chunk_q = 1;
		if (relaxed & CARVED_RELAX_TIMES)
			view.slots[t].parts = ((carved_parts_mask)1 << CARVED_DAY_PARTS) - 1;
	}
	return view;
}

// ---- pricing

struct pricing {
	const struct carved_cell *cell;
	const struct carved_cell_query *query;
	struct carved_price_workspace *workspace;
	struct carved_pair pair;
	int64_t place;
	struct carved_arena *arena; // of the answer
	enum carved_price_answer answer;
	struct carved_package *best;
};

static void price(struct pricing *p, const struct carved_price_limit *limit)
{
	struct carved_price_query query = {.place_value = p->place,
		.threshold = CARVED_PRICE_NO_PACKAGE,
		.node_limit = p->query->node_limit,
		.limits = limit,
		.limit_count = limit ? 1 : 0};
	struct carved_price_result result;
	carved_price_best(p->workspace, &p->pair, &query, &result);
	if (result.package.piece_count > 0) {
		if (p->answer != CARVED_PRICE_FOUND || result.package.value > p->best->value)
			carved_advise_keep(&result.package, p->arena, p->best);
		p->answer = CARVED_PRICE_FOUND;
	} else if (result.answer == CARVED_PRICE_LIMIT && p->answer == CARVED_PRICE_NONE) {
		p->answer = CARVED_PRICE_LIMIT;
	}
}

// A job is asked for as a whole, a task slot by slot.
static void price_scope(struct pricing *p)
{
	const struct carved_slots *slots = carved_cell_slots(p->cell);
	size_t last_job = SIZE_MAX;
	for (size_t t = 0; t < slots->count; t++) {
		const struct carved_slot *slot = &slots->items[t];
		if (!carved_cell_is_in_scope(slot, p->query->job, p->query->task) ||
			(!p->query->task && slot->job_index == last_job))
			continue;
		last_job = slot->job_index;
		const struct carved_price_limit limit = {.job = (uint32_t)slot->job_index,
			.slot = p->query->task ? (uint32_t)t : CARVED_NONE,
			.least_q = 1,
			.most_q = UINT32_MAX};
		price(p, &limit);
	}
}

enum carved_price_answer carved_cell_price(const struct carved_cell *cell, const struct carved_cell_query *query,
	struct carved_arena *arena, struct carved_package *ret_package)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_instance view = relax(cell, query->relaxed, &scratch);
	if (query->least_q > 0)
		view.candidates[0].min_q = (uint32_t)query->least_q;
	if (query->most_q > 0)
		view.candidates[0].max_q = (uint32_t)query->most_q;
	struct pricing p = {.cell = cell, .query = query, .arena = arena, .answer = CARVED_PRICE_NONE, .best = ret_package};
	struct carved_profile *profile = carved_profile_new(&view, 0);
	if (carved_profile_prepare(profile, 0, &scratch, &p.pair)) {
		p.workspace = carved_price_workspace_new(&view);
		p.place = carved_fit_place(&view, 0, carved_profile_options(profile));
		if (query->job)
			price_scope(&p);
		else
			price(&p, NULL);
		carved_price_workspace_free(p.workspace);
	}
	carved_profile_free(profile);
	carved_arena_deinit(&scratch);
	return p.answer;
}
