// SPDX-License-Identifier: EUPL-1.2
// The body of a what-if: which documents it changes, and what they become. Pure: runs on any thread.
#pragma once
#include "carved/base/json_edit.h"
#include "carved/model/region.h"

struct carved_what_if_document {
	enum carved_kind kind;
	const char *ref;
	struct carved_json_edit edit; // the document as it is changed
};

struct carved_what_if {
	struct carved_what_if_document *documents; // in the order in which the body names them
	size_t count, room;
	struct carved_findings findings; // about the body: pointers are those of the request, with places
	struct carved_arena arena;
};

// Reads {set, without, facilities, changes, documents}, and makes the changes in copies of the region's documents: whole documents first, then `changes`, `set`,
// `without`, `facilities`, each in its order. `candidate` is whom `set` is about.
// Returns false with findings where anything in the body is wrong; what the changed documents are worth is not looked at.
bool carved_what_if_read(struct carved_what_if *what_if, const struct carved_region *region, const char *candidate,
	const char *body, size_t length);
void carved_what_if_deinit(struct carved_what_if *what_if);

// The changed documents, one a line. Requires: it was read without findings.
void carved_what_if_format(const struct carved_what_if *what_if, struct carved_buffer *text);
