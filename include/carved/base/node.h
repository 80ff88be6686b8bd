// SPDX-License-Identifier: EUPL-1.2
// What a YAML or JSON text says, before anyone asks what it means: a tree of maps, lists and scalars that knows where each stood.
//
//   node      one value; all nodes of a tree live in one arena and are never changed after the reader made them
//   pointer   an RFC 6901 JSON pointer from the document's root ("/hours/min")
//   position  line and column count from 1 and are those of the whole text, also in a text of several documents; 0 = not known
#pragma once
#include "carved/base/arena.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum carved_node_kind {
	CARVED_NODE_NULL,
	CARVED_NODE_BOOL,
	CARVED_NODE_INTEGER,
	CARVED_NODE_REAL,
	CARVED_NODE_STRING,
	CARVED_NODE_LIST,
	CARVED_NODE_MAP
};

struct carved_node {
	enum carved_node_kind kind;
	bool plain; // a YAML scalar without quotes: `text` is what was written, so a key that wants a text may take it as one
	uint32_t line, column;         // where the value begins
	uint32_t key_line, key_column; // where its key begins, for a member of a map
	const char *key;               // the member's name in its map; NULL elsewhere
	const char *text;              // STRING: its value (no NUL inside); other scalars: as written
	union {
		bool boolean;
		int64_t integer;
		double real;
	};
	struct carved_node *first; // LIST, MAP: children in the order of the text
	struct carved_node *next;  // the next child of the same parent
	size_t count;              // number of children
};

// The member `key` of a map; NULL when there is none, or when node is NULL or no map.
const struct carved_node *carved_node_get(const struct carved_node *node, const char *key);

// Convenience for JSON that we wrote ourselves (the client reading answers, the daemon reading its store): the value of a member, or `otherwise` where
// it is absent or of another kind. An INTEGER is a REAL too.
const char *carved_node_get_text(const struct carved_node *node, const char *key, const char *otherwise);
int64_t carved_node_get_integer(const struct carved_node *node, const char *key, int64_t otherwise);
double carved_node_get_real(const struct carved_node *node, const char *key, double otherwise);
bool carved_node_get_bool(const struct carved_node *node, const char *key, bool otherwise);

// Children of a map or list: for (const struct carved_node *n = carved_node_first(list); n; n = n->next)
static inline const struct carved_node *carved_node_first(const struct carved_node *node)
{
	return node ? node->first : NULL;
}

#define CARVED_POINTER_STEP_MAX 1024

// One step of a pointer that stands at its '/', ~0 and ~1 resolved; cut where it is longer than the room. Returns where the next step begins, or the end.
const char *carved_pointer_step(const char *pointer, char ret_step[CARVED_POINTER_STEP_MAX]);
