// SPDX-License-Identifier: EUPL-1.2
#include "proposal.h"
#include <stdio.h>
#include <string.h>

enum {
	MANY = 3,       // tasks: more than these are called all of them
	LONG_TITLE = 48 // bytes: more would fill a calendar with words
};

const struct carved_node *carved_proposal_task(const struct carved_node *view, int64_t index)
{
	const struct carved_node *task = carved_node_first(carved_node_get(view, "tasks"));
	while (task && index-- > 0)
		task = task->next;
	return task;
}

const char *carved_proposal_task_title(const struct carved_node *task)
{
	const char *title = carved_node_get_text(task, "title", "");
	return *title ? title : carved_node_get_text(task, "task", "?");
}

const char *carved_proposal_work_ref(const struct carved_node *item)
{
	return carved_node_get_text(item, "job", carved_node_get_text(item, "vacancy", "?"));
}

const char *carved_proposal_work_title(const struct carved_node *item)
{
	const char *title = carved_node_get_text(item, "jobTitle", "");
	return *title ? title : carved_proposal_work_ref(item);
}

// Whether an earlier task comes from the same job.
static bool is_further(const struct carved_node *view, const struct carved_node *task)
{
	const struct carved_node *other = carved_node_first(carved_node_get(view, "tasks"));
	for (; other != task; other = other->next) {
		if (strcmp(carved_proposal_work_ref(other), carved_proposal_work_ref(task)) == 0)
			return true;
	}
	return false;
}

size_t carved_proposal_series(const struct carved_node *view, const char *work_ref)
{
	size_t series = 0;
	for (const struct carved_node *task = carved_node_first(carved_node_get(view, "tasks")); task; task = task->next) {
		if (is_further(view, task))
			continue;
		if (strcmp(carved_proposal_work_ref(task), work_ref) == 0)
			break;
		series++;
	}
	return series;
}

struct carved_drawn_task carved_proposal_drawn(const struct carved_node *view, int64_t index)
{
	const struct carved_node *task = carved_proposal_task(view, index);
	return (struct carved_drawn_task){.number = (size_t)index + 1,
		.series = carved_proposal_series(view, carved_proposal_work_ref(task)),
		.title = carved_proposal_task_title(task),
		.hours = carved_node_get_real(task, "hours", 0)};
}

void carved_proposal_add_key(struct carved_page *page, const struct carved_node *view, int64_t index)
{
	const struct carved_drawn_task task = carved_proposal_drawn(view, index);
	carved_drawn_key(page, &task);
}

void carved_proposal_add_keys(struct carved_page *page, const struct carved_node *view, const struct carved_node *slots)
{
	const struct carved_node *tasks = carved_node_get(view, "tasks");
	if (slots && tasks && slots->count == tasks->count && slots->count > MANY) {
		carved_page_element(page, "span", NULL, "report.all-tasks");
		return;
	}
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next)
		carved_proposal_add_key(page, view, slot->integer);
}

const char *carved_proposal_title_class(const struct carved_node *view)
{
	const struct carved_node *task = carved_node_first(carved_node_get(view, "tasks"));
	while (task && strlen(carved_proposal_task_title(task)) <= LONG_TITLE)
		task = task->next;
	return task ? "title long" : "title";
}

void carved_proposal_add_title(struct carved_page *page, const struct carved_node *view, const struct carved_node *task)
{
	carved_markup_open(&page->markup, "span");
	carved_markup_attribute(&page->markup, "class", carved_proposal_title_class(view));
	carved_page_words(page, carved_proposal_task_title(task));
	carved_markup_close(&page->markup, "span");
}

const char *carved_proposal_hours(const struct carved_page *page, double hours, char text[CARVED_PROPOSAL_HOURS_MAX])
{
	char number[CARVED_PAGE_NUMBER_MAX];
	snprintf(text, CARVED_PROPOSAL_HOURS_MAX, "%s %s", carved_page_format(page, hours, number),
		carved_text(page->language, "report.unit.hours"));
	return text;
}
