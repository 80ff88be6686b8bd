// SPDX-License-Identifier: EUPL-1.2
// What the sites give. Packages of one site stand together; each piece is looked up among the site's own few jobs and tasks.
#include "overviewing.h"
#include <stdlib.h>
#include <string.h>

struct taking { // from one site
	struct carved_overview *overview;
	const struct carved_site *site;
	const struct carved_overview_placed *placed; // all of the site
	int **carved_q;                              // per job, per task
	int *people, *filled;                        // per job
};

static size_t find_job(const struct carved_site *site, const struct carved_record_piece *piece)
{
	for (size_t j = 0; j < site->job_count; j++) {
		if (strcmp(site->jobs[j].ref, piece->work) == 0)
			return j;
	}
	return SIZE_MAX;
}

static size_t find_task(const struct carved_job *job, const char *ref)
{
	for (size_t t = 0; t < job->task_count; t++) {
		if (strcmp(job->tasks[t].ref, ref) == 0)
			return t;
	}
	return SIZE_MAX;
}

// The pieces of a package stand in the order of the site's slots: those of one job follow each other.
static void take_package(struct taking *t, const struct carved_record_package *package)
{
	size_t last = SIZE_MAX;
	for (size_t i = 0; i < package->piece_count; i++) {
		const struct carved_record_piece *piece = &package->pieces[i];
		size_t job = find_job(t->site, piece);
		size_t task = job == SIZE_MAX ? SIZE_MAX : find_task(&t->site->jobs[job], piece->task);
		if (task == SIZE_MAX)
			continue;
		t->carved_q[job][task] += piece->hours_q;
		if (job != last) {
			t->people[job]++;
			t->filled[job] += strcmp(package->kind, "vacancy") == 0;
		}
		last = job;
	}
}

static int task_hours_q(const struct carved_job *job, const struct carved_task *task)
{
	int sum_q = task->fixed ? 0 : task->hours_q;
	for (int part = 0; task->fixed && part < CARVED_DAY_PARTS; part++)
		sum_q += task->fixed_q[part];
	return sum_q * job->openings;
}

static int before_q(const struct carved_job *job)
{
	int sum_q = 0;
	for (size_t t = 0; t < job->task_count; t++)
		sum_q += task_hours_q(job, &job->tasks[t]);
	return job->kind == CARVED_VACANCY ? sum_q : job->hours_q;
}

static void add_job(struct taking *t, struct carved_overview_site *ret_site, size_t index)
{
	const struct carved_job *job = &t->site->jobs[index];
	struct carved_overview_job *told = &ret_site->jobs[ret_site->job_count++];
	*told = (struct carved_overview_job){.job = job,
		.people = t->people[index],
		.filled = t->filled[index],
		.before_q = before_q(job),
		.tasks = carved_arena_array(&t->overview->arena, struct carved_overview_task, job->task_count)};
	for (size_t k = 0; k < job->task_count; k++) {
		int carved_q = t->carved_q[index][k];
		bool undone = job->tasks[k].undone && job->kind == CARVED_JOB;
		if (carved_q == 0)
			continue;
		told->carved_q += undone ? 0 : carved_q;
		told->tasks[told->task_count++] = (struct carved_overview_task){.task = &job->tasks[k],
			.hours_q = task_hours_q(job, &job->tasks[k]),
			.carved_q = carved_q,
			.undone = undone};
	}
}

static void start_taking(struct taking *t, struct carved_arena *scratch)
{
	t->carved_q = carved_arena_array(scratch, int *, t->site->job_count);
	t->people = carved_arena_array(scratch, int, t->site->job_count);
	t->filled = carved_arena_array(scratch, int, t->site->job_count);
	for (size_t j = 0; j < t->site->job_count; j++)
		t->carved_q[j] = carved_arena_array(scratch, int, t->site->jobs[j].task_count);
}

// One site from its packages. Returns how many they are.
static size_t add_site(struct carved_overview *o, size_t first)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct taking t = {.overview = o, .site = o->placed[first].site, .placed = &o->placed[first]};
	struct carved_overview_site *told = &o->sites[o->site_count++];
	size_t next = first;
	start_taking(&t, &scratch);
	*told = (struct carved_overview_site){
		.site = t.site, .jobs = carved_arena_array(&o->arena, struct carved_overview_job, t.site->job_count)};
	for (; next < o->placed_count && o->placed[next].site == t.site; next++) {
		told->people++;
		told->hours_q += o->placed[next].package->hours_q;
		told->buddy_q += o->placed[next].candidate->buddy_q;
		take_package(&t, o->placed[next].package);
	}
	for (size_t j = 0; j < t.site->job_count; j++) {
		if (t.people[j] > 0)
			add_job(&t, told, j);
	}
	carved_arena_deinit(&scratch);
	return next - first;
}

// ---- sectors

const char *carved_overview_sector_of(const struct carved_site *site)
{
	const char *first = site->tags.count > 0 ? site->tags.items[0] : "unknown";
	return site->sector ? site->sector : first;
}

static int compare_names(const void *left, const void *right)
{
	const struct carved_overview_sector *a = left, *b = right;
	return strcmp(a->sector, b->sector);
}

static int compare_sectors(const void *left, const void *right)
{
	const struct carved_overview_sector *a = left, *b = right;
	return a->hours_q != b->hours_q ? (a->hours_q < b->hours_q) - (a->hours_q > b->hours_q) : strcmp(a->sector, b->sector);
}

// One per site first; then those of the same name become one.
static void add_sectors(struct carved_overview *o)
{
	struct carved_overview_sector *all = carved_arena_array(&o->arena, struct carved_overview_sector, o->site_count);
	for (size_t s = 0; s < o->site_count; s++)
		all[s] = (struct carved_overview_sector){.sector = carved_overview_sector_of(o->sites[s].site),
			.people = o->sites[s].people,
			.hours_q = o->sites[s].hours_q};
	if (o->site_count > 0)
		qsort(all, o->site_count, sizeof *all, compare_names);
	o->sectors = all;
	for (size_t s = 0; s < o->site_count; s++) {
		struct carved_overview_sector *last = o->sector_count > 0 ? &all[o->sector_count - 1] : NULL;
		if (last && strcmp(last->sector, all[s].sector) == 0) {
			last->people += all[s].people;
			last->hours_q += all[s].hours_q;
		} else {
			all[o->sector_count++] = all[s];
		}
	}
	if (o->sector_count > 0)
		qsort(all, o->sector_count, sizeof *all, compare_sectors);
}

static int compare_sites(const void *left, const void *right)
{
	const struct carved_overview_site *a = left, *b = right;
	return a->hours_q != b->hours_q ? (a->hours_q < b->hours_q) - (a->hours_q > b->hours_q)
					: strcmp(a->site->ref, b->site->ref);
}

void carved_overview_add_sites(struct carved_overview *o)
{
	o->sites = carved_arena_array(&o->arena, struct carved_overview_site, o->placed_count);
	for (size_t p = 0; p < o->placed_count;)
		p += add_site(o, p);
	if (o->site_count > 0)
		qsort(o->sites, o->site_count, sizeof *o->sites, compare_sites);
	add_sectors(o);
}
