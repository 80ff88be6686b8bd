// SPDX-License-Identifier: EUPL-1.2
// The plan by sector, by coach and by group of people.
#include "plan.h"
#include <stdlib.h>
#include <string.h>

// ---- sectors

void carved_plan_add_sectors(struct carved_page *page, const struct carved_node *overview)
{
	static const struct carved_page_column columns[] = {
		{"report.plan.column.sector", false}, {"carve.column.people", true}, {"carve.column.hours", true}};
	const struct carved_node *sectors = carved_node_get(overview, "sectors");
	double most = carved_node_get_real(carved_node_first(sectors), "hours", 0); // they come with most hours first
	carved_page_table_open(page, "report.plan.sectors-caption", columns, 3);
	for (const struct carved_node *s = carved_node_first(sectors); s; s = s->next) {
		const struct carved_plan_stretch hours = {carved_page_series(4), carved_node_get_real(s, "hours", 0)};
		carved_page_row_open(page);
		carved_plan_bar_open(page, false);
		carved_page_words(page, carved_node_get_text(s, "label", carved_node_get_text(s, "sector", "?")));
		carved_plan_bar_close(page, &hours, 1, most);
		carved_page_cell_number(page, carved_node_get(s, "people"));
		carved_page_cell_number(page, carved_node_get(s, "hours"));
		carved_page_row_close(page);
	}
	carved_page_table_close(page);
}

// ---- coaches: who has fewest hours left comes first

enum { COACHES_OPEN = 20 };

static double share_used(const struct carved_node *coach)
{
	double hours = carved_node_get_real(coach, "hours", 0);
	return hours > 0 ? carved_node_get_real(coach, "used", 0) / hours : 0;
}

static int compare_coaches(const void *a, const void *b)
{
	const struct carved_node *first = *(const struct carved_node *const *)a, *second = *(const struct carved_node *const *)b;
	double difference = share_used(second) - share_used(first);
	if (difference != 0)
		return difference > 0 ? 1 : -1;
	return strcmp(carved_node_get_text(first, "coach", ""), carved_node_get_text(second, "coach", ""));
}

static void add_coach(struct carved_page *page, const struct carved_node *coach, double most)
{
	double used = carved_node_get_real(coach, "used", 0), hours = carved_node_get_real(coach, "hours", 0);
	const struct carved_plan_stretch stretches[] = {
		{carved_page_series(3), used}, {carved_page_series(7), hours > used ? hours - used : 0}};
	carved_page_row_open(page);
	carved_plan_bar_open(page, false);
	carved_page_words(page, carved_node_get_text(coach, "coach", NULL));
	carved_plan_bar_close(page, stretches, 2, most);
	carved_page_cell_number(page, carved_node_get(coach, "used"));
	carved_page_cell_number(page, carved_node_get(coach, "hours"));
	carved_page_cell_number(page, carved_node_get(coach, "people"));
	carved_page_row_close(page);
}

static void add_coach_table(struct carved_page *page, const struct carved_node *const *coaches, size_t count, double most)
{
	static const struct carved_page_column columns[] = {{"carve.column.coach", false}, {"report.plan.column.used", true},
		{"report.plan.column.available", true}, {"carve.column.people", true}};
	carved_page_table_open(page, "report.plan.coaches-caption", columns, 4);
	for (size_t i = 0; i < count; i++)
		add_coach(page, coaches[i], most);
	carved_page_table_close(page);
}

void carved_plan_add_coaches(struct carved_page *page, const struct carved_node *overview)
{
	static const struct carved_plan_key keys[] = {{3, "report.plan.used"}, {7, "report.plan.free"}};
	size_t count, shown;
	double most = 0;
	const struct carved_node **coaches = carved_plan_children(carved_node_get(overview, "coaches"), &count);
	qsort(coaches, count, sizeof *coaches, compare_coaches);
	for (size_t i = 0; i < count; i++) {
		double hours = carved_node_get_real(coaches[i], "hours", 0), used = carved_node_get_real(coaches[i], "used", 0);
		most = hours > most ? hours : most;
		most = used > most ? used : most;
	}
	shown = count <= COACHES_OPEN + COACHES_OPEN / 2 ? count : COACHES_OPEN;
	carved_page_element(page, "p", "note", "report.plan.coaches-note");
	carved_plan_legend(page, keys, 2);
	add_coach_table(page, coaches, shown, most);
	if (shown < count) {
		const struct carved_said said[] = {CARVED_SAY_VALUE("count", (double)(count - shown)), {0}};
		carved_plan_fold_open(page, NULL, false, "report.plan.more-coaches", said);
		add_coach_table(page, coaches + shown, count - shown, most);
		carved_plan_fold_close(page);
	}
	free(coaches);
}

// ---- fairness

static void add_band(struct carved_page *page, const struct carved_node *band, const struct carved_node *below)
{
	const struct carved_node *up_to = carved_node_get(band, "upTo");
	bool is_last = !up_to || up_to->kind == CARVED_NODE_NULL;
	const struct carved_plan_stretch stretches[] = {{carved_page_series(2), carved_node_get_real(band, "placed", 0)},
		{carved_page_series(7), carved_node_get_real(band, "candidates", 0) - carved_node_get_real(band, "placed", 0)}};
	carved_page_row_open(page);
	carved_plan_bar_open(page, false);
	carved_page_say(page, is_last ? "carve.fairness.above" : "carve.fairness.up-to",
		CARVED_SAY_NUMBER("amount", is_last ? carved_node_get(below, "upTo") : up_to));
	carved_plan_bar_close(page, stretches, 2, carved_node_get_real(band, "candidates", 0));
	carved_page_cell_number(page, carved_node_get(band, "candidates"));
	carved_page_cell_number(page, carved_node_get(band, "placed"));
	carved_page_cell_open(page, false, true);
	carved_page_share(page, carved_node_get(band, "share"));
	carved_page_cell_close(page, false);
	carved_page_row_close(page);
}

static void add_measure(struct carved_page *page, const struct carved_node *measure)
{
	static const struct carved_page_column columns[] = {{"carve.column.band", false}, {"carve.column.candidates", true},
		{"carve.column.placed", true}, {"carve.column.share", true}};
	char msgid[64] = "carve.fairness.";
	strncat(msgid, measure->key, sizeof msgid - strlen(msgid) - 1);
	carved_markup_open(&page->markup, "div");
	carved_page_element(page, "h3", NULL, msgid);
	carved_page_table_open(page, msgid, columns, 4);
	const struct carved_node *below = NULL;
	for (const struct carved_node *band = carved_node_first(measure); band; below = band, band = band->next)
		add_band(page, band, below);
	carved_page_table_close(page);
	carved_markup_close(&page->markup, "div");
}

void carved_plan_add_fairness(struct carved_page *page, const struct carved_node *overview)
{
	static const struct carved_plan_key keys[] = {{2, "report.plan.has-place"}, {7, "report.plan.no-place"}};
	carved_page_element(page, "p", "note", "report.plan.fairness-note");
	carved_plan_legend(page, keys, 2);
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "pairs");
	for (const struct carved_node *m = carved_node_first(carved_node_get(overview, "fairness")); m; m = m->next)
		add_measure(page, m);
	carved_markup_close(&page->markup, "div");
}
