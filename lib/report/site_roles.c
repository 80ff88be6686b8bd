// SPDX-License-Identifier: EUPL-1.2
// The roles that could be made: tasks, a week, for how many people, and what each needs.
#include "site.h"

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

static void add_task(struct carved_page *page, const struct carved_site_pieces *pieces, size_t index)
{
	const struct carved_site_piece *piece = &pieces->items[index];
	carved_page_row_open(page);
	carved_drawn_cell(page, &piece->drawn, carved_node_get_bool(piece->task, "undone", false));
	carved_page_cell_open(page, false, true);
	carved_page_value(page, piece->drawn.hours);
	carved_page_cell_close(page, false);
	carved_page_cell_words(page, false, carved_site_title(piece->work));
	carved_page_cell_label(
		page, false, carved_text(page->language, piece->is_fixed ? "report.site.fixed-times" : "report.site.any-time"));
	carved_page_cell_words(page, false, carved_node_get_text(piece->task, "supervisor", ""));
	carved_page_row_close(page);
}

static void add_tasks(struct carved_page *page, const struct carved_site_pieces *pieces)
{
	static const struct carved_page_column columns[] = {{"carve.column.task", false}, {"carve.column.hours", true},
		{"report.column.from-job", false}, {"report.column.when", false}, {"report.column.guide", false}};
	carved_page_table_open(page, "report.site.role.tasks", columns, 5);
	for (size_t i = 0; i < pieces->count; i++)
		add_task(page, pieces, i);
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
	const size_t count =
		carved_node_get(carved_node_get(candidates, "all"), "fewerThan") ? 1 : 3; // of so few no more is told
	for (size_t i = 0; i < count; i++) {
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
	carved_markup_text(&page->markup, " ");
	carved_markup_text(&page->markup, carved_text(page->language, "report.site.needs.of-them"));
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
	struct carved_site_pieces pieces;
	carved_site_pieces_init(&pieces, answer, role);
	carved_markup_open(&page->markup, "article");
	add_heading(page, role);
	carved_site_add_mosaic(page, &pieces, role);
	add_tasks(page, &pieces);
	carved_site_add_week(page, &pieces, role);
	add_people(page, role);
	add_needs(page, role);
	carved_markup_close(&page->markup, "article");
	carved_site_pieces_deinit(&pieces);
}

void carved_site_add_roles(struct carved_page *page, const struct carved_node *answer)
{
	const struct carved_node *role = carved_node_first(carved_node_get(answer, "roles"));
	if (!role)
		return;
	carved_page_section_open(page, "roles", "report.site.roles");
	carved_page_element(page, "p", "note", "report.site.roles.note");
	for (; role; role = role->next)
		add_role(page, answer, role);
	carved_page_section_close(page);
}
