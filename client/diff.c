// SPDX-License-Identifier: EUPL-1.2
// carve diff: what a plan changes for people against another.
#include "carved/base/arena.h"
#include "commands.h"
#include "kind.h"
#include "locate.h"
#include "render.h"
#include "render_work.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// A difference, with its sign; "" where there is none to tell.
static const char *signed_value(
	const struct carve_terminal *terminal, const struct carved_node *node, const char *member, char *text, size_t room)
{
	char plain[32];
	const struct carved_node *value = carved_node_get(node, member);
	const char *figure = carve_render_value(terminal, node, member, plain, sizeof plain);
	bool more = value && (value->kind == CARVED_NODE_INTEGER ? value->integer > 0
								 : value->kind == CARVED_NODE_REAL && value->real > 0);
	snprintf(text, room, "%s%s", more ? "+" : "", figure);
	return text;
}

static void set_signed(const struct carve_terminal *terminal, struct carve_table *table, size_t column,
	const struct carved_node *node, const char *member)
{
	char text[40];
	carve_table_set(table, column, signed_value(terminal, node, member, text, sizeof text));
}

static void set_value(const struct carve_terminal *terminal, struct carve_table *table, size_t column,
	const struct carved_node *node, const char *member)
{
	char text[32];
	carve_table_set(table, column, carve_render_value(terminal, node, member, text, sizeof text));
}

static void print_heading(const struct carve_terminal *terminal, const struct carved_node *root)
{
	char different[32];
	const struct carved_node *plan = carved_node_get(root, "plan"), *against = carved_node_get(root, "against");
	carve_say(terminal, terminal->out, "carve.diff.heading", "plan", carved_node_get_text(plan, "id", "?"), "against",
		carved_node_get_text(against, "id", "?"), "different",
		carve_render_value(terminal, root, "different", different, sizeof different), NULL);
	putc('\n', terminal->out);
	carve_write(terminal->out,
		carve_word(terminal,
			carved_node_get_bool(root, "sameInputs", false) ? "carve.diff.same-inputs" : "carve.diff.other-inputs"));
	putc('\n', terminal->out);
}

// ---- figures of both plans

static void add_figure(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *root,
	const char *member, const char *of_total)
{
	carve_table_add_line(table);
	carve_table_set(table, 0, carve_render_label(terminal, "column", member));
	set_value(terminal, table, 1, carved_node_get(root, "against"), member);
	set_value(terminal, table, 2, carved_node_get(root, "plan"), member);
	set_signed(terminal, table, 3, carved_node_get(root, "total"), of_total);
}

static void add_sites(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *sites)
{
	char text[32];
	int64_t more = carved_node_get_integer(sites, "after", 0) - carved_node_get_integer(sites, "before", 0);
	carve_table_add_line(table);
	carve_table_set(table, 0, carve_word(terminal, "carve.diff.sites-used"));
	set_value(terminal, table, 1, sites, "before");
	set_value(terminal, table, 2, sites, "after");
	snprintf(text, sizeof text, more > 0 ? "+%" PRId64 : "%" PRId64, more);
	carve_table_set(table, 3, text);
}

static void print_figures(const struct carve_terminal *terminal, const struct carved_node *root)
{
	struct carve_table *table = carve_table_new(terminal);
	carve_table_add_column(table, "", false);
	carve_table_add_column(table, carved_node_get_text(carved_node_get(root, "against"), "id", "?"), true);
	carve_table_add_column(table, carved_node_get_text(carved_node_get(root, "plan"), "id", "?"), true);
	carve_table_add_column(table, carve_word(terminal, "carve.column.difference"), true);
	add_figure(terminal, table, root, "value", "value");
	add_figure(terminal, table, root, "bound", "bound");
	add_figure(terminal, table, root, "placed", "people");
	add_sites(terminal, table, carved_node_get(root, "sites"));
	putc('\n', terminal->out);
	carve_table_print(table, 0);
	carve_table_free(table);
}

static void add_sum(
	const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *sum, const char *label)
{
	carve_table_add_line(table);
	set_value(terminal, table, 0, sum, "people");
	set_signed(terminal, table, 1, sum, "hours");
	set_signed(terminal, table, 2, sum, "value");
	carve_table_set(table, 3, label);
}

static void print_classes(const struct carve_terminal *terminal, const struct carved_node *root)
{
	static const char *const columns[] = {"people", "hours", "points", "what", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "rrrl");
	const struct carved_node *classes = carved_node_get(root, "classes");
	for (const struct carved_node *class = carved_node_first(classes); class; class = class->next)
		add_sum(terminal, table, class, carve_render_label(terminal, "difference", class->key));
	putc('\n', terminal->out);
	carve_table_print(table, 0);
	carve_table_free(table);
}

// ---- people

static const char *work_of(const struct carved_node *slot)
{
	return carved_node_get_text(slot, "job", carved_node_get_text(slot, "vacancy", "?"));
}

// A slot as a line: "carve.diff.KIND", or "carve.diff.KIND-part" where it is of one day part. The caller frees it.
static char *say_slot(const struct carve_terminal *terminal, const char *kind, const struct carved_node *slot)
{
	char before[32], after[32], hours[32], msgid[64], *text = NULL;
	size_t length;
	FILE *memory = open_memstream(&text, &length);
	if (!memory)
		carved_out_of_memory();
	const char *part = carved_node_get_text(slot, "part", NULL);
	snprintf(msgid, sizeof msgid, "carve.diff.%s%s", kind, part ? "-part" : "");
	carve_say(terminal, memory, msgid, "work", work_of(slot), "task", carved_node_get_text(slot, "task", "?"), "part",
		part ? carve_render_label(terminal, "day-part", part) : "", "hours",
		carve_render_value(terminal, slot, "hours", hours, sizeof hours), "before",
		carve_render_value(terminal, slot, "before", before, sizeof before), "after",
		carve_render_value(terminal, slot, "after", after, sizeof after), NULL);
	fclose(memory);
	return text;
}

static void add_slots(
	const struct carve_terminal *terminal, const char *kind, const struct carved_node *slots, struct carved_buffer *cell)
{
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next) {
		char *text = say_slot(terminal, kind, slot);
		carved_buffer_printf(cell, "%s%s", cell->length > 0 ? "\n" : "", text);
		free(text);
	}
}

// What somebody has in one of the plans: a package, or why there is none.
static void set_side(
	const struct carve_terminal *terminal, struct carve_table *table, size_t column, const struct carved_node *side)
{
	struct carved_buffer cell = CARVED_BUFFER_INIT;
	char hours[32], *text = NULL;
	size_t length;
	const char *reason = carved_node_get_text(side, "reason", NULL);
	if (!side || side->kind != CARVED_NODE_MAP) {
		carve_table_set(table, column, carve_word(terminal, "carve.diff.absent"));
		return;
	}
	if (reason) {
		carve_table_set(table, column, carve_render_reason(terminal, reason));
		return;
	}
	FILE *memory = open_memstream(&text, &length);
	if (!memory)
		carved_out_of_memory();
	carve_say(terminal, memory, "carve.diff.package", "proposal", carved_node_get_text(side, "proposal", "?"), "site",
		carved_node_get_text(side, "site", "?"), "hours",
		carve_render_value(terminal, side, "hours", hours, sizeof hours), NULL);
	fclose(memory);
	carved_buffer_add_text(&cell, text);
	add_slots(terminal, "slot", carved_node_get(side, "slots"), &cell);
	carve_table_set(table, column, cell.data);
	carved_buffer_deinit(&cell);
	free(text);
}

static void add_person(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *person)
{
	struct carved_buffer tasks = CARVED_BUFFER_INIT;
	carve_table_add_line(table);
	carve_table_set(table, 0, carved_node_get_text(person, "candidate", "?"));
	carve_table_set(table, 1, carve_render_label(terminal, "difference", carved_node_get_text(person, "class", "?")));
	set_side(terminal, table, 2, carved_node_get(person, "before"));
	set_side(terminal, table, 3, carved_node_get(person, "after"));
	set_signed(terminal, table, 4, person, "hours");
	set_signed(terminal, table, 5, person, "value");
	add_slots(terminal, "task", carved_node_get(person, "tasks"), &tasks);
	carve_table_set(table, 6, tasks.data ? tasks.data : "");
	carved_buffer_deinit(&tasks);
}

static void print_people(const struct carve_terminal *terminal, const struct carved_node *root)
{
	static const char *const columns[] = {"candidate", "what", "former", "now", "hours", "points", "tasks-changed", NULL};
	const struct carved_node *people = carved_node_get(root, "people");
	if (!carved_node_first(people))
		return;
	struct carve_table *table = carve_render_table(terminal, columns, "llllrrl");
	for (const struct carved_node *person = carved_node_first(people); person; person = person->next)
		add_person(terminal, table, person);
	putc('\n', terminal->out);
	carve_table_print(table, 0);
	carve_table_free(table);
}

// ---- with --full

static void print_parts(const struct carve_terminal *terminal, const struct carved_node *total)
{
	static const char *const columns[] = {"points", "value-part", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "rl");
	const struct carved_node *parts = carved_node_get(total, "parts");
	for (const struct carved_node *part = carved_node_first(parts); part; part = part->next) {
		carve_table_add_line(table);
		set_signed(terminal, table, 0, parts, part->key);
		carve_table_set(table, 1, carve_render_label(terminal, "value", part->key));
	}
	carve_table_add_line(table);
	set_signed(terminal, table, 0, total, "value");
	carve_table_set(table, 1, carve_word(terminal, "carve.value.total"));
	carve_render_title(terminal, "carve.diff.parts");
	carve_table_print(table, 2);
	carve_table_free(table);
}

static void print_sites(const struct carve_terminal *terminal, const struct carved_node *sites)
{
	static const char *const columns[] = {"site", "people-before", "people-after", "hours-before", "hours-after", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "lrrrr");
	for (const struct carved_node *site = carved_node_first(carved_node_get(sites, "items")); site; site = site->next) {
		const struct carved_node *before = carved_node_get(site, "before"), *after = carved_node_get(site, "after");
		carve_table_add_line(table);
		set_value(terminal, table, 0, site, "site");
		set_value(terminal, table, 1, before, "people");
		set_value(terminal, table, 2, after, "people");
		set_value(terminal, table, 3, before, "hours");
		set_value(terminal, table, 4, after, "hours");
	}
	carve_render_title(terminal, "carve.diff.sites");
	carve_table_print(table, 2);
	carve_table_free(table);
}

static void print_difference(const struct carve_session *session, const struct carved_node *root)
{
	const struct carve_terminal *terminal = session->terminal;
	print_heading(terminal, root);
	print_figures(terminal, root);
	print_classes(terminal, root);
	print_people(terminal, root);
	if (session->args->full) {
		print_parts(terminal, carved_node_get(root, "total"));
		print_sites(terminal, carved_node_get(root, "sites"));
	}
}

enum carve_exit carve_run_diff(struct carve_session *session)
{
	char *const *operands = session->args->operands;
	bool two = session->args->operand_count == 2;
	for (int i = 0; i < session->args->operand_count; i++) {
		if (!carve_kind_is_plan_id(operands[i]))
			return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_PLAN, "plan", operands[i]);
	}
	struct carve_answer answer;
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carve_locate_add(session, CARVE_PLAN, operands[two ? 1 : 0], &path);
	carved_buffer_printf(&path, "/differences?view=%s", session->args->full ? "full" : "summary");
	if (two)
		carved_buffer_printf(&path, "&against=%s", operands[0]);
	enum carve_exit code = carve_session_get(session, path.data, &answer);
	if (code == CARVE_YES) {
		if (session->args->json)
			carve_session_print_body(session, &answer);
		else
			print_difference(session, answer.json);
		code = carved_node_get_integer(answer.json, "different", 0) > 0 ? CARVE_NO : CARVE_YES;
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
	return code;
}
