// SPDX-License-Identifier: EUPL-1.2
// What the payloads say comes back as it was; what is cut, turned or made up is refused or harmless. Run it under the address sanitizer.
#include "carved/wire/wire.h"
#include "support/carved_cmocka.h"
#include "support/small_instance.h"
#include "support/wire_frame.h"
#include <stdlib.h>
#include <string.h>

enum { FLIPS = 20000, START_HEAD = 24 }; // bytes that tell of the plan to start from

static struct carved_instance instance;
static struct carved_solve_request request;
static struct carved_buffer bytes;

static int setup(void **state)
{
	(void)state;
	small_instance_init(&instance);
	request = (struct carved_solve_request){.seed = 0x123456789ABCDEF0, .safety_ms = 30500, .end_ms = 700};
	carved_budget_init(&request.budget);
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

// ---- small frames

static void greetings_of_one_build_agree(void **state)
{
	(void)state;
	carved_wire_add_hello(&bytes, CARVED_WALL_FILES | CARVED_WALL_CALLS);
	struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
	struct carved_error error;
	uint32_t walls = 0;
	assert_true(carved_wire_read_hello(&frame, &walls, &error));
	assert_int_equal(walls, CARVED_WALL_FILES | CARVED_WALL_CALLS);
	assert_true(carved_wire_read_hello(&frame, NULL, &error));
	free((void *)frame.payload);
}

static void a_greeting_of_another_version_or_size_is_refused(void **state)
{
	(void)state;
	carved_wire_add_hello(&bytes, 0);
	struct carved_error error;
	for (size_t i = 0; i < wire_payload_length(&bytes); i++) {
		struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
		bool of_walls = i >= 2 * sizeof(uint32_t);
		((uint8_t *)frame.payload)[i] ^= 0x80;
		assert_false(carved_wire_read_hello(&frame, NULL, &error));
		wire_expect_refused(&error, of_walls ? "walls that nobody knows" : "the other side is of another version");
		frame.length = i;
		assert_false(carved_wire_read_hello(&frame, NULL, &error));
		wire_expect_refused(&error, "a greeting of the wrong size");
		free((void *)frame.payload);
	}
}

static void walls_are_named(void **state)
{
	(void)state;
	carved_walls_format(CARVED_WALLS_ALL | CARVED_WALL_NOT_BUILT, &bytes);
	assert_string_equal(bytes.data, "limits landlock-files landlock-network landlock-scopes seccomp");
	carved_buffer_clear(&bytes);
	carved_walls_format(CARVED_WALL_FILES, &bytes);
	assert_string_equal(bytes.data, "landlock-files");
	carved_buffer_clear(&bytes);
	carved_walls_format(0, &bytes);
	assert_string_equal(bytes.data, "none");
}

static void progress_comes_back(void **state)
{
	(void)state;
	const struct carved_wire_progress sent = {
		.phase = 4, .iterations = 1ull << 40, .value = -3, .bound = INT64_MAX, .placed = 77};
	carved_wire_add_progress(&bytes, &sent);
	struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
	struct carved_wire_progress got;
	assert_true(carved_wire_read_progress(&frame, &got, NULL));
	assert_int_equal(got.phase, 4);
	assert_true(got.iterations == 1ull << 40 && got.value == -3 && got.bound == INT64_MAX && got.placed == 77);
	free((void *)frame.payload);
}

static void progress_that_is_cut_or_in_no_phase_is_refused(void **state)
{
	(void)state;
	carved_wire_add_progress(&bytes, &(struct carved_wire_progress){.phase = CARVED_PHASES});
	struct carved_wire_progress got;
	struct carved_error error;
	for (size_t length = 0; length <= wire_payload_length(&bytes); length++) {
		struct carved_frame frame = wire_frame_copy(&bytes, length);
		assert_false(carved_wire_read_progress(&frame, &got, &error));
		wire_expect_refused(&error, "progress that does not add up");
		free((void *)frame.payload);
	}
}

static void an_error_is_a_known_code(void **state)
{
	(void)state;
	carved_wire_add_error(&bytes, CARVED_SOLVER_CRASHED);
	struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
	enum carved_code code = CARVED_OK;
	struct carved_error error;
	assert_true(carved_wire_read_error(&frame, &code, &error));
	assert_int_equal(code, CARVED_SOLVER_CRASHED);
	memset((void *)frame.payload, 0, frame.length);
	assert_false(carved_wire_read_error(&frame, &code, &error));
	wire_expect_refused(&error, "an error without a known code");
	*(uint32_t *)frame.payload = CARVED_CODE_COUNT;
	assert_false(carved_wire_read_error(&frame, &code, &error));
	wire_expect_refused(&error, "an error without a known code");
	assert_int_equal(code, CARVED_SOLVER_CRASHED);
	free((void *)frame.payload);
}

static void a_frame_out_of_turn_is_refused(void **state)
{
	(void)state;
	carved_wire_add_cancel(&bytes);
	struct carved_frame frame = wire_frame_copy(&bytes, 0);
	struct carved_error error;
	struct carved_wire_progress progress;
	struct carved_instance got;
	struct carved_solve_request got_request;
	struct carved_solution solution;
	enum carved_code code;
	static const char *const reason = "a frame of another type than its turn";
	assert_false(carved_wire_read_hello(&frame, NULL, &error));
	wire_expect_refused(&error, reason);
	assert_false(carved_wire_read_progress(&frame, &progress, &error));
	wire_expect_refused(&error, reason);
	assert_false(carved_wire_read_instance(&frame, &got, &got_request, &error));
	wire_expect_refused(&error, reason);
	assert_false(carved_wire_read_solution(&frame, &instance, &solution, &error));
	wire_expect_refused(&error, reason);
	assert_false(carved_wire_read_error(&frame, &code, &error));
	wire_expect_refused(&error, reason);
	free((void *)frame.payload);
}

// ---- instance

static void an_instance_comes_back_byte_for_byte(void **state)
{
	(void)state;
	carved_wire_add_instance(&bytes, &instance, &request);
	struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
	struct carved_instance got;
	struct carved_solve_request got_request;
	struct carved_error error;
	assert_true(carved_wire_read_instance(&frame, &got, &got_request, &error));
	assert_true(got_request.seed == request.seed && got_request.safety_ms == 30500 && got_request.end_ms == 700);
	assert_memory_equal(&got_request.budget, &request.budget, sizeof request.budget);
	assert_int_equal(got.slots_count, 2);
	assert_int_equal(got.slots[0].relief, 3);
	struct carved_buffer again = CARVED_BUFFER_INIT;
	carved_wire_add_instance(&again, &got, &got_request);
	assert_int_equal(again.length, bytes.length);
	assert_memory_equal(again.data, bytes.data, bytes.length);
	carved_buffer_deinit(&again);
	carved_instance_deinit(&got);
	free((void *)frame.payload);
}

static void an_instance_cut_at_any_byte_is_refused(void **state)
{
	(void)state;
	carved_wire_add_instance(&bytes, &instance, &request);
	for (size_t length = 0; length < wire_payload_length(&bytes); length++)
		wire_expect_no_instance(wire_frame_copy(&bytes, length), "an instance whose sizes do not add up");
}

static void a_count_without_its_entries_is_refused_before_memory_is_asked_for(void **state)
{
	(void)state;
	carved_wire_add_instance(&bytes, &instance, &request);
	size_t counts = sizeof request.budget + 8 + 4 + 4 + START_HEAD + sizeof instance.weights + 5 * 4;
	for (int array = 0; array < 13; array++) {
		struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
		memset((uint8_t *)frame.payload + counts + 4 * array, 0xFF, 4); // would be gigabytes
		wire_expect_no_instance(frame, "an instance whose sizes do not add up");
	}
}

static void a_budget_out_of_range_is_refused(void **state)
{
	(void)state;
	request.budget.price_rounds = 0;
	carved_wire_add_instance(&bytes, &instance, &request);
	wire_expect_no_instance(wire_frame_copy(&bytes, wire_payload_length(&bytes)), "a budget out of its range");
}

static void an_index_that_points_nowhere_is_refused(void **state)
{
	(void)state;
	instance.candidates[0].coach = 1;
	carved_wire_add_instance(&bytes, &instance, &request);
	wire_expect_no_instance(wire_frame_copy(&bytes, wire_payload_length(&bytes)), "coach");
}

static void turned_bits_of_an_instance_do_no_harm(void **state)
{
	(void)state;
	carved_wire_add_instance(&bytes, &instance, &request);
	unsigned seed = 20261122;
	int taken = 0;
	for (int i = 0; i < FLIPS; i++) {
		struct carved_frame frame = wire_frame_copy(&bytes, wire_payload_length(&bytes));
		wire_turn_bits(&frame, &seed);
		struct carved_instance got;
		struct carved_solve_request got_request;
		struct carved_error error;
		if (carved_wire_read_instance(&frame, &got, &got_request, &error)) {
			taken++;
			assert_true(carved_instance_check(&got, &error));
			carved_instance_deinit(&got);
		} else {
			assert_int_equal(error.code, CARVED_FRAME_INVALID);
		}
		free((void *)frame.payload);
	}
	assert_in_range(taken, 1, FLIPS - 1); // some bits are free (a seed), some are not
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(greetings_of_one_build_agree),
		TEST(a_greeting_of_another_version_or_size_is_refused),
		TEST(walls_are_named),
		TEST(progress_comes_back),
		TEST(progress_that_is_cut_or_in_no_phase_is_refused),
		TEST(an_error_is_a_known_code),
		TEST(a_frame_out_of_turn_is_refused),
		TEST(an_instance_comes_back_byte_for_byte),
		TEST(an_instance_cut_at_any_byte_is_refused),
		TEST(a_count_without_its_entries_is_refused_before_memory_is_asked_for),
		TEST(a_budget_out_of_range_is_refused),
		TEST(an_index_that_points_nowhere_is_refused),
		TEST(turned_bits_of_an_instance_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
