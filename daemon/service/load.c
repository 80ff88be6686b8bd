// SPDX-License-Identifier: EUPL-1.2
// From the store to the first snapshot: documents, and what people declined. What was stored was right when it was stored: it is parsed again, not judged again.
#include "state.h"
#include <stdlib.h>

struct loading {
	struct carved_service *service;
	struct carved_region_change *changes;
	size_t count, capacity;
	carved_date today;
	struct carved_error *error;
	bool failed;
};

static bool fail_to_read(
	struct loading *loading, const struct carved_store_document *stored, const struct carved_findings *findings)
{
	const char *reason = "it holds no document";
	for (size_t i = 0; i < findings->count; i++) {
		if (!findings->items[i].warning) {
			reason = carved_code_name(findings->items[i].error.code);
			break;
		}
	}
	carved_error_set(loading->error, CARVED_DOCUMENT_UNREADABLE);
	carved_error_add(loading->error, "kind", stored->kind);
	carved_error_add(loading->error, "ref", stored->ref);
	carved_error_add(loading->error, "reason", reason);
	loading->failed = true;
	return false;
}

static void keep(struct loading *loading, struct carved_document *document, int64_t version)
{
	document->version = version;
	if (loading->count == loading->capacity) {
		loading->capacity = loading->capacity ? 2 * loading->capacity : 1024;
		loading->changes = carved_realloc_array(loading->changes, loading->capacity, sizeof *loading->changes);
	}
	loading->changes[loading->count++] = (struct carved_region_change){
		.kind = document->kind, .ref = document->ref, .document = carved_document_ref(document)};
}

static bool load_document(void *context, const struct carved_store_document *stored)
{
	struct loading *loading = context;
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	bool good = carved_parse_documents(stored->json, stored->json_length, CARVED_FORMAT_JSON, loading->today,
			    &loading->service->config->documents, &parsed, &findings) &&
		    parsed.count == 1;
	if (good)
		keep(loading, parsed.documents[0], stored->version);
	else
		fail_to_read(loading, stored, &findings);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	return good;
}

struct declines {
	struct carved_exclusion *items;
	size_t count, capacity;
	struct carved_arena arena;
};

static bool load_decline(void *context, const struct carved_store_decision *decision)
{
	struct declines *d = context;
	if (d->count == d->capacity) {
		d->capacity = d->capacity ? 2 * d->capacity : 256;
		d->items = carved_realloc_array(d->items, d->capacity, sizeof *d->items);
	}
	d->items[d->count++] = (struct carved_exclusion){.candidate = carved_arena_strdup(&d->arena, decision->candidate),
		.site = carved_arena_strdup(&d->arena, decision->site),
		.for_good = decision->for_good,
		.candidate_version = decision->candidate_version,
		.site_version = decision->site_version};
	return true;
}

// What people declined, beside the documents.
static bool load_declines(struct carved_service *service, struct carved_region *region, struct carved_error *error)
{
	struct declines declines = {.count = 0};
	bool good = carved_store_declines(service->store, load_decline, &declines, error);
	if (good && declines.count > 0)
		region->exclusions = carved_exclusions_add_all(NULL, declines.items, declines.count);
	carved_arena_deinit(&declines.arena);
	free(declines.items);
	return good;
}

bool carved_service_load(struct carved_service *service, struct carved_error *error)
{
	struct loading loading = {.service = service, .today = carved_service_today(), .error = error};
	struct carved_region *empty = carved_region_new();
	bool good = carved_store_load(service->store, load_document, &loading, error) && !loading.failed &&
		    load_declines(service, empty, error);
	if (good) {
		service->region = carved_region_apply(empty, loading.changes, loading.count);
		service->head = carved_region_ref(service->region);
	}
	for (size_t i = 0; i < loading.count; i++)
		carved_document_unref(loading.changes[i].document);
	free(loading.changes);
	carved_region_unref(empty);
	return good;
}
