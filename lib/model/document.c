// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/document.h"

const char *const carved_override_rule_names[] = {[CARVED_OVERRULES_CAPACITY] = "capacity",
	[CARVED_OVERRULES_ENVIRONMENT] = "environment",
	[CARVED_OVERRULES_REQUIREMENT] = "requirement",
	[CARVED_OVERRULES_NEVER] = "never",
	NULL};

const char *const carved_kind_names[CARVED_KINDS] = {"candidate", "site", "coach", "vocabulary"};

struct carved_document *carved_document_ref(struct carved_document *document)
{
	__atomic_add_fetch(&document->references, 1, __ATOMIC_RELAXED);
	return document;
}

void carved_document_unref(struct carved_document *document)
{
	if (!document || __atomic_sub_fetch(&document->references, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	struct carved_arena arena = document->arena; // the document lives in its own arena
	carved_arena_deinit(&arena);
}
