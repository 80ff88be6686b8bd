// SPDX-License-Identifier: EUPL-1.2
// Advice for one person: which packages are best now, clearly different ones, and whom each would push aside. Whole numbers only; no documents here.
//
// Glossary
//   advisor     a person on an instance, prepared once; then any number of questions
//   common      hours that two packages of one person share: sum over slots of the smaller of the two
//   different   two packages of one person at other sites, or whose common hours are less than half of those of the shorter one
//   taken       what packages of other people hold of a region: a plan's, without the person's own
#pragma once
#include "carved/fit/fit.h"
#include "carved/instance/standing.h"
#include <stdbool.h>
#include <stdint.h>

uint32_t carved_advise_common_q(const struct carved_package *a, const struct carved_package *b);
bool carved_advise_is_different(const struct carved_package *a, const struct carved_package *b);

// Profile, options and a glance at the sites in reach; what fits at a site is worked out when it matters. Borrows instance and asks (those of the instance; NULL: the
// same answers, slower). One thread at a time; many advisors may share an instance. Consent is not looked at: that is the caller's.
struct carved_advisor;
struct carved_advisor *carved_advisor_new(
	const struct carved_instance *instance, const struct carved_asks *asks, uint32_t candidate);
void carved_advisor_free(struct carved_advisor *advisor); // NULL is legal

// ---- the best packages

struct carved_recommend_query {
	const struct carved_prices *prices; // numbered as the instance; NULL: all zero
	uint32_t count;                     // >= 1: packages at most
	uint32_t node_limit;                // >= 1: nodes of the exact pricing of each site
	uint32_t further_nodes;             // >= 1: nodes of all pricings for one further package of a site
};

struct carved_recommendation {
	struct carved_package package; // pieces in the answer's arena
	int64_t reduced;               // millionths, rounded up: price.h's objective, by which they are sorted
	int64_t paid; // millionths: its resources at the prices, what they are worth to others. value less this is at most `reduced`
	bool exact; // proven: no package that is different from those before it has a higher reduced value. False where a search met its limit
};

struct carved_recommendations {
	struct carved_recommendation *items; // best first; pairwise different
	uint32_t count;
	int64_t bound; // millionths: no package of the person is above it (equals that of the first where it is exact); CARVED_PRICE_NO_PACKAGE: there is none
	struct carved_arena arena; // owns all of it
};

// Requires: ret zeroed. Deterministic.
void carved_advisor_recommend(
	struct carved_advisor *advisor, const struct carved_recommend_query *query, struct carved_recommendations *ret_answer);
void carved_recommendations_deinit(struct carved_recommendations *answer);

// ---- whom a package would push aside

struct carved_displacement {
	uint32_t *holdings; // of the standing plan, rising; in the caller's arena
	uint32_t count;     // 0: nobody
	int64_t value;      // points: what their packages are worth together
	bool exact;         // no other choice loses less; false: the search met its limit, and this choice suffices
};

// Packages of a standing plan that would have to give way so that all that `package` uses is within its capacity again, with the smallest loss. `own`: the
// person's own holding, which is given up anyway; CARVED_NONE: none. Requires: the package is one of the advisor's person, and standing is laid over its instance.
void carved_advisor_displace(const struct carved_advisor *advisor, const struct carved_package *package,
	const struct carved_standing *standing, uint32_t own, uint32_t node_limit, struct carved_arena *arena,
	struct carved_displacement *ret_displacement);
