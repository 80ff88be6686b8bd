// SPDX-License-Identifier: EUPL-1.2
// First answers to requests with a key: written in the transaction of their effect, forgotten after their time.
#include "internal.h"
#include <stdlib.h>
#include <string.h>

static bool forget(struct carved_store *store, int64_t before, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_ANSWERS_FORGET);
	sqlite3_bind_int64(statement, 1, before);
	return carved_store_run(store, statement, error);
}

bool carved_store_answer_add(
	struct carved_store *store, const struct carved_store_keep *keep, int64_t plan, struct carved_error *error)
{
	if (!keep->body == !plan)
		abort(); // a contract: either a body or a plan
	if (!forget(store, keep->forget_before, error))
		return false;
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_ANSWER_ADD);
	sqlite3_bind_int64(statement, 1, keep->uid);
	carved_store_bind_text(statement, 2, keep->key);
	carved_store_bind_text(statement, 3, keep->fingerprint);
	sqlite3_bind_int64(statement, 4, keep->status);
	carved_store_bind_text(statement, 5, keep->body);
	if (plan)
		sqlite3_bind_int64(statement, 6, plan);
	sqlite3_bind_int64(statement, 7, keep->when);
	return carved_store_run(store, statement, error);
}

bool carved_store_answers_forget(struct carved_store *store, int64_t before, struct carved_error *error)
{
	return carved_store_begin(store, error) && carved_store_end(store, forget(store, before, error), error);
}

bool carved_store_answer_get(struct carved_store *store, int64_t uid, const char *key, int64_t since, struct carved_arena *arena,
	struct carved_store_answer *ret_answer, struct carved_error *error)
{
	struct carved_store_answer answer = {0};
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_ANSWER_GET);
	sqlite3_bind_int64(statement, 1, uid);
	carved_store_bind_text(statement, 2, key);
	sqlite3_bind_int64(statement, 3, since);
	int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
	if (result == SQLITE_ROW) {
		size_t length;
		const char *body = carved_store_column_text(statement, 2, &length);
		answer.fingerprint = carved_arena_strdup(arena, carved_store_column_text(statement, 0, NULL));
		answer.status = sqlite3_column_int(statement, 1);
		answer.body = body ? carved_arena_strndup(arena, body, length) : NULL;
		answer.body_length = body ? length : 0;
		if (!body)
			carved_store_format_id("PL-", sqlite3_column_int64(statement, 3), answer.plan);
	} else if (result != SQLITE_DONE) {
		carved_store_trouble(store, error);
	}
	carved_store_reset(statement);
	if (result == SQLITE_ROW || result == SQLITE_DONE)
		*ret_answer = answer;
	return result == SQLITE_ROW || result == SQLITE_DONE;
}
