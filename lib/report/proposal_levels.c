// SPDX-License-Identifier: EUPL-1.2
// What the tasks ask beside what the candidate can, as pairs of bars from 0 to 4, the tight ones first (the API's order); what the surroundings bring stands apart.
#include "proposal.h"
#include <stdio.h>
#include <string.h>

enum { LEVELS = 4, MANY = 3 };

static bool is_unknown(const struct carved_node *category)
{
	return carved_node_get_text(category, "why", NULL) != NULL;
}

// Above what is asked, below what somebody can; with an aid, how much further that reaches.
static void add_bars(struct carved_page *page, const struct carved_node *category)
{
	const double asked = carved_node_get_real(category, "demand", 0) / LEVELS,
		     can = carved_node_get_real(category, "capacity", 0) / LEVELS,
		     aided = carved_node_get_real(category, "aidedCapacity", 0) / LEVELS;
	carved_page_cell_open(page, false, false);
	carved_page_bar_open(page, 26);
	for (int level = 0; level <= LEVELS; level++)
		carved_page_bar_mark(page, "axis", (double)level / LEVELS, 0, 26);
	carved_page_bar_piece(page, "asks", 0, asked, 2, 9);
	if (is_unknown(category))
		carved_page_bar_piece(page, "unknown", 0, 1, 14, 9);
	else
		carved_page_bar_piece(page, "can", 0, can, 14, 9);
	if (aided > can)
		carved_page_bar_piece(page, "aided", can, aided, 14, 9);
	carved_page_bar_close(page);
	carved_page_cell_close(page, false);
}

static const char *tag_of(const struct carved_node *category)
{
	const int64_t margin = carved_node_get_integer(category, "margin", 0);
	if (is_unknown(category))
		return "report.levels.unknown";
	return margin < 0 ? "report.levels.overruled" : margin == 0 ? "report.levels.tight" : NULL;
}

// The code, and where the capacity is known from unless the profile just says it.
static void add_basis(struct carved_page *page, const struct carved_node *category)
{
	char msgid[64];
	const char *code = carved_node_get_text(category, "category", "?"), *at = carved_node_get_text(category, "statedAt", ""),
		   *why = carved_node_get_text(category, "why", NULL), *basis = carved_node_get_text(category, "basis", "?");
	const bool plain = strcmp(basis, "stated") == 0,
		   own = !plain && strcmp(at, code) == 0; // a basis that names the code itself
	carved_markup_open(&page->markup, "span");
	carved_markup_attribute(&page->markup, "class", "code");
	if (!own)
		carved_page_words(page, code);
	if (!own && !plain)
		carved_markup_text(&page->markup, ", ");
	snprintf(msgid, sizeof msgid, "carve.why-basis.%s%s", why ? "unknown-" : "", why ? why : basis);
	if (!plain)
		carved_page_say(page, msgid, CARVED_SAY_WORDS("at", at));
	carved_markup_close(&page->markup, "span");
}

static const char *aid_label(const struct carved_node *e, const char *name)
{
	const struct carved_node *aid = carved_node_first(carved_node_get(e, "aids"));
	while (aid && strcmp(carved_node_get_text(aid, "aid", ""), name) != 0)
		aid = aid->next;
	return carved_node_get_text(aid, "label", name);
}

static void add_aid(struct carved_page *page, const struct carved_node *e, const struct carved_node *category)
{
	const char *aid = carved_node_get_text(category, "aid", NULL);
	if (!aid)
		return;
	carved_markup_open(&page->markup, "small");
	carved_page_say(page, "report.levels.with", CARVED_SAY_WORDS("aid", aid_label(e, aid)),
		CARVED_SAY_NUMBER("capacity", carved_node_get(category, "aidedCapacity")));
	carved_markup_close(&page->markup, "small");
}

static void add_head_cell(struct carved_page *page, const struct carved_node *e, const struct carved_node *category)
{
	struct carved_markup *m = &page->markup;
	const char *code = carved_node_get_text(category, "category", "?"), *tag = tag_of(category);
	carved_page_cell_open(page, true, false);
	carved_page_words(page, carved_node_get_text(category, "label", code));
	if (tag) {
		carved_markup_text(m, " ");
		carved_page_element(
			page, "span", carved_node_get_integer(category, "margin", 0) < 0 ? "tag bad" : "tag warn", tag);
	}
	carved_markup_text(m, " ");
	add_basis(page, category);
	add_aid(page, e, category);
	carved_page_cell_close(page, true);
}

static void add_capacity(struct carved_page *page, const struct carved_node *category)
{
	carved_page_cell_open(page, false, true);
	if (is_unknown(category))
		carved_markup_text(&page->markup, "?");
	else
		carved_page_number(page, carved_node_get(category, "capacity"));
	carved_page_cell_close(page, false);
}

// The tasks that ask a level, on a line of their own; what they ask is told where it is less than the row says.
static void add_uses_at(struct carved_page *page, const struct carved_node *e, const struct carved_node *category, int64_t level)
{
	const struct carved_node *use = carved_node_first(carved_node_get(category, "uses"));
	bool first = true;
	for (; use; use = use->next) {
		if (carved_node_get_integer(use, "demand", 0) != level)
			continue;
		if (first)
			carved_markup_open(&page->markup, "div");
		if (first && level < carved_node_get_integer(category, "demand", 0)) {
			carved_page_say(page, "report.levels.asks", CARVED_SAY_NUMBER("level", carved_node_get(use, "demand")));
			carved_markup_text(&page->markup, " ");
		}
		first = false;
		carved_proposal_add_key(page, e, carved_node_get_integer(use, "slot", 0));
	}
	if (!first)
		carved_markup_close(&page->markup, "div");
}

// Whether every one of many tasks asks the same.
static bool is_asked_alike(const struct carved_node *e, const struct carved_node *category)
{
	const struct carved_node *uses = carved_node_get(category, "uses"), *tasks = carved_node_get(e, "tasks");
	const struct carved_node *use = carved_node_first(uses);
	while (use && carved_node_get_integer(use, "demand", 0) == carved_node_get_integer(category, "demand", 0))
		use = use->next;
	return !use && uses && tasks && tasks->count > MANY && uses->count == tasks->count;
}

static void add_uses(struct carved_page *page, const struct carved_node *e, const struct carved_node *category)
{
	carved_page_cell_open(page, false, false);
	if (is_asked_alike(e, category))
		carved_page_element(page, "span", NULL, "report.all-tasks");
	for (int64_t level = is_asked_alike(e, category) ? 0 : LEVELS; level > 0; level--)
		add_uses_at(page, e, category, level);
	carved_page_cell_close(page, false);
}

static void add_category(struct carved_page *page, const struct carved_node *e, const struct carved_node *category)
{
	carved_page_row_open(page);
	add_head_cell(page, e, category);
	add_bars(page, category);
	carved_page_cell_number(page, carved_node_get(category, "demand"));
	add_capacity(page, category);
	carved_page_cell_number(page, carved_node_get(category, "margin"));
	add_uses(page, e, category);
	carved_page_row_close(page);
}

static bool is_of(const struct carved_node *category, const char *rule)
{
	return strcmp(carved_node_get_text(category, "rule", ""), rule) == 0;
}

static void add_table(struct carved_page *page, const struct carved_node *e, const char *rule, const char *title)
{
	static const struct carved_page_column columns[] = {{"report.column.category", false}, {"report.column.levels", false},
		{"carve.column.demand", true}, {"carve.column.capacity", true}, {"carve.column.margin", true},
		{"report.column.in-tasks", false}};
	const struct carved_node *first = carved_node_first(carved_node_get(e, "categories")), *category = first;
	while (category && !is_of(category, rule))
		category = category->next;
	if (!category)
		return;
	carved_page_element(page, "h3", NULL, title);
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "levels");
	carved_page_table_open(page, title, columns, 6);
	for (category = first; category; category = category->next) {
		if (is_of(category, rule))
			add_category(page, e, category);
	}
	carved_page_table_close(page);
	carved_markup_close(&page->markup, "div");
}

static void add_legend(struct carved_page *page)
{
	static const char *const names[] = {"asks", "can", "aided", "unknown"};
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "ul");
	carved_markup_attribute(m, "class", "legend");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		carved_markup_open(m, "li");
		carved_page_bar_open(page, 9);
		carved_page_bar_piece(page, names[i], 0, 1, 0, 9);
		carved_page_bar_close(page);
		carved_markup_text(m, carved_page_label(page, "report.levels.legend", names[i]));
		carved_markup_close(m, "li");
	}
	carved_markup_close(m, "ul");
}

void carved_proposal_add_levels(struct carved_page *page, const struct carved_node *e)
{
	if (!carved_node_first(carved_node_get(e, "categories")))
		return;
	carved_page_section_open(page, "levels", "report.levels");
	carved_page_element(page, "p", "note", "report.levels.note");
	add_legend(page);
	add_table(page, e, "capacity", "report.levels.capacity");
	add_table(page, e, "environment", "report.levels.environment");
	carved_page_section_close(page);
}
