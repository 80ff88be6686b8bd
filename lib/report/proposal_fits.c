// SPDX-License-Identifier: EUPL-1.2
// How well each task fits, part by part: the points of a thousand, and below them what they came from.
#include "proposal.h"
#include <string.h>

static const char *const parts[] = {"comfort", "wish", "challenge", "setting", "travel"};
enum { PARTS = sizeof parts / sizeof *parts, FULL = 1000 };

static void line_open(struct carved_page *page)
{
	carved_markup_open(&page->markup, "small");
}

static void line_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "small");
}

static const char *category_label(const struct carved_node *e, const char *code)
{
	const struct carved_node *category = carved_node_first(carved_node_get(e, "categories"));
	while (category && strcmp(carved_node_get_text(category, "category", ""), code) != 0)
		category = category->next;
	return carved_node_get_text(category, "label", code);
}

// What leaves less room than all.
static void add_comfort(struct carved_page *page, const struct carved_node *e, const struct carved_node *part)
{
	const struct carved_node *category = carved_node_first(carved_node_get(part, "categories"));
	for (; category; category = category->next) {
		if (carved_node_get_integer(category, "points", FULL) == FULL)
			continue;
		line_open(page);
		carved_page_words(page, category_label(e, carved_node_get_text(category, "category", "?")));
		carved_markup_text(&page->markup, ": ");
		carved_page_number(page, carved_node_get(category, "points"));
		line_close(page);
	}
}

static void add_matches(struct carved_page *page, const struct carved_node *part, const char *member, const char *msgid)
{
	const struct carved_node *match = carved_node_first(carved_node_get(part, member));
	for (; match; match = match->next) {
		line_open(page);
		carved_page_say(page, msgid,
			CARVED_SAY_WORDS("wish", carved_node_get_text(match, "label", carved_node_get_text(match, "tag", "?"))));
		line_close(page);
	}
}

static void add_wish(struct carved_page *page, const struct carved_node *part)
{
	add_matches(page, part, "liked", "report.fit.liked");
	add_matches(page, part, "avoided", "report.fit.avoided");
	add_matches(page, part, "both", "report.fit.both");
}

static struct carved_said stated(const struct carved_page *page, const char *name, const struct carved_node *number)
{
	if (number && number->kind != CARVED_NODE_NULL)
		return (struct carved_said)CARVED_SAY_NUMBER(name, number);
	return (struct carved_said)CARVED_SAY_LABEL(name, carved_text(page->language, "carve.why.not-stated"));
}

static void add_challenge(struct carved_page *page, const struct carved_node *part)
{
	line_open(page);
	carved_page_say_all(page, "carve.why.level",
		(const struct carved_said[]){stated(page, "level", carved_node_get(part, "level")),
			stated(page, "wished", carved_node_get(part, "wished")), {0}});
	line_close(page);
	line_open(page);
	carved_markup_text(
		&page->markup, carved_page_label(page, "report.challenge", carved_node_get_text(part, "challenge", "?")));
	line_close(page);
}

static const char *company(const struct carved_page *page, const struct carved_node *part, const char *member)
{
	const char *name = carved_node_get_text(part, member, NULL);
	return name ? carved_page_label(page, "carve.company", name) : carved_text(page->language, "carve.why.not-stated");
}

static void add_setting(struct carved_page *page, const struct carved_node *part)
{
	line_open(page);
	carved_page_say(page, "carve.why.company", CARVED_SAY_LABEL("company", company(page, part, "company")),
		CARVED_SAY_LABEL("wished", company(page, part, "wished")));
	line_close(page);
}

static void add_travel(struct carved_page *page, const struct carved_node *part)
{
	line_open(page);
	carved_page_say_all(page, "carve.why.minutes",
		(const struct carved_said[]){stated(page, "minutes", carved_node_get(part, "minutes")),
			stated(page, "most", carved_node_get(part, "most")), {0}});
	line_close(page);
}

static void add_part(struct carved_page *page, const struct carved_node *e, const struct carved_node *fit, int index)
{
	const struct carved_node *part = carved_node_get(fit, parts[index]);
	carved_page_cell_open(page, false, false);
	carved_page_number(page, carved_node_get(part, "points"));
	if (index == 0)
		add_comfort(page, e, part);
	else if (index == 1)
		add_wish(page, part);
	else if (index == 2)
		add_challenge(page, part);
	else if (index == 3)
		add_setting(page, part);
	else
		add_travel(page, part);
	carved_page_cell_close(page, false);
}

static void add_task(struct carved_page *page, const struct carved_node *e, const struct carved_node *task, int64_t index)
{
	const struct carved_node *fit = carved_node_get(task, "fit");
	const size_t series = carved_proposal_series(e, carved_proposal_work_ref(task));
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	carved_proposal_add_key(page, e, index);
	carved_markup_text(&page->markup, " ");
	carved_page_words(page, carved_proposal_task_title(task));
	carved_page_cell_close(page, true);
	carved_page_cell_open(page, false, false);
	carved_markup_open(&page->markup, "strong");
	carved_page_number(page, carved_node_get(fit, "points"));
	carved_markup_close(&page->markup, "strong");
	carved_page_bar_open(page, 10);
	carved_page_bar_piece(page, "whole", 0, 1, 0.5, 9);
	carved_page_bar_piece(page, carved_page_series(series), 0, carved_node_get_real(fit, "points", 0) / FULL, 0.5, 9);
	carved_page_bar_close(page);
	carved_page_cell_close(page, false);
	for (int part = 0; part < PARTS; part++)
		add_part(page, e, fit, part);
	carved_page_row_close(page);
}

// The same for all tasks: weights of a plan.
static void add_weights(struct carved_page *page, const struct carved_node *fit)
{
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "weights");
	carved_page_cell_label(page, true, carved_text(page->language, "carve.why.weights"));
	carved_page_cell_label(page, false, "");
	for (int part = 0; part < PARTS; part++) {
		carved_page_cell_open(page, false, false);
		carved_page_number(page, carved_node_get(carved_node_get(fit, parts[part]), "weight"));
		carved_markup_text(&page->markup, "%");
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
}

void carved_proposal_add_fits(struct carved_page *page, const struct carved_node *e)
{
	static const struct carved_page_column columns[] = {{"carve.column.task", false}, {"carve.column.fit", false},
		{"carve.column.comfort", false}, {"carve.column.wish", false}, {"carve.column.challenge", false},
		{"carve.column.setting", false}, {"carve.column.travel", false}};
	const struct carved_node *tasks = carved_node_get(e, "tasks");
	int64_t index = 0;
	carved_page_section_open(page, "fits", "report.fits");
	carved_page_element(page, "p", "note", "report.fits.note");
	carved_page_table_open(page, "report.fits", columns, 2 + PARTS);
	add_weights(page, carved_node_get(carved_node_first(tasks), "fit"));
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next)
		add_task(page, e, task, index++);
	carved_page_table_close(page);
	carved_page_section_close(page);
}
