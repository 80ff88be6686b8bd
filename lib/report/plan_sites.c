// SPDX-License-Identifier: EUPL-1.2
// Per site: what is carved from which job, and what stays. The first sites stand open, the next are folded. Beyond those, in a large region, many sites share a
// fold and are told in short, without bars: else the page would weigh more than a phone can carry.
#include "plan.h"
#include <string.h>

enum { OPEN = 12, FOLDED = 100, IN_A_FOLD = 200 };

static void close_bar(struct carved_page *page, double carved, double left, double whole)
{
	const struct carved_plan_stretch stretches[] = {{carved_page_series(0), carved}, {carved_page_series(7), left}};
	carved_plan_bar_close(page, stretches, 2, whole);
}

static void add_task(struct carved_page *page, const struct carved_node *task, double whole)
{
	double hours = carved_node_get_real(task, "hours", 0), carved = carved_node_get_real(task, "carved", 0);
	carved_page_row_open(page);
	carved_plan_bar_open(page, true);
	carved_page_words(page, carved_node_get_text(task, "title", carved_node_get_text(task, "task", NULL)));
	if (carved_node_get_bool(task, "undone", false))
		carved_page_element(page, "span", "note", "report.plan.undone");
	close_bar(page, carved, hours - carved, whole);
	carved_page_cell_number(page, carved_node_get(task, "hours"));
	carved_page_cell_number(page, carved_node_get(task, "carved"));
	carved_plan_cell_value(page, hours - carved);
	carved_page_row_close(page);
}

static void add_job_head(struct carved_page *page, const struct carved_node *job)
{
	const char *vacancy = carved_node_get_text(job, "vacancy", NULL);
	const char *ref = vacancy ? vacancy : carved_node_get_text(job, "job", NULL);
	carved_page_words(page, carved_node_get_text(job, "title", ref));
	carved_markup_open(&page->markup, "span");
	carved_markup_attribute(&page->markup, "class", "note");
	if (vacancy)
		carved_page_say(page, "report.plan.vacancy", CARVED_SAY_NUMBER("openings", carved_node_get(job, "openings")),
			CARVED_SAY_NUMBER("filled", carved_node_get(job, "filled")));
	else
		carved_page_say(
			page, "report.plan.incumbents", CARVED_SAY_NUMBER("incumbents", carved_node_get(job, "incumbents")));
	carved_markup_close(&page->markup, "span");
}

static void add_job(struct carved_page *page, const struct carved_node *job, double whole)
{
	carved_markup_open(&page->markup, "tr");
	carved_markup_attribute(&page->markup, "class", "job");
	carved_plan_bar_open(page, false);
	add_job_head(page, job);
	close_bar(page, carved_node_get_real(job, "carved", 0), carved_node_get_real(job, "left", 0), whole);
	carved_page_cell_number(page, carved_node_get(job, "before"));
	carved_page_cell_number(page, carved_node_get(job, "carved"));
	carved_page_cell_number(page, carved_node_get(job, "left"));
	carved_page_row_close(page);
	for (const struct carved_node *task = carved_node_first(carved_node_get(job, "tasks")); task; task = task->next)
		add_task(page, task, whole);
}

// One measure for a site: its largest job fills the width.
static double largest(const struct carved_node *site)
{
	double most = 0;
	for (const struct carved_node *job = carved_node_first(carved_node_get(site, "jobs")); job; job = job->next) {
		double before = carved_node_get_real(job, "before", 0);
		most = before > most ? before : most;
		for (const struct carved_node *t = carved_node_first(carved_node_get(job, "tasks")); t; t = t->next)
			most = carved_node_get_real(t, "hours", 0) > most ? carved_node_get_real(t, "hours", 0) : most;
	}
	return most;
}

static void add_about(struct carved_page *page, const struct carved_node *site)
{
	const struct carved_node *buddy = carved_node_get(site, "buddyHours");
	carved_plan_paragraph(page, "note", "report.plan.site-about",
		CARVED_SAY_WORDS("employer", carved_node_get_text(site, "employer", NULL)),
		CARVED_SAY_WORDS("place", carved_node_get_text(site, "place", NULL)),
		CARVED_SAY_NUMBER("people", carved_node_get(site, "people")),
		CARVED_SAY_NUMBER("places", carved_node_get(site, "places")),
		CARVED_SAY_NUMBER("used", carved_node_get(buddy, "used")),
		CARVED_SAY_NUMBER("available", carved_node_get(buddy, "available")));
}

static const struct carved_page_column columns[] = {{"report.plan.column.job", false}, {"report.plan.column.before", true},
	{"report.plan.column.carved", true}, {"report.plan.column.left", true}};

static const char *site_msgid(const struct carved_node *site)
{
	return carved_plan_one(carved_node_get_real(site, "people", 0), "report.plan.site", "report.plan.site-one");
}

static void add_site(struct carved_page *page, const struct carved_node *site, bool is_open)
{
	const char *ref = carved_node_get_text(site, "site", NULL);
	const struct carved_said said[] = {CARVED_SAY_WORDS("name", carved_node_get_text(site, "name", ref)),
		CARVED_SAY_WORDS("site", ref), CARVED_SAY_NUMBER("people", carved_node_get(site, "people")),
		CARVED_SAY_NUMBER("hours", carved_node_get(site, "hours")), {0}};
	double whole = largest(site);
	carved_plan_fold_open(page, "site", is_open, site_msgid(site), said);
	add_about(page, site);
	carved_page_table_open(page, "report.plan.site-caption", columns, 4);
	for (const struct carved_node *job = carved_node_first(carved_node_get(site, "jobs")); job; job = job->next)
		add_job(page, job, whole);
	carved_page_table_close(page);
	carved_plan_fold_close(page);
}

// ---- in short

static void add_short_job(struct carved_page *page, const struct carved_node *job)
{
	struct carved_markup *m = &page->markup;
	const char *ref = carved_node_get_text(job, "vacancy", carved_node_get_text(job, "job", NULL));
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	carved_page_words(page, carved_node_get_text(job, "title", ref));
	carved_markup_open(m, "ul");
	for (const struct carved_node *task = carved_node_first(carved_node_get(job, "tasks")); task; task = task->next) {
		carved_markup_open(m, "li");
		carved_page_say(page, "report.plan.short-task",
			CARVED_SAY_WORDS("task", carved_node_get_text(task, "title", carved_node_get_text(task, "task", NULL))),
			CARVED_SAY_NUMBER("carved", carved_node_get(task, "carved")),
			CARVED_SAY_NUMBER("hours", carved_node_get(task, "hours")));
		carved_markup_close(m, "li");
	}
	carved_markup_close(m, "ul");
	carved_page_cell_close(page, true);
	carved_page_cell_number(page, carved_node_get(job, "before"));
	carved_page_cell_number(page, carved_node_get(job, "carved"));
	carved_page_cell_number(page, carved_node_get(job, "left"));
	carved_page_row_close(page);
}

static void add_short_site(struct carved_page *page, const struct carved_node *site)
{
	struct carved_markup *m = &page->markup;
	const char *ref = carved_node_get_text(site, "site", NULL);
	carved_markup_open(m, "tr");
	carved_markup_attribute(m, "class", "job");
	carved_markup_open(m, "th");
	carved_markup_attribute(m, "scope", "rowgroup");
	carved_markup_attribute(m, "colspan", "4");
	carved_page_say(page, site_msgid(site), CARVED_SAY_WORDS("name", carved_node_get_text(site, "name", ref)),
		CARVED_SAY_WORDS("site", ref), CARVED_SAY_NUMBER("people", carved_node_get(site, "people")),
		CARVED_SAY_NUMBER("hours", carved_node_get(site, "hours")));
	carved_markup_close(m, "th");
	carved_markup_close(m, "tr");
	for (const struct carved_node *job = carved_node_first(carved_node_get(site, "jobs")); job; job = job->next)
		add_short_job(page, job);
}

// Returns the site behind the fold.
static const struct carved_node *add_fold(struct carved_page *page, const struct carved_node *site, size_t rest)
{
	const size_t count = rest < IN_A_FOLD ? rest : IN_A_FOLD;
	const struct carved_said said[] = {
		CARVED_SAY_VALUE("count", (double)count), CARVED_SAY_NUMBER("hours", carved_node_get(site, "hours")), {0}};
	carved_plan_fold_open(page, "short", false, "report.plan.more-sites", said);
	carved_page_table_open(page, "report.plan.site-caption", columns, 4);
	for (size_t i = 0; i < count && site; i++, site = site->next)
		add_short_site(page, site);
	carved_page_table_close(page);
	carved_plan_fold_close(page);
	return site;
}

void carved_plan_add_sites(struct carved_page *page, const struct carved_node *overview)
{
	static const struct carved_plan_key keys[] = {{0, "report.plan.carved"}, {7, "report.plan.stays"}};
	const struct carved_node *sites = carved_node_get(overview, "sites"), *site = carved_node_first(sites);
	carved_page_element(page, "p", "note", "report.plan.sites-note");
	carved_plan_legend(page, keys, 2);
	for (size_t at = 0; site && at < OPEN + FOLDED; site = site->next, at++)
		add_site(page, site, at < OPEN);
	for (size_t at = OPEN + FOLDED; site; at += IN_A_FOLD)
		site = add_fold(page, site, sites->count - at);
}
