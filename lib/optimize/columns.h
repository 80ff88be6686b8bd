// SPDX-License-Identifier: EUPL-1.2
// Every package seen so far, each once: the columns of the restricted master and of the integer programs.
//
// Glossary
//   column   a package with what it is worth and what it uses
//   worth    its value before the two roundings down, in millionths of a point, rounded up: what reduced values and the bound count
#pragma once
#include "prepare.h"

struct carved_column {
	uint32_t candidate, pair;
	uint32_t first, use_count; // its uses; the first `piece_count` of them are slots: the pieces
	uint32_t piece_count;
	uint32_t next; // the candidate's next column, CARVED_NONE at the end
	enum carved_package_kind kind;
	int64_t value; // points
	int64_t worth; // micro
};

struct carved_columns {
	const struct carved_problem *problem;
	struct carved_column *columns;
	uint32_t count, capacity;
	struct carved_use *uses;
	uint32_t use_count, use_capacity;
	uint32_t *of_candidate; // per candidate: its newest column, CARVED_NONE without
	uint32_t *buckets;      // hash table of column numbers
	uint32_t bucket_count;  // a power of two
};

void carved_columns_init(struct carved_columns *pool, const struct carved_problem *problem);
void carved_columns_deinit(struct carved_columns *pool);

// Adds the package of a pair (value set, pieces sorted by slot), or finds it. `reduced`: its reduced value at `prices`.
// Returns its number; *ret_new (may be NULL) tells whether it was not known.
uint32_t carved_columns_add(struct carved_columns *pool, uint32_t pair, const struct carved_package *package, int64_t reduced,
	const int64_t *prices, bool *ret_new);

// Adds another pool's column, or finds it. Returns its number here. Requires: the pools are of one problem, and not the same.
uint32_t carved_columns_copy(struct carved_columns *pool, const struct carved_columns *from, uint32_t column);

// Forgets all columns; their memory stays for others.
void carved_columns_clear(struct carved_columns *pool);

// Room for so many columns more: until they are there, those who read columns are not disturbed by the one thread that adds some.
void carved_columns_reserve(struct carved_columns *pool, uint32_t columns);

// Whether a package of so many pieces can be added without more memory.
bool carved_columns_has_room(const struct carved_columns *pool, uint32_t pieces);

static inline const struct carved_use *carved_columns_uses(const struct carved_columns *pool, const struct carved_column *column)
{
	return pool->uses + column->first;
}

// Whether what the column uses is left (units per resource).
bool carved_columns_fit(const struct carved_columns *pool, uint32_t column, const uint32_t *left);

// What the column pays at the prices, micro; worth less this is its reduced value.
int64_t carved_columns_charge(const struct carved_columns *pool, uint32_t column, const int64_t *prices);

// The candidate's best reduced value over its columns at the prices: at least 0, with CARVED_NONE where no column is above 0.
int64_t carved_columns_best(const struct carved_columns *pool, uint32_t candidate, const int64_t *prices, uint32_t *ret_column);
