// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/region.h"
#include <stdlib.h>
#include <string.h>

struct carved_region *carved_region_new(void)
{
	struct carved_region *region = carved_alloc_array(1, sizeof *region);
	region->references = 1;
	return region;
}

struct carved_region *carved_region_ref(struct carved_region *region)
{
	__atomic_add_fetch(&region->references, 1, __ATOMIC_RELAXED);
	return region;
}

void carved_region_unref(struct carved_region *region)
{
	if (!region || __atomic_sub_fetch(&region->references, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		for (size_t i = 0; i < region->count[kind]; i++)
			carved_document_unref(region->documents[kind][i]);
		free(region->documents[kind]);
	}
	carved_exclusions_unref(region->exclusions);
	carved_region_unref(region->whole);
	free(region->options_elsewhere);
	free(region);
}

size_t carved_region_index(const struct carved_region *region, enum carved_kind kind, const char *ref)
{
	size_t low = 0, high = region->count[kind];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(region->documents[kind][middle]->ref, ref);
		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return SIZE_MAX;
}

struct carved_document *carved_region_find(const struct carved_region *region, enum carved_kind kind, const char *ref)
{
	size_t index = carved_region_index(region, kind, ref);
	return index == SIZE_MAX ? NULL : region->documents[kind][index];
}

// Changes are all in one array, so that of two with one ref the later address is the later change.
static int compare_changes(const void *a, const void *b)
{
	const struct carved_region_change *x = *(const struct carved_region_change *const *)a;
	const struct carved_region_change *y = *(const struct carved_region_change *const *)b;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	int order = strcmp(x->ref, y->ref);
	return order ? order : (x > y) - (x < y);
}

// Merges the documents of one kind with its changes, both sorted by ref.
static void merge(struct carved_region *into, const struct carved_region *region, enum carved_kind kind,
	const struct carved_region_change *const *changes, size_t count)
{
	size_t old = 0, next = 0, used = 0, old_count = region->count[kind];
	struct carved_document **documents = carved_alloc_array(old_count + count, sizeof *documents);
	while (old < old_count || next < count) {
		int order = old == old_count ? 1
			    : next == count  ? -1
					     : strcmp(region->documents[kind][old]->ref, changes[next]->ref);
		if (order < 0) {
			documents[used++] = carved_document_ref(region->documents[kind][old++]);
			continue;
		}
		if (order == 0)
			old++;
		while (next + 1 < count && strcmp(changes[next]->ref, changes[next + 1]->ref) == 0)
			next++; // the later one wins
		if (changes[next]->document)
			documents[used++] = carved_document_ref(changes[next]->document);
		next++;
	}
	into->documents[kind] = documents;
	into->count[kind] = used;
}

struct carved_region *carved_region_apply(
	const struct carved_region *region, const struct carved_region_change *changes, size_t count)
{
	struct carved_region *after = carved_region_new();
	const struct carved_region_change **sorted = carved_alloc_array(count, sizeof *sorted);
	after->version = region->version + 1;
	after->exclusions = carved_exclusions_ref(region->exclusions);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &changes[i];
	if (count > 1)
		qsort(sorted, count, sizeof *sorted, compare_changes);
	size_t begin = 0;
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		size_t end = begin;
		while (end < count && sorted[end]->kind == (enum carved_kind)kind)
			end++;
		merge(after, region, (enum carved_kind)kind, sorted + begin, end - begin);
		begin = end;
	}
	free(sorted);
	return after;
}

struct carved_region *carved_region_exclude(const struct carved_region *region, struct carved_exclusions *exclusions)
{
	struct carved_region *after = carved_region_apply(region, NULL, 0);
	carved_exclusions_unref(after->exclusions);
	after->exclusions = carved_exclusions_ref(exclusions);
	return after;
}
