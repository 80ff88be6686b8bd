// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/arena.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 1024, LARGEST_CHUNK = 1 << 20, ALIGNMENT = 16 };

struct carved_arena_chunk {
	struct carved_arena_chunk *next;
	_Alignas(ALIGNMENT) unsigned char bytes[];
};

static size_t padding(size_t size)
{
	return (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT;
}

static void add_chunk(struct carved_arena *arena, size_t at_least)
{
	size_t size = arena->size ? arena->size * 2 : FIRST_CHUNK;
	if (size > LARGEST_CHUNK)
		size = LARGEST_CHUNK;
	if (size < at_least)
		size = at_least;
	struct carved_arena_chunk *chunk = carved_alloc(sizeof *chunk + size);
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->size = size;
	arena->used = 0;
}

void *carved_arena_alloc(struct carved_arena *arena, size_t size)
{
	if (size > SIZE_MAX - 2 * (size_t)ALIGNMENT - sizeof(struct carved_arena_chunk))
		carved_out_of_memory();
	size += padding(size);
	if (!arena->chunks || arena->size - arena->used < size)
		add_chunk(arena, size);
	void *memory = arena->chunks->bytes + arena->used;
	arena->used += size;
	arena->total += size;
	return memset(memory, 0, size);
}

void *carved_arena_alloc_array(struct carved_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		carved_out_of_memory();
	return carved_arena_alloc(arena, count * size);
}

char *carved_arena_strndup(struct carved_arena *arena, const char *text, size_t length)
{
	char *copy = carved_arena_alloc(arena, length + 1);
	memcpy(copy, text, length);
	return copy;
}

char *carved_arena_strdup(struct carved_arena *arena, const char *text)
{
	return carved_arena_strndup(arena, text, strlen(text));
}

char *carved_arena_printf(struct carved_arena *arena, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		abort(); // a format of ours is wrong
	char *text = carved_arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

void carved_arena_deinit(struct carved_arena *arena)
{
	for (struct carved_arena_chunk *chunk = arena->chunks; chunk;) {
		struct carved_arena_chunk *next = chunk->next;
		free(chunk);
		chunk = next;
	}
	*arena = (struct carved_arena)CARVED_ARENA_INIT;
}

void *carved_alloc(size_t size)
{
	void *memory = malloc(size ? size : 1);
	if (!memory)
		carved_out_of_memory();
	return memory;
}

void *carved_alloc_array(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);
	if (!memory)
		carved_out_of_memory();
	return memory;
}

void *carved_realloc_array(void *memory, size_t count, size_t size)
{
	memory = reallocarray(memory, count ? count : 1, size ? size : 1);
	if (!memory)
		carved_out_of_memory();
	return memory;
}

char *carved_strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(carved_alloc(size), text, size);
}

void carved_out_of_memory(void)
{
	fputs("carved: out of memory\n", stderr);
	_Exit(CARVED_EXIT_MEMORY);
}
