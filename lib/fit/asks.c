// SPDX-License-Identifier: EUPL-1.2
#include "asks.h"
#include <stdlib.h>
#include <string.h>

enum {
	LEVELS = 5,
	ASKS_MOST = 1024,
	NOT_NUMBERED = 0xFFFF
}; // what comes after so many is left out of the sets, and looked at slot by slot

uint64_t carved_asks_signature(const struct carved_instance *instance, struct carved_range tags)
{
	uint64_t signature = 0;
	for (uint32_t i = 0; i < tags.count; i++)
		signature |= (uint64_t)1 << instance->words[tags.first + i] % 64;
	return signature;
}

struct numbering {
	struct carved_asks *asks;
	uint16_t *numbers; // per list, category and level
};

static uint16_t *place_of(const struct numbering *n, bool exposure, const struct carved_level *asked)
{
	return &n->numbers[((exposure ? n->asks->instance->parents_count : 0) + asked->category) * LEVELS + asked->level];
}

static void number_list(struct numbering *n, bool exposure, struct carved_range list)
{
	struct carved_asks *asks = n->asks;
	for (uint32_t i = 0; i < list.count && asks->count < ASKS_MOST; i++) {
		const struct carved_level *asked = &asks->instance->levels[list.first + i];
		uint16_t *number = place_of(n, exposure, asked);
		if (*number != NOT_NUMBERED)
			continue;
		*number = (uint16_t)asks->count;
		asks->list[asks->count++] = (struct carved_ask){exposure, *asked};
	}
}

static void set_bits(const struct numbering *n, bool exposure, struct carved_range list, uint64_t *set)
{
	for (uint32_t i = 0; i < list.count; i++) {
		uint16_t number = *place_of(n, exposure, &n->asks->instance->levels[list.first + i]);
		if (number != NOT_NUMBERED)
			set[number / 64] |= (uint64_t)1 << number % 64;
	}
}

struct carved_asks *carved_asks_new(const struct carved_instance *instance)
{
	struct carved_asks *asks = carved_alloc_array(1, sizeof *asks);
	size_t keys = (size_t)instance->parents_count * 2 * LEVELS;
	struct numbering n = {.asks = asks, .numbers = carved_alloc_array(keys, sizeof *n.numbers)};
	memset(n.numbers, 0xFF, keys * sizeof *n.numbers);
	asks->instance = instance;
	asks->list = carved_alloc_array(ASKS_MOST, sizeof *asks->list);
	for (uint32_t t = 0; t < instance->slots_count; t++) {
		number_list(&n, false, instance->slots[t].demands);
		number_list(&n, true, instance->slots[t].exposures);
	}
	asks->words = (asks->count + 63) / 64;
	asks->of_slot = carved_alloc_array((size_t)instance->slots_count * asks->words, sizeof *asks->of_slot);
	asks->tags = carved_alloc_array(instance->slots_count, sizeof *asks->tags);
	for (uint32_t t = 0; t < instance->slots_count; t++) {
		uint64_t *set = asks->of_slot + (size_t)t * asks->words;
		set_bits(&n, false, instance->slots[t].demands, set);
		set_bits(&n, true, instance->slots[t].exposures, set);
		asks->tags[t] = carved_asks_signature(instance, instance->slots[t].tags);
	}
	free(n.numbers);
	return asks;
}

void carved_asks_free(struct carved_asks *asks)
{
	if (!asks)
		return;
	free(asks->list);
	free(asks->of_slot);
	free(asks->tags);
	free(asks);
}
