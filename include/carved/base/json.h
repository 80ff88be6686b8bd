// SPDX-License-Identifier: EUPL-1.2
// JSON (RFC 8259) in and out. The only room that knows jansson.
#pragma once
#include "carved/base/arena.h"
#include "carved/base/buffer.h"
#include "carved/base/error.h"
#include "carved/base/node.h"

// Reads one JSON value; members given twice, invalid UTF-8, NUL inside a text, nesting over 32 levels and anything behind the value are refused.
// Requires: ret_root, error, ret_line and ret_column are not NULL. The text needs no NUL at its end.
// Returns:  true and *ret_root, living in `arena`; or false, one of SYNTAX_INVALID, KEY_TWICE, NESTING_TOO_DEEP, NUL_IN_TEXT, UTF8_INVALID, and the position.
// The nodes carry no positions: carved_json_add_positions adds them when they are needed, carved_json_locate finds one.
bool carved_json_parse(const char *text, size_t length, struct carved_arena *arena, const struct carved_node **ret_root,
	struct carved_error *error, uint32_t *ret_line, uint32_t *ret_column);

// Where the value that `pointer` names begins in a text that carved_json_parse accepted; with `of_key`, where its key begins.
// Returns false where the pointer names nothing.
bool carved_json_locate(
	const char *text, size_t length, const char *pointer, bool of_key, uint32_t *ret_line, uint32_t *ret_column);

// The text of the value that `pointer` names, in a text that carved_json_parse would accept but for its depth: a part of a large or deep text can be read by itself.
// Returns false where the pointer names nothing.
bool carved_json_slice(const char *text, size_t length, const char *pointer, const char **ret_value, size_t *ret_length);

// Sets the positions of all nodes of a tree at once, in one pass. The first character of `text` stands at `line`, column 1.
// Requires: carved_json_parse made the tree from this very text.
void carved_json_add_positions(const char *text, size_t length, uint32_t line, const struct carved_node *root);

// Writes a tree as compact JSON, members in their order.
void carved_json_format(const struct carved_node *root, struct carved_buffer *buffer);
// The same, indented by two spaces, for people.
void carved_json_format_pretty(const struct carved_node *root, struct carved_buffer *buffer);

// Writing without a tree: each call adds one thing, commas come by themselves. Keys go with values inside objects, NULL inside arrays.
struct carved_json_writer {
	struct carved_buffer *buffer; // borrowed
	bool comma;                   // the next thing needs a comma before it
};

#define CARVED_JSON_WRITER(buffer_)                                                                                              \
	{                                                                                                                        \
		.buffer = (buffer_)                                                                                              \
	}

void carved_json_begin_object(struct carved_json_writer *writer, const char *key);
void carved_json_end_object(struct carved_json_writer *writer);
void carved_json_begin_array(struct carved_json_writer *writer, const char *key);
void carved_json_end_array(struct carved_json_writer *writer);
void carved_json_add_text(struct carved_json_writer *writer, const char *key, const char *value); // NULL value: null
void carved_json_add_integer(struct carved_json_writer *writer, const char *key, int64_t value);
void carved_json_add_bool(struct carved_json_writer *writer, const char *key, bool value);
void carved_json_add_hours(struct carved_json_writer *writer, const char *key, int quarters); // 7 -> 1.75
void carved_json_add_millionths(
	struct carved_json_writer *writer, const char *key, int64_t value); // 12345 -> 0.012345, always six decimals
void carved_json_add_date(struct carved_json_writer *writer, const char *key, int32_t date);
void carved_json_add_node(struct carved_json_writer *writer, const char *key, const struct carved_node *value);
void carved_json_add_raw(
	struct carved_json_writer *writer, const char *key, const char *json, size_t length); // valid JSON of our own
