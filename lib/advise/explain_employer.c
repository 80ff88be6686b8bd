// SPDX-License-Identifier: EUPL-1.2
// What an employer sees of a proposal. This list is the whole of it: nothing is here that was not put here on purpose, and nothing that says what the person
// can or can't, wishes or is worth in points. An aid says that it is needed at a task, not why.
#include "explaining.h"

static void add_task(struct carved_json_writer *writer, const struct carved_explained_task *task)
{
	carved_json_begin_object(writer, NULL);
	carved_explain_add_slot(writer, task->slot);
	carved_json_add_hours(writer, "hours", task->hours_q);
	carved_json_add_integer(writer, "relief", task->slot->task->relief);
	carved_json_end_object(writer);
}

void carved_explanation_format_employer(
	const struct carved_explanation *e, enum carved_language language, struct carved_json_writer *writer)
{
	carved_json_add_text(writer, "site", e->input.site->ref);
	carved_json_add_text(writer, "name", e->input.site->name);
	carved_json_add_text(writer, "employer", e->input.site->employer);
	carved_json_add_text(writer, "kind", e->input.proposal->kind == CARVED_WHOLE_VACANCY ? "vacancy" : "carved");
	carved_json_add_hours(writer, "hours", e->input.proposal->hours_q);
	carved_json_begin_array(writer, "tasks");
	for (size_t t = 0; t < e->task_count; t++)
		add_task(writer, &e->tasks[t]);
	carved_json_end_array(writer);
	carved_explain_add_week(writer, e);
	carved_plan_format_steps(e->input.proposal, writer);
	carved_json_add_hours(writer, "buddyHours", e->input.candidate->buddy_q);
	carved_json_begin_array(writer, "aids");
	for (size_t i = 0; i < e->aid_count; i++) {
		carved_json_begin_object(writer, NULL);
		carved_explain_add_aid(writer, e, &e->aids[i], "explain", language);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
	carved_explain_add_donors(writer, e);
	carved_explain_add_conditions(writer, e, "explain", language);
	carved_json_begin_object(writer, "contact");
	carved_json_add_text(writer, "coach", e->input.candidate->coach);
	carved_json_end_object(writer);
}
