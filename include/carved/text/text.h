// SPDX-License-Identifier: EUPL-1.2
// Sentences for people: message codes and labels in English and Dutch, from tables made of po/*.po at build time.
// The language is an argument, never the process locale.
#pragma once
#include "carved/base/buffer.h"
#include "carved/base/error.h"
#include <stdbool.h>

enum carved_language { CARVED_ENGLISH, CARVED_DUTCH, CARVED_LANGUAGES };

// The best language for an Accept-Language header (RFC 9110 12.5.4, quality values respected); English when NULL or nothing fits.
enum carved_language carved_language_from_header(const char *accept_language);

// The language of LC_ALL, LC_MESSAGES or LANG, whichever is set first; English when none says Dutch. Pass getenv's results; each may be NULL.
enum carved_language carved_language_from_locale(const char *lc_all, const char *lc_messages, const char *lang);

// "en", "nl".
const char *carved_language_tag(enum carved_language language);

// The text of a msgid as it stands in the table, placeholders and all. NULL where the language has none. Static storage.
const char *carved_text_find(enum carved_language language, const char *msgid);

// As carved_text_find, but the msgid itself where there is none: for words of the client's own (table headings, "placed").
const char *carved_text(enum carved_language language, const char *msgid);

// Adds the text of a msgid, its {placeholders} filled in from the parameters of an error whose code is not read.
void carved_text_fill(
	enum carved_language language, const char *msgid, const struct carved_error *parameters, struct carved_buffer *buffer);

// Adds the sentence of an error, its {placeholders} filled in from the error's parameters.
void carved_text_error(enum carved_language language, const struct carved_error *error, struct carved_buffer *buffer);

// Adds the hint of an error: the msgid `name.hint`, or `name.hint-else` where a placeholder of the first has no parameter ("did you mean {suggestion}?").
// Returns false, and adds nothing, where the code has neither.
bool carved_text_hint(enum carved_language language, const struct carved_error *error, struct carved_buffer *buffer);
