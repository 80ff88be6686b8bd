// SPDX-License-Identifier: EUPL-1.2
#include "plans.h"
#include "carved/base/json.h"
#include "plan_run.h"
#include <stdlib.h>
#include <string.h>

enum fetch_kind { PLAN, PLAN_SUMMARY, PLANS, PROPOSALS, PROPOSAL };

struct fetch { // one question to the store
	enum fetch_kind kind;
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	const char *id;        // of a plan or a proposal; the cursor of a list
	const char *candidate; // NULL: all
	unsigned limit, found; // of a list
	unsigned waited_seconds;
	bool first;
	char last[CARVED_STORE_ID_MAX]; // of a page
	bool more;
	struct carved_buffer body;
	struct carved_error error; // code 0: none
};

static bool add_proposal(void *context, const struct carved_store_proposal *proposal)
{
	struct fetch *f = context;
	if (!f->first)
		carved_buffer_add(&f->body, ",", 1);
	f->first = false;
	carved_plan_write_proposal(proposal, &f->body);
	return true;
}

static bool fetch_proposals(struct fetch *f)
{
	carved_buffer_add(&f->body, "[", 1);
	f->first = true;
	bool good = carved_store_proposals_of(f->service->read_store, f->id, f->candidate, add_proposal, f, &f->error);
	carved_buffer_add(&f->body, "]", 1);
	return good;
}

static bool fetch_plan(struct fetch *f)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_store_plan plan;
	bool good = carved_store_plan_get(f->service->read_store, f->id, &arena, &plan, &f->error);
	if (good)
		carved_plan_write_stored(&plan, f->call->language, &f->body);
	if (good && f->kind == PLAN && plan.body && plan.body_length > 2) {
		carved_buffer_add(&f->body, ",", 1);
		carved_buffer_add(&f->body, plan.body + 1, plan.body_length - 2);
	}
	if (good && f->kind == PLAN && plan.state != CARVED_STORE_PLAN_RUNNING) {
		carved_buffer_add_text(&f->body, ",\"proposals\":");
		good = fetch_proposals(f);
	}
	if (good)
		carved_buffer_add(&f->body, "}", 1);
	carved_arena_deinit(&arena);
	return good;
}

static bool add_plan(void *context, const struct carved_store_plan *plan)
{
	struct fetch *f = context;
	if (f->found == f->limit) {
		f->more = true;
		return false;
	}
	if (f->found++ > 0)
		carved_buffer_add(&f->body, ",", 1);
	carved_plan_write_stored(plan, f->call->language, &f->body);
	carved_buffer_add(&f->body, "}", 1);
	memcpy(f->last, plan->id, sizeof f->last);
	return true;
}

static bool count_plan(void *context, const struct carved_store_plan *plan)
{
	(void)plan;
	++*(int64_t *)context;
	return true;
}

static bool fetch_plans(struct fetch *f)
{
	int64_t count = 0;
	carved_buffer_add_text(&f->body, "{\"items\":[");
	if (!carved_store_plan_list(f->service->read_store, f->id, f->limit + 1, add_plan, f, &f->error) ||
		!carved_store_plan_list(f->service->read_store, NULL, 0, count_plan, &count, &f->error))
		return false;
	carved_buffer_printf(&f->body, "],\"count\":%lld,\"next\":", (long long)count);
	if (f->more)
		carved_buffer_printf(&f->body, "\"%s\"}", f->last);
	else
		carved_buffer_add_text(&f->body, "null}");
	return true;
}

// A plan without proposals and no plan at all look the same in the list of proposals: ask which.
static bool fetch_items(struct fetch *f)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_store_plan plan;
	bool good = carved_store_plan_get(f->service->read_store, f->id, &arena, &plan, &f->error);
	carved_arena_deinit(&arena);
	carved_buffer_add_text(&f->body, "{\"items\":");
	good = good && fetch_proposals(f);
	carved_buffer_add(&f->body, "}", 1);
	return good;
}

static bool fetch_proposal(struct fetch *f)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_store_proposal proposal;
	bool good = carved_store_proposal_get(f->service->read_store, f->id, &arena, &proposal, &f->error);
	if (good)
		carved_plan_write_proposal(&proposal, &f->body);
	carved_arena_deinit(&arena);
	return good;
}

static void run_fetch(struct carved_errand *errand)
{
	struct fetch *f = carved_container_of(errand, struct fetch, errand);
	switch (f->kind) {
	case PLAN:
	case PLAN_SUMMARY:
		fetch_plan(f);
		break;
	case PLANS:
		fetch_plans(f);
		break;
	case PROPOSALS:
		fetch_items(f);
		break;
	case PROPOSAL:
		fetch_proposal(f);
		break;
	}
}

static void done_fetch(struct carved_errand *errand)
{
	struct fetch *f = carved_container_of(errand, struct fetch, errand);
	struct carved_http_header applied = {
		"Preference-Applied", carved_arena_printf(f->call->arena, "wait=%u", f->waited_seconds)};
	if (f->error.code == CARVED_OK)
		carved_reply_json(f->call, 200, &applied, f->waited_seconds > 0, &f->body);
	else if (f->kind == PLANS && f->error.code == CARVED_PLAN_NOT_FOUND)
		carved_reply_bad_query(f->call, "cursor", f->id, "what `next` said");
	else
		carved_reply_failure(f->call, &f->error);
	carved_buffer_deinit(&f->body);
	free(f);
}

static struct fetch *new_fetch(struct carved_call *call, enum fetch_kind kind, const char *id)
{
	struct fetch *f = carved_alloc_array(1, sizeof *f);
	*f = (struct fetch){
		.kind = kind, .service = call->service, .call = call, .errand = {.run = run_fetch, .done = done_fetch}};
	f->id = id ? carved_arena_strdup(call->arena, id) : NULL;
	return f;
}

static struct carved_answer_owed start_fetch(struct fetch *f)
{
	struct carved_call *call = f->call;
	if (carved_lane_add(call->service->reader, &f->errand))
		return carved_reply_later();
	free(f);
	return carved_reply_busy(call);
}

void carved_plans_reply_waited(struct carved_call *call, const char *id, unsigned seconds)
{
	struct fetch *f = new_fetch(call, PLAN, id);
	f->waited_seconds = seconds;
	carved_lane_add_always(call->service->reader, &f->errand); // it has waited long enough
}

struct carved_answer_owed carved_plans_get(struct carved_call *call)
{
	const char *view = carved_http_exchange_query(call->exchange, "view", NULL);
	const struct carved_plan_run *run = carved_plan_run_find(call->service, call->parameter);
	if (view && strcmp(view, "summary") != 0 && strcmp(view, "full") != 0)
		return carved_reply_bad_query(call, "view", view, "summary, full");
	if (run) {
		struct carved_buffer body = CARVED_BUFFER_INIT;
		carved_plan_run_format(run, &body);
		return carved_reply_json(call, 200, NULL, 0, &body);
	}
	return start_fetch(new_fetch(call, view && strcmp(view, "summary") == 0 ? PLAN_SUMMARY : PLAN, call->parameter));
}

struct carved_answer_owed carved_plans_list(struct carved_call *call)
{
	unsigned limit;
	if (!carved_documents_page(call, &limit))
		return carved_reply_bad_query(call, "limit", carved_http_exchange_query(call->exchange, "limit", NULL),
			carved_arena_printf(call->arena, "1..%u", call->service->config->page_items_max));
	struct fetch *f = new_fetch(call, PLANS, carved_http_exchange_query(call->exchange, "cursor", NULL));
	f->limit = limit;
	return start_fetch(f);
}

struct carved_answer_owed carved_plans_proposals(struct carved_call *call)
{
	struct fetch *f = new_fetch(call, PROPOSALS, call->parameter);
	f->candidate = carved_http_exchange_query(call->exchange, "candidate", NULL);
	return start_fetch(f);
}

struct carved_answer_owed carved_proposals_get(struct carved_call *call)
{
	return start_fetch(new_fetch(call, PROPOSAL, call->parameter));
}
