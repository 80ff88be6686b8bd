// SPDX-License-Identifier: EUPL-1.2
// Tiny instances by seed: 3 candidates, 5 slots, drawn so that each rule of DESIGN section 3 decides something in a good part of them. The same seed gives the
// same instance. Small enough for tests/support/brute_force.h.
#pragma once
#include "carved/instance/instance.h"
#include "carved/instance/solution.h"

// A stream of numbers (splitmix64).
struct random_stream {
	uint64_t state;
};

uint32_t random_below(struct random_stream *stream, uint32_t limit); // 0 .. limit - 1
bool random_chance(struct random_stream *stream, uint32_t percent);

// Passes carved_instance_check. carved_instance_deinit frees it.
void random_instance_init(struct carved_instance *instance, uint64_t seed);
// The same, strict about the week (and each second one about load limits) and easy about all else.
void random_instance_init_weeks(struct carved_instance *instance, uint64_t seed);
// The same, everybody with a build-up, strict about the week or about must-wishes as well.
void random_instance_init_build_up(struct carved_instance *instance, uint64_t seed);
// The same, with jobs of up to three slots, most of which are worth the same to everybody and differ in hours, pieces and day parts.
void random_instance_init_alike(struct carved_instance *instance, uint64_t seed);

// Prices up to `most` points per unit, about half of them 0. `prices` as made by carved_prices_init.
void random_instance_prices(
	const struct carved_instance *instance, struct random_stream *stream, uint32_t most, struct carved_prices *prices);
