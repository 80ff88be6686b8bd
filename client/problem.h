// SPDX-License-Identifier: EUPL-1.2
// What is wrong with what was sent, as the daemon says it (application/problem+json), for people: FILE:LINE:COLUMN: sentence.
#pragma once
#include "session.h"

// The exit code that an HTTP status stands for.
enum carve_exit carve_problem_exit(long status);

// Tells the problem of an answer that is not 2xx: on standard error for people, with --json on standard output as it came. file: what was sent, NULL for nothing.
enum carve_exit carve_problem_report(struct carve_session *session, const struct carve_answer *answer, const char *file);

// Tells the warnings of a good answer on standard error.
void carve_problem_warnings(struct carve_session *session, const struct carved_node *answer, const char *file);
