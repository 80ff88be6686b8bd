// SPDX-License-Identifier: EUPL-1.2
// What the parts of the checker share.
#pragma once
#include "carved/model/check.h"

struct carved_sums_used { // arrays as in struct carved_checking; NULL: nothing stands
	int64_t *slot_q, *carved_q, *places, *buddy_q, *coach_q, *easy_q;
};

struct carved_checking {
	const struct carved_region *region;
	const struct carved_slot_table *table;
	const struct carved_plan *plan;
	struct carved_violations *violations;
	const int *counts;               // per candidate: carved_plan_options; NULL: `options` counts them
	struct carved_options *options;  // NULL: not needed
	struct carved_arena arena;       // owns the sums
	bool *placed;                    // per candidate
	size_t first_slot;               // of the slot table: where slot_q begins; 0 unless a single package is checked
	size_t first_job;                // the same of carved_q and taken_q
	int64_t *slot_q;                 // per slot: given to all packages
	int64_t *carved_q;               // per job: what rule `donor` counts
	int64_t *taken_q;                // per job: what the donors' figures count
	int64_t *places, *buddy_q;       // per site
	int64_t *coach_q, *easy_q;       // per coach
	const int *median_q, *reserve_q; // per coach: carved_rules_reserve_q
	int64_t value;                   // of all packages, recomputed
	struct carved_sums_used
		least; // what work that stands uses by itself: where that is more than there is, it is what may be used
};

// One proposal, and what the documents say about it.
struct carved_checked_proposal {
	struct carved_checking *checking;
	const struct carved_proposal *proposal;
	const struct carved_candidate *candidate;
	const struct carved_site *site;
	const struct carved_slots *slots;   // of the site
	struct carved_slot_answer *answers; // per piece
	int64_t hours_q;                    // sum of the pieces
	struct carved_arena arena;
};

static inline const struct carved_slot *carved_checked_slot(const struct carved_checked_proposal *checked, size_t piece)
{
	return &checked->slots->items[checked->proposal->pieces[piece].slot];
}

// Where a site's sums begin in slot_q, and in carved_q and taken_q.
static inline size_t carved_checking_slot(const struct carved_checking *checking, size_t site)
{
	return carved_slot_table_first_slot(checking->table, site) - checking->first_slot;
}

static inline size_t carved_checking_job(const struct carved_checking *checking, size_t site)
{
	return carved_slot_table_first_job(checking->table, site) - checking->first_job;
}

// Room for the sums of the sites from `first` up to `end`.
void carved_checking_init_sums(struct carved_checking *checking, size_t first, size_t end);

// Median and reserve of each coach.
void carved_checking_learn_reserves(struct carved_checking *checking);

// Adds what a proposal uses to the sums.
void carved_checking_sum_up(const struct carved_checked_proposal *checked);

// Rules `supply`, `donor`, `places`, `supervision`, `coach`, `reserve`, of all sums.
void carved_checking_check_shared(struct carved_checking *checking);

// Rule `pinned`: check_pins.c. The first sums up the work that stands, before all else; the second asks whether the plan has each pinned package as it is.
void carved_check_sum_up_standing(struct carved_checking *checking);
void carved_check_pins(struct carved_checking *checking);
// Whether a proposal is work that stands, as it stands: then rules that its package breaks today are no violations.
bool carved_check_stands(const struct carved_checking *checking, const struct carved_proposal *proposal);

// Sums of one person's guidance at a coach: what the document says, or what the person's pin says is still needed.
void carved_checking_sum_up_coach(struct carved_checking *checking, size_t candidate);

// Asks the slot rules about every piece; the caller releases `arena`. Requires: candidate, site and slots are in range.
struct carved_checked_proposal carved_checked_open(struct carved_checking *checking, const struct carved_proposal *proposal);

// Notes a violation; `what` is copied and may be NULL.
void carved_checking_add(struct carved_checking *checking, const struct carved_violation *violation);

// Notes one of a proposal; `piece` SIZE_MAX where it is about all of it.
void carved_checked_add(const struct carved_checked_proposal *checked, enum carved_rule rule, size_t piece, const char *what,
	int64_t found, int64_t allowed);

// The rules of a package: slot rules, hours, chunk, jobs, load, supervisor, travel, excluded, must, consent, displacement, whole vacancy.
void carved_check_package(const struct carved_checked_proposal *checked);

// A schedule entry by entry, against what it has to hold: rule `schedule` for the package, rule `build-up` for a step of it.
struct carved_check_laid {
	enum carved_rule rule;
	const struct carved_schedule *schedule;
	const int64_t *piece_q; // per piece of the proposal
	int64_t hours_q;        // their sum
};
void carved_check_laid(const struct carved_checked_proposal *checked, const struct carved_check_laid *laid);

// Rule `schedule`.
void carved_check_schedule(const struct carved_checked_proposal *checked);

// Rule `build-up`, step by step. What load, jobs and supervisors ask, the package keeps (carved_check_package), and so does every part of it.
void carved_check_build_up(const struct carved_checked_proposal *checked);

// Rule `value`: parts, value, hours, questions, aids, conditions; adds the right value to the plan's sum.
void carved_check_figures(const struct carved_checked_proposal *checked);

// Donors' figures, once all proposals are summed up.
void carved_check_donors(const struct carved_checked_proposal *checked);
