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

// ---- all of them at a glance: a bar for each, as long as its hours

enum { WIDTH = 960, BAR = 26, LINE = 58, LABEL = 20 };

static double longest(const struct carved_node *answer)
{
	static const char *const lists[] = {"jobs", "vacancies"};
	double most = 1;
	for (size_t k = 0; k < 2; k++) {
		const struct carved_node *work = carved_node_first(carved_node_get(answer, lists[k]));
		for (; work; work = work->next) {
			double hours = hours_of(work, "hours") + hours_of(work, "undone");
			most = hours > most ? hours : most;
		}
	}
	return most;
}

// Taken of people's hours and of what is left undone: patterned; what stays: plain.
static void add_bar(struct carved_page *page, const struct carved_node *work, size_t series, double y, double scale)
{
	double left = hours_of(work, "left") * scale, taken = (hours_of(work, "taken") + hours_of(work, "undone")) * scale;
	carved_page_label_within(page, "strong", 0, y + LABEL - 6, carved_site_title(work), 13, WIDTH);
	carved_page_rect(page, "bar", 0, y + LABEL, left, BAR);
	if (taken > 0)
		carved_page_rect(page, carved_page_series(series), left, y + LABEL, taken, BAR);
}

static void add_bars(struct carved_page *page, const struct carved_node *answer)
{
	static const char *const lists[] = {"jobs", "vacancies"};
	const size_t count = carved_node_get(answer, "jobs")->count + carved_node_get(answer, "vacancies")->count;
	double scale = WIDTH / longest(answer);
	size_t line = 0;
	carved_page_drawing_open(page, "jobs", WIDTH, (double)(count * LINE), "report.site.bars.title",
		"report.site.bars.description", (const struct carved_said[]){{0}});
	for (size_t k = 0; k < 2; k++) {
		const struct carved_node *work = carved_node_first(carved_node_get(answer, lists[k]));
		for (; work; work = work->next, line++)
			add_bar(page, work, line, (double)(line * LINE), scale);
	}
	carved_page_drawing_close(page);
}

static void add_work_row(struct carved_page *page, const struct carved_node *work, size_t series)
{
	static const char *const members[] = {"incumbents", "hours", "mayGive", "taken", "left", "undone"};
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	carved_page_swatch(page, series);
	carved_page_words(page, carved_site_title(work));
	carved_page_cell_close(page, true);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		carved_page_cell_number(page, carved_node_get(work, members[i]));
	carved_page_row_close(page);
}

static void add_table(struct carved_page *page, const struct carved_node *answer)
{
	static const struct carved_page_column columns[] = {{"carve.column.work-title", false},
		{"report.site.column.people", true}, {"report.site.column.hours", true}, {"report.site.column.may-give", true},
		{"report.site.column.taken", true}, {"report.site.column.left", true}, {"report.site.column.undone", true}};
	static const char *const lists[] = {"jobs", "vacancies"};
	size_t line = 0;
	carved_page_table_open(page, "report.site.jobs", columns, 7);
	for (size_t k = 0; k < 2; k++) {
		const struct carved_node *work = carved_node_first(carved_node_get(answer, lists[k]));
		for (; work; work = work->next, line++)
			add_work_row(page, work, line);
	}
	carved_page_table_close(page);
}

// ---- one that gives: task by task

static void add_task(struct carved_page *page, const struct carved_node *task)
{
	carved_page_row_open(page);
	carved_page_cell_words(page, true, carved_site_title(task));
	carved_page_cell_number(page, carved_node_get(task, "hours"));
	carved_page_cell_number(page, carved_node_get(task, "taken"));
	carved_page_cell_label(page, false,
		carved_node_get_bool(task, "undone", false) ? carved_text(page->language, "report.site.undone") : "");
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
	static const struct carved_page_column columns[] = {{"carve.column.task", false}, {"report.site.column.task-hours", true},
		{"report.site.column.task-taken", true}, {"report.site.column.note", false}};
	carved_markup_open(&page->markup, "h3");
	carved_page_words(page, carved_site_title(work));
	carved_markup_close(&page->markup, "h3");
	say_freed(page, work);
	carved_page_table_open(page, "report.site.job.tasks", columns, 4);
	for (const struct carved_node *task = carved_node_first(carved_node_get(work, "tasks")); task; task = task->next) {
		if (hours_of(task, "taken") > 0)
			add_task(page, task);
	}
	carved_page_table_close(page);
}

void carved_site_add_jobs(struct carved_page *page, const struct carved_node *answer)
{
	static const char *const lists[] = {"jobs", "vacancies"};
	carved_page_section_open(page, "jobs", "report.site.jobs");
	add_bars(page, answer);
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
