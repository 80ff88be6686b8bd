// SPDX-License-Identifier: EUPL-1.2
// carve plan: has the daemon make one.
#include "carved/base/json.h"
#include "commands.h"
#include "render.h"
#include "watch.h"
#include <stdlib.h>
#include <string.h>

static void add_pins(struct carved_json_writer *writer, const char *pins)
{
	carved_json_begin_array(writer, "pin");
	for (const char *at = pins; *at;) {
		size_t length = strcspn(at, ",");
		char *pin = carved_alloc(length + 1);
		memcpy(pin, at, length);
		pin[length] = 0;
		carved_json_add_text(writer, NULL, pin);
		free(pin);
		at += length + (at[length] == ',');
	}
	carved_json_end_array(writer);
}

static enum carve_exit start(struct carve_session *session, struct carve_answer *ret_answer)
{
	const struct carve_args *args = session->args;
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&body);
	carved_json_begin_object(&writer, NULL);
	if (args->date)
		carved_json_add_text(&writer, "date", args->date);
	if (args->seed >= 0)
		carved_json_add_integer(&writer, "seed", args->seed);
	if (args->seconds > 0)
		carved_json_add_integer(&writer, "seconds", args->seconds);
	if (args->from)
		carved_json_add_text(&writer, "from", args->from);
	if (args->most_changes >= 0)
		carved_json_add_integer(&writer, "maxChanges", args->most_changes);
	if (args->keep_weight >= 0)
		carved_json_add_integer(&writer, "keepWeight", args->keep_weight);
	if (args->pins)
		add_pins(&writer, args->pins);
	carved_json_end_object(&writer);
	struct carve_request request = {.method = "POST",
		.path = "/v1/plans",
		.content_type = "application/json",
		.body = body.data,
		.body_length = body.length,
		.keyed = true,
		.seconds = 120};
	enum carve_exit code = carve_session_send(session, &request, ret_answer);
	carved_buffer_deinit(&body);
	return code;
}

static enum carve_exit print_started(struct carve_session *session, const struct carve_answer *answer, const char *id)
{
	if (session->args->json) {
		carve_session_print_body(session, answer);
	} else {
		carve_say(session->terminal, session->terminal->out, "carve.plan.started", "plan", id, NULL);
		putc('\n', session->terminal->out);
	}
	return CARVE_YES;
}

enum carve_exit carve_run_plan(struct carve_session *session)
{
	struct carve_answer answer;
	enum carve_exit code = start(session, &answer);
	if (code != CARVE_YES)
		return code;
	const char *id = carved_node_get_text(answer.json, "id", NULL);
	if (!id) {
		struct carved_error error;
		carved_error_set(&error, CARVED_ANSWER_UNREADABLE);
		code = carve_session_fail(session, &error);
	} else if (session->args->no_wait) {
		code = print_started(session, &answer, id);
	} else {
		code = carve_watch_plan(session, id);
		if (code == CARVE_YES)
			code = carve_render_plan_of(session, id);
	}
	carve_answer_deinit(&answer);
	return code;
}
