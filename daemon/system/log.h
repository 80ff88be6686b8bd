// SPDX-License-Identifier: EUPL-1.2
// What happened, for operators and machines, in English: one entry per event. Under systemd entries go to the journal with fields of their own, so that one can
// ask for all that happened to one plan; else one line each to standard error, with the level in front as the journal reads it (sd-daemon(3)).
//
// No person in the log: no document, and no ref of a candidate or a coach. Who did something (the user at the other end of the socket) is told.
#pragma once
#include "carved/base/buffer.h"
#include "carved/base/error.h"

enum carved_log_level { CARVED_LOG_ERROR = 3, CARVED_LOG_WARNING = 4, CARVED_LOG_NOTICE = 5, CARVED_LOG_INFO = 6 }; // syslog's

enum carved_log_event {
	CARVED_EVENT_NONE,
#define CARVED_LOG_EVENT(symbol, name) CARVED_EVENT_##symbol,
#include "system/events.def"
#undef CARVED_LOG_EVENT
	CARVED_EVENTS
};

// What an entry is about. Each member but `event` is a text, NULL where there is none; `code`, `plan`, `user` and `rule` become CARVED_CODE and so on.
struct carved_log_about {
	enum carved_log_event event; // CARVED_EVENT, by its name
	const char *code;            // of an error, as the API names it
	const char *plan;            // "PL-1"
	const char *user;            // who asked
	const char *rule;            // of section 3 of the rules
};

// Finds out whether standard error is the journal (JOURNAL_STREAM). Until it was called, and where it is not, entries are lines.
void carved_log_init(void);

// Control characters come out as '?': a line stays a line.
void carved_log(enum carved_log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
void carved_log_about(enum carved_log_level level, const struct carved_log_about *about, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

// "CONTEXT: sentence (code)". Parameters of the error that name a person are left out. `about` may be NULL; its code is the error's.
void carved_log_failure(enum carved_log_level level, const char *context, const struct carved_error *error);
void carved_log_failure_about(
	enum carved_log_level level, const struct carved_log_about *about, const char *context, const struct carved_error *error);

// The name of an event. Requires: it is one.
const char *carved_log_event_name(enum carved_log_event event);

// ---- for tests

// An entry as the journal gets it: NAME=value, one a line. Requires: no control character in message and values.
void carved_log_format_fields(
	enum carved_log_level level, const struct carved_log_about *about, const char *message, struct carved_buffer *ret_fields);
