// SPDX-License-Identifier: EUPL-1.2
// HTTP/1.1 on a Unix socket: connections, limits, timeouts, requests in, answers out. Knows nothing of what carved does. The only room that knows llhttp.
//
// Glossary
//   exchange   one request and the answer that it must get: handed to the handler once the whole request is in, gone once carved_http_reply took it
//   peer       who is at the other end, as the kernel says (SO_PEERCRED): the user recorded with every write
//
// Everything here belongs to the loop thread.
#pragma once
#include "carved/base/arena.h"
#include "carved/base/buffer.h"
#include "carved/base/error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <uv.h>

struct carved_http_limits {              // every one a setting
	size_t header_bytes, body_bytes; // of one request
	size_t user_body_bytes;          // of all bodies that one user's connections hold, received or handled
	size_t target_bytes;             // of the path with its query
	unsigned header_count;
	unsigned connections, connections_per_user;
	unsigned idle_ms, header_ms, body_ms,
		write_ms; // waiting for a first byte; for the whole head; for the whole body; for the client to take the answer
};
void carved_http_limits_init(struct carved_http_limits *limits); // sane defaults

struct carved_http_exchange;

struct carved_http_header {
	const char *name, *value;
};

struct carved_http_request {
	const char *method; // "GET" ...
	const char *path;   // decoded, without the query; always begins with '/'
	const char *query;  // raw, without '?'; "" where there is none
	const char *body;   // NUL-terminated; the NUL is not counted
	size_t body_length;
	uid_t uid;
	const char *user; // the peer's name, or its number as text
};

struct carved_http_answered { // an exchange that got its answer, or whose client had gone
	const void *tag;      // carved_http_exchange_set_tag; NULL where nothing was set
	int status;
	bool gone;             // nobody was there any more to hear it
	uint64_t microseconds; // from the whole request being in to the answer being ready
};

// The handler answers each exchange exactly once, at once or later. What the server itself refuses (malformed, over a limit, too slow) never reaches it: it asks
// `refuse` for the body of the answer instead.
struct carved_http_handler {
	void (*handle)(void *context, struct carved_http_exchange *exchange);
	// Fills `body` with a problem document for a request that the server refuses, in the language of accept_language (may be NULL), and returns
	// that language's tag, in static storage. Status 400, 408, 413, 414, 417, 429, 431, 501, 503, 505.
	const char *(*refuse)(void *context, int status, const struct carved_error *error, const char *accept_language,
		struct carved_buffer *body);
	// Called (where not NULL) for each exchange that was answered; those that the server refused are not among them.
	void (*answered)(void *context, const struct carved_http_answered *answered);
	void *context;
	const struct carved_http_header *headers; // go with every answer, refusals too; outlive the server
	size_t header_count;
};

const struct carved_http_request *carved_http_exchange_request(const struct carved_http_exchange *exchange);
// A header's value, NULL where absent; name in any case.
const char *carved_http_exchange_header(const struct carved_http_exchange *exchange, const char *name);
// All values of a header that is a list, joined by commas (RFC 9110 5.3), in the exchange's arena; NULL where absent.
const char *carved_http_exchange_list(struct carved_http_exchange *exchange, const char *name);
// Memory that lives until the answer is taken.
struct carved_arena *carved_http_exchange_arena(struct carved_http_exchange *exchange);
// Called (at most once) if the client goes away before the answer; the exchange must still be answered. NULL takes it back.
void carved_http_exchange_on_gone(struct carved_http_exchange *exchange, void (*gone)(void *context), void *context);
// The decoded value of a query key in the exchange's arena; NULL where absent. *ret_valid (may be NULL) is false where the encoding is broken.
const char *carved_http_exchange_query(struct carved_http_exchange *exchange, const char *key, bool *ret_valid);

// What `answered` is told with the answer: whatever the handler knows the kind of request by. Outlives the exchange.
void carved_http_exchange_set_tag(struct carved_http_exchange *exchange, const void *tag);

// Answers and ends the exchange. Takes the bytes of `body` (empty afterwards); NULL for none. Headers are copied.
void carved_http_reply(struct carved_http_exchange *exchange, int status, const char *content_type,
	const struct carved_http_header *headers, size_t header_count, struct carved_buffer *body);

// ---- an answer that stays open

struct carved_http_stream;

enum carved_http_stream_end {
	CARVED_STREAM_LEFT,     // the client has gone
	CARVED_STREAM_SLOW,     // it has not taken what was sent within write_ms: cut off
	CARVED_STREAM_STOPPING, // the server stops: the body is brought to its end
};

struct carved_http_stream_owner {
	// All that was written is on its way to the client: the moment to write more.
	void (*drained)(void *context);
	// It is over: the stream must not be used any more, nothing is called any more. Not called from within the functions below.
	void (*ended)(void *context, enum carved_http_stream_end why);
	void *context;
};

// Answers 200 with a body that is written bit by bit (chunked) and is the connection's last. Ends the exchange. Headers are copied. No time limit of the connection counts
// any more but write_ms, for the client to take what was written. Returns NULL where nothing more is wanted (the client has gone, asked for the head only, or the server stops).
struct carved_http_stream *carved_http_stream_begin(struct carved_http_exchange *exchange, const char *content_type,
	const struct carved_http_header *headers, size_t header_count, const struct carved_http_stream_owner *owner);

// Takes the bytes (not none) and sends them behind what was written before. Nothing bounds what waits here: an owner that writes only when drained keeps one write at most.
void carved_http_stream_write(struct carved_http_stream *stream, struct carved_buffer *bytes);

// Brings the body to its end. The stream must not be used any more, and nothing of its owner is called any more.
void carved_http_stream_end(struct carved_http_stream *stream);

struct carved_http_server;

// Where to listen.
struct carved_http_place {
	int listener; // a listening Unix stream socket that somebody else made and keeps (systemd); the server's from now on; -1: none, make one
	const char *path; // the socket to make: a stale one of ours is replaced, a living one is an error
	mode_t mode;
	gid_t gid; // -1: leave
};

// Listens. An inherited listener's file is left as it is, then and at the end.
// Requires: SIGPIPE is ignored in this process (a client may vanish while it is written to).
// Returns false with LISTEN_FAILED (parameters path, reason).
bool carved_http_server_start(uv_loop_t *loop, const struct carved_http_place *place, const struct carved_http_limits *limits,
	const struct carved_http_handler *handler, struct carved_http_server **ret_server, struct carved_error *error);

struct carved_http_figures {  // counts since the start
	unsigned connections; // now
	uint64_t accepted;    // connections, those below included
	uint64_t over_limit, over_user_limit,
		dropped;                 // refused with an answer, for all connections or for one user's; closed without a word
	uint64_t bodies_over_user_limit; // requests refused
	uint64_t bytes_in, bytes_out;    // on all connections, heads included
};
void carved_http_server_get_figures(const struct carved_http_server *server, struct carved_http_figures *ret_figures);

// Takes no new connection and no further request, but for the first one of who has just connected; answers that are owed still go out; then calls stopped, once, and frees the server.
void carved_http_server_stop(struct carved_http_server *server, void (*stopped)(void *context), void *context);
