// SPDX-License-Identifier: EUPL-1.2
// The server as its own files see it.
#pragma once
#include "http.h"
#include "socket.h"
#include "users.h"

#define CARVED_READ_BYTES 65536

struct carved_http_server {
	uv_loop_t *loop;
	uv_pipe_t listener;
	uv_prepare_t turn;     // before each turn of the loop
	unsigned came;         // clients accepted in this turn
	bool waits, stopping;  // waits: a client is there whose turn is the next one
	unsigned open_handles; // the two above
	struct carved_http_limits limits;
	struct carved_http_handler handler;
	struct carved_socket socket;
	struct carved_users users;
	struct carved_connection *connections; // a list through `next`
	unsigned let_in, told;                 // of all users: those in use, those being told that there are too many
	struct carved_http_figures figures;    // but `connections`
	void (*stopped)(void *context);
	void *stopped_context;
	char read_room[CARVED_READ_BYTES]; // for all connections: what was read is copied before the next read
};

// A connection's last word: its handles are closed, it has left the list and is about to be freed.
void carved_server_forget(struct carved_http_server *server, struct carved_connection *connection);
