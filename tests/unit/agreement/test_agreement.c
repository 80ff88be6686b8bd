// SPDX-License-Identifier: EUPL-1.2
// The rules stand twice: on documents (model/rules.h) and on the numbers of an instance (fit/). Here they are held together on real input, candidate by candidate,
// site by site, slot by slot.
#include "carved/fit/fit.h"
#include "carved/model/compile.h"
#include "carved/model/rules.h"
#include "support/carved_cmocka.h"
#include "support/region_file.h"
#include <stdio.h>
#include <string.h>

struct both {
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_asks *asks;
	struct carved_slots *slots; // per site
	struct carved_arena arena, scratch;
	struct carved_options *options;
	size_t slots_compared, slots_fitting, pairs_compared;
};

static void both_init(struct both *both, struct carved_region *region)
{
	struct carved_error error;
	*both = (struct both){.region = region};
	carved_weights_init(&both->weights);
	carved_weights_init(&both->weights);
	carved_compile(region, region_file_date(), &both->weights, &both->instance);
	assert_true(carved_instance_check(&both->instance, &error));
	both->asks = carved_asks_new(&both->instance);
	both->slots = carved_arena_array(&both->arena, struct carved_slots, region->count[CARVED_KIND_SITE]);
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++)
		both->slots[s] = carved_slots_make(carved_region_site(region, s), &both->arena);
	both->options = carved_options_new(region, region_file_date());
}

static void both_deinit(struct both *both)
{
	carved_options_free(both->options);
	carved_asks_free(both->asks);
	carved_instance_deinit(&both->instance);
	carved_arena_deinit(&both->arena);
	carved_arena_deinit(&both->scratch);
	carved_region_unref(both->region);
}

static void compare_slot(struct both *both, const struct carved_profile *profile, size_t c, size_t s, size_t t, uint32_t minutes)
{
	const struct carved_candidate *candidate = carved_region_candidate(both->region, c);
	struct carved_slot_answer answer;
	uint16_t fit = 0;
	bool fits = carved_profile_slot(profile, (uint32_t)(both->instance.sites[s].slots.first + t), minutes, &fit);
	carved_rules_slot(both->region, candidate, carved_region_site(both->region, s), &both->slots[s].items[t], &both->weights,
		&both->scratch, &answer);
	both->slots_compared++;
	both->slots_fitting += fits;
	if (fits != answer.fits || (fits && fit != answer.fit))
		fail_msg("%s at %s slot %zu: fit/ says %d (%u), rules say %d (%d)", candidate->ref,
			carved_region_site(both->region, s)->ref, t, fits, fit, answer.fits, answer.fit);
}

static bool is_same_slot(const struct carved_pair_slot *a, const struct carved_pair_slot *b)
{
	return a->slot == b->slot && a->job == b->job && a->supervisor == b->supervisor && a->fit == b->fit &&
	       a->max_q == b->max_q && memcmp(a->unknown, b->unknown, sizeof a->unknown) == 0 && a->aids == b->aids &&
	       a->must == b->must && a->limits == b->limits && a->parts == b->parts;
}

// A profile with all asks numbered gives the same pairs.
static void compare_pair(struct both *both, struct carved_profile *plain, struct carved_profile *quick, uint32_t site)
{
	struct carved_pair a, b;
	bool is_pair = carved_profile_prepare(plain, site, &both->scratch, &a);
	assert_int_equal(carved_profile_prepare(quick, site, &both->scratch, &b), is_pair);
	if (!is_pair)
		return;
	assert_int_equal(a.slot_count, b.slot_count);
	for (uint16_t t = 0; t < a.slot_count; t++)
		assert_true(is_same_slot(&a.slots[t], &b.slots[t]));
	assert_int_equal(a.job_count, b.job_count);
	for (uint16_t j = 0; j < a.job_count; j++)
		assert_true(a.jobs[j].job == b.jobs[j].job && a.jobs[j].whole == b.jobs[j].whole &&
			    a.jobs[j].count == b.jobs[j].count);
	assert_int_equal(a.unknown_count, b.unknown_count);
	assert_memory_equal(a.unknown, b.unknown, a.unknown_count * sizeof *a.unknown);
	both->pairs_compared++;
}

static void compare_candidate(struct both *both, size_t c)
{
	const struct carved_candidate *candidate = carved_region_candidate(both->region, c);
	struct carved_profile *profile = carved_profile_new(&both->instance, (uint32_t)c);
	struct carved_profile *quick = carved_profile_new_from(both->asks, (uint32_t)c);
	int options = carved_options_count(both->options, candidate);
	assert_int_equal(carved_profile_options(profile), options);
	assert_int_equal(carved_profile_options(quick), options);
	assert_int_equal(carved_fit_place(&both->instance, (uint32_t)c, (uint32_t)options),
		12 * carved_rules_priority(candidate, options, region_file_date(), &both->weights));
	for (size_t s = 0; s < both->region->count[CARVED_KIND_SITE]; s++) {
		uint32_t minutes = carved_instance_minutes(&both->instance, (uint32_t)c, (uint32_t)s);
		assert_int_equal(minutes, carved_rules_minutes(candidate, carved_region_site(both->region, s)));
		if (!carved_profile_is_in_reach(profile, (uint32_t)s, NULL))
			continue;
		for (size_t t = 0; t < both->slots[s].count; t++)
			compare_slot(both, quick, c, s, t, minutes);
		compare_pair(both, profile, quick, (uint32_t)s);
		carved_arena_deinit(&both->scratch);
	}
	carved_profile_free(profile);
	carved_profile_free(quick);
}

// Overrules the first rule that refuses some slot, for every third candidate: documents that only this test has changed. Returns how many were found.
static size_t overrule_some(struct carved_region *region, struct carved_arena *arena)
{
	struct carved_weights weights;
	size_t count = 0, sites = region->count[CARVED_KIND_SITE];
	carved_weights_init(&weights);
	for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c += 3) {
		struct carved_candidate *candidate = &region->documents[CARVED_KIND_CANDIDATE][c]->candidate;
		candidate->overrides = carved_arena_array(arena, struct carved_override, sites * 2);
		for (size_t s = 0; s < sites && candidate->override_count < 8; s++) {
			const struct carved_site *site = carved_region_site(region, s);
			struct carved_slots slots = carved_slots_make(site, arena);
			const struct carved_slot *slot = &slots.items[(c + 7 * s) % slots.count];
			struct carved_override *override = &candidate->overrides[candidate->override_count];
			struct carved_slot_answer answer;
			carved_rules_slot(region, candidate, site, slot, &weights, arena, &answer);
			*override = (struct carved_override){.site = site->ref,
				.task = carved_arena_printf(arena, "%s/%s", slot->job->ref, slot->task->ref),
				.rule = CARVED_OVERRULES_NEVER,
				.icf = CARVED_ICF_NONE};
			if (answer.missing_skill)
				override->rule = CARVED_OVERRULES_REQUIREMENT;
			for (size_t i = 0; i < answer.level_count; i++) {
				if (answer.levels[i].fits)
					continue;
				override->rule =
					i < slot->demands.count ? CARVED_OVERRULES_CAPACITY : CARVED_OVERRULES_ENVIRONMENT;
				override->icf = answer.levels[i].icf;
			}
			candidate->override_count +=
				answer.missing_skill || answer.never_wish || override->icf != CARVED_ICF_NONE;
		}
		count += candidate->override_count;
	}
	return count;
}

static void compare_region(const char *name, size_t step, bool overruled)
{
	struct carved_region *region = region_file_load(name);
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct both both;
	if (!region)
		skip();
	if (overruled)
		assert_true(overrule_some(region, &arena) > 100);
	both_init(&both, region);
	for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c += step)
		compare_candidate(&both, c);
	printf("%s: %zu slots compared, %zu of them fit\n", name, both.slots_compared, both.slots_fitting);
	assert_true(both.slots_fitting > 0 && both.pairs_compared > 0);
	both_deinit(&both);
	carved_arena_deinit(&arena);
}

static void rules_and_fit_agree_on_every_slot_of_small(void **state)
{
	(void)state;
	compare_region("small", 1, false);
}

static void rules_and_fit_agree_on_every_slot_of_medium(void **state)
{
	(void)state;
	compare_region("medium", 1, false);
}

static void rules_and_fit_agree_on_a_sample_of_large(void **state)
{
	(void)state;
	compare_region("large", 50, false);
}

static void rules_and_fit_agree_where_rules_were_overruled(void **state)
{
	(void)state;
	compare_region("medium", 1, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_and_fit_agree_on_every_slot_of_small),
		cmocka_unit_test(rules_and_fit_agree_on_every_slot_of_medium),
		cmocka_unit_test(rules_and_fit_agree_where_rules_were_overruled),
		cmocka_unit_test(rules_and_fit_agree_on_a_sample_of_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
