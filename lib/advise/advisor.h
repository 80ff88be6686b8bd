// SPDX-License-Identifier: EUPL-1.2
// Inside advise/ only: the prepared person, and the two searches.
#pragma once
#include "carved/advise/advise.h"
#include "carved/fit/fit.h"
#include "carved/price/price.h"

#define ADVISE_ROWS 32 // limits that a person can have in price/: the document's, and one for each package to be different from

// A site where a package could be.
struct advise_site {
	uint32_t site;
	int64_t worth; // millionths: parts fit and relief are no more
	bool is_prepared;
	struct carved_pair pair; // prepared only; its candidate is the view's
};

// The person stands alone in a view of the instance, as candidate 0, so that limits and hours can be changed between two pricings: all other arrays are borrowed.
struct carved_advisor {
	const struct carved_instance *instance;
	uint32_t candidate; // of the instance
	struct carved_instance view;
	struct carved_instance_candidate person; // the view's only candidate
	struct carved_limit limits[ADVISE_ROWS]; // the view's
	struct carved_price_workspace *workspace;
	struct carved_profile *profile;
	struct advise_site *sites; // rising
	uint32_t site_count;
	int64_t place;             // part `place` of every package, points
	struct carved_arena arena; // owns sites and pairs
};

// What fits at a site; worked out the first time.
const struct carved_pair *carved_advise_pair(struct carved_advisor *advisor, uint32_t site);

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

// ceiling.c: no package of the site has a higher reduced value, millionths. At a glance; and with the pair at hand, which may tell that there is none:
// CARVED_PRICE_NO_PACKAGE.
int64_t carved_advise_ceiling_at_a_glance(
	const struct carved_advisor *advisor, const struct carved_prices *prices, uint32_t site);
int64_t carved_advise_ceiling(const struct carved_advisor *advisor, const struct carved_prices *prices,
	const struct carved_pair *pair, struct carved_arena *scratch);

// different.c: the best package above `threshold` of a site (of the advisor's) that is different from each of the chosen ones, all there.
void carved_advise_find_different(struct carved_advisor *advisor, uint32_t site, const struct carved_recommend_query *query,
	const struct carved_package *chosen, uint32_t chosen_count, int64_t threshold, struct carved_arena *arena,
	struct advise_answer *ret_answer);
