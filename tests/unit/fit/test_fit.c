// SPDX-License-Identifier: EUPL-1.2
#include "carved/fit/fit.h"
#include "support/carved_cmocka.h"
#include "support/small_instance.h"

static struct carved_instance instance;

static int setup(void **state)
{
	(void)state;
	small_instance_init(&instance);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	carved_instance_deinit(&instance);
	return 0;
}

enum { LINEN, GARDEN, REFUSED = -1 };

static int fit_of(uint32_t slot)
{
	struct carved_profile *profile = carved_profile_new(&instance, 0);
	uint16_t fit = 0;
	bool fits = carved_profile_slot(profile, slot, carved_instance_minutes(&instance, 0, 0), &fit);
	carved_profile_free(profile);
	return fits ? fit : REFUSED;
}

static void the_small_instance_is_right(void **state)
{
	(void)state;
	struct carved_error error;
	assert_true(carved_instance_check(&instance, &error));
}

// linen: lifting unknown 600, noise not stated as a barrier: margin 4-0-1=3 -> 1000, comfort 800; wish neither 500; challenge grow 0 -> 800;
// alone against small team 500; travel 1000x(40-10)/40=750. (30x800+35x500+15x800+10x500+10x750)/100 = 660.
static void fit_is_the_weighted_sum_of_its_five_parts(void **state)
{
	(void)state;
	assert_int_equal(fit_of(LINEN), 660);
}

// garden asks nothing: comfort 1000; level and company not stated 700 each: (30000+17500+10500+7000+7500)/100 = 725.
static void what_a_task_does_not_state_counts_as_set_in_the_weights(void **state)
{
	(void)state;
	assert_int_equal(fit_of(GARDEN), 725);
}

static void a_slot_that_asks_more_than_the_person_can_is_refused(void **state)
{
	(void)state;
	small_instance_limitations(&instance, &(struct carved_level){.category = 0, .level = 4}, 1);
	assert_int_equal(fit_of(LINEN), REFUSED);
	small_instance_limitations(&instance, &(struct carved_level){.category = 0, .level = 3}, 1);
	assert_int_equal(fit_of(LINEN), 630); // margin 0 -> 400, noise 1000: comfort 700
}

static void a_limitation_of_the_broader_category_counts(void **state)
{
	(void)state;
	instance.levels[8].category = 1; // asks lifting-from-floor
	small_instance_limitations(&instance, &(struct carved_level){.category = 0, .level = 4}, 1);
	assert_int_equal(fit_of(LINEN), REFUSED);
}

static void a_stated_8_ends_the_search_as_unknown(void **state)
{
	(void)state;
	instance.levels[8].category = 1;
	small_instance_limitations(&instance,
		(struct carved_level[]){{.category = 0, .level = 4}, {.category = 1, .level = CARVED_NOT_ASSESSED}}, 2);
	assert_int_equal(fit_of(LINEN), 660);
}

static void the_highest_limitation_below_can_refuse_and_leaves_it_unknown_otherwise(void **state)
{
	(void)state;
	small_instance_limitations(&instance, &(struct carved_level){.category = 1, .level = 4}, 1);
	assert_int_equal(fit_of(LINEN), REFUSED);
	small_instance_limitations(&instance, &(struct carved_level){.category = 1, .level = 3}, 1);
	assert_int_equal(fit_of(LINEN), 660); // as unknown
}

static void a_barrier_refuses_and_one_not_assessed_is_unknown(void **state)
{
	(void)state;
	small_instance_barriers(&instance, &(struct carved_level){.category = 3, .level = 4}, 1);
	assert_int_equal(fit_of(LINEN), REFUSED);
	small_instance_barriers(&instance, &(struct carved_level){.category = 3, .level = CARVED_NOT_ASSESSED}, 1);
	assert_int_equal(fit_of(LINEN), 600); // both unknown: comfort 600
}

static void give_aid(uint32_t needs_facility)
{
	instance.aids = carved_arena_array(&instance.arena, struct carved_aid, 1);
	instance.aids[0] = (struct carved_aid){.category = 0, .limitation = 1, .by = 0, .needs_facility = needs_facility};
	instance.aids_count = instance.candidates[0].aids.count = 1;
}

static void an_aid_of_the_site_makes_a_slot_fit_with_its_own_margin(void **state)
{
	(void)state;
	small_instance_limitations(&instance, &(struct carved_level){.category = 0, .level = 4}, 1);
	give_aid(1);
	assert_int_equal(fit_of(LINEN), 720); // margin 4-1-1=2 -> 1000: comfort 1000
	instance.sites[0].facilities.count = 0;
	assert_int_equal(fit_of(LINEN), REFUSED);
	instance.aids[0].needs_facility = 0;
	assert_int_equal(fit_of(LINEN), 720);
}

static void never_requirement_and_availability_refuse(void **state)
{
	(void)state;
	instance.candidates[0].never = (struct carved_range){.first = 2, .count = 1}; // plants
	assert_int_equal(fit_of(GARDEN), REFUSED);
	assert_int_equal(fit_of(LINEN), 660);
	instance.slots[LINEN].skills = (struct carved_range){.first = 0, .count = 1};
	instance.skill_count = 1;
	assert_int_equal(fit_of(LINEN), REFUSED);
	instance.candidates[0].skills = (struct carved_range){.first = 0, .count = 1};
	assert_int_equal(fit_of(LINEN), 660);
	instance.slots[LINEN].parts = CARVED_EVENING_MASK;
	assert_int_equal(fit_of(LINEN), REFUSED);
}

static void likes_lift_and_dislikes_lower_the_fit(void **state)
{
	(void)state;
	instance.candidates[0].like = (struct carved_range){.first = 1, .count = 1}; // indoor
	assert_int_equal(fit_of(LINEN), 835);
	instance.candidates[0].avoid = instance.candidates[0].like; // liked and avoided by different wishes: neither
	assert_int_equal(fit_of(LINEN), 660);
	instance.candidates[0].like.count = 0;
	assert_int_equal(fit_of(LINEN), 485);
}

static void a_pair_holds_the_slots_that_fit_with_what_they_may_give(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_profile *profile = carved_profile_new(&instance, 0);
	struct carved_pair pair;
	assert_true(carved_profile_prepare(profile, 0, &arena, &pair));
	assert_int_equal(pair.slot_count, 2);
	assert_int_equal(pair.minutes, 10);
	assert_int_equal(pair.slots[LINEN].max_q, 36); // the donor cap
	assert_int_equal(pair.slots[GARDEN].max_q, 24);
	assert_int_equal(pair.slots[LINEN].parts, 0x33);
	assert_int_equal(pair.unknown_count, 1);
	assert_int_equal(pair.unknown[0], 0);
	assert_int_equal(pair.slots[LINEN].unknown[0], 1);
	assert_int_equal(pair.slots[GARDEN].unknown[0], 0);
	carved_profile_free(profile);
	carved_arena_deinit(&arena);
}

static bool has_pair(void)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_profile *profile = carved_profile_new(&instance, 0);
	struct carved_pair pair;
	bool found = carved_profile_prepare(profile, 0, &arena, &pair);
	carved_profile_free(profile);
	carved_arena_deinit(&arena);
	return found;
}

static void there_is_no_pair_out_of_reach_excluded_blocked_or_short_of_hours(void **state)
{
	(void)state;
	assert_true(has_pair());
	instance.candidates[0].max_minutes = 9;
	assert_false(has_pair());
	instance.candidates[0].max_minutes = 10;
	assert_true(has_pair());
	instance.candidates[0].excluded = (struct carved_range){.first = 0, .count = 1}; // site 0
	assert_false(has_pair());
	instance.candidates[0].excluded.count = 0;
	instance.candidates[0].min_q = 60; // 36 + 24
	assert_true(has_pair());
	instance.candidates[0].min_q = 61;
	assert_false(has_pair());
	instance.candidates[0].min_q = 32;
	instance.jobs[0].blocked = 1;
	assert_false(has_pair());
}

static uint32_t options(void)
{
	struct carved_profile *profile = carved_profile_new(&instance, 0);
	uint32_t count = carved_profile_options(profile);
	carved_profile_free(profile);
	return count;
}

static void options_count_sites_whose_fitting_hours_reach_the_minimum(void **state)
{
	(void)state;
	instance.candidates[0].min_q = 60;
	assert_int_equal(options(), 1);
	instance.candidates[0].min_q = 61;
	assert_int_equal(options(), 0);
	instance.jobs[0].carvable = 0; // as a job without `carve`: its undone task does not count beside the cap
	instance.jobs[0].cap_q = 0;
	instance.candidates[0].min_q = 1;
	assert_int_equal(options(), 0);
	instance.jobs[0].kind = CARVED_VACANCY; // a whole opening that fits counts
	instance.candidates[0].min_q = 64;
	assert_int_equal(options(), 1);
}

static void options_outside_of_the_instance_count_too(void **state)
{
	(void)state;
	instance.candidates[0].min_q = 60;
	instance.candidates[0].options_elsewhere = 4;
	assert_int_equal(options(), 5);
	instance.candidates[0].min_q = 61;
	assert_int_equal(options(), 4);
}

// 1050 + 300 for few options, times 12.
static void place_rises_for_those_with_few_options(void **state)
{
	(void)state;
	assert_int_equal(carved_fit_place(&instance, 0, 3), 16200);
	assert_int_equal(carved_fit_place(&instance, 0, 10), 14400);
	assert_int_equal(carved_fit_place(&instance, 0, 11), 12600);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_small_instance_is_right),
		TEST(fit_is_the_weighted_sum_of_its_five_parts),
		TEST(what_a_task_does_not_state_counts_as_set_in_the_weights),
		TEST(a_slot_that_asks_more_than_the_person_can_is_refused),
		TEST(a_limitation_of_the_broader_category_counts),
		TEST(a_stated_8_ends_the_search_as_unknown),
		TEST(the_highest_limitation_below_can_refuse_and_leaves_it_unknown_otherwise),
		TEST(a_barrier_refuses_and_one_not_assessed_is_unknown),
		TEST(an_aid_of_the_site_makes_a_slot_fit_with_its_own_margin),
		TEST(never_requirement_and_availability_refuse),
		TEST(likes_lift_and_dislikes_lower_the_fit),
		TEST(a_pair_holds_the_slots_that_fit_with_what_they_may_give),
		TEST(there_is_no_pair_out_of_reach_excluded_blocked_or_short_of_hours),
		TEST(options_count_sites_whose_fitting_hours_reach_the_minimum),
		TEST(options_outside_of_the_instance_count_too),
		TEST(place_rises_for_those_with_few_options),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
