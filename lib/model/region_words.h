// SPDX-License-Identifier: EUPL-1.2
// The words of all vocabularies of a region together.
#pragma once
#include "carved/model/region.h"

struct carved_word_list {
	const char **items; // sorted; borrowed from the region
	size_t count;
};

struct carved_region_words {
	bool any; // whether there is a vocabulary at all
	struct carved_word_list facilities, has;
	struct carved_word_list tags;       // and those that carved derives
	struct carved_word_list categories; // of tasks
	struct carved_word_list wishes;     // tags and categories
};

void carved_region_words_init(struct carved_region_words *words, const struct carved_region *region);
void carved_region_words_deinit(struct carved_region_words *words);

bool carved_word_list_has(const struct carved_word_list *list, const char *word);

// A wish is known where a tag or category is the same or begins with it plus a dot, or where it is an e-code of ICF.
bool carved_region_words_know_wish(const struct carved_region_words *words, const char *wish);
