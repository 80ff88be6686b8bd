// SPDX-License-Identifier: EUPL-1.2
#include "media.h"
#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	enum carved_format format;
} types[] = {{"application/json", CARVED_FORMAT_JSON}, {"application/yaml", CARVED_FORMAT_YAML},
	{"application/x-ndjson", CARVED_FORMAT_NDJSON}};

// "; charset=utf-8" and nothing else, quotes and spaces aside.
static bool are_parameters_right(const char *text)
{
	text += strspn(text, " \t;");
	if (!*text)
		return true;
	if (strncasecmp(text, "charset=", 8) != 0)
		return false;
	text += 8;
	text += *text == '"';
	if (strncasecmp(text, "utf-8", 5) != 0)
		return false;
	text += 5;
	return text[strspn(text, "\" \t;")] == '\0';
}

bool carved_media_format(const char *content_type, bool ndjson, enum carved_format *ret_format)
{
	size_t length = content_type ? strcspn(content_type, "; \t") : 0;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (strlen(types[i].name) != length || strncasecmp(types[i].name, content_type, length) != 0)
			continue;
		if ((types[i].format == CARVED_FORMAT_NDJSON && !ndjson) || !are_parameters_right(content_type + length))
			return false;
		*ret_format = types[i].format;
		return true;
	}
	return false;
}
