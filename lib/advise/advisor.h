// SPDX-License-Identifier: EUPL-1.2
// Inside advise/ only: the prepared person, and the two searches.
#pragma once
#include "carved/advise/advise.h"
#include "carved/fit/fit.h"
#include "carved/price/price.h"

#define ADVISE_ROWS 32 // limits that a person can have in price/: the document's, and one for each package to be different from

// The person stands alone in a view of the instance, as candidate 0, so that limits and hours can be changed between two pricings: all other arrays are borrowed.
struct carved_advisor {
	const struct carved_instance *instance;
	uint32_t candidate; // of the instance
	struct carved_instance view;
	struct carved_instance_candidate person; // the view's only candidate
	struct carved_limit limits[ADVISE_ROWS]; // the view's
	struct carved_price_workspace *workspace;
	struct carved_pair *pairs; // sites where a package could be, by site
	uint32_t pair_count;
	int64_t place;             // part `place` of every package, points
	void *ceiling_scratch;     // for the largest pair
	struct carved_arena arena; // owns pairs
};

// A package found, in `arena`.
struct advise_found {
	struct carved_package package;
	int64_t reduced;
};

// The answer of one search, as price.h's: FOUND is exact, with LIMIT the bound holds and `found` is the best seen where its piece_count > 0.
struct advise_answer {
	enum carved_price_answer answer;
	struct advise_found found;
	int64_t bound;
};

// Keeps a package beyond the workspace's next use.
void carved_advise_keep(const struct carved_package *package, struct carved_arena *arena, struct carved_package *ret_kept);

// ceiling.c: no package of the pair has a higher reduced value, millionths; CARVED_PRICE_NO_PACKAGE: there is none. Uses the advisor's scratch memory.
int64_t carved_advise_ceiling(
	const struct carved_advisor *advisor, const struct carved_prices *prices, const struct carved_pair *pair);
size_t carved_advise_ceiling_size(const struct carved_pair *pair); // bytes of scratch memory

// different.c: the best package above `threshold` of a pair that is different from each of the chosen ones, all at the pair's site.
void carved_advise_find_different(struct carved_advisor *advisor, uint32_t pair, const struct carved_recommend_query *query,
	const struct carved_package *chosen, uint32_t chosen_count, int64_t threshold, struct carved_arena *arena,
	struct advise_answer *ret_answer);
