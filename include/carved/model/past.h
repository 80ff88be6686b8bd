// SPDX-License-Identifier: EUPL-1.2
// A plan that ended, read back from the JSON that plan.h wrote of it, and laid over a later region: whatever has its ref still is matched, the rest is left out.
#pragma once
#include "carved/instance/standing.h"
#include "carved/instance/start.h"
#include "carved/model/plan.h"

// Immutable once read; shared and counted.
struct carved_past;
struct carved_past *carved_past_new(const char *plan); // its id
struct carved_past *carved_past_ref(struct carved_past *past);
void carved_past_unref(struct carved_past *past); // thread-safe; NULL is legal

// The prices of a certificate: `json` is an object with a member "certificate" (carved_plan_format_certificate). Trees of sites are not read: prices that hold in
// one part of a tree are nobody's price outside of it.
// Returns false with PLAN_UNREADABLE (plan) where it is no such thing.
bool carved_past_read_certificate(struct carved_past *past, const char *json, size_t length, struct carved_error *error);

// One proposal (carved_plan_format_proposal). Returns false with PLAN_UNREADABLE as above.
bool carved_past_read_proposal(
	struct carved_past *past, const char *id, const char *json, size_t length, struct carved_error *error);

// When the work of a proposal began; nothing for one that was not read.
void carved_past_set_started(struct carved_past *past, const char *id, carved_date date);

const char *carved_past_plan(const struct carved_past *past);
// Of proposal `index`, in the order in which they were read.
const char *carved_past_candidate(const struct carved_past *past, uint32_t index);
const char *carved_past_proposal(const struct carved_past *past, uint32_t index);
uint32_t carved_past_find(const struct carved_past *past, const char *candidate); // CARVED_NONE: none
uint32_t carved_past_find_proposal(const struct carved_past *past, const char *proposal);
uint32_t carved_past_count(const struct carved_past *past); // proposals

// Lays it over a region and its instance. `holdings[i]` is proposal i; that of a person who is not among `people` (a region with at least the candidates of `region`)
// holds nothing. What the plan did not price costs nothing. ret_standing must be zeroed.
void carved_past_lay(const struct carved_past *past, const struct carved_region *people, const struct carved_region *region,
	const struct carved_slot_table *table, const struct carved_instance *instance, struct carved_standing *ret_standing);

struct carved_past_package {    // a proposal, laid over a region
	const char *id;         // the proposal's; the past's
	size_t candidate, site; // SIZE_MAX: not in the region any more
	enum carved_package_kind kind;
	struct carved_proposal_piece *pieces; // of tasks that are still there; sorted by slot
	size_t piece_count;
	carved_date started; // CARVED_DATE_NONE: not said
	bool whole;          // none of its tasks is gone, nor its site or candidate
};

// The packages alone, without prices: one for each proposal, in the order in which they were read; all of it in the arena.
struct carved_past_package *carved_past_lay_packages(const struct carved_past *past, const struct carved_region *region,
	const struct carved_slot_table *table, struct carved_arena *arena);

// The same as a plan to begin from: prices, and the packages of those who are in the region, as they were; one whose site or a task of which is gone is left out.
// ret_start gets no limit on changes. The caller deinits it.
void carved_past_lay_start(const struct carved_past *past, const struct carved_region *region,
	const struct carved_slot_table *table, const struct carved_instance *instance, struct carved_start *ret_start);
