// SPDX-License-Identifier: EUPL-1.2
// What the candidate sees of a proposal, in words for the candidate: the work, with whom and when, what of it was wished and what not, what is still asked.
// Nothing here is a score or a code, and nothing is about anybody else.
#include "carved/base/quarters.h"
#include "explaining.h"
#include <stdio.h>
#include <string.h>

#define VOICE "explain.candidate"

struct telling {
	struct carved_json_writer *writer;
	const struct carved_explanation *explanation;
	enum carved_language language;
};

static void add_text(const struct telling *t, const char *name, const struct carved_error *parameters)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	char msgid[80];
	snprintf(msgid, sizeof msgid, VOICE ".%s", name);
	carved_text_fill(t->language, msgid, parameters, &text);
	carved_json_add_text(t->writer, "text", text.data);
	carved_buffer_deinit(&text);
}

static void add_task(const struct telling *t, const struct carved_explained_task *task)
{
	carved_json_begin_object(t->writer, NULL);
	carved_explain_add_slot(t->writer, task->slot);
	carved_json_add_hours(t->writer, "hours", task->hours_q);
	carved_json_add_text(t->writer, "company", carved_explain_company_names[task->slot->task->company]);
	carved_json_end_object(t->writer);
}

// ---- facts

static void add_number(const struct telling *t, const char *name, int value, bool is_hours, struct carved_error *parameters)
{
	char text[CARVED_HOURS_TEXT_MAX];
	carved_quarters_format(is_hours ? value : 4 * value, text);
	char *point = t->language == CARVED_DUTCH ? strchr(text, '.') : NULL;
	if (point)
		*point = ',';
	carved_error_add(parameters, name, text);
	if (is_hours)
		carved_json_add_hours(t->writer, name, value);
	else
		carved_json_add_integer(t->writer, name, value);
}

static void add_fact(const struct telling *t, const struct carved_explained_fact *fact)
{
	struct carved_error parameters;
	carved_error_set(&parameters, CARVED_OK);
	carved_json_begin_object(t->writer, NULL);
	carved_json_add_text(t->writer, "fact", fact->name);
	for (size_t i = 0; i < CARVED_EXPLAINED_NUMBERS && fact->numbers[i].name; i++)
		add_number(t, fact->numbers[i].name, fact->numbers[i].value, fact->numbers[i].is_hours, &parameters);
	for (size_t i = 0; i < CARVED_EXPLAINED_LABELS && fact->labels[i].name; i++) {
		char msgid[80];
		snprintf(msgid, sizeof msgid, "%s.%s", fact->labels[i].group, fact->labels[i].value);
		carved_error_add(&parameters, fact->labels[i].name, carved_text(t->language, msgid));
		carved_json_add_text(t->writer, fact->labels[i].name, fact->labels[i].value);
	}
	if (fact->label) {
		carved_error_add(&parameters, "label", fact->label);
		carved_json_add_text(t->writer, "label", fact->label);
	}
	carved_explain_add_tasks(t->writer, fact->tasks, fact->task_count);
	add_text(t, fact->name, &parameters);
	carved_json_end_object(t->writer);
}

static void add_facts(const struct telling *t, const struct carved_explained_facts *facts, const char *key, bool fit)
{
	carved_json_begin_array(t->writer, key);
	for (size_t i = 0; i < facts->count; i++) {
		if (facts->items[i].fits == fit)
			add_fact(t, &facts->items[i]);
	}
	carved_json_end_array(t->writer);
}

// ---- questions

static void add_question(const struct telling *t, const char *name, const char *label)
{
	struct carved_error parameters;
	carved_error_set(&parameters, CARVED_OK);
	carved_error_add(&parameters, "label", label ? label : "?");
	carved_json_begin_object(t->writer, NULL);
	carved_json_add_text(t->writer, "question", name);
	if (label)
		carved_json_add_text(t->writer, "label", label);
	char msgid[40];
	snprintf(msgid, sizeof msgid, "question.%s", name);
	add_text(t, msgid, &parameters);
	carved_json_end_object(t->writer);
}

// Wishes that are liked and avoided, and that the package meets.
static void ask_about_both(const struct telling *t)
{
	const struct carved_explanation *e = t->explanation;
	const struct carved_texts *like = &e->input.candidate->like;
	for (size_t i = 0; i < like->count; i++) {
		const char *label = carved_explain_wish(e->input.region, like->items[i], t->language);
		bool meets = false;
		for (size_t k = 0; k < e->task_count && !meets; k++) {
			for (size_t m = 0; m < e->tasks[k].both.count && !meets; m++)
				meets = strcmp(e->tasks[k].both.items[m].wish, like->items[i]) == 0;
		}
		if (meets && label)
			add_question(t, "both", label);
	}
}

static void add_questions(const struct telling *t)
{
	const struct carved_explanation *e = t->explanation;
	carved_json_begin_array(t->writer, "questions");
	for (size_t i = 0; i < e->question_count; i++) {
		const struct carved_explained_category *category = &e->categories[e->questions[i]];
		const char *label = carved_icf_label(category->icf, t->language);
		if (label)
			add_question(t, category->is_exposure ? "environment" : "capacity", label);
	}
	ask_about_both(t);
	if (carved_rules_review_since(e->input.candidate, e->input.date, e->input.review_months) != CARVED_DATE_NONE)
		add_question(t, "review", NULL);
	carved_json_end_array(t->writer);
}

// ---- the view

static void add_support(const struct telling *t)
{
	const struct carved_candidate *candidate = t->explanation->input.candidate;
	carved_json_begin_object(t->writer, "support");
	carved_json_add_text(t->writer, "coach", candidate->coach);
	carved_json_add_hours(t->writer, "coachHours", candidate->coach_q);
	carved_json_add_hours(t->writer, "buddyHours", candidate->buddy_q);
	carved_json_end_object(t->writer);
	carved_json_begin_object(t->writer, "travel");
	carved_json_add_text(t->writer, "mode", carved_explain_mode_names[candidate->mode]);
	carved_json_add_integer(t->writer, "minutes", t->explanation->minutes);
	carved_json_end_object(t->writer);
}

static void add_work(const struct telling *t)
{
	const struct carved_explanation *e = t->explanation;
	carved_json_add_text(t->writer, "site", e->input.site->ref);
	carved_json_add_text(t->writer, "name", e->input.site->name);
	carved_json_add_text(t->writer, "kind", e->input.proposal->kind == CARVED_WHOLE_VACANCY ? "vacancy" : "carved");
	carved_json_add_hours(t->writer, "hours", e->input.proposal->hours_q);
	carved_json_begin_array(t->writer, "tasks");
	for (size_t i = 0; i < e->task_count; i++)
		add_task(t, &e->tasks[i]);
	carved_json_end_array(t->writer);
	carved_explain_add_week(t->writer, e);
	carved_plan_format_steps(e->input.proposal, t->writer);
}

static void add_aids(const struct telling *t)
{
	const struct carved_explanation *e = t->explanation;
	carved_json_begin_array(t->writer, "aids");
	for (size_t i = 0; i < e->aid_count; i++) {
		carved_json_begin_object(t->writer, NULL);
		carved_explain_add_aid(t->writer, e, &e->aids[i], VOICE, t->language);
		carved_json_end_object(t->writer);
	}
	carved_json_end_array(t->writer);
}

void carved_explanation_format_candidate(
	struct carved_explanation *e, enum carved_language language, struct carved_json_writer *writer)
{
	struct telling t = {.writer = writer, .explanation = e, .language = language};
	struct carved_explained_facts facts;
	carved_explain_wishes(e, language, &facts);
	add_work(&t);
	add_support(&t);
	add_facts(&t, &facts, "fits", true);
	add_facts(&t, &facts, "differs", false);
	add_questions(&t);
	add_aids(&t);
	carved_explain_add_conditions(writer, e, VOICE, language);
	carved_explain_add_consent(writer, e);
}
