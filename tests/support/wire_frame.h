// SPDX-License-Identifier: EUPL-1.2
// Frames for tests of wire/: what a writer put into a buffer, as a reader gets it.
#pragma once
#include "carved/wire/wire.h"
#include "support/carved_cmocka.h"
#include <stdlib.h>
#include <string.h>

// The one frame in `bytes`, or what is left of it: a copy that ends where its memory ends, so that a look beyond is seen. The caller frees the payload.
static inline struct carved_frame wire_frame_copy(const struct carved_buffer *bytes, size_t length)
{
	uint8_t *copy = malloc(length ? length : 1);
	memcpy(copy, bytes->data + CARVED_WIRE_HEADER_BYTES, length);
	return (struct carved_frame){(enum carved_frame_type)bytes->data[4], copy, length};
}

static inline size_t wire_payload_length(const struct carved_buffer *bytes)
{
	return bytes->length - CARVED_WIRE_HEADER_BYTES;
}

static inline void wire_expect_refused(const struct carved_error *error, const char *reason)
{
	assert_int_equal(error->code, CARVED_FRAME_INVALID);
	assert_string_equal(carved_error_get(error, "reason"), reason);
}

// Turns one to three bits of the frame.
static inline void wire_turn_bits(struct carved_frame *frame, unsigned *seed)
{
	for (int flips = 1 + rand_r(seed) % 3; flips; flips--)
		((uint8_t *)frame->payload)[(size_t)rand_r(seed) % frame->length] ^= (uint8_t)(1 << rand_r(seed) % 8);
}

// An instance is refused. Frees the frame's payload.
static inline void wire_expect_no_instance(struct carved_frame frame, const char *reason)
{
	struct carved_instance instance;
	struct carved_solve_request request;
	struct carved_error error;
	assert_false(carved_wire_read_instance(&frame, &instance, &request, &error));
	wire_expect_refused(&error, reason);
	free((void *)frame.payload);
}
