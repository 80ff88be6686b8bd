// SPDX-License-Identifier: EUPL-1.2
// One client's connection. See connection.c for its states.
#pragma once
#include "exchange.h"
#include "parser.h"
#include "server.h"

// Decided when a client comes. Only those let in count against the limits: however many others knock, they take no room from anybody.
enum carved_entry {
	CARVED_LET_IN,
	CARVED_TOLD,    // that there are too many: answered 503, then closed
	CARVED_DROPPED, // closed without a word: too many are being told already
};

// Only connection.c, account.c, reply.c and the server's list touch the members.
struct carved_connection {
	int state;
	struct carved_http_server *server;
	struct carved_connection *next, *previous;
	struct carved_user *user;
	uv_pipe_t pipe; // embedded; freed with the connection, in the last close callback
	uv_timer_t timer;
	uv_write_t write, interim;
	uv_shutdown_t shutdown;
	int open_handles;
	bool reading, ticking, again;
	bool ended, broken, timed_out, answered, written; // what has happened; callbacks set these and tick
	bool closes;                                      // the answer on its way is the last
	enum carved_entry entry;
	bool fresh; // no request of it was whole yet
	struct carved_parser *parser;
	struct carved_buffer input; // read and not parsed yet
	struct carved_http_exchange *exchange;
	struct carved_buffer head, body;   // the answer on its way
	size_t body_counted;               // bytes of the exchange's body in the user's account
	size_t discarded;                  // bytes read while lingering or streaming
	struct carved_http_stream *stream; // the answer that stays open; NULL: none
};

// Accepts a waiting client and serves it until it goes. It joins the server's list.
void carved_connection_accept(struct carved_http_server *server);

// Looks at what has changed. Safe at any time.
void carved_connection_tick(struct carved_connection *connection);

// The server is stopping: ends what is idle. Who has only just connected gets a moment, so that the request on its way is answered and not cut off.
void carved_connection_leave(struct carved_connection *connection);

// Writes `head` and `body` to the client; `written` says when that is done. Requires that nothing is being written.
void carved_connection_write(struct carved_connection *connection);

// Closes it.
void carved_connection_shut(struct carved_connection *connection);

// Sends the answer that was composed in `head` and `body`. Requires that none is on its way.
void carved_connection_send(struct carved_connection *connection);
