// SPDX-License-Identifier: EUPL-1.2
#include "scale.h"
#include <math.h>

static double next_step(double step)
{
	double power = pow(10, floor(log10(step) + 1e-9)), digit = round(step / power);
	return digit < 2 ? 2 * power : digit < 5 ? 5 * power : 10 * power;
}

double carved_scale_below(double most)
{
	double power = pow(10, floor(log10(most) + 1e-9)), digit = most / power + 1e-9;
	return digit >= 5 ? 5 * power : digit >= 2 ? 2 * power : power;
}

// Steps grow until few enough of them reach: rounding outwards may take one more at either end than the width alone says.
struct carved_scale carved_scale_around(double low, double high, int ticks)
{
	double width = high > low ? high - low : high != 0 ? fabs(high) : 1;
	struct carved_scale scale = {.step = carved_scale_below(width / (ticks - 1))};
	for (;; scale.step = next_step(scale.step)) {
		scale.low = floor(low / scale.step + 1e-9) * scale.step;
		scale.high = ceil(high / scale.step - 1e-9) * scale.step;
		if (scale.high <= scale.low)
			scale.high = scale.low + scale.step;
		if (round((scale.high - scale.low) / scale.step) + 1 <= ticks)
			return scale;
	}
}

double carved_scale_at(const struct carved_scale *scale, double value, double from, double to)
{
	return from + (value - scale->low) / (scale->high - scale->low) * (to - from);
}
