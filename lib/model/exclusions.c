// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/exclusions.h"
#include "carved/base/arena.h"
#include <stdlib.h>
#include <string.h>

struct carved_exclusions {
	struct carved_exclusion *items;
	size_t count;
	struct carved_arena arena; // of the texts
	unsigned references;
};

struct carved_exclusions *carved_exclusions_ref(struct carved_exclusions *exclusions)
{
	if (exclusions)
		__atomic_add_fetch(&exclusions->references, 1, __ATOMIC_RELAXED);
	return exclusions;
}

void carved_exclusions_unref(struct carved_exclusions *exclusions)
{
	if (!exclusions || __atomic_sub_fetch(&exclusions->references, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	carved_arena_deinit(&exclusions->arena);
	free(exclusions->items);
	free(exclusions);
}

static int compare_pairs(const struct carved_exclusion *a, const struct carved_exclusion *b)
{
	int order = strcmp(a->candidate, b->candidate);
	return order ? order : strcmp(a->site, b->site);
}

// All are in one array, so that of two for one pair the later address is the later decline.
static int compare_declines(const void *a, const void *b)
{
	const struct carved_exclusion *x = *(const struct carved_exclusion *const *)a,
				      *y = *(const struct carved_exclusion *const *)b;
	int order = compare_pairs(x, y);
	return order ? order : (x > y) - (x < y);
}

// `next` comes after what the table says of the pair already, if anything.
static void put(struct carved_exclusions *table, const struct carved_exclusion *next)
{
	struct carved_exclusion *last = table->count ? &table->items[table->count - 1] : NULL;
	if (last && compare_pairs(last, next) == 0) {
		bool for_good = last->for_good || next->for_good;
		last->candidate_version = next->candidate_version;
		last->site_version = next->site_version;
		last->for_good = for_good;
		return;
	}
	struct carved_exclusion *added = &table->items[table->count++];
	*added = *next;
	added->candidate = carved_arena_strdup(&table->arena, next->candidate);
	added->site = carved_arena_strdup(&table->arena, next->site);
}

struct carved_exclusions *carved_exclusions_add_all(
	const struct carved_exclusions *exclusions, const struct carved_exclusion *declines, size_t count)
{
	size_t old_count = carved_exclusions_count(exclusions), old = 0, next = 0;
	struct carved_exclusions *table = carved_alloc_array(1, sizeof *table);
	const struct carved_exclusion **sorted = carved_alloc_array(count, sizeof *sorted);
	table->references = 1;
	table->items = carved_alloc_array(old_count + count, sizeof *table->items);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &declines[i];
	if (count > 1)
		qsort(sorted, count, sizeof *sorted, compare_declines);
	while (old < old_count || next < count) {
		bool from_old = next == count || (old < old_count && compare_pairs(&exclusions->items[old], sorted[next]) <= 0);
		put(table, from_old ? &exclusions->items[old++] : sorted[next++]);
	}
	free(sorted);
	return table;
}

struct carved_exclusions *carved_exclusions_add(
	const struct carved_exclusions *exclusions, const struct carved_exclusion *decline)
{
	return carved_exclusions_add_all(exclusions, decline, 1);
}

size_t carved_exclusions_count(const struct carved_exclusions *exclusions)
{
	return exclusions ? exclusions->count : 0;
}

const struct carved_exclusion *carved_exclusions_at(const struct carved_exclusions *exclusions, size_t index)
{
	return &exclusions->items[index];
}

const struct carved_exclusion *carved_exclusions_of(
	const struct carved_exclusions *exclusions, const char *candidate, size_t *ret_count)
{
	size_t low = 0, high = carved_exclusions_count(exclusions), end;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(exclusions->items[middle].candidate, candidate) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < carved_exclusions_count(exclusions) && strcmp(exclusions->items[end].candidate, candidate) == 0;
		end++)
		;
	*ret_count = end - low;
	return end > low ? &exclusions->items[low] : NULL;
}
