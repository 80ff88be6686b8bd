// SPDX-License-Identifier: EUPL-1.2
// The k best packages of a person that are clearly different from each other.
//
//   r(p)      reduced value of package p: value before roundings less the prices of what it uses (price.h)
//   p_1       the package with the highest r over all sites in reach
//   p_i       the package with the highest r among those different from each of p_1 .. p_(i-1)
//
// Packages at two sites are always different, so the sequence p_1, p_2, ... is the merge, by falling r, of one sequence for each site:
//
//   q_s1      the best package of site s: one exact pricing (price/)
//   q_sj      the best of site s that is different from q_s1 .. q_s(j-1) (different.c)
//
// Each site's sequence falls, so p_i is the highest head of all sequences, and a site's next package is looked for only once its head was taken.
//
// Sites left out. ceiling(s) >= r(q_s1), without any search (ceiling.c). Sites are asked by falling ceiling; once k heads are known that no other ceiling exceeds,
// none of the other sites can be among p_1 .. p_k. The k-th head so far is also the pricer's threshold.
//
// What is guaranteed. Every package is valid by itself and the packages are pairwise different, always. p_1 is exactly the best, and each p_i exactly as defined,
// where `exact` says so: where no search that met its limit left a bound above r(p_i). `bound` holds in any case. Equal r: the site that comes first.
#include "advisor.h"
#include "carved/base/quarters.h"
#include <stdlib.h>
#include <string.h>

struct site {                     // its sequence
	uint32_t number;          // of the advisor's
	int64_t ceiling;          // at a glance; once it was taken up, with the pair at hand
	struct advise_found head; // the next package; piece_count 0: none is known
	struct carved_package *taken;
	uint32_t taken_count;
	int64_t bound;  // of what its searches left unsolved; CARVED_PRICE_NO_PACKAGE: nothing
	uint32_t tried; // nodes that its last search was allowed
};

enum { LOOK_NODES = 8 }; // most sites are settled by then

struct merge {
	struct carved_advisor *advisor;
	const struct carved_recommend_query *query;
	struct site *sites;    // by falling ceiling at a glance
	uint32_t taken_up;     // so many of them have a pair
	struct site **waiting; // of these, those that are still to be searched, by rising ceiling
	uint32_t waiting_count;
	int64_t *best; // the highest heads so far, falling; one of each site
	uint32_t best_count;
	struct carved_arena scratch;
	struct carved_recommendations *answer;
};

static int compare_sites(const void *a, const void *b)
{
	const struct site *x = a, *y = b;
	if (x->ceiling != y->ceiling)
		return x->ceiling > y->ceiling ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static void list_sites(struct merge *m)
{
	const struct carved_advisor *advisor = m->advisor;
	m->sites = carved_arena_array(&m->scratch, struct site, advisor->site_count);
	m->waiting = carved_arena_array(&m->scratch, struct site *, advisor->site_count);
	m->best = carved_arena_array(&m->scratch, int64_t, m->query->count);
	for (uint32_t i = 0; i < advisor->site_count; i++)
		m->sites[i] = (struct site){.number = i,
			.ceiling = carved_advise_ceiling_at_a_glance(advisor, m->query->prices, i),
			.bound = CARVED_PRICE_NO_PACKAGE};
	if (advisor->site_count)
		qsort(m->sites, advisor->site_count, sizeof *m->sites, compare_sites);
}

// ---- heads

static void remove_best(struct merge *m, int64_t reduced)
{
	uint32_t at = 0;
	while (at < m->best_count && m->best[at] != reduced)
		at++;
	for (; at + 1 < m->best_count; at++)
		m->best[at] = m->best[at + 1];
	m->best_count -= at < m->best_count;
}

static void add_best(struct merge *m, int64_t reduced)
{
	uint32_t at = m->best_count;
	if (m->best_count < m->query->count)
		m->best_count++;
	else if (m->best[--at] >= reduced)
		return;
	for (; at > 0 && m->best[at - 1] < reduced; at--)
		m->best[at] = m->best[at - 1];
	m->best[at] = reduced;
}

static int64_t threshold_of(const struct merge *m)
{
	return m->best_count == m->query->count ? m->best[m->query->count - 1] : CARVED_PRICE_NO_PACKAGE;
}

static int64_t highest_of(const struct merge *m)
{
	return m->best_count > 0 ? m->best[0] : CARVED_PRICE_NO_PACKAGE;
}

static void set_head(struct merge *m, struct site *site, const struct carved_price_result *result)
{
	if (site->head.package.piece_count > 0)
		remove_best(m, site->head.reduced); // `best` has one of each site
	site->head.reduced = result->reduced;
	carved_advise_keep(&result->package, &m->scratch, &site->head.package);
	add_best(m, result->reduced);
}

// Prices the site for what is above `threshold` and above its head; a package found becomes its head.
static void find_first(struct merge *m, struct site *site, int64_t threshold, uint32_t node_limit)
{
	bool has_head = site->head.package.piece_count > 0;
	struct carved_price_query query = {.prices = m->query->prices,
		.place_value = m->advisor->place,
		.threshold = has_head && site->head.reduced > threshold ? site->head.reduced : threshold,
		.node_limit = node_limit};
	struct carved_price_result result;
	carved_price_best(m->advisor->workspace, carved_advise_pair(m->advisor, site->number), &query, &result);
	site->tried = node_limit;
	site->bound = CARVED_PRICE_NO_PACKAGE;
	if (result.answer == CARVED_PRICE_LIMIT)
		site->bound = result.bound;
	else if (result.answer == CARVED_PRICE_NONE && has_head && site->head.reduced < query.threshold)
		site->bound = query.threshold; // between the head and the threshold nobody looked
	if (result.package.piece_count > 0)
		set_head(m, site, &result);
}

static struct site *highest_bound(const struct merge *m)
{
	struct site *highest = NULL;
	for (uint32_t i = 0; i < m->taken_up; i++) {
		if (!highest || m->sites[i].bound > highest->bound)
			highest = &m->sites[i];
	}
	return highest;
}

// Nodes that the site may be searched with next; 0: it stays as it is.
static uint32_t next_limit(const struct merge *m, const struct site *site, bool provable)
{
	uint32_t many = m->query->node_limit, few = m->query->further_nodes < many ? m->query->further_nodes : many;
	if (site->bound <= threshold_of(m))
		return 0;
	if (site->tried < few)
		return few;
	return provable && site->bound > highest_of(m) && site->tried < many ? many : 0;
}

// The site with the highest bound of those that may be searched further.
static struct site *next_site(const struct merge *m, bool provable)
{
	struct site *next = NULL;
	for (uint32_t i = 0; i < m->taken_up; i++) {
		struct site *site = &m->sites[i];
		if ((!next || site->bound > next->bound) && next_limit(m, site, provable) > 0)
			next = site;
	}
	return next;
}

// ---- sites by falling ceiling: the pair of one is prepared only when no other could be better

static void take_up(struct merge *m, struct site *site)
{
	const struct carved_pair *pair = carved_advise_pair(m->advisor, site->number);
	int64_t ceiling = carved_advise_ceiling(m->advisor, m->query->prices, pair, &m->scratch);
	uint32_t at = m->waiting_count++;
	site->ceiling = ceiling < site->ceiling ? ceiling : site->ceiling;
	for (; at > 0 && m->waiting[at - 1]->ceiling > site->ceiling; at--)
		m->waiting[at] = m->waiting[at - 1];
	m->waiting[at] = site;
}

// The site with the highest ceiling of those not searched yet; NULL: no other can matter.
static struct site *next_unsearched(struct merge *m)
{
	int64_t bar = threshold_of(m);
	for (; m->taken_up < m->advisor->site_count; m->taken_up++) {
		struct site *site = &m->sites[m->taken_up];
		int64_t waiting = m->waiting_count > 0 ? m->waiting[m->waiting_count - 1]->ceiling : CARVED_PRICE_NO_PACKAGE;
		if (site->ceiling <= bar || site->ceiling <= waiting)
			break;
		take_up(m, site);
	}
	if (m->waiting_count == 0 || m->waiting[m->waiting_count - 1]->ceiling <= bar)
		return NULL;
	return m->waiting[--m->waiting_count];
}

// A short look at every site that can matter. Then those whose search was cut, the highest bound first: with few nodes where they stand in the way of a proof that
// the heads are the best k, with many where it is about the first. A first that can't be proven at that price ends the latter.
static void find_heads(struct merge *m)
{
	uint32_t many = m->query->node_limit, few = m->query->further_nodes < many ? m->query->further_nodes : many;
	uint32_t look = few < LOOK_NODES ? few : LOOK_NODES;
	bool provable = true;
	struct site *site;
	while ((site = next_unsearched(m)))
		find_first(m, site, threshold_of(m), look);
	while ((site = next_site(m, provable))) {
		uint32_t limit = next_limit(m, site, provable);
		bool is_proof = site->tried >= few;
		find_first(m, site, is_proof ? highest_of(m) : threshold_of(m), limit);
		provable = provable && !(is_proof && site->bound > highest_of(m));
	}
}

static struct site *highest_head(const struct merge *m)
{
	struct site *best = NULL;
	for (uint32_t i = 0; i < m->taken_up; i++) {
		struct site *site = &m->sites[i];
		if (site->head.package.piece_count == 0)
			continue;
		if (!best || site->head.reduced > best->head.reduced ||
			(site->head.reduced == best->head.reduced && site->number < best->number))
			best = site;
	}
	return best;
}

static int compare_falling(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x < y) - (x > y);
}

// What a further package must beat to be among the `more` that are still wanted: the more-th of the heads that are left.
static int64_t bar_for(const struct merge *m, uint32_t more)
{
	int64_t *heads = carved_alloc_array(m->taken_up + 1, sizeof *heads), bar = CARVED_PRICE_NO_PACKAGE;
	uint32_t count = 0;
	for (uint32_t i = 0; i < m->taken_up; i++) {
		if (m->sites[i].head.package.piece_count > 0)
			heads[count++] = m->sites[i].head.reduced;
	}
	if (count >= more) {
		qsort(heads, count, sizeof *heads, compare_falling);
		bar = heads[more - 1];
	}
	free(heads);
	return bar;
}

// The head was taken: looks for the next package of the site.
static void find_next(struct merge *m, struct site *site, uint32_t more)
{
	struct advise_answer answer;
	carved_advise_find_different(
		m->advisor, site->number, m->query, site->taken, site->taken_count, bar_for(m, more), &m->scratch, &answer);
	site->head = answer.found;
	if (answer.answer == CARVED_PRICE_LIMIT && answer.bound > site->bound)
		site->bound = answer.bound;
}

// ---- the answer

static int64_t paid_by(const struct merge *m, const struct carved_pair *pair, const struct carved_package *package)
{
	const struct carved_prices *prices = m->query->prices;
	const struct carved_instance *in = &m->advisor->view;
	// Prices are whole millionths: both round the same fraction up.
	return carved_price_reduced(in, pair, NULL, package) - carved_price_reduced(in, pair, prices, package);
}

static int64_t bound_left(const struct merge *m)
{
	const struct site *site = highest_bound(m);
	return site ? site->bound : CARVED_PRICE_NO_PACKAGE;
}

static void take(struct merge *m, struct site *site)
{
	struct carved_recommendation *item = &m->answer->items[m->answer->count++];
	if (!site->taken)
		site->taken = carved_arena_array(&m->scratch, struct carved_package, m->query->count);
	item->reduced = site->head.reduced;
	item->paid = paid_by(m, carved_advise_pair(m->advisor, site->number), &site->head.package);
	item->exact = bound_left(m) <= item->reduced;
	carved_advise_keep(&site->head.package, &m->answer->arena, &item->package);
	item->package.candidate = m->advisor->candidate;
	site->taken[site->taken_count++] = site->head.package;
	site->head.package.piece_count = 0;
}

void carved_advisor_recommend(
	struct carved_advisor *advisor, const struct carved_recommend_query *query, struct carved_recommendations *ret_answer)
{
	struct carved_recommendations answer = {.bound = CARVED_PRICE_NO_PACKAGE};
	struct merge m = {.advisor = advisor, .query = query, .answer = &answer};
	struct site *site;
	answer.items = carved_arena_array(&answer.arena, struct carved_recommendation, query->count);
	list_sites(&m);
	find_heads(&m);
	answer.bound = bound_left(&m);
	while (answer.count < query->count && (site = highest_head(&m))) {
		take(&m, site);
		if (answer.count < query->count)
			find_next(&m, site, query->count - answer.count);
	}
	if (answer.count > 0 && answer.items[0].reduced > answer.bound)
		answer.bound = answer.items[0].reduced;
	carved_arena_deinit(&m.scratch);
	*ret_answer = answer;
}

void carved_recommendations_deinit(struct carved_recommendations *answer)
{
	carved_arena_deinit(&answer->arena);
	*answer = (struct carved_recommendations){0};
}
