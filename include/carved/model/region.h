// SPDX-License-Identifier: EUPL-1.2
// All documents of a region at one moment: immutable, shared, sorted. The daemon holds the newest; whoever began with an older one keeps it.
#pragma once
#include "carved/model/document.h"
#include "carved/model/exclusions.h"
#include "carved/model/parse.h"
#include "carved/text/text.h"

struct carved_region {
	struct carved_document **documents[CARVED_KINDS]; // each sorted by ref; one reference each
	size_t count[CARVED_KINDS];
	struct carved_exclusions *exclusions; // what people declined; one reference; NULL: nothing
	uint64_t version;                     // grows with each change
	unsigned references;
	// Of a part (part.h) only, else NULL; owned.
	struct carved_region *whole; // one reference
	int *options_elsewhere;      // per candidate
};

struct carved_region *carved_region_new(void); // empty, version 0, one reference
struct carved_region *carved_region_ref(struct carved_region *region);
void carved_region_unref(struct carved_region *region); // thread-safe; NULL is legal

// A change: a document to put, or a ref to take away.
struct carved_region_change {
	enum carved_kind kind;
	const char *ref;
	struct carved_document *document; // NULL: take away
};

// The region after the changes (later ones win), version + 1. Takes its own references. The old one stays as it is.
struct carved_region *carved_region_apply(
	const struct carved_region *region, const struct carved_region_change *changes, size_t count);

// The region with another table of exclusions, version + 1. Takes its own references. The old one stays as it is.
struct carved_region *carved_region_exclude(const struct carved_region *region, struct carved_exclusions *exclusions);

// NULL when there is none. The region keeps the reference.
struct carved_document *carved_region_find(const struct carved_region *region, enum carved_kind kind, const char *ref);
// Its place in the sorted list; SIZE_MAX when there is none.
size_t carved_region_index(const struct carved_region *region, enum carved_kind kind, const char *ref);

static inline const struct carved_candidate *carved_region_candidate(const struct carved_region *region, size_t index)
{
	return &region->documents[CARVED_KIND_CANDIDATE][index]->candidate;
}
static inline const struct carved_site *carved_region_site(const struct carved_region *region, size_t index)
{
	return &region->documents[CARVED_KIND_SITE][index]->site;
}
static inline const struct carved_coach *carved_region_coach(const struct carved_region *region, size_t index)
{
	return &region->documents[CARVED_KIND_COACH][index]->coach;
}

// What a word of the vocabularies is called in a language; NULL where none of them says.
enum carved_word_kind { CARVED_WORD_TAG, CARVED_WORD_FACILITY, CARVED_WORD_HAS };
const char *carved_region_word(
	const struct carved_region *region, enum carved_word_kind kind, const char *name, enum carved_language language);

// What documents must agree on with each other: coaches named exist; words in must, never, requires, has and facilities are in the vocabulary (elsewhere a
// word outside it is a warning); a coach or vocabulary that is taken away is not needed any more. `region` is the region after the change, `parsed` what came in
// (findings are about those documents only), `removed` what went (findings about it have document UINT32_MAX). Either may be NULL.
// Returns: true where no error was found. Findings have pointers, no positions (carved_parse_locate adds them).
bool carved_region_check(const struct carved_region *region, const struct carved_parsed *parsed,
	const struct carved_region_change *removed, size_t removed_count, struct carved_findings *findings);
