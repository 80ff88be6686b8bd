// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/instance.h"

uint32_t carved_instance_minutes(const struct carved_instance *instance, uint32_t candidate, uint32_t site)
{
	const struct carved_instance_candidate *c = &instance->candidates[candidate];
	uint32_t place = instance->sites[site].place;
	for (uint32_t i = 0; i < c->minutes.count; i++) {
		const struct carved_minutes *given = &instance->minutes[c->minutes.first + i];
		if (given->place == place)
			return given->minutes;
	}
	size_t row = (size_t)c->mode * instance->home_count + c->home;
	return instance->travel[row * instance->place_count + place];
}

bool carved_instance_is_below(const struct carved_instance *instance, uint32_t category, uint32_t ancestor)
{
	while (category != CARVED_NONE && category != ancestor)
		category = instance->parents[category];
	return category == ancestor;
}

bool carved_instance_has_word(const struct carved_instance *instance, struct carved_range range, uint32_t word)
{
	const uint32_t *words = instance->words + range.first;
	uint32_t low = 0, high = range.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (words[middle] < word)
			low = middle + 1;
		else
			high = middle;
	}
	return low < range.count && words[low] == word;
}

bool carved_instance_words_meet(const struct carved_instance *instance, struct carved_range a, struct carved_range b)
{
	uint32_t i = 0, j = 0;
	while (i < a.count && j < b.count) {
		uint32_t left = instance->words[a.first + i], right = instance->words[b.first + j];
		if (left == right)
			return true;
		i += left < right;
		j += left > right;
	}
	return false;
}

bool carved_instance_overrules(const struct carved_instance *instance, const struct carved_instance_candidate *candidate,
	uint32_t slot, enum carved_overrule_rule rule, uint32_t category)
{
	for (uint32_t i = 0; i < candidate->overrules.count; i++) {
		const struct carved_overrule *overrule = &instance->overrules[candidate->overrules.first + i];
		if (overrule->slot == slot && overrule->rule == (uint32_t)rule &&
			(category == CARVED_NONE || carved_instance_is_below(instance, category, overrule->category)))
			return true;
	}
	return false;
}

void carved_instance_deinit(struct carved_instance *instance)
{
	carved_arena_deinit(&instance->arena);
	*instance = (struct carved_instance){0};
}
