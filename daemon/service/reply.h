// SPDX-License-Identifier: EUPL-1.2
// One request on its way through the service, and the ways to answer it.
//
// A handler can't forget to answer: it must return a carved_answer_owed, and only the functions here make one: by answering, or by saying that the answer
// comes later (carved_reply_later), after which the call's owner answers through the same functions.
#pragma once
#include "carved/model/parse.h"
#include "carved/text/text.h"
#include "server/http.h"

struct carved_claim;
struct carved_service;

struct carved_call { // lives in the exchange's arena, until the answer is given
	struct carved_service *service;
	struct carved_http_exchange *exchange;
	const struct carved_http_request *request;
	struct carved_arena *arena; // the exchange's
	enum carved_language language;
	enum carved_kind kind;      // the route's
	const char *parameter;      // what stood for {} in the route's pattern
	struct carved_claim *claim; // of its Idempotency-Key; NULL: none
	bool replayed;              // the answer was given before
	unsigned share_used;        // what one user may have, where that is why it can't go on now; 0: it is not
	const char *media;          // of a GET: the type of the answer that suits the caller best
};

struct carved_answer_owed {
	bool later;
};

struct carved_answer_owed carved_reply_later(void);
struct carved_answer_owed carved_reply_given(void); // something called has answered already

// JSON; takes the bytes of `body`. `headers` may be NULL.
struct carved_answer_owed carved_reply_json(struct carved_call *call, int status, const struct carved_http_header *headers,
	size_t header_count, struct carved_buffer *body);

// 200 with any other text; takes the bytes of `body`.
struct carved_answer_owed carved_reply_text(struct carved_call *call, const char *content_type, struct carved_buffer *body);

// 200 with a body that stays open (server/http.h). NULL where nothing more is wanted. The call has its answer either way.
struct carved_http_stream *carved_reply_stream(
	struct carved_call *call, const char *content_type, const struct carved_http_stream_owner *owner);

// An answer without a body. `headers` may be NULL.
struct carved_answer_owed carved_reply_empty(
	struct carved_call *call, int status, const struct carved_http_header *headers, size_t header_count);

struct carved_answer_owed carved_reply_nothing(struct carved_call *call); // 204

// What a thing looks like now.
struct carved_content {
	const char *media; // type of the body
	const char *tag;   // entity tag of exactly this body
	const char *vary;  // request headers that it depends on; NULL: none
};

// Answers a GET: 200 with the content and its ETag, 304 where If-None-Match says that the caller has it, 412 where If-Match does not hold, 400 where one of
// them is broken. Takes the bytes of `body`. `headers` may be NULL.
struct carved_answer_owed carved_reply_content(struct carved_call *call, const struct carved_content *content,
	const struct carved_http_header *headers, size_t header_count, struct carved_buffer *body);

// 412: what is there (`tag`; NULL: nothing) is not what the request's condition wants. The problem has the member `etag`, the answer the header.
struct carved_answer_owed carved_reply_stale(struct carved_call *call, const char *tag);

// A problem. 429 and 503 come with Retry-After.
struct carved_answer_owed carved_reply_problem(struct carved_call *call, int status, const struct carved_error *error);
struct carved_answer_owed carved_reply_problem_with(struct carved_call *call, int status, const struct carved_error *error,
	const struct carved_http_header *headers, size_t header_count, const struct carved_findings *findings,
	const struct carved_parsed *parsed);

// Shorthands.
struct carved_answer_owed carved_reply_busy(struct carved_call *call);     // 503 TOO_BUSY, 429 SHARE_USED: see admit.h
struct carved_answer_owed carved_reply_stopping(struct carved_call *call); // 503 STOPPING
// What a failed store means to the caller: 404 for what is not found, 409, 503 or 500.
struct carved_answer_owed carved_reply_failure(struct carved_call *call, const struct carved_error *error);
// 415 MEDIA_TYPE_NOT_SUPPORTED: `type` is the body's type or coding, NULL where it has none; `allowed` lists what is read here.
struct carved_answer_owed carved_reply_not_read(struct carved_call *call, const char *type, const char *allowed);
// 400 QUERY_INVALID
struct carved_answer_owed carved_reply_bad_query(
	struct carved_call *call, const char *key, const char *value, const char *allowed);
