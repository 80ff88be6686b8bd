// SPDX-License-Identifier: EUPL-1.2
#include "page.h"
#include <stdio.h>
#include <string.h>

const char *carved_page_series(size_t index)
{
	static const char *const classes[CARVED_PAGE_SERIES] = {"s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"};
	return classes[index % CARVED_PAGE_SERIES];
}

const char *carved_page_tint(size_t index)
{
	static const char *const classes[CARVED_PAGE_SERIES] = {"g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7"};
	return classes[index % CARVED_PAGE_SERIES];
}

void carved_page_swatch(struct carved_page *page, size_t index)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "class", "swatch");
	carved_markup_attribute(m, "aria-hidden", "true");
	carved_markup_attribute(m, "viewBox", "0 0 16 16");
	carved_page_rect(page, carved_page_series(index), 0, 0, 16, 16);
	carved_markup_close(m, "svg");
}

// The title stands under the drawing as well: its id names both.
void carved_page_drawing_open(struct carved_page *page, const char *class, double width, double height, const char *title_msgid,
	const char *description_msgid, const struct carved_said *said)
{
	struct carved_markup *m = &page->markup;
	int id = ++page->drawings;
	carved_markup_open(m, "figure");
	carved_markup_attribute_printf(m, "class", "drawing %s", class);
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "role", "img");
	carved_markup_attribute_printf(m, "viewBox", "0 0 %g %g", width, height);
	carved_markup_attribute_printf(m, "aria-labelledby", "drawing-%d-title", id);
	carved_markup_attribute_printf(m, "aria-describedby", "drawing-%d-description", id);
	carved_markup_open(m, "title");
	carved_markup_attribute_printf(m, "id", "drawing-%d-title", id);
	carved_markup_text(m, carved_text(page->language, title_msgid));
	carved_markup_close(m, "title");
	carved_markup_open(m, "desc");
	carved_markup_attribute_printf(m, "id", "drawing-%d-description", id);
	page->plain = true;
	carved_page_say_all(page, description_msgid, said);
	page->plain = false;
	carved_markup_close(m, "desc");
}

void carved_page_drawing_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "svg");
	carved_markup_close(&page->markup, "figure");
}

void carved_page_rect(struct carved_page *page, const char *class, double x, double y, double width, double height)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "rect");
	carved_markup_attribute(m, "class", class);
	carved_markup_attribute_number(m, "x", x);
	carved_markup_attribute_number(m, "y", y);
	carved_markup_attribute_number(m, "width", width);
	carved_markup_attribute_number(m, "height", height);
	carved_markup_close(m, "rect");
}

void carved_page_line(struct carved_page *page, const char *class, double x1, double y1, double x2, double y2)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "line");
	carved_markup_attribute(m, "class", class);
	carved_markup_attribute_number(m, "x1", x1);
	carved_markup_attribute_number(m, "y1", y1);
	carved_markup_attribute_number(m, "x2", x2);
	carved_markup_attribute_number(m, "y2", y2);
	carved_markup_close(m, "line");
}

static void label_open(struct carved_page *page, const char *class, double x, double y)
{
	carved_markup_open(&page->markup, "text");
	carved_markup_attribute(&page->markup, "class", class);
	carved_markup_attribute_number(&page->markup, "x", x);
	carved_markup_attribute_number(&page->markup, "y", y);
}

void carved_page_label_at(struct carved_page *page, const char *class, double x, double y, const char *text)
{
	label_open(page, class, x, y);
	carved_markup_text(&page->markup, text);
	carved_markup_close(&page->markup, "text");
}

// Of a letter, in line heights, at least as wide as in a wide font (DejaVu Sans): what is not Latin may be wider than it is high, emoji are wider still.
static double letter_width(unsigned char first)
{
	if (first >= 0xF0)
		return 1.45;
	if (first > 0xC3)
		return 1.1;
	if (strchr("iljtfrI.,:;'|!()[] ", first) && first)
		return 0.42;
	if (strchr("mMW@%", first) && first)
		return 1.0;
	bool is_wide = first == 0xC3 || (first >= 'A' && first <= 'Z') || strchr("#&+<=>~^w", first);
	return is_wide ? 0.85 : 0.64;
}

double carved_page_label_width(const char *text, double size)
{
	double width = 0;
	for (; *text; text++)
		width += ((unsigned char)*text & 0xC0) == 0x80 ? 0 : letter_width((unsigned char)*text) * size;
	return width;
}

// Bytes of the text's beginning that are `width` wide at most, whole letters.
static size_t count_fitting(const char *text, double size, double width)
{
	double used = 0;
	for (size_t length = 0, next = 0;; length = next) {
		used += letter_width((unsigned char)text[length]) * size;
		if (!text[length] || used > width)
			return length;
		do
			next++;
		while (((unsigned char)text[next] & 0xC0) == 0x80);
	}
}

void carved_page_label_within(
	struct carved_page *page, const char *class, double x, double y, const char *text, double size, double width)
{
	bool whole = !text[count_fitting(text, size, width)];
	size_t fits = whole ? strlen(text) : count_fitting(text, size, width - 0.9 * size); // room for an ellipsis
	if (fits == 0)
		return;
	label_open(page, class, x, y);
	carved_markup_text_part(&page->markup, text, fits);
	if (!whole)
		carved_markup_text(&page->markup, "\u2026");
	carved_markup_close(&page->markup, "text");
}

// The words of a line: up to the last space that fits; 0 where the first word does not fit.
static size_t count_line(const char *text, double size, double width)
{
	size_t end = count_fitting(text, size, width);
	while (text[end] && end > 0 && text[end] != ' ')
		end--;
	return end;
}

void carved_page_label_lines(
	struct carved_page *page, const char *class, double x, double y, const char *text, double size, double width, int lines)
{
	for (; lines > 1 && *text; lines--, y += 1.3 * size) {
		size_t length = count_line(text, size, width);
		if (length == 0)
			break;
		label_open(page, class, x, y);
		carved_markup_text_part(&page->markup, text, length);
		carved_markup_close(&page->markup, "text");
		text += length;
		text += strspn(text, " ");
	}
	if (lines > 0 && *text)
		carved_page_label_within(page, class, x, y, text, size, width);
}
