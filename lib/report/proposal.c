// SPDX-License-Identifier: EUPL-1.2
// The coach's page of a proposal: everything. First the work and what has to be done for it, then why it is what it is.
#include "proposal.h"
#include "carved/report/report.h"
#include <stdio.h>

static void add_provenance(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *inputs = carved_node_get(e, "inputs");
	carved_markup_open(&page->markup, "p");
	carved_markup_attribute(&page->markup, "class", "note");
	carved_page_say(page, "report.proposal.inputs", CARVED_SAY_WORDS("plan", carved_node_get_text(e, "plan", "?")),
		CARVED_SAY_DATE("date", carved_node_get_text(e, "date", NULL)),
		CARVED_SAY_NUMBER("candidate", carved_node_get(inputs, "candidate")),
		CARVED_SAY_NUMBER("site", carved_node_get(inputs, "site")));
	carved_markup_close(&page->markup, "p");
}

void carved_report_proposal(const struct carved_node *explanation, enum carved_language language, struct carved_buffer *buffer)
{
	struct carved_page page;
	char title[128];
	snprintf(title, sizeof title, "%s \u2013 carved", carved_node_get_text(explanation, "proposal", "?"));
	carved_page_begin(&page, buffer, language, "coach", title);
	carved_proposal_add_head(&page, explanation);
	carved_proposal_add_risks(&page, explanation);
	carved_proposal_add_tasks(&page, explanation);
	carved_proposal_add_week(&page, explanation);
	carved_proposal_add_steps(&page, explanation);
	carved_proposal_add_questions(&page, explanation);
	carved_proposal_add_aids(&page, explanation);
	carved_proposal_add_conditions(&page, explanation);
	carved_proposal_add_levels(&page, explanation);
	carved_proposal_add_fits(&page, explanation);
	carved_proposal_add_bounds(&page, explanation);
	carved_proposal_add_donors(&page, explanation);
	carved_proposal_add_points(&page, explanation);
	add_provenance(&page, explanation);
	carved_page_end(&page);
}
