// SPDX-License-Identifier: EUPL-1.2
#include "support/world.h"
#include <stdlib.h>

enum { PLACE = 3811, PARTS = 0x33 }; // mon-am, mon-pm, tue-am, tue-pm

void world_init(struct world *world)
{
	*world = (struct world){.region.references = 1};
	for (int kind = 0; kind < CARVED_KINDS; kind++)
		world->region.documents[kind] = world->documents[kind];
	world_add_coach(world, "C-1", 40);
}

void world_deinit(struct world *world)
{
	carved_arena_deinit(&world->arena);
}

static struct carved_document *add_document(struct world *world, enum carved_kind kind, const char *ref)
{
	if (world->region.count[kind] == WORLD_DOCUMENTS)
		abort();
	struct carved_document *document = carved_arena_array(&world->arena, struct carved_document, 1);
	document->kind = kind;
	document->ref = ref;
	document->json = ref;
	document->references = 1; // the world's
	world->documents[kind][world->region.count[kind]++] = document;
	return document;
}

struct carved_coach *world_add_coach(struct world *world, const char *ref, int hours_q)
{
	struct carved_coach *coach = &add_document(world, CARVED_KIND_COACH, ref)->coach;
	*coach = (struct carved_coach){.ref = ref, .hours_q = hours_q};
	return coach;
}

struct carved_candidate *world_add_candidate(struct world *world, const char *ref)
{
	struct carved_candidate *c = &add_document(world, CARVED_KIND_CANDIDATE, ref)->candidate;
	*c = (struct carved_candidate){
		.ref = ref,
		.coach = "C-1",
		.consent_given = WORLD_DATE - 100,
		.consent_expires = WORLD_DATE + 100,
		.consent_scope = CARVED_SCOPE_MATCHING,
		.home = PLACE,
		.max_minutes = 45,
		.mode = CARVED_BICYCLE,
		.min_q = 16,
		.max_q = 32,
		.per_day_q = 32,
		.per_visit_q = 8,
		.jobs_max = 3,
		.waiting_since = CARVED_DATE_NONE,
		.reviewed = CARVED_DATE_NONE,
	};
	c->minutes = carved_arena_array(&world->arena, struct carved_travel_minutes, 1);
	c->minutes[0] = (struct carved_travel_minutes){.place = PLACE, .minutes = 9};
	c->minutes_count = 1;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		c->available_q[part] = PARTS >> part & 1 ? 16 : 0;
	return c;
}

struct carved_site *world_add_site(struct world *world, const char *ref)
{
	struct carved_site *site = &add_document(world, CARVED_KIND_SITE, ref)->site;
	*site = (struct carved_site){
		.ref = ref,
		.employer = "EMP-1",
		.name = ref,
		.place = PLACE,
		.open = PARTS,
		.supervision_q = 40,
		.places = 5,
		.staff_agreed = WORLD_DATE - 10,
		.jobs = carved_arena_array(&world->arena, struct carved_job, WORLD_MOST),
	};
	return site;
}

static struct carved_job *add_job(struct world *world, struct carved_site *site, const char *ref)
{
	if (site->job_count == WORLD_MOST)
		abort();
	struct carved_job *job = &site->jobs[site->job_count++];
	*job = (struct carved_job){.ref = ref, .title = ref, .openings = 1, .former_staff_asked = CARVED_DATE_NONE};
	job->tasks = carved_arena_array(&world->arena, struct carved_task, WORLD_MOST);
	return job;
}

struct carved_job *world_add_job(struct world *world, struct carved_site *site, const char *ref)
{
	struct carved_job *job = add_job(world, site, ref);
	job->kind = CARVED_JOB;
	job->incumbents = 2;
	job->hours_q = 160;
	job->has_carve = true;
	job->share_permille = 500;
	return job;
}

struct carved_job *world_add_vacancy(struct world *world, struct carved_site *site, const char *ref)
{
	struct carved_job *job = add_job(world, site, ref);
	job->kind = CARVED_VACANCY;
	return job;
}

struct carved_task *world_add_task(struct world *world, struct carved_job *job, const char *ref, int hours_q)
{
	(void)world;
	if (job->task_count == WORLD_MOST)
		abort();
	struct carved_task *task = &job->tasks[job->task_count++];
	*task = (struct carved_task){.ref = ref, .title = ref, .hours_q = hours_q, .chunk_q = 2};
	return task;
}

void world_add_text(struct world *world, struct carved_texts *texts, const char *text)
{
	const char **items = carved_arena_array(&world->arena, const char *, texts->count + 1);
	for (size_t i = 0; i < texts->count; i++)
		items[i] = texts->items[i];
	items[texts->count++] = text;
	texts->items = items;
}

void world_add_level(struct world *world, struct carved_qualifiers *levels, const char *code, uint8_t value)
{
	carved_icf icf = carved_icf_find(code);
	if (icf == CARVED_ICF_NONE)
		abort();
	struct carved_qualifier *items = carved_arena_array(&world->arena, struct carved_qualifier, levels->count + 1);
	size_t at = 0;
	for (; at < levels->count && levels->items[at].icf < icf; at++)
		items[at] = levels->items[at];
	items[at] = (struct carved_qualifier){icf, value};
	for (; at < levels->count; at++)
		items[at + 1] = levels->items[at];
	levels->items = items;
	levels->count++;
}

void world_add_aid(struct world *world, struct carved_candidate *candidate, const char *code, uint8_t limitation, const char *by,
	enum carved_support_kind kind)
{
	struct carved_supported *items =
		carved_arena_array(&world->arena, struct carved_supported, candidate->supported_count + 1);
	for (size_t i = 0; i < candidate->supported_count; i++)
		items[i] = candidate->supported[i];
	items[candidate->supported_count++] = (struct carved_supported){carved_icf_find(code), limitation, by, kind};
	candidate->supported = items;
}

void world_add_limit(struct world *world, struct carved_candidate *candidate, const char *code, uint8_t level, int hours_q)
{
	struct carved_load_limit *items = carved_arena_array(&world->arena, struct carved_load_limit, candidate->limit_count + 1);
	for (size_t i = 0; i < candidate->limit_count; i++)
		items[i] = candidate->limits[i];
	items[candidate->limit_count++] = (struct carved_load_limit){carved_icf_find(code), level, hours_q};
	candidate->limits = items;
}

void world_add_certificate(struct world *world, const char *name, const char *implies)
{
	struct carved_vocabulary *v =
		&(world->region.count[CARVED_KIND_VOCABULARY] ? world->documents[CARVED_KIND_VOCABULARY][0]
							      : add_document(world, CARVED_KIND_VOCABULARY, "words"))
			 ->vocabulary;
	struct carved_word *items = carved_arena_array(&world->arena, struct carved_word, v->has.count + 1);
	for (size_t i = 0; i < v->has.count; i++)
		items[i] = v->has.items[i];
	items[v->has.count] = (struct carved_word){.name = name};
	if (implies)
		world_add_text(world, &items[v->has.count].implies, implies);
	v->has.items = items;
	v->has.count++;
}
