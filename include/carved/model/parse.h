// SPDX-License-Identifier: EUPL-1.2
// From a YAML or JSON text to documents: syntax, schema, and the rules inside one document. All findings at once, each with its place.
//
// What needs other documents (the coach that a candidate names, the vocabulary) is region.h's: carved_region_check.
#pragma once
#include "carved/base/error.h"
#include "carved/model/document.h"

enum carved_format { CARVED_FORMAT_YAML, CARVED_FORMAT_JSON, CARVED_FORMAT_NDJSON };

struct carved_finding {
	struct carved_error error;
	bool warning;          // odd but harmless
	uint32_t document;     // which document of the text, from 0
	uint32_t line, column; // of the whole text; 0 unknown
	char pointer[160];     // RFC 6901, from the document's root; a longer one ends in "..."
};

struct carved_findings {
	struct carved_finding *items; // owned; errors and warnings in the order of the text
	size_t count, capacity;
	size_t error_count; // how many errors were found, those beyond `limit` included
	size_t dropped;     // findings beyond `limit`
	size_t limit;       // 0: CARVED_FINDINGS_DEFAULT_LIMIT
};
#define CARVED_FINDINGS_DEFAULT_LIMIT 1000

struct carved_finding *carved_findings_add(struct carved_findings *findings); // NULL beyond the limit; counted in `dropped`
void carved_findings_deinit(struct carved_findings *findings);

struct carved_parse_limits {
	size_t documents;     // per text
	size_t list_items;    // per list or map
	size_t text_bytes;    // per text value
	size_t review_months; // a profile older than this is warned of
};
void carved_parse_limits_init(struct carved_parse_limits *limits); // sane defaults

struct carved_parsed {
	struct carved_document **documents; // one reference each, the caller's
	size_t count, capacity;
	uint32_t *lines; // line where each begins; parallel to documents
	uint32_t *
		numbers; // its number in the text, from 0, as findings have it (documents without kind or ref are not in here); parallel too
};
void carved_parsed_deinit(struct carved_parsed *parsed);

// Reads every document of the text. `today` serves warnings (an old profile).
// A text without any document is an error; NULL limits: the defaults.
// Returns: true where no error was found (warnings may be); then *ret_parsed holds every document. False: *ret_parsed holds those whose kind and ref are known,
//          right or not (their json is ""), for nothing but carved_region_check, so that all errors come at once. The caller releases it in either case.
//          `findings` must be zeroed or hold earlier ones; new ones are appended, in the order of the text within each document.
bool carved_parse_documents(const char *text, size_t length, enum carved_format format, carved_date today,
	const struct carved_parse_limits *limits, struct carved_parsed *ret_parsed, struct carved_findings *findings);

// Fills in the positions of all findings that came up after parsing (line 0), reading the text once more, and puts all findings in the order of the text.
void carved_parse_locate_findings(const char *text, size_t length, enum carved_format format, struct carved_findings *findings);

// The position of a single finding that came up after parsing (region.h): looks `pointer` up in the same text again.
// Returns false where it names nothing.
bool carved_parse_locate(const char *text, size_t length, enum carved_format format, size_t document, const char *pointer,
	uint32_t *ret_line, uint32_t *ret_column);
