// SPDX-License-Identifier: EUPL-1.2
// A request's body in JSON, read member by member: everything wrong in it is told at once, each with its place.
#pragma once
#include "carved/base/node.h"
#include "reply.h"

struct carved_body {
	struct carved_call *call;
	struct carved_findings findings; // zeroed at the start
};

void carved_body_deinit(struct carved_body *body);

// Whether the body's type is JSON; an empty body needs none.
bool carved_body_is_json(const struct carved_call *call);

// The body as a map; NULL where it is empty. Returns false, with a finding, where it is anything else.
bool carved_body_read_map(struct carved_body *body, const struct carved_node **ret_root);

// Add a finding. The first returns its error, for parameters; NULL beyond the limit of findings, which carved_error_add takes.
struct carved_error *carved_body_add(struct carved_body *body, const char *pointer, enum carved_code code);
void carved_body_add_invalid(struct carved_body *body, const char *pointer, const char *allowed); // REQUEST_VALUE_INVALID
void carved_body_add_unknown(
	struct carved_body *body, const char *pointer, const char *key, const char *known);       // REQUEST_KEY_UNKNOWN
void carved_body_add_missing(struct carved_body *body, const char *pointer, const char *allowed); // REQUEST_KEY_MISSING

// 400 REQUEST_INVALID with all findings, which it frees.
struct carved_answer_owed carved_body_reply(struct carved_body *body);
