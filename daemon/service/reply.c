// SPDX-License-Identifier: EUPL-1.2
#include "reply.h"
#include "problem.h"
#include "system/log.h"
#include <string.h>

#define HEADERS_MAX 8

static struct carved_answer_owed given(void)
{
	return (struct carved_answer_owed){.later = false};
}

struct carved_answer_owed carved_reply_later(void)
{
	return (struct carved_answer_owed){.later = true};
}

struct carved_answer_owed carved_reply_json(struct carved_call *call, int status, const struct carved_http_header *headers,
	size_t header_count, struct carved_buffer *body)
{
	carved_http_reply(call->exchange, status, "application/json", headers, header_count, body);
	return given();
}

struct carved_answer_owed carved_reply_text(struct carved_call *call, const char *content_type, struct carved_buffer *body)
{
	carved_http_reply(call->exchange, 200, content_type, NULL, 0, body);
	return given();
}

struct carved_answer_owed carved_reply_nothing(struct carved_call *call)
{
	carved_http_reply(call->exchange, 204, NULL, NULL, 0, NULL);
	return given();
}

struct carved_answer_owed carved_reply_empty(
	struct carved_call *call, int status, const struct carved_http_header *headers, size_t header_count)
{
	carved_http_reply(call->exchange, status, NULL, headers, header_count, NULL);
	return given();
}

struct carved_answer_owed carved_reply_problem_with(struct carved_call *call, int status, const struct carved_error *error,
	const struct carved_http_header *headers, size_t header_count, const struct carved_findings *findings,
	const struct carved_parsed *parsed)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_http_header all[HEADERS_MAX] = {{"Content-Language", carved_language_tag(call->language)}};
	size_t count = 1;
	if (status == 503)
		all[count++] = (struct carved_http_header){"Retry-After", "1"};
	for (size_t i = 0; i < header_count && count < HEADERS_MAX; i++)
		all[count++] = headers[i];
	carved_problem_format(call->language, status, error, findings, parsed, &body);
	carved_http_reply(call->exchange, status, "application/problem+json", all, count, &body);
	return given();
}

struct carved_answer_owed carved_reply_problem(struct carved_call *call, int status, const struct carved_error *error)
{
	return carved_reply_problem_with(call, status, error, NULL, 0, NULL, NULL);
}

struct carved_answer_owed carved_reply_busy(struct carved_call *call)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_TOO_BUSY);
	return carved_reply_problem(call, 503, &error);
}

struct carved_answer_owed carved_reply_failure(struct carved_call *call, const struct carved_error *error)
{
	switch (error->code) {
	case CARVED_DOCUMENT_NOT_FOUND:
	case CARVED_PLAN_NOT_FOUND:
	case CARVED_PROPOSAL_NOT_FOUND:
		return carved_reply_problem(call, 404, error);
	case CARVED_PLAN_ENDED:
		return carved_reply_problem(call, 409, error);
	case CARVED_STORE_BUSY:
	case CARVED_STORE_FULL:
	case CARVED_POOL_FULL:
	case CARVED_STOPPING:
		return carved_reply_problem(call, 503, error);
	default:
		carved_log_failure_about(CARVED_LOG_ERROR,
			&(struct carved_log_about){.event = CARVED_EVENT_REQUEST_FAILED, .user = call->request->user},
			call->request->method, error);
		return carved_reply_problem(call, 500, error);
	}
}

struct carved_answer_owed carved_reply_bad_query(
	struct carved_call *call, const char *key, const char *value, const char *allowed)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_QUERY_INVALID);
	carved_error_add(&error, "key", key);
	carved_error_add(&error, "value", value);
	carved_error_add(&error, "allowed", allowed);
	return carved_reply_problem(call, 400, &error);
}
