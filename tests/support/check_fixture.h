// SPDX-License-Identifier: EUPL-1.2
// The plan that the checker's tests break, and how they say what it must find.
#pragma once
#include "carved/model/check.h"
#include "support/carved_cmocka.h"
#include "support/world.h"
#include "support/world_plan.h"
#include <stdlib.h>
#include <string.h>

enum { LINEN, MEALS, POST, DISHES, FLOOR };
enum { MON_AM = 0, SAT_AM = 20 };

// K-1 gets 12 quarters of linen and 8 of meals, K-2 one of two openings in the kitchen (12 + 8), K-3 nothing.
struct fixture {
	struct world world;
	struct carved_weights weights;
	struct carved_coach *coach;
	struct carved_candidate *k1, *k2, *k3;
	struct carved_site *site;
	struct carved_job *nurse, *clerk, *kitchen;
	struct carved_task *linen, *meals, *post, *dishes;
	struct carved_slot_table *table;
	struct carved_plan plan;
	struct carved_violations violations;
	struct world_package packages[3];
	size_t package_count;
};

static inline int setup(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	struct world *w = &f->world;
	world_init(w);
	carved_weights_init(&f->weights);
	f->coach = &w->documents[CARVED_KIND_COACH][0]->coach;
	f->k1 = world_add_candidate(w, "K-1");
	f->k2 = world_add_candidate(w, "K-2");
	f->k3 = world_add_candidate(w, "K-3");
	f->k1->coach_q = f->k3->coach_q = 4;
	f->k2->coach_q = 12;
	f->k1->buddy_q = f->k2->buddy_q = 8;
	f->site = world_add_site(w, "S-1");
	f->nurse = world_add_job(w, f->site, "nurse");
	f->linen = world_add_task(w, f->nurse, "linen", 40);
	f->meals = world_add_task(w, f->nurse, "meals", 16);
	f->clerk = world_add_job(w, f->site, "clerk");
	f->post = world_add_task(w, f->clerk, "post", 16);
	f->kitchen = world_add_vacancy(w, f->site, "kitchen");
	f->kitchen->openings = 2;
	f->dishes = world_add_task(w, f->kitchen, "dishes", 12);
	world_add_task(w, f->kitchen, "floor", 8);
	f->packages[0] = (struct world_package){"K-1", "S-1", CARVED_CARVED, {{LINEN, 12}, {MEALS, 8}}};
	f->packages[1] = (struct world_package){"K-2", "S-1", CARVED_WHOLE_VACANCY, {{DISHES, 12}, {FLOOR, 8}}};
	f->package_count = 2;
	*state = f;
	return 0;
}

static inline void forget(struct fixture *f)
{
	carved_plan_deinit(&f->plan);
	carved_violations_deinit(&f->violations);
	carved_slot_table_free(f->table);
	f->table = NULL;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;
	forget(f);
	world_deinit(&f->world);
	free(f);
	return 0;
}

static inline void make(struct fixture *f)
{
	forget(f);
	f->table = carved_slot_table_new(&f->world.region);
	world_plan_make(&f->world, f->table, &f->weights, f->packages, f->package_count, &f->plan);
}

// Everybody's options counted beforehand change nothing.
static inline void expect_the_same_from_an_outlook(const struct fixture *f)
{
	struct carved_outlook *outlook = carved_outlook_new(&f->world.region, f->plan.date, &f->plan.weights, NULL);
	struct carved_violations violations = {0};
	carved_check_plan_from(outlook, f->table, &f->plan, &violations);
	assert_int_equal(violations.count, f->violations.count);
	for (size_t i = 0; i < violations.count; i++) {
		assert_int_equal(violations.items[i].rule, f->violations.items[i].rule);
		assert_int_equal(violations.items[i].found, f->violations.items[i].found);
		assert_int_equal(violations.items[i].allowed, f->violations.items[i].allowed);
	}
	carved_violations_deinit(&violations);
	carved_outlook_free(outlook);
}

static inline bool check(struct fixture *f)
{
	carved_violations_deinit(&f->violations);
	bool right = carved_check_plan(&f->world.region, f->table, &f->plan, &f->violations);
	if (!f->plan.early)
		expect_the_same_from_an_outlook(f);
	return right;
}

static inline void expect_valid(struct fixture *f)
{
	if (!check(f))
		print_message("refused by %s: %s %ld %ld\n", carved_rule_names[f->violations.items[0].rule],
			f->violations.items[0].what ? f->violations.items[0].what : "-", (long)f->violations.items[0].found,
			(long)f->violations.items[0].allowed);
	assert_int_equal(f->violations.count, 0);
}

// Every violation is of the rule; the first has these figures.
static inline void expect_only(struct fixture *f, enum carved_rule rule, const char *what, int64_t found, int64_t allowed)
{
	assert_false(check(f));
	for (size_t i = 0; i < f->violations.count; i++)
		assert_string_equal(carved_rule_names[f->violations.items[i].rule], carved_rule_names[rule]);
	const struct carved_violation *first = &f->violations.items[0];
	if (what)
		assert_string_equal(first->what, what);
	assert_int_equal(first->found, found);
	assert_int_equal(first->allowed, allowed);
}

// Makes the plan anew, figures and all, before it is checked.
static inline void expect_made_only(struct fixture *f, enum carved_rule rule, const char *what, int64_t found, int64_t allowed)
{
	make(f);
	expect_only(f, rule, what, found, allowed);
}

static inline void expect_made_valid(struct fixture *f)
{
	make(f);
	expect_valid(f);
}
