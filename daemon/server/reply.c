// SPDX-License-Identifier: EUPL-1.2
#include "reply.h"
#include "account.h"
#include "answer.h"

// Takes the bytes of `body`.
static void compose(struct carved_connection *c, const struct carved_answer_head *head, const struct carved_http_header *headers,
	size_t count, struct carved_buffer *body, bool without_body)
{
	const struct carved_http_handler *handler = &c->server->handler;
	carved_buffer_clear(&c->head);
	carved_buffer_deinit(&c->body);
	carved_answer_format(head, handler->headers, handler->header_count, headers, count, &c->head);
	if (body && !without_body) {
		c->body = *body;
		*body = (struct carved_buffer)CARVED_BUFFER_INIT;
	} else if (body) {
		carved_buffer_deinit(body);
	}
	c->closes = head->close;
}

void carved_reply_refuse(struct carved_connection *c, int status, const struct carved_error *error)
{
	const struct carved_http_handler *handler = &c->server->handler;
	struct carved_buffer body = CARVED_BUFFER_INIT;
	const char *accepted = carved_http_exchange_header(c->exchange, "accept-language");
	const char *language = handler->refuse(handler->context, status, error, accepted, &body);
	const struct carved_http_header headers[] = {{"Content-Language", language}, {"Retry-After", "1"}};
	struct carved_answer_head head = {.status = status,
		.content_type = body.length > 0 ? "application/problem+json" : NULL,
		.body_length = body.length,
		.close = true,
		.now = time(NULL)};
	compose(c, &head, headers, status == 503 || status == 429 ? 2 : 1, &body, c->exchange->is_head);
	carved_connection_send(c);
}

void carved_reply_refuse_stopping(struct carved_connection *c)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_STOPPING);
	carved_reply_refuse(c, 503, &error);
}

void carved_reply_refuse_cut_off(struct carved_connection *c)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_REQUEST_MALFORMED);
	carved_error_add(&error, "reason", "it ends too early");
	carved_reply_refuse(c, 400, &error);
}

void carved_reply_refuse_slow(struct carved_connection *c, unsigned seconds)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_REQUEST_TIMEOUT);
	carved_error_add_number(&error, "seconds", seconds);
	carved_reply_refuse(c, 408, &error);
}

void carved_reply_refuse_entry(struct carved_connection *c)
{
	const struct carved_http_limits *limits = &c->server->limits;
	struct carved_error error;
	bool of_user = c->user->connections >= limits->connections_per_user;
	carved_error_set(&error, CARVED_TOO_MANY_CONNECTIONS);
	carved_error_add_number(&error, "limit", of_user ? limits->connections_per_user : limits->connections);
	carved_reply_refuse(c, of_user ? 429 : 503, &error);
}

void carved_reply_refuse_bodies(struct carved_connection *c)
{
	struct carved_error error;
	c->server->figures.bodies_over_user_limit++;
	carved_error_set(&error, CARVED_BODIES_TOO_LARGE);
	carved_error_add_number(&error, "limit", (long long)c->server->limits.user_body_bytes);
	carved_reply_refuse(c, 429, &error);
}

void carved_http_reply(struct carved_http_exchange *exchange, int status, const char *content_type,
	const struct carved_http_header *headers, size_t header_count, struct carved_buffer *body)
{
	struct carved_connection *c = exchange->connection;
	carved_exchange_tell_answered(exchange, status);
	if (c) {
		struct carved_answer_head head = {.status = status,
			.content_type = body && body->length > 0 ? content_type : NULL,
			.body_length = body ? body->length : 0,
			.close = !exchange->keep_alive || c->server->stopping,
			.now = time(NULL)};
		compose(c, &head, headers, header_count, body, exchange->is_head);
		c->answered = true;
		c->exchange = NULL;
		carved_account_count_body(c);
	} else if (body) {
		carved_buffer_deinit(body);
	}
	carved_exchange_free(exchange);
	if (c)
		carved_connection_tick(c);
}
