// SPDX-License-Identifier: EUPL-1.2
// The candidate's view: each wish against the package, as facts to be said in a sentence. No points: a wish is met or it is not, and what is not met is said too.
//
// Glossary
//   name       of a wish: the word for a tag, or for the surroundings behind an e-code. A category of work has a code only: facts about it end in "-work"
//   of both    a wish that is liked and avoided: it counts as neither, and is a question (explain_candidate.c)
#include "carved/base/quarters.h"
#include "explaining.h"
#include <string.h>

struct wishing {
	struct carved_explanation *e;
	enum carved_language language;
	struct carved_explained_facts *facts;
};

static struct carved_explained_fact *add_fact(const struct wishing *w, const char *name, bool fits)
{
	struct carved_explained_facts *facts = w->facts;
	if (facts->count == facts->room) {
		size_t room = facts->room ? 2 * facts->room : 16;
		struct carved_explained_fact *items = carved_arena_array(&w->e->arena, struct carved_explained_fact, room);
		if (facts->count)
			memcpy(items, facts->items, facts->count * sizeof *items);
		facts->items = items;
		facts->room = room;
	}
	struct carved_explained_fact *fact = &facts->items[facts->count++];
	*fact = (struct carved_explained_fact){.name = name, .fits = fits};
	fact->tasks = carved_arena_array(&w->e->arena, size_t, w->e->task_count);
	return fact;
}

static struct carved_explained_fact *find_fact(const struct wishing *w, const char *name)
{
	for (size_t i = 0; i < w->facts->count; i++) {
		if (strcmp(w->facts->items[i].name, name) == 0)
			return &w->facts->items[i];
	}
	return NULL;
}

static void add_task(struct carved_explained_fact *fact, size_t task) // once, in order
{
	size_t at = fact->task_count;
	while (at > 0 && fact->tasks[at - 1] > task)
		at--;
	if (at > 0 && fact->tasks[at - 1] == task)
		return;
	memmove(&fact->tasks[at + 1], &fact->tasks[at], (fact->task_count - at) * sizeof *fact->tasks);
	fact->tasks[at] = task;
	fact->task_count++;
}

static void set_number(struct carved_explained_fact *fact, size_t at, const char *name, int value, bool is_hours)
{
	fact->numbers[at].name = name;
	fact->numbers[at].value = value;
	fact->numbers[at].is_hours = is_hours;
}

static void set_label(struct carved_explained_fact *fact, size_t at, const char *name, const char *group, const char *value)
{
	fact->labels[at].name = name;
	fact->labels[at].group = group;
	fact->labels[at].value = value;
}

// ---- figures

static int longest_day_q(const struct carved_schedule *schedule)
{
	int day_q[CARVED_DAY_PARTS / CARVED_PARTS_PER_DAY] = {0}, longest_q = 0;
	for (size_t i = 0; i < schedule->count; i++) {
		int *day = &day_q[schedule->entries[i].part / CARVED_PARTS_PER_DAY];
		*day += schedule->entries[i].hours_q;
		longest_q = *day > longest_q ? *day : longest_q;
	}
	return longest_q;
}

static void tell_hours(const struct wishing *w)
{
	const struct carved_candidate *candidate = w->e->input.candidate;
	const struct carved_proposal *proposal = w->e->input.proposal;
	bool exact = candidate->min_q == candidate->max_q;
	struct carved_explained_fact *fact = add_fact(w, exact ? "hours-exact" : "hours", true);
	set_number(fact, 0, "hours", proposal->hours_q, true);
	set_number(fact, 1, "max", candidate->max_q, true);
	if (!exact)
		set_number(fact, 2, "min", candidate->min_q, true);
	fact = add_fact(w, "day", true);
	set_number(fact, 0, "hours", longest_day_q(&proposal->schedule), true);
	set_number(fact, 1, "most", candidate->per_day_q, true);
}

static void tell_travel(const struct wishing *w)
{
	const struct carved_candidate *candidate = w->e->input.candidate;
	struct carved_explained_fact *fact = add_fact(w, "travel", true);
	set_number(fact, 0, "minutes", w->e->minutes, false);
	set_number(fact, 1, "most", candidate->max_minutes, false);
	set_label(fact, 0, "mode", "explain.candidate.mode", carved_explain_mode_names[candidate->mode]);
}

static void tell_supervisors(const struct wishing *w)
{
	int most = w->e->input.candidate->supervisors_max;
	if (!most || w->e->supervisors.count == 0)
		return;
	struct carved_explained_fact *fact = add_fact(w, most == 1 ? "one-supervisor" : "supervisors", true);
	if (most > 1) {
		set_number(fact, 0, "count", (int)w->e->supervisors.count, false);
		set_number(fact, 1, "most", most, false);
	}
}

static void tell_limits(const struct wishing *w)
{
	for (size_t i = 0; i < w->e->limit_count; i++) {
		const struct carved_explained_limit *limit = &w->e->limits[i];
		const char *label = carved_icf_label(limit->limit->icf, w->language);
		if (!label)
			continue;
		struct carved_explained_fact *fact = add_fact(w, "limit", true);
		fact->label = label;
		set_number(fact, 0, "hours", limit->used_q, true);
		set_number(fact, 1, "most", limit->limit->hours_q, true);
	}
}

// ---- wishes for what the work is

static bool holds(const struct carved_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

static bool is_category(const struct carved_region *region, const char *wish)
{
	for (size_t v = 0; v < region->count[CARVED_KIND_VOCABULARY]; v++) {
		if (carved_wish_matches_any(wish, &region->documents[CARVED_KIND_VOCABULARY][v]->vocabulary.categories))
			return true;
	}
	return false;
}

const char *carved_explain_wish(const struct carved_region *region, const char *wish, enum carved_language language)
{
	const char *label = carved_explain_tag(region, wish, language);
	return label || carved_icf_find(wish) != CARVED_ICF_NONE || is_category(region, wish) ? label : wish;
}

// What is said of a wish. NULL: nothing.
struct kind_of_wish {
	const char *some, *none; // some tasks meet it, none does
	const char *work;        // instead of `some` where the wish has no name
	const char *little;      // instead of `none` of surroundings: slots have them as tags from level 2 on only
	bool some_fits;
};

static const char *name_of(const struct kind_of_wish *kind, const char *wish, const char *label, bool meets)
{
	if (meets)
		return label ? kind->some : kind->work;
	return !label ? NULL : carved_icf_find(wish) != CARVED_ICF_NONE ? kind->little : kind->none;
}

static void tell_wish(const struct wishing *w, const struct kind_of_wish *kind, const char *wish)
{
	const struct carved_explanation *e = w->e;
	const char *label = carved_explain_wish(e->input.region, wish, w->language);
	size_t matching = 0;
	for (size_t t = 0; t < e->task_count; t++)
		matching += carved_wish_matches_any(wish, &e->tasks[t].slot->tags);
	const char *name = name_of(kind, wish, label, matching > 0);
	if (!name)
		return;
	struct carved_explained_fact *fact = label ? NULL : find_fact(w, name); // what has no name is said once
	if (!fact)
		fact = add_fact(w, name, matching ? kind->some_fits : !kind->some_fits);
	fact->label = label;
	for (size_t t = 0; t < e->task_count && matching; t++) {
		if (carved_wish_matches_any(wish, &e->tasks[t].slot->tags))
			add_task(fact, t);
	}
}

static void tell_wishes(const struct wishing *w)
{
	static const struct kind_of_wish must = {.some = "must", .work = "must-work", .some_fits = true},
					 like = {.some = "like", "like-none", "like-work", "like-little", true},
					 avoid = {.some = "avoid", "avoid-none", "avoid-work", "avoid-little", false},
					 never = {.some = "agreed-never",
						 "never-none",
						 "agreed-never-work",
						 "never-little",
						 false};
	const struct carved_candidate *c = w->e->input.candidate;
	for (size_t i = 0; i < c->must.count; i++)
		tell_wish(w, &must, c->must.items[i]);
	for (size_t i = 0; i < c->never.count; i++)
		tell_wish(w, &never, c->never.items[i]);
	for (size_t i = 0; i < c->like.count; i++) {
		if (!holds(&c->must, c->like.items[i]) && !holds(&c->avoid, c->like.items[i]) &&
			!holds(&c->never, c->like.items[i]))
			tell_wish(w, &like, c->like.items[i]);
	}
	for (size_t i = 0; i < c->avoid.count; i++) {
		if (!holds(&c->like, c->avoid.items[i]) && !holds(&c->never, c->avoid.items[i]))
			tell_wish(w, &avoid, c->avoid.items[i]);
	}
}

// ---- company and level: wishes that tasks meet more or less

static void tell_company(const struct wishing *w, enum carved_company company)
{
	const struct carved_explanation *e = w->e;
	enum carved_company wished = e->input.candidate->company;
	struct carved_explained_fact *fact = NULL;
	for (size_t t = 0; t < e->task_count && wished != CARVED_COMPANY_NOT_STATED; t++) {
		if (e->tasks[t].slot->task->company != company)
			continue;
		if (!fact) {
			fact = add_fact(w, company == wished ? "company" : "company-other", company == wished);
			set_label(fact, 0, "wished", "explain.candidate.company", carved_explain_company_names[wished]);
			if (company != wished)
				set_label(fact, 1, "company", "explain.candidate.company", carved_explain_company_names[company]);
		}
		add_task(fact, t);
	}
}

// How much harder a task is than wished, -2 to 2, as DESIGN's "challenge" counts it.
static int step_of(const struct carved_explained_task *task, const struct carved_candidate *candidate)
{
	int step = task->slot->task->level - candidate->level;
	return step < -2 ? -2 : step > 2 ? 2 : step;
}

static void tell_level(const struct wishing *w, int step)
{
	static const char *const names[] = {
		"level-much-easier", "level-easier", "level-same", "level-harder", "level-much-harder"};
	const struct carved_candidate *candidate = w->e->input.candidate;
	bool grows = step == 1 && candidate->challenge == CARVED_GROW;
	struct carved_explained_fact *fact = NULL;
	for (size_t t = 0; t < w->e->task_count && candidate->level; t++) {
		const struct carved_explained_task *task = &w->e->tasks[t];
		if (!task->slot->task->level || step_of(task, candidate) != step)
			continue;
		if (!fact)
			fact = add_fact(w, grows ? "level-grow" : names[step + 2], grows || step == 0);
		add_task(fact, t);
	}
}

// ---- what was agreed in spite of a rule

static void tell_agreed(const struct wishing *w, size_t t)
{
	const struct carved_slot_answer *answer = &w->e->tasks[t].answer;
	for (size_t i = 0; i < answer->level_count; i++) {
		const char *label = answer->levels[i].overruled ? carved_icf_label(answer->levels[i].icf, w->language) : NULL;
		if (!label)
			continue;
		struct carved_explained_fact *fact = add_fact(w, "agreed", false);
		fact->label = label;
		add_task(fact, t);
	}
	if (answer->requirement_overruled) {
		struct carved_explained_fact *fact = add_fact(w, "agreed-requirement", false);
		add_task(fact, t);
	}
}

void carved_explain_wishes(
	struct carved_explanation *explanation, enum carved_language language, struct carved_explained_facts *ret_facts)
{
	*ret_facts = (struct carved_explained_facts){0};
	struct wishing w = {.e = explanation, .language = language, .facts = ret_facts};
	tell_hours(&w);
	tell_travel(&w);
	tell_wishes(&w);
	for (enum carved_company company = CARVED_ALONE; company <= CARVED_TEAM; company++)
		tell_company(&w, company);
	for (int step = -2; step <= 2; step++)
		tell_level(&w, step);
	tell_supervisors(&w);
	tell_limits(&w);
	for (size_t t = 0; t < explanation->task_count; t++)
		tell_agreed(&w, t);
}
