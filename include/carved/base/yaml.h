// SPDX-License-Identifier: EUPL-1.2
// YAML in and out, a strict part of YAML 1.2: what people write by hand and nothing that surprises. The only room that knows libyaml.
//
// Refused, each with its reason and place: anchors and aliases, tags, keys given twice, keys that are lists or maps, nesting over 32 levels, %directives,
// texts that are not UTF-8, a NUL in a text, NEL, LS and PS (line breaks in YAML 1.1 only), .inf, .nan and integers beyond 64 bits. Plain scalars get the types of YAML 1.2's core schema ("no" and "on" are texts).
#pragma once
#include "carved/base/arena.h"
#include "carved/base/buffer.h"
#include "carved/base/error.h"
#include "carved/base/node.h"

struct carved_yaml_reader;

// Reads a stream of documents, one at a time. Requires: text outlives the reader; nodes live in the arena given per document.
struct carved_yaml_reader *carved_yaml_reader_new(const char *text, size_t length);
void carved_yaml_reader_free(struct carved_yaml_reader *reader);

// Returns:  true with *ret_root the next document (never an empty one: those are passed over) or NULL at the end of the stream;
//           false with SYNTAX_INVALID, KEY_TWICE, NESTING_TOO_DEEP, NUL_IN_TEXT, NUMBER_TOO_LARGE, UTF8_INVALID or one of the YAML_ codes, and the position. A reader that failed stays failed: structure is lost.
bool carved_yaml_read(struct carved_yaml_reader *reader, struct carved_arena *arena, const struct carved_node **ret_root,
	struct carved_error *error, uint32_t *ret_line, uint32_t *ret_column);

// Writes a tree as block style YAML that carved_yaml_read reads back to an equal tree; texts that would read as another type are quoted.
void carved_yaml_format(const struct carved_node *root, struct carved_buffer *buffer);
