// SPDX-License-Identifier: EUPL-1.2
// What the pages for coach and employer have in common.
#include "carved/base/error.h"
#include "listing.h"
#include "render.h"
#include "render_why.h"
#include "render_work.h"
#include <stdarg.h>
#include <string.h>

void carve_why_set(const struct carve_terminal *terminal, struct carve_table *table, size_t column,
	const struct carved_node *node, const char *member)
{
	char text[32];
	carve_table_set(table, column, carve_render_value(terminal, node, member, text, sizeof text));
}

void carve_why_fill(const struct carve_terminal *terminal, struct carved_buffer *cell, const char *msgid, ...)
{
	struct carved_error parameters;
	va_list pairs;
	carved_error_set(&parameters, CARVED_OK);
	va_start(pairs, msgid);
	for (const char *name; (name = va_arg(pairs, const char *));)
		carved_error_add(&parameters, name, va_arg(pairs, const char *));
	va_end(pairs);
	carved_text_fill(terminal->language, msgid, &parameters, cell);
}

static const struct carved_node *task_at(const struct carved_node *explanation, int64_t index)
{
	const struct carved_node *task = carved_node_first(carved_node_get(explanation, "tasks"));
	while (task && index-- > 0)
		task = task->next;
	return task;
}

const char *carve_why_task(const struct carved_node *explanation, int64_t index)
{
	return carved_node_get_text(task_at(explanation, index), "task", "?");
}

const char *carve_why_aid(const struct carved_node *explanation, const char *name)
{
	const struct carved_node *aid = carved_node_first(carved_node_get(explanation, "aids"));
	while (aid && strcmp(carved_node_get_text(aid, "aid", ""), name) != 0)
		aid = aid->next;
	return carved_node_get_text(aid, "label", name);
}

// Whether an earlier index of the list is of the same task: one with fixed times has a slot for each day part.
static bool is_told(const struct carved_node *explanation, const struct carved_node *slots, const struct carved_node *slot)
{
	for (const struct carved_node *other = carved_node_first(slots); other != slot; other = other->next) {
		if (strcmp(carve_why_task(explanation, other->integer), carve_why_task(explanation, slot->integer)) == 0)
			return true;
	}
	return false;
}

void carve_why_add_tasks(const struct carved_node *explanation, const struct carved_node *slots, struct carved_buffer *cell)
{
	const char *between = "";
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next) {
		if (is_told(explanation, slots, slot))
			continue;
		carved_buffer_printf(cell, "%s%s", between, carve_why_task(explanation, slot->integer));
		between = ", ";
	}
}

void carve_why_print_tasks(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	static const char *const columns[] = {"hours", "task", "task-title", "work-title", "part", "supervisor", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "rlllll");
	const struct carved_node *tasks = carved_node_get(explanation, "tasks");
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next) {
		const char *part = carved_node_get_text(task, "part", NULL);
		const char *work = carved_node_get_text(task, "job", carved_node_get_text(task, "vacancy", ""));
		carve_table_add_line(table);
		carve_why_set(terminal, table, 0, task, "hours");
		carve_why_set(terminal, table, 1, task, "task");
		carve_table_set(table, 2, carved_node_get_text(task, "title", ""));
		carve_table_set(table, 3, carved_node_get_text(task, "jobTitle", work));
		carve_table_set(table, 4, part ? carve_render_label(terminal, "day-part", part) : "");
		carve_table_set(table, 5, carved_node_get_text(task, "supervisor", ""));
	}
	carve_render_title(terminal, "carve.proposal.slots");
	carve_table_print(table, 2);
	carve_table_free(table);
}

void carve_why_print_aids(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	static const char *const columns[] = {"aid", "tasks", "in-practice", NULL};
	const struct carved_node *aids = carved_node_get(explanation, "aids");
	if (!carved_node_first(aids))
		return;
	struct carve_table *table = carve_render_table(terminal, columns, "lll");
	for (const struct carved_node *aid = carved_node_first(aids); aid; aid = aid->next) {
		struct carved_buffer tasks = CARVED_BUFFER_INIT;
		carve_why_add_tasks(explanation, carved_node_get(aid, "slots"), &tasks);
		carve_table_add_line(table);
		carve_table_set(table, 0, carved_node_get_text(aid, "label", "?"));
		carve_table_set(table, 1, tasks.data);
		carve_table_set(table, 2, carved_node_get_text(aid, "text", ""));
		carved_buffer_deinit(&tasks);
	}
	carve_render_title(terminal, "carve.proposal.aids");
	carve_table_print(table, 2);
	carve_table_free(table);
}

void carve_why_print_conditions(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	const struct carved_node *conditions = carved_node_get(explanation, "conditions");
	if (!carved_node_first(conditions))
		return;
	carve_render_title(terminal, "carve.proposal.conditions");
	for (const struct carved_node *one = carved_node_first(conditions); one; one = one->next) {
		bool met = carved_node_get_bool(one, "met", false);
		carve_write(terminal->out, "  ");
		carve_write_styled(terminal, terminal->out, met ? CARVE_GOOD : CARVE_WARN,
			carve_word(terminal, met ? "carve.why.met" : "carve.why.open"));
		carve_write(terminal->out, "  ");
		carve_write(terminal->out, carved_node_get_text(one, "text", "?"));
		carve_write(terminal->out, "\n");
	}
}
