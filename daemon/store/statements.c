// SPDX-License-Identifier: EUPL-1.2
// All SQL of the daemon but its tables (migrations/), and the few calls that run it.
#include "internal.h"
#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define PROPOSAL                                                                                                                 \
	"SELECT p.id, p.plan, p.candidate, p.site, ifnull(o.state, p.state), p.json, p.origin, p.candidate_version,"             \
	" p.site_version FROM proposals p LEFT JOIN proposals o ON o.id = p.origin"
#define DECIDABLE " AND plan NOT IN (SELECT id FROM plans WHERE simulated)"
#define DECISION                                                                                                                 \
	"SELECT d.id, d.proposal, p.candidate, p.site, d.kind, d.reason, d.text, d.candidate_agreed, d.employer_agreed,"         \
	" d.finances_discussed, d.contact, d.for_good, d.candidate_version, d.site_version, d.decided_at, d.decided_by"          \
	" FROM decisions d JOIN proposals p ON p.id = d.proposal"
#define EVENT_ADD_ALL "INSERT INTO events (at, kind, plan, proposal, candidate, site, json) "
#define EVENT_ADD_STALE                                                                                                          \
	EVENT_ADD_ALL "SELECT ?, ?, plan, id, candidate, site, json_object('because', ?, 'was', state) FROM proposals"

static const char *const sql[STATEMENTS] = {
	[STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
	[STATEMENT_COMMIT] = "COMMIT",
	[STATEMENT_ROLLBACK] = "ROLLBACK",

	[STATEMENT_DOCUMENT_GET] = "SELECT v.version, v.json FROM documents d JOIN document_versions v ON v.id = d.version_id"
				   " WHERE d.kind = ? AND d.ref = ?",
	[STATEMENT_DOCUMENT_LAST_VERSION] = "SELECT max(version) FROM document_versions WHERE kind = ? AND ref = ?",
	[STATEMENT_DOCUMENT_ADD_VERSION] = "INSERT INTO document_versions (kind, ref, version, json, changed_at, changed_by)"
					   " VALUES (?, ?, ?, ?, ?, ?)",
	[STATEMENT_DOCUMENT_SET] = "INSERT INTO documents (kind, ref, version_id) VALUES (?, ?, ?)"
				   " ON CONFLICT (kind, ref) DO UPDATE SET version_id = excluded.version_id",
	[STATEMENT_DOCUMENT_REMOVE] = "DELETE FROM documents WHERE kind = ? AND ref = ?",
	[STATEMENT_DOCUMENT_LOAD] = "SELECT v.kind, v.ref, v.version, v.json, v.changed_at, v.changed_by"
				    " FROM documents d JOIN document_versions v ON v.id = d.version_id ORDER BY d.kind, d.ref",
	[STATEMENT_DOCUMENT_HISTORY] = "SELECT kind, ref, version, json, changed_at, changed_by FROM document_versions"
				       " WHERE kind = ? AND ref = ? ORDER BY version DESC",

	[STATEMENT_PLAN_INTERRUPT] = "UPDATE plans SET state = 'failed', failure = ?, failure_parameters = x'', ended_at = ?"
				     " WHERE state = 'running'",
	[STATEMENT_PLAN_ADD] = "INSERT INTO plans (state, date, seed, summary, created_at, created_by, simulated)"
			       " VALUES ('running', ?, ?, ?, ?, ?, ?)",
	[STATEMENT_PLAN_STATE] = "SELECT state FROM plans WHERE id = ?",
	[STATEMENT_PLAN_END] = "UPDATE plans SET state = ?, summary = ifnull(?, summary), ended_at = ?, failure = ?,"
			       " failure_parameters = ? WHERE id = ?",
	[STATEMENT_PLAN_ADD_BODY] = "INSERT INTO plan_bodies (plan, json) VALUES (?, ?)",
	[STATEMENT_PLAN_GET] = "SELECT p.id, p.state, p.date, p.seed, p.created_at, p.ended_at, p.created_by, p.failure,"
			       " p.failure_parameters, p.summary, p.simulated, b.json"
			       " FROM plans p LEFT JOIN plan_bodies b ON b.plan = p.id WHERE p.id = ?",
	[STATEMENT_PLAN_GET_SUMMARY] =
		"SELECT id, state, date, seed, created_at, ended_at, created_by, failure, failure_parameters,"
		" summary, simulated, NULL FROM plans WHERE id = ?",
	[STATEMENT_PLAN_LIST] = "SELECT id, state, date, seed, created_at, ended_at, created_by, failure, failure_parameters,"
				" summary, simulated, NULL FROM plans WHERE id < ? ORDER BY id DESC LIMIT ?",
	[STATEMENT_PLAN_COUNT] = "SELECT count(*) FROM plans",
	[STATEMENT_PROPOSAL_ADD] =
		"INSERT INTO proposals (plan, candidate, site, state, json, origin, candidate_version, site_version)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_PROPOSALS_OF_PLAN] = PROPOSAL " WHERE p.plan = ? AND p.id > ? ORDER BY p.id LIMIT ?",
	[STATEMENT_PROPOSALS_OF_CANDIDATE] = PROPOSAL " WHERE p.plan = ? AND p.id > ? AND p.candidate = ? ORDER BY p.id LIMIT ?",
	[STATEMENT_PROPOSAL_COUNT] = "SELECT count(*) FROM proposals WHERE plan = ?",
	[STATEMENT_PROPOSAL_COUNT_OF_CANDIDATE] = "SELECT count(*) FROM proposals WHERE plan = ? AND candidate = ?",
	[STATEMENT_PROPOSAL_GET] = PROPOSAL " WHERE p.id = ?",
	[STATEMENT_PROPOSALS_IN] = PROPOSAL " WHERE p.state = ? AND p.state IN ('offered', 'accepted', 'started') ORDER BY p.id",
	[STATEMENT_PROPOSAL_SET_STATE] = "UPDATE proposals SET state = ? WHERE id = ?",
	[STATEMENT_PROPOSAL_OF_DECISION] = "SELECT o.id, o.candidate, o.site, o.state, o.plan, l.simulated FROM proposals p"
					   " JOIN proposals o ON o.id = ifnull(p.origin, p.id) JOIN plans l ON l.id = o.plan"
					   " WHERE p.id = ?",
	[STATEMENT_PROPOSAL_STANDING] =
		"SELECT id FROM proposals WHERE candidate = ? AND state IN ('accepted', 'started') AND id <> ?",
	[STATEMENT_STALE_CANDIDATE] =
		"UPDATE proposals SET state = 'stale' WHERE candidate = ? AND state IN ('proposed', 'offered')" DECIDABLE,
	[STATEMENT_STALE_SITE] =
		"UPDATE proposals SET state = 'stale' WHERE site = ? AND state IN ('proposed', 'offered')" DECIDABLE,
	[STATEMENT_STALE_PAIR] =
		"UPDATE proposals SET state = 'stale' WHERE candidate = ? AND site = ? AND state = 'proposed'" DECIDABLE,
	[STATEMENT_STALE_REPLACED] =
		"UPDATE proposals SET state = 'stale' WHERE state = 'proposed' AND plan IN (SELECT id FROM plans"
		" WHERE NOT simulated AND id < (SELECT max(id) FROM plans WHERE NOT simulated"
		" AND EXISTS (SELECT 1 FROM proposals q WHERE q.plan = plans.id)))",
	[STATEMENT_STALE_AT_BIRTH] =
		"UPDATE proposals SET state = 'stale' WHERE plan = ? AND state = 'proposed'" DECIDABLE
		" AND (candidate_version IS NOT (SELECT v.version FROM documents d JOIN document_versions v ON v.id = "
		"d.version_id"
		" WHERE d.kind = 'candidate' AND d.ref = candidate)"
		" OR site_version IS NOT (SELECT v.version FROM documents d JOIN document_versions v ON v.id = d.version_id"
		" WHERE d.kind = 'site' AND d.ref = site)"
		" OR candidate IN (SELECT candidate FROM proposals WHERE state IN ('accepted', 'started')))",

	[STATEMENT_DECISION_ADD] =
		"INSERT INTO decisions (proposal, kind, reason, text, candidate_agreed, employer_agreed,"
		" finances_discussed, contact, for_good, candidate_version, site_version, decided_at, decided_by)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_DECISIONS_ON] = DECISION " WHERE d.proposal = ? ORDER BY d.id",
	[STATEMENT_DECISIONS_OF] = DECISION " WHERE p.candidate = ? ORDER BY d.id",
	[STATEMENT_STARTS] = DECISION " WHERE p.state = 'started' AND d.kind = 'started' ORDER BY d.id",
	[STATEMENT_DECLINES] = DECISION " WHERE d.kind = 'declined' ORDER BY d.id",

	[STATEMENT_EVENT_ADD] = EVENT_ADD_ALL "VALUES (?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_EVENT_ADD_INTERRUPTED] =
		"INSERT INTO events (at, kind, plan, json) SELECT ?, ?, id, ? FROM plans WHERE state = 'running' ORDER BY id",
	[STATEMENT_EVENT_ADD_PROPOSALS] =
		EVENT_ADD_ALL "SELECT ?, iif(state = 'stale', ?, ?), plan, id, candidate, site,"
			      " iif(state = 'stale', json_object('because', 'overtaken', 'was', 'proposed'), NULL) FROM proposals"
			      " WHERE plan = ? AND origin IS NULL" DECIDABLE " ORDER BY id",
	[STATEMENT_EVENT_ADD_STALE_CANDIDATE] =
		EVENT_ADD_STALE " WHERE candidate = ? AND state IN ('proposed', 'offered')" DECIDABLE " ORDER BY id",
	[STATEMENT_EVENT_ADD_STALE_SITE] =
		EVENT_ADD_STALE " WHERE site = ? AND state IN ('proposed', 'offered')" DECIDABLE " ORDER BY id",
	[STATEMENT_EVENT_ADD_STALE_PAIR] =
		EVENT_ADD_STALE " WHERE candidate = ? AND site = ? AND state = 'proposed'" DECIDABLE " ORDER BY id",
	[STATEMENT_EVENTS_AFTER] = "SELECT id, at, kind, plan, proposal, candidate, site, json FROM events"
				   " WHERE id > ? ORDER BY id LIMIT ?",
	[STATEMENT_EVENT_RANGE] = "SELECT (SELECT min(id) FROM events),"
				  " ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)",
	[STATEMENT_EVENTS_FORGET] = "DELETE FROM events WHERE id <"
				    " ifnull((SELECT id FROM events WHERE at >= ? ORDER BY id LIMIT 1), 9223372036854775807)",

	[STATEMENT_ANSWER_ADD] = "INSERT OR REPLACE INTO answers (uid, key, fingerprint, status, body, plan, made_at)"
				 " VALUES (?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_ANSWER_GET] = "SELECT fingerprint, status, body, plan FROM answers"
				 " WHERE uid = ? AND key = ? AND made_at >= ?",
	[STATEMENT_ANSWERS_FORGET] = "DELETE FROM answers WHERE made_at < ?",
};

sqlite3_stmt *carved_store_prepare(struct carved_store *store, enum carved_store_statement which)
{
	sqlite3_stmt **statement = &store->statements[which];
	if (!*statement)
		sqlite3_prepare_v3(store->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
	if (*statement && sqlite3_stmt_busy(*statement))
		abort(); // a callback called the store
	return *statement;
}

void carved_store_reset(sqlite3_stmt *statement)
{
	if (!statement)
		return;
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

bool carved_store_run(struct carved_store *store, sqlite3_stmt *statement, struct carved_error *error)
{
	bool ok = statement && sqlite3_step(statement) == SQLITE_DONE;
	if (!ok)
		carved_store_trouble(store, error);
	carved_store_reset(statement);
	return ok;
}

bool carved_store_ask(struct carved_store *store, sqlite3_stmt *statement, int64_t *ret_number, struct carved_error *error)
{
	bool ok = statement && sqlite3_step(statement) == SQLITE_ROW;
	if (ok)
		*ret_number = sqlite3_column_int64(statement, 0);
	else
		carved_store_trouble(store, error);
	carved_store_reset(statement);
	return ok;
}

bool carved_store_begin(struct carved_store *store, struct carved_error *error)
{
	if (store->reader)
		abort();
	if (carved_store_has_failed(store, error))
		return false;
	return carved_store_run(store, carved_store_prepare(store, STATEMENT_BEGIN), error);
}

bool carved_store_end(struct carved_store *store, bool ok, struct carved_error *error)
{
	if (ok)
		ok = carved_store_commit(store, error);
	if (ok && store->event_added)
		atomic_store(&store->figures.last_event, store->event_added);
	store->event_added = 0;
	if (!ok && !sqlite3_get_autocommit(store->db)) // SQLite has rolled back by itself after some errors
		carved_store_run(store, carved_store_prepare(store, STATEMENT_ROLLBACK), NULL);
	return ok;
}

void carved_store_bind_text(sqlite3_stmt *statement, int at, const char *text)
{
	carved_store_bind_bytes(statement, at, text, text ? strlen(text) : 0);
}

void carved_store_bind_bytes(sqlite3_stmt *statement, int at, const char *text, size_t length)
{
	if (!statement)
		return; // it could not be prepared: the caller sees that when it runs it
	if (!text) {
		sqlite3_bind_null(statement, at);
		return;
	}
	int result = sqlite3_bind_text64(statement, at, text, length, SQLITE_STATIC, SQLITE_UTF8);
	if (result == SQLITE_NOMEM)
		carved_out_of_memory();
	if (result != SQLITE_OK)
		abort(); // over SQLite's limit of 1 GB, far above any limit of ours: never stored as if it were NULL
}

const char *carved_store_column_text(sqlite3_stmt *statement, int at, size_t *ret_length)
{
	const char *text = (const char *)sqlite3_column_text(statement, at);
	if (!text && sqlite3_column_type(statement, at) != SQLITE_NULL)
		carved_out_of_memory();
	if (ret_length)
		*ret_length = (size_t)sqlite3_column_bytes(statement, at);
	return text;
}
