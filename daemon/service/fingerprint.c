// SPDX-License-Identifier: EUPL-1.2
#include "fingerprint.h"
#include <inttypes.h>
#include <stdio.h>

void carved_fingerprint_add(struct carved_fingerprint *fingerprint, const void *bytes, size_t length)
{
	const unsigned __int128 prime = (unsigned __int128)1 << 88 | 0x13b;
	const unsigned char *at = bytes;
	unsigned __int128 value = fingerprint->value;
	for (size_t i = 0; i < length; i++)
		value = (value ^ at[i]) * prime;
	fingerprint->value = value;
}

const char *carved_fingerprint_format(const struct carved_fingerprint *fingerprint, char ret_text[CARVED_FINGERPRINT_TEXT_MAX])
{
	snprintf(ret_text, CARVED_FINGERPRINT_TEXT_MAX, "%016" PRIx64 "%016" PRIx64, (uint64_t)(fingerprint->value >> 64),
		(uint64_t)fingerprint->value);
	return ret_text;
}
