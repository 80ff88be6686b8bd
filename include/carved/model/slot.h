// SPDX-License-Identifier: EUPL-1.2
// From tasks to slots: DESIGN section 2.3, on documents. Slots of a site are numbered in document order: its jobs, then its vacancies; a job's tasks; a task's
// day parts. The instance numbers them the same way.
#pragma once
#include "carved/model/document.h"

struct carved_slot {
	const struct carved_job *job;
	const struct carved_task *task;
	size_t job_index; // in site->jobs
	int part;         // day part of a fixed time; -1 for plain hours
	int hours_q;      // openings x hours
	int unit_q;       // of one opening
	int chunk_q;      // at most hours_q
	carved_parts_mask parts;
	struct carved_qualifiers demands, exposures; // inherited, levels above 0, sorted
	struct carved_texts
		tags; // of task, job and site, its category, e-codes exposed at level 2 or more, evening-work, night-work; sorted, no doubles
};

struct carved_slots {
	struct carved_slot *items;
	size_t count;
};

// The slots of a site, in `arena`; they borrow from the document.
struct carved_slots carved_slots_make(const struct carved_site *site, struct carved_arena *arena);

// Rule `donor`: carved quarters of a job or vacancy at most.
int carved_job_cap_q(const struct carved_job *job);

// Whether a wish (a tag, a category, an e-code) matches a tag: the same, or what begins with it plus a dot.
bool carved_wish_matches(const char *wish, const char *tag);
bool carved_wish_matches_any(const char *wish, const struct carved_texts *tags);
