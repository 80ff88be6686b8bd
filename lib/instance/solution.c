// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/solution.h"
#include "carved/base/quarters.h"
#include <string.h>

bool carved_pieces_are_sound(
	const struct carved_piece *pieces, uint32_t count, const struct carved_instance *instance, uint32_t site)
{
	const struct carved_range *slots = &instance->sites[site].slots;
	for (uint32_t i = 0; i < count; i++) {
		const struct carved_piece *piece = &pieces[i];
		if (piece->slot < slots->first || piece->slot - slots->first >= slots->count)
			return false;
		if (piece->hours_q < 1 || piece->hours_q > CARVED_QUARTERS_PER_WEEK || (i > 0 && piece[-1].slot >= piece->slot))
			return false;
	}
	return true;
}

void carved_prices_init(struct carved_prices *prices, const struct carved_instance *instance, struct carved_arena *arena)
{
#define X(member, array) prices->member = carved_arena_array(arena, int64_t, instance->array##_count);
	CARVED_PRICE_KINDS(X)
#undef X
}

void carved_prices_copy(struct carved_prices *to, const struct carved_prices *from, const struct carved_instance *instance)
{
#define X(member, array) memcpy(to->member, from->member, instance->array##_count * sizeof *to->member);
	CARVED_PRICE_KINDS(X)
#undef X
}

int64_t carved_prices_site_value(const struct carved_prices *prices, const struct carved_instance *instance, uint32_t site)
{
	const struct carved_instance_site *s = &instance->sites[site];
	int64_t sum = prices->supervision[site] * s->buddy_q + prices->places[site] * s->places;
	for (uint32_t t = s->slots.first; t < s->slots.first + s->slots.count; t++)
		sum += prices->slot[t] * instance->slots[t].hours_q;
	for (uint32_t j = s->jobs.first; j < s->jobs.first + s->jobs.count; j++)
		sum += prices->donor[j] * instance->jobs[j].cap_q;
	return sum;
}

int64_t carved_prices_coaches_value(const struct carved_prices *prices, const struct carved_instance *instance)
{
	int64_t sum = 0;
	for (uint32_t k = 0; k < instance->coaches_count; k++) {
		const struct carved_instance_coach *coach = &instance->coaches[k];
		sum += prices->coach[k] * coach->hours_q;
		if (coach->reserve_q != CARVED_NONE)
			sum += prices->reserve[k] * coach->reserve_q;
	}
	return sum;
}

int64_t carved_prices_capacity_value(const struct carved_prices *prices, const struct carved_instance *instance)
{
	int64_t sum = carved_prices_coaches_value(prices, instance);
	for (uint32_t s = 0; s < instance->sites_count; s++)
		sum += carved_prices_site_value(prices, instance, s);
	return sum;
}

__extension__ typedef __int128 wide;

struct sum {
	bool right; // no price was negative
	wide micro;
	uint32_t none; // what counts where there is none
};

static void add(struct sum *sum, int64_t price, uint32_t capacity)
{
	sum->right = sum->right && price >= 0;
	sum->micro += (wide)price * (capacity ? capacity : sum->none);
}

bool carved_prices_are_below(const struct carved_prices *prices, const struct carved_instance *in, uint32_t none, int64_t most)
{
	struct sum sum = {.right = true, .none = none};
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
	return sum.right && sum.micro < most;
}

void carved_solution_deinit(struct carved_solution *solution)
{
	carved_arena_deinit(&solution->arena);
	*solution = (struct carved_solution){0};
}
