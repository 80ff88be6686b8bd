// SPDX-License-Identifier: EUPL-1.2
// The last plan, out of the store. A simulation says nothing about what is taken: it never counts.
#include "carved/base/json.h"
#include "ground.h"
#include "store/store.h"
#include <string.h>

struct finding_plans {
	char (*ids)[CARVED_STORE_ID_MAX];
	size_t count, most;
};

static bool has_proposals(const struct carved_store_plan *plan)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *summary;
	struct carved_error error;
	uint32_t line, column;
	bool ended = plan->state == CARVED_STORE_PLAN_DONE || plan->state == CARVED_STORE_PLAN_CANCELLED;
	bool has = ended && plan->summary &&
		   carved_json_parse(plan->summary, plan->summary_length, &arena, &summary, &error, &line, &column) &&
		   carved_node_get_integer(summary, "placed", 0) > 0 && !carved_node_get_bool(summary, "simulated", true);
	carved_arena_deinit(&arena);
	return has;
}

// Newest first: the last one wanted ends the search.
static bool look_at(void *context, const struct carved_store_plan *plan)
{
	struct finding_plans *f = context;
	if (has_proposals(plan))
		memcpy(f->ids[f->count++], plan->id, CARVED_STORE_ID_MAX);
	return f->count < f->most;
}

struct reading_proposals {
	struct carved_past *past;
	struct carved_error *error;
	bool failed;
};

static bool read_proposal(void *context, const struct carved_store_proposal *proposal)
{
	struct reading_proposals *r = context;
	r->failed = !carved_past_read_proposal(r->past, proposal->id, proposal->json, proposal->json_length, r->error);
	return !r->failed;
}

static bool read_certificate(struct carved_store *store, struct carved_past *past, struct carved_error *error)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_store_plan plan;
	bool good = carved_store_plan_get(store, carved_past_plan(past), &arena, &plan, error) &&
		    carved_past_read_certificate(past, plan.body ? plan.body : "", plan.body_length, error);
	carved_arena_deinit(&arena);
	return good;
}

bool carved_last_plans_find(struct carved_store *store, const char *before, size_t most, char (*ret_ids)[CARVED_STORE_ID_MAX],
	size_t *ret_count, struct carved_error *error)
{
	struct finding_plans found = {.ids = ret_ids, .most = most};
	if (!carved_store_plan_list(store, before, 0, look_at, &found, error))
		return false;
	*ret_count = found.count;
	return true;
}

bool carved_last_plan_find(struct carved_store *store, char ret_id[CARVED_STORE_ID_MAX], struct carved_error *error)
{
	char found[1][CARVED_STORE_ID_MAX] = {""};
	size_t count;
	if (!carved_last_plans_find(store, NULL, 1, found, &count, error))
		return false;
	memcpy(ret_id, found[0], CARVED_STORE_ID_MAX);
	return true;
}

bool carved_past_read_plan(struct carved_store *store, const char *id, struct carved_past **ret_past, struct carved_error *error)
{
	struct carved_past *past = carved_past_new(id);
	struct reading_proposals reading = {.past = past, .error = error};
	const struct carved_store_proposal_filter all = {.candidate = NULL};
	bool good = read_certificate(store, past, error) &&
		    carved_store_proposals_of(store, id, &all, read_proposal, &reading, error) && !reading.failed;
	if (good)
		*ret_past = past;
	else
		carved_past_unref(past);
	return good;
}

bool carved_last_plan_read(struct carved_store *store, struct carved_past **ret_past, struct carved_error *error)
{
	char id[CARVED_STORE_ID_MAX];
	*ret_past = NULL;
	return carved_last_plan_find(store, id, error) && (!id[0] || carved_past_read_plan(store, id, ret_past, error));
}
