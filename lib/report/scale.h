// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: axes with numbers that people would have chosen: steps of 1, 2 or 5 times a power of ten.
#pragma once

struct carved_scale {
	double low, high; // the first and the last tick: multiples of the step, around what was asked for
	double step;
};

// At most `ticks` ticks that reach from `low` or below to `high` or above. Requires: low <= high, both finite, ticks >= 2.
struct carved_scale carved_scale_around(double low, double high, int ticks);

// The greatest of 1, 2, 5 times a power of ten that is not above `most`. Requires: most > 0.
double carved_scale_below(double most);

// Where `value` lies between `from` (at the scale's low end) and `to`; beyond the ends where it is beyond them.
double carved_scale_at(const struct carved_scale *scale, double value, double from, double to);
