// SPDX-License-Identifier: EUPL-1.2
// One request, one answer, over the daemon's Unix socket. The only room that knows libcurl.
#pragma once
#include "carved/base/arena.h"
#include "carved/base/buffer.h"
#include "carved/base/error.h"
#include "carved/base/node.h"
#include "carved/text/text.h"
#include "tunnel.h"
#include <stdbool.h>
#include <stddef.h>

struct carve_http;

struct carve_request {
	const char *method;       // "GET" ...
	const char *path;         // encoded: carve_http_escape
	const char *accept;       // media types to answer in; NULL: JSON
	const char *content_type; // NULL: no body
	const char *body;
	size_t body_length;
	const char *condition; // a header line such as If-Match: "3"; NULL: none
	bool once;             // an answer that says to come back is the answer
	bool keyed;            // a POST that must have one effect only, however often it is sent
	long seconds;          // to wait at most for the whole answer; 0: as long as it takes
};

struct carve_answer {
	long status;
	struct carved_buffer body;
	char tag[64];                   // the ETag; "" where there is none
	const struct carved_node *json; // the body, read; NULL where it is not JSON
	struct carved_arena arena;      // owns `json`
};

// On a socket here (borrowed), or through a tunnel, which it takes over; NULL: none.
struct carve_http *carve_http_new(const char *socket, struct carve_tunnel *tunnel, enum carved_language language);
void carve_http_free(struct carve_http *http); // NULL is legal

// Called while a body goes out, with bytes sent and bytes in all. NULL takes it back.
void carve_http_on_progress(struct carve_http *http, void (*sent)(void *context, size_t sent, size_t total), void *context);

// Adds `text` to a path or query, what is special there encoded.
void carve_http_escape(struct carve_http *http, const char *text, struct carved_buffer *path);

// Sends and waits. A daemon that says it has too much to do (429, 503) and when to come back has done nothing: it is asked again, a few times. So is, for a keyed
// request, one whose connection broke: the key (Idempotency-Key) sees to it that nothing is done twice. Returns true with whatever the daemon answered, errors included; release it with carve_answer_deinit.
// Returns false with DAEMON_NOT_RUNNING (socket), DAEMON_NOT_ADMITTED (socket), DAEMON_SILENT (socket, reason), or what carve_tunnel_explain says.
bool carve_http_send(struct carve_http *http, const struct carve_request *request, struct carve_answer *ret_answer,
	struct carved_error *error);

static inline bool carve_answer_is_good(const struct carve_answer *answer)
{
	return answer->status >= 200 && answer->status < 300;
}

struct carve_stream {
	const char *path;                                                  // encoded: carve_http_escape
	const char *header;                                                // a line such as "Last-Event-ID: 7"; NULL: none
	bool (*received)(void *context, const char *bytes, size_t length); // the body's next bytes; returns whether to go on
	bool (*goes_on)(void *context); // asked at least every second; returns whether to go on
	void *context;
};

// Gets an answer of type text/event-stream that stays open, and hands its body on as it comes. Returns true with a status of 200 once it has ended, however that was; with
// any other answer as carve_http_send does. Tries once. Nothing for a minute, not even a sign of life, is an end too.
// Returns false as carve_http_send does where there was no answer, or where goes_on did not want one any more.
bool carve_http_stream(
	struct carve_http *http, const struct carve_stream *stream, struct carve_answer *ret_answer, struct carved_error *error);

void carve_answer_deinit(struct carve_answer *answer); // legal on a zeroed one
