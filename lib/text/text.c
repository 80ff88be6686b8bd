// SPDX-License-Identifier: EUPL-1.2
// Looks texts up in GNU .mo tables (gettext manual, "The Format of GNU MO Files"): a header, then two arrays of (length, offset), the msgids sorted.
#include "carved/text/text.h"
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

extern const unsigned char carved_text_table_en[], carved_text_table_nl[];

struct mo_header {
	uint32_t magic, revision, count, ids, texts; // ids, texts: offsets of arrays of struct mo_entry
};

struct mo_entry {
	uint32_t length, offset;
};

static const unsigned char *table_of(enum carved_language language)
{
	return language == CARVED_DUTCH ? carved_text_table_nl : carved_text_table_en;
}

static const struct mo_entry *entries(const unsigned char *table, uint32_t offset)
{
	return (const void *)(table + offset); // msgfmt aligns its arrays, embed.cmake the table
}

const char *carved_text_find(enum carved_language language, const char *msgid)
{
	const unsigned char *table = table_of(language);
	const struct mo_header *header = (const void *)table;
	uint32_t low = 0, high = header->count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp((const char *)table + entries(table, header->ids)[middle].offset, msgid);
		if (order == 0)
			return (const char *)table + entries(table, header->texts)[middle].offset;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const char *carved_text(enum carved_language language, const char *msgid)
{
	const char *text = carved_text_find(language, msgid);
	return text ? text : msgid;
}

const char *carved_language_tag(enum carved_language language)
{
	return language == CARVED_DUTCH ? "nl" : "en";
}

// Adds `text` with each {name} replaced by the error's parameter; a placeholder without one stays as it is.
static void fill_in(const char *text, const struct carved_error *error, struct carved_buffer *buffer)
{
	char name[32];
	while (*text) {
		size_t plain = strcspn(text, "{");
		carved_buffer_add(buffer, text, plain);
		text += plain;
		if (!*text)
			break;
		size_t length = strcspn(text, "}");
		const char *value = NULL;
		if (text[length] == '}' && length - 1 < sizeof name) {
			memcpy(name, text + 1, length - 1);
			name[length - 1] = '\0';
			value = carved_error_get(error, name);
		}
		if (value) {
			carved_buffer_add_text(buffer, value);
			text += length + 1;
		} else {
			carved_buffer_add(buffer, text++, 1);
		}
	}
}

void carved_text_fill(
	enum carved_language language, const char *msgid, const struct carved_error *parameters, struct carved_buffer *buffer)
{
	fill_in(carved_text(language, msgid), parameters, buffer);
}

void carved_text_error(enum carved_language language, const struct carved_error *error, struct carved_buffer *buffer)
{
	fill_in(carved_text(language, carved_code_name(error->code)), error, buffer);
}

// Whether each {name} of a text has a parameter. Braces around anything but a name are text ({kind: coach}).
static bool can_fill_in(const char *text, const struct carved_error *error)
{
	char name[32];
	while (*(text += strcspn(text, "{"))) {
		size_t length = strspn(++text, "abcdefghijklmnopqrstuvwxyz");
		if (!length || text[length] != '}' || length >= sizeof name)
			continue;
		memcpy(name, text, length);
		name[length] = '\0';
		if (!carved_error_get(error, name))
			return false;
	}
	return true;
}

bool carved_text_hint(enum carved_language language, const struct carved_error *error, struct carved_buffer *buffer)
{
	static const char *const suffixes[] = {".hint", ".hint-else"};
	char msgid[96];
	for (int i = 0; i < 2; i++) {
		int length = snprintf(msgid, sizeof msgid, "%s%s", carved_code_name(error->code), suffixes[i]);
		const char *text = length < (int)sizeof msgid ? carved_text_find(language, msgid) : NULL;
		if (text && can_fill_in(text, error)) {
			fill_in(text, error, buffer);
			return true;
		}
	}
	return false;
}

static bool starts_with_tag(const char *text, const char *tag)
{
	size_t length = strlen(tag);
	return strncasecmp(text, tag, length) == 0 && !isalnum((unsigned char)text[length]);
}

// The weight behind ";q=" of one language range, in thousandths; 1000 where none is given. RFC 9110 12.4.2: 0 or 1, at most three digits behind the point;
// what is no such number wins nothing.
static int quality(const char *range, size_t length)
{
	const char *found = memmem(range, length, "q=", 2), *end = range + length;
	if (!found)
		return 1000;
	const char *at = found + 2;
	if (at == end || (*at != '0' && *at != '1'))
		return 0;
	int thousandths = (*at++ - '0') * 1000;
	if (at < end && *at == '.')
		at++;
	for (int unit = 100; unit > 0 && at < end && isdigit((unsigned char)*at); unit /= 10)
		thousandths += (*at++ - '0') * unit;
	return thousandths <= 1000 ? thousandths : 0;
}

enum carved_language carved_language_from_header(const char *accept_language)
{
	enum carved_language best = CARVED_ENGLISH;
	int best_quality = 0;
	for (const char *range = accept_language; range && *range;) {
		range += strspn(range, " \t,");
		size_t length = strcspn(range, ",");
		for (int language = 0; language < CARVED_LANGUAGES; language++) {
			if (starts_with_tag(range, carved_language_tag((enum carved_language)language)) &&
				quality(range, length) > best_quality) {
				best = (enum carved_language)language;
				best_quality = quality(range, length);
			}
		}
		range += length;
	}
	return best;
}

enum carved_language carved_language_from_locale(const char *lc_all, const char *lc_messages, const char *lang)
{
	const char *locale = lc_all && *lc_all ? lc_all : lc_messages && *lc_messages ? lc_messages : lang ? lang : "";
	return starts_with_tag(locale, "nl") ? CARVED_DUTCH : CARVED_ENGLISH;
}
