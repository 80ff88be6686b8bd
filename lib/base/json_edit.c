// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/json_edit.h"
#include "carved/base/json.h"
#include <stdlib.h>
#include <string.h>

// The reader hands out trees as never to be changed. This one is ours alone.
static struct carved_node *own(const struct carved_node *node)
{
	return (struct carved_node *)(uintptr_t)node;
}

bool carved_json_edit_open(struct carved_json_edit *edit, const char *text, size_t length, struct carved_error *error)
{
	const struct carved_node *root = NULL;
	uint32_t line, column;
	*edit = (struct carved_json_edit){.arena = CARVED_ARENA_INIT};
	bool read = carved_json_parse(text, length, &edit->arena, &root, error, &line, &column);
	edit->root = read ? own(root) : NULL;
	return read;
}

void carved_json_edit_deinit(struct carved_json_edit *edit)
{
	carved_arena_deinit(&edit->arena);
	edit->root = NULL;
}

static bool is_index(const char *step)
{
	return *step && strspn(step, "0123456789") == strlen(step) && strlen(step) < 9;
}

// Where the child that a step names hangs: the pointer to it, or the place behind the last; NULL where the node can't have such a child.
static struct carved_node **hang(struct carved_node *parent, const char *step)
{
	struct carved_node **at = &parent->first;
	if (parent->kind == CARVED_NODE_MAP) {
		while (*at && strcmp((*at)->key, step) != 0)
			at = &(*at)->next;
		return at;
	}
	if (parent->kind != CARVED_NODE_LIST || (!is_index(step) && strcmp(step, "-") != 0))
		return NULL;
	bool last = *step == '-';
	for (long left = last ? 0 : strtol(step, NULL, 10); *at && (last || left > 0); left--)
		at = &(*at)->next;
	return at;
}

const struct carved_node *carved_json_edit_find(const struct carved_json_edit *edit, const char *pointer)
{
	char step[CARVED_POINTER_STEP_MAX];
	struct carved_node *node = edit->root;
	while (node && *pointer == '/') {
		pointer = carved_pointer_step(pointer, step);
		struct carved_node **at = hang(node, step);
		node = at ? *at : NULL;
	}
	return node;
}

// Puts `node` in the place of what hangs there, if anything. Returns false where it is an item beyond the end of a list.
static bool put(struct carved_json_edit *edit, struct carved_node *parent, struct carved_node **at, const char *step,
	struct carved_node *node)
{
	if (!*at && parent->kind == CARVED_NODE_LIST && *step != '-' && strtoul(step, NULL, 10) != parent->count)
		return false;
	parent->count += *at == NULL;
	node->next = *at ? (*at)->next : NULL;
	node->key = parent->kind == CARVED_NODE_MAP ? carved_arena_strdup(&edit->arena, step) : NULL;
	*at = node;
	return true;
}

// The way down to the place that the pointer names; maps that are missing are made in `made` and hung up only when the way is whole.
static bool put_at(struct carved_json_edit *edit, const char *pointer, struct carved_node *value)
{
	char step[CARVED_POINTER_STEP_MAX];
	struct carved_node *node = edit->root;
	while (*pointer == '/') {
		pointer = carved_pointer_step(pointer, step);
		struct carved_node **at = hang(node, step);
		if (!at)
			return false;
		if (*pointer == '\0')
			return put(edit, node, at, step, value);
		if (!*at) {
			struct carved_node *map = carved_arena_array(&edit->arena, struct carved_node, 1);
			map->kind = CARVED_NODE_MAP;
			if (*pointer != '/' || node->kind != CARVED_NODE_MAP || !put(edit, node, at, step, map))
				return false;
		}
		node = *at;
	}
	return false;
}

static bool fail(struct carved_error *error, const char *pointer)
{
	return carved_fail(error, CARVED_EDIT_IMPOSSIBLE, "pointer", pointer);
}

bool carved_json_edit_set(struct carved_json_edit *edit, const char *pointer, const char *value, struct carved_error *error)
{
	const struct carved_node *node;
	uint32_t line, column;
	if (!carved_json_parse(value, strlen(value), &edit->arena, &node, error, &line, &column))
		return false;
	return put_at(edit, pointer, own(node)) || fail(error, pointer);
}

bool carved_json_edit_remove(struct carved_json_edit *edit, const char *pointer, struct carved_error *error)
{
	char step[CARVED_POINTER_STEP_MAX];
	struct carved_node *node = edit->root;
	const char *at = pointer;
	while (node && *at == '/') {
		at = carved_pointer_step(at, step);
		struct carved_node **child = hang(node, step);
		if (!child || !*child)
			break;
		if (*at == '\0') {
			*child = (*child)->next;
			node->count--;
			return true;
		}
		node = *child;
	}
	return fail(error, pointer);
}
