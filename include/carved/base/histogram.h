// SPDX-License-Identifier: EUPL-1.2
// How often a measured value fell into which range. Adding is safe from any thread, and so is reading while others add.
#pragma once
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#define CARVED_HISTOGRAM_BOUNDS_MAX 16

struct carved_histogram {
	const uint64_t *bounds; // upper ends, each belonging to its range, ascending; borrowed
	size_t bound_count;
	_Atomic uint64_t counts[CARVED_HISTOGRAM_BOUNDS_MAX + 1]; // of each range by itself; the last: above all bounds
	_Atomic uint64_t sum;                                     // of all values
};

// From a tenth of a millisecond to a minute, in microseconds: for what a request, a queue or a disk takes.
extern const uint64_t carved_histogram_moments[];
extern const size_t carved_histogram_moment_count;

// Requires: bound_count <= CARVED_HISTOGRAM_BOUNDS_MAX. Nothing to release.
void carved_histogram_init(struct carved_histogram *histogram, const uint64_t *bounds, size_t bound_count);
void carved_histogram_init_moments(struct carved_histogram *histogram);

void carved_histogram_add(struct carved_histogram *histogram, uint64_t value);

// A value copy that adds up: every count is read once.
struct carved_histogram_reading {
	uint64_t cumulative[CARVED_HISTOGRAM_BOUNDS_MAX + 1]; // how many values up to each bound; the last: all
	uint64_t sum;
};
struct carved_histogram_reading carved_histogram_read(const struct carved_histogram *histogram);
