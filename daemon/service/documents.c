// SPDX-License-Identifier: EUPL-1.2
// Reading documents: straight from the newest snapshot.
#include "carved/base/json.h"
#include "state.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	const struct carved_document *document = carved_region_find(call->service->region, call->kind, call->parameter);
	struct carved_buffer body = CARVED_BUFFER_INIT;
	if (!document)
		return carved_documents_not_found(call);
	carved_buffer_add(&body, document->json, document->json_length);
	return carved_reply_json(call, 200, NULL, 0, &body);
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

// A cursor is the last ref of the page before, as hexadecimal digits: opaque, and safe in a URL.
static char *cursor_of(const char *ref, struct carved_arena *arena)
{
	size_t length = strlen(ref);
	char *cursor = carved_arena_alloc(arena, 2 * length + 1);
	for (size_t i = 0; i < length; i++)
		snprintf(cursor + 2 * i, 3, "%02x", (unsigned char)ref[i]);
	return cursor;
}

static char *ref_of(const char *cursor, struct carved_arena *arena)
{
	size_t length = strlen(cursor);
	char *ref = carved_arena_alloc(arena, length / 2 + 1);
	if (length == 0 || length % 2 || strspn(cursor, "0123456789abcdef") != length)
		return NULL;
	for (size_t i = 0; i < length / 2; i++) {
		char digits[3] = {cursor[2 * i], cursor[2 * i + 1], '\0'};
		ref[i] = (char)strtol(digits, NULL, 16);
	}
	return strlen(ref) == length / 2 ? ref : NULL;
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

bool carved_documents_page(struct carved_call *call, unsigned *ret_limit)
{
	const struct carved_config *config = call->service->config;
	const char *text = carved_http_exchange_query(call->exchange, "limit", NULL);
	char *end;
	unsigned long limit = text ? strtoul(text, &end, 10) : config->page_items;
	if (text && (*text < '0' || *text > '9' || *end || limit < 1 || limit > config->page_items_max))
		return false;
	*ret_limit = (unsigned)limit;
	return true;
}

struct carved_answer_owed carved_documents_list(struct carved_call *call)
{
	const struct carved_region *region = call->service->region;
	struct carved_document *const *documents = region->documents[call->kind];
	size_t count = region->count[call->kind], first = 0;
	unsigned limit;
	if (!carved_documents_page(call, &limit))
		return carved_reply_bad_query(call, "limit", carved_http_exchange_query(call->exchange, "limit", NULL),
			carved_arena_printf(call->arena, "1..%u", call->service->config->page_items_max));
	const char *cursor = carved_http_exchange_query(call->exchange, "cursor", NULL);
	const char *behind = cursor ? ref_of(cursor, call->arena) : NULL;
	if (cursor && !behind)
		return carved_reply_bad_query(call, "cursor", cursor, "what `next` said");
	if (behind)
		first = index_behind(documents, count, behind);
	size_t last = count - first < limit ? count : first + limit;
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&body);
	carved_json_begin_object(&writer, NULL);
	carved_json_begin_array(&writer, "items");
	for (size_t i = first; i < last; i++)
		summarise(documents[i], &writer);
	carved_json_end_array(&writer);
	carved_json_add_integer(&writer, "count", (int64_t)count);
	carved_json_add_text(&writer, "next", last < count ? cursor_of(documents[last - 1]->ref, call->arena) : NULL);
	carved_json_end_object(&writer);
	return carved_reply_json(call, 200, NULL, 0, &body);
}
