// SPDX-License-Identifier: EUPL-1.2
// The pricer against all packages of tiny instances.
#include "carved/price/price.h"
#include "support/brute_force.h"
#include "support/brute_slot.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include "support/small_instance.h"
#include <stdlib.h>
#include <string.h>

enum { INSTANCES = 300, WEEKS = 400, BUILD_UPS = 400, ALIKE = 600, BINDING_IN = 400, BINDING_AT_LEAST = 10 };

struct trial {
	struct carved_instance instance;
	struct brute_force all;
	struct carved_price_workspace *workspace;
	struct carved_arena arena;
	struct carved_prices prices, zero;
	uint32_t slot_q[BRUTE_SLOTS], donor_q[BRUTE_SLOTS];
	struct carved_price_limit limits[2];
	uint32_t limit_count;
	bool alike; // limits speak of slots alike too
	struct random_stream random;
};

typedef void (*make_fn)(struct carved_instance *instance, uint64_t seed);

static void trial_start(struct trial *trial, make_fn make, uint64_t seed)
{
	struct carved_error error;
	*trial = (struct trial){.random = {seed}, .alike = make == random_instance_init_alike};
	make(&trial->instance, seed);
	assert_true(carved_instance_check(&trial->instance, &error));
	brute_force_init(&trial->all, &trial->instance);
	trial->workspace = carved_price_workspace_new(&trial->instance);
	carved_prices_init(&trial->prices, &trial->instance, &trial->arena);
	carved_prices_init(&trial->zero, &trial->instance, &trial->arena);
}

static void trial_end(struct trial *trial)
{
	carved_price_workspace_free(trial->workspace);
	brute_force_deinit(&trial->all);
	carved_arena_deinit(&trial->arena);
	carved_instance_deinit(&trial->instance);
}

// Whether the person could exchange hours of the two slots without being worth more or less.
static bool are_alike(const struct carved_instance *in, uint32_t candidate, uint32_t a, uint32_t b)
{
	const struct carved_instance_slot *one = &in->slots[a], *other = &in->slots[b];
	struct brute_seen seen = brute_see(in, &in->candidates[candidate], one);
	struct brute_seen also = brute_see(in, &in->candidates[candidate], other);
	return one->job == other->job && seen.fit == also.fit && one->relief == other->relief && seen.unknown == also.unknown &&
	       seen.aids == also.aids && one->undone == other->undone && !seen.broken && !also.broken;
}

// The pricer leaves consent to others.
static bool is_valid(const struct trial *trial, const struct brute_package *p, const struct carved_room *room)
{
	if (p->broken & ~BRUTE_BIT(consent))
		return false;
	for (uint32_t t = 0; t < trial->instance.slots_count; t++) {
		if (room->slot_q && p->hours_q[t] > room->slot_q[t])
			return false;
	}
	for (uint32_t i = 0; i < trial->limit_count; i++) {
		const struct carved_price_limit *limit = &trial->limits[i];
		uint32_t hours_q = 0;
		for (uint32_t t = 0; t < trial->instance.slots_count; t++)
			hours_q += limit->slot == t ||
						   (limit->slot == CARVED_NONE && trial->instance.slots[t].job == limit->job) ||
						   (limit->alike && are_alike(&trial->instance, p->candidate, t, limit->slot))
					   ? p->hours_q[t]
					   : 0;
		if (hours_q < limit->least_q || hours_q > limit->most_q)
			return false;
	}
	for (uint32_t j = 0; j < trial->instance.jobs_count && room->donor_q && p->kind == CARVED_CARVED; j++) {
		uint32_t carved = 0;
		for (uint32_t t = 0; t < trial->instance.slots_count; t++)
			carved += trial->instance.slots[t].job == j && !trial->instance.slots[t].undone ? p->hours_q[t] : 0;
		if (carved > room->donor_q[j])
			return false;
	}
	return true;
}

static int64_t best_reduced(const struct trial *trial, uint32_t candidate, uint32_t site, const struct carved_room *room)
{
	int64_t best = INT64_MIN;
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		if (p->candidate != candidate || p->site != site || !is_valid(trial, p, room))
			continue;
		int64_t reduced = brute_force_reduced(&trial->all, p, &trial->prices);
		best = reduced > best ? reduced : best;
	}
	return best;
}

// The package of the answer is one of those that brute force found valid, of the same kind and worth.
static void expect_package(const struct trial *trial, const struct carved_pair *pair, const struct carved_price_result *result,
	const struct carved_room *room)
{
	const struct carved_package *package = &result->package;
	uint32_t hours_q[BRUTE_SLOTS] = {0};
	assert_true(package->piece_count > 0);
	for (uint32_t i = 0; i < package->piece_count; i++) {
		assert_true(i == 0 || package->pieces[i - 1].slot < package->pieces[i].slot);
		hours_q[package->pieces[i].slot] = package->pieces[i].hours_q;
	}
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		if (p->candidate != pair->candidate || p->site != pair->site || memcmp(p->hours_q, hours_q, sizeof hours_q) != 0)
			continue;
		assert_true(is_valid(trial, p, room));
		assert_int_equal(p->kind, package->kind);
		assert_memory_equal(&p->parts, &package->parts, sizeof p->parts);
		assert_int_equal(p->value, package->value);
		assert_int_equal(brute_force_reduced(&trial->all, p, &trial->prices), result->reduced);
		assert_int_equal(carved_price_reduced(&trial->instance, pair, &trial->prices, package), result->reduced);
		return;
	}
	fail_msg("the pricer's package is not among the valid ones");
}

static bool stop_at_once(void *context)
{
	++*(unsigned *)context;
	return true;
}

static unsigned cut_short; // searches that were stopped

// A search that is stopped says so, at the first question, and its bound holds.
static void expect_stopped(
	struct trial *trial, const struct carved_pair *pair, const struct carved_price_query *query, int64_t best)
{
	struct carved_price_query stopped = *query;
	struct carved_price_result result;
	unsigned asked = 0;
	stopped.is_stopped = stop_at_once;
	stopped.context = &asked;
	carved_price_best(trial->workspace, pair, &stopped, &result);
	assert_true(result.bound >= best || result.answer == CARVED_PRICE_NONE || best == INT64_MIN);
	assert_true(result.nodes <= 16 && asked <= 1);
	assert_int_equal(asked, result.answer == CARVED_PRICE_LIMIT);
	cut_short += asked;
	if (result.package.piece_count)
		expect_package(trial, pair, &result, &query->room);
}

static void expect_best(struct trial *trial, const struct carved_pair *pair, int64_t place_value, const struct carved_room *room,
	int64_t best, int64_t threshold)
{
	struct carved_price_query query = {.prices = &trial->prices,
		.room = *room,
		.place_value = place_value,
		.threshold = threshold,
		.limits = trial->limits,
		.limit_count = trial->limit_count,
		.node_limit = 1000000};
	struct carved_price_result result;
	carved_price_best(trial->workspace, pair, &query, &result);
	if (best > threshold) {
		assert_int_equal(result.answer, CARVED_PRICE_FOUND);
		assert_int_equal(result.reduced, best);
		assert_int_equal(result.bound, best);
		expect_package(trial, pair, &result, room);
	} else {
		assert_int_equal(result.answer, CARVED_PRICE_NONE);
		assert_true(result.bound <= threshold || best == INT64_MIN);
		assert_true(result.bound >= best || best == INT64_MIN);
		assert_int_equal(result.package.piece_count, 0);
	}
	expect_stopped(trial, pair, &query, best);
	for (query.node_limit = 1; query.node_limit <= 8; query.node_limit *= 2) {
		carved_price_best(trial->workspace, pair, &query, &result);
		assert_true(result.bound >= best || best == INT64_MIN);
		if (result.answer == CARVED_PRICE_FOUND)
			assert_int_equal(result.reduced, best);
		if (result.answer == CARVED_PRICE_NONE)
			assert_true(best <= threshold);
		if (result.package.piece_count)
			expect_package(trial, pair, &result, room);
	}
}

// The value with its roundings, less prices: the best of all packages too, and none above it is missed by a search that is cut short.
static void expect_best_rounded(
	struct trial *trial, const struct carved_pair *pair, int64_t place_value, const struct carved_room *room)
{
	struct carved_price_query query = {.prices = &trial->prices,
		.room = *room,
		.place_value = place_value,
		.threshold = -(int64_t)1000000 * CARVED_MICRO,
		.limits = trial->limits,
		.limit_count = trial->limit_count,
		.rounded = true,
		.node_limit = 1000000};
	struct carved_price_result result;
	int64_t best = INT64_MIN;
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		if (p->candidate != pair->candidate || p->site != pair->site || !is_valid(trial, p, room))
			continue;
		int64_t paid =
			brute_force_reduced(&trial->all, p, &trial->zero) - brute_force_reduced(&trial->all, p, &trial->prices);
		best = p->value * CARVED_MICRO - paid > best ? p->value * CARVED_MICRO - paid : best;
	}
	carved_price_best(trial->workspace, pair, &query, &result);
	assert_int_equal(result.answer, best == INT64_MIN ? CARVED_PRICE_NONE : CARVED_PRICE_FOUND);
	if (best > INT64_MIN)
		assert_true(result.reduced == best && result.bound == best);
	for (query.node_limit = 1; query.node_limit <= 8; query.node_limit *= 2) {
		carved_price_best(trial->workspace, pair, &query, &result);
		assert_true(result.bound >= best || best == INT64_MIN);
	}
	query.node_limit = 1000000;
	query.threshold = best;
	carved_price_best(trial->workspace, pair, &query, &result);
	assert_int_equal(result.answer, CARVED_PRICE_NONE);
}

static bool has_slot(const struct carved_pair *pair, uint32_t slot)
{
	bool has = false;
	for (uint32_t t = 0; t < pair->slot_count; t++)
		has = has || pair->slots[t].slot == slot;
	return has;
}

// Limits on some of the site's slots and jobs, as branching sets them: at most so many quarters, or more; not at all, or in any case.
static void draw_limits(struct trial *trial, const struct carved_pair *pair)
{
	struct carved_range slots = trial->instance.sites[pair->site].slots;
	trial->limit_count = random_below(&trial->random, 3);
	for (uint32_t i = 0; i < trial->limit_count; i++) {
		uint32_t slot = slots.first + random_below(&trial->random, slots.count);
		uint32_t hours_q = random_below(&trial->random, trial->instance.slots[slot].hours_q + (trial->alike ? 3 : 0));
		bool more = random_below(&trial->random, 2) > 0, whole_job = random_below(&trial->random, 2) > 0;
		if (whole_job)
			hours_q = 0;
		trial->limits[i] = (struct carved_price_limit){.job = trial->instance.slots[slot].job,
			.slot = whole_job ? CARVED_NONE : slot,
			.alike = !whole_job && trial->alike && has_slot(pair, slot) && random_below(&trial->random, 3) > 0,
			.least_q = more ? hours_q + 1 : 0,
			.most_q = more ? UINT32_MAX : hours_q};
	}
}

static void check_pair(struct trial *trial, const struct carved_pair *pair, int64_t place_value)
{
	for (int round = 0; round < 8; round++) {
		struct carved_room room = {0};
		const uint32_t most[] = {0, 0, 40, 200, 1000, 300, 100, 3000};
		if (most[round])
			random_instance_prices(&trial->instance, &trial->random, most[round], &trial->prices);
		for (uint32_t t = 0; t < trial->instance.slots_count; t++)
			trial->slot_q[t] = random_below(&trial->random, trial->instance.slots[t].hours_q + 1);
		for (uint32_t j = 0; j < trial->instance.jobs_count; j++)
			trial->donor_q[j] = random_below(&trial->random, trial->instance.jobs[j].cap_q + 1);
		trial->limit_count = 0;
		if (round > 3)
			draw_limits(trial, pair);
		room.slot_q = round % 3 == 1 ? trial->slot_q : NULL;
		room.donor_q = round % 4 == 1 ? trial->donor_q : NULL;
		int64_t best = best_reduced(trial, pair->candidate, pair->site, &room);
		expect_best(trial, pair, place_value, &room, best, -(int64_t)1000000 * CARVED_MICRO);
		expect_best(trial, pair, place_value, &room, best, 0);
		expect_best_rounded(trial, pair, place_value, &room);
		if (best > INT64_MIN) {
			expect_best(trial, pair, place_value, &room, best, best - 1);
			expect_best(trial, pair, place_value, &room, best, best);
		}
	}
}

// A glance at a site says as much of its packages: none of them has more hours, or fit and relief together, and where there is no pair there is no package.
static void check_look(const struct trial *trial, uint32_t candidate, uint32_t site, const struct carved_site_look *look)
{
	const struct carved_weights *w = &trial->instance.weights;
	const int64_t max_q = trial->instance.candidates[candidate].max_q;
	const struct carved_room all = {0};
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		uint32_t hours = 0;
		if (p->candidate != candidate || p->site != site || !is_valid(trial, p, &all))
			continue;
		for (uint32_t t = 0; t < trial->instance.slots_count; t++)
			hours += p->hours_q[t];
		assert_true(look->is_pair);
		assert_true(hours <= look->most_q);
		int64_t units = p->fit_sum * w->full_week * (CARVED_MICRO / 1000) +
				p->relief_sum * w->relief * (CARVED_MICRO / 4) * max_q;
		assert_true(units <= look->worth * max_q);
	}
}

// The pair by three ways: alone, from a profile with all asks numbered, and the glance.
static void check_ways(struct trial *trial, const struct carved_asks *asks, uint32_t candidate, uint32_t site, bool is_pair)
{
	struct carved_profile *profile = carved_profile_new_from(asks, candidate);
	struct carved_pair_scratch *scratch = carved_pair_scratch_new(&trial->instance);
	struct carved_site_look look;
	trial->limit_count = 0;
	carved_profile_look(profile, site, scratch, &look);
	assert_int_equal(look.is_pair, is_pair);
	check_look(trial, candidate, site, &look);
	assert_int_equal(carved_profile_expand(profile, site, scratch) != NULL, is_pair);
	carved_pair_scratch_free(scratch);
	carved_profile_free(profile);
}

// Prices every pair of so many instances. Returns how many pairs there were.
static uint32_t check_instances(make_fn make, uint64_t count)
{
	uint32_t pairs = 0;
	for (uint64_t seed = 0; seed < count; seed++) {
		struct trial trial;
		trial_start(&trial, make, seed);
		struct carved_asks *asks = carved_asks_new(&trial.instance);
		for (uint32_t c = 0; c < trial.instance.candidates_count; c++) {
			struct carved_profile *profile = carved_profile_new(&trial.instance, c);
			assert_int_equal(carved_profile_options(profile), brute_force_options(&trial.instance, c));
			int64_t place = carved_fit_place(&trial.instance, c, carved_profile_options(profile));
			for (uint32_t s = 0; s < trial.instance.sites_count; s++) {
				struct carved_pair pair;
				bool is_pair = carved_profile_prepare(profile, s, &trial.arena, &pair);
				check_ways(&trial, asks, c, s, is_pair);
				if (is_pair) {
					check_pair(&trial, &pair, place);
					pairs++;
				} else {
					trial.limit_count = 0;
					assert_true(best_reduced(&trial, c, s, &(struct carved_room){0}) == INT64_MIN);
				}
			}
			carved_profile_free(profile);
		}
		carved_asks_free(asks);
		trial_end(&trial);
	}
	print_message("%u pairs of %u instances priced\n", pairs, (unsigned)count);
	return pairs;
}

static void the_pricer_finds_the_best_of_all_packages_at_any_prices_and_room(void **state)
{
	(void)state;
	assert_true(check_instances(random_instance_init, INSTANCES) > INSTANCES);
}

static void the_pricer_finds_the_best_where_the_week_is_hard_to_fill(void **state)
{
	(void)state;
	assert_true(check_instances(random_instance_init_weeks, WEEKS) > WEEKS);
	print_message("%u searches were stopped\n", cut_short);
	assert_true(cut_short > 0);
}

static void the_pricer_finds_the_best_of_those_that_have_a_part_for_each_step(void **state)
{
	(void)state;
	assert_true(check_instances(random_instance_init_build_up, BUILD_UPS) > BUILD_UPS);
}

static void the_pricer_finds_the_best_where_slots_are_alike(void **state)
{
	(void)state;
	assert_true(check_instances(random_instance_init_alike, ALIKE) > ALIKE);
}

enum { QUESTIONS = 4, ASKING = 8, SLOTS = 10, SLOT_Q = 31 };

// A week of 64 quarters, filled from one job of many slots of 31. Most of them ask two of four things that nobody has assessed; a few ask nothing. No question is of one
// slot alone or of all of them, so that the relaxation leaves each unpaid. Whatever the package, fit and relief come to no whole number of points.
static void make_questions(struct carved_instance *in)
{
	small_instance_init(in);
	const struct carved_instance_slot alike = in->slots[1];
	in->slots = carved_arena_array(&in->arena, struct carved_instance_slot, SLOTS);
	in->levels = carved_arena_array(&in->arena, struct carved_level, ASKING * 2);
	in->slots_count = in->sites[0].slots.count = in->jobs[0].slots.count = SLOTS;
	in->levels_count = ASKING * 2;
	in->candidates[0].per_day_q = 32;
	for (uint32_t t = 0; t < SLOTS; t++) {
		in->slots[t] = alike;
		in->slots[t].hours_q = in->slots[t].unit_q = SLOT_Q;
		in->slots[t].relief = t < 2 ? 4 : 3;
		in->slots[t].demands = t < ASKING ? (struct carved_range){t * 2, 2} : (struct carved_range){0};
		in->slots[t].level = t < ASKING ? 3 : 0;
		for (uint32_t d = 0; t < ASKING && d < 2; d++)
			in->levels[t * 2 + d] = (struct carved_level){t % (QUESTIONS - 1) + d, 1};
	}
	for (uint32_t i = 0; i < QUESTIONS; i++)
		in->parents[i] = CARVED_NONE;
}

// Paying for questions comes before telling apart what is worth nearly the same: the other way round a hundred thousand nodes are not enough.
static void rounded_values_are_found_soon_where_slots_share_open_questions(void **state)
{
	(void)state;
	struct carved_instance instance;
	struct carved_error error;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_pair pair;
	struct carved_price_result result;
	make_questions(&instance);
	assert_true(carved_instance_check(&instance, &error));
	struct carved_profile *profile = carved_profile_new(&instance, 0);
	struct carved_price_workspace *workspace = carved_price_workspace_new(&instance);
	assert_true(carved_profile_prepare(profile, 0, &arena, &pair));
	struct carved_price_query query = {.threshold = 0, .rounded = true, .node_limit = 2000};
	carved_price_best(workspace, &pair, &query, &result);
	assert_int_equal(result.answer, CARVED_PRICE_FOUND);
	assert_int_equal(result.reduced, result.package.value * CARVED_MICRO);
	assert_true(carved_price_reduced(&instance, &pair, NULL, &result.package) > result.reduced);
	carved_price_workspace_free(workspace);
	carved_profile_free(profile);
	carved_arena_deinit(&arena);
	carved_instance_deinit(&instance);
}

static void every_rule_binds_in_enough_of_the_instances(void **state)
{
	(void)state;
	uint32_t binding[BRUTE_structure] = {0};
	for (uint64_t seed = 0; seed < BINDING_IN; seed++) {
		struct carved_instance instance;
		struct brute_force all;
		random_instance_init(&instance, seed);
		brute_force_init(&all, &instance);
		int64_t best = brute_force_best_plan(&all, BRUTE_RULE_COUNT);
		for (uint32_t rule = 0; rule < BRUTE_structure; rule++)
			binding[rule] += brute_force_best_plan(&all, rule) != best;
		brute_force_deinit(&all);
		carved_instance_deinit(&instance);
	}
	for (uint32_t rule = 0; rule < BRUTE_structure; rule++)
		print_message("%-12s binds in %3u of %d\n", brute_rule_names[rule], binding[rule], BINDING_IN);
	for (uint32_t rule = 0; rule < BRUTE_structure; rule++)
		assert_true(binding[rule] >= BINDING_AT_LEAST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pricer_finds_the_best_of_all_packages_at_any_prices_and_room),
		cmocka_unit_test(the_pricer_finds_the_best_where_the_week_is_hard_to_fill),
		cmocka_unit_test(the_pricer_finds_the_best_of_those_that_have_a_part_for_each_step),
		cmocka_unit_test(the_pricer_finds_the_best_where_slots_are_alike),
		cmocka_unit_test(rounded_values_are_found_soon_where_slots_share_open_questions),
		cmocka_unit_test(every_rule_binds_in_enough_of_the_instances),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
