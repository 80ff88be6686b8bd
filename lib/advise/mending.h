// SPDX-License-Identifier: EUPL-1.2
// Inside advise/ only: what the parts of the search for mends share.
#pragma once
#include "carved/advise/mend.h"
#include "cell.h"

struct carved_mend_list {
	struct carved_mend_change *items;
	size_t count, room;
};

struct carved_mending {
	const struct carved_advise_question *question;
	struct carved_cell base;                            // as the documents are
	struct carved_mend_list changes[CARVED_MEND_KINDS]; // all there are, each in its largest form
	struct carved_mends *found;
	bool out_of_tries, unsure; // unsure: a search met its limit and found nothing
};

// mend_changes.c: lists every single change that could matter.
void carved_mending_list(struct carved_mending *mending);
void carved_mending_free_lists(struct carved_mending *mending);

// mend_apply.c: makes the changes in copies of the documents, in their order, and fills in their document, ref, path and value (in `arena`).
// Returns the cell's region with the changed documents, a new reference; NULL where one can't be made or read.
struct carved_region *carved_mending_apply(
	const struct carved_mending *mending, struct carved_mend_change *changes, size_t count, struct carved_arena *arena);
