// SPDX-License-Identifier: EUPL-1.2
// GET /v1/plans/{id}/differences: both plans are read and compared.
#include "carved/model/difference.h"
#include "ground.h"
#include "inquiry.h"
#include "record_read.h"
#include <string.h>

struct asked {
	const char *against; // id; NULL: the plan that stood before
	bool full;
};

static bool choose_against(struct carved_inquiry *q, char ret_id[CARVED_STORE_ID_MAX])
{
	char found[1][CARVED_STORE_ID_MAX];
	size_t count;
	if (!carved_last_plans_find(q->store, q->call->parameter, 1, found, &count, &q->error))
		return false;
	if (count == 0)
		return carved_fail(&q->error, CARVED_PLAN_NONE_BEFORE, "plan", q->call->parameter);
	memcpy(ret_id, found[0], CARVED_STORE_ID_MAX);
	return true;
}

static void write_difference(
	struct carved_inquiry *q, const struct carved_record *before, const struct carved_record *after, bool full)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	struct carved_difference difference;
	carved_difference_make(before, after, &difference);
	carved_difference_format(&difference, full, &writer);
	carved_difference_deinit(&difference);
}

static void answer(struct carved_inquiry *q)
{
	const struct asked *asked = q->asked;
	struct carved_record *before = NULL, *after = NULL;
	char id[CARVED_STORE_ID_MAX];
	if (carved_record_read_plan(q->store, q->call->parameter, true, &after, &q->error) &&
		(asked->against || choose_against(q, id)) &&
		carved_record_read_plan(q->store, asked->against ? asked->against : id, true, &before, &q->error))
		write_difference(q, before, after, asked->full);
	carved_record_free(before);
	carved_record_free(after);
}

struct carved_answer_owed carved_differences_get(struct carved_call *call)
{
	const char *view = carved_http_exchange_query(call->exchange, "view", NULL);
	struct asked *asked = carved_arena_array(call->arena, struct asked, 1);
	asked->against = carved_http_exchange_query(call->exchange, "against", NULL);
	asked->full = !view || strcmp(view, "full") == 0;
	if (!asked->full && strcmp(view, "summary") != 0)
		return carved_reply_bad_query(call, "view", view, "summary, full");
	return carved_inquiry_start(call, answer, NULL, asked);
}
