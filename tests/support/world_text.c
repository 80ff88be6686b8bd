// SPDX-License-Identifier: EUPL-1.2
#include "support/world_text.h"
#include "carved/base/json.h"
#include "carved/text/text.h"
#include <stdio.h>
#include <stdlib.h>

static void add_levels(struct carved_json_writer *w, const char *key, const struct carved_qualifiers *levels)
{
	carved_json_begin_object(w, key);
	for (size_t i = 0; i < levels->count; i++)
		carved_json_add_integer(w, carved_icf_code(levels->items[i].icf), levels->items[i].value);
	carved_json_end_object(w);
}

static void add_texts(struct carved_json_writer *w, const char *key, const struct carved_texts *texts)
{
	carved_json_begin_array(w, key);
	for (size_t i = 0; i < texts->count; i++)
		carved_json_add_text(w, NULL, texts->items[i]);
	carved_json_end_array(w);
}

// hours_q NULL: the parts of the mask, without hours.
static void add_week(struct carved_json_writer *w, const char *key, carved_parts_mask parts, const uint16_t *hours_q)
{
	carved_json_begin_object(w, key);
	for (int day = 0; day < CARVED_DAYS; day++) {
		carved_json_begin_array(w, carved_day_names[day]);
		for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
			int at = day * CARVED_PARTS_PER_DAY + part;
			if (!(parts >> at & 1) || (hours_q && !hours_q[at]))
				continue;
			if (!hours_q) {
				carved_json_add_text(w, NULL, carved_part_names[part]);
				continue;
			}
			carved_json_begin_object(w, NULL);
			carved_json_add_hours(w, carved_part_names[part], hours_q[at]);
			carved_json_end_object(w);
		}
		carved_json_end_array(w);
	}
	carved_json_end_object(w);
}

static void add_supported(struct carved_json_writer *w, const struct carved_candidate *c)
{
	static const char *const kinds[] = {"technique", "guidance", "organisation"};
	carved_json_begin_array(w, "supported");
	for (size_t i = 0; i < c->supported_count; i++) {
		carved_json_begin_object(w, NULL);
		carved_json_add_text(w, "category", carved_icf_code(c->supported[i].icf));
		carved_json_add_integer(w, "limitation", c->supported[i].limitation);
		carved_json_add_text(w, "by", c->supported[i].by);
		carved_json_add_text(w, "kind", kinds[c->supported[i].kind]);
		carved_json_end_object(w);
	}
	carved_json_end_array(w);
}

static void add_limits(struct carved_json_writer *w, const struct carved_candidate *c)
{
	carved_json_begin_array(w, "limits");
	for (size_t i = 0; i < c->limit_count; i++) {
		carved_json_begin_object(w, NULL);
		carved_json_add_text(w, "category", carved_icf_code(c->limits[i].icf));
		carved_json_add_integer(w, "level", c->limits[i].level);
		carved_json_add_hours(w, "hours", c->limits[i].hours_q);
		carved_json_end_object(w);
	}
	carved_json_end_array(w);
}

static void add_consent_and_travel(struct carved_json_writer *w, const struct carved_candidate *c)
{
	static const char *const modes[] = {"walk", "bicycle", "public-transport", "car"};
	char text[8];
	carved_json_begin_object(w, "consent");
	carved_json_add_date(w, "given", c->consent_given);
	carved_json_add_date(w, "expires", c->consent_expires);
	carved_json_begin_array(w, "scope");
	carved_json_add_text(w, NULL, "matching");
	carved_json_end_array(w);
	carved_json_end_object(w);
	carved_json_add_text(w, "scale", "icf");
	snprintf(text, sizeof text, "%04u", (unsigned)c->home);
	carved_json_add_text(w, "home", text);
	carved_json_begin_object(w, "travel");
	carved_json_add_integer(w, "max-minutes", c->max_minutes);
	carved_json_add_text(w, "mode", modes[c->mode]);
	carved_json_begin_object(w, "minutes");
	for (size_t i = 0; i < c->minutes_count; i++) {
		snprintf(text, sizeof text, "%04u", (unsigned)c->minutes[i].place);
		carved_json_add_integer(w, text, c->minutes[i].minutes);
	}
	carved_json_end_object(w);
	carved_json_end_object(w);
}

static void add_wishes(struct carved_json_writer *w, const struct carved_candidate *c)
{
	static const char *const challenges[] = {NULL, "grow", "steady"}, *const companies[] = {
										  NULL, "alone", "small-team", "team"};
	carved_json_begin_object(w, "wishes");
	add_texts(w, "like", &c->like);
	add_texts(w, "avoid", &c->avoid);
	add_texts(w, "never", &c->never);
	add_texts(w, "must", &c->must);
	if (c->level)
		carved_json_add_integer(w, "level", c->level);
	if (c->challenge)
		carved_json_add_text(w, "challenge", challenges[c->challenge]);
	if (c->company)
		carved_json_add_text(w, "company", companies[c->company]);
	carved_json_end_object(w);
}

static void add_build_up(struct carved_json_writer *w, const struct carved_candidate *c)
{
	carved_json_begin_array(w, "build-up");
	for (size_t i = 0; i < c->build_up_count; i++) {
		carved_json_begin_object(w, NULL);
		carved_json_add_integer(w, "week", c->build_up[i].week);
		carved_json_add_hours(w, "hours", c->build_up[i].hours_q);
		carved_json_end_object(w);
	}
	carved_json_end_array(w);
}

static void add_candidate(struct carved_json_writer *w, const struct carved_candidate *c)
{
	carved_json_add_text(w, "coach", c->coach);
	add_consent_and_travel(w, c);
	carved_json_begin_object(w, "hours");
	carved_json_add_hours(w, "min", c->min_q);
	carved_json_add_hours(w, "max", c->max_q);
	carved_json_add_hours(w, "per-day", c->per_day_q);
	carved_json_add_hours(w, "per-visit", c->per_visit_q);
	add_build_up(w, c);
	carved_json_end_object(w);
	add_week(w, "available", UINT32_MAX, c->available_q);
	add_levels(w, "limitations", &c->limitations);
	add_supported(w, c);
	add_levels(w, "barriers", &c->barriers);
	add_limits(w, c);
	add_texts(w, "has", &c->has);
	add_wishes(w, c);
	carved_json_begin_object(w, "support");
	carved_json_add_hours(w, "coach-hours", c->coach_q);
	carved_json_add_hours(w, "buddy-hours", c->buddy_q);
	carved_json_end_object(w);
	if (c->supervisors_max)
		carved_json_add_integer(w, "supervisors-max", c->supervisors_max);
	carved_json_add_integer(w, "jobs-max", c->jobs_max);
	add_texts(w, "not-with", &c->not_with);
}

static void add_times(struct carved_json_writer *w, const struct carved_task *task)
{
	if (task->when) {
		carved_json_begin_array(w, "when");
		for (int part = 0; part < CARVED_DAY_PARTS; part++) {
			if (task->when >> part & 1)
				carved_json_add_text(w, NULL, carved_day_part_names[part]);
		}
		carved_json_end_array(w);
	}
	if (!task->fixed) {
		carved_json_add_hours(w, "hours", task->hours_q);
		return;
	}
	carved_json_begin_object(w, "hours");
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (task->fixed_q[part])
			carved_json_add_hours(w, carved_day_part_names[part], task->fixed_q[part]);
	}
	carved_json_end_object(w);
}

static void add_task(struct carved_json_writer *w, const struct carved_task *task)
{
	carved_json_begin_object(w, NULL);
	carved_json_add_text(w, "ref", task->ref);
	carved_json_add_text(w, "title", task->title);
	add_texts(w, "tags", &task->tags);
	add_times(w, task);
	carved_json_add_hours(w, "chunk", task->chunk_q);
	add_levels(w, "demands", &task->demands);
	add_levels(w, "exposures", &task->exposures);
	carved_json_add_integer(w, "relief", task->relief);
	if (task->supervisor)
		carved_json_add_text(w, "supervisor", task->supervisor);
	add_texts(w, "requires", &task->requires);
	carved_json_add_bool(w, "undone", task->undone);
	carved_json_end_object(w);
}

static void add_work(struct carved_json_writer *w, const struct carved_job *job)
{
	char share[16];
	carved_json_begin_object(w, NULL);
	carved_json_add_text(w, "ref", job->ref);
	carved_json_add_text(w, "title", job->title);
	if (job->kind == CARVED_VACANCY) {
		carved_json_add_integer(w, "openings", job->openings);
	} else {
		carved_json_add_integer(w, "incumbents", job->incumbents);
		carved_json_add_hours(w, "hours", job->hours_q);
	}
	if (job->has_carve) {
		snprintf(share, sizeof share, "%d.%03d", job->share_permille / 1000, job->share_permille % 1000);
		carved_json_begin_object(w, "carve");
		carved_json_add_raw(w, "share", share, 5);
		if (job->kind == CARVED_JOB)
			carved_json_add_hours(w, "keep-hours", job->keep_hours_q);
		carved_json_end_object(w);
	}
	carved_json_begin_array(w, "tasks");
	for (size_t t = 0; t < job->task_count; t++)
		add_task(w, &job->tasks[t]);
	carved_json_end_array(w);
	carved_json_end_object(w);
}

static void add_site(struct carved_json_writer *w, const struct carved_site *site)
{
	char place[8];
	snprintf(place, sizeof place, "%04u", (unsigned)site->place);
	carved_json_add_text(w, "employer", site->employer);
	carved_json_add_text(w, "name", site->name);
	carved_json_add_text(w, "place", place);
	add_week(w, "open", site->open, NULL);
	add_levels(w, "exposures", &site->exposures);
	add_texts(w, "tags", &site->tags);
	carved_json_begin_object(w, "supervision");
	carved_json_add_hours(w, "hours", site->supervision_q);
	carved_json_end_object(w);
	carved_json_add_integer(w, "places", site->places);
	if (site->facilities.count)
		add_texts(w, "facilities", &site->facilities);
	for (int kind = CARVED_JOB; kind <= CARVED_VACANCY; kind++) {
		carved_json_begin_array(w, kind == CARVED_JOB ? "jobs" : "vacancies");
		for (size_t j = 0; j < site->job_count; j++) {
			if ((int)site->jobs[j].kind == kind)
				add_work(w, &site->jobs[j]);
		}
		carved_json_end_array(w);
	}
}

static void add_document(struct carved_buffer *text, const struct carved_document *document)
{
	struct carved_json_writer w = CARVED_JSON_WRITER(text);
	carved_json_begin_object(&w, NULL);
	carved_json_add_text(&w, "kind", carved_kind_names[document->kind]);
	carved_json_add_text(&w, "ref", document->ref);
	if (document->kind == CARVED_KIND_COACH)
		carved_json_add_hours(&w, "hours", document->coach.hours_q);
	else if (document->kind == CARVED_KIND_CANDIDATE)
		add_candidate(&w, &document->candidate);
	else
		add_site(&w, &document->site);
	carved_json_end_object(&w);
	carved_buffer_add_text(text, "\n");
}

static void give_up(const struct carved_findings *findings)
{
	struct carved_buffer message = CARVED_BUFFER_INIT;
	for (size_t i = 0; i < findings->count; i++) {
		carved_buffer_clear(&message);
		carved_text_error(CARVED_ENGLISH, &findings->items[i].error, &message);
		fprintf(stderr, "%s: %s\n", findings->items[i].pointer, message.data);
	}
	exit(1);
}

struct carved_region *world_text_read(const struct world *world)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		for (size_t i = 0; kind != CARVED_KIND_VOCABULARY && i < world->region.count[kind]; i++)
			add_document(&text, world->documents[kind][i]);
	}
	if (!carved_parse_documents(text.data, text.length, CARVED_FORMAT_NDJSON, CARVED_DATE_NONE, NULL, &parsed, &findings))
		give_up(&findings);
	struct carved_region *empty = carved_region_new();
	struct carved_region_change *changes = carved_alloc_array(parsed.count, sizeof *changes);
	for (size_t i = 0; i < parsed.count; i++)
		changes[i] = (struct carved_region_change){
			.kind = parsed.documents[i]->kind, .ref = parsed.documents[i]->ref, .document = parsed.documents[i]};
	struct carved_region *region = carved_region_apply(empty, changes, parsed.count);
	carved_region_unref(empty);
	free(changes);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
	return region;
}
