// SPDX-License-Identifier: EUPL-1.2
// carve what-if: the best packages of a candidate as things are, and as they would be if documents were changed. Nothing is stored.
#include "carved/base/json.h"
#include "commands.h"
#include "help.h"
#include "locate.h"
#include "problem.h"
#include "render.h"
#include "render_work.h"
#include <stdlib.h>
#include <string.h>

// "hours.max=20" -> {"path":"hours.max","value":20}; what is no JSON is a text.
static void add_set(struct carved_json_writer *writer, const char *text)
{
	const char *value = strchr(text, '=');
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *node;
	struct carved_error error;
	uint32_t line, column;
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "path", carved_arena_strndup(&arena, text, (size_t)(value - text)));
	value++;
	if (carved_json_parse(value, strlen(value), &arena, &node, &error, &line, &column))
		carved_json_add_node(writer, "value", node);
	else
		carved_json_add_text(writer, "value", value);
	carved_json_end_object(writer);
	carved_arena_deinit(&arena);
}

static void add_list(const struct carve_args *args, int key, const char *name, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, name);
	for (int i = 0; i < args->change_count; i++) {
		if (args->changes[i].key != key)
			continue;
		if (key == CARVE_KEY_SET)
			add_set(writer, args->changes[i].text);
		else
			carved_json_add_text(writer, NULL, args->changes[i].text);
	}
	carved_json_end_array(writer);
}

static void write_body(const struct carve_args *args, struct carved_buffer *body)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(body);
	carved_json_begin_object(&writer, NULL);
	add_list(args, CARVE_KEY_SET, "set", &writer);
	add_list(args, CARVE_KEY_WITHOUT, "without", &writer);
	add_list(args, CARVE_KEY_FACILITY, "facilities", &writer);
	carved_json_end_object(&writer);
}

// The tasks by ref, those with several fixed times once.
static void add_tasks(const struct carved_node *package, struct carved_buffer *tasks)
{
	const char *last = "";
	for (const struct carved_node *slot = carved_node_first(carved_node_get(package, "slots")); slot; slot = slot->next) {
		const char *task = carved_node_get_text(slot, "task", "?");
		if (strcmp(task, last) != 0)
			carved_buffer_printf(tasks, "%s%s", tasks->length ? ", " : "", task);
		last = task;
	}
}

static void print_best(const struct carve_terminal *terminal, const struct carved_node *best, const char *title)
{
	static const char *const columns[] = {"site", "hours", "kind", "value", "tasks", NULL};
	const struct carved_node *items = carved_node_get(best, "items");
	char hours[32], value[32];
	carve_render_title(terminal, title);
	if (!carved_node_first(items)) {
		carve_write(terminal->out, "  ");
		carve_write(terminal->out, carve_render_reason(terminal, carved_node_get_text(best, "reason", "?")));
		putc('\n', terminal->out);
		return;
	}
	struct carve_table *table = carve_render_table(terminal, columns, "lrlrl");
	for (const struct carved_node *item = carved_node_first(items); item; item = item->next) {
		struct carved_buffer tasks = CARVED_BUFFER_INIT;
		add_tasks(item, &tasks);
		carve_table_add_line(table);
		carve_table_set(table, 0, carved_node_get_text(item, "site", "?"));
		carve_table_set(table, 1, carve_render_value(terminal, item, "hours", hours, sizeof hours));
		carve_table_set(table, 2, carve_render_label(terminal, "package", carved_node_get_text(item, "kind", "?")));
		carve_table_set(table, 3, carve_render_value(terminal, item, "value", value, sizeof value));
		carve_table_set(table, 4, tasks.data ? tasks.data : "");
		carved_buffer_deinit(&tasks);
	}
	carve_table_print(table, 2);
	carve_table_free(table);
}

static void print_answer(struct carve_session *session, const struct carved_node *answer)
{
	const struct carve_terminal *terminal = session->terminal;
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, carved_node_get_text(answer, "candidate", "?"));
	putc('\n', terminal->out);
	print_best(terminal, carved_node_get(answer, "before"), "carve.what-if.before");
	print_best(terminal, carved_node_get(answer, "after"), "carve.what-if.after");
	carve_problem_warnings(session, answer, NULL);
}

enum carve_exit carve_run_what_if(struct carve_session *session)
{
	struct carve_answer answer;
	struct carved_buffer path = CARVED_BUFFER_INIT, body = CARVED_BUFFER_INIT;
	carve_locate_add(session, CARVE_CANDIDATE, session->args->operands[0], &path);
	carved_buffer_add_text(&path, "/what-if");
	write_body(session->args, &body);
	struct carve_request request = {.method = "POST",
		.path = path.data,
		.content_type = "application/json",
		.body = body.data,
		.body_length = body.length,
		.seconds = 120};
	enum carve_exit code = carve_session_send(session, &request, &answer);
	if (code == CARVE_YES) {
		if (session->args->json)
			carve_session_print_body(session, &answer);
		else
			print_answer(session, answer.json);
		code = carved_node_first(carved_node_get(carved_node_get(answer.json, "after"), "items")) ? CARVE_YES : CARVE_NO;
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
	carved_buffer_deinit(&body);
	return code;
}
