// SPDX-License-Identifier: EUPL-1.2
#include "ranking.h"
#include "carved/base/arena.h"
#include <stdlib.h>

void carved_ranking_deinit(struct carved_ranking *ranking)
{
	free(ranking->items);
}

void carved_ranking_clear(struct carved_ranking *ranking)
{
	ranking->count = 0;
}

void carved_ranking_add(struct carved_ranking *ranking, int64_t worth, uint32_t index)
{
	if (ranking->count == ranking->capacity) {
		ranking->capacity = ranking->capacity ? ranking->capacity * 2 : 256;
		ranking->items = carved_realloc_array(ranking->items, ranking->capacity, sizeof *ranking->items);
	}
	ranking->items[ranking->count++] = (struct carved_ranked){worth, index};
}

static int by_worth(const void *a, const void *b)
{
	const struct carved_ranked *left = a, *right = b;
	if (left->worth != right->worth)
		return left->worth < right->worth ? 1 : -1;
	return left->index < right->index ? -1 : left->index > right->index;
}

void carved_ranking_sort(struct carved_ranking *ranking)
{
	if (ranking->count > 0)
		qsort(ranking->items, ranking->count, sizeof *ranking->items, by_worth);
}
