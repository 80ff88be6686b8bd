// SPDX-License-Identifier: EUPL-1.2
// Lists of words, refs and maps; maps whose keys are people's own.
#include "carved/data/postcode.h"
#include "reading.h"
#include <stdlib.h>
#include <string.h>

static bool check_length(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place)
{
	if (!carved_expect(reading, field, place, CARVED_NODE_LIST))
		return false;
	if (!field->most || place->node->count <= (size_t)field->most)
		return true;
	struct carved_error *error = carved_report(reading, place, CARVED_LIST_TOO_LONG);
	carved_error_add(error, "key", field->key);
	carved_error_add_number(error, "count", (long long)place->node->count);
	carved_error_add_number(error, "max", field->most);
	return false;
}

static bool is_repeated(const struct carved_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

// The text of an item; false where there is none or a finding is due already.
static bool read_item(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *item, const char **ret_text)
{
	const struct carved_node *node = item->node;
	if (node->kind == CARVED_NODE_NULL) {
		struct carved_error *error = carved_report(reading, item, CARVED_VALUE_MISSING);
		carved_error_add(error, "key", field->key);
		carved_error_add(error, "example", field->example);
		return false;
	}
	if (node->text && carved_privacy_has_citizen_number(node->text))
		return false; // reported
	return carved_read_scalar_text(reading, field, item, ret_text);
}

static void read_texts(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place,
	void *target, bool refs)
{
	struct carved_texts *texts = (void *)((char *)target + field->offset);
	size_t index = 0;
	if (!check_length(reading, field, place))
		return;
	texts->items = carved_arena_array(reading->arena, const char *, place->node->count);
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, index++);
		const char *text;
		if (!read_item(reading, field, &item, &text))
			continue;
		if (!(refs ? carved_check_ref(reading, field, &item, text) : carved_check_word(reading, &item, text)))
			continue;
		carved_check_free_text(reading, field, &item, text);
		if (is_repeated(texts, text))
			carved_report_text(carved_report(reading, &item, CARVED_ITEM_TWICE), "text", text);
		else
			texts->items[texts->count++] = carved_arena_strdup(reading->arena, text);
	}
}

void carved_read_words(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	read_texts(reading, field, place, target, false);
}

void carved_read_refs(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	read_texts(reading, field, place, target, true);
}

static int find_choice(const char *const *choices, const char *text)
{
	for (int i = 0; choices[i]; i++) {
		if (strcmp(choices[i], text) == 0)
			return i;
	}
	return -1;
}

void carved_read_choices(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	unsigned mask = 0;
	size_t index = 0;
	if (!check_length(reading, field, place))
		return;
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, index++);
		const char *text;
		if (!read_item(reading, field, &item, &text))
			continue;
		int choice = find_choice(field->choices, text);
		if (choice < 0)
			carved_report_choice(
				carved_report(reading, &item, CARVED_CHOICE_UNKNOWN), field->key, text, field->choices);
		else if (mask & 1u << choice)
			carved_report_text(carved_report(reading, &item, CARVED_ITEM_TWICE), "text", text);
		else
			mask |= 1u << choice;
	}
	carved_store_integer(field, target, mask);
}

// Jobs and vacancies share one array: what is there stays in front.
void carved_read_list(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	size_t *count = (void *)((char *)target + field->count_offset), index = 0, size = field->schema->item_size;
	void **items = (void *)((char *)target + field->offset);
	if (!check_length(reading, field, place) || !place->node->count)
		return;
	char *array = carved_arena_alloc_array(reading->arena, *count + place->node->count, size);
	if (*count)
		memcpy(array, *items, *count * size);
	*items = array;
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, index++);
		void *at = array + *count * size;
		carved_read_defaults(field->schema, at);
		(*count)++; // a wrong item keeps its place, so that its neighbours are checked as they stand
		if (node->kind == CARVED_NODE_MAP)
			carved_read_object(reading, field->schema, &item, at);
		else
			carved_report_text(carved_report(reading, &item, CARVED_EXPECTED_ITEM_MAP), "key", field->key);
	}
}

void carved_read_hours_steps(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	int most_q = 0;
	if (place->node->kind != CARVED_NODE_LIST) {
		carved_read_hours(reading, field, place, target);
		return;
	}
	carved_read_list(reading, field->list, place, target);
	const struct carved_build_up *steps = *(struct carved_build_up **)(void *)((char *)target + field->list->offset);
	for (size_t i = 0; i < *(size_t *)(void *)((char *)target + field->list->count_offset); i++)
		most_q = steps[i].hours_q > most_q ? steps[i].hours_q : most_q;
	carved_store_integer(field, target, most_q);
}

void carved_read_minutes(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	struct carved_travel_minutes **items = (void *)((char *)target + field->offset);
	size_t *count = (void *)((char *)target + field->count_offset);
	if (!carved_expect(reading, field, place, CARVED_NODE_MAP))
		return;
	*items = carved_arena_array(reading->arena, struct carved_travel_minutes, place->node->count);
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, 0);
		struct carved_travel_minutes minutes = {0};
		struct carved_field number = {.key = node->key,
			.most = field->most,
			.example = field->example,
			CARVED_MEMBER(struct carved_travel_minutes, minutes)};
		if (carved_privacy_has_citizen_number(node->key) ||
			!carved_check_postcode(reading, &item, true, node->key, &minutes.place))
			continue;
		carved_read_integer(reading, &number, &item, &minutes);
		(*items)[(*count)++] = minutes;
	}
}

static void report_label_expected(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place)
{
	struct carved_error *error = carved_report(reading, place, CARVED_EXPECTED_MAP);
	carved_report_text(error, "key", place->node->key);
	carved_error_add(error, "example", field->example);
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(((const struct carved_word *)a)->name, ((const struct carved_word *)b)->name);
}

void carved_read_vocabulary(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	struct carved_words *words = (void *)((char *)target + field->offset);
	if (!carved_expect(reading, field, place, CARVED_NODE_MAP))
		return;
	words->items = carved_arena_array(reading->arena, struct carved_word, place->node->count);
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, 0);
		struct carved_word *word = &words->items[words->count];
		if (carved_privacy_has_citizen_number(node->key) || !carved_check_word(reading, &item, node->key))
			continue;
		word->name = carved_arena_strdup(reading->arena, node->key);
		words->count++;
		if (node->kind == CARVED_NODE_MAP)
			carved_read_object(reading, field->schema, &item, word);
		else if (node->kind != CARVED_NODE_NULL) // a word without labels
			report_label_expected(reading, field, &item);
	}
	if (words->count)
		qsort(words->items, words->count, sizeof *words->items, compare_words);
}
