// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/start.h"
#include "carved/base/quarters.h"

// A pricing may not see packages that pay more than 10^9 points (price.h); what no package uses more of than there is can't, below this.
#define PRICES_MOST (INT64_C(1000000000) * CARVED_MICRO)

__extension__ typedef __int128 wide;

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

struct sum {
	bool right; // no price was negative
	wide micro; // prices x capacities; what there is none of counts once
};

static void add(struct sum *sum, int64_t price, uint32_t capacity)
{
	sum->right = sum->right && price >= 0;
	sum->micro += (wide)price * (capacity ? capacity : 1);
}

static bool prices_are_right(const struct carved_prices *prices, const struct carved_instance *in)
{
	struct sum sum = {.right = true};
	for (uint32_t t = 0; t < in->slots_count; t++)
		add(&sum, prices->slot[t], in->slots[t].hours_q);
	for (uint32_t j = 0; j < in->jobs_count; j++)
		add(&sum, prices->donor[j], in->jobs[j].cap_q);
	for (uint32_t s = 0; s < in->sites_count; s++) {
		add(&sum, prices->supervision[s], in->sites[s].buddy_q);
		add(&sum, prices->places[s], in->sites[s].places);
	}
	for (uint32_t k = 0; k < in->coaches_count; k++) {
		uint32_t reserve_q = in->coaches[k].reserve_q;
		add(&sum, prices->coach[k], in->coaches[k].hours_q);
		add(&sum, prices->reserve[k], reserve_q == CARVED_NONE ? 0 : reserve_q);
	}
	return sum.right && sum.micro < PRICES_MOST;
}

bool carved_start_tame_prices(struct carved_start *start, const struct carved_instance *instance)
{
	if (prices_are_right(&start->prices, instance))
		return true;
	carved_prices_init(&start->prices, instance, &start->arena);
	return false;
}

static bool package_is_sound(const struct carved_start_package *package, const struct carved_instance *in)
{
	if (package->keep > CARVED_KEEP_WEIGHT_MOST || package->candidate >= in->candidates_count ||
		package->site >= in->sites_count || package->kind > CARVED_WHOLE_VACANCY || package->piece_count == 0)
		return false;
	const struct carved_range *slots = &in->sites[package->site].slots;
	for (uint32_t i = 0; i < package->piece_count; i++) {
		const struct carved_piece *piece = &package->pieces[i];
		if (piece->slot < slots->first || piece->slot - slots->first >= slots->count)
			return false;
		if (piece->hours_q < 1 || piece->hours_q > CARVED_QUARTERS_PER_WEEK || (i > 0 && piece[-1].slot >= piece->slot))
			return false;
	}
	return true;
}

bool carved_start_is_sound(const struct carved_start *start, const struct carved_instance *instance)
{
	if (start->keep_weight < 0 || start->keep_weight > CARVED_KEEP_WEIGHT_MOST || !prices_are_right(&start->prices, instance))
		return false;
	for (uint32_t i = 0; i < start->package_count; i++) {
		const struct carved_start_package *package = &start->packages[i];
		if (!package_is_sound(package, instance) || (i > 0 && package[-1].candidate >= package->candidate))
			return false;
	}
	return true;
}
