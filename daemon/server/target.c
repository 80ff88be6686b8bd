// SPDX-License-Identifier: EUPL-1.2
#include "target.h"
#include <stdint.h>
#include <string.h>

static int hex_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	char lower = (char)(digit | 0x20);
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Bytes that follow a leading byte of UTF-8; -1 where it can't lead.
static int trail_length(unsigned char lead)
{
	if (lead < 0x80)
		return 0;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 1;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 2;
	return lead >= 0xF0 && lead <= 0xF4 ? 3 : -1;
}

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. Controls are refused too: no name of ours has any.
static bool is_clean_text(const unsigned char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		unsigned char lead = text[at];
		int trail = trail_length(lead);
		if (trail < 0 || lead < 0x20 || lead == 0x7F || at + (size_t)trail >= length)
			return false;
		for (int i = 1; i <= trail; i++) {
			if ((text[at + (size_t)i] & 0xC0) != 0x80)
				return false;
		}
		unsigned char second = trail > 0 ? text[at + 1] : 0;
		if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
			(lead == 0xF4 && second > 0x8F))
			return false;
		at += (size_t)trail + 1;
	}
	return true;
}

char *carved_target_decode(const char *text, size_t length, bool plus_is_space, struct carved_arena *arena)
{
	char *decoded = carved_arena_alloc(arena, length + 1);
	size_t used = 0;
	for (size_t at = 0; at < length; at++) {
		char byte = text[at];
		if (byte == '%') {
			int high = at + 2 < length ? hex_digit(text[at + 1]) : -1, low = high < 0 ? -1 : hex_digit(text[at + 2]);
			if (low < 0)
				return NULL;
			byte = (char)(high << 4 | low);
			at += 2;
		} else if (byte == '+' && plus_is_space) {
			byte = ' ';
		}
		decoded[used++] = byte;
	}
	return is_clean_text((const unsigned char *)decoded, used) ? decoded : NULL;
}

const char *carved_target_split(const char *target, struct carved_arena *arena, const char **ret_path, const char **ret_query)
{
	if (target[0] != '/')
		return "the target does not begin with a slash";
	if (strchr(target, '#'))
		return "the target has a fragment";
	size_t path_length = strcspn(target, "?");
	const char *query = target + path_length + (target[path_length] == '?');
	char *path = carved_target_decode(target, path_length, false, arena);
	if (!path)
		return "broken encoding in the path";
	if (!carved_target_decode(query, strlen(query), true, arena))
		return "broken encoding in the query";
	*ret_path = path;
	*ret_query = carved_arena_strdup(arena, query);
	return NULL;
}

const char *carved_target_query(const char *query, const char *key, struct carved_arena *arena, bool *ret_valid)
{
	const char *value = NULL;
	bool valid = true;
	while (*query && !value && valid) {
		size_t length = strcspn(query, "&"), name_length = strcspn(query, "=&");
		const char *name = carved_target_decode(query, name_length, true, arena);
		valid = name != NULL;
		if (valid && strcmp(name, key) == 0) {
			size_t begin = name_length < length ? name_length + 1 : length;
			value = carved_target_decode(query + begin, length - begin, true, arena);
			valid = value != NULL;
		}
		query += length + (query[length] == '&');
	}
	if (ret_valid)
		*ret_valid = valid;
	return value;
}
