// SPDX-License-Identifier: EUPL-1.2
// What the views of an explanation share: about the work, its times, its donors and its aids; nothing about what a person can or can't.
#include "explaining.h"
#include <stdio.h>

void carved_explain_add_work(struct carved_json_writer *writer, const struct carved_job *job)
{
	carved_json_add_text(writer, job->kind == CARVED_VACANCY ? "vacancy" : "job", job->ref);
	carved_json_add_text(writer, "jobTitle", job->title);
}

void carved_explain_add_slot(struct carved_json_writer *writer, const struct carved_slot *slot)
{
	carved_explain_add_work(writer, slot->job);
	carved_json_add_text(writer, "task", slot->task->ref);
	carved_json_add_text(writer, "title", slot->task->title);
	if (slot->part >= 0)
		carved_json_add_text(writer, "part", carved_day_part_names[slot->part]);
	carved_json_add_text(writer, "supervisor", slot->task->supervisor);
	carved_json_add_bool(writer, "undone", slot->task->undone && slot->job->kind == CARVED_JOB);
}

void carved_explain_add_tasks(struct carved_json_writer *writer, const size_t *tasks, size_t count)
{
	carved_json_begin_array(writer, "slots");
	for (size_t i = 0; i < count; i++)
		carved_json_add_integer(writer, NULL, (int64_t)tasks[i]);
	carved_json_end_array(writer);
}

// One day part, from entry `first` on. Returns the entry behind it.
static size_t add_part(struct carved_json_writer *writer, const struct carved_schedule *schedule, size_t first)
{
	int part = schedule->entries[first].part, sum_q = 0;
	size_t end = first;
	for (; end < schedule->count && schedule->entries[end].part == part; end++)
		sum_q += schedule->entries[end].hours_q;
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "part", carved_day_part_names[part]);
	carved_json_add_hours(writer, "hours", sum_q);
	carved_json_begin_array(writer, "slots");
	for (size_t i = first; i < end; i++) {
		carved_json_begin_object(writer, NULL);
		carved_json_add_integer(writer, "slot", (int64_t)schedule->entries[i].need);
		carved_json_add_hours(writer, "hours", schedule->entries[i].hours_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
	carved_json_end_object(writer);
	return end;
}

static size_t add_day(struct carved_json_writer *writer, const struct carved_schedule *schedule, size_t first)
{
	int day = schedule->entries[first].part / CARVED_PARTS_PER_DAY, sum_q = 0;
	size_t end = first;
	for (; end < schedule->count && schedule->entries[end].part / CARVED_PARTS_PER_DAY == day; end++)
		sum_q += schedule->entries[end].hours_q;
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "day", carved_day_names[day]);
	carved_json_add_hours(writer, "hours", sum_q);
	carved_json_begin_array(writer, "parts");
	for (size_t i = first; i < end;)
		i = add_part(writer, schedule, i);
	carved_json_end_array(writer);
	carved_json_end_object(writer);
	return end;
}

void carved_explain_add_week(struct carved_json_writer *writer, const struct carved_explanation *e)
{
	const struct carved_schedule *schedule = &e->input.proposal->schedule;
	carved_json_begin_array(writer, "week");
	for (size_t i = 0; i < schedule->count;)
		i = add_day(writer, schedule, i);
	carved_json_end_array(writer);
}

void carved_explain_add_donors(struct carved_json_writer *writer, const struct carved_explanation *e)
{
	const struct carved_proposal *proposal = e->input.proposal;
	carved_json_begin_array(writer, "donors");
	for (size_t i = 0; i < proposal->donor_count; i++) {
		const struct carved_donor *donor = &proposal->donors[i];
		carved_json_begin_object(writer, NULL);
		carved_explain_add_work(writer, donor->job);
		if (donor->job->kind == CARVED_JOB)
			carved_json_add_integer(writer, "incumbents", donor->job->incumbents);
		carved_json_add_hours(writer, "before", donor->before_q);
		carved_json_add_hours(writer, "carved", donor->carved_q);
		if (donor->job->kind == CARVED_JOB && donor->job->incumbents > 0)
			carved_json_add_millionths(
				writer, "freedEach", (donor->carved_q * INT64_C(50) / donor->job->incumbents + 1) / 2 * 10000);
		carved_json_add_hours(writer, "left", donor->left_q);
		carved_json_begin_array(writer, "slots");
		for (size_t t = 0; t < e->task_count; t++) {
			if (e->tasks[t].slot->job == donor->job)
				carved_json_add_integer(writer, NULL, (int64_t)t);
		}
		carved_json_end_array(writer);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

// "VOICE.NAME", in the language.
static const char *say(const char *voice, const char *name, enum carved_language language)
{
	char msgid[64];
	snprintf(msgid, sizeof msgid, "%s.%s", voice, name);
	return carved_text(language, msgid);
}

void carved_explain_add_conditions(
	struct carved_json_writer *writer, const struct carved_explanation *e, const char *voice, enum carved_language language)
{
	carved_json_begin_array(writer, "conditions");
	if (e->takes_from_staff) {
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "condition", "staff-agreed");
		carved_json_add_bool(writer, "met", e->staff_agreed);
		if (e->staff_agreed)
			carved_json_add_date(writer, "since", e->input.site_today->staff_agreed);
		else
			carved_json_add_text(writer, "since", NULL);
		carved_json_add_text(
			writer, "text", say(voice, e->staff_agreed ? "staff-agreed.met" : "staff-agreed.open", language));
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static const char *const support_names[] = {
	[CARVED_TECHNIQUE] = "technique", [CARVED_GUIDANCE] = "guidance", [CARVED_ORGANISATION] = "organisation"};

void carved_explain_add_aid(struct carved_json_writer *writer, const struct carved_explanation *e,
	const struct carved_explained_aid *aid, const char *voice, enum carved_language language)
{
	const char *label = carved_region_word(e->input.region, CARVED_WORD_FACILITY, aid->aid->by, language);
	char name[40];
	snprintf(name, sizeof name, "aid.%s", support_names[aid->aid->kind]);
	carved_json_add_text(writer, "aid", aid->aid->by);
	carved_json_add_text(writer, "label", label ? label : aid->aid->by);
	carved_json_add_text(writer, "kind", support_names[aid->aid->kind]);
	carved_explain_add_tasks(writer, aid->tasks, aid->task_count);
	carved_json_add_text(writer, "text", say(voice, name, language));
}

void carved_explain_add_consent(struct carved_json_writer *writer, const struct carved_explanation *e)
{
	const struct carved_candidate *candidate = e->input.candidate;
	carved_json_begin_object(writer, "consent");
	carved_json_add_date(writer, "expires", candidate->consent_expires);
	carved_json_add_bool(writer, "shareWithEmployer", candidate->consent_scope & CARVED_SCOPE_SHARE_WITH_EMPLOYER);
	carved_json_end_object(writer);
}
