// SPDX-License-Identifier: EUPL-1.2
// Rules between the keys of one site.
#include "reading.h"
#include "schema_parts.h"
#include <stdlib.h>
#include <string.h>

struct site_check {
	struct carved_reading *reading;
	const struct carved_site *site;
	const char **refs; // of jobs and vacancies seen
	size_t ref_count;
	bool *categories; // by ICF index: demanded or exposed somewhere
	size_t category_count;
};

static void count_categories(struct site_check *check, const struct carved_qualifiers *levels)
{
	for (size_t i = 0; i < levels->count; i++) {
		bool *seen = &check->categories[levels->items[i].icf];
		check->category_count += levels->items[i].value && !*seen;
		*seen = *seen || levels->items[i].value;
	}
}

static bool is_among(const char *const *refs, size_t count, const char *ref)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(refs[i], ref) == 0)
			return true;
	}
	return false;
}

static void check_task(
	struct site_check *check, const struct carved_place *place, const struct carved_job *job, const struct carved_task *task)
{
	struct carved_place when = carved_place_of(place, "when"), undone = carved_place_of(place, "undone");
	count_categories(check, &task->demands);
	count_categories(check, &task->exposures);
	if (task->fixed && when.node)
		carved_report_key(check->reading, &when, CARVED_WHEN_WITH_FIXED_TIMES);
	if (task->undone && job->kind == CARVED_VACANCY)
		carved_report_text(
			carved_warn(check->reading, &undone, CARVED_UNDONE_ON_VACANCY), "task", task->ref ? task->ref : "");
}

static int task_hours_q(const struct carved_task *task)
{
	int sum = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		sum += task->fixed_q[part];
	return task->fixed ? sum : task->hours_q;
}

// Work left undone is not part of what incumbents do in their hours.
static void check_sum(struct site_check *check, const struct carved_place *place, const struct carved_job *job)
{
	struct carved_place hours = carved_place_of(place, "hours");
	int64_t sum = 0;
	for (size_t i = 0; i < job->task_count; i++)
		sum += job->tasks[i].undone ? 0 : task_hours_q(&job->tasks[i]);
	if (job->kind != CARVED_JOB || !hours.node || sum <= job->hours_q)
		return;
	struct carved_error *error = carved_warn(check->reading, &hours, CARVED_TASKS_EXCEED_JOB);
	carved_report_text(error, "job", job->ref ? job->ref : "");
	carved_error_add_hours(error, "sum", (int)(sum < INT32_MAX ? sum : INT32_MAX));
	carved_error_add_hours(error, "hours", job->hours_q);
}

static void check_tasks(struct site_check *check, const struct carved_place *place, const struct carved_job *job)
{
	struct carved_place list = carved_place_of(place, "tasks");
	const char **refs = carved_alloc_array(job->task_count, sizeof *refs);
	size_t ref_count = 0;
	const struct carved_node *node = carved_node_first(list.node);
	for (size_t i = 0; i < job->task_count && node; i++, node = node->next) {
		const struct carved_task *task = &job->tasks[i];
		struct carved_place item = carved_place_below(&list, node, i), ref = carved_place_of(&item, "ref");
		check_task(check, &item, job, task);
		if (!task->ref)
			continue;
		if (is_among(refs, ref_count, task->ref)) {
			struct carved_error *error = carved_report(check->reading, &ref, CARVED_TASK_REF_TWICE);
			carved_error_add(error, "ref", task->ref);
			carved_error_add(error, "job", job->ref ? job->ref : "");
		} else {
			refs[ref_count++] = task->ref;
		}
	}
	free(refs);
}

static void check_carve(struct site_check *check, const struct carved_place *place, const struct carved_job *job)
{
	if (!job->has_carve || job->kind != CARVED_JOB)
		return;
	for (const char *const *key = carved_carve_needs; *key; key++) {
		struct carved_place carve = carved_place_of(place, "carve");
		if (!carved_place_of(place, *key).node)
			carved_error_add(carved_report_key(check->reading, &carve, CARVED_CARVE_NEEDS_KEY), "key", *key);
	}
}

static void check_job(struct site_check *check, const struct carved_place *place, const struct carved_job *job)
{
	struct carved_place ref = carved_place_of(place, "ref");
	count_categories(check, &job->demands);
	count_categories(check, &job->exposures);
	if (job->ref && is_among(check->refs, check->ref_count, job->ref))
		carved_error_add(carved_report(check->reading, &ref, CARVED_WORK_REF_TWICE), "ref", job->ref);
	else if (job->ref)
		check->refs[check->ref_count++] = job->ref;
	check_carve(check, place, job);
	check_tasks(check, place, job);
	check_sum(check, place, job);
}

// Jobs stand first in the array, vacancies behind them; a list that is too long was not read.
static size_t check_work(struct site_check *check, const struct carved_place *root, const char *key, size_t first)
{
	struct carved_place list = carved_place_of(root, key);
	if (!list.node || list.node->kind != CARVED_NODE_LIST || list.node->count > check->reading->limits->list_items)
		return first;
	size_t index = 0;
	for (const struct carved_node *node = list.node->first; node; node = node->next, index++) {
		struct carved_place item = carved_place_below(&list, node, index);
		check_job(check, &item, &check->site->jobs[first + index]);
	}
	return first + index;
}

void carved_validate_site(struct carved_reading *reading, const struct carved_place *root, const struct carved_site *site)
{
	struct site_check check = {.reading = reading, .site = site};
	check.refs = carved_alloc_array(site->job_count, sizeof *check.refs);
	check.categories = carved_alloc_array(carved_icf_count(), sizeof *check.categories);
	bool has_work = false;
	for (const char *const *key = carved_site_work; *key; key++)
		has_work = has_work || carved_place_of(root, *key).node;
	if (!has_work)
		carved_report(reading, root, CARVED_SITE_WITHOUT_WORK);
	count_categories(&check, &site->demands);
	count_categories(&check, &site->exposures);
	check_work(&check, root, "vacancies", check_work(&check, root, "jobs", 0));
	if (check.category_count > CARVED_SITE_CATEGORIES_MAX) {
		struct carved_error *error = carved_report(reading, root, CARVED_SITE_CATEGORIES_TOO_MANY);
		carved_error_add_number(error, "count", (long long)check.category_count);
		carved_error_add_number(error, "max", CARVED_SITE_CATEGORIES_MAX);
	}
	free(check.refs);
	free(check.categories);
}
