// SPDX-License-Identifier: EUPL-1.2
// The points of an explanation, line by line.
#include "explaining.h"
#include "formatting.h"

static const char *const line_names[] = {
#define X(symbol, name) [CARVED_LINE_##symbol] = name,
	CARVED_EXPLAINED_LINES(X)
#undef X
};

static void add_counted(struct carved_json_writer *writer, const char *key, int64_t amount)
{
	if (amount < 0)
		carved_json_add_text(writer, key, NULL);
	else
		carved_json_add_integer(writer, key, amount);
}

// What the line counts.
static void add_amount(
	struct carved_json_writer *writer, const struct carved_explanation *e, const struct carved_explained_line *line)
{
	switch (line->kind) {
	case CARVED_LINE_BASE:
		carved_json_add_integer(writer, "priority", line->amount);
		break;
	case CARVED_LINE_WAITING:
		carved_json_add_integer(writer, "months", line->amount);
		break;
	case CARVED_LINE_OPTIONS:
		add_counted(writer, "options", line->amount);
		break;
	case CARVED_LINE_TASK:
		carved_json_add_integer(writer, "slot", (int64_t)line->index);
		carved_json_add_hours(writer, "hours", (int)line->amount);
		break;
	case CARVED_LINE_EXTRA_JOBS:
		carved_json_add_integer(writer, "jobs", line->amount);
		break;
	case CARVED_LINE_AID:
		carved_json_add_text(writer, "aid", e->aids[line->index].aid->by);
		break;
	case CARVED_LINE_QUESTION:
		carved_json_add_text(writer, "category", carved_icf_code(e->categories[e->questions[line->index]].icf));
		break;
	case CARVED_LINE_COACH:
	case CARVED_LINE_BUDDY:
		carved_json_add_hours(writer, "hours", (int)line->amount);
		break;
	case CARVED_LINE_ROUNDING:
		break;
	}
}

void carved_explain_add_points(struct carved_json_writer *writer, const struct carved_explanation *e)
{
	carved_json_add_integer(writer, "value", e->value);
	carved_json_begin_object(writer, "parts");
#define X(part) carved_json_add_integer(writer, #part, e->parts.part);
	CARVED_VALUE_PARTS(X)
#undef X
	carved_json_end_object(writer);
	carved_json_begin_array(writer, "points");
	for (size_t i = 0; i < e->line_count; i++) {
		const struct carved_explained_line *line = &e->lines[i];
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "part", carved_explained_part_names[line->part]);
		carved_json_add_text(writer, "line", line_names[line->kind]);
		add_amount(writer, e, line);
		carved_json_add_integer(writer, "points", line->points);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}
