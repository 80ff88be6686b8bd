// SPDX-License-Identifier: EUPL-1.2
// One node: bound it, and find out whether its solution is valid.
//
// The relaxation of domain.c is solved with multipliers y on the rows of rows.c: L(y) = max of the relaxation with gains less y, plus y x limits, bounds
// all packages of the node for each y >= 0 and is convex in y. One row at a time is improved: its slope at a solution is limit - hours used, so
//   too many hours           y rises, first to where the present tangent would meet the bar
//   a solution on each side  y goes to where the two tangents meet; when that is no news, y is best
// Every valid solution on the way is a package and may raise the bar. A valid solution whose rows with y > 0 are used up (or without any such rows) is the
// node's optimum, unless values are rounded: then another one that the relaxation makes less of may round to more, and the node splits around the solution. Where
// neither bound nor solution settles the node, it splits on the last violated solution.
#include "carved/base/quarters.h"
#include "pricing.h"
#include <string.h>

enum { STEPS_AT_ROOT = 12, STEPS = 5 };
#define NO_ROW PRICE_ROWS
#define MULTIPLIER_MAX (INT64_MAX / 64 / CARVED_QUARTERS_PER_WEEK)

struct tangent {
	bool known;
	int64_t y, value, slope;
};

struct visit {
	uint32_t node;
	int64_t solved; // L at the multipliers now
	struct price_bits bits;
	struct price_violation violation; // of the solution at hand
	struct price_violation kept;      // of w->kept
	bool has_kept;
	uint32_t row;               // being improved
	struct tangent over, under; // too many hours; within the limit
};

enum outcome { DONE, VIOLATED, SLACK };

// The relaxation's solution as pieces; their bits into ret_bits. Returns what the package is worth in full.
static int64_t read_solution(struct carved_price_workspace *w, struct price_bits *ret_bits)
{
	const struct relax *r = &w->relax;
	int64_t worth = w->constant + w->job_cost;
	uint32_t last_job = UINT32_MAX;
	w->piece_count = 0;
	*ret_bits = (struct price_bits){0};
	for (uint32_t s = 0; s < r->slot_count; s++) {
		const uint16_t t = r->slots[s].index;
		if (!w->hours[s])
			continue;
		w->pieces[w->piece_count++] = (struct price_piece){.slot = t, .hours_q = w->hours[s]};
		worth += w->slots[t].gain * w->hours[s];
		worth -= w->slots[t].job != last_job ? w->job_cost : 0; // slots of one job stand together
		last_job = w->slots[t].job;
		for (int i = 0; i < PRICE_BIT_WORDS; i++)
			ret_bits->word[i] |= w->slots[t].bits.word[i];
	}
	return worth - carved_query_bits_cost(w, ret_bits);
}

// Lowers the node's bound. Returns false where that ends it.
static bool lower(struct carved_price_workspace *w, const struct visit *v, int64_t bound)
{
	struct price_node *node = &w->nodes[v->node];
	node->bound = bound < node->bound ? bound : node->bound;
	if (node->bound > w->bar)
		return true;
	carved_search_close(w, node->bound);
	return false;
}

// Solves the relaxation at the multipliers now. Returns false where the node is done.
static bool solve(struct carved_price_workspace *w, struct visit *v)
{
	const int64_t constant = w->domain.constant + w->domain.rows_constant;
	int64_t quick = carved_relax_bound(&w->relax, w->bar - constant);
	if (quick <= CARVED_RELAX_IMPOSSIBLE || !lower(w, v, quick + constant))
		return false;
	if (w->relax.dropped_bound > CARVED_RELAX_IMPOSSIBLE)
		carved_search_close(w, w->relax.dropped_bound + constant);
	int64_t solved = carved_relax_solve(&w->relax, w->hours);
	if (solved <= CARVED_RELAX_IMPOSSIBLE)
		return false;
	v->solved = solved + constant;
	return lower(w, v, v->solved);
}

// Whether some row that costs is not used up.
static bool has_slack(const struct carved_price_workspace *w)
{
	for (uint32_t row = 0; row < w->row_count; row++) {
		if (w->rows[row].multiplier && carved_rows_applies(w, row) && carved_rows_use(w, row) < w->rows[row].limit_q)
			return true;
	}
	return false;
}

static void keep(struct carved_price_workspace *w, struct visit *v)
{
	v->has_kept = true;
	v->kept = v->violation;
	w->kept_count = w->piece_count;
	memcpy(w->kept, w->pieces, w->piece_count * sizeof *w->pieces);
}

static bool is_row(const struct price_violation *violation)
{
	return violation->verdict == VERDICT_LOAD || (violation->verdict == VERDICT_DAYS && violation->days == DAYS_OVER);
}

// Solves once and looks at the solution.
static enum outcome look(struct carved_price_workspace *w, struct visit *v)
{
	struct days_week week = w->week;
	week.in = w->domain.days_in;
	week.out = w->domain.days_out;
	if (!solve(w, v))
		return DONE;
	const int64_t worth = read_solution(w, &v->bits);
	v->violation = carved_verdict_find(w, &week);
	if (is_row(&v->violation)) {
		keep(w, v);
		return VIOLATED;
	}
	if (v->violation.verdict != VERDICT_VALID) {
		carved_branch_on_violation(w, v->node, &v->violation);
		return DONE;
	}
	const int64_t roundings = carved_query_roundings(w);
	carved_search_offer(w, worth - roundings, false);
	if (has_slack(w))
		return SLACK;
	carved_search_close(w, worth - roundings);
	uint64_t unpaid = 0;
	for (int i = 0; i < PRICE_BIT_WORDS; i++) {
		v->bits.word[i] &= w->domain.free.word[i];
		unpaid |= v->bits.word[i];
	}
	if (roundings && !unpaid)
		carved_branch_around(w, v->node);
	else
		carved_branch_on_bits(w, v->node, &v->bits, v->solved, roundings == 0);
	return DONE;
}

// The row to go on with after a solution: the one it violates, else the one improved so far, else one that costs too much.
static uint32_t choose_row(struct carved_price_workspace *w, const struct visit *v, enum outcome outcome)
{
	if (outcome == VIOLATED)
		return carved_rows_find(w, &v->violation);
	if (v->row != NO_ROW)
		return v->row;
	for (uint32_t row = 0; row < w->row_count; row++) {
		if (w->rows[row].multiplier && carved_rows_applies(w, row) && carved_rows_use(w, row) < w->rows[row].limit_q)
			return row;
	}
	return NO_ROW;
}

// With the row's multiplier above this, a solution has as few hours in the row as any: nothing else can outweigh a quarter. Where such a solution has too many,
// the node holds no package at all. INT64_MAX where it would not fit.
static int64_t decisive_multiplier(const struct carved_price_workspace *w, uint32_t row)
{
	const struct relax *r = &w->relax;
	int64_t gain = 0, setups = 0;
	for (uint32_t s = 0; s < r->slot_count; s++) {
		int64_t own = w->slots[r->slots[s].index].gain;
		own = own < 0 ? -own : own;
		gain = own > gain ? own : gain;
		setups += r->slots[s].setup;
	}
	for (uint32_t j = 0; j < r->job_count; j++)
		setups += r->jobs[j].setup + r->job_cost;
	for (uint32_t other = 0; other < w->row_count; other++)
		gain += other == row ? 0 : w->rows[other].multiplier;
	return gain > MULTIPLIER_MAX / 4 / r->max_q || setups > MULTIPLIER_MAX / 4 ? INT64_MAX : 2 * gain * r->max_q + setups + 1;
}

// Where to try next, from the tangents known. Returns the same y where nothing better is to be had.
static int64_t next_multiplier(const struct carved_price_workspace *w, const struct visit *v, int64_t y)
{
	const struct tangent *over = &v->over, *under = &v->under;
	if (over->known && under->known) {
		int64_t apart = under->y - over->y;
		int64_t step = (over->value - under->value + under->slope * apart) / (under->slope - over->slope);
		return step <= 0 || step >= apart ? y : over->y + step;
	}
	if (under->known)
		return 0;
	const int64_t decisive = decisive_multiplier(w, v->row), most = decisive < MULTIPLIER_MAX ? decisive : MULTIPLIER_MAX;
	const int64_t step = (over->value - w->bar) / -over->slope + 1;
	return step > most - over->y ? most : over->y + step;
}

enum progress { NO_BETTER, BETTER, EMPTY };

// Changes a multiplier for the better, if it is not best already. EMPTY: the row proves that the node holds nothing.
static enum progress improve(struct carved_price_workspace *w, struct visit *v, enum outcome outcome)
{
	const uint32_t row = choose_row(w, v, outcome);
	if (row == NO_ROW)
		return NO_BETTER;
	if (row != v->row) {
		v->row = row;
		v->over.known = v->under.known = false;
	}
	const int64_t y = w->rows[row].multiplier, slope = (int64_t)w->rows[row].limit_q - carved_rows_use(w, row);
	*(slope < 0 ? &v->over : &v->under) = (struct tangent){.known = true, .y = y, .value = v->solved, .slope = slope};
	if (slope < 0 && y > 0 && y >= decisive_multiplier(w, row))
		return EMPTY;
	int64_t next = next_multiplier(w, v, y);
	if (next == y)
		return NO_BETTER;
	w->rows[row].multiplier = next;
	carved_rows_charge(w);
	return BETTER;
}

static void forget_multipliers(struct carved_price_workspace *w)
{
	for (uint32_t row = 0; row < w->row_count; row++)
		w->rows[row].multiplier = 0;
	carved_rows_charge(w);
}

void carved_node_visit(struct carved_price_workspace *w, uint32_t node)
{
	struct visit v = {.node = node, .row = NO_ROW};
	if (!carved_domain_build(w, node))
		return;
	for (int steps = node ? STEPS : STEPS_AT_ROOT; steps > 0; steps--) {
		enum outcome outcome = look(w, &v);
		if (outcome == DONE)
			return;
		enum progress progress = steps > 1 ? improve(w, &v, outcome) : NO_BETTER;
		if (progress == EMPTY)
			return;
		if (progress == NO_BETTER)
			break;
	}
	if (!v.has_kept) { // valid solutions only: without multipliers the solution is violated, or it ends the node
		forget_multipliers(w);
		if (look(w, &v) == DONE)
			return;
	}
	w->piece_count = w->kept_count;
	memcpy(w->pieces, w->kept, w->kept_count * sizeof *w->pieces);
	carved_branch_on_violation(w, node, &v.kept);
}
