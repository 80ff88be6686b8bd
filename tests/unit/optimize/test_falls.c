// SPDX-License-Identifier: EUPL-1.2
// What falling prices can bring a package: no package gains more than carved_falls_rise says, and the one that takes the steepest falls gains just that.
#include "falls.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <string.h>

enum { INSTANCES = 40, MOVES = 60, PACKAGES = 30 };

struct fixture {
	struct carved_instance instance;
	struct carved_optimize_options options;
	struct carved_problem problem;
	struct random_stream random;
	int64_t *history[MOVES + 1]; // prices after each move
	struct carved_falls falls;
	uint32_t first; // move that is number 0 of `falls`
};

static void draw_prices(struct fixture *f, int64_t *prices)
{
	for (uint32_t r = 0; r < f->problem.resource_count; r++)
		prices[r] = random_below(&f->random, 3) ? (int64_t)random_below(&f->random, 1000) : 0;
}

// How much cheaper a quarter of the slot has become for a carved package, or one that pays no donor.
static int64_t fall_of(const struct fixture *f, const int64_t *old, const int64_t *new, uint32_t slot, bool pays_donor)
{
	const uint32_t donor = f->problem.donors + f->instance.slots[slot].job;
	return old[slot] - new[slot] + (pays_donor ? old[donor] - new[donor] : 0);
}

static void check_packages(struct fixture *f, uint32_t site, uint32_t since, uint32_t hours_q)
{
	const struct carved_range slots = f->instance.sites[site].slots;
	const int64_t *old = f->history[f->first + since], *new = f->history[f->first + f->falls.now];
	const int64_t rise = carved_falls_rise(&f->falls, since, site, hours_q);
	assert_true(rise >= 0);
	for (uint32_t i = 0; i < PACKAGES; i++) {
		uint32_t left = hours_q;
		int64_t gained = 0;
		bool pays_donor = random_below(&f->random, 2) > 0;
		for (uint32_t t = slots.first; t < slots.first + slots.count; t++) {
			uint32_t most = left < f->instance.slots[t].hours_q ? left : f->instance.slots[t].hours_q;
			uint32_t taken = random_below(&f->random, most + 1);
			gained += fall_of(f, old, new, t, pays_donor) * taken;
			left -= taken;
		}
		assert_true(gained <= rise);
	}
}

// Quarter by quarter the steepest fall that still has one.
static int64_t steepest(const struct fixture *f, uint32_t site, uint32_t since, uint32_t hours_q)
{
	const struct carved_range slots = f->instance.sites[site].slots;
	const int64_t *old = f->history[f->first + since], *new = f->history[f->first + f->falls.now];
	uint32_t taken[64] = {0};
	int64_t sum = 0;
	assert_true(slots.count <= 64);
	for (uint32_t q = 0; q < hours_q; q++) {
		int64_t best = 0;
		uint32_t at = 0;
		for (uint32_t t = 0; t < slots.count; t++) {
			int64_t with = fall_of(f, old, new, slots.first + t, true),
				without = fall_of(f, old, new, slots.first + t, false);
			int64_t fall = with > without ? with : without;
			if (taken[t] < f->instance.slots[slots.first + t].hours_q && fall > best) {
				best = fall;
				at = t;
			}
		}
		sum += best;
		taken[at] += best > 0;
	}
	return sum;
}

static void check_moves(struct fixture *f)
{
	const uint32_t resources = f->problem.resource_count;
	for (uint32_t move = 0; move <= MOVES; move++)
		f->history[move] = carved_arena_array(&f->problem.arena, int64_t, resources);
	for (uint32_t move = 1; move <= MOVES; move++) {
		if (carved_falls_is_full(&f->falls)) {
			carved_falls_restart(&f->falls);
			f->first = move - 1;
		}
		draw_prices(f, f->history[move]);
		carved_falls_move(&f->falls, f->history[move]);
		assert_int_equal(f->first + f->falls.now, move);
		const uint32_t since = random_below(&f->random, f->falls.now + 1),
			       site = random_below(&f->random, f->instance.sites_count);
		const uint32_t hours_q = random_below(&f->random, 60);
		check_packages(f, site, since, hours_q);
		assert_int_equal(carved_falls_rise(&f->falls, since, site, hours_q), steepest(f, site, since, hours_q));
	}
}

static void no_package_gains_more_than_the_steepest_falls_and_these_are_told_exactly(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct fixture f = {.random = {seed}};
		random_instance_init(&f.instance, seed);
		carved_budget_init(&f.options.budget);
		carved_problem_init(&f.problem, &f.instance, &f.options);
		carved_falls_init(&f.falls, &f.problem);
		if (f.instance.sites_count > 0)
			check_moves(&f);
		carved_falls_deinit(&f.falls);
		carved_problem_deinit(&f.problem);
		carved_instance_deinit(&f.instance);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_package_gains_more_than_the_steepest_falls_and_these_are_told_exactly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
