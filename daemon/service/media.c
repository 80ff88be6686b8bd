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

// ---- Accept

struct range {            // one of a header
	const char *type; // "text/*", without parameters
	size_t length;
	int weight;      // 0..1000
	bool unreadable; // or with parameters that none of our types has
};

// "0.5" in thousandths; -1 where it is none. Ends at `end`.
static int read_weight(const char *text, const char *end)
{
	int weight = 0, digits = 0;
	if (text == end || (*text != '0' && *text != '1'))
		return -1;
	weight = (*text++ - '0') * 1000;
	if (text < end && *text++ != '.')
		return -1;
	for (int worth = 100; text < end && worth > 0; worth /= 10, digits++) {
		if (*text < '0' || *text > '9')
			return -1;
		weight += (*text++ - '0') * worth;
	}
	return text == end && weight <= 1000 ? weight : -1;
}

static void read_parameter(struct range *range, const char *text, const char *end)
{
	static const char charset[] = "charset=utf-8";
	text += strspn(text, " \t");
	while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (text == end)
		return;
	if (end - text > 2 && strncasecmp(text, "q=", 2) == 0) {
		range->weight = read_weight(text + 2, end);
		range->unreadable |= range->weight < 0;
	} else if ((size_t)(end - text) != sizeof charset - 1 || strncasecmp(text, charset, sizeof charset - 1) != 0) {
		range->unreadable = true;
	}
}

// Reads the range at *at, which moves behind the comma after it. Returns false at the end.
static bool next_range(const char **at, struct range *ret_range)
{
	const char *text = *at + strspn(*at, " \t,");
	if (!*text)
		return false;
	const char *end = text + strcspn(text, ",");
	size_t length = strcspn(text, ";, \t");
	*ret_range = (struct range){.type = text, .length = length, .weight = 1000};
	for (const char *p = text + length; p < end;) {
		p += strspn(p, " \t");
		size_t size = strcspn(p + (p < end), ";,");
		if (p < end && *p == ';')
			read_parameter(ret_range, p + 1, p + 1 + size);
		else if (p < end)
			ret_range->unreadable = true;
		p += 1 + size;
	}
	*at = end;
	return true;
}

// How exactly a range names a type: 3 itself, 2 "application/*", 1 anything, 0 not.
static int fit_of(const struct range *range, const char *type, size_t length)
{
	size_t slash = (size_t)((const char *)memchr(type, '/', length) - type);
	if (range->unreadable)
		return 0;
	if (range->length == length && strncasecmp(range->type, type, length) == 0)
		return 3;
	if (range->length == slash + 2 && range->type[slash + 1] == '*' && strncasecmp(range->type, type, slash + 1) == 0)
		return 2;
	return range->length == 3 && strncmp(range->type, "*/*", 3) == 0;
}

// What the header gives a type: the most exact range counts.
static int weight_of(const char *accept, const char *type, size_t length)
{
	struct range range;
	int best = 0, weight = 0;
	while (next_range(&accept, &range)) {
		int fit = fit_of(&range, type, length);
		if (fit > best || (fit == best && fit > 0 && range.weight > weight)) {
			best = fit;
			weight = range.weight;
		}
	}
	return weight;
}

const char *carved_media_choose(const char *accept, const char *offers, char ret_media[CARVED_MEDIA_MAX])
{
	int most = 0;
	bool any = !accept || accept[strspn(accept, " \t,")] == '\0';
	for (const char *at = offers; *at;) {
		size_t length = strcspn(at, " ");
		int weight = any ? 1 : weight_of(accept, at, length);
		if (weight > most && length < CARVED_MEDIA_MAX) {
			most = weight;
			memcpy(ret_media, at, length);
			ret_media[length] = '\0';
		}
		at += length + strspn(at + length, " ");
	}
	return most > 0 ? ret_media : NULL;
}
