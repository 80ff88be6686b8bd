// SPDX-License-Identifier: EUPL-1.2
// Where the points of a proposal come from: a line of the table for each line that says something, and their sum.
#include "carved/base/buffer.h"
#include "carved/data/icf.h"
#include "render.h"
#include "render_why.h"
#include "render_work.h"
#include <stdio.h>
#include <string.h>

// {what} is whatever the line counts; a task is told with its hours.
static void describe(const struct carve_terminal *terminal, const struct carved_node *explanation, const struct carved_node *line,
	struct carved_buffer *cell)
{
	static const char *const counts[] = {"months", "options", "jobs", "hours", "aid", "category"};
	const char *kind = carved_node_get_text(line, "line", "?"), *what = "";
	char msgid[64], text[32];
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		const struct carved_node *count = carved_node_get(line, counts[i]);
		if (count && count->kind != CARVED_NODE_NULL)
			what = carve_render_value(terminal, line, counts[i], text, sizeof text);
	}
	snprintf(msgid, sizeof msgid, "carve.why-line.%s%s", kind, strcmp(kind, "options") == 0 && !*what ? "-unknown" : "");
	carved_icf icf = strcmp(kind, "question") == 0 ? carved_icf_find(what) : CARVED_ICF_NONE;
	const char *label = icf == CARVED_ICF_NONE ? NULL : carved_icf_label(icf, terminal->language);
	carve_why_fill(terminal, cell, msgid, "what", label ? label : what, "aid", carve_why_aid(explanation, what), "task",
		carve_why_task(explanation, carved_node_get_integer(line, "slot", 0)), NULL);
}

void carve_why_print_points(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	static const char *const columns[] = {"points", "value-part", "from", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "rll");
	const struct carved_node *points = carved_node_get(explanation, "points");
	const char *last = "";
	for (const struct carved_node *line = carved_node_first(points); line; line = line->next) {
		const char *part = carved_node_get_text(line, "part", "?");
		struct carved_buffer cell = CARVED_BUFFER_INIT;
		if (carved_node_get_integer(line, "points", 0) == 0)
			continue;
		describe(terminal, explanation, line, &cell);
		carve_table_add_line(table);
		carve_why_set(terminal, table, 0, line, "points");
		carve_table_set(table, 1, strcmp(part, last) == 0 ? "" : carve_render_label(terminal, "value", part));
		carve_table_set(table, 2, cell.data);
		carved_buffer_deinit(&cell);
		last = part;
	}
	carve_table_add_line(table);
	carve_why_set(terminal, table, 0, explanation, "value");
	carve_table_set(table, 1, carve_word(terminal, "carve.value.total"));
	carve_render_title(terminal, "carve.proposal.parts");
	carve_table_print(table, 2);
	carve_table_free(table);
}
