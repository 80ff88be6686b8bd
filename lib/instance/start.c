// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/start.h"

// A pricing may not see packages that pay more than 10^9 points (price.h); what no package uses more of than there is can't, below this.
#define PRICES_MOST (INT64_C(1000000000) * CARVED_MICRO)

void carved_start_init(struct carved_start *start, const struct carved_instance *instance)
{
	*start = (struct carved_start){.most_changes = CARVED_NONE, .arena = CARVED_ARENA_INIT};
	carved_prices_init(&start->prices, instance, &start->arena);
}

void carved_start_deinit(struct carved_start *start)
{
	carved_arena_deinit(&start->arena);
	*start = (struct carved_start){0};
}

static bool prices_are_right(const struct carved_start *start, const struct carved_instance *instance)
{
	return carved_prices_are_below(&start->prices, instance, 1, PRICES_MOST);
}

bool carved_start_tame_prices(struct carved_start *start, const struct carved_instance *instance)
{
	if (prices_are_right(start, instance))
		return true;
	carved_prices_init(&start->prices, instance, &start->arena);
	return false;
}

static bool package_is_sound(const struct carved_start_package *package, const struct carved_instance *in)
{
	return package->keep <= CARVED_KEEP_WEIGHT_MOST && package->candidate < in->candidates_count &&
	       package->site < in->sites_count && package->kind <= CARVED_WHOLE_VACANCY && package->piece_count > 0 &&
	       carved_pieces_are_sound(package->pieces, package->piece_count, in, package->site);
}

bool carved_start_is_sound(const struct carved_start *start, const struct carved_instance *instance)
{
	if (start->keep_weight < 0 || start->keep_weight > CARVED_KEEP_WEIGHT_MOST || !prices_are_right(start, instance))
		return false;
	for (uint32_t i = 0; i < start->package_count; i++) {
		const struct carved_start_package *package = &start->packages[i];
		if (!package_is_sound(package, instance) || (i > 0 && package[-1].candidate >= package->candidate))
			return false;
	}
	return true;
}
