// SPDX-License-Identifier: EUPL-1.2
// The optimiser's own dice: splitmix64 (S. Vigna's public-domain algorithm, written from its definition). The same seed throws the same on every machine.
#pragma once
#include <stdint.h>

struct carved_random {
	uint64_t state;
};

static inline uint64_t carved_random_next(struct carved_random *random)
{
	uint64_t x = random->state += 0x9E3779B97F4A7C15u;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

// 0 .. limit - 1. Requires: limit >= 1.
static inline uint32_t carved_random_below(struct carved_random *random, uint32_t limit)
{
	return (uint32_t)((carved_random_next(random) >> 32) * limit >> 32);
}

// 0 <= x < 1.
static inline double carved_random_unit(struct carved_random *random)
{
	return (double)(carved_random_next(random) >> 11) * 0x1p-53;
}
