// SPDX-License-Identifier: EUPL-1.2
#include "pattern.h"
#include <stdlib.h>
#include <string.h>

void carved_patterns_init(
	struct carved_patterns *patterns, const struct carved_problem *problem, const struct carved_columns *pool)
{
	uint32_t sites = problem->instance->sites_count;
	*patterns = (struct carved_patterns){.problem = problem, .pool = pool, .bucket_count = 1024};
	patterns->of_site = carved_alloc_array(sites, sizeof *patterns->of_site);
	memset(patterns->of_site, 0xFF, sites * sizeof *patterns->of_site);
	patterns->buckets = carved_alloc_array(patterns->bucket_count, sizeof *patterns->buckets);
	memset(patterns->buckets, 0xFF, patterns->bucket_count * sizeof *patterns->buckets);
}

void carved_patterns_deinit(struct carved_patterns *patterns)
{
	free(patterns->patterns);
	free(patterns->columns);
	free(patterns->of_site);
	free(patterns->buckets);
	*patterns = (struct carved_patterns){0};
}

static uint64_t hash_of(const uint32_t *columns, uint32_t count)
{
	uint64_t hash = count;
	for (uint32_t i = 0; i < count; i++) {
		hash = (hash ^ columns[i]) * 0xD6E8FEB86659FD93u;
		hash ^= hash >> 32;
	}
	return hash;
}

static void put_in_bucket(struct carved_patterns *patterns, uint64_t hash, uint32_t pattern)
{
	uint32_t bucket = (uint32_t)hash & (patterns->bucket_count - 1);
	while (patterns->buckets[bucket] != CARVED_NONE)
		bucket = (bucket + 1) & (patterns->bucket_count - 1);
	patterns->buckets[bucket] = pattern;
}

static void grow_buckets(struct carved_patterns *patterns)
{
	if (patterns->count < patterns->bucket_count / 2)
		return;
	patterns->bucket_count *= 2;
	patterns->buckets = carved_realloc_array(patterns->buckets, patterns->bucket_count, sizeof *patterns->buckets);
	memset(patterns->buckets, 0xFF, patterns->bucket_count * sizeof *patterns->buckets);
	for (uint32_t p = 0; p < patterns->count; p++)
		put_in_bucket(patterns,
			hash_of(carved_patterns_columns(patterns, &patterns->patterns[p]), patterns->patterns[p].count), p);
}

static uint32_t find(const struct carved_patterns *patterns, uint64_t hash, const uint32_t *columns, uint32_t count)
{
	uint32_t bucket = (uint32_t)hash & (patterns->bucket_count - 1);
	for (; patterns->buckets[bucket] != CARVED_NONE; bucket = (bucket + 1) & (patterns->bucket_count - 1)) {
		const struct carved_pattern *pattern = &patterns->patterns[patterns->buckets[bucket]];
		if (pattern->count == count &&
			memcmp(carved_patterns_columns(patterns, pattern), columns, count * sizeof *columns) == 0)
			return patterns->buckets[bucket];
	}
	return CARVED_NONE;
}

static int by_candidate(const void *a, const void *b, void *context)
{
	const struct carved_columns *pool = context;
	uint32_t left = pool->columns[*(const uint32_t *)a].candidate, right = pool->columns[*(const uint32_t *)b].candidate;
	return left < right ? -1 : left > right;
}

uint32_t carved_patterns_add(struct carved_patterns *patterns, uint32_t site, uint32_t *columns, uint32_t count)
{
	const struct carved_columns *pool = patterns->pool;
	qsort_r(columns, count, sizeof *columns, by_candidate, (void *)(uintptr_t)pool);
	uint64_t hash = hash_of(columns, count);
	uint32_t number = find(patterns, hash, columns, count);
	if (number != CARVED_NONE)
		return number;
	if (patterns->count == patterns->capacity) {
		patterns->capacity = patterns->capacity ? patterns->capacity * 2 : 256;
		patterns->patterns = carved_realloc_array(patterns->patterns, patterns->capacity, sizeof *patterns->patterns);
	}
	if (patterns->column_capacity - patterns->column_count < count) {
		patterns->column_capacity = patterns->column_capacity * 2 + count + 1024;
		patterns->columns = carved_realloc_array(patterns->columns, patterns->column_capacity, sizeof *patterns->columns);
	}
	grow_buckets(patterns);
	struct carved_pattern pattern = {
		.site = site, .first = patterns->column_count, .count = count, .next = patterns->of_site[site]};
	for (uint32_t i = 0; i < count; i++) {
		patterns->columns[patterns->column_count++] = columns[i];
		pattern.worth += pool->columns[columns[i]].worth;
		pattern.value += pool->columns[columns[i]].value;
	}
	patterns->of_site[site] = patterns->count;
	patterns->patterns[patterns->count] = pattern;
	put_in_bucket(patterns, hash, patterns->count);
	return patterns->count++;
}

void carved_patterns_add_plan(struct carved_patterns *patterns, const struct carved_draft *plan)
{
	const struct carved_problem *problem = patterns->problem;
	uint32_t sites = problem->instance->sites_count, candidates = problem->instance->candidates_count;
	uint32_t *end = carved_alloc_array((size_t)sites + 1, sizeof *end); // per site: behind its last column in `list`
	uint32_t *list = carved_alloc_array(candidates, sizeof *list);
	for (uint32_t c = 0; c < candidates; c++) {
		if (plan->column[c] != CARVED_NONE)
			end[problem->pairs[patterns->pool->columns[plan->column[c]].pair].site + 1]++;
	}
	for (uint32_t s = 0; s < sites; s++)
		end[s + 1] += end[s];
	for (uint32_t c = 0; c < candidates; c++) {
		if (plan->column[c] != CARVED_NONE)
			list[end[problem->pairs[patterns->pool->columns[plan->column[c]].pair].site]++] = plan->column[c];
	}
	for (uint32_t s = 0; s < sites; s++) {
		uint32_t first = s ? end[s - 1] : 0;
		if (end[s] > first)
			carved_patterns_add(patterns, s, list + first, end[s] - first);
	}
	free(end);
	free(list);
}

int64_t carved_patterns_reduced(const struct carved_patterns *patterns, uint32_t pattern, const int64_t *charges)
{
	const struct carved_pattern *of = &patterns->patterns[pattern];
	const uint32_t *columns = carved_patterns_columns(patterns, of);
	int64_t reduced = of->worth;
	for (uint32_t i = 0; i < of->count; i++)
		reduced -= charges[patterns->pool->columns[columns[i]].candidate];
	return reduced;
}
