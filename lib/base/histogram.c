// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/histogram.h"
#include <stdlib.h>

const uint64_t carved_histogram_moments[] = {
	100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000, 60000000};
const size_t carved_histogram_moment_count = sizeof carved_histogram_moments / sizeof *carved_histogram_moments;

void carved_histogram_init(struct carved_histogram *histogram, const uint64_t *bounds, size_t bound_count)
{
	if (bound_count > CARVED_HISTOGRAM_BOUNDS_MAX)
		abort();
	histogram->bounds = bounds;
	histogram->bound_count = bound_count;
	for (size_t i = 0; i <= CARVED_HISTOGRAM_BOUNDS_MAX; i++)
		atomic_init(&histogram->counts[i], 0);
	atomic_init(&histogram->sum, 0);
}

void carved_histogram_init_moments(struct carved_histogram *histogram)
{
	carved_histogram_init(histogram, carved_histogram_moments, carved_histogram_moment_count);
}

void carved_histogram_add(struct carved_histogram *histogram, uint64_t value)
{
	size_t range = 0;
	while (range < histogram->bound_count && value > histogram->bounds[range])
		range++;
	atomic_fetch_add_explicit(&histogram->counts[range], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&histogram->sum, value, memory_order_relaxed);
}

struct carved_histogram_reading carved_histogram_read(const struct carved_histogram *histogram)
{
	struct carved_histogram_reading reading = {0};
	uint64_t total = 0;
	for (size_t i = 0; i <= histogram->bound_count; i++) {
		total += atomic_load_explicit(&histogram->counts[i], memory_order_relaxed);
		reading.cumulative[i] = total;
	}
	reading.sum = atomic_load_explicit(&histogram->sum, memory_order_relaxed);
	return reading;
}
