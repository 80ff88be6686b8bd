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
// Sites left out. ceiling(s) >= r(q_s1), without any search: the part of the value that every package of the site gets, less what every package pays, and the
// person's hours at the highest gain of an hour there (at the lowest hours where every hour is a loss). Sites are asked by falling ceiling; once k heads are
// known that no other ceiling exceeds, none of the other sites can be among p_1 .. p_k. The k-th head so far is also the pricer's threshold.
//
// What is guaranteed. Every package is valid by itself and the packages are pairwise different, always. p_1 is exactly the best, and each p_i exactly as defined,
// where `exact` says so: where no search that met its limit left a bound above r(p_i). `bound` holds in any case. Equal r: the site that comes first.
#include "advisor.h"
#include "carved/base/quarters.h"
#include <stdlib.h>
#include <string.h>

struct site { // one pair: its sequence
	uint32_t pair;
	int64_t ceiling;
	struct advise_found head; // the next package; piece_count 0: none is known
	struct carved_package *taken;
	uint32_t taken_count;
	int64_t bound; // of what its searches left unsolved; CARVED_PRICE_NO_PACKAGE: nothing
};

struct merge {
	struct carved_advisor *advisor;
	const struct carved_recommend_query *query;
	struct site *sites; // by falling ceiling
	int64_t *best;      // the highest heads so far, falling
	uint32_t best_count;
	struct carved_arena scratch;
	struct carved_recommendations *answer;
};

// ---- ceilings, in units of 1 / (1,000,000 x max_q) points, as lib/price/query.c has them

static int64_t gain_of(const struct merge *m, const struct carved_pair *pair, const struct carved_pair_slot *slot)
{
	const struct carved_weights *w = &m->advisor->view.weights;
	const struct carved_prices *prices = m->query->prices;
	const struct carved_pair_job *job = &pair->jobs[slot->job];
	const int64_t unit = m->advisor->person.max_q;
	int64_t gain = (int64_t)slot->fit * w->full_week * (CARVED_MICRO / 1000);
	gain += (int64_t)slot->relief * w->relief * (CARVED_MICRO / 4) * unit;
	if (prices)
		gain -= (prices->slot[slot->slot] + (slot->undone || job->whole ? 0 : prices->donor[job->job])) * unit;
	return gain;
}

// What every package of the pair gets less what it pays, millionths.
static int64_t fixed_part(const struct merge *m, const struct carved_pair *pair)
{
	const struct carved_instance_candidate *c = &m->advisor->person;
	const struct carved_weights *w = &m->advisor->view.weights;
	const struct carved_prices *prices = m->query->prices;
	int64_t points = m->advisor->place + carved_floor_div((int64_t)w->coach_hour * c->coach_q, 4) +
			 carved_floor_div((int64_t)w->buddy_hour * c->buddy_q, 4);
	int64_t millionths = points * CARVED_MICRO;
	if (prices) {
		millionths -= prices->places[pair->site] + prices->supervision[pair->site] * c->buddy_q;
		millionths -= (prices->coach[c->coach] + (c->easy ? prices->reserve[c->coach] : 0)) * c->coach_q;
	}
	return millionths;
}

static int64_t ceiling_of(const struct merge *m, const struct carved_pair *pair)
{
	const struct carved_instance_candidate *c = &m->advisor->person;
	int64_t highest = INT64_MIN;
	for (uint32_t t = 0; t < pair->slot_count; t++) {
		int64_t gain = gain_of(m, pair, &pair->slots[t]);
		highest = gain > highest ? gain : highest;
	}
	return fixed_part(m, pair) + carved_ceil_div(highest * (highest > 0 ? c->max_q : c->min_q), c->max_q);
}

static int compare_sites(const void *a, const void *b)
{
	const struct site *x = a, *y = b;
	if (x->ceiling != y->ceiling)
		return x->ceiling > y->ceiling ? -1 : 1;
	return (x->pair > y->pair) - (x->pair < y->pair);
}

static void list_sites(struct merge *m)
{
	const struct carved_advisor *advisor = m->advisor;
	m->sites = carved_arena_array(&m->scratch, struct site, advisor->pair_count);
	m->best = carved_arena_array(&m->scratch, int64_t, m->query->count);
	for (uint32_t i = 0; i < advisor->pair_count; i++)
		m->sites[i] =
			(struct site){.pair = i, .ceiling = ceiling_of(m, &advisor->pairs[i]), .bound = CARVED_PRICE_NO_PACKAGE};
	if (advisor->pair_count)
		qsort(m->sites, advisor->pair_count, sizeof *m->sites, compare_sites);
}

// ---- heads

static void note_best(struct merge *m, int64_t reduced)
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

// Prices the site for what is above `threshold`; a package found becomes its head.
static void find_first(struct merge *m, struct site *site, int64_t threshold, uint32_t node_limit)
{
	struct carved_price_query query = {
		.prices = m->query->prices, .place_value = m->advisor->place, .threshold = threshold, .node_limit = node_limit};
	struct carved_price_result result;
	carved_price_best(m->advisor->workspace, &m->advisor->pairs[site->pair], &query, &result);
	site->bound = result.answer == CARVED_PRICE_LIMIT ? result.bound : CARVED_PRICE_NO_PACKAGE;
	if (result.package.piece_count == 0)
		return;
	site->head.reduced = result.reduced;
	carved_advise_keep(&result.package, &m->scratch, &site->head.package);
	note_best(m, result.reduced);
}

static struct site *highest_bound(const struct merge *m)
{
	struct site *highest = NULL;
	for (uint32_t i = 0; i < m->advisor->pair_count; i++) {
		if (!highest || m->sites[i].bound > highest->bound)
			highest = &m->sites[i];
	}
	return highest;
}

// Every site at a small price; then what stands in the way of a proof that the first is the best, at the full one.
static void find_heads(struct merge *m)
{
	uint32_t count = m->advisor->pair_count, few = m->query->further_nodes, many = m->query->node_limit;
	for (uint32_t i = 0; i < count && m->sites[i].ceiling > threshold_of(m); i++)
		find_first(m, &m->sites[i], threshold_of(m), few < many ? few : many);
	for (uint32_t tries = 0; tries < count && few < many; tries++) {
		struct site *site = highest_bound(m);
		int64_t best = m->best_count > 0 ? m->best[0] : CARVED_PRICE_NO_PACKAGE, before = site->bound;
		if (before <= best)
			return;
		find_first(m, site, best, many);
		if (site->bound >= before || site->bound > (m->best_count > 0 ? m->best[0] : CARVED_PRICE_NO_PACKAGE))
			return; // no proof at that price
	}
}

static struct site *highest_head(const struct merge *m)
{
	struct site *best = NULL;
	for (uint32_t i = 0; i < m->advisor->pair_count; i++) {
		struct site *site = &m->sites[i];
		if (site->head.package.piece_count == 0)
			continue;
		if (!best || site->head.reduced > best->head.reduced ||
			(site->head.reduced == best->head.reduced && site->pair < best->pair))
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
	int64_t *heads = carved_alloc_array(m->advisor->pair_count, sizeof *heads), bar = CARVED_PRICE_NO_PACKAGE;
	uint32_t count = 0;
	for (uint32_t i = 0; i < m->advisor->pair_count; i++) {
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
		m->advisor, site->pair, m->query, site->taken, site->taken_count, bar_for(m, more), &m->scratch, &answer);
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
	item->paid = paid_by(m, &m->advisor->pairs[site->pair], &site->head.package);
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
