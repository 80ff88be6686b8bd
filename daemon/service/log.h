// SPDX-License-Identifier: EUPL-1.2
// One line per event on standard error, with the level in front as the journal reads it (sd-daemon(3)). English: for operators and machines.
// No personal data beyond refs; never a document.
#pragma once
#include "carved/base/error.h"

enum carved_log_level { CARVED_LOG_ERROR = 3, CARVED_LOG_WARNING = 4, CARVED_LOG_NOTICE = 5, CARVED_LOG_INFO = 6 };

// Control characters come out as '?': a line stays a line.
void carved_log(enum carved_log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
// "CONTEXT: sentence (code)".
void carved_log_failure(enum carved_log_level level, const char *context, const struct carved_error *error);
