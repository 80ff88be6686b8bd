// SPDX-License-Identifier: EUPL-1.2
// The page of a plan: what it comes to, for whom it has a place and for whom not, where the work is and what it is taken from, how fair and how good it is.
#include "plan.h"
#include "carved/report/report.h"
#include <stdio.h>

static const struct {
	const char *id, *msgid; // of the heading
	const char *member;     // without which the part is left out
	void (*add)(struct carved_page *page, const struct carved_node *overview);
} parts[] = {
	{"placed", "report.plan.placed", NULL, carved_plan_add_people},
	{"map", "report.plan.map", "sites", carved_plan_add_map},
	{"sites", "report.plan.sites", "sites", carved_plan_add_sites},
	{"sectors", "report.plan.sectors", "sectors", carved_plan_add_sectors},
	{"coaches", "report.plan.coaches", "coaches", carved_plan_add_coaches},
	{"fairness", "report.plan.fairness", "fairness", carved_plan_add_fairness},
	{"progress", "report.plan.progress", "progress", carved_plan_add_progress},
	{"proposals", "report.plan.proposals", "proposals", carved_plan_add_proposals},
};
#define PARTS (sizeof parts / sizeof *parts)

static bool has_part(const struct carved_node *overview, size_t part)
{
	return !parts[part].member || carved_node_first(carved_node_get(overview, parts[part].member));
}

static void add_fact(struct carved_page *page, const char *msgid, const char *said_msgid, const struct carved_said *said)
{
	carved_markup_open(&page->markup, "div");
	carved_page_element(page, "dt", NULL, msgid);
	carved_markup_open(&page->markup, "dd");
	carved_page_say_all(page, said_msgid, said);
	carved_markup_close(&page->markup, "dd");
	carved_markup_close(&page->markup, "div");
}

static void add_amount(struct carved_page *page, const char *msgid, const struct carved_node *amount)
{
	add_fact(page, msgid, "report.plan.fact.amount", (const struct carved_said[]){CARVED_SAY_NUMBER("amount", amount), {0}});
}

static void add_facts(struct carved_page *page, const struct carved_node *o)
{
	const struct carved_said placed[] = {CARVED_SAY_NUMBER("placed", carved_node_get(o, "placed")),
		CARVED_SAY_NUMBER("candidates", carved_node_get(o, "candidates")), {0}};
	carved_markup_open(&page->markup, "dl");
	carved_markup_attribute(&page->markup, "class", "facts");
	add_fact(page, "report.plan.fact.placed", "report.plan.fact.placed-of", placed);
	add_amount(page, "report.plan.fact.hours", carved_node_get(o, "hours"));
	add_amount(page, "report.plan.fact.jobs", carved_node_get(carved_node_get(o, "banenafspraak"), "jobs"));
	add_amount(page, "report.plan.fact.value", carved_node_get(o, "value"));
	carved_markup_close(&page->markup, "dl");
}

static void add_lead(struct carved_page *page, const struct carved_node *o)
{
	const struct carved_node *gap = carved_node_get(o, "gap"), *target = carved_node_get(o, "banenafspraak");
	if (gap && gap->kind != CARVED_NODE_NULL)
		carved_plan_paragraph(page, "lead", "report.plan.gap", CARVED_SAY_SHARE("gap", gap),
			CARVED_SAY_NUMBER("value", carved_node_get(o, "value")),
			CARVED_SAY_NUMBER("bound", carved_node_get(o, "bound")));
	carved_plan_paragraph(page, NULL,
		carved_plan_one(carved_node_get_real(target, "people", 0), "report.plan.target", "report.plan.target-one"),
		CARVED_SAY_NUMBER("people", carved_node_get(target, "people")),
		CARVED_SAY_NUMBER("hours", carved_node_get(target, "hours")),
		CARVED_SAY_NUMBER("jobs", carved_node_get(target, "jobs")));
	if (carved_node_get_bool(o, "simulated", false))
		carved_page_element(page, "p", "note", "report.plan.simulated");
	if (carved_node_get_text(o, "documents", "")[0] == 'n')
		carved_page_element(page, "p", "note", "report.plan.newest-documents");
}

static void add_head(struct carved_page *page, const struct carved_node *o)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "header");
	carved_plan_paragraph(page, "over", "report.plan.over", CARVED_SAY_WORDS("plan", carved_node_get_text(o, "plan", NULL)),
		CARVED_SAY_DATE("date", carved_node_get_text(o, "date", NULL)),
		CARVED_SAY_LABEL("state", carved_page_label(page, "carve.state", carved_node_get_text(o, "state", "?"))));
	carved_markup_open(m, "h1");
	carved_page_say(page, "report.plan.title", CARVED_SAY_NUMBER("placed", carved_node_get(o, "placed")),
		CARVED_SAY_NUMBER("candidates", carved_node_get(o, "candidates")));
	carved_markup_close(m, "h1");
	add_lead(page, o);
	add_facts(page, o);
	carved_markup_close(m, "header");
}

static void add_contents(struct carved_page *page, const struct carved_node *o)
{
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "nav");
	carved_markup_attribute(m, "class", "contents");
	carved_markup_attribute(m, "aria-label", carved_text(page->language, "report.plan.contents"));
	carved_markup_open(m, "ul");
	for (size_t i = 0; i < PARTS; i++) {
		if (!has_part(o, i))
			continue;
		carved_markup_open(m, "li");
		carved_markup_open(m, "a");
		carved_markup_attribute_printf(m, "href", "#%s", parts[i].id);
		carved_markup_text(m, carved_text(page->language, parts[i].msgid));
		carved_markup_close(m, "a");
		carved_markup_close(m, "li");
	}
	carved_markup_close(m, "ul");
	carved_markup_close(m, "nav");
}

void carved_report_plan(const struct carved_node *overview, enum carved_language language, struct carved_buffer *buffer)
{
	struct carved_page page;
	char title[128];
	snprintf(title, sizeof title, "%s \u2013 carved", carved_node_get_text(overview, "plan", "?"));
	carved_page_begin(&page, buffer, language, "plan", title);
	add_head(&page, overview);
	add_contents(&page, overview);
	for (size_t i = 0; i < PARTS; i++) {
		if (!has_part(overview, i))
			continue;
		carved_page_section_open(&page, parts[i].id, parts[i].msgid);
		parts[i].add(&page, overview);
		carved_page_section_close(&page);
	}
	carved_page_end(&page);
}
