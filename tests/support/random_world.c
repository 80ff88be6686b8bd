// SPDX-License-Identifier: EUPL-1.2
#include "support/random_world.h"

enum { CODES = 4, PARTS_PER_DAY = 4 };

static const char *const demands[CODES] = {"d430", "d4300", "d720", "d240"};
static const char *const exposures[2] = {"e250", "e225"};
static const char *const words[3] = {"outdoor", "cleaning", "plants"};

struct making {
	struct world *world;
	struct random_stream random, growth; // the second for build-ups alone
};

static int between(struct making *m, int low, int high)
{
	return low + (int)random_below(&m->random, (uint32_t)(high - low + 1));
}

static bool chance(struct making *m, uint32_t percent)
{
	return random_chance(&m->random, percent);
}

static void some_levels(struct making *m, struct carved_qualifiers *levels, const char *const *codes, int count, int high)
{
	for (int i = 0; i < count; i++) {
		if (chance(m, 40))
			world_add_level(m->world, levels, codes[i], (uint8_t)between(m, 1, high));
	}
}

static void some_words(struct making *m, struct carved_texts *texts, uint32_t percent)
{
	for (int i = 0; i < 3; i++) {
		if (chance(m, percent))
			world_add_text(m->world, texts, words[i]);
	}
}

// Who starts with less; hours of both steps may well be more than the person wants at most.
static void make_build_up(struct making *m, struct carved_candidate *c)
{
	int first_q = 4 + (int)random_below(&m->growth, 11);
	if (!random_chance(&m->growth, 25))
		return;
	c->build_up = carved_arena_array(&m->world->arena, struct carved_build_up, 2);
	c->build_up_count = 1 + random_below(&m->growth, 2);
	c->build_up[0] = (struct carved_build_up){.week = 0, .hours_q = first_q};
	c->build_up[1] = (struct carved_build_up){.week = 8, .hours_q = first_q + 1 + (int)random_below(&m->growth, 12)};
}

static void make_candidate(struct making *m, const char *ref)
{
	struct carved_candidate *c = world_add_candidate(m->world, ref);
	c->coach = chance(m, 60) ? "C-1" : "C-2";
	c->min_q = between(m, 6, 20);
	c->max_q = c->min_q + between(m, 0, 16);
	c->per_day_q = between(m, 16, 32);
	c->per_visit_q = between(m, 2, 8);
	c->coach_q = between(m, 0, 8);
	c->buddy_q = between(m, 0, 8);
	c->level = (uint8_t)between(m, 0, 4);
	c->challenge = (enum carved_challenge)between(m, 0, 2);
	c->company = (enum carved_company)between(m, 0, 3);
	c->waiting_since = chance(m, 50) ? WORLD_DATE - between(m, 0, 900) : CARVED_DATE_NONE;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		c->available_q[part] = part % PARTS_PER_DAY < 2 && chance(m, 50) ? (uint16_t)between(m, 4, 16) : 0;
	some_levels(m, &c->limitations, demands, CODES, 3);
	some_levels(m, &c->barriers, exposures, 2, 3);
	some_words(m, &c->like, 30);
	some_words(m, &c->avoid, 20);
	if (chance(m, 30))
		world_add_aid(m->world, c, demands[between(m, 0, CODES - 1)], 1, "lift", CARVED_GUIDANCE);
	make_build_up(m, c);
}

static void make_tasks(struct making *m, struct carved_job *job, const char *const refs[2])
{
	for (int i = 0, count = between(m, 1, 2); i < count; i++) {
		struct carved_task *task = world_add_task(m->world, job, refs[i], between(m, 4, 24));
		task->chunk_q = between(m, 1, 4);
		task->relief = (uint8_t)between(m, 0, 4);
		task->level = (uint8_t)between(m, 0, 4);
		task->company = (enum carved_company)between(m, 0, 3);
		task->undone = chance(m, 15);
		some_levels(m, &task->demands, demands, CODES, 3);
		some_levels(m, &task->exposures, exposures, 2, 2);
		some_words(m, &task->tags, 30);
		if (chance(m, 20)) {
			task->fixed = true;
			task->fixed_q[4 * between(m, 0, 4)] = (uint16_t)between(m, 2, 6);
			task->fixed_q[4 * between(m, 0, 4) + 1] = (uint16_t)between(m, 2, 6);
		}
	}
}

static void make_site(struct making *m, const char *ref, const char *employer)
{
	static const char *const tasks[3][2] = {{"linen", "meals"}, {"post", "copies"}, {"dishes", "floor"}};
	struct carved_site *site = world_add_site(m->world, ref);
	site->employer = employer;
	site->open = 0x33333;
	site->places = between(m, 1, 4);
	site->supervision_q = between(m, 8, 32);
	site->staff_agreed = chance(m, 60) ? WORLD_DATE - 10 : CARVED_DATE_NONE;
	struct carved_job *nurse = world_add_job(m->world, site, "nurse"), *clerk = world_add_job(m->world, site, "clerk");
	make_tasks(m, nurse, tasks[0]);
	make_tasks(m, clerk, tasks[1]);
	if (chance(m, 70)) {
		struct carved_job *kitchen = world_add_vacancy(m->world, site, "kitchen");
		kitchen->openings = between(m, 1, 2);
		kitchen->has_carve = chance(m, 50);
		kitchen->share_permille = kitchen->has_carve ? 800 : 0;
		make_tasks(m, kitchen, tasks[2]);
	}
}

void random_world_init(struct world *world, uint64_t seed)
{
	static const char *const refs[] = {"K-1", "K-2", "K-3", "K-4", "K-5"};
	struct making m = {.world = world,
		.random = {.state = seed * 0x9E3779B97F4A7C15u + 7},
		.growth = {.state = seed * 0x9E3779B97F4A7C15u + 11}};
	world_init(world);
	world->documents[CARVED_KIND_COACH][0]->coach.hours_q = between(&m, 8, 32);
	world_add_coach(world, "C-2", between(&m, 8, 32));
	for (size_t i = 0; i < sizeof refs / sizeof *refs; i++)
		make_candidate(&m, refs[i]);
	make_site(&m, "S-1", "EMP-1");
	make_site(&m, "S-2", "EMP-2");
}
