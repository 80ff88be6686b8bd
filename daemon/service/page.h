// SPDX-License-Identifier: EUPL-1.2
// Pages of a list. A cursor names the last item of the page before, not a number of items: what is added or taken away meanwhile makes nobody miss or see twice
// what stays.
#pragma once
#include "reply.h"

enum carved_page_of {
	CARVED_PAGE_CANDIDATES,
	CARVED_PAGE_SITES,
	CARVED_PAGE_COACHES,
	CARVED_PAGE_VOCABULARIES,
	CARVED_PAGE_PLANS,
	CARVED_PAGE_PROPOSALS
};

struct carved_page {
	enum carved_page_of of;
	unsigned limit;
	const char *behind; // key of the last item of the page before; NULL: the first page. In the exchange's arena
};

// Reads `limit` and `cursor` of a call. Returns false, and has answered 400 (carved_reply_given), where either is none: also for a cursor of another kind of list.
bool carved_page_read(struct carved_call *call, enum carved_page_of of, struct carved_page *ret_page);

// Answers 400: the cursor is none, or names nothing.
struct carved_answer_owed carved_page_reply_bad_cursor(struct carved_call *call);

// The cursor of the page behind an item, and the key that it holds (NULL where it is none of this list). Both in the arena. Pure.
char *carved_page_cursor(enum carved_page_of of, const char *key, struct carved_arena *arena);
char *carved_page_key(enum carved_page_of of, const char *cursor, struct carved_arena *arena);

// Answers with a page, as carved_reply_content does; the page behind it is named in the header Link (RFC 8288). `next`: its cursor, NULL on the last page.
struct carved_answer_owed carved_page_reply(
	struct carved_call *call, const char *next, const struct carved_content *content, struct carved_buffer *body);
