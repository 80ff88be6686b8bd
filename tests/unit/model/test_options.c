// SPDX-License-Identifier: EUPL-1.2
// Slots as bits and coaches all at once say what the rules say of each slot and each coach.
#include "options.h"
#include "support/carved_cmocka.h"
#include "support/random_world.h"

enum { WORLDS = 400 };

// Who is helped at one site alone, and by what was agreed about one task; who refuses tags and has certificates that imply others.
static void decorate(struct world *world, uint64_t seed)
{
	static const char *const codes[] = {"d430", "d4300", "d720", "d240"};
	static struct carved_override overrides[2];
	struct random_stream random = {.state = seed * 0x9E3779B97F4A7C15u + 13};
	struct carved_site *site = (struct carved_site *)(uintptr_t)carved_region_site(&world->region, 0);
	world_add_certificate(world, "haccp", "hygiene");
	world_add_text(world, &site->facilities, "hoist");
	for (size_t j = 0; j < site->job_count; j++) {
		if (random_chance(&random, 50))
			world_add_text(world, &site->jobs[j].tasks[0].requires, "hygiene");
	}
	for (size_t c = 0; c < world->region.count[CARVED_KIND_CANDIDATE]; c++) {
		struct carved_candidate *candidate =
			(struct carved_candidate *)(uintptr_t)carved_region_candidate(&world->region, c);
		if (random_chance(&random, 50))
			world_add_aid(world, candidate, codes[random_below(&random, 4)], (uint8_t)random_below(&random, 3),
				"hoist", CARVED_TECHNIQUE);
		if (random_chance(&random, 30))
			world_add_text(world, &candidate->never, "clean");
		if (random_chance(&random, 30))
			world_add_text(world, &candidate->never, "outdoor");
		if (random_chance(&random, 40))
			world_add_text(world, &candidate->has, "haccp");
		if (random_chance(&random, 20))
			candidate->max_minutes = 8; // nine away from all
	}
	overrides[0] = (struct carved_override){
		"S-1", "nurse/linen", CARVED_OVERRULES_CAPACITY, carved_icf_find("d430"), "agreed", WORLD_DATE};
	overrides[1] = (struct carved_override){
		"S-2", "clerk/post", (enum carved_override_rule)random_below(&random, 4), CARVED_ICF_NONE, "agreed", WORLD_DATE};
	if (overrides[1].rule == CARVED_OVERRULES_CAPACITY || overrides[1].rule == CARVED_OVERRULES_ENVIRONMENT)
		overrides[1].icf = carved_icf_find(overrides[1].rule == CARVED_OVERRULES_CAPACITY ? "d720" : "e250");
	struct carved_candidate *agreed = (struct carved_candidate *)(uintptr_t)carved_region_candidate(&world->region, 1);
	agreed->overrides = overrides;
	agreed->override_count = 2;
}

struct tally {
	size_t fit, refused, by_site; // by_site: what the person lacks is made good at this site, by an aid or an agreement
};

static void compare_site(const struct world *world, const struct carved_options *o, size_t index, struct carved_arena *scratch,
	struct tally *tally)
{
	struct carved_weights weights;
	const struct carved_flat_site *flat = &o->sites[index];
	carved_weights_init(&weights);
	assert_int_equal(
		carved_options_is_near(o, index), carved_rules_minutes(o->candidate, flat->site) <= o->candidate->max_minutes);
	for (uint32_t j = flat->jobs.first; j < flat->jobs.first + flat->jobs.count; j++) {
		for (uint32_t t = o->jobs[j].slots.first; t < o->jobs[j].slots.first + o->jobs[j].slots.count; t++) {
			struct carved_slot_answer answer;
			carved_rules_slot(&world->region, o->candidate, flat->site, o->slots[t].slot, &weights, scratch, &answer);
			assert_int_equal(carved_options_fits(o, flat->site, &o->slots[t]), answer.fits);
			assert_true(carved_options_could_fit(o, index) || !answer.fits);
			tally->fit += answer.fits;
			tally->refused += !answer.fits;
			for (size_t i = 0; i < answer.level_count; i++)
				tally->by_site += answer.levels[i].overruled ||
						  (answer.levels[i].aid && answer.levels[i].aid->kind == CARVED_TECHNIQUE);
		}
	}
}

static void compare_all(const struct world *world, struct carved_options *o, struct tally *tally)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	for (size_t c = 0; c < world->region.count[CARVED_KIND_CANDIDATE]; c++) {
		carved_options_take(o, carved_region_candidate(&world->region, c));
		for (size_t s = 0; s < world->region.count[CARVED_KIND_SITE]; s++)
			compare_site(world, o, s, &scratch, tally);
	}
	carved_arena_deinit(&scratch);
}

static void a_slot_fits_where_the_rules_say_so(void **state)
{
	(void)state;
	struct tally tally = {0};
	for (uint64_t seed = 0; seed < WORLDS; seed++) {
		struct world world;
		random_world_init(&world, seed);
		decorate(&world, seed);
		struct carved_options *options = carved_options_new(&world.region, WORLD_DATE);
		compare_all(&world, options, &tally);
		struct carved_options *share = carved_options_share(options);
		compare_all(&world, share, &tally);
		carved_options_free(share);
		carved_options_free(options);
		world_deinit(&world);
	}
	print_message("%zu slots fit, %zu don't, %zu levels by what is at the site\n", tally.fit, tally.refused, tally.by_site);
	assert_true(tally.fit > WORLDS && tally.refused > WORLDS && tally.by_site > WORLDS / 2);
}

// Places are looked up by home only where nobody said how long it takes.
static void minutes_that_were_stated_count(void **state)
{
	(void)state;
	struct world world;
	random_world_init(&world, 1);
	struct carved_candidate *first = (struct carved_candidate *)(uintptr_t)carved_region_candidate(&world.region, 0);
	struct carved_travel_minutes stated = {.place = carved_region_site(&world.region, 0)->place, .minutes = 60};
	struct carved_options *options = carved_options_new(&world.region, WORLD_DATE);
	carved_options_take(options, carved_region_candidate(&world.region, 1)); // of the same home
	assert_true(carved_options_is_near(options, 0));
	first->minutes = &stated;
	first->minutes_count = 1;
	carved_options_take(options, first);
	assert_false(carved_options_is_near(options, 0));
	carved_options_free(options);
	world_deinit(&world);
}

static void reserves_of_all_coaches_are_those_of_each(void **state)
{
	(void)state;
	size_t limited = 0;
	for (uint64_t seed = 0; seed < WORLDS; seed++) {
		struct world world;
		struct carved_weights weights;
		int medians_q[2], reserves_q[2];
		random_world_init(&world, seed);
		carved_weights_init(&weights);
		struct carved_candidate *last = (struct carved_candidate *)(uintptr_t)carved_region_candidate(&world.region, 4);
		last->coach = "C-9"; // whom the region doesn't have
		assert_int_equal(world.region.count[CARVED_KIND_COACH], 2);
		carved_rules_reserves(&world.region, &weights, medians_q, reserves_q);
		for (size_t k = 0; k < 2; k++) {
			int median_q;
			assert_int_equal(
				carved_rules_reserve_q(&world.region, carved_region_coach(&world.region, k), &weights, &median_q),
				reserves_q[k]);
			assert_int_equal(median_q, medians_q[k]);
			limited += reserves_q[k] >= 0;
		}
		world_deinit(&world);
	}
	assert_true(limited > WORLDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slot_fits_where_the_rules_say_so),
		cmocka_unit_test(minutes_that_were_stated_count),
		cmocka_unit_test(reserves_of_all_coaches_are_those_of_each),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
