// SPDX-License-Identifier: EUPL-1.2
// Documents: each change adds a version; `documents` points to the present one.
#include "internal.h"
#include <stdlib.h>
#include <string.h>

struct present {
	int64_t version; // 0: there is no such document now
	bool same;       // its text is that of the change
};

static bool find_present(struct carved_store *store, const struct carved_store_change *change, struct present *ret_present,
	struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_DOCUMENT_GET);
	carved_store_bind_text(statement, 1, change->kind);
	carved_store_bind_text(statement, 2, change->ref);
	int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
	bool ok = result == SQLITE_ROW || result == SQLITE_DONE;
	if (result == SQLITE_ROW) {
		size_t length;
		const char *json = carved_store_column_text(statement, 1, &length);
		ret_present->version = sqlite3_column_int64(statement, 0);
		ret_present->same =
			change->json && json && length == change->json_length && memcmp(json, change->json, length) == 0;
	} else if (ok) {
		*ret_present = (struct present){0};
	} else {
		carved_store_trouble(store, error);
	}
	carved_store_reset(statement);
	return ok;
}

// The last version of a document that is not there now: it may have been deleted before.
static bool find_last_version(
	struct carved_store *store, const struct carved_store_change *change, int64_t *ret_version, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_DOCUMENT_LAST_VERSION);
	carved_store_bind_text(statement, 1, change->kind);
	carved_store_bind_text(statement, 2, change->ref);
	return carved_store_ask(store, statement, ret_version, error); // NULL reads as 0
}

struct author {
	const char *who;
	int64_t when;
};

static bool add_version(struct carved_store *store, const struct carved_store_change *change, int64_t version,
	const struct author *author, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_DOCUMENT_ADD_VERSION);
	carved_store_bind_text(statement, 1, change->kind);
	carved_store_bind_text(statement, 2, change->ref);
	sqlite3_bind_int64(statement, 3, version);
	carved_store_bind_bytes(statement, 4, change->json, change->json_length);
	sqlite3_bind_int64(statement, 5, author->when);
	carved_store_bind_text(statement, 6, author->who);
	return carved_store_run(store, statement, error);
}

// Lets `documents` point to the version just added, or to none.
static bool point(struct carved_store *store, const struct carved_store_change *change, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, change->json ? STATEMENT_DOCUMENT_SET : STATEMENT_DOCUMENT_REMOVE);
	carved_store_bind_text(statement, 1, change->kind);
	carved_store_bind_text(statement, 2, change->ref);
	if (change->json)
		sqlite3_bind_int64(statement, 3, sqlite3_last_insert_rowid(store->db));
	return carved_store_run(store, statement, error);
}

static bool apply(struct carved_store *store, const struct carved_store_change *change, const struct author *author,
	struct carved_store_result *ret_result, struct carved_error *error)
{
	struct present present;
	if (!find_present(store, change, &present, error))
		return false;
	int64_t version = present.version;
	if (present.same || (!change->json && !version)) {
		*ret_result = (struct carved_store_result){present.same ? CARVED_STORE_UNCHANGED : CARVED_STORE_ABSENT, version};
		return true;
	}
	if (!version && !find_last_version(store, change, &version, error))
		return false;
	if (!add_version(store, change, ++version, author, error) || !point(store, change, error) ||
		!carved_store_proposals_outdate(store, change->kind, change->ref, author->when, error))
		return false;
	enum carved_store_outcome stored = present.version ? CARVED_STORE_REPLACED : CARVED_STORE_CREATED;
	*ret_result = (struct carved_store_result){change->json ? stored : CARVED_STORE_DELETED, version};
	return true;
}

bool carved_store_apply_once(struct carved_store *store, const struct carved_store_change *changes, size_t count, const char *who,
	int64_t when, const struct carved_store_keep *keep, struct carved_store_result *ret_results, struct carved_error *error)
{
	const struct author author = {who, when};
	struct carved_store_result *results = carved_alloc_array(count, sizeof *results);
	bool ok = carved_store_begin(store, error);
	if (ok) {
		for (size_t i = 0; ok && i < count; i++)
			ok = apply(store, &changes[i], &author, &results[i], error);
		ok = ok && (!keep || carved_store_answer_add(store, keep, 0, error));
		ok = carved_store_end(store, ok, error);
	}
	if (ok && ret_results && count)
		memcpy(ret_results, results, count * sizeof *results);
	free(results);
	return ok;
}

bool carved_store_apply(struct carved_store *store, const struct carved_store_change *changes, size_t count, const char *who,
	int64_t when, struct carved_store_result *ret_results, struct carved_error *error)
{
	return carved_store_apply_once(store, changes, count, who, when, NULL, ret_results, error);
}

static bool tell_documents(struct carved_store *store, sqlite3_stmt *statement, carved_store_document_fn callback, void *context,
	struct carved_error *error)
{
	int result = SQLITE_ERROR;
	bool go_on = true;
	while (statement && go_on && (result = sqlite3_step(statement)) == SQLITE_ROW) {
		size_t length;
		const char *json = carved_store_column_text(statement, 3, &length);
		struct carved_store_document document = {
			.kind = carved_store_column_text(statement, 0, NULL),
			.ref = carved_store_column_text(statement, 1, NULL),
			.version = sqlite3_column_int64(statement, 2),
			.json = json,
			.json_length = length,
			.changed_at = sqlite3_column_int64(statement, 4),
			.changed_by = carved_store_column_text(statement, 5, NULL),
		};
		go_on = callback(context, &document);
	}
	bool ok = result == SQLITE_DONE || !go_on;
	if (!ok)
		carved_store_trouble(store, error);
	carved_store_reset(statement);
	return ok;
}

bool carved_store_load(struct carved_store *store, carved_store_document_fn callback, void *context, struct carved_error *error)
{
	return tell_documents(store, carved_store_prepare(store, STATEMENT_DOCUMENT_LOAD), callback, context, error);
}

bool carved_store_history(struct carved_store *store, const char *kind, const char *ref, carved_store_document_fn callback,
	void *context, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_DOCUMENT_HISTORY);
	carved_store_bind_text(statement, 1, kind);
	carved_store_bind_text(statement, 2, ref);
	return tell_documents(store, statement, callback, context, error);
}
