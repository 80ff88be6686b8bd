// SPDX-License-Identifier: EUPL-1.2
// The roles that could be made: tasks, a week, for how many people, and what each needs.
#include "carved/base/week.h"
#include "site.h"
#include <string.h>

static const struct carved_node *task_of(const struct carved_node *work, const struct carved_node *slot)
{
	const struct carved_node *task = carved_node_first(carved_node_get(work, "tasks"));
	while (task && strcmp(carved_node_get_text(task, "ref", ""), carved_node_get_text(slot, "task", "?")) != 0)
		task = task->next;
	return task;
}

static void add_heading(struct carved_page *page, const struct carved_node *role)
{
	bool is_several = carved_node_get_integer(role, "count", 1) > 1;
	const char *kind = carved_page_label(page, "carve.package", carved_node_get_text(role, "kind", "?"));
	carved_markup_open(&page->markup, "h3");
	carved_page_say(page, is_several ? "report.site.role.several" : "report.site.role", CARVED_SAY_LABEL("kind", kind),
		CARVED_SAY_NUMBER("hours", carved_node_get(role, "hours")),
		CARVED_SAY_NUMBER("count", carved_node_get(role, "count")));
	carved_markup_close(&page->markup, "h3");
}

// ---- tasks

static void add_slot(struct carved_page *page, const struct carved_node *answer, const struct carved_node *slot)
{
	size_t series;
	const struct carved_node *work = carved_site_find_work(answer, slot, &series), *task = task_of(work, slot);
	const char *part = carved_node_get_text(slot, "part", NULL);
	carved_page_row_open(page);
	carved_page_cell_open(page, true, false);
	carved_page_swatch(page, series);
	carved_page_words(page, carved_site_title(task));
	carved_page_cell_close(page, true);
	carved_page_cell_words(page, false, carved_site_title(work));
	carved_page_cell_label(page, false,
		part ? carved_page_label(page, "carve.day-part", part) : carved_text(page->language, "report.site.any-time"));
	carved_page_cell_number(page, carved_node_get(slot, "hours"));
	carved_page_row_close(page);
}

static void add_tasks(struct carved_page *page, const struct carved_node *answer, const struct carved_node *role)
{
	static const struct carved_page_column columns[] = {{"carve.column.task", false}, {"report.site.column.from", false},
		{"report.site.column.when", false}, {"carve.column.hours", true}};
	carved_page_table_open(page, "report.site.role.tasks", columns, 4);
	for (const struct carved_node *slot = carved_node_first(carved_node_get(role, "slots")); slot; slot = slot->next)
		add_slot(page, answer, slot);
	carved_page_table_close(page);
}

// ---- a week

static bool is_used(const struct carved_node *role, int part)
{
	const struct carved_node *piece = carved_node_first(carved_node_get(role, "schedule"));
	for (; piece; piece = piece->next) {
		int index = carved_day_part_parse(carved_node_get_text(piece, "part", ""));
		if (index >= 0 && index % CARVED_PARTS_PER_DAY == part)
			return true;
	}
	return false;
}

static const struct carved_node *item_at(const struct carved_node *list, int64_t index)
{
	const struct carved_node *item = carved_node_first(list);
	while (item && index-- > 0)
		item = item->next;
	return item;
}

static void add_pieces(struct carved_page *page, const struct carved_node *answer, const struct carved_node *role, int part)
{
	const struct carved_node *piece = carved_node_first(carved_node_get(role, "schedule"));
	for (; piece; piece = piece->next) {
		const struct carved_node *slot =
			item_at(carved_node_get(role, "slots"), carved_node_get_integer(piece, "slot", 0));
		size_t series;
		if (carved_day_part_parse(carved_node_get_text(piece, "part", "")) != part)
			continue;
		carved_markup_open(&page->markup, "div");
		carved_page_number(page, carved_node_get(piece, "hours"));
		carved_markup_text(&page->markup, " ");
		carved_page_words(page, carved_site_title(task_of(carved_site_find_work(answer, slot, &series), slot)));
		carved_markup_close(&page->markup, "div");
	}
}

static void add_part(struct carved_page *page, const struct carved_node *answer, const struct carved_node *role, int part)
{
	carved_page_row_open(page);
	carved_page_cell_label(page, true, carved_page_label(page, "carve.part", carved_part_names[part]));
	for (int day = 0; day < CARVED_DAYS; day++) {
		carved_page_cell_open(page, false, false);
		add_pieces(page, answer, role, day * CARVED_PARTS_PER_DAY + part);
		carved_page_cell_close(page, false);
	}
	carved_page_row_close(page);
}

static void add_week(struct carved_page *page, const struct carved_node *answer, const struct carved_node *role)
{
	static const struct carved_page_column columns[] = {{"carve.column.part", false}, {"carve.day.mon", false},
		{"carve.day.tue", false}, {"carve.day.wed", false}, {"carve.day.thu", false}, {"carve.day.fri", false},
		{"carve.day.sat", false}, {"carve.day.sun", false}};
	carved_page_element(page, "h4", NULL, "report.site.role.week");
	carved_page_table_open(page, "report.site.role.week", columns, 1 + CARVED_DAYS);
	for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
		if (is_used(role, part))
			add_part(page, answer, role, part);
	}
	carved_page_table_close(page);
}

// ---- people

static void add_people(struct carved_page *page, const struct carved_node *role)
{
	static const char *const members[] = {"all", "targetGroup", "coaching"};
	static const char *const msgids[] = {
		"report.site.role.people", "report.site.role.target-group", "report.site.role.coaching"};
	const struct carved_node *candidates = carved_node_get(role, "candidates");
	carved_markup_open(&page->markup, "dl");
	carved_markup_attribute(&page->markup, "class", "facts");
	for (size_t i = 0; i < 3; i++) {
		carved_markup_open(&page->markup, "div");
		carved_page_element(page, "dt", NULL, msgids[i]);
		carved_markup_open(&page->markup, "dd");
		carved_site_say_people(page, carved_node_get(candidates, members[i]));
		carved_markup_close(&page->markup, "dd");
		carved_markup_close(&page->markup, "div");
	}
	carved_markup_close(&page->markup, "dl");
}

// ---- what it needs

static void add_aid(struct carved_page *page, const struct carved_node *aid)
{
	carved_markup_open(&page->markup, "li");
	carved_page_say(page, "report.site.needs.aid", CARVED_SAY_WORDS("aid", carved_node_get_text(aid, "label", "?")));
	carved_markup_text(&page->markup, " ");
	carved_site_say_people(page, carved_node_get(aid, "candidates"));
	carved_markup_close(&page->markup, "li");
}

static void add_need(struct carved_page *page, const char *msgid, const struct carved_said *said)
{
	carved_markup_open(&page->markup, "li");
	carved_page_say_all(page, msgid, said);
	carved_markup_close(&page->markup, "li");
}

static void add_needs(struct carved_page *page, const struct carved_node *role)
{
	const struct carved_node *guidance = carved_node_get(role, "buddyHours"), *asks = carved_node_get(role, "asks");
	carved_page_element(page, "h4", NULL, "report.site.needs");
	carved_markup_open(&page->markup, "ul");
	for (const struct carved_node *label = carved_node_first(carved_node_get(asks, "requiresLabels")); label;
		label = label->next)
		add_need(page, "report.site.needs.certificate",
			(const struct carved_said[]){CARVED_SAY_WORDS("certificate", label->text), {0}});
	for (const struct carved_node *aid = carved_node_first(carved_node_get(role, "aids")); aid; aid = aid->next)
		add_aid(page, aid);
	if (guidance && guidance->kind != CARVED_NODE_NULL)
		add_need(page, "report.site.needs.guidance",
			(const struct carved_said[]){CARVED_SAY_NUMBER("hours", guidance), {0}});
	else
		carved_page_element(page, "li", NULL, "report.site.needs.guidance-untold");
	for (const struct carved_node *condition = carved_node_first(carved_node_get(role, "conditions")); condition;
		condition = condition->next)
		carved_markup_element(&page->markup, "li", NULL, carved_page_label(page, "carve.condition", condition->text));
	carved_markup_close(&page->markup, "ul");
}

static void add_role(struct carved_page *page, const struct carved_node *answer, const struct carved_node *role)
{
	carved_markup_open(&page->markup, "article");
	add_heading(page, role);
	add_people(page, role);
	add_tasks(page, answer, role);
	add_week(page, answer, role);
	add_needs(page, role);
	carved_markup_close(&page->markup, "article");
}

void carved_site_add_roles(struct carved_page *page, const struct carved_node *answer)
{
	const struct carved_node *role = carved_node_first(carved_node_get(answer, "roles"));
	if (!role)
		return;
	carved_page_section_open(page, "roles", "report.site.roles");
	for (; role; role = role->next)
		add_role(page, answer, role);
	carved_page_section_close(page);
}
