// SPDX-License-Identifier: EUPL-1.2
#include "tag.h"
#include "fingerprint.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *carved_tag_of_version(int64_t version, bool yaml, char ret_tag[CARVED_TAG_MAX])
{
	snprintf(ret_tag, CARVED_TAG_MAX, "\"%" PRId64 "%s\"", version, yaml ? ".yaml" : "");
	return ret_tag;
}

const char *carved_tag_of_content(const char *text, size_t length, char ret_tag[CARVED_TAG_MAX])
{
	struct carved_fingerprint fingerprint = CARVED_FINGERPRINT_INIT;
	char digits[CARVED_FINGERPRINT_TEXT_MAX];
	carved_fingerprint_add(&fingerprint, text, length);
	snprintf(ret_tag, CARVED_TAG_MAX, "\"%s\"", carved_fingerprint_format(&fingerprint, digits));
	return ret_tag;
}

struct tag {
	bool weak;
	const char *text; // with its quotes
	size_t length;
};

// Reads the tag at *at, which moves behind it. Returns false where none stands there.
static bool read_tag(const char **at, struct tag *ret_tag)
{
	struct tag tag = {.weak = strncmp(*at, "W/", 2) == 0};
	tag.text = *at + (tag.weak ? 2 : 0);
	if (*tag.text != '"')
		return false;
	size_t length = 1;
	while (tag.text[length] && tag.text[length] != '"' && (unsigned char)tag.text[length] > ' ' && tag.text[length] != 0x7F)
		length++;
	if (tag.text[length] != '"')
		return false;
	tag.length = length + 1;
	*at = tag.text + tag.length;
	*ret_tag = tag;
	return true;
}

// The next tag of a list. Returns false at its end, and where it is broken: *ret_broken then.
static bool next_tag(const char **at, struct tag *ret_tag, bool *ret_broken)
{
	*at += strspn(*at, " \t,");
	if (!**at)
		return false;
	bool good = read_tag(at, ret_tag);
	*at += good ? strspn(*at, " \t") : 0;
	*ret_broken = !good || (**at && **at != ',');
	return !*ret_broken;
}

bool carved_tags_are_any(const char *header)
{
	size_t before = strspn(header, " \t");
	return header[before] == '*' && header[before + 1 + strspn(header + before + 1, " \t")] == '\0';
}

bool carved_tags_are_valid(const char *header)
{
	struct tag tag;
	bool broken = false;
	size_t count = 0;
	if (carved_tags_are_any(header))
		return true;
	while (next_tag(&header, &tag, &broken))
		count++;
	return !broken && count > 0;
}

bool carved_tags_contain(const char *header, const char *tag, bool strong)
{
	struct tag listed;
	bool broken = false;
	while (next_tag(&header, &listed, &broken)) {
		if (listed.length == strlen(tag) && memcmp(listed.text, tag, listed.length) == 0 && !(strong && listed.weak))
			return true;
	}
	return false;
}
