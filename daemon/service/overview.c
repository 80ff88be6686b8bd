// SPDX-License-Identifier: EUPL-1.2
// GET /v1/plans/{id}/overview: the plan is read on the reader's thread, in one pass, and laid over the documents as it saw them.
#include "carved/advise/overview.h"
#include "admit.h"
#include "as_of.h"
#include "config.h"
#include "html.h"
#include "record_read.h"
#include "state.h"
#include "tag.h"
#include <stdlib.h>

struct question {
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	const char *plan;               // its id
	struct carved_region *snapshot; // one reference, until it was asked
	carved_date today;
	struct carved_buffer body;
	char tag[CARVED_TAG_MAX];
	struct carved_error error; // code 0: none
};

static void write_answer(struct question *q, const struct carved_record *record, const struct carved_region *region, bool newest)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	struct carved_overview overview;
	carved_overview_make(record, region, &overview);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "plan", q->plan);
	carved_json_add_text(&writer, "documents", newest ? "newest" : "as-of-plan");
	carved_overview_format(&overview, q->call->language, &writer);
	carved_json_end_object(&writer);
	carved_overview_deinit(&overview);
	if (carved_html_is_wanted(q->call->media))
		carved_html_replace(&q->body, carved_report_plan, q->call->language);
	carved_tag_of_content(q->body.data, q->body.length, q->tag);
}

// The plan's documents without a version of their own are those from when it began.
static bool read_plan(struct question *q, struct carved_record **ret_record, int64_t *ret_when)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_store_plan plan;
	bool good = carved_store_plan_get_summary(q->service->read_store, q->plan, &arena, &plan, &q->error) &&
		    carved_record_read_plan(q->service->read_store, q->plan, true, ret_record, &q->error);
	if (good)
		*ret_when = plan.created_at;
	carved_arena_deinit(&arena);
	return good;
}

static void run_question(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	struct carved_as_of as_of = {.store = q->service->read_store,
		.snapshot = q->snapshot,
		.limits = &q->service->config->documents,
		.today = q->today};
	struct carved_record *record = NULL;
	struct carved_region *region;
	bool newest;
	if (read_plan(q, &record, &as_of.when) && carved_as_of_plan(&as_of, record, &region, &newest, &q->error)) {
		write_answer(q, record, region, newest);
		carved_region_unref(region);
	}
	carved_record_free(record);
	carved_region_unref(q->snapshot); // the last one is slow to free: not on the loop
	q->snapshot = NULL;
}

static void free_question(struct question *q)
{
	carved_region_unref(q->snapshot);
	carved_buffer_deinit(&q->body);
	free(q);
}

static void done_question(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	if (q->error.code == CARVED_OK)
		carved_html_reply(q->call, q->tag, &q->body);
	else
		carved_reply_failure(q->call, &q->error);
	free_question(q);
}

struct carved_answer_owed carved_overview_get(struct carved_call *call)
{
	struct question *q = carved_alloc_array(1, sizeof *q);
	*q = (struct question){.service = call->service,
		.call = call,
		.plan = call->parameter,
		.today = carved_service_today(),
		.snapshot = carved_region_ref(call->service->region),
		.errand = {.run = run_question, .done = done_question}};
	if (carved_admit_to_reader(call, &q->errand))
		return carved_reply_later();
	free_question(q);
	return carved_reply_busy(call);
}
