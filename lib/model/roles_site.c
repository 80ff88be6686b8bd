// SPDX-License-Identifier: EUPL-1.2
// A site as JSON, in the words of its document, with what the roles of a plan take of it.
#include "carved/model/roles.h"
#include <stdio.h>

struct telling {
	const struct carved_site *site;
	const struct carved_slots *slots;
	const struct carved_plan *plan;
	int *taken_q; // per slot
	struct carved_json_writer *writer;
};

static void sum_taken(struct telling *t, struct carved_arena *arena)
{
	t->taken_q = carved_arena_array(arena, int, t->slots->count);
	for (size_t p = 0; p < t->plan->proposal_count; p++) {
		const struct carved_proposal *proposal = &t->plan->proposals[p];
		for (size_t i = 0; i < proposal->piece_count; i++)
			t->taken_q[proposal->pieces[i].slot] += proposal->pieces[i].hours_q;
	}
}

struct hours {
	int all_q, taken_q, undone_q; // undone: of what is taken, what nobody does today
};

// Of a job's task; of all its tasks where `task` is NULL.
static struct hours hours_of(const struct telling *t, const struct carved_job *job, const struct carved_task *task)
{
	struct hours hours = {0};
	for (size_t s = 0; s < t->slots->count; s++) {
		const struct carved_slot *slot = &t->slots->items[s];
		if (slot->job != job || (task && slot->task != task))
			continue;
		hours.all_q += slot->hours_q;
		hours.taken_q += t->taken_q[s];
		hours.undone_q += slot->task->undone && job->kind == CARVED_JOB ? t->taken_q[s] : 0;
	}
	return hours;
}

static void add_tasks(const struct telling *t, const struct carved_job *job)
{
	carved_json_begin_array(t->writer, "tasks");
	for (size_t i = 0; i < job->task_count; i++) {
		const struct carved_task *task = &job->tasks[i];
		struct hours hours = hours_of(t, job, task);
		carved_json_begin_object(t->writer, NULL);
		carved_json_add_text(t->writer, "ref", task->ref);
		carved_json_add_text(t->writer, "title", task->title);
		carved_json_add_hours(t->writer, "hours", hours.all_q);
		carved_json_add_bool(t->writer, "undone", task->undone && job->kind == CARVED_JOB);
		carved_json_add_text(t->writer, "supervisor", task->supervisor);
		carved_json_add_hours(t->writer, "taken", hours.taken_q);
		carved_json_end_object(t->writer);
	}
	carved_json_end_array(t->writer);
}

static void add_job(const struct telling *t, const struct carved_job *job)
{
	struct hours hours = hours_of(t, job, NULL);
	bool is_job = job->kind == CARVED_JOB;
	int before_q = is_job ? job->hours_q : hours.all_q, carved_q = hours.taken_q - hours.undone_q;
	carved_json_begin_object(t->writer, NULL);
	carved_json_add_text(t->writer, "ref", job->ref);
	carved_json_add_text(t->writer, "title", job->title);
	carved_json_add_integer(t->writer, is_job ? "incumbents" : "openings", is_job ? job->incumbents : job->openings);
	carved_json_add_hours(t->writer, "hours", before_q);
	carved_json_add_hours(
		t->writer, "mayGive", carved_rules_displaces(t->site, job, t->plan->date) ? 0 : carved_job_cap_q(job));
	carved_json_add_hours(t->writer, "taken", carved_q);
	carved_json_add_hours(t->writer, "left", before_q - carved_q);
	if (is_job)
		carved_json_add_hours(t->writer, "undone", hours.undone_q);
	add_tasks(t, job);
	carved_json_end_object(t->writer);
}

static void add_jobs(const struct telling *t, enum carved_work_kind kind, const char *key)
{
	carved_json_begin_array(t->writer, key);
	for (size_t j = 0; j < t->site->job_count; j++) {
		if (t->site->jobs[j].kind == kind)
			add_job(t, &t->site->jobs[j]);
	}
	carved_json_end_array(t->writer);
}

// What guidance the roles take where each is done by somebody who needs as much as half of those who could do it.
static void add_supervision(const struct telling *t, const struct carved_roles *roles, size_t limit)
{
	bool is_told = true;
	int expected_q = 0;
	for (size_t i = 0; i < roles->count; i++) {
		is_told = is_told && roles->items[i].candidates >= limit;
		expected_q += (int)roles->items[i].count * roles->items[i].buddy_q;
	}
	carved_json_begin_object(t->writer, "supervision");
	carved_json_add_hours(t->writer, "hours", t->site->supervision_q);
	if (is_told)
		carved_json_add_hours(t->writer, "expected", expected_q);
	else
		carved_json_add_text(t->writer, "expected", NULL);
	carved_json_end_object(t->writer);
}

static void add_displacement(const struct telling *t)
{
	carved_json_begin_object(t->writer, "displacement");
	carved_json_add_bool(t->writer, "recentDismissals", t->site->recent_dismissals);
	if (t->site->staff_agreed != CARVED_DATE_NONE)
		carved_json_add_date(t->writer, "staffAgreed", t->site->staff_agreed);
	else
		carved_json_add_text(t->writer, "staffAgreed", NULL);
	carved_json_end_object(t->writer);
}

static void add_places(const struct telling *t)
{
	int hours_q = 0;
	for (size_t p = 0; p < t->plan->proposal_count; p++)
		hours_q += t->plan->proposals[p].hours_q;
	carved_json_add_hours(t->writer, "hours", hours_q);
	carved_json_begin_object(t->writer, "places");
	carved_json_add_integer(t->writer, "all", t->site->places);
	carved_json_add_integer(t->writer, "used", (int64_t)t->plan->proposal_count);
	carved_json_end_object(t->writer);
}

static void add_facilities(const struct telling *t, const struct carved_roles_view *view)
{
	carved_json_begin_array(t->writer, "facilities");
	for (size_t i = 0; i < t->site->facilities.count; i++) {
		const char *name = t->site->facilities.items[i];
		const char *label = carved_region_word(view->region, CARVED_WORD_FACILITY, name, view->language);
		carved_json_begin_object(t->writer, NULL);
		carved_json_add_text(t->writer, "facility", name);
		carved_json_add_text(t->writer, "label", label ? label : name);
		carved_json_end_object(t->writer);
	}
	carved_json_end_array(t->writer);
}

void carved_roles_format_site(
	const struct carved_roles *roles, const struct carved_roles_view *view, struct carved_json_writer *writer)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct telling t = {.site = carved_region_site(view->region, 0),
		.slots = carved_slot_table_site(view->table, 0),
		.plan = view->plan,
		.writer = writer};
	char place[8];
	sum_taken(&t, &arena);
	snprintf(place, sizeof place, "%04u", (unsigned)t.site->place);
	carved_json_add_text(writer, "name", t.site->name);
	carved_json_add_text(writer, "employer", t.site->employer);
	carved_json_add_text(writer, "place", place);
	add_places(&t);
	add_supervision(&t, roles, view->limit);
	add_displacement(&t);
	add_facilities(&t, view);
	add_jobs(&t, CARVED_JOB, "jobs");
	add_jobs(&t, CARVED_VACANCY, "vacancies");
	carved_arena_deinit(&arena);
}
