// SPDX-License-Identifier: EUPL-1.2
// Yesterday's prices are within a percent of today's best ones, and yesterday's packages are most of today's plan. So the dual begins at those prices (any
// prices >= 0 bound every plan, old ones too), the pool gets those packages that keep all rules today, and the first plan is as many of them as go together.
//
// Where not all do (a site lost a place, a coach hours), the more valuable ones stay: in falling order of value, each where it fits.
#include "start.h"
#include <stdlib.h>
#include <string.h>

// The package as a column of the pool; CARVED_NONE where it breaks a rule today.
static uint32_t take_package(struct carved_restart *restart, const struct carved_start_package *of, int64_t *prices)
{
	struct carved_problem *problem = restart->problem;
	uint32_t number = carved_problem_find_pair(problem, of->candidate, of->site);
	struct carved_prices named = carved_problem_named(problem, prices);
	struct carved_price_query query = {.prices = &named, .node_limit = 1};
	struct carved_package package = {.candidate = of->candidate,
		.site = of->site,
		.kind = of->kind,
		.piece_count = of->piece_count,
		.pieces = of->pieces};
	if (number == CARVED_NONE)
		return CARVED_NONE;
	const struct carved_pair *pair = carved_problem_pair(problem, 0, number);
	query.place_value = problem->place[of->candidate];
	if (!carved_price_check(problem->workspaces[0], pair, &query, &package))
		return CARVED_NONE;
	carved_price_value(problem->instance, pair, query.place_value, &package);
	int64_t reduced = carved_price_reduced(problem->instance, pair, &named, &package);
	return carved_columns_add(restart->pool, number, &package, reduced, prices, NULL);
}

void carved_restart_init(struct carved_restart *restart, struct carved_dual *dual)
{
	struct carved_problem *problem = dual->bounder.problem;
	const struct carved_instance *in = problem->instance;
	*restart = (struct carved_restart){.problem = problem, .pool = dual->bounder.pool, .start = problem->options->start};
	restart->former = carved_alloc_array(in->candidates_count, sizeof *restart->former);
	restart->had_to = carved_alloc_array(in->candidates_count, sizeof *restart->had_to);
	restart->former_site = carved_alloc_array(in->candidates_count, sizeof *restart->former_site);
	restart->keep = carved_alloc_array(in->candidates_count, sizeof *restart->keep);
	memset(restart->former, 0xFF, in->candidates_count * sizeof *restart->former);
	memset(restart->former_site, 0xFF, in->candidates_count * sizeof *restart->former_site);
	if (!restart->start)
		return;
	struct carved_prices prices = carved_problem_named(problem, dual->best);
	carved_prices_copy(&prices, &restart->start->prices, in);
	for (uint32_t i = 0; i < restart->start->package_count; i++) {
		const struct carved_start_package *of = &restart->start->packages[i];
		uint32_t column = take_package(restart, of, dual->best);
		restart->former[of->candidate] = column;
		restart->former_site[of->candidate] = of->site;
		restart->had_to[of->candidate] = column == CARVED_NONE;
		restart->keep[of->candidate] = of->keep;
		restart->has_keeps = restart->has_keeps || (of->keep > 0 && column != CARVED_NONE);
	}
}

void carved_restart_deinit(struct carved_restart *restart)
{
	free(restart->former);
	free(restart->former_site);
	free(restart->had_to);
	free(restart->keep);
}

static int by_value(const void *a, const void *b, void *context)
{
	const struct carved_columns *pool = context;
	const struct carved_column *left = &pool->columns[*(const uint32_t *)a], *right = &pool->columns[*(const uint32_t *)b];
	if (left->value != right->value)
		return left->value > right->value ? -1 : 1;
	return left->candidate < right->candidate ? -1 : left->candidate > right->candidate;
}

void carved_restart_lay(struct carved_restart *restart, struct carved_draft *plan)
{
	uint32_t candidates = restart->problem->instance->candidates_count, count = 0;
	uint32_t *order = carved_alloc_array(candidates, sizeof *order);
	for (uint32_t c = 0; c < candidates; c++) {
		if (restart->former[c] != CARVED_NONE)
			order[count++] = restart->former[c];
	}
	qsort_r(order, count, sizeof *order, by_value, restart->pool);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t candidate = restart->pool->columns[order[i]].candidate;
		if (carved_draft_fits(plan, order[i]))
			carved_draft_add(plan, order[i]);
		else
			restart->had_to[candidate] = true;
	}
	carved_draft_mark(plan);
	free(order);
}

bool carved_restart_is_changed(const struct carved_restart *restart, const struct carved_draft *plan, uint32_t candidate)
{
	return restart->start && !restart->had_to[candidate] && plan->column[candidate] != restart->former[candidate];
}

uint32_t carved_restart_count_changes(const struct carved_restart *restart, const struct carved_draft *plan)
{
	uint32_t changes = 0;
	for (uint32_t c = 0; c < restart->problem->instance->candidates_count; c++)
		changes += carved_restart_is_changed(restart, plan, c);
	return changes;
}

bool carved_restart_is_from(const struct carved_restart *restart)
{
	return restart->start && !restart->start->fresh;
}

int64_t carved_restart_most_changes(const struct carved_restart *restart)
{
	const bool limited = carved_restart_is_from(restart) && restart->start->most_changes != CARVED_NONE;
	return limited ? restart->start->most_changes : INT64_MAX;
}

int64_t carved_restart_keep(const struct carved_restart *restart, uint32_t candidate)
{
	return restart->start ? restart->start->keep_weight + restart->keep[candidate] : 0;
}

bool carved_restart_is_near(const struct carved_restart *restart)
{
	return carved_restart_is_from(restart) &&
	       (restart->start->most_changes != CARVED_NONE || restart->start->keep_weight > 0);
}

int64_t carved_restart_score(const struct carved_restart *restart, const struct carved_draft *plan)
{
	int64_t score = plan->value;
	for (uint32_t c = 0; c < restart->problem->instance->candidates_count; c++)
		score += restart->former[c] != CARVED_NONE && plan->column[c] == restart->former[c]
				 ? carved_restart_keep(restart, c)
				 : 0;
	return score;
}
