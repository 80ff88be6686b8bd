// SPDX-License-Identifier: EUPL-1.2
// What documents look like, for programs and for people who ask. Out of the tables that drive the reader, so that they can't disagree with it.
//
//   reference   a kind of document or one key of it, by its path: "candidate", "candidate.hours.build-up.week"
#pragma once
#include "carved/base/json.h"
#include "carved/base/quarters.h"
#include "carved/model/document.h"
#include "carved/text/text.h"

struct carved_field;
struct carved_schema;

#define CARVED_REFERENCE_PATH_MAX 120

struct carved_reference { // a plain value; what it points to is static
	enum carved_kind kind;
	char path[CARVED_REFERENCE_PATH_MAX]; // "candidate.hours.build-up"
	const struct carved_field *field;     // NULL: the kind itself
	const struct carved_schema *schema;   // the keys below; NULL: none
};

struct carved_reference carved_reference_of(enum carved_kind kind);

// Finds what a path names: a kind and keys, with dots or slashes between. Steps into lists and words need not be said; "[]", "*" and numbers are passed over.
// Returns false with KIND_UNKNOWN or DOCUMENT_KEY_UNKNOWN (parameters key, above, known), with a suggestion where something is near.
bool carved_reference_find(const char *path, struct carved_reference *ret_reference, struct carved_error *error);

// The keys below, in the order of canonical JSON. Requires: index < count.
size_t carved_reference_count(const struct carved_reference *reference);
struct carved_reference carved_reference_below(const struct carved_reference *reference, size_t index);

const char *carved_reference_key(const struct carved_reference *reference);     // "build-up"; of a kind its name
const char *carved_reference_example(const struct carved_reference *reference); // YAML, with the key; NULL for a kind
bool carved_reference_is_required(const struct carved_reference *reference);
const char *carved_reference_meaning(const struct carved_reference *reference, enum carved_language language);

// Adds what it holds ("hours, 0.25 to 168").
void carved_reference_add_holds(
	const struct carved_reference *reference, enum carved_language language, struct carved_buffer *buffer);

// What counts where the key is absent. Returns false where nothing is stated.
bool carved_reference_default(const struct carved_reference *reference, char ret_text[CARVED_HOURS_TEXT_MAX]);

// Writes the JSON Schema (2020-12) of it as the member `key`, NULL: as the whole text; complete in itself, without references.
//
// It speaks of documents in JSON. It accepts whatever the reader accepts there, and refuses what a schema can refuse; what it can't (rules between keys, words
// of the vocabulary, ICF codes and postcodes that do not exist, personal data) only the reader knows.
void carved_reference_write_schema(const struct carved_reference *reference, struct carved_json_writer *writer, const char *key);
