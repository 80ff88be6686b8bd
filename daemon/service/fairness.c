// SPDX-License-Identifier: EUPL-1.2
// GET /v1/fairness: whom the last plans served, and who was left out of all of them. The plans are read on the reader's thread, one after the other, and held
// against the documents as they are now.
#include "admit.h"
#include "carved/model/left_out.h"
#include "ground.h"
#include "record_read.h"
#include "state.h"
#include "tag.h"
#include <stdlib.h>

struct question {
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	struct carved_region *region; // one reference
	carved_date date;
	size_t most; // plans
	struct carved_buffer body;
	char tag[CARVED_TAG_MAX];
	struct carved_error error; // code 0: none
};

static void write_answer(struct question *q, const struct carved_record *const *records, size_t count)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	struct carved_left_out left_out;
	carved_left_out_make(q->region, q->date, records, count, &left_out);
	carved_left_out_format(&left_out, &writer);
	carved_left_out_deinit(&left_out);
	carved_tag_of_content(q->body.data, q->body.length, q->tag);
}

static void run_question(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	struct carved_store *store = q->service->read_store;
	char(*ids)[CARVED_STORE_ID_MAX] = carved_alloc_array(q->most, sizeof *ids);
	struct carved_record **records = carved_alloc_array(q->most, sizeof(struct carved_record *));
	size_t found = 0, read = 0;
	bool good = carved_last_plans_find(store, NULL, q->most, ids, &found, &q->error);
	for (; good && read < found; read += good)
		good = carved_record_read_plan(store, ids[read], false, &records[read], &q->error);
	if (good)
		write_answer(q, (const struct carved_record *const *)records, read);
	for (size_t i = 0; i < read; i++)
		carved_record_free(records[i]);
	free(records);
	free(ids);
	carved_region_unref(q->region); // the last one is slow to free: not on the loop
	q->region = NULL;
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

struct carved_answer_owed carved_fairness_get(struct carved_call *call)
{
	const struct carved_config *config = call->service->config;
	const char *text = carved_http_exchange_query(call->exchange, "plans", NULL);
	char *end = NULL;
	unsigned long most = text ? strtoul(text, &end, 10) : config->fairness_plans;
	if (text && (*text < '0' || *text > '9' || *end || most < 1 || most > config->fairness_plans_max))
		return carved_reply_bad_query(
			call, "plans", text, carved_arena_printf(call->arena, "1..%u", config->fairness_plans_max));
	struct question *q = carved_alloc_array(1, sizeof *q);
	*q = (struct question){.service = call->service,
		.call = call,
		.region = carved_region_ref(call->service->region),
		.date = carved_service_today(),
		.most = most,
		.errand = {.run = run_question, .done = done_question}};
	if (carved_admit_to_reader(call, &q->errand))
		return carved_reply_later();
	carved_region_unref(q->region);
	free(q);
	return carved_reply_busy(call);
}
