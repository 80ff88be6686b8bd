// SPDX-License-Identifier: EUPL-1.2
// What documents look like, for programs and for people who ask. Out of the tables that drive the reader, so that they can't disagree with it.
#pragma once
#include "carved/base/json.h"
#include "carved/model/document.h"

struct carved_schema;

// Writes the JSON Schema (2020-12) of a kind of document as the member `key`, NULL: as the whole text; complete in itself, without references.
//
// It speaks of documents in JSON. It accepts whatever the reader accepts there, and refuses what a schema can refuse; what it can't (rules between keys, words
// of the vocabulary, ICF codes and postcodes that do not exist, personal data) only the reader knows.
void carved_reference_write_schema(enum carved_kind kind, struct carved_json_writer *writer, const char *key);
