// SPDX-License-Identifier: EUPL-1.2
// A plan with everything that people see of it: DESIGN section 3, "A plan in JSON".
#pragma once
#include "carved/base/json.h"
#include "carved/instance/budget.h"
#include "carved/instance/solution.h"
#include "carved/model/outlook.h"
#include "carved/model/region.h"
#include "carved/model/rules.h"
#include "carved/model/schedule.h"

struct carved_proposal_piece {
	size_t slot; // in the site's carved_slots
	int hours_q;
};

struct carved_donor {
	const struct carved_job *job;
	int before_q; // weekly hours of the job, or of all openings of the vacancy
	int carved_q; // taken by this proposal; a job's tasks left undone today are nobody's hours and don't count
	int left_q;   // left after the whole plan
};

struct carved_proposal_step { // rule `build-up`: what to do from a week on
	int week, hours_q;
	int *piece_q;                    // per piece of the proposal; 0: not yet
	struct carved_schedule schedule; // `need` is the piece
};

struct carved_proposal {
	size_t candidate, site; // in the region
	enum carved_package_kind kind;
	struct carved_proposal_piece *pieces; // sorted by slot
	size_t piece_count;
	int hours_q;
	struct carved_value_parts parts;
	int64_t value;
	int options; // DESIGN "options" of the candidate, counted as far as the weights and CARVED_PLAN_OPTIONS_MOST tell them apart; -1: not counted
	struct carved_schedule schedule;
	struct carved_proposal_step *steps; // one for each of the candidate's build-up, in the document's order
	size_t step_count;
	carved_icf *questions; // unknown categories, sorted by code
	size_t question_count;
	struct carved_texts aids; // sorted
	struct carved_donor *donors;
	size_t donor_count;
	bool needs_staff_agreed; // condition `staff-agreed`: takes from an occupied job, and the staff had not agreed by the plan's date
};

struct carved_unplaced {
	size_t candidate;
	enum carved_rule reason;
};

// Rule `pinned`: a package that is in the plan as it is.
struct carved_pin {
	size_t candidate;
	size_t site; // SIZE_MAX: nothing of the package is left in the documents. Then the person has no package in the plan, for this reason
	enum carved_package_kind kind;
	const struct carved_proposal_piece *pieces; // sorted by slot
	size_t piece_count;
	int coach_q; // guidance that the person needs of the coach: less where the work began weeks ago and coach-hours are steps
	bool stands; // people have this work: it stays where it breaks a rule today, and what it uses is used. Else it keeps all rules
};

struct carved_pins {
	const struct carved_pin *items; // sorted by candidate, one each
	size_t count;
};

// NULL: nothing is pinned for the candidate.
const struct carved_pin *carved_pins_find(const struct carved_pins *pins, size_t candidate);

enum { CARVED_PLAN_OPTIONS_MOST = 11 }; // so many options or more are one band of the plan's fairness

struct carved_plan {
	carved_date date;
	int review_months; // proposals of people whose profile is older say so; CARVED_REVIEW_MONTHS unless the caller sets it
	struct carved_weights weights;
	struct carved_proposal *proposals; // sorted by candidate
	size_t proposal_count;
	struct carved_unplaced *unplaced; // sorted by candidate
	size_t unplaced_count;
	int *options; // per candidate of the region: as of a proposal; NULL for a single package, and where it is early
	bool early; // the solver was stopped before it had a package: there are no proposals, pinned ones included, and nobody was looked at
	int64_t value, bound;
	struct carved_prices prices; // certificate, numbered as the region's instance
	struct carved_proof proof;   // the certificate's other half, as in struct carved_solution
	uint64_t pairs_bounded;
	struct carved_pins pins;   // that it was made around; borrowed
	struct carved_arena arena; // owns the rest
};

// The slots of every site of a region, made once and shared by those who need many (plan, check, format). Borrows the region.
struct carved_slot_table;
struct carved_slot_table *carved_slot_table_new(const struct carved_region *region);
void carved_slot_table_free(struct carved_slot_table *table);
const struct carved_slots *carved_slot_table_site(const struct carved_slot_table *table, size_t site);
// First slot and first job of a site in the instance's numbering; of `site` = number of sites: how many there are in all.
size_t carved_slot_table_first_slot(const struct carved_slot_table *table, size_t site);
size_t carved_slot_table_first_job(const struct carved_slot_table *table, size_t site);

// Fills a plan from what the optimiser answered: pieces, parts and values as the solver states them; hours, schedule, questions, aids, donors and conditions from
// the documents; a reason for each candidate without a package (the first package or plan rule that stops every site, else the coupling rule that binds).
// Returns false with PLAN_INVALID (parameters candidate, site, rule) where the answer can't even be laid out (no schedule, an index out of place).
bool carved_plan_make(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_solution *solution, struct carved_plan *ret_plan,
	struct carved_error *error);

// The same, where what can be said before there is a plan has been worked out: for the region and date of the outlook, which is as before afterwards.
bool carved_plan_make_from(const struct carved_outlook *outlook, const struct carved_slot_table *table,
	const struct carved_weights *weights, const struct carved_solution *solution, struct carved_plan *ret_plan,
	struct carved_error *error);

// The same around pinned packages, which are among the solution's: of those that stand the schedule is empty where their hours can't be laid any more.
bool carved_plan_make_pinned(const struct carved_outlook *outlook, const struct carved_slot_table *table,
	const struct carved_weights *weights, const struct carved_solution *solution, const struct carved_pins *pins,
	struct carved_plan *ret_plan, struct carved_error *error);

// Where the solver was stopped before it had a package: a plan of nothing, with the bound that it had by then. It takes no outlook, which may not be there yet.
// Requires: the solution has no package.
void carved_plan_make_early(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_solution *solution, struct carved_plan *ret_plan);

// A plan of one package and nothing else: no reasons, options or certificate. Returns false as above.
bool carved_plan_make_single(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_package *package, struct carved_plan *ret_plan,
	struct carved_error *error);

void carved_plan_deinit(struct carved_plan *plan);

// The options of a candidate as a proposal states them: counted no further than they make a difference. `options` is of the region.
int carved_plan_options(const struct carved_region *region, struct carved_options *options, const struct carved_weights *weights,
	size_t candidate);

// Rule `schedule`: lays a proposal's hours into a candidate's week; the schedule lives in the arena. Returns false where they don't go in.
// Requires: every piece's slot is one of the site's.
bool carved_proposal_lay(const struct carved_proposal *proposal, const struct carved_slots *slots,
	const struct carved_candidate *candidate, struct carved_arena *arena, struct carved_schedule *ret_schedule);

// Rule `build-up`: fills in a proposal's steps; they live in the arena. Returns false, with nothing changed, where some step has no valid part.
// Requires: as carved_proposal_lay, which found a schedule.
bool carved_proposal_grow(struct carved_proposal *proposal, const struct carved_slots *slots,
	const struct carved_candidate *candidate, struct carved_arena *arena);

// One proposal as a JSON object (without id and state, which are the store's), the certificate, the fairness figures, the weights.
void carved_plan_format_proposal(const struct carved_plan *plan, const struct carved_region *region,
	const struct carved_slot_table *table, size_t proposal,
	struct carved_json_writer *writer); // members only: the caller opens and closes the object
// The package of one proposal without whose it is and what it is worth: kind, hours, slots, schedule, questions, aids, donors, conditions; members only. And the
// members that name a slot inside its site: job or vacancy, task, part.
void carved_plan_format_package(const struct carved_plan *plan, const struct carved_slot_table *table, size_t proposal,
	struct carved_json_writer *writer);
void carved_plan_format_slot(struct carved_json_writer *writer, const struct carved_slot *slot);
// Its member `steps`.
void carved_plan_format_steps(const struct carved_proposal *proposal, struct carved_json_writer *writer);
// Its member `review`, where the profile is older than so many months on the date; else nothing.
void carved_plan_format_review(
	const struct carved_candidate *candidate, carved_date date, int months, struct carved_json_writer *writer);
void carved_plan_format_certificate(const struct carved_plan *plan, const struct carved_region *region,
	const struct carved_slot_table *table, struct carved_json_writer *writer, const char *key);
void carved_plan_format_fairness(
	const struct carved_plan *plan, const struct carved_region *region, struct carved_json_writer *writer, const char *key);
void carved_plan_format_weights(const struct carved_weights *weights, struct carved_json_writer *writer, const char *key);
