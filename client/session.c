// SPDX-License-Identifier: EUPL-1.2
#include "session.h"
#include "problem.h"
#include <inttypes.h>

enum carve_exit carve_session_fail(struct carve_session *session, const struct carved_error *error)
{
	carve_progress(session->terminal, "");
	carve_say_error(session->terminal, error);
	switch (error->code) {
	case CARVED_DAEMON_NOT_RUNNING:
	case CARVED_DAEMON_NOT_ADMITTED:
	case CARVED_DAEMON_SILENT:
	case CARVED_HOST_COMMAND_MISSING:
	case CARVED_HOST_UNREACHABLE:
		return CARVE_UNREACHABLE;
	default:
		return CARVE_INTERNAL;
	}
}

enum carve_exit carve_session_refuse(
	struct carve_session *session, enum carve_exit code, enum carved_code message, const char *name, const char *value)
{
	struct carved_error error;
	carved_fail(&error, message, name, value);
	carve_say_error(session->terminal, &error);
	return code;
}

const char *carve_session_condition(const struct carve_session *session, char room[CARVE_CONDITION_MAX])
{
	int64_t version = session->args->version;
	if (version < 0)
		return NULL;
	if (version == 0)
		snprintf(room, CARVE_CONDITION_MAX, "If-None-Match: *");
	else
		snprintf(room, CARVE_CONDITION_MAX, "If-Match: \"%" PRId64 "\"", version);
	return room;
}

enum carve_exit carve_session_send(
	struct carve_session *session, const struct carve_request *request, struct carve_answer *ret_answer)
{
	struct carve_answer answer;
	struct carved_error error;
	if (!carve_http_send(session->http, request, &answer, &error))
		return carve_session_fail(session, &error);
	if (!carve_answer_is_good(&answer)) {
		enum carve_exit code = carve_problem_report(session, &answer, NULL);
		carve_answer_deinit(&answer);
		return code;
	}
	if (!answer.json && answer.body.length > 0 && !request->accept) {
		carved_error_set(&error, CARVED_ANSWER_UNREADABLE);
		carve_answer_deinit(&answer);
		return carve_session_fail(session, &error);
	}
	*ret_answer = answer;
	return CARVE_YES;
}

enum carve_exit carve_session_get(struct carve_session *session, const char *path, struct carve_answer *ret_answer)
{
	struct carve_request request = {.method = "GET", .path = path, .seconds = 120};
	struct carve_answer answer;
	enum carve_exit code = carve_session_send(session, &request, &answer);
	if (code == CARVE_YES && !answer.json) {
		struct carved_error error;
		carved_error_set(&error, CARVED_ANSWER_UNREADABLE);
		carve_answer_deinit(&answer);
		return carve_session_fail(session, &error);
	}
	if (code == CARVE_YES)
		*ret_answer = answer;
	return code;
}

void carve_session_print_body(struct carve_session *session, const struct carve_answer *answer)
{
	FILE *out = session->terminal->out;
	if (answer->body.length > 0)
		fwrite(answer->body.data, 1, answer->body.length, out);
	if (answer->body.length == 0 || answer->body.data[answer->body.length - 1] != '\n')
		putc('\n', out);
}
