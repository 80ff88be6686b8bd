// SPDX-License-Identifier: EUPL-1.2
// Reading documents: straight from the newest snapshot.
#include "admit.h"
#include "carved/base/json.h"
#include "carved/base/yaml.h"
#include "page.h"
#include "state.h"
#include "tag.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool wants_yaml(const struct carved_call *call)
{
	return strcmp(call->media, "application/yaml") == 0;
}

static struct carved_answer_owed reply_document(
	struct carved_call *call, const struct carved_document *document, struct carved_buffer *body)
{
	char tag[CARVED_TAG_MAX];
	struct carved_content content = {
		.media = call->media, .tag = carved_tag_of_version(document->version, wants_yaml(call), tag), .vary = "Accept"};
	return carved_reply_content(call, &content, NULL, 0, body);
}

struct writing { // of a document as YAML: a large one takes a while
	struct carved_errand errand;
	struct carved_call *call;
	struct carved_document *document;
	struct carved_buffer body;
};

static void run_write(struct carved_errand *errand)
{
	struct writing *w = carved_container_of(errand, struct writing, errand);
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root;
	struct carved_error error;
	uint32_t line, column;
	if (!carved_json_parse(w->document->json, w->document->json_length, &arena, &root, &error, &line, &column))
		abort(); // canonical JSON of our own
	carved_yaml_format(root, &w->body);
	carved_arena_deinit(&arena);
}

static void done_write(struct carved_errand *errand)
{
	struct writing *w = carved_container_of(errand, struct writing, errand);
	reply_document(w->call, w->document, &w->body);
	carved_document_unref(w->document);
	free(w);
}

static struct carved_answer_owed start_writing(struct carved_call *call, struct carved_document *document)
{
	struct writing *w = carved_alloc_array(1, sizeof *w);
	*w = (struct writing){
		.call = call, .document = carved_document_ref(document), .errand = {.run = run_write, .done = done_write}};
	if (carved_admit_to_work(call, &w->errand))
		return carved_reply_later();
	carved_document_unref(document);
	free(w);
	return carved_reply_busy(call);
}

struct carved_answer_owed carved_documents_not_found(struct carved_call *call)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_DOCUMENT_NOT_FOUND);
	carved_error_add(&error, "kind", carved_kind_names[call->kind]);
	carved_error_add(&error, "ref", call->parameter);
	return carved_reply_failure(call, &error);
}

struct carved_answer_owed carved_documents_get(struct carved_call *call)
{
	struct carved_document *document = carved_region_find(call->service->region, call->kind, call->parameter);
	struct carved_buffer body = CARVED_BUFFER_INIT;
	if (!document)
		return carved_documents_not_found(call);
	if (wants_yaml(call))
		return start_writing(call, document);
	carved_buffer_add(&body, document->json, document->json_length);
	return reply_document(call, document, &body);
}

static void summarise_candidate(const struct carved_candidate *candidate, struct carved_json_writer *writer)
{
	carved_json_add_text(writer, "coach", candidate->coach);
	carved_json_add_hours(writer, "hoursMin", candidate->min_q);
	carved_json_add_hours(writer, "hoursMax", candidate->max_q);
	if (candidate->waiting_since != CARVED_DATE_NONE)
		carved_json_add_date(writer, "waitingSince", candidate->waiting_since);
}

static void summarise_site(const struct carved_site *site, struct carved_json_writer *writer)
{
	int64_t vacancies = 0;
	char place[8];
	for (size_t i = 0; i < site->job_count; i++)
		vacancies += site->jobs[i].kind == CARVED_VACANCY;
	snprintf(place, sizeof place, "%04u", (unsigned)site->place);
	carved_json_add_text(writer, "employer", site->employer);
	if (site->name)
		carved_json_add_text(writer, "name", site->name);
	carved_json_add_text(writer, "place", place);
	carved_json_add_integer(writer, "jobs", (int64_t)site->job_count - vacancies);
	carved_json_add_integer(writer, "vacancies", vacancies);
	carved_json_add_integer(writer, "places", site->places);
}

static void summarise(const struct carved_document *document, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "ref", document->ref);
	carved_json_add_integer(writer, "version", document->version);
	switch (document->kind) {
	case CARVED_KIND_CANDIDATE:
		summarise_candidate(&document->candidate, writer);
		break;
	case CARVED_KIND_SITE:
		summarise_site(&document->site, writer);
		break;
	case CARVED_KIND_COACH:
		carved_json_add_hours(writer, "hours", document->coach.hours_q);
		break;
	case CARVED_KIND_VOCABULARY:
		carved_json_add_integer(writer, "tags", (int64_t)document->vocabulary.tags.count);
		carved_json_add_integer(writer, "facilities", (int64_t)document->vocabulary.facilities.count);
		carved_json_add_integer(writer, "has", (int64_t)document->vocabulary.has.count);
		break;
	case CARVED_KINDS:
		break;
	}
	carved_json_end_object(writer);
}

// The first document whose ref comes behind `ref`.
static size_t index_behind(struct carved_document *const documents[], size_t count, const char *ref)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(documents[middle]->ref, ref) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const enum carved_page_of pages[CARVED_KINDS] = {[CARVED_KIND_CANDIDATE] = CARVED_PAGE_CANDIDATES,
	[CARVED_KIND_SITE] = CARVED_PAGE_SITES,
	[CARVED_KIND_COACH] = CARVED_PAGE_COACHES,
	[CARVED_KIND_VOCABULARY] = CARVED_PAGE_VOCABULARIES};

struct carved_answer_owed carved_documents_list(struct carved_call *call)
{
	const struct carved_region *region = call->service->region;
	struct carved_document *const *documents = region->documents[call->kind];
	size_t count = region->count[call->kind];
	struct carved_page page;
	if (!carved_page_read(call, pages[call->kind], &page))
		return carved_reply_given();
	size_t first = page.behind ? index_behind(documents, count, page.behind) : 0;
	size_t last = count - first < page.limit ? count : first + page.limit;
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&body);
	carved_json_begin_object(&writer, NULL);
	carved_json_begin_array(&writer, "items");
	for (size_t i = first; i < last; i++)
		summarise(documents[i], &writer);
	carved_json_end_array(&writer);
	carved_json_add_integer(&writer, "count", (int64_t)count);
	const char *next = last < count ? carved_page_cursor(page.of, documents[last - 1]->ref, call->arena) : NULL;
	carved_json_add_text(&writer, "next", next);
	carved_json_end_object(&writer);
	char tag[CARVED_TAG_MAX];
	struct carved_content content = {.media = call->media, .tag = carved_tag_of_content(body.data, body.length, tag)};
	return carved_page_reply(call, next, &content, &body);
}
