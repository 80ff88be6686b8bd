// SPDX-License-Identifier: EUPL-1.2
// What tags and wishes are called: words of the vocabularies, labels of e-codes.
#include "explaining.h"

const char *const carved_explain_mode_names[CARVED_MODES] = {"walk", "bicycle", "public-transport", "car"};
const char *const carved_explain_company_names[] = {
	[CARVED_ALONE] = "alone", [CARVED_SMALL_TEAM] = "small-team", [CARVED_TEAM] = "team"}; // not stated: NULL

const char *carved_explain_tag(const struct carved_region *region, const char *name, enum carved_language language)
{
	const char *word = carved_region_word(region, CARVED_WORD_TAG, name, language);
	carved_icf icf = word ? CARVED_ICF_NONE : carved_icf_find(name);
	return icf != CARVED_ICF_NONE ? carved_icf_label(icf, language) : word;
}
