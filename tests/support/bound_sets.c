// SPDX-License-Identifier: EUPL-1.2
// The best package of a pair: every vacancy as a whole opening, by itself; then, for each set of at most jobs-max jobs and each largest set of supervisors, a
// search of its own. A package shorter than a visit is worked on one day: each day is then a search as well.
#include "support/bound_set.h"
#include <stdlib.h>
#include <string.h>

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static void search_lengths(struct bound_search *s)
{
	const struct carved_candidate *c = s->pair->candidate;
	bound_search_set(s, c->min_q > c->per_visit_q ? c->min_q : c->per_visit_q, c->max_q, c->per_visit_q, 0x7F);
	for (int day = 0; day < CARVED_DAYS && c->min_q < c->per_visit_q; day++)
		bound_search_set(s, c->min_q, smaller(c->max_q, c->per_visit_q - 1), 0, 1u << day);
}

static size_t list_supervisors(const struct bound_search *s, const char **names)
{
	size_t count = 0;
	for (size_t t = 0; t < s->slot_count; t++) {
		const char *name = bound_slot_of(s, t)->slot->task->supervisor;
		bool first = name != NULL;
		for (size_t k = 0; k < count && first; k++)
			first = strcmp(names[k], name) != 0;
		if (first)
			names[count++] = name;
	}
	return count;
}

static void keep_supervisors(
	struct bound_search *s, const struct bound_search *from, const char **names, size_t count, unsigned chosen)
{
	s->slot_count = 0;
	for (size_t t = 0; t < from->slot_count; t++) {
		const char *name = bound_slot_of(from, t)->slot->task->supervisor;
		bool kept = name == NULL;
		for (size_t k = 0; k < count && !kept; k++)
			kept = (chosen >> k & 1) && strcmp(names[k], name) == 0;
		if (!kept)
			continue;
		s->job_of[s->slot_count] = from->job_of[t];
		s->slots[s->slot_count++] = from->slots[t];
	}
}

// Each largest set of supervisors that the person may have.
static void search_supervisors(struct bound_search *s)
{
	const char *names[BOUND_SLOTS];
	size_t count = list_supervisors(s, names), most = s->pair->candidate->supervisors_max;
	if (most == 0 || count <= most) {
		search_lengths(s);
		return;
	}
	struct bound_search part = *s;
	for (unsigned chosen = 1; chosen < 1u << count; chosen++) {
		if ((size_t)__builtin_popcount(chosen) != most)
			continue;
		keep_supervisors(&part, s, names, count, chosen);
		part.best = s->best;
		search_lengths(&part);
		s->best = part.best;
	}
}

// The jobs whose slots may be carved, in the order of the site.
static size_t list_jobs(const struct bound_pair *pair, const struct carved_job **jobs)
{
	size_t count = 0;
	for (size_t t = 0; t < pair->slot_count; t++) {
		const struct carved_job *job = pair->slots[t].slot->job;
		if (!job->has_carve || (count && jobs[count - 1] == job))
			continue;
		if (count == BOUND_JOBS - 1)
			abort(); // more jobs at one site than this check was made for
		jobs[count++] = job;
	}
	return count;
}

static void choose_jobs(struct bound_search *s, const struct carved_job *const *jobs, size_t count, uint32_t chosen)
{
	s->slot_count = 0;
	s->job_count = count;
	for (size_t j = 0; j < count; j++)
		s->cap_q[j] = carved_job_cap_q(jobs[j]);
	for (size_t t = 0; t < s->pair->slot_count; t++) {
		const struct bound_slot *slot = &s->pair->slots[t];
		for (size_t j = 0; j < count; j++) {
			if (!(chosen >> j & 1) || jobs[j] != slot->slot->job)
				continue;
			s->job_of[s->slot_count] = slot->counted ? (int)j : -1;
			s->slots[s->slot_count++] = t;
		}
	}
	s->constant = s->pair->constant + s->pair->extra_job * (__builtin_popcount(chosen) - 1);
}

// Whether any set of jobs is worth a look: all of them at once, extra jobs for nothing.
static bool is_worth_it(struct bound_search *s, const struct carved_job *const *jobs, size_t count)
{
	choose_jobs(s, jobs, count, ((uint32_t)1 << count) - 1);
	s->constant = s->pair->constant;
	s->min_q = s->pair->candidate->min_q;
	s->max_q = s->pair->candidate->max_q;
	return bound_search_is_worth_it(s);
}

static int64_t search_carved(struct bound_pair *pair, int64_t best)
{
	struct bound_search s = {.pair = pair, .best = best};
	const struct carved_job *jobs[BOUND_JOBS];
	size_t count = list_jobs(pair, jobs);
	if (count == 0 || !is_worth_it(&s, jobs, count))
		return best;
	for (uint32_t chosen = 1; chosen < (uint32_t)1 << count; chosen++) {
		if (__builtin_popcount(chosen) > pair->candidate->jobs_max)
			continue;
		choose_jobs(&s, jobs, count, chosen);
		search_supervisors(&s);
	}
	return s.best;
}

// One opening of a vacancy, whole: every rule by itself.
static int64_t whole_vacancy(struct bound_pair *pair, const struct carved_job *job, size_t of_job)
{
	const struct carved_candidate *c = pair->candidate;
	struct bound_search s = {.pair = pair};
	int hours_q[BOUND_SLOTS] = {0}, total_q = 0;
	const char *names[BOUND_SLOTS];
	int64_t value = pair->constant;
	for (size_t t = 0; t < pair->slot_count; t++) {
		if (pair->slots[t].slot->job != job)
			continue;
		if (pair->slots[t].slot->unit_q < pair->slots[t].least_q || pair->slots[t].slot->unit_q > pair->slots[t].most_q)
			return INT64_MIN;
		hours_q[s.slot_count] = pair->slots[t].slot->unit_q;
		total_q += hours_q[s.slot_count];
		value += pair->slots[t].whole_gain * hours_q[s.slot_count];
		s.slots[s.slot_count++] = t;
	}
	bool valid = s.slot_count == of_job && total_q >= c->min_q && total_q <= c->max_q && !bound_must_missing(&s, hours_q) &&
		     bound_keeps_limits(&s, hours_q) && bound_keeps_alike(pair, s.slots, s.slot_count, hours_q) &&
		     bound_can_be_laid(&s, hours_q) && bound_can_grow(&s, hours_q) &&
		     (c->supervisors_max == 0 || list_supervisors(&s, names) <= c->supervisors_max);
	value -= bound_roundings(pair, s.slots, s.slot_count, hours_q);
	return valid ? value - bound_cost_of(pair, bound_bits_used(&s, hours_q)) : INT64_MIN;
}

static size_t slots_of_job(const struct carved_job *job)
{
	size_t count = 0;
	for (size_t t = 0; t < job->task_count; t++) {
		size_t parts = 0;
		for (int part = 0; part < CARVED_DAY_PARTS; part++)
			parts += job->tasks[t].fixed_q[part] > 0;
		count += job->tasks[t].fixed ? parts : 1;
	}
	return count;
}

int64_t bound_search(struct bound_pair *pair, int64_t best)
{
	for (size_t j = 0; j < pair->site->job_count; j++) {
		const struct carved_job *job = &pair->site->jobs[j];
		if (job->kind != CARVED_VACANCY || job->task_count == 0)
			continue;
		int64_t value = whole_vacancy(pair, job, slots_of_job(job));
		best = value > best ? value : best;
	}
	return search_carved(pair, best);
}
