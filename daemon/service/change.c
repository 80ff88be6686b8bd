// SPDX-License-Identifier: EUPL-1.2
#include "change.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void carved_change_init(struct carved_change_set *set, size_t findings_limit)
{
	*set = (struct carved_change_set){.findings = {.limit = findings_limit}};
}

void carved_change_deinit(struct carved_change_set *set)
{
	carved_parsed_deinit(&set->parsed);
	carved_findings_deinit(&set->findings);
	free(set->changes);
	*set = (struct carved_change_set){0};
}

bool carved_change_parse(struct carved_change_set *set, const char *text, size_t length, enum carved_format format,
	carved_date today, const struct carved_parse_limits *limits)
{
	bool good = carved_parse_documents(text, length, format, today, limits, &set->parsed, &set->findings);
	set->count = set->parsed.count;
	set->changes = carved_alloc_array(set->count, sizeof *set->changes);
	for (size_t i = 0; i < set->count; i++) {
		struct carved_document *document = set->parsed.documents[i];
		set->changes[i] =
			(struct carved_region_change){.kind = document->kind, .ref = document->ref, .document = document};
	}
	return good;
}

void carved_change_delete(struct carved_change_set *set, enum carved_kind kind, const char *ref)
{
	set->count = 1;
	set->changes = carved_alloc_array(1, sizeof *set->changes);
	set->changes[0] = (struct carved_region_change){.kind = kind, .ref = ref};
}

static struct carved_error *add_finding(struct carved_change_set *set, size_t index, const char *pointer, enum carved_code code)
{
	set->findings.error_count++;
	struct carved_finding *finding = carved_findings_add(&set->findings);
	if (!finding)
		return NULL;
	finding->document = set->parsed.numbers[index];
	snprintf(finding->pointer, sizeof finding->pointer, "%s", pointer);
	carved_error_set(&finding->error, code);
	return &finding->error;
}

bool carved_change_require_one(struct carved_change_set *set, enum carved_kind kind, const char *ref)
{
	char expected[256], found[256];
	if (set->count > 1) {
		carved_error_add_number(add_finding(set, 1, "", CARVED_ONE_DOCUMENT_EXPECTED), "count", (long long)set->count);
		return false;
	}
	const struct carved_region_change *change = set->changes;
	if (set->count == 0 || (change->kind == kind && strcmp(change->ref, ref) == 0))
		return true; // of nothing the parser has told
	snprintf(expected, sizeof expected, "%s %s", carved_kind_names[kind], ref);
	snprintf(found, sizeof found, "%s %s", carved_kind_names[change->kind], change->ref);
	struct carved_error *error = add_finding(set, 0, change->kind == kind ? "/ref" : "/kind", CARVED_PATH_MISMATCH);
	carved_error_add(error, "expected", expected);
	carved_error_add(error, "found", found);
	return false;
}

static int compare_places(const void *left, const void *right)
{
	const struct carved_finding *a = left, *b = right;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return strcmp(a->pointer, b->pointer);
}

struct carved_region *carved_change_judge(struct carved_change_set *set, const struct carved_region *region, const char *text,
	size_t length, enum carved_format format)
{
	struct carved_region *next = carved_region_apply(region, set->changes, set->count);
	bool deletes = set->count > 0 && !set->changes[0].document;
	bool good = carved_region_check(
		next, deletes ? NULL : &set->parsed, deletes ? set->changes : NULL, deletes ? set->count : 0, &set->findings);
	if (text)
		carved_parse_locate_findings(text, length, format, &set->findings);
	if (set->findings.count > 1)
		qsort(set->findings.items, set->findings.count, sizeof *set->findings.items, compare_places);
	if (good)
		return next;
	carved_region_unref(next);
	return NULL;
}

void carved_change_foresee(
	const struct carved_change_set *set, const struct carved_region *region, struct carved_store_result *ret_results)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct carved_region_change *change = &set->changes[i];
		const struct carved_document *old = carved_region_find(region, change->kind, change->ref),
					     *new = change->document;
		bool same =
			old && new && old->json_length == new->json_length &&memcmp(old->json, new->json, new->json_length) == 0;
		if (!new)
			ret_results[i].outcome = old ? CARVED_STORE_DELETED : CARVED_STORE_ABSENT;
		else
			ret_results[i].outcome = same  ? CARVED_STORE_UNCHANGED
						 : old ? CARVED_STORE_REPLACED
						       : CARVED_STORE_CREATED;
		ret_results[i].version = 0;
	}
}
