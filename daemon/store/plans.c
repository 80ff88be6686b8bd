// SPDX-License-Identifier: EUPL-1.2
// Plans: added when they start, ended once with all that they say.
#include "carved/base/buffer.h"
#include "internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const carved_store_plan_state_names[CARVED_STORE_PLAN_STATES] = {"running", "done", "cancelled", "failed"};

void carved_store_format_id(const char *prefix, int64_t number, char ret_id[CARVED_STORE_ID_MAX])
{
	snprintf(ret_id, CARVED_STORE_ID_MAX, "%s%lld", prefix, (long long)number);
}

int64_t carved_store_parse_id(const char *id, const char *prefix)
{
	size_t length = strlen(prefix), digits = 0;
	if (strncmp(id, prefix, length) != 0)
		return 0;
	int64_t number = 0;
	for (const char *p = id + length; *p; p++, digits++) {
		if (*p < '0' || *p > '9' || digits >= 18 || (digits == 0 && *p == '0'))
			return 0;
		number = number * 10 + (*p - '0');
	}
	return number;
}

bool carved_store_plans_interrupt(struct carved_store *store, int64_t when, struct carved_error *error)
{
	const char *code = carved_code_name(CARVED_PLAN_INTERRUPTED);
	struct carved_buffer event = CARVED_BUFFER_INIT;
	if (!carved_store_begin(store, error))
		return false;
	carved_buffer_printf(&event, "{\"state\":\"failed\",\"failure\":\"%s\"}", code);
	bool ok = carved_store_event_add_interrupted(store, when, event.data, error);
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PLAN_INTERRUPT);
	carved_store_bind_text(statement, 1, code);
	sqlite3_bind_int64(statement, 2, when);
	ok = ok && carved_store_run(store, statement, error);
	carved_store_reset(statement);
	carved_buffer_deinit(&event);
	return carved_store_end(store, ok, error);
}

bool carved_store_plan_add(struct carved_store *store, const struct carved_store_plan_start *start,
	char ret_id[CARVED_STORE_ID_MAX], struct carved_error *error)
{
	if (!carved_store_begin(store, error))
		return false;
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PLAN_ADD);
	sqlite3_bind_int64(statement, 1, start->date);
	sqlite3_bind_int64(statement, 2, (int64_t)start->seed);
	carved_store_bind_text(statement, 3, start->summary);
	sqlite3_bind_int64(statement, 4, start->when);
	carved_store_bind_text(statement, 5, start->who);
	sqlite3_bind_int(statement, 6, start->simulated);
	bool ok = carved_store_run(store, statement, error);
	int64_t number = sqlite3_last_insert_rowid(store->db);
	ok = ok && carved_store_event_add_plan(store, CARVED_STORE_EVENT_PLAN_STARTED, number, start->when, start->event, error);
	ok = ok && (!start->keep || carved_store_answer_add(store, start->keep, number, error));
	ok = carved_store_end(store, ok, error);
	if (ok)
		carved_store_format_id("PL-", number, ret_id);
	return ok;
}

static bool expect_running(struct carved_store *store, const char *id, int64_t number, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PLAN_STATE);
	sqlite3_bind_int64(statement, 1, number);
	int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
	const char *running = carved_store_plan_state_names[CARVED_STORE_PLAN_RUNNING];
	bool ok = result == SQLITE_ROW && strcmp(carved_store_column_text(statement, 0, NULL), running) == 0;
	if (result == SQLITE_DONE)
		carved_fail(error, CARVED_PLAN_NOT_FOUND, "plan", id);
	else if (result != SQLITE_ROW)
		carved_store_trouble(store, error);
	else if (!ok)
		carved_fail(error, CARVED_PLAN_ENDED, "plan", id);
	carved_store_reset(statement);
	return ok;
}

static bool set_end(
	struct carved_store *store, int64_t number, const struct carved_store_plan_end *end, struct carved_error *error)
{
	const struct carved_error *failure = end->failure;
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PLAN_END);
	carved_store_bind_text(statement, 1, carved_store_plan_state_names[end->state]);
	carved_store_bind_text(statement, 2, end->summary);
	sqlite3_bind_int64(statement, 3, end->when);
	if (failure) {
		carved_store_bind_text(statement, 4, carved_code_name(failure->code));
		sqlite3_bind_blob(statement, 5, failure->text, failure->used, SQLITE_STATIC);
	}
	sqlite3_bind_int64(statement, 6, number);
	return carved_store_run(store, statement, error);
}

static bool add_body(struct carved_store *store, int64_t number, const char *body, struct carved_error *error)
{
	if (!body)
		return true;
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PLAN_ADD_BODY);
	sqlite3_bind_int64(statement, 1, number);
	carved_store_bind_text(statement, 2, body);
	return carved_store_run(store, statement, error);
}

bool carved_store_plan_end(struct carved_store *store, const char *id, const struct carved_store_plan_end *end,
	struct carved_store_proposal *proposals, size_t proposal_count, struct carved_error *error)
{
	if ((end->state == CARVED_STORE_PLAN_FAILED) != (end->failure != NULL) || end->state == CARVED_STORE_PLAN_RUNNING)
		abort(); // a contract: a plan fails with a reason, and ends as something else than running
	int64_t number = carved_store_parse_id(id, "PL-"), first = 0;
	if (!carved_store_begin(store, error))
		return false;
	bool ok = expect_running(store, id, number, error) && set_end(store, number, end, error) &&
		  add_body(store, number, end->body, error) &&
		  carved_store_proposals_add(store, number, proposals, proposal_count, &first, error) &&
		  (proposal_count == 0 || carved_store_proposals_settle(store, number, error)) &&
		  carved_store_event_add_proposals(store, number, end->when, error) &&
		  carved_store_event_add_plan(store, CARVED_STORE_EVENT_PLAN_ENDED, number, end->when, end->event, error);
	ok = carved_store_end(store, ok, error);
	for (size_t i = 0; ok && i < proposal_count; i++) {
		carved_store_format_id("P-", first + (int64_t)i, proposals[i].id);
		carved_store_format_id("PL-", number, proposals[i].plan);
	}
	return ok;
}

static enum carved_store_plan_state read_state(const char *name)
{
	for (int i = 0; i < CARVED_STORE_PLAN_STATES; i++) {
		if (strcmp(carved_store_plan_state_names[i], name) == 0)
			return (enum carved_store_plan_state)i;
	}
	abort(); // the table allows no other
}

// A code that a later carved no longer has would read as interrupted: codes stay for ever.
static void read_failure(sqlite3_stmt *statement, int at, struct carved_error *ret_failure)
{
	const char *name = carved_store_column_text(statement, at, NULL);
	*ret_failure = (struct carved_error){.code = CARVED_OK};
	if (!name)
		return;
	ret_failure->code = CARVED_PLAN_INTERRUPTED;
	for (int code = 0; code < CARVED_CODE_COUNT; code++) {
		if (strcmp(carved_code_name((enum carved_code)code), name) == 0)
			ret_failure->code = (enum carved_code)code;
	}
	const void *parameters = sqlite3_column_blob(statement, at + 1);
	size_t used = (size_t)sqlite3_column_bytes(statement, at + 1);
	if (parameters && used <= sizeof ret_failure->text) {
		memcpy(ret_failure->text, parameters, used);
		ret_failure->used = (uint16_t)used;
	}
}

// Columns as in PLAN_GET and PLAN_LIST; texts are good until the next step.
static void read_plan(sqlite3_stmt *statement, struct carved_store_plan *ret_plan)
{
	struct carved_store_plan *p = ret_plan;
	carved_store_format_id("PL-", sqlite3_column_int64(statement, 0), p->id);
	p->state = read_state(carved_store_column_text(statement, 1, NULL));
	p->date = (carved_date)sqlite3_column_int64(statement, 2);
	p->seed = (uint64_t)sqlite3_column_int64(statement, 3);
	p->created_at = sqlite3_column_int64(statement, 4);
	p->ended_at = sqlite3_column_int64(statement, 5);
	p->created_by = carved_store_column_text(statement, 6, NULL);
	read_failure(statement, 7, &p->failure);
	p->summary = carved_store_column_text(statement, 9, &p->summary_length);
	p->simulated = sqlite3_column_int(statement, 10);
	p->body = carved_store_column_text(statement, 11, &p->body_length);
}

static bool get_plan(struct carved_store *store, enum carved_store_statement which, const char *id, struct carved_arena *arena,
	struct carved_store_plan *ret_plan, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, which);
	sqlite3_bind_int64(statement, 1, carved_store_parse_id(id, "PL-"));
	int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
	if (result == SQLITE_ROW) {
		read_plan(statement, ret_plan);
		ret_plan->created_by = carved_arena_strdup(arena, ret_plan->created_by);
		if (ret_plan->summary)
			ret_plan->summary = carved_arena_strndup(arena, ret_plan->summary, ret_plan->summary_length);
		if (ret_plan->body)
			ret_plan->body = carved_arena_strndup(arena, ret_plan->body, ret_plan->body_length);
	} else if (result == SQLITE_DONE) {
		carved_fail(error, CARVED_PLAN_NOT_FOUND, "plan", id);
	} else {
		carved_store_trouble(store, error);
	}
	carved_store_reset(statement);
	return result == SQLITE_ROW;
}

bool carved_store_plan_get(struct carved_store *store, const char *id, struct carved_arena *arena,
	struct carved_store_plan *ret_plan, struct carved_error *error)
{
	return get_plan(store, STATEMENT_PLAN_GET, id, arena, ret_plan, error);
}

bool carved_store_plan_get_summary(struct carved_store *store, const char *id, struct carved_arena *arena,
	struct carved_store_plan *ret_plan, struct carved_error *error)
{
	return get_plan(store, STATEMENT_PLAN_GET_SUMMARY, id, arena, ret_plan, error);
}

bool carved_store_plan_list(struct carved_store *store, const char *before, size_t limit, carved_store_plan_fn callback,
	void *context, struct carved_error *error)
{
	int64_t number = before ? carved_store_parse_id(before, "PL-") : INT64_MAX;
	if (!number)
		return carved_fail(error, CARVED_PLAN_NOT_FOUND, "plan", before);
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PLAN_LIST);
	sqlite3_bind_int64(statement, 1, number);
	sqlite3_bind_int64(statement, 2, limit ? (int64_t)limit : -1);
	int result = SQLITE_ERROR;
	bool go_on = true;
	while (statement && go_on && (result = sqlite3_step(statement)) == SQLITE_ROW) {
		struct carved_store_plan plan;
		read_plan(statement, &plan);
		go_on = callback(context, &plan);
	}
	bool ok = result == SQLITE_DONE || !go_on;
	if (!ok)
		carved_store_trouble(store, error);
	carved_store_reset(statement);
	return ok;
}

bool carved_store_plan_count(struct carved_store *store, int64_t *ret_count, struct carved_error *error)
{
	return carved_store_ask(store, carved_store_prepare(store, STATEMENT_PLAN_COUNT), ret_count, error);
}

bool carved_store_plan_exists(struct carved_store *store, const char *id, struct carved_error *error)
{
	sqlite3_stmt *statement = carved_store_prepare(store, STATEMENT_PLAN_STATE);
	sqlite3_bind_int64(statement, 1, carved_store_parse_id(id, "PL-"));
	int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
	if (result == SQLITE_DONE)
		carved_fail(error, CARVED_PLAN_NOT_FOUND, "plan", id);
	else if (result != SQLITE_ROW)
		carved_store_trouble(store, error);
	carved_store_reset(statement);
	return result == SQLITE_ROW;
}
