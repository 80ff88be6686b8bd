// SPDX-License-Identifier: EUPL-1.2
// What tags, wishes and facilities are called: words of the vocabularies, labels of e-codes.
#include "explaining.h"
#include <string.h>

const char *const carved_explain_mode_names[CARVED_MODES] = {"walk", "bicycle", "public-transport", "car"};
const char *const carved_explain_company_names[] = {
	[CARVED_ALONE] = "alone", [CARVED_SMALL_TEAM] = "small-team", [CARVED_TEAM] = "team"}; // not stated: NULL

static const struct carved_word *find_word(const struct carved_words *words, const char *name)
{
	for (size_t i = 0; i < words->count; i++) {
		if (strcmp(words->items[i].name, name) == 0)
			return &words->items[i];
	}
	return NULL;
}

const char *carved_explain_word(
	const struct carved_region *region, enum carved_explain_words words, const char *name, enum carved_language language)
{
	for (size_t v = 0; v < region->count[CARVED_KIND_VOCABULARY]; v++) {
		const struct carved_vocabulary *vocabulary = &region->documents[CARVED_KIND_VOCABULARY][v]->vocabulary;
		const struct carved_word *word =
			find_word(words == CARVED_EXPLAIN_TAGS ? &vocabulary->tags : &vocabulary->facilities, name);
		const char *text = !word ? NULL : language == CARVED_DUTCH ? word->nl : word->en;
		if (text)
			return text;
	}
	return NULL;
}

const char *carved_explain_tag(const struct carved_region *region, const char *name, enum carved_language language)
{
	const char *word = carved_explain_word(region, CARVED_EXPLAIN_TAGS, name, language);
	carved_icf icf = word ? CARVED_ICF_NONE : carved_icf_find(name);
	return icf != CARVED_ICF_NONE ? carved_icf_label(icf, language) : word;
}
