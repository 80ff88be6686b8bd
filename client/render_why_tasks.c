// SPDX-License-Identifier: EUPL-1.2
// How well each task fits, part by part: the points, and below them what they came from.
#include "carved/base/buffer.h"
#include "listing.h"
#include "render.h"
#include "render_why.h"
#include "render_work.h"

static const char *value(
	const struct carve_terminal *terminal, const struct carved_node *node, const char *member, char *text, size_t room)
{
	const struct carved_node *found = carved_node_get(node, member);
	bool is_stated = found && found->kind != CARVED_NODE_NULL;
	return is_stated ? carve_value(terminal, found, text, room) : carve_word(terminal, "carve.why.not-stated");
}

static void begin(const struct carve_terminal *terminal, const struct carved_node *part, struct carved_buffer *cell)
{
	char points[32];
	carved_buffer_clear(cell);
	carved_buffer_add_text(cell, carve_render_value(terminal, part, "points", points, sizeof points));
}

static void add_matches(const struct carved_node *part, const char *member, const char *sign, struct carved_buffer *cell)
{
	for (const struct carved_node *match = carved_node_first(carved_node_get(part, member)); match; match = match->next)
		carved_buffer_printf(
			cell, "\n%s %s", sign, carved_node_get_text(match, "label", carved_node_get_text(match, "tag", "?")));
}

static void set_wish(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *part,
	struct carved_buffer *cell)
{
	begin(terminal, part, cell);
	add_matches(part, "liked", "+", cell);
	add_matches(part, "avoided", "-", cell);
	add_matches(part, "both", "+-", cell);
	carve_table_set(table, 3, cell->data);
}

static void set_challenge(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *part,
	struct carved_buffer *cell)
{
	char level[32], wished[32];
	begin(terminal, part, cell);
	carved_buffer_add_text(cell, "\n");
	carve_why_fill(terminal, cell, "carve.why.level", "level", value(terminal, part, "level", level, sizeof level), "wished",
		value(terminal, part, "wished", wished, sizeof wished), NULL);
	carve_table_set(table, 4, cell->data);
}

static const char *company(const struct carve_terminal *terminal, const struct carved_node *part, const char *member)
{
	const char *name = carved_node_get_text(part, member, NULL);
	return name ? carve_render_label(terminal, "company", name) : carve_word(terminal, "carve.why.not-stated");
}

static void set_setting(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *part,
	struct carved_buffer *cell)
{
	begin(terminal, part, cell);
	carved_buffer_add_text(cell, "\n");
	carve_why_fill(terminal, cell, "carve.why.company", "company", company(terminal, part, "company"), "wished",
		company(terminal, part, "wished"), NULL);
	carve_table_set(table, 5, cell->data);
}

static void set_travel(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *part,
	struct carved_buffer *cell)
{
	char minutes[32], most[32];
	begin(terminal, part, cell);
	carved_buffer_add_text(cell, "\n");
	carve_why_fill(terminal, cell, "carve.why.minutes", "minutes", value(terminal, part, "minutes", minutes, sizeof minutes),
		"most", value(terminal, part, "most", most, sizeof most), NULL);
	carve_table_set(table, 6, cell->data);
}

static void add_task(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *task)
{
	const struct carved_node *fit = carved_node_get(task, "fit");
	const char *part = carved_node_get_text(task, "part", NULL);
	struct carved_buffer cell = CARVED_BUFFER_INIT;
	carved_buffer_printf(&cell, "%s%s%s", carved_node_get_text(task, "task", "?"), part ? "\n" : "",
		part ? carve_render_label(terminal, "day-part", part) : "");
	carve_table_add_line(table);
	carve_table_set(table, 0, cell.data);
	carve_why_set(terminal, table, 1, fit, "points");
	begin(terminal, carved_node_get(fit, "comfort"), &cell);
	carve_table_set(table, 2, cell.data);
	set_wish(terminal, table, carved_node_get(fit, "wish"), &cell);
	set_challenge(terminal, table, carved_node_get(fit, "challenge"), &cell);
	set_setting(terminal, table, carved_node_get(fit, "setting"), &cell);
	set_travel(terminal, table, carved_node_get(fit, "travel"), &cell);
	carved_buffer_deinit(&cell);
}

static void set_weights(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *fit)
{
	static const char *const parts[] = {"comfort", "wish", "challenge", "setting", "travel"};
	carve_table_add_line(table);
	carve_table_set(table, 0, carve_word(terminal, "carve.why.weights"));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		char text[32], cell[40];
		carve_render_value(terminal, carved_node_get(fit, parts[i]), "weight", text, sizeof text);
		snprintf(cell, sizeof cell, "%s%%", text);
		carve_table_set(table, 2 + i, cell);
	}
}

void carve_why_print_fits(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	static const char *const columns[] = {"task", "fit", "comfort", "wish", "challenge", "setting", "travel", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "lrrllll");
	const struct carved_node *tasks = carved_node_get(explanation, "tasks");
	set_weights(terminal, table, carved_node_get(carved_node_first(tasks), "fit"));
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next)
		add_task(terminal, table, task);
	carve_render_title(terminal, "carve.why.fits");
	carve_table_print(table, 2);
	carve_table_free(table);
}
