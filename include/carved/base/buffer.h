// SPDX-License-Identifier: EUPL-1.2
// A growing run of bytes, always followed by a NUL that `length` does not count.
#pragma once
#include <stddef.h>

struct carved_buffer {
	char *data; // owned; NULL while nothing was added
	size_t length, capacity;
};

#define CARVED_BUFFER_INIT                                                                                                       \
	{                                                                                                                        \
		0                                                                                                                \
	}

void carved_buffer_add(struct carved_buffer *buffer, const void *bytes, size_t length);
void carved_buffer_add_text(struct carved_buffer *buffer, const char *text);
void carved_buffer_printf(struct carved_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Room for `length` more bytes that the caller fills; counts them at once. The pointer is good until the next call.
void *carved_buffer_extend(struct carved_buffer *buffer, size_t length);

// Empties it and keeps the memory.
void carved_buffer_clear(struct carved_buffer *buffer);

// Hands the bytes (NUL-terminated, never NULL) to the caller, who frees them with free(); the buffer is empty afterwards.
char *carved_buffer_take(struct carved_buffer *buffer, size_t *ret_length);

// Frees it; legal on a zeroed buffer, and the buffer can be used again.
void carved_buffer_deinit(struct carved_buffer *buffer);
