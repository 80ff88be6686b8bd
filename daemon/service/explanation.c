// SPDX-License-Identifier: EUPL-1.2
// GET /v1/proposals/{id}/explanation: on the reader's thread, from the documents as the proposal's plan saw them.
#include "admit.h"
#include "as_of.h"
#include "carved/advise/explain.h"
#include "carved/base/json.h"
#include "config.h"
#include "html.h"
#include "state.h"
#include "tag.h"
#include <stdlib.h>
#include <string.h>

enum view { FOR_COACH, FOR_EMPLOYER, FOR_CANDIDATE, VIEWS };
static const char *const view_names[VIEWS] = {"coach", "employer", "candidate"};

struct question {
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	const char *id;
	enum view view;
	carved_date today;
	struct carved_region *snapshot; // one reference, until it was asked
	struct carved_arena arena;      // of the following
	struct carved_store_proposal stored;
	struct carved_weights weights;
	carved_date date; // of the plan
	int64_t when;     // it began
	struct carved_buffer body;
	char tag[CARVED_TAG_MAX];
	struct carved_error error; // code 0: none
};

// The weights that a plan used, out of its summary.
static bool read_weights(struct question *q, const struct carved_store_plan *plan)
{
	const struct carved_node *root;
	uint32_t line, column;
	struct carved_error error;
	bool good =
		plan->summary && carved_json_parse(plan->summary, plan->summary_length, &q->arena, &root, &error, &line, &column);
	const struct carved_node *weights = good ? carved_node_get(root, "weights") : NULL;
	if (!weights)
		return carved_fail(&q->error, CARVED_PLAN_UNREADABLE, "plan", plan->id);
	for (size_t i = 0; i < carved_weight_count; i++) {
		const struct carved_weight_info *info = &carved_weight_infos[i];
		*(int32_t *)((char *)&q->weights + info->offset) =
			(int32_t)carved_node_get_integer(weights, info->name, info->preset);
	}
	return true;
}

static bool read_stored(struct question *q)
{
	struct carved_store *store = q->service->read_store;
	struct carved_store_plan plan;
	if (!carved_store_proposal_get(store, q->id, &q->arena, &q->stored, &q->error) ||
		!carved_store_plan_get_summary(store, q->stored.plan, &q->arena, &plan, &q->error))
		return false;
	q->date = plan.date;
	q->when = plan.created_at;
	return read_weights(q, &plan);
}

// What the candidate says today decides, whatever it was when the plan was made.
static bool may_be_shared(struct question *q)
{
	const struct carved_document *now = carved_region_find(q->snapshot, CARVED_KIND_CANDIDATE, q->stored.candidate);
	const struct carved_candidate *candidate = now ? &now->candidate : NULL;
	if (candidate && (candidate->consent_scope & CARVED_SCOPE_SHARE_WITH_EMPLOYER) && candidate->consent_given <= q->today &&
		q->today <= candidate->consent_expires)
		return true;
	return carved_fail(&q->error, CARVED_SHARE_NOT_CONSENTED, "proposal", q->id);
}

static void write_coachs(const struct question *q, const struct carved_explanation *explanation,
	const struct carved_region *region, bool newest, struct carved_json_writer *writer)
{
	carved_json_add_text(writer, "plan", q->stored.plan);
	carved_json_add_text(writer, "documents", newest ? "newest" : "as-of-plan");
	carved_json_begin_object(writer, "inputs");
	carved_json_add_integer(writer, "candidate", region->documents[CARVED_KIND_CANDIDATE][0]->version);
	carved_json_add_integer(writer, "site", region->documents[CARVED_KIND_SITE][0]->version);
	carved_json_end_object(writer);
	carved_explanation_format(explanation, q->call->language, writer);
}

static void write_answer(
	struct question *q, struct carved_explanation *explanation, const struct carved_region *region, bool newest)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "proposal", q->stored.id);
	carved_json_add_text(&writer, "for", view_names[q->view]);
	carved_json_add_text(&writer, "state", carved_store_proposal_state_names[q->stored.state]);
	if (q->view == FOR_EMPLOYER)
		carved_explanation_format_employer(explanation, q->call->language, &writer);
	else if (q->view == FOR_CANDIDATE)
		carved_explanation_format_candidate(explanation, q->call->language, &writer);
	else
		write_coachs(q, explanation, region, newest, &writer);
	carved_json_end_object(&writer);
	if (carved_html_is_wanted(q->call->media))
		carved_html_replace(&q->body, carved_report_proposal, q->call->language);
	carved_tag_of_content(q->body.data, q->body.length, q->tag);
}

static void explain(struct question *q, const struct carved_region *region, bool newest)
{
	const struct carved_document *site_today = carved_region_find(q->snapshot, CARVED_KIND_SITE, q->stored.site);
	const struct carved_site *site = carved_region_site(region, 0);
	struct carved_slots slots = carved_slots_make(site, &q->arena);
	struct carved_proposal proposal;
	struct carved_explanation explanation;
	struct carved_explain_input input = {.region = region,
		.candidate = carved_region_candidate(region, 0),
		.site = site,
		.slots = &slots,
		.coach = region->count[CARVED_KIND_COACH] ? carved_region_coach(region, 0) : NULL,
		.proposal = &proposal,
		.date = q->date,
		.review_months = (int)q->service->config->documents.review_months,
		.weights = &q->weights,
		.site_today = site_today ? &site_today->site : NULL,
		.today = q->today};
	if (!carved_explain_read(q->stored.json, q->stored.json_length, site, &slots, &q->arena, &proposal, &q->error) ||
		!carved_explain(&input, &explanation, &q->error))
		return;
	write_answer(q, &explanation, region, newest);
	carved_explanation_deinit(&explanation);
}

static void run_question(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	struct carved_region *region;
	bool newest;
	if (read_stored(q) && (q->view != FOR_EMPLOYER || may_be_shared(q))) {
		struct carved_as_of as_of = {.store = q->service->read_store,
			.snapshot = q->snapshot,
			.limits = &q->service->config->documents,
			.today = q->today,
			.when = q->when};
		if (carved_as_of_region(&as_of, &q->stored, &region, &newest, &q->error)) {
			explain(q, region, newest);
			carved_region_unref(region);
		}
	}
	carved_region_unref(q->snapshot); // the last one is slow to free: not on the loop
	q->snapshot = NULL;
}

static void free_question(struct question *q)
{
	carved_region_unref(q->snapshot);
	carved_arena_deinit(&q->arena);
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

struct carved_answer_owed carved_explanation_get(struct carved_call *call)
{
	const char *name = carved_http_exchange_query(call->exchange, "for", NULL);
	enum view view = FOR_COACH;
	while (name && view < VIEWS && strcmp(name, view_names[view]) != 0)
		view++;
	if (view == VIEWS)
		return carved_reply_bad_query(call, "for", name, "coach, employer, candidate");
	struct question *q = carved_alloc_array(1, sizeof *q);
	*q = (struct question){.service = call->service,
		.call = call,
		.id = call->parameter,
		.view = view,
		.today = carved_service_today(),
		.snapshot = carved_region_ref(call->service->region),
		.errand = {.run = run_question, .done = done_question}};
	if (carved_admit_to_reader(call, &q->errand))
		return carved_reply_later();
	free_question(q);
	return carved_reply_busy(call);
}
