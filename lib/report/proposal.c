// SPDX-License-Identifier: EUPL-1.2
// The coach's page of a proposal: everything.
#include "proposal.h"
#include "carved/report/report.h"
#include <stdio.h>

static void add_head(struct carved_page *page, const struct carved_node *e)
{
	struct carved_markup *m = &page->markup;
	const char *kind = carved_page_label(page, "carve.package", carved_node_get_text(e, "kind", "?"));
	carved_markup_open(m, "header");
	carved_markup_open(m, "p");
	carved_markup_attribute(m, "class", "over");
	carved_page_say(page, "report.proposal.over", CARVED_SAY_WORDS("proposal", carved_node_get_text(e, "proposal", NULL)),
		CARVED_SAY_DATE("date", carved_node_get_text(e, "date", NULL)),
		CARVED_SAY_LABEL("state", carved_page_label(page, "carve.state", carved_node_get_text(e, "state", "?"))));
	carved_markup_close(m, "p");
	carved_markup_open(m, "h1");
	carved_page_say(page, "report.proposal.title", CARVED_SAY_LABEL("kind", kind),
		CARVED_SAY_WORDS("site", carved_node_get_text(e, "name", NULL)));
	carved_markup_close(m, "h1");
	carved_markup_close(m, "header");
}

void carved_report_proposal(const struct carved_node *explanation, enum carved_language language, struct carved_buffer *buffer)
{
	struct carved_page page;
	char title[128];
	snprintf(title, sizeof title, "%s \u2013 carved", carved_node_get_text(explanation, "proposal", "?"));
	carved_page_begin(&page, buffer, language, "coach", title);
	add_head(&page, explanation);
	carved_proposal_add_tasks(&page, explanation);
	carved_proposal_add_week(&page, explanation);
	carved_proposal_add_steps(&page, explanation);
	carved_proposal_add_aids(&page, explanation);
	carved_proposal_add_conditions(&page, explanation);
	carved_proposal_add_donors(&page, explanation);
	carved_page_end(&page);
}
