// SPDX-License-Identifier: EUPL-1.2
// Frames out of a stream of bytes, and into one.
#include "internal.h"
#include <stdlib.h>

void carved_frame_reader_init(struct carved_frame_reader *reader, size_t limit)
{
	*reader = (struct carved_frame_reader){.limit = limit};
}

void carved_frame_reader_deinit(struct carved_frame_reader *reader)
{
	carved_buffer_deinit(&reader->bytes);
	reader->begin = 0;
}

void carved_frame_reader_feed(struct carved_frame_reader *reader, const void *bytes, size_t length)
{
	if (reader->begin) { // what was handed out makes room for what comes
		size_t left = reader->bytes.length - reader->begin;
		memmove(reader->bytes.data, reader->bytes.data + reader->begin, left);
		reader->bytes.length = left;
		reader->begin = 0;
	}
	carved_buffer_add(&reader->bytes, bytes, length);
}

enum carved_frame_answer carved_frame_reader_next(
	struct carved_frame_reader *reader, struct carved_frame *ret_frame, struct carved_error *error)
{
	uint32_t length;
	size_t there = reader->bytes.length - reader->begin;
	if (there < sizeof length)
		return CARVED_FRAME_MORE;
	const uint8_t *at = (const uint8_t *)reader->bytes.data + reader->begin;
	memcpy(&length, at, sizeof length);
	const char *wrong = length == 0 ? "a frame of no length" : length > reader->limit ? "a frame over the limit" : NULL;
	if (!wrong && there >= CARVED_WIRE_HEADER_BYTES && (at[4] < CARVED_FRAME_HELLO || at[4] > CARVED_FRAME_CANCEL))
		wrong = "a frame of an unknown type"; // said before its bytes are waited for
	if (wrong) {
		carved_wire_refuse(error, wrong);
		return CARVED_FRAME_BAD;
	}
	if (there - sizeof length < length)
		return CARVED_FRAME_MORE;
	*ret_frame = (struct carved_frame){(enum carved_frame_type)at[4], at + CARVED_WIRE_HEADER_BYTES, length - 1};
	reader->begin += sizeof length + length;
	return CARVED_FRAME_READY;
}

size_t carved_wire_begin(struct carved_buffer *buffer, enum carved_frame_type type)
{
	size_t begin = buffer->length;
	uint32_t length = 0;
	uint8_t type_byte = (uint8_t)type;
	CARVED_WIRE_ADD(buffer, length);
	CARVED_WIRE_ADD(buffer, type_byte);
	return begin;
}

void carved_wire_end(struct carved_buffer *buffer, size_t begin)
{
	size_t length = buffer->length - begin - sizeof(uint32_t);
	if (length > UINT32_MAX)
		abort(); // limits on documents keep instances far below
	memcpy(buffer->data + begin, &(uint32_t){(uint32_t)length}, sizeof(uint32_t));
}

bool carved_wire_refuse(struct carved_error *error, const char *reason)
{
	return carved_fail(error, CARVED_FRAME_INVALID, "reason", reason);
}

bool carved_wire_expect(const struct carved_frame *frame, enum carved_frame_type type, struct carved_error *error)
{
	return frame->type == type || carved_wire_refuse(error, "a frame of another type than its turn");
}
