// SPDX-License-Identifier: EUPL-1.2
// Tasks with their fit: each of its five parts, and what it came from.
#include "explaining.h"
#include "formatting.h"

static const char *const challenge_names[] = {[CARVED_GROW] = "grow", [CARVED_STEADY] = "steady"};

struct telling {
	struct carved_json_writer *writer;
	const struct carved_explanation *explanation;
	const struct carved_explained_task *task;
	enum carved_language language;
};

static void add_comfort(const struct telling *t)
{
	carved_json_begin_array(t->writer, "categories");
	for (size_t i = 0; i < t->task->answer.level_count; i++) {
		carved_json_begin_object(t->writer, NULL);
		carved_json_add_text(t->writer, "category", carved_icf_code(t->task->answer.levels[i].icf));
		carved_json_add_integer(t->writer, "points", t->task->comforts[i]);
		carved_json_end_object(t->writer);
	}
	carved_json_end_array(t->writer);
}

static void add_matches(const struct telling *t, const char *key, const struct carved_explained_matches *matches)
{
	carved_json_begin_array(t->writer, key);
	for (size_t i = 0; i < matches->count; i++) {
		const struct carved_explained_match *match = &matches->items[i];
		carved_json_begin_object(t->writer, NULL);
		carved_json_add_text(t->writer, "wish", match->wish);
		carved_json_add_text(t->writer, "tag", match->tag);
		carved_json_add_text(
			t->writer, "label", carved_explain_tag(t->explanation->input.region, match->tag, t->language));
		carved_json_end_object(t->writer);
	}
	carved_json_end_array(t->writer);
}

static void add_wish(const struct telling *t)
{
	add_matches(t, "liked", &t->task->liked);
	add_matches(t, "avoided", &t->task->avoided);
	add_matches(t, "both", &t->task->both);
}

static void add_level(const struct telling *t, const char *key, int level)
{
	if (level)
		carved_json_add_integer(t->writer, key, level);
	else
		carved_json_add_text(t->writer, key, NULL);
}

static void add_challenge(const struct telling *t)
{
	const struct carved_candidate *candidate = t->explanation->input.candidate;
	int level = t->task->slot->task->level;
	carved_json_add_text(t->writer, "challenge", challenge_names[candidate->challenge]);
	add_level(t, "level", level);
	add_level(t, "wished", candidate->level);
	if (level && candidate->level)
		carved_json_add_integer(t->writer, "difference", level - candidate->level);
	else
		carved_json_add_text(t->writer, "difference", NULL);
}

static void add_setting(const struct telling *t)
{
	enum carved_company wished = t->explanation->input.candidate->company, here = t->task->slot->task->company;
	carved_json_add_text(t->writer, "company", carved_explain_company_names[here]);
	carved_json_add_text(t->writer, "wished", carved_explain_company_names[wished]);
	if (here != CARVED_COMPANY_NOT_STATED && wished != CARVED_COMPANY_NOT_STATED)
		carved_json_add_integer(t->writer, "steps", here > wished ? here - wished : wished - here);
	else
		carved_json_add_text(t->writer, "steps", NULL);
}

static void add_travel(const struct telling *t)
{
	carved_json_add_integer(t->writer, "minutes", t->explanation->minutes);
	carved_json_add_integer(t->writer, "most", t->explanation->input.candidate->max_minutes);
}

static void add_fit(const struct telling *t)
{
	carved_json_begin_object(t->writer, "fit");
	carved_json_add_integer(t->writer, "points", t->task->answer.fit);
#define X(part, weight_of)                                                                                                       \
	carved_json_begin_object(t->writer, #part);                                                                              \
	carved_json_add_integer(t->writer, "points", t->task->parts[CARVED_FIT_##part].points);                                  \
	carved_json_add_integer(t->writer, "weight", t->task->parts[CARVED_FIT_##part].weight);                                  \
	carved_json_add_integer(t->writer, "share", t->task->parts[CARVED_FIT_##part].share);                                    \
	add_##part(t);                                                                                                           \
	carved_json_end_object(t->writer);
	CARVED_FIT_PARTS(X)
#undef X
	carved_json_add_integer(t->writer, "rounding", t->task->rounding);
	carved_json_end_object(t->writer);
}

void carved_explain_add_fits(struct carved_json_writer *writer, const struct carved_explanation *e, enum carved_language language)
{
	carved_json_begin_array(writer, "tasks");
	for (size_t i = 0; i < e->task_count; i++) {
		struct telling t = {.writer = writer, .explanation = e, .task = &e->tasks[i], .language = language};
		carved_json_begin_object(writer, NULL);
		carved_explain_add_slot(writer, t.task->slot);
		carved_json_add_hours(writer, "hours", t.task->hours_q);
		carved_json_add_integer(writer, "relief", t.task->slot->task->relief);
		add_fit(&t);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}
