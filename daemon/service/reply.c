// SPDX-License-Identifier: EUPL-1.2
#include "reply.h"
#include "condition.h"
#include "idempotency.h"
#include "problem.h"
#include "system/log.h"
#include <string.h>

#define HEADERS_MAX 8

// The one way out: every answer ends what the call has claimed.
static void give(struct carved_call *call, int status, const char *media, const struct carved_http_header *headers, size_t count,
	struct carved_buffer *body)
{
	struct carved_http_header all[HEADERS_MAX + 1];
	for (size_t i = 0; i < count; i++)
		all[i] = headers[i];
	if (call->replayed)
		all[count++] = (struct carved_http_header){"Idempotent-Replayed", "true"};
	carved_idempotency_end(call);
	carved_http_reply(call->exchange, status, media, all, count, body);
}

struct carved_answer_owed carved_reply_given(void)
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
	give(call, status, "application/json", headers, header_count, body);
	return carved_reply_given();
}

struct carved_answer_owed carved_reply_empty(
	struct carved_call *call, int status, const struct carved_http_header *headers, size_t header_count)
{
	give(call, status, NULL, headers, header_count, NULL);
	return carved_reply_given();
}

struct carved_answer_owed carved_reply_text(struct carved_call *call, const char *content_type, struct carved_buffer *body)
{
	give(call, 200, content_type, NULL, 0, body);
	return carved_reply_given();
}

struct carved_http_stream *carved_reply_stream(
	struct carved_call *call, const char *content_type, const struct carved_http_stream_owner *owner)
{
	const struct carved_http_header header = {"Cache-Control", "no-store"};
	carved_idempotency_end(call);
	return carved_http_stream_begin(call->exchange, content_type, &header, 1, owner);
}

struct carved_answer_owed carved_reply_nothing(struct carved_call *call)
{
	return carved_reply_empty(call, 204, NULL, 0);
}

struct carved_answer_owed carved_reply_content(struct carved_call *call, const struct carved_content *content,
	const struct carved_http_header *headers, size_t header_count, struct carved_buffer *body)
{
	struct carved_condition condition;
	struct carved_http_header all[HEADERS_MAX] = {{"ETag", content->tag}};
	size_t count = 1;
	const char *wrong;
	bool valid = carved_condition_read(call, &condition, &wrong);
	if (content->vary)
		all[count++] = (struct carved_http_header){"Vary", content->vary};
	for (size_t i = 0; i < header_count && count < HEADERS_MAX; i++)
		all[count++] = headers[i];
	if (valid && carved_condition_matches(&condition, content->tag) &&
		!carved_condition_is_unchanged(&condition, content->tag)) {
		give(call, 200, content->media, all, count, body);
		return carved_reply_given();
	}
	carved_buffer_deinit(body);
	if (!valid)
		return carved_condition_reply_wrong(call, wrong);
	if (!carved_condition_matches(&condition, content->tag))
		return carved_reply_stale(call, content->tag);
	return carved_reply_empty(call, 304, all, count);
}

struct carved_answer_owed carved_reply_stale(struct carved_call *call, const char *tag)
{
	struct carved_error error;
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_http_header headers[] = {{"Content-Language", carved_language_tag(call->language)}, {"ETag", tag}};
	carved_error_set(&error, CARVED_CONDITION_FAILED);
	carved_problem_format(call->language, 412, &error, NULL, NULL, &body);
	carved_problem_add_text(&body, "etag", tag);
	give(call, 412, "application/problem+json", headers, tag ? 2 : 1, &body);
	return carved_reply_given();
}

struct carved_answer_owed carved_reply_problem_with(struct carved_call *call, int status, const struct carved_error *error,
	const struct carved_http_header *headers, size_t header_count, const struct carved_findings *findings,
	const struct carved_parsed *parsed)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_http_header all[HEADERS_MAX] = {{"Content-Language", carved_language_tag(call->language)}};
	size_t count = 1;
	if (status == 429 || status == 503)
		all[count++] = (struct carved_http_header){"Retry-After", "1"};
	for (size_t i = 0; i < header_count && count < HEADERS_MAX; i++)
		all[count++] = headers[i];
	carved_problem_format(call->language, status, error, findings, parsed, &body);
	give(call, status, "application/problem+json", all, count, &body);
	return carved_reply_given();
}

struct carved_answer_owed carved_reply_problem(struct carved_call *call, int status, const struct carved_error *error)
{
	return carved_reply_problem_with(call, status, error, NULL, 0, NULL, NULL);
}

struct carved_answer_owed carved_reply_busy(struct carved_call *call)
{
	struct carved_error error;
	carved_error_set(&error, call->share_used ? CARVED_SHARE_USED_UP : CARVED_TOO_BUSY);
	carved_error_add_number(&error, "limit", call->share_used);
	return carved_reply_problem(call, call->share_used ? 429 : 503, &error);
}

struct carved_answer_owed carved_reply_stopping(struct carved_call *call)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_STOPPING);
	return carved_reply_problem(call, 503, &error);
}

struct carved_answer_owed carved_reply_failure(struct carved_call *call, const struct carved_error *error)
{
	switch (error->code) {
	case CARVED_DOCUMENT_NOT_FOUND:
	case CARVED_PLAN_NONE_BEFORE:
	case CARVED_PLAN_NOT_FOUND:
	case CARVED_PROPOSAL_NOT_FOUND:
	case CARVED_TASK_NOT_FOUND:
	case CARVED_WORK_NOT_FOUND:
		return carved_reply_problem(call, 404, error);
	case CARVED_PLAN_ENDED:
	case CARVED_CANDIDATE_PLACED:
	case CARVED_DECISION_NOT_ALLOWED:
	case CARVED_PROPOSAL_SIMULATED:
	case CARVED_PROPOSAL_STALE:
	case CARVED_PLAN_WITHOUT_RESULT:
	case CARVED_EXPLANATION_DIFFERS:
	case CARVED_EXPLANATION_NO_DOCUMENT:
	case CARVED_EXPLANATION_NO_TASK:
		return carved_reply_problem(call, 409, error);
	case CARVED_SHARE_NOT_CONSENTED:
		return carved_reply_problem(call, 403, error);
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

struct carved_answer_owed carved_reply_not_read(struct carved_call *call, const char *type, const char *allowed)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_MEDIA_TYPE_NOT_SUPPORTED);
	carved_error_add(&error, "type", type ? type : "");
	carved_error_add(&error, "allowed", allowed);
	return carved_reply_problem(call, 415, &error);
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
