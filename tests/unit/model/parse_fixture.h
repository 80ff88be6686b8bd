// SPDX-License-Identifier: EUPL-1.2
// Two documents in which nothing is wrong, to write out with one line replaced, and a reader for texts.
#pragma once
#include "carved/model/parse.h"
#include "support/carved_cmocka.h"

// Lines; NULL behind the last. The last but one of a site is empty: room for one more key.
extern const char *const parse_candidate[];
extern const char *const parse_site[];

// Adds the document to `text`.
void parse_write(struct carved_buffer *text, const char *const *lines);
// The same with `instead` where line `replaced` (from 1) was.
void parse_write_with(struct carved_buffer *text, const char *const *lines, int replaced, const char *instead);

// carved_parse_documents on 22 November 2026, with the usual limits.
bool parse_text(const struct carved_buffer *text, enum carved_format format, struct carved_parsed *parsed,
	struct carved_findings *findings);
