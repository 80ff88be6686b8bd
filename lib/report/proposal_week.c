// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/week.h"
#include "proposal.h"

// NULL: not worked. Its day of the week is in *ret_day.
static const struct carved_node *find_part(const struct carved_node *view, int part, const struct carved_node **ret_day)
{
	for (const struct carved_node *day = carved_node_first(carved_node_get(view, "week")); day; day = day->next) {
		for (const struct carved_node *at = carved_node_first(carved_node_get(day, "parts")); at; at = at->next) {
			*ret_day = day;
			if (carved_day_part_parse(carved_node_get_text(at, "part", "")) == part)
				return at;
		}
	}
	return NULL;
}

static bool add_part(struct carved_page *page, const void *context, int part)
{
	const struct carved_node *view = context, *day, *found = find_part(view, part, &day);
	const struct carved_node *piece = page ? carved_node_first(carved_node_get(found, "slots")) : NULL;
	for (; piece; piece = piece->next) {
		const struct carved_drawn_task task = carved_proposal_drawn(view, carved_node_get_integer(piece, "slot", 0));
		carved_drawn_block(page, &task, piece, carved_proposal_title_class(view));
	}
	return found != NULL;
}

static void add_sum(struct carved_page *page, const void *context, int day)
{
	const struct carved_node *of = NULL;
	int part = day * CARVED_PARTS_PER_DAY, end = part + CARVED_PARTS_PER_DAY;
	while (part < end && !find_part(context, part, &of))
		part++;
	if (part < end)
		carved_page_number(page, carved_node_get(of, "hours"));
}

void carved_proposal_add_week(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_drawn_week week = {.part = add_part, .sum = add_sum, .context = view};
	if (!carved_node_first(carved_node_get(view, "week")))
		return;
	carved_page_section_open(page, "week", "report.week");
	carved_page_element(page, "p", "note", "report.week.note");
	carved_markup_open(&page->markup, "div");
	carved_markup_attribute(&page->markup, "class", "week");
	carved_drawn_add_week(page, "report.week", &week);
	carved_markup_close(&page->markup, "div");
	carved_page_section_close(page);
}
