// SPDX-License-Identifier: EUPL-1.2
// What the solver believes of the daemon: an INSTANCE frame. Input: which of eight small instances (every other one with a plan to start from), then numbers put
// over words of its frame. Oracle: it is refused, or it is, written again, the same bytes, and every pair of it can be prepared and priced: a package found is
// worth what its parts add up to, and not more than the bound says; a package of the start that passes the pricer's check is not worth more either.
#include "carved/price/price.h"
#include "carved/wire/wire.h"
#include "fuzz.h"
#include "support/random_instance.h"

enum { INSTANCES = 8, NODES = 50 };

static struct carved_buffer frames[INSTANCES];

// One package for each candidate, at the site of its number, of the site's first slots: some of them keep the rules.
static void make_start(const struct carved_instance *instance, uint64_t seed, struct carved_start *ret_start)
{
	struct random_stream random = {seed};
	carved_start_init(ret_start, instance);
	random_instance_prices(instance, &random, 500, &ret_start->prices);
	ret_start->packages = carved_arena_array(&ret_start->arena, struct carved_start_package, instance->candidates_count);
	for (uint32_t c = 0; c < instance->candidates_count; c++) {
		const struct carved_instance_site *site = &instance->sites[c % instance->sites_count];
		struct carved_piece *pieces = carved_arena_array(&ret_start->arena, struct carved_piece, site->slots.count);
		for (uint32_t t = 0; t < site->slots.count; t++)
			pieces[t] = (struct carved_piece){site->slots.first + t, 1 + random_below(&random, 8)};
		if (site->slots.count > 0)
			ret_start->packages[ret_start->package_count++] =
				(struct carved_start_package){c, c % instance->sites_count, CARVED_CARVED,
					1 + random_below(&random, site->slots.count), pieces, 0};
	}
}

static void make_frames(void)
{
	for (uint64_t i = 0; i < INSTANCES && frames[INSTANCES - 1].length == 0; i++) {
		struct carved_instance instance;
		struct carved_solve_request request = {.seed = i, .safety_ms = 60};
		struct carved_start start = {0};
		carved_budget_init(&request.budget);
		random_instance_init(&instance, i + 1);
		if (i % 2 == 1) {
			make_start(&instance, i, &start);
			request.start = &start;
		}
		carved_wire_add_instance(&frames[i], &instance, &request);
		carved_start_deinit(&start);
		carved_instance_deinit(&instance);
	}
}

static const struct carved_start_package *start_of(const struct carved_start *start, const struct carved_pair *pair)
{
	for (uint32_t i = 0; start && i < start->package_count; i++) {
		if (start->packages[i].candidate == pair->candidate && start->packages[i].site == pair->site)
			return &start->packages[i];
	}
	return NULL;
}

static void check_start(const struct carved_instance *instance, struct carved_price_workspace *workspace,
	const struct carved_pair *pair, const struct carved_start_package *of)
{
	struct carved_price_query query = {.threshold = INT64_MIN / 8, .node_limit = NODES};
	struct carved_price_result result;
	struct carved_package package = {.candidate = of->candidate,
		.site = of->site,
		.kind = of->kind,
		.piece_count = of->piece_count,
		.pieces = of->pieces};
	if (!carved_price_check(workspace, pair, &query, &package))
		return;
	carved_price_best(workspace, pair, &query, &result);
	carved_price_value(instance, pair, 0, &package);
	FUZZ_REQUIRE(result.answer != CARVED_PRICE_NONE && package.value * CARVED_MICRO <= result.bound);
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

static void price_all(const struct carved_instance *instance, const struct carved_start *start)
{
	struct carved_price_workspace *workspace = carved_price_workspace_new(instance);
	for (uint32_t c = 0; c < instance->candidates_count; c++) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		struct carved_profile *profile = carved_profile_new(instance, c);
		int64_t place = carved_fit_place(instance, c, carved_profile_options(profile));
		for (uint32_t s = 0; s < instance->sites_count; s++) {
			struct carved_pair pair;
			if (!carved_profile_prepare(profile, s, &arena, &pair))
				continue;
			price_pair(instance, workspace, &pair, place);
			const struct carved_start_package *of = start_of(start, &pair);
			if (of)
				check_start(instance, workspace, &pair, of);
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
		price_all(&instance, request.start);
		carved_buffer_deinit(&again);
		carved_instance_deinit(&instance);
	}
	carved_buffer_deinit(&bytes);
	return 0;
}
