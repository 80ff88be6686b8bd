// SPDX-License-Identifier: EUPL-1.2
// One request and the answer owed to it, as the server's own files see it. Made when a request's first byte is expected, freed once it is answered.
#pragma once
#include "http.h"

struct carved_connection;

struct carved_http_exchange {
	struct carved_arena arena;
	struct carved_http_request request;
	struct carved_http_header *headers; // in the arena
	size_t header_count, header_capacity;
	struct carved_buffer body; // request.body points into it
	bool keep_alive, expects_continue, is_head;
	struct carved_connection *connection; // NULL once the client is gone
	void (*gone)(void *context);
	void *gone_context;
	const void *tag;
	uint64_t handed_at; // uv_hrtime, when the handler got it
	void (*answered)(
		void *context, const struct carved_http_answered *answered); // the handler's: an exchange may outlive its server
	void *answered_context;
};

struct carved_http_exchange *carved_exchange_new(struct carved_connection *connection);
void carved_exchange_free(struct carved_http_exchange *exchange); // NULL is legal

// Both are copied into the arena.
void carved_exchange_add_header(struct carved_http_exchange *exchange, const char *name, const char *value);

// Tells whoever counts answers that this one is given.
void carved_exchange_tell_answered(const struct carved_http_exchange *exchange, int status);

// How many headers of that name there are.
size_t carved_exchange_count_header(const struct carved_http_exchange *exchange, const char *name);
