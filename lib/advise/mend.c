// SPDX-License-Identifier: EUPL-1.2
// The search for mends: sets of one change, then of two, then of three, until some help.
//
//   kinds      sets are looked at by the kinds of their changes. Before any document is touched, the rules that these kinds can mend are left out of the numbers
//              altogether and the site is priced: where not even that leaves a package, no set of these kinds helps, and none is tried
//   trying     the changes are made in copies of the documents, in their largest form; the copies are read, compiled, priced, and the package goes past the checker
//   shrinking  hours are brought as near to the wish as they can be, by halving: with fewer changes of hours there are fewer packages, never more. A widened
//              `when` keeps the parts that the package's schedule uses
#include "carved/model/part.h"
#include "mending.h"
#include <stdlib.h>
#include <string.h>

const char *const carved_mend_names[CARVED_MEND_KINDS] = {
#define X(symbol, name, class) [CARVED_MEND_##symbol] = name,
	CARVED_MENDS(X)
#undef X
};
const char *const carved_mend_class_names[CARVED_MEND_PERSON + 1] = {[CARVED_MEND_ORGANISATION] = "organisation",
	[CARVED_MEND_TECHNIQUE] = "technique",
	[CARVED_MEND_GUIDANCE] = "guidance",
	[CARVED_MEND_PERSON] = "person"};
const enum carved_mend_class carved_mend_classes[CARVED_MEND_KINDS] = {
#define X(symbol, name, class) [CARVED_MEND_##symbol] = CARVED_MEND_##class,
	CARVED_MENDS(X)
#undef X
};

// ---- trying

struct trial {
	struct carved_mend_change changes[CARVED_MEND_MOST];
	size_t count;
	struct carved_cell *cell;
	struct carved_plan plan;
};

static void end_trial(struct trial *trial)
{
	if (!trial->cell)
		return;
	carved_plan_deinit(&trial->plan);
	carved_cell_close(trial->cell);
	free(trial->cell);
	trial->cell = NULL;
}

static bool solve(struct carved_mending *m, const struct carved_cell *cell, struct carved_plan *ret_plan)
{
	const struct carved_advise_question *q = m->question;
	const struct carved_cell_query query = {.job = q->job, .task = q->task, .node_limit = q->node_limit};
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_package package;
	enum carved_price_answer answer = carved_cell_price(cell, &query, &scratch, &package);
	bool valid = false;
	if (answer == CARVED_PRICE_FOUND) {
		struct carved_single *single = carved_single_new(cell->singles, 0);
		valid = carved_single_make(single, &package, ret_plan, NULL);
		carved_single_free(single);
	}
	m->unsure = m->unsure || answer == CARVED_PRICE_LIMIT;
	carved_arena_deinit(&scratch);
	return valid;
}

// Makes the changes of the trial and solves again. Returns false, with nothing to end, where no valid package exists then.
static bool try_changes(struct carved_mending *m, struct trial *trial)
{
	if (m->found->tries == m->question->tries) {
		m->out_of_tries = true;
		return false;
	}
	m->found->tries++;
	trial->cell = NULL;
	struct carved_region *region = carved_mending_apply(m, trial->changes, trial->count, &m->found->arena);
	if (!region)
		return false;
	trial->cell = carved_alloc_array(1, sizeof *trial->cell);
	carved_cell_open(trial->cell, region, m->question->date, m->question->weights);
	if (solve(m, trial->cell, &trial->plan))
		return true;
	carved_cell_close(trial->cell);
	free(trial->cell);
	trial->cell = NULL;
	return false;
}

// Tries the same with one change another; where that helps too it takes the trial's place.
static bool try_instead(struct carved_mending *m, struct trial *trial, size_t index, const struct carved_mend_change *change)
{
	struct trial other = *trial;
	other.changes[index] = *change;
	if (!try_changes(m, &other))
		return false;
	end_trial(trial);
	*trial = other;
	return true;
}

// ---- shrinking

static int hours_of(const struct trial *trial)
{
	return trial->plan.proposals[0].hours_q;
}

static void set_hours(struct carved_mend_change *change, int to_q)
{
	change->to_q = to_q;
	change->size = abs(to_q - change->from_q);
}

static void shrink_minimum(struct carved_mending *m, struct trial *trial, size_t index)
{
	struct carved_mend_change change = trial->changes[index];
	int low = hours_of(trial), high = change.from_q - 1; // the package has `low` hours: that minimum helps
	if (low > high)
		low = high;
	set_hours(&change, low);
	if (!try_instead(m, trial, index, &change))
		return;
	while (low < high) {
		int middle = low + (high - low + 1) / 2;
		set_hours(&change, middle);
		if (try_instead(m, trial, index, &change))
			low = middle;
		else
			high = middle - 1;
	}
}

static void shrink_maximum(struct carved_mending *m, struct trial *trial, size_t index)
{
	struct carved_mend_change change = trial->changes[index];
	int low = change.from_q + 1, high = hours_of(trial);
	if (high < low)
		high = low;
	set_hours(&change, high);
	if (!try_instead(m, trial, index, &change))
		return;
	while (low < high) {
		int middle = low + (high - low) / 2;
		set_hours(&change, middle);
		if (try_instead(m, trial, index, &change))
			high = middle;
		else
			low = middle + 1;
	}
}

// The parts in which the package has hours of the task.
static carved_parts_mask parts_used(const struct trial *trial, const struct carved_mend_change *change)
{
	const struct carved_proposal *proposal = &trial->plan.proposals[0];
	carved_parts_mask used = 0;
	for (size_t i = 0; i < proposal->schedule.count; i++) {
		const struct carved_schedule_entry *entry = &proposal->schedule.entries[i];
		const struct carved_slot *slot = &carved_cell_slots(trial->cell)->items[proposal->pieces[entry->need].slot];
		if (carved_cell_is_in_scope(slot, change->job, change->task))
			used |= (carved_parts_mask)1 << entry->part;
	}
	return used;
}

static void shrink_times(struct carved_mending *m, struct trial *trial, size_t index)
{
	struct carved_mend_change change = trial->changes[index];
	carved_parts_mask used = change.parts_to & parts_used(trial, &change);
	if (change.fixed || !used || used == change.parts_to)
		return;
	change.parts_to = used;
	try_instead(m, trial, index, &change);
}

static void shrink(struct carved_mending *m, struct trial *trial)
{
	for (size_t i = 0; i < trial->count; i++) {
		switch (trial->changes[i].kind) {
		case CARVED_MEND_FEWER_HOURS:
			shrink_minimum(m, trial, i);
			break;
		case CARVED_MEND_MORE_HOURS:
			shrink_maximum(m, trial, i);
			break;
		case CARVED_MEND_MOVE_TIME:
			shrink_times(m, trial, i);
			break;
		default:
			break;
		}
	}
}

// ---- the best ones

static int compare(const struct trial *trial, const struct carved_mend *mend)
{
	int class[2] = {0, 0}, size[2] = {0, 0};
	for (size_t i = 0; i < trial->count; i++) {
		int of[2] = {(int)carved_mend_classes[trial->changes[i].kind], (int)carved_mend_classes[mend->changes[i].kind]};
		for (int k = 0; k < 2; k++)
			class[k] = of[k] > class[k] ? of[k] : class[k];
		size[0] += trial->changes[i].size;
		size[1] += mend->changes[i].size;
	}
	return class[0] != class[1] ? class[0] - class[1] : size[0] - size[1];
}

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_alike(const struct trial *trial, const struct carved_mend *mend, bool broad)
{
	for (size_t i = 0; i < trial->count; i++) {
		const struct carved_mend_change *a = &trial->changes[i], *b = &mend->changes[i];
		bool alike = a->kind == b->kind && (a->kind != CARVED_MEND_ADD_AID || is_same(a->what, b->what));
		if (!alike || (!broad && (!is_same(a->job, b->job) || !is_same(a->task, b->task))))
			return false;
	}
	return true;
}

static void end_mend(struct carved_mend *mend)
{
	carved_plan_deinit(&mend->plan);
	carved_cell_close(mend->cell);
	free(mend->cell);
}

static void remove_at(struct carved_mends *found, size_t index)
{
	end_mend(&found->items[index]);
	found->count--;
	for (size_t i = index; i < found->count; i++)
		found->items[i] = found->items[i + 1];
}

// Takes over the trial, or ends it where there are better ones.
static void keep(struct carved_mending *m, bool broad, struct trial *trial)
{
	struct carved_mends *found = m->found;
	size_t at = found->count;
	for (size_t i = 0; i < found->count; i++) {
		if (!is_alike(trial, &found->items[i], broad))
			continue;
		if (compare(trial, &found->items[i]) >= 0) {
			end_trial(trial);
			return;
		}
		remove_at(found, i);
		break;
	}
	for (at = found->count; at > 0 && compare(trial, &found->items[at - 1]) < 0;)
		at--;
	if (at == m->question->items) {
		end_trial(trial);
		return;
	}
	if (found->count == m->question->items)
		remove_at(found, found->count - 1);
	for (size_t i = found->count++; i > at; i--)
		found->items[i] = found->items[i - 1];
	found->items[at] = (struct carved_mend){.count = trial->count, .plan = trial->plan, .cell = trial->cell};
	memcpy(found->items[at].changes, trial->changes, sizeof trial->changes);
}

// ---- the search

struct searching {
	struct carved_mending *m;
	const struct carved_mend_reach *reach;
	enum carved_mend_kind kinds[CARVED_MEND_MOST];
	size_t size; // of the sets looked at
	struct trial trial;
};

static bool is_about_time(const struct carved_texts *wishes)
{
	for (size_t i = 0; i < wishes->count; i++) {
		if (strcmp(wishes->items[i], "evening-work") == 0 || strcmp(wishes->items[i], "night-work") == 0)
			return true;
	}
	return false;
}

// What changes of the kind could mend at most.
static unsigned relaxed_by(const struct carved_mending *m, enum carved_mend_kind kind)
{
	switch (kind) {
	case CARVED_MEND_MOVE_TIME:
		return CARVED_RELAX_TIMES | (is_about_time(&carved_cell_candidate(&m->base)->never) ? CARVED_RELAX_NEVER : 0);
	case CARVED_MEND_DROP_TASK:
		return CARVED_RELAX_DONOR | CARVED_RELAX_CHUNK;
	case CARVED_MEND_OTHER_SUPERVISOR:
		return CARVED_RELAX_SUPERVISOR;
	case CARVED_MEND_ADD_AID:
		return CARVED_RELAX_AIDS;
	case CARVED_MEND_MORE_SUPERVISION:
		return CARVED_RELAX_SUPERVISION;
	case CARVED_MEND_MORE_COACHING:
		return CARVED_RELAX_COACH;
	case CARVED_MEND_FEWER_HOURS:
		return CARVED_RELAX_MIN;
	default:
		return CARVED_RELAX_MAX;
	}
}

static bool could_help(const struct searching *s)
{
	const struct carved_advise_question *q = s->m->question;
	struct carved_cell_query query = {.job = q->job, .task = q->task, .node_limit = q->node_limit};
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_package package;
	for (size_t i = 0; i < s->size; i++)
		query.relaxed |= relaxed_by(s->m, s->kinds[i]);
	bool could = carved_cell_price(&s->m->base, &query, &scratch, &package) != CARVED_PRICE_NONE;
	carved_arena_deinit(&scratch);
	return could;
}

// Two changes that can't be made together, or are one.
static bool clash(const struct carved_mend_change *a, const struct carved_mend_change *b)
{
	if (!a->task || !b->task || !is_same(a->task, b->task) || !is_same(a->job, b->job))
		return false;
	return a->kind == b->kind || a->kind == CARVED_MEND_DROP_TASK || b->kind == CARVED_MEND_DROP_TASK;
}

static bool is_full(const struct searching *s, size_t chosen)
{
	return chosen >= s->size || chosen >= CARVED_MEND_MOST;
}

static void choose_changes(struct searching *s, size_t chosen, size_t first)
{
	if (is_full(s, chosen)) {
		struct trial trial = s->trial;
		trial.count = s->size;
		if (try_changes(s->m, &trial)) {
			shrink(s->m, &trial);
			keep(s->m, s->reach->broad, &trial);
		}
		return;
	}
	const struct carved_mend_list *list = &s->m->changes[s->kinds[chosen]];
	for (size_t i = first; i < list->count && !s->m->out_of_tries; i++) {
		bool together = true;
		for (size_t k = 0; k < chosen; k++)
			together = together && !clash(&s->trial.changes[k], &list->items[i]);
		if (!together)
			continue;
		s->trial.changes[chosen] = list->items[i];
		bool same = !is_full(s, chosen + 1) && s->kinds[chosen + 1] == s->kinds[chosen];
		choose_changes(s, chosen + 1, same ? i + 1 : 0);
	}
}

static void choose_kinds(struct searching *s, size_t chosen)
{
	if (is_full(s, chosen)) {
		if (could_help(s))
			choose_changes(s, 0, 0);
		return;
	}
	for (int kind = chosen ? (int)s->kinds[chosen - 1] : 0; kind < CARVED_MEND_KINDS && !s->m->out_of_tries; kind++) {
		size_t alike = 1;
		for (size_t k = 0; k < chosen; k++)
			alike += (int)s->kinds[k] == kind;
		if (s->m->changes[kind].count < alike)
			continue;
		s->kinds[chosen] = (enum carved_mend_kind)kind;
		choose_kinds(s, chosen + 1);
	}
}

static void search(struct carved_mending *m, const struct carved_mend_reach *reach)
{
	for (int size = 1; size <= reach->most && m->found->count == 0 && !m->out_of_tries; size++) {
		struct searching s = {.m = m, .reach = reach, .size = (size_t)size};
		choose_kinds(&s, 0);
		if (!m->out_of_tries && !m->unsure)
			m->found->complete_to = size;
	}
}

void carved_mends_find(
	const struct carved_advise_question *question, const struct carved_mend_reach *reach, struct carved_mends *ret_mends)
{
	struct carved_region *region = question->region;
	struct carved_document *candidate = region->documents[CARVED_KIND_CANDIDATE][question->candidate];
	struct carved_mending m = {.question = question, .found = ret_mends};
	ret_mends->items = carved_alloc_array(question->items, sizeof *ret_mends->items);
	if (!carved_rules_may_be_matched(&candidate->candidate, question->date)) {
		ret_mends->complete_to = reach->most; // nothing but consent helps
		return;
	}
	carved_cell_open(&m.base,
		carved_region_cell(region, candidate, region->documents[CARVED_KIND_SITE][question->site],
			carved_region_find(region, CARVED_KIND_COACH, candidate->candidate.coach)),
		question->date, question->weights);
	carved_mending_list(&m);
	search(&m, reach);
	carved_mending_free_lists(&m);
	carved_cell_close(&m.base);
}

void carved_mends_deinit(struct carved_mends *mends)
{
	for (size_t i = 0; i < mends->count; i++)
		end_mend(&mends->items[i]);
	free(mends->items);
	carved_arena_deinit(&mends->arena);
	*mends = (struct carved_mends){0};
}

const struct carved_region *carved_mend_region(const struct carved_mend *mend)
{
	return mend->cell->region;
}

const struct carved_slot_table *carved_mend_table(const struct carved_mend *mend)
{
	return carved_singles_table(mend->cell->singles);
}
