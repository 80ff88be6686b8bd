// SPDX-License-Identifier: EUPL-1.2
// What every command gets: the command line, the terminal, the daemon. And the ways of asking the daemon that commands share.
#pragma once
#include "args.h"
#include "http.h"
#include "terminal.h"

struct carve_session {
	const struct carve_args *args;
	const struct carve_terminal *terminal;
	struct carve_http *http;
};

// GET on a path. Returns CARVE_YES and the answer (status 2xx, readable JSON), which the caller releases. Any other outcome was told the user already.
enum carve_exit carve_session_get(struct carve_session *session, const char *path, struct carve_answer *ret_answer);

// The same for any request; an answer without a body is good too.
enum carve_exit carve_session_send(
	struct carve_session *session, const struct carve_request *request, struct carve_answer *ret_answer);

// The condition that --if-version asks for: a header line in `room`, or NULL where it was not given. The ETag of a document is its version.
#define CARVE_CONDITION_MAX 48
const char *carve_session_condition(const struct carve_session *session, char room[CARVE_CONDITION_MAX]);

// Tells that the daemon was not reached, or answered what makes no sense, and returns the exit code.
enum carve_exit carve_session_fail(struct carve_session *session, const struct carved_error *error);

// Tells an error and returns the exit code given.
enum carve_exit carve_session_refuse(
	struct carve_session *session, enum carve_exit code, enum carved_code message, const char *name, const char *value);

// Writes the body of an answer to standard output as it came, with a line end behind it.
void carve_session_print_body(struct carve_session *session, const struct carve_answer *answer);
