// SPDX-License-Identifier: EUPL-1.2
// A JSON text with some of its values changed: set and remove by pointer (RFC 6901), in the manner of RFC 6902.
#pragma once
#include "carved/base/buffer.h"
#include "carved/base/error.h"
#include "carved/base/node.h"

struct carved_json_edit {
	struct carved_arena arena; // owns the tree
	struct carved_node *root;
};

// Reads the text. Returns false as carved_json_parse does. Deinit it in either case.
bool carved_json_edit_open(struct carved_json_edit *edit, const char *text, size_t length, struct carved_error *error);
void carved_json_edit_deinit(struct carved_json_edit *edit);

// The value that a pointer names now; NULL: nothing.
const struct carved_node *carved_json_edit_find(const struct carved_json_edit *edit, const char *pointer);

// Puts a JSON value where the pointer says: a member replaces the one of its name or is added, with maps made on the way where there are none; an item of a list
// replaces the one in its place, "-" stands for the place behind the last.
// Returns false, nothing changed, with EDIT_IMPOSSIBLE (pointer) where a step leads through something else than a map or list, or beside a list's items, and with
// carved_json_parse's codes where `value` is no JSON.
bool carved_json_edit_set(struct carved_json_edit *edit, const char *pointer, const char *value, struct carved_error *error);

// Takes a member or item away. Returns false, with EDIT_IMPOSSIBLE (pointer), where there is none.
bool carved_json_edit_remove(struct carved_json_edit *edit, const char *pointer, struct carved_error *error);
