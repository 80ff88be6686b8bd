// SPDX-License-Identifier: EUPL-1.2
// Plans out of the store as records, for comparing them. On the reader's thread.
#pragma once
#include "carved/model/record.h"
#include "store/store.h"

// Reads a plan that has ended, finished; the caller frees it. `whole`: with the figures and tasks of its proposals, else only who has one.
// Returns false with PLAN_NOT_FOUND, PLAN_WITHOUT_RESULT (it is running, or has failed), PLAN_UNREADABLE or the store's errors.
bool carved_record_read_plan(
	struct carved_store *store, const char *id, bool whole, struct carved_record **ret_record, struct carved_error *error);
