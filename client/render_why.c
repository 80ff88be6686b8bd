// SPDX-License-Identifier: EUPL-1.2
// The page for the coach, and the one for the employer.
#include "render_why.h"
#include "carved/base/buffer.h"
#include "listing.h"
#include "render.h"
#include "render_work.h"
#include <string.h>

void carve_why_print_heading(const struct carve_terminal *terminal, const struct carved_node *explanation, const char *heading)
{
	char hours[32], value[32];
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, carved_node_get_text(explanation, "proposal", "?"));
	carve_write(terminal->out, "  ");
	carve_say(terminal, terminal->out, heading, "candidate", carved_node_get_text(explanation, "candidate", ""), "site",
		carved_node_get_text(explanation, "site", "?"), "name", carved_node_get_text(explanation, "name", ""), NULL);
	carve_write(terminal->out, "\n");
	carve_say(terminal, terminal->out,
		carved_node_get(explanation, "plan") ? "carve.proposal.line" : "carve.why.employer-line", "kind",
		carve_render_label(terminal, "package", carved_node_get_text(explanation, "kind", "?")), "hours",
		carve_render_value(terminal, explanation, "hours", hours, sizeof hours), "value",
		carve_render_value(terminal, explanation, "value", value, sizeof value), "state",
		carve_render_label(terminal, "state", carved_node_get_text(explanation, "state", "?")), "plan",
		carved_node_get_text(explanation, "plan", ""), NULL);
	carve_write(terminal->out, "\n");
	if (strcmp(carved_node_get_text(explanation, "documents", ""), "newest") == 0) {
		carve_write(terminal->out, carve_word(terminal, "carve.why.newest"));
		carve_write(terminal->out, "\n");
	}
}

// ---- what the tasks ask

static void add_basis(const struct carve_terminal *terminal, const struct carved_node *category, struct carved_buffer *cell)
{
	char msgid[64];
	const char *why = carved_node_get_text(category, "why", carved_node_get_text(category, "basis", "?"));
	snprintf(msgid, sizeof msgid, "carve.why-basis.%s%s", carved_node_get_text(category, "why", NULL) ? "unknown-" : "", why);
	carve_why_fill(terminal, cell, msgid, "at", carved_node_get_text(category, "statedAt", ""), NULL);
}

static void add_aid(const struct carve_terminal *terminal, const struct carved_node *explanation,
	const struct carved_node *category, struct carved_buffer *cell)
{
	char capacity[32];
	const char *aid = carved_node_get_text(category, "aid", NULL);
	if (aid)
		carve_why_fill(terminal, cell, "carve.why.aided", "aid", carve_why_aid(explanation, aid), "capacity",
			carve_render_value(terminal, category, "aidedCapacity", capacity, sizeof capacity), NULL);
}

static void add_tasks_of(const struct carved_node *explanation, const struct carved_node *uses, struct carved_buffer *cell)
{
	enum { MOST = 64 };
	struct carved_node slots[MOST], list = {.kind = CARVED_NODE_LIST, .first = slots};
	for (const struct carved_node *use = carved_node_first(uses); use && list.count < MOST; use = use->next) {
		slots[list.count] =
			(struct carved_node){.kind = CARVED_NODE_INTEGER, .integer = carved_node_get_integer(use, "slot", 0)};
		if (list.count > 0)
			slots[list.count - 1].next = &slots[list.count];
		list.count++;
	}
	if (list.count > 0)
		carve_why_add_tasks(explanation, &list, cell);
}

static void add_category(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *explanation,
	const struct carved_node *category)
{
	struct carved_buffer basis = CARVED_BUFFER_INIT, aid = CARVED_BUFFER_INIT, tasks = CARVED_BUFFER_INIT;
	bool unknown = carved_node_get_text(category, "why", NULL) != NULL;
	add_basis(terminal, category, &basis);
	add_aid(terminal, explanation, category, &aid);
	add_tasks_of(explanation, carved_node_get(category, "uses"), &tasks);
	carve_table_add_line(table);
	carve_why_set(terminal, table, 0, category, "demand");
	carve_why_set(terminal, table, 1, category, "capacity");
	carve_why_set(terminal, table, 2, category, "margin");
	if (unknown)
		carve_table_set(table, 1, "?");
	carve_why_set(terminal, table, 3, category, "category");
	carve_table_set(table, 4, carved_node_get_text(category, "label", ""));
	carve_table_set(table, 5, basis.data);
	carve_table_set(table, 6, aid.data);
	carve_table_set(table, 7, tasks.data);
	carved_buffer_deinit(&basis);
	carved_buffer_deinit(&aid);
	carved_buffer_deinit(&tasks);
}

static void print_categories(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	static const char *const columns[] = {
		"demand", "capacity", "margin", "category", "category-title", "basis", "with-aid", "tasks", NULL};
	const struct carved_node *categories = carved_node_get(explanation, "categories");
	if (!carved_node_first(categories))
		return;
	struct carve_table *table = carve_render_table(terminal, columns, "rrrlllll");
	for (const struct carved_node *category = carved_node_first(categories); category; category = category->next)
		add_category(terminal, table, explanation, category);
	carve_render_title(terminal, "carve.why.categories");
	carve_table_print(table, 2);
	carve_table_free(table);
}

static void print_questions(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	const struct carved_node *questions = carved_node_get(explanation, "questions");
	if (!carved_node_first(questions))
		return;
	carve_render_title(terminal, "carve.why.questions");
	for (const struct carved_node *question = carved_node_first(questions); question; question = question->next) {
		struct carved_buffer tasks = CARVED_BUFFER_INIT;
		carve_why_add_tasks(explanation, carved_node_get(question, "slots"), &tasks);
		carve_say(terminal, terminal->out, "carve.why.question", "text", carved_node_get_text(question, "text", "?"),
			"tasks", tasks.data ? tasks.data : "", "code", carved_node_get_text(question, "category", "?"), NULL);
		carve_write(terminal->out, "\n");
		carved_buffer_deinit(&tasks);
	}
}

// ---- hours and limits

static void add_bound(const struct carve_terminal *terminal, struct carve_table *table, const char *name,
	const struct carved_node *node, const char *used, const char *most)
{
	carve_table_add_line(table);
	carve_table_set(table, 0, carve_render_label(terminal, "why-bound", name));
	carve_why_set(terminal, table, 1, node, used);
	carve_why_set(terminal, table, 3, node, most);
}

static void add_hours(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *explanation)
{
	const struct carved_node *wished = carved_node_get(explanation, "wished");
	add_bound(terminal, table, "hours", explanation, "hours", "");
	carve_why_set(terminal, table, 2, wished, "min");
	carve_why_set(terminal, table, 3, wished, "max");
	const struct carved_node *days = carved_node_get(explanation, "week");
	for (const struct carved_node *day = carved_node_first(days); day; day = day->next) {
		carve_table_add_line(table);
		carve_table_set(table, 0, carve_render_label(terminal, "day", carved_node_get_text(day, "day", "?")));
		carve_why_set(terminal, table, 1, day, "hours");
		carve_why_set(terminal, table, 2, wished, "perVisit");
		carve_why_set(terminal, table, 3, wished, "perDay");
	}
}

static void add_limits(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *explanation)
{
	const struct carved_node *limits = carved_node_get(explanation, "limits");
	for (const struct carved_node *limit = carved_node_first(limits); limit; limit = limit->next) {
		struct carved_buffer cell = CARVED_BUFFER_INIT;
		char level[32];
		carve_why_fill(terminal, &cell, "carve.why.limit", "code", carved_node_get_text(limit, "category", "?"), "label",
			carved_node_get_text(limit, "label", ""), "level",
			carve_render_value(terminal, limit, "demand", level, sizeof level), NULL);
		carve_table_add_line(table);
		carve_table_set(table, 0, cell.data);
		carve_why_set(terminal, table, 1, limit, "used");
		carve_why_set(terminal, table, 3, limit, "most");
		carved_buffer_deinit(&cell);
	}
}

static void print_bounds(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	static const char *const columns[] = {"what", "used", "least", "most", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "lrrr");
	const struct carved_node *supervisors = carved_node_get(explanation, "supervisors"),
				 *names = carved_node_get(supervisors, "names");
	add_hours(terminal, table, explanation);
	add_bound(terminal, table, "minutes", carved_node_get(explanation, "travel"), "minutes", "most");
	add_bound(terminal, table, "jobs", carved_node_get(explanation, "jobs"), "used", "most");
	add_bound(terminal, table, "supervisors", supervisors, "", "most");
	carve_table_set_integer(table, 1, names ? (long long)names->count : 0);
	add_limits(terminal, table, explanation);
	add_bound(terminal, table, "coach", carved_node_get(explanation, "support"), "coachHours", "hoursOfCoach");
	add_bound(terminal, table, "buddy", carved_node_get(explanation, "support"), "buddyHours", "hoursOfBuddies");
	carve_render_title(terminal, "carve.why.bounds");
	carve_table_print(table, 2);
	carve_table_free(table);
}

// ---- the pages

static void print_consent(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	const struct carved_node *consent = carved_node_get(explanation, "consent");
	bool shared = carved_node_get_bool(consent, "shareWithEmployer", false);
	putc('\n', terminal->out);
	carve_say(terminal, terminal->out, shared ? "carve.why.shared" : "carve.why.not-shared", "expires",
		carved_node_get_text(consent, "expires", "?"), NULL);
	carve_write(terminal->out, "\n");
}

void carve_render_why(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	carve_why_print_heading(terminal, explanation, "carve.proposal.heading");
	carve_why_print_tasks(terminal, explanation);
	carve_render_explained_week(terminal, explanation);
	carve_render_steps(terminal, explanation, NULL);
	print_categories(terminal, explanation);
	print_questions(terminal, explanation);
	carve_render_risks(terminal, explanation);
	carve_why_print_fits(terminal, explanation);
	print_bounds(terminal, explanation);
	carve_render_donors(terminal, explanation, NULL, "left");
	carve_why_print_aids(terminal, explanation);
	carve_why_print_conditions(terminal, explanation);
	carve_why_print_points(terminal, explanation);
	carve_render_review(terminal, explanation);
	print_consent(terminal, explanation);
}

void carve_render_why_employer(const struct carve_terminal *terminal, const struct carved_node *view)
{
	char hours[32];
	carve_why_print_heading(terminal, view, "carve.why.employer-heading");
	carve_why_print_tasks(terminal, view);
	carve_render_explained_week(terminal, view);
	carve_render_steps(terminal, view, NULL);
	carve_why_print_aids(terminal, view);
	carve_render_donors(terminal, view, NULL, "left");
	carve_why_print_conditions(terminal, view);
	putc('\n', terminal->out);
	carve_say(terminal, terminal->out, "carve.why.contact", "hours",
		carve_render_value(terminal, view, "buddyHours", hours, sizeof hours), "coach",
		carved_node_get_text(carved_node_get(view, "contact"), "coach", "?"), NULL);
	carve_write(terminal->out, "\n");
}
