// SPDX-License-Identifier: EUPL-1.2
// What the files of wire/ share: a cursor over bytes that nobody vouches for, and the writers beside it.
//
// Structs go over the wire as they lie in memory: both ends run on one machine. That is little-endian without padding here, and does not compile elsewhere;
// HELLO carries a fingerprint of their sizes, so that a daemon and a solver of different builds refuse each other.
#pragma once
#include "carved/wire/wire.h"
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "frames are little-endian: encode field by field here"
#endif

struct carved_wire_cursor {
	const uint8_t *at;
	size_t left;
	bool ok; // false once something was asked that is not there; what is read from then on is zero
};

static inline struct carved_wire_cursor carved_wire_cursor_of(const struct carved_frame *frame)
{
	return (struct carved_wire_cursor){frame->payload, frame->length, true};
}

// Copies the next bytes, wherever they lie: no alignment is asked of them.
static inline void carved_wire_take(struct carved_wire_cursor *cursor, void *ret_value, size_t size)
{
	if (!cursor->ok || size > cursor->left) {
		cursor->ok = false;
		memset(ret_value, 0, size);
		return;
	}
	if (size)
		memcpy(ret_value, cursor->at, size);
	cursor->at += size;
	cursor->left -= size;
}

#define CARVED_WIRE_TAKE(cursor, place) carved_wire_take((cursor), &(place), sizeof(place))
#define CARVED_WIRE_ADD(buffer, value) carved_buffer_add((buffer), &(value), sizeof(value))

// Begins a frame whose length is filled in by the end. Returns where it begins.
size_t carved_wire_begin(struct carved_buffer *buffer, enum carved_frame_type type);
void carved_wire_end(struct carved_buffer *buffer, size_t begin);

// FRAME_INVALID with a reason. Returns false.
bool carved_wire_refuse(struct carved_error *error, const char *reason);
// Whether the frame is of that type; refuses otherwise.
bool carved_wire_expect(const struct carved_frame *frame, enum carved_frame_type type, struct carved_error *error);

// start.c: the part of INSTANCE that holds the plan to start from. What it announces stands in the frame's head, the rest at its end.
struct carved_wire_start_head {
	uint32_t there; // 0: no start, and nothing else is set; 2: a fresh one
	uint32_t most_changes;
	int64_t keep_weight;
	uint32_t package_count, piece_count;
};
struct carved_wire_start_head carved_wire_start_head_of(const struct carved_start *start); // NULL: none
uint64_t carved_wire_start_bytes(const struct carved_wire_start_head *head, const struct carved_instance *instance);
void carved_wire_add_start(
	struct carved_buffer *buffer, const struct carved_instance *instance, const struct carved_start *start); // NULL: nothing
// Reads it into the instance's arena. Requires: the cursor holds carved_wire_start_bytes; the instance is right. Returns false where it makes no sense.
bool carved_wire_take_start(struct carved_wire_cursor *cursor, const struct carved_wire_start_head *head,
	struct carved_instance *instance, const struct carved_start **ret_start);
