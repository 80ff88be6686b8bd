// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: HTML and inline SVG that are well-formed and escaped by construction. Nothing else in this layer touches the bytes of a page.
//
//   element    opened and closed in pairs; its attributes come right behind its opening
//   name       of an element or an attribute: a literal of ours, never input
//   text       anything: what is special is escaped, what HTML forbids (control signs) becomes U+FFFD, and what would turn the direction of the text around it
//              (embeddings, overrides, isolates of Unicode) is left out. Right-to-left letters and marks stay
#pragma once
#include "carved/base/buffer.h"
#include <stdbool.h>
#include <stddef.h>

#define CARVED_MARKUP_DEPTH 32

struct carved_markup {
	struct carved_buffer *buffer;              // borrowed
	const char *elements[CARVED_MARKUP_DEPTH]; // that are open
	size_t depth;
	bool in_tag; // the innermost takes attributes still
};

void carved_markup_init(struct carved_markup *markup, struct carved_buffer *buffer); // begins with the document type

void carved_markup_open(struct carved_markup *markup, const char *name);
void carved_markup_close(struct carved_markup *markup, const char *name); // Requires: it is the innermost

// Attributes of the element that was just opened. Requires: nothing was put into it yet.
void carved_markup_attribute(struct carved_markup *markup, const char *name, const char *text);
void carved_markup_attribute_number(struct carved_markup *markup, const char *name, double number); // two decimals at most
void carved_markup_attribute_printf(struct carved_markup *markup, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void carved_markup_text(struct carved_markup *markup, const char *text);
void carved_markup_text_part(struct carved_markup *markup, const char *text, size_t length); // the first bytes of it

// An element with an optional class (NULL: none) and text.
void carved_markup_element(struct carved_markup *markup, const char *name, const char *class, const char *text);

// The page's style sheet, as it is: ours, not input. Requires: it holds no "</".
void carved_markup_style(struct carved_markup *markup, const char *css, size_t length);
