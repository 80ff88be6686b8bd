// SPDX-License-Identifier: EUPL-1.2
// Weekly hours as whole quarters: the only unit of time in rules and optimiser. Names of numbers that hold quarters end in `_q`.
//
//   quarter   15 minutes a week; 4 quarters = 1 hour
//   A week has 672 quarters, so every sum over one person's week fits 16 bits.
#pragma once
#include "carved/base/error.h"
#include <stdbool.h>
#include <stddef.h>

#define CARVED_QUARTERS_PER_WEEK 672
#define CARVED_QUARTERS_MAX 40000 // 10,000 h a week: contract hours of a whole department
#define CARVED_HOURS_TEXT_MAX 16

// Reads hours as people write them ("12", "7.5", "0.25").
// Requires: text is NUL-terminated; ret_quarters is not NULL.
// Returns:  true, and *ret_quarters set (0 .. CARVED_QUARTERS_MAX); or false, *ret_quarters untouched and *error one of
//           HOURS_NOT_A_NUMBER, HOURS_NOT_A_QUARTER, HOURS_OUT_OF_RANGE, with the text as its parameter.
bool carved_quarters_parse(const char *text, int *ret_quarters, struct carved_error *error);

// Writes quarters as hours without needless zeros ("7.5"). Requires: room for CARVED_HOURS_TEXT_MAX bytes. Returns text.
const char *carved_quarters_format(int quarters, char text[CARVED_HOURS_TEXT_MAX]);

// Integer division that rounds towards minus infinity, as all of DESIGN section 3 does. Requires: divisor > 0.
static inline long long carved_floor_div(long long dividend, long long divisor)
{
	long long quotient = dividend / divisor;
	return dividend % divisor < 0 ? quotient - 1 : quotient;
}

// The same, rounding up. Requires: divisor > 0.
static inline long long carved_ceil_div(long long dividend, long long divisor)
{
	return -carved_floor_div(-dividend, divisor);
}
