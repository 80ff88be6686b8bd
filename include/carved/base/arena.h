// SPDX-License-Identifier: EUPL-1.2
// Memory that lives and dies together: per request, per document, per solve. Nothing is freed one by one.
//
// Memory that can't be had ends the process (carved_out_of_memory): the store loses nothing, the service manager starts it again.
#pragma once
#include <stddef.h>

struct carved_arena {
	struct carved_arena_chunk *chunks; // newest first; owned
	size_t used, size;                 // of the newest chunk
	size_t total;                      // bytes asked for so far
};

#define CARVED_ARENA_INIT                                                                                                        \
	{                                                                                                                        \
		0                                                                                                                \
	}

// Aligned for any type and zeroed. Never NULL. Lives until carved_arena_deinit.
void *carved_arena_alloc(struct carved_arena *arena, size_t size);
#define carved_arena_array(arena, type, count) ((type *)carved_arena_alloc_array((arena), (count), sizeof(type)))
void *carved_arena_alloc_array(
	struct carved_arena *arena, size_t count, size_t size); // ends the process where count * size overflows
char *carved_arena_strdup(struct carved_arena *arena, const char *text);
char *carved_arena_strndup(struct carved_arena *arena, const char *text, size_t length); // adds the NUL
char *carved_arena_printf(struct carved_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Frees all of it; the arena can be used again. Legal on a zeroed arena.
void carved_arena_deinit(struct carved_arena *arena);

// malloc family that never returns NULL.
void *carved_alloc(size_t size);
void *carved_alloc_array(size_t count, size_t size); // zeroed
void *carved_realloc_array(void *memory, size_t count, size_t size);
char *carved_strdup(const char *text);
// Ends the process with CARVED_EXIT_MEMORY, so that whoever started it can say why.
_Noreturn void carved_out_of_memory(void);
enum { CARVED_EXIT_MEMORY = 71 }; // EX_OSERR of sysexits(3)
