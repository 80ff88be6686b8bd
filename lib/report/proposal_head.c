// SPDX-License-Identifier: EUPL-1.2
// The head of the coach's page: what it is, its figures, and what to know before reading on.
#include "proposal.h"
#include <string.h>

static void fact_open(struct carved_page *page, const char *label)
{
	carved_markup_open(&page->markup, "div");
	carved_page_element(page, "dt", NULL, label);
	carved_markup_open(&page->markup, "dd");
}

static void fact_close(struct carved_page *page)
{
	carved_markup_close(&page->markup, "dd");
	carved_markup_close(&page->markup, "div");
}

static void add_fact(struct carved_page *page, const char *label, const struct carved_node *number)
{
	fact_open(page, label);
	carved_page_number(page, number);
	fact_close(page);
}

static void add_travel(struct carved_page *page, const struct carved_node *travel)
{
	fact_open(page, "report.fact.travel");
	carved_page_say(page, "report.minutes", CARVED_SAY_NUMBER("minutes", carved_node_get(travel, "minutes")));
	carved_markup_element(
		&page->markup, "small", NULL, carved_page_label(page, "report.mode", carved_node_get_text(travel, "mode", "?")));
	fact_close(page);
}

static void add_hours(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *week = carved_node_get(e, "week");
	fact_open(page, "report.fact.hours");
	carved_page_number(page, carved_node_get(e, "hours"));
	carved_markup_open(&page->markup, "small");
	carved_page_say(page, "report.fact.days", CARVED_SAY_VALUE("days", week ? (double)week->count : 0));
	carved_markup_close(&page->markup, "small");
	fact_close(page);
}

static void add_facts(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *support = carved_node_get(e, "support");
	carved_markup_open(&page->markup, "dl");
	carved_markup_attribute(&page->markup, "class", "facts");
	add_hours(page, e);
	add_travel(page, carved_node_get(e, "travel"));
	add_fact(page, "report.fact.coach", carved_node_get(support, "coachHours"));
	add_fact(page, "report.fact.buddy", carved_node_get(support, "buddyHours"));
	add_fact(page, "report.fact.jobs", carved_node_get(carved_node_get(e, "jobs"), "used"));
	add_fact(page, "report.fact.value", carved_node_get(e, "value"));
	carved_markup_close(&page->markup, "dl");
}

static void notice_open(struct carved_page *page, const char *class)
{
	carved_markup_open(&page->markup, "p");
	carved_markup_attribute(&page->markup, "class", class);
}

// What somebody has to know before building on this page: it stands above the rest.
static void add_notices(struct carved_page *page, const struct carved_node *e)
{
	const struct carved_node *consent = carved_node_get(e, "consent");
	const char *since = carved_node_get_text(carved_node_get(e, "review"), "since", NULL);
	const bool shared = carved_node_get_bool(consent, "shareWithEmployer", false);
	if (strcmp(carved_node_get_text(e, "documents", ""), "newest") == 0)
		carved_page_element(page, "p", "notice warn", "carve.why.newest");
	if (since) {
		notice_open(page, "notice warn");
		carved_page_say(page, "carve.proposal.review", CARVED_SAY_DATE("since", since));
		carved_markup_close(&page->markup, "p");
	}
	if (!consent)
		return;
	notice_open(page, shared ? "notice" : "notice warn");
	carved_page_say(page, shared ? "report.shared" : "carve.why.not-shared",
		CARVED_SAY_DATE("expires", carved_node_get_text(consent, "expires", NULL)));
	carved_markup_close(&page->markup, "p");
}

void carved_proposal_add_head(struct carved_page *page, const struct carved_node *e)
{
	struct carved_markup *m = &page->markup;
	const char *kind = carved_page_label(page, "carve.package", carved_node_get_text(e, "kind", "?"));
	const char *name = carved_node_get_text(e, "name", ""), *site = carved_node_get_text(e, "site", "?");
	carved_markup_open(m, "header");
	carved_markup_open(m, "p");
	carved_markup_attribute(m, "class", "over");
	carved_page_say(page, "report.proposal.over", CARVED_SAY_WORDS("proposal", carved_node_get_text(e, "proposal", NULL)),
		CARVED_SAY_DATE("date", carved_node_get_text(e, "date", NULL)),
		CARVED_SAY_LABEL("state", carved_page_label(page, "carve.state", carved_node_get_text(e, "state", "?"))));
	carved_markup_close(m, "p");
	carved_markup_open(m, "h1");
	carved_page_say(
		page, "report.proposal.title", CARVED_SAY_LABEL("kind", kind), CARVED_SAY_WORDS("site", *name ? name : site));
	carved_markup_close(m, "h1");
	carved_markup_open(m, "p");
	carved_markup_attribute(m, "class", "lead");
	carved_page_say(page, "report.proposal.for", CARVED_SAY_WORDS("candidate", carved_node_get_text(e, "candidate", NULL)),
		CARVED_SAY_WORDS("coach", carved_node_get_text(carved_node_get(e, "support"), "coach", NULL)),
		CARVED_SAY_WORDS("site", site), CARVED_SAY_WORDS("employer", carved_node_get_text(e, "employer", NULL)));
	carved_markup_close(m, "p");
	add_facts(page, e);
	carved_markup_close(m, "header");
	add_notices(page, e);
}
