// SPDX-License-Identifier: EUPL-1.2
// What went wrong, as application/problem+json (RFC 9457) in the language asked for.
#pragma once
#include "carved/base/json.h"
#include "carved/model/parse.h"
#include "carved/text/text.h"

// Writes {type, title, status, code, detail, hint?, errors?, warnings?, dropped?}. `findings` may be NULL; `parsed` (may be NULL) tells whose they are.
void carved_problem_format(enum carved_language language, int status, const struct carved_error *error,
	const struct carved_findings *findings, const struct carved_parsed *parsed, struct carved_buffer *buffer);

// Adds a member to a problem that is whole; NULL value: null.
void carved_problem_add_text(struct carved_buffer *problem, const char *key, const char *value);

// Writes the errors, or the warnings, as an array.
void carved_problem_write_findings(struct carved_json_writer *writer, const char *key, enum carved_language language,
	const struct carved_findings *findings, bool warnings, const struct carved_parsed *parsed);

// Writes {code, message} of an error as an object.
void carved_problem_write_error(
	struct carved_json_writer *writer, const char *key, enum carved_language language, const struct carved_error *error);
