// SPDX-License-Identifier: EUPL-1.2
#include "page.h"
#include "state.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A cursor is the letter of its list and a key, as hexadecimal digits: opaque, and safe in a URL.
static const char letters[] = {[CARVED_PAGE_CANDIDATES] = 'k',
	[CARVED_PAGE_SITES] = 's',
	[CARVED_PAGE_COACHES] = 'c',
	[CARVED_PAGE_VOCABULARIES] = 'v',
	[CARVED_PAGE_PLANS] = 'l',
	[CARVED_PAGE_PROPOSALS] = 'p'};

char *carved_page_cursor(enum carved_page_of of, const char *key, struct carved_arena *arena)
{
	size_t length = strlen(key);
	char *cursor = carved_arena_alloc(arena, 2 * length + 3);
	snprintf(cursor, 3, "%02x", (unsigned char)letters[of]);
	for (size_t i = 0; i < length; i++)
		snprintf(cursor + 2 * i + 2, 3, "%02x", (unsigned char)key[i]);
	return cursor;
}

char *carved_page_key(enum carved_page_of of, const char *cursor, struct carved_arena *arena)
{
	size_t length = strlen(cursor);
	char *key = carved_arena_alloc(arena, length / 2 + 1);
	if (length < 4 || length % 2 || strspn(cursor, "0123456789abcdef") != length)
		return NULL;
	for (size_t i = 0; i < length / 2; i++) {
		char digits[3] = {cursor[2 * i], cursor[2 * i + 1], '\0'};
		key[i] = (char)strtol(digits, NULL, 16);
	}
	key[length / 2] = '\0';
	return key[0] == letters[of] && strlen(key) == length / 2 ? key + 1 : NULL;
}

static bool read_limit(struct carved_call *call, struct carved_page *page)
{
	const struct carved_config *config = call->service->config;
	const char *text = carved_http_exchange_query(call->exchange, "limit", NULL);
	char *end;
	unsigned long limit = text ? strtoul(text, &end, 10) : config->page_items;
	if (text && (*text < '0' || *text > '9' || *end || limit < 1 || limit > config->page_items_max)) {
		carved_reply_bad_query(call, "limit", text, carved_arena_printf(call->arena, "1..%u", config->page_items_max));
		return false;
	}
	page->limit = (unsigned)limit;
	return true;
}

struct carved_answer_owed carved_page_reply_bad_cursor(struct carved_call *call)
{
	const char *cursor = carved_http_exchange_query(call->exchange, "cursor", NULL);
	return carved_reply_bad_query(call, "cursor", cursor, "what `next` said");
}

bool carved_page_read(struct carved_call *call, enum carved_page_of of, struct carved_page *ret_page)
{
	struct carved_page page = {.of = of};
	if (!read_limit(call, &page))
		return false;
	const char *cursor = carved_http_exchange_query(call->exchange, "cursor", NULL);
	page.behind = cursor ? carved_page_key(of, cursor, call->arena) : NULL;
	if (cursor && !page.behind) {
		carved_page_reply_bad_cursor(call);
		return false;
	}
	*ret_page = page;
	return true;
}

// Adds a text, each byte that could end or break a URI reference percent-encoded.
static void add_encoded(struct carved_buffer *buffer, const char *text, size_t length)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/=%+";
	for (size_t i = 0; i < length; i++) {
		if (text[i] && strchr(plain, text[i]))
			carved_buffer_add(buffer, text + i, 1);
		else
			carved_buffer_printf(buffer, "%%%02X", (unsigned char)text[i]);
	}
}

static const char *link_of(struct carved_call *call, const char *cursor)
{
	struct carved_buffer link = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&link, "<");
	add_encoded(&link, call->request->path, strlen(call->request->path));
	carved_buffer_add_text(&link, "?");
	for (const char *query = call->request->query; *query;) {
		size_t length = strcspn(query, "&");
		if (length > 0 && strncmp(query, "cursor=", 7) != 0) {
			add_encoded(&link, query, length);
			carved_buffer_add_text(&link, "&");
		}
		query += length + (query[length] == '&');
	}
	carved_buffer_printf(&link, "cursor=%s>; rel=\"next\"", cursor);
	const char *kept = carved_arena_strdup(call->arena, link.data);
	carved_buffer_deinit(&link);
	return kept;
}

struct carved_answer_owed carved_page_reply(
	struct carved_call *call, const char *next, const struct carved_content *content, struct carved_buffer *body)
{
	struct carved_http_header link = {"Link", next ? link_of(call, next) : ""};
	return carved_reply_content(call, content, &link, next != NULL, body);
}
