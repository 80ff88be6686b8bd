// SPDX-License-Identifier: EUPL-1.2
// Calendar dates as days since 1970-01-01, proleptic Gregorian (the civil-from-days method of H. Hinnant, "chrono-compatible low-level date algorithms").
#pragma once
#include "carved/base/error.h"
#include <stdbool.h>
#include <stdint.h>

typedef int32_t carved_date;
#define CARVED_DATE_NONE INT32_MIN
#define CARVED_DATE_TEXT_MAX 16

// Reads YYYY-MM-DD, years 1900 to 2199. Returns false and DATE_INVALID (parameter text) otherwise, *ret_date untouched.
bool carved_date_parse(const char *text, carved_date *ret_date, struct carved_error *error);

// Requires: date is not CARVED_DATE_NONE. Returns text.
const char *carved_date_format(carved_date date, char text[CARVED_DATE_TEXT_MAX]);

// Whole months from `since` to `date`, at least 0: the last one counts once its day of the month has come. 0 where `since` is CARVED_DATE_NONE.
int carved_date_months_between(carved_date since, carved_date date);
