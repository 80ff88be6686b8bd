// SPDX-License-Identifier: EUPL-1.2
// carve get, list, delete, plans, status: what the daemon has.
#include "carved/base/json.h"
#include "carved/base/yaml.h"
#include "commands.h"
#include "listing.h"
#include "locate.h"
#include "problem.h"
#include "render.h"
#include <stdlib.h>
#include <string.h>

#define ALL_KINDS ((1u << CARVE_KINDS) - 1)
#define DOCUMENT_KINDS ((1u << CARVE_CANDIDATE) | (1u << CARVE_SITE) | (1u << CARVE_COACH) | (1u << CARVE_VOCABULARY))

// Only what can be is asked for: a ref such as PL-1 may be a candidate's all the same.
static unsigned kinds_of(const char *ref)
{
	unsigned kinds = DOCUMENT_KINDS;
	if (carve_kind_is_plan_id(ref))
		kinds |= 1u << CARVE_PLAN;
	if (carve_kind_is_proposal_id(ref))
		kinds |= 1u << CARVE_PROPOSAL;
	return kinds;
}

// A comment, so that what is printed can be put again: --if-version wants the number.
static void add_version(const struct carve_answer *answer, enum carve_kind kind, struct carved_buffer *text)
{
	size_t digits = strspn(answer->tag + 1, "0123456789");
	if (carve_kind_is_document(kind) && answer->tag[0] == '"' && digits > 0)
		carved_buffer_printf(text, "# version %.*s\n", (int)digits, answer->tag + 1);
}

enum carve_exit carve_run_get(struct carve_session *session)
{
	enum carve_kind kind;
	struct carve_answer answer;
	bool named = session->args->operand_count == 2;
	enum carve_exit code = carve_locate_get(session, named ? ALL_KINDS : kinds_of(carve_locate_ref(session)), &kind, &answer);
	if (code != CARVE_YES)
		return code;
	if (session->args->json) {
		carve_session_print_body(session, &answer);
	} else {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		add_version(&answer, kind, &text);
		carved_yaml_format(answer.json, &text);
		fwrite(text.data, 1, text.length, session->terminal->out);
		carved_buffer_deinit(&text);
	}
	carve_answer_deinit(&answer);
	return CARVE_YES;
}

static void say_none(struct carve_session *session)
{
	carve_say(session->terminal, session->terminal->err, "carve.list.empty", NULL);
	putc('\n', session->terminal->err);
}

static enum carve_exit print_list(struct carve_session *session, const char *path, const char *const *members)
{
	struct carve_listing listing;
	enum carve_exit code = carve_listing_get(session, path, &listing);
	if (code != CARVE_YES)
		return code;
	if (session->args->json)
		carve_listing_print_json(session, &listing);
	else if (listing.count > 0)
		carve_listing_print(session, &listing, members);
	else
		say_none(session);
	carve_listing_deinit(&listing);
	return CARVE_YES;
}

enum carve_exit carve_run_list(struct carve_session *session)
{
	const char *name = session->args->operands[0];
	enum carve_kind kind;
	char path[64];
	if (!carve_kind_parse(name, &kind) || kind == CARVE_PROPOSAL)
		return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_KIND, "kind", name);
	snprintf(path, sizeof path, "/v1/%s", carve_kind_collection(kind));
	return kind == CARVE_PLAN ? carve_run_plans(session) : print_list(session, path, NULL);
}

enum carve_exit carve_run_plans(struct carve_session *session)
{
	static const char *const members[] = {
		"id", "date", "simulated", "state", "endedBy", "placed", "candidates", "value", "bound", "gap", "created", NULL};
	return print_list(session, "/v1/plans", members);
}

static void say_deleted(struct carve_session *session, enum carve_kind kind, const char *ref)
{
	FILE *out = session->terminal->out;
	if (session->args->json) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
		carved_json_begin_object(&writer, NULL);
		carved_json_add_text(&writer, "kind", carve_kind_name(kind));
		carved_json_add_text(&writer, "ref", ref);
		carved_json_add_bool(&writer, "deleted", true);
		carved_json_end_object(&writer);
		fputs(text.data, out);
		carved_buffer_deinit(&text);
	} else {
		carve_say(session->terminal, out, "carve.delete.done", "kind", carve_kind_name(kind), "ref", ref, NULL);
	}
	putc('\n', out);
}

// The kind to delete a ref of: as named, else the only one that the daemon has.
static enum carve_exit kind_to_delete(struct carve_session *session, enum carve_kind *ret_kind)
{
	struct carve_answer answer;
	if (session->args->operand_count == 2) {
		const char *name = session->args->operands[0];
		if (carve_kind_parse(name, ret_kind) && carve_kind_is_document(*ret_kind))
			return CARVE_YES;
		return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_KIND, "kind", name);
	}
	enum carve_exit code = carve_locate_get(session, DOCUMENT_KINDS, ret_kind, &answer);
	if (code == CARVE_YES)
		carve_answer_deinit(&answer);
	return code;
}

enum carve_exit carve_run_delete(struct carve_session *session)
{
	enum carve_kind kind;
	struct carve_answer answer;
	const char *ref = carve_locate_ref(session);
	enum carve_exit code = kind_to_delete(session, &kind);
	if (code != CARVE_YES)
		return code;
	char *path = carve_locate_path(session, kind, ref);
	char room[CARVE_CONDITION_MAX];
	struct carve_request request = {
		.method = "DELETE", .path = path, .condition = carve_session_condition(session, room), .seconds = 120};
	code = carve_session_send(session, &request, &answer);
	free(path);
	if (code != CARVE_YES)
		return code;
	carve_answer_deinit(&answer);
	say_deleted(session, kind, ref);
	return CARVE_YES;
}

static void add_counts(
	struct carve_session *session, struct carve_table *table, const struct carved_node *counts, const char *group)
{
	char text[64], msgid[64];
	for (const struct carved_node *count = carved_node_first(counts); count; count = count->next) {
		snprintf(msgid, sizeof msgid, "carve.status.%s.%s", group, count->key);
		const char *label = carved_text_find(session->terminal->language, msgid);
		carve_table_add_line(table);
		carve_table_set(table, 0, label ? label : count->key);
		carve_table_set(table, 1, carve_value(session->terminal, count, text, sizeof text));
	}
}

static void print_health(struct carve_session *session, const struct carved_node *health)
{
	const struct carve_terminal *terminal = session->terminal;
	struct carve_table *table = carve_table_new(terminal);
	carve_say(terminal, terminal->out, "carve.status.line", "version", carved_node_get_text(health, "version", "?"), "socket",
		carve_args_where(session->args), "status",
		carve_render_label(terminal, "health", carved_node_get_text(health, "status", "?")), "store",
		carve_render_label(terminal, "health", carved_node_get_text(health, "store", "?")), NULL);
	putc('\n', terminal->out);
	carve_table_add_column(table, "", false);
	carve_table_add_column(table, "", true);
	carve_table_hide_headings(table);
	add_counts(session, table, carved_node_get(health, "documents"), "documents");
	add_counts(session, table, carved_node_get(health, "plans"), "plans");
	carve_table_print(table, 2);
	carve_table_free(table);
}

// A daemon that is not well answers with 503 and its health all the same.
enum carve_exit carve_run_status(struct carve_session *session)
{
	struct carve_answer answer;
	struct carved_error error;
	struct carve_request request = {.method = "GET", .path = "/v1/health", .once = true, .seconds = 30};
	if (!carve_http_send(session->http, &request, &answer, &error))
		return carve_session_fail(session, &error);
	const char *status = carved_node_get_text(answer.json, "status", NULL);
	enum carve_exit code = CARVE_YES;
	if (!status && carve_answer_is_good(&answer)) {
		carved_error_set(&error, CARVED_ANSWER_UNREADABLE);
		code = carve_session_fail(session, &error);
	} else if (!status) {
		code = carve_problem_report(session, &answer, NULL);
	} else {
		if (session->args->json)
			carve_session_print_body(session, &answer);
		else
			print_health(session, answer.json);
		code = strcmp(status, "ok") == 0 ? CARVE_YES : CARVE_NO;
	}
	carve_answer_deinit(&answer);
	return code;
}
