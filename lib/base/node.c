// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/node.h"
#include <string.h>

const struct carved_node *carved_node_get(const struct carved_node *node, const char *key)
{
	if (!node || node->kind != CARVED_NODE_MAP)
		return NULL;
	for (const struct carved_node *member = node->first; member; member = member->next) {
		if (strcmp(member->key, key) == 0)
			return member;
	}
	return NULL;
}

const char *carved_node_get_text(const struct carved_node *node, const char *key, const char *otherwise)
{
	const struct carved_node *member = carved_node_get(node, key);
	return member && member->kind == CARVED_NODE_STRING ? member->text : otherwise;
}

int64_t carved_node_get_integer(const struct carved_node *node, const char *key, int64_t otherwise)
{
	const struct carved_node *member = carved_node_get(node, key);
	return member && member->kind == CARVED_NODE_INTEGER ? member->integer : otherwise;
}

double carved_node_get_real(const struct carved_node *node, const char *key, double otherwise)
{
	const struct carved_node *member = carved_node_get(node, key);
	if (member && member->kind == CARVED_NODE_INTEGER)
		return (double)member->integer;
	return member && member->kind == CARVED_NODE_REAL ? member->real : otherwise;
}

bool carved_node_get_bool(const struct carved_node *node, const char *key, bool otherwise)
{
	const struct carved_node *member = carved_node_get(node, key);
	return member && member->kind == CARVED_NODE_BOOL ? member->boolean : otherwise;
}

const char *carved_pointer_step(const char *pointer, char ret_step[CARVED_POINTER_STEP_MAX])
{
	size_t used = 0;
	for (pointer++; *pointer && *pointer != '/'; pointer++) {
		char c = *pointer;
		if (c == '~' && (pointer[1] == '0' || pointer[1] == '1'))
			c = *++pointer == '0' ? '~' : '/';
		if (used < CARVED_POINTER_STEP_MAX - 1)
			ret_step[used++] = c;
	}
	ret_step[used] = '\0';
	return pointer;
}
