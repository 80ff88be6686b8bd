// SPDX-License-Identifier: EUPL-1.2
#include "page.h"

void carved_page_bar_open(struct carved_page *page, double height)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "class", "bar");
	carved_markup_attribute(m, "aria-hidden", "true");
	carved_markup_attribute(m, "width", "100%");
	carved_markup_attribute_number(m, "height", height);
}

void carved_page_bar_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "svg");
}

void carved_page_bar_piece(struct carved_page *page, const char *class, double from, double to, double y, double height)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "rect");
	carved_markup_attribute(m, "class", class);
	carved_markup_attribute_printf(m, "x", "%.3f%%", from * 100);
	carved_markup_attribute_number(m, "y", y);
	carved_markup_attribute_printf(m, "width", "%.3f%%", to > from ? (to - from) * 100 : 0);
	carved_markup_attribute_number(m, "height", height);
	carved_markup_close(m, "rect");
}

void carved_page_bar_mark(struct carved_page *page, const char *class, double at, double y, double height)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "line");
	carved_markup_attribute(m, "class", class);
	carved_markup_attribute_printf(m, "x1", "%.3f%%", at * 100);
	carved_markup_attribute_printf(m, "x2", "%.3f%%", at * 100);
	carved_markup_attribute_number(m, "y1", y);
	carved_markup_attribute_number(m, "y2", y + height);
	carved_markup_close(m, "line");
}
