// SPDX-License-Identifier: EUPL-1.2
// The socket's file: made so that nobody gets in before mode and group are right, and taken over only from a daemon that is gone.
#pragma once
#include "http.h"

struct carved_socket {
	char *path; // owned; NULL: not our file
	int lock;   // held while we listen: two daemons that start at once can't both think that the old socket is stale
};

// Gives an initialised pipe its socket: binds it, or takes the inherited one. Returns false with LISTEN_FAILED (path, reason); nothing is held then.
bool carved_socket_open(
	struct carved_socket *socket, uv_pipe_t *pipe, const struct carved_http_place *place, struct carved_error *error);

// Lets go of the lock and frees the path; closing the pipe has removed the socket's file.
void carved_socket_release(struct carved_socket *socket);
