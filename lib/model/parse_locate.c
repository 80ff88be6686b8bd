// SPDX-License-Identifier: EUPL-1.2
// Positions for findings that came up after parsing: the text is read once more, each document once.
#include "carved/base/json.h"
#include "parse_stream.h"
#include <stdlib.h>
#include <string.h>

static const struct carved_node *find(const struct carved_node *node, const char *pointer)
{
	char step[CARVED_POINTER_STEP_MAX];
	while (node && *pointer == '/') {
		pointer = carved_pointer_step(pointer, step);
		if (node->kind == CARVED_NODE_MAP) {
			node = carved_node_get(node, step);
			continue;
		}
		size_t index = strtoul(step, NULL, 10);
		if (node->kind != CARVED_NODE_LIST || !*step || strspn(step, "0123456789") != strlen(step))
			return NULL;
		for (node = node->first; node && index; index--)
			node = node->next;
	}
	return node;
}

static bool wants(const struct carved_finding *finding, size_t document)
{
	return !finding->line && finding->document == document;
}

static void locate_in(struct carved_finding *findings, size_t count, size_t document, const struct carved_stream_item *item)
{
	bool positioned = !item->json;
	for (size_t i = 0; i < count; i++) {
		if (!wants(&findings[i], document))
			continue;
		if (!positioned)
			carved_json_add_positions(item->json, item->json_length, item->line, item->root);
		positioned = true;
		const struct carved_node *node = find(item->root, findings[i].pointer);
		findings[i].line = node ? node->line : 0;
		findings[i].column = node ? node->column : 0;
	}
}

static void locate_all(const char *text, size_t length, enum carved_format format, struct carved_finding *findings, size_t count)
{
	struct carved_stream stream;
	size_t last = 0;
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		if (findings[i].line || findings[i].document == UINT32_MAX)
			continue;
		last = findings[i].document > last ? findings[i].document : last;
		any = true;
	}
	if (!any)
		return;
	carved_stream_open(&stream, text, length, format);
	for (size_t document = 0; document <= last; document++) {
		struct carved_arena nodes = CARVED_ARENA_INIT;
		struct carved_stream_item item;
		bool read = carved_stream_next(&stream, &nodes, &item);
		if (read && item.root)
			locate_in(findings, count, document, &item);
		carved_arena_deinit(&nodes);
		if (read && !item.root)
			break;
	}
	carved_stream_close(&stream);
}

static int compare(const void *a, const void *b)
{
	const struct carved_finding *x = a, *y = b;
	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return strcmp(carved_code_name(x->error.code), carved_code_name(y->error.code));
}

void carved_parse_locate_findings(const char *text, size_t length, enum carved_format format, struct carved_findings *findings)
{
	locate_all(text, length, format, findings->items, findings->count);
	if (findings->count)
		qsort(findings->items, findings->count, sizeof *findings->items, compare);
}

bool carved_parse_locate(const char *text, size_t length, enum carved_format format, size_t document, const char *pointer,
	uint32_t *ret_line, uint32_t *ret_column)
{
	struct carved_finding finding = {.document = (uint32_t)document};
	if (strlen(pointer) >= sizeof finding.pointer)
		return false;
	strcpy(finding.pointer, pointer);
	locate_all(text, length, format, &finding, 1);
	if (!finding.line)
		return false;
	*ret_line = finding.line;
	*ret_column = finding.column;
	return true;
}
