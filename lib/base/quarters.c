// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/quarters.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

bool carved_quarters_parse(const char *text, int *ret_quarters, struct carved_error *error)
{
	const char *at = text;
	bool negative = *at == '-';
	at += negative;
	long whole = 0, hundredths = 0;
	bool fine = false; // digits beyond the hundredths
	if (!isdigit((unsigned char)*at))
		return carved_fail(error, CARVED_HOURS_NOT_A_NUMBER, "text", text);
	for (; isdigit((unsigned char)*at); at++)
		whole = whole < CARVED_QUARTERS_MAX ? whole * 10 + (*at - '0') : whole;
	if (*at == '.') {
		if (!isdigit((unsigned char)*++at))
			return carved_fail(error, CARVED_HOURS_NOT_A_NUMBER, "text", text);
		for (int digit = 0; isdigit((unsigned char)*at); at++, digit++) {
			if (digit < 2)
				hundredths += (*at - '0') * (digit == 0 ? 10 : 1);
			else
				fine = fine || *at != '0';
		}
	}
	if (*at != '\0')
		return carved_fail(error, CARVED_HOURS_NOT_A_NUMBER, "text", text);
	if (whole > CARVED_QUARTERS_MAX / 4 || (negative && (whole || hundredths || fine)))
		return carved_fail(error, CARVED_HOURS_OUT_OF_RANGE, "text", text);
	if (fine || hundredths % 25 != 0)
		return carved_fail(error, CARVED_HOURS_NOT_A_QUARTER, "text", text);
	long quarters = whole * 4 + hundredths / 25;
	if (quarters > CARVED_QUARTERS_MAX)
		return carved_fail(error, CARVED_HOURS_OUT_OF_RANGE, "text", text);
	*ret_quarters = (int)quarters;
	return true;
}

const char *carved_quarters_format(int quarters, char text[CARVED_HOURS_TEXT_MAX])
{
	static const char *const fractions[] = {"", ".25", ".5", ".75"};
	unsigned size = quarters < 0 ? 0u - (unsigned)quarters : (unsigned)quarters;
	snprintf(text, CARVED_HOURS_TEXT_MAX, "%s%u%s", quarters < 0 ? "-" : "", size / 4, fractions[size % 4]);
	return text;
}
