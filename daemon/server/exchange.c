// SPDX-License-Identifier: EUPL-1.2
#include "exchange.h"
#include "target.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct carved_http_exchange *carved_exchange_new(struct carved_connection *connection)
{
	struct carved_http_exchange *exchange = carved_alloc_array(1, sizeof *exchange);
	exchange->connection = connection;
	return exchange;
}

void carved_exchange_free(struct carved_http_exchange *exchange)
{
	if (!exchange)
		return;
	carved_arena_deinit(&exchange->arena);
	carved_buffer_deinit(&exchange->body);
	free(exchange);
}

void carved_exchange_add_header(struct carved_http_exchange *exchange, const char *name, const char *value)
{
	if (exchange->header_count == exchange->header_capacity) {
		size_t capacity = exchange->header_capacity ? 2 * exchange->header_capacity : 16;
		struct carved_http_header *grown = carved_arena_array(&exchange->arena, struct carved_http_header, capacity);
		if (exchange->header_count > 0)
			memcpy(grown, exchange->headers, exchange->header_count * sizeof *grown);
		exchange->headers = grown;
		exchange->header_capacity = capacity;
	}
	exchange->headers[exchange->header_count++] = (struct carved_http_header){
		.name = carved_arena_strdup(&exchange->arena, name), .value = carved_arena_strdup(&exchange->arena, value)};
}

void carved_exchange_tell_answered(const struct carved_http_exchange *exchange, int status)
{
	struct carved_http_answered answered = {.tag = exchange->tag,
		.status = status,
		.gone = !exchange->connection,
		.microseconds = (uv_hrtime() - exchange->handed_at) / 1000};
	if (exchange->answered)
		exchange->answered(exchange->answered_context, &answered);
}

size_t carved_exchange_count_header(const struct carved_http_exchange *exchange, const char *name)
{
	size_t found = 0;
	for (size_t i = 0; i < exchange->header_count; i++)
		found += strcasecmp(exchange->headers[i].name, name) == 0;
	return found;
}

const struct carved_http_request *carved_http_exchange_request(const struct carved_http_exchange *exchange)
{
	return &exchange->request;
}

const char *carved_http_exchange_header(const struct carved_http_exchange *exchange, const char *name)
{
	for (size_t i = 0; i < exchange->header_count; i++) {
		if (strcasecmp(exchange->headers[i].name, name) == 0)
			return exchange->headers[i].value;
	}
	return NULL;
}

const char *carved_http_exchange_list(struct carved_http_exchange *exchange, const char *name)
{
	const char *list = NULL;
	for (size_t i = 0; i < exchange->header_count; i++) {
		const char *value = exchange->headers[i].value;
		if (strcasecmp(exchange->headers[i].name, name) == 0)
			list = list ? carved_arena_printf(&exchange->arena, "%s, %s", list, value) : value;
	}
	return list;
}

struct carved_arena *carved_http_exchange_arena(struct carved_http_exchange *exchange)
{
	return &exchange->arena;
}

void carved_http_exchange_on_gone(struct carved_http_exchange *exchange, void (*gone)(void *context), void *context)
{
	exchange->gone = gone;
	exchange->gone_context = context;
}

void carved_http_exchange_set_tag(struct carved_http_exchange *exchange, const void *tag)
{
	exchange->tag = tag;
}

const char *carved_http_exchange_query(struct carved_http_exchange *exchange, const char *key, bool *ret_valid)
{
	return carved_target_query(exchange->request.query, key, &exchange->arena, ret_valid);
}
