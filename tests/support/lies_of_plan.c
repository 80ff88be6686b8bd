// SPDX-License-Identifier: EUPL-1.2
// Lies about what packages of a plan share.
#include "support/lies_steps.h"
#include <stdlib.h>
#include <string.h>

bool lie_one(struct lying *l, bool outside)
{
	struct carved_solution *s = &l->solution;
	struct carved_package *packages = carved_arena_array(&l->arena, struct carved_package, s->package_count + 1);
	if (!outside)
		return true;
	memcpy(packages, s->packages, (l->package + 1) * sizeof *packages);
	memcpy(packages + l->package + 1, s->packages + l->package, (s->package_count - l->package) * sizeof *packages);
	s->packages = packages;
	s->package_count++;
	return true;
}

static bool is_in_job(
	struct lying *l, const struct carved_package *package, size_t piece, size_t first, const struct carved_job *job)
{
	return &l->site->jobs[l->slots.items[package->pieces[piece].slot - first].job_index] == job;
}

bool lie_supply(struct lying *l, bool outside)
{
	struct carved_task *task = lying_task(l, l->piece);
	size_t packages;
	if (task->fixed || lying_job(l, l->piece)->kind == CARVED_VACANCY)
		return false;
	task->hours_q = lying_taken_q(l, &packages) - outside;
	return task->hours_q > 0;
}

// The job's contract hours are what is carved of them, all of them to give.
bool lie_donor(struct lying *l, bool outside)
{
	struct carved_job *job = lying_job(l, l->piece);
	size_t first = lying_first_slot(l);
	int sum_q = 0;
	if (job->kind == CARVED_VACANCY)
		return false;
	for (size_t p = 0; p < l->solution.package_count; p++) {
		const struct carved_package *package = &l->solution.packages[p];
		for (size_t i = 0; package->site == lying_package(l)->site && i < package->piece_count; i++) {
			const struct carved_slot *slot = &l->slots.items[package->pieces[i].slot - first];
			sum_q +=
				is_in_job(l, package, i, first, job) && !slot->task->undone ? (int)package->pieces[i].hours_q : 0;
		}
	}
	job->share_permille = 1000;
	job->keep_hours_q = 0;
	job->hours_q = sum_q - outside;
	return sum_q > 0;
}

// Dismissals, and former staff that was asked a day late; or, where a job of somebody's is used, dismissals at all.
bool lie_displacement(struct lying *l, bool outside)
{
	struct carved_job *job = lying_job(l, l->piece);
	if (job->kind == CARVED_VACANCY) {
		l->site->recent_dismissals = true;
		job->former_staff_asked = l->date + outside;
	} else {
		l->site->recent_dismissals = outside;
	}
	return true;
}

bool lie_places(struct lying *l, bool outside)
{
	int count = 0;
	for (size_t p = 0; p < l->solution.package_count; p++)
		count += l->solution.packages[p].site == lying_package(l)->site;
	l->site->places = count - outside;
	return true;
}

static struct carved_candidate *person_of(struct lying *l, size_t package)
{
	return &l->region->documents[CARVED_KIND_CANDIDATE][l->solution.packages[package].candidate]->candidate;
}

bool lie_supervision(struct lying *l, bool outside)
{
	int sum_q = 0;
	for (size_t p = 0; p < l->solution.package_count; p++)
		sum_q += l->solution.packages[p].site == lying_package(l)->site ? person_of(l, p)->buddy_q : 0;
	l->site->supervision_q = sum_q - outside;
	return sum_q > 0;
}

static struct carved_coach *coach_of(struct lying *l)
{
	size_t index = carved_region_index(l->region, CARVED_KIND_COACH, l->candidate->coach);
	return &l->region->documents[CARVED_KIND_COACH][index]->coach;
}

// What the coach gives to all, or to those who need at most `median_q`.
static int coached_q(struct lying *l, int median_q)
{
	int sum_q = 0;
	for (size_t p = 0; p < l->solution.package_count; p++) {
		const struct carved_candidate *person = person_of(l, p);
		sum_q += strcmp(person->coach, l->candidate->coach) == 0 && person->coach_q <= median_q ? person->coach_q : 0;
	}
	return sum_q;
}

bool lie_coach(struct lying *l, bool outside)
{
	int sum_q = coached_q(l, INT32_MAX);
	coach_of(l)->hours_q = sum_q - outside;
	return sum_q > 0;
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

// Rule `reserve` as DESIGN says it: hours x (1 - r x need above the lower median / whole need), rounded up. Returns the median; per mille in *ret_share.
static int caseload_of(struct lying *l, long long *ret_above, long long *ret_whole)
{
	size_t candidates = l->region->count[CARVED_KIND_CANDIDATE], count = 0;
	int *needs = carved_arena_array(&l->arena, int, candidates);
	for (size_t c = 0; c < candidates; c++) {
		if (strcmp(carved_region_candidate(l->region, c)->coach, l->candidate->coach) == 0)
			needs[count++] = carved_region_candidate(l->region, c)->coach_q;
	}
	qsort(needs, count, sizeof *needs, compare);
	*ret_above = *ret_whole = 0;
	for (size_t i = 0; i < count; i++) {
		*ret_above += needs[i] > needs[(count - 1) / 2] ? needs[i] : 0;
		*ret_whole += needs[i];
	}
	return needs[(count - 1) / 2];
}

bool lie_reserve(struct lying *l, bool outside)
{
	long long above, whole;
	int median_q = caseload_of(l, &above, &whole), easy_q = coached_q(l, median_q), all_q = coached_q(l, INT32_MAX);
	if (outside) {
		coach_of(l)->hours_q--;
		return true;
	}
	for (int hours_q = all_q + 1; whole > 0 && hours_q <= 3 * all_q; hours_q++) {
		long long part = 1000 * whole - l->weights.reserve * above;
		bool holds = (hours_q * part + 1000 * whole - 1) / (1000 * whole) >= easy_q;
		bool held_before = ((hours_q - 1) * part + 1000 * whole - 1) / (1000 * whole) >= easy_q;
		if (holds && !held_before) {
			coach_of(l)->hours_q = hours_q;
			return true;
		}
	}
	return false;
}
