// SPDX-License-Identifier: EUPL-1.2
// Who has been left out of several plans in a row, and whom these plans served: figures for people, no rule reads them.
#pragma once
#include "carved/base/json.h"
#include "carved/model/record.h"
#include "carved/model/region.h"

struct carved_left_out_reason {
	const char *reason; // rule that left them without
	int plans;          // in how many of the plans
};

struct carved_left_out_person {
	size_t candidate;                       // in the region
	int months;                             // whole months of waiting on the date
	struct carved_left_out_reason *reasons; // the most frequent first; their plans add up to the number of records
	size_t reason_count;
};

struct carved_left_out {
	const struct carved_region *region;         // borrowed
	const struct carved_record *const *records; // borrowed; newest first
	size_t record_count;
	carved_date date;
	int candidates;                        // who might have been in all of them: see below
	struct carved_left_out_person *people; // placed in none of them; who waits longest first, then by ref
	size_t person_count;
	struct carved_arena arena; // owns the lists
};

// Looks at everybody of the region who may be matched on the date (rule `consent`) and was in each of the plans without being held back by that rule. The
// records are finished; their proposals need no figures. Region and records must stay as long as the result, which the caller deinits.
void carved_left_out_make(const struct carved_region *region, carved_date date, const struct carved_record *const *records,
	size_t count, struct carved_left_out *ret_left_out);
void carved_left_out_deinit(struct carved_left_out *left_out);

// As one JSON object: the plans, the people, and the plans' fairness figures added up, where somebody counts once for each plan.
void carved_left_out_format(const struct carved_left_out *left_out, struct carved_json_writer *writer);
