// SPDX-License-Identifier: EUPL-1.2
#include "body.h"
#include "carved/base/json.h"
#include "media.h"
#include <stdio.h>

void carved_body_deinit(struct carved_body *body)
{
	carved_findings_deinit(&body->findings);
}

bool carved_body_is_json(const struct carved_call *call)
{
	enum carved_format format;
	const char *type = carved_http_exchange_header(call->exchange, "content-type");
	return call->request->body_length == 0 || (carved_media_format(type, false, &format) && format == CARVED_FORMAT_JSON);
}

bool carved_body_read_map(struct carved_body *body, const struct carved_node **ret_root)
{
	const struct carved_http_request *request = body->call->request;
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column;
	*ret_root = NULL;
	if (request->body_length == 0)
		return true;
	if (!carved_json_parse(request->body, request->body_length, body->call->arena, &root, &error, &line, &column)) {
		body->findings.error_count++;
		struct carved_finding *finding = carved_findings_add(&body->findings);
		if (finding)
			*finding = (struct carved_finding){.error = error, .line = line, .column = column};
		return false;
	}
	if (root->kind != CARVED_NODE_MAP) {
		carved_body_add_invalid(body, "", "{…}");
		return false;
	}
	*ret_root = root;
	return true;
}

struct carved_error *carved_body_add(struct carved_body *body, const char *pointer, enum carved_code code)
{
	const struct carved_http_request *request = body->call->request;
	body->findings.error_count++;
	struct carved_finding *finding = carved_findings_add(&body->findings);
	if (!finding)
		return NULL;
	snprintf(finding->pointer, sizeof finding->pointer, "%s", pointer);
	carved_json_locate(request->body, request->body_length, pointer, false, &finding->line, &finding->column);
	carved_error_set(&finding->error, code);
	return &finding->error;
}

static const char *key_of(const char *pointer)
{
	return pointer[0] ? pointer + 1 : "";
}

void carved_body_add_invalid(struct carved_body *body, const char *pointer, const char *allowed)
{
	struct carved_error *error = carved_body_add(body, pointer, CARVED_REQUEST_VALUE_INVALID);
	carved_error_add(error, "key", key_of(pointer));
	carved_error_add(error, "allowed", allowed);
}

void carved_body_add_missing(struct carved_body *body, const char *pointer, const char *allowed)
{
	struct carved_error *error = carved_body_add(body, pointer, CARVED_REQUEST_KEY_MISSING);
	carved_error_add(error, "key", key_of(pointer));
	carved_error_add(error, "allowed", allowed);
}

void carved_body_add_unknown(struct carved_body *body, const char *pointer, const char *key, const char *known)
{
	struct carved_error *error = carved_body_add(body, pointer, CARVED_REQUEST_KEY_UNKNOWN);
	carved_error_add(error, "key", key);
	carved_error_add(error, "known", known);
}

struct carved_answer_owed carved_body_reply(struct carved_body *body)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_REQUEST_INVALID);
	carved_error_add_number(&error, "errors", (long long)body->findings.error_count);
	struct carved_answer_owed owed = carved_reply_problem_with(body->call, 400, &error, NULL, 0, &body->findings, NULL);
	carved_body_deinit(body);
	return owed;
}
