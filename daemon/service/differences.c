// SPDX-License-Identifier: EUPL-1.2
// GET /v1/plans/{id}/differences: both plans are read and compared on the reader's thread.
#include "admit.h"
#include "carved/model/difference.h"
#include "ground.h"
#include "record_read.h"
#include "state.h"
#include "tag.h"
#include <stdlib.h>
#include <string.h>

struct question {
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	const char *plan, *against; // ids; against NULL: the plan that stood before
	bool full;
	struct carved_buffer body;
	char tag[CARVED_TAG_MAX];
	struct carved_error error; // code 0: none
};

static bool choose_against(struct question *q, char ret_id[CARVED_STORE_ID_MAX])
{
	char found[1][CARVED_STORE_ID_MAX];
	size_t count;
	if (!carved_last_plans_find(q->service->read_store, q->plan, 1, found, &count, &q->error))
		return false;
	if (count == 0)
		return carved_fail(&q->error, CARVED_PLAN_NONE_BEFORE, "plan", q->plan);
	memcpy(ret_id, found[0], CARVED_STORE_ID_MAX);
	return true;
}

static void write_difference(struct question *q, const struct carved_record *before, const struct carved_record *after)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	struct carved_difference difference;
	carved_difference_make(before, after, &difference);
	carved_difference_format(&difference, q->full, &writer);
	carved_difference_deinit(&difference);
	carved_tag_of_content(q->body.data, q->body.length, q->tag);
}

static void run_question(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	struct carved_store *store = q->service->read_store;
	struct carved_record *before = NULL, *after = NULL;
	char id[CARVED_STORE_ID_MAX];
	if (carved_record_read_plan(store, q->plan, true, &after, &q->error) && (q->against || choose_against(q, id)) &&
		carved_record_read_plan(store, q->against ? q->against : id, true, &before, &q->error))
		write_difference(q, before, after);
	carved_record_free(before);
	carved_record_free(after);
}

static void done_question(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	struct carved_content content = {.media = q->call->media, .tag = q->tag};
	if (q->error.code == CARVED_OK)
		carved_reply_content(q->call, &content, NULL, 0, &q->body);
	else
		carved_reply_failure(q->call, &q->error);
	carved_buffer_deinit(&q->body);
	free(q);
}

struct carved_answer_owed carved_differences_get(struct carved_call *call)
{
	const char *view = carved_http_exchange_query(call->exchange, "view", NULL);
	bool full = !view || strcmp(view, "full") == 0;
	if (!full && strcmp(view, "summary") != 0)
		return carved_reply_bad_query(call, "view", view, "summary, full");
	struct question *q = carved_alloc_array(1, sizeof *q);
	*q = (struct question){.service = call->service,
		.call = call,
		.plan = call->parameter,
		.against = carved_http_exchange_query(call->exchange, "against", NULL),
		.full = full,
		.errand = {.run = run_question, .done = done_question}};
	if (carved_admit_to_reader(call, &q->errand))
		return carved_reply_later();
	free(q);
	return carved_reply_busy(call);
}
