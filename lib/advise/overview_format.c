// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/quarters.h"
#include "explaining.h"
#include "overviewing.h"
#include <stdio.h>

enum { JOB_Q = 102 }; // quarters of one job of the banenafspraak: 25.5 hours

static void copy_figures(const struct carved_overview *o, const char *const *names, struct carved_json_writer *writer)
{
	for (; *names; names++) {
		const struct carved_node *figure = carved_node_get(o->record->summary, *names);
		if (figure)
			carved_json_add_node(writer, *names, figure);
	}
}

static void format_progress(const struct carved_overview *o, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "progress");
	for (const struct carved_node *point = carved_node_first(o->record->course); point; point = point->next)
		carved_json_add_node(writer, NULL, point);
	carved_json_end_array(writer);
}

static void format_texts(const char *const *texts, size_t count, const char *key, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, key);
	for (size_t i = 0; i < count; i++)
		carved_json_add_text(writer, NULL, texts[i]);
	carved_json_end_array(writer);
}

// A plan that was stopped too early has looked at nobody, and says nothing of anybody.
static void format_reasons(const struct carved_overview *o, struct carved_json_writer *writer)
{
	if (o->record->person_count == 0 && carved_node_get_integer(o->record->summary, "candidates", 0) > 0)
		return;
	carved_json_begin_array(writer, "unplaced");
	for (size_t i = 0; i < o->reason_count; i++) {
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "reason", o->reasons[i].reason);
		format_texts(o->reasons[i].candidates, o->reasons[i].count, "candidates", writer);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_placed(const struct carved_overview *o, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "proposals");
	for (size_t i = 0; i < o->placed_count; i++) {
		const struct carved_record_package *package = o->placed[i].package;
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "proposal", package->id);
		carved_json_add_text(writer, "candidate", package->candidate);
		carved_json_add_text(writer, "site", package->site);
		carved_json_add_text(writer, "kind", package->kind);
		carved_json_add_hours(writer, "hours", package->hours_q);
		carved_json_add_integer(writer, "value", package->value);
		carved_json_add_text(writer, "state", package->state);
		carved_json_add_integer(writer, "questions", (int64_t)package->question_count);
		format_texts(package->aids.items, package->aids.count, "aids", writer);
		format_texts(package->conditions.items, package->conditions.count, "conditions", writer);
		carved_json_add_integer(writer, "minutes", o->placed[i].minutes);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void add_given(struct carved_json_writer *writer, const char *key, const char *text)
{
	if (text)
		carved_json_add_text(writer, key, text);
}

static void format_task(const struct carved_overview_task *told, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "task", told->task->ref);
	add_given(writer, "title", told->task->title);
	carved_json_add_hours(writer, "hours", told->hours_q);
	carved_json_add_hours(writer, "carved", told->carved_q);
	if (told->undone)
		carved_json_add_bool(writer, "undone", true);
	carved_json_end_object(writer);
}

static void format_job(const struct carved_overview_job *told, struct carved_json_writer *writer)
{
	const struct carved_job *job = told->job;
	bool vacancy = job->kind == CARVED_VACANCY;
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, vacancy ? "vacancy" : "job", job->ref);
	add_given(writer, "title", job->title);
	carved_json_add_integer(writer, vacancy ? "openings" : "incumbents", vacancy ? job->openings : job->incumbents);
	if (vacancy)
		carved_json_add_integer(writer, "filled", told->filled);
	carved_json_add_integer(writer, "people", told->people);
	carved_json_add_hours(writer, "before", told->before_q);
	carved_json_add_hours(writer, "carved", told->carved_q);
	carved_json_add_hours(writer, "left", told->before_q - told->carved_q);
	carved_json_begin_array(writer, "tasks");
	for (size_t i = 0; i < told->task_count; i++)
		format_task(&told->tasks[i], writer);
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

static void add_postcode(struct carved_json_writer *writer, const char *key, uint16_t place)
{
	char text[8];
	snprintf(text, sizeof text, "%04u", (unsigned)place);
	carved_json_add_text(writer, key, text);
}

static void format_site(const struct carved_overview_site *told, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "site", told->site->ref);
	add_given(writer, "name", told->site->name);
	carved_json_add_text(writer, "employer", told->site->employer);
	add_postcode(writer, "place", told->site->place);
	carved_json_add_text(writer, "sector", carved_overview_sector_of(told->site));
	carved_json_add_integer(writer, "people", told->people);
	carved_json_add_hours(writer, "hours", told->hours_q);
	carved_json_add_integer(writer, "places", told->site->places);
	carved_json_begin_object(writer, "buddyHours");
	carved_json_add_hours(writer, "used", told->buddy_q);
	carved_json_add_hours(writer, "available", told->site->supervision_q);
	carved_json_end_object(writer);
	carved_json_begin_array(writer, "jobs");
	for (size_t j = 0; j < told->job_count; j++)
		format_job(&told->jobs[j], writer);
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

static void format_sites(const struct carved_overview *o, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "sites");
	for (size_t s = 0; s < o->site_count; s++)
		format_site(&o->sites[s], writer);
	carved_json_end_array(writer);
}

static void format_journeys(const struct carved_overview *o, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "journeys");
	for (size_t i = 0; i < o->journey_count; i++) {
		carved_json_begin_object(writer, NULL);
		add_postcode(writer, "from", o->journeys[i].from);
		add_postcode(writer, "to", o->journeys[i].to);
		carved_json_add_integer(writer, "people", o->journeys[i].people);
		carved_json_add_integer(writer, "minutes", o->journeys[i].minutes);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_sectors(const struct carved_overview *o, enum carved_language language, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "sectors");
	for (size_t i = 0; i < o->sector_count; i++) {
		const struct carved_overview_sector *sector = &o->sectors[i];
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "sector", sector->sector);
		carved_json_add_text(writer, "label", carved_region_word(o->region, CARVED_WORD_TAG, sector->sector, language));
		carved_json_add_integer(writer, "people", sector->people);
		carved_json_add_hours(writer, "hours", sector->hours_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_agreement(const struct carved_overview *o, struct carved_json_writer *writer)
{
	char jobs[24];
	int64_t hundredths = carved_floor_div((int64_t)o->target_hours_q * 200 + JOB_Q, 2 * JOB_Q); // to the nearest
	int length = snprintf(jobs, sizeof jobs, "%lld.%02lld", (long long)hundredths / 100, (long long)hundredths % 100);
	carved_json_begin_object(writer, "banenafspraak");
	carved_json_add_integer(writer, "people", o->target_people);
	carved_json_add_hours(writer, "hours", o->target_hours_q);
	carved_json_add_raw(writer, "jobs", jobs, (size_t)length);
	carved_json_end_object(writer);
}

static void format_coaches(const struct carved_overview *o, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "coaches");
	for (size_t k = 0; k < o->coach_count; k++) {
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "coach", o->coaches[k].coach->ref);
		carved_json_add_hours(writer, "hours", o->coaches[k].coach->hours_q);
		carved_json_add_hours(writer, "used", o->coaches[k].used_q);
		carved_json_add_integer(writer, "people", o->coaches[k].people);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

void carved_overview_format(const struct carved_overview *o, enum carved_language language, struct carved_json_writer *writer)
{
	static const char *const figures[] = {"date", "created", "ended", "createdBy", "state", "endedBy", "simulated", "seed",
		"threads", "value", "bound", "gap", "placed", "candidates", NULL};
	static const char *const fairness[] = {"fairness", NULL};
	copy_figures(o, figures, writer);
	carved_json_add_hours(writer, "hours", o->hours_q);
	format_progress(o, writer);
	format_reasons(o, writer);
	format_placed(o, writer);
	format_sites(o, writer);
	format_journeys(o, writer);
	format_sectors(o, language, writer);
	format_agreement(o, writer);
	format_coaches(o, writer);
	copy_figures(o, fairness, writer);
}
