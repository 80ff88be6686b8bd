// SPDX-License-Identifier: EUPL-1.2
// GLPK behind lp.h, in the profile that its measured faults leave: no presolve, no clique cuts, no proximity search, no time limits (they read the wall
// clock and overshoot); iterations and nodes are counted instead.
#include "lp.h"
#include "carved/base/arena.h"
#include "carved/optimize/optimize.h"
#include <glpk.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_GAIN 1e-6 // of the objective: less is noise
#define CHUNK 250       // simplex iterations between two questions whether to stop
#define PATIENCE 10     // iterations for each row and column, and 20 chunks: more is a simplex that goes in circles

struct carved_lp {
	glp_prob *problem;
	carved_lp_stop_fn stop;
	void *context;
	bool plain;   // branch and bound
	int *indices; // scratch, from 1
	double *values;
	uint32_t capacity;
};

// GLPK prints what is wrong, then calls abort(). Memory that can't be had ends this process as it does everywhere else.
static int on_text(void *context, const char *text)
{
	(void)context;
	if (glp_at_error() && strstr(text, "memory"))
		carved_out_of_memory();
	return 0; // printed
}

struct carved_lp *carved_lp_new(carved_lp_stop_fn stop, void *context)
{
	struct carved_lp *lp = carved_alloc(sizeof *lp);
	glp_term_out(GLP_OFF);
	glp_term_hook(on_text, NULL);
	*lp = (struct carved_lp){.problem = glp_create_prob(), .stop = stop, .context = context};
	glp_set_obj_dir(lp->problem, GLP_MAX);
	return lp;
}

void carved_lp_free(struct carved_lp *lp)
{
	if (!lp)
		return;
	glp_delete_prob(lp->problem);
	free(lp->indices);
	free(lp->values);
	free(lp);
}

void carved_lp_leave_thread(void)
{
	glp_free_env();
}

static void fill(struct carved_lp *lp, uint32_t count, const uint32_t *numbers, const double *amounts)
{
	if (count + 1 > lp->capacity) {
		lp->capacity = (count + 1) * 2;
		lp->indices = carved_realloc_array(lp->indices, lp->capacity, sizeof *lp->indices);
		lp->values = carved_realloc_array(lp->values, lp->capacity, sizeof *lp->values);
	}
	for (uint32_t i = 0; i < count; i++) {
		lp->indices[i + 1] = (int)numbers[i] + 1;
		lp->values[i + 1] = amounts[i];
	}
}

uint32_t carved_lp_add_row(struct carved_lp *lp, double limit, uint32_t count, const uint32_t *columns, const double *amounts)
{
	int row = glp_add_rows(lp->problem, 1);
	glp_set_row_bnds(lp->problem, row, GLP_UP, 0, limit);
	fill(lp, count, columns, amounts);
	glp_set_mat_row(lp->problem, row, (int)count, lp->indices, lp->values);
	return (uint32_t)row - 1;
}

uint32_t carved_lp_add_column(struct carved_lp *lp, double gain, uint32_t count, const uint32_t *rows, const double *amounts)
{
	int column = glp_add_cols(lp->problem, 1);
	glp_set_col_bnds(lp->problem, column, GLP_LO, 0, 0);
	glp_set_obj_coef(lp->problem, column, gain);
	fill(lp, count, rows, amounts);
	glp_set_mat_col(lp->problem, column, (int)count, lp->indices, lp->values);
	return (uint32_t)column - 1;
}

double carved_lp_gain(const struct carved_lp *lp, uint32_t column)
{
	return glp_get_obj_coef(lp->problem, (int)column + 1);
}

void carved_lp_set_gain(struct carved_lp *lp, uint32_t column, double gain)
{
	glp_set_obj_coef(lp->problem, (int)column + 1, gain);
}

void carved_lp_branch_plainly(struct carved_lp *lp)
{
	lp->plain = true;
}

static uint32_t chunks_most(const struct carved_lp *lp)
{
	uint32_t size = (uint32_t)glp_get_num_rows(lp->problem) + (uint32_t)glp_get_num_cols(lp->problem);
	return 20 + size / CHUNK * PATIENCE;
}

// One basis that can't be factorised, or one walk in circles, is forgiven: begin again from the slacks.
enum carved_lp_answer carved_lp_solve(struct carved_lp *lp, bool rows_were_added)
{
	glp_smcp control;
	bool restarted = false;
	if (glp_get_num_cols(lp->problem) == 0)
		return CARVED_LP_FAILED;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.meth = rows_were_added ? GLP_DUALP : GLP_PRIMAL;
	control.it_lim = CHUNK;
	for (uint32_t chunk = 1;; chunk++) {
		int code = glp_simplex(lp->problem, &control);
		if (code == 0)
			break;
		if (code == GLP_EITLIM && lp->stop(lp->context))
			return CARVED_LP_STOPPED;
		if (code == GLP_EITLIM && chunk < chunks_most(lp))
			continue;
		if (restarted)
			return CARVED_LP_FAILED;
		restarted = true;
		chunk = 0;
		control.meth = GLP_PRIMAL;
		glp_std_basis(lp->problem);
	}
	return glp_get_status(lp->problem) == GLP_OPT ? CARVED_LP_OPTIMAL : CARVED_LP_FAILED;
}

double carved_lp_value(const struct carved_lp *lp)
{
	return glp_get_obj_val(lp->problem);
}

double carved_lp_dual(const struct carved_lp *lp, uint32_t row)
{
	return glp_get_row_dual(lp->problem, (int)row + 1);
}

double carved_lp_primal(const struct carved_lp *lp, uint32_t column)
{
	return glp_get_col_prim(lp->problem, (int)column + 1);
}

struct search {
	struct carved_lp *lp;
	int columns, node_limit;
	carved_lp_round_fn round;
	void *context;
	bool handed_over; // the start
	double best;      // objective of the best found
	bool *chosen;     // the best found, from 0
	bool *rounded;    // scratch, from 0
	double *x;        // scratch, from 1
};

static double value_of(const struct search *search, const bool *chosen)
{
	double value = 0;
	for (int j = 1; j <= search->columns; j++)
		value += chosen[j - 1] ? glp_get_obj_coef(search->lp->problem, j) : 0;
	return value;
}

// Tells GLPK of whole numbers: whatever is not better is cut off from then on.
static void hand_over(const struct search *search, glp_tree *tree, const bool *chosen)
{
	for (int j = 1; j <= search->columns; j++)
		search->x[j] = chosen[j - 1];
	glp_ios_heur_sol(tree, search->x);
}

static void round_node(struct search *search, glp_tree *tree)
{
	glp_prob *node = glp_ios_get_prob(tree);
	for (int j = 1; j <= search->columns; j++)
		search->x[j] = glp_get_col_prim(node, j);
	search->round(search->context, search->x + 1, search->rounded);
	double value = value_of(search, search->rounded);
	if (value <= search->best + LEAST_GAIN)
		return;
	search->best = value;
	memcpy(search->chosen, search->rounded, (size_t)search->columns * sizeof *search->chosen);
	hand_over(search, tree, search->rounded);
}

static void on_node(glp_tree *tree, void *context)
{
	struct search *search = context;
	int active, present, total;
	glp_ios_tree_size(tree, &active, &present, &total);
	if (total > search->node_limit || search->lp->stop(search->lp->context)) {
		glp_ios_terminate(tree);
	} else if (glp_ios_reason(tree) == GLP_IHEUR) {
		if (!search->handed_over)
			hand_over(search, tree, search->chosen);
		search->handed_over = true;
		round_node(search, tree);
	}
}

static void init_control(glp_iocp *control, struct search *search)
{
	glp_init_iocp(control);
	control->msg_lev = GLP_MSG_OFF;
	control->presolve = control->clq_cuts = control->ps_heur = control->fp_heur = GLP_OFF;
	control->gmi_cuts = GLP_OFF; // safe, but they cost four times what they bring here
	control->mir_cuts = control->cov_cuts = search->lp->plain ? GLP_OFF : GLP_ON;
	control->br_tech = search->lp->plain ? GLP_BR_MFV : GLP_BR_DTH;
	control->cb_func = on_node;
	control->cb_info = search;
}

// Takes GLPK's own best where that is better than what rounding found.
static void take_result(struct search *search)
{
	glp_prob *problem = search->lp->problem;
	int status = glp_mip_status(problem);
	if ((status != GLP_OPT && status != GLP_FEAS) || glp_mip_obj_val(problem) <= search->best + LEAST_GAIN)
		return;
	search->best = glp_mip_obj_val(problem);
	for (int j = 1; j <= search->columns; j++)
		search->chosen[j - 1] = glp_mip_col_val(problem, j) > 0.5;
}

bool carved_lp_solve_binary(
	struct carved_lp *lp, uint32_t node_limit, carved_lp_round_fn round, void *round_context, bool *chosen)
{
	struct search search = {.lp = lp,
		.columns = glp_get_num_cols(lp->problem),
		.node_limit = node_limit > INT_MAX ? INT_MAX : (int)node_limit,
		.round = round,
		.context = round_context,
		.chosen = chosen};
	if (search.columns == 0 || glp_get_num_rows(lp->problem) == 0)
		return false; // GLPK ends the process over an empty program
	for (int j = 1; j <= search.columns; j++)
		glp_set_col_kind(lp->problem, j, GLP_BV);
	double start = search.best = value_of(&search, chosen);
	if (carved_lp_solve(lp, true) != CARVED_LP_OPTIMAL)
		return false;
	search.x = carved_alloc_array((size_t)search.columns + 1, sizeof *search.x);
	search.rounded = carved_alloc_array((size_t)search.columns, sizeof *search.rounded);
	glp_iocp control;
	init_control(&control, &search);
	glp_intopt(lp->problem, &control);
	take_result(&search);
	free(search.x);
	free(search.rounded);
	return search.best > start + LEAST_GAIN;
}

const char *carved_optimize_library_version(void)
{
	return glp_version();
}
