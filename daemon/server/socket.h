// SPDX-License-Identifier: EUPL-1.2
// The socket's file: made so that nobody gets in before mode and group are right, and taken over only from a daemon that is gone.
#pragma once
#include "carved/base/error.h"
#include <stdbool.h>
#include <sys/types.h>
#include <uv.h>

struct carved_socket {
	char *path; // owned
	int lock;   // held while we listen: two daemons that start at once can't both think that the old socket is stale
};

// Binds an initialised pipe to `path`. Returns false with LISTEN_FAILED (path, reason); nothing is held then.
bool carved_socket_bind(
	struct carved_socket *socket, uv_pipe_t *pipe, const char *path, mode_t mode, gid_t gid, struct carved_error *error);

// Lets go of the lock and frees the path; closing the pipe has removed the socket's file.
void carved_socket_release(struct carved_socket *socket);
