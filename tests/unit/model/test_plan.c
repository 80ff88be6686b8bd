// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/plan.h"
#include "support/carved_cmocka.h"
#include "support/world.h"
#include "support/world_plan.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINEN, MEALS, DISHES, FLOOR };

// K-1 can have 12 quarters of linen and meals on Monday afternoon; K-2 asks why not.
struct fixture {
	struct world world;
	struct carved_weights weights;
	struct carved_coach *coach;
	struct carved_candidate *k1, *k2;
	struct carved_site *site;
	struct carved_job *nurse, *kitchen;
	struct carved_task *linen, *meals;
	struct carved_slot_table *table;
	struct carved_plan plan;
	struct world_package package;
};

static int setup(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	struct world *w = &f->world;
	world_init(w);
	carved_weights_init(&f->weights);
	f->coach = &w->documents[CARVED_KIND_COACH][0]->coach;
	f->k1 = world_add_candidate(w, "K-1");
	f->k2 = world_add_candidate(w, "K-2");
	f->k1->coach_q = 4;
	f->k1->buddy_q = 8;
	f->site = world_add_site(w, "S-1");
	f->nurse = world_add_job(w, f->site, "nurse");
	f->linen = world_add_task(w, f->nurse, "linen", 40);
	f->meals = world_add_task(w, f->nurse, "meals", 0);
	f->meals->fixed = true;
	f->meals->fixed_q[1] = 8;
	f->kitchen = world_add_vacancy(w, f->site, "kitchen");
	world_add_task(w, f->kitchen, "dishes", 12);
	world_add_task(w, f->kitchen, "floor", 8);
	f->package = (struct world_package){"K-1", "S-1", CARVED_CARVED, {{LINEN, 11}, {MEALS, 8}}};
	*state = f;
	return 0;
}

static void forget(struct fixture *f)
{
	carved_plan_deinit(&f->plan);
	carved_slot_table_free(f->table);
	f->table = NULL;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	forget(f);
	world_deinit(&f->world);
	free(f);
	return 0;
}

static void make(struct fixture *f)
{
	forget(f);
	f->table = carved_slot_table_new(&f->world.region);
	world_plan_make(&f->world, f->table, &f->weights, &f->package, 1, &f->plan);
}

static void expect_reason(struct fixture *f, enum carved_rule rule)
{
	make(f);
	assert_int_equal(f->plan.unplaced_count, 1);
	assert_int_equal(f->plan.unplaced[0].candidate, 1);
	assert_string_equal(carved_rule_names[f->plan.unplaced[0].reason], carved_rule_names[rule]);
}

static void a_proposal_is_written_as_design_has_it(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	world_add_level(&f->world, &f->linen->demands, "b140", 2);
	world_add_level(&f->world, &f->k1->limitations, "b140", 4);
	world_add_aid(&f->world, f->k1, "b140", 1, "earplugs", CARVED_ORGANISATION);
	f->site->staff_agreed = CARVED_DATE_NONE;
	make(f);
	carved_json_begin_object(&writer, NULL);
	carved_plan_format_proposal(&f->plan, &f->world.region, f->table, 0, &writer);
	carved_json_end_object(&writer);
	// linen: comfort (600 + 800) / 2 = 700: fit 640; meals 730; (11 x 640 + 8 x 730) x 20 / 32 = 8050
	assert_string_equal(buffer.data,
		"{\"candidate\":\"K-1\",\"site\":\"S-1\",\"kind\":\"carved\",\"hours\":4.75,\"value\":22750,"
		"\"parts\":{\"place\":15600,\"fit\":8050,\"relief\":0,\"jobs\":0,\"aids\":-800,\"unknown\":-100,\"coach\":0,"
		"\"buddy\":0},\"options\":1,"
		"\"slots\":[{\"job\":\"nurse\",\"task\":\"linen\",\"hours\":2.75},{\"job\":\"nurse\",\"task\":\"meals\",\"part\":"
		"\"mon-pm\",\"hours\":2}],"
		"\"schedule\":[{\"slot\":0,\"part\":\"mon-am\",\"hours\":2.75},{\"slot\":1,\"part\":\"mon-pm\",\"hours\":2}],"
		"\"steps\":[],\"questions\":[\"d430\"],\"aids\":[\"earplugs\"],\"risks\":[],"
		"\"donors\":[{\"job\":\"nurse\",\"before\":40,\"carved\":4.75,\"left\":35.25}],\"conditions\":[\"staff-agreed\"]"
		"}");
	carved_buffer_deinit(&buffer);
}

static void a_whole_vacancy_is_written_with_its_vacancy_and_needs_no_agreement(void **state)
{
	struct fixture *f = *state;
	f->site->staff_agreed = CARVED_DATE_NONE;
	f->package = (struct world_package){"K-1", "S-1", CARVED_WHOLE_VACANCY, {{DISHES, 12}, {FLOOR, 8}}};
	make(f);
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	carved_json_begin_object(&writer, NULL);
	carved_plan_format_proposal(&f->plan, &f->world.region, f->table, 0, &writer);
	carved_json_end_object(&writer);
	assert_non_null(strstr(buffer.data, "\"kind\":\"vacancy\",\"hours\":5,"));
	assert_non_null(strstr(buffer.data, "\"slots\":[{\"vacancy\":\"kitchen\",\"task\":\"dishes\",\"hours\":3},"));
	assert_non_null(
		strstr(buffer.data, "\"donors\":[{\"job\":\"kitchen\",\"before\":5,\"carved\":5,\"left\":0}],\"conditions\":[]"));
	carved_buffer_deinit(&buffer);
}

// Hours left undone today are nobody's: they don't count as carved, and are not left from what the job has.
static void donors_tell_what_is_left_after_the_whole_plan(void **state)
{
	struct fixture *f = *state;
	struct world_package packages[] = {f->package, {"K-2", "S-1", CARVED_CARVED, {{LINEN, 16}}}};
	f->meals->undone = true;
	f->table = carved_slot_table_new(&f->world.region);
	world_plan_make(&f->world, f->table, &f->weights, packages, 2, &f->plan);
	const struct carved_donor *first = f->plan.proposals[0].donors, *second = f->plan.proposals[1].donors;
	assert_int_equal(first->before_q, 160);
	assert_int_equal(first->carved_q, 11);
	assert_int_equal(first->left_q, 160 - 11 - 16);
	assert_int_equal(second->carved_q, 16);
	assert_int_equal(second->left_q, 160 - 11 - 16);
}

static void only_prices_that_are_not_nothing_stand_in_the_certificate(void **state)
{
	struct fixture *f = *state;
	int64_t slots[] = {0, 1500000, 0, 7}, donors[] = {25, 0}, one[] = {3}, none[] = {0};
	f->table = carved_slot_table_new(&f->world.region);
	struct carved_solution solution = world_solution(&f->world, f->table, &f->package, 1);
	solution.prices = (struct carved_prices){slots, donors, one, none, one, none};
	solution.pairs_bounded = 2;
	assert_true(carved_plan_make(&f->world.region, f->table, WORLD_DATE, &f->weights, &solution, &f->plan, NULL));
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	carved_plan_format_certificate(&f->plan, &f->world.region, f->table, &writer, NULL);
	assert_string_equal(buffer.data, "{\"unit\":\"micropoints\",\"slots\":[{\"site\":\"S-1\",\"job\":\"nurse\",\"task\":"
					 "\"meals\",\"part\":\"mon-pm\",\"price\":1500000},"
					 "{\"site\":\"S-1\",\"vacancy\":\"kitchen\",\"task\":\"floor\",\"price\":7}],"
					 "\"donors\":[{\"site\":\"S-1\",\"job\":\"nurse\",\"price\":25}],\"supervision\":[{"
					 "\"site\":\"S-1\",\"price\":3}],\"places\":[],"
					 "\"coaches\":[{\"coach\":\"C-1\",\"price\":3}],\"reserves\":[],\"pairsBounded\":2}");
	carved_buffer_deinit(&buffer);
}

static void fairness_counts_everyone_once_in_each_measure(void **state)
{
	static const char *const measures[] = {"coachHours", "hoursWanted", "options", "monthsWaiting"};
	struct fixture *f = *state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	const struct carved_node *root;
	uint32_t line, column;
	make(f);
	carved_plan_format_fairness(&f->plan, &f->world.region, &writer, NULL);
	assert_memory_equal(buffer.data,
		"{\"coachHours\":[{\"upTo\":0,\"candidates\":1,\"placed\":0,\"share\":0.000000,\"value\":0,\"meanValue\":0},"
		"{\"upTo\":1,\"candidates\":1,\"placed\":1,\"share\":1.000000,\"value\":",
		148);
	assert_non_null(strstr(buffer.data,
		"\"options\":[{\"upTo\":0,\"candidates\":0,\"placed\":0,\"share\":0.000000,\"value\":0,\"meanValue\":0},"
		"{\"upTo\":3,\"candidates\":2,\"placed\":1,\"share\":0.500000"));
	assert_true(carved_json_parse(buffer.data, buffer.length, &arena, &root, NULL, &line, &column));
	for (size_t m = 0; m < 4; m++) { // each measure has everybody, and all points of the plan
		int64_t candidates = 0, placed = 0, value = 0;
		for (const struct carved_node *band = carved_node_get(root, measures[m])->first; band; band = band->next) {
			candidates += carved_node_get_integer(band, "candidates", -1);
			placed += carved_node_get_integer(band, "placed", -1);
			value += carved_node_get_integer(band, "value", -1);
		}
		assert_int_equal(candidates, f->world.region.count[CARVED_KIND_CANDIDATE]);
		assert_int_equal(placed, f->plan.proposal_count);
		assert_int_equal(value, f->plan.value);
	}
	carved_buffer_deinit(&buffer);
	carved_arena_deinit(&arena);
}

static void weights_are_written_by_their_names(void **state)
{
	struct fixture *f = *state;
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	carved_plan_format_weights(&f->weights, &writer, NULL);
	assert_non_null(strstr(buffer.data, "\"full-week\":20000,"));
	assert_non_null(strstr(buffer.data, "\"extra-job\":-1500,"));
	carved_buffer_deinit(&buffer);
}

static void expect_unmakeable(struct fixture *f, const struct carved_solution *solution, const char *site, const char *rule)
{
	struct carved_error error;
	struct carved_plan plan = {.value = 77};
	assert_false(carved_plan_make(&f->world.region, f->table, WORLD_DATE, &f->weights, solution, &plan, &error));
	assert_int_equal(error.code, CARVED_PLAN_INVALID);
	assert_string_equal(carved_error_get(&error, "candidate"), "K-1");
	assert_string_equal(carved_error_get(&error, "site"), site);
	assert_string_equal(carved_error_get(&error, "rule"), rule);
	assert_int_equal(plan.value, 77);
}

static void what_means_nothing_is_no_plan(void **state)
{
	struct fixture *f = *state;
	f->table = carved_slot_table_new(&f->world.region);
	struct carved_solution solution = world_solution(&f->world, f->table, &f->package, 1);
	struct carved_piece *pieces = (struct carved_piece *)solution.packages[0].pieces;
	pieces[1].slot = 4; // the site has four
	expect_unmakeable(f, &solution, "S-1", "supply");
	pieces[1].slot = LINEN; // twice
	expect_unmakeable(f, &solution, "S-1", "supply");
	pieces[1].slot = MEALS;
	pieces[1].hours_q = 17; // Monday afternoon has 16
	expect_unmakeable(f, &solution, "S-1", "schedule");
	pieces[1].hours_q = 8;
	solution.packages[0].site = 1;
	expect_unmakeable(f, &solution, "?", "value");
}

static void without_consent_that_is_the_reason(void **state)
{
	struct fixture *f = *state;
	f->k2->consent_expires = WORLD_DATE - 1;
	expect_reason(f, CARVED_RULE_CONSENT);
}

static void with_no_site_left_the_reason_is_travel_or_the_employer(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->k2->not_with, "EMP-1");
	expect_reason(f, CARVED_RULE_EXCLUDED);
	f->k2->max_minutes = 8;
	expect_reason(f, CARVED_RULE_TRAVEL);
}

// Linen and meals ask too much; the kitchen's two tasks are refused by a hard no, and one of them asks too much as well.
static void where_no_slot_fits_the_rule_that_refuses_most_is_named(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->nurse->demands, "d430", 3);
	world_add_level(&f->world, &f->kitchen->tasks[0].demands, "d430", 3);
	world_add_level(&f->world, &f->k2->limitations, "d430", 2);
	world_add_text(&f->world, &f->kitchen->tags, "kitchen-work");
	world_add_text(&f->world, &f->k2->never, "kitchen-work");
	expect_reason(f, CARVED_RULE_CAPACITY);
	world_add_text(&f->world, &f->nurse->tags, "kitchen-work"); // now four by the hard no, three by capacity
	expect_reason(f, CARVED_RULE_NEVER);
}

static void the_rule_that_stops_every_site_is_named(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->kitchen->demands, "d720", 4);
	world_add_level(&f->world, &f->k2->limitations, "d720", 4); // leaves linen 40 and meals 8
	f->k2->min_q = f->k2->max_q = 49;
	f->k2->per_day_q = 64;
	expect_reason(f, CARVED_RULE_HOURS);
	f->k2->min_q = 40;
	world_add_text(&f->world, &f->k2->must, "outdoor");
	expect_reason(f, CARVED_RULE_MUST);
	f->k2->must.count = 0;
	world_add_level(&f->world, &f->linen->demands, "d430", 2);
	world_add_limit(&f->world, f->k2, "d430", 2, 31); // 8 + 31
	expect_reason(f, CARVED_RULE_LOAD);
	f->k2->limits[0].hours_q = 32;
	f->linen->supervisor = "a";
	f->meals->supervisor = "b";
	f->k2->supervisors_max = 1;
	f->k2->min_q = 41;
	f->k2->limits[0].hours_q = 33;
	expect_reason(f, CARVED_RULE_SUPERVISOR);
	f->k2->supervisors_max = 2;
	f->k2->per_day_q = 20; // two days: 40
	expect_reason(f, CARVED_RULE_SCHEDULE);
}

static void too_few_hours_in_few_jobs_is_named(void **state)
{
	struct fixture *f = *state;
	struct carved_job *second = &f->site->jobs[1]; // the kitchen becomes a job like the nurse's
	second->kind = CARVED_JOB;
	second->has_carve = true;
	second->share_permille = 1000;
	second->hours_q = 20;
	f->k2->jobs_max = 1;
	f->k2->min_q = f->k2->max_q = 49; // the nurse gives 48
	expect_reason(f, CARVED_RULE_JOBS);
}

static void what_the_plan_used_up_is_named(void **state)
{
	struct fixture *f = *state;
	f->k2->min_q = 30;
	f->linen->hours_q = 40; // K-1 has 11: 29 are left, and meals are gone
	expect_reason(f, CARVED_RULE_SUPPLY);
	f->k2->min_q = 22;
	f->nurse->share_permille = 250; // 40 of which 19 are given: 21
	expect_reason(f, CARVED_RULE_DONOR);
	f->site->supervision_q = 8;
	f->k2->buddy_q = 1;
	expect_reason(f, CARVED_RULE_SUPERVISION);
	f->site->places = 1;
	expect_reason(f, CARVED_RULE_PLACES);
	f->k2->coach_q = 37; // 36 are left
	expect_reason(f, CARVED_RULE_COACH);
	f->k2->coach_q = 8; // above K-1's: not of the easy half
	expect_reason(f, CARVED_RULE_PLACES);
}

// As many as two threads share.
static void each_of_many_has_a_reason_of_their_own(void **state)
{
	enum { MORE = 60 };
	static const enum carved_rule expected[] = {CARVED_RULE_SUPPLY, CARVED_RULE_SUPERVISION, CARVED_RULE_TRAVEL};
	struct fixture *f = *state;
	f->coach->hours_q = 4000;
	for (int i = 0; i < MORE; i++) {
		char *ref = carved_arena_array(&f->world.arena, char, 8);
		snprintf(ref, 8, "L-%02d", i);
		struct carved_candidate *person = world_add_candidate(&f->world, ref);
		if (i % 3 == 0)
			person->min_q = 30; // of linen 29 are left, and meals are gone
		else if (i % 3 == 1)
			person->buddy_q = 33; // of 40, K-1 has 8
		else
			person->max_minutes = 8;
	}
	make(f);
	assert_int_equal(f->plan.unplaced_count, 1 + MORE);
	for (size_t i = 0; i < MORE; i++) {
		assert_int_equal(f->plan.unplaced[1 + i].candidate, 2 + i);
		assert_string_equal(carved_rule_names[f->plan.unplaced[1 + i].reason], carved_rule_names[expected[i % 3]]);
	}
}

// Needs 4, 4 and 12 (K-3, who has no consent): R = C x 0.7; 7 quarters of which K-1 has 4: 3 are left for K-2, who is of the easy half.
static void the_reserve_is_named_where_it_binds(void **state)
{
	struct fixture *f = *state;
	f->k2->coach_q = 4;
	struct carved_candidate *k3 = world_add_candidate(&f->world, "K-3");
	k3->coach_q = 12;
	k3->consent_scope = 0;
	f->coach->hours_q = 10;
	make(f);
	assert_int_equal(f->plan.unplaced_count, 2);
	assert_int_equal(f->plan.unplaced[0].reason, CARVED_RULE_RESERVE);
	assert_int_equal(f->plan.unplaced[1].reason, CARVED_RULE_CONSENT);
}

static void where_nothing_may_be_used_displacement_is_named(void **state)
{
	struct fixture *f = *state;
	f->site->recent_dismissals = true;
	expect_reason(f, CARVED_RULE_DISPLACEMENT);
}

static void options_of_everyone_are_kept_with_the_plan(void **state)
{
	struct fixture *f = *state;
	f->k2->max_minutes = 8;
	make(f);
	assert_int_equal(f->plan.options[0], 1);
	assert_int_equal(f->plan.options[1], 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_proposal_is_written_as_design_has_it),
		T(a_whole_vacancy_is_written_with_its_vacancy_and_needs_no_agreement),
		T(donors_tell_what_is_left_after_the_whole_plan),
		T(only_prices_that_are_not_nothing_stand_in_the_certificate),
		T(fairness_counts_everyone_once_in_each_measure),
		T(weights_are_written_by_their_names),
		T(what_means_nothing_is_no_plan),
		T(without_consent_that_is_the_reason),
		T(with_no_site_left_the_reason_is_travel_or_the_employer),
		T(where_no_slot_fits_the_rule_that_refuses_most_is_named),
		T(the_rule_that_stops_every_site_is_named),
		T(too_few_hours_in_few_jobs_is_named),
		T(what_the_plan_used_up_is_named),
		T(each_of_many_has_a_reason_of_their_own),
		T(the_reserve_is_named_where_it_binds),
		T(where_nothing_may_be_used_displacement_is_named),
		T(options_of_everyone_are_kept_with_the_plan),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
