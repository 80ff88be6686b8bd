// SPDX-License-Identifier: EUPL-1.2
#include "page.h"

void carved_page_table_open(struct carved_page *page, const char *caption, const struct carved_page_column *columns, size_t count)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "div");
	carved_markup_attribute(m, "class", "scroll");
	carved_markup_attribute(m, "role", "region");
	carved_markup_attribute(m, "tabindex", "0");
	carved_markup_attribute(m, "aria-label", carved_text(page->language, caption));
	carved_markup_open(m, "table");
	carved_page_element(page, "caption", NULL, caption);
	carved_markup_open(m, "thead");
	carved_markup_open(m, "tr");
	for (size_t i = 0; i < count; i++) {
		carved_markup_open(m, "th");
		carved_markup_attribute(m, "scope", "col");
		if (columns[i].is_number)
			carved_markup_attribute(m, "class", "number");
		carved_markup_text(m, carved_text(page->language, columns[i].msgid));
		carved_markup_close(m, "th");
	}
	carved_markup_close(m, "tr");
	carved_markup_close(m, "thead");
	carved_markup_open(m, "tbody");
}

void carved_page_table_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "tbody");
	carved_markup_close(&page->markup, "table");
	carved_markup_close(&page->markup, "div");
}

void carved_page_row_open(struct carved_page *page)
{
	carved_markup_open(&page->markup, "tr");
}

void carved_page_row_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "tr");
}

void carved_page_cell_open(struct carved_page *page, bool is_head, bool is_number)
{
	carved_markup_open(&page->markup, is_head ? "th" : "td");
	if (is_head)
		carved_markup_attribute(&page->markup, "scope", "row");
	if (is_number)
		carved_markup_attribute(&page->markup, "class", "number");
}

void carved_page_cell_close(struct carved_page *page, bool is_head)
{
	carved_markup_close(&page->markup, is_head ? "th" : "td");
}

void carved_page_cell_words(struct carved_page *page, bool is_head, const char *text)
{
	carved_page_cell_open(page, is_head, false);
	carved_page_words(page, text);
	carved_page_cell_close(page, is_head);
}

void carved_page_cell_label(struct carved_page *page, bool is_head, const char *text)
{
	carved_page_cell_open(page, is_head, false);
	carved_markup_text(&page->markup, text);
	carved_page_cell_close(page, is_head);
}

void carved_page_cell_number(struct carved_page *page, const struct carved_node *number)
{
	carved_page_cell_open(page, false, true);
	carved_page_number(page, number);
	carved_page_cell_close(page, false);
}
