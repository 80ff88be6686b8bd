// SPDX-License-Identifier: EUPL-1.2
// Decisions: added with the move of their proposal's state, and never changed.
//
//   proposed --> offered --> accepted --> started --> ended
//       |           |            |
//       |           |            +--> withdrawn        A proposal may also be accepted or declined as soon as it is proposed. What is declined, withdrawn, ended
//       +-----------+--> declined                      or stale stays so.
//                   +--> withdrawn
#include "carved/base/json.h"
#include "internal.h"
#include <stdlib.h>
#include <string.h>

bool carved_store_may_follow(enum carved_store_proposal_state from, enum carved_store_proposal_state to)
{
	static const unsigned allowed[CARVED_STORE_PROPOSAL_STATES] = {
		[CARVED_STORE_PROPOSED] = 1u << CARVED_STORE_OFFERED | 1u << CARVED_STORE_ACCEPTED | 1u << CARVED_STORE_DECLINED,
		[CARVED_STORE_OFFERED] = 1u << CARVED_STORE_ACCEPTED | 1u << CARVED_STORE_DECLINED | 1u << CARVED_STORE_WITHDRAWN,
		[CARVED_STORE_ACCEPTED] = 1u << CARVED_STORE_STARTED | 1u << CARVED_STORE_WITHDRAWN,
		[CARVED_STORE_STARTED] = 1u << CARVED_STORE_ENDED,
	};
	return allowed[from] >> to & 1u;
}

struct subject { // what is decided on
	int64_t number;
	const char *candidate, *site, *state; // in the caller's arena
	char plan[CARVED_STORE_ID_MAX];
	bool simulated;
};

static bool find_subject(struct carved_store *store, const char *proposal, struct carved_arena *arena,
	struct subject *ret_subject, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PROPOSAL_OF_DECISION);
	sqlite3_bind_int64(statement, 1, carved_store_parse_id(proposal, "P-"));
	int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
	if (result == SQLITE_ROW) {
		ret_subject->number = sqlite3_column_int64(statement, 0);
		ret_subject->candidate = carved_arena_strdup(arena, carved_store_column_text(statement, 1, NULL));
		ret_subject->site = carved_arena_strdup(arena, carved_store_column_text(statement, 2, NULL));
		ret_subject->state = carved_arena_strdup(arena, carved_store_column_text(statement, 3, NULL));
		carved_store_format_id("PL-", sqlite3_column_int64(statement, 4), ret_subject->plan);
		ret_subject->simulated = sqlite3_column_int(statement, 5);
	} else if (result == SQLITE_DONE) {
		carved_fail(error, CARVED_PROPOSAL_NOT_FOUND, "proposal", proposal);
	} else {
		carved_store_trouble(store, error);
	}
	carved_store_reset(statement);
	return result == SQLITE_ROW;
}

// Nobody has two places: the standing package of the candidate, if another one is.
static bool expect_unplaced(struct carved_store *store, const struct subject *subject, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PROPOSAL_STANDING);
	carved_store_bind_text(statement, 1, subject->candidate);
	sqlite3_bind_int64(statement, 2, subject->number);
	int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
	if (result == SQLITE_ROW) {
		char id[CARVED_STORE_ID_MAX];
		carved_store_format_id("P-", sqlite3_column_int64(statement, 0), id);
		carved_fail(error, CARVED_CANDIDATE_PLACED, "candidate", subject->candidate);
		carved_error_add(error, "proposal", id);
	} else if (result != SQLITE_DONE) {
		carved_store_trouble(store, error);
	}
	carved_store_reset(statement);
	return result == SQLITE_DONE;
}

static bool expect_allowed(struct carved_store *store, const struct carved_store_decision *decision,
	const struct subject *subject, struct carved_error *error)
{
	enum carved_store_proposal_state state = carved_store_parse_state(subject->state);
	if (subject->simulated) {
		carved_fail(error, CARVED_PROPOSAL_SIMULATED, "proposal", decision->proposal);
		carved_error_add(error, "plan", subject->plan);
		return false;
	}
	if (state == CARVED_STORE_STALE)
		return carved_fail(error, CARVED_PROPOSAL_STALE, "proposal", decision->proposal);
	if (!carved_store_may_follow(state, decision->kind)) {
		carved_fail(error, CARVED_DECISION_NOT_ALLOWED, "proposal", decision->proposal);
		carved_error_add(error, "state", subject->state);
		carved_error_add(error, "decision", carved_store_proposal_state_names[decision->kind]);
		return false;
	}
	return decision->kind != CARVED_STORE_ACCEPTED || expect_unplaced(store, subject, error);
}

bool carved_store_decision_allowed(
	struct carved_store *store, const struct carved_store_decision *decision, struct carved_error *error)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct subject subject;
	bool allowed = find_subject(store, decision->proposal, &arena, &subject, error) &&
		       expect_allowed(store, decision, &subject, error);
	carved_arena_deinit(&arena);
	return allowed;
}

static void bind_date(sqlite3_stmt *statement, int at, carved_date date)
{
	if (date == CARVED_DATE_NONE)
		sqlite3_bind_null(statement, at);
	else
		sqlite3_bind_int64(statement, at, date);
}

static bool add_decision(
	struct carved_store *store, const struct carved_store_decision *decision, int64_t proposal, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_DECISION_ADD);
	sqlite3_bind_int64(statement, 1, proposal);
	carved_store_bind_text(statement, 2, carved_store_proposal_state_names[decision->kind]);
	carved_store_bind_text(statement, 3, decision->reason);
	carved_store_bind_text(statement, 4, decision->text);
	bind_date(statement, 5, decision->candidate_agreed);
	bind_date(statement, 6, decision->employer_agreed);
	bind_date(statement, 7, decision->finances_discussed);
	carved_store_bind_text(statement, 8, decision->contact);
	sqlite3_bind_int(statement, 9, decision->for_good);
	sqlite3_bind_int64(statement, 10, decision->candidate_version);
	sqlite3_bind_int64(statement, 11, decision->site_version);
	sqlite3_bind_int64(statement, 12, decision->when);
	carved_store_bind_text(statement, 13, decision->who);
	return carved_store_run(store, statement, error);
}

static bool move_proposal(struct carved_store *store, const struct carved_store_decision *decision, const struct subject *subject,
	struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PROPOSAL_SET_STATE);
	carved_store_bind_text(statement, 1, carved_store_proposal_state_names[decision->kind]);
	sqlite3_bind_int64(statement, 2, subject->number);
	if (!carved_store_run(store, statement, error))
		return false;
	if (decision->kind != CARVED_STORE_DECLINED)
		return true;
	if (!carved_store_event_add_stale(
		    store, STATEMENT_EVENT_ADD_STALE_PAIR, subject->candidate, subject->site, "declined", decision->when, error))
		return false;
	statement = carved_store_prepare(store, STATEMENT_STALE_PAIR);
	carved_store_bind_text(statement, 1, subject->candidate);
	carved_store_bind_text(statement, 2, subject->site);
	return carved_store_run(store, statement, error);
}

static bool tell_decision(struct carved_store *store, const struct carved_store_decision *decided, const struct subject *subject,
	struct carved_error *error)
{
	struct carved_buffer json = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&json);
	struct carved_store_event event = {
		.at = decided->when, .kind = CARVED_STORE_EVENT_DECISION, .candidate = decided->candidate, .site = decided->site};
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "decision", decided->id);
	carved_json_add_text(&writer, "kind", carved_store_proposal_state_names[decided->kind]);
	carved_json_add_text(&writer, "by", decided->who);
	if (decided->reason)
		carved_json_add_text(&writer, "reason", decided->reason);
	carved_json_end_object(&writer);
	memcpy(event.plan, subject->plan, sizeof event.plan);
	memcpy(event.proposal, decided->proposal, sizeof event.proposal);
	event.json = json.data;
	event.json_length = json.length;
	bool ok = carved_store_event_add(store, &event, error);
	carved_buffer_deinit(&json);
	return ok;
}

bool carved_store_decide(struct carved_store *store, struct carved_store_decision *decision, struct carved_arena *arena,
	const struct carved_store_keep *keep, carved_store_decided_fn format, void *context, struct carved_error *error)
{
	if (decision->kind < CARVED_STORE_OFFERED || decision->kind > CARVED_STORE_ENDED)
		abort(); // a contract: nobody decides that something is proposed or stale
	struct carved_store_decision decided = *decision;
	struct subject subject;
	if (!carved_store_begin(store, error))
		return false;
	bool ok = find_subject(store, decision->proposal, arena, &subject, error) &&
		  expect_allowed(store, decision, &subject, error) && add_decision(store, decision, subject.number, error);
	if (ok) {
		carved_store_format_id("D-", sqlite3_last_insert_rowid(store->db), decided.id);
		carved_store_format_id("P-", subject.number, decided.proposal);
		decided.candidate = subject.candidate;
		decided.site = subject.site;
	}
	ok = ok && tell_decision(store, &decided, &subject, error) && move_proposal(store, decision, &subject, error);
	if (ok && keep) {
		struct carved_store_keep with_body = *keep;
		with_body.body = format(context, &decided);
		ok = carved_store_answer_add(store, &with_body, 0, error);
	}
	ok = carved_store_end(store, ok, error);
	if (ok)
		*decision = decided;
	return ok;
}

static carved_date read_date(sqlite3_stmt *statement, int at)
{
	return sqlite3_column_type(statement, at) == SQLITE_NULL ? CARVED_DATE_NONE
								 : (carved_date)sqlite3_column_int64(statement, at);
}

// Texts are good until the next step.
static void read_decision(sqlite3_stmt *statement, struct carved_store_decision *ret_decision)
{
	struct carved_store_decision *d = ret_decision;
	carved_store_format_id("D-", sqlite3_column_int64(statement, 0), d->id);
	carved_store_format_id("P-", sqlite3_column_int64(statement, 1), d->proposal);
	d->candidate = carved_store_column_text(statement, 2, NULL);
	d->site = carved_store_column_text(statement, 3, NULL);
	d->kind = carved_store_parse_state(carved_store_column_text(statement, 4, NULL));
	d->reason = carved_store_column_text(statement, 5, NULL);
	d->text = carved_store_column_text(statement, 6, NULL);
	d->candidate_agreed = read_date(statement, 7);
	d->employer_agreed = read_date(statement, 8);
	d->finances_discussed = read_date(statement, 9);
	d->contact = carved_store_column_text(statement, 10, NULL);
	d->for_good = sqlite3_column_int(statement, 11);
	d->candidate_version = sqlite3_column_int64(statement, 12);
	d->site_version = sqlite3_column_int64(statement, 13);
	d->when = sqlite3_column_int64(statement, 14);
	d->who = carved_store_column_text(statement, 15, NULL);
}

static bool tell_decisions(struct carved_store *store, sqlite3_stmt *statement, carved_store_decision_fn callback, void *context,
	struct carved_error *error)
{
	int result = SQLITE_ERROR;
	bool go_on = true;
	while (statement && go_on && (result = sqlite3_step(statement)) == SQLITE_ROW) {
		struct carved_store_decision decision;
		read_decision(statement, &decision);
		go_on = callback(context, &decision);
	}
	bool ok = result == SQLITE_DONE || !go_on;
	if (!ok)
		carved_store_trouble(store, error);
	carved_store_reset(statement);
	return ok;
}

bool carved_store_decisions_on(struct carved_store *store, const char *proposal, carved_store_decision_fn callback, void *context,
	struct carved_error *error)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct subject subject;
	bool found = find_subject(store, proposal, &arena, &subject, error);
	carved_arena_deinit(&arena);
	if (!found)
		return false;
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_DECISIONS_ON);
	sqlite3_bind_int64(statement, 1, subject.number);
	return tell_decisions(store, statement, callback, context, error);
}

bool carved_store_decisions_of(struct carved_store *store, const char *candidate, carved_store_decision_fn callback,
	void *context, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_DECISIONS_OF);
	carved_store_bind_text(statement, 1, candidate);
	return tell_decisions(store, statement, callback, context, error);
}

bool carved_store_declines(
	struct carved_store *store, carved_store_decision_fn callback, void *context, struct carved_error *error)
{
	return tell_decisions(store, carved_store_prepare(store, STATEMENT_DECLINES), callback, context, error);
}

bool carved_store_starts(struct carved_store *store, carved_store_decision_fn callback, void *context, struct carved_error *error)
{
	return tell_decisions(store, carved_store_prepare(store, STATEMENT_STARTS), callback, context, error);
}
