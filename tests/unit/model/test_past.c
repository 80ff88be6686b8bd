// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/compile.h"
#include "carved/model/past.h"
#include "support/check_fixture.h"
#include <stdio.h>

// Prices that differ everywhere, so that a mix-up shows.
static void set_prices(struct fixture *f)
{
	const struct carved_prices *p = &f->plan.prices;
	for (int t = 0; t < 5; t++)
		p->slot[t] = 100 + t;
	for (int j = 0; j < 3; j++)
		p->donor[j] = 200 + j;
	p->supervision[0] = 300;
	p->places[0] = 400;
	p->coach[0] = 500;
	p->reserve[0] = 600;
}

static struct carved_past *read_back(struct fixture *f)
{
	struct carved_past *past = carved_past_new("PL-7");
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&body);
	struct carved_error error;
	carved_json_begin_object(&writer, NULL);
	carved_plan_format_certificate(&f->plan, &f->world.region, f->table, &writer, "certificate");
	carved_json_end_object(&writer);
	assert_true(carved_past_read_certificate(past, body.data, body.length, &error));
	for (size_t p = 0; p < f->plan.proposal_count; p++) {
		char id[24];
		snprintf(id, sizeof id, "P-%zu", p + 1);
		carved_buffer_clear(&body);
		writer = (struct carved_json_writer)CARVED_JSON_WRITER(&body);
		carved_json_begin_object(&writer, NULL);
		carved_plan_format_proposal(&f->plan, &f->world.region, f->table, p, &writer);
		carved_json_end_object(&writer);
		assert_true(carved_past_read_proposal(past, id, body.data, body.length, &error));
	}
	carved_buffer_deinit(&body);
	return past;
}

struct laid {
	struct carved_instance instance;
	struct carved_slot_table *table;
	struct carved_standing standing;
};

static void lay(struct fixture *f, const struct carved_past *past, struct laid *laid)
{
	*laid = (struct laid){.table = carved_slot_table_new(&f->world.region)};
	carved_compile(&f->world.region, WORLD_DATE, &f->weights, &laid->instance);
	carved_past_lay(past, &f->world.region, &f->world.region, laid->table, &laid->instance, &laid->standing);
}

static void forget_laid(struct laid *laid)
{
	carved_arena_deinit(&laid->standing.arena);
	carved_slot_table_free(laid->table);
	carved_instance_deinit(&laid->instance);
}

static void what_was_written_of_a_plan_reads_back_by_ref(void **state)
{
	struct fixture *f = *state;
	struct laid laid;
	make(f);
	set_prices(f);
	struct carved_past *past = read_back(f);
	lay(f, past, &laid);
	const struct carved_prices *p = &laid.standing.prices;
	for (int t = 0; t < 5; t++)
		assert_int_equal(p->slot[t], 100 + t);
	for (int j = 0; j < 3; j++)
		assert_int_equal(p->donor[j], 200 + j);
	assert_int_equal(p->supervision[0], 300);
	assert_int_equal(p->places[0], 400);
	assert_int_equal(p->coach[0], 500);
	assert_int_equal(p->reserve[0], 600);
	assert_int_equal(laid.standing.holding_count, 2);
	const struct carved_holding *k1 = &laid.standing.holdings[0], *k2 = &laid.standing.holdings[1];
	assert_int_equal(k1->kind, CARVED_CARVED);
	assert_int_equal(k2->kind, CARVED_WHOLE_VACANCY);
	assert_int_equal(k1->piece_count, 2);
	assert_int_equal(k1->pieces[0].slot, LINEN);
	assert_int_equal(k1->pieces[0].hours_q, 12);
	assert_int_equal(k2->pieces[1].slot, FLOOR);
	assert_int_equal(k2->pieces[1].hours_q, 8);
	assert_int_equal(k1->coach_q, 4);
	assert_true(k1->easy);
	assert_false(k2->easy);
	assert_int_equal(k1->buddy_q, 8);
	assert_int_equal(k1->value, f->plan.proposals[0].value);
	assert_string_equal(carved_past_plan(past), "PL-7");
	assert_string_equal(carved_past_proposal(past, carved_past_find(past, "K-2")), "P-2");
	assert_string_equal(carved_past_candidate(past, 0), "K-1");
	assert_int_equal(carved_past_find(past, "K-3"), CARVED_NONE);
	forget_laid(&laid);
	carved_past_unref(past);
}

static void what_is_gone_since_costs_and_holds_nothing(void **state)
{
	struct fixture *f = *state;
	struct laid laid;
	make(f);
	set_prices(f);
	struct carved_past *past = read_back(f);
	f->linen->ref = "sheets";
	f->clerk->ref = "office";
	world_add_site(&f->world, "S-2"); // comes behind: numbers of the first stay
	f->k2->ref = f->world.documents[CARVED_KIND_CANDIDATE][1]->ref = "K-20";
	lay(f, past, &laid);
	const struct carved_prices *p = &laid.standing.prices;
	assert_int_equal(p->slot[LINEN], 0);
	assert_int_equal(p->slot[MEALS], 101);
	assert_int_equal(p->slot[POST], 0);
	assert_int_equal(p->donor[0], 200);
	assert_int_equal(p->donor[1], 0);
	assert_int_equal(p->donor[2], 202);
	assert_int_equal(p->places[1], 0);
	assert_int_equal(laid.standing.holdings[0].piece_count, 1);
	assert_int_equal(laid.standing.holdings[0].pieces[0].slot, MEALS);
	assert_int_equal(laid.standing.holdings[1].site, CARVED_NONE);
	assert_int_equal(laid.standing.holdings[1].coach, CARVED_NONE);
	forget_laid(&laid);
	carved_past_unref(past);
}

static void lay_start(struct fixture *f, const struct carved_past *past, struct laid *laid, struct carved_start *ret_start)
{
	lay(f, past, laid);
	carved_past_lay_start(past, &f->world.region, laid->table, &laid->instance, ret_start);
	assert_true(carved_start_is_sound(ret_start, &laid->instance));
	assert_int_equal(ret_start->most_changes, CARVED_NONE);
	assert_int_equal(ret_start->keep_weight, 0);
}

static void as_a_start_it_has_the_packages_that_are_there_whole(void **state)
{
	struct fixture *f = *state;
	struct laid laid;
	struct carved_start start;
	make(f);
	set_prices(f);
	struct carved_past *past = read_back(f);
	assert_int_equal(carved_past_count(past), 2);
	assert_int_equal(carved_past_find_proposal(past, "P-2"), 1);
	assert_int_equal(carved_past_find_proposal(past, "P-3"), CARVED_NONE);
	lay_start(f, past, &laid, &start);
	assert_int_equal(start.package_count, 2);
	assert_true(start.packages[0].candidate == 0 && start.packages[0].kind == CARVED_CARVED);
	assert_true(start.packages[0].piece_count == 2 && start.packages[0].pieces[0].hours_q == 12);
	assert_true(start.packages[1].candidate == 1 && start.packages[1].kind == CARVED_WHOLE_VACANCY);
	assert_true(start.prices.slot[MEALS] == 101 && start.prices.reserve[0] == 600);
	carved_start_deinit(&start);
	forget_laid(&laid);
	f->linen->ref = "sheets"; // a task of the first one's package is gone, so that package is
	lay_start(f, past, &laid, &start);
	assert_int_equal(start.package_count, 1);
	assert_int_equal(start.packages[0].candidate, 1);
	carved_start_deinit(&start);
	forget_laid(&laid);
	carved_past_unref(past);
}

static void a_text_that_is_no_certificate_is_refused(void **state)
{
	struct carved_past *past = carved_past_new("PL-7");
	struct carved_error error;
	(void)state;
	assert_false(carved_past_read_certificate(past, "{}", 2, &error));
	assert_int_equal(error.code, CARVED_PLAN_UNREADABLE);
	assert_string_equal(carved_error_get(&error, "plan"), "PL-7");
	assert_false(carved_past_read_proposal(past, "P-1", "{", 1, &error));
	assert_int_equal(error.code, CARVED_PLAN_UNREADABLE);
	carved_past_unref(past);
}

static void packages_alone_are_laid_with_what_is_left_of_them(void **state)
{
	struct fixture *f = *state;
	make(f);
	set_prices(f);
	struct carved_past *past = read_back(f);
	carved_past_set_started(past, "P-2", WORLD_DATE - 70);
	f->linen->ref = "towels"; // K-1's linen is gone
	struct carved_slot_table *table = carved_slot_table_new(&f->world.region);
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_past_package *packages = carved_past_lay_packages(past, &f->world.region, table, &arena);
	assert_string_equal(packages[0].id, "P-1");
	assert_int_equal(packages[0].piece_count, 1);
	assert_int_equal(packages[0].pieces[0].slot, MEALS);
	assert_int_equal(packages[0].pieces[0].hours_q, 8);
	assert_false(packages[0].whole);
	assert_int_equal(packages[0].started, CARVED_DATE_NONE);
	assert_true(packages[1].whole);
	assert_int_equal(packages[1].piece_count, 2);
	assert_int_equal(packages[1].started, WORLD_DATE - 70);
	carved_arena_deinit(&arena);
	carved_slot_table_free(table);
	carved_past_unref(past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(packages_alone_are_laid_with_what_is_left_of_them, setup, teardown),
		cmocka_unit_test_setup_teardown(what_was_written_of_a_plan_reads_back_by_ref, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_gone_since_costs_and_holds_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(as_a_start_it_has_the_packages_that_are_there_whole, setup, teardown),
		cmocka_unit_test(a_text_that_is_no_certificate_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
