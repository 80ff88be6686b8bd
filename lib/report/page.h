// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: what all pages share. Head and foot, sections, figures in words and tables, drawings.
//
//   figure     a number that the API states, as <data value="2.5">2,5</data>: people read it in their language, a script reads the attribute. Nothing on a page but
//              figures, dates (<time>) and texts of documents (<bdi>) has digits in it, so what is shown can be held against the JSON (tests/integration)
//   words      a text from a document, in <bdi>: its direction stays its own
//   drawing    an SVG with a title, a description, and a table of its figures near by. Text in it is never the only place of anything
#pragma once
#include "carved/base/node.h"
#include "carved/text/text.h"
#include "markup.h"

struct carved_page {
	struct carved_markup markup;
	enum carved_language language;
	int drawings; // so far: makes their ids
	bool plain;   // no elements inside sentences: in descriptions of drawings
};

// kind: which page it is ("coach"), for the style sheet. title: of the window, plain text.
void carved_page_begin(struct carved_page *page, struct carved_buffer *buffer, enum carved_language language, const char *kind,
	const char *title);
void carved_page_end(struct carved_page *page);

// A section with a heading of level 2; `id` is unique on the page.
void carved_page_section_open(struct carved_page *page, const char *id, const char *msgid);
void carved_page_section_close(struct carved_page *page);

// Sections side by side where there is room.
void carved_page_pair_open(struct carved_page *page);
void carved_page_pair_close(struct carved_page *page);

// ---- text

const char *carved_page_label(
	const struct carved_page *page, const char *group, const char *name); // "GROUP.NAME"; `name` where there is none

void carved_page_words(struct carved_page *page, const char *text);                  // NULL: nothing
void carved_page_number(struct carved_page *page, const struct carved_node *number); // NULL or null: a dash
void carved_page_share(struct carved_page *page, const struct carved_node *share);   // 0.25 as 25%
void carved_page_date(struct carved_page *page, const char *date);                   // "2026-11-23" as 23 November 2026
void carved_page_value(struct carved_page *page, double value); // a figure that no member states by itself: a sum

// What stands for a {name} in a sentence.
enum carved_said_kind {
	CARVED_SAID_WORDS,
	CARVED_SAID_LABEL,
	CARVED_SAID_NUMBER,
	CARVED_SAID_SHARE,
	CARVED_SAID_DATE,
	CARVED_SAID_VALUE
};
struct carved_said {
	const char *name; // NULL ends the list
	enum carved_said_kind kind;
	const char *text;                 // WORDS, LABEL (a text of ours), DATE
	const struct carved_node *number; // NUMBER, SHARE
	double value;                     // VALUE
};
#define CARVED_SAY_WORDS(name_, text_)                                                                                           \
	{                                                                                                                        \
		.name = (name_), .kind = CARVED_SAID_WORDS, .text = (text_)                                                      \
	}
#define CARVED_SAY_LABEL(name_, text_)                                                                                           \
	{                                                                                                                        \
		.name = (name_), .kind = CARVED_SAID_LABEL, .text = (text_)                                                      \
	}
#define CARVED_SAY_DATE(name_, text_)                                                                                            \
	{                                                                                                                        \
		.name = (name_), .kind = CARVED_SAID_DATE, .text = (text_)                                                       \
	}
#define CARVED_SAY_NUMBER(name_, node_)                                                                                          \
	{                                                                                                                        \
		.name = (name_), .kind = CARVED_SAID_NUMBER, .number = (node_)                                                   \
	}
#define CARVED_SAY_SHARE(name_, node_)                                                                                           \
	{                                                                                                                        \
		.name = (name_), .kind = CARVED_SAID_SHARE, .number = (node_)                                                    \
	}
#define CARVED_SAY_VALUE(name_, value_)                                                                                          \
	{                                                                                                                        \
		.name = (name_), .kind = CARVED_SAID_VALUE, .value = (value_)                                                    \
	}

// A sentence: carved_page_say(page, "report.x", CARVED_SAY_NUMBER("hours", node), CARVED_SAY_WORDS("site", name)).
#define carved_page_say(page, msgid, ...) carved_page_say_all((page), (msgid), (const struct carved_said[]){__VA_ARGS__, {0}})
void carved_page_say_all(struct carved_page *page, const char *msgid, const struct carved_said *said);

// The same as an element: carved_page_paragraph(page, "li", NULL, "report.x", CARVED_SAY_NUMBER("hours", node)). class: NULL for none.
#define carved_page_paragraph(page, element, class, msgid, ...)                                                                  \
	carved_page_paragraph_all((page), (element), (class), (msgid), (const struct carved_said[]){__VA_ARGS__, {0}})
void carved_page_paragraph_all(
	struct carved_page *page, const char *element, const char *class, const char *msgid, const struct carved_said *said);

// The same without parameters, as an element.
void carved_page_element(struct carved_page *page, const char *element, const char *class, const char *msgid);

// The text of a node as a person reads it, plain: "2,5". For labels in drawings. Returns text.
#define CARVED_PAGE_NUMBER_MAX 40
const char *carved_page_format(const struct carved_page *page, double number, char text[CARVED_PAGE_NUMBER_MAX]);

// ---- tables. A table that is wider than the page scrolls by itself, with the keyboard too.

struct carved_page_column {
	const char *msgid;
	bool is_number;
};
void carved_page_table_open(
	struct carved_page *page, const char *caption, const struct carved_page_column *columns, size_t count);
void carved_page_table_close(struct carved_page *page);
void carved_page_row_open(struct carved_page *page);
void carved_page_row_close(struct carved_page *page);
void carved_page_cell_open(struct carved_page *page, bool is_head, bool is_number); // is_head: what the row is about
void carved_page_cell_close(struct carved_page *page, bool is_head);

// Whole cells.
void carved_page_cell_words(struct carved_page *page, bool is_head, const char *text);
void carved_page_cell_label(struct carved_page *page, bool is_head, const char *text);
void carved_page_cell_number(struct carved_page *page, const struct carved_node *number);

// ---- drawings

// Patterns and colours: series 0 to CARVED_PAGE_SERIES - 1, beyond that from the start again.
#define CARVED_PAGE_SERIES 8
const char *carved_page_series(size_t index);                    // the class of a filled shape: "s0"
const char *carved_page_tint(size_t index);                      // of one in its colour alone, behind words: "g0"
void carved_page_swatch(struct carved_page *page, size_t index); // a small sample for legends and tables

// A bar in a cell, as wide as the cell whatever that is: `from`, `to` and `at` are shares of it. The figures stand in the same row, so a screen reader skips it.
void carved_page_bar_open(struct carved_page *page, double height);
void carved_page_bar_piece(struct carved_page *page, const char *class, double from, double to, double y, double height);
void carved_page_bar_mark(struct carved_page *page, const char *class, double at, double y, double height);
void carved_page_bar_close(struct carved_page *page);

// Opens <figure><svg>: its width is that of the page, in units of the view box.
void carved_page_drawing_open(struct carved_page *page, const char *class, double width, double height, const char *title_msgid,
	const char *description_msgid, const struct carved_said *said);
void carved_page_drawing_close(struct carved_page *page); // caption: the title

void carved_page_rect(struct carved_page *page, const char *class, double x, double y, double width, double height);
void carved_page_line(struct carved_page *page, const char *class, double x1, double y1, double x2, double y2);
void carved_page_label_at(struct carved_page *page, const char *class, double x, double y, const char *text);
// How wide it is at `size` units a line height; estimated, on the safe side.
double carved_page_label_width(const char *text, double size);
// The label, cut with an ellipsis where it is wider than `width` units at `size` units a line height: widths of letters are estimated, on the safe side.
void carved_page_label_within(
	struct carved_page *page, const char *class, double x, double y, const char *text, double size, double width);
// The same on so many lines at most, broken between words; the last is cut, and so is a word that is wider than a line.
void carved_page_label_lines(
	struct carved_page *page, const char *class, double x, double y, const char *text, double size, double width, int lines);
