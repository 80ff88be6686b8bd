// SPDX-License-Identifier: EUPL-1.2
// The independent checker: documents and a plan in, every violated rule out by name with its figures. Trusts nothing that a plan states: recomputes every value,
// part, schedule and cap from the documents. The daemon stores no plan that it refuses.
#pragma once
#include "carved/model/plan.h"

struct carved_violation {
	enum carved_rule rule;
	size_t candidate, site; // SIZE_MAX where it does not apply
	size_t slot;            // of the site; SIZE_MAX where it does not apply
	const char *what; // ref of the job, coach, category, wish or the part's name; in the arena; NULL where it does not apply
	int64_t found, allowed; // in the rule's unit (quarters, points, levels, minutes, counts)
};

struct carved_violations {
	struct carved_violation *items;
	size_t count, capacity;
	struct carved_arena arena;
};

void carved_violations_deinit(struct carved_violations *violations);

// The parts of a proposal's value from the documents alone: its candidate, site and pieces, and the candidate's options (carved_options_count).
// Requires: every piece's slot is one of the site's.
void carved_check_value(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_proposal *proposal, int options,
	struct carved_value_parts *ret_parts);

// Whether a candidate of the region could do a proposal's very package: the same pieces at the same site. Every slot rule and package rule holds for this person,
// and the hours can be laid into their week. What all packages share (supply, donors, places, coaches) is not looked at.
// `ret_aids` gets the distinct `by` of the aids that the person needs there, in the arena, in no order; untouched where the answer is no.
// Requires: the proposal is one of a plan that the checker accepted, on this region; candidate < number of candidates.
bool carved_check_could_do(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_plan *plan, const struct carved_proposal *proposal, size_t candidate, struct carved_arena *arena,
	struct carved_texts *ret_aids);

// Every rule that a package breaks by itself in an empty region, from its candidate, site, kind and pieces (sorted by slot, at least one) alone; what a proposal states of
// itself (parts, schedule, figures) is not looked at. Figures as below; of `schedule` and `build-up` found 1, allowed 0: the hours, or those of a step, can't be laid into the week.
// `ret_violations` must be zeroed. Requires: candidate, site and slots are in range.
void carved_check_pieces(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_proposal *proposal, struct carved_violations *ret_violations);

// Figures of a violation: `found` is what the plan has, `allowed` what the rule gives: the most, or the least (hours below the minimum, chunk, a day's visit), or
// for `value` the right figure. Yes-or-no rules have found 1, allowed 0.
// Returns true where nothing is wrong. `ret_violations` must be zeroed.
bool carved_check_plan(const struct carved_region *region, const struct carved_slot_table *table, const struct carved_plan *plan,
	struct carved_violations *ret_violations);

// The same, where everybody's options have been counted: in the outlook on the region and date of the plan, which was made from the documents alone.
// Requires: the plan is not early.
bool carved_check_plan_from(const struct carved_outlook *outlook, const struct carved_slot_table *table,
	const struct carved_plan *plan, struct carved_violations *ret_violations);

// The rules of packages and of what they share, for a plan whose proposals have candidate, site, kind and pieces only: figures, totals and who is unplaced are not
// looked at, nor is the order of the proposals. Returns as above. Requires: every index is in its range, and each proposal has a piece.
bool carved_check_packages(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_plan *plan, struct carved_violations *ret_violations);

// Whether a violation is about a proposal: about it alone, or about something shared that it uses. Requires: both are of the same plan.
bool carved_violation_is_about(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_violation *violation, const struct carved_proposal *proposal);

// Condition `staff-agreed`: whether a proposal takes hours from a job that people hold, while their agreement is not there on the date.
// Requires: every piece's slot is one of the site's.
bool carved_check_waits_for_staff(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_proposal *proposal);

// What carved_rules_reserve_q says of each coach of a region: it reads every candidate, so those who check many single packages ask it once.
struct carved_check_reserves {
	const int *median_q, *reserve_q; // reserve_q -1: no limit
};

// The same for a plan of one proposal that is no plan of the region: the rules of its package, its figures, and the coupling rules as far as they touch it; who
// is unplaced, totals and bound are not looked at. `options` is the caller's own (carved_options_share).
bool carved_check_single(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_check_reserves *reserves, struct carved_options *options, const struct carved_plan *plan,
	struct carved_violations *ret_violations);
