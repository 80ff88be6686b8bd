// SPDX-License-Identifier: EUPL-1.2
// Pinned packages as constants, on tiny instances: the best plan of what they leave, and they themselves, are the best plan of all that have them.
#include "carved/fit/pin.h"
#include "support/brute_force.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <stdio.h>
#include <string.h>

enum { INSTANCES = 200 };

struct search {
	const struct carved_instance *instance;
	const struct brute_force *all;
	const struct brute_package *chosen[BRUTE_CANDIDATES];
	int64_t best;
};

static bool together(const struct search *s)
{
	const struct carved_instance *in = s->instance;
	uint32_t slot[BRUTE_SLOTS] = {0}, donor[BRUTE_SLOTS] = {0}, places[BRUTE_SLOTS] = {0}, buddy[BRUTE_SLOTS] = {0};
	uint32_t coach[BRUTE_CANDIDATES] = {0}, easy[BRUTE_CANDIDATES] = {0};
	bool right = true;
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		const struct brute_package *p = s->chosen[c];
		for (uint32_t t = 0; p && t < in->slots_count; t++) {
			slot[t] += p->hours_q[t];
			donor[in->slots[t].job] += p->kind == CARVED_CARVED && !in->slots[t].undone ? p->hours_q[t] : 0;
		}
		places[p ? p->site : 0] += p != NULL;
		buddy[p ? p->site : 0] += p ? in->candidates[c].buddy_q : 0;
		coach[in->candidates[c].coach] += p ? in->candidates[c].coach_q : 0;
		easy[in->candidates[c].coach] += p && in->candidates[c].easy ? in->candidates[c].coach_q : 0;
	}
	for (uint32_t t = 0; t < in->slots_count; t++)
		right = right && slot[t] <= in->slots[t].hours_q;
	for (uint32_t j = 0; j < in->jobs_count; j++)
		right = right && donor[j] <= in->jobs[j].cap_q;
	for (uint32_t i = 0; i < in->sites_count; i++)
		right = right && places[i] <= in->sites[i].places && buddy[i] <= in->sites[i].buddy_q;
	for (uint32_t k = 0; k < in->coaches_count; k++)
		right = right && coach[k] <= in->coaches[k].hours_q && easy[k] <= in->coaches[k].reserve_q;
	return right;
}

// The best plan over the packages; who has one chosen already keeps it.
static void choose(struct search *s, uint32_t person, int64_t value)
{
	if (person == s->instance->candidates_count) {
		s->best = value > s->best ? value : s->best;
		return;
	}
	if (s->chosen[person]) {
		choose(s, person + 1, value + s->chosen[person]->value);
		return;
	}
	for (size_t i = 0; i < s->all->count; i++) {
		const struct brute_package *p = &s->all->packages[i];
		if (p->candidate != person || p->broken)
			continue;
		s->chosen[person] = p;
		if (together(s))
			choose(s, person + 1, value + p->value);
	}
	s->chosen[person] = NULL;
	choose(s, person + 1, value);
}

static void lay_pieces(const struct brute_package *p, struct carved_piece *pieces, struct carved_package *ret_package)
{
	*ret_package = (struct carved_package){.candidate = p->candidate, .site = p->site, .kind = p->kind, .pieces = pieces};
	for (uint32_t t = 0; t < BRUTE_SLOTS; t++) {
		if (p->hours_q[t])
			pieces[ret_package->piece_count++] = (struct carved_piece){t, p->hours_q[t]};
	}
}

// Pins one package of the instance, by lot; returns false where it has none.
static bool pin_one(
	struct carved_instance *in, const struct brute_force *all, uint64_t seed, const struct brute_package **ret_pinned)
{
	struct random_stream random = {seed};
	struct carved_piece pieces[BRUTE_SLOTS];
	struct carved_package package;
	uint32_t count = 0;
	for (size_t i = 0; i < all->count; i++)
		count += all->packages[i].broken == 0;
	if (count == 0)
		return false;
	uint32_t chosen = random_below(&random, count);
	for (size_t i = 0; i < all->count; i++) {
		if (all->packages[i].broken == 0 && chosen-- == 0)
			*ret_pinned = &all->packages[i];
	}
	lay_pieces(*ret_pinned, pieces, &package);
	carved_fit_pin(in, &package, 1);
	return true;
}

static void what_pins_leave_and_pins_are_the_best_plan_with_them(void **state)
{
	(void)state;
	uint32_t pinned_in = 0, options_lost = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct carved_instance before, after;
		struct carved_error error;
		struct brute_force all, left;
		const struct brute_package *pinned = NULL;
		random_instance_init(&before, seed);
		random_instance_init(&after, seed);
		brute_force_init(&all, &before);
		if (pin_one(&after, &all, seed, &pinned)) {
			struct search with = {.instance = &before, .all = &all, .best = -1},
				      rest = {.instance = &after, .best = -1};
			assert_true(carved_instance_check(&after, &error));
			assert_int_equal(after.candidates[pinned->candidate].matchable, 0);
			brute_force_init(&left, &after);
			rest.all = &left;
			with.chosen[pinned->candidate] = pinned;
			choose(&with, 0, 0);
			choose(&rest, 0, 0);
			assert_int_equal(with.best, rest.best + pinned->value);
			for (uint32_t c = 0; c < before.candidates_count; c++)
				options_lost += after.candidates[c].options_elsewhere > before.candidates[c].options_elsewhere;
			pinned_in++;
			brute_force_deinit(&left);
		}
		brute_force_deinit(&all);
		carved_instance_deinit(&before);
		carved_instance_deinit(&after);
	}
	printf("pinned in %u of %d instances; people whose options stand with what is pinned: %u\n", pinned_in, INSTANCES,
		options_lost);
	assert_true(pinned_in > INSTANCES / 3 && options_lost > 5);
}

static void without_pins_nothing_changes(void **state)
{
	(void)state;
	struct carved_instance one, two;
	random_instance_init(&one, 5);
	random_instance_init(&two, 5);
	carved_fit_pin(&one, NULL, 0);
	assert_memory_equal(one.slots, two.slots, one.slots_count * sizeof *one.slots);
	assert_memory_equal(one.candidates, two.candidates, one.candidates_count * sizeof *one.candidates);
	carved_instance_deinit(&one);
	carved_instance_deinit(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_pins_leave_and_pins_are_the_best_plan_with_them),
		cmocka_unit_test(without_pins_nothing_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
