// SPDX-License-Identifier: EUPL-1.2
// GET /v1/candidates/{ref}/recommendations for a person whom we know, POST /v1/recommendations for a document that comes along and is not stored.
//
//   GET    waits for the ground of the newest region (ground_keeper.c), then answers on a work thread
//   POST   waits for the last plan to be known; then a work thread reads the document as PUT does and judges it against the snapshot, makes a ground of the
//          region around this person, which is small, and answers on that. Nothing of it is kept
#include "admit.h"
#include "carved/base/json.h"
#include "change.h"
#include "media.h"
#include "problem.h"
#include "recommend.h"
#include "state.h"
#include <stdlib.h>
#include <string.h>

struct question {
	struct carved_errand errand;
	struct carved_ground_wait wait;
	struct carved_call *call;
	struct carved_recommend_order order;
	struct carved_ground *ground;
	struct carved_past *past; // of a document that came along: the last plan
	struct carved_buffer body;
	struct carved_error error; // code 0: none
	// of a document that came along
	struct carved_region *snapshot;
	enum carved_format format;
	carved_date today;
	struct carved_change_set set;
	bool refused;
};

static void free_question(struct question *q)
{
	carved_ground_unref(q->ground);
	carved_past_unref(q->past);
	carved_region_unref(q->snapshot);
	carved_change_deinit(&q->set);
	carved_buffer_deinit(&q->body);
	free(q);
}

// Reads the query's limit. Returns NULL and *ret_owed where it is wrong.
static struct question *new_question(struct carved_call *call, struct carved_answer_owed *ret_owed)
{
	const struct carved_config *config = call->service->config;
	const char *text = carved_http_exchange_query(call->exchange, "limit", NULL);
	char *end;
	unsigned long limit = text ? strtoul(text, &end, 10) : config->recommend_items;
	if (text && (*text < '0' || *text > '9' || *end || limit < 1 || limit > config->recommend_items_max)) {
		*ret_owed = carved_reply_bad_query(
			call, "limit", text, carved_arena_printf(call->arena, "1..%u", config->recommend_items_max));
		return NULL;
	}
	struct question *q = carved_alloc_array(1, sizeof *q);
	*q = (struct question){.call = call, .order = {.limit = (unsigned)limit, .config = config}};
	carved_change_init(&q->set, config->findings);
	return q;
}

static void write_answer(struct question *q, const struct carved_ground *ground, const char *ref, bool warnings)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	size_t candidate = carved_region_index(ground->region, CARVED_KIND_CANDIDATE, ref);
	if (candidate == SIZE_MAX) { // deleted since the question came in
		carved_error_set(&q->error, CARVED_DOCUMENT_NOT_FOUND);
		carved_error_add(&q->error, "kind", carved_kind_names[CARVED_KIND_CANDIDATE]);
		carved_error_add(&q->error, "ref", ref);
		return;
	}
	carved_json_begin_object(&writer, NULL);
	carved_recommend_write(ground, candidate, &q->order, &writer, &q->error);
	if (warnings)
		carved_problem_write_findings(&writer, "warnings", q->call->language, &q->set.findings, true, &q->set.parsed);
	carved_json_end_object(&writer);
}

static void reply_findings(struct question *q)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_DOCUMENTS_INVALID);
	carved_error_add_number(&error, "errors", (long long)q->set.findings.error_count);
	carved_reply_problem_with(q->call, 400, &error, NULL, 0, &q->set.findings, &q->set.parsed);
}

static void done_question(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	if (q->refused)
		reply_findings(q);
	else if (q->error.code != CARVED_OK)
		carved_reply_failure(q->call, &q->error);
	else
		carved_reply_json(q->call, 200, NULL, 0, &q->body);
	free_question(q);
}

// ---- a person whom we know

static void run_known(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	write_answer(q, q->ground, q->call->parameter, false);
	carved_ground_unref(q->ground); // the last one is slow to free: not on the loop
	q->ground = NULL;
}

static void run_brought(struct carved_errand *errand);

static void ground_ready(struct carved_ground_wait *wait, struct carved_ground *ground, struct carved_past *past,
	const struct carved_error *failure)
{
	struct question *q = carved_container_of(wait, struct question, wait);
	q->ground = ground;
	q->past = past;
	q->errand = (struct carved_errand){.run = wait->past_only ? run_brought : run_known, .done = done_question};
	if (!carved_admit_to_work_behind(q->call, failure, &q->errand))
		free_question(q);
}

struct carved_answer_owed carved_recommendations_get(struct carved_call *call)
{
	struct carved_answer_owed owed;
	struct carved_service *service = call->service;
	if (!carved_region_find(service->region, CARVED_KIND_CANDIDATE, call->parameter))
		return carved_documents_not_found(call);
	struct question *q = new_question(call, &owed);
	if (!q)
		return owed;
	q->wait.ready = ground_ready;
	carved_ground_keeper_get(service->grounds, &q->wait);
	return carved_reply_later();
}

// ---- a document that comes along

static struct carved_region *judge(struct question *q)
{
	const struct carved_http_request *request = q->call->request;
	bool parsed = carved_change_parse(
		&q->set, request->body, request->body_length, q->format, q->today, &q->order.config->documents);
	const char *ref = q->set.count > 0 ? q->set.changes[0].ref : "";
	if (!carved_change_require_one(&q->set, CARVED_KIND_CANDIDATE, ref))
		parsed = false;
	struct carved_region *with = carved_change_judge(&q->set, q->snapshot, request->body, request->body_length, q->format);
	if (parsed)
		return with;
	carved_region_unref(with);
	return NULL;
}

static void run_brought(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	struct carved_region *with = judge(q);
	q->refused = !with;
	if (with) {
		const char *ref = q->set.changes[0].ref;
		struct carved_region *around = carved_region_around(with, carved_region_index(with, CARVED_KIND_CANDIDATE, ref));
		struct carved_ground *ground = carved_ground_make(around, q->today, &q->order.config->weights, q->past, with);
		write_answer(q, ground, ref, true);
		carved_ground_unref(ground);
		carved_region_unref(around);
		carved_region_unref(with);
	}
	carved_region_unref(q->snapshot);
	q->snapshot = NULL;
}

struct carved_answer_owed carved_recommendations_post(struct carved_call *call)
{
	struct carved_answer_owed owed;
	enum carved_format format;
	const char *type = carved_http_exchange_header(call->exchange, "content-type");
	const char *coding = carved_http_exchange_header(call->exchange, "content-encoding");
	if (coding || !carved_media_format(type, false, &format))
		return carved_reply_not_read(call, coding ? coding : type, "application/yaml, application/json");
	struct question *q = new_question(call, &owed);
	if (!q)
		return owed;
	q->format = format;
	q->today = carved_service_today();
	q->snapshot = carved_region_ref(call->service->region);
	q->wait = (struct carved_ground_wait){.past_only = true, .ready = ground_ready};
	carved_ground_keeper_get(call->service->grounds, &q->wait);
	return carved_reply_later();
}
