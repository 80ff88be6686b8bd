// SPDX-License-Identifier: EUPL-1.2
// What to ask and to agree on at the visit.
#include "site.h"
#include <string.h>

static void ask(struct carved_page *page, bool is_done, const char *msgid, const struct carved_said *said)
{
	carved_markup_open(&page->markup, "li");
	if (is_done)
		carved_markup_attribute(&page->markup, "class", "done");
	carved_page_say_all(page, msgid, said);
	carved_markup_close(&page->markup, "li");
}

#define ASK(page, is_done, msgid, ...) ask(page, is_done, msgid, (const struct carved_said[]){__VA_ARGS__, {0}})

static bool is_open(const struct carved_node *answer, const char *condition)
{
	for (const struct carved_node *role = carved_node_first(carved_node_get(answer, "roles")); role; role = role->next) {
		const struct carved_node *one = carved_node_first(carved_node_get(role, "conditions"));
		for (; one; one = one->next) {
			if (strcmp(one->text, condition) == 0)
				return true;
		}
	}
	return false;
}

// Displacement: nobody loses work by what is carved.
static void ask_about_staff(struct carved_page *page, const struct carved_node *answer)
{
	const struct carved_node *displacement = carved_node_get(answer, "displacement");
	const char *agreed = carved_node_get_text(displacement, "staffAgreed", NULL);
	if (carved_node_get_bool(displacement, "recentDismissals", false))
		carved_page_element(page, "li", NULL, "report.site.ask.dismissals");
	if (is_open(answer, "staff-agreed"))
		carved_page_element(page, "li", NULL, "report.site.ask.staff");
	else if (agreed)
		ASK(page, true, "report.site.ask.staff-agreed", CARVED_SAY_DATE("date", agreed));
}

static void ask_about_room(struct carved_page *page, const struct carved_node *answer)
{
	const struct carved_node *places = carved_node_get(answer, "places"), *guidance = carved_node_get(answer, "supervision");
	const struct carved_node *expected = carved_node_get(guidance, "expected");
	bool is_full = carved_node_get_integer(places, "used", 0) >= carved_node_get_integer(places, "all", 0);
	ASK(page, false, is_full ? "report.site.ask.places-full" : "report.site.ask.places",
		CARVED_SAY_NUMBER("all", carved_node_get(places, "all")),
		CARVED_SAY_NUMBER("used", carved_node_get(places, "used")));
	if (expected && expected->kind != CARVED_NODE_NULL)
		ASK(page, false, "report.site.ask.guidance-expected",
			CARVED_SAY_NUMBER("hours", carved_node_get(guidance, "hours")), CARVED_SAY_NUMBER("expected", expected));
	else
		ASK(page, false, "report.site.ask.guidance", CARVED_SAY_NUMBER("hours", carved_node_get(guidance, "hours")));
}

static void ask_about_facilities(struct carved_page *page, const struct carved_node *answer)
{
	const struct carved_node *facility = carved_node_first(carved_node_get(answer, "facilities"));
	if (!facility) {
		carved_page_element(page, "li", NULL, "report.site.ask.facilities-none");
		return;
	}
	carved_markup_open(&page->markup, "li");
	carved_markup_text(&page->markup, carved_text(page->language, "report.site.ask.facilities"));
	carved_markup_open(&page->markup, "ul");
	carved_markup_attribute(&page->markup, "class", "ticks");
	for (; facility; facility = facility->next) {
		carved_markup_open(&page->markup, "li");
		carved_page_words(page, carved_node_get_text(facility, "label", "?"));
		carved_markup_close(&page->markup, "li");
	}
	carved_markup_close(&page->markup, "ul");
	carved_markup_close(&page->markup, "li");
}

// Jobs that give nothing may have something to give: nobody asked yet, or it was ruled out.
static void ask_about_jobs(struct carved_page *page, const struct carved_node *answer)
{
	const struct carved_node *job = carved_node_first(carved_node_get(answer, "jobs"));
	if (carved_node_get_bool(carved_node_get(answer, "displacement"), "recentDismissals", false))
		return;
	for (; job; job = job->next) {
		if (carved_node_get_real(job, "mayGive", 0) == 0)
			ASK(page, false, "report.site.ask.job", CARVED_SAY_WORDS("job", carved_site_title(job)));
	}
}

void carved_site_add_questions(struct carved_page *page, const struct carved_node *answer)
{
	carved_page_section_open(page, "questions", "report.site.questions");
	carved_markup_open(&page->markup, "ul");
	carved_markup_attribute(&page->markup, "class", "ticks");
	ask_about_staff(page, answer);
	ask_about_room(page, answer);
	ask_about_facilities(page, answer);
	ask_about_jobs(page, answer);
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}
