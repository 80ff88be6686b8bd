// SPDX-License-Identifier: EUPL-1.2
// Where carve speaks: texts from the message tables, filled in, without control characters that a document could smuggle to the terminal.
#pragma once
#include "carved/base/error.h"
#include "carved/text/text.h"
#include <stdbool.h>
#include <stdio.h>

enum carve_style { CARVE_PLAIN, CARVE_BOLD, CARVE_GOOD, CARVE_WARN, CARVE_BAD };

struct carve_terminal {
	enum carved_language language;
	FILE *out, *err;
	bool out_colors, err_colors;
	bool err_is_terminal; // progress lines make sense
};

// Standard output and error; colours only on a terminal and without NO_COLOR (no_color: getenv's result).
void carve_terminal_init(struct carve_terminal *terminal, enum carved_language language, const char *no_color);

// The text of a msgid in the terminal's language.
const char *carve_word(const struct carve_terminal *terminal, const char *msgid);

// Writes a text as it is but for control characters (newline and tab stay).
void carve_write(FILE *stream, const char *text);
// The same in a style, where the stream shows colours.
void carve_write_styled(const struct carve_terminal *terminal, FILE *stream, enum carve_style style, const char *text);

// Writes the text of a msgid, its {name}s filled in from pairs (name, value) that end in NULL. No newline is added.
void carve_say(const struct carve_terminal *terminal, FILE *stream, const char *msgid, ...) __attribute__((sentinel));

// An error of our own on standard error: "carve: sentence", its hint on an indented line below.
void carve_say_error(const struct carve_terminal *terminal, const struct carved_error *error);

// A line on standard error that the next one replaces; an empty text clears it. Nothing where standard error is no terminal.
void carve_progress(const struct carve_terminal *terminal, const char *text);
