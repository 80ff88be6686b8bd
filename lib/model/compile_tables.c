// SPDX-License-Identifier: EUPL-1.2
#include "compile_tables.h"
#include <stdlib.h>
#include <string.h>

void *carved_vector_push(struct carved_vector *vector, size_t size)
{
	if (vector->count == vector->capacity) {
		vector->capacity = vector->capacity ? vector->capacity * 2 : 64;
		vector->items = carved_realloc_array(vector->items, vector->capacity, size);
	}
	return memset((char *)vector->items + size * vector->count++, 0, size);
}

void carved_numbering_add(struct carved_numbering *numbering, const char *text)
{
	*(const char **)carved_vector_push(&numbering->texts, sizeof text) = text;
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void carved_numbering_sort(struct carved_numbering *numbering)
{
	const char **texts = numbering->texts.items;
	size_t kept = 0;
	if (!numbering->texts.count)
		return;
	qsort(texts, numbering->texts.count, sizeof *texts, compare_texts);
	for (size_t i = 0; i < numbering->texts.count; i++) {
		if (i == 0 || strcmp(texts[i], texts[kept - 1]) != 0)
			texts[kept++] = texts[i];
	}
	numbering->texts.count = kept;
}

uint32_t carved_numbering_find(const struct carved_numbering *numbering, const char *text)
{
	const char *const *texts = numbering->texts.items;
	if (!numbering->texts.count)
		return CARVED_NONE;
	const char *const *found = bsearch(&text, texts, numbering->texts.count, sizeof *texts, compare_texts);
	return found ? (uint32_t)(found - texts) : CARVED_NONE;
}

void carved_compile_push_word(struct carved_compilation *c, uint32_t word)
{
	*(uint32_t *)carved_vector_push(&c->to.words, sizeof word) = word;
}

static int compare_words(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

struct carved_range carved_compile_close_words(struct carved_compilation *c, size_t first)
{
	uint32_t *words = c->to.words.items;
	size_t kept = first;
	if (c->to.words.count > first)
		qsort(words + first, c->to.words.count - first, sizeof *words, compare_words);
	for (size_t i = first; i < c->to.words.count; i++) {
		if (i == first || words[i] != words[kept - 1])
			words[kept++] = words[i];
	}
	c->to.words.count = kept;
	return (struct carved_range){.first = (uint32_t)first, .count = (uint32_t)(kept - first)};
}

struct carved_range carved_compile_words(
	struct carved_compilation *c, const struct carved_numbering *numbering, const struct carved_texts *texts)
{
	size_t first = c->to.words.count;
	for (size_t i = 0; i < texts->count; i++) {
		uint32_t word = carved_numbering_find(numbering, texts->items[i]);
		if (word != CARVED_NONE)
			carved_compile_push_word(c, word);
	}
	return carved_compile_close_words(c, first);
}

struct carved_range carved_compile_levels(
	struct carved_compilation *c, const struct carved_qualifiers *qualifiers, bool keep_zero)
{
	struct carved_range range = {.first = (uint32_t)c->to.levels.count};
	for (size_t i = 0; i < qualifiers->count; i++) { // sorted by ICF code, so by category
		const struct carved_qualifier *from = &qualifiers->items[i];
		if (!from->value && !keep_zero)
			continue;
		struct carved_level *level = carved_vector_push(&c->to.levels, sizeof *level);
		*level = (struct carved_level){.category = c->categories[from->icf], .level = from->value};
		range.count++;
	}
	return range;
}
