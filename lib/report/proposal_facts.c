// SPDX-License-Identifier: EUPL-1.2
// The boxes at the top of a proposal's page: a figure each.
#include "carved/base/week.h"
#include "proposal.h"

void carved_proposal_facts_open(struct carved_page *page)
{
	carved_markup_open(&page->markup, "dl");
	carved_markup_attribute(&page->markup, "class", "facts");
}

void carved_proposal_facts_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "dl");
}

void carved_proposal_fact_open(struct carved_page *page, const char *msgid)
{
	carved_markup_open(&page->markup, "div");
	carved_page_element(page, "dt", NULL, msgid);
	carved_markup_open(&page->markup, "dd");
}

void carved_proposal_fact_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "dd");
	carved_markup_close(&page->markup, "div");
}

void carved_proposal_fact_number(
	struct carved_page *page, const char *msgid, const char *text_msgid, const struct carved_node *number)
{
	carved_proposal_fact_open(page, msgid);
	carved_page_say(page, text_msgid, CARVED_SAY_NUMBER("number", number));
	carved_proposal_fact_close(page);
}

void carved_proposal_fact_days(struct carved_page *page, const char *msgid, const struct carved_node *view)
{
	const char *between = "";
	carved_proposal_fact_open(page, msgid);
	for (const struct carved_node *day = carved_node_first(carved_node_get(view, "week")); day; day = day->next) {
		carved_markup_text(&page->markup, between);
		carved_markup_text(&page->markup, carved_page_label(page, "carve.day", carved_node_get_text(day, "day", "?")));
		between = ", ";
	}
	carved_proposal_fact_close(page);
}
