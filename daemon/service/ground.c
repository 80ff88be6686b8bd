// SPDX-License-Identifier: EUPL-1.2
#include "ground.h"
#include "carved/model/compile.h"
#include <stdlib.h>

struct carved_ground *carved_ground_make(struct carved_region *region, carved_date date, const struct carved_weights *weights,
	struct carved_past *past, const struct carved_region *people)
{
	struct carved_ground *ground = carved_alloc_array(1, sizeof *ground);
	ground->region = carved_region_ref(region);
	ground->date = date;
	ground->references = 1;
	carved_compile(region, date, weights, &ground->instance);
	ground->asks = carved_asks_new(&ground->instance);
	ground->singles = carved_singles_new(region, date, weights);
	if (!past)
		return ground;
	ground->past = carved_past_ref(past);
	carved_past_lay(past, people, region, carved_singles_table(ground->singles), &ground->instance, &ground->standing);
	return ground;
}

struct carved_ground *carved_ground_ref(struct carved_ground *ground)
{
	__atomic_add_fetch(&ground->references, 1, __ATOMIC_RELAXED);
	return ground;
}

void carved_ground_unref(struct carved_ground *ground)
{
	if (!ground || __atomic_sub_fetch(&ground->references, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	carved_arena_deinit(&ground->standing.arena);
	carved_singles_free(ground->singles);
	carved_asks_free(ground->asks);
	carved_instance_deinit(&ground->instance);
	carved_past_unref(ground->past);
	carved_region_unref(ground->region);
	free(ground);
}
