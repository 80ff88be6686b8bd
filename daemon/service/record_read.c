// SPDX-License-Identifier: EUPL-1.2
#include "record_read.h"
#include "carved/base/json.h"

struct reading {
	struct carved_record *record;
	struct carved_error *error;
	bool whole, failed;
};

static bool read_proposal(void *context, const struct carved_store_proposal *proposal)
{
	struct reading *r = context;
	struct carved_record_source source = {.id = proposal->id,
		.state = carved_store_proposal_state_names[proposal->state],
		.candidate_version = proposal->candidate_version,
		.site_version = proposal->site_version,
		.json = proposal->json,
		.length = proposal->json_length};
	if (r->whole)
		r->failed = !carved_record_read_proposal(r->record, &source, r->error);
	else
		carved_record_add_placed(r->record, proposal->id, proposal->candidate, proposal->site);
	return !r->failed;
}

// A plan that was stopped before it had begun has no body, and one that was stopped before it had a package names nobody in it.
static bool names_people(const struct carved_store_plan *plan)
{
	const char *list;
	size_t length;
	return plan->body && carved_json_slice(plan->body, plan->body_length, "/unplaced", &list, &length);
}

static bool read_texts(struct carved_record *record, const struct carved_store_plan *plan, struct carved_error *error)
{
	bool ended = plan->state == CARVED_STORE_PLAN_DONE || plan->state == CARVED_STORE_PLAN_CANCELLED;
	if (!ended || !plan->summary)
		return carved_fail(error, CARVED_PLAN_WITHOUT_RESULT, "plan", plan->id);
	return carved_record_read_summary(record, plan->summary, plan->summary_length, error) &&
	       (!names_people(plan) || carved_record_read_unplaced(record, plan->body, plan->body_length, error));
}

bool carved_record_read_plan(
	struct carved_store *store, const char *id, bool whole, struct carved_record **ret_record, struct carved_error *error)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_store_plan plan;
	struct carved_record *record = carved_record_new(id);
	struct reading reading = {.record = record, .error = error, .whole = whole};
	const struct carved_store_proposal_filter all = {.candidate = NULL};
	bool good = carved_store_plan_get(store, id, &arena, &plan, error) && read_texts(record, &plan, error) &&
		    carved_store_proposals_of(store, id, &all, read_proposal, &reading, error) && !reading.failed;
	if (good && whole && plan.body)
		carved_record_read_course(record, plan.body, plan.body_length);
	carved_arena_deinit(&arena);
	carved_record_finish(record);
	if (good)
		*ret_record = record;
	else
		carved_record_free(record);
	return good;
}
