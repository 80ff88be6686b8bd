// SPDX-License-Identifier: EUPL-1.2
// The jobs and vacancies of the site: what the roles take of each, what stays, and whom that frees.
#include "site.h"

static double hours_of(const struct carved_node *work, const char *key)
{
	return carved_node_get_real(work, key, 0);
}

static bool gives(const struct carved_node *work)
{
	return hours_of(work, "taken") > 0 || hours_of(work, "undone") > 0;
}

// ---- all of them at a glance: a bar for each, to one scale

static const char *const lists[] = {"jobs", "vacancies"};

struct glance {
	double longest; // hours of the largest
	bool any_undone;
};

static struct glance look_at(const struct carved_node *answer)
{
	struct glance glance = {.longest = 1};
	for (size_t k = 0; k < 2; k++) {
		const struct carved_node *work = carved_node_first(carved_node_get(answer, lists[k]));
		for (; work; work = work->next) {
			double hours = hours_of(work, "hours") + hours_of(work, "undone");
			glance.longest = hours > glance.longest ? hours : glance.longest;
			glance.any_undone |= hours_of(work, "undone") > 0;
		}
	}
	return glance;
}

// From the left: what stays, what goes into roles, and what the roles do of what is left undone.
static void add_bar(struct carved_page *page, const struct carved_node *work, size_t series, double longest)
{
	double left = hours_of(work, "left") / longest, hours = hours_of(work, "hours") / longest,
	       undone = hours_of(work, "undone") / longest;
	carved_page_bar_open(page, 18);
	carved_page_bar_piece(page, "stays", 0, left, 0.5, 17);
	if (hours > left)
		carved_page_bar_piece(page, carved_page_series(series), left, hours, 0.5, 17);
	if (undone > 0)
		carved_page_bar_piece(page, carved_page_tint(series), hours, hours + undone, 0.5, 17);
	carved_page_bar_close(page);
}

static void add_work_row(struct carved_page *page, const struct carved_node *work, size_t series, const struct glance *glance)
{
	static const char *const members[] = {"incumbents", "hours", "mayGive", "taken", "left", "undone"};
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	carved_page_words(page, carved_site_title(work));
	add_bar(page, work, series, glance->longest);
	carved_page_cell_close(page, true);
	for (size_t i = 0; i < 5u + glance->any_undone; i++)
		carved_page_cell_number(page, carved_node_get(work, members[i]));
	carved_page_row_close(page);
}

static void add_table(struct carved_page *page, const struct carved_node *answer)
{
	static const struct carved_page_column columns[] = {{"carve.column.work-title", false},
		{"report.column.incumbents", true}, {"report.column.before", true}, {"report.site.column.may-give", true},
		{"report.site.column.taken", true}, {"report.column.left", true}, {"report.site.column.undone", true}};
	const struct glance glance = look_at(answer);
	size_t series = 0;
	carved_page_table_open(page, "report.site.jobs", columns, 6u + glance.any_undone);
	for (size_t k = 0; k < 2; k++) {
		const struct carved_node *work = carved_node_first(carved_node_get(answer, lists[k]));
		for (; work; work = work->next)
			add_work_row(page, work, series++, &glance);
	}
	carved_page_table_close(page);
}

// ---- one that gives: task by task

static void add_task(struct carved_page *page, const struct carved_node *task)
{
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	carved_page_words(page, carved_site_title(task));
	if (carved_node_get_bool(task, "undone", false)) {
		carved_markup_text(&page->markup, " ");
		carved_page_element(page, "span", "tag", "report.undone");
	}
	carved_page_cell_close(page, true);
	carved_page_cell_number(page, carved_node_get(task, "hours"));
	carved_page_cell_number(page, carved_node_get(task, "taken"));
	carved_page_row_close(page);
}

static void say_freed(struct carved_page *page, const struct carved_node *work)
{
	const struct carved_node *people = carved_node_get(work, "incumbents");
	bool is_freed = people && people->integer > 0 && hours_of(work, "taken") > 0;
	carved_markup_open(&page->markup, "p");
	carved_page_say(page,
		is_freed ? people->integer == 1 ? "report.site.freed.one" : "report.site.freed" : "report.site.taken",
		CARVED_SAY_NUMBER("people", people), CARVED_SAY_NUMBER("hours", carved_node_get(work, "hours")),
		CARVED_SAY_NUMBER("taken", carved_node_get(work, "taken")),
		CARVED_SAY_NUMBER("left", carved_node_get(work, "left")));
	if (hours_of(work, "undone") > 0) {
		carved_markup_text(&page->markup, " ");
		carved_page_say(page, "report.site.new-work", CARVED_SAY_NUMBER("hours", carved_node_get(work, "undone")));
	}
	carved_markup_close(&page->markup, "p");
}

static void add_giving(struct carved_page *page, const struct carved_node *work)
{
	static const struct carved_page_column columns[] = {
		{"carve.column.task", false}, {"report.column.before", true}, {"report.site.column.taken", true}};
	carved_markup_open(&page->markup, "h3");
	carved_page_words(page, carved_site_title(work));
	carved_markup_close(&page->markup, "h3");
	say_freed(page, work);
	carved_page_table_open(page, "report.site.job.tasks", columns, 3);
	for (const struct carved_node *task = carved_node_first(carved_node_get(work, "tasks")); task; task = task->next) {
		if (hours_of(task, "taken") > 0)
			add_task(page, task);
	}
	carved_page_table_close(page);
}

void carved_site_add_jobs(struct carved_page *page, const struct carved_node *answer)
{
	carved_page_section_open(page, "jobs", "report.site.jobs");
	carved_page_element(page, "p", "note", "report.site.jobs.note");
	add_table(page, answer);
	for (size_t k = 0; k < 2; k++) {
		const struct carved_node *work = carved_node_first(carved_node_get(answer, lists[k]));
		for (; work; work = work->next) {
			if (gives(work))
				add_giving(page, work);
		}
	}
	carved_page_section_close(page);
}
