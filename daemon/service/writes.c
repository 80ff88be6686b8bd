// SPDX-License-Identifier: EUPL-1.2
// Every change of documents: PUT, DELETE, imports.
//
//   handler        reads the headers, starts a write
//   PARSING        work thread: documents out of the text; with errors, or in a dry run, judged there against the snapshot, so that all findings come at once
//   COMMITTING     writer thread, one write at a time: judged against the region that it lands on, then stored in one transaction
//   ANSWERED       loop: the new snapshot is published, then the client is told
//
// Deletions begin at COMMITTING. A queue that is full answers 503.
#include "admit.h"
#include "carved/base/json.h"
#include "change.h"
#include "condition.h"
#include "idempotency.h"
#include "media.h"
#include "problem.h"
#include "state.h"
#include "system/log.h"
#include "tag.h"
#include <stdlib.h>
#include <string.h>

enum write_kind { PUT, DELETE, IMPORT };

struct write {
	enum write_kind kind;
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	uid_t uid;        // whose it is
	const char *text; // the exchange's
	size_t length;
	enum carved_format format;
	carved_date today;
	bool dry_run;
	struct carved_region *snapshot;    // what a dry run is judged against
	struct carved_condition condition; // what the document that the change lands on must be
	bool stale;                        // it is not
	int64_t found;                     // the version that is there; 0: none
	struct carved_change_set set;
	struct carved_store_result *results; // one for each change
	struct carved_region *next;          // to be published
	struct carved_region *replaced;      // by it, to be freed
	bool refused;                        // there are findings that are errors, or `error`
	struct carved_error error;           // code 0: none
};

// Old snapshots can be large: what is left of a write is freed on a work thread.
static void run_free(struct carved_errand *errand)
{
	struct write *w = carved_container_of(errand, struct write, errand);
	carved_change_deinit(&w->set);
	carved_region_unref(w->snapshot);
	carved_region_unref(w->replaced);
	free(w->results);
}

static void done_free(struct carved_errand *errand)
{
	struct write *w = carved_container_of(errand, struct write, errand);
	struct carved_service *service = w->service;
	free(w);
	service->write_count--;
	carved_service_tick(service);
}

// The end of every write, once it is answered.
static void free_write(struct write *w)
{
	w->errand = (struct carved_errand){.run = run_free, .done = done_free, .user = w->uid};
	carved_work_add_always(w->service->work, &w->errand);
}

// Of a write that was not let in nothing is large: it is freed at once, so that a flood of refusals leaves nothing to be done.
static void forget_write(struct write *w)
{
	run_free(&w->errand);
	done_free(&w->errand);
}

// ---- answers

static void add_counts(const struct write *w, struct carved_json_writer *writer)
{
	static const char *const names[CARVED_KINDS] = {"candidates", "sites", "coaches", "vocabularies"};
	size_t outcomes[CARVED_STORE_ABSENT + 1] = {0}, kinds[CARVED_KINDS] = {0};
	for (size_t i = 0; i < w->set.count; i++) {
		outcomes[w->results[i].outcome]++;
		kinds[w->set.changes[i].kind]++;
	}
	carved_json_add_integer(writer, "documents", (int64_t)w->set.count);
	carved_json_add_integer(writer, "created", (int64_t)outcomes[CARVED_STORE_CREATED]);
	carved_json_add_integer(writer, "replaced", (int64_t)outcomes[CARVED_STORE_REPLACED]);
	carved_json_add_integer(writer, "unchanged", (int64_t)outcomes[CARVED_STORE_UNCHANGED]);
	for (size_t kind = 0; kind < CARVED_KINDS; kind++)
		carved_json_add_integer(writer, names[kind], (int64_t)kinds[kind]);
}

static void format_good(const struct write *w, struct carved_buffer *body)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(body);
	carved_json_begin_object(&writer, NULL);
	if (w->kind == PUT) {
		carved_json_add_text(&writer, "kind", carved_kind_names[w->set.changes[0].kind]);
		carved_json_add_text(&writer, "ref", w->set.changes[0].ref);
		carved_json_add_integer(&writer, "version", w->results[0].version);
		carved_json_add_bool(&writer, "created", w->results[0].outcome == CARVED_STORE_CREATED);
	} else {
		carved_json_add_bool(&writer, "dryRun", w->dry_run);
		add_counts(w, &writer);
	}
	carved_problem_write_findings(&writer, "warnings", w->call->language, &w->set.findings, true, &w->set.parsed);
	carved_json_end_object(&writer);
}

static void reply_good(struct write *w)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	format_good(w, &body);
	carved_reply_json(w->call, w->kind == PUT && w->results[0].outcome == CARVED_STORE_CREATED ? 201 : 200, NULL, 0, &body);
}

static void reply_findings(struct write *w)
{
	struct carved_error error;
	if (w->kind == DELETE) {
		carved_error_set(&error, CARVED_DOCUMENT_IN_USE);
		carved_error_add(&error, "kind", carved_kind_names[w->set.changes[0].kind]);
		carved_error_add(&error, "ref", w->set.changes[0].ref);
	} else {
		carved_error_set(&error, CARVED_DOCUMENTS_INVALID);
		carved_error_add_number(&error, "errors", (long long)w->set.findings.error_count);
	}
	carved_reply_problem_with(w->call, w->kind == DELETE ? 409 : 400, &error, NULL, 0, &w->set.findings, &w->set.parsed);
}

static void reply_stale(struct write *w)
{
	char tag[CARVED_TAG_MAX];
	carved_reply_stale(w->call, w->found > 0 ? carved_tag_of_version(w->found, false, tag) : NULL);
}

static void reply_refused(struct write *w)
{
	if (w->stale)
		reply_stale(w);
	else if (w->error.code == CARVED_CONDITION_REQUIRED)
		carved_reply_problem(w->call, 428, &w->error);
	else if (w->error.code == CARVED_OK)
		reply_findings(w);
	else
		carved_reply_failure(w->call, &w->error);
}

// Who changed what. Refs of people stay out of the log; the store keeps every version with its author.
static void log_write(const struct write *w)
{
	static const enum carved_log_event events[] = {
		[PUT] = CARVED_EVENT_PUT, [DELETE] = CARVED_EVENT_DELETE, [IMPORT] = CARVED_EVENT_IMPORT};
	const struct carved_log_about about = {.event = events[w->kind], .user = w->call->request->user};
	const struct carved_region_change *change = w->set.changes;
	if (w->kind == IMPORT)
		carved_log_about(CARVED_LOG_INFO, &about, "import of %zu documents by %s", w->set.count, about.user);
	else if (change->kind == CARVED_KIND_CANDIDATE || change->kind == CARVED_KIND_COACH)
		carved_log_about(CARVED_LOG_INFO, &about, "%s of a %s by %s", carved_log_event_name(about.event),
			carved_kind_names[change->kind], about.user);
	else
		carved_log_about(CARVED_LOG_INFO, &about, "%s of %s %s by %s, version %lld", carved_log_event_name(about.event),
			carved_kind_names[change->kind], change->ref, about.user, (long long)w->results[0].version);
}

// ---- the writer's thread

static bool store(struct write *w)
{
	struct carved_store_change *changes = carved_alloc_array(w->set.count, sizeof *changes);
	for (size_t i = 0; i < w->set.count; i++) {
		const struct carved_region_change *change = &w->set.changes[i];
		changes[i] = (struct carved_store_change){.kind = carved_kind_names[change->kind], .ref = change->ref};
		if (change->document) {
			changes[i].json = change->document->json;
			changes[i].json_length = change->document->json_length;
		}
	}
	struct carved_store_keep keep;
	struct carved_buffer body = CARVED_BUFFER_INIT;
	bool keeps = carved_idempotency_keep(w->call, &keep);
	if (keeps) { // the store is what `head` says: it will do what is foreseen
		carved_change_foresee(&w->set, w->service->head, w->results);
		format_good(w, &body);
		keep.status = 200;
		keep.body = body.data;
	}
	bool good = carved_store_apply_once(w->service->store, changes, w->set.count, w->call->request->user,
		carved_service_now(), keeps ? &keep : NULL, w->results, &w->error);
	carved_buffer_deinit(&body);
	for (size_t i = 0; good && i < w->set.count; i++) {
		if (w->set.changes[i].document)
			w->set.changes[i].document->version = w->results[i].version; // nobody else has seen it yet
	}
	free(changes);
	return good;
}

// Whether the request may change the document that is there, if one is. An import has no conditions: it is a source's word on many documents at once.
static bool is_allowed(struct write *w)
{
	const struct carved_region_change *change = w->set.changes;
	if (w->kind == IMPORT)
		return true;
	const struct carved_document *found = carved_region_find(w->service->head, change->kind, change->ref);
	w->found = found ? found->version : 0;
	w->stale = !carved_condition_allows_version(&w->condition, w->found);
	bool silent = !w->condition.match && !w->condition.none_match;
	if (found && silent && w->service->config->require_if_match)
		carved_error_set(&w->error, CARVED_CONDITION_REQUIRED);
	return !w->stale && w->error.code == CARVED_OK;
}

static bool is_there(struct write *w)
{
	const struct carved_region_change *change = w->set.changes;
	if (w->kind != DELETE || carved_region_find(w->service->head, change->kind, change->ref))
		return true;
	carved_error_set(&w->error, CARVED_DOCUMENT_NOT_FOUND);
	carved_error_add(&w->error, "kind", carved_kind_names[change->kind]);
	carved_error_add(&w->error, "ref", change->ref);
	return false;
}

static void run_commit(struct carved_errand *errand)
{
	struct write *w = carved_container_of(errand, struct write, errand);
	w->results = carved_alloc_array(w->set.count, sizeof *w->results);
	if (is_there(w))
		w->next =
			carved_change_judge(&w->set, w->service->head, w->kind == DELETE ? NULL : w->text, w->length, w->format);
	if (w->next && !(is_allowed(w) && store(w))) {
		carved_region_unref(w->next);
		w->next = NULL;
	}
	w->refused = !w->next;
	if (w->next) {
		carved_region_unref(w->service->head);
		w->service->head = carved_region_ref(w->next);
	}
}

static void done_commit(struct carved_errand *errand)
{
	struct write *w = carved_container_of(errand, struct write, errand);
	carved_service_note_failure(w->service, &w->error);
	if (w->next) {
		w->replaced = carved_service_publish(w->service, w->next);
		log_write(w);
	}
	if (w->refused)
		reply_refused(w);
	else if (w->kind == DELETE)
		carved_reply_nothing(w->call);
	else
		reply_good(w);
	free_write(w);
}

static void start_commit(struct write *w)
{
	w->errand = (struct carved_errand){.run = run_commit, .done = done_commit};
	if (carved_admit_to_writer(w->call, &w->errand))
		return;
	carved_reply_busy(w->call);
	free_write(w);
}

// ---- parsing

static void run_parse(struct carved_errand *errand)
{
	struct write *w = carved_container_of(errand, struct write, errand);
	bool parsed = carved_change_parse(&w->set, w->text, w->length, w->format, w->today, &w->service->config->documents);
	if (w->kind == PUT && !carved_change_require_one(&w->set, w->call->kind, w->call->parameter))
		parsed = false;
	w->refused = !parsed;
	if (parsed && !w->dry_run)
		return;
	struct carved_region *next = carved_change_judge(&w->set, w->snapshot, w->text, w->length, w->format);
	w->refused = w->refused || !next;
	carved_region_unref(next);
	w->results = carved_alloc_array(w->set.count, sizeof *w->results);
	carved_change_foresee(&w->set, w->snapshot, w->results);
}

static void done_parse(struct carved_errand *errand)
{
	struct write *w = carved_container_of(errand, struct write, errand);
	if (!w->refused && !w->dry_run && w->set.count > 0) {
		start_commit(w);
		return;
	}
	if (w->refused)
		reply_refused(w);
	else
		reply_good(w);
	free_write(w);
}

static struct write *new_write(struct carved_call *call, enum write_kind kind, const struct carved_condition *condition)
{
	struct write *w = carved_alloc_array(1, sizeof *w);
	*w = (struct write){.kind = kind,
		.service = call->service,
		.call = call,
		.uid = call->request->uid,
		.condition = *condition,
		.text = call->request->body,
		.length = call->request->body_length,
		.today = carved_service_today(),
		.snapshot = carved_region_ref(call->service->region)};
	carved_change_init(&w->set, call->service->config->findings);
	call->service->write_count++;
	return w;
}

static struct carved_answer_owed start_parse(
	struct carved_call *call, enum write_kind kind, bool dry_run, const struct carved_condition *condition)
{
	enum carved_format format;
	const char *type = carved_http_exchange_header(call->exchange, "content-type");
	const char *coding = carved_http_exchange_header(call->exchange, "content-encoding");
	if (coding || !carved_media_format(type, kind == IMPORT, &format))
		return carved_reply_not_read(call, coding ? coding : type,
			kind == IMPORT ? "application/yaml, application/json, application/x-ndjson"
				       : "application/yaml, application/json");
	struct write *w = new_write(call, kind, condition);
	w->format = format;
	w->dry_run = dry_run;
	w->errand = (struct carved_errand){.run = run_parse, .done = done_parse};
	if (!carved_admit_to_work(call, &w->errand)) {
		forget_write(w);
		return carved_reply_busy(call);
	}
	return carved_reply_later();
}

// ---- handlers

struct carved_answer_owed carved_writes_put(struct carved_call *call)
{
	struct carved_condition condition;
	const char *wrong;
	if (!carved_condition_read(call, &condition, &wrong))
		return carved_condition_reply_wrong(call, wrong);
	return start_parse(call, PUT, false, &condition);
}

static struct carved_answer_owed start_import(struct carved_call *call)
{
	const struct carved_condition none = {0};
	return start_parse(call, IMPORT, false, &none);
}

// A dry run has no effect that could come twice: whatever key it has is not looked at.
struct carved_answer_owed carved_writes_import(struct carved_call *call)
{
	const char *dry_run = carved_http_exchange_query(call->exchange, "dryRun", NULL);
	if (dry_run && strcmp(dry_run, "true") != 0 && strcmp(dry_run, "false") != 0)
		return carved_reply_bad_query(call, "dryRun", dry_run, "true, false");
	const struct carved_condition none = {0};
	if (dry_run && strcmp(dry_run, "true") == 0)
		return start_parse(call, IMPORT, true, &none);
	return carved_idempotency_begin(call, start_import);
}

struct carved_answer_owed carved_writes_delete(struct carved_call *call)
{
	struct carved_condition condition;
	const char *wrong;
	if (!carved_condition_read(call, &condition, &wrong))
		return carved_condition_reply_wrong(call, wrong);
	struct write *w = new_write(call, DELETE, &condition);
	carved_change_delete(&w->set, call->kind, call->parameter);
	start_commit(w);
	return carved_reply_later();
}
