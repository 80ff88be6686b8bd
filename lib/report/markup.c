// SPDX-License-Identifier: EUPL-1.2
#include "markup.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Contracts stay compiled in.
static void require(bool holds)
{
	if (!holds)
		abort();
}

void carved_markup_init(struct carved_markup *markup, struct carved_buffer *buffer)
{
	*markup = (struct carved_markup){.buffer = buffer};
	carved_buffer_add_text(buffer, "<!DOCTYPE html>\n");
}

static void end_tag(struct carved_markup *markup)
{
	if (markup->in_tag)
		carved_buffer_add_text(markup->buffer, ">");
	markup->in_tag = false;
}

static bool has_no_content(const char *name)
{
	return strcmp(name, "meta") == 0 || strcmp(name, "br") == 0 || strcmp(name, "col") == 0;
}

// Within a sentence: white space behind it would show.
static bool is_in_line(const char *name)
{
	static const char *const names[] = {"bdi", "data", "small", "span", "strong", "time"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

void carved_markup_open(struct carved_markup *markup, const char *name)
{
	require(markup->depth < CARVED_MARKUP_DEPTH);
	end_tag(markup);
	carved_buffer_printf(markup->buffer, "<%s", name);
	markup->elements[markup->depth++] = name;
	markup->in_tag = true;
}

void carved_markup_close(struct carved_markup *markup, const char *name)
{
	require(markup->depth > 0 && strcmp(markup->elements[markup->depth - 1], name) == 0);
	end_tag(markup);
	markup->depth--;
	if (!has_no_content(name))
		carved_buffer_printf(markup->buffer, "</%s>", name);
	if (markup->depth <= 4 && !is_in_line(name)) // lines for whoever reads the source
		carved_buffer_add_text(markup->buffer, "\n");
}

// The code point at `text` (valid UTF-8) and its length in bytes.
static uint32_t code_point(const char *text, size_t *ret_length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
	uint32_t point = length == 1 ? bytes[0] : bytes[0] & (0xFFu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xC0) != 0x80) { // cut short: the rest is somebody else's
			*ret_length = i;
			return 0xFFFD;
		}
		point = point << 6 | (bytes[i] & 0x3F);
	}
	*ret_length = length;
	return point;
}

static bool turns_direction(uint32_t point)
{
	return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

// HTML, "Preprocessing the input stream": surrogates, noncharacters and controls other than white space.
static bool is_forbidden(uint32_t point)
{
	bool is_control = (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point <= 0x9F);
	bool is_noncharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
	return is_control || is_noncharacter || (point >= 0xD800 && point <= 0xDFFF);
}

static const char *entity(uint32_t point)
{
	switch (point) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return is_forbidden(point) ? "\uFFFD" : NULL;
	}
}

static void add_escaped(struct carved_buffer *buffer, const char *text, size_t length)
{
	const char *end = text + length;
	while (text < end) {
		size_t bytes;
		uint32_t point = code_point(text, &bytes);
		const char *instead = entity(point);
		if (instead)
			carved_buffer_add_text(buffer, instead);
		else if (point == 0xFFFD)
			carved_buffer_add_text(buffer, "\uFFFD");
		else if (!turns_direction(point))
			carved_buffer_add(buffer, text, bytes);
		text += bytes;
	}
}

void carved_markup_attribute(struct carved_markup *markup, const char *name, const char *text)
{
	require(markup->in_tag);
	carved_buffer_printf(markup->buffer, " %s=\"", name);
	add_escaped(markup->buffer, text, strlen(text));
	carved_buffer_add_text(markup->buffer, "\"");
}

void carved_markup_attribute_number(struct carved_markup *markup, const char *name, double number)
{
	char text[32];
	snprintf(text, sizeof text, "%.2f", number);
	size_t length = strlen(text);
	while (text[length - 1] == '0')
		text[--length] = '\0';
	if (text[length - 1] == '.')
		text[--length] = '\0';
	carved_markup_attribute(markup, name, strcmp(text, "-0") == 0 ? "0" : text);
}

void carved_markup_attribute_printf(struct carved_markup *markup, const char *name, const char *format, ...)
{
	char text[512];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	require(length >= 0 && (size_t)length < sizeof text);
	carved_markup_attribute(markup, name, text);
}

void carved_markup_text_part(struct carved_markup *markup, const char *text, size_t length)
{
	end_tag(markup);
	add_escaped(markup->buffer, text, length);
}

void carved_markup_text(struct carved_markup *markup, const char *text)
{
	carved_markup_text_part(markup, text, strlen(text));
}

void carved_markup_element(struct carved_markup *markup, const char *name, const char *class, const char *text)
{
	carved_markup_open(markup, name);
	if (class)
		carved_markup_attribute(markup, "class", class);
	carved_markup_text(markup, text);
	carved_markup_close(markup, name);
}

void carved_markup_style(struct carved_markup *markup, const char *css, size_t length)
{
	require(!memmem(css, length, "</", 2));
	carved_markup_open(markup, "style");
	end_tag(markup);
	carved_buffer_add(markup->buffer, css, length);
	carved_markup_close(markup, "style");
}
