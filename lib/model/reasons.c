// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/reasons.h"
#include <string.h>

const char *const carved_reason_codes[CARVED_REASON_COUNT] = {
#define X(symbol, code) [CARVED_REASON_##symbol] = code,
	CARVED_REASONS(X)
#undef X
};

bool carved_reason_is_known(const char *code)
{
	for (int i = 0; i < CARVED_REASON_COUNT; i++) {
		if (strcmp(carved_reason_codes[i], code) == 0)
			return true;
	}
	return false;
}
