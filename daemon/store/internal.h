// SPDX-License-Identifier: EUPL-1.2
// What the files of store/ share. Nobody else includes this.
#pragma once
#include "store/events.h"
#include "store/store.h"
#include <sqlite3.h>

// Every statement once; prepared at its first use and kept.
enum carved_store_statement {
	STATEMENT_BEGIN,
	STATEMENT_COMMIT,
	STATEMENT_ROLLBACK,
	STATEMENT_DOCUMENT_GET,
	STATEMENT_DOCUMENT_LAST_VERSION,
	STATEMENT_DOCUMENT_ADD_VERSION,
	STATEMENT_DOCUMENT_SET,
	STATEMENT_DOCUMENT_REMOVE,
	STATEMENT_DOCUMENT_LOAD,
	STATEMENT_DOCUMENT_HISTORY,
	STATEMENT_PLAN_INTERRUPT,
	STATEMENT_PLAN_ADD,
	STATEMENT_PLAN_STATE,
	STATEMENT_PLAN_END,
	STATEMENT_PLAN_ADD_BODY,
	STATEMENT_PLAN_GET,
	STATEMENT_PLAN_GET_SUMMARY,
	STATEMENT_PLAN_LIST,
	STATEMENT_PLAN_COUNT,
	STATEMENT_PROPOSAL_ADD,
	STATEMENT_PROPOSALS_OF_PLAN,
	STATEMENT_PROPOSALS_OF_CANDIDATE,
	STATEMENT_PROPOSAL_COUNT,
	STATEMENT_PROPOSAL_COUNT_OF_CANDIDATE,
	STATEMENT_PROPOSAL_GET,
	STATEMENT_PROPOSALS_IN,
	STATEMENT_PROPOSAL_SET_STATE,
	STATEMENT_PROPOSAL_OF_DECISION,
	STATEMENT_PROPOSAL_STANDING,
	STATEMENT_STALE_CANDIDATE,
	STATEMENT_STALE_SITE,
	STATEMENT_STALE_PAIR,
	STATEMENT_STALE_REPLACED,
	STATEMENT_STALE_AT_BIRTH,
	STATEMENT_DECISION_ADD,
	STATEMENT_DECISIONS_ON,
	STATEMENT_DECISIONS_OF,
	STATEMENT_DECLINES,
	STATEMENT_STARTS,
	STATEMENT_EVENT_ADD,
	STATEMENT_EVENT_ADD_INTERRUPTED,
	STATEMENT_EVENT_ADD_PROPOSALS,
	STATEMENT_EVENT_ADD_STALE_CANDIDATE,
	STATEMENT_EVENT_ADD_STALE_SITE,
	STATEMENT_EVENT_ADD_STALE_PAIR,
	STATEMENT_EVENTS_AFTER,
	STATEMENT_EVENT_RANGE,
	STATEMENT_EVENTS_FORGET,
	STATEMENT_ANSWER_ADD,
	STATEMENT_ANSWER_GET,
	STATEMENT_ANSWERS_FORGET,
	STATEMENTS
};

struct carved_store {
	sqlite3 *db;
	char *path, *wal_path;       // absolute; owned
	int lock;                    // file descriptor of `path`-lock; -1 for a reader
	bool reader;                 // may not write
	void (*beat)(void *context); // NULL: nobody asks
	void *beat_context;
	struct carved_error failure;          // code CARVED_OK, or why the store writes no more
	sqlite3_stmt *statements[STATEMENTS]; // NULL until first used
	int64_t event_added;                  // id of the last one of the transaction under way; 0: none
	struct carved_store_figures figures;
};

// ---- failure.c

// Turns what SQLite last reported into an error; remembers it where no write may follow. Returns false.
bool carved_store_trouble(struct carved_store *store, struct carved_error *error);
// The same for the result of a call that leaves no message behind.
bool carved_store_note(struct carved_store *store, int result, const char *message, struct carved_error *error);

// ---- statements.c

// A statement, ready to bind. NULL: could not be prepared. Requires: its last use has ended (carved_store_reset).
sqlite3_stmt *carved_store_prepare(struct carved_store *store, enum carved_store_statement which);
// Ends a statement's use and forgets what was bound. Legal on NULL.
void carved_store_reset(sqlite3_stmt *statement);
// Steps a prepared statement that returns one number, and resets it.
bool carved_store_ask(struct carved_store *store, sqlite3_stmt *statement, int64_t *ret_number, struct carved_error *error);
// Runs a prepared statement that returns no rows, and resets it.
bool carved_store_run(struct carved_store *store, sqlite3_stmt *statement, struct carved_error *error);

// A writing transaction. begin refuses on a store that has failed. end commits where `ok`, rolls back otherwise; returns whether all is committed.
bool carved_store_begin(struct carved_store *store, struct carved_error *error);
bool carved_store_end(struct carved_store *store, bool ok, struct carved_error *error);

// Texts stay the caller's until the statement was reset. A NULL text binds NULL.
void carved_store_bind_text(sqlite3_stmt *statement, int at, const char *text);
void carved_store_bind_bytes(sqlite3_stmt *statement, int at, const char *text, size_t length);
const char *carved_store_column_text(sqlite3_stmt *statement, int at, size_t *ret_length); // ret_length may be NULL

// ---- figures.c

// Looks at the sizes of the files.
void carved_store_measure(struct carved_store *store);
// Counts a call that ended with `code`.
void carved_store_count_failure(struct carved_store *store, enum carved_code code);
// Commits, and counts how long that took.
bool carved_store_commit(struct carved_store *store, struct carved_error *error);

// ---- migrate.c

bool carved_store_migrate(struct carved_store *store, struct carved_error *error);
// Whether the file is ours and not newer than we are: asked before anything is written to it.
bool carved_store_recognise(struct carved_store *store, struct carved_error *error);

// ---- plans.c

bool carved_store_plans_interrupt(struct carved_store *store, int64_t when, struct carved_error *error);
void carved_store_format_id(const char *prefix, int64_t number, char ret_id[CARVED_STORE_ID_MAX]);
int64_t carved_store_parse_id(const char *id, const char *prefix); // 0 where it is none

// ---- proposals.c

// Adds them inside the caller's transaction; their numbers follow *ret_first one by one.
bool carved_store_proposals_add(struct carved_store *store, int64_t plan, const struct carved_store_proposal *proposals,
	size_t count, int64_t *ret_first, struct carved_error *error);

// A state by its name. Requires: it is one.
enum carved_store_proposal_state carved_store_parse_state(const char *name);
// Inside the caller's transaction: open proposals of a candidate or site ("candidate", "site"; others have none) are stale.
bool carved_store_proposals_outdate(
	struct carved_store *store, const char *kind, const char *ref, int64_t when, struct carved_error *error);
// Inside the transaction that ends a plan, once its proposals are there.
bool carved_store_proposals_settle(struct carved_store *store, int64_t plan, struct carved_error *error);
// ---- events.c: all inside the caller's transaction

bool carved_store_event_add(struct carved_store *store, const struct carved_store_event *event, struct carved_error *error);
// About a plan by its number. `json` may be NULL.
bool carved_store_event_add_plan(struct carved_store *store, enum carved_store_event_kind kind, int64_t plan, int64_t at,
	const char *json, struct carved_error *error);
// What a plan that has ended proposes: an event for each of its proposals that has no origin; none for a simulated plan. One that is stale already is told as that.
bool carved_store_event_add_proposals(struct carved_store *store, int64_t plan, int64_t at, struct carved_error *error);
// What is about to be stale: `which` selects the proposals by candidate, by site, or by both (the one that it does not ask for is NULL); `because` is a word of ours.
bool carved_store_event_add_stale(struct carved_store *store, enum carved_store_statement which, const char *candidate,
	const char *site, const char *because, int64_t at, struct carved_error *error);
// That every plan that still runs has ended.
bool carved_store_event_add_interrupted(struct carved_store *store, int64_t at, const char *json, struct carved_error *error);

// ---- answers.c

// Keeps an answer inside the caller's transaction. `plan`: the number of the plan that it shows; 0: it has a body.
bool carved_store_answer_add(
	struct carved_store *store, const struct carved_store_keep *keep, int64_t plan, struct carved_error *error);
