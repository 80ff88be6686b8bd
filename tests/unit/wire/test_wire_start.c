// SPDX-License-Identifier: EUPL-1.2
// The plan to start from, inside INSTANCE: it comes back as it was, and one that can't be is refused. Run it under the address sanitizer.
#include "carved/wire/wire.h"
#include "support/carved_cmocka.h"
#include "support/small_instance.h"
#include "support/wire_frame.h"
#include <stdlib.h>
#include <string.h>

enum { FLIPS = 20000 };

static struct carved_instance instance;
static struct carved_start start;
static struct carved_piece pieces[2];
static struct carved_solve_request request;
static struct carved_buffer bytes;

static int setup(void **state)
{
	(void)state;
	small_instance_init(&instance);
	carved_start_init(&start, &instance);
	pieces[0] = (struct carved_piece){0, 16};
	pieces[1] = (struct carved_piece){1, 20};
	start.packages = carved_arena_array(&start.arena, struct carved_start_package, 1);
	start.packages[0] = (struct carved_start_package){.piece_count = 2, .pieces = pieces, .keep = 70};
	start.package_count = 1;
	start.most_changes = 3;
	start.keep_weight = 250;
	start.fresh = true;
	start.prices.slot[1] = 7 * CARVED_MICRO;
	start.prices.coach[0] = 5;
	request = (struct carved_solve_request){.seed = 9, .safety_ms = 30000, .start = &start};
	carved_budget_init(&request.budget);
	bytes = (struct carved_buffer)CARVED_BUFFER_INIT;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	carved_start_deinit(&start);
	carved_instance_deinit(&instance);
	carved_buffer_deinit(&bytes);
	return 0;
}

static bool read_frame(
	size_t length, struct carved_instance *ret_instance, struct carved_solve_request *ret_request, struct carved_error *error)
{
	struct carved_frame frame = wire_frame_copy(&bytes, length);
	bool read = carved_wire_read_instance(&frame, ret_instance, ret_request, error);
	free((void *)frame.payload);
	return read;
}

static void a_start_comes_back_byte_for_byte(void **state)
{
	(void)state;
	struct carved_instance got;
	struct carved_solve_request got_request;
	struct carved_error error;
	carved_wire_add_instance(&bytes, &instance, &request);
	assert_true(read_frame(wire_payload_length(&bytes), &got, &got_request, &error));
	const struct carved_start *back = got_request.start;
	assert_non_null(back);
	assert_true(back->package_count == 1 && back->most_changes == 3 && back->keep_weight == 250 && back->fresh);
	assert_true(
		back->packages[0].keep == 70 && back->packages[0].piece_count == 2 && back->packages[0].pieces[1].hours_q == 20);
	assert_true(back->prices.slot[1] == 7 * CARVED_MICRO && back->prices.slot[0] == 0 && back->prices.coach[0] == 5);
	struct carved_buffer again = CARVED_BUFFER_INIT;
	carved_wire_add_instance(&again, &got, &got_request);
	assert_int_equal(again.length, bytes.length);
	assert_memory_equal(again.data, bytes.data, bytes.length);
	carved_buffer_deinit(&again);
	carved_instance_deinit(&got);
}

static void a_start_without_packages_comes_back(void **state)
{
	(void)state;
	struct carved_instance got;
	struct carved_solve_request got_request;
	start.package_count = 0;
	start.most_changes = CARVED_NONE;
	carved_wire_add_instance(&bytes, &instance, &request);
	assert_true(read_frame(wire_payload_length(&bytes), &got, &got_request, NULL));
	assert_true(got_request.start && got_request.start->package_count == 0 && got_request.start->most_changes == CARVED_NONE);
	carved_instance_deinit(&got);
}

static void a_start_cut_at_any_byte_is_refused(void **state)
{
	(void)state;
	carved_wire_add_instance(&bytes, &instance, &request);
	for (size_t length = 0; length < wire_payload_length(&bytes); length++)
		wire_expect_no_instance(wire_frame_copy(&bytes, length), "an instance whose sizes do not add up");
}

static void expect_refused(void)
{
	carved_buffer_clear(&bytes);
	carved_wire_add_instance(&bytes, &instance, &request);
	wire_expect_no_instance(wire_frame_copy(&bytes, wire_payload_length(&bytes)), "a plan to start from that can't be");
}

static void a_start_that_cannot_be_is_refused(void **state)
{
	(void)state;
	struct carved_start_package twice[2] = {start.packages[0], start.packages[0]};
	const struct carved_start right = start;
	const struct carved_start_package package = start.packages[0];
#define REFUSE(member, wrong, back)                                                                                              \
	do {                                                                                                                     \
		(member) = (wrong);                                                                                              \
		expect_refused();                                                                                                \
		(member) = (back);                                                                                               \
	} while (0)
	REFUSE(start.packages[0].candidate, 1, package.candidate);
	REFUSE(start.packages[0].site, 1, package.site);
	REFUSE(start.packages[0].kind, (enum carved_package_kind)2, package.kind);
	REFUSE(start.packages[0].piece_count, 0, package.piece_count);
	REFUSE(start.packages[0].keep, CARVED_KEEP_WEIGHT_MOST + 1, package.keep);
	REFUSE(pieces[1].slot, 2, 1);
	REFUSE(pieces[1].slot, 0, 1); // twice, and out of order
	REFUSE(pieces[0].hours_q, 0, 16);
	REFUSE(pieces[0].hours_q, 1u << 20, 16);
	REFUSE(start.keep_weight, -1, right.keep_weight);
	REFUSE(start.keep_weight, CARVED_KEEP_WEIGHT_MOST + 1, right.keep_weight);
	REFUSE(start.prices.donor[0], -1, 0);
	REFUSE(start.prices.places[0], INT64_MAX / 2, 0);
#undef REFUSE
	start.packages = twice;
	start.package_count = 2;
	expect_refused();
}

static void prices_that_cannot_be_are_tamed(void **state)
{
	(void)state;
	assert_true(carved_start_tame_prices(&start, &instance));
	assert_int_equal(start.prices.coach[0], 5);
	start.prices.reserve[0] = -1;
	assert_false(carved_start_tame_prices(&start, &instance));
	assert_true(start.prices.coach[0] == 0 && start.prices.slot[1] == 0 && start.prices.reserve[0] == 0);
	assert_true(carved_start_is_sound(&start, &instance));
}

static void turned_bits_of_a_start_do_no_harm(void **state)
{
	(void)state;
	struct carved_buffer without = CARVED_BUFFER_INIT;
	struct carved_solve_request cold = request;
	cold.start = NULL;
	carved_wire_add_instance(&without, &instance, &cold);
	carved_wire_add_instance(&bytes, &instance, &request);
	const size_t begin = wire_payload_length(&without), length = wire_payload_length(&bytes);
	unsigned seed = 20261123;
	int taken = 0;
	for (int i = 0; i < FLIPS; i++) {
		struct carved_frame frame = wire_frame_copy(&bytes, length);
		((uint8_t *)frame.payload)[begin + (size_t)rand_r(&seed) % (length - begin)] ^= (uint8_t)(1 << rand_r(&seed) % 8);
		struct carved_instance got;
		struct carved_solve_request got_request;
		struct carved_error error;
		if (carved_wire_read_instance(&frame, &got, &got_request, &error)) {
			taken++;
			assert_true(carved_start_is_sound(got_request.start, &got));
			carved_instance_deinit(&got);
		} else {
			assert_int_equal(error.code, CARVED_FRAME_INVALID);
		}
		free((void *)frame.payload);
	}
	assert_in_range(taken, 1, FLIPS - 1); // a price may be another one, an index may not
	carved_buffer_deinit(&without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_start_comes_back_byte_for_byte, setup, teardown),
		cmocka_unit_test_setup_teardown(a_start_without_packages_comes_back, setup, teardown),
		cmocka_unit_test_setup_teardown(a_start_cut_at_any_byte_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_start_that_cannot_be_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(prices_that_cannot_be_are_tamed, setup, teardown),
		cmocka_unit_test_setup_teardown(turned_bits_of_a_start_do_no_harm, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
