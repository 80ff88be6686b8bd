// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/solution.h"
#include <string.h>

// Each kind of price once: X(member, array of the instance that it runs along)
#define PRICES(X) X(slot, slots) X(donor, jobs) X(supervision, sites) X(places, sites) X(coach, coaches) X(reserve, coaches)

void carved_prices_init(struct carved_prices *prices, const struct carved_instance *instance, struct carved_arena *arena)
{
#define X(member, array) prices->member = carved_arena_array(arena, int64_t, instance->array##_count);
	PRICES(X)
#undef X
}

void carved_prices_copy(struct carved_prices *to, const struct carved_prices *from, const struct carved_instance *instance)
{
#define X(member, array) memcpy(to->member, from->member, instance->array##_count * sizeof *to->member);
	PRICES(X)
#undef X
}

int64_t carved_prices_capacity_value(const struct carved_prices *prices, const struct carved_instance *instance)
{
	int64_t sum = 0;
	for (uint32_t t = 0; t < instance->slots_count; t++)
		sum += prices->slot[t] * instance->slots[t].hours_q;
	for (uint32_t j = 0; j < instance->jobs_count; j++)
		sum += prices->donor[j] * instance->jobs[j].cap_q;
	for (uint32_t s = 0; s < instance->sites_count; s++)
		sum += prices->supervision[s] * instance->sites[s].buddy_q + prices->places[s] * instance->sites[s].places;
	for (uint32_t k = 0; k < instance->coaches_count; k++) {
		const struct carved_instance_coach *coach = &instance->coaches[k];
		sum += prices->coach[k] * coach->hours_q;
		if (coach->reserve_q != CARVED_NONE)
			sum += prices->reserve[k] * coach->reserve_q;
	}
	return sum;
}

void carved_solution_deinit(struct carved_solution *solution)
{
	carved_arena_deinit(&solution->arena);
	*solution = (struct carved_solution){0};
}
