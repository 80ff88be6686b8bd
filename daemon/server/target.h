// SPDX-License-Identifier: EUPL-1.2
// The target of a request line (RFC 9112 3.2, origin form only): path and query, percent encoding undone.
#pragma once
#include "carved/base/arena.h"
#include <stdbool.h>
#include <stddef.h>

// Undoes percent encoding of `length` bytes. `plus_is_space`: the habit of queries.
// Returns NULL where the encoding is broken, or where the result holds a NUL, another control character or invalid UTF-8.
char *carved_target_decode(const char *text, size_t length, bool plus_is_space, struct carved_arena *arena);

// Splits a target into its decoded path and its raw query ("" where there is none); the query's encoding is checked.
// Returns NULL, or what is wrong with it (a few English words for whoever wrote the client).
const char *carved_target_split(const char *target, struct carved_arena *arena, const char **ret_path, const char **ret_query);

// The decoded value of a key of a raw query; NULL where absent. *ret_valid (may be NULL) is false where the encoding is broken.
const char *carved_target_query(const char *query, const char *key, struct carved_arena *arena, bool *ret_valid);
