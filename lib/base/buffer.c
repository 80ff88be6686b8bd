// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/buffer.h"
#include "carved/base/arena.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct carved_buffer *buffer, size_t more)
{
	if (more > SIZE_MAX / 2 - buffer->length - 1)
		carved_out_of_memory();
	size_t needed = buffer->length + more + 1;
	if (needed <= buffer->capacity)
		return;
	size_t capacity = buffer->capacity ? buffer->capacity : 64;
	while (capacity < needed)
		capacity *= 2;
	buffer->data = carved_realloc_array(buffer->data, capacity, 1);
	buffer->capacity = capacity;
}

void *carved_buffer_extend(struct carved_buffer *buffer, size_t length)
{
	reserve(buffer, length);
	char *place = buffer->data + buffer->length;
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
	return place;
}

void carved_buffer_add(struct carved_buffer *buffer, const void *bytes, size_t length)
{
	if (length)
		memcpy(carved_buffer_extend(buffer, length), bytes, length);
}

void carved_buffer_add_text(struct carved_buffer *buffer, const char *text)
{
	carved_buffer_add(buffer, text, strlen(text));
}

void carved_buffer_printf(struct carved_buffer *buffer, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		abort(); // a format of ours is wrong
	reserve(buffer, (size_t)length);
	vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
	va_end(again);
	buffer->length += (size_t)length;
}

void carved_buffer_clear(struct carved_buffer *buffer)
{
	buffer->length = 0;
	if (buffer->data)
		buffer->data[0] = '\0';
}

char *carved_buffer_take(struct carved_buffer *buffer, size_t *ret_length)
{
	reserve(buffer, 0);
	buffer->data[buffer->length] = '\0';
	char *data = buffer->data;
	if (ret_length)
		*ret_length = buffer->length;
	*buffer = (struct carved_buffer)CARVED_BUFFER_INIT;
	return data;
}

void carved_buffer_deinit(struct carved_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct carved_buffer)CARVED_BUFFER_INIT;
}
