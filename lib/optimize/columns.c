// SPDX-License-Identifier: EUPL-1.2
#include "columns.h"
#include <stdlib.h>
#include <string.h>

#define RESERVED_USES 16 // of a package, in the mean

void carved_columns_init(struct carved_columns *pool, const struct carved_problem *problem)
{
	uint32_t candidates = problem->instance->candidates_count;
	*pool = (struct carved_columns){.problem = problem, .bucket_count = 4096};
	pool->of_candidate = carved_alloc_array(candidates, sizeof *pool->of_candidate);
	memset(pool->of_candidate, 0xFF, candidates * sizeof *pool->of_candidate);
	pool->buckets = carved_alloc_array(pool->bucket_count, sizeof *pool->buckets);
	memset(pool->buckets, 0xFF, pool->bucket_count * sizeof *pool->buckets);
}

void carved_columns_deinit(struct carved_columns *pool)
{
	free(pool->columns);
	free(pool->uses);
	free(pool->of_candidate);
	free(pool->buckets);
	*pool = (struct carved_columns){0};
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0xD6E8FEB86659FD93u;
	return hash ^ hash >> 32;
}

static uint64_t hash_of(uint32_t pair, enum carved_package_kind kind, const struct carved_use *uses, uint32_t pieces)
{
	uint64_t hash = mix((uint64_t)pair << 1, (uint64_t)kind);
	for (uint32_t p = 0; p < pieces; p++)
		hash = mix(hash, (uint64_t)uses[p].resource << 32 | uses[p].amount);
	return hash;
}

static uint64_t hash_of_column(const struct carved_columns *pool, const struct carved_column *column)
{
	return hash_of(column->pair, column->kind, carved_columns_uses(pool, column), column->piece_count);
}

static void put_in_bucket(struct carved_columns *pool, uint64_t hash, uint32_t column)
{
	uint32_t bucket = (uint32_t)hash & (pool->bucket_count - 1);
	while (pool->buckets[bucket] != CARVED_NONE)
		bucket = (bucket + 1) & (pool->bucket_count - 1);
	pool->buckets[bucket] = column;
}

static void grow_buckets(struct carved_columns *pool)
{
	if (pool->count < pool->bucket_count / 2)
		return;
	pool->bucket_count *= 2;
	pool->buckets = carved_realloc_array(pool->buckets, pool->bucket_count, sizeof *pool->buckets);
	memset(pool->buckets, 0xFF, pool->bucket_count * sizeof *pool->buckets);
	for (uint32_t q = 0; q < pool->count; q++)
		put_in_bucket(pool, hash_of_column(pool, &pool->columns[q]), q);
}

static uint32_t find(const struct carved_columns *pool, uint64_t hash, uint32_t pair, enum carved_package_kind kind,
	const struct carved_use *uses, uint32_t pieces)
{
	uint32_t bucket = (uint32_t)hash & (pool->bucket_count - 1);
	for (; pool->buckets[bucket] != CARVED_NONE; bucket = (bucket + 1) & (pool->bucket_count - 1)) {
		const struct carved_column *column = &pool->columns[pool->buckets[bucket]];
		if (column->pair == pair && column->kind == kind && column->piece_count == pieces &&
			memcmp(carved_columns_uses(pool, column), uses, pieces * sizeof *uses) == 0)
			return pool->buckets[bucket];
	}
	return CARVED_NONE;
}

// Room for so many more uses behind those in use.
static struct carved_use *reserve_uses(struct carved_columns *pool, uint32_t most)
{
	if (pool->use_capacity - pool->use_count < most) {
		pool->use_capacity = pool->use_capacity * 2 + most + 1024;
		pool->uses = carved_realloc_array(pool->uses, pool->use_capacity, sizeof *pool->uses);
	}
	return pool->uses + pool->use_count;
}

static uint32_t most_uses(uint32_t pieces)
{
	return pieces * 2 + CARVED_FIXED_USES;
}

static void reserve_columns(struct carved_columns *pool, uint32_t most)
{
	if (pool->capacity - pool->count < most) {
		pool->capacity = pool->capacity * 2 + most;
		pool->columns = carved_realloc_array(pool->columns, pool->capacity, sizeof *pool->columns);
	}
}

void carved_columns_reserve(struct carved_columns *pool, uint32_t columns)
{
	reserve_columns(pool, columns);
	reserve_uses(pool, columns * RESERVED_USES);
}

bool carved_columns_has_room(const struct carved_columns *pool, uint32_t pieces)
{
	return pool->count < pool->capacity && pool->use_capacity - pool->use_count >= most_uses(pieces);
}

// What a package takes from each donor: carved hours only, and none of tasks left undone. Pieces of a job stand together, as slots do.
static uint32_t list_donors(
	const struct carved_problem *problem, const struct carved_package *package, struct carved_use *ret_uses)
{
	uint32_t count = 0;
	if (package->kind == CARVED_WHOLE_VACANCY)
		return 0;
	for (uint32_t p = 0; p < package->piece_count; p++) {
		const struct carved_instance_slot *slot = &problem->instance->slots[package->pieces[p].slot];
		uint32_t resource = problem->donors + slot->job;
		if (slot->undone)
			continue;
		if (count > 0 && ret_uses[count - 1].resource == resource)
			ret_uses[count - 1].amount += package->pieces[p].hours_q;
		else
			ret_uses[count++] = (struct carved_use){resource, package->pieces[p].hours_q};
	}
	return count;
}

// Adds a column whose uses stand behind those in use already (reserve_uses).
static uint32_t append(struct carved_columns *pool, const struct carved_column *column, uint64_t hash)
{
	uint32_t number = pool->count;
	grow_buckets(pool);
	reserve_columns(pool, 1);
	pool->columns[number] = *column;
	pool->columns[number].first = pool->use_count;
	pool->columns[number].next = pool->of_candidate[column->candidate];
	pool->of_candidate[column->candidate] = number;
	pool->use_count += column->use_count;
	pool->count++;
	put_in_bucket(pool, hash, number);
	return number;
}

uint32_t carved_columns_add(struct carved_columns *pool, uint32_t pair, const struct carved_package *package, int64_t reduced,
	const int64_t *prices, bool *ret_new)
{
	const struct carved_problem *problem = pool->problem;
	const struct carved_pair_brief *of = &problem->pairs[pair];
	struct carved_use *uses = reserve_uses(pool, most_uses(package->piece_count));
	for (uint32_t p = 0; p < package->piece_count; p++)
		uses[p] = (struct carved_use){package->pieces[p].slot, package->pieces[p].hours_q};
	uint64_t hash = hash_of(pair, package->kind, uses, package->piece_count);
	uint32_t number = find(pool, hash, pair, package->kind, uses, package->piece_count);
	if (ret_new)
		*ret_new = number == CARVED_NONE;
	if (number != CARVED_NONE)
		return number;
	uint32_t count = package->piece_count;
	count += list_donors(problem, package, uses + count);
	count += carved_problem_fixed_uses(problem, of->candidate, of->site, uses + count);
	number = append(pool,
		&(struct carved_column){.candidate = of->candidate,
			.pair = pair,
			.use_count = count,
			.piece_count = package->piece_count,
			.kind = package->kind,
			.value = package->value},
		hash);
	pool->columns[number].worth = reduced + carved_columns_charge(pool, number, prices);
	return number;
}

uint32_t carved_columns_copy(struct carved_columns *pool, const struct carved_columns *from, uint32_t column)
{
	const struct carved_column *of = &from->columns[column];
	const struct carved_use *uses = carved_columns_uses(from, of);
	const uint64_t hash = hash_of(of->pair, of->kind, uses, of->piece_count);
	const uint32_t number = find(pool, hash, of->pair, of->kind, uses, of->piece_count);
	if (number != CARVED_NONE)
		return number;
	memcpy(reserve_uses(pool, of->use_count), uses, of->use_count * sizeof *uses);
	return append(pool, of, hash);
}

void carved_columns_clear(struct carved_columns *pool)
{
	for (uint32_t q = 0; q < pool->count; q++)
		pool->of_candidate[pool->columns[q].candidate] = CARVED_NONE;
	memset(pool->buckets, 0xFF, pool->bucket_count * sizeof *pool->buckets);
	pool->count = pool->use_count = 0;
}

bool carved_columns_fit(const struct carved_columns *pool, uint32_t column, const uint32_t *left)
{
	const struct carved_column *of = &pool->columns[column];
	const struct carved_use *uses = carved_columns_uses(pool, of);
	for (uint32_t u = of->use_count; u-- > 0;) { // the fixed uses, last, are the scarcest
		if (uses[u].amount > left[uses[u].resource])
			return false;
	}
	return true;
}

int64_t carved_columns_charge(const struct carved_columns *pool, uint32_t column, const int64_t *prices)
{
	const struct carved_use *uses = carved_columns_uses(pool, &pool->columns[column]);
	int64_t charge = 0;
	for (uint32_t u = 0; u < pool->columns[column].use_count; u++)
		charge += prices[uses[u].resource] * uses[u].amount;
	return charge;
}

int64_t carved_columns_best(const struct carved_columns *pool, uint32_t candidate, const int64_t *prices, uint32_t *ret_column)
{
	int64_t best = 0;
	uint32_t best_column = CARVED_NONE;
	for (uint32_t q = pool->of_candidate[candidate]; q != CARVED_NONE; q = pool->columns[q].next) {
		int64_t reduced = pool->columns[q].worth - carved_columns_charge(pool, q, prices);
		if (reduced > best) {
			best = reduced;
			best_column = q;
		}
	}
	*ret_column = best_column;
	return best;
}
