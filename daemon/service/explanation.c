// SPDX-License-Identifier: EUPL-1.2
// GET /v1/proposals/{id}/explanation: from the documents as the proposal's plan saw them.
#include "as_of.h"
#include "carved/advise/explain.h"
#include "carved/base/json.h"
#include "config.h"
#include "inquiry.h"
#include <string.h>

enum view { FOR_COACH, FOR_EMPLOYER, FOR_CANDIDATE, VIEWS };
static const char *const view_names[VIEWS] = {"coach", "employer", "candidate"};

struct subject {
	enum view view;
	struct carved_store_proposal stored;
	struct carved_weights weights;
	carved_date date; // of the plan
	int64_t when;     // it began
};

// The weights that a plan used, out of its summary.
static bool read_weights(struct carved_inquiry *q, struct subject *s, const struct carved_store_plan *plan)
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
		*(int32_t *)((char *)&s->weights + info->offset) =
			(int32_t)carved_node_get_integer(weights, info->name, info->preset);
	}
	return true;
}

static bool read_stored(struct carved_inquiry *q, struct subject *s)
{
	struct carved_store_plan plan;
	if (!carved_store_proposal_get(q->store, q->call->parameter, &q->arena, &s->stored, &q->error) ||
		!carved_store_plan_get_summary(q->store, s->stored.plan, &q->arena, &plan, &q->error))
		return false;
	s->date = plan.date;
	s->when = plan.created_at;
	return read_weights(q, s, &plan);
}

// What the candidate says today decides, whatever it was when the plan was made.
static bool may_be_shared(struct carved_inquiry *q, const struct subject *s)
{
	const struct carved_document *now = carved_region_find(q->snapshot, CARVED_KIND_CANDIDATE, s->stored.candidate);
	const struct carved_candidate *candidate = now ? &now->candidate : NULL;
	if (candidate && (candidate->consent_scope & CARVED_SCOPE_SHARE_WITH_EMPLOYER) && candidate->consent_given <= q->today &&
		q->today <= candidate->consent_expires)
		return true;
	return carved_fail(&q->error, CARVED_SHARE_NOT_CONSENTED, "proposal", q->call->parameter);
}

static void write_coachs(const struct carved_inquiry *q, const struct subject *s, const struct carved_explanation *explanation,
	const struct carved_region *region, bool newest, struct carved_json_writer *writer)
{
	carved_json_add_text(writer, "plan", s->stored.plan);
	carved_json_add_text(writer, "documents", newest ? "newest" : "as-of-plan");
	carved_json_begin_object(writer, "inputs");
	carved_json_add_integer(writer, "candidate", region->documents[CARVED_KIND_CANDIDATE][0]->version);
	carved_json_add_integer(writer, "site", region->documents[CARVED_KIND_SITE][0]->version);
	carved_json_end_object(writer);
	carved_explanation_format(explanation, q->call->language, writer);
}

static void write_answer(struct carved_inquiry *q, struct subject *s, struct carved_explanation *explanation,
	const struct carved_region *region, bool newest)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "proposal", s->stored.id);
	carved_json_add_text(&writer, "for", view_names[s->view]);
	carved_json_add_text(&writer, "state", carved_store_proposal_state_names[s->stored.state]);
	if (s->view == FOR_EMPLOYER)
		carved_explanation_format_employer(explanation, q->call->language, &writer);
	else if (s->view == FOR_CANDIDATE)
		carved_explanation_format_candidate(explanation, q->call->language, &writer);
	else
		write_coachs(q, s, explanation, region, newest, &writer);
	carved_json_end_object(&writer);
}

static void explain(struct carved_inquiry *q, struct subject *s, const struct carved_region *region, bool newest)
{
	const struct carved_document *site_today = carved_region_find(q->snapshot, CARVED_KIND_SITE, s->stored.site);
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
		.date = s->date,
		.review_months = (int)q->call->service->config->documents.review_months,
		.weights = &s->weights,
		.site_today = site_today ? &site_today->site : NULL,
		.today = q->today};
	if (!carved_explain_read(s->stored.json, s->stored.json_length, site, &slots, &q->arena, &proposal, &q->error) ||
		!carved_explain(&input, &explanation, &q->error))
		return;
	write_answer(q, s, &explanation, region, newest);
	carved_explanation_deinit(&explanation);
}

static void answer(struct carved_inquiry *q)
{
	struct subject subject = {.view = *(const enum view *)q->asked};
	struct carved_region *region;
	bool newest;
	if (!read_stored(q, &subject) || (subject.view == FOR_EMPLOYER && !may_be_shared(q, &subject)))
		return;
	struct carved_as_of as_of = {.store = q->store,
		.snapshot = q->snapshot,
		.limits = &q->call->service->config->documents,
		.today = q->today,
		.when = subject.when};
	if (carved_as_of_region(&as_of, &subject.stored, &region, &newest, &q->error)) {
		explain(q, &subject, region, newest);
		carved_region_unref(region);
	}
}

struct carved_answer_owed carved_explanation_get(struct carved_call *call)
{
	const char *name = carved_http_exchange_query(call->exchange, "for", NULL);
	enum view *view = carved_arena_array(call->arena, enum view, 1);
	*view = FOR_COACH;
	while (name && *view < VIEWS && strcmp(name, view_names[*view]) != 0)
		(*view)++;
	if (*view == VIEWS)
		return carved_reply_bad_query(call, "for", name, "coach, employer, candidate");
	return carved_inquiry_start(call, answer, carved_report_proposal, view);
}
