// SPDX-License-Identifier: EUPL-1.2
// The rules on documents and those on an instance's integers share no code: here they answer the same questions about real regions.
#include "carved/fit/fit.h"
#include "carved/model/compile.h"
#include "carved/model/plan.h"
#include "support/region_load.h"
#include "support/shared_region.h"

// Every slot of every site in reach: refused or not, and how well it fits.
static size_t compare_slots(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_instance *instance, const struct carved_profile *profile, size_t candidate)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_candidate *person = carved_region_candidate(region, candidate);
	size_t compared = 0;
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++) {
		const struct carved_site *site = carved_region_site(region, s);
		const struct carved_slots *slots = carved_slot_table_site(table, s);
		uint32_t minutes = 0;
		bool near = carved_rules_minutes(person, site) <= person->max_minutes && !carved_rules_is_excluded(person, site);
		assert_int_equal(carved_profile_is_in_reach(profile, (uint32_t)s, &minutes), near);
		for (size_t t = 0; near && t < slots->count; t++) {
			struct carved_slot_answer answer;
			uint16_t fit = 0;
			carved_rules_slot(region, person, site, &slots->items[t], &instance->weights, &arena, &answer);
			bool fits = carved_profile_slot(
				profile, (uint32_t)(carved_slot_table_first_slot(table, s) + t), minutes, &fit);
			assert_int_equal(fits, answer.fits);
			assert_int_equal(fit, answer.fit);
			compared++;
		}
	}
	carved_arena_deinit(&arena);
	return compared;
}

static void compare_region(const char *name, size_t step)
{
	struct carved_region *region = load_shared_region(name);
	struct carved_weights weights;
	struct carved_instance instance = {0};
	struct carved_slot_table *table = carved_slot_table_new(region);
	struct carved_options *options = carved_options_new(region, shared_region_date());
	size_t compared = 0;
	carved_weights_init(&weights);
	carved_compile(region, shared_region_date(), &weights, &instance);
	for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c += step) {
		struct carved_profile *profile = carved_profile_new(&instance, (uint32_t)c);
		const struct carved_candidate *person = carved_region_candidate(region, c);
		int count = carved_options_count(options, person);
		assert_int_equal(carved_profile_options(profile), count);
		assert_int_equal(carved_fit_place(&instance, (uint32_t)c, (uint32_t)count),
			weights.place * carved_rules_priority(person, count, shared_region_date(), &weights));
		compared += compare_slots(region, table, &instance, profile, c);
		carved_profile_free(profile);
	}
	assert_true(compared > 5000);
	carved_options_free(options);
	carved_slot_table_free(table);
	carved_instance_deinit(&instance);
	carved_region_unref(region);
}

static void rules_and_fit_agree_on_small(void **state)
{
	(void)state;
	compare_region("small", 1);
}

static void rules_and_fit_agree_on_medium(void **state)
{
	(void)state;
	compare_region("medium", 1);
}

static void rules_and_fit_agree_on_every_fiftieth_of_large(void **state)
{
	(void)state;
	compare_region("large", 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_and_fit_agree_on_small),
		cmocka_unit_test(rules_and_fit_agree_on_medium),
		cmocka_unit_test(rules_and_fit_agree_on_every_fiftieth_of_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
