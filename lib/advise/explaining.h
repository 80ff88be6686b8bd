// SPDX-License-Identifier: EUPL-1.2
// Inside advise/ only: what the files of the explanation share.
#pragma once
#include "carved/advise/explain.h"

// Tasks with their fit and its parts (explain_fit.c). Returns false with EXPLANATION_DIFFERS where a slot is not fit.
bool carved_explain_tasks(struct carved_explanation *explanation, struct carved_error *error);

// Categories, questions, aids (explain_levels.c). Requires: tasks.
void carved_explain_levels(struct carved_explanation *explanation);

// Lines, parts and value (explain_points.c). Requires: tasks, questions, aids, donor_count.
void carved_explain_points(struct carved_explanation *explanation);

// Notes EXPLANATION_DIFFERS. Returns false.
bool carved_explain_differs(struct carved_error *error, const char *what, int64_t stated, int64_t found);

// What a wish or a tag is called: a word of the vocabulary, or our label of an e-code; NULL where it has no other name.
const char *carved_explain_tag(const struct carved_region *region, const char *name, enum carved_language language);

extern const char *const carved_explain_mode_names[CARVED_MODES];
extern const char *const carved_explain_company_names[]; // by enum carved_company; NULL where it is not stated

// ---- the candidate's wishes (explain_wishes.c)

#define CARVED_EXPLAINED_NUMBERS 3
#define CARVED_EXPLAINED_LABELS 2

// One thing that the package does, or does not do, for a wish: the sentence "explain.candidate.NAME" with its figures and labels.
struct carved_explained_fact {
	const char *name;
	bool fits;         // else it differs from the wish
	const char *label; // what the wish is called; NULL: the sentence names nothing
	struct {
		const char *name; // NULL ends the list
		int value;        // minutes, people, or quarters
		bool is_hours;
	} numbers[CARVED_EXPLAINED_NUMBERS];
	struct {
		const char *name, *group, *value; // member, and its text "GROUP.VALUE"; a NULL name ends the list
	} labels[CARVED_EXPLAINED_LABELS];
	size_t *tasks; // that it is about, rising; none: about the whole
	size_t task_count;
};

struct carved_explained_facts {
	struct carved_explained_fact *items; // in the explanation's arena
	size_t count, room;
};

// What fits the wishes and what differs from them, the hard ones first.
void carved_explain_wishes(
	struct carved_explanation *explanation, enum carved_language language, struct carved_explained_facts *ret_facts);

// What a person calls a wish: as carved_explain_tag, or its own name where that is a word; NULL of a category, and of an e-code without a label.
const char *carved_explain_wish(const struct carved_region *region, const char *wish, enum carved_language language);

// ---- members that the views share (explain_share.c)

void carved_explain_add_work(struct carved_json_writer *writer, const struct carved_job *job);   // job or vacancy, jobTitle
void carved_explain_add_slot(struct carved_json_writer *writer, const struct carved_slot *slot); // the work, task, title, part
void carved_explain_add_tasks(struct carved_json_writer *writer, const size_t *tasks, size_t count); // `slots`: indices
void carved_explain_add_week(struct carved_json_writer *writer, const struct carved_explanation *explanation);
void carved_explain_add_donors(struct carved_json_writer *writer, const struct carved_explanation *explanation);
// `voice`: whose words, the group of msgids: "explain" or "explain.candidate".
void carved_explain_add_conditions(struct carved_json_writer *writer, const struct carved_explanation *explanation,
	const char *voice, enum carved_language language);
void carved_explain_add_aid(struct carved_json_writer *writer, const struct carved_explanation *explanation,
	const struct carved_explained_aid *aid, const char *voice, enum carved_language language); // by, label, kind, slots, text
void carved_explain_add_consent(struct carved_json_writer *writer, const struct carved_explanation *explanation);
