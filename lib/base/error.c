// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/error.h"
#include "carved/base/quarters.h"
#include <stdio.h>
#include <string.h>

static const char *const names[CARVED_CODE_COUNT] = {
	[CARVED_OK] = "ok",
#define CARVED_MESSAGE(symbol, name) [CARVED_##symbol] = name,
#include "carved/base/messages.def"
#undef CARVED_MESSAGE
};

const char *carved_code_name(enum carved_code code)
{
	return names[code];
}

void carved_error_set(struct carved_error *error, enum carved_code code)
{
	if (!error)
		return;
	error->code = code;
	error->used = 0;
}

// The largest part of a text, at most `room` bytes, that ends between two UTF-8 characters.
static size_t cut(const char *text, size_t length, size_t room)
{
	if (length <= room)
		return length;
	while (room > 0 && ((unsigned char)text[room] & 0xC0) == 0x80)
		room--;
	return room;
}

void carved_error_add(struct carved_error *error, const char *name, const char *value)
{
	static const char dots[] = "...";
	if (!error)
		return;
	size_t left = sizeof error->text - error->used, name_size = strlen(name) + 1, length = strlen(value);
	if (left < name_size + sizeof dots)
		return;
	char *at = error->text + error->used;
	memcpy(at, name, name_size);
	size_t room = left - name_size - 1;
	bool whole = length <= room;
	size_t kept = whole ? length : cut(value, length, room - (sizeof dots - 1));
	memcpy(at + name_size, value, kept);
	strcpy(at + name_size + kept, whole ? "" : dots);
	error->used = (uint16_t)(error->used + name_size + kept + (whole ? 0 : sizeof dots - 1) + 1);
}

void carved_error_add_number(struct carved_error *error, const char *name, long long value)
{
	char text[24];
	snprintf(text, sizeof text, "%lld", value);
	carved_error_add(error, name, text);
}

void carved_error_add_hours(struct carved_error *error, const char *name, int quarters)
{
	char text[CARVED_HOURS_TEXT_MAX];
	carved_error_add(error, name, carved_quarters_format(quarters, text));
}

bool carved_fail(struct carved_error *error, enum carved_code code, const char *name, const char *value)
{
	carved_error_set(error, code);
	carved_error_add(error, name, value);
	return false;
}

const char *carved_error_get(const struct carved_error *error, const char *name)
{
	for (size_t at = 0; at < error->used;) {
		const char *value = error->text + at + strlen(error->text + at) + 1;
		if (strcmp(error->text + at, name) == 0)
			return value;
		at = (size_t)(value - error->text) + strlen(value) + 1;
	}
	return NULL;
}

bool carved_fail_syntax(struct carved_error *error, const char *words)
{
	char expected[64] = "";
	const char *end = strstr(words, " near "), *at = strstr(words, "expected") ? words : "";
	if (strstr(words, "unexpected"))
		at = "";
	while ((at = strchr(at, '\'')) && (!end || at < end)) {
		const char *close = strchr(at + 1, '\'');
		size_t used = strlen(expected);
		if (!close)
			break;
		snprintf(expected + used, sizeof expected - used, "%s%.*s", used ? " / " : "", (int)(close - at + 1), at);
		at = close + 1;
	}
	if (expected[0])
		return carved_fail(error, CARVED_SYNTAX_EXPECTED, "expected", expected);
	carved_error_set(error, CARVED_SYNTAX_INVALID);
	return false;
}
