// SPDX-License-Identifier: EUPL-1.2
// A proposal's page: that of its reader. The coach's is put together here and has everything: first the work and what has to be done for it, then why it is what it is.
#include "proposal.h"
#include "carved/report/report.h"
#include <stdio.h>
#include <string.h>

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

static void write_coachs(struct carved_page *page, const struct carved_node *view)
{
	carved_proposal_add_head(page, view);
	carved_proposal_add_risks(page, view);
	carved_proposal_add_tasks(page, view);
	carved_proposal_add_week(page, view);
	carved_proposal_add_steps(page, view);
	carved_proposal_add_questions(page, view);
	carved_proposal_add_aids(page, view);
	carved_proposal_add_conditions(page, view);
	carved_proposal_add_levels(page, view);
	carved_proposal_add_fits(page, view);
	carved_proposal_add_bounds(page, view);
	carved_proposal_add_donors(page, view);
	carved_proposal_add_points(page, view);
	add_provenance(page, view);
}

void carved_report_proposal(const struct carved_node *explanation, enum carved_language language, struct carved_buffer *buffer)
{
	const char *reader = carved_node_get_text(explanation, "for", "coach");
	const bool employer = strcmp(reader, "employer") == 0, candidate = strcmp(reader, "candidate") == 0;
	struct carved_page page;
	char title[128];
	snprintf(title, sizeof title, "%s \u2013 carved", carved_node_get_text(explanation, "proposal", "?"));
	carved_page_begin(&page, buffer, language, employer ? "employer" : candidate ? "candidate" : "coach", title);
	if (employer)
		carved_proposal_write_employers(&page, explanation);
	else if (candidate)
		carved_proposal_write_candidates(&page, explanation);
	else
		write_coachs(&page, explanation);
	carved_page_end(&page);
}
