// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/schedule.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MON_AM = 0, MON_PM = 1, MON_EV = 2, TUE_AM = 4, TUE_PM = 5, WED_AM = 8, WED_PM = 9 };
#define BIT(part) ((carved_parts_mask)1 << (part))

static void expect_entry(const struct carved_schedule *schedule, size_t index, size_t need, int part, int hours_q)
{
	assert_true(index < schedule->count);
	assert_int_equal(schedule->entries[index].need, need);
	assert_int_equal(schedule->entries[index].part, part);
	assert_int_equal(schedule->entries[index].hours_q, hours_q);
}

// 12 quarters in one visit of at most 16: Monday morning takes them all.
static void hours_that_fit_one_day_stay_in_one_day(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	uint16_t available_q[CARVED_DAY_PARTS] = {[MON_AM] = 16, [TUE_AM] = 16};
	struct carved_schedule_need needs[] = {{12, BIT(MON_AM) | BIT(TUE_AM)}};
	struct carved_schedule schedule;
	assert_true(carved_schedule_make(needs, 1, available_q, 16, 8, &arena, &schedule));
	assert_int_equal(schedule.count, 1);
	expect_entry(&schedule, 0, 0, MON_AM, 12);
	carved_arena_deinit(&arena);
}

// 20 quarters, 16 a day at most, at least 8 a visit: Monday can't have 16, for 4 would be left for Tuesday: 12 and 8.
static void no_day_is_left_with_less_than_a_visit(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	uint16_t available_q[CARVED_DAY_PARTS] = {[MON_AM] = 16, [MON_PM] = 16, [TUE_AM] = 16};
	struct carved_schedule_need needs[] = {{20, BIT(MON_AM) | BIT(MON_PM) | BIT(TUE_AM)}};
	struct carved_schedule schedule;
	assert_true(carved_schedule_make(needs, 1, available_q, 16, 8, &arena, &schedule));
	assert_int_equal(schedule.count, 2);
	expect_entry(&schedule, 0, 0, MON_AM, 12);
	expect_entry(&schedule, 1, 0, TUE_AM, 8);
	carved_arena_deinit(&arena);
}

// A package of 4 quarters is less than a visit of 8: the whole package is then one visit, and may not be split over two days.
static void a_package_shorter_than_a_visit_is_one_visit(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	uint16_t available_q[CARVED_DAY_PARTS] = {[MON_AM] = 16, [TUE_AM] = 16};
	struct carved_schedule_need split[] = {{2, BIT(MON_AM)}, {2, BIT(TUE_AM)}};
	struct carved_schedule_need together[] = {{2, BIT(MON_AM) | BIT(TUE_AM)}, {2, BIT(TUE_AM)}};
	struct carved_schedule schedule;
	assert_false(carved_schedule_make(split, 2, available_q, 16, 8, &arena, &schedule));
	assert_true(carved_schedule_make(together, 2, available_q, 16, 8, &arena, &schedule));
	expect_entry(&schedule, 0, 0, TUE_AM, 2);
	expect_entry(&schedule, 1, 1, TUE_AM, 2);
	carved_arena_deinit(&arena);
}

// A fixed morning task of 8 and a free one of 10, 9 quarters a morning: the free one gives way.
static void a_flexible_slot_makes_room_for_a_fixed_one(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	uint16_t available_q[CARVED_DAY_PARTS] = {[MON_AM] = 9, [MON_PM] = 16};
	struct carved_schedule_need needs[] = {{10, BIT(MON_AM) | BIT(MON_PM)}, {8, BIT(MON_AM)}};
	struct carved_schedule schedule;
	assert_true(carved_schedule_make(needs, 2, available_q, 24, 8, &arena, &schedule));
	assert_int_equal(schedule.count, 3);
	expect_entry(&schedule, 0, 0, MON_AM, 1);
	expect_entry(&schedule, 1, 1, MON_AM, 8);
	expect_entry(&schedule, 2, 0, MON_PM, 9);
	carved_arena_deinit(&arena);
}

static void a_quarter_more_than_the_day_part_has_can_not_be_laid(void **state)
{
	(void)state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	uint16_t available_q[CARVED_DAY_PARTS] = {[MON_AM] = 9};
	struct carved_schedule_need needs[] = {{10, BIT(MON_AM) | BIT(MON_PM)}};
	struct carved_schedule schedule = {.count = 77};
	assert_false(carved_schedule_make(needs, 1, available_q, 24, 8, &arena, &schedule));
	assert_int_equal(schedule.count, 77);
	needs[0].hours_q = 9;
	assert_true(carved_schedule_make(needs, 1, available_q, 24, 8, &arena, &schedule));
	carved_arena_deinit(&arena);
}

// ---- brute force: every way of laying the hours, the best by the order that the header promises

enum { PARTS = 5, NEEDS = 3 };
static const int parts_used[PARTS] = {MON_AM, MON_PM, TUE_AM, WED_AM, WED_PM};

struct trial {
	struct carved_schedule_need needs[NEEDS];
	int count, per_day_q, per_visit_q;
	uint16_t available_q[CARVED_DAY_PARTS];
	int x[PARTS][NEEDS], best[PARTS][NEEDS];
	int best_days; // Monday the highest bit
	bool found;
};

static int bits(int days)
{
	return (days & 1) + (days >> 1 & 1) + (days >> 2 & 1);
}

// The days worked, Monday as 4, Tuesday 2, Wednesday 1; -1 where a limit is broken.
static int days_worked(const struct trial *t)
{
	int day_q[3] = {0}, total = 0, days = 0;
	for (int p = 0; p < PARTS; p++) {
		int sum = 0;
		for (int n = 0; n < t->count; n++)
			sum += t->x[p][n];
		if (sum > t->available_q[parts_used[p]])
			return -1;
		day_q[parts_used[p] / 4] += sum;
		total += sum;
	}
	int least = t->per_visit_q < total ? t->per_visit_q : total;
	for (int d = 0; d < 3; d++) {
		if (day_q[d] == 0)
			continue;
		if (day_q[d] < least || day_q[d] > t->per_day_q)
			return -1;
		days |= 4 >> d;
	}
	return days;
}

static bool is_better(const struct trial *t, int days)
{
	if (!t->found || days == 0)
		return true;
	if (bits(days) != bits(t->best_days))
		return bits(days) < bits(t->best_days);
	if (days != t->best_days)
		return days > t->best_days;
	for (int p = 0; p < PARTS; p++) {
		for (int n = 0; n < t->count; n++) {
			if (t->x[p][n] != t->best[p][n])
				return t->x[p][n] > t->best[p][n];
		}
	}
	return false;
}

static void try_all(struct trial *t, int need, int p, int left)
{
	if (need == t->count) {
		int days = days_worked(t);
		if (days >= 0 && is_better(t, days)) {
			memcpy(t->best, t->x, sizeof t->best);
			t->best_days = days;
			t->found = true;
		}
		return;
	}
	if (p == PARTS) {
		if (left == 0)
			try_all(t, need + 1, 0, need + 1 < t->count ? t->needs[need + 1].hours_q : 0);
		return;
	}
	int most = t->needs[need].parts & BIT(parts_used[p]) ? left : 0;
	for (int hours_q = 0; hours_q <= most; hours_q++) {
		t->x[p][need] = hours_q;
		try_all(t, need, p + 1, left - hours_q);
	}
	t->x[p][need] = 0;
}

static unsigned draw(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

static void draw_trial(struct trial *t, unsigned *seed)
{
	*t = (struct trial){.count = 1 + (int)draw(seed, NEEDS)};
	for (int n = 0; n < t->count; n++) {
		t->needs[n].hours_q = 1 + (int)draw(seed, 4);
		for (int p = 0; p < PARTS; p++)
			t->needs[n].parts |= draw(seed, 3) ? BIT(parts_used[p]) : 0;
	}
	for (int p = 0; p < PARTS; p++)
		t->available_q[parts_used[p]] = (uint16_t)draw(seed, 5);
	t->per_day_q = 2 + (int)draw(seed, 5);
	t->per_visit_q = (int)draw(seed, 5);
}

static void compare(const struct trial *t, const struct carved_schedule *schedule)
{
	int x[PARTS][NEEDS] = {{0}};
	for (size_t i = 0; i < schedule->count; i++) {
		const struct carved_schedule_entry *entry = &schedule->entries[i];
		int p = 0;
		while (parts_used[p] != entry->part)
			p++;
		assert_true(entry->hours_q > 0);
		x[p][entry->need] += entry->hours_q;
		if (i > 0)
			assert_true(
				entry[-1].part < entry->part || (entry[-1].part == entry->part && entry[-1].need < entry->need));
	}
	assert_memory_equal(x, t->best, sizeof x);
}

static void random_packages_are_laid_as_an_exhaustive_search_lays_them(void **state)
{
	(void)state;
	unsigned seed = 20261122, laid = 0, refused = 0;
	for (int round = 0; round < 1500; round++) {
		struct trial t;
		struct carved_arena arena = CARVED_ARENA_INIT;
		struct carved_schedule schedule;
		draw_trial(&t, &seed);
		try_all(&t, 0, 0, t.needs[0].hours_q);
		bool made = carved_schedule_make(
			t.needs, (size_t)t.count, t.available_q, t.per_day_q, t.per_visit_q, &arena, &schedule);
		assert_int_equal(made, t.found);
		if (made)
			compare(&t, &schedule);
		laid += made;
		refused += !made;
		carved_arena_deinit(&arena);
	}
	assert_true(laid > 300 && refused > 300); // both answers were put to the test
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_that_fit_one_day_stay_in_one_day),
		cmocka_unit_test(no_day_is_left_with_less_than_a_visit),
		cmocka_unit_test(a_package_shorter_than_a_visit_is_one_visit),
		cmocka_unit_test(a_flexible_slot_makes_room_for_a_fixed_one),
		cmocka_unit_test(a_quarter_more_than_the_day_part_has_can_not_be_laid),
		cmocka_unit_test(random_packages_are_laid_as_an_exhaustive_search_lays_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
