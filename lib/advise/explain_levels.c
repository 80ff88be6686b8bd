// SPDX-License-Identifier: EUPL-1.2
// What the tasks of a proposal ask of a person, category by category: rules `capacity` and `environment`, the aids used, and what nobody knows yet.
#include "explaining.h"
#include <stdlib.h>
#include <string.h>

enum { COMPLETE = 4 };

static const struct carved_qualifier *find_stated(const struct carved_qualifiers *stated, carved_icf icf)
{
	for (size_t i = 0; i < stated->count; i++) {
		if (stated->items[i].icf == icf)
			return &stated->items[i];
	}
	return NULL;
}

// The narrower category with the highest limitation: the one that can refuse.
static carved_icf find_below(const struct carved_qualifiers *stated, carved_icf icf)
{
	const struct carved_qualifier *worst = NULL;
	for (size_t i = 0; i < stated->count; i++) {
		const struct carved_qualifier *known = &stated->items[i];
		bool below = known->icf != icf && carved_icf_is_below(known->icf, icf) && known->value != CARVED_NOT_ASSESSED;
		if (below && (!worst || known->value > worst->value))
			worst = known;
	}
	return worst ? worst->icf : CARVED_ICF_NONE;
}

// Where the rules found what they say (carved_rules_limitation), and why a category is unknown.
static void trace(struct carved_explained_category *category, const struct carved_qualifiers *stated)
{
	for (carved_icf up = category->icf; up != CARVED_ICF_NONE; up = carved_icf_parent(up)) {
		const struct carved_qualifier *known = find_stated(stated, up);
		if (!known)
			continue;
		category->stated_at = up;
		if (category->unknown != CARVED_NOT_UNKNOWN)
			category->unknown = CARVED_UNKNOWN_NOT_ASSESSED;
		return;
	}
	category->stated_at = find_below(stated, category->icf);
	if (category->unknown != CARVED_NOT_UNKNOWN && category->stated_at != CARVED_ICF_NONE)
		category->unknown = CARVED_UNKNOWN_NARROWER;
}

static struct carved_explained_category *find_category(struct carved_explanation *e, carved_icf icf, bool is_exposure)
{
	for (size_t i = 0; i < e->category_count; i++) {
		if (e->categories[i].icf == icf && e->categories[i].is_exposure == is_exposure)
			return &e->categories[i];
	}
	return NULL;
}

static struct carved_explained_category *add_category(
	struct carved_explanation *e, const struct carved_level_answer *level, bool is_exposure)
{
	const struct carved_candidate *candidate = e->input.candidate;
	const struct carved_qualifiers *stated = is_exposure ? &candidate->barriers : &candidate->limitations;
	struct carved_explained_category *category = &e->categories[e->category_count++];
	*category = (struct carved_explained_category){
		.icf = level->icf, .is_exposure = is_exposure, .stated_at = CARVED_ICF_NONE, .margin = COMPLETE};
	category->limitation = carved_rules_limitation(
		stated, level->icf, is_exposure ? CARVED_NOT_STATED_BARRIER : CARVED_UNKNOWN, &category->basis);
	category->uses = carved_arena_array(&e->arena, struct carved_explained_use, e->task_count);
	return category;
}

static void add_use(struct carved_explained_category *category, size_t task, const struct carved_level_answer *level)
{
	category->uses[category->use_count++] = (struct carved_explained_use){.task = task,
		.level = level->level,
		.unknown = carved_rules_is_unknown(level),
		.margin = level->margin,
		.aid = level->aid};
	if (level->level > category->level)
		category->level = level->level;
	if (carved_rules_is_unknown(level)) {
		category->unknown = CARVED_UNKNOWN_NOT_STATED;
		return;
	}
	bool tighter = level->margin < category->margin || (level->margin == category->margin && level->aid && !category->aid);
	if (tighter || category->use_count == 1) {
		category->margin = level->margin;
		category->aid = level->aid;
	}
}

static void collect(struct carved_explanation *e)
{
	size_t most = 0;
	for (size_t i = 0; i < e->task_count; i++)
		most += e->tasks[i].answer.level_count;
	e->categories = carved_arena_array(&e->arena, struct carved_explained_category, most);
	for (size_t i = 0; i < e->task_count; i++) {
		const struct carved_slot_answer *answer = &e->tasks[i].answer;
		for (size_t k = 0; k < answer->level_count; k++) {
			bool is_exposure = k >= e->tasks[i].slot->demands.count;
			struct carved_explained_category *category = find_category(e, answer->levels[k].icf, is_exposure);
			if (!category)
				category = add_category(e, &answer->levels[k], is_exposure);
			add_use(category, i, &answer->levels[k]);
		}
	}
	for (size_t i = 0; i < e->category_count; i++) {
		struct carved_explained_category *category = &e->categories[i];
		if (category->unknown != CARVED_NOT_UNKNOWN) { // what is stated below says nothing for the whole
			category->basis = CARVED_UNKNOWN;
			category->limitation = 0;
		}
		trace(category, category->is_exposure ? &e->input.candidate->barriers : &e->input.candidate->limitations);
	}
}

// The tight ones first; of equal ones those asked most; the unknown last.
static int compare_categories(const void *a, const void *b)
{
	const struct carved_explained_category *left = a, *right = b;
	bool left_unknown = left->unknown != CARVED_NOT_UNKNOWN, right_unknown = right->unknown != CARVED_NOT_UNKNOWN;
	if (left_unknown != right_unknown)
		return left_unknown ? 1 : -1;
	if (!left_unknown && left->margin != right->margin)
		return left->margin < right->margin ? -1 : 1;
	if (left->level != right->level)
		return left->level > right->level ? -1 : 1;
	return left->icf != right->icf ? (left->icf > right->icf) - (left->icf < right->icf)
				       : left->is_exposure - right->is_exposure;
}

// By code, which is the catalogue's order; each once.
static void list_questions(struct carved_explanation *e)
{
	e->questions = carved_arena_array(&e->arena, size_t, e->category_count);
	for (size_t i = 0; i < e->category_count; i++) {
		if (e->categories[i].unknown == CARVED_NOT_UNKNOWN)
			continue;
		size_t at = e->question_count;
		while (at > 0 && e->categories[e->questions[at - 1]].icf > e->categories[i].icf)
			at--;
		if (at > 0 && e->categories[e->questions[at - 1]].icf == e->categories[i].icf)
			continue;
		memmove(&e->questions[at + 1], &e->questions[at], (e->question_count - at) * sizeof *e->questions);
		e->questions[at] = i;
		e->question_count++;
	}
}

static void add_index(size_t *list, size_t *count, size_t index)
{
	size_t at = *count;
	while (at > 0 && list[at - 1] > index)
		at--;
	if (at > 0 && list[at - 1] == index)
		return;
	memmove(&list[at + 1], &list[at], (*count - at) * sizeof *list);
	list[at] = index;
	(*count)++;
}

static struct carved_explained_aid *find_aid(struct carved_explanation *e, const struct carved_supported *aid)
{
	size_t at = 0;
	while (at < e->aid_count && strcmp(e->aids[at].aid->by, aid->by) < 0)
		at++;
	if (at < e->aid_count && strcmp(e->aids[at].aid->by, aid->by) == 0)
		return &e->aids[at];
	memmove(&e->aids[at + 1], &e->aids[at], (e->aid_count - at) * sizeof *e->aids);
	e->aid_count++;
	e->aids[at] = (struct carved_explained_aid){.aid = aid,
		.categories = carved_arena_array(&e->arena, size_t, e->category_count),
		.tasks = carved_arena_array(&e->arena, size_t, e->task_count)};
	return &e->aids[at];
}

static void list_aids(struct carved_explanation *e)
{
	e->aids = carved_arena_array(&e->arena, struct carved_explained_aid, e->input.candidate->supported_count);
	for (size_t i = 0; i < e->category_count; i++) {
		for (size_t k = 0; k < e->categories[i].use_count; k++) {
			const struct carved_explained_use *use = &e->categories[i].uses[k];
			if (!use->aid)
				continue;
			struct carved_explained_aid *aid = find_aid(e, use->aid);
			add_index(aid->categories, &aid->category_count, i);
			add_index(aid->tasks, &aid->task_count, use->task);
		}
	}
}

void carved_explain_levels(struct carved_explanation *explanation)
{
	collect(explanation);
	if (explanation->category_count)
		qsort(explanation->categories, explanation->category_count, sizeof *explanation->categories, compare_categories);
	list_questions(explanation);
	list_aids(explanation);
}
