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
