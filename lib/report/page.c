// SPDX-License-Identifier: EUPL-1.2
#include "page.h"
#include <stdio.h>

extern const unsigned char carved_report_css[];
extern const size_t carved_report_css_size;

static void add_meta(struct carved_markup *m, const char *key, const char *name, const char *content)
{
	carved_markup_open(m, "meta");
	carved_markup_attribute(m, key, name);
	if (content)
		carved_markup_attribute(m, "content", content);
	carved_markup_close(m, "meta");
}

// One pattern per series, drawn in the series' colour (report.css): told apart without colours too.
static const char *const pattern_paths[CARVED_PAGE_SERIES] = {
	"M0 8L8 0",         // rising
	"M0 0L8 8",         // falling
	"M0 4H8",           // lying
	"M4 0V8",           // standing
	"M0 8L8 0M0 0L8 8", // crossed
	"M0 4H8M4 0V8",     // grid
	"M2 4H6",           // dashes
	"M4 3V5",           // dots
};

static void add_patterns(struct carved_markup *m)
{
	carved_markup_open(m, "svg");
	carved_markup_attribute(m, "class", "patterns");
	carved_markup_attribute(m, "aria-hidden", "true");
	carved_markup_attribute(m, "width", "0");
	carved_markup_attribute(m, "height", "0");
	carved_markup_open(m, "defs");
	for (int i = 0; i < CARVED_PAGE_SERIES; i++) {
		carved_markup_open(m, "pattern");
		carved_markup_attribute_printf(m, "id", "p%d", i);
		carved_markup_attribute(m, "width", "8");
		carved_markup_attribute(m, "height", "8");
		carved_markup_attribute(m, "patternUnits", "userSpaceOnUse");
		carved_markup_open(m, "rect");
		carved_markup_attribute_printf(m, "class", "ground g%d", i);
		carved_markup_attribute(m, "width", "8");
		carved_markup_attribute(m, "height", "8");
		carved_markup_close(m, "rect");
		carved_markup_open(m, "path");
		carved_markup_attribute_printf(m, "class", "ink i%d", i);
		carved_markup_attribute(m, "d", pattern_paths[i]);
		carved_markup_close(m, "path");
		carved_markup_close(m, "pattern");
	}
	carved_markup_close(m, "defs");
	carved_markup_close(m, "svg");
}

void carved_page_begin(struct carved_page *page, struct carved_buffer *buffer, enum carved_language language, const char *kind,
	const char *title)
{
	*page = (struct carved_page){.language = language};
	struct carved_markup *m = &page->markup;
	carved_markup_init(m, buffer);
	carved_markup_open(m, "html");
	carved_markup_attribute(m, "lang", carved_language_tag(language));
	carved_markup_open(m, "head");
	add_meta(m, "charset", "utf-8", NULL);
	// Nothing is fetched, nothing runs, nothing is sent: a browser is told so, whatever stands below.
	add_meta(m, "http-equiv", "Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
	add_meta(m, "name", "viewport", "width=device-width, initial-scale=1");
	add_meta(m, "name", "color-scheme", "light dark");
	add_meta(m, "name", "generator", "carved " CARVED_VERSION);
	carved_markup_element(m, "title", NULL, title);
	carved_markup_style(m, (const char *)carved_report_css, carved_report_css_size);
	carved_markup_close(m, "head");
	carved_markup_open(m, "body");
	carved_markup_attribute(m, "class", kind);
	add_patterns(m);
	carved_markup_open(m, "main");
}

void carved_page_end(struct carved_page *page)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "footer");
	carved_page_element(page, "p", NULL, "report.foot");
	carved_markup_close(m, "footer");
	carved_markup_close(m, "main");
	carved_markup_close(m, "body");
	carved_markup_close(m, "html");
}

void carved_page_section_open(struct carved_page *page, const char *id, const char *msgid)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "section");
	carved_markup_attribute(m, "id", id);
	carved_markup_attribute_printf(m, "aria-labelledby", "%s-heading", id);
	carved_markup_open(m, "h2");
	carved_markup_attribute_printf(m, "id", "%s-heading", id);
	carved_markup_text(m, carved_text(page->language, msgid));
	carved_markup_close(m, "h2");
}

void carved_page_section_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "section");
}

void carved_page_pair_open(struct carved_page *page)
{
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "pair");
}

void carved_page_pair_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "div");
}
