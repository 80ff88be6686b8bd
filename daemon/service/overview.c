// SPDX-License-Identifier: EUPL-1.2
// GET /v1/plans/{id}/overview: the plan is read in one pass, and laid over the documents as it saw them.
#include "carved/advise/overview.h"
#include "as_of.h"
#include "config.h"
#include "inquiry.h"
#include "record_read.h"

static void write_answer(
	struct carved_inquiry *q, const struct carved_record *record, const struct carved_region *region, bool newest)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	struct carved_overview overview;
	carved_overview_make(record, region, &overview);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "plan", q->call->parameter);
	carved_json_add_text(&writer, "documents", newest ? "newest" : "as-of-plan");
	carved_overview_format(&overview, q->call->language, &writer);
	carved_json_end_object(&writer);
	carved_overview_deinit(&overview);
}

// The plan's documents without a version of their own are those from when it began.
static bool read_plan(struct carved_inquiry *q, struct carved_record **ret_record, int64_t *ret_when)
{
	struct carved_store_plan plan;
	bool good = carved_store_plan_get_summary(q->store, q->call->parameter, &q->arena, &plan, &q->error) &&
		    carved_record_read_plan(q->store, q->call->parameter, true, ret_record, &q->error);
	if (good)
		*ret_when = plan.created_at;
	return good;
}

static void answer(struct carved_inquiry *q)
{
	struct carved_as_of as_of = {
		.store = q->store, .snapshot = q->snapshot, .limits = &q->call->service->config->documents, .today = q->today};
	struct carved_record *record = NULL;
	struct carved_region *region;
	bool newest;
	if (read_plan(q, &record, &as_of.when) && carved_as_of_plan(&as_of, record, &region, &newest, &q->error)) {
		write_answer(q, record, region, newest);
		carved_region_unref(region);
	}
	carved_record_free(record);
}

struct carved_answer_owed carved_overview_get(struct carved_call *call)
{
	return carved_inquiry_start(call, answer, carved_report_plan, NULL);
}
