// SPDX-License-Identifier: EUPL-1.2
// What can go wrong, as a code with parameters. Libraries never write sentences: lib/text renders a code in the language asked for.
//
//   code        a name that stays the same for ever ("unknown-key"); callers may build on it
//   parameter   a named text that the rendered sentence shows ({key}, {suggestion})
//   hint        how to mend it; a second sentence of the same code, rendered from the same parameters
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum carved_code {
	CARVED_OK = 0,
#define CARVED_MESSAGE(symbol, name) CARVED_##symbol,
#include "carved/base/messages.def"
#undef CARVED_MESSAGE
	CARVED_CODE_COUNT
};

#define CARVED_ERROR_TEXT_MAX 480

// A code and its parameters, a plain value: copy it freely, nothing to release.
struct carved_error {
	enum carved_code code;
	uint16_t used;                    // bytes of `text` in use
	char text[CARVED_ERROR_TEXT_MAX]; // name NUL value NUL ... ; values too long for the room end in "..."
};

// The name of a code, for logs and the API ("unknown-key"). Static storage.
// Requires: code < CARVED_CODE_COUNT.
const char *carved_code_name(enum carved_code code);

// Starts an error without parameters. A NULL `error` is allowed here and below: the caller then does not care why.
void carved_error_set(struct carved_error *error, enum carved_code code);

// Adds a parameter. Requires: carved_error_set was called; name is a placeholder's name. Cuts values at a UTF-8 boundary.
void carved_error_add(struct carved_error *error, const char *name, const char *value);
void carved_error_add_number(struct carved_error *error, const char *name, long long value);
void carved_error_add_hours(struct carved_error *error, const char *name, int quarters); // as hours: 7 -> "1.75"

// Shorthand for a code with one parameter. Returns false, so that a function can `return carved_fail(...)`.
bool carved_fail(struct carved_error *error, enum carved_code code, const char *name, const char *value);

// What a parser of JSON or YAML stumbled over, in its own (English) words: SYNTAX_EXPECTED with the signs that its words quote as expected (in front of "near"),
// or SYNTAX_INVALID where they quote none. Returns false.
bool carved_fail_syntax(struct carved_error *error, const char *words);

// The value of a parameter; NULL where there is none. Lives as long as the error.
const char *carved_error_get(const struct carved_error *error, const char *name);
