// SPDX-License-Identifier: EUPL-1.2
// A list of numbers (people, pairs, columns) by what they are worth, best first; those of equal worth by number.
#pragma once
#include <stdint.h>

struct carved_ranked {
	int64_t worth;
	uint32_t index;
};

// Zeroed it is empty.
struct carved_ranking {
	struct carved_ranked *items;
	uint32_t count, capacity;
};

void carved_ranking_deinit(struct carved_ranking *ranking);

// Empties it; its memory stays for the next list.
void carved_ranking_clear(struct carved_ranking *ranking);

void carved_ranking_add(struct carved_ranking *ranking, int64_t worth, uint32_t index);
void carved_ranking_sort(struct carved_ranking *ranking);
