// SPDX-License-Identifier: EUPL-1.2
#include "region_words.h"
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add(struct carved_word_list *list, const char *word)
{
	if ((list->count & (list->count - 1)) == 0) // at each power of two
		list->items = carved_realloc_array(list->items, list->count ? list->count * 2 : 1, sizeof *list->items);
	list->items[list->count++] = word;
}

static void add_words(struct carved_word_list *list, const struct carved_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		add(list, words->items[i].name);
}

static void sort(struct carved_word_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, compare);
}

static void add_all(struct carved_word_list *list, const struct carved_word_list *others)
{
	for (size_t i = 0; i < others->count; i++)
		add(list, others->items[i]);
}

void carved_region_words_init(struct carved_region_words *words, const struct carved_region *region)
{
	*words = (struct carved_region_words){.any = region->count[CARVED_KIND_VOCABULARY] > 0};
	for (size_t i = 0; i < region->count[CARVED_KIND_VOCABULARY]; i++) {
		const struct carved_vocabulary *vocabulary = &region->documents[CARVED_KIND_VOCABULARY][i]->vocabulary;
		add_words(&words->tags, &vocabulary->tags);
		add_words(&words->facilities, &vocabulary->facilities);
		add_words(&words->has, &vocabulary->has);
		for (size_t category = 0; category < vocabulary->categories.count; category++)
			add(&words->categories, vocabulary->categories.items[category]);
	}
	add(&words->tags, "evening-work");
	add(&words->tags, "night-work");
	add_all(&words->wishes, &words->tags);
	add_all(&words->wishes, &words->categories);
	sort(&words->tags);
	sort(&words->facilities);
	sort(&words->has);
	sort(&words->categories);
	sort(&words->wishes);
}

void carved_region_words_deinit(struct carved_region_words *words)
{
	free(words->tags.items);
	free(words->facilities.items);
	free(words->has.items);
	free(words->categories.items);
	free(words->wishes.items);
	*words = (struct carved_region_words){0};
}

static const struct carved_words *words_of(const struct carved_vocabulary *vocabulary, enum carved_word_kind kind)
{
	return kind == CARVED_WORD_TAG ? &vocabulary->tags : kind == CARVED_WORD_HAS ? &vocabulary->has : &vocabulary->facilities;
}

const char *carved_region_word(
	const struct carved_region *region, enum carved_word_kind kind, const char *name, enum carved_language language)
{
	for (size_t v = 0; v < region->count[CARVED_KIND_VOCABULARY]; v++) {
		const struct carved_words *words = words_of(&region->documents[CARVED_KIND_VOCABULARY][v]->vocabulary, kind);
		for (size_t i = 0; i < words->count; i++) {
			const struct carved_word *word = &words->items[i];
			const char *text = language == CARVED_DUTCH ? word->nl : word->en;
			if (text && strcmp(word->name, name) == 0)
				return text;
		}
	}
	return NULL;
}

bool carved_word_list_has(const struct carved_word_list *list, const char *word)
{
	return list->count && bsearch(&word, list->items, list->count, sizeof *list->items, compare);
}

// The first word that is not before `prefix` plus a dot begins with them, or none does.
static bool has_below(const struct carved_word_list *list, const char *prefix)
{
	size_t length = strlen(prefix), low = 0, high = list->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strncmp(list->items[middle], prefix, length);
		if (order == 0)
			order = (unsigned char)list->items[middle][length] < '.' ? -1 : 1;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < list->count && strncmp(list->items[low], prefix, length) == 0 && list->items[low][length] == '.';
}

bool carved_region_words_know_wish(const struct carved_region_words *words, const char *wish)
{
	return carved_word_list_has(&words->wishes, wish) || has_below(&words->wishes, wish) ||
	       (*wish == 'e' && carved_icf_find(wish) != CARVED_ICF_NONE);
}
