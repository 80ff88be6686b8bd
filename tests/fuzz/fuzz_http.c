// SPDX-License-Identifier: EUPL-1.2
// The HTTP parser. Input: a number that chooses where to cut, then what a client sends. Oracle: the requests that come out, or the status and code of the refusal,
// are the same whether the bytes come all at once, one by one, or cut anywhere; what comes out keeps the limits.
#include "fuzz.h"
#include "server/exchange.h"
#include "server/parser.h"

// Small, so that short inputs meet them.
static const struct carved_http_limits limits = {.header_bytes = 300,
	.body_bytes = 60,
	.target_bytes = 40,
	.header_count = 6,
	.connections = 1,
	.connections_per_user = 1};

enum cut { WHOLE, BYTES, ANYWHERE };

static size_t next_piece(enum cut cut, uint32_t *state, size_t left)
{
	*state = *state * 1664525u + 1013904223u;
	size_t piece = cut == WHOLE ? left : cut == BYTES ? 1 : 1 + (*state >> 16) % 24;
	return piece < left ? piece : left;
}

static void tell_request(const struct carved_http_exchange *exchange, struct carved_buffer *told)
{
	const struct carved_http_request *request = &exchange->request;
	FUZZ_REQUIRE(request->path[0] == '/' && strlen(request->path) <= limits.target_bytes);
	FUZZ_REQUIRE(request->body_length <= limits.body_bytes && request->body[request->body_length] == '\0');
	FUZZ_REQUIRE(exchange->header_count <= limits.header_count && carved_exchange_count_header(exchange, "host") == 1);
	carved_buffer_printf(told, "%s %s ? %s %d%d%d\n", request->method, request->path, request->query, exchange->keep_alive,
		exchange->expects_continue, exchange->is_head);
	for (size_t i = 0; i < exchange->header_count; i++)
		carved_buffer_printf(told, "%s: %s\n", exchange->headers[i].name, exchange->headers[i].value);
	carved_buffer_add(told, request->body, request->body_length);
}

// Feeds one request from *at on. Returns false once no other can follow.
static bool feed_one(
	struct carved_parser *parser, struct fuzz_input *input, enum cut cut, uint32_t *state, struct carved_buffer *told)
{
	struct carved_http_exchange *exchange = carved_exchange_new(NULL);
	enum carved_parse_answer answer = CARVED_PARSE_MORE;
	carved_parser_begin(parser, exchange);
	while (input->left > 0 && answer == CARVED_PARSE_MORE) {
		size_t used = 0, piece = next_piece(cut, state, input->left);
		answer = carved_parser_feed(parser, (const char *)input->at, piece, &used);
		FUZZ_REQUIRE(used <= piece && (answer != CARVED_PARSE_MORE || used == piece));
		input->at += used, input->left -= used;
	}
	if (answer == CARVED_PARSE_DONE)
		tell_request(exchange, told);
	else if (answer == CARVED_PARSE_REFUSED)
		carved_buffer_printf(
			told, "refused %d %s", carved_parser_status(parser), carved_code_name(carved_parser_error(parser)->code));
	else
		carved_buffer_printf(told, "more %d %d", carved_parser_has_begun(parser), carved_parser_has_head(parser));
	carved_exchange_free(exchange);
	return answer == CARVED_PARSE_DONE && input->left > 0;
}

static void converse(struct fuzz_input input, enum cut cut, uint32_t state, struct carved_buffer *told)
{
	struct carved_parser *parser = carved_parser_new(&limits);
	while (feed_one(parser, &input, cut, &state, told))
		;
	carved_parser_free(parser);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	uint32_t state = fuzz_take(&input, 1);
	struct carved_buffer told = CARVED_BUFFER_INIT, told_too = CARVED_BUFFER_INIT;
	converse(input, WHOLE, state, &told);
	for (enum cut cut = BYTES; cut <= ANYWHERE; cut++) {
		carved_buffer_clear(&told_too);
		converse(input, cut, state, &told_too);
		FUZZ_REQUIRE(told.length == told_too.length &&
			     (told.length == 0 || memcmp(told.data, told_too.data, told.length) == 0));
	}
	carved_buffer_deinit(&told);
	carved_buffer_deinit(&told_too);
	return 0;
}
