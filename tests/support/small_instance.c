// SPDX-License-Identifier: EUPL-1.2
#include "small_instance.h"
#include <string.h>

enum { LIMITATIONS = 0, BARRIERS = 4, DEMANDS_0 = 8, EXPOSURES_0 = 9, LEVELS = 10 };

#define ARRAY(instance, member, type, ...)                                                                                       \
	do {                                                                                                                     \
		static const type items_[] = {__VA_ARGS__};                                                                      \
		(instance)->member = carved_arena_array(&(instance)->arena, type, sizeof items_ / sizeof *items_);               \
		memcpy((instance)->member, items_, sizeof items_);                                                               \
		(instance)->member##_count = (uint32_t)(sizeof items_ / sizeof *items_);                                         \
	} while (0)

static void add_site(struct carved_instance *in)
{
	ARRAY(in, sites, struct carved_instance_site,
		{.places = 2, .buddy_q = 40, .jobs = {0, 1}, .slots = {0, 2}, .facilities = {0, 1}});
	ARRAY(in, jobs, struct carved_instance_job, {.carvable = 1, .cap_q = 36, .openings = 1, .slots = {0, 2}});
	ARRAY(in, slots, struct carved_instance_slot,
		{.hours_q = 40,
			.unit_q = 40,
			.chunk_q = 4,
			.parts = 0xFFF,
			.supervisor = CARVED_NONE,
			.relief = 3,
			.level = 2,
			.company = CARVED_ALONE,
			.demands = {DEMANDS_0, 1},
			.exposures = {EXPOSURES_0, 1},
			.tags = {1, 1}},
		{.hours_q = 24,
			.unit_q = 24,
			.chunk_q = 2,
			.parts = 0xFFF,
			.supervisor = CARVED_NONE,
			.undone = 1,
			.tags = {2, 1}});
	ARRAY(in, words, uint32_t, 0 /* facility: aid 0 */, 0 /* indoor */, 2 /* plants */);
}

static void add_candidate(struct carved_instance *in)
{
	ARRAY(in, candidates, struct carved_instance_candidate,
		{.mode = CARVED_WALK,
			.max_minutes = 40,
			.matchable = 1,
			.min_q = 32,
			.max_q = 64,
			.per_day_q = 24,
			.per_visit_q = 8,
			.jobs_max = 3,
			.coach_q = 4,
			.buddy_q = 8,
			.level = 2,
			.challenge = CARVED_GROW,
			.company = CARVED_SMALL_TEAM,
			.priority = 1050,
			.parts = 0x33,
			.available_q = {16, 16, 0, 0, 16, 16}});
	ARRAY(in, coaches, struct carved_instance_coach, {.hours_q = 96, .reserve_q = CARVED_NONE});
}

void small_instance_init(struct carved_instance *in)
{
	*in = (struct carved_instance){.tag_count = 3, .aid_count = 1, .home_count = 1, .place_count = 1};
	carved_weights_init(&in->weights);
	add_site(in);
	add_candidate(in);
	ARRAY(in, parents, uint32_t, CARVED_NONE, 0, CARVED_NONE, CARVED_NONE);
	ARRAY(in, travel, uint16_t, 10, 10, 10, 10);
	in->levels = carved_arena_array(&in->arena, struct carved_level, LEVELS);
	in->levels_count = LEVELS;
	in->levels[DEMANDS_0] = (struct carved_level){.category = 0, .level = 1};
	in->levels[EXPOSURES_0] = (struct carved_level){.category = 3, .level = 1};
}

static void put_levels(
	struct carved_instance *in, struct carved_range *range, uint32_t first, const struct carved_level *levels, uint32_t count)
{
	*range = (struct carved_range){.first = first, .count = count};
	memcpy(in->levels + first, levels, count * sizeof *levels);
}

void small_instance_limitations(struct carved_instance *in, const struct carved_level *levels, uint32_t count)
{
	put_levels(in, &in->candidates[0].limitations, LIMITATIONS, levels, count);
}

void small_instance_barriers(struct carved_instance *in, const struct carved_level *levels, uint32_t count)
{
	put_levels(in, &in->candidates[0].barriers, BARRIERS, levels, count);
}
