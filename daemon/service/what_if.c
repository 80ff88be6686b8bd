// SPDX-License-Identifier: EUPL-1.2
// POST /v1/candidates/{ref}/what-if: documents changed for the question only. Waits for the last plan to be known; then a work thread makes the changes in copies,
// reads and judges them as PUT does, and answers the recommendations before and after, each on the region around the person. Nothing of it is kept.
#include "what_if.h"
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
	struct carved_region *snapshot;
	struct carved_past *past; // the last plan; NULL: there is none
	carved_date today;
	struct carved_what_if what_if;
	struct carved_change_set set;
	struct carved_buffer body;
	struct carved_error error; // code 0: none
};

static void free_question(struct question *q)
{
	carved_past_unref(q->past);
	carved_region_unref(q->snapshot);
	carved_change_deinit(&q->set);
	carved_what_if_deinit(&q->what_if);
	carved_buffer_deinit(&q->body);
	free(q);
}

// ---- on a work thread

// The changed documents are the ones that were named, and would be newer than those that are stored.
static bool keep_names(struct question *q)
{
	bool good = true;
	for (size_t i = 0; i < q->set.count; i++) {
		struct carved_document *document = q->set.parsed.documents[i];
		const struct carved_what_if_document *named = &q->what_if.documents[q->set.parsed.numbers[i]];
		const struct carved_document *stored = carved_region_find(q->snapshot, document->kind, document->ref);
		document->version = stored ? stored->version + 1 : 0;
		if (document->kind != named->kind || strcmp(document->ref, named->ref) != 0) {
			carved_error_set(&q->error, CARVED_WHAT_IF_RENAMES);
			carved_error_add(&q->error, "kind", carved_kind_names[named->kind]);
			carved_error_add(&q->error, "ref", named->ref);
			good = false;
		}
	}
	return good;
}

// The region as it would be; NULL with findings, or with an error.
static struct carved_region *judge(struct question *q)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_region *with = NULL;
	carved_what_if_format(&q->what_if, &text);
	bool parsed =
		carved_change_parse(&q->set, text.data, text.length, CARVED_FORMAT_NDJSON, q->today, &q->order.config->documents);
	if (!parsed || keep_names(q))
		with = carved_change_judge(&q->set, q->snapshot, NULL, 0, CARVED_FORMAT_NDJSON);
	for (size_t i = 0; i < q->set.findings.count; i++) // of a text that nobody has seen
		q->set.findings.items[i].line = q->set.findings.items[i].column = 0;
	carved_buffer_deinit(&text);
	if (parsed)
		return with;
	carved_region_unref(with);
	return NULL;
}

static bool write_best(struct question *q, const char *key, struct carved_region *region, struct carved_json_writer *writer)
{
	size_t candidate = carved_region_index(region, CARVED_KIND_CANDIDATE, q->call->parameter);
	struct carved_region *around = carved_region_around(region, candidate);
	struct carved_ground *ground = carved_ground_make(around, q->today, &q->order.config->weights, q->past, region);
	carved_json_begin_object(writer, key);
	bool good = carved_recommend_write(
		ground, carved_region_index(around, CARVED_KIND_CANDIDATE, q->call->parameter), &q->order, writer, &q->error);
	carved_json_end_object(writer);
	carved_ground_unref(ground);
	carved_region_unref(around);
	return good;
}

static void write_answer(struct question *q, struct carved_region *with)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "candidate", q->call->parameter);
	carved_json_begin_array(&writer, "changed");
	for (size_t i = 0; i < q->what_if.count; i++) {
		carved_json_begin_object(&writer, NULL);
		carved_json_add_text(&writer, "kind", carved_kind_names[q->what_if.documents[i].kind]);
		carved_json_add_text(&writer, "ref", q->what_if.documents[i].ref);
		carved_json_end_object(&writer);
	}
	carved_json_end_array(&writer);
	if (write_best(q, "before", q->snapshot, &writer))
		write_best(q, "after", with, &writer);
	carved_problem_write_findings(&writer, "warnings", q->call->language, &q->set.findings, true, &q->set.parsed);
	carved_json_end_object(&writer);
}

static void run(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	const struct carved_http_request *request = q->call->request;
	if (!carved_what_if_read(&q->what_if, q->snapshot, q->call->parameter, request->body, request->body_length))
		return;
	struct carved_region *with = q->what_if.count ? judge(q) : carved_region_ref(q->snapshot);
	if (with)
		write_answer(q, with);
	carved_region_unref(with);
}

// ---- on the loop

static void reply_findings(
	struct question *q, enum carved_code code, const struct carved_findings *findings, const struct carved_parsed *parsed)
{
	struct carved_error error;
	carved_error_set(&error, code);
	carved_error_add_number(&error, "errors", (long long)findings->error_count);
	carved_reply_problem_with(q->call, 400, &error, NULL, 0, findings, parsed);
}

static void done(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	if (q->what_if.findings.error_count)
		reply_findings(q, CARVED_REQUEST_INVALID, &q->what_if.findings, NULL);
	else if (q->error.code == CARVED_WHAT_IF_RENAMES)
		carved_reply_problem(q->call, 400, &q->error);
	else if (q->set.findings.error_count)
		reply_findings(q, CARVED_DOCUMENTS_INVALID, &q->set.findings, &q->set.parsed);
	else if (q->error.code != CARVED_OK)
		carved_reply_failure(q->call, &q->error);
	else
		carved_reply_json(q->call, 200, NULL, 0, &q->body);
	free_question(q);
}

static void past_ready(struct carved_ground_wait *wait, struct carved_ground *ground, struct carved_past *past,
	const struct carved_error *failure)
{
	struct question *q = carved_container_of(wait, struct question, wait);
	carved_ground_unref(ground); // none was asked for
	q->past = past;
	q->errand = (struct carved_errand){.run = run, .done = done};
	if (!carved_admit_to_work_behind(q->call, failure, &q->errand))
		free_question(q);
}

struct carved_answer_owed carved_what_if_post(struct carved_call *call)
{
	const struct carved_config *config = call->service->config;
	enum carved_format format;
	const char *type = carved_http_exchange_header(call->exchange, "content-type");
	const char *coding = carved_http_exchange_header(call->exchange, "content-encoding");
	if (!carved_region_find(call->service->region, CARVED_KIND_CANDIDATE, call->parameter))
		return carved_documents_not_found(call);
	if (coding || !carved_media_format(type, false, &format) || format != CARVED_FORMAT_JSON)
		return carved_reply_not_read(call, coding ? coding : type, "application/json");
	struct question *q = carved_alloc_array(1, sizeof *q);
	*q = (struct question){.call = call,
		.order = {.limit = config->recommend_items, .config = config},
		.today = carved_service_today(),
		.snapshot = carved_region_ref(call->service->region)};
	q->what_if.findings.limit = config->findings;
	carved_change_init(&q->set, config->findings);
	q->wait = (struct carved_ground_wait){.past_only = true, .ready = past_ready};
	carved_ground_keeper_get(call->service->grounds, &q->wait);
	return carved_reply_later();
}
