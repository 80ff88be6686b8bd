// SPDX-License-Identifier: EUPL-1.2
// How well each task fits, part by part: the points of a thousand, and below them what they came from.
#include "proposal.h"
#include <string.h>

enum { COMFORT, WISH, CHALLENGE, SETTING, TRAVEL, PARTS };
static const char *const parts[PARTS] = {"comfort", "wish", "challenge", "setting", "travel"};
enum { FULL = 1000, ROOMY = 800 }; // points of a part; below this there is no room, or it is not known

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

static void add_comfort(struct carved_page *page, const struct carved_node *e, const struct carved_node *part)
{
	const struct carved_node *category = carved_node_first(carved_node_get(part, "categories"));
	for (; category; category = category->next) {
		if (carved_node_get_integer(category, "points", FULL) >= ROOMY)
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
	carved_page_say_all(page, "report.fit.level",
		(const struct carved_said[]){stated(page, "level", carved_node_get(part, "level")), {0}});
	line_close(page);
}

static const char *company(const struct carved_page *page, const struct carved_node *part, const char *member)
{
	const char *name = carved_node_get_text(part, member, NULL);
	return name ? carved_page_label(page, "carve.company", name) : carved_text(page->language, "carve.why.not-stated");
}

static void add_setting(struct carved_page *page, const struct carved_node *part)
{
	carved_markup_element(&page->markup, "small", NULL, company(page, part, "company"));
}

static void add_part(struct carved_page *page, const struct carved_node *e, const struct carved_node *fit, int index)
{
	const struct carved_node *part = carved_node_get(fit, parts[index]);
	carved_page_cell_open(page, false, false);
	carved_page_number(page, carved_node_get(part, "points"));
	if (index == COMFORT)
		add_comfort(page, e, part);
	else if (index == WISH)
		add_wish(page, part);
	else if (index == CHALLENGE)
		add_challenge(page, part);
	else if (index == SETTING)
		add_setting(page, part);
	carved_page_cell_close(page, false);
}

static int64_t points_at(const struct carved_node *task, const char *part)
{
	const struct carved_node *fit = carved_node_get(task, "fit");
	return carved_node_get_integer(part ? carved_node_get(fit, part) : fit, "points", 0);
}

// A task with fixed times is several pieces: what fits equally well is told once.
static bool is_alike(const struct carved_node *a, const struct carved_node *b)
{
	bool alike = strcmp(carved_proposal_work_ref(a), carved_proposal_work_ref(b)) == 0 &&
		     strcmp(carved_node_get_text(a, "task", ""), carved_node_get_text(b, "task", "")) == 0 &&
		     points_at(a, NULL) == points_at(b, NULL);
	for (int part = 0; part < PARTS; part++)
		alike = alike && points_at(a, parts[part]) == points_at(b, parts[part]);
	return alike;
}

static bool is_told(const struct carved_node *e, const struct carved_node *task)
{
	const struct carved_node *other = carved_node_first(carved_node_get(e, "tasks"));
	while (other != task && !is_alike(other, task))
		other = other->next;
	return other != task;
}

static void add_head_cell(struct carved_page *page, const struct carved_node *e, const struct carved_node *task)
{
	const size_t series = carved_proposal_series(e, carved_proposal_work_ref(task));
	const struct carved_node *other = carved_node_first(carved_node_get(e, "tasks"));
	carved_page_cell_open(page, true, false);
	for (int64_t index = 0; other; other = other->next, index++) {
		if (is_alike(other, task))
			carved_proposal_add_key(page, e, index);
	}
	carved_markup_text(&page->markup, " ");
	carved_proposal_add_title(page, e, task);
	carved_page_bar_open(page, 10);
	carved_page_bar_piece(page, "whole", 0, 1, 0.5, 9);
	carved_page_bar_piece(page, carved_page_series(series), 0, (double)points_at(task, NULL) / FULL, 0.5, 9);
	carved_page_bar_close(page);
	carved_page_cell_close(page, true);
}

static void add_task(struct carved_page *page, const struct carved_node *e, const struct carved_node *task)
{
	const struct carved_node *fit = carved_node_get(task, "fit");
	carved_page_row_open(page);
	add_head_cell(page, e, task);
	carved_page_cell_open(page, false, true);
	carved_markup_open(&page->markup, "strong");
	carved_page_number(page, carved_node_get(fit, "points"));
	carved_markup_close(&page->markup, "strong");
	carved_page_cell_close(page, false);
	for (int part = 0; part < PARTS; part++)
		add_part(page, e, fit, part);
	carved_page_row_close(page);
}

// What the candidate wished, and how far it is: the same for all tasks.
static void add_wished(struct carved_page *page, const struct carved_node *part, int index)
{
	if (index != CHALLENGE && index != SETTING && index != TRAVEL)
		return;
	line_open(page);
	if (index == CHALLENGE)
		carved_page_say_all(page, "report.fit.wished-level",
			(const struct carved_said[]){stated(page, "wished", carved_node_get(part, "wished")),
				CARVED_SAY_LABEL("challenge", carved_page_label(page, "report.challenge",
								      carved_node_get_text(part, "challenge", "?"))),
				{0}});
	else if (index == SETTING)
		carved_page_say(page, "report.fit.wished", CARVED_SAY_LABEL("wished", company(page, part, "wished")));
	else
		carved_page_say_all(page, "carve.why.minutes",
			(const struct carved_said[]){stated(page, "minutes", carved_node_get(part, "minutes")),
				stated(page, "most", carved_node_get(part, "most")), {0}});
	line_close(page);
}

static void add_weights(struct carved_page *page, const struct carved_node *fit)
{
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "weights");
	carved_page_cell_label(page, true, carved_text(page->language, "carve.why.weights"));
	carved_page_cell_label(page, false, "");
	for (int index = 0; index < PARTS; index++) {
		const struct carved_node *part = carved_node_get(fit, parts[index]);
		carved_page_cell_open(page, false, false);
		carved_page_number(page, carved_node_get(part, "weight"));
		carved_markup_text(&page->markup, "%");
		add_wished(page, part, index);
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
}

void carved_proposal_add_fits(struct carved_page *page, const struct carved_node *e)
{
	static const struct carved_page_column columns[] = {{"carve.column.task", false}, {"carve.column.fit", true},
		{"carve.column.comfort", false}, {"carve.column.wish", false}, {"carve.column.challenge", false},
		{"carve.column.setting", false}, {"carve.column.travel", false}};
	const struct carved_node *tasks = carved_node_get(e, "tasks");
	carved_page_section_open(page, "fits", "report.fits");
	carved_page_element(page, "p", "note", "report.fits.note");
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "fits");
	carved_page_table_open(page, "report.fits", columns, 2 + PARTS);
	add_weights(page, carved_node_get(carved_node_first(tasks), "fit"));
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next) {
		if (!is_told(e, task))
			add_task(page, e, task);
	}
	carved_page_table_close(page);
	carved_markup_close(&page->markup, "div");
	carved_page_section_close(page);
}
