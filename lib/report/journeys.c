// SPDX-License-Identifier: EUPL-1.2
#include "journeys.h"
#include "carved/base/arena.h"
#include <math.h>
#include <stdlib.h>

struct bundled {
	struct carved_journey sum; // ends: each times its people
	int from, to;              // parts of the map
};

static int part_of(struct carved_map_point point, double part)
{
	return (int)floor(point.y / part) * 10000 + (int)floor(point.x / part);
}

static int compare_parts(const void *a, const void *b)
{
	const struct bundled *first = a, *second = b;
	if (first->from != second->from)
		return first->from < second->from ? -1 : 1;
	return (first->to > second->to) - (first->to < second->to);
}

static int compare_people(const void *a, const void *b)
{
	const struct carved_journey *first = a, *second = b;
	if (first->people != second->people)
		return first->people > second->people ? -1 : 1;
	if (first->from.x != second->from.x) // an order that does not hang on the sort
		return first->from.x < second->from.x ? -1 : 1;
	return (first->to.x > second->to.x) - (first->to.x < second->to.x);
}

static struct carved_map_point times(struct carved_map_point point, double factor)
{
	return (struct carved_map_point){point.x * factor, point.y * factor};
}

static void add(struct carved_journey *sum, const struct carved_journey *other)
{
	sum->from = (struct carved_map_point){sum->from.x + other->from.x, sum->from.y + other->from.y};
	sum->to = (struct carved_map_point){sum->to.x + other->to.x, sum->to.y + other->to.y};
	sum->people += other->people;
}

static size_t merge(struct bundled *bundled, size_t count)
{
	size_t merged = 0;
	qsort(bundled, count, sizeof *bundled, compare_parts);
	for (size_t i = 0; i < count; i++) {
		if (merged > 0 && compare_parts(&bundled[merged - 1], &bundled[i]) == 0)
			add(&bundled[merged - 1].sum, &bundled[i].sum);
		else
			bundled[merged++] = bundled[i];
	}
	return merged;
}

static size_t bundle(struct carved_journey *journeys, size_t count, double part)
{
	struct bundled *bundled = carved_alloc_array(count, sizeof *bundled);
	size_t used = 0, left = 0;
	for (size_t i = 0; i < count; i++) {
		const struct carved_journey *j = &journeys[i];
		int from = part_of(j->from, part), to = part_of(j->to, part);
		if (from != to)
			bundled[used++] =
				(struct bundled){{times(j->from, j->people), times(j->to, j->people), j->people}, from, to};
	}
	used = merge(bundled, used);
	for (size_t i = 0; i < used; i++) {
		const struct carved_journey *sum = &bundled[i].sum;
		journeys[left++] =
			(struct carved_journey){times(sum->from, 1 / sum->people), times(sum->to, 1 / sum->people), sum->people};
	}
	free(bundled);
	return left;
}

size_t carved_journeys_bundle(struct carved_journey *journeys, size_t count, size_t most, double part)
{
	if (count > most)
		count = bundle(journeys, count, part);
	qsort(journeys, count, sizeof *journeys, compare_people);
	return count < most ? count : most;
}
