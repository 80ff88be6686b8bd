// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/slot.h"
#include "carved/base/quarters.h"
#include <stdlib.h>
#include <string.h>

enum { EXPOSED = 2 }; // from this level on an e-code is a tag of the slot

static const struct carved_qualifier *find(const struct carved_qualifiers *list, carved_icf icf)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].icf == icf)
			return &list->items[i];
	}
	return NULL;
}

static int compare_qualifiers(const void *a, const void *b)
{
	const struct carved_qualifier *left = a, *right = b;
	return (left->icf > right->icf) - (left->icf < right->icf);
}

// Adds what `from` asks: a category already there keeps the higher level, one at level 0 is left out.
static void raise_levels(struct carved_qualifiers *levels, const struct carved_qualifiers *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct carved_qualifier *asked = &from->items[i];
		struct carved_qualifier *known = (struct carved_qualifier *)find(levels, asked->icf);
		if (known && known->value < asked->value)
			known->value = asked->value;
		else if (!known && asked->value > 0)
			levels->items[levels->count++] = *asked;
	}
}

// The highest of site, job and task in each category, sorted.
static struct carved_qualifiers highest(const struct carved_qualifiers *site, const struct carved_qualifiers *job,
	const struct carved_qualifiers *task, struct carved_arena *arena)
{
	struct carved_qualifiers levels = {0};
	levels.items = carved_arena_array(arena, struct carved_qualifier, site->count + job->count + task->count);
	raise_levels(&levels, site);
	raise_levels(&levels, job);
	raise_levels(&levels, task);
	qsort(levels.items, levels.count, sizeof *levels.items, compare_qualifiers);
	return levels;
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_texts(struct carved_texts *tags, const struct carved_texts *from)
{
	for (size_t i = 0; i < from->count; i++)
		tags->items[tags->count++] = from->items[i];
}

static void sort_without_doubles(struct carved_texts *texts)
{
	if (texts->count == 0)
		return;
	qsort(texts->items, texts->count, sizeof *texts->items, compare_texts);
	size_t kept = 1;
	for (size_t i = 1; i < texts->count; i++) {
		if (strcmp(texts->items[i], texts->items[kept - 1]) != 0)
			texts->items[kept++] = texts->items[i];
	}
	texts->count = kept;
}

static struct carved_texts make_tags(const struct carved_site *site, const struct carved_slot *slot, struct carved_arena *arena)
{
	enum { CATEGORY_EVENING_NIGHT = 3 };
	size_t most = slot->task->tags.count + slot->job->tags.count + site->tags.count + slot->exposures.count +
		      CATEGORY_EVENING_NIGHT;
	struct carved_texts tags = {.items = carved_arena_array(arena, const char *, most)};
	add_texts(&tags, &slot->task->tags);
	add_texts(&tags, &slot->job->tags);
	add_texts(&tags, &site->tags);
	if (slot->task->category)
		tags.items[tags.count++] = slot->task->category;
	for (size_t i = 0; i < slot->exposures.count; i++) {
		if (slot->exposures.items[i].value >= EXPOSED)
			tags.items[tags.count++] = carved_icf_code(slot->exposures.items[i].icf);
	}
	if (slot->parts && !(slot->parts & ~CARVED_EVENING_MASK))
		tags.items[tags.count++] = "evening-work";
	if (slot->parts && !(slot->parts & ~CARVED_NIGHT_MASK))
		tags.items[tags.count++] = "night-work";
	sort_without_doubles(&tags);
	return tags;
}

// A slot of `unit_q` quarters in `parts`, with all that it inherits.
static void add_slot(struct carved_slots *slots, struct carved_slot slot, const struct carved_site *site, int unit_q,
	struct carved_arena *arena)
{
	const struct carved_task *task = slot.task;
	slot.unit_q = unit_q;
	slot.hours_q = unit_q * slot.job->openings;
	slot.chunk_q = task->chunk_q < slot.hours_q ? task->chunk_q : slot.hours_q;
	slot.demands = highest(&site->demands, &slot.job->demands, &task->demands, arena);
	slot.exposures = highest(&site->exposures, &slot.job->exposures, &task->exposures, arena);
	slot.tags = make_tags(site, &slot, arena);
	slots->items[slots->count++] = slot;
}

static void add_slots_of_task(struct carved_slots *slots, const struct carved_site *site, size_t job_index,
	const struct carved_task *task, struct carved_arena *arena)
{
	struct carved_slot slot = {.job = &site->jobs[job_index], .task = task, .job_index = job_index, .part = -1};
	if (!task->fixed) {
		slot.parts = task->when ? task->when : site->open;
		add_slot(slots, slot, site, task->hours_q, arena);
		return;
	}
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (task->fixed_q[part] == 0)
			continue;
		slot.part = part;
		slot.parts = (carved_parts_mask)1 << part;
		add_slot(slots, slot, site, task->fixed_q[part], arena);
	}
}

static size_t count_slots(const struct carved_task *task)
{
	size_t count = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		count += task->fixed_q[part] > 0;
	return task->fixed ? count : 1;
}

struct carved_slots carved_slots_make(const struct carved_site *site, struct carved_arena *arena)
{
	size_t count = 0;
	for (size_t j = 0; j < site->job_count; j++) {
		for (size_t t = 0; t < site->jobs[j].task_count; t++)
			count += count_slots(&site->jobs[j].tasks[t]);
	}
	struct carved_slots slots = {.items = carved_arena_array(arena, struct carved_slot, count)};
	for (size_t j = 0; j < site->job_count; j++) {
		for (size_t t = 0; t < site->jobs[j].task_count; t++)
			add_slots_of_task(&slots, site, j, &site->jobs[j].tasks[t], arena);
	}
	return slots;
}

static int task_hours_q(const struct carved_task *task)
{
	int sum_q = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		sum_q += task->fixed_q[part];
	return task->fixed ? sum_q : task->hours_q;
}

static int share_q(const struct carved_job *job, long long hours_q)
{
	return (int)carved_floor_div(job->share_permille * hours_q, 1000);
}

static int vacancy_cap_q(const struct carved_job *vacancy)
{
	long long opening_q = 0;
	for (size_t t = 0; t < vacancy->task_count; t++)
		opening_q += task_hours_q(&vacancy->tasks[t]);
	return share_q(vacancy, opening_q * vacancy->openings);
}

int carved_job_cap_q(const struct carved_job *job)
{
	if (!job->has_carve)
		return 0;
	if (job->kind == CARVED_VACANCY)
		return vacancy_cap_q(job);
	int share = share_q(job, job->hours_q), kept = job->hours_q - job->incumbents * job->keep_hours_q;
	int cap = share < kept ? share : kept;
	return cap > 0 ? cap : 0;
}

bool carved_wish_matches(const char *wish, const char *tag)
{
	size_t length = strlen(wish);
	return strncmp(tag, wish, length) == 0 && (tag[length] == '\0' || tag[length] == '.');
}

bool carved_wish_matches_any(const char *wish, const struct carved_texts *tags)
{
	for (size_t i = 0; i < tags->count; i++) {
		if (carved_wish_matches(wish, tags->items[i]))
			return true;
	}
	return false;
}
