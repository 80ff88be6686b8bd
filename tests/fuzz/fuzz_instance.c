// SPDX-License-Identifier: EUPL-1.2
// What the solver believes of the daemon: an INSTANCE frame. Input: which of eight small instances, then numbers put over words of its frame. Oracle: it is
// refused, or it is, written again, the same bytes, and every pair of it can be prepared and priced: a package found is worth what its parts add up to, and not
// more than the bound says.
#include "carved/price/price.h"
#include "carved/wire/wire.h"
#include "fuzz.h"
#include "support/random_instance.h"

enum { INSTANCES = 8, NODES = 50 };

static struct carved_buffer frames[INSTANCES];

static void make_frames(void)
{
	for (uint64_t i = 0; i < INSTANCES && frames[INSTANCES - 1].length == 0; i++) {
		struct carved_instance instance;
		struct carved_solve_request request = {.seed = i, .safety_seconds = 60};
		carved_budget_init(&request.budget);
		random_instance_init(&instance, i + 1);
		carved_wire_add_instance(&frames[i], &instance, &request);
		carved_instance_deinit(&instance);
	}
}

static void price_pair(const struct carved_instance *instance, struct carved_price_workspace *workspace,
	const struct carved_pair *pair, int64_t place)
{
	struct carved_price_query query = {.place_value = place, .threshold = INT64_MIN / 8, .node_limit = NODES};
	struct carved_price_result result;
	carved_price_best(workspace, pair, &query, &result);
	if (result.answer == CARVED_PRICE_NONE || result.package.piece_count == 0)
		return;
	struct carved_package package = result.package;
	FUZZ_REQUIRE(result.reduced <= result.bound);
	carved_price_value(instance, pair, place, &package);
	FUZZ_REQUIRE(package.value == result.package.value && result.reduced >= package.value * CARVED_MICRO);
}

static void price_all(const struct carved_instance *instance)
{
	struct carved_price_workspace *workspace = carved_price_workspace_new(instance);
	for (uint32_t c = 0; c < instance->candidates_count; c++) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		struct carved_profile *profile = carved_profile_new(instance, c);
		int64_t place = carved_fit_place(instance, c, carved_profile_options(profile));
		for (uint32_t s = 0; s < instance->sites_count; s++) {
			struct carved_pair pair;
			if (carved_profile_prepare(profile, s, &arena, &pair))
				price_pair(instance, workspace, &pair, place);
		}
		carved_profile_free(profile);
		carved_arena_deinit(&arena);
	}
	carved_price_workspace_free(workspace);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	struct carved_buffer bytes = CARVED_BUFFER_INIT;
	make_frames();
	const struct carved_buffer *from = &frames[fuzz_take(&input, 1) % INSTANCES];
	carved_buffer_add(&bytes, from->data + CARVED_WIRE_HEADER_BYTES, from->length - CARVED_WIRE_HEADER_BYTES);
	fuzz_patch(&input, bytes.data, bytes.length);
	struct carved_frame frame = {CARVED_FRAME_INSTANCE, (const uint8_t *)bytes.data, bytes.length};
	struct carved_instance instance;
	struct carved_solve_request request;
	struct carved_error error;
	if (carved_wire_read_instance(&frame, &instance, &request, &error)) {
		struct carved_buffer again = CARVED_BUFFER_INIT;
		carved_wire_add_instance(&again, &instance, &request);
		FUZZ_REQUIRE(again.length == bytes.length + CARVED_WIRE_HEADER_BYTES &&
			     memcmp(again.data + CARVED_WIRE_HEADER_BYTES, bytes.data, bytes.length) == 0);
		price_all(&instance);
		carved_buffer_deinit(&again);
		carved_instance_deinit(&instance);
	}
	carved_buffer_deinit(&bytes);
	return 0;
}
