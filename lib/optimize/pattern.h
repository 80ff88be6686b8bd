// SPDX-License-Identifier: EUPL-1.2
// Every site pattern seen so far, each once: packages of the pool that fit at one site together, one a candidate at most.
#pragma once
#include "draft.h"

struct carved_pattern {
	uint32_t site;
	uint32_t first, count; // its columns
	uint32_t next;         // the site's next pattern, CARVED_NONE at the end
	int64_t value;         // points
	int64_t worth;         // micro
};

struct carved_patterns {
	const struct carved_problem *problem;
	const struct carved_columns *pool;
	struct carved_pattern *patterns;
	uint32_t count, capacity;
	uint32_t *columns; // of the pool
	uint32_t column_count, column_capacity;
	uint32_t *of_site; // per site: its newest pattern, CARVED_NONE without
	uint32_t *buckets; // hash table of pattern numbers
	uint32_t bucket_count;
};

void carved_patterns_init(
	struct carved_patterns *patterns, const struct carved_problem *problem, const struct carved_columns *pool);
void carved_patterns_deinit(struct carved_patterns *patterns);

// Adds a pattern of the site, or finds it. Sorts `columns` by candidate. Returns its number. Requires: count > 0.
uint32_t carved_patterns_add(struct carved_patterns *patterns, uint32_t site, uint32_t *columns, uint32_t count);

// Adds what the plan has at each site.
void carved_patterns_add_plan(struct carved_patterns *patterns, const struct carved_draft *plan);

static inline const uint32_t *carved_patterns_columns(
	const struct carved_patterns *patterns, const struct carved_pattern *pattern)
{
	return patterns->columns + pattern->first;
}

// Its worth less the charges of its candidates, micro.
int64_t carved_patterns_reduced(const struct carved_patterns *patterns, uint32_t pattern, const int64_t *charges);
