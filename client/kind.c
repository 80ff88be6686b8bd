// SPDX-License-Identifier: EUPL-1.2
#include "kind.h"
#include <string.h>

static const struct {
	const char *name, *collection;
} kinds[CARVE_KINDS] = {
	[CARVE_CANDIDATE] = {"candidate", "candidates"},
	[CARVE_SITE] = {"site", "sites"},
	[CARVE_COACH] = {"coach", "coaches"},
	[CARVE_VOCABULARY] = {"vocabulary", "vocabularies"},
	[CARVE_PLAN] = {"plan", "plans"},
	[CARVE_PROPOSAL] = {"proposal", "proposals"},
};

const char *carve_kind_name(enum carve_kind kind)
{
	return kinds[kind].name;
}

const char *carve_kind_collection(enum carve_kind kind)
{
	return kinds[kind].collection;
}

bool carve_kind_is_document(enum carve_kind kind)
{
	return kind < CARVE_PLAN;
}

bool carve_kind_parse(const char *text, enum carve_kind *ret_kind)
{
	for (int kind = 0; kind < CARVE_KINDS; kind++) {
		if (strcmp(text, kinds[kind].name) == 0 || strcmp(text, kinds[kind].collection) == 0) {
			*ret_kind = (enum carve_kind)kind;
			return true;
		}
	}
	return false;
}

static bool is_id(const char *ref, const char *prefix)
{
	size_t length = strlen(prefix);
	return strncmp(ref, prefix, length) == 0 && ref[length] && strspn(ref + length, "0123456789") == strlen(ref + length);
}

bool carve_kind_is_plan_id(const char *ref)
{
	return is_id(ref, "PL-");
}

bool carve_kind_is_proposal_id(const char *ref)
{
	return is_id(ref, "P-");
}
