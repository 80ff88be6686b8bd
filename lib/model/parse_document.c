// SPDX-License-Identifier: EUPL-1.2
// One tree -> one document.
#include "parse_document.h"
#include <stdlib.h>
#include <string.h>

static int compare_findings(const void *a, const void *b)
{
	const struct carved_finding *x = a, *y = b;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->warning != y->warning)
		return x->warning ? 1 : -1;
	return strcmp(carved_code_name(x->error.code), carved_code_name(y->error.code));
}

static bool read_kind(struct carved_reading *reading, const struct carved_place *root, enum carved_kind *ret_kind)
{
	static const char *const choices[] = {"candidate", "site", "coach", "vocabulary", NULL};
	struct carved_place kind = carved_place_of(root, "kind");
	if (!kind.node) {
		struct carved_error *error = carved_report(reading, root, CARVED_REQUIRED_KEY);
		carved_error_add(error, "key", "kind");
		carved_error_add(error, "example", "kind: candidate");
		return false;
	}
	const char *text = kind.node->text && !carved_privacy_has_citizen_number(kind.node->text) ? kind.node->text : "";
	for (int i = 0; i < CARVED_KINDS; i++) {
		if (strcmp(carved_kind_names[i], text) == 0) {
			*ret_kind = (enum carved_kind)i;
			return true;
		}
	}
	carved_report_choice(carved_report(reading, &kind, CARVED_KIND_UNKNOWN), "kind", text, choices);
	return false;
}

static const char *ref_of(const struct carved_document *document)
{
	switch (document->kind) {
	case CARVED_KIND_CANDIDATE:
		return document->candidate.ref;
	case CARVED_KIND_SITE:
		return document->site.ref;
	case CARVED_KIND_COACH:
		return document->coach.ref;
	default:
		return document->vocabulary.ref;
	}
}

static void add_canonical(struct carved_document *document, const struct carved_node *root, struct carved_arena *arena)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	carved_schema_format(carved_schemas[document->kind], root, &buffer);
	document->json = carved_arena_strndup(arena, buffer.data, buffer.length);
	document->json_length = buffer.length;
	carved_buffer_deinit(&buffer);
}

// Reads what is there into a document of its own; NULL where it has no kind or no ref.
static struct carved_document *read_document(struct carved_reading *reading, const struct carved_place *root, bool *ret_is_right)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	size_t errors = reading->findings->error_count;
	reading->arena = &arena;
	carved_privacy_check(reading, root);
	enum carved_kind kind;
	if (!read_kind(reading, root, &kind))
		return NULL;
	reading->kind = kind;
	struct carved_document *document = carved_arena_alloc(&arena, sizeof *document);
	document->kind = kind;
	carved_read_defaults(carved_schemas[kind], &document->candidate); // all of the union begin there
	carved_read_object(reading, carved_schemas[kind], root, &document->candidate);
	carved_validate(reading, root, document);
	document->ref = ref_of(document);
	document->json = "";
	document->references = 1;
	*ret_is_right = reading->findings->error_count == errors;
	if (*ret_is_right)
		add_canonical(document, root->node, &arena);
	if (!document->ref) {
		carved_arena_deinit(&arena);
		return NULL;
	}
	document->arena = arena;
	return document;
}

struct carved_document *carved_parse_document(struct carved_reading *reading, const struct carved_node *root, bool *ret_is_right)
{
	struct carved_place place = {.node = root};
	size_t first = reading->findings->count;
	struct carved_document *document = NULL;
	*ret_is_right = false;
	if (root->kind == CARVED_NODE_MAP)
		document = read_document(reading, &place, ret_is_right);
	else
		carved_report(reading, &place, CARVED_DOCUMENT_NOT_A_MAP);
	if (reading->findings->count > first)
		qsort(reading->findings->items + first, reading->findings->count - first, sizeof *reading->findings->items,
			compare_findings);
	return document;
}
