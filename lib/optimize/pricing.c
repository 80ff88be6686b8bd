// SPDX-License-Identifier: EUPL-1.2
#include "pricing.h"

bool carved_pricing_best(
	const struct carved_pricing *pricing, uint32_t pair, int64_t threshold, struct carved_price_result *ret_result)
{
	struct carved_problem *problem = pricing->problem;
	const struct carved_pair_brief *of = &problem->pairs[pair];
	struct carved_prices named = carved_problem_named(problem, pricing->prices);
	struct carved_price_query query = {.prices = &named,
		.room = carved_problem_room(problem, pricing->left),
		.place_value = problem->place[of->candidate],
		.threshold = threshold,
		.node_limit = pricing->node_limit,
		.is_stopped = carved_problem_ask_to_stop,
		.context = problem};
	if (!carved_problem_has_fixed_room(problem, of->candidate, of->site, pricing->left) || carved_problem_is_stopped(problem))
		return false;
	carved_price_best(
		problem->workspaces[pricing->worker], carved_problem_pair(problem, pricing->worker, pair), &query, ret_result);
	return ret_result->answer == CARVED_PRICE_FOUND ||
	       (ret_result->answer == CARVED_PRICE_LIMIT && ret_result->package.piece_count > 0 &&
		       ret_result->reduced > threshold);
}
