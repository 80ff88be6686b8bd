// SPDX-License-Identifier: EUPL-1.2
#include "support/mend_brute.h"
#include "carved/model/part.h"
#include <stdlib.h>
#include <string.h>

enum { NEVER_FREED = 1000000, HOURS_UP_Q = 40 };

// A copy of a document's struct that may be written to; strings stay the old one's. In the arena.
struct copies {
	struct carved_arena arena;
	struct carved_document candidate, site, coach;
};

static struct carved_document copy_document(const struct carved_document *from)
{
	struct carved_document copy = *from;
	copy.arena = (struct carved_arena)CARVED_ARENA_INIT;
	copy.references = NEVER_FREED;
	return copy;
}

static void copy_work(struct copies *c)
{
	struct carved_site *site = &c->site.site;
	struct carved_job *jobs = carved_arena_array(&c->arena, struct carved_job, site->job_count);
	memcpy(jobs, site->jobs, site->job_count * sizeof *jobs);
	for (size_t j = 0; j < site->job_count; j++) {
		struct carved_task *tasks = carved_arena_array(&c->arena, struct carved_task, jobs[j].task_count);
		memcpy(tasks, jobs[j].tasks, jobs[j].task_count * sizeof *tasks);
		jobs[j].tasks = tasks;
	}
	site->jobs = jobs;
}

static struct copies copy(const struct mend_brute *b)
{
	struct carved_document *const *candidates = b->region->documents[CARVED_KIND_CANDIDATE];
	struct copies c = {.candidate = copy_document(candidates[b->candidate]),
		.site = copy_document(b->region->documents[CARVED_KIND_SITE][b->site])};
	c.coach = copy_document(carved_region_find(b->region, CARVED_KIND_COACH, c.candidate.candidate.coach));
	copy_work(&c);
	return c;
}

// Returns whether the change helps.
static bool judge(struct mend_brute *b, struct copies *c, enum carved_mend_kind kind, int size)
{
	enum carved_mend_class class = carved_mend_classes[kind];
	struct carved_region *cell = carved_region_cell(b->region, &c->candidate, &c->site, &c->coach);
	b->tried++;
	bool helps = b->fits(b->context, cell);
	if (helps) {
		bool better = b->found == 0 || class < b->best_class || (class == b->best_class && size < b->best_size);
		b->found++;
		if (better) {
			b->best_class = class;
			b->best_size = size;
			b->best_kind = kind;
		}
	}
	carved_region_unref(cell);
	carved_arena_deinit(&c->arena);
	return helps;
}

static int hours_of(const struct carved_task *task)
{
	int sum_q = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		sum_q += task->fixed_q[part];
	return task->fixed ? sum_q : task->hours_q;
}

static void try_when(struct mend_brute *b, size_t j, size_t t, carved_parts_mask more)
{
	struct copies c = copy(b);
	struct carved_task *task = &c.site.site.jobs[j].tasks[t];
	task->when |= more;
	judge(b, &c, CARVED_MEND_MOVE_TIME, task->hours_q);
}

static void try_times(struct mend_brute *b, size_t j, size_t t)
{
	const struct carved_site *site = carved_region_site(b->region, b->site);
	const struct carved_task *task = &site->jobs[j].tasks[t];
	for (int to = 0; to < CARVED_DAY_PARTS; to++) {
		if (!(site->open >> to & 1))
			continue;
		if (!task->fixed && task->when && b->fine)
			try_when(b, j, t, (carved_parts_mask)1 << to);
		for (int from = 0; task->fixed && !task->fixed_q[to] && from < CARVED_DAY_PARTS; from++) {
			struct copies c = copy(b);
			uint16_t *hours_q = c.site.site.jobs[j].tasks[t].fixed_q;
			if (!hours_q[from]) {
				carved_arena_deinit(&c.arena);
				continue;
			}
			hours_q[to] = hours_q[from];
			hours_q[from] = 0;
			judge(b, &c, CARVED_MEND_MOVE_TIME, hours_q[to]);
		}
	}
	if (!task->fixed && task->when && (site->open & ~task->when))
		try_when(b, j, t, site->open);
}

static void try_drop(struct mend_brute *b, size_t j, size_t t)
{
	struct copies c = copy(b);
	struct carved_job *job = &c.site.site.jobs[j];
	int size = hours_of(&job->tasks[t]);
	if (job->task_count < 2) {
		carved_arena_deinit(&c.arena);
		return;
	}
	job->task_count--;
	memmove(&job->tasks[t], &job->tasks[t + 1], (job->task_count - t) * sizeof *job->tasks);
	judge(b, &c, CARVED_MEND_DROP_TASK, size);
}

static void try_supervisors(struct mend_brute *b, size_t j, size_t t)
{
	const struct carved_site *site = carved_region_site(b->region, b->site);
	const struct carved_task *task = &site->jobs[j].tasks[t];
	for (size_t k = 0; task->supervisor && k < site->job_count; k++) {
		for (size_t i = 0; i < site->jobs[k].task_count; i++) {
			const char *name = site->jobs[k].tasks[i].supervisor;
			if (!name || strcmp(name, task->supervisor) == 0)
				continue;
			struct copies c = copy(b);
			c.site.site.jobs[j].tasks[t].supervisor = name;
			judge(b, &c, CARVED_MEND_OTHER_SUPERVISOR, hours_of(task));
		}
	}
}

static void try_aids(struct mend_brute *b)
{
	const struct carved_candidate *person = carved_region_candidate(b->region, b->candidate);
	for (size_t i = 0; i < person->supported_count; i++) {
		struct copies c = copy(b);
		struct carved_texts *facilities = &c.site.site.facilities;
		const char **items = carved_arena_array(&c.arena, const char *, facilities->count + 1);
		for (size_t k = 0; k < facilities->count; k++)
			items[k] = facilities->items[k];
		items[facilities->count++] = person->supported[i].by;
		facilities->items = items;
		judge(b, &c, CARVED_MEND_ADD_AID, 0);
	}
}

// One of the four figures changed by so much.
static bool try_figure(struct mend_brute *b, enum carved_mend_kind kind, int by_q)
{
	struct copies c = copy(b);
	if (kind == CARVED_MEND_MORE_SUPERVISION)
		c.site.site.supervision_q += by_q;
	else if (kind == CARVED_MEND_MORE_COACHING)
		c.coach.coach.hours_q += by_q;
	else if (kind == CARVED_MEND_FEWER_HOURS)
		c.candidate.candidate.min_q -= by_q;
	else
		c.candidate.candidate.max_q += by_q;
	return judge(b, &c, kind, by_q);
}

// Step by step, until it helps: what is more is not smaller.
static void try_hours(struct mend_brute *b)
{
	const struct carved_candidate *person = carved_region_candidate(b->region, b->candidate);
	const struct {
		enum carved_mend_kind kind;
		int most_q;
	} figures[] = {{CARVED_MEND_MORE_SUPERVISION, HOURS_UP_Q}, {CARVED_MEND_MORE_COACHING, HOURS_UP_Q},
		{CARVED_MEND_FEWER_HOURS, person->min_q - 1}, {CARVED_MEND_MORE_HOURS, HOURS_UP_Q}};
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
		bool helps = false;
		for (int by_q = 1; by_q <= figures[i].most_q && !helps; by_q++)
			helps = try_figure(b, figures[i].kind, by_q);
	}
}

void mend_brute_run(struct mend_brute *b)
{
	const struct carved_site *site = carved_region_site(b->region, b->site);
	b->tried = b->found = 0;
	for (size_t j = 0; j < site->job_count; j++) {
		for (size_t t = 0; t < site->jobs[j].task_count; t++) {
			try_times(b, j, t);
			try_drop(b, j, t);
			try_supervisors(b, j, t);
		}
	}
	try_aids(b);
	try_hours(b);
}
