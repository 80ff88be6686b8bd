// SPDX-License-Identifier: EUPL-1.2
// What a plan says comes back as it was; what is cut, turned or made up is refused or harmless. Run it under the address sanitizer.
#include "carved/wire/wire.h"
#include "support/carved_cmocka.h"
#include "support/small_instance.h"
#include "support/small_solution.h"
#include "support/wire_frame.h"
#include <stdlib.h>
#include <string.h>

enum { FLIPS = 20000 };

static struct carved_instance instance;
static struct carved_buffer bytes;

static int setup(void **state)
{
	(void)state;
	small_instance_init(&instance);
	bytes = (struct carved_buffer)CARVED_BUFFER_INIT;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	carved_instance_deinit(&instance);
	carved_buffer_deinit(&bytes);
	return 0;
}

typedef void change_fn(struct carved_solution *solution);

static void add_solution(change_fn *change)
{
	struct carved_solution solution;
	small_solution_init(&solution, &instance, 12345);
	if (change)
		change(&solution);
	carved_wire_add_solution(&bytes, CARVED_FRAME_DONE, &instance, &solution);
	carved_solution_deinit(&solution);
}

// Each change by itself.
static void expect_refused(change_fn *const changes[], size_t count, const char *reason)
{
	for (size_t i = 0; i < count; i++) {
		carved_buffer_clear(&bytes);
		add_solution(changes[i]);
		struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
		struct carved_solution got;
		struct carved_error error;
		assert_false(carved_wire_read_solution(&frame, &instance, &got, &error));
		wire_expect_refused(&error, reason);
		free((void *)frame.payload);
	}
}

static void a_plan_comes_back(void **state)
{
	(void)state;
	add_solution(NULL);
	struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
	struct carved_solution got;
	struct carved_error error;
	assert_true(carved_wire_read_solution(&frame, &instance, &got, &error));
	assert_true(got.value == 12345 && got.bound == 13345 && got.iterations == 12);
	assert_int_equal(got.ended_by, CARVED_ENDED_BY_ITERATIONS);
	assert_int_equal(got.package_count, 1);
	assert_int_equal(got.packages[0].piece_count, 2);
	assert_int_equal(got.packages[0].pieces[1].slot, 1);
	assert_int_equal(got.packages[0].pieces[1].hours_q, 8);
	assert_int_equal(got.packages[0].parts.jobs, -100);
	assert_int_equal(got.prices.slot[1], 7 * CARVED_MICRO);
	assert_int_equal(got.prices.coach[0], 3);
	assert_int_equal(got.proof.node_count, 3);
	assert_int_equal(got.proof.nodes[0].out, 2);
	assert_int_equal(got.proof.charges[0], 500 * CARVED_MICRO);
	assert_int_equal(got.proof.prices[4], 9 * CARVED_MICRO);
	assert_int_equal(got.proof.coaches[0].hours, 11);
	assert_int_equal(got.proof.rounded, 1);
	struct carved_buffer again = CARVED_BUFFER_INIT;
	carved_wire_add_solution(&again, CARVED_FRAME_DONE, &instance, &got);
	assert_int_equal(again.length, bytes.length);
	assert_memory_equal(again.data, bytes.data, bytes.length);
	carved_buffer_deinit(&again);
	carved_solution_deinit(&got);
	free((void *)frame.payload);
}

static void empty_and_unpriced(struct carved_solution *solution)
{
	solution->package_count = 0;
	solution->prices = (struct carved_prices){0};
	solution->proof = (struct carved_proof){0};
	solution->bound = INT64_MAX;
}

static void an_empty_plan_without_prices_or_bound_comes_back(void **state)
{
	(void)state;
	add_solution(empty_and_unpriced);
	struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
	struct carved_solution got;
	assert_true(carved_wire_read_solution(&frame, &instance, &got, NULL));
	assert_int_equal(got.package_count, 0);
	assert_true(got.bound == INT64_MAX);
	assert_int_equal(got.prices.slot[1], 0);
	carved_solution_deinit(&got);
	free((void *)frame.payload);
}

static void a_plan_cut_at_any_byte_is_refused(void **state)
{
	(void)state;
	add_solution(NULL);
	for (size_t length = 0; length < wire_payload_length(&bytes); length++) {
		struct carved_frame frame = wire_frame_copy(&bytes, length);
		struct carved_solution got;
		struct carved_error error;
		assert_false(carved_wire_read_solution(&frame, &instance, &got, &error));
		wire_expect_refused(&error, "a plan whose sizes or figures do not add up");
		free((void *)frame.payload);
	}
}

static void candidate_out_of_range(struct carved_solution *solution)
{
	solution->packages[0].candidate = 1;
}

static void site_out_of_range(struct carved_solution *solution)
{
	solution->packages[0].site = 1;
}

static void slot_out_of_range(struct carved_solution *solution)
{
	((struct carved_piece *)solution->packages[0].pieces)[1].slot = 2;
}

static void slots_out_of_order(struct carved_solution *solution)
{
	((struct carved_piece *)solution->packages[0].pieces)[1].slot = 0;
}

static void no_hours(struct carved_solution *solution)
{
	((struct carved_piece *)solution->packages[0].pieces)[0].hours_q = 0;
}

static void more_hours_than_a_week(struct carved_solution *solution)
{
	((struct carved_piece *)solution->packages[0].pieces)[0].hours_q = 673;
}

static void endless_part(struct carved_solution *solution)
{
	solution->packages[0].parts.unknown = INT64_MIN;
}

static void unknown_kind(struct carved_solution *solution)
{
	solution->packages[0].kind = (enum carved_package_kind)2;
}

static void packages_that_can_not_be_are_refused(void **state)
{
	(void)state;
	change_fn *const changes[] = {candidate_out_of_range, site_out_of_range, slot_out_of_range, slots_out_of_order, no_hours,
		more_hours_than_a_week, endless_part, unknown_kind};
	expect_refused(changes, sizeof changes / sizeof *changes, "a plan with a package that can't be");
}

static void negative_price(struct carved_solution *solution)
{
	solution->prices.places[0] = -1;
}

static void endless_price(struct carved_solution *solution)
{
	solution->prices.slot[0] = INT64_MAX / 100;
}

static void circle_of_nodes(struct carved_solution *solution)
{
	solution->proof.nodes[0].in = 0;
}

static void leaf_without_prices(struct carved_solution *solution)
{
	solution->proof.nodes[2].prices = 6;
}

static void negative_price_of_a_leaf(struct carved_solution *solution)
{
	solution->proof.prices[9] = -1;
}

static void coach_of_nobody(struct carved_solution *solution)
{
	solution->proof.coaches[0].coach = 99;
}

static void coach_in_an_inner_node(struct carved_solution *solution)
{
	solution->proof.coaches[0].node = 0;
}

static void rounded_more_than_once(struct carved_solution *solution)
{
	solution->proof.rounded = 2;
}

static void alike_to_no_slot(struct carved_solution *solution)
{
	solution->proof.nodes[0].job = 0;
	solution->proof.nodes[0].alike = 1;
}

static void more_hours_than_the_job_has(struct carved_solution *solution)
{
	solution->proof.nodes[0].job = solution->proof.nodes[0].slot = 0;
	solution->proof.nodes[0].alike = 1;
	solution->proof.nodes[0].hours_q = 64; // of 40 and 24
}

static void prices_and_proofs_that_cannot_be_are_refused(void **state)
{
	(void)state;
	change_fn *const changes[] = {negative_price, endless_price, circle_of_nodes, leaf_without_prices,
		negative_price_of_a_leaf, coach_of_nobody, coach_in_an_inner_node, rounded_more_than_once, alike_to_no_slot,
		more_hours_than_the_job_has};
	expect_refused(changes, sizeof changes / sizeof *changes, "a plan with impossible prices");
}

static void endless_value(struct carved_solution *solution)
{
	solution->value = INT64_MAX;
}

static void endless_bound(struct carved_solution *solution)
{
	solution->bound = INT64_MAX - 1;
}

static void unknown_end(struct carved_solution *solution)
{
	solution->ended_by = (enum carved_ended_by)4;
}

static void figures_beyond_reason_are_refused(void **state)
{
	(void)state;
	change_fn *const changes[] = {endless_value, endless_bound, unknown_end};
	expect_refused(changes, sizeof changes / sizeof *changes, "a plan whose sizes or figures do not add up");
}

static void turned_bits_of_a_plan_do_no_harm(void **state)
{
	(void)state;
	add_solution(NULL);
	unsigned seed = 20261123;
	int taken = 0;
	for (int i = 0; i < FLIPS; i++) {
		struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
		wire_turn_bits(&frame, &seed);
		struct carved_solution got;
		struct carved_error error;
		if (carved_wire_read_solution(&frame, &instance, &got, &error)) {
			taken++;
			for (uint32_t p = 0; p < got.package_count; p++) {
				assert_true(got.packages[p].candidate < 1 && got.packages[p].site < 1);
				for (uint32_t q = 0; q < got.packages[p].piece_count; q++)
					assert_in_range(got.packages[p].pieces[q].slot, 0, 1);
			}
			assert_true(carved_prices_capacity_value(&got.prices, &instance) >= 0); // adds up without overflow
			carved_solution_deinit(&got);
		} else {
			assert_int_equal(error.code, CARVED_FRAME_INVALID);
		}
		free((void *)frame.payload);
	}
	assert_in_range(taken, 1, FLIPS - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_plan_comes_back, setup, teardown),
		cmocka_unit_test_setup_teardown(an_empty_plan_without_prices_or_bound_comes_back, setup, teardown),
		cmocka_unit_test_setup_teardown(a_plan_cut_at_any_byte_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(packages_that_can_not_be_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(prices_and_proofs_that_cannot_be_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(figures_beyond_reason_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(turned_bits_of_a_plan_do_no_harm, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
