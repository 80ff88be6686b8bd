// SPDX-License-Identifier: EUPL-1.2
#include "events.h"
#include "internal.h"
#include <stdlib.h>
#include <string.h>

const char *const carved_store_event_kind_names[CARVED_STORE_EVENT_KINDS] = {
	"plan-started", "plan-progress", "plan-ended", "proposal-proposed", "proposal-stale", "decision"};

static void bind_number(sqlite3_stmt *statement, int at, const char *id, const char *prefix)
{
	int64_t number = id[0] ? carved_store_parse_id(id, prefix) : 0;
	if (!number != !id[0])
		abort(); // a contract: ids come from the store
	if (number)
		sqlite3_bind_int64(statement, at, number);
}

bool carved_store_event_add(struct carved_store *store, const struct carved_store_event *event, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_EVENT_ADD);
	sqlite3_bind_int64(statement, 1, event->at);
	carved_store_bind_text(statement, 2, carved_store_event_kind_names[event->kind]);
	bind_number(statement, 3, event->plan, "PL-");
	bind_number(statement, 4, event->proposal, "P-");
	carved_store_bind_text(statement, 5, event->candidate);
	carved_store_bind_text(statement, 6, event->site);
	carved_store_bind_bytes(statement, 7, event->json, event->json_length);
	bool ok = carved_store_run(store, statement, error);
	if (ok)
		store->event_added = sqlite3_last_insert_rowid(store->db);
	return ok;
}

bool carved_store_event_add_plan(struct carved_store *store, enum carved_store_event_kind kind, int64_t plan, int64_t at,
	const char *json, struct carved_error *error)
{
	struct carved_store_event event = {.at = at, .kind = kind, .json = json, .json_length = json ? strlen(json) : 0};
	carved_store_format_id("PL-", plan, event.plan);
	return carved_store_event_add(store, &event, error);
}

// For statements that add any number of events.
static bool run_adding(struct carved_store *store, sqlite3_stmt *statement, struct carved_error *error)
{
	bool ok = carved_store_run(store, statement, error);
	if (ok && sqlite3_changes64(store->db) > 0)
		store->event_added = sqlite3_last_insert_rowid(store->db);
	return ok;
}

bool carved_store_event_add_proposals(struct carved_store *store, int64_t plan, int64_t at, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_EVENT_ADD_PROPOSALS);
	sqlite3_bind_int64(statement, 1, at);
	carved_store_bind_text(statement, 2, carved_store_event_kind_names[CARVED_STORE_EVENT_PROPOSAL_STALE]);
	carved_store_bind_text(statement, 3, carved_store_event_kind_names[CARVED_STORE_EVENT_PROPOSAL_PROPOSED]);
	sqlite3_bind_int64(statement, 4, plan);
	return run_adding(store, statement, error);
}

bool carved_store_event_add_stale(struct carved_store *store, enum carved_store_statement which, const char *candidate,
	const char *site, const char *because, int64_t at, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, which);
	sqlite3_bind_int64(statement, 1, at);
	carved_store_bind_text(statement, 2, carved_store_event_kind_names[CARVED_STORE_EVENT_PROPOSAL_STALE]);
	carved_store_bind_text(statement, 3, because);
	carved_store_bind_text(statement, 4, candidate ? candidate : site);
	if (candidate && site)
		carved_store_bind_text(statement, 5, site);
	return run_adding(store, statement, error);
}

bool carved_store_event_add_interrupted(struct carved_store *store, int64_t at, const char *json, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_EVENT_ADD_INTERRUPTED);
	sqlite3_bind_int64(statement, 1, at);
	carved_store_bind_text(statement, 2, carved_store_event_kind_names[CARVED_STORE_EVENT_PLAN_ENDED]);
	carved_store_bind_text(statement, 3, json);
	return run_adding(store, statement, error);
}

bool carved_store_event_record(struct carved_store *store, const struct carved_store_event *event, struct carved_error *error)
{
	return carved_store_begin(store, error) && carved_store_end(store, carved_store_event_add(store, event, error), error);
}

static enum carved_store_event_kind read_kind(const char *name)
{
	for (int i = 0; i < CARVED_STORE_EVENT_KINDS; i++) {
		if (strcmp(carved_store_event_kind_names[i], name) == 0)
			return (enum carved_store_event_kind)i;
	}
	abort(); // no other was ever written
}

// Texts are good until the next step.
static void read_event(sqlite3_stmt *statement, struct carved_store_event *ret_event)
{
	*ret_event = (struct carved_store_event){.id = sqlite3_column_int64(statement, 0),
		.at = sqlite3_column_int64(statement, 1),
		.kind = read_kind(carved_store_column_text(statement, 2, NULL)),
		.candidate = carved_store_column_text(statement, 5, NULL),
		.site = carved_store_column_text(statement, 6, NULL)};
	if (sqlite3_column_type(statement, 3) != SQLITE_NULL)
		carved_store_format_id("PL-", sqlite3_column_int64(statement, 3), ret_event->plan);
	if (sqlite3_column_type(statement, 4) != SQLITE_NULL)
		carved_store_format_id("P-", sqlite3_column_int64(statement, 4), ret_event->proposal);
	ret_event->json = carved_store_column_text(statement, 7, &ret_event->json_length);
}

bool carved_store_events_after(struct carved_store *store, int64_t after, size_t limit, carved_store_event_fn callback,
	void *context, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_EVENTS_AFTER);
	sqlite3_bind_int64(statement, 1, after);
	sqlite3_bind_int64(statement, 2, (int64_t)limit);
	int result = SQLITE_ERROR;
	bool go_on = true;
	while (statement && go_on && (result = sqlite3_step(statement)) == SQLITE_ROW) {
		struct carved_store_event event;
		read_event(statement, &event);
		go_on = callback(context, &event);
	}
	bool ok = result == SQLITE_DONE || !go_on;
	if (!ok)
		carved_store_trouble(store, error);
	carved_store_reset(statement);
	return ok;
}

bool carved_store_event_range(struct carved_store *store, int64_t *ret_oldest, int64_t *ret_newest, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_EVENT_RANGE);
	bool ok = statement && sqlite3_step(statement) == SQLITE_ROW;
	if (ok) {
		*ret_newest = sqlite3_column_int64(statement, 1);
		*ret_oldest =
			sqlite3_column_type(statement, 0) == SQLITE_NULL ? *ret_newest + 1 : sqlite3_column_int64(statement, 0);
	} else {
		carved_store_trouble(store, error);
	}
	carved_store_reset(statement);
	return ok;
}

bool carved_store_events_forget(struct carved_store *store, int64_t before, struct carved_error *error)
{
	if (!carved_store_begin(store, error))
		return false;
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_EVENTS_FORGET);
	sqlite3_bind_int64(statement, 1, before);
	return carved_store_end(store, carved_store_run(store, statement, error), error);
}
