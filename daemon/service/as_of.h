// SPDX-License-Identifier: EUPL-1.2
// The documents that a proposal or a plan rests on, as the plan saw them: out of the store's history, or of the snapshot where they are the same still.
#pragma once
#include "carved/model/record.h"
#include "carved/model/region.h"
#include "store/store.h"

struct carved_as_of {
	struct carved_store *store;           // a reader
	const struct carved_region *snapshot; // the newest
	const struct carved_parse_limits *limits;
	carved_date today;
	int64_t when; // of the plan's beginning: documents whose version nobody wrote down are taken as they were then
};

// A small region: the proposal's candidate and site in the versions that it states, the candidate's coach, and all vocabularies. One reference.
// `ret_newest`: a version is not there (any more), and the newest one stands for it. Blocks: reader's thread.
// Returns false with EXPLANATION_NO_DOCUMENT (kind, ref) where there is no document at all, DOCUMENT_UNREADABLE, or a code of the store.
bool carved_as_of_region(const struct carved_as_of *as_of, const struct carved_store_proposal *proposal,
	struct carved_region **ret_region, bool *ret_newest, struct carved_error *error);

// The same for a whole plan, read with all its proposals: their candidates and sites, all coaches that there were and all vocabularies.
bool carved_as_of_plan(const struct carved_as_of *as_of, const struct carved_record *record, struct carved_region **ret_region,
	bool *ret_newest, struct carved_error *error);
