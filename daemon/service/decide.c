// SPDX-License-Identifier: EUPL-1.2
// What people decide on proposals: POST adds a decision, GET tells of those that were made.
//
//   handler      reads the body; what is wrong in it is told at once, but for an acceptance, where the documents are asked as well
//   DECIDING     writer thread: state and documents as they are at that moment, then decision, state and answer in one transaction
//   ANSWERED     loop: where a pair was declined, the region that knows it is published, then the client is told
#include "admit.h"
#include "decision.h"
#include "idempotency.h"
#include "inquiry.h"
#include "placements.h"
#include "system/log.h"
#include <stdlib.h>
#include <string.h>

struct deciding {
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	struct carved_body body;
	struct carved_store_decision decision;
	carved_date today;
	bool incomplete;                // the body itself has findings
	struct carved_buffer answer;    // the decision
	struct carved_region *next;     // to be published; NULL: nothing was declined
	struct carved_region *replaced; // by it
	struct carved_error error;      // code 0: none
};

static void format_answer(const struct carved_store_decision *decision, struct carved_buffer *answer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(answer);
	carved_buffer_clear(answer);
	carved_decision_write(&writer, NULL, decision);
}

// ---- the writer's thread

static const char *format_kept(void *context, const struct carved_store_decision *decision)
{
	struct deciding *d = context;
	format_answer(decision, &d->answer);
	return d->answer.data;
}

static int64_t version_of(const struct deciding *d, enum carved_kind kind, const char *ref)
{
	const struct carved_document *document = carved_region_find(d->service->head, kind, ref);
	return document ? document->version : 0;
}

// The proposal that it is about. For an acceptance the package that people agreed on, beside all that stands.
static bool find_proposal(struct deciding *d, struct carved_store_proposal *ret_proposal)
{
	struct carved_store *store = d->service->store;
	struct carved_arena *arena = d->call->arena;
	if (!carved_store_proposal_get(store, d->call->parameter, arena, ret_proposal, &d->error))
		return false;
	return !ret_proposal->origin[0] || carved_store_proposal_get(store, ret_proposal->origin, arena, ret_proposal, &d->error);
}

static void check_acceptance(struct deciding *d, const struct carved_store_proposal *proposal)
{
	struct carved_past *standing = NULL;
	if (carved_placements_read_standing(d->service->store, &standing, &d->error) &&
		carved_past_read_proposal(standing, proposal->id, proposal->json, proposal->json_length, &d->error)) {
		const struct carved_acceptance acceptance = {.region = d->service->head,
			.today = d->today,
			.weights = &d->service->config->weights,
			.standing = standing,
			.id = proposal->id};
		carved_decision_check_acceptance(&acceptance, &d->body);
	}
	carved_past_unref(standing);
}

static void exclude(struct deciding *d)
{
	const struct carved_exclusion decline = {.candidate = d->decision.candidate,
		.site = d->decision.site,
		.for_good = d->decision.for_good,
		.candidate_version = d->decision.candidate_version,
		.site_version = d->decision.site_version};
	struct carved_exclusions *exclusions = carved_exclusions_add(d->service->head->exclusions, &decline);
	d->next = carved_region_exclude(d->service->head, exclusions);
	carved_exclusions_unref(exclusions);
	carved_region_unref(d->service->head);
	d->service->head = carved_region_ref(d->next);
}

static void store(struct deciding *d, const struct carved_store_proposal *proposal)
{
	struct carved_store_keep keep = {.uid = 0};
	bool keeps = carved_idempotency_keep(d->call, &keep);
	keep.status = 201;
	d->decision.candidate_version = version_of(d, CARVED_KIND_CANDIDATE, proposal->candidate);
	d->decision.site_version = version_of(d, CARVED_KIND_SITE, proposal->site);
	d->decision.who = d->call->request->user;
	d->decision.when = carved_service_now();
	if (!carved_store_decide(
		    d->service->store, &d->decision, d->call->arena, keeps ? &keep : NULL, format_kept, d, &d->error))
		return;
	format_answer(&d->decision, &d->answer);
	if (d->decision.kind == CARVED_STORE_DECLINED)
		exclude(d);
}

// What the state forbids is told before what is missing: nobody should gather signatures for a proposal that is out of date.
static void run_decide(struct carved_errand *errand)
{
	struct deciding *d = carved_container_of(errand, struct deciding, errand);
	struct carved_store_proposal proposal;
	strcpy(d->decision.proposal, d->call->parameter);
	if (!find_proposal(d, &proposal) || !carved_store_decision_allowed(d->service->store, &d->decision, &d->error))
		return;
	if (d->decision.kind == CARVED_STORE_ACCEPTED)
		check_acceptance(d, &proposal);
	if (d->error.code == CARVED_OK && d->body.findings.error_count == 0)
		store(d, &proposal);
}

// ---- answers

// States are words of the API; people read them in their language.
static void name_states(struct deciding *d)
{
	struct carved_error named;
	struct carved_arena *arena = d->call->arena;
	static const char *const keys[] = {"state", "decision"};
	carved_fail(&named, d->error.code, "proposal", d->call->parameter);
	for (size_t i = 0; i < 2; i++) {
		const char *word = carved_error_get(&d->error, keys[i]);
		const char *label = carved_text_find(d->call->language, carved_arena_printf(arena, "carve.state.%s", word));
		carved_error_add(&named, keys[i], label ? label : word);
	}
	d->error = named;
}

static void reply_findings(struct deciding *d)
{
	struct carved_error error;
	if (d->incomplete) {
		carved_body_reply(&d->body);
		return;
	}
	carved_fail(&error, CARVED_ACCEPTANCE_IMPOSSIBLE, "proposal", d->call->parameter);
	carved_reply_problem_with(d->call, 409, &error, NULL, 0, &d->body.findings, NULL);
}

static void reply(struct deciding *d)
{
	if (d->error.code == CARVED_DECISION_NOT_ALLOWED)
		name_states(d);
	if (d->error.code != CARVED_OK)
		carved_reply_failure(d->call, &d->error);
	else if (d->body.findings.error_count > 0)
		reply_findings(d);
	else
		carved_reply_json(d->call, 201, NULL, 0, &d->answer);
}

// An old snapshot can be large: it is freed on a work thread.
static void run_free(struct carved_errand *errand)
{
	struct deciding *d = carved_container_of(errand, struct deciding, errand);
	carved_region_unref(d->replaced);
	carved_body_deinit(&d->body);
	carved_buffer_deinit(&d->answer);
}

static void done_free(struct carved_errand *errand)
{
	struct deciding *d = carved_container_of(errand, struct deciding, errand);
	struct carved_service *service = d->service;
	free(d);
	service->write_count--;
	carved_service_tick(service);
}

static void done_decide(struct carved_errand *errand)
{
	struct deciding *d = carved_container_of(errand, struct deciding, errand);
	bool decided = d->error.code == CARVED_OK && d->body.findings.error_count == 0;
	const struct carved_log_about about = {.event = CARVED_EVENT_DECISION, .user = d->call->request->user};
	carved_service_note_failure(d->service, &d->error);
	if (d->next)
		d->replaced = carved_service_publish(d->service, d->next);
	if (decided)
		carved_log_about(CARVED_LOG_INFO, &about, "%s: %s by %s", d->decision.proposal,
			carved_store_proposal_state_names[d->decision.kind], about.user);
	reply(d);
	d->errand = (struct carved_errand){.run = run_free, .done = done_free, .user = d->errand.user};
	carved_work_add_always(d->service->work, &d->errand);
}

static struct carved_answer_owed start_deciding(struct carved_call *call)
{
	struct carved_service *service = call->service;
	struct deciding *d = carved_alloc_array(1, sizeof *d);
	*d = (struct deciding){.service = service, .call = call, .body = {.call = call}, .today = carved_service_today()};
	if (!carved_body_is_json(call)) {
		free(d);
		return carved_reply_not_read(
			call, carved_http_exchange_header(call->exchange, "content-type"), "application/json");
	}
	carved_decision_read(&d->body, d->today, service->config->documents.text_bytes, &d->decision);
	d->incomplete = d->body.findings.error_count > 0;
	if (d->incomplete && d->decision.kind != CARVED_STORE_ACCEPTED) {
		struct carved_answer_owed owed = carved_body_reply(&d->body);
		free(d);
		return owed;
	}
	d->errand = (struct carved_errand){.run = run_decide, .done = done_decide, .user = call->request->uid};
	if (strlen(call->parameter) < sizeof d->decision.proposal && carved_admit_to_writer(call, &d->errand)) {
		service->write_count++;
		return carved_reply_later();
	}
	bool is_id = strlen(call->parameter) < sizeof d->decision.proposal;
	carved_body_deinit(&d->body);
	free(d);
	struct carved_error error;
	carved_fail(&error, CARVED_PROPOSAL_NOT_FOUND, "proposal", call->parameter);
	return is_id ? carved_reply_busy(call) : carved_reply_failure(call, &error);
}

struct carved_answer_owed carved_decisions_post(struct carved_call *call)
{
	return carved_idempotency_begin(call, start_deciding);
}

// ---- GET

struct listing {
	struct carved_json_writer writer;
	size_t count;
};

static bool add_decision(void *context, const struct carved_store_decision *decision)
{
	struct listing *l = context;
	carved_decision_write(&l->writer, NULL, decision);
	l->count++;
	return true;
}

static void list(struct carved_inquiry *q)
{
	struct listing l = {.writer = CARVED_JSON_WRITER(&q->body)};
	const char *of = q->call->parameter;
	carved_json_begin_object(&l.writer, NULL);
	carved_json_begin_array(&l.writer, "items");
	if (*(const bool *)q->asked ? !carved_store_decisions_of(q->store, of, add_decision, &l, &q->error)
				    : !carved_store_decisions_on(q->store, of, add_decision, &l, &q->error))
		return;
	carved_json_end_array(&l.writer);
	carved_json_add_integer(&l.writer, "count", (int64_t)l.count);
	carved_json_end_object(&l.writer);
}

static struct carved_answer_owed start_list(struct carved_call *call, bool of_candidate)
{
	static const bool asked[] = {false, true};
	return carved_inquiry_start(call, list, NULL, &asked[of_candidate]);
}

struct carved_answer_owed carved_decisions_on_proposal(struct carved_call *call)
{
	return start_list(call, false);
}

struct carved_answer_owed carved_decisions_of_candidate(struct carved_call *call)
{
	if (!carved_region_find(call->service->region, CARVED_KIND_CANDIDATE, call->parameter))
		return carved_documents_not_found(call);
	return start_list(call, true);
}
