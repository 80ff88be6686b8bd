// SPDX-License-Identifier: EUPL-1.2
// carve explain: what documents hold, from the tables that the daemon reads them by. Asks no daemon.
#include "carved/model/reference.h"
#include "commands.h"
#include "table.h"
#include <stdlib.h>
#include <string.h>

enum { FOUND_MAX = 32, COLUMNS = 4 };

struct search { // keys that are named without what is above them
	const char *wanted;
	struct carved_reference found[FOUND_MAX];
	size_t count;
};

static bool ends_with_step(const char *path, const char *wanted)
{
	size_t path_length = strlen(path), length = strlen(wanted);
	return path_length > length && strcmp(path + path_length - length, wanted) == 0 && path[path_length - length - 1] == '.';
}

static void search_below(const struct carved_reference *above, struct search *search)
{
	for (size_t i = 0; i < carved_reference_count(above); i++) {
		struct carved_reference below = carved_reference_below(above, i);
		if (ends_with_step(below.path, search->wanted) && search->count < FOUND_MAX)
			search->found[search->count++] = below;
		search_below(&below, search);
	}
}

static void search_all(struct search *search)
{
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		struct carved_reference reference = carved_reference_of((enum carved_kind)kind);
		search_below(&reference, search);
	}
}

// ---- tables

// "required", the default, or nothing.
static const char *absent_text(
	const struct carve_terminal *terminal, const struct carved_reference *reference, char text[CARVED_HOURS_TEXT_MAX])
{
	if (carved_reference_is_required(reference))
		return carve_word(terminal, "carve.explain.required");
	return carved_reference_default(reference, text) ? text : "";
}

static void add_line(const struct carve_terminal *terminal, struct carve_table *table, const char *name,
	const struct carved_reference *reference)
{
	char text[CARVED_HOURS_TEXT_MAX];
	struct carved_buffer holds = CARVED_BUFFER_INIT;
	carved_reference_add_holds(reference, terminal->language, &holds);
	carve_table_add_line(table);
	carve_table_set(table, 0, name);
	carve_table_set(table, 1, absent_text(terminal, reference, text));
	carve_table_set(table, 2, holds.data);
	carve_table_set(table, 3, carved_reference_meaning(reference, terminal->language));
	carved_buffer_deinit(&holds);
}

static struct carve_table *new_table(const struct carve_terminal *terminal)
{
	static const char *const headings[COLUMNS] = {"carve.explain.heading.key", "carve.explain.heading.absent",
		"carve.explain.heading.holds", "carve.explain.heading.meaning"};
	struct carve_table *table = carve_table_new(terminal);
	for (size_t i = 0; i < COLUMNS; i++)
		carve_table_add_column(table, carve_word(terminal, headings[i]), false);
	return table;
}

static void print_keys(const struct carve_terminal *terminal, const struct carved_reference *above)
{
	struct carve_table *table = new_table(terminal);
	for (size_t i = 0; i < carved_reference_count(above); i++) {
		struct carved_reference below = carved_reference_below(above, i);
		add_line(terminal, table, carved_reference_key(&below), &below);
	}
	carve_table_print(table, 0);
	carve_table_free(table);
}

static void print_found(const struct carve_terminal *terminal, const struct search *search)
{
	struct carve_table *table = new_table(terminal);
	for (size_t i = 0; i < search->count; i++)
		add_line(terminal, table, search->found[i].path, &search->found[i]);
	carve_table_print(table, 0);
	carve_table_free(table);
}

static void print_kinds(const struct carve_terminal *terminal)
{
	struct carve_table *table = carve_table_new(terminal);
	carve_table_add_column(table, carve_word(terminal, "carve.explain.heading.kind"), false);
	carve_table_add_column(table, carve_word(terminal, "carve.explain.heading.meaning"), false);
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		struct carved_reference reference = carved_reference_of((enum carved_kind)kind);
		carve_table_add_line(table);
		carve_table_set(table, 0, reference.path);
		carve_table_set(table, 1, carved_reference_meaning(&reference, terminal->language));
	}
	carve_table_print(table, 0);
	carve_table_free(table);
}

// ---- one key

static void add_fact(const struct carve_terminal *terminal, struct carve_table *table, const char *label, const char *text)
{
	carve_table_add_line(table);
	carve_table_set(table, 0, carve_word(terminal, label));
	carve_table_set(table, 1, text);
}

static void print_facts(const struct carve_terminal *terminal, const struct carved_reference *reference)
{
	char text[CARVED_HOURS_TEXT_MAX];
	struct carved_buffer holds = CARVED_BUFFER_INIT;
	struct carve_table *table = carve_table_new(terminal);
	const char *absent = absent_text(terminal, reference, text);
	carved_reference_add_holds(reference, terminal->language, &holds);
	carve_table_add_column(table, "", false);
	carve_table_add_column(table, "", false);
	carve_table_hide_headings(table);
	add_fact(terminal, table, "carve.explain.holds", holds.data);
	add_fact(terminal, table, "carve.explain.absent", *absent ? absent : carve_word(terminal, "carve.explain.optional"));
	add_fact(terminal, table, "carve.explain.example", carved_reference_example(reference));
	carve_table_print(table, 0);
	carve_table_free(table);
	carved_buffer_deinit(&holds);
}

static void print_reference(const struct carve_terminal *terminal, const struct carved_reference *reference)
{
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, reference->path);
	fprintf(terminal->out, ": %s\n\n", carved_reference_meaning(reference, terminal->language));
	if (reference->field)
		print_facts(terminal, reference);
	if (reference->field && reference->schema)
		putc('\n', terminal->out);
	if (reference->schema)
		print_keys(terminal, reference);
}

// ---- JSON

static void print_json(const struct carve_terminal *terminal, const struct carved_buffer *json)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_buffer pretty = CARVED_BUFFER_INIT;
	const struct carved_node *root;
	struct carved_error error;
	uint32_t line, column;
	if (!carved_json_parse(json->data, json->length, &arena, &root, &error, &line, &column))
		abort(); // it is our own
	carved_json_format_pretty(root, &pretty);
	fprintf(terminal->out, "%s\n", pretty.data);
	carved_buffer_deinit(&pretty);
	carved_arena_deinit(&arena);
}

static void print_schema(const struct carve_terminal *terminal, const struct carved_reference *reference)
{
	struct carved_buffer json = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&json);
	carved_reference_write_schema(reference, &writer, NULL);
	print_json(terminal, &json);
	carved_buffer_deinit(&json);
}

// The schemas of several, by their paths.
static void print_schemas(const struct carve_terminal *terminal, const struct carved_reference *references, size_t count)
{
	struct carved_buffer json = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&json);
	carved_json_begin_object(&writer, NULL);
	for (size_t i = 0; i < count; i++)
		carved_reference_write_schema(&references[i], &writer, references[i].path);
	carved_json_end_object(&writer);
	print_json(terminal, &json);
	carved_buffer_deinit(&json);
}

// ---- the command

static enum carve_exit explain_kinds(const struct carve_session *session)
{
	struct carved_reference kinds[CARVED_KINDS];
	for (int kind = 0; kind < CARVED_KINDS; kind++)
		kinds[kind] = carved_reference_of((enum carved_kind)kind);
	if (session->args->json) {
		print_schemas(session->terminal, kinds, CARVED_KINDS);
		return CARVE_YES;
	}
	print_kinds(session->terminal);
	putc('\n', session->terminal->out);
	carve_say(session->terminal, session->terminal->out, "carve.explain.more", "path", kinds[0].path, NULL);
	putc('\n', session->terminal->out);
	return CARVE_YES;
}

static enum carve_exit explain_found(const struct carve_session *session, const struct search *search)
{
	if (session->args->json && search->count == 1)
		print_schema(session->terminal, search->found);
	else if (session->args->json)
		print_schemas(session->terminal, search->found, search->count);
	else if (search->count == 1)
		print_reference(session->terminal, search->found);
	else
		print_found(session->terminal, search);
	return CARVE_YES;
}

enum carve_exit carve_run_explain(struct carve_session *session)
{
	const char *path = session->args->operand_count ? session->args->operands[0] : NULL;
	struct search search = {.wanted = path};
	struct carved_error error;
	if (!path)
		return explain_kinds(session);
	if (carved_reference_find(path, &search.found[0], &error))
		search.count = 1;
	else if (error.code == CARVED_KIND_UNKNOWN)
		search_all(&search);
	if (search.count)
		return explain_found(session, &search);
	carve_say_error(session->terminal, &error);
	return CARVE_NOT_FOUND;
}
