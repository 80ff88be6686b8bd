// SPDX-License-Identifier: EUPL-1.2
// How fast and how exact the pricer is on a region: bench_price REGION.ndjson.gz [NODE_LIMIT]
//
// Prices all feasible pairs with prices made by a plain subgradient (so they look like those of the optimiser), first with the threshold that column
// generation would use (the candidate's best package elsewhere), then 0 points, then none at all.
#include "carved/base/buffer.h"
#include "carved/model/compile.h"
#include "carved/price/price.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 40, HISTOGRAM = 12 };

struct bench {
	struct carved_instance instance;
	struct carved_arena arena;
	struct carved_pair *pairs;
	int64_t *place;  // per candidate
	uint32_t *first; // per candidate: its pairs
	uint32_t count;
	struct carved_prices prices;
	struct carved_price_workspace *workspace;
	int64_t *reduced; // per pair, at the prices now
	uint32_t node_limit;
};

static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static bool read_region(const char *path, struct carved_instance *instance)
{
	struct carved_buffer text = {0};
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	struct carved_weights weights;
	carved_date date;
	char command[600], block[65536];
	snprintf(command, sizeof command, "gzip -dc '%s'", path);
	FILE *pipe = popen(command, "r");
	for (size_t got; pipe && (got = fread(block, 1, sizeof block, pipe)) > 0;)
		carved_buffer_add(&text, block, got);
	if (!pipe || pclose(pipe) != 0 || !carved_date_parse("2026-11-22", &date, NULL))
		return false;
	if (!carved_parse_documents(text.data, text.length, CARVED_FORMAT_NDJSON, date, NULL, &parsed, &findings))
		return false;
	struct carved_region *empty = carved_region_new();
	struct carved_region_change *changes = calloc(parsed.count, sizeof *changes);
	for (size_t i = 0; changes && i < parsed.count; i++)
		changes[i] = (struct carved_region_change){
			.kind = parsed.documents[i]->kind, .ref = parsed.documents[i]->ref, .document = parsed.documents[i]};
	struct carved_region *region = carved_region_apply(empty, changes, parsed.count);
	carved_weights_init(&weights);
	carved_compile(region, date, &weights, instance);
	free(changes);
	carved_region_unref(empty);
	carved_region_unref(region);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
	return true;
}

static void prepare(struct bench *b)
{
	const struct carved_instance *in = &b->instance;
	double start = now_us();
	b->pairs = carved_alloc_array((size_t)in->candidates_count * in->sites_count + 1, sizeof *b->pairs);
	b->place = carved_alloc_array(in->candidates_count, sizeof *b->place);
	b->first = carved_alloc_array(in->candidates_count + 1, sizeof *b->first);
	uint64_t slots = 0;
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		struct carved_profile *profile = carved_profile_new(in, c);
		b->place[c] = carved_fit_place(in, c, carved_profile_options(profile));
		b->first[c] = b->count;
		for (uint32_t s = 0; s < in->sites_count; s++)
			b->count += carved_profile_prepare(profile, s, &b->arena, &b->pairs[b->count]);
		carved_profile_free(profile);
	}
	b->first[in->candidates_count] = b->count;
	for (uint32_t i = 0; i < b->count; i++)
		slots += b->pairs[i].slot_count;
	b->reduced = carved_alloc_array(b->count + 1, sizeof *b->reduced);
	printf("%u candidates, %u sites, %u slots; %u pairs with %.1f slots on average, prepared in %.0f ms\n",
		in->candidates_count, in->sites_count, in->slots_count, b->count, (double)slots / (b->count ? b->count : 1),
		(now_us() - start) / 1000);
}

static void price_pair(struct bench *b, uint32_t pair, int64_t threshold, struct carved_price_result *result)
{
	struct carved_price_query query = {.prices = &b->prices,
		.place_value = b->place[b->pairs[pair].candidate],
		.threshold = threshold,
		.node_limit = b->node_limit};
	carved_price_best(b->workspace, &b->pairs[pair], &query, result);
}

struct use {
	double *slot, *donor, *supervision, *places, *coach, *reserve;
};

static void add_use(const struct bench *b, const struct carved_package *p, struct use *use)
{
	const struct carved_instance_candidate *c = &b->instance.candidates[p->candidate];
	for (uint32_t i = 0; i < p->piece_count; i++) {
		const struct carved_instance_slot *slot = &b->instance.slots[p->pieces[i].slot];
		use->slot[p->pieces[i].slot] += p->pieces[i].hours_q;
		use->donor[slot->job] += p->kind == CARVED_CARVED && !slot->undone ? p->pieces[i].hours_q : 0;
	}
	use->supervision[p->site] += c->buddy_q;
	use->places[p->site] += 1;
	use->coach[c->coach] += c->coach_q;
	use->reserve[c->coach] += c->easy ? c->coach_q : 0;
}

static void move(int64_t *price, double use, double capacity, double step)
{
	double next = (double)*price + step * CARVED_MICRO * (use - capacity) / (capacity + 1);
	*price = next > 0 ? (int64_t)next : 0;
}

// One step of the subgradient; every candidate takes the best of all sites.
static void adjust(struct bench *b, double step)
{
	const struct carved_instance *in = &b->instance;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct use use = {carved_arena_array(&arena, double, in->slots_count), carved_arena_array(&arena, double, in->jobs_count),
		carved_arena_array(&arena, double, in->sites_count), carved_arena_array(&arena, double, in->sites_count),
		carved_arena_array(&arena, double, in->coaches_count), carved_arena_array(&arena, double, in->coaches_count)};
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		struct carved_price_result best = {.reduced = 0}, result;
		struct carved_piece pieces[672];
		for (uint32_t i = b->first[c]; i < b->first[c + 1]; i++) {
			price_pair(b, i, best.reduced, &result);
			b->reduced[i] = result.bound;
			if (!result.package.piece_count)
				continue;
			memcpy(pieces, result.package.pieces, result.package.piece_count * sizeof *pieces);
			best = result;
			best.package.pieces = pieces;
		}
		if (best.package.piece_count)
			add_use(b, &best.package, &use);
	}
	for (uint32_t t = 0; t < in->slots_count; t++)
		move(&b->prices.slot[t], use.slot[t], in->slots[t].hours_q, step);
	for (uint32_t j = 0; j < in->jobs_count; j++)
		move(&b->prices.donor[j], use.donor[j], in->jobs[j].cap_q, step);
	for (uint32_t s = 0; s < in->sites_count; s++) {
		move(&b->prices.places[s], use.places[s], in->sites[s].places, 40 * step);
		move(&b->prices.supervision[s], use.supervision[s], in->sites[s].buddy_q, 4 * step);
	}
	for (uint32_t k = 0; k < in->coaches_count; k++) {
		move(&b->prices.coach[k], use.coach[k], in->coaches[k].hours_q, 10 * step);
		if (in->coaches[k].reserve_q != CARVED_NONE)
			move(&b->prices.reserve[k], use.reserve[k], in->coaches[k].reserve_q, 10 * step);
	}
	carved_arena_deinit(&arena);
}

struct measured {
	uint32_t answers[3], histogram[HISTOGRAM], most_nodes;
	uint64_t nodes;
	double us, worst_us;
};

static void measure(struct bench *b, const int64_t *thresholds, const char *title)
{
	struct measured m = {0};
	for (uint32_t i = 0; i < b->count; i++) {
		struct carved_price_result result;
		double start = now_us(), took;
		price_pair(b, i, thresholds[i], &result);
		took = now_us() - start;
		m.us += took;
		m.worst_us = took > m.worst_us ? took : m.worst_us;
		m.answers[result.answer]++;
		m.nodes += result.nodes;
		m.most_nodes = result.nodes > m.most_nodes ? result.nodes : m.most_nodes;
		int bucket = 0;
		while (bucket < HISTOGRAM - 1 && result.nodes >> bucket > 0)
			bucket++;
		m.histogram[bucket]++;
	}
	printf("%-12s %6.1f us a call (worst %.0f); found %u, none %u, limit %u; nodes %.1f a call (most %u); by nodes "
	       "0,1,2-3,4-7..:",
		title, m.us / b->count, m.worst_us, m.answers[CARVED_PRICE_FOUND], m.answers[CARVED_PRICE_NONE],
		m.answers[CARVED_PRICE_LIMIT], (double)m.nodes / b->count, m.most_nodes);
	for (int i = 0; i < HISTOGRAM; i++)
		printf(" %u", m.histogram[i]);
	printf("\n");
}

static void measure_all(struct bench *b)
{
	int64_t *thresholds = carved_alloc_array(b->count + 1, sizeof *thresholds);
	for (uint32_t i = 0; i < b->count; i++)
		thresholds[i] = CARVED_PRICE_NO_PACKAGE;
	measure(b, thresholds, "everything");
	for (uint32_t i = 0; i < b->count; i++)
		thresholds[i] = 0;
	measure(b, thresholds, "above 0");
	for (uint32_t i = 0; i < b->count; i++) {
		struct carved_price_result result;
		price_pair(b, i, CARVED_PRICE_NO_PACKAGE, &result);
		b->reduced[i] = result.package.piece_count ? result.reduced : CARVED_PRICE_NO_PACKAGE;
	}
	for (uint32_t i = 0; i < b->count; i++) {
		uint32_t c = b->pairs[i].candidate;
		thresholds[i] = 0;
		for (uint32_t k = b->first[c]; k < b->first[c + 1]; k++)
			thresholds[i] = k != i && b->reduced[k] > thresholds[i] ? b->reduced[k] : thresholds[i];
	}
	measure(b, thresholds, "above others");
	free(thresholds);
}

int main(int argc, char **argv)
{
	struct bench b = {.node_limit = argc > 2 ? (uint32_t)atoi(argv[2]) : 2000};
	if (argc < 2 || !read_region(argv[1], &b.instance)) {
		fprintf(stderr, "usage: bench_price REGION.ndjson.gz [NODE_LIMIT]\n");
		return 2;
	}
	prepare(&b);
	b.workspace = carved_price_workspace_new(&b.instance);
	carved_prices_init(&b.prices, &b.instance, &b.arena);
	double start = now_us();
	for (int round = 0; round < ROUNDS; round++)
		adjust(&b, 120.0 / (1 + round / 4.0));
	printf("%d rounds of subgradient in %.0f ms\n", ROUNDS, (now_us() - start) / 1000);
	measure_all(&b);
	carved_price_workspace_free(b.workspace);
	carved_arena_deinit(&b.arena);
	carved_instance_deinit(&b.instance);
	free(b.pairs);
	free(b.place);
	free(b.first);
	free(b.reduced);
	return 0;
}
