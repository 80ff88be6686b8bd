// SPDX-License-Identifier: EUPL-1.2
// Bytes in, one request out, or the reason why not. Counts what llhttp does not: bytes and number of headers, bytes of body, and the shape of lines.
#pragma once
#include "exchange.h"

struct carved_parser;

enum carved_parse_answer {
	CARVED_PARSE_MORE,    // not whole yet; all bytes were used
	CARVED_PARSE_DONE,    // the request is whole; bytes behind it are the next one's
	CARVED_PARSE_REFUSED, // status and error say why; the connection is of no further use for reading
};

struct carved_parser *carved_parser_new(const struct carved_http_limits *limits); // borrows the limits
void carved_parser_free(struct carved_parser *parser);

// Gets ready for the next request, which `exchange` (borrowed) will hold.
void carved_parser_begin(struct carved_parser *parser, struct carved_http_exchange *exchange);

enum carved_parse_answer carved_parser_feed(struct carved_parser *parser, const char *bytes, size_t length, size_t *ret_used);

// Whether a byte of the request came in; whether its head is whole.
bool carved_parser_has_begun(const struct carved_parser *parser);
bool carved_parser_has_head(const struct carved_parser *parser);

// After CARVED_PARSE_REFUSED.
int carved_parser_status(const struct carved_parser *parser);
const struct carved_error *carved_parser_error(const struct carved_parser *parser);
