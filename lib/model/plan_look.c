// SPDX-License-Identifier: EUPL-1.2
// Each test is a relaxation: the most hours that slots which fit could give under one rule alone, held against the person's minimum. So a rule that is named does
// stop the site; where none is named, rules together may still do so.
#include "plan_look.h"
#include "carved/model/build_up.h"
#include <stdlib.h>
#include <string.h>

enum { FEW_SLOTS = 64 }; // of a site: most have no more, and need no memory of their own

struct fitting {
	const struct carved_flat_slot *slot;
	uint32_t job; // of the region
	int hours_q;  // left
};

struct view { // what fits at the site, job by job
	const struct carved_look *look;
	const struct carved_candidate *candidate;
	const struct carved_flat_site *site;
	struct fitting *slots;
	size_t count;
};

typedef bool wanted_fn(const struct fitting *fitting, const void *context);

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int cap_q(const struct view *view, uint32_t job)
{
	const struct carved_look *look = view->look;
	return look->donor_q ? look->donor_q[job] : look->options->jobs[job].cap_q;
}

// The most that carved packages get out of the job of slot *at, from its slots that are wanted. Moves *at to the next job's.
static int next_job_hours_q(const struct view *view, size_t *at, wanted_fn *wanted, const void *context)
{
	int free_q = 0, counted_q = 0;
	uint32_t job = view->slots[*at].job;
	for (; *at < view->count && view->slots[*at].job == job; ++*at) {
		const struct fitting *fitting = &view->slots[*at];
		if (fitting->hours_q < fitting->slot->slot->chunk_q || (wanted && !wanted(fitting, context)))
			continue;
		*(fitting->slot->free ? &free_q : &counted_q) += fitting->hours_q;
	}
	int cap = cap_q(view, job);
	return free_q + (cap > 0 ? smaller(counted_q, cap) : 0);
}

static int site_hours_q(const struct view *view, wanted_fn *wanted, const void *context)
{
	int sum_q = 0;
	for (size_t at = 0; at < view->count;)
		sum_q += next_job_hours_q(view, &at, wanted, context);
	return sum_q;
}

static void gather(struct view *view)
{
	const struct carved_options *o = view->look->options;
	for (uint32_t j = view->site->jobs.first; j < view->site->jobs.first + view->site->jobs.count; j++) {
		const struct carved_flat_job *job = &o->jobs[j];
		for (uint32_t t = job->slots.first; job->gives && t < job->slots.first + job->slots.count; t++) {
			const struct carved_flat_slot *slot = &o->slots[t];
			if (!carved_options_fits(o, view->site->site, slot))
				continue;
			view->slots[view->count++] = (struct fitting){
				.slot = slot, .job = j, .hours_q = view->look->slot_q ? view->look->slot_q[t] : slot->hours_q};
		}
	}
}

static bool meets_wish(const struct fitting *fitting, const void *wish)
{
	return carved_wish_matches_any(wish, &fitting->slot->slot->tags);
}

static bool meets_all_must(const struct view *view)
{
	for (size_t w = 0; w < view->candidate->must.count; w++) {
		bool met = false;
		for (size_t i = 0; i < view->count && !met; i++)
			met = meets_wish(&view->slots[i], view->candidate->must.items[w]);
		if (!met)
			return false;
	}
	return true;
}

static bool counts_for(const struct fitting *fitting, const void *limit)
{
	return carved_rules_counts_for_limit(fitting->slot->slot, limit);
}

static bool counts_not_for(const struct fitting *fitting, const void *limit)
{
	return !carved_rules_counts_for_limit(fitting->slot->slot, limit);
}

static bool limits_leave_enough(const struct view *view)
{
	for (size_t i = 0; i < view->candidate->limit_count; i++) {
		const struct carved_load_limit *limit = &view->candidate->limits[i];
		int light_q = site_hours_q(view, counts_not_for, limit), heavy_q = site_hours_q(view, counts_for, limit);
		if (light_q + smaller(heavy_q, limit->hours_q) < view->candidate->min_q)
			return false;
	}
	return true;
}

static int compare_falling(const void *a, const void *b)
{
	int left = *(const int *)a, right = *(const int *)b;
	return (right > left) - (right < left);
}

static int sum_of_largest(int *hours_q, size_t count, size_t most)
{
	int sum_q = 0;
	if (count)
		qsort(hours_q, count, sizeof *hours_q, compare_falling);
	for (size_t i = 0; i < count && i < most; i++)
		sum_q += hours_q[i];
	return sum_q;
}

static bool few_jobs_give_enough(const struct view *view)
{
	int *hours_q = carved_alloc_array(view->count, sizeof *hours_q);
	size_t count = 0;
	for (size_t at = 0; at < view->count;)
		hours_q[count++] = next_job_hours_q(view, &at, NULL, NULL);
	int most_q = sum_of_largest(hours_q, count, view->candidate->jobs_max);
	free(hours_q);
	return most_q >= view->candidate->min_q;
}

static bool has_supervisor(const struct fitting *fitting, const void *name)
{
	const char *supervisor = fitting->slot->slot->task->supervisor;
	return name ? supervisor && strcmp(supervisor, name) == 0 : !supervisor;
}

static bool few_supervisors_give_enough(const struct view *view)
{
	if (view->candidate->supervisors_max == 0)
		return true;
	int *hours_q = carved_alloc_array(view->count, sizeof *hours_q);
	size_t count = 0;
	for (size_t i = 0; i < view->count; i++) {
		const char *name = view->slots[i].slot->slot->task->supervisor;
		bool first = name != NULL;
		for (size_t k = 0; k < i && first; k++)
			first = !has_supervisor(&view->slots[k], name);
		if (first)
			hours_q[count++] = site_hours_q(view, has_supervisor, name);
	}
	int most_q = sum_of_largest(hours_q, count, view->candidate->supervisors_max);
	free(hours_q);
	return most_q + site_hours_q(view, has_supervisor, NULL) >= view->candidate->min_q;
}

// The hours of the person that the slots' day parts reach, days too short for a visit left out.
static bool week_holds_enough(const struct view *view)
{
	const struct carved_candidate *c = view->candidate;
	carved_parts_mask parts = 0;
	int week_q = 0, visit_q = smaller(c->per_visit_q, c->min_q);
	for (size_t i = 0; i < view->count; i++)
		parts |= view->slots[i].slot->parts;
	for (int day = 0; day < CARVED_DAYS; day++) {
		int day_q = 0;
		for (int part = day * CARVED_PARTS_PER_DAY; part < (day + 1) * CARVED_PARTS_PER_DAY; part++)
			day_q += parts >> part & 1 ? c->available_q[part] : 0;
		day_q = smaller(day_q, c->per_day_q);
		week_q += day_q >= visit_q ? day_q : 0;
	}
	return week_q >= c->min_q;
}

static struct carved_build_up_need *growing_needs(const struct view *view, struct carved_arena *arena)
{
	struct carved_build_up_need *needs = carved_arena_array(arena, struct carved_build_up_need, view->count);
	for (size_t i = 0; i < view->count; i++)
		needs[i] = carved_build_up_need_of(view->candidate, view->slots[i].slot->slot, view->slots[i].hours_q);
	return needs;
}

// Whether the slots leave each step something, donor caps aside.
static bool steps_could_start(const struct view *view)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	bool could = view->candidate->build_up_count == 0 ||
		     carved_build_up_could(view->candidate, growing_needs(view, &scratch), view->count, &scratch);
	carved_arena_deinit(&scratch);
	return could;
}

static enum carved_look_stage look_for_carved(const struct view *view)
{
	if (site_hours_q(view, NULL, NULL) < view->candidate->min_q)
		return CARVED_LOOK_HOURS;
	if (!meets_all_must(view))
		return CARVED_LOOK_MUST;
	if (!limits_leave_enough(view))
		return CARVED_LOOK_LOAD;
	if (!few_jobs_give_enough(view))
		return CARVED_LOOK_JOBS;
	if (!few_supervisors_give_enough(view))
		return CARVED_LOOK_SUPERVISOR;
	if (!week_holds_enough(view))
		return CARVED_LOOK_SCHEDULE;
	return steps_could_start(view) ? CARVED_LOOK_WOULD_DO : CARVED_LOOK_BUILD_UP;
}

// The fitting slots of one vacancy, each with the hours of an opening. Returns false where an opening is not to be had whole. Requires: the job is a vacancy.
static bool take_opening(const struct view *view, uint32_t job, struct view *opening)
{
	const struct carved_flat_job *flat = &view->look->options->jobs[job];
	for (size_t i = 0; i < view->count; i++) {
		const struct fitting *fitting = &view->slots[i];
		if (fitting->job != job)
			continue;
		if (fitting->hours_q < fitting->slot->unit_q)
			return false;
		opening->slots[opening->count] = *fitting;
		opening->slots[opening->count++].hours_q = fitting->slot->unit_q;
	}
	return opening->count > 0 && opening->count == flat->slots.count;
}

static bool opening_can_be_laid(const struct view *opening)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	const struct carved_candidate *c = opening->candidate;
	struct carved_schedule schedule;
	struct carved_schedule_need *needs = carved_arena_array(&scratch, struct carved_schedule_need, opening->count);
	for (size_t i = 0; i < opening->count; i++)
		needs[i] = (struct carved_schedule_need){
			.hours_q = opening->slots[i].hours_q, .parts = opening->slots[i].slot->parts};
	bool laid =
		carved_schedule_make(needs, opening->count, c->available_q, c->per_day_q, c->per_visit_q, &scratch, &schedule);
	carved_arena_deinit(&scratch);
	return laid;
}

static bool opening_can_grow(const struct view *opening)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_build_up_step *steps =
		carved_arena_array(&scratch, struct carved_build_up_step, opening->candidate->build_up_count);
	bool grows = carved_build_up_make(opening->candidate, growing_needs(opening, &scratch), opening->count, &scratch, steps);
	carved_arena_deinit(&scratch);
	return grows;
}

static bool has_few_supervisors(const struct view *opening)
{
	size_t names = 0;
	for (size_t i = 0; i < opening->count; i++) {
		const char *name = opening->slots[i].slot->slot->task->supervisor;
		bool first = name != NULL;
		for (size_t k = 0; k < i && first; k++)
			first = !has_supervisor(&opening->slots[k], name);
		names += first;
	}
	return opening->candidate->supervisors_max == 0 || names <= opening->candidate->supervisors_max;
}

static bool opening_would_do(const struct view *opening)
{
	const struct carved_candidate *c = opening->candidate;
	int hours_q = 0;
	for (size_t i = 0; i < opening->count; i++)
		hours_q += opening->slots[i].hours_q;
	if (hours_q < c->min_q || hours_q > c->max_q || !meets_all_must(opening) || !has_few_supervisors(opening))
		return false;
	for (size_t k = 0; k < c->limit_count; k++) {
		int heavy_q = 0;
		for (size_t i = 0; i < opening->count; i++)
			heavy_q += counts_for(&opening->slots[i], &c->limits[k]) ? opening->slots[i].hours_q : 0;
		if (heavy_q > c->limits[k].hours_q)
			return false;
	}
	return opening_can_be_laid(opening) && opening_can_grow(opening);
}

static bool some_opening_would_do(const struct view *view)
{
	bool found = false;
	struct fitting few[FEW_SLOTS];
	struct view opening = *view;
	opening.slots = view->count <= FEW_SLOTS ? few : carved_alloc_array(view->count, sizeof *opening.slots);
	for (uint32_t j = view->site->jobs.first; j < view->site->jobs.first + view->site->jobs.count && !found; j++) {
		opening.count = 0;
		found = view->look->options->jobs[j].is_vacancy && take_opening(view, j, &opening) && opening_would_do(&opening);
	}
	if (view->count > FEW_SLOTS)
		free(opening.slots);
	return found;
}

enum carved_look_stage carved_look_at_site(const struct carved_look *look, size_t site)
{
	const struct carved_options *o = look->options;
	const struct carved_flat_site *flat = &o->sites[site];
	struct view view = {.look = look, .candidate = o->candidate, .site = flat};
	struct fitting few[FEW_SLOTS];
	size_t slots = 0;
	if (!carved_options_could_fit(o, site))
		return CARVED_LOOK_SLOTS;
	for (uint32_t j = 0; j < flat->jobs.count; j++)
		slots += o->jobs[flat->jobs.first + j].slots.count;
	view.slots = slots <= FEW_SLOTS ? few : carved_alloc_array(slots, sizeof *view.slots);
	gather(&view);
	enum carved_look_stage stage = view.count ? look_for_carved(&view) : CARVED_LOOK_SLOTS;
	if (view.count && stage != CARVED_LOOK_WOULD_DO && some_opening_would_do(&view))
		stage = CARVED_LOOK_WOULD_DO;
	if (slots > FEW_SLOTS)
		free(view.slots);
	return stage;
}
