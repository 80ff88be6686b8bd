// SPDX-License-Identifier: EUPL-1.2
// What a body would do to the region: parsed, and judged against a region. Pure: runs on any thread.
#pragma once
#include "carved/model/region.h"
#include "store/store.h"

struct carved_change_set {
	struct carved_parsed parsed;
	struct carved_findings findings;
	struct carved_region_change *changes; // one for each document, or the one deletion
	size_t count;
};

void carved_change_init(struct carved_change_set *set, size_t findings_limit);
void carved_change_deinit(struct carved_change_set *set);

// Reads the documents of a text. Returns false where an error was found.
bool carved_change_parse(struct carved_change_set *set, const char *text, size_t length, enum carved_format format,
	carved_date today, const struct carved_parse_limits *limits);

// A deletion in place of documents; `ref` is borrowed.
void carved_change_delete(struct carved_change_set *set, enum carved_kind kind, const char *ref);

// Adds findings ONE_DOCUMENT_EXPECTED, PATH_MISMATCH where the set is anything but the document (kind, ref). Returns false then. Call it before judging.
bool carved_change_require_one(struct carved_change_set *set, enum carved_kind kind, const char *ref);

// What the region would be with the changes: a new reference, NULL where carved_region_check finds errors. Findings get their places in the text (NULL: none).
struct carved_region *carved_change_judge(struct carved_change_set *set, const struct carved_region *region, const char *text,
	size_t length, enum carved_format format);

// What storing each change would do to the documents of a region, as the store will say it; versions are 0.
void carved_change_foresee(
	const struct carved_change_set *set, const struct carved_region *region, struct carved_store_result *ret_results);
