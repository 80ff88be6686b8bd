// SPDX-License-Identifier: EUPL-1.2
// Proposals: written with the end of their plan, read one by one or plan by plan; stale once what they rest on has changed.
#include "internal.h"
#include <stdlib.h>
#include <string.h>

const char *const carved_store_proposal_state_names[CARVED_STORE_PROPOSAL_STATES] = {
	"proposed", "offered", "accepted", "declined", "withdrawn", "started", "ended", "stale"};

// What a row with an origin has in place of a state: the origin's is its own.
#define CARRIED "carried"

bool carved_store_proposals_add(struct carved_store *store, int64_t plan, const struct carved_store_proposal *proposals,
	size_t count, int64_t *ret_first, struct carved_error *error)
{
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		const struct carved_store_proposal *p = &proposals[i];
		sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PROPOSAL_ADD);
		sqlite3_bind_int64(statement, 1, plan);
		carved_store_bind_text(statement, 2, p->candidate);
		carved_store_bind_text(statement, 3, p->site);
		carved_store_bind_text(statement, 4, p->origin[0] ? CARRIED : carved_store_proposal_state_names[p->state]);
		carved_store_bind_bytes(statement, 5, p->json, p->json_length);
		if (p->origin[0])
			sqlite3_bind_int64(statement, 6, carved_store_parse_id(p->origin, "P-"));
		sqlite3_bind_int64(statement, 7, p->candidate_version);
		sqlite3_bind_int64(statement, 8, p->site_version);
		ok = carved_store_run(store, statement, error);
		if (ok && i == 0)
			*ret_first = sqlite3_last_insert_rowid(store->db); // the others follow one by one: we are the only writer
	}
	return ok;
}

bool carved_store_proposals_outdate(
	struct carved_store *store, const char *kind, const char *ref, int64_t when, struct carved_error *error)
{
	bool of_candidate = strcmp(kind, "candidate") == 0;
	if (!of_candidate && strcmp(kind, "site") != 0)
		return true;
	if (!carved_store_event_add_stale(store,
		    of_candidate ? STATEMENT_EVENT_ADD_STALE_CANDIDATE : STATEMENT_EVENT_ADD_STALE_SITE,
		    of_candidate ? ref : NULL, of_candidate ? NULL : ref, kind, when, error))
		return false;
	sqlite3_stmt *statement = carved_store_prepare(store, of_candidate ? STATEMENT_STALE_CANDIDATE : STATEMENT_STALE_SITE);
	carved_store_bind_text(statement, 1, ref);
	return carved_store_run(store, statement, error);
}

bool carved_store_proposals_settle(struct carved_store *store, int64_t plan, struct carved_error *error)
{
	sqlite3_stmt *at_birth = carved_store_prepare(store, STATEMENT_STALE_AT_BIRTH);
	sqlite3_bind_int64(at_birth, 1, plan);
	return carved_store_run(store, at_birth, error) &&
	       carved_store_run(store, carved_store_prepare(store, STATEMENT_STALE_REPLACED), error);
}

enum carved_store_proposal_state carved_store_parse_state(const char *name)
{
	for (int i = 0; i < CARVED_STORE_PROPOSAL_STATES; i++) {
		if (strcmp(carved_store_proposal_state_names[i], name) == 0)
			return (enum carved_store_proposal_state)i;
	}
	abort(); // only these are ever written where there is no origin
}

// Texts are good until the next step.
static void read_proposal(sqlite3_stmt *statement, struct carved_store_proposal *ret_proposal)
{
	carved_store_format_id("P-", sqlite3_column_int64(statement, 0), ret_proposal->id);
	carved_store_format_id("PL-", sqlite3_column_int64(statement, 1), ret_proposal->plan);
	ret_proposal->candidate = carved_store_column_text(statement, 2, NULL);
	ret_proposal->site = carved_store_column_text(statement, 3, NULL);
	ret_proposal->state = carved_store_parse_state(carved_store_column_text(statement, 4, NULL));
	ret_proposal->json = carved_store_column_text(statement, 5, &ret_proposal->json_length);
	ret_proposal->origin[0] = '\0';
	if (sqlite3_column_type(statement, 6) != SQLITE_NULL)
		carved_store_format_id("P-", sqlite3_column_int64(statement, 6), ret_proposal->origin);
	ret_proposal->candidate_version = sqlite3_column_int64(statement, 7);
	ret_proposal->site_version = sqlite3_column_int64(statement, 8);
}

static bool tell_proposals(struct carved_store *store, sqlite3_stmt *statement, carved_store_proposal_fn callback, void *context,
	struct carved_error *error)
{
	int result = SQLITE_ERROR;
	bool go_on = true;
	while (statement && go_on && (result = sqlite3_step(statement)) == SQLITE_ROW) {
		struct carved_store_proposal proposal;
		read_proposal(statement, &proposal);
		go_on = callback(context, &proposal);
	}
	bool ok = result == SQLITE_DONE || !go_on;
	if (!ok)
		carved_store_trouble(store, error);
	carved_store_reset(statement);
	return ok;
}

bool carved_store_proposals_of(struct carved_store *store, const char *plan, const struct carved_store_proposal_filter *filter,
	carved_store_proposal_fn callback, void *context, struct carved_error *error)
{
	int64_t behind = filter->behind ? carved_store_parse_id(filter->behind, "P-") : 0;
	if (filter->behind && !behind)
		return carved_fail(error, CARVED_PROPOSAL_NOT_FOUND, "proposal", filter->behind);
	sqlite3_stmt *statement =
		carved_store_prepare(store, filter->candidate ? STATEMENT_PROPOSALS_OF_CANDIDATE : STATEMENT_PROPOSALS_OF_PLAN);
	sqlite3_bind_int64(statement, 1, carved_store_parse_id(plan, "PL-"));
	sqlite3_bind_int64(statement, 2, behind);
	if (filter->candidate)
		carved_store_bind_text(statement, 3, filter->candidate);
	sqlite3_bind_int64(statement, filter->candidate ? 4 : 3, filter->limit ? (int64_t)filter->limit : -1);
	return tell_proposals(store, statement, callback, context, error);
}

bool carved_store_proposals_in(struct carved_store *store, enum carved_store_proposal_state state,
	carved_store_proposal_fn callback, void *context, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PROPOSALS_IN);
	carved_store_bind_text(statement, 1, carved_store_proposal_state_names[state]);
	return tell_proposals(store, statement, callback, context, error);
}

bool carved_store_proposal_count(
	struct carved_store *store, const char *plan, const char *candidate, int64_t *ret_count, struct carved_error *error)
{
	sqlite3_stmt *statement =
		carved_store_prepare(store, candidate ? STATEMENT_PROPOSAL_COUNT_OF_CANDIDATE : STATEMENT_PROPOSAL_COUNT);
	sqlite3_bind_int64(statement, 1, carved_store_parse_id(plan, "PL-"));
	if (candidate)
		carved_store_bind_text(statement, 2, candidate);
	return carved_store_ask(store, statement, ret_count, error);
}

bool carved_store_proposal_get(struct carved_store *store, const char *id, struct carved_arena *arena,
	struct carved_store_proposal *ret_proposal, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PROPOSAL_GET);
	sqlite3_bind_int64(statement, 1, carved_store_parse_id(id, "P-"));
	int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
	if (result == SQLITE_ROW) {
		read_proposal(statement, ret_proposal);
		ret_proposal->candidate = carved_arena_strdup(arena, ret_proposal->candidate);
		ret_proposal->site = carved_arena_strdup(arena, ret_proposal->site);
		ret_proposal->json = carved_arena_strndup(arena, ret_proposal->json, ret_proposal->json_length);
	} else if (result == SQLITE_DONE) {
		carved_fail(error, CARVED_PROPOSAL_NOT_FOUND, "proposal", id);
	} else {
		carved_store_trouble(store, error);
	}
	carved_store_reset(statement);
	return result == SQLITE_ROW;
}
