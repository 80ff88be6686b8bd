// SPDX-License-Identifier: EUPL-1.2
// Entity tags (RFC 9110 8.8.3): which state of a thing an answer shows, and what If-Match and If-None-Match say about them. Pure.
//
//   strong   "7": two answers with this tag are the same byte for byte; all tags of ours are strong
//   weak     W/"7": they mean the same; a client or something between may make one out of ours
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CARVED_TAG_MAX 40 // bytes of a tag of ours, quotes and NUL included

// The tag of a version of a document, one for each way to write it down: "7" as JSON, "7.yaml" as YAML. Returns ret_tag.
const char *carved_tag_of_version(int64_t version, bool yaml, char ret_tag[CARVED_TAG_MAX]);

// The tag of a text, made from its content alone. Returns ret_tag.
const char *carved_tag_of_content(const char *text, size_t length, char ret_tag[CARVED_TAG_MAX]);

// Whether a header says `*` or lists tags; empty places between commas are passed over, a list without any tag is wrong.
bool carved_tags_are_valid(const char *header);

// Whether a valid header says `*`.
bool carved_tags_are_any(const char *header);

// Whether a valid header lists the tag (strong, ours). `strong`: a weak one in the list is never the same, as If-Match wants it; else W/ makes no difference.
bool carved_tags_contain(const char *header, const char *tag, bool strong);
