// SPDX-License-Identifier: EUPL-1.2
// A short stand-in for a long text: the same text has the same one, two different ones have it by a chance of 1 in 2^64 or less. It guards against accidents,
// not against forgery: nothing that a caller gains by forging one concerns anybody but the caller.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define CARVED_FINGERPRINT_TEXT_MAX 33 // bytes of its text, NUL included

struct carved_fingerprint {
	unsigned __int128 value;
};

#define CARVED_FINGERPRINT_INIT                                                                                                  \
	{                                                                                                                        \
		(unsigned __int128)0x6c62272e07bb0142 << 64 | 0x62b821756295c58d                                                 \
	}

// FNV-1a with 128 bits (RFC 9923). Parts that must not run into each other are added with their NUL.
void carved_fingerprint_add(struct carved_fingerprint *fingerprint, const void *bytes, size_t length);

// As 32 hexadecimal digits. Returns ret_text.
const char *carved_fingerprint_format(const struct carved_fingerprint *fingerprint, char ret_text[CARVED_FINGERPRINT_TEXT_MAX]);
