// SPDX-License-Identifier: EUPL-1.2
// From the store to the first snapshot. What was stored was right when it was stored: it is parsed again, not judged again.
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

bool carved_service_load(struct carved_service *service, struct carved_error *error)
{
	struct loading loading = {.service = service, .today = carved_service_today(), .error = error};
	struct carved_region *empty = carved_region_new();
	bool good = carved_store_load(service->store, load_document, &loading, error) && !loading.failed;
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
