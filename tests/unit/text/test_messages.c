// SPDX-License-Identifier: EUPL-1.2
// Both languages say the same things: the same msgids, the same placeholders, and a sentence for every code.
#include "support/carved_cmocka.h"

#include "carved/base/arena.h"
#include "carved/text/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 4000, TEXT_MAX = 2000 };

struct text {
	char id[160], value[TEXT_MAX];
};

struct catalogue {
	struct text *texts;
	size_t count;
};

// What stands between the first and the last quote of a line, as it is written.
static void add_quoted(const char *line, char *text, size_t size)
{
	const char *from = strchr(line, '"'), *to = strrchr(line, '"');
	size_t length = strlen(text);
	if (from && to > from)
		snprintf(text + length, size - length, "%.*s", (int)(to - from - 1), from + 1);
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct text *)a)->id, ((const struct text *)b)->id);
}

static void read_file(const char *name, const char *language, struct catalogue *catalogue)
{
	char path[300], line[4096];
	struct text *text = NULL;
	bool in_id = false;
	snprintf(path, sizeof path, CARVED_SOURCE_DIR "/po/%s%s.po", name, language);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		if (strncmp(line, "msgid ", 6) == 0) {
			assert_true(catalogue->count < TEXTS_MAX);
			text = &catalogue->texts[catalogue->count++];
			in_id = true;
		} else if (strncmp(line, "msgstr ", 7) == 0) {
			in_id = false;
		} else if (line[0] != '"') {
			continue;
		}
		assert_non_null(text);
		add_quoted(line, in_id ? text->id : text->value, in_id ? sizeof text->id : sizeof text->value);
	}
	fclose(file);
}

static struct catalogue read_catalogue(const char *language)
{
	struct catalogue catalogue = {.texts = carved_alloc_array(TEXTS_MAX, sizeof *catalogue.texts)};
	read_file("", language, &catalogue);
	read_file("report.", language, &catalogue);
	qsort(catalogue.texts, catalogue.count, sizeof *catalogue.texts, compare);
	return catalogue;
}

// The {names} of a text, sorted, each once.
static size_t placeholders(const char *text, char names[17][32])
{
	size_t count = 0;
	for (const char *at = text; (at = strchr(at, '{')) != NULL;) {
		size_t length = strspn(++at, "abcdefghijklmnopqrstuvwxyz");
		if (!length || at[length] != '}' || length >= 32)
			continue;
		char name[32] = "";
		memcpy(name, at, length);
		size_t place = 0;
		while (place < count && strcmp(names[place], name) < 0)
			place++;
		if (place < count && strcmp(names[place], name) == 0)
			continue;
		assert_true(count < 16);
		memmove(names[place + 1], names[place], (count - place) * 32);
		memcpy(names[place], name, 32);
		count++;
	}
	return count;
}

static void both_languages_have_the_same_texts_with_the_same_placeholders(void **state)
{
	struct catalogue english = read_catalogue("en"), dutch = read_catalogue("nl");
	(void)state;
	for (size_t i = 0; i < english.count && i < dutch.count; i++) {
		char names[17][32] = {{0}}, others[17][32] = {{0}};
		const struct text *en = &english.texts[i], *nl = &dutch.texts[i];
		if (strcmp(en->id, nl->id) != 0)
			fail_msg("only one language has '%s'", strcmp(en->id, nl->id) < 0 ? en->id : nl->id);
		if (!*en->value || !*nl->value)
			fail_msg("'%s' is empty", en->id);
		size_t count = placeholders(en->value, names);
		if (*en->id && (count != placeholders(nl->value, others) || memcmp(names, others, sizeof names) != 0))
			fail_msg("'%s' has other placeholders in Dutch than in English", en->id);
	}
	assert_int_equal(english.count, dutch.count);
	free(english.texts);
	free(dutch.texts);
}

static void every_code_has_a_sentence_in_both_languages(void **state)
{
	(void)state;
	for (int code = 1; code < CARVED_CODE_COUNT; code++) {
		const char *name = carved_code_name((enum carved_code)code);
		for (int language = 0; language < CARVED_LANGUAGES; language++) {
			const char *text = carved_text_find((enum carved_language)language, name);
			if (!text || !*text)
				fail_msg("%s says nothing for %s", carved_language_tag((enum carved_language)language), name);
		}
	}
}

static bool is_code(const char *name, size_t length)
{
	for (int code = 1; code < CARVED_CODE_COUNT; code++) {
		const char *other = carved_code_name((enum carved_code)code);
		if (strlen(other) == length && memcmp(other, name, length) == 0)
			return true;
	}
	return false;
}

static void every_hint_belongs_to_a_code(void **state)
{
	struct catalogue english = read_catalogue("en");
	(void)state;
	for (size_t i = 0; i < english.count; i++) {
		const char *hint = strstr(english.texts[i].id, ".hint");
		if (hint && !strchr(english.texts[i].id, ' ') && strncmp(english.texts[i].id, "carve.", 6) != 0 &&
			!is_code(english.texts[i].id, (size_t)(hint - english.texts[i].id)))
			fail_msg("'%s' is the hint of nothing", english.texts[i].id);
	}
	free(english.texts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_languages_have_the_same_texts_with_the_same_placeholders),
		cmocka_unit_test(every_code_has_a_sentence_in_both_languages),
		cmocka_unit_test(every_hint_belongs_to_a_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
