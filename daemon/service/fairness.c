// SPDX-License-Identifier: EUPL-1.2
// GET /v1/fairness: whom the last plans served, and who was left out of all of them. The plans are read one after the other, and held against the documents as they
// are now.
#include "carved/model/left_out.h"
#include "ground.h"
#include "inquiry.h"
#include "record_read.h"
#include <stdlib.h>

static void write_answer(struct carved_inquiry *q, const struct carved_record *const *records, size_t count)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	struct carved_left_out left_out;
	carved_left_out_make(q->snapshot, q->today, records, count, &left_out);
	carved_left_out_format(&left_out, &writer);
	carved_left_out_deinit(&left_out);
}

static void answer(struct carved_inquiry *q)
{
	const size_t most = *(const size_t *)q->asked; // plans
	char(*ids)[CARVED_STORE_ID_MAX] = carved_alloc_array(most, sizeof *ids);
	struct carved_record **records = carved_alloc_array(most, sizeof(struct carved_record *));
	size_t found = 0, read = 0;
	bool good = carved_last_plans_find(q->store, NULL, most, ids, &found, &q->error);
	for (; good && read < found; read += good)
		good = carved_record_read_plan(q->store, ids[read], false, &records[read], &q->error);
	if (good)
		write_answer(q, (const struct carved_record *const *)records, read);
	for (size_t i = 0; i < read; i++)
		carved_record_free(records[i]);
	free(records);
	free(ids);
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
	size_t *asked = carved_arena_array(call->arena, size_t, 1);
	*asked = most;
	return carved_inquiry_start(call, answer, NULL, asked);
}
