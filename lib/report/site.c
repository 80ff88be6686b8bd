// SPDX-License-Identifier: EUPL-1.2
// A site's page: for the account manager's visit to an employer. It tells of work and of hours; of people only how many there are.
#include "site.h"
#include "carved/report/report.h"
#include <stdio.h>

const char *carved_site_title(const struct carved_node *thing)
{
	return carved_node_get_text(thing, "title", carved_node_get_text(thing, "ref", "?"));
}

void carved_site_say_people(struct carved_page *page, const struct carved_node *people)
{
	static const char *const members[] = {"fewerThan", "moreThan"}, *const words[] = {
										"carve.people.fewer", "carve.people.more"};
	for (size_t i = 0; i < 2; i++) {
		if (carved_node_get(people, members[i])) {
			carved_markup_text(&page->markup, carved_text(page->language, words[i]));
			carved_markup_text(&page->markup, " ");
			carved_page_number(page, carved_node_get(people, members[i]));
			return;
		}
	}
	carved_page_number(page, carved_node_get(people, "count"));
}

static void open_fact(struct carved_page *page, const char *msgid)
{
	carved_markup_open(&page->markup, "div");
	carved_page_element(page, "dt", NULL, msgid);
	carved_markup_open(&page->markup, "dd");
}

static void close_fact(struct carved_page *page)
{
	carved_markup_close(&page->markup, "dd");
	carved_markup_close(&page->markup, "div");
}

static void add_facts(struct carved_page *page, const struct carved_node *answer)
{
	const struct carved_node *places = carved_node_get(answer, "places"), *guidance = carved_node_get(answer, "supervision");
	carved_markup_open(&page->markup, "dl");
	carved_markup_attribute(&page->markup, "class", "facts");
	open_fact(page, "report.site.fact.places");
	carved_page_say(page, "report.site.of", CARVED_SAY_NUMBER("used", carved_node_get(places, "used")),
		CARVED_SAY_NUMBER("all", carved_node_get(places, "all")));
	close_fact(page);
	open_fact(page, "report.site.fact.hours");
	carved_page_number(page, carved_node_get(answer, "hours"));
	close_fact(page);
	open_fact(page, "report.site.fact.people");
	carved_site_say_people(page, carved_node_get(answer, "candidates"));
	close_fact(page);
	open_fact(page, "report.site.fact.guidance");
	carved_page_number(page, carved_node_get(guidance, "hours"));
	close_fact(page);
	carved_markup_close(&page->markup, "dl");
}

static void add_head(struct carved_page *page, const struct carved_node *answer)
{
	struct carved_markup *m = &page->markup;
	const char *ref = carved_node_get_text(answer, "site", "?");
	bool has_roles = carved_node_first(carved_node_get(answer, "roles"));
	carved_markup_open(m, "header");
	carved_markup_open(m, "p");
	carved_markup_attribute(m, "class", "over");
	carved_page_say(page, "report.site.over", CARVED_SAY_WORDS("site", ref),
		CARVED_SAY_WORDS("employer", carved_node_get_text(answer, "employer", NULL)),
		CARVED_SAY_WORDS("place", carved_node_get_text(answer, "place", NULL)),
		CARVED_SAY_DATE("date", carved_node_get_text(answer, "date", NULL)));
	carved_markup_close(m, "p");
	carved_markup_open(m, "h1");
	carved_page_say(page, "report.site.title", CARVED_SAY_WORDS("site", carved_node_get_text(answer, "name", ref)));
	carved_markup_close(m, "h1");
	carved_page_element(page, "p", "lead", has_roles ? "report.site.lead" : "report.site.none");
	add_facts(page, answer);
	carved_markup_close(m, "header");
}

void carved_report_site(const struct carved_node *answer, enum carved_language language, struct carved_buffer *buffer)
{
	struct carved_page page;
	char title[512];
	const char *ref = carved_node_get_text(answer, "site", "?");
	snprintf(title, sizeof title, "%s \u2013 carved", carved_node_get_text(answer, "name", ref));
	carved_page_begin(&page, buffer, language, "site", title);
	add_head(&page, answer);
	carved_site_add_roles(&page, answer);
	carved_site_add_jobs(&page, answer);
	carved_site_add_questions(&page, answer);
	carved_page_end(&page);
}
