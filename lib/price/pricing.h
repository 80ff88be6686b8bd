// SPDX-License-Identifier: EUPL-1.2
// Inside price/ only: one pricing call and the workspace that it runs in.
//
// Glossary
//   unit      1 / (1,000,000 x the candidate's max quarters) of a point. Fit is a fraction of 1000 x max quarters, relief of 4, prices are millionths: in
//             units all of them are whole, so the search is exact. 1 point = 1,000,000 x max_q units; 1 millionth = max_q units.
//   bit       an aid (0..63) or an unknown category (64..): paid once by a package that uses a slot with it
//   bar       units; only packages above it matter: the threshold, or the best package so far
//   node      a restriction of the problem: decisions along the way from the root
#pragma once
#include "carved/price/price.h"
#include "days.h"
#include "relax.h"

#define PRICE_BIT_WORDS (1 + CARVED_UNKNOWN_WORDS)

struct price_bits {
	uint64_t word[PRICE_BIT_WORDS]; // aids, unknown categories
};

struct price_slot {         // of the pair, by the same number, under this query
	int64_t gain;       // units per quarter in a carved package
	int64_t whole_gain; // units per quarter where its vacancy is filled whole
	struct price_bits bits;
	carved_parts_mask parts; // without days that can't be worked
	uint32_t must, limits;
	uint32_t whole_q; // of one opening; 0: more than there is
	uint16_t lo, hi;  // hi == 0: not in a carved package
	uint16_t job, supervisor;
	uint16_t alike;              // the first slot that is alike; itself where nothing is asked of such slots together
	uint16_t alike_lo, alike_hi; // of the first: quarters of all that are alike, by the query
	bool undone;
	bool forced; // by the query: left out, it is no answer
};

enum price_decision {
	DECIDE_ROOT,
	DECIDE_BIT_OUT, // index: bit
	DECIDE_BIT_IN,
	DECIDE_SUPERVISOR_OUT, // index: local supervisor
	DECIDE_SUPERVISOR_IN,
	DECIDE_SLOT_OUT,   // index: slot of the pair
	DECIDE_SLOT_FORCE, // used
	DECIDE_SLOT_MOST,  // at most value quarters
	DECIDE_SLOT_LEAST, // used, with at least value quarters
	DECIDE_ALIKE_MOST, // index: the first of slots alike; at most value quarters of them together
	DECIDE_ALIKE_LEAST,
	DECIDE_DAY_OUT, // index: day
	DECIDE_DAY_IN,
	DECIDE_HOURS_MOST, // value: quarters of the whole package
	DECIDE_HOURS_LEAST,
};

struct price_node {
	int64_t bound;   // units: no package of the node is above it
	uint32_t parent; // NODE_NONE at the root
	uint8_t decision;
	uint16_t index, value;
};

#define NODE_NONE UINT32_MAX

struct price_piece {
	uint16_t slot; // of the pair
	uint16_t hours_q;
};

// What a node's decisions come to.
struct price_domain {
	uint16_t *lo, *hi;             // per slot; hi == 0: out
	uint16_t *alike_lo, *alike_hi; // per slot, of the first of slots alike: quarters of all of them together
	bool *forced;
	uint8_t *supervisor; // per local supervisor: SUPERVISOR_...
	struct price_bits bits_out, bits_in;
	days_mask days_out, days_in;
	uint32_t min_q, max_q;  // of the whole package
	int64_t constant;       // units: what every package of the node gets, charges for bits included
	int64_t rows_constant;  // units: multipliers x limits of rows
	struct price_bits free; // bits that the relaxation does not charge
};

enum price_verdict { VERDICT_VALID, VERDICT_SUPERVISORS, VERDICT_MUST, VERDICT_LOAD, VERDICT_DAYS, VERDICT_BUILD_UP };

struct price_violation {
	enum price_verdict verdict;
	uint32_t index;        // must-wish or limit, or the first step that has no part
	enum days_answer days; // of VERDICT_DAYS
	struct days_row row;
};

// A violated "<=" that was met: sum over slots that count <= limit_q. Its multiplier is a price on these hours within this call.
struct price_row {
	struct price_violation what; // VERDICT_LOAD, or VERDICT_DAYS with DAYS_OVER
	uint32_t limit_q;
	days_mask out;      // it holds where at least these days are out
	int64_t multiplier; // units per quarter, >= 0
};

struct price_step_slot {      // a slot before its steps; see steps.c
	uint16_t lo, hi;      // quarters where a step has it
	uint16_t first, last; // the step from which on it is there lies between these; the number of steps: in no step
	carved_parts_mask parts;
	uint32_t must;
};

#define PRICE_ROWS 48 // limits (at most 32) and rows of the schedule

enum { SUPERVISOR_OPEN, SUPERVISOR_OUT, SUPERVISOR_IN };

struct carved_price_workspace {
	const struct carved_instance *instance;
	// the call
	const struct carved_pair *pair;
	const struct carved_price_query *query;
	const struct carved_instance_candidate *person;
	int64_t unit; // units per millionth: max_q
	int64_t constant, job_cost, aid_cost, unknown_cost;
	struct price_slot *slots;
	uint32_t *caps;   // per job: quarters, donor cap and room
	bool *job_forced; // per job, by the query: left out, it is no answer
	struct days_week week;
	struct price_domain domain;
	struct relax relax;
	struct days_scratch days;
	struct days_load *loads;
	uint16_t *hours;            // per slot of `relax`
	struct price_piece *pieces; // of the solution being looked at
	uint32_t piece_count;
	struct price_step_slot *steps; // per slot, of the steps being looked for
	struct days_share *shares;     // per slot
	uint16_t *step_hours;          // per slot, in the step at hand
	bool *was_in;                  // per slot, in the step before
	struct price_piece *kept;      // a violated solution to branch on
	uint32_t kept_count;
	struct price_row rows[PRICE_ROWS];
	uint32_t row_count;
	size_t slot_room, job_room, supervisor_room;
	// the search
	struct price_node *nodes;
	uint32_t *heap; // open nodes, highest bound first
	uint32_t node_count, heap_count;
	size_t node_room;
	uint32_t nodes_done;
	int64_t bar;
	int64_t closed_bound; // units: highest bound among nodes given up because it is not above the bar
	// the best so far
	struct price_piece *best;
	uint32_t best_count;
	bool best_whole;
	struct carved_piece *result; // lent to the caller
};

// --- price.c

// Makes the workspace ready for a call.
void carved_price_begin(struct carved_price_workspace *w, const struct carved_pair *pair, const struct carved_price_query *query);

// --- query.c: the call in units

// Reads pair and query. Returns false where no package can be (places, buddy hours, coach hours).
bool carved_query_read(struct carved_price_workspace *w);
int64_t carved_query_bits_cost(const struct carved_price_workspace *w, const struct price_bits *bits);
// What w->pieces lose by the two roundings, units, where the query asks for that; else 0.
int64_t carved_query_roundings(const struct carved_price_workspace *w);
// Units to millionths, rounded up, and back.
int64_t carved_query_millionths(const struct carved_price_workspace *w, int64_t units);
int64_t carved_query_units(const struct carved_price_workspace *w, int64_t millionths);

// --- domain.c: nodes to relaxed problems

// Sets w->domain and w->relax from the decisions of a node. Returns false where they contradict each other.
bool carved_domain_build(struct carved_price_workspace *w, uint32_t node);

// --- verdict.c: what a solution of the relaxed problem violates

// Looks at w->pieces under the decisions on days in `week`.
struct price_violation carved_verdict_find(struct carved_price_workspace *w, const struct days_week *week);

// --- steps.c: rule `build-up`

// Whether the pieces w->pieces have a valid part for each step. Returns false with the first step that has none, the steps before it kept.
bool carved_steps_find(struct carved_price_workspace *w, uint32_t *ret_step);
// Lowers the domain's most hours to what its slots leave any steps for. Returns false where nothing is left.
bool carved_steps_settle(struct carved_price_workspace *w);
// Hours of a step of the person.
uint32_t carved_steps_hours(const struct carved_price_workspace *w, uint32_t step);

// --- rows.c: what is limited besides hours, jobs and donors

// Forgets all rows but those of the person's limits.
void carved_rows_start(struct carved_price_workspace *w);
// Whether the hours of a slot of the pair count in a violated row.
bool carved_rows_counts(const struct carved_price_workspace *w, const struct price_violation *what, uint32_t slot);
// The number of the row, added where it is new; PRICE_ROWS where there is no room for it.
uint32_t carved_rows_find(struct carved_price_workspace *w, const struct price_violation *what);
// Whether it holds in the node at hand.
bool carved_rows_applies(const struct carved_price_workspace *w, uint32_t row);
// Quarters of w->pieces that count.
uint32_t carved_rows_use(const struct carved_price_workspace *w, uint32_t row);
// Takes from slots what forced hours leave no room for. Returns false where forced hours alone are too many.
bool carved_rows_settle(struct carved_price_workspace *w);
// Sets gains of w->relax and rows_constant by the multipliers.
void carved_rows_charge(struct carved_price_workspace *w);

// --- branch.c: nodes to smaller nodes

// Splits a node whose solution w->pieces is violated so that no child holds the solution and together they hold all valid packages.
void carved_branch_on_violation(struct carved_price_workspace *w, uint32_t node, const struct price_violation *violation);

// Splits a node whose solution w->pieces is valid but uses `unpaid` bits that the relaxation did not charge. `is_solved`: the part where all of them are paid is
// solved by this very solution; else it is opened as the others are, and there has to be an unpaid bit. `solved`: the relaxation's optimum, units.
void carved_branch_on_bits(
	struct carved_price_workspace *w, uint32_t node, const struct price_bits *unpaid, int64_t solved, bool is_solved);

// Splits a node around its solution w->pieces, which is valid: the children hold every package that has other hours of some slots alike. Those that divide the same
// hours over slots alike otherwise round as the solution does.
void carved_branch_around(struct carved_price_workspace *w, uint32_t node);

// --- node.c

// Bounds a node; then it is done, or it has children.
void carved_node_visit(struct carved_price_workspace *w, uint32_t node);

// --- search.c

// Adds a node that nobody opens by itself (a link in a chain of decisions); returns its number.
uint32_t carved_search_link(
	struct carved_price_workspace *w, uint32_t parent, enum price_decision decision, uint32_t index, uint32_t value);
// Adds it to the open ones, unless its bound is not above the bar.
void carved_search_open(struct carved_price_workspace *w, uint32_t node, int64_t bound);
// Gives a node up whose bound is not above the bar.
void carved_search_close(struct carved_price_workspace *w, int64_t bound);
// Searches until nothing above w->bar is left or the limit is met. Returns whether it is finished.
bool carved_search_run(struct carved_price_workspace *w);
// Highest bound among open nodes; CARVED_RELAX_NONE without any.
int64_t carved_search_open_bound(const struct carved_price_workspace *w);
// Takes the package w->pieces as the best where its worth is above the bar.
void carved_search_offer(struct carved_price_workspace *w, int64_t worth, bool whole);

// --- whole.c

// Offers every vacancy that may be filled whole.
void carved_whole_offer(struct carved_price_workspace *w);
