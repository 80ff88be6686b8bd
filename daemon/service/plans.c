// SPDX-License-Identifier: EUPL-1.2
#include "plans.h"
#include "admit.h"
#include "carved/base/json.h"
#include "page.h"
#include "plan_run.h"
#include "tag.h"
#include <stdlib.h>
#include <string.h>

enum fetch_kind { PLAN, PLAN_SUMMARY, PLANS, PROPOSALS, PROPOSAL };

struct fetch { // one question to the store
	enum fetch_kind kind;
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	const char *id;            // of a plan or a proposal
	const char *candidate;     // NULL: all
	struct carved_page page;   // of a list
	size_t found;              // items of the page so far
	bool more;                 // behind the page
	struct carved_arena arena; // of what follows
	const char *last, *next;   // id of the page's last item; the cursor behind it, NULL: there is no more
	bool posted;               // the answer to a POST, not to a GET
	unsigned waited_seconds;
	struct carved_buffer body;
	char tag[CARVED_TAG_MAX];
	struct carved_error error; // code 0: none
};

// Before each item of a list. Returns false where the page is full.
static bool has_room(struct fetch *f, const char *id)
{
	f->more = f->page.limit > 0 && f->found == f->page.limit;
	if (f->more)
		return false;
	if (f->found++ > 0)
		carved_buffer_add(&f->body, ",", 1);
	if (f->found == f->page.limit)
		f->last = carved_arena_strdup(&f->arena, id);
	return true;
}

// The end of every list.
static void end_page(struct fetch *f, int64_t count)
{
	f->next = f->more ? carved_page_cursor(f->page.of, f->last, &f->arena) : NULL;
	carved_buffer_printf(&f->body, "],\"count\":%lld,\"next\":", (long long)count);
	carved_buffer_printf(&f->body, f->next ? "\"%s\"}" : "null}", f->next);
}

static bool add_proposal(void *context, const struct carved_store_proposal *proposal)
{
	struct fetch *f = context;
	if (!has_room(f, proposal->id))
		return false;
	carved_plan_write_proposal(proposal, &f->body);
	return true;
}

static bool fetch_plan(struct fetch *f)
{
	struct carved_store *store = f->service->read_store;
	const struct carved_store_proposal_filter all = {0};
	struct carved_store_plan plan;
	if (!carved_store_plan_get(store, f->id, &f->arena, &plan, &f->error))
		return false;
	carved_plan_write_stored(&plan, f->call->language, &f->body);
	if (f->kind == PLAN && plan.body && plan.body_length > 2) {
		carved_buffer_add(&f->body, ",", 1);
		carved_buffer_add(&f->body, plan.body + 1, plan.body_length - 2);
	}
	if (f->kind == PLAN && plan.state != CARVED_STORE_PLAN_RUNNING) {
		carved_buffer_add_text(&f->body, ",\"proposals\":[");
		if (!carved_store_proposals_of(store, f->id, &all, add_proposal, f, &f->error))
			return false;
		carved_buffer_add(&f->body, "]", 1);
	}
	carved_buffer_add(&f->body, "}", 1);
	return true;
}

static bool add_plan(void *context, const struct carved_store_plan *plan)
{
	struct fetch *f = context;
	if (!has_room(f, plan->id))
		return false;
	carved_plan_write_stored(plan, f->call->language, &f->body);
	carved_buffer_add(&f->body, "}", 1);
	return true;
}

static bool fetch_plans(struct fetch *f)
{
	struct carved_store *store = f->service->read_store;
	int64_t count;
	carved_buffer_add_text(&f->body, "{\"items\":[");
	if (!carved_store_plan_list(store, f->page.behind, f->page.limit + 1, add_plan, f, &f->error) ||
		!carved_store_plan_count(store, &count, &f->error))
		return false;
	end_page(f, count);
	return true;
}

// A plan without proposals and no plan at all look the same in the list of proposals: ask which.
static bool fetch_proposals(struct fetch *f)
{
	struct carved_store *store = f->service->read_store;
	const struct carved_store_proposal_filter filter = {
		.candidate = f->candidate, .behind = f->page.behind, .limit = f->page.limit + 1};
	int64_t count;
	carved_buffer_add_text(&f->body, "{\"items\":[");
	if (!carved_store_plan_exists(store, f->id, &f->error) ||
		!carved_store_proposals_of(store, f->id, &filter, add_proposal, f, &f->error) ||
		!carved_store_proposal_count(store, f->id, f->candidate, &count, &f->error))
		return false;
	end_page(f, count);
	return true;
}

static bool fetch_proposal(struct fetch *f)
{
	struct carved_store_proposal proposal;
	bool good = carved_store_proposal_get(f->service->read_store, f->id, &f->arena, &proposal, &f->error);
	if (good)
		carved_plan_write_proposal(&proposal, &f->body);
	return good;
}

static bool fetch(struct fetch *f)
{
	switch (f->kind) {
	case PLAN:
	case PLAN_SUMMARY:
		return fetch_plan(f);
	case PLANS:
		return fetch_plans(f);
	case PROPOSALS:
		return fetch_proposals(f);
	case PROPOSAL:
		return fetch_proposal(f);
	}
	return false;
}

static void run_fetch(struct carved_errand *errand)
{
	struct fetch *f = carved_container_of(errand, struct fetch, errand);
	if (fetch(f))
		carved_tag_of_content(f->body.data, f->body.length, f->tag);
}

static void reply_fetched(struct fetch *f)
{
	struct carved_content content = {.media = f->call->media, .tag = f->tag, .vary = "Accept-Language"};
	struct carved_http_header applied = {
		"Preference-Applied", carved_arena_printf(f->call->arena, "wait=%u", f->waited_seconds)};
	struct carved_http_header location = {"Location", carved_arena_printf(f->call->arena, "/v1/plans/%s", f->id)};
	if (f->posted)
		carved_reply_json(f->call, 200, f->waited_seconds > 0 ? &applied : &location, 1, &f->body);
	else
		carved_page_reply(f->call, f->next, &content, &f->body);
}

static void done_fetch(struct carved_errand *errand)
{
	struct fetch *f = carved_container_of(errand, struct fetch, errand);
	if (f->error.code == CARVED_OK)
		reply_fetched(f);
	else if (f->page.behind && f->error.code == (f->kind == PLANS ? CARVED_PLAN_NOT_FOUND : CARVED_PROPOSAL_NOT_FOUND))
		carved_page_reply_bad_cursor(f->call);
	else
		carved_reply_failure(f->call, &f->error);
	carved_buffer_deinit(&f->body);
	carved_arena_deinit(&f->arena);
	free(f);
}

static struct fetch *new_fetch(struct carved_call *call, enum fetch_kind kind, const char *id)
{
	struct fetch *f = carved_alloc_array(1, sizeof *f);
	*f = (struct fetch){
		.kind = kind, .service = call->service, .call = call, .errand = {.run = run_fetch, .done = done_fetch}};
	f->id = carved_arena_strdup(call->arena, id);
	return f;
}

static struct carved_answer_owed start_fetch(struct fetch *f)
{
	struct carved_call *call = f->call;
	if (carved_admit_to_reader(call, &f->errand))
		return carved_reply_later();
	free(f);
	return carved_reply_busy(call);
}

void carved_plans_reply_ended(struct carved_call *call, const char *id)
{
	carved_plans_reply_waited(call, id, 0);
}

void carved_plans_reply_waited(struct carved_call *call, const char *id, unsigned seconds)
{
	struct fetch *f = new_fetch(call, PLAN, id);
	f->posted = true;
	f->waited_seconds = seconds;
	carved_lane_add_always(call->service->reader, &f->errand); // it has waited long enough
}

static struct carved_answer_owed reply_running(struct carved_call *call, const struct carved_plan_run *run)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	char tag[CARVED_TAG_MAX];
	carved_plan_run_format(run, &body);
	struct carved_content content = {
		.media = call->media, .tag = carved_tag_of_content(body.data, body.length, tag), .vary = "Accept-Language"};
	return carved_reply_content(call, &content, NULL, 0, &body);
}

struct carved_answer_owed carved_plans_get(struct carved_call *call)
{
	const char *view = carved_http_exchange_query(call->exchange, "view", NULL);
	const struct carved_plan_run *run = carved_plan_run_find(call->service, call->parameter);
	if (view && strcmp(view, "summary") != 0 && strcmp(view, "full") != 0)
		return carved_reply_bad_query(call, "view", view, "summary, full");
	if (run)
		return reply_running(call, run);
	return start_fetch(new_fetch(call, view && strcmp(view, "summary") == 0 ? PLAN_SUMMARY : PLAN, call->parameter));
}

static struct carved_answer_owed start_list(
	struct carved_call *call, enum fetch_kind kind, enum carved_page_of of, const char *candidate)
{
	struct carved_page page;
	if (!carved_page_read(call, of, &page))
		return carved_reply_given();
	struct fetch *f = new_fetch(call, kind, call->parameter);
	f->page = page;
	f->candidate = candidate;
	return start_fetch(f);
}

struct carved_answer_owed carved_plans_list(struct carved_call *call)
{
	return start_list(call, PLANS, CARVED_PAGE_PLANS, NULL);
}

struct carved_answer_owed carved_plans_proposals(struct carved_call *call)
{
	return start_list(call, PROPOSALS, CARVED_PAGE_PROPOSALS, carved_http_exchange_query(call->exchange, "candidate", NULL));
}

struct carved_answer_owed carved_proposals_get(struct carved_call *call)
{
	return start_fetch(new_fetch(call, PROPOSAL, call->parameter));
}
