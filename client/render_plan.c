// SPDX-License-Identifier: EUPL-1.2
#include "listing.h"
#include "locate.h"
#include "render.h"
#include "watch.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *carve_render_label(const struct carve_terminal *terminal, const char *group, const char *name)
{
	char msgid[96];
	snprintf(msgid, sizeof msgid, "carve.%s.%s", group, name);
	const char *label = carved_text_find(terminal->language, msgid);
	return label ? label : name;
}

const char *carve_render_reason(const struct carve_terminal *terminal, const char *rule)
{
	return carve_render_label(terminal, "rule", rule);
}

// What a member is worth as text, "?" where it is absent; in `room` bytes at `text`.
static const char *figure(
	const struct carve_terminal *terminal, const struct carved_node *plan, const char *member, char *text, size_t room)
{
	const struct carved_node *node = carved_node_get(plan, member);
	return node && node->kind != CARVED_NODE_NULL ? carve_value(terminal, node, text, room) : "?";
}

static void print_heading(const struct carve_terminal *terminal, const struct carved_node *plan)
{
	const char *id = carved_node_get_text(plan, "id", "?"), *state = carved_node_get_text(plan, "state", "?");
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, id);
	carve_write(terminal->out, "  ");
	carve_say(terminal, terminal->out, "carve.plan.heading", "date", carved_node_get_text(plan, "date", "?"), "state",
		carve_render_label(terminal, "state", state), NULL);
	if (carved_node_get_bool(plan, "simulated", false))
		carve_say(terminal, terminal->out, "carve.plan.simulated", NULL);
	putc('\n', terminal->out);
}

// (bound - value) / bound in per cent; "?" without a bound.
static void format_gap(int64_t value, const struct carved_node *bound, char *text, size_t room)
{
	if (bound && bound->kind == CARVED_NODE_INTEGER && bound->integer > 0)
		snprintf(text, room, "%.2f", 100.0 * (double)(bound->integer - value) / (double)bound->integer);
	else
		snprintf(text, room, "?");
}

// How far it departs from the plan that it began from, where it began from one.
static void print_departure(const struct carve_terminal *terminal, const struct carved_node *plan)
{
	char different[32], had_to[32];
	const char *from = carved_node_get_text(carved_node_get(plan, "from"), "plan", NULL);
	if (!from || !carved_node_get(plan, "different"))
		return;
	carve_say(terminal, terminal->out, "carve.plan.departure", "plan", from, "different",
		figure(terminal, plan, "different", different, sizeof different), "forced",
		figure(terminal, plan, "hadTo", had_to, sizeof had_to), NULL);
	putc('\n', terminal->out);
}

static void print_figures(const struct carve_terminal *terminal, const struct carved_node *plan)
{
	char placed[32], candidates[32], value[32], bound[32], seed[32], iterations[32], gap[32];
	format_gap(carved_node_get_integer(plan, "value", 0), carved_node_get(plan, "bound"), gap, sizeof gap);
	carve_say(terminal, terminal->out, "carve.plan.figures", "placed",
		figure(terminal, plan, "placed", placed, sizeof placed), "candidates",
		figure(terminal, plan, "candidates", candidates, sizeof candidates), "value",
		figure(terminal, plan, "value", value, sizeof value), "bound",
		figure(terminal, plan, "bound", bound, sizeof bound), "gap", gap, "seed",
		figure(terminal, plan, "seed", seed, sizeof seed), "iterations",
		figure(terminal, plan, "iterations", iterations, sizeof iterations), "end",
		carve_render_label(terminal, "ended-by", carved_node_get_text(plan, "endedBy", "?")), NULL);
	putc('\n', terminal->out);
	print_departure(terminal, plan);
}

static void set_member(const struct carve_terminal *terminal, struct carve_table *table, size_t column,
	const struct carved_node *node, const char *member)
{
	char text[64];
	carve_table_set(table, column, carve_value(terminal, carved_node_get(node, member), text, sizeof text));
}

static void add_proposal(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *proposal)
{
	carve_table_add_line(table);
	set_member(terminal, table, 0, proposal, "id");
	set_member(terminal, table, 1, proposal, "candidate");
	set_member(terminal, table, 2, proposal, "site");
	carve_table_set(table, 3, carve_render_label(terminal, "package", carved_node_get_text(proposal, "kind", "")));
	set_member(terminal, table, 4, proposal, "hours");
	set_member(terminal, table, 5, proposal, "value");
	const struct carved_node *slots = carved_node_get(proposal, "slots"), *questions = carved_node_get(proposal, "questions");
	carve_table_set_integer(table, 6, slots ? (long long)slots->count : 0);
	carve_table_set_integer(table, 7, questions ? (long long)questions->count : 0);
	const struct carved_node *condition = carved_node_first(carved_node_get(proposal, "conditions"));
	carve_table_set(table, 8, condition && condition->text ? carve_render_label(terminal, "condition", condition->text) : "");
}

static void print_proposals(const struct carve_terminal *terminal, const struct carved_node *proposals)
{
	static const struct {
		const char *name;
		bool right;
	} columns[] = {{"id", false}, {"candidate", false}, {"site", false}, {"kind", false}, {"hours", true}, {"value", true},
		{"slots", true}, {"questions", true}, {"conditions", false}};
	if (!proposals || proposals->count == 0)
		return;
	struct carve_table *table = carve_table_new(terminal);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		carve_table_add_column(table, carve_render_label(terminal, "column", columns[i].name), columns[i].right);
	for (const struct carved_node *proposal = carved_node_first(proposals); proposal; proposal = proposal->next)
		add_proposal(terminal, table, proposal);
	putc('\n', terminal->out);
	carve_table_print(table, 0);
	carve_table_free(table);
}

#define EXAMPLES_MAX 6
#define REASONS_MAX 64 // there are some 25 rules

struct reason { // why candidates were not placed
	const char *rule;
	long long count;
	struct carved_buffer examples; // refs
};

struct reasons {
	struct reason items[REASONS_MAX];
	size_t count;
};

// The most frequent first; equal ones by name.
static int compare_reasons(const void *left, const void *right)
{
	const struct reason *a = left, *b = right;
	return a->count != b->count ? (a->count < b->count) - (a->count > b->count) : strcmp(a->rule, b->rule);
}

static void count_reason(struct reasons *reasons, const struct carved_node *unplaced)
{
	const char *rule = carved_node_get_text(unplaced, "reason", "?");
	size_t at = 0;
	while (at < reasons->count && strcmp(reasons->items[at].rule, rule) != 0)
		at++;
	if (at == REASONS_MAX)
		return;
	if (at == reasons->count)
		reasons->items[reasons->count++].rule = rule;
	long long count = reasons->items[at].count++;
	if (count < EXAMPLES_MAX)
		carved_buffer_printf(
			&reasons->items[at].examples, "%s%s", count ? " " : "", carved_node_get_text(unplaced, "candidate", "?"));
	else if (count == EXAMPLES_MAX)
		carved_buffer_add_text(&reasons->items[at].examples, " ...");
}

static void print_unplaced(const struct carve_terminal *terminal, const struct carved_node *unplaced)
{
	struct reasons reasons = {0};
	if (!unplaced || unplaced->count == 0)
		return;
	for (const struct carved_node *one = carved_node_first(unplaced); one; one = one->next)
		count_reason(&reasons, one);
	qsort(reasons.items, reasons.count, sizeof *reasons.items, compare_reasons);
	struct carve_table *table = carve_table_new(terminal);
	carve_table_add_column(table, carve_word(terminal, "carve.column.unplaced"), true);
	carve_table_add_column(table, carve_word(terminal, "carve.column.reason"), false);
	carve_table_add_column(table, carve_word(terminal, "carve.column.candidates"), false);
	for (size_t i = 0; i < reasons.count; i++) {
		carve_table_add_line(table);
		carve_table_set_integer(table, 0, reasons.items[i].count);
		carve_table_set(table, 1, carve_render_reason(terminal, reasons.items[i].rule));
		carve_table_set(table, 2, reasons.items[i].examples.data);
		carved_buffer_deinit(&reasons.items[i].examples);
	}
	putc('\n', terminal->out);
	carve_table_print(table, 0);
	carve_table_free(table);
}

char *carve_render_progress(const struct carve_terminal *terminal, const struct carved_node *progress)
{
	char value[32], bound[32], gap[32], placed[32], *text = NULL;
	size_t length;
	FILE *memory = open_memstream(&text, &length);
	if (!memory)
		carved_out_of_memory();
	format_gap(carved_node_get_integer(progress, "value", 0), carved_node_get(progress, "bound"), gap, sizeof gap);
	carve_say(terminal, memory, "carve.plan.progress", "phase",
		carve_render_label(terminal, "phase", carved_node_get_text(progress, "phase", "queued")), "value",
		figure(terminal, progress, "value", value, sizeof value), "bound",
		figure(terminal, progress, "bound", bound, sizeof bound), "gap", gap, "placed",
		figure(terminal, progress, "placed", placed, sizeof placed), NULL);
	fclose(memory);
	return text;
}

static void print_running(const struct carve_terminal *terminal, const struct carved_node *plan)
{
	char *progress = carve_render_progress(terminal, carved_node_get(plan, "progress"));
	carve_write(terminal->out, progress);
	carve_write(terminal->out, "\n");
	free(progress);
}

static void say_failed(const struct carve_terminal *terminal, const struct carved_node *plan)
{
	const struct carved_node *problem = carved_node_get(plan, "problem");
	carve_say(terminal, terminal->err, "carve.plan.failed", "plan", carved_node_get_text(plan, "id", "?"), "reason",
		carved_node_get_text(problem, "message", carved_node_get_text(problem, "code", "?")), NULL);
	putc('\n', terminal->err);
}

static void say_early(const struct carve_terminal *terminal)
{
	putc('\n', terminal->out);
	carve_say(terminal, terminal->out, "carve.plan.early", NULL);
	putc('\n', terminal->out);
}

enum carve_exit carve_render_plan(struct carve_session *session, const struct carve_answer *answer)
{
	const struct carve_terminal *terminal = session->terminal;
	const struct carved_node *plan = answer->json;
	const char *state = carved_node_get_text(plan, "state", "");
	bool failed = strcmp(state, "failed") == 0, ended = carve_watch_has_ended(state);
	if (session->args->json) {
		carve_session_print_body(session, answer);
	} else {
		print_heading(terminal, plan);
		if (failed)
			say_failed(terminal, plan);
		else if (ended)
			print_figures(terminal, plan);
		else
			print_running(terminal, plan);
		print_proposals(terminal, carved_node_get(plan, "proposals"));
		print_unplaced(terminal, carved_node_get(plan, "unplaced"));
		if (ended && !failed && !carved_node_get(plan, "unplaced"))
			say_early(terminal);
	}
	if (failed)
		return CARVE_INTERNAL;
	return ended && carved_node_get_integer(plan, "placed", 0) == 0 ? CARVE_NO : CARVE_YES;
}

enum carve_exit carve_render_plan_of(struct carve_session *session, const char *id)
{
	struct carve_answer answer;
	char *path = carve_locate_path(session, CARVE_PLAN, id);
	enum carve_exit code = carve_session_get(session, path, &answer);
	free(path);
	if (code != CARVE_YES)
		return code;
	code = carve_render_plan(session, &answer);
	carve_answer_deinit(&answer);
	return code;
}
