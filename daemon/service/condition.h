// SPDX-License-Identifier: EUPL-1.2
// What a request says about the state it wants to find: If-Match and If-None-Match (RFC 9110 13).
//
//   If-Match        holds where the thing is there and its tag is listed, or `*` is said; weak tags never hold
//   If-None-Match   holds where the thing is not there or its tag is not listed; `*`: only where it is not there
//
// A condition is judged against what a change lands on, in the thread that makes it, and only where all else about the request is right (13.2.1): a document
// that is invalid stays 400, one that is not there stays 404.
#pragma once
#include "reply.h"

struct carved_condition {
	const char *match, *none_match; // valid headers, in the exchange's arena; NULL: not said
};

// Reads both headers of a call. Returns false, with the header's name, where one is neither `*` nor a list of tags.
bool carved_condition_read(struct carved_call *call, struct carved_condition *ret_condition, const char **ret_wrong);

// Answers 400 for that header.
struct carved_answer_owed carved_condition_reply_wrong(struct carved_call *call, const char *header);

// Whether a change may be made. `tags`: of the thing as it is now, one for each way to write it down; count 0: it is not there.
bool carved_condition_allows(const struct carved_condition *condition, const char *const tags[], size_t count);

// The same for a document; version 0: it is not there.
bool carved_condition_allows_version(const struct carved_condition *condition, int64_t version);

// Whether a thing that is there is what If-Match wants, if it says anything.
bool carved_condition_matches(const struct carved_condition *condition, const char *tag);

// Whether a GET asks only for what has changed since this tag, and it has not: 304.
bool carved_condition_is_unchanged(const struct carved_condition *condition, const char *tag);
