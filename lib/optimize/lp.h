// SPDX-License-Identifier: EUPL-1.2
// A linear program, maximise sum g_j x_j under rows sum a_ij x_j <= b_i and x >= 0, grown row by row and column by column; and the same with x binary.
// The only room that knows GLPK.
//
// GLPK 5.0 is trusted with nothing that is handed on: duals are rounded and priced again, binary solutions are added up again in integers by the caller.
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum carved_lp_answer {
	CARVED_LP_OPTIMAL,
	CARVED_LP_STOPPED, // the caller asked; the program can be solved on
	CARVED_LP_FAILED,  // numbers too hard; the program is of no more use
};

typedef bool (*carved_lp_stop_fn)(void *context);

struct carved_lp;

// `stop` is asked between chunks of simplex iterations and at each node.
struct carved_lp *carved_lp_new(carved_lp_stop_fn stop, void *context);
void carved_lp_free(struct carved_lp *lp);

// Gives back what GLPK keeps for the calling thread, as it does once a thread has made a program. Requires: none of its programs is left.
void carved_lp_leave_thread(void);

// Rows and columns are numbered from 0. A row starts with the entries given (columns that exist already); later columns bring their own.
uint32_t carved_lp_add_row(struct carved_lp *lp, double limit, uint32_t count, const uint32_t *columns, const double *amounts);
uint32_t carved_lp_add_column(struct carved_lp *lp, double gain, uint32_t count, const uint32_t *rows, const double *amounts);

// What a column brings.
double carved_lp_gain(const struct carved_lp *lp, uint32_t column);
void carved_lp_set_gain(struct carved_lp *lp, uint32_t column, double gain);

// After columns were added the primal simplex goes on best, after rows the dual.
enum carved_lp_answer carved_lp_solve(struct carved_lp *lp, bool rows_were_added);

// Of the last optimal solution.
double carved_lp_value(const struct carved_lp *lp);
double carved_lp_dual(const struct carved_lp *lp, uint32_t row);
double carved_lp_primal(const struct carved_lp *lp, uint32_t column);

// From here on branch and bound asks for neither cuts nor forecasts of what a branch would bring: with thousands of columns these take nearly all of the time.
void carved_lp_branch_plainly(struct carved_lp *lp);

// Makes whole numbers of a relaxation's x: fills in `chosen`, one flag per column. The result must satisfy every row.
typedef void (*carved_lp_round_fn)(void *context, const double *x, bool *chosen);

// Branch and bound with every x binary; `chosen`, one flag per column, is a feasible start on entry (all 0 always is) and the best found on return.
// `round` is asked at nodes, with `round_context`. The search ends at `node_limit` nodes. Returns true where it found something better than the start.
// Requires: the last carved_lp_solve was optimal.
bool carved_lp_solve_binary(
	struct carved_lp *lp, uint32_t node_limit, carved_lp_round_fn round, void *round_context, bool *chosen);
