// SPDX-License-Identifier: EUPL-1.2
// An answer that stays open: what its owner writes goes out in chunks, one write at a time; behind the last one the owner is asked for more.
#include "stream.h"
#include "account.h"
#include "answer.h"
#include <stdlib.h>

static void format_head(
	struct carved_connection *c, const char *content_type, const struct carved_http_header *headers, size_t count)
{
	const struct carved_http_handler *handler = &c->server->handler;
	const struct carved_answer_head head = {
		.status = 200, .content_type = content_type, .chunked = true, .close = true, .now = time(NULL)};
	carved_buffer_clear(&c->head);
	carved_buffer_deinit(&c->body);
	carved_answer_format(&head, handler->headers, handler->header_count, headers, count, &c->head);
	c->closes = true;
}

struct carved_http_stream *carved_http_stream_begin(struct carved_http_exchange *exchange, const char *content_type,
	const struct carved_http_header *headers, size_t header_count, const struct carved_http_stream_owner *owner)
{
	struct carved_connection *c = exchange->connection;
	struct carved_http_stream *stream = NULL;
	bool is_head = exchange->is_head;
	carved_exchange_tell_answered(exchange, 200);
	if (c) {
		format_head(c, content_type, headers, header_count);
		c->answered = true;
		c->exchange = NULL;
		carved_account_count_body(c);
	}
	carved_exchange_free(exchange);
	if (c && !is_head && !c->server->stopping) {
		stream = carved_alloc_array(1, sizeof *stream);
		*stream = (struct carved_http_stream){.connection = c, .owner = *owner};
		c->stream = stream;
	} else if (c && !is_head) {
		carved_buffer_add_text(&c->head, "0\r\n\r\n");
	}
	if (c)
		carved_connection_tick(c);
	return stream;
}

static void send_waiting(struct carved_connection *c)
{
	carved_buffer_clear(&c->head);
	carved_buffer_deinit(&c->body);
	c->body = c->stream->waiting;
	c->stream->waiting = (struct carved_buffer)CARVED_BUFFER_INIT;
	carved_connection_write(c);
}

void carved_http_stream_write(struct carved_http_stream *stream, struct carved_buffer *bytes)
{
	if (bytes->length == 0 || stream->over)
		abort(); // a contract: an empty chunk would be the last one
	carved_buffer_printf(&stream->waiting, "%zx\r\n", bytes->length);
	carved_buffer_add(&stream->waiting, bytes->data, bytes->length);
	carved_buffer_add_text(&stream->waiting, "\r\n");
	carved_buffer_deinit(bytes);
	stream->told = false;
	if (stream->connection->written)
		send_waiting(stream->connection);
}

void carved_http_stream_end(struct carved_http_stream *stream)
{
	stream->over = true;
	carved_connection_tick(stream->connection);
}

static void tell_ended(struct carved_http_stream *stream, enum carved_http_stream_end why)
{
	if (stream->over)
		return;
	stream->over = true;
	stream->owner.ended(stream->owner.context, why);
}

void carved_stream_step(struct carved_connection *c)
{
	struct carved_http_stream *stream = c->stream;
	if (c->broken || c->timed_out)
		tell_ended(stream, c->broken ? CARVED_STREAM_LEFT : CARVED_STREAM_SLOW);
	else if (c->server->stopping)
		tell_ended(stream, CARVED_STREAM_STOPPING);
	if (c->broken || c->timed_out) {
		carved_connection_shut(c);
	} else if (c->written && stream->over) {
		carved_buffer_deinit(&c->body);
		carved_buffer_clear(&c->head);
		carved_buffer_add(&c->head, stream->waiting.data, stream->waiting.length);
		carved_buffer_add_text(&c->head, "0\r\n\r\n");
		carved_connection_send(c);
	} else if (c->written && stream->waiting.length > 0) {
		send_waiting(c);
	} else if (c->written && !stream->told) {
		stream->told = true;
		stream->owner.drained(stream->owner.context);
	}
}

void carved_stream_free(struct carved_http_stream *stream)
{
	if (!stream)
		return;
	carved_buffer_deinit(&stream->waiting);
	free(stream);
}
