// SPDX-License-Identifier: EUPL-1.2
// An answer that stays open, as the server's own files see it: the connection's state STREAMING.
#pragma once
#include "connection.h"

struct carved_http_stream {
	struct carved_connection *connection;
	struct carved_http_stream_owner owner;
	bool over;                    // the owner wants no more, or was told that it is over
	bool told;                    // that all is written
	struct carved_buffer waiting; // in chunks, behind what is being sent
};

// From what has happened, decides the next move.
void carved_stream_step(struct carved_connection *connection);

void carved_stream_free(struct carved_http_stream *stream); // NULL is legal
