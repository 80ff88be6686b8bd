// SPDX-License-Identifier: EUPL-1.2
// llhttp reads the grammar, in strict mode. Before it sees the bytes of a head, the line guard refuses what llhttp is lenient about (bare CR or LF, folded headers,
// control characters); once the head is whole, check_head refuses what is legal HTTP but not for us.
#include "parser.h"
#include "target.h"
#include <ctype.h>
#include <llhttp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct guard {                  // the shape of the head's lines, byte by byte
	char previous, first;   // first: the first byte of the request line
	bool line_empty, begun; // nothing in this line yet; a line with something in it was seen
	bool ended;             // the empty line behind the head was seen
	bool in_headers;        // behind the request line
};

struct carved_parser {
	llhttp_t llhttp;
	const struct carved_http_limits *limits;
	struct carved_http_exchange *exchange;
	struct carved_buffer target, field, value;
	struct guard guard;
	size_t head_bytes, body_wire_bytes; // as they came, framing included
	bool head_done, done;
	int status; // of a refusal; 0: none
	struct carved_error error;
};

static int refuse(struct carved_parser *parser, int status, enum carved_code code, const char *name, const char *value)
{
	if (parser->status == 0) {
		parser->status = status;
		carved_error_set(&parser->error, code);
		if (name)
			carved_error_add(&parser->error, name, value);
	}
	return -1;
}

static int malformed(struct carved_parser *parser, const char *reason)
{
	return refuse(parser, 400, CARVED_REQUEST_MALFORMED, "reason", reason);
}

static int over_limit(struct carved_parser *parser, int status, enum carved_code code, size_t limit)
{
	if (parser->status == 0) {
		refuse(parser, status, code, NULL, NULL);
		carved_error_add_number(&parser->error, "limit", (long long)limit);
	}
	return -1;
}

// Returns what is wrong with the byte, NULL where nothing is.
static const char *guard_byte(struct guard *guard, char byte)
{
	bool after_cr = guard->previous == '\r';
	if (after_cr != (byte == '\n'))
		return after_cr ? "a CR without LF" : "a LF without CR";
	if (byte == '\n') {
		guard->ended = guard->line_empty && guard->begun;
		guard->in_headers = guard->begun;
		guard->line_empty = true;
	} else if (byte != '\r') {
		if (guard->line_empty && guard->begun && (byte == ' ' || byte == '\t'))
			return "a folded header";
		if (guard->line_empty && byte == ':')
			return "a header without a name";
		if (byte == ' ' && guard->previous == ' ' && !guard->in_headers)
			return "two spaces in the request line";
		if (((unsigned char)byte < 0x20 && byte != '\t') || byte == 0x7F)
			return "a control character in the head";
		if (!guard->begun)
			guard->first = byte;
		guard->line_empty = false;
		guard->begun = true;
	}
	guard->previous = byte;
	return NULL;
}

static int on_url(llhttp_t *llhttp, const char *at, size_t length)
{
	struct carved_parser *parser = llhttp->data;
	if (parser->target.length + length > parser->limits->target_bytes)
		return over_limit(parser, 414, CARVED_TARGET_TOO_LONG, parser->limits->target_bytes);
	carved_buffer_add(&parser->target, at, length);
	return 0;
}

static int on_header_field(llhttp_t *llhttp, const char *at, size_t length)
{
	struct carved_parser *parser = llhttp->data;
	if (parser->head_done)
		return malformed(parser, "headers behind the body");
	carved_buffer_add(&parser->field, at, length);
	return 0;
}

static int on_header_value(llhttp_t *llhttp, const char *at, size_t length)
{
	struct carved_parser *parser = llhttp->data;
	carved_buffer_add(&parser->value, at, length);
	return 0;
}

static int on_header_value_complete(llhttp_t *llhttp)
{
	struct carved_parser *parser = llhttp->data;
	if (parser->exchange->header_count >= parser->limits->header_count)
		return over_limit(parser, 431, CARVED_HEADERS_TOO_MANY, parser->limits->header_count);
	while (parser->value.length > 0 && strchr(" \t", parser->value.data[parser->value.length - 1]))
		parser->value.data[--parser->value.length] = '\0';
	carved_exchange_add_header(
		parser->exchange, parser->field.data ? parser->field.data : "", parser->value.data ? parser->value.data : "");
	carved_buffer_clear(&parser->field);
	carved_buffer_clear(&parser->value);
	return 0;
}

static int check_host(struct carved_parser *parser)
{
	size_t hosts = carved_exchange_count_header(parser->exchange, "host");
	if (hosts != 1)
		return malformed(parser, hosts ? "more than one Host" : "no Host");
	if (strpbrk(carved_http_exchange_header(parser->exchange, "host"), " \t,/@?#\\"))
		return malformed(parser, "Host names no host");
	return 0;
}

// How the body comes must be beyond doubt: one length or chunked, nothing else.
static int check_framing(struct carved_parser *parser)
{
	const char *encoding = carved_http_exchange_header(parser->exchange, "transfer-encoding");
	if (encoding && carved_exchange_count_header(parser->exchange, "content-length"))
		return malformed(parser, "both Content-Length and Transfer-Encoding");
	if (encoding &&
		(strcasecmp(encoding, "chunked") || carved_exchange_count_header(parser->exchange, "transfer-encoding") > 1))
		return refuse(parser, 501, CARVED_REQUEST_NOT_SUPPORTED, "what", "Transfer-Encoding other than chunked");
	if (carved_exchange_count_header(parser->exchange, "content-type") > 1)
		return malformed(parser, "more than one Content-Type");
	if (parser->llhttp.flags & F_CONTENT_LENGTH && parser->llhttp.content_length > parser->limits->body_bytes)
		return over_limit(parser, 413, CARVED_BODY_TOO_LARGE, parser->limits->body_bytes);
	return 0;
}

static int check_expect(struct carved_parser *parser)
{
	const char *expect = carved_http_exchange_header(parser->exchange, "expect");
	if (expect && strcasecmp(expect, "100-continue"))
		return refuse(parser, 417, CARVED_REQUEST_NOT_SUPPORTED, "what", "Expect other than 100-continue");
	parser->exchange->expects_continue = expect != NULL;
	return 0;
}

static int check_target(struct carved_parser *parser)
{
	struct carved_http_request *request = &parser->exchange->request;
	const char *target = parser->target.data ? parser->target.data : "";
	const char *wrong = carved_target_split(target, &parser->exchange->arena, &request->path, &request->query);
	return wrong ? malformed(parser, wrong) : 0;
}

static int check_head(struct carved_parser *parser)
{
	const llhttp_t *llhttp = &parser->llhttp;
	if (llhttp->http_major != 1 || llhttp->http_minor != 1)
		return refuse(parser, 505, CARVED_HTTP_VERSION_NOT_SUPPORTED, NULL, NULL);
	if (llhttp->method == HTTP_CONNECT || llhttp->method == HTTP_TRACE)
		return refuse(parser, 501, CARVED_REQUEST_NOT_SUPPORTED, "what", llhttp_method_name(llhttp->method));
	if (llhttp->upgrade || carved_exchange_count_header(parser->exchange, "upgrade"))
		return refuse(parser, 501, CARVED_REQUEST_NOT_SUPPORTED, "what", "Upgrade");
	return check_host(parser) || check_target(parser) || check_framing(parser) || check_expect(parser) ? -1 : 0;
}

static int on_headers_complete(llhttp_t *llhttp)
{
	struct carved_parser *parser = llhttp->data;
	if (check_head(parser))
		return -1;
	struct carved_http_exchange *exchange = parser->exchange;
	exchange->request.method = llhttp_method_name(llhttp->method);
	exchange->is_head = llhttp->method == HTTP_HEAD;
	exchange->keep_alive = llhttp_should_keep_alive(llhttp);
	parser->head_done = true;
	return 0;
}

static int on_body(llhttp_t *llhttp, const char *at, size_t length)
{
	struct carved_parser *parser = llhttp->data;
	if (length > parser->limits->body_bytes - parser->exchange->body.length)
		return over_limit(parser, 413, CARVED_BODY_TOO_LARGE, parser->limits->body_bytes);
	carved_buffer_add(&parser->exchange->body, at, length);
	return 0;
}

// A chunk that can't be taken whole is refused before any of it comes.
static int on_chunk_header(llhttp_t *llhttp)
{
	struct carved_parser *parser = llhttp->data;
	if (llhttp->content_length > parser->limits->body_bytes - parser->exchange->body.length)
		return over_limit(parser, 413, CARVED_BODY_TOO_LARGE, parser->limits->body_bytes);
	return 0;
}

static int on_chunk_extension(llhttp_t *llhttp, const char *at, size_t length)
{
	(void)at, (void)length;
	return malformed(llhttp->data, "a chunk extension");
}

static int on_message_complete(llhttp_t *llhttp)
{
	struct carved_parser *parser = llhttp->data;
	struct carved_http_exchange *exchange = parser->exchange;
	exchange->request.body = exchange->body.data ? exchange->body.data : "";
	exchange->request.body_length = exchange->body.length;
	parser->done = true;
	return HPE_PAUSED; // what follows is the next request's
}

static const llhttp_settings_t settings = {
	.on_url = on_url,
	.on_header_field = on_header_field,
	.on_header_value = on_header_value,
	.on_header_value_complete = on_header_value_complete,
	.on_headers_complete = on_headers_complete,
	.on_body = on_body,
	.on_chunk_header = on_chunk_header,
	.on_chunk_extension_name = on_chunk_extension,
	.on_message_complete = on_message_complete,
};

struct carved_parser *carved_parser_new(const struct carved_http_limits *limits)
{
	struct carved_parser *parser = carved_alloc_array(1, sizeof *parser);
	parser->limits = limits;
	return parser;
}

void carved_parser_free(struct carved_parser *parser)
{
	if (!parser)
		return;
	carved_buffer_deinit(&parser->target);
	carved_buffer_deinit(&parser->field);
	carved_buffer_deinit(&parser->value);
	free(parser);
}

void carved_parser_begin(struct carved_parser *parser, struct carved_http_exchange *exchange)
{
	llhttp_init(&parser->llhttp, HTTP_REQUEST, &settings);
	parser->llhttp.data = parser;
	parser->exchange = exchange;
	carved_buffer_clear(&parser->target);
	carved_buffer_clear(&parser->field);
	carved_buffer_clear(&parser->value);
	parser->guard = (struct guard){.line_empty = true};
	parser->head_bytes = parser->body_wire_bytes = 0;
	parser->head_done = parser->done = false;
	parser->status = 0;
}

static void refuse_for(struct carved_parser *parser, llhttp_errno_t answer)
{
	if (answer == HPE_INVALID_VERSION || answer == HPE_PAUSED_H2_UPGRADE)
		refuse(parser, 505, CARVED_HTTP_VERSION_NOT_SUPPORTED, NULL, NULL);
	else if (answer == HPE_INVALID_METHOD && isalpha((unsigned char)parser->guard.first))
		refuse(parser, 501, CARVED_REQUEST_NOT_SUPPORTED, "what", "this method");
	else
		malformed(
			parser, llhttp_get_error_reason(&parser->llhttp) ? llhttp_get_error_reason(&parser->llhttp) : "not HTTP");
}

static void execute(struct carved_parser *parser, const char *bytes, size_t length, size_t *ret_used)
{
	llhttp_errno_t answer = llhttp_execute(&parser->llhttp, bytes, length);
	*ret_used = parser->done ? (size_t)(llhttp_get_error_pos(&parser->llhttp) - bytes) : length;
	if (answer != HPE_OK && !parser->done)
		refuse_for(parser, answer);
}

// One byte at a time: of several things that are wrong with a head, the first one is told, however the bytes came.
static void feed_head(struct carved_parser *parser, const char *byte, size_t *ret_used)
{
	const char *wrong = NULL;
	if (parser->head_bytes == parser->limits->header_bytes)
		over_limit(parser, 431, CARVED_HEAD_TOO_LARGE, parser->limits->header_bytes);
	else if ((wrong = guard_byte(&parser->guard, *byte)))
		malformed(parser, wrong);
	if (parser->status)
		return;
	parser->head_bytes++;
	execute(parser, byte, 1, ret_used);
	if (parser->guard.ended && !parser->head_done)
		refuse_for(parser, HPE_PAUSED_H2_UPGRADE); // llhttp waits for the rest of HTTP/2's preface
}

// Never more at a time than the framing of chunks (what is no body) may still take: the limit is met at the same byte, however the bytes came.
static void feed_body(struct carved_parser *parser, const char *bytes, size_t length, size_t *ret_used)
{
	const struct carved_http_limits *limits = parser->limits;
	size_t framing = parser->body_wire_bytes - parser->exchange->body.length,
	       room = limits->body_bytes + limits->header_bytes - framing, piece = length < room ? length : room;
	if (piece == 0) {
		over_limit(parser, 413, CARVED_BODY_TOO_LARGE, limits->body_bytes);
		return;
	}
	execute(parser, bytes, piece, ret_used);
	parser->body_wire_bytes += *ret_used;
}

enum carved_parse_answer carved_parser_feed(struct carved_parser *parser, const char *bytes, size_t length, size_t *ret_used)
{
	size_t used = 0;
	while (used < length && !parser->done && parser->status == 0) {
		size_t piece = 0;
		if (parser->head_done)
			feed_body(parser, bytes + used, length - used, &piece);
		else
			feed_head(parser, bytes + used, &piece);
		used += piece;
	}
	*ret_used = used;
	if (parser->status)
		return CARVED_PARSE_REFUSED;
	return parser->done ? CARVED_PARSE_DONE : CARVED_PARSE_MORE;
}

bool carved_parser_has_begun(const struct carved_parser *parser)
{
	return parser->guard.begun;
}

bool carved_parser_has_head(const struct carved_parser *parser)
{
	return parser->head_done;
}

int carved_parser_status(const struct carved_parser *parser)
{
	return parser->status;
}

const struct carved_error *carved_parser_error(const struct carved_parser *parser)
{
	return &parser->error;
}
