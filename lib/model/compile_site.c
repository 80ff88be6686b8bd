// SPDX-License-Identifier: EUPL-1.2
// Sites, jobs and slots of an instance.
#include "compile_tables.h"
#include <stdlib.h>
#include <string.h>

static struct carved_range next_range(const struct carved_vector *vector)
{
	return (struct carved_range){.first = (uint32_t)vector->count};
}

// Rule `displacement`: after recent dismissals only vacancies about which the former staff was asked are used.
static bool is_blocked(const struct carved_site *site, const struct carved_job *job, carved_date date)
{
	bool asked =
		job->kind == CARVED_VACANCY && job->former_staff_asked != CARVED_DATE_NONE && job->former_staff_asked <= date;
	return site->recent_dismissals && !asked;
}

// The supervisor's number at the site: the place of its first mention.
static uint32_t number_supervisor(const struct carved_slots *slots, size_t slot)
{
	const char *name = slots->items[slot].task->supervisor;
	if (!name)
		return CARVED_NONE;
	for (size_t i = 0;; i++) {
		const char *other = slots->items[i].task->supervisor;
		if (other && strcmp(other, name) == 0)
			return (uint32_t)i;
	}
}

static void compile_slot(struct carved_compilation *c, size_t site, size_t index, uint32_t job)
{
	const struct carved_slot *from = &c->slots[site].items[index];
	struct carved_instance_slot slot = {
		.job = job,
		.site = (uint32_t)site,
		.hours_q = (uint32_t)from->hours_q,
		.unit_q = (uint32_t)from->unit_q,
		.chunk_q = (uint32_t)from->chunk_q,
		.parts = from->parts,
		.supervisor = number_supervisor(&c->slots[site], index),
		.relief = from->task->relief,
		.level = from->task->level,
		.company = from->task->company,
		.undone = from->task->undone && from->job->kind == CARVED_JOB,
		.demands = carved_compile_levels(c, &from->demands, false),
		.exposures = carved_compile_levels(c, &from->exposures, false),
		.tags = carved_compile_words(c, &c->tags, &from->tags),
		.skills = carved_compile_words(c, &c->skills, &from->task->requires),
	};
	*(struct carved_instance_slot *)carved_vector_push(&c->to.slots, sizeof slot) = slot;
}

static void compile_job(struct carved_compilation *c, size_t site, size_t index, size_t *next_slot)
{
	const struct carved_site *from = carved_region_site(c->region, site);
	const struct carved_job *job = &from->jobs[index];
	struct carved_instance_job *to = carved_vector_push(&c->to.jobs, sizeof *to);
	*to = (struct carved_instance_job){
		.site = (uint32_t)site,
		.kind = job->kind,
		.carvable = job->has_carve,
		.blocked = is_blocked(from, job, c->date),
		.cap_q = (uint32_t)carved_job_cap_q(job),
		.openings = (uint32_t)job->openings,
		.slots = next_range(&c->to.slots),
	};
	for (; *next_slot < c->slots[site].count && c->slots[site].items[*next_slot].job_index == index; ++*next_slot) {
		compile_slot(c, site, *next_slot, (uint32_t)c->to.jobs.count - 1);
		to->slots.count++;
	}
}

void carved_compile_sites(struct carved_compilation *c)
{
	for (size_t s = 0; s < c->region->count[CARVED_KIND_SITE]; s++) {
		const struct carved_site *from = carved_region_site(c->region, s);
		struct carved_instance_site site = {
			.place = c->places[from->place],
			.places = (uint32_t)from->places,
			.buddy_q = (uint32_t)from->supervision_q,
			.jobs = next_range(&c->to.jobs),
			.slots = next_range(&c->to.slots),
			.facilities = carved_compile_words(c, &c->aids, &from->facilities),
		};
		size_t next_slot = 0;
		for (size_t j = 0; j < from->job_count; j++)
			compile_job(c, s, j, &next_slot);
		site.jobs.count = (uint32_t)from->job_count;
		site.slots.count = (uint32_t)c->slots[s].count;
		*(struct carved_instance_site *)carved_vector_push(&c->to.sites, sizeof site) = site;
	}
}
